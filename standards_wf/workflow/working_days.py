"""Which days are worked in China: weekends, the holidays that the State Council announces, and the days made up for them.

The arrangement of a year is announced late in the year before, and the library that knows it follows. Of a year that it
does not know nothing is guessed. No rule of the procedure was found that counts working days or moves a last day which
falls on a holiday, so what is said here stands beside a deadline and changes none.
"""

from datetime import date, timedelta
from enum import StrEnum

from chinese_calendar import is_holiday, is_workday
from chinese_calendar.constants import holidays

FIRST_YEAR, LAST_YEAR = min(holidays).year, max(holidays).year
"""The years whose holidays are known here."""

_SATURDAY = 5


class YearNotPublished(LookupError):
    """Nothing is known of the holidays of this year: not yet announced, or before the library begins."""

    def __init__(self, year: int) -> None:
        super().__init__(str(year))
        self.year = year


class DayKind(StrEnum):
    """What kind of day it is for those who work."""

    WORKED = "worked"
    MADE_UP = "made_up"
    """A day of the weekend that is worked in place of a holiday (调休)."""
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    UNKNOWN = "unknown"


def is_working_day(day: date) -> bool:
    """Whether the day is worked. Raises YearNotPublished."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise YearNotPublished(day.year)
    return bool(is_workday(day))


def kind_of_day(day: date) -> DayKind:
    """What kind of day it is; unknown where the holidays of its year are."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        return DayKind.UNKNOWN
    at_the_weekend = day.weekday() >= _SATURDAY
    if not is_holiday(day):
        return DayKind.MADE_UP if at_the_weekend else DayKind.WORKED
    return DayKind.HOLIDAY if day in holidays else DayKind.WEEKEND


def next_working_day(day: date) -> date:
    """The day itself if it is worked, else the next one that is. Raises YearNotPublished."""
    return day if is_working_day(day) else add_working_days(day, 1)


def add_working_days(start: date, days: int) -> date:
    """The last of so many working days, forwards or backwards; the day it starts on is not counted.

    Raises YearNotPublished.
    """
    step = timedelta(days=1 if days > 0 else -1)
    found, counted = start, 0
    while counted < abs(days):
        found += step
        counted += is_working_day(found)
    return found


def working_days_between(start: date, end: date) -> int:
    """How many working days lie after the first day up to and with the last. Raises YearNotPublished."""
    return sum(is_working_day(start + timedelta(days=passed)) for passed in range(1, (end - start).days + 1))
