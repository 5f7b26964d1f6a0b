from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from standards_wf.clock import FixedClock, hung_up, today, utc_now

SHANGHAI = ZoneInfo("Asia/Shanghai")


def test_the_day_is_counted_in_the_calendar_of_the_committee() -> None:
    with hung_up(FixedClock(datetime(2025, 6, 1, 15, 59, tzinfo=UTC))) as clock:
        assert today(SHANGHAI) == date(2025, 6, 1)
        assert isinstance(clock, FixedClock)
        clock.advance(timedelta(minutes=1))
        assert today(SHANGHAI) == date(2025, 6, 2)


def test_a_clock_that_is_taken_down_leaves_the_one_before_it() -> None:
    first = datetime(2020, 1, 1, tzinfo=UTC)
    with hung_up(FixedClock(first)):
        with hung_up(FixedClock(datetime(2021, 1, 1, tzinfo=UTC))):
            assert utc_now().year == 2021
        assert utc_now() == first
    assert utc_now() > datetime(2025, 1, 1, tzinfo=UTC)


def test_instants_are_in_utc_wherever_they_come_from() -> None:
    clock = FixedClock(datetime(2025, 6, 2, 8, 0, tzinfo=timezone(timedelta(hours=8))))
    assert clock.now() == datetime(2025, 6, 2, tzinfo=UTC)
    assert clock.now().tzinfo is UTC
    with pytest.raises(ValueError, match="timezone"):
        clock.move_to(datetime(2025, 6, 2))  # noqa: DTZ001  the mistake that is to be refused
