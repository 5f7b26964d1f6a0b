"""Changing a published plan: what is announced about it, and its entries one by one (调整).

A plan is supplemented by approving a project into it (`project_plans.py`), and an entry is cancelled by terminating its
project. What was and what is now stands in the history of the project, with the reason and the announcement.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Invalid
from standards_wf.models.base import is_identity
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.organizations import Organization, OrganizationKind
from standards_wf.models.plans import ProjectPlan
from standards_wf.models.projects import PlanEntry, Project, ProjectUnit
from standards_wf.services.access import entrance_to
from standards_wf.services.announced_files import plan_for
from standards_wf.services.calls import kinds_of_publisher, require_publisher
from standards_wf.services.entrance_problems import PlanProblem
from standards_wf.services.lifecycle import checked_note, require_version
from standards_wf.services.record import Happening, append, append_administration
from standards_wf.services.rules import rules_for
from standards_wf.services.typed import LONG, TITLE, Typed
from standards_wf.workflow import deadlines
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.kinds import KINDS, Addressee
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Effect, Event, Kind, Phase

_UNDER_WAY = frozenset({Phase.DRAFTING, Phase.CONSULTATION, Phase.APPROVAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPlan:
    """A plan that is published before its projects are entered."""

    publisher_id: int
    kind: Kind
    year: int
    number: str = ""
    published_on: date
    is_demonstration: bool = False


def begin_plan(session: Session, cmd: BeginPlan, *, actor: Actor, moment: Moment) -> ProjectPlan:
    """Publish a plan without entries; the projects that are approved later are added to it. Raises Forbidden, Invalid."""
    require_publisher(actor, cmd.publisher_id)
    publisher = session.get_one(Organization, cmd.publisher_id)
    typed = Typed()
    number = typed.text("number", cmd.number)
    if cmd.kind not in kinds_of_publisher(publisher):
        told = Refusal(FieldProblem.NOT_A_CHOICE, given=cmd.kind, choices=kinds_of_publisher(publisher))
        typed.refuse("kind", told)
    if typed.day("published_on", cmd.published_on) > moment.day:
        told = Refusal(FieldProblem.IN_THE_FUTURE, given=cmd.published_on, today=moment.day)
        typed.refuse("published_on", told)
    holders = select(ProjectPlan.id).where(ProjectPlan.publisher_id == publisher.id, ProjectPlan.number == number)
    if number and session.scalar(holders.limit(1)) is not None:
        typed.refuse("number", Refusal(FieldProblem.ALREADY_TAKEN, given=number))
    typed.done()
    plan = ProjectPlan(
        publisher_id=publisher.id,
        kind=cmd.kind,
        year=cmd.year,
        number=number,
        published_on=cmd.published_on,
        is_demonstration=cmd.is_demonstration,
    )
    session.add(plan)
    session.flush()
    params = {"kind": cmd.kind, "year": cmd.year, "number": number, "published_on": cmd.published_on}
    append_administration(session, "plan_begun", f"plan/{plan.id}", params, actor=actor, moment=moment)
    return plan


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribePlan:
    """Number, titles and text of a plan, as it was announced."""

    plan_id: int
    expected_version: int | None = None
    number: str
    title_zh: str
    title_en: str = ""
    text: str = ""


def describe_plan(session: Session, cmd: DescribePlan, *, actor: Actor, moment: Moment) -> ProjectPlan:
    """Enter what a plan is called and says; old and new stand in the administration's chain.

    Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    require_publisher(actor, plan_for(session, cmd.plan_id).publisher_id)
    plan = session.get_one(ProjectPlan, cmd.plan_id, with_for_update=True, populate_existing=True)
    if cmd.expected_version is not None and plan.row_version != cmd.expected_version:
        raise EditConflict(plan.row_version, cmd.expected_version)
    typed = Typed()
    wanted = {
        "number": typed.text("number", cmd.number),
        "title_zh": typed.text("title_zh", cmd.title_zh),
        "title_en": typed.text("title_en", cmd.title_en),
        "text": typed.text("text", cmd.text, maximum=LONG),
    }
    holder = session.scalar(
        select(ProjectPlan.id).where(
            ProjectPlan.publisher_id == plan.publisher_id,
            ProjectPlan.number == wanted["number"],
            ProjectPlan.number != "",
            ProjectPlan.id != plan.id,
        )
    )
    if holder is not None:
        typed.refuse("number", Refusal(FieldProblem.ALREADY_TAKEN, given=wanted["number"]))
    typed.done()
    changes = {name: [getattr(plan, name), value] for name, value in wanted.items() if getattr(plan, name) != value}
    for name, value in wanted.items():
        setattr(plan, name, value)
    if changes:
        append_administration(session, "plan_described", f"plan/{plan.id}", changes, actor=actor, moment=moment)
    session.flush()
    return plan


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustPlanEntry:
    """An entry of the plan as it is to be from now on; what is `None` stays."""

    project_id: int
    expected_version: int | None = None
    project_name: str | None = None
    applicant_id: int | None = None
    drafting_unit: str | None = None
    completes_on: date | None = None
    announcement: str
    note: str


def adjust_plan_entry(session: Session, cmd: AdjustPlanEntry, *, actor: Actor, moment: Moment) -> LifecycleEvent:
    """Adjust an entry by an announcement, and the project with it: its title, its department, its leading unit.

    The completion date stays within the longest duration that the rules allow; what goes beyond it is an extension.
    Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = entrance.require(KINDS[project.kind].issuer)
    require_version(project, cmd.expected_version)
    entry = session.get(PlanEntry, project.id)
    if entry is None or STAGES[project.stage].phase not in _UNDER_WAY:
        raise Invalid({"": Refusal(PlanProblem.NO_ENTRY)})
    typed = Typed()
    announcement = typed.text("announcement", cmd.announcement, required=True)
    note = checked_note(cmd.note)
    if not note:
        typed.refuse("note", Refusal(FieldProblem.REQUIRED))
    wanted: dict[str, object] = {}
    if cmd.project_name is not None:
        wanted["project_name"] = typed.text("project_name", cmd.project_name, maximum=TITLE, required=True)
    if cmd.drafting_unit is not None:
        wanted["drafting_unit"] = typed.text("drafting_unit", cmd.drafting_unit, required=True)
    if cmd.completes_on is not None:
        wanted["completes_on"] = _completion(session, typed, project, entry, cmd.completes_on, moment)
    if cmd.applicant_id is not None:
        wanted["applicant"] = _applicant(session, typed, project, cmd.applicant_id)
    typed.done()
    changes: dict[str, object] = {
        name: [getattr(entry, name), value] for name, value in wanted.items() if getattr(entry, name) != value
    }
    if not changes:
        raise Invalid({"": Refusal(PlanProblem.NOTHING_CHANGES)})
    for name, value in wanted.items():
        setattr(entry, name, value)
    _follow(session, project, entry, changes, cmd.applicant_id)
    happening = Happening(
        action=Event.PLAN_ENTRY_ADJUSTED,
        role=role,
        to_stage=project.stage,
        note=note,
        params={**changes, "announcement": announcement},
        effects=(Effect.NOTIFY, Effect.REINDEX),
    )
    event = append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return event


def _completion(session: Session, typed: Typed, project: Project, entry: PlanEntry, day: date, moment: Moment) -> date:
    typed.day("completes_on", day)
    if day == entry.completes_on:
        return day
    latest = deadlines.latest_completion(
        entry.published_on, rules_for(session, project.kind), is_revision=project.is_revision
    ).on
    if day <= max(moment.day, entry.published_on):
        typed.refuse("completes_on", Refusal(PlanProblem.COMPLETES_TOO_EARLY, published_on=entry.published_on))
    elif day > max(latest, entry.completes_on):
        told = Refusal(PlanProblem.NEEDS_AN_EXTENSION, latest=max(latest, entry.completes_on))
        typed.refuse("completes_on", told)
    return day


def _applicant(session: Session, typed: Typed, project: Project, organization_id: int) -> str:
    is_adjustable = KINDS[project.kind].addressee is Addressee.DEPARTMENT
    found = session.get(Organization, organization_id) if is_identity(organization_id) else None
    if not is_adjustable or found is None or found.kind is not OrganizationKind.DEPARTMENT:
        typed.refuse("applicant_id", Refusal(FieldProblem.NOT_A_CHOICE, given=organization_id))
        return ""
    return found.name


def _follow(
    session: Session, project: Project, entry: PlanEntry, changes: dict[str, object], applicant_id: int | None
) -> None:
    """Let the project be what its entry says."""
    if "project_name" in changes:
        project.title_zh = entry.project_name
    if "applicant" in changes:
        project.competent_department_id = applicant_id
    if "drafting_unit" in changes:
        lead = session.scalar(
            select(ProjectUnit).where(ProjectUnit.project_id == project.id).order_by(ProjectUnit.position).limit(1)
        )
        if lead is None:
            lead = ProjectUnit(project_id=project.id, position=1)
            session.add(lead)
        lead.name = entry.drafting_unit
        lead.organization_id = session.scalar(select(Organization.id).where(Organization.name == entry.drafting_unit))
