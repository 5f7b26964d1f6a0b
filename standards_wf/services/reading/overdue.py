"""What is due and what is overdue, over all the cases that somebody may see: a list of facts, the most urgent first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, or_, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Publication
from standards_wf.models.organizations import Committee
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.services.reading.deadlines import Deadline, Standing, deadlines_of
from standards_wf.services.reading.scopes import visible_to
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.reminders import reminded_roles
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Kind, Role, Stage

_RUNNING = frozenset(stage for stage, row in STAGES.items() if not row.final)
_PUBLIC_STAGES = (Stage.PUBLIC_NOTICE, Stage.PUBLISHED, Stage.ABOLITION_NOTICE)
_PUBLIC_DATES = frozenset({Due.CONSULTATION_CLOSES, Due.NOTICE_ENDS, Due.IMPLEMENTATION})
_AT_ONCE = 10_000
"""More identities than this are not put into one question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFilter:
    """Which deadlines somebody wants to see."""

    overdue: bool = False
    """Only those whose last day is over."""
    within: int | None = None
    """Only those with no more days left than this; what is overdue is always among them."""
    kind: Kind | None = None
    committee_id: int | None = None
    due: Due | None = None

    def takes(self, deadline: Deadline) -> bool:
        """Whether a deadline is among those wanted."""
        if self.due is not None and deadline.due is not self.due:
            return False
        if self.overdue:
            return deadline.overdue
        return self.within is None or deadline.days_left <= self.within


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedDeadline:
    """A deadline with its case, and in whose hands it lies."""

    project_id: int
    kind: Kind
    stage: Stage
    title_zh: str
    title_en: str
    number: str
    """The number of the document, else that of the plan."""
    slug: str
    """The address of the document, where it is published."""
    committee: str
    deadline: Deadline
    roles: tuple[Role, ...]
    consultation_id: int | None = None
    is_demonstration: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineList:
    """The deadlines wanted, and how many of all that the asker may see are overdue or due soon."""

    rows: tuple[ListedDeadline, ...]
    overdue: int
    committees: tuple[tuple[int, str], ...] = ()


def list_deadlines(session: Session, wanted: DeadlineFilter, *, actor: Actor, moment: Moment) -> DeadlineList:
    """The deadlines of the cases that this actor may see, the earliest day first; a fixed number of queries."""
    found = _rows(session, [visible_to(actor), *_conditions(wanted)], moment.day)
    committees = session.execute(select(Committee.id, Committee.name).order_by(Committee.name))
    return DeadlineList(
        rows=tuple(each for each in found if wanted.takes(each.deadline)),
        overdue=sum(each.deadline.overdue for each in found),
        committees=tuple((identity, name) for identity, name in committees),
    )


def public_dates(session: Session, moment: Moment) -> tuple[ListedDeadline, ...]:
    """The days that everybody may know: public consultations and notices that end, documents that come into force."""
    consulted = (
        select(ConsultationRound.id)
        .where(ConsultationRound.project_id == Project.id, ConsultationRound.closed_on.is_(None))
        .where(ConsultationRound.members_only.is_(False))
        .exists()
    )
    public = or_(Project.stage.in_(_PUBLIC_STAGES), (Project.stage == Stage.CONSULTATION) & consulted)
    return tuple(each for each in _rows(session, [public], moment.day) if each.deadline.due in _PUBLIC_DATES)


def _conditions(wanted: DeadlineFilter) -> Iterable[ColumnElement[bool]]:
    if wanted.kind is not None:
        yield Project.kind == wanted.kind
    if wanted.committee_id is not None:
        yield Project.committee_id == wanted.committee_id


def _rows(session: Session, conditions: Iterable[ColumnElement[bool]], today: date) -> list[ListedDeadline]:
    is_out = Publication.published_at.is_not(None)
    round_id = (
        select(ConsultationRound.id)
        .where(ConsultationRound.project_id == Project.id, ConsultationRound.closed_on.is_(None))
        .scalar_subquery()
    )
    found = session.execute(
        select(
            Project.id,
            Project.kind,
            Project.stage,
            Project.title_zh,
            Project.title_en,
            case((is_out, Publication.number), else_=PlanEntry.number),
            case((is_out, Publication.slug), else_=""),
            Committee.name,
            round_id,
            Project.is_demonstration,
        )
        .outerjoin(PlanEntry, PlanEntry.project_id == Project.id)
        .outerjoin(Publication, Publication.project_id == Project.id)
        .outerjoin(Committee, Committee.id == Project.committee_id)
        .where(Project.stage.in_(_RUNNING), *conditions)
    ).all()
    listed = []
    for start in range(0, len(found), _AT_ONCE):
        some = found[start : start + _AT_ONCE]
        deadlines = deadlines_of(session, [Standing(row[0], row[1], row[2]) for row in some], today)
        for project_id, kind, stage, title_zh, title_en, number, slug, committee, consultation, demonstration in some:
            listed += [
                ListedDeadline(
                    project_id=project_id,
                    kind=kind,
                    stage=stage,
                    title_zh=title_zh,
                    title_en=title_en,
                    number=number or "",
                    slug=slug or "",
                    committee=committee or "",
                    deadline=deadline,
                    roles=tuple(
                        sorted(reminded_roles(kind, stage, deadline.due, passed=deadline.counted.has_passed(today)))
                    ),
                    consultation_id=consultation,
                    is_demonstration=demonstration,
                )
                for deadline in deadlines[project_id]
            ]
    return sorted(listed, key=lambda each: (each.deadline.on, each.project_id, each.deadline.due))
