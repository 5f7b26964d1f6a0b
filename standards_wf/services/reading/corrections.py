"""Corrections of a stage by hand: all that there were, for everybody who may see them, and what the next one would end."""

import json
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from standards_wf.clock import Moment
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Notice, NoticeKind, PeriodicReview
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.people import Person
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Ballot, Review
from standards_wf.services.access import entrance_to, require_administrator
from standards_wf.services.corrections import stages_with_ground
from standards_wf.services.reading.projects import Head, head_at
from standards_wf.services.reading.scopes import visible_to
from standards_wf.services.two_persons import Waiting, rule_for, waiting_on
from standards_wf.wording.persons import acting_for
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.vocabulary import Event, Kind, Stage

PER_PAGE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionShown:
    """One correction: where the case stood, where it was put, by whom and why."""

    project_id: int
    title_zh: str
    kind: Kind
    seq: int
    at: datetime
    on_day: date
    by: str
    prepared_by: str
    """Who prepared it, where corrections take two persons."""
    from_stage: Stage | None
    to_stage: Stage
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrections:
    """A page of corrections, the latest first."""

    rows: tuple[CorrectionShown, ...]
    total: int
    page: int
    pages: int


_PRINCIPAL = aliased(Person)


def list_corrections(session: Session, actor: Actor, page: int = 1, *, per_page: int = PER_PAGE) -> Corrections:
    """Every correction in the projects that the reader may see: two queries."""
    corrected = (LifecycleEvent.action == Event.STAGE_CORRECTED) & visible_to(actor)
    total = session.scalar(
        select(func.count(LifecycleEvent.id)).join(Project, Project.id == LifecycleEvent.project_id).where(corrected)
    )
    pages = max(1, -(-(total or 0) // per_page))
    page = min(max(1, page), pages)
    rows = session.execute(
        select(LifecycleEvent, Project.title_zh, Project.kind, Person.name, _PRINCIPAL.name)
        .join(Project, Project.id == LifecycleEvent.project_id)
        .outerjoin(Person, Person.id == LifecycleEvent.actor_id)
        .outerjoin(_PRINCIPAL, _PRINCIPAL.id == LifecycleEvent.on_behalf_of_id)
        .where(corrected)
        .order_by(LifecycleEvent.at.desc(), LifecycleEvent.id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return Corrections(
        rows=tuple(
            CorrectionShown(
                project_id=event.project_id,
                title_zh=title,
                kind=kind,
                seq=event.seq,
                at=event.at,
                on_day=event.on_day,
                by=acting_for(name, principal),
                prepared_by=str(json.loads(event.params).get("prepared_by", "")),
                from_stage=event.from_stage,
                to_stage=event.to_stage,
                note=event.note,
            )
            for event, title, kind, name, principal in rows
        ),
        total=total or 0,
        page=page,
        pages=pages,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionPage:
    """What somebody must know who is about to correct a stage: all that runs would end."""

    head: Head
    round_closes_on: date | None
    has_round: bool
    review: int | None
    """The number of the review that runs."""
    ballot_is_open: bool
    notice: NoticeKind | None
    notice_ends_on: date | None
    periodic_review: int | None
    waiting: Waiting | None
    takes_two: bool
    stages: tuple[Stage, ...]
    """Where the case could be put; a stage that it has no ground for is not offered."""

    @property
    def ends_something(self) -> bool:
        """Whether anything runs that the correction would end."""
        return self.has_round or any(each is not None for each in (self.review, self.notice, self.periodic_review))


def correction_page(session: Session, project_id: int, actor: Actor, moment: Moment) -> CorrectionPage:
    """What runs in a project, for the administrator who corrects its stage. Raises NotFound, Forbidden."""
    entrance = entrance_to(session, project_id, actor)
    require_administrator(actor)
    running = session.execute(
        select(ConsultationRound.closes_on).where(
            ConsultationRound.project_id == project_id, ConsultationRound.closed_on.is_(None)
        )
    ).first()
    review = session.execute(
        select(Review.number, Ballot.id, Ballot.closed_at)
        .outerjoin(Ballot, Ballot.review_id == Review.id)
        .where(Review.project_id == project_id, Review.outcome.is_(None))
    ).first()
    notice = session.execute(
        select(Notice.kind, Notice.ends_on).where(Notice.project_id == project_id, Notice.closed_on.is_(None))
    ).first()
    periodic = session.scalar(
        select(PeriodicReview.number).where(
            PeriodicReview.project_id == project_id, PeriodicReview.concluded_on.is_(None)
        )
    )
    return CorrectionPage(
        head=head_at(session, entrance, actor),
        has_round=running is not None,
        round_closes_on=running.closes_on if running else None,
        review=review.number if review else None,
        ballot_is_open=review is not None and review.id is not None and review.closed_at is None,
        notice=notice.kind if notice else None,
        notice_ends_on=notice.ends_on if notice else None,
        periodic_review=periodic,
        waiting=waiting_on(session, entrance.project, moment),
        takes_two=rule_for(session, Event.STAGE_CORRECTED, actor) is not None,
        stages=stages_with_ground(session, entrance.project, moment),
    )


def corrections_on(session: Session, project_id: int) -> tuple[date, ...]:
    """The days on which a project's stage was corrected by hand, for everybody; one query."""
    return tuple(
        session.scalars(
            select(LifecycleEvent.on_day)
            .where(LifecycleEvent.project_id == project_id, LifecycleEvent.action == Event.STAGE_CORRECTED)
            .order_by(LifecycleEvent.seq)
        )
    )
