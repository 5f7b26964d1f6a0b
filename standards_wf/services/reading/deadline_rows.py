"""The dates that deadlines are counted from, and the days on which they were met: each question asked once for many."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from sqlalchemy import BindParameter, ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Filing, Notice, NoticeKind, PeriodicReview, Publication
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.keeping_time import SuspensionRow
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.models.reviews import Ballot, Review
from standards_wf.workflow.deadlines import Suspension
from standards_wf.workflow.vocabulary import Action, Event, ReviewMode

Each = TypeVar("Each")


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round of consultation."""

    opens_on: date
    closes_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A technical review with its ballot and its minutes."""

    mode: ReviewMode
    meets_on: date | None
    papers_sent_on: date | None
    closes_on: date | None
    """The last day of its ballot."""
    runs: bool
    closed_on: date | None = None
    minutes_on: date | None = None


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A public notice."""

    before_approval: bool
    opened_on: date
    ends_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A published document."""

    published_on: date
    effective_on: date
    done_on: date
    """The day on which it was published here, whatever the publication says."""
    in_force_noted_on: date | None
    filed_on: date | None


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A periodic review."""

    concluded_on: date | None
    opinion_on: date | None


@dataclass(frozen=True, slots=True)
class Rows:
    """What was found, by project; each list in the order of time."""

    plans: Mapping[int, tuple[date, bool]] = field(default_factory=dict)
    """The day of completion, and whether it is a revision."""
    suspensions: Mapping[int, Sequence[Suspension]] = field(default_factory=dict)
    rounds: Mapping[int, Sequence[RoundRow]] = field(default_factory=dict)
    reviews: Mapping[int, Sequence[ReviewRow]] = field(default_factory=dict)
    notices: Mapping[int, Sequence[NoticeRow]] = field(default_factory=dict)
    publications: Mapping[int, DocumentRow] = field(default_factory=dict)
    periodic_reviews: Mapping[int, Sequence[CycleRow]] = field(default_factory=dict)


# Built once: to build a statement costs more than to ask it.
_IDENTITIES: BindParameter[list[int]] = bindparam("identities", expanding=True)


@dataclass(frozen=True, slots=True)
class _Question:
    """A question about some projects, and the same about all of them."""

    of_some: Select[*tuple[Any, ...]]
    of_all: Select[*tuple[Any, ...]]


def _question(of_all: Select[*tuple[Any, ...]], project_id: InstrumentedAttribute[int]) -> _Question:
    return _Question(of_all.where(project_id.in_(_IDENTITIES)), of_all)


_PLANS = _question(
    select(PlanEntry.project_id, PlanEntry.completes_on, Project.is_revision).join(
        Project, Project.id == PlanEntry.project_id
    ),
    PlanEntry.project_id,
)
_SUSPENSIONS = _question(
    select(SuspensionRow.project_id, SuspensionRow.from_on, SuspensionRow.until, SuspensionRow.reason).order_by(
        SuspensionRow.project_id, SuspensionRow.from_on, SuspensionRow.id
    ),
    SuspensionRow.project_id,
)
_ROUNDS = _question(
    select(
        ConsultationRound.project_id,
        ConsultationRound.opens_on,
        ConsultationRound.closes_on,
        ConsultationRound.closed_on,
    ).order_by(ConsultationRound.project_id, ConsultationRound.number),
    ConsultationRound.project_id,
)
_NOTICES = _question(
    select(Notice.project_id, Notice.kind, Notice.opened_on, Notice.ends_on, Notice.closed_on).order_by(
        Notice.project_id, Notice.id
    ),
    Notice.project_id,
)
_REVIEWS = _question(
    select(
        Review.project_id,
        Review.began_seq,
        Review.mode,
        Review.meets_on,
        Review.papers_sent_on,
        Ballot.closes_on,
        Review.outcome,
    )
    .outerjoin(Ballot, Ballot.review_id == Review.id)
    .order_by(Review.project_id, Review.number),
    Review.project_id,
)
_HAPPENED = _question(
    select(LifecycleEvent.project_id, LifecycleEvent.seq, LifecycleEvent.action, LifecycleEvent.on_day)
    .where(LifecycleEvent.action.in_((Event.BALLOT_CLOSED.value, Event.MINUTES_RECORDED.value)))
    .order_by(LifecycleEvent.project_id, LifecycleEvent.seq),
    LifecycleEvent.project_id,
)
_OPINIONS = _question(
    select(LifecycleEvent.project_id, LifecycleEvent.params, LifecycleEvent.on_day)
    .where(LifecycleEvent.action == Event.REVIEW_OPINION_RECORDED.value)
    .order_by(LifecycleEvent.project_id, LifecycleEvent.seq),
    LifecycleEvent.project_id,
)
_PERIODIC_REVIEWS = _question(
    select(PeriodicReview.project_id, PeriodicReview.number, PeriodicReview.concluded_on).order_by(
        PeriodicReview.project_id, PeriodicReview.number
    ),
    PeriodicReview.project_id,
)


def _day_of(action: Action) -> ScalarSelect[date]:
    return (
        select(func.max(LifecycleEvent.on_day))
        .where(LifecycleEvent.project_id == Publication.project_id, LifecycleEvent.action == action.value)
        .scalar_subquery()
    )


_DOCUMENTS = _question(
    select(
        Publication.project_id,
        Publication.published_on,
        Publication.effective_on,
        func.coalesce(_day_of(Action.PUBLISH), Publication.published_on),
        _day_of(Action.TAKE_EFFECT),
        select(func.min(Filing.filed_on)).where(Filing.project_id == Publication.project_id).scalar_subquery(),
    ).where(Publication.published_at.is_not(None)),
    Publication.project_id,
)


def rows_of(
    session: Session,
    *,
    planned: Sequence[int] | None,
    consulted: Sequence[int] | None,
    reviewed: Sequence[int] | None,
    noticed: Sequence[int] | None,
    published: Sequence[int] | None,
) -> Rows:
    """What is found of each group of projects; of an empty group nothing is asked, and `None` means all there are."""

    def ask(question: _Question, identities: Sequence[int] | None) -> Sequence[Any]:
        if identities is None:
            return session.execute(question.of_all).all()
        return session.execute(question.of_some, {"identities": identities}).all() if identities else ()

    return Rows(
        plans={identity: (on, revision) for identity, on, revision in ask(_PLANS, planned)},
        suspensions=_grouped((identity, Suspension(*row)) for identity, *row in ask(_SUSPENSIONS, planned)),
        rounds=_grouped((identity, RoundRow(*row)) for identity, *row in ask(_ROUNDS, consulted)),
        reviews=_reviews(ask(_REVIEWS, reviewed), ask(_HAPPENED, reviewed)),
        notices=_grouped(
            (identity, NoticeRow(kind is NoticeKind.BEFORE_APPROVAL, *row))
            for identity, kind, *row in ask(_NOTICES, noticed)
        ),
        publications={identity: DocumentRow(*row) for identity, *row in ask(_DOCUMENTS, published)},
        periodic_reviews=_cycles(ask(_PERIODIC_REVIEWS, published), ask(_OPINIONS, published)),
    )


def _grouped(rows: Iterable[tuple[int, Each]]) -> dict[int, list[Each]]:
    found: dict[int, list[Each]] = {}
    for identity, row in rows:
        found.setdefault(identity, []).append(row)
    return found


def _reviews(rows: Iterable[Any], happened: Iterable[Any]) -> dict[int, list[ReviewRow]]:
    """The reviews, each with the days on which its ballot was closed and its minutes were first recorded."""
    begun = _grouped((identity, (seq, row)) for identity, seq, *row in rows)
    days: dict[tuple[int, int, str], date] = {}
    for identity, seq, action, on_day in happened:
        of_review = max((began for began, _ in begun.get(identity, ()) if began <= seq), default=0)
        days.setdefault((identity, of_review, action), on_day)
    return _grouped(
        (
            identity,
            ReviewRow(
                mode=mode,
                meets_on=meets_on,
                papers_sent_on=papers_sent_on,
                closes_on=closes_on,
                runs=outcome is None,
                closed_on=days.get((identity, began, Event.BALLOT_CLOSED)),
                minutes_on=days.get((identity, began, Event.MINUTES_RECORDED)),
            ),
        )
        for identity, reviews in begun.items()
        for began, (mode, meets_on, papers_sent_on, closes_on, outcome) in reviews
    )


def _cycles(rows: Iterable[Any], opinions: Iterable[Any]) -> dict[int, list[CycleRow]]:
    """The periodic reviews, each with the day on which its opinion was first recorded."""
    days: dict[tuple[int, object], date] = {}
    for identity, params, on_day in opinions:
        days.setdefault((identity, json.loads(params).get("periodic_review")), on_day)
    return _grouped(
        (identity, CycleRow(concluded_on, days.get((identity, number)))) for identity, number, concluded_on in rows
    )
