"""How documents and plan entries are numbered: the count of each series, and the numbers that no document bears."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import SHORT, Base, code, code_of_table
from standards_wf.workflow.series import HeldState
from standards_wf.workflow.vocabulary import Kind


class NumberSeries(Base):
    """How far a series has come, and how it counts; its row is locked while a number is given, held or given up."""

    __tablename__ = "number_series"
    __table_args__ = (
        CheckConstraint("first_serial > 0", name="first_serial_from_one"),
        CheckConstraint("padding BETWEEN 1 AND 6", name="padding_up_to_six"),
    )

    code: Mapped[str] = mapped_column(SHORT, primary_key=True)
    last_serial: Mapped[int]
    first_serial: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """Serials before it were given before this installation counted, or are not to be given."""
    padding: Mapped[int] = mapped_column(default=1, server_default=text("1"))
    """To how many figures a serial is filled up with noughts."""


class HeldNumber(Base):
    """A serial of a series that no document bears, with the reason."""

    __tablename__ = "held_number"
    __table_args__ = (
        UniqueConstraint("series", "serial"),
        CheckConstraint("state = 'free' OR reason <> ''", name="held_with_a_reason"),
        CheckConstraint("serial > 0", name="serial_from_one"),
        Index("ix_held_number_project_id", "project_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    series: Mapped[str] = mapped_column(ForeignKey("number_series.code"))
    serial: Mapped[int]
    state: Mapped[HeldState] = mapped_column(code(HeldState, "state"))
    reason: Mapped[str] = mapped_column(default="")
    project_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"))
    """To which project it is promised, or which one gave it up."""
    by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    since: Mapped[datetime]


class PlanNumbering(Base):
    """The pattern after which the plan numbers of a kind are proposed, where the installation has one of its own."""

    __tablename__ = "plan_numbering"

    kind: Mapped[Kind] = mapped_column(code_of_table(Kind, "kind"), primary_key=True)
    pattern: Mapped[str] = mapped_column(SHORT)
