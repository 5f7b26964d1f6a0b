"""Files, drafts and papers; consultations with their comments; reviews with their ballots and minutes."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def _code(name: str, *values: str) -> sa.Enum:
    """A column of codes: kept as text, checked by the database."""
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    op.create_table(
        "stored_file",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(length=200), nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_stored_file_not_empty")),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_stored_file")),
    )
    op.create_table(
        "draft_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "draft_stage",
            _code("draft_stage", "working", "consultation", "review", "submission", "publication"),
            nullable=False,
        ),
        sa.Column("docx_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=True),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("clauses_read", sa.Integer(), nullable=False),
        sa.Column("errors_found", sa.Integer(), nullable=False),
        sa.Column("findings", sa.Text(), nullable=False),
        sa.Column("folded_text", sa.Text(), nullable=False),
        sa.Column("attached_by_id", sa.Integer(), nullable=True),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attached_seq", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["attached_by_id"], ["person.id"], name=op.f("fk_draft_version_attached_by_id_person")),
        sa.ForeignKeyConstraint(
            ["docx_sha256"], ["stored_file.sha256"], name=op.f("fk_draft_version_docx_sha256_stored_file")
        ),
        sa.ForeignKeyConstraint(
            ["pdf_sha256"], ["stored_file.sha256"], name=op.f("fk_draft_version_pdf_sha256_stored_file")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_draft_version_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_version")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_draft_version_project_id_number")),
    )
    op.create_table(
        "draft_clause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=200), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("anchor", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blocks", sa.Text(), nullable=False),
        sa.Column("annex_kind", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft_version.id"], name=op.f("fk_draft_clause_draft_id_draft_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_draft_clause")),
        sa.UniqueConstraint("draft_id", "position", name=op.f("uq_draft_clause_draft_id_position")),
    )
    op.create_table(
        "attachment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column(
            "paper",
            _code(
                "paper",
                "application_form",
                "standard_body",
                "calibration_body",
                "verification_body",
                "metrology_body",
                "explanatory_note",
                "test_report",
                "uncertainty_report",
                "translation",
                "comment_table",
                "ballot_conclusion",
                "review_minutes",
                "review_comment_table",
                "submission_letter",
                "submission_list",
                "publication_announcement",
            ),
            nullable=False,
        ),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("filename", sa.String(length=200), nullable=False),
        sa.Column("origin", _code("origin", "uploaded", "generated"), nullable=False),
        sa.Column("attached_by_id", sa.Integer(), nullable=True),
        sa.Column("attached_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("at_seq", sa.Integer(), nullable=False),
        sa.Column("on_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["attached_by_id"], ["person.id"], name=op.f("fk_attachment_attached_by_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_attachment_project_id_project")),
        sa.ForeignKeyConstraint(["sha256"], ["stored_file.sha256"], name=op.f("fk_attachment_sha256_stored_file")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachment")),
    )
    op.create_index("ix_attachment_project_paper", "attachment", ["project_id", "paper"], unique=False)
    op.create_table(
        "consultation_round",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("opens_on", sa.Date(), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("members_only", sa.Boolean(), nullable=False),
        sa.Column("public_interest_untouched", sa.Boolean(), nullable=False),
        sa.CheckConstraint(
            "NOT members_only OR public_interest_untouched", name=op.f("ck_consultation_round_members_only_is_declared")
        ),
        sa.CheckConstraint("closes_on > opens_on", name=op.f("ck_consultation_round_closes_after_opening")),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["draft_version.id"], name=op.f("fk_consultation_round_draft_id_draft_version")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_consultation_round_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consultation_round")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_consultation_round_project_id_number")),
    )
    op.create_index(
        "uq_consultation_round_open",
        "consultation_round",
        ["project_id"],
        unique=True,
        sqlite_where=sa.text("closed_on IS NULL"),
        postgresql_where=sa.text("closed_on IS NULL"),
    )
    op.create_table(
        "comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("clause", sa.String(length=200), nullable=False),
        sa.Column("element", sa.String(length=200), nullable=False),
        sa.Column("type", _code("type", "ge", "te", "ed"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("proposed_change", sa.Text(), nullable=False),
        sa.Column("author", sa.String(length=200), nullable=False),
        sa.Column("organization", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=200), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("disposition", _code("disposition", "accepted", "partly_accepted", "not_accepted"), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("disposed_by_id", sa.Integer(), nullable=True),
        sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "disposition IS NULL OR disposition = 'accepted' OR length(trim(reason)) > 0",
            name=op.f("ck_comment_reason_when_not_accepted"),
        ),
        sa.CheckConstraint(
            "(disposition IS NULL) = (disposed_at IS NULL)", name=op.f("ck_comment_disposed_iff_disposition")
        ),
        sa.ForeignKeyConstraint(["disposed_by_id"], ["person.id"], name=op.f("fk_comment_disposed_by_id_person")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_comment_person_id_person")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_comment_project_id_project")),
        sa.ForeignKeyConstraint(
            ["round_id"], ["consultation_round.id"], name=op.f("fk_comment_round_id_consultation_round")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_comment_project_id_number")),
    )
    op.create_index(op.f("ix_comment_round_id"), "comment", ["round_id"], unique=False)
    op.create_table(
        "review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("mode", _code("mode", "meeting", "letter"), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("began_seq", sa.Integer(), nullable=False),
        sa.Column("meets_on", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("papers_sent_on", sa.Date(), nullable=True),
        sa.Column("outcome", _code("outcome", "passed", "failed", "repeated", "withdrawn"), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint("(outcome IS NULL) = (ended_on IS NULL)", name=op.f("ck_review_ended_iff_outcome")),
        sa.ForeignKeyConstraint(["draft_id"], ["draft_version.id"], name=op.f("fk_review_draft_id_draft_version")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_review_project_id_project")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("project_id", "number", name=op.f("uq_review_project_id_number")),
    )
    op.create_index(
        "uq_review_running",
        "review",
        ["project_id"],
        unique=True,
        sqlite_where=sa.text("outcome IS NULL"),
        postgresql_where=sa.text("outcome IS NULL"),
    )
    op.create_table(
        "ballot",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closes_on", sa.Date(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name=op.f("ck_ballot_closed_after_opening")),
        sa.CheckConstraint("closes_on >= opened_on", name=op.f("ck_ballot_closes_after_opening")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_ballot_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot")),
        sa.UniqueConstraint("review_id", name=op.f("uq_ballot_review_id")),
    )
    op.create_table(
        "ballot_voter",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organization", sa.String(length=200), nullable=False),
        sa.Column("function", sa.String(length=200), nullable=False),
        sa.Column("from_drafting_unit", sa.Boolean(), nullable=False),
        sa.Column("is_drafter", sa.Boolean(), nullable=False),
        sa.Column("entitled", sa.Boolean(), nullable=False),
        sa.Column("exclusion", sa.String(length=200), nullable=False),
        sa.CheckConstraint("entitled OR exclusion <> ''", name=op.f("ck_ballot_voter_exclusion_has_a_reason")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_ballot_voter_ballot_id_ballot")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_ballot_voter_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ballot_voter")),
        sa.UniqueConstraint("ballot_id", "person_id", name=op.f("uq_ballot_voter_ballot_id_person_id")),
    )
    op.create_table(
        "vote",
        sa.Column("voter_id", sa.Integer(), nullable=False),
        sa.Column("ballot_id", sa.Integer(), nullable=False),
        sa.Column("position", _code("position", "for", "against", "abstain"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("cast_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("(answer = '') = (answered_at IS NULL)", name=op.f("ck_vote_answered_iff_answer")),
        sa.ForeignKeyConstraint(["ballot_id"], ["ballot.id"], name=op.f("fk_vote_ballot_id_ballot")),
        sa.ForeignKeyConstraint(["voter_id"], ["ballot_voter.id"], name=op.f("fk_vote_voter_id_ballot_voter")),
        sa.PrimaryKeyConstraint("voter_id", name=op.f("pk_vote")),
    )
    op.create_index(op.f("ix_vote_ballot_id"), "vote", ["ballot_id"], unique=False)
    op.create_table(
        "minutes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("review_id", sa.Integer(), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("recorded_by_id", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["recorded_by_id"], ["person.id"], name=op.f("fk_minutes_recorded_by_id_person")),
        sa.ForeignKeyConstraint(["review_id"], ["review.id"], name=op.f("fk_minutes_review_id_review")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_minutes")),
        sa.UniqueConstraint("review_id", name=op.f("uq_minutes_review_id")),
    )
    op.create_table(
        "attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("minutes_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("organization", sa.String(length=200), nullable=False),
        sa.Column("function", sa.String(length=200), nullable=False),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["minutes_id"], ["minutes.id"], name=op.f("fk_attendance_minutes_id_minutes")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_attendance_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attendance")),
        sa.UniqueConstraint("minutes_id", "person_id", name=op.f("uq_attendance_minutes_id_person_id")),
    )
