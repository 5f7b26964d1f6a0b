"""The two-person rule: for which acts it is on, and the acts that one person prepared for another to confirm."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import Base, code
from standards_wf.workflow.vocabulary import Role, Stage


class TwoPersonRule(Base):
    """Whether an act needs two persons here, and for how many days a prepared one can be confirmed."""

    __tablename__ = "two_person_rule"
    __table_args__ = (CheckConstraint("days > 0", name="at_least_a_day"),)

    action: Mapped[str] = mapped_column(String(40), primary_key=True)
    is_on: Mapped[bool]
    days: Mapped[int]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]


class Outcome(StrEnum):
    """What became of a prepared act by somebody's hand; what fell or expired has no outcome."""

    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"


class PreparedAct(Base):
    """An act that one person prepared, with all that its form said, until a second person confirms it."""

    __tablename__ = "prepared_act"
    __table_args__ = (
        UniqueConstraint("project_id", "number"),
        CheckConstraint(
            "(outcome IS NULL AND settled_at IS NULL AND settled_by_id IS NULL)"
            " OR (outcome IS NOT NULL AND settled_at IS NOT NULL AND settled_by_id IS NOT NULL)",
            name="settled_by_somebody",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    number: Mapped[int]
    """Its number among the prepared acts of the project."""
    action: Mapped[str] = mapped_column(String(40))
    stage: Mapped[Stage | None] = mapped_column(code(Stage, "stage"))
    """To which stage a correction leads; the procedure itself says it of every other act."""
    role: Mapped[Role] = mapped_column(code(Role, "role"))
    fields: Mapped[str] = mapped_column(default="{}")
    """What the form of the act said, as JSON of text."""
    note: Mapped[str] = mapped_column(default="")
    version_seen: Mapped[int]
    """The version of the project that the preparation made: once the project has another, the prepared act has fallen."""
    prepared_by_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    on_behalf_of_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    prepared_at: Mapped[datetime]
    confirm_by: Mapped[date]
    """The last day on which it can be confirmed."""
    outcome: Mapped[Outcome | None] = mapped_column(code(Outcome, "outcome"))
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    settled_at: Mapped[datetime | None]
