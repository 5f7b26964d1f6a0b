"""Consultation rounds and the comments that they bring."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from standards_wf.models.base import SHORT, Base, code
from standards_wf.models.projects import Project
from standards_wf.workflow.vocabulary import CommentType, Disposition


class ConsultationRound(Base):
    """One round of consultation: its draft, its days, and whether everybody may answer."""

    __tablename__ = "consultation_round"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("closes_on > opens_on", name="closes_after_opening"),
        CheckConstraint("NOT members_only OR public_interest_untouched", name="members_only_is_declared"),
        Index(
            "uq_consultation_round_open",
            "project_id",
            unique=True,
            sqlite_where=text("closed_on IS NULL"),
            postgresql_where=text("closed_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"))
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    closed_on: Mapped[date | None]
    members_only: Mapped[bool] = mapped_column(default=False)
    public_interest_untouched: Mapped[bool] = mapped_column(default=False)

    project: Mapped[Project] = relationship(lazy="raise")


class Comment(Base):
    """One comment on a draft, with what became of it (意见与处理)."""

    __tablename__ = "comment"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("(disposition IS NULL) = (disposed_at IS NULL)", name="disposed_iff_disposition"),
        CheckConstraint(
            "disposition IS NULL OR disposition = 'accepted' OR length(trim(reason)) > 0",
            name="reason_when_not_accepted",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("consultation_round.id"), index=True)
    number: Mapped[int]
    """Running number within the project (序号)."""
    clause: Mapped[str] = mapped_column(SHORT, default="")
    element: Mapped[str] = mapped_column(SHORT, default="")
    """The paragraph, table, figure or formula."""
    type: Mapped[CommentType] = mapped_column(code(CommentType, "type"))
    text: Mapped[str]
    proposed_change: Mapped[str] = mapped_column(default="")
    author: Mapped[str] = mapped_column(SHORT)
    organization: Mapped[str] = mapped_column(SHORT, default="")
    email: Mapped[str] = mapped_column(SHORT, default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    received_at: Mapped[datetime]
    disposition: Mapped[Disposition | None] = mapped_column(code(Disposition, "disposition"))
    reason: Mapped[str] = mapped_column(default="")
    disposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    disposed_at: Mapped[datetime | None]
