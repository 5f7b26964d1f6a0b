"""What somebody must do besides the acts of the procedure: votes, signatures, dispositions, answers, drafts.

Each sort of task is one query, however many projects there are.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import and_, false, func, or_, select, true
from sqlalchemy.orm import Session

from standards_wf.models.citations import CitationTask
from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.documents import Notice, NoticeObjection
from standards_wf.models.drafts import DraftVersion
from standards_wf.models.prepared_acts import PreparedAct
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.models.reviews import Attendance, Ballot, BallotVoter, Minutes, Review, Vote
from standards_wf.services.reading.principals import principals_of
from standards_wf.services.reading.scopes import held_in
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.stages import DOCUMENT_STAGES, ENDED
from standards_wf.workflow.vocabulary import DraftStage, Kind, Position, Role, Stage

MOST = 50


class Task(StrEnum):
    """What is to be done."""

    VOTE = "vote"
    SIGN = "sign"
    DISPOSE = "dispose"
    ANSWER_REVIEW = "answer_review"
    ANSWER_NOTICE = "answer_notice"
    BRING_CONSULTATION_DRAFT = "bring_consultation_draft"
    BRING_REVIEW_DRAFT = "bring_review_draft"
    COMMENT = "comment"
    CHECK_CITATION = "check_citation"
    CONFIRM = "confirm"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskShown:
    """One thing to do in one project."""

    task: Task
    project_id: int
    title_zh: str
    kind: Kind
    count: int = 0
    due_on: date | None = None
    days_left: int | None = None
    place: int | None = None
    """The round of consultation to be answered, or the prepared act to be confirmed."""
    on_behalf_of: str = ""
    """For whom the reader would do it, as a deputy."""


_ROLES: dict[Task, tuple[Role, ...]] = {
    Task.DISPOSE: (Role.DRAFTER, Role.COMMITTEE_SECRETARY),
    Task.ANSWER_REVIEW: (Role.DRAFTER, Role.COMMITTEE_SECRETARY),
    Task.ANSWER_NOTICE: (Role.AUTHORITY, Role.GROUP_SECRETARIAT),
    Task.BRING_CONSULTATION_DRAFT: (Role.DRAFTER,),
    Task.BRING_REVIEW_DRAFT: (Role.DRAFTER,),
    Task.COMMENT: (Role.COMMITTEE_MEMBER, Role.COMMITTEE_CHAIR, Role.INVITED_EXPERT),
    Task.CONFIRM: (Role.AUTHORITY, Role.GROUP_SECRETARIAT, Role.ADMINISTRATOR),
}
"""Whose task it is; to vote and to sign is personal."""

Row = tuple[int, str, Kind, int, date | None, int | None]


def tasks_of(session: Session, actor: Actor, today: date) -> tuple[TaskShown, ...]:
    """What somebody must do, what is overdue or due soonest first; nine queries."""
    found = [
        *_shown(Task.CONFIRM, _prepared_acts(session, actor, today), today),
        *_shown(Task.VOTE, _votes(session, actor, today), today),
        *_shown(Task.SIGN, _signatures(session, actor), today),
        *_shown(Task.DISPOSE, _dispositions(session, actor), today),
        *_shown(Task.ANSWER_REVIEW, _review_answers(session, actor), today),
        *_shown(Task.ANSWER_NOTICE, _notice_answers(session, actor), today),
        *_shown(Task.BRING_CONSULTATION_DRAFT, _consultation_drafts(session, actor), today),
        *_shown(Task.BRING_REVIEW_DRAFT, _review_drafts(session, actor), today),
        *_shown(Task.COMMENT, _consultations(session, actor, today), today),
        *_shown(Task.CHECK_CITATION, _citations(session, actor), today),
    ]
    found.sort(key=lambda task: (task.due_on or date.max, task.task == Task.COMMENT, task.project_id))
    principals = principals_of(session, actor, [task.project_id for task in found])
    return tuple(
        replace(task, on_behalf_of=principals.acted_for(task.project_id, _ROLES.get(task.task, ()))) for task in found
    )


def _shown(task: Task, rows: Iterable[Row], today: date) -> Iterable[TaskShown]:
    for project_id, title, kind, count, due_on, place in rows:
        yield TaskShown(
            task=task,
            project_id=project_id,
            title_zh=title,
            kind=kind,
            count=count,
            due_on=due_on,
            days_left=(due_on - today).days if due_on else None,
            place=place,
        )


_PROJECT = (Project.id, Project.title_zh, Project.kind)


def _votes(session: Session, actor: Actor, today: date) -> Iterable[Row]:
    voted = select(Vote.voter_id).where(Vote.voter_id == BallotVoter.id).exists()
    rows = session.execute(
        select(*_PROJECT, Ballot.closes_on)
        .join(Review, Review.project_id == Project.id)
        .join(Ballot, Ballot.review_id == Review.id)
        .join(BallotVoter, BallotVoter.ballot_id == Ballot.id)
        .where(BallotVoter.person_id == actor.person_id, BallotVoter.entitled, ~voted)
        .where(Ballot.closed_at.is_(None), Ballot.closes_on >= today, Review.outcome.is_(None))
        .limit(MOST)
    )
    return ((project, title, kind, 0, closes_on, None) for project, title, kind, closes_on in rows)


def _signatures(session: Session, actor: Actor) -> Iterable[Row]:
    rows = session.execute(
        select(*_PROJECT)
        .join(Review, Review.project_id == Project.id)
        .join(Minutes, Minutes.review_id == Review.id)
        .join(Attendance, Attendance.minutes_id == Minutes.id)
        .where(Attendance.person_id == actor.person_id, Attendance.signed_at.is_(None), Review.outcome.is_(None))
        .limit(MOST)
    )
    return ((project, title, kind, 0, None, None) for project, title, kind in rows)


def _dispositions(session: Session, actor: Actor) -> Iterable[Row]:
    rows = session.execute(
        select(*_PROJECT, func.count(Comment.id))
        .join(Comment, Comment.project_id == Project.id)
        .where(Project.stage.in_((Stage.CONSULTATION, Stage.RESOLUTION)), Comment.disposition.is_(None))
        .where(held_in(actor, _ROLES[Task.DISPOSE]))
        .group_by(*_PROJECT)
        .order_by(Project.id)
        .limit(MOST)
    )
    return ((project, title, kind, count, None, None) for project, title, kind, count in rows)


def _review_answers(session: Session, actor: Actor) -> Iterable[Row]:
    objecting = (Vote.position == Position.AGAINST) | (func.trim(Vote.reason) != "")
    rows = session.execute(
        select(*_PROJECT, func.count(Vote.voter_id))
        .join(Review, Review.project_id == Project.id)
        .join(Ballot, Ballot.review_id == Review.id)
        .join(Vote, Vote.ballot_id == Ballot.id)
        .where(Project.stage.in_((Stage.REVIEW, Stage.SUBMISSION)), Ballot.closed_at.is_not(None))
        .where(objecting, Vote.answer == "", held_in(actor, _ROLES[Task.ANSWER_REVIEW]))
        .group_by(*_PROJECT)
        .order_by(Project.id)
        .limit(MOST)
    )
    return ((project, title, kind, count, None, None) for project, title, kind, count in rows)


def _notice_answers(session: Session, actor: Actor) -> Iterable[Row]:
    rows = session.execute(
        select(*_PROJECT, func.count(NoticeObjection.id), func.min(Notice.ends_on))
        .join(Notice, Notice.project_id == Project.id)
        .join(NoticeObjection, NoticeObjection.notice_id == Notice.id)
        .where(Notice.closed_on.is_(None), NoticeObjection.answer == "")
        .where(held_in(actor, _ROLES[Task.ANSWER_NOTICE]))
        .group_by(*_PROJECT)
        .order_by(Project.id)
        .limit(MOST)
    )
    return ((project, title, kind, count, ends_on, None) for project, title, kind, count, ends_on in rows)


def _consultation_drafts(session: Session, actor: Actor) -> Iterable[Row]:
    asked_before = (
        select(func.max(ConsultationRound.draft_id)).where(ConsultationRound.project_id == Project.id).scalar_subquery()
    )
    brought = (
        select(DraftVersion.id)
        .where(DraftVersion.project_id == Project.id, DraftVersion.draft_stage == DraftStage.CONSULTATION)
        .where(DraftVersion.id > func.coalesce(asked_before, 0))
        .exists()
    )
    rows = session.execute(
        select(*_PROJECT, PlanEntry.completes_on)
        .outerjoin(PlanEntry, PlanEntry.project_id == Project.id)
        .where(Project.stage == Stage.DRAFTING, ~brought, held_in(actor, (Role.DRAFTER,)))
        .order_by(Project.id)
        .limit(MOST)
    )
    return ((project, title, kind, 0, due_on, None) for project, title, kind, due_on in rows)


def _review_drafts(session: Session, actor: Actor) -> Iterable[Row]:
    asked = (
        select(func.max(ConsultationRound.draft_id)).where(ConsultationRound.project_id == Project.id).scalar_subquery()
    )
    brought = (
        select(DraftVersion.id)
        .where(DraftVersion.project_id == Project.id, DraftVersion.draft_stage == DraftStage.REVIEW)
        .where(DraftVersion.id > func.coalesce(asked, 0))
        .exists()
    )
    rows = session.execute(
        select(*_PROJECT)
        .where(Project.stage == Stage.RESOLUTION, ~brought, held_in(actor, (Role.DRAFTER,)))
        .order_by(Project.id)
        .limit(MOST)
    )
    return ((project, title, kind, 0, None, None) for project, title, kind in rows)


def _citations(session: Session, actor: Actor) -> Iterable[Row]:
    """Texts that cite what has ended: for the committee, or where there is none for whoever issued them."""
    issuers = held_in(actor, (Role.AUTHORITY, Role.GROUP_SECRETARIAT))
    rows = session.execute(
        select(*_PROJECT, func.count(CitationTask.id))
        .join(CitationTask, CitationTask.project_id == Project.id)
        .where(CitationTask.outcome.is_(None), Project.stage.in_(DOCUMENT_STAGES - ENDED))
        .where(held_in(actor, (Role.COMMITTEE_SECRETARY,)) | (Project.committee_id.is_(None) & issuers))
        .group_by(*_PROJECT)
        .order_by(Project.id)
        .limit(MOST)
    )
    return ((project, title, kind, count, None, None) for project, title, kind, count in rows)


def _consultations(session: Session, actor: Actor, today: date) -> Iterable[Row]:
    """Open consultations of the committees to which somebody belongs, as long as nothing was said there."""
    said = and_(Comment.round_id == ConsultationRound.id, Comment.person_id == actor.person_id)
    rows = session.execute(
        select(*_PROJECT, ConsultationRound.closes_on, ConsultationRound.id)
        .join(ConsultationRound, ConsultationRound.project_id == Project.id)
        .where(ConsultationRound.closed_on.is_(None), ConsultationRound.closes_on >= today)
        .where(held_in(actor, _ROLES[Task.COMMENT]))
        .where(~select(Comment.id).where(said).exists())
        .order_by(ConsultationRound.closes_on)
        .limit(MOST)
    )
    return ((project, title, kind, 0, closes_on, place) for project, title, kind, closes_on, place in rows)


def _prepared_acts(session: Session, actor: Actor, today: date) -> Iterable[Row]:
    """What somebody else prepared and the reader, in the same role, may confirm."""
    same_role = or_(
        *(and_(PreparedAct.role == role, held_in(actor, (role,))) for role in (Role.AUTHORITY, Role.GROUP_SECRETARIAT)),
        and_(PreparedAct.role == Role.ADMINISTRATOR, true() if actor.is_administrator else false()),
    )
    rows = session.execute(
        select(*_PROJECT, PreparedAct.confirm_by, PreparedAct.number)
        .join(PreparedAct, and_(PreparedAct.project_id == Project.id, PreparedAct.version_seen == Project.version))
        .where(PreparedAct.outcome.is_(None), PreparedAct.confirm_by >= today, same_role)
        .where(PreparedAct.prepared_by_id != actor.person_id)
        .order_by(PreparedAct.confirm_by)
        .limit(MOST)
    )
    return ((project, title, kind, 0, confirm_by, number) for project, title, kind, confirm_by, number in rows)
