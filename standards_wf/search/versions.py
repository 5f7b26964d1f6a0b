"""The folder of the index: one sub-folder for each version, and a small file that names the live one.

1. A rebuild writes a new version beside the live one; nobody reads it yet.
2. `CURRENT` is replaced in one step of the file system; from then on readers open the new version.
3. Versions before the last one are removed later; who still reads them has their files open.
A crash before step 2 leaves the old version live, and the unfinished one is removed at the next rebuild.
"""

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from standards_wf.errors import Unavailable

FORMAT = 1
"""Raised whenever the fields of the index change; an index of another format is not read, but rebuilt."""

_NAME = re.compile(r"v(\d{6})-f(\d+)")
_PAUSE_SECONDS = 0.05


class IndexVersions:
    """The versions of the index in one folder."""

    def __init__(self, root: Path, *, patience_seconds: float = 30.0) -> None:
        self.root = root
        self._patience_seconds = patience_seconds

    def current(self) -> Path | None:
        """The folder of the live version, or none where no index of this format was made yet."""
        name = self._pointed_at()
        while name and not (self.root / name).is_dir():
            # It was swapped and removed between two looks; if nobody swapped, it was removed by hand.
            before, name = name, self._pointed_at()
            if name == before:
                return None
        return self.root / name if name else None

    def _pointed_at(self) -> str:
        try:
            name = (self.root / "CURRENT").read_text("ascii").strip()
        except (FileNotFoundError, UnicodeDecodeError):
            return ""
        match = _NAME.fullmatch(name)
        return name if match and int(match[2]) == FORMAT else ""

    def begin(self) -> Path:
        """An empty folder for the next version; the caller holds the lock."""
        numbers = [int(match[1]) for match in (_NAME.fullmatch(path.name) for path in self.root.iterdir()) if match]
        folder = self.root / f"v{max(numbers, default=0) + 1:06}-f{FORMAT}"
        folder.mkdir()
        return folder

    def make_current(self, folder: Path) -> None:
        """Let readers find this version from now on; the caller holds the lock."""
        pointer = self.root / "CURRENT.new"
        with pointer.open("w", encoding="ascii") as file:
            file.write(folder.name + "\n")
            file.flush()
            os.fsync(file.fileno())
        pointer.replace(self.root / "CURRENT")
        handle = os.open(self.root, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def remove_leftovers(self, *, keep: frozenset[Path]) -> None:
        """Remove every version but those to keep; the caller holds the lock."""
        for folder in self.root.iterdir():
            if _NAME.fullmatch(folder.name) and folder not in keep:
                shutil.rmtree(folder, ignore_errors=True)

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Be the only writer; the operating system opens the lock when its holder dies.

        Raises Unavailable when another writer does not finish in time.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        with (self.root / "LOCK").open("a") as file:
            tries = max(1, round(self._patience_seconds / _PAUSE_SECONDS))
            for attempt in range(tries):
                try:
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    if attempt + 1 == tries:
                        raise Unavailable("the search index is being written by another process") from None
                    time.sleep(_PAUSE_SECONDS)
            yield
