"""The sign of life that the worker leaves for whoever asks whether the installation is ready."""

import os
from datetime import datetime
from pathlib import Path

FILE = "worker.alive"


def beat(instance: Path, at: datetime) -> None:
    """Leave the sign; it is replaced as a whole, so that nobody reads half of it."""
    temporary = instance / f".{FILE}.{os.getpid()}"
    temporary.write_text(at.isoformat(), encoding="ascii")
    temporary.replace(instance / FILE)


def last_beat(instance: Path) -> datetime | None:
    """When the worker last left its sign; `None` when it never did."""
    try:
        return datetime.fromisoformat((instance / FILE).read_text(encoding="ascii").strip())
    except (OSError, ValueError):
        return None
