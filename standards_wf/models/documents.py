"""Published documents: number, dates, filing and disclosure, what they replace, their periodic reviews and notices."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from standards_wf.models.base import SHORT, Base, code
from standards_wf.models.projects import Project
from standards_wf.workflow.vocabulary import Conclusion, EarlyReason, Stage


class Publication(Base):
    """Number and dates of a document: prepared by the authority before it is published, fixed from then on."""

    __tablename__ = "publication"
    __table_args__ = (
        CheckConstraint(
            "published_at IS NULL OR (approved_on <= published_on AND published_on <= effective_on)",
            name="dates_in_order_once_published",
        ),
        Index("ix_publication_series", "series", "serial"),
        Index(
            "uq_publication_new_serial",
            "series",
            "serial",
            unique=True,
            sqlite_where=text("NOT keeps_serial"),
            postgresql_where=text("NOT keeps_serial"),
        ),
    )

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    number: Mapped[str] = mapped_column(SHORT, unique=True)
    number_key: Mapped[str] = mapped_column(SHORT, unique=True)
    slug: Mapped[str] = mapped_column(SHORT, unique=True)
    series: Mapped[str] = mapped_column(SHORT)
    serial: Mapped[str] = mapped_column(SHORT)
    """The running number within the series, with the part if there is one."""
    keeps_serial: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether it has the serial of the document it replaces; that of all others is new in its series."""
    approved_on: Mapped[date]
    published_on: Mapped[date]
    effective_on: Mapped[date]
    gap_reason: Mapped[str] = mapped_column(default="")
    announcement_number: Mapped[str] = mapped_column(SHORT, default="")
    draft_id: Mapped[int | None] = mapped_column(ForeignKey("draft_version.id"))
    """The text that was published; given when it is published."""
    published_at: Mapped[datetime | None]

    project: Mapped[Project] = relationship(lazy="raise")


class Replacement(Base):
    """One document replaces another (代替), wholly or in part; planned with the application, fixed by the publication.

    The older one may be known by number alone. Replaced in part it stays in force.
    """

    __tablename__ = "replacement"
    __table_args__ = (
        UniqueConstraint("project_id", "replaced_number"),
        CheckConstraint("partial OR clauses = ''", name="clauses_only_of_a_part"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    position: Mapped[int] = mapped_column(default=1)
    replaced_number: Mapped[str] = mapped_column(SHORT)
    replaced_project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    """The case of the document replaced, where it is kept here and was issued by the same body."""
    partial: Mapped[bool] = mapped_column(default=False)
    clauses: Mapped[str] = mapped_column(default="")
    """Which clauses of the older document are replaced, where it is replaced in part."""


class Filing(Base):
    """The filing of a local standard (备案)."""

    __tablename__ = "filing"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    number: Mapped[str] = mapped_column(SHORT)
    filed_on: Mapped[date]
    due_on: Mapped[date | None]
    late: Mapped[bool]


class Disclosure(Base):
    """The disclosure of a group standard on the platform of the associations (自我声明公开)."""

    __tablename__ = "disclosure"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    address: Mapped[str]
    disclosed_on: Mapped[date]


class PeriodicReview(Base):
    """A periodic review (复审): opened, given an opinion, concluded."""

    __tablename__ = "periodic_review"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        Index(
            "uq_periodic_review_running",
            "project_id",
            unique=True,
            sqlite_where=text("concluded_on IS NULL"),
            postgresql_where=text("concluded_on IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    opened_on: Mapped[date]
    early_reason: Mapped[EarlyReason | None] = mapped_column(code(EarlyReason, "early_reason"))
    """Why it began before its time; `None` where it did not."""
    early_grounds: Mapped[str] = mapped_column(default="")
    conclusion: Mapped[Conclusion | None] = mapped_column(code(Conclusion, "conclusion"))
    grounds: Mapped[str] = mapped_column(default="")
    implementation: Mapped[str] = mapped_column(default="")
    """How the document is applied (实施信息): what the opinion rests on."""
    recorded_at: Mapped[datetime | None]
    concluded_on: Mapped[date | None]
    decision_id: Mapped[int | None] = mapped_column(ForeignKey("review_decision.id"), index=True)
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    """The case that the decision to revise has opened."""


class ReviewDecision(Base):
    """The paper that decides on periodic reviews, of one document or of a year's list (复审结论公告)."""

    __tablename__ = "review_decision"
    __table_args__ = (UniqueConstraint("issuer_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    issuer_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    number: Mapped[str] = mapped_column(SHORT)
    decided_on: Mapped[date]
    sha256: Mapped[str | None] = mapped_column(ForeignKey("stored_file.sha256"))
    filename: Mapped[str] = mapped_column(SHORT, default="")


class Ending(Base):
    """How a document ended: superseded or abolished, on which day, why and by which announcement. It stays readable."""

    __tablename__ = "ending"
    __table_args__ = (CheckConstraint("how IN ('superseded', 'abolished')", name="how_is_final"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    how: Mapped[Stage] = mapped_column(code(Stage, "how"))
    ended_on: Mapped[date]
    announcement_number: Mapped[str] = mapped_column(SHORT, default="")
    reason: Mapped[str] = mapped_column(default="")
    use_instead: Mapped[str] = mapped_column(SHORT, default="")
    """Another document that is to be used from now on, where one is named."""


class NoticeKind(StrEnum):
    """Why the public is given notice."""

    BEFORE_APPROVAL = "before_approval"
    BEFORE_ABOLITION = "before_abolition"


class Notice(Base):
    """A public notice with its days (公示)."""

    __tablename__ = "notice"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    kind: Mapped[NoticeKind] = mapped_column(code(NoticeKind, "kind"))
    opened_on: Mapped[date]
    ends_on: Mapped[date]
    closed_on: Mapped[date | None]


class NoticeObjection(Base):
    """An objection that somebody raised while a notice ran, and its answer."""

    __tablename__ = "notice_objection"
    __table_args__ = (CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answered_iff_answer"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id"), index=True)
    name: Mapped[str] = mapped_column(SHORT)
    contact: Mapped[str] = mapped_column(SHORT)
    text: Mapped[str]
    received_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
    answered_at: Mapped[datetime | None]
