"""The cover of a text, read line by line: title, numbers, classes, dates, issuer."""

import re
from collections.abc import Sequence

from standards_wf.documents.elements import Cover
from standards_wf.workflow.numbers import find_numbers

_DRAFT_WORDS = re.compile(r"工作组讨论稿|送审讨论稿|讨论稿|征求意见稿|送审稿|报审稿|报批稿")
_FIELDS = {
    "replaces": re.compile(r"^(?:部分)?代替\s*(?P<said>\S.*)$"),
    "ics": re.compile(r"^ICS\s*(?P<said>\d{2}(?:\.\d{2,3}){0,2}(?:[;；,，]\s*\d{2}(?:\.\d{2,3}){0,2})*)"),
    "ccs": re.compile(r"^(?:CCS\s*)?(?P<said>[A-Z]\s?\d{2}(?:/\d{2})?)$"),
    "issuer": re.compile(r"^(?P<said>[^\d\s].*?)[\s　]+发\s*布$"),
}
_DATE = re.compile(
    r"(?P<day>\d{4}\s*[-—–.年]\s*\d{1,2}\s*[-—–.月]\s*\d{1,2}|[XＸ×]{4}-[XＸ×]{2}-[XＸ×]{2})日?\s*(?P<what>发\s*布|实\s*施)"
)
_CLASS = re.compile(r"^.{0,24}(?:标\s*准|技\s*术\s*规\s*范|指导性技术文件)$")
_LATIN = re.compile(r"[A-Za-z]")
_HAN = re.compile(r"[一-鿿]")


def read_cover(lines: Sequence[str], title: str) -> Cover:
    """What the lines before the first heading say; what is not recognised stays empty."""
    said = [part.strip() for line in lines for part in line.split("\n") if part.strip()]
    found: dict[str, str] = {}
    for line in said:
        for name, text in _told(line).items():
            found.setdefault(name, text)
    after = said[said.index(title) + 1 :] if title in said else []
    english = next((line for line in after if _LATIN.search(line) and not _HAN.search(line)), "")
    marks = [mark[0] for line in said if (mark := _DRAFT_WORDS.search(line))]
    return Cover(lines=tuple(said), title=title, title_en=english, draft_words=marks[0] if marks else "", **found)


def _told(line: str) -> dict[str, str]:
    """What one line tells, by the name of the field."""
    dates = {
        "published_on" if found["what"].startswith("发") else "effective_on": "".join(found["day"].split())
        for found in _DATE.finditer(line)
    }
    if dates:
        return dates
    for name, pattern in _FIELDS.items():
        if found := pattern.match(line):
            return {name: found["said"].strip()}
    numbers = find_numbers(line)
    if numbers and (numbers[0].start, numbers[0].stop) == (0, len(line)):
        return {"number": str(numbers[0].number)}
    return {"class_line": "".join(line.split())} if _CLASS.match(line) else {}
