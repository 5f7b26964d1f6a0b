"""The outbox: what was promised by an act and is done after its commit, by workers that may die at any moment.

1. A worker claims rows by compare-and-swap, with a lease and a mark of its own. A row whose lease has run out can be
   claimed again, so that a crash loses nothing.
2. It does the work outside any transaction of the outbox. The work may be done twice.
3. It settles the row together with what the work brings to the database, all or nothing; whoever has lost the lease
   in the meantime brings nothing.
4. What fails is tried again, later each time. What fails too often, or kills its worker too often, is given up and
   shown to the administrator; it is never silently lost.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import uuid4

from sqlalchemy import ColumnElement, CursorResult, func, select, update
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import NotFound, StandardsError
from standards_wf.models.outbox import OutboxRow
from standards_wf.services.access import require_administrator, require_identity
from standards_wf.services.record import append_administration
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.vocabulary import Effect

LEASE = timedelta(minutes=5)
MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(seconds=5)
LONGEST_PAUSE = timedelta(hours=1)
LONGEST_ERROR = 2000
TOGETHER = frozenset({Effect.REINDEX})
"""What is cheaper done for many rows at once."""


class LeaseLost(StandardsError):
    """Somebody else has taken the row over, or has settled it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A row that this worker may handle until its lease runs out."""

    id: int
    project_id: int
    event_seq: int | None
    reminded_on: date | None
    """The day of the reminders, where the row is of no event."""
    effect: Effect
    attempt: int
    mark: str
    """What tells this claim from every other one of the same row."""


def claim(session: Session, worker: str, *, moment: Moment, limit: int = 50, lease: timedelta = LEASE) -> list[Claim]:
    """Take the oldest row that is due, and with it others of its effect where they are done together."""
    if session.scalar(select(OutboxRow.id).where(_is_due(moment.at)).limit(1)) is None:
        session.rollback()  # whoever only looks takes no lock
        return []
    mark = f"{worker}/{uuid4().hex}"
    with unit_of_work(session):
        rows = _due(session, moment.at, limit)
        _give_up_the_deadly(session, rows)
        alive = [row for row in rows if row.attempts < MOST_ATTEMPTS]
        return [row for row in (_take(session, each, mark, moment.at, lease) for each in alive) if row]


def _is_due(at: datetime) -> ColumnElement[bool]:
    return (
        OutboxRow.settled_at.is_(None)
        & OutboxRow.given_up.is_(False)
        & (OutboxRow.available_at <= at)
        & (OutboxRow.leased_until.is_(None) | (OutboxRow.leased_until <= at))
    )


def _due(session: Session, at: datetime, limit: int) -> Sequence[OutboxRow]:
    asked = (
        select(OutboxRow)
        .where(_is_due(at))
        .order_by(OutboxRow.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    oldest = session.scalar(asked.limit(1))
    if oldest is None:
        return ()
    if oldest.effect not in TOGETHER:
        return (oldest,)
    return session.scalars(asked.where(OutboxRow.effect == oldest.effect).limit(limit)).all()


def _give_up_the_deadly(session: Session, rows: Sequence[OutboxRow]) -> None:
    """A row that was claimed so often and never settled has ended its workers; the next one is spared."""
    for row in rows:
        if row.attempts >= MOST_ATTEMPTS:
            row.given_up = True
            row.leased_until = row.leased_by = None
            row.last_error = row.last_error or "the worker ended while it handled this row"
    session.flush()


def _take(session: Session, row: OutboxRow, mark: str, at: datetime, lease: timedelta) -> Claim | None:
    taken = _changed(
        session,
        update(OutboxRow)
        .where(OutboxRow.id == row.id, _is_due(at))
        .values(leased_until=at + lease, leased_by=mark, attempts=OutboxRow.attempts + 1),
    )
    if not taken:
        return None
    return Claim(row.id, row.project_id, row.event_seq, row.reminded_on, row.effect, row.attempts + 1, mark)


def settle(session: Session, claims: Sequence[Claim], *, moment: Moment) -> None:
    """Mark rows as done, inside the unit of work that writes what came of them. Raises LeaseLost."""
    for each in claims:
        settled = _changed(
            session,
            update(OutboxRow)
            .where(OutboxRow.id == each.id, OutboxRow.leased_by == each.mark, OutboxRow.settled_at.is_(None))
            .values(settled_at=moment.at, leased_until=None, leased_by=None, last_error=""),
        )
        if not settled:
            raise LeaseLost(each)


def fail(session: Session, claims: Sequence[Claim], error: BaseException, *, moment: Moment) -> None:
    """Put rows back for a later try, or give them up after too many; whoever has lost the lease changes nothing."""
    told = f"{type(error).__name__}: {error}"[:LONGEST_ERROR].replace("\x00", "")
    for each in claims:
        given_up = each.attempt >= MOST_ATTEMPTS
        session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == each.id, OutboxRow.leased_by == each.mark, OutboxRow.settled_at.is_(None))
            .values(
                available_at=moment.at + pause_after(each.attempt),
                leased_until=None,
                leased_by=None,
                given_up=given_up,
                last_error=told,
            )
        )


def pause_after(attempt: int) -> timedelta:
    """How long to wait after this many failures: twice as long each time, at most an hour."""
    return min(LONGEST_PAUSE, FIRST_PAUSE * (1 << (attempt - 1)))


def holds(session: Session, each: Claim) -> bool:
    """Whether this worker still has the lease of a row."""
    mark = session.scalar(select(OutboxRow.leased_by).where(OutboxRow.id == each.id, OutboxRow.settled_at.is_(None)))
    return mark == each.mark


@dataclass(frozen=True, slots=True)
class OutboxState:
    """How the work after the acts stands: what waits, since when, and what was given up."""

    waiting: int
    oldest: datetime | None
    given_up: int

    def lag(self, moment: Moment) -> timedelta:
        """For how long the oldest row that is due has been waiting."""
        return max(timedelta(0), moment.at - self.oldest) if self.oldest else timedelta(0)


def state(session: Session, *, moment: Moment) -> OutboxState:
    """How many rows are due and not settled, since when, and how many were given up."""
    open_rows = OutboxRow.settled_at.is_(None)
    due = open_rows & OutboxRow.given_up.is_(False) & (OutboxRow.available_at <= moment.at)
    waiting, oldest = session.execute(select(func.count(), func.min(OutboxRow.available_at)).where(due)).one()
    given_up = session.scalar(select(func.count()).where(open_rows, OutboxRow.given_up)) or 0
    return OutboxState(waiting, oldest, given_up)


def given_up_rows(session: Session, *, actor: Actor, limit: int = 200) -> Sequence[OutboxRow]:
    """What was given up, for the administrator, the latest first. Raises Forbidden."""
    require_administrator(actor)
    asked = select(OutboxRow).where(OutboxRow.given_up, OutboxRow.settled_at.is_(None))
    return session.scalars(asked.order_by(OutboxRow.id.desc()).limit(limit)).all()


def try_again(session: Session, row_id: int, *, actor: Actor, moment: Moment) -> OutboxRow:
    """Put a row that was given up back into the queue. Raises Forbidden, NotFound."""
    require_administrator(actor)
    require_identity("outbox", row_id)
    row = session.get(OutboxRow, row_id, with_for_update=True)
    if row is None or not row.given_up or row.settled_at is not None:
        raise NotFound("outbox", row_id)
    row.given_up, row.attempts, row.available_at = False, 0, moment.at
    of = {"reminded_on": row.reminded_on} if row.event_seq is None else {"event_seq": row.event_seq}
    params = {"project_id": row.project_id, **of, "effect": row.effect}
    append_administration(session, "outbox_tried_again", str(row.id), params, actor=actor, moment=moment)
    return row


Finish = Callable[[Session], None]
"""What a piece of work brings to the database, written in the unit of work that settles its row."""


def finish(session: Session, claims: Sequence[Claim], finish_work: Finish | None, *, moment: Moment) -> None:
    """Settle rows and write what came of them, all or nothing. Raises LeaseLost."""
    with unit_of_work(session):
        settle(session, claims, moment=moment)
        if finish_work:
            finish_work(session)


def _changed(session: Session, statement: Any) -> bool:  # noqa: ANN401  # an UPDATE of any table
    result = cast("CursorResult[Any]", session.execute(statement, execution_options={"synchronize_session": False}))
    return result.rowcount == 1
