"""What is changed in a document after its publication without a new edition: amendment sheets and corrections."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import SHORT, Base, code
from standards_wf.workflow.vocabulary import AmendmentKind


class Amendment(Base):
    """An amendment sheet (修改单) or a correction (更正) of a document, prepared and then published."""

    __tablename__ = "amendment"
    __table_args__ = (
        UniqueConstraint("project_id", "kind", "number"),
        CheckConstraint("(number IS NULL) = (published_on IS NULL)", name="numbered_iff_published"),
        CheckConstraint("(published_on IS NULL) = (effective_on IS NULL)", name="effective_iff_published"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    kind: Mapped[AmendmentKind] = mapped_column(code(AmendmentKind, "kind"))
    number: Mapped[int | None]
    """Its running number among those of its kind for this document; given when it is published."""
    reason: Mapped[str] = mapped_column(default="")
    prepared_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    prepared_at: Mapped[datetime]
    published_on: Mapped[date | None]
    effective_on: Mapped[date | None]
    announcement_number: Mapped[str] = mapped_column(SHORT, default="")


class AmendedClause(Base):
    """What an amendment changes in one place of the text: what it said, and what it says now."""

    __tablename__ = "amended_clause"
    __table_args__ = (UniqueConstraint("amendment_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    amendment_id: Mapped[int] = mapped_column(ForeignKey("amendment.id"))
    position: Mapped[int]
    clause: Mapped[str] = mapped_column(SHORT)
    was: Mapped[str] = mapped_column(default="")
    now: Mapped[str] = mapped_column(default="")
