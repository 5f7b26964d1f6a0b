"""Number and dates of a document in the making, and what happened to it since it was published."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.documents import (
    Disclosure,
    Filing,
    Notice,
    NoticeKind,
    NoticeObjection,
    PeriodicReview,
    Publication,
    ReviewDecision,
)
from standards_wf.services.access import entrance_to
from standards_wf.services.numbering import series_answer
from standards_wf.services.publications import suggest_number
from standards_wf.services.reading.amendments import AmendmentShown, amendments_of
from standards_wf.services.reading.citations import CitationTaskShown, citation_tasks_of
from standards_wf.services.reading.deadlines import Deadline, Standing, deadlines_of
from standards_wf.services.reading.endings import EndingShown, ending_of
from standards_wf.services.reading.projects import Head, head_at
from standards_wf.services.reading.replacements import ReplacedShown, ReplacingShown, replaced_by_project, replacing
from standards_wf.services.rules import rules_for
from standards_wf.services.saying import say
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.rules import Rules
from standards_wf.workflow.series import SeriesAnswer
from standards_wf.workflow.vocabulary import Conclusion, EarlyReason


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Number and dates as they are prepared, or as the document was published."""

    number: str
    approved_on: date
    published_on: date
    effective_on: date
    gap_reason: str
    announcement_number: str
    published: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationPage:
    """The publication, and what its form proposes."""

    head: Head
    rules: Rules
    prepared: Prepared | None
    series: SeriesAnswer | None
    """The series that numbers the document, and why; `None` where there is none."""
    suggestion: str
    """The number that would be given today."""
    no_suggestion: str
    """Why none can be given."""


def publication_of(session: Session, project_id: int, actor: Actor, moment: Moment) -> PublicationPage:
    """The publication of a project, for its people. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor)
    project = entrance.project
    row = session.get(Publication, project_id)
    suggestion, reason, series = "", "", None
    try:
        series = series_answer(session, project)
        suggestion = suggest_number(session, project, moment) if row is None else ""
    except Invalid as refused:
        reason = "".join(say(refusal, project.kind) for refusal in refused.fields.values())
    return PublicationPage(
        head=head_at(session, entrance, actor),
        rules=rules_for(session, project.kind),
        prepared=_prepared(row) if row else None,
        series=series,
        suggestion=suggestion,
        no_suggestion=reason,
    )


def _prepared(row: Publication) -> Prepared:
    return Prepared(
        number=row.number,
        approved_on=row.approved_on,
        published_on=row.published_on,
        effective_on=row.effective_on,
        gap_reason=row.gap_reason,
        announcement_number=row.announcement_number,
        published=row.published_at is not None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionShown:
    """An objection to a notice, and its answer."""

    id: int
    name: str
    contact: str
    text: str
    received_at: datetime
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeShown:
    """A public notice with what was objected."""

    id: int
    kind: NoticeKind
    opened_on: date
    ends_on: date
    closed_on: date | None
    objections: tuple[ObjectionShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeriodicReviewShown:
    """A periodic review with its opinion."""

    number: int
    opened_on: date
    early_reason: EarlyReason | None
    early_grounds: str
    conclusion: Conclusion | None
    grounds: str
    implementation: str
    concluded_on: date | None
    decision: str
    """The number of the paper that decided on it."""
    successor_id: int | None
    """The case that the decision to revise has opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilingShown:
    """A filing, in time or late."""

    number: str
    filed_on: date
    due_on: date | None
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureShown:
    """A disclosure with its address."""

    address: str
    disclosed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class LifePage:
    """What happens around and after publication: notices, filing, disclosure, periodic reviews, succession."""

    head: Head
    deadlines: tuple[Deadline, ...]
    notices: tuple[NoticeShown, ...]
    filings: tuple[FilingShown, ...]
    disclosures: tuple[DisclosureShown, ...]
    reviews: tuple[PeriodicReviewShown, ...]
    replaces: tuple[ReplacedShown, ...]
    replaced_by: tuple[ReplacingShown, ...]
    """The documents that replace this one, and the cases on their way to that."""
    ending: EndingShown | None
    amendments: tuple[AmendmentShown, ...]
    citations: tuple[CitationTaskShown, ...]
    """The documents that its text cites and that have ended."""

    @property
    def running(self) -> PeriodicReviewShown | None:
        """The periodic review that runs."""
        return next((row for row in self.reviews if row.concluded_on is None), None)


def life_of(session: Session, project_id: int, actor: Actor, moment: Moment) -> LifePage:
    """The life of a document, for its people; a fixed number of queries. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor)
    project = entrance.project
    filings = session.scalars(select(Filing).where(Filing.project_id == project_id).order_by(Filing.id))
    disclosures = session.scalars(select(Disclosure).where(Disclosure.project_id == project_id).order_by(Disclosure.id))
    reviews = session.execute(
        select(PeriodicReview, ReviewDecision.number)
        .outerjoin(ReviewDecision, ReviewDecision.id == PeriodicReview.decision_id)
        .where(PeriodicReview.project_id == project_id)
        .order_by(PeriodicReview.number.desc())
    )
    return LifePage(
        head=head_at(session, entrance, actor),
        deadlines=deadlines_of(session, [Standing(project.id, project.kind, project.stage)], moment.day)[project.id],
        notices=_notices(session, project_id),
        filings=tuple(
            FilingShown(number=row.number, filed_on=row.filed_on, due_on=row.due_on, late=row.late) for row in filings
        ),
        disclosures=tuple(DisclosureShown(address=row.address, disclosed_on=row.disclosed_on) for row in disclosures),
        reviews=tuple(
            PeriodicReviewShown(
                number=row.number,
                opened_on=row.opened_on,
                early_reason=row.early_reason,
                early_grounds=row.early_grounds,
                conclusion=row.conclusion,
                grounds=row.grounds,
                implementation=row.implementation,
                concluded_on=row.concluded_on,
                decision=decision or "",
                successor_id=row.successor_id,
            )
            for row, decision in reviews
        ),
        replaces=replaced_by_project(session, project_id),
        replaced_by=replacing(session, project_id, published_only=False),
        ending=ending_of(session, project_id),
        amendments=amendments_of(session, project_id, published_only=False),
        citations=citation_tasks_of(session, project_id),
    )


def _notices(session: Session, project_id: int) -> tuple[NoticeShown, ...]:
    objections: dict[int, list[ObjectionShown]] = {}
    for row in session.scalars(
        select(NoticeObjection)
        .join(Notice, Notice.id == NoticeObjection.notice_id)
        .where(Notice.project_id == project_id)
        .order_by(NoticeObjection.id)
    ):
        objections.setdefault(row.notice_id, []).append(
            ObjectionShown(
                id=row.id,
                name=row.name,
                contact=row.contact,
                text=row.text,
                received_at=row.received_at,
                answer=row.answer,
            )
        )
    return tuple(
        NoticeShown(
            id=row.id,
            kind=row.kind,
            opened_on=row.opened_on,
            ends_on=row.ends_on,
            closed_on=row.closed_on,
            objections=tuple(objections.get(row.id, ())),
        )
        for row in session.scalars(select(Notice).where(Notice.project_id == project_id).order_by(Notice.id.desc()))
    )
