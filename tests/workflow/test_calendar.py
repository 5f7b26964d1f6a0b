"""Days as they are counted: months of unequal length, the working days of China, the border between two days."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards_wf.clock import FixedClock, hung_up, moment
from standards_wf.workflow.calendar import FIRST_DAY, LAST_DAY, add_months, is_countable, last_day
from standards_wf.workflow.working_days import (
    FIRST_YEAR,
    LAST_YEAR,
    DayKind,
    YearNotPublished,
    add_working_days,
    is_working_day,
    kind_of_day,
    next_working_day,
    working_days_between,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")

# Typed from the notices of the State Council on the holidays of each year: first and last day off.
DAYS_OFF = [
    ("2022-12-31", "2023-01-02"),
    ("2023-01-21", "2023-01-27"),
    ("2023-04-05", "2023-04-05"),
    ("2023-04-29", "2023-05-03"),
    ("2023-06-22", "2023-06-24"),
    ("2023-09-29", "2023-10-06"),
    ("2024-01-01", "2024-01-01"),
    ("2024-02-10", "2024-02-17"),
    ("2024-04-04", "2024-04-06"),
    ("2024-05-01", "2024-05-05"),
    ("2024-06-10", "2024-06-10"),
    ("2024-09-15", "2024-09-17"),
    ("2024-10-01", "2024-10-07"),
    ("2025-01-01", "2025-01-01"),
    ("2025-01-28", "2025-02-04"),
    ("2025-04-04", "2025-04-06"),
    ("2025-05-01", "2025-05-05"),
    ("2025-05-31", "2025-06-02"),
    ("2025-10-01", "2025-10-08"),
]
MADE_UP = [
    "2023-01-28", "2023-01-29", "2023-04-23", "2023-05-06", "2023-06-25", "2023-10-07", "2023-10-08",
    "2024-02-04", "2024-02-18", "2024-04-07", "2024-04-28", "2024-05-11", "2024-09-14", "2024-09-29", "2024-10-12",
    "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
]  # fmt: skip


def _days(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=passed) for passed in range((end - start).days + 1)]


def test_three_years_are_worked_as_the_state_council_announced_them() -> None:
    off = {day for first, last in DAYS_OFF for day in _days(first, last)}
    made_up = {date.fromisoformat(day) for day in MADE_UP}
    for day in _days("2023-01-01", "2025-12-31"):
        worked = day in made_up or (day.weekday() < 5 and day not in off)
        assert is_working_day(day) is worked, day
        assert (kind_of_day(day) is DayKind.MADE_UP) is (day in made_up), day
        if day in off and day.weekday() < 5:
            assert kind_of_day(day) is DayKind.HOLIDAY, day


def test_a_day_before_a_long_holiday_is_followed_by_the_day_after_it() -> None:
    assert next_working_day(date(2024, 10, 1)) == date(2024, 10, 8)
    assert next_working_day(date(2024, 9, 29)) == date(2024, 9, 29)
    assert add_working_days(date(2024, 9, 30), 5) == date(2024, 10, 12)
    assert add_working_days(date(2024, 10, 8), -2) == date(2024, 9, 29)
    assert working_days_between(date(2024, 9, 30), date(2024, 10, 12)) == 5


@pytest.mark.parametrize("year", [FIRST_YEAR - 1, LAST_YEAR + 1, 2999])
def test_of_a_year_that_is_not_known_nothing_is_guessed(year: int) -> None:
    assert kind_of_day(date(year, 3, 1)) is DayKind.UNKNOWN
    with pytest.raises(YearNotPublished) as told:
        is_working_day(date(year, 3, 1))
    assert told.value.year == year
    with pytest.raises(YearNotPublished):
        working_days_between(date(LAST_YEAR, 12, 30), date(LAST_YEAR + 1, 1, 4))


known_days = st.dates(date(FIRST_YEAR + 1, 1, 1), date(LAST_YEAR - 1, 12, 31))


@given(start=known_days, days=st.integers(1, 120))
def test_counting_working_days_there_and_back_agrees(start: date, days: int) -> None:
    end = add_working_days(start, days)
    assert is_working_day(end)
    assert working_days_between(start, end) == days
    assert add_working_days(end, -days) <= start


@given(day=known_days)
def test_no_holiday_is_longer_than_two_weeks(day: date) -> None:
    found = next_working_day(day)
    assert day <= found <= day + timedelta(days=14)
    assert not any(is_working_day(each) for each in _days(day.isoformat(), found.isoformat())[:-1])


@given(start=st.dates(date(1950, 1, 1), date(2900, 1, 1)), months=st.integers(-600, 600))
def test_months_later_is_the_same_day_or_the_last_of_a_shorter_month(start: date, months: int) -> None:
    found = add_months(start, months)
    length = monthrange(found.year, found.month)[1]
    assert (found.year * 12 + found.month) - (start.year * 12 + start.month) == months
    assert found.day == min(start.day, length)


@given(start=st.dates(date(1950, 1, 1), date(2900, 1, 1)), earlier=st.integers(0, 60), months=st.integers(0, 120))
def test_whoever_begins_earlier_ends_no_later(start: date, earlier: int, months: int) -> None:
    assert add_months(start - timedelta(days=earlier), months) <= add_months(start, months)


def test_leap_days_and_month_ends() -> None:
    assert add_months(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert add_months(date(2024, 2, 29), 48) == date(2028, 2, 29)
    assert add_months(date(2025, 12, 31), 2) == date(2026, 2, 28)
    assert last_day(date(2024, 2, 28), 2) == date(2024, 3, 1)
    assert last_day(date(2025, 2, 28), 2) == date(2025, 3, 2)


def test_a_case_knows_no_day_of_which_no_period_could_be_counted() -> None:
    assert is_countable(FIRST_DAY)
    assert is_countable(LAST_DAY)
    assert not is_countable(date(9999, 1, 1))


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 3, 1, 15, 59, 59, tzinfo=UTC), date(2026, 3, 1)),
        (datetime(2026, 3, 1, 16, 0, 0, tzinfo=UTC), date(2026, 3, 2)),
        (datetime(2026, 12, 31, 16, 0, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2024, 2, 28, 16, 0, 0, tzinfo=UTC), date(2024, 2, 29)),
    ],
)
def test_in_shanghai_a_new_day_begins_at_sixteen_hours_utc(instant: datetime, day: date) -> None:
    with hung_up(FixedClock(instant)):
        assert moment(SHANGHAI).day == day


@given(hours=st.integers(0, 850_000))
def test_shanghai_keeps_eight_hours_ahead_in_every_season(hours: int) -> None:
    instant = datetime(1992, 1, 1, tzinfo=UTC) + timedelta(hours=hours)
    with hung_up(FixedClock(instant)):
        assert moment(SHANGHAI).day == (instant + timedelta(hours=8)).date()
