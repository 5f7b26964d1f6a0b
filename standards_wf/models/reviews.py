"""The technical review: its papers, its ballot with voters and votes, its minutes with signatures."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from standards_wf.models.base import SHORT, Base, code
from standards_wf.workflow.vocabulary import Position, ReviewMode, ReviewOutcome


class Review(Base):
    """One technical review (审查, for metrology 审定); a repeated review is a new one."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint("(outcome IS NULL) = (ended_on IS NULL)", name="ended_iff_outcome"),
        Index(
            "uq_review_running",
            "project_id",
            unique=True,
            sqlite_where=text("outcome IS NULL"),
            postgresql_where=text("outcome IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    mode: Mapped[ReviewMode] = mapped_column(code(ReviewMode, "mode"))
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"))
    began_seq: Mapped[int]
    """The sequence number of the act that opened it: papers made since belong to it."""
    meets_on: Mapped[date | None]
    place: Mapped[str] = mapped_column(SHORT, default="")
    papers_sent_on: Mapped[date | None]
    outcome: Mapped[ReviewOutcome | None] = mapped_column(code(ReviewOutcome, "outcome"))
    ended_on: Mapped[date | None]


class Ballot(Base):
    """The ballot of a review; a review has at most one."""

    __tablename__ = "ballot"
    __table_args__ = (
        CheckConstraint("closes_on >= opened_on", name="closes_after_opening"),
        CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name="closed_after_opening"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), unique=True)
    opened_on: Mapped[date]
    opened_at: Mapped[datetime]
    closes_on: Mapped[date]
    closed_at: Mapped[datetime | None]

    review: Mapped[Review] = relationship(lazy="raise")


class BallotVoter(Base):
    """Somebody on the list of a ballot: entitled to vote, or named with the reason why not."""

    __tablename__ = "ballot_voter"
    __table_args__ = (
        UniqueConstraint("ballot_id", "person_id"),
        CheckConstraint("entitled OR exclusion <> ''", name="exclusion_has_a_reason"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(SHORT)
    organization: Mapped[str] = mapped_column(SHORT, default="")
    function: Mapped[str] = mapped_column(SHORT, default="")
    from_drafting_unit: Mapped[bool] = mapped_column(default=False)
    is_drafter: Mapped[bool] = mapped_column(default=False)
    entitled: Mapped[bool] = mapped_column(default=True)
    exclusion: Mapped[str] = mapped_column(SHORT, default="")


class Vote(Base):
    """A vote cast. It is counted once; a second one by the same voter is refused by the database too."""

    __tablename__ = "vote"
    __table_args__ = (CheckConstraint("(answer = '') = (answered_at IS NULL)", name="answered_iff_answer"),)

    voter_id: Mapped[int] = mapped_column(ForeignKey("ballot_voter.id"), primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id"), index=True)
    position: Mapped[Position] = mapped_column(code(Position, "position"))
    reason: Mapped[str] = mapped_column(default="")
    cast_at: Mapped[datetime]
    answer: Mapped[str] = mapped_column(default="")
    """What the drafters answer to a vote against, or to a remark."""
    answered_at: Mapped[datetime | None]


class Minutes(Base):
    """The minutes of a review meeting, or the conclusion of a letter ballot."""

    __tablename__ = "minutes"

    id: Mapped[int] = mapped_column(primary_key=True)
    review_id: Mapped[int] = mapped_column(ForeignKey("review.id"), unique=True)
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(SHORT, default="")
    text: Mapped[str]
    conclusion: Mapped[str]
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    recorded_at: Mapped[datetime]


class Attendance(Base):
    """Who attended and must sign the minutes, and when they signed."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("minutes_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    minutes_id: Mapped[int] = mapped_column(ForeignKey("minutes.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(SHORT)
    organization: Mapped[str] = mapped_column(SHORT, default="")
    function: Mapped[str] = mapped_column(SHORT, default="")
    signed_at: Mapped[datetime | None]
