"""The only reader of the clock. Everything else is told what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Whatever can say which instant it is."""

    def now(self) -> datetime:
        """The present instant, timezone-aware and in UTC."""
        ...


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        """The present instant, timezone-aware and in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is moved: for tests and for the calendar of the demonstration."""

    def __init__(self, instant: datetime) -> None:
        self._instant = _in_utc(instant)

    def now(self) -> datetime:
        """The instant at which this clock stands."""
        return self._instant

    def move_to(self, instant: datetime) -> None:
        """Put the hands on another instant, later or earlier."""
        self._instant = _in_utc(instant)

    def advance(self, duration: timedelta) -> None:
        """Let this much time pass."""
        self._instant += duration


_SYSTEM_CLOCK = SystemClock()
_clock: ContextVar[Clock] = ContextVar("clock")


def utc_now() -> datetime:
    """The present instant in UTC, by the clock that is hung up here."""
    return _clock.get(_SYSTEM_CLOCK).now()


def today(timezone: ZoneInfo) -> date:
    """The present day in the calendar of this place; deadlines are counted in it."""
    return utc_now().astimezone(timezone).date()


@contextmanager
def hung_up(clock: Clock) -> Iterator[Clock]:
    """Go by another clock inside the `with` block, in this thread alone."""
    token = _clock.set(clock)
    try:
        yield clock
    finally:
        _clock.reset(token)


def _in_utc(instant: datetime) -> datetime:
    if instant.tzinfo is None:
        raise ValueError("an instant without a timezone is no instant")
    return instant.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is done: the instant, and the day that it is in the installation's calendar."""

    at: datetime
    day: date


def moment(timezone: ZoneInfo) -> Moment:
    """The present moment, by the clock that is hung up here and in the calendar of this place."""
    at = utc_now()
    return Moment(at, at.astimezone(timezone).date())
