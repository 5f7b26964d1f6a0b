"""The list of the periodic reviews of a year: which cycles end in it, by when an opinion is due, and how far it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.documents import PeriodicReview, Publication, ReviewDecision
from standards_wf.models.organizations import Committee, Organization
from standards_wf.models.projects import Project
from standards_wf.services.reading.scopes import visible_to
from standards_wf.services.rules import rules_by_kind
from standards_wf.wording.language import Term
from standards_wf.workflow import deadlines
from standards_wf.workflow.facts import Actor, Parties
from standards_wf.workflow.rules import Rules
from standards_wf.workflow.vocabulary import Conclusion, EarlyReason, Kind, Role, Stage

_REVIEWED = frozenset({Stage.PUBLISHED, Stage.IN_FORCE, Stage.UNDER_REVIEW})
"""The stages of a document whose cycle runs on."""


class ListState(StrEnum):
    """How far the review of a document has come."""

    WAITING = "waiting"
    STARTED = "started"
    OPINION = "opinion"
    CONCLUDED = "concluded"


STATES: dict[ListState, Term] = {
    ListState.WAITING: Term("尚未开始", "Not started"),
    ListState.STARTED: Term("已开始，等待意见", "Started, waits for the opinion"),
    ListState.OPINION: Term("已有意见，等待决定", "Opinion recorded, waits for the decision"),
    ListState.CONCLUDED: Term("已作出结论", "Concluded"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLine:
    """A document whose periodic review belongs to the year."""

    project_id: int
    kind: Kind
    stage: Stage
    number: str
    slug: str
    title_zh: str
    title_en: str
    department: str
    committee: str
    cycle_ends_on: date
    opinion_due_on: date
    begins_on: date
    """From this day on the review is on time; before it, it needs a reason."""
    state: ListState
    overdue: bool
    """The cycle is over, and there is no conclusion."""
    opinion_overdue: bool
    started_on: date | None
    early_reason: EarlyReason | None
    early_grounds: str
    conclusion: Conclusion | None
    grounds: str
    implementation: str
    concluded_on: date | None
    decision: str
    decision_id: int | None
    successor_id: int | None
    version: int
    roles: frozenset[Role]
    """What the reader is to this document."""
    is_demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewList:
    """The list of a year, what is most urgent first."""

    year: int
    years: tuple[int, ...]
    """The years to choose from: those in which some cycle ends."""
    lines: tuple[ReviewLine, ...]

    def count(self, state: ListState) -> int:
        """How many have come so far."""
        return sum(1 for line in self.lines if line.state == state)

    @property
    def overdue(self) -> int:
        """How many are late."""
        return sum(1 for line in self.lines if line.overdue)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewFilter:
    """Which lines of the list somebody wants."""

    kind: Kind | None = None
    state: ListState | None = None
    committee_id: int | None = None


@dataclass(frozen=True, slots=True)
class _Held:
    """A periodic review, as far as the list asks."""

    opened_on: date
    early_reason: EarlyReason | None
    early_grounds: str
    conclusion: Conclusion | None
    grounds: str
    implementation: str
    concluded_on: date | None
    decision: str | None
    decision_id: int | None
    successor_id: int | None


@dataclass(frozen=True, slots=True)
class _Document:
    project_id: int
    kind: Kind
    stage: Stage
    number: str
    slug: str
    title_zh: str
    title_en: str
    department: str | None
    committee: str | None
    published_on: date
    version: int
    authority_id: int | None
    competent_department_id: int | None
    group_id: int | None
    committee_id: int | None
    is_demonstration: bool


def review_list(
    session: Session, year: int, *, actor: Actor, moment: Moment, wanted: ReviewFilter | None = None
) -> ReviewList:
    """The periodic reviews that belong to a year, of the documents that concern the actor; four queries.

    To a year belong the cycles that end in it and the reviews that were begun in it; to the present year also what is
    overdue from the years before, and the opinions that are overdue though their cycle ends later.
    """
    wanted = wanted or ReviewFilter()
    rules = rules_by_kind(session)
    lines: list[ReviewLine] = []
    years = {moment.day.year, year}
    for document, held in _documents(session, _conditions(wanted, actor)):
        roles = actor.roles_in(_parties(document))
        for line in _cycles(document, held, rules[document.kind], moment.day, roles):
            years.add(line.cycle_ends_on.year)
            if _belongs(line, year, moment.day):
                lines.append(line)
    lines = [line for line in lines if wanted.state in (None, line.state)]
    lines.sort(key=lambda line: (line.state is ListState.CONCLUDED, line.cycle_ends_on, line.number))
    return ReviewList(year=year, years=tuple(sorted(years)), lines=tuple(lines))


def _parties(document: _Document) -> Parties:
    return Parties(
        project_id=document.project_id,
        authority_id=document.authority_id,
        competent_department_id=document.competent_department_id,
        group_id=document.group_id,
        committee_id=document.committee_id,
    )


def _belongs(line: ReviewLine, year: int, today: date) -> bool:
    if line.cycle_ends_on.year == year or (line.started_on is not None and line.started_on.year == year):
        return True
    return year == today.year and (line.opinion_overdue or (line.overdue and line.cycle_ends_on.year < year))


def _conditions(wanted: ReviewFilter, actor: Actor) -> list[ColumnElement[bool]]:
    conditions = [visible_to(actor)]
    if wanted.kind is not None:
        conditions.append(Project.kind == wanted.kind)
    if wanted.committee_id is not None:
        conditions.append(Project.committee_id == wanted.committee_id)
    return conditions


def _documents(
    session: Session, conditions: Iterable[ColumnElement[bool]]
) -> Iterator[tuple[_Document, tuple[_Held, ...]]]:
    """Every document that is out, with its periodic reviews in their order."""
    published = (Publication.published_at.is_not(None), *conditions)
    held: dict[int, list[_Held]] = {}
    for identity, *row in session.execute(
        select(
            PeriodicReview.project_id,
            PeriodicReview.opened_on,
            PeriodicReview.early_reason,
            PeriodicReview.early_grounds,
            PeriodicReview.conclusion,
            PeriodicReview.grounds,
            PeriodicReview.implementation,
            PeriodicReview.concluded_on,
            ReviewDecision.number,
            PeriodicReview.decision_id,
            PeriodicReview.successor_id,
        )
        .join(Project, Project.id == PeriodicReview.project_id)
        .join(Publication, Publication.project_id == Project.id)
        .outerjoin(ReviewDecision, ReviewDecision.id == PeriodicReview.decision_id)
        .where(*published)
        .order_by(PeriodicReview.project_id, PeriodicReview.number)
    ):
        held.setdefault(identity, []).append(_Held(*row))
    for document in session.execute(
        select(
            Project.id.label("project_id"),
            Project.kind,
            Project.stage,
            Publication.number,
            Publication.slug,
            Project.title_zh,
            Project.title_en,
            Organization.name.label("department"),
            Committee.name.label("committee"),
            Publication.published_on,
            Project.version,
            Project.authority_id,
            Project.competent_department_id,
            Project.group_id,
            Project.committee_id,
            Project.is_demonstration,
        )
        .join(Publication, Publication.project_id == Project.id)
        .outerjoin(Organization, Organization.id == Project.competent_department_id)
        .outerjoin(Committee, Committee.id == Project.committee_id)
        .where(*published)
        .order_by(Publication.published_on, Project.id)
    ):
        yield _Document(**document._mapping), tuple(held.get(document.project_id, ()))  # noqa: SLF001  # its public name


def _cycles(
    document: _Document, held: tuple[_Held, ...], rules: Rules, today: date, roles: frozenset[Role]
) -> Iterator[ReviewLine]:
    """The cycles of a document, each with the review that ended it or runs in it."""
    begun = document.published_on
    running: _Held | None = None
    for review in held:
        if review.concluded_on is None:
            running = review
        elif review.conclusion is not None:
            yield _line(document, begun, review, rules, today, roles)
            begun = review.concluded_on
    if running is not None or document.stage in _REVIEWED:
        yield _line(document, begun, running, rules, today, roles)


def _line(
    document: _Document,
    begun: date,
    review: _Held | None,
    rules: Rules,
    today: date,
    roles: frozenset[Role],
) -> ReviewLine:
    ends, opinion = deadlines.periodic_review(begun, rules), deadlines.review_opinion(begun, rules)
    state = _state(review)
    concluded = state is ListState.CONCLUDED
    return ReviewLine(
        project_id=document.project_id,
        kind=document.kind,
        stage=document.stage,
        number=document.number,
        slug=document.slug,
        title_zh=document.title_zh,
        title_en=document.title_en,
        department=document.department or "",
        committee=document.committee or "",
        cycle_ends_on=ends.on,
        opinion_due_on=opinion.on,
        begins_on=deadlines.review_begins(begun, rules),
        state=state,
        overdue=not concluded and ends.has_passed(today),
        opinion_overdue=state in {ListState.WAITING, ListState.STARTED} and opinion.has_passed(today),
        started_on=review.opened_on if review else None,
        early_reason=review.early_reason if review else None,
        early_grounds=review.early_grounds if review else "",
        conclusion=review.conclusion if review else None,
        grounds=review.grounds if review else "",
        implementation=review.implementation if review else "",
        concluded_on=review.concluded_on if review else None,
        decision=(review.decision or "") if review else "",
        decision_id=review.decision_id if review else None,
        successor_id=review.successor_id if review else None,
        version=document.version,
        roles=roles,
        is_demonstration=document.is_demonstration,
    )


def _state(review: _Held | None) -> ListState:
    if review is None:
        return ListState.WAITING
    if review.concluded_on is not None:
        return ListState.CONCLUDED
    return ListState.OPINION if review.conclusion is not None else ListState.STARTED
