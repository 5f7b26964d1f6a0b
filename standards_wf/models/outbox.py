"""What is still to be done after the commit, the messages that came of it, and the days of the clock."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import SHORT, Base, code
from standards_wf.workflow.vocabulary import Effect


class OutboxRow(Base):
    """One effect of one event, or the mails of one day's reminders.

    The worker claims it with a lease, handles it, settles it; a crash handles it again.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("project_id", "event_seq", "effect"),
        UniqueConstraint("project_id", "reminded_on"),
        CheckConstraint("(event_seq IS NULL) <> (reminded_on IS NULL)", name="of_an_event_or_a_day"),
        Index(
            "ix_outbox_unsettled",
            "available_at",
            sqlite_where=text("settled_at IS NULL"),
            postgresql_where=text("settled_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    event_seq: Mapped[int | None]
    reminded_on: Mapped[date | None]
    """The day whose reminders are to be sent; they are no event, and no history row stands behind them."""
    effect: Mapped[Effect] = mapped_column(code(Effect, "effect"))
    created_at: Mapped[datetime]
    available_at: Mapped[datetime]
    leased_until: Mapped[datetime | None]
    leased_by: Mapped[str | None] = mapped_column(SHORT)
    attempts: Mapped[int] = mapped_column(default=0)
    settled_at: Mapped[datetime | None]
    given_up: Mapped[bool] = mapped_column(default=False)
    last_error: Mapped[str] = mapped_column(default="")


class Reminder(Base):
    """That somebody was reminded of a deadline: once for each day on which it was due and each step before or after."""

    __tablename__ = "reminder"
    __table_args__ = (UniqueConstraint("project_id", "due", "due_on", "step", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    due: Mapped[str] = mapped_column(String(40))
    """The code of what is due."""
    due_on: Mapped[date]
    step: Mapped[int]
    """So many days before the last day; below zero for days after it."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    written_on: Mapped[date] = mapped_column(index=True)


class Notification(Base):
    """A message for one person about one event or one reminder; the same message is never written twice."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("project_id", "event_seq", "person_id", "channel"),
        UniqueConstraint("reminder_id", "channel"),
        CheckConstraint("(event_seq IS NULL) <> (reminder_id IS NULL)", name="of_an_event_or_a_reminder"),
        Index("ix_notification_person_read", "person_id", "read_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    event_seq: Mapped[int | None]
    reminder_id: Mapped[int | None] = mapped_column(ForeignKey("reminder.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    channel: Mapped[str] = mapped_column(String(20))
    message: Mapped[str] = mapped_column(String(40))
    """The code of the message; its words are made when it is shown."""
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    read_at: Mapped[datetime | None]


class DailyRun(Base):
    """A day on which the clock has done its acts, with the days before it on which nobody worked."""

    __tablename__ = "daily_run"

    day: Mapped[str] = mapped_column(String(10), primary_key=True)
    covers_from: Mapped[str] = mapped_column(String(10))
    """The first day that this run answers for: the one after the run before it."""
    finished_at: Mapped[datetime]
    acts: Mapped[int] = mapped_column(default=0)
    late_acts: Mapped[int] = mapped_column(default=0)
    """How many of the acts had fallen due on an earlier day."""
    reminders: Mapped[int] = mapped_column(default=0)
