"""The comments on a project's drafts, narrowed by what became of them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import Session

from standards_wf.errors import NotFound
from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.people import Person
from standards_wf.services.access import entrance_to
from standards_wf.services.reading.projects import Head, head_at
from standards_wf.wording.language import Term
from standards_wf.wording.persons import acting_for
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.vocabulary import CommentType, Disposition, Event

PER_PAGE = 50


class Shown(StrEnum):
    """Which comments are shown."""

    ALL = "all"
    OPEN = "open"
    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    NOT_ACCEPTED = "not_accepted"


SHOWN_WORDS: dict[Shown, Term] = {
    Shown.ALL: Term("全部", "All"),
    Shown.OPEN: Term("未处理", "Without disposition"),
    Shown.ACCEPTED: Term("采纳", "Accepted"),
    Shown.PARTLY_ACCEPTED: Term("部分采纳", "Partly accepted"),
    Shown.NOT_ACCEPTED: Term("不采纳", "Not accepted"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentShown:
    """A comment with what became of it."""

    id: int
    number: int
    round: int
    clause: str
    element: str
    type: CommentType
    text: str
    proposed_change: str
    author: str
    organization: str
    received_at: datetime
    disposition: Disposition | None
    reason: str
    disposed_by: str
    disposed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundShown:
    """A round of consultation with its days."""

    id: int
    number: int
    opens_on: date
    closes_on: date
    closed_on: date | None
    members_only: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentsPage:
    """A page of comments, in the order of their clauses' arrival."""

    head: Head
    rounds: tuple[RoundShown, ...]
    counts: dict[Shown, int]
    shown: Shown
    comments: tuple[CommentShown, ...]
    total: int
    page: int
    pages: int


def comments_of(
    session: Session, project_id: int, actor: Actor, shown: Shown = Shown.ALL, page: int = 1, per_page: int = PER_PAGE
) -> CommentsPage:
    """A page of a project's comments; a fixed number of queries. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor)
    counted = session.execute(
        select(Comment.disposition, func.count()).where(Comment.project_id == project_id).group_by(Comment.disposition)
    )
    counts = dict.fromkeys(Shown, 0)
    for disposition, count in counted:
        counts[Shown(disposition.value) if disposition else Shown.OPEN] += count
        counts[Shown.ALL] += count
    total = counts[shown]
    pages = max(1, -(-total // per_page))
    page = min(max(1, page), pages)
    rounds = session.scalars(
        select(ConsultationRound)
        .where(ConsultationRound.project_id == project_id)
        .order_by(ConsultationRound.number.desc())
    )
    return CommentsPage(
        head=head_at(session, entrance, actor),
        rounds=tuple(
            RoundShown(
                id=row.id,
                number=row.number,
                opens_on=row.opens_on,
                closes_on=row.closes_on,
                closed_on=row.closed_on,
                members_only=row.members_only,
            )
            for row in rounds
        ),
        counts=counts,
        shown=shown,
        comments=_comments(
            session, (Comment.project_id == project_id) & _shown(shown), limit=per_page, offset=(page - 1) * per_page
        ),
        total=total,
        page=page,
        pages=pages,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CommentPage:
    """One comment, and the next one that is still without disposition."""

    head: Head
    comment: CommentShown
    next_open: int | None


def comment_of(session: Session, project_id: int, number: int, actor: Actor) -> CommentPage:
    """One comment by its running number. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor)
    found = _comments(session, (Comment.project_id == project_id) & (Comment.number == number), limit=1, offset=0)
    if not found:
        raise NotFound("comment", number)
    open_ones = select(Comment.number).where(
        Comment.project_id == project_id, Comment.disposition.is_(None), Comment.number != number
    )
    following = session.scalar(open_ones.order_by((Comment.number < number).asc(), Comment.number).limit(1))
    return CommentPage(head=head_at(session, entrance, actor), comment=found[0], next_open=following)


def _shown(shown: Shown) -> ColumnElement[bool]:
    match shown:
        case Shown.ALL:
            return true()
        case Shown.OPEN:
            return Comment.disposition.is_(None)
        case _:
            return Comment.disposition == Disposition(shown.value)


_PRINCIPAL_OF_DISPOSITION = (
    select(Person.name)
    .join(LifecycleEvent, LifecycleEvent.on_behalf_of_id == Person.id)
    .where(
        LifecycleEvent.project_id == Comment.project_id,
        LifecycleEvent.action == Event.COMMENT_DISPOSED,
        LifecycleEvent.actor_id == Comment.disposed_by_id,
        LifecycleEvent.at == Comment.disposed_at,
    )
    .limit(1)
    .correlate(Comment)
    .scalar_subquery()
)


def _comments(session: Session, which: ColumnElement[bool], *, limit: int, offset: int) -> tuple[CommentShown, ...]:
    rows = session.execute(
        select(Comment, ConsultationRound.number, Person.name, _PRINCIPAL_OF_DISPOSITION)
        .join(ConsultationRound, ConsultationRound.id == Comment.round_id)
        .outerjoin(Person, Person.id == Comment.disposed_by_id)
        .where(which)
        .order_by(Comment.number)
        .limit(limit)
        .offset(offset)
    )
    return tuple(
        CommentShown(
            id=comment.id,
            number=comment.number,
            round=round_number,
            clause=comment.clause,
            element=comment.element,
            type=comment.type,
            text=comment.text,
            proposed_change=comment.proposed_change,
            author=comment.author,
            organization=comment.organization,
            received_at=comment.received_at,
            disposition=comment.disposition,
            reason=comment.reason,
            disposed_by=acting_for(name, principal),
            disposed_at=comment.disposed_at,
        )
        for comment, round_number, name, principal in rows
    )
