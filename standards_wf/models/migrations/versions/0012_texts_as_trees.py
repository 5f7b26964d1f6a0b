"""The tree of each version of a text, and the pictures in it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "draft_tree",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["draft_id"], ["draft_version.id"], name=op.f("fk_draft_tree_draft_id_draft_version")),
        sa.PrimaryKeyConstraint("draft_id", name=op.f("pk_draft_tree")),
    )
    op.create_table(
        "draft_picture",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft_version.id"], name=op.f("fk_draft_picture_draft_id_draft_version")
        ),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_draft_picture_sha256_stored_file")),
        sa.PrimaryKeyConstraint("draft_id", "sha256", name=op.f("pk_draft_picture")),
    )
