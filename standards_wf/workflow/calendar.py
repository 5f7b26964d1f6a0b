"""Counting days and months between dates, as the procedure counts them."""

from calendar import monthrange
from datetime import date, timedelta


def add_months(start: date, months: int) -> date:
    """The same day so many months later; a day that the month lacks becomes its last day."""
    month_index = start.year * 12 + start.month - 1 + months
    year, month = divmod(month_index, 12)
    month += 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))


def last_day(start: date, days: int) -> date:
    """The last day of a period of so many days; the day it starts on is not counted."""
    return start + timedelta(days=days)
