"""Organisations, committees, people and their roles; the framework of the plan; projects with their applications."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _code(name: str, *values: str) -> sa.Enum:
    """A column of codes: kept as text, checked by the database."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "classification",
        sa.Column("scheme", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("zh", sa.String(length=200), nullable=False),
        sa.Column("en", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("scheme", "code", name=op.f("pk_classification")),
    )
    op.create_table(
        "framework_node",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=200), nullable=False),
        sa.Column("parent_code", sa.String(length=40), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("box", sa.String(length=200), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("lead_departments", sa.JSON(), nullable=False),
        sa.Column("cooperating_departments", sa.JSON(), nullable=False),
        sa.Column("departments_open_ended", sa.Boolean(), nullable=False),
        sa.Column("departments_inherited_from", sa.String(length=40), nullable=True),
        sa.Column("key_topics", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["parent_code"], ["framework_node.code"], name=op.f("fk_framework_node_parent_code_framework_node")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_framework_node")),
        sa.UniqueConstraint("position", name=op.f("uq_framework_node_position")),
    )
    op.create_index(op.f("ix_framework_node_parent_code"), "framework_node", ["parent_code"], unique=False)
    op.create_table(
        "framework_target",
        sa.Column("id", sa.String(length=80), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=200), nullable=False),
        sa.Column("name_zh", sa.String(length=200), nullable=False),
        sa.Column("minimum", sa.Integer(), nullable=True),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("comparator", sa.String(length=200), nullable=False),
        sa.Column("node_code", sa.String(length=40), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["node_code"], ["framework_node.code"], name=op.f("fk_framework_target_node_code_framework_node")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_framework_target")),
    )
    op.create_table(
        "named_deliverable",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("node_code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("doc_kind", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=200), nullable=False),
        sa.Column("action", sa.String(length=200), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["node_code"], ["framework_node.code"], name=op.f("fk_named_deliverable_node_code_framework_node")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_named_deliverable")),
    )
    op.create_index("ix_named_deliverable_node", "named_deliverable", ["node_code"], unique=False)
    op.create_table(
        "organization",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("short_name", sa.String(length=200), nullable=False),
        sa.Column(
            "kind",
            _code("kind", "authority", "department", "association", "institute", "enterprise", "other"),
            nullable=False,
        ),
        sa.Column("group_code", sa.String(length=200), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'association') = (group_code IS NOT NULL)",
            name=op.f("ck_organization_associations_have_a_group_code"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_organization")),
        sa.UniqueConstraint("group_code", name=op.f("uq_organization_group_code")),
        sa.UniqueConstraint("name", name=op.f("uq_organization_name")),
    )
    op.create_table(
        "committee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("term_from", sa.Date(), nullable=True),
        sa.Column("term_to", sa.Date(), nullable=True),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_committee")),
        sa.UniqueConstraint("name", name=op.f("uq_committee_name")),
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("session_epoch", sa.Integer(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_person_organization_id_organization")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person")),
        sa.UniqueConstraint("login", name=op.f("uq_person_login")),
    )
    op.create_table(
        "project",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", _code("kind", "local_standard", "group_standard", "metrology_specification"), nullable=False),
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
        sa.Column(
            "stage",
            _code(
                "stage",
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
        sa.Column("stage_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("title_zh", sa.String(length=500), nullable=False),
        sa.Column("title_en", sa.String(length=500), nullable=False),
        sa.Column("framework_node", sa.String(length=40), nullable=True),
        sa.Column("ics", sa.String(length=200), nullable=False),
        sa.Column("ccs", sa.String(length=200), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("necessity", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("technical_content", sa.Text(), nullable=False),
        sa.Column("relation_to_laws", sa.Text(), nullable=False),
        sa.Column("contact", sa.Text(), nullable=False),
        sa.Column("proposed_months", sa.Integer(), nullable=True),
        sa.Column("is_revision", sa.Boolean(), nullable=False),
        sa.Column("replaces", sa.String(length=200), nullable=False),
        sa.Column("main_changes", sa.Text(), nullable=False),
        sa.Column("adopts_foreign_text", sa.Boolean(), nullable=False),
        sa.Column("proposer_id", sa.Integer(), nullable=True),
        sa.Column("authority_id", sa.Integer(), nullable=True),
        sa.Column("competent_department_id", sa.Integer(), nullable=True),
        sa.Column("group_id", sa.Integer(), nullable=True),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("last_event_seq", sa.Integer(), nullable=False),
        sa.Column("head_hash", sa.String(length=64), nullable=False),
        sa.Column("row_version", sa.Integer(), nullable=False),
        sa.Column("is_demonstration", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'group_standard') = (group_id IS NOT NULL)", name=op.f("ck_project_group_iff_group_standard")
        ),
        sa.CheckConstraint(
            "(kind = 'metrology_specification') = (category IS NOT NULL)",
            name=op.f("ck_project_category_iff_metrology"),
        ),
        sa.CheckConstraint(
            "kind <> 'local_standard' OR competent_department_id IS NOT NULL",
            name=op.f("ck_project_local_has_department"),
        ),
        sa.CheckConstraint(
            "kind = 'group_standard' OR authority_id IS NOT NULL", name=op.f("ck_project_has_authority")
        ),
        sa.CheckConstraint("version <= last_event_seq", name=op.f("ck_project_version_is_an_event")),
        sa.ForeignKeyConstraint(
            ["authority_id"], ["organization.id"], name=op.f("fk_project_authority_id_organization")
        ),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_project_committee_id_committee")),
        sa.ForeignKeyConstraint(
            ["competent_department_id"],
            ["organization.id"],
            name=op.f("fk_project_competent_department_id_organization"),
        ),
        sa.ForeignKeyConstraint(
            ["framework_node"], ["framework_node.code"], name=op.f("fk_project_framework_node_framework_node")
        ),
        sa.ForeignKeyConstraint(["group_id"], ["organization.id"], name=op.f("fk_project_group_id_organization")),
        sa.ForeignKeyConstraint(["proposer_id"], ["person.id"], name=op.f("fk_project_proposer_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project")),
    )
    op.create_index(op.f("ix_project_committee_id"), "project", ["committee_id"], unique=False)
    op.create_index(op.f("ix_project_competent_department_id"), "project", ["competent_department_id"], unique=False)
    op.create_index(op.f("ix_project_framework_node"), "project", ["framework_node"], unique=False)
    op.create_index(op.f("ix_project_group_id"), "project", ["group_id"], unique=False)
    op.create_index(op.f("ix_project_proposer_id"), "project", ["proposer_id"], unique=False)
    op.create_index("ix_project_stage_kind", "project", ["stage", "kind"], unique=False)
    op.create_table(
        "role_grant",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column(
            "role",
            _code(
                "role",
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
        sa.Column("scope", _code("scope", "system", "organization", "committee", "project"), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("committee_id", sa.Integer(), nullable=True),
        sa.Column("project_id", sa.Integer(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("granted_by_id", sa.Integer(), nullable=True),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(role = 'administrator') = (scope = 'system')",
            name=op.f("ck_role_grant_only_administrator_is_system_wide"),
        ),
        sa.CheckConstraint(
            "(scope = 'system' AND organization_id IS NULL AND committee_id IS NULL AND project_id IS NULL) OR (scope = 'organization' AND organization_id IS NOT NULL AND committee_id IS NULL AND project_id IS NULL) OR (scope = 'committee' AND committee_id IS NOT NULL AND organization_id IS NULL AND project_id IS NULL) OR (scope = 'project' AND project_id IS NOT NULL AND organization_id IS NULL AND committee_id IS NULL)",
            name=op.f("ck_role_grant_scope_matches"),
        ),
        sa.CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name=op.f("ck_role_grant_term_in_order")),
        sa.ForeignKeyConstraint(["committee_id"], ["committee.id"], name=op.f("fk_role_grant_committee_id_committee")),
        sa.ForeignKeyConstraint(["granted_by_id"], ["person.id"], name=op.f("fk_role_grant_granted_by_id_person")),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_role_grant_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_role_grant_person_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_role_grant_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_role_grant")),
    )
    op.create_index("ix_role_grant_committee", "role_grant", ["committee_id"], unique=False)
    op.create_index("ix_role_grant_person", "role_grant", ["person_id"], unique=False)
    op.create_index("ix_role_grant_project", "role_grant", ["project_id"], unique=False)
    op.create_table(
        "api_token",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_api_token_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_api_token_token_hash")),
    )
    op.create_index(op.f("ix_api_token_person_id"), "api_token", ["person_id"], unique=False)
    op.create_table(
        "login_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_login_attempt")),
    )
    op.create_index("ix_login_attempt_key_at", "login_attempt", ["key", "at"], unique=False)
    op.create_table(
        "idempotent_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=200), nullable=False),
        sa.Column("request_hash", sa.String(length=64), nullable=False),
        sa.Column("status", sa.Integer(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("headers", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_idempotent_answer_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_idempotent_answer")),
        sa.UniqueConstraint("person_id", "key", name=op.f("uq_idempotent_answer_person_id_key")),
    )
    op.create_table(
        "suggestion",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organization", sa.String(length=200), nullable=False),
        sa.Column("contact", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_suggestion_project_id_project")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_suggestion")),
    )
    op.create_table(
        "project_unit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("organization_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization_id"], ["organization.id"], name=op.f("fk_project_unit_organization_id_organization")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_unit_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_unit")),
        sa.UniqueConstraint("project_id", "position", name=op.f("uq_project_unit_project_id_position")),
    )
    op.create_table(
        "project_drafter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_project_drafter_person_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_project_drafter_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_project_drafter")),
        sa.UniqueConstraint("project_id", "position", name=op.f("uq_project_drafter_project_id_position")),
    )
    op.create_table(
        "appraisal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("points", sa.Text(), nullable=False),
        sa.Column("in_favour", sa.Boolean(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("superseded", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_appraisal_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal")),
    )
    op.create_index(op.f("ix_appraisal_project_id"), "appraisal", ["project_id"], unique=False)
    op.create_table(
        "appraisal_expert",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("appraisal_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("unit", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["appraisal_id"], ["appraisal.id"], name=op.f("fk_appraisal_expert_appraisal_id_appraisal")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_appraisal_expert")),
        sa.UniqueConstraint("appraisal_id", "name", "unit", name=op.f("uq_appraisal_expert_appraisal_id_name_unit")),
    )
    op.create_table(
        "plan_entry",
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(length=200), nullable=False),
        sa.Column("project_name", sa.String(length=500), nullable=False),
        sa.Column("applicant", sa.String(length=200), nullable=False),
        sa.Column("drafting_unit", sa.String(length=200), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
        sa.Column("completes_on", sa.Date(), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.CheckConstraint("completes_on > published_on", name=op.f("ck_plan_entry_completes_after_publication")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_plan_entry_project_id_project")),
        sa.PrimaryKeyConstraint("project_id", name=op.f("pk_plan_entry")),
        sa.UniqueConstraint("number", name=op.f("uq_plan_entry_number")),
    )
    op.create_table(
        "explanatory_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_explanatory_note_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_explanatory_note")),
        sa.UniqueConstraint("project_id", "heading", name=op.f("uq_explanatory_note_project_id_heading")),
    )
