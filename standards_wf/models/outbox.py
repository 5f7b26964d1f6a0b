"""What is still to be done after the commit, and the messages that came of it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import SHORT, Base, code
from standards_wf.workflow.vocabulary import Effect


class OutboxRow(Base):
    """One effect of one event. The worker claims it with a lease, handles it, settles it; a crash handles it again."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("project_id", "event_seq", "effect"),
        Index(
            "ix_outbox_unsettled",
            "available_at",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    event_seq: Mapped[int]
    effect: Mapped[Effect] = mapped_column(code(Effect, "effect"))
    created_at: Mapped[datetime]
    available_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(SHORT)
    attempts: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[datetime | None]
    given_up: Mapped[bool] = mapped_column(default=False)
    last_error: Mapped[str] = mapped_column(default="")


class Notification(Base):
    """A message for one person about one event; the same message is never written twice."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("project_id", "event_seq", "person_id", "channel"),
        Index("ix_notification_person_read", "person_id", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    event_seq: Mapped[int]
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str] = mapped_column(String(20))
    message: Mapped[str] = mapped_column(String(40))
    """The code of the message; its words are made when it is shown."""
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]


class DailyRun(Base):
    """A day on which the clock has done its acts."""

    __tablename__ = "daily_run"

    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    finished_at: Mapped[datetime]
