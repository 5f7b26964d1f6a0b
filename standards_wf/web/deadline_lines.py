"""A deadline as pages show it: its words, how its days were counted, on what that rests, and what became of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from standards_wf.services.reading.deadlines import Deadline
from standards_wf.services.rules import Basis
from standards_wf.wording import labels
from standards_wf.wording.deadlines import DUE_WORDS, counting, falls, moved
from standards_wf.wording.language import t

_SOON = 92
"""On what kind of day a deadline falls is of interest within so many days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLine:
    """A deadline in words."""

    words: str
    on: date
    days_left: int
    overdue: bool
    met_on: date | None
    days_late: int
    lapsed: bool
    told: tuple[str, ...]
    """How it was counted, by how much it moved, on what kind of day it falls."""
    basis: str


def lines_of(deadlines: Iterable[Deadline], bases: Mapping[str, Basis]) -> tuple[DeadlineLine, ...]:
    """The deadlines in words, in their order."""
    return tuple(line_of(each, bases) for each in deadlines)


def line_of(deadline: Deadline, bases: Mapping[str, Basis]) -> DeadlineLine:
    """One deadline in words."""
    counted = deadline.counted
    near = deadline.open and 0 <= deadline.days_left <= _SOON
    told = (counting(counted), moved(counted), falls(counted.on) if near else "")
    return DeadlineLine(
        words=str(DUE_WORDS[deadline.due]),
        on=deadline.on,
        days_left=deadline.days_left,
        overdue=deadline.overdue,
        met_on=deadline.met_on,
        days_late=deadline.days_late,
        lapsed=deadline.lapsed,
        told=tuple(filter(None, told)),
        basis=_basis(bases.get(counted.rule)),
    )


def _basis(basis: Basis | None) -> str:
    """What it rests on; a default whose basis is not confirmed is shown as such and never as law."""
    if basis is None or basis.text in ("", "-"):
        return ""
    words = labels.basis(basis.text)
    if basis.confirmed or "待核实" in words.zh:
        return str(words)
    return t("{basis}（未经核实）", "{basis} (not confirmed)", basis=words)
