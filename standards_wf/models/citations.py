"""Which documents a published text cites normatively, and what is to be looked at when one of them ends."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import SHORT, Base, code
from standards_wf.workflow.vocabulary import CitationOutcome, Stage


class Citation(Base):
    """A document that the normative references of a published text name."""

    __tablename__ = "citation"
    __table_args__ = (UniqueConstraint("project_id", "cited_key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    cited_number: Mapped[str] = mapped_column(SHORT)
    cited_key: Mapped[str] = mapped_column(SHORT, index=True)
    """The key of the number as it is cited: that of one edition, or without a year that of all of them."""
    dated: Mapped[bool]
    """Whether one edition is cited (注日期引用); without a date the newest edition counts, amendments included."""


class CitationTask(Base):
    """A document that this text cites has ended: its committee looks whether the text must change."""

    __tablename__ = "citation_task"
    __table_args__ = (
        UniqueConstraint("project_id", "ended_project_id"),
        CheckConstraint("(outcome IS NULL) = (settled_at IS NULL)", name="settled_iff_outcome"),
        CheckConstraint("ended_by IN ('superseded', 'abolished')", name="ended_is_final"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    """The document that cites."""
    ended_project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    """The document that is cited, and has ended."""
    cited_number: Mapped[str] = mapped_column(SHORT)
    dated: Mapped[bool]
    ended_by: Mapped[Stage] = mapped_column(code(Stage, "ended_by"))
    raised_on: Mapped[date]
    outcome: Mapped[CitationOutcome | None] = mapped_column(code(CitationOutcome, "outcome"))
    note: Mapped[str] = mapped_column(default="")
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]
