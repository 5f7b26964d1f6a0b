"""A clock that runs like the machine's, but on a day of the test's choosing, and the same in every process that reads it.

The file holds by how many seconds it differs from the clock of the machine. The product knows nothing of it: whoever
starts a process for a journey hangs it up there.
"""

import os
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from standards_wf.clock import hung_up

ZONE = ZoneInfo("Asia/Shanghai")
FILE = "JOURNEY_CLOCK"
"""The variable that names the file to the processes of a journey."""


class SimulatedClock:
    """The machine's clock, moved by what a file says."""

    def __init__(self, file: Path) -> None:
        self._file = file

    @classmethod
    def of_this_process(cls) -> "SimulatedClock":
        """The clock that the process was given by whoever started it."""
        return cls(Path(os.environ[FILE]))

    def now(self) -> datetime:
        """The simulated instant."""
        return datetime.now(UTC) + timedelta(seconds=float(self._file.read_text()))

    @property
    def today(self) -> date:
        """The simulated day in the installation's calendar."""
        return self.now().astimezone(ZONE).date()

    def move_to(self, day: date) -> None:
        """Let it be nine in the morning of this day, for everybody at once."""
        self._differ(datetime.combine(day, time(9), ZONE) - datetime.now(UTC))

    def wait_days(self, days: int) -> None:
        """Let days pass, to the morning."""
        self.move_to(self.today + timedelta(days=days))

    def wait_minutes(self, minutes: int) -> None:
        """Let somebody read in peace."""
        self._differ(self.now() + timedelta(minutes=minutes) - datetime.now(UTC))

    def _differ(self, difference: timedelta) -> None:
        fresh = self._file.with_suffix(".fresh")
        fresh.write_text(str(difference.total_seconds()))
        fresh.replace(self._file)


def going_by(clock: SimulatedClock, wsgi: Callable[..., Iterable[bytes]]) -> Callable[..., Iterable[bytes]]:
    """A WSGI application that goes by this clock in whatever thread it is called."""

    def application(*call: Any) -> Iterable[bytes]:  # noqa: ANN401  environ and start_response, passed on as they come
        with hung_up(clock):
            return wsgi(*call)

    return application
