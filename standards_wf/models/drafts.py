"""Files and texts: immutable contents by hash, the versions of a draft, their clauses, and the other papers."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from standards_wf.models.base import SHA256, SHORT, Base, code, code_without_list
from standards_wf.workflow.vocabulary import DraftStage, Paper


class StoredFile(Base):
    """A file that was brought or made; its bytes lie in the file store under their hash."""

    __tablename__ = "stored_file"
    __table_args__ = (CheckConstraint("size > 0", name="not_empty"),)

    sha256: Mapped[str] = mapped_column(SHA256, primary_key=True)
    size: Mapped[int]
    media_type: Mapped[str] = mapped_column(SHORT)
    stored_at: Mapped[datetime]


class DraftVersion(Base):
    """One version of a project's text; versions are numbered from 1 and never change."""

    __tablename__ = "draft_version"
    __table_args__ = (UniqueConstraint("project_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    draft_stage: Mapped[DraftStage] = mapped_column(code(DraftStage, "draft_stage"))
    docx_sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    pdf_sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"))
    filename: Mapped[str] = mapped_column(SHORT)
    clauses_read: Mapped[int]
    errors_found: Mapped[int]
    findings: Mapped[str]
    """The findings of the format check, as JSON of codes and parameters."""
    folded_text: Mapped[str] = mapped_column(default="")
    """All that a text to be published says, with blanks, widths and dashes folded: the number and the dates are
    looked for in it. Empty for every other draft stage."""
    attached_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    attached_at: Mapped[datetime]
    attached_seq: Mapped[int]
    """The sequence number of the event that brought it: later means newer."""


class DraftClause(Base):
    """A clause of a draft version, as it was read."""

    __tablename__ = "draft_clause"
    __table_args__ = (UniqueConstraint("draft_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"))
    position: Mapped[int]
    kind: Mapped[str] = mapped_column(SHORT)
    level: Mapped[int]
    label: Mapped[str] = mapped_column(SHORT)
    title: Mapped[str]
    anchor: Mapped[str] = mapped_column(SHORT)
    text: Mapped[str]
    """What it says, as plain text: searched and compared."""
    blocks: Mapped[str] = mapped_column(default="[]")
    """What it says, as JSON of paragraphs, tables and formulae: shown and written again."""
    annex_kind: Mapped[str] = mapped_column(SHORT, default="")

    draft: Mapped[DraftVersion] = relationship(lazy="raise")


class DraftTree(Base):
    """A version of a text as the tree of elements that was read, as JSON: what is shown, compared and written again."""

    __tablename__ = "draft_tree"

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"), primary_key=True)
    content: Mapped[str]


class DraftPicture(Base):
    """A picture that stands in a version of a text; its bytes lie in the file store."""

    __tablename__ = "draft_picture"

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"), primary_key=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"), primary_key=True)


class Origin(StrEnum):
    """Whether a paper was brought by somebody or made by the system."""

    UPLOADED = "uploaded"
    GENERATED = "generated"


class Attachment(Base):
    """A paper of the procedure other than the text itself, in one of its versions."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_project_paper", "project_id", "paper"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    paper: Mapped[Paper] = mapped_column(code_without_list(Paper, "paper"))
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    filename: Mapped[str] = mapped_column(SHORT)
    origin: Mapped[Origin] = mapped_column(code(Origin, "origin"))
    attached_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    attached_at: Mapped[datetime]
    at_seq: Mapped[int]
    """The sequence number of the last event when it was brought or made: the version of the data."""
    on_day: Mapped[date]
