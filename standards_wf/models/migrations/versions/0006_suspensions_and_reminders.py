"""What keeps time: suspensions, addresses of calendars, reminders, and what each daily run answers for."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    _suspensions()
    _calendar_addresses()
    _reminders()
    _outbox_of_reminders()
    _messages_of_reminders()
    _daily_runs()


def _suspensions() -> None:
    op.create_table(
        "suspension",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("suspended_by_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("until IS NULL OR until >= from_on", name=op.f("ck_suspension_term_in_order")),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_suspension_has_a_reason")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_suspension_project_id_project")),
        sa.ForeignKeyConstraint(["suspended_by_id"], ["person.id"], name=op.f("fk_suspension_suspended_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_suspension")),
    )
    op.create_index("ix_suspension_project", "suspension", ["project_id"])
    op.create_index(
        "uq_suspension_running",
        "suspension",
        ["project_id"],
        unique=True,
        sqlite_where=sa.text("until IS NULL"),
        postgresql_where=sa.text("until IS NULL"),
    )


def _calendar_addresses() -> None:
    op.create_table(
        "calendar_address",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_address_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_address_secret_hash")),
    )


def _reminders() -> None:
    op.create_table(
        "reminder",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("due", sa.String(length=40), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("written_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_reminder_person_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_reminder_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reminder")),
        sa.UniqueConstraint(
            "project_id",
            "due",
            "due_on",
            "step",
            "person_id",
            name=op.f("uq_reminder_project_id_due_due_on_step_person_id"),
        ),
    )
    op.create_index(op.f("ix_reminder_written_on"), "reminder", ["written_on"])


def _outbox_of_reminders() -> None:
    """A row of the outbox is of an event or of a day's reminders; SQLite rebuilds the table for it."""
    with op.batch_alter_table("outbox") as table:
        table.alter_column("event_seq", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("reminded_on", sa.Date(), nullable=True))
        table.create_unique_constraint(op.f("uq_outbox_project_id_reminded_on"), ["project_id", "reminded_on"])
        table.create_check_constraint(
            op.f("ck_outbox_of_an_event_or_a_day"), "(event_seq IS NULL) <> (reminded_on IS NULL)"
        )


def _messages_of_reminders() -> None:
    with op.batch_alter_table("notification") as table:
        table.alter_column("event_seq", existing_type=sa.Integer(), nullable=True)
        table.add_column(sa.Column("reminder_id", sa.Integer(), nullable=True))
        table.create_foreign_key(op.f("fk_notification_reminder_id_reminder"), "reminder", ["reminder_id"], ["id"])
        table.create_unique_constraint(op.f("uq_notification_reminder_id_channel"), ["reminder_id", "channel"])
        table.create_check_constraint(
            op.f("ck_notification_of_an_event_or_a_reminder"), "(event_seq IS NULL) <> (reminder_id IS NULL)"
        )


def _daily_runs() -> None:
    """Runs from before this step answered for their own day."""
    counted = ("acts", "late_acts", "reminders")
    with op.batch_alter_table("daily_run") as table:
        table.add_column(sa.Column("covers_from", sa.String(length=10), nullable=True))
        for name in counted:
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
    op.execute("UPDATE daily_run SET covers_from = day, acts = 0, late_acts = 0, reminders = 0")
    with op.batch_alter_table("daily_run") as table:
        table.alter_column("covers_from", existing_type=sa.String(length=10), nullable=False)
        for name in counted:
            table.alter_column(name, existing_type=sa.Integer(), nullable=False)
