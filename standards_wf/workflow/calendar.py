"""Counting days and months between dates, as the procedure counts them."""

from calendar import monthrange
from datetime import date, timedelta

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2999, 12, 31)
"""A case knows no day outside these: a year such as 9999 is a slip, and no period could be counted from it."""


def is_countable(day: date) -> bool:
    """Whether periods can be counted from this day, forwards and backwards."""
    return FIRST_DAY <= day <= LAST_DAY


def add_months(start: date, months: int) -> date:
    """The same day so many months later; a day that the month lacks becomes its last day."""
    month_index = start.year * 12 + start.month - 1 + months
    year, month = divmod(month_index, 12)
    month += 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def last_day(start: date, days: int) -> date:
    """The last day of a period of so many days; the day it starts on is not counted."""
    return start + timedelta(days=days)
