"""What sets a project apart at the entrance: its request for the fast track, and its partners in the Yangtze delta."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import SHORT, Base, code
from standards_wf.workflow.vocabulary import FastTrackReason, PartnerDecision, Province


class FastTrack(Base):
    """The request to be decided on before others (快速立项), and what became of it when the project was decided."""

    __tablename__ = "fast_track"
    __table_args__ = (
        CheckConstraint("length(trim(justification)) > 0", name="justified_in_writing"),
        CheckConstraint("(granted IS NULL) = (decided_on IS NULL)", name="decided_on_iff_decided"),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    reason: Mapped[FastTrackReason] = mapped_column(code(FastTrackReason, "reason"))
    justification: Mapped[str]
    granted: Mapped[bool | None]
    decided_on: Mapped[date | None]


class JointPartner(Base):
    """A province that makes the document together with Shanghai, and its decision."""

    __tablename__ = "joint_partner"
    __table_args__ = (
        UniqueConstraint("project_id", "province"),
        CheckConstraint("(decision = 'pending') = (decided_on IS NULL)", name="decided_on_iff_decided"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    province: Mapped[Province] = mapped_column(code(Province, "province"))
    authority: Mapped[str] = mapped_column(SHORT)
    """The authority of that province, by its full name."""
    decision: Mapped[PartnerDecision] = mapped_column(
        code(PartnerDecision, "decision"), default=PartnerDecision.PENDING
    )
    decided_on: Mapped[date | None]
    document_number: Mapped[str] = mapped_column(SHORT, default="")
    """The number of the paper in which the partner decided."""
    recorded_at: Mapped[datetime | None]
