"""A deadline as the API answers it: the day, how it was counted, and what became of it."""

from dataclasses import dataclass
from datetime import date

from standards_wf.services.reading.deadlines import Deadline
from standards_wf.wording.deadlines import DUE_WORDS, counting
from standards_wf.workflow.deadlines import Due, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineAnswer:
    """A day on which something is due.

    `counting` says in words how the day was found; `rule` names the parameter that gives or limits the figure.
    """

    due: Due
    label: str
    on: date
    days_left: int
    overdue: bool
    met_on: date | None
    days_late: int
    lapsed: bool
    """Not met, and not owed any more: the case went another way."""
    counted_from: date | None
    figure: int | None
    unit: Unit
    backwards: bool
    first_day_counted: bool
    counting: str
    rule: str
    suspended_days: int
    planned_on: date
    """The day as it was before the days of suspension moved it."""


def deadline_answer(deadline: Deadline) -> DeadlineAnswer:
    """A deadline with its words."""
    counted = deadline.counted
    return DeadlineAnswer(
        due=deadline.due,
        label=str(DUE_WORDS[deadline.due]),
        on=deadline.on,
        days_left=deadline.days_left,
        overdue=deadline.overdue,
        met_on=deadline.met_on,
        days_late=deadline.days_late,
        lapsed=deadline.lapsed,
        counted_from=counted.counted_from,
        figure=counted.figure,
        unit=counted.unit,
        backwards=counted.backwards,
        first_day_counted=counted.first_day_counted,
        counting=counting(counted),
        rule=counted.rule,
        suspended_days=counted.suspended_days,
        planned_on=counted.planned_on,
    )
