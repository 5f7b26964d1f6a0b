"""A text that was typed as plain lines, as a tree: the marks of lists, notes and small signs become what they mean."""

import re
from collections.abc import Iterable, Iterator, Sequence

from standards_wf.documents import clauses
from standards_wf.documents.clauses import LIST_ITEM, AnnexKind, Clause, ClauseKind, normal_line
from standards_wf.documents.elements import (
    Block,
    Cell,
    Formula,
    Inline,
    Mark,
    Paragraph,
    Role,
    Section,
    Table,
    Text,
)
from standards_wf.documents.typography import BELOW, small_signs

_HEADS = (
    (Role.NOTE, re.compile(r"^(?P<label>注\d*：)[\s　]*(?P<text>.*)$", re.DOTALL)),
    (Role.EXAMPLE, re.compile(r"^(?P<label>示例\d*：)[\s　]*(?P<text>.*)$", re.DOTALL)),
)
_WHERE = re.compile(r"^式中[：:]")


def sections_of(typed: Sequence[Clause]) -> tuple[Section, ...]:
    """Clauses in reading order as a tree: each under the last one before it that stands higher."""
    made: list[Section] = []
    place = 0
    while place < len(typed):
        first, end = typed[place], place + 1
        while end < len(typed) and typed[end].level > first.level:
            end += 1
        referring = first.kind is ClauseKind.BIBLIOGRAPHY
        blocks = tuple(block_of(each, referring=referring) for each in first.blocks)
        below = sections_of(typed[place + 1 : end])
        made.append(_section(first, blocks, below))
        place = end
    return tuple(made)


def _section(clause: Clause, blocks: tuple[Block, ...], below: tuple[Section, ...]) -> Section:
    annex: AnnexKind | None = clause.annex
    return Section(clause.kind, clause.label, clause.title, blocks, below, annex, clause.level, _anchor(clause))


def _anchor(clause: Clause) -> str:
    if clause.label[:1].isalpha():
        return f"annex-{clause.label.lower().replace('.', '-')}"
    return f"clause-{clause.label.replace('.', '-')}" if clause.label else str(clause.kind)


def paragraphs_of(lines: Iterable[str]) -> tuple[Block, ...]:
    """Plain lines as paragraphs."""
    return tuple(block_of(line) for line in lines)


def block_of(typed: clauses.Block, *, referring: bool = False) -> Block:
    """A line, a table or a formula as a block; `referring` is a list of documents.

    An empty cell gets its dash, and a row that is too short its cells (GB/T 1.1—2020, 9.8).
    """
    if isinstance(typed, clauses.Table):
        rows = (typed.head, *typed.body)
        return Table(tuple(tuple(_cell(words) for words in row) for row in rows), typed.caption, typed.unit, heads=1)
    if isinstance(typed, clauses.Formula):
        return Formula(line_of(typed.text), typed.number)
    return _paragraph(normal_line(typed), referring=referring)


def line_of(text: str) -> tuple[Inline, ...]:
    """Plain text with its small signs set apart."""
    return tuple(_inlines(text))


def _inlines(text: str) -> Iterator[Inline]:
    for part, style in small_signs(text):
        mark = None if style is None else Mark.BELOW if style == BELOW else Mark.ABOVE
        yield Text(part, frozenset({mark}) if mark else frozenset())


def _cell(words: str) -> Cell:
    return Cell((Paragraph(line_of(words)),))


def _paragraph(text: str, *, referring: bool) -> Paragraph:
    if item := LIST_ITEM.match(text):
        role = Role.LIST_LETTER if item["letter"] else Role.LIST_NUMBER if item["number"] else Role.LIST_DASH
        return Paragraph(line_of(item["text"]), role, item["letter"] or item["number"] or "——")
    for role, pattern in _HEADS:
        if found := pattern.match(text):
            return Paragraph(line_of(found["text"]), role, found["label"])
    role = Role.REFERENCE if referring else Role.WHERE if _WHERE.match(text) else Role.PARAGRAPH
    return Paragraph(line_of(text), role)
