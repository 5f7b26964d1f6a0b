"""What the command line prints: sentences and tables for people, JSON for machines."""

import json
import sys
from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width

import click

from standards_wf.cli.speaking import option
from standards_wf.services.record import plain
from standards_wf.wording.language import Term

as_json = option("--json", "machine", is_flag=True, about=Term("以JSON输出，供程序读取", "print JSON, for programs"))


def say(text: str = "") -> None:
    """A sentence for the person at the terminal."""
    click.echo(text)


def tell(text: str) -> None:
    """A sentence beside the answer: progress, a hint, a mistake."""
    click.echo(text, err=True)


def data(content: object) -> None:
    """The answer as JSON: dates as text, codes as they are stored."""
    click.echo(json.dumps(plain(content), ensure_ascii=False, indent=2))


def line(content: object) -> None:
    """One answer of several as JSON, on a line of its own."""
    click.echo(json.dumps(plain(content), ensure_ascii=False))


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A table in columns; a Chinese character is as wide as two letters."""
    cells = [list(head), *([str(cell) for cell in row] for row in rows)]
    widths = [max(_width(row[column]) for row in cells) for column in range(len(head))]
    for place, row in enumerate(cells):
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        say("  ".join(padded).rstrip())
        if place == 0:
            say("  ".join("─" * width for width in widths))


def _width(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


class Progress:
    """Long work shown on a terminal, on one line; a pipe gets nothing."""

    def __init__(self) -> None:
        self._shown = sys.stderr.isatty()

    def __call__(self, done: int, of: int, what: str) -> None:
        """So much is done, of so much; the last was this."""
        if not self._shown:
            return
        bar = "█" * (20 * done // of) + "░" * (20 - 20 * done // of)
        click.echo(f"\r\x1b[K{bar} {done}/{of}  {what[:30]}", err=True, nl=done >= of)
