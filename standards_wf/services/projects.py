"""The particulars of a case: what its application says, its units and its drafters."""

from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.organizations import Organization
from standards_wf.models.people import Person
from standards_wf.models.projects import (
    Project,
    ProjectDrafter,
    ProjectUnit,
)
from standards_wf.services.access import Entrance, entrance_to
from standards_wf.services.lifecycle import require_version
from standards_wf.services.numbering import part_of_what
from standards_wf.services.record import Happening, append
from standards_wf.services.succession import PartlyReplaced, Planned, plan, planned_of, read_replacements
from standards_wf.services.suggestions import check_committee, known_node
from standards_wf.services.typed import LONG, SHORT, TITLE, Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.series import may_be_mandatory
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import (
    Event,
    MetrologyCategory,
    Phase,
    Role,
    Stage,
)

MAX_MONTHS = 120
_DECIDERS = (Role.AUTHORITY, Role.GROUP_SECRETARIAT)
_KEEPERS = (Role.COMPETENT_DEPARTMENT, Role.GROUP_SECRETARIAT, Role.COMMITTEE_SECRETARY, Role.AUTHORITY)


@dataclass(frozen=True, slots=True)
class NamedDrafter:
    """A drafter as typed; `login` ties the name to a person who can log in."""

    name: str
    unit: str = ""
    login: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeParticulars:
    """New particulars; what is `None` stays as it is."""

    project_id: int
    expected_version: int | None = None
    title_zh: str | None = None
    title_en: str | None = None
    category: MetrologyCategory | None = None
    framework_node: str | None = None
    ics: str | None = None
    ccs: str | None = None
    purpose: str | None = None
    necessity: str | None = None
    scope: str | None = None
    technical_content: str | None = None
    relation_to_laws: str | None = None
    contact: str | None = None
    proposed_months: int | None = None
    is_revision: bool | None = None
    replaces: str | None = None
    """The documents replaced wholly: their numbers, one on each line or with marks between."""
    partly_replaces: tuple[PartlyReplaced, ...] | None = None
    main_changes: str | None = None
    adopts_foreign_text: bool | None = None
    is_mandatory: bool | None = None
    part_of: str | None = None
    """In any spelling; empty where it is no part of a document that exists."""
    committee_id: int | None = None
    drafting_units: tuple[str, ...] | None = None
    drafters: tuple[NamedDrafter, ...] | None = None


_TEXTS = {
    "title_zh": TITLE,
    "title_en": TITLE,
    "ics": SHORT,
    "ccs": SHORT,
    "purpose": LONG,
    "necessity": LONG,
    "scope": LONG,
    "technical_content": LONG,
    "relation_to_laws": LONG,
    "contact": LONG,
    "main_changes": LONG,
}
# What the plan has published is changed by whoever decides on the case alone.
_FIXED_BY_THE_PLAN = frozenset(
    {
        "category",
        "framework_node",
        "is_mandatory",
        "part_of",
        "is_revision",
        "replaces",
        "partly_replaces",
        "committee_id",
        "drafting_units",
    }
)


def editors_at(stage: Stage) -> tuple[Role, ...]:
    """Who may change the particulars at a stage; nobody once there is a document, or the case is closed.

    Who made a suggestion mends it until somebody applies. What is being appraised is changed by whoever decides on it,
    because the appraisal judges the application as it stood. Drafters mend it while they draft.
    """
    phase = STAGES[stage].phase
    if phase in {Phase.PUBLISHED, Phase.CLOSED}:
        return ()
    if stage is Stage.APPRAISAL:
        return _DECIDERS
    if stage is Stage.SUGGESTED:
        return (*_KEEPERS, Role.PROPOSER)
    return (*_KEEPERS, Role.DRAFTER) if phase in {Phase.DRAFTING, Phase.CONSULTATION} else _KEEPERS


def change_particulars(
    session: Session, cmd: ChangeParticulars, *, actor: Actor, moment: Moment
) -> LifecycleEvent | None:
    """Change what the application says; the history keeps old and new.

    `editors_at` says who may do it; what the plan has published is for whoever decides on the case. Answers `None`
    when nothing changed. Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = _editor(entrance)
    require_version(project, cmd.expected_version)
    typed = Typed()
    wanted = _wanted(session, typed, project, cmd)
    units = _typed_units(typed, cmd)
    drafters = _typed_drafters(session, typed, cmd)
    replacements = read_replacements(session, typed, project, cmd.replaces, cmd.partly_replaces)
    typed.done()
    changes: dict[str, object] = {
        name: [getattr(project, name), value] for name, value in wanted.items() if getattr(project, name) != value
    }
    if units is not None and (before := _unit_names(session, project)) != units:
        changes["drafting_units"] = [before, units]
        _replace_units(session, project, units)
    if drafters is not None and (before_drafters := _drafter_names(session, project)) != tuple(
        (drafter.name, drafter.unit, person) for drafter, person in drafters
    ):
        changes["drafters"] = [[row[0] for row in before_drafters], [drafter.name for drafter, _ in drafters]]
        _replace_drafters(session, project, drafters)
    if replacements is not None and (planned := planned_of(session, project.id)) != replacements:
        changes |= _changed_replacements(planned, replacements)
        plan(session, project, replacements)
    if not changes:
        return None
    fixed = {name for name in changes if name in _FIXED_BY_THE_PLAN}
    if project.committee_id is None:
        fixed.discard("committee_id")  # nobody decided on a committee yet, and without one nobody can carry the case on
    if STAGES[project.stage].phase is not Phase.PROPOSAL and fixed:
        role = entrance.require(*_DECIDERS)
    for name, value in wanted.items():
        setattr(project, name, value)
    happening = Happening(
        action=Event.PARTICULARS_CHANGED, role=role, to_stage=project.stage, params=changes, effects=()
    )
    event = append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return event


def _editor(entrance: Entrance) -> Role:
    stage = entrance.project.stage
    editors = editors_at(stage)
    if not editors:
        raise Forbidden(Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=Event.PARTICULARS_CHANGED, stage=stage))
    return entrance.require(*editors)


def _wanted(session: Session, typed: Typed, project: Project, cmd: ChangeParticulars) -> dict[str, object]:
    """The particulars that the command names, as the project would keep them; problems are noted."""
    wanted: dict[str, object] = {
        name: typed.text(name, value, maximum=maximum, required=name == "title_zh")
        for name, maximum in _TEXTS.items()
        if (value := getattr(cmd, name)) is not None
    }
    for name in ("category", "proposed_months", "committee_id", "is_revision", "adopts_foreign_text", "is_mandatory"):
        if (value := getattr(cmd, name)) is not None:
            wanted[name] = value
    if cmd.framework_node is not None:
        wanted["framework_node"] = known_node(session, typed, cmd.framework_node)
    if cmd.category is not None and not KINDS[project.kind].has_category:
        typed.refuse("category", Refusal(FieldProblem.UNKNOWN_FIELD))
    if cmd.proposed_months is not None and not 1 <= cmd.proposed_months <= MAX_MONTHS:
        typed.refuse("proposed_months", Refusal(FieldProblem.NOT_A_NUMBER, given=cmd.proposed_months))
    if cmd.is_mandatory and not may_be_mandatory(project.kind):
        typed.refuse("is_mandatory", Refusal(FieldProblem.UNKNOWN_FIELD))
    if cmd.part_of is not None:
        wanted["part_of"] = part_of_what(session, typed, project, cmd.part_of)
    check_committee(session, typed, cmd.committee_id)
    return wanted


def _changed_replacements(before: tuple[Planned, ...], after: tuple[Planned, ...]) -> dict[str, object]:
    """What was to be replaced and what is now, for the history: wholly and in part."""
    told = {
        "replaces": [[each.number for each in rows if not each.partial] for rows in (before, after)],
        "partly_replaces": [
            [f"{each.number} {each.clauses}".strip() for each in rows if each.partial] for rows in (before, after)
        ],
    }
    return {name: change for name, change in told.items() if change[0] != change[1]}


def _typed_units(typed: Typed, cmd: ChangeParticulars) -> tuple[str, ...] | None:
    if cmd.drafting_units is None:
        return None
    return tuple(dict.fromkeys(typed.names("drafting_units", cmd.drafting_units)))


def _unit_names(session: Session, project: Project) -> tuple[str, ...]:
    return tuple(
        session.scalars(
            select(ProjectUnit.name).where(ProjectUnit.project_id == project.id).order_by(ProjectUnit.position)
        )
    )


def _replace_units(session: Session, project: Project, names: tuple[str, ...]) -> None:
    organizations = select(Organization.name, Organization.id).where(Organization.name.in_(names))
    known: dict[str, int] = {name: identity for name, identity in session.execute(organizations)}  # noqa: C416  # typed so
    session.execute(delete(ProjectUnit).where(ProjectUnit.project_id == project.id))
    session.add_all(
        ProjectUnit(project_id=project.id, position=position, name=name, organization_id=known.get(name))
        for position, name in enumerate(names, start=1)
    )


def _typed_drafters(
    session: Session, typed: Typed, cmd: ChangeParticulars
) -> tuple[tuple[NamedDrafter, int | None], ...] | None:
    if cmd.drafters is None:
        return None
    found: list[tuple[NamedDrafter, int | None]] = []
    for drafter in cmd.drafters:
        name = typed.text("drafters", drafter.name)
        if not name:
            continue
        login = typed.text("drafters", drafter.login)
        person = session.scalar(select(Person.id).where(Person.login == login)) if login else None
        if login and person is None:
            typed.refuse("drafters", Refusal(FieldProblem.NOT_A_CHOICE, given=login))
        found.append((NamedDrafter(name, typed.text("drafters", drafter.unit), login), person))
    return tuple(found)


def _drafter_names(session: Session, project: Project) -> tuple[tuple[str, str, int | None], ...]:
    rows = session.execute(
        select(ProjectDrafter.name, ProjectDrafter.unit, ProjectDrafter.person_id)
        .where(ProjectDrafter.project_id == project.id)
        .order_by(ProjectDrafter.position)
    )
    return tuple((name, unit, person) for name, unit, person in rows)


def _replace_drafters(
    session: Session, project: Project, drafters: tuple[tuple[NamedDrafter, int | None], ...]
) -> None:
    session.execute(delete(ProjectDrafter).where(ProjectDrafter.project_id == project.id))
    session.add_all(
        ProjectDrafter(project_id=project.id, position=position, name=drafter.name, unit=drafter.unit, person_id=person)
        for position, (drafter, person) in enumerate(drafters, start=1)
    )
