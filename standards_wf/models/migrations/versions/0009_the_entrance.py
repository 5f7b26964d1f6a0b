"""The entrance: calls and plans, fast track and joint projects, mailed links, suggestions merged and confirmed.

Entries of the plan that are there already are gathered into plans: one for each publisher, kind and day of publication.
"""

from datetime import date

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def _code(name: str, *values: str) -> sa.Enum:
    """A column of codes: kept as text, checked by the database."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    _calls_and_plans()
    _fast_track_and_partners()
    _mailed_links()
    _suggestions()
    _plan_entries()


def _calls_and_plans() -> None:
    op.create_table(
        "project_call",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("kinds", sa.String(length=200), nullable=False),
        sa.Column("title_zh", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_on IS NULL)", name=op.f("ck_project_call_published_on_iff_published")
        ),
        sa.CheckConstraint("closes_on >= opens_on", name=op.f("ck_project_call_closes_after_opening")),
        sa.CheckConstraint("length(kinds) > 0", name=op.f("ck_project_call_for_some_kind")),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["organization.id"], name=op.f("fk_project_call_publisher_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_call")),
    )
    op.create_index(op.f("ix_project_call_publisher_id"), "project_call", ["publisher_id"], unique=False)
    op.create_table(
        "call_topic",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("framework_node", sa.String(length=40), nullable=True),
        sa.Column("text", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["call_id"], ["project_call.id"], name=op.f("fk_call_topic_call_id_project_call")),
        sa.ForeignKeyConstraint(
            ["framework_node"], ["framework_node.code"], name=op.f("fk_call_topic_framework_node_framework_node")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_topic")),
        sa.UniqueConstraint("call_id", "position", name=op.f("uq_call_topic_call_id_position")),
    )
    op.create_index(op.f("ix_call_topic_framework_node"), "call_topic", ["framework_node"], unique=False)
    op.create_table(
        "project_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publisher_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("title_zh", sa.String(length=200), nullable=False),
        sa.Column("title_en", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["publisher_id"], ["organization.id"], name=op.f("fk_project_plan_publisher_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_plan")),
    )
    op.create_index(
        "uq_project_plan_number",
        "project_plan",
        ["publisher_id", "number"],
        unique=True,
        sqlite_where=sa.text("number <> ''"),
        postgresql_where=sa.text("number <> ''"),
    )
    op.create_table(
        "announced_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("plan_id", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("attached_by_id", sa.Integer(), nullable=True),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(call_id IS NULL) <> (plan_id IS NULL)", name=op.f("ck_announced_file_of_a_call_or_a_plan")
        ),
        sa.ForeignKeyConstraint(
            ["attached_by_id"], ["person.id"], name=op.f("fk_announced_file_attached_by_id_person")
        ),
        sa.ForeignKeyConstraint(["call_id"], ["project_call.id"], name=op.f("fk_announced_file_call_id_project_call")),
        sa.ForeignKeyConstraint(["plan_id"], ["project_plan.id"], name=op.f("fk_announced_file_plan_id_project_plan")),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_announced_file_sha256_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_announced_file")),
    )
    op.create_index(op.f("ix_announced_file_call_id"), "announced_file", ["call_id"], unique=False)
    op.create_index(op.f("ix_announced_file_plan_id"), "announced_file", ["plan_id"], unique=False)


def _fast_track_and_partners() -> None:
    op.create_table(
        "fast_track",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("reason", _code("reason", "public_interest", "emergency"), nullable=False),
        sa.Column("justification", sa.Text(), nullable=False),
        sa.Column("granted", sa.Boolean(), nullable=True),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(granted IS NULL) = (decided_on IS NULL)", name=op.f("ck_fast_track_decided_on_iff_decided")
        ),
        sa.CheckConstraint("length(trim(justification)) > 0", name=op.f("ck_fast_track_justified_in_writing")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_fast_track_project_id_project")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_fast_track")),
    )
    op.create_table(
        "joint_partner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("province", _code("province", "jiangsu", "zhejiang", "anhui"), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("decision", _code("decision", "pending", "in_favour", "against"), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("document_number", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(decision = 'pending') = (decided_on IS NULL)", name=op.f("ck_joint_partner_decided_on_iff_decided")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_joint_partner_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_partner")),
        sa.UniqueConstraint("project_id", "province", name=op.f("uq_joint_partner_project_id_province")),
    )


def _mailed_links() -> None:
    op.create_table(
        "mailed_link",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("purpose", _code("purpose", "confirm_suggestion", "follow_suggestion"), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=200), nullable=False),
        sa.Column("salt", sa.String(length=64), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_on", sa.Date(), nullable=True),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mailed_link")),
        sa.UniqueConstraint("secret_hash", name=op.f("uq_mailed_link_secret_hash")),
    )
    op.create_index(op.f("ix_mailed_link_address"), "mailed_link", ["address"], unique=False)
    op.create_index("ix_mailed_link_subject", "mailed_link", ["purpose", "subject_id"], unique=False)
    op.create_table(
        "letter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("link_id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("event_seq", sa.Integer(), nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("available_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "(project_id IS NULL) = (event_seq IS NULL)", name=op.f("ck_letter_of_an_event_or_of_the_link")
        ),
        sa.ForeignKeyConstraint(["link_id"], ["mailed_link.id"], name=op.f("fk_letter_link_id_mailed_link")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_letter_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("link_id", "project_id", "event_seq", name=op.f("uq_letter_link_id_project_id_event_seq")),
    )
    op.create_index(
        "ix_letter_unsent",
        "letter",
        ["available_at"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_table(
        "waiting_suggestion",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column(
            "category",
            _code(
                "category",
                "terms_and_definitions",
                "verification_scheme",
                "type_evaluation_outline",
                "verification_regulation",
                "calibration_specification",
                "inspection_rule",
                "uncertainty_evaluation",
                "other",
            ),
            nullable=True,
        ),
        sa.Column("title_zh", sa.String(length=500), nullable=False),
        sa.Column("title_en", sa.String(length=500), nullable=False),
        sa.Column("framework_node", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organization", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("telephone", sa.String(length=200), nullable=False),
        sa.Column("competent_department_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("call_id", sa.Integer(), nullable=True),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.CheckConstraint("length(title_zh) > 0", name=op.f("ck_waiting_suggestion_has_a_title")),
        sa.ForeignKeyConstraint(
            ["call_id"], ["project_call.id"], name=op.f("fk_waiting_suggestion_call_id_project_call")
        ),
        sa.ForeignKeyConstraint(
            ["committee_id"], ["committee.id"], name=op.f("fk_waiting_suggestion_committee_id_committee")
        ),
        sa.ForeignKeyConstraint(
            ["competent_department_id"],
            ["organization.id"],
            name=op.f("fk_waiting_suggestion_competent_department_id_organization"),
        ),
        sa.ForeignKeyConstraint(
            ["group_id"], ["organization.id"], name=op.f("fk_waiting_suggestion_group_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_waiting_suggestion")),
    )


def _suggestions() -> None:
    with op.batch_alter_table("suggestion") as batch:
        batch.add_column(sa.Column("call_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("merged_into_id", sa.Integer(), nullable=True))
        batch.create_foreign_key(op.f("fk_suggestion_call_id_project_call"), "project_call", ["call_id"], ["id"])
        batch.create_foreign_key(op.f("fk_suggestion_merged_into_id_project"), "project", ["merged_into_id"], ["id"])
    op.create_index(op.f("ix_suggestion_call_id"), "suggestion", ["call_id"], unique=False)
    op.create_index(op.f("ix_suggestion_merged_into_id"), "suggestion", ["merged_into_id"], unique=False)


def _plan_entries() -> None:
    with op.batch_alter_table("plan_entry") as batch:
        batch.add_column(sa.Column("plan_id", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("announcement", sa.String(length=200), nullable=True))
    _gather_entries_into_plans()
    with op.batch_alter_table("plan_entry") as batch:
        batch.alter_column("plan_id", existing_type=sa.Integer(), nullable=False)
        batch.alter_column("announcement", existing_type=sa.String(length=200), nullable=False)
        batch.create_foreign_key(op.f("fk_plan_entry_plan_id_project_plan"), "project_plan", ["plan_id"], ["id"])
    op.create_index(op.f("ix_plan_entry_plan_id"), "plan_entry", ["plan_id"], unique=False)


def _gather_entries_into_plans() -> None:
    connection = op.get_bind()
    project = sa.table(
        "project",
        *(sa.column(name) for name in ("id", "kind", "group_id", "authority_id")),
        sa.column("is_demonstration", sa.Boolean()),
    )
    entry = sa.table(
        "plan_entry",
        *(sa.column(name) for name in ("project_id", "plan_id", "announcement")),
        sa.column("published_on", sa.Date()),
    )
    plan = sa.table(
        "project_plan",
        *(sa.column(name) for name in ("publisher_id", "kind", "year", "number", "title_zh", "title_en", "text")),
        *(sa.column("id", sa.Integer()), sa.column("published_on", sa.Date())),
        *(sa.column("is_demonstration", sa.Boolean()), sa.column("row_version")),
    )
    entries = connection.execute(
        sa.select(
            entry.c.project_id,
            sa.func.coalesce(project.c.group_id, project.c.authority_id),
            project.c.kind,
            entry.c.published_on,
            project.c.is_demonstration,
        ).join(project, project.c.id == entry.c.project_id)
    ).all()
    plans: dict[tuple[int, str, date], int] = {}
    for project_id, publisher_id, kind, published_on, is_demonstration in sorted(entries, key=lambda row: row[3]):
        key = (publisher_id, kind, published_on)
        if key not in plans:
            plans[key] = connection.execute(
                plan.insert()
                .values(
                    publisher_id=publisher_id,
                    kind=kind,
                    year=published_on.year,
                    number="",
                    title_zh="",
                    title_en="",
                    text="",
                    published_on=published_on,
                    is_demonstration=is_demonstration,
                    row_version=1,
                )
                .returning(plan.c.id)
            ).scalar_one()
        connection.execute(
            entry.update().where(entry.c.project_id == project_id).values(plan_id=plans[key], announcement="")
        )
