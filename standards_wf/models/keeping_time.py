"""What keeps time beside the dates of the cases: the times in which a project rested, and addresses of calendars."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import SHA256, Base


class SuspensionRow(Base):
    """A time in which a project rested (中止); at most one runs for a project."""

    __tablename__ = "suspension"
    __table_args__ = (
        CheckConstraint("until IS NULL OR until >= from_on", name="term_in_order"),
        CheckConstraint("reason <> ''", name="has_a_reason"),
        Index(
            "uq_suspension_running",
            "project_id",
            unique=True,
            sqlite_where=text("until IS NULL"),
            postgresql_where=text("until IS NULL"),
        ),
        Index("ix_suspension_project", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    from_on: Mapped[date]
    until: Mapped[date | None]
    """The day on which it was resumed, which counts again; `None` while it rests."""
    reason: Mapped[str]
    suspended_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))


class CalendarAddress(Base):
    """The secret address under which a person's calendar can be subscribed to; only its hash is kept."""

    __tablename__ = "calendar_address"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret_hash: Mapped[str] = mapped_column(SHA256, unique=True)
    created_at: Mapped[datetime]
