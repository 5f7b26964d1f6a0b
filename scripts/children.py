"""Run one program after another for make, and let none of them outlive it."""

import os
import signal
import subprocess
from pathlib import Path
from types import FrameType

SECONDS_TO_FINISH = 20
LAST_SECONDS = 5


class Ended(Exception):
    """The task is over before its last step: a program failed, or the person stopped it."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def run(*command: str | Path) -> None:
    """Run a program to its end. Raises Ended when it fails or is stopped."""
    status = status_of(*command)
    if status:
        raise Ended(status)


def status_of(*command: str | Path) -> int:
    """Run a program to its end and give its exit status. Raises Ended when the person stops it.

    Ctrl-C at a terminal reaches the program by itself; what reaches this process or make alone is passed on.
    """
    received: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        received.append(number)

    before = {number: signal.signal(number, note) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    make = _Make()
    try:
        with subprocess.Popen(command) as process:
            while not _has_ended(process, 0.3):
                make_alone = make.was_stopped() and not received
                if make_alone or received:
                    _end(process, tell=make_alone or signal.SIGINT not in received)
                    raise Ended(_status(process))
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    return _status(process)


class _Make:
    """The make that started this process. It waits for us silently when a signal reaches it alone."""

    def __init__(self) -> None:
        self._process = os.getppid()
        self._listened = self._listens()

    def was_stopped(self) -> bool:
        """Whether make is gone, or has had its Ctrl-C: from then on it no longer listens for another."""
        return os.getppid() != self._process or (self._listened and not self._listens())

    def _listens(self) -> bool:
        try:
            status = Path(f"/proc/{self._process}/status").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return False
        lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        if lines.get("Name", "").strip() not in {"make", "gmake"}:
            return False
        return bool(int(lines.get("SigCgt", "0"), 16) >> (signal.SIGINT - 1) & 1)


def _has_ended(process: subprocess.Popen[bytes], seconds: float) -> bool:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    return True


def _end(process: subprocess.Popen[bytes], *, tell: bool) -> None:
    """Let the program stop by itself, and end it if it does not."""
    if tell:
        process.send_signal(signal.SIGINT)
    if not _has_ended(process, SECONDS_TO_FINISH):
        process.terminate()
    if not _has_ended(process, LAST_SECONDS):
        process.kill()
    process.wait()


def _status(process: subprocess.Popen[bytes]) -> int:
    """The exit status as a shell counts it."""
    return process.returncode if process.returncode >= 0 else 128 - process.returncode
