"""Published plans of projects: the list, and each with its entries, what became of them, and what was changed."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from standards_wf.errors import NotFound
from standards_wf.models.documents import Publication
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.joint import FastTrack
from standards_wf.models.organizations import Organization
from standards_wf.models.plans import AnnouncedFile, ProjectPlan
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.services.announced_files import plan_for
from standards_wf.services.calls import published_for
from standards_wf.services.reading.calls import AttachedDocument, documents_of
from standards_wf.services.reading.choices import Choice
from standards_wf.wording.entrance import plan_title
from standards_wf.wording.language import Term
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Action, Event, Kind, Phase, Stage

_ENDINGS = (Action.TERMINATE.value, Action.CANCEL_AFTER_FAILURE.value, Action.REFUSE_APPROVAL.value)
_CHANGES = (Event.PLAN_ENTRY_ADJUSTED.value, Action.EXTEND_PROJECT.value, *_ENDINGS)
_ADJUSTABLE = ("project_name", "applicant", "drafting_unit", "completes_on")
_UNDER_WAY = frozenset({Phase.DRAFTING, Phase.CONSULTATION, Phase.APPROVAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """A plan in a list."""

    id: int
    kind: Kind
    year: int
    number: str
    given_title: Term
    publisher: str
    published_on: date
    entries: int
    is_demonstration: bool

    @property
    def title(self) -> str:
        """The title in the reader's language."""
        return plan_title(self.kind, self.publisher, self.year, self.given_title)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryChange:
    """What was changed about an entry, with the reason and the announcement."""

    on_day: date
    code: Action | Event
    announcement: str
    reason: str
    changes: Mapping[str, tuple[str, str]]
    """Field → what was, what is now."""

    @property
    def cancels(self) -> bool:
        """Whether the entry ended with it (撤销)."""
        return self.code.value in _ENDINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryShown:
    """An entry of a plan, and where its project stands today."""

    project_id: int
    number: str
    project_name: str
    title_en: str
    applicant: str
    drafting_unit: str
    published_on: date
    completes_on: date
    announcement: str
    is_supplement: bool
    stage: Stage
    kind: Kind
    fast_track: bool
    is_joint: bool
    slug: str
    document_number: str
    changes: tuple[EntryChange, ...]

    @property
    def stage_code(self) -> str:
        """The code of its stage."""
        return STAGES[self.stage].code

    @property
    def is_under_way(self) -> bool:
        """Whether it can still be adjusted or cancelled."""
        return STAGES[self.stage].phase in _UNDER_WAY

    @property
    def is_cancelled(self) -> bool:
        """Whether it was taken out of the plan."""
        return self.stage is Stage.TERMINATED


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage:
    """A plan with its entries and documents."""

    line: PlanLine
    text: str
    entries: tuple[EntryShown, ...]
    files: tuple[AttachedDocument, ...]
    may_write: bool
    version: int


def plan_list(session: Session, actor: Actor, *, limit: int | None = None) -> tuple[PlanLine, ...]:
    """The plans, the latest first; one query. One without an entry is shown to whoever publishes it."""
    counts = select(func.count()).where(PlanEntry.plan_id == ProjectPlan.id).correlate(ProjectPlan).scalar_subquery()
    rows = session.execute(
        select(ProjectPlan, Organization.name, counts)
        .join(Organization, Organization.id == ProjectPlan.publisher_id)
        .where(or_(counts > 0, ProjectPlan.publisher_id.in_(published_for(actor))))
        .order_by(ProjectPlan.published_on.desc(), ProjectPlan.id.desc())
        .limit(limit)
    )
    return tuple(_line(plan, publisher, entries) for plan, publisher, entries in rows)


def _line(plan: ProjectPlan, publisher: str, entries: int) -> PlanLine:
    return PlanLine(
        id=plan.id,
        kind=plan.kind,
        year=plan.year,
        number=plan.number,
        given_title=Term(plan.title_zh, plan.title_en),
        publisher=publisher,
        published_on=plan.published_on,
        entries=entries,
        is_demonstration=plan.is_demonstration,
    )


def plan_page(session: Session, plan_id: int, actor: Actor) -> PlanPage:
    """A plan; five queries. Raises NotFound."""
    plan = plan_for(session, plan_id)
    publisher = session.scalars(select(Organization.name).where(Organization.id == plan.publisher_id)).one()
    entries = _entries(session, plan)
    return PlanPage(
        line=_line(plan, publisher, len(entries)),
        text=plan.text,
        entries=entries,
        files=documents_of(session, AnnouncedFile.plan_id == plan.id),
        may_write=plan.publisher_id in published_for(actor),
        version=plan.row_version,
    )


def _entries(session: Session, plan: ProjectPlan) -> tuple[EntryShown, ...]:
    rows = session.execute(
        select(PlanEntry, Project, FastTrack.granted, Publication.slug, Publication.number, Publication.published_at)
        .join(Project, Project.id == PlanEntry.project_id)
        .outerjoin(FastTrack, FastTrack.project_id == Project.id)
        .outerjoin(Publication, Publication.project_id == Project.id)
        .where(PlanEntry.plan_id == plan.id)
        .order_by(PlanEntry.published_on, PlanEntry.number, PlanEntry.project_id)
    ).all()
    changes: dict[int, list[EntryChange]] = {}
    for event in session.scalars(
        select(LifecycleEvent)
        .where(LifecycleEvent.project_id.in_([row[0].project_id for row in rows]))
        .where(LifecycleEvent.action.in_(_CHANGES))
        .order_by(LifecycleEvent.project_id, LifecycleEvent.seq)
    ):
        changes.setdefault(event.project_id, []).append(_change(event))
    return tuple(
        EntryShown(
            project_id=entry.project_id,
            number=entry.number,
            project_name=entry.project_name,
            title_en=project.title_en,
            applicant=entry.applicant,
            drafting_unit=entry.drafting_unit,
            published_on=entry.published_on,
            completes_on=entry.completes_on,
            announcement=entry.announcement,
            is_supplement=bool(entry.announcement) or entry.published_on > plan.published_on,
            stage=project.stage,
            kind=project.kind,
            fast_track=bool(granted),
            is_joint=project.is_joint,
            slug=slug if published_at is not None else "",
            document_number=number if published_at is not None else "",
            changes=tuple(changes.get(entry.project_id, ())),
        )
        for entry, project, granted, slug, number, published_at in rows
    )


def _change(event: LifecycleEvent) -> EntryChange:
    params = json.loads(event.params)
    changes = {
        name: (str(params[name][0]), str(params[name][1])) for name in _ADJUSTABLE if isinstance(params.get(name), list)
    }
    if event.action == Action.EXTEND_PROJECT:
        changes["completes_on"] = (str(params.get("before", "")), str(params.get("completes_on", "")))
    return EntryChange(
        on_day=event.on_day,
        code=Action(event.action) if event.action in set(Action) else Event(event.action),
        announcement=str(params.get("announcement", "")),
        reason=event.note,
        changes=changes,
    )


def plan_choices(session: Session, publisher_id: int | None, kind: Kind) -> tuple[Choice, ...]:
    """The plans of a body that a project of this kind can be added to, the latest first."""
    rows = session.execute(
        select(ProjectPlan, Organization.name)
        .join(Organization, Organization.id == ProjectPlan.publisher_id)
        .where(ProjectPlan.publisher_id == publisher_id, ProjectPlan.kind == kind)
        .order_by(ProjectPlan.published_on.desc(), ProjectPlan.id.desc())
    )
    lines = [_line(plan, publisher, 0) for plan, publisher in rows]
    return tuple((line.id, f"{line.title}（{line.number or line.published_on.isoformat()}）") for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryNow:
    """The entry of one project, as its form shows it."""

    plan_id: int
    plan_number: str
    number: str
    project_name: str
    applicant_id: int | None
    drafting_unit: str
    completes_on: date


def entry_of(session: Session, project_id: int) -> EntryNow:
    """The entry of a project in its plan. Raises NotFound."""
    row = session.execute(
        select(PlanEntry, ProjectPlan.number, Project.competent_department_id)
        .join(ProjectPlan, ProjectPlan.id == PlanEntry.plan_id)
        .join(Project, Project.id == PlanEntry.project_id)
        .where(PlanEntry.project_id == project_id)
    ).first()
    if row is None:
        raise NotFound("plan", project_id)
    entry, plan_number, department_id = row
    return EntryNow(
        plan_id=entry.plan_id,
        plan_number=plan_number,
        number=entry.number,
        project_name=entry.project_name,
        applicant_id=department_id,
        drafting_unit=entry.drafting_unit,
        completes_on=entry.completes_on,
    )
