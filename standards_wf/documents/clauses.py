"""The body of a text as its author thinks of it: chapters, clauses, terms and annexes with what stands in them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from standards_wf.documents.typography import normal_marks


class ClauseKind(StrEnum):
    """What a piece of a text is, in the words of GB/T 1.1—2020 (table 3) and JJF 1071—2010."""

    FOREWORD = "foreword"
    INTRODUCTION = "introduction"
    CHAPTER = "chapter"
    CLAUSE = "clause"
    TERM = "term"
    ANNEX = "annex"
    BIBLIOGRAPHY = "bibliography"
    INDEX = "index"


class AnnexKind(StrEnum):
    """Whether an annex binds (规范性) or informs (资料性)."""

    NORMATIVE = "normative"
    INFORMATIVE = "informative"

    @property
    def mark(self) -> str:
        """The second line of the annex's heading."""
        return "（规范性）" if self is AnnexKind.NORMATIVE else "（资料性）"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the first row is its head. An empty cell is printed as a dash (GB/T 1.1—2020, 9.8)."""

    rows: tuple[tuple[str, ...], ...]
    caption: str = ""
    unit: str = ""

    @property
    def head(self) -> tuple[str, ...]:
        """The row that is repeated when the table runs over a page."""
        return self._filled(self.rows[0])

    @property
    def body(self) -> tuple[tuple[str, ...], ...]:
        """The rows under the head."""
        return tuple(self._filled(row) for row in self.rows[1:])

    def _filled(self, row: tuple[str, ...]) -> tuple[str, ...]:
        width = max(len(each) for each in self.rows)
        return tuple(normal_marks(" ".join(cell.split())) or "—" for cell in (*row, *("",) * (width - len(row))))


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula on its own line, with the number in the right margin."""

    text: str
    number: str = ""


Block: TypeAlias = str | Table | Formula


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered (or titled) piece of a text.

    `label` is the bare number: `4`, `4.1`, `A`, `A.1`; a bibliography has none. A clause without title carries its
    number in front of its first paragraph. List items are paragraphs that begin with `a) `, `1) ` or `——`.
    """

    kind: ClauseKind
    label: str
    title: str
    blocks: tuple[Block, ...] = ()
    annex: AnnexKind | None = None

    @property
    def level(self) -> int:
        """1 for chapters, annexes and whatever has no number; one more for each dot of the number."""
        return self.label.count(".") + 1


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph (or table) of the printed body; `role` chooses its style in the template."""

    role: str
    label: str = ""
    text: str = ""
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents."""

    level: int
    text: str


_LISTED_LEVELS = 2
"""The contents list chapters and the clauses directly below them."""

LIST_ITEM = re.compile(
    r"^(?:(?P<letter>[a-z]\))|(?P<number>\d{1,2}\))|(?P<dash>——|—(?!\d)))[\s　]*(?P<text>.*)$", re.DOTALL
)
_NOTE = re.compile(r"^(?P<label>注\d*[：:])[\s　]*(?P<text>.*)$", re.DOTALL)
_EXAMPLE = re.compile(r"^(?P<label>示例\d*[：:])[\s　]*(?P<text>.*)$", re.DOTALL)
_WHERE = re.compile(r"^式中[：:]")
_SYMBOL = re.compile(r"^\S[^。；]{0,24}?[\s　]*——[\s　]*\S")


def normal_line(text: str) -> str:
    """A paragraph as it is compared and stored: marks of lists and notes closed up to one form, ends trimmed."""
    text = normal_marks(text.strip())
    if item := LIST_ITEM.match(text):
        return f"——{item['text']}" if item["dash"] else f"{item['letter'] or item['number']} {item['text']}"
    for pattern in (_NOTE, _EXAMPLE):
        if noted := pattern.match(text):
            return f"{noted['label'].replace(':', '：')}{noted['text']}"
    return text


def plain_text(blocks: Sequence[Block]) -> str:
    """What the blocks say, one paragraph or table row a line; this is what is indexed, compared and commented on."""
    said: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            said += [normal_marks(part) for part in (block.caption, block.unit) if part]
            said += [" | ".join(row) for row in (block.head, *block.body)]
        elif isinstance(block, Formula):
            formula = normal_marks(block.text)
            said.append(f"{formula}\t（{block.number}）" if block.number else formula)
        else:
            said.append(normal_line(block))
    return "\n".join(said)


def lines_of(clauses: Sequence[Clause]) -> Iterator[Line]:
    """The printed body, paragraph by paragraph, in the order of the clauses."""
    for clause in clauses:
        blocks = clause.blocks
        if clause.kind is ClauseKind.ANNEX:
            yield Line("annex", label=clause.label)
            yield Line("annex_kind", text=clause.annex.mark if clause.annex else "")
            yield Line("annex_title", text=clause.title)
        elif clause.kind is ClauseKind.BIBLIOGRAPHY:
            yield Line("bibliography", text=clause.title)
        elif clause.kind is ClauseKind.INDEX:
            yield Line("index", text=clause.title)
        elif clause.kind is ClauseKind.TERM:
            yield Line("term_number", label=clause.label)
            yield Line("term", text=clause.title)
        elif clause.title:
            yield Line(_heading_role(clause), label=clause.label, text=clause.title)
        else:
            first = blocks[0] if blocks and isinstance(blocks[0], str) else ""
            yield Line(f"untitled_{min(clause.level - 1, 5)}", label=clause.label, text=first)
            blocks = blocks[1:] if first else blocks
        for block in blocks:
            yield from _lines_of_block(block, referring=clause.kind is ClauseKind.BIBLIOGRAPHY)
    yield Line("end")


def entries_of(clauses: Sequence[Clause]) -> Iterator[Entry]:
    """The contents: chapters, titled clauses of the first level, annexes, bibliography and index; never terms."""
    for clause in clauses:
        if clause.kind is ClauseKind.ANNEX:
            yield Entry(1, f"附录{clause.label}{clause.annex.mark if clause.annex else ''}　{clause.title}")
        elif clause.kind in (ClauseKind.BIBLIOGRAPHY, ClauseKind.INDEX):
            yield Entry(1, clause.title)
        elif clause.kind in (ClauseKind.CHAPTER, ClauseKind.CLAUSE) and clause.title and clause.level <= _LISTED_LEVELS:
            yield Entry(clause.level, f"{clause.label}　{clause.title}")


def _heading_role(clause: Clause) -> str:
    if clause.kind is ClauseKind.CHAPTER:
        return "chapter"
    family = "annex_clause" if clause.label[:1].isalpha() else "clause"
    return f"{family}_{min(max(clause.level - 1, 1), 5)}"


def _lines_of_block(block: Block, *, referring: bool) -> Iterator[Line]:
    if isinstance(block, Table):
        if block.caption:
            yield Line("table_caption", text=block.caption)
        if block.unit:
            yield Line("table_unit", text=block.unit)
        yield Line("table", head=block.head, rows=block.body)
    elif isinstance(block, Formula):
        yield Line("formula", text=block.text, label=f"（{block.number}）" if block.number else "")
    else:
        yield Line("reference", text=block) if referring else _line_of_paragraph(block)


def _line_of_paragraph(text: str) -> Line:
    if item := LIST_ITEM.match(text):
        role = "list_letter" if item["letter"] else "list_number" if item["number"] else "list_dash"
        return Line(role, label=item["letter"] or item["number"] or "——", text=item["text"])
    for role, pattern in (("note", _NOTE), ("example", _EXAMPLE)):
        if found := pattern.match(text):
            return Line(role, label=found["label"], text=found["text"])
    role = "where" if _WHERE.match(text) else "symbol" if _SYMBOL.match(text) else "paragraph"
    return Line(role, text=text)
