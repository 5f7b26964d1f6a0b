"""Amendment sheets and corrections as pages show them, clause by clause."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.amendments import AmendedClause, Amendment
from standards_wf.workflow.vocabulary import AmendmentKind


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """What one clause said and says now."""

    clause: str
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentShown:
    """An amendment sheet or a correction; without a number until it is published."""

    id: int
    kind: AmendmentKind
    number: int | None
    reason: str
    prepared_at: datetime
    published_on: date | None
    effective_on: date | None
    announcement_number: str
    changes: tuple[ChangeShown, ...]

    @property
    def is_published(self) -> bool:
        """Whether it counts, or is only drawn up."""
        return self.number is not None


def amendments_of(session: Session, project_id: int, *, published_only: bool) -> tuple[AmendmentShown, ...]:
    """The amendments of a document, the newest first; two queries, or one where there are none."""
    asked = select(Amendment).where(Amendment.project_id == project_id).order_by(Amendment.id.desc())
    if published_only:
        asked = asked.where(Amendment.number.is_not(None))
    rows = session.scalars(asked).all()
    if not rows:
        return ()
    changes: dict[int, list[ChangeShown]] = {}
    for amendment_id, clause, was, now in session.execute(
        select(AmendedClause.amendment_id, AmendedClause.clause, AmendedClause.was, AmendedClause.now)
        .where(AmendedClause.amendment_id.in_([row.id for row in rows]))
        .order_by(AmendedClause.amendment_id, AmendedClause.position)
    ):
        changes.setdefault(amendment_id, []).append(ChangeShown(clause, was, now))
    return tuple(
        AmendmentShown(
            id=row.id,
            kind=row.kind,
            number=row.number,
            reason=row.reason,
            prepared_at=row.prepared_at,
            published_on=row.published_on,
            effective_on=row.effective_on,
            announcement_number=row.announcement_number,
            changes=tuple(changes.get(row.id, ())),
        )
        for row in rows
    )
