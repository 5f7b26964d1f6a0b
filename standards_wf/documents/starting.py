"""The first text of a case, from what a drafter types or pastes: scope, references, terms, headings."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from standards_wf.documents.clauses import AnnexKind, Clause, ClauseKind
from standards_wf.documents.elements import Section
from standards_wf.documents.writing.sections import sections_of

_SCOPE, _REFERENCES, _TERMS, _FIRST_OWN = "1", "2", "3", 4
_ANNEX = re.compile(r"^附[\s　]*录[\s　]*[A-Z]?[\s　]*(?P<kind>[（(]?(?:规范性|资料性)[)）]?)?[\s　:：]*(?P<title>.*)$")
_BULLET = re.compile(r"^[\s　]*(?:[•·▪●◦*]|[-–—]+)[\s　]+")
_NUMBER = re.compile(
    r"^(?P<number>[A-Z](?:[.．]\d{1,3}){1,5}|\d{1,2}(?:[.．]\d{1,3}){0,9})(?![\d%])[.．、]?[\s　]*(?P<title>.*)$"
)
_OUTLINE = re.compile(r"^第[一二三四五六七八九十\d]+[章节条][\s　]*(?P<title>.*)$")
_TERM = re.compile(
    r"^(?:\d+(?:[.．]\d+)*[\s　]+)?(?P<term>[^:：;；A-Za-z]*[^\x00-\x7f])[\s　]*(?P<english>[A-Za-z][^:：\u4e00-\u9fff]*)?"
    r"(?:[:：][\s　]*(?P<definition>.*))?$"
)
_PAGE = re.compile(r"[\t.．…·]+\s*(?:\d+|[IVXivx]+)\s*$")
"""The number of the page in a pasted table of contents."""
_DEEPEST = 6
"""A chapter and five levels below it."""
_FIXED = frozenset({"范围", "规范性引用文件", "引用文件", "术语和定义", "术语", "前言", "引言", "目次"})
"""What has a field of its own, or is made by the system; a pasted table of contents names them too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """What was typed, field by field, with its lines."""

    scope: str = ""
    references: str = ""
    terms: str = ""
    headings: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """The fixed words around what was typed, in the words of one kind of document."""

    references: str
    with_references: str
    without_references: str
    with_terms: str
    without_terms: str


STANDARD = Wording(
    references="规范性引用文件",
    with_references="下列文件中的内容通过文中的规范性引用而构成本文件必不可少的条款。其中，注日期的引用文件，仅该日期对应的版本"
    "适用于本文件；不注日期的引用文件，其最新版本（包括所有的修改单）适用于本文件。",
    without_references="本文件没有规范性引用文件。",
    with_terms="下列术语和定义适用于本文件。",
    without_terms="本文件没有需要界定的术语和定义。",
)
SPECIFICATION = Wording(
    references="引用文件",
    with_references="本规范引用了下列文件：",
    without_references="本规范没有引用文件。",
    with_terms="下列术语和定义适用于本规范。",
    without_terms="本规范没有需要界定的术语。",
)


def started(start: Start, wording: Wording) -> tuple[Section, ...]:
    """The chapters that were typed, numbered anew from 1; what was pasted with numbers keeps its levels."""
    references, terms = _lines(start.references), list(_terms(start.terms))
    lead = wording.with_references if references else wording.without_references
    told = wording.with_terms if terms else wording.without_terms
    return sections_of(
        (
            Clause(ClauseKind.CHAPTER, _SCOPE, "范围", tuple(_lines(start.scope))),
            Clause(ClauseKind.CHAPTER, _REFERENCES, wording.references, (lead, *references)),
            Clause(ClauseKind.CHAPTER, _TERMS, "术语和定义", (told,)),
            *terms,
            *_headings(start.headings),
        )
    )


def _lines(typed: str) -> list[str]:
    """The lines that say something, without the marks of a pasted list."""
    bare = (_BULLET.sub("", line).strip().strip("　") for line in typed.splitlines())
    return [line for line in bare if line]


def _terms(typed: str) -> Iterator[Clause]:
    for place, line in enumerate(_lines(typed), start=1):
        found = _TERM.match(line)
        term, english, definition = (found["term"], found["english"], found["definition"]) if found else (line, "", "")
        title = " ".join(part.strip() for part in (term, english or "") if part.strip())
        yield Clause(ClauseKind.TERM, f"{_TERMS}.{place}", title, (definition.strip(),) if definition else ())


def _headings(typed: str) -> Iterator[Clause]:
    """The headings, numbered on from the chapters above and within each annex; no level is jumped over."""
    counted: list[int] = []
    annex = ""
    for depth, title in _outline(typed):
        if found := _ANNEX.match(title):
            annex, counted = chr(ord(annex) + 1) if annex else "A", []
            kind = AnnexKind.NORMATIVE if "规范" in (found["kind"] or "") else AnnexKind.INFORMATIVE
            yield Clause(ClauseKind.ANNEX, annex, found["title"].strip(), annex=kind)
            continue
        within = depth - 1 if annex else depth
        level = max(1, min(within, len(counted) + 1, _DEEPEST - 1 if annex else _DEEPEST))
        before = counted[level - 1] if len(counted) >= level else 0 if annex or level > 1 else _FIRST_OWN - 1
        counted = [*counted[: level - 1], before + 1]
        label = ".".join((*((annex,) if annex else ()), *map(str, counted)))
        yield Clause(ClauseKind.CLAUSE if "." in label else ClauseKind.CHAPTER, label, title)


def _outline(typed: str) -> Iterator[tuple[int, str]]:
    """The headings with how deep they stand: by the number typed, else by how far the line is set in."""
    skipped = False
    for line in typed.splitlines():
        bare = _PAGE.sub("", _BULLET.sub("", line)).strip(" \t　")
        if not bare:
            continue
        set_in = line[: len(line) - len(line.lstrip(" \t　"))].replace("\t", "　").replace("  ", "　").count("　")
        depth, title = set_in + 1, bare
        if found := _OUTLINE.match(bare):
            depth, title = 1, found["title"]
        elif found := _NUMBER.match(bare):
            depth, title = found["number"].replace("．", ".").count(".") + 1, found["title"]
        is_own = "".join(title.split()) not in _FIXED
        skipped = not is_own if depth == 1 else skipped
        if title and is_own and not skipped:
            yield depth, title
