"""The numbers of plan entries (项目计划编号): one spelling for each, and the next one of a year.

No published rule sets their form; the patterns here are the default of an installation, which may have its own.
"""

import re
from collections.abc import Callable, Iterable
from enum import StrEnum

from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.number_spellings import fold_signs, fold_widths
from standards_wf.workflow.numbers import Family
from standards_wf.workflow.vocabulary import Kind

_DEFAULTS = {
    Family.LOCAL_STANDARD: "DB31-{year}-{serial:3}",
    Family.GROUP_STANDARD: "T/{group}-{year}-{serial:3}",
    Family.LOCAL_METROLOGY: "JJ-{year}-{serial:3}",
}
_OF_OTHERS = "P-{year}-{serial:3}"
_PIECE = re.compile(r"\{(?P<name>year|group|serial)(?::(?P<figures>[1-6]))?\}")
_LONGEST = 60


class PatternProblem(StrEnum):
    """Why a text is not a pattern of plan numbers."""

    WITHOUT_YEAR = "pattern_without_year"
    WITHOUT_SERIAL = "pattern_without_serial"
    NOT_UNDERSTOOD = "pattern_not_understood"
    TOO_LONG = "pattern_too_long"


def default_pattern(kind: Kind) -> str:
    """The pattern of a kind where the installation has none of its own."""
    return _DEFAULTS.get(KINDS[kind].series, _OF_OTHERS)


def plan_number(text: str) -> str:
    """A plan number in its one spelling: half width, hyphens, capitals, single blanks."""
    folded = re.sub(r" ?- ?", "-", " ".join(fold_signs(fold_widths(text)).replace("\\", "/").split()))
    return re.sub(r"-{2,}", "-", folded)


def problem_of_pattern(pattern: str) -> PatternProblem | None:
    """What keeps a text from being a pattern; `None` where it is one."""
    names = [piece["name"] for piece in _PIECE.finditer(pattern)]
    rest = _PIECE.sub("0", pattern)
    if len(pattern) > _LONGEST:
        return PatternProblem.TOO_LONG
    if "{" in rest or "}" in rest or names.count("serial") > 1 or plan_number(rest) != rest:
        return PatternProblem.NOT_UNDERSTOOD
    if "serial" not in names:
        return PatternProblem.WITHOUT_SERIAL
    return None if "year" in names else PatternProblem.WITHOUT_YEAR


def next_plan_number(pattern: str, *, year: int, group: str = "", taken: Iterable[str]) -> str:
    """The number after the highest one that follows the pattern in this year."""
    reader = re.compile(_filled(pattern, year, group, lambda _figures: "([0-9]{1,9})", re.escape))
    read = (reader.fullmatch(number) for number in taken)
    last = max((int(found[1]) for found in read if found), default=0)
    return _filled(pattern, year, group, lambda figures: f"{last + 1:0{figures}}", str)


def _filled(pattern: str, year: int, group: str, serial: Callable[[int], str], literal: Callable[[str], str]) -> str:
    """The pattern with its pieces filled in, and what stands between them as `literal` writes it."""
    filled, stop = [], 0
    for piece in _PIECE.finditer(pattern):
        filled.append(literal(pattern[stop : piece.start()]))
        if piece["name"] == "serial":
            filled.append(serial(int(piece["figures"] or 1)))
        else:
            filled.append(literal(str(year) if piece["name"] == "year" else group))
        stop = piece.end()
    return "".join([*filled, literal(pattern[stop:])])
