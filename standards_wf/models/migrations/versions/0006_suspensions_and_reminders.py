"""What keeps time: suspensions of projects, addresses of calendars, and the reminders that were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
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
    op.create_table(
        "calendar_address",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_calendar_address_person_id_person")),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_calendar_address")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_calendar_address_secret_hash")),
    )
