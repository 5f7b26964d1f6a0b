"""Deputies, and acts that one person prepares and another confirms."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_ROLES = (
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
)
_STAGES = (
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
)


def _code(name: str, *values: str) -> sa.Enum:
    """A column of codes: kept as text, checked by the database."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    _deputies()
    _two_persons()
    _both_names_in_the_history()


def _deputies() -> None:
    op.create_table(
        "deputyship",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("principal_id", sa.Integer(), nullable=False),
        sa.Column("deputy_id", sa.Integer(), nullable=False),
        sa.Column("grant_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=False),
        sa.Column("named_by_id", sa.Integer(), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_by_id", sa.Integer(), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("valid_to >= valid_from", name=op.f("ck_deputyship_period_in_order")),
        sa.CheckConstraint("principal_id <> deputy_id", name=op.f("ck_deputyship_not_of_oneself")),
        sa.CheckConstraint(
            "(revoked_at IS NULL) = (revoked_by_id IS NULL)", name=op.f("ck_deputyship_revoked_by_somebody")
        ),
        sa.ForeignKeyConstraint(["principal_id"], ["person.id"], name=op.f("fk_deputyship_principal_id_person")),
        sa.ForeignKeyConstraint(["deputy_id"], ["person.id"], name=op.f("fk_deputyship_deputy_id_person")),
        sa.ForeignKeyConstraint(["grant_id"], ["role_grant.id"], name=op.f("fk_deputyship_grant_id_role_grant")),
        sa.ForeignKeyConstraint(["named_by_id"], ["person.id"], name=op.f("fk_deputyship_named_by_id_person")),
        sa.ForeignKeyConstraint(["revoked_by_id"], ["person.id"], name=op.f("fk_deputyship_revoked_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deputyship")),
    )
    op.create_index("ix_deputyship_deputy", "deputyship", ["deputy_id"])
    op.create_index("ix_deputyship_principal", "deputyship", ["principal_id"])


def _two_persons() -> None:
    op.create_table(
        "two_person_rule",
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("is_on", sa.Boolean(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("changed_by_id", sa.Integer(), nullable=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("days > 0", name=op.f("ck_two_person_rule_at_least_a_day")),
        sa.ForeignKeyConstraint(["changed_by_id"], ["person.id"], name=op.f("fk_two_person_rule_changed_by_id_person")),
        sa.PrimaryKeyConstraint("action", name=op.f("pk_two_person_rule")),
    )
    op.create_table(
        "prepared_act",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("action", sa.String(length=40), nullable=False),
        sa.Column("stage", _code("stage", *_STAGES), nullable=True),
        sa.Column("role", _code("role", *_ROLES), nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("version_seen", sa.Integer(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=False),
        sa.Column("on_behalf_of_id", sa.Integer(), nullable=True),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("confirm_by", sa.Date(), nullable=False),
        sa.Column("outcome", _code("outcome", "confirmed", "withdrawn"), nullable=True),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(outcome IS NULL AND settled_at IS NULL AND settled_by_id IS NULL)"
            " OR (outcome IS NOT NULL AND settled_at IS NOT NULL AND settled_by_id IS NOT NULL)",
            name=op.f("ck_prepared_act_settled_by_somebody"),
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_prepared_act_project_id_project")),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["person.id"], name=op.f("fk_prepared_act_prepared_by_id_person")),
        sa.ForeignKeyConstraint(
            ["on_behalf_of_id"], ["person.id"], name=op.f("fk_prepared_act_on_behalf_of_id_person")
        ),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_prepared_act_settled_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_prepared_act")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_prepared_act_project_id_number")),
    )


def _both_names_in_the_history() -> None:
    """A plain column added in place: a table that is copied would lose the triggers that keep its rows."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "ALTER TABLE lifecycle_event ADD COLUMN on_behalf_of_id INTEGER"
            " CONSTRAINT fk_lifecycle_event_on_behalf_of_id_person REFERENCES person (id)"
        )
        return
    op.add_column("lifecycle_event", sa.Column("on_behalf_of_id", sa.Integer(), nullable=True))
    op.create_foreign_key(
        op.f("fk_lifecycle_event_on_behalf_of_id_person"), "lifecycle_event", "person", ["on_behalf_of_id"], ["id"]
    )
