"""The long life: several replacements, decisions on periodic reviews, endings, amendments, citations and their tasks.

What a project replaced so far stood in one text; it becomes its first replacement. Documents that have ended get the
row that says how, out of their history.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

STAGES = (
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
    _replacements()
    _reviews()
    _endings()
    _amendments()
    _citations()


def _replacements() -> None:
    with op.batch_alter_table("replacement") as batch:
        batch.add_column(sa.Column("position", sa.Integer(), nullable=False, server_default="1"))
        batch.add_column(sa.Column("partial", sa.Boolean(), nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("clauses", sa.Text(), nullable=False, server_default=""))
        batch.create_check_constraint(op.f("ck_replacement_clauses_only_of_a_part"), "partial OR clauses = ''")
    with op.batch_alter_table("replacement") as batch:
        for name in ("position", "partial", "clauses"):
            batch.alter_column(name, server_default=None)
    op.execute(
        "INSERT INTO replacement (project_id, position, replaced_number, partial, clauses) "
        "SELECT id, 1, replaces, false, '' FROM project WHERE replaces <> '' "
        "AND NOT EXISTS (SELECT 1 FROM replacement WHERE replacement.project_id = project.id)"
    )


def _reviews() -> None:
    op.create_table(
        "review_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("issuer_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["issuer_id"], ["organization.id"], name=op.f("fk_review_decision_issuer_id_organization")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_review_decision_sha256_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_decision")),
        sa.UniqueConstraint("issuer_id", "number", name=op.f("uq_review_decision_issuer_id_number")),
    )
    early_reason = _code("early_reason", "law_changed", "related_standard_changed", "key_technology_changed")
    with op.batch_alter_table("periodic_review") as batch:
        batch.add_column(sa.Column("early_reason", early_reason, nullable=True))
        batch.add_column(sa.Column("early_grounds", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("implementation", sa.Text(), nullable=False, server_default=""))
        batch.add_column(sa.Column("decision_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("successor_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(
            op.f("fk_periodic_review_decision_id_review_decision"), "review_decision", ["decision_id"], ["id"]
        )
        batch.create_foreign_key(op.f("fk_periodic_review_successor_id_project"), "project", ["successor_id"], ["id"])
        batch.create_index(op.f("ix_periodic_review_decision_id"), ["decision_id"])
        batch.create_index(op.f("ix_periodic_review_successor_id"), ["successor_id"])
    with op.batch_alter_table("periodic_review") as batch:
        for name in ("early_grounds", "implementation"):
            batch.alter_column(name, server_default=None)


def _endings() -> None:
    op.create_table(
        "ending",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("how", _code("how", *STAGES), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=False),
        sa.Column("announcement_number", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("use_instead", sa.String(length=200), nullable=False),
        sa.CheckConstraint("how IN ('superseded', 'abolished')", name=op.f("ck_ending_how_is_final")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_ending_project_id_project")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_ending")),
    )
    op.execute(
        "INSERT INTO ending (project_id, how, ended_on, announcement_number, reason, use_instead) "
        "SELECT project.id, project.stage, ("
        "SELECT max(on_day) FROM lifecycle_event WHERE project_id = project.id AND to_stage = project.stage"
        "), '', '', '' FROM project WHERE project.stage IN ('superseded', 'abolished') AND EXISTS ("
        "SELECT 1 FROM lifecycle_event WHERE project_id = project.id AND to_stage = project.stage)"
    )


def _amendments() -> None:
    op.create_table(
        "amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("kind", _code("kind", "amendment", "correction"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("prepared_by_id", sa.Integer(), nullable=True),
        sa.Column("prepared_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("announcement_number", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "(number IS NULL) = (published_on IS NULL)", name=op.f("ck_amendment_numbered_iff_published")
        ),
        sa.CheckConstraint(
            "(published_on IS NULL) = (effective_on IS NULL)", name=op.f("ck_amendment_effective_iff_published")
        ),
        sa.ForeignKeyConstraint(["prepared_by_id"], ["person.id"], name=op.f("fk_amendment_prepared_by_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_amendment_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amendment")),
        sa.UniqueConstraint("project_id", "kind", "number", name=op.f("uq_amendment_project_id_kind_number")),
    )
    op.create_index(op.f("ix_amendment_project_id"), "amendment", ["project_id"])
    op.create_table(
        "amended_clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("amendment_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(length=200), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("now", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["amendment_id"], ["amendment.id"], name=op.f("fk_amended_clause_amendment_id_amendment")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_amended_clause")),
        sa.UniqueConstraint("amendment_id", "position", name=op.f("uq_amended_clause_amendment_id_position")),
    )


def _citations() -> None:
    op.create_table(
        "citation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("cited_number", sa.String(length=200), nullable=False),
        sa.Column("cited_key", sa.String(length=200), nullable=False),
        sa.Column("dated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_citation_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation")),
        sa.UniqueConstraint("project_id", "cited_key", name=op.f("uq_citation_project_id_cited_key")),
    )
    op.create_index(op.f("ix_citation_cited_key"), "citation", ["cited_key"])
    op.create_table(
        "citation_task",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("ended_project_id", sa.Integer(), nullable=False),
        sa.Column("cited_number", sa.String(length=200), nullable=False),
        sa.Column("dated", sa.Boolean(), nullable=False),
        sa.Column("ended_by", _code("ended_by", *STAGES), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("outcome", _code("outcome", "no_change", "amendment", "revision"), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("settled_by_id", sa.Integer(), nullable=True),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(outcome IS NULL) = (settled_at IS NULL)", name=op.f("ck_citation_task_settled_iff_outcome")
        ),
        sa.CheckConstraint("ended_by IN ('superseded', 'abolished')", name=op.f("ck_citation_task_ended_is_final")),
        sa.ForeignKeyConstraint(
            ["ended_project_id"], ["project.id"], name=op.f("fk_citation_task_ended_project_id_project")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_citation_task_project_id_project")),
        sa.ForeignKeyConstraint(["settled_by_id"], ["person.id"], name=op.f("fk_citation_task_settled_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_citation_task")),
        sa.UniqueConstraint(
            "project_id", "ended_project_id", name=op.f("uq_citation_task_project_id_ended_project_id")
        ),
    )
    op.create_index(op.f("ix_citation_task_ended_project_id"), "citation_task", ["ended_project_id"])
