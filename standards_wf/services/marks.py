"""Whether a text bears the number and the dates that it is published with."""

import re
import unicodedata
from datetime import date

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－—"), "-")
_BLANKS = re.compile(r"\s+")


def folded(text: str) -> str:
    """The text with widths, dashes, blanks and case evened out, so that a number is found however it is set."""
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text).translate(_DASHES)).casefold()


def _spellings(day: date) -> tuple[str, ...]:
    return (
        day.isoformat(),
        f"{day.year}年{day.month}月{day.day}日",
        f"{day.year}年{day.month:02}月{day.day:02}日",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}.{day.month:02}.{day.day:02}",
    )


def marks_missing(folded_text: str, number: str, published_on: date, effective_on: date) -> tuple[str, ...]:
    """Which of number, publication date and implementation date the folded text does not bear."""
    missing = [] if folded(number) in folded_text else ["number"]
    for name, day in (("published_on", published_on), ("effective_on", effective_on)):
        if not any(spelling in folded_text for spelling in _spellings(day)):
            missing.append(name)
    return tuple(missing)
