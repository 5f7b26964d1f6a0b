"""Which papers there are is known to the program alone: the column that names one has no list, and new ones no step."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    with op.batch_alter_table("attachment") as batch:
        batch.drop_constraint(op.f("ck_attachment_paper"), type_="check")
