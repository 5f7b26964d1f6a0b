"""The way from a stage to publication: which acts it takes at least, and the earliest day that the rules allow for each."""

from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from standards_wf.workflow import deadlines
from standards_wf.workflow.rules import Rules
from standards_wf.workflow.table import Table, Transition
from standards_wf.workflow.vocabulary import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The days that are fixed already, of what runs at the stage; `None` for what nobody has fixed."""

    closes_on: date | None = None
    """When the consultation closes."""
    held_on: date | None = None
    """The day of the meeting, or the last day of the letter ballot."""
    papers_sent_on: date | None = None
    notice_opened_on: date | None = None
    effective_on: date | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One act of the way: where it leads, the earliest day for it, and the rule that makes the case wait that long."""

    row: Transition
    earliest: date
    rule: str = ""


def shortest_way(table: Table, stage: Stage) -> tuple[Transition, ...]:
    """The fewest acts that lead to publication and into force; none where the document is in force or the case closed.

    Of two ways of the same length the one whose acts stand first in the table is taken.
    """
    if stage is Stage.PUBLISHED:
        return _fewest(table, stage, Stage.IN_FORCE)
    to_publication = _fewest(table, stage, Stage.PUBLISHED)
    return to_publication + _fewest(table, Stage.PUBLISHED, Stage.IN_FORCE) if to_publication else ()


def _fewest(table: Table, start: Stage, end: Stage) -> tuple[Transition, ...]:
    ways: deque[tuple[Transition, ...]] = deque([()])
    seen = {start}
    while ways:
        way = ways.popleft()
        here = way[-1].target if way else start
        if here is end:
            return way
        for row in table.rows_from(here):
            if row.target not in seen:
                seen.add(row.target)
                ways.append((*way, row))
    return ()


def earliest_steps(way: tuple[Transition, ...], known: Known, rules: Rules, today: date) -> tuple[Step, ...]:
    """The earliest day of each act, as the rules of the kind allow it, if everybody acts at once.

    What is known holds for the first act alone; of what comes later nothing is fixed yet but the implementation date.
    """
    steps: list[Step] = []
    here = today
    for place, row in enumerate(way):
        fixed = known if place == 0 else Known(effective_on=known.effective_on)
        waits = [wait for guard in row.guards if (wait := WAITS.get(guard.__name__))]
        begun, rule = here, ""
        for wait in waits:
            on = wait.until(fixed, begun, rules)
            if on > here:
                here, rule = on, wait.rule
        steps.append(Step(row, here, rule))
    return tuple(steps)


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a guard makes a case wait that came to the stage on a day."""

    rule: str
    until: Callable[[Known, date, Rules], date]


def _consultation_over(known: Known, begun: date, rules: Rules) -> date:
    return deadlines.first_day_after(known.closes_on or deadlines.earliest_closing(begun, rules).on)


def _review_held(known: Known, begun: date, rules: Rules) -> date:
    """Papers that were sent for a day too near are no papers sent in time; the guard asks for another day."""
    earliest = deadlines.earliest_meeting(known.papers_sent_on or begun, rules)
    return max(earliest, known.held_on) if known.held_on else earliest


def _notice_over(known: Known, begun: date, rules: Rules) -> date:
    ends = deadlines.public_notice_ends(known.notice_opened_on or begun, rules)
    return deadlines.first_day_after(ends.on) if ends else begun


def _in_force(known: Known, published_on: date, rules: Rules) -> date:
    return known.effective_on or deadlines.earliest_implementation(published_on, rules).on


WAITS: Mapping[str, Wait] = {
    "closing_date_passed": Wait("consultation_min_days", _consultation_over),
    "papers_sent_in_time": Wait("papers_notice_days", _review_held),
    "notice_days_passed": Wait("public_notice_days", _notice_over),
    "implementation_date_reached": Wait("publication_gap_days", _in_force),
}
"""The guards that only time satisfies, by name."""
