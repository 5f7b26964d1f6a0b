"""The log of an installation: everything in one file of the instance folder, what needs attention on the terminal too."""

import logging
import sys
import time
from logging.handlers import WatchedFileHandler
from pathlib import Path

LOG_FILE = "standards-wf.log"


def open_log(folder: Path) -> None:
    """Write the log of this process to `folder`; opening it twice changes nothing.

    Several processes share the file: each line is written at once, and a file that was moved away is made anew.
    """
    folder.mkdir(parents=True, exist_ok=True)
    root = logging.getLogger()
    for handler in [each for each in root.handlers if isinstance(each, _Terminal | _LogFile)]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(logging.INFO)
    root.addHandler(_LogFile(folder / LOG_FILE))
    root.addHandler(_Terminal())


class _InUTC(logging.Formatter):
    converter = staticmethod(time.gmtime)


class _Sentence(logging.Formatter):
    """One sentence for the person at the terminal; the stack behind an error is in the file."""

    def format(self, record: logging.LogRecord) -> str:
        return f"{record.levelname}: {record.getMessage()}"


class _LogFile(WatchedFileHandler):
    """The file: who said what, when."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, encoding="utf-8")
        self.setFormatter(_InUTC("%(asctime)sZ %(levelname)s %(process)d %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%S"))


class _Terminal(logging.StreamHandler):  # type: ignore[type-arg]  # generic for the type checker, not when it runs
    """The terminal: warnings and worse."""

    def __init__(self) -> None:
        super().__init__(sys.stderr)
        self.setLevel(logging.WARNING)
        self.setFormatter(_Sentence())
