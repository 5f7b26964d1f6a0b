"""Kinds of document as data: a table lists them, and the columns that name a kind refer to it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

KINDS = ("local_standard", "group_standard", "metrology_specification")
NAMING = ("project", "rule")


def upgrade() -> None:
    table = op.create_table(
        "document_kind",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_document_kind")),
    )
    op.bulk_insert(table, [{"code": kind} for kind in KINDS])
    for name in NAMING:
        _refer_to_the_table(name)


def _refer_to_the_table(name: str) -> None:
    """Let the table of kinds say what a kind is, instead of a list in a check."""
    with op.batch_alter_table(name) as batch:
        batch.drop_constraint(op.f(f"ck_{name}_kind"), type_="check")
        batch.create_foreign_key(op.f(f"fk_{name}_kind_document_kind"), "document_kind", ["kind"], ["code"])
