"""The body of a text as its author thinks of it: chapters, clauses, terms and annexes with what stands in them."""

import re
from collections.abc import Sequence
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


LIST_ITEM = re.compile(
    r"^(?:(?P<letter>[a-z]\))|(?P<number>\d{1,2}\))|(?P<dash>——|—(?!\d)))[\s　]*(?P<text>.*)$", re.DOTALL
)
_NOTE = re.compile(r"^(?P<label>注\d*[：:])[\s　]*(?P<text>.*)$", re.DOTALL)
_EXAMPLE = re.compile(r"^(?P<label>示例\d*[：:])[\s　]*(?P<text>.*)$", re.DOTALL)


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
