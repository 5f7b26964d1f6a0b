"""The history in its chains, the seals over them, the outbox and the messages."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def _code(name: str, *values: str) -> sa.Enum:
    """A column of codes: kept as text, checked by the database."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "lifecycle_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column(
            "actor_role",
            _code(
                "actor_role",
                "proposer",
                "drafter",
                "competent_department",
                "authority",
                "group_secretariat",
                "committee_secretary",
                "committee_chair",
                "committee_member",
                "invited_expert",
                "public",
                "administrator",
                "system",
            ),
            nullable=False,
        ),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column(
            "from_stage",
            _code(
                "from_stage",
                "suggested",
                "applied",
                "appraisal",
                "drafting",
                "consultation",
                "resolution",
                "review",
                "submission",
                "approval",
                "public_notice",
                "published",
                "in_force",
                "under_review",
                "abolition_notice",
                "rejected",
                "terminated",
                "superseded",
                "abolished",
            ),
            nullable=True,
        ),
        sa.Column(
            "to_stage",
            _code(
                "to_stage",
                "suggested",
                "applied",
                "appraisal",
                "drafting",
                "consultation",
                "resolution",
                "review",
                "submission",
                "approval",
                "public_notice",
                "published",
                "in_force",
                "under_review",
                "abolition_notice",
                "rejected",
                "terminated",
                "superseded",
                "abolished",
            ),
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("seq > 0", name=op.f("ck_lifecycle_event_seq_from_one")),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_lifecycle_event_actor_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_lifecycle_event_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lifecycle_event")),
        sa.UniqueConstraint("project_id", "seq", name=op.f("uq_lifecycle_event_project_id_seq")),
    )
    op.create_table(
        "administration_event",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("params", sa.Text(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.CheckConstraint("seq > 0", name=op.f("ck_administration_event_seq_from_one")),
        sa.ForeignKeyConstraint(["actor_id"], ["person.id"], name=op.f("fk_administration_event_actor_id_person")),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_administration_event")),
    )
    op.create_table(
        "seal",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("chains", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_seal")),
    )
    op.create_table(
        "sealed_head",
        sa.Column("seal_seq", sa.Integer(), nullable=False),
        sa.Column("chain", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["seal_seq"], ["seal.seq"], name=op.f("fk_sealed_head_seal_seq_seal")),
        sa.PrimaryKeyConstraint("seal_seq", "chain", name=op.f("pk_sealed_head")),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column(
            "effect",
            _code(
                "effect",
                "reindex",
                "notify",
                "render_explanatory_note",
                "render_comment_table",
                "render_review_minutes",
                "render_publication_announcement",
            ),
            nullable=False,
        ),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_by", sa.String(length=200), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("given_up", sa.Boolean(), nullable=False),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_outbox_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("project_id", "event_seq", "effect", name=op.f("uq_outbox_project_id_event_seq_effect")),
    )
    op.create_index(
        "ix_outbox_unsettled",
        "outbox",
        ["available_at"],
        unique=False,
        sqlite_where=sa.text("settled_at IS NULL"),
        postgresql_where=sa.text("settled_at IS NULL"),
    )
    op.create_table(
        "notification",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("event_seq", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("message", sa.String(length=40), nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_notification_person_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_notification_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint(
            "project_id",
            "event_seq",
            "person_id",
            "channel",
            name=op.f("uq_notification_project_id_event_seq_person_id_channel"),
        ),
    )
    op.create_index("ix_notification_person_read", "notification", ["person_id", "read_at"], unique=False)
    op.create_table(
        "daily_run",
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_daily_run")),
    )
