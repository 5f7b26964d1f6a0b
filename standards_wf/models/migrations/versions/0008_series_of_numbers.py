"""Series of document numbers: what is reserved, what is unusable, and why; and the pattern of plan numbers.

The serial of a new document is unique in its series from now on; a revision shares that of the document it replaces.
Joint documents of the Yangtze delta, which stood in the series of the local standards, move to the block of their own.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    _series()
    _publications()
    op.add_column("project", sa.Column("is_mandatory", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("project", sa.Column("part_of", sa.String(length=200), nullable=False, server_default=sa.text("''")))
    op.execute(
        "UPDATE project SET is_mandatory = true WHERE kind = 'local_standard' AND "
        "(replaces LIKE 'DB31 %' OR id IN (SELECT project_id FROM publication WHERE series = 'DB31'))"
    )
    op.create_table(
        "plan_numbering",
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("pattern", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("kind", name=op.f("pk_plan_numbering")),
    )


def _series() -> None:
    # Neither database loses the row or its key by these two statements, and SQLite need not copy the table.
    op.execute("ALTER TABLE number_series RENAME COLUMN prefix TO code")
    with op.batch_alter_table("number_series") as batch:
        batch.add_column(sa.Column("first_serial", sa.Integer(), nullable=False, server_default=sa.text("1")))
        batch.add_column(sa.Column("padding", sa.Integer(), nullable=False, server_default=sa.text("1")))
        batch.create_check_constraint(op.f("ck_number_series_first_serial_from_one"), "first_serial > 0")
        batch.create_check_constraint(op.f("ck_number_series_padding_up_to_six"), "padding BETWEEN 1 AND 6")
    op.create_table(
        "held_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=200), nullable=False),
        sa.Column("serial", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum("reserved", "unusable", "free", name="state", native_enum=False, create_constraint=True, length=40),
            nullable=False,
        ),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("by_id", sa.Integer(), nullable=True),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("state = 'free' OR reason <> ''", name=op.f("ck_held_number_held_with_a_reason")),
        sa.CheckConstraint("serial > 0", name=op.f("ck_held_number_serial_from_one")),
        sa.ForeignKeyConstraint(["series"], ["number_series.code"], name=op.f("fk_held_number_series_number_series")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_held_number_project_id_project")),
        sa.ForeignKeyConstraint(["by_id"], ["person.id"], name=op.f("fk_held_number_by_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_number")),
        sa.UniqueConstraint("series", "serial", name=op.f("uq_held_number_series_serial")),
    )
    op.create_index("ix_held_number_project_id", "held_number", ["project_id"], unique=False)


def _publications() -> None:
    op.add_column("publication", sa.Column("keeps_serial", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.execute(
        "UPDATE publication SET series = 'DB31 310' WHERE series IN ('DB31/T', 'DB31') "
        "AND (serial LIKE '310___' OR serial LIKE '310___.%')"
    )
    op.execute(
        "UPDATE publication SET keeps_serial = true WHERE EXISTS (SELECT 1 FROM publication AS other "
        "WHERE other.series = publication.series AND other.serial = publication.serial "
        "AND (other.published_on < publication.published_on OR "
        "(other.published_on = publication.published_on AND other.project_id < publication.project_id)))"
    )
    op.create_index(
        "uq_publication_new_serial",
        "publication",
        ["series", "serial"],
        unique=True,
        sqlite_where=sa.text("NOT keeps_serial"),
        postgresql_where=sa.text("NOT keeps_serial"),
    )
