"""What was put right by hand in the reading of a version of a text."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.create_table(
        "draft_correction",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("read_as", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft_version.id"], name=op.f("fk_draft_correction_draft_id_draft_version")
        ),
        sa.PrimaryKeyConstraint("draft_id", "at", name=op.f("pk_draft_correction")),
    )
