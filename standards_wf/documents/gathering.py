"""Blocks of a clause, gathered from the paragraphs and tables of a file: lists, notes, formulae, captions, figures."""

import re
import unicodedata

from standards_wf.documents.clauses import LIST_ITEM, normal_line
from standards_wf.documents.elements import (
    Block,
    Figure,
    Formula,
    Inline,
    Math,
    Paragraph,
    Picture,
    Role,
    Table,
    Text,
    stored_words,
)
from standards_wf.documents.paragraphs import Piece

_CAPTION = re.compile(
    r"^(?P<what>[表图])\s*(?:[A-Z]\s*[.．]\s*)?\d+(?![\d.．])[\s　]*(?![，。；、的中和与给规])(?!.*[。：；]$)"
)
_LONGEST_CAPTION = 60
_UNIT = re.compile(r"^单位(?:为|[：:])\S{1,20}$")
_FORMULA_NUMBER = re.compile(r"(?:[\s　]*(?:\t|[.．…·]{2,})[\s　]*)[(（](?P<number>(?:[A-Z]\s*[.．]?\s*)?\d+)[)）]\s*$")
_BESIDE_MATH = re.compile(r"[\s　.．…·（）()0-9]|[A-Z][.．]")
"""What may stand on the line of a formula beside it: the dots and the number."""
_HEADS = (
    (Role.NOTE, re.compile(r"^(?P<label>注\d*[：:])[\s　]*")),
    (Role.EXAMPLE, re.compile(r"^(?P<label>示例\d*[：:])[\s　]*")),
)
_BOX = "标准文件_文本框"
_WHERE = re.compile(r"^式中[：:]")


def take_piece(blocks: list[Block], piece: Piece, *, referring: bool = False) -> None:
    """Add a paragraph to the blocks read so far, as what it is; `referring` is a list of documents."""
    if piece.content or piece.label:
        for block in _blocks_of(piece, referring=referring):
            if not _completes(blocks, block):
                blocks.append(block)
    blocks.extend(piece.boxes)


def take_table(blocks: list[Block], table: Table) -> None:
    """Add a table; the lines right before it that name it and its unit become its own."""
    if not table.rows:
        return
    unit = _taken(blocks, _UNIT)
    caption = _taken(blocks, _CAPTION, "表")
    blocks.append(Table(table.rows, caption, unit, table.heads, table.at))


def _blocks_of(piece: Piece, *, referring: bool) -> tuple[Block, ...]:
    pictures = tuple(each for each in piece.content if isinstance(each, Picture))
    words = tuple(each for each in piece.content if not isinstance(each, Picture))
    if pictures and not stored_words(words).strip():
        return (Figure(pictures, at=piece.at),)
    if formula := _formula(piece):
        return (formula,)
    return (_paragraph(piece, referring=referring),) if piece.text.strip() or piece.label or piece.content else ()


def _formula(piece: Piece) -> Formula | None:
    """What stands in the style of formulae, has a number at the end of its line as only formulae have, or is one."""
    numbered = _FORMULA_NUMBER.search(piece.text)
    is_math = any(isinstance(each, Math) for each in piece.content) and not _BESIDE_MATH.sub(
        "", "".join(each.text for each in piece.content if isinstance(each, Text))
    )
    if numbered and piece.text[: numbered.start()].strip():
        content = without_tail(piece.content, len(piece.text) - numbered.start())
        return Formula(trimmed(content), re.sub(r"\s", "", numbered["number"]), piece.at)
    if "公式" in piece.style or is_math:
        return Formula(trimmed(piece.content), at=piece.at)
    return None


def _paragraph(piece: Piece, *, referring: bool) -> Paragraph:
    content = trimmed(piece.content)
    if piece.style == _BOX:
        return Paragraph(content, Role.BOX, piece.label, piece.at)
    words = stored_words(content)
    label = _list_mark(piece.label) if piece.label else ""
    if found := LIST_ITEM.match(f"{label}{words}"):
        role = Role.LIST_LETTER if found["letter"] else Role.LIST_NUMBER if found["number"] else Role.LIST_DASH
        rest = content if label else without_head(content, found.start("text"))
        return Paragraph(trimmed(rest), role, found["letter"] or found["number"] or "——", piece.at)
    if label:
        return Paragraph(content, Role.REFERENCE if referring else Role.PARAGRAPH, label, piece.at)
    for role, pattern in _HEADS:
        if found := pattern.match(words):
            rest = trimmed(without_head(content, found.end()))
            return Paragraph(rest, role, found["label"].replace(":", "："), piece.at)
    role = Role.REFERENCE if referring else Role.WHERE if _WHERE.match(words) else Role.PARAGRAPH
    return Paragraph(content, role, at=piece.at)


def _completes(blocks: list[Block], block: Block) -> bool:
    """Whether a line is the caption of the figure before it, or a figure goes on; then it is taken up there."""
    last = blocks[-1] if blocks else None
    if not isinstance(last, Figure) or last.caption:
        return False
    if isinstance(block, Figure):
        blocks[-1] = Figure(last.pictures + block.pictures, at=last.at)
        return True
    if isinstance(block, Paragraph):
        caption = normal_line(stored_words(block.content))
        found = _CAPTION.match(caption) if len(caption) <= _LONGEST_CAPTION else None
        if found and found["what"] == "图":
            blocks[-1] = Figure(last.pictures, caption, last.at)
            return True
    return False


def _taken(blocks: list[Block], pattern: re.Pattern[str], what: str = "") -> str:
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph) and not last.label:
        words = normal_line(stored_words(last.content))
        if len(words) <= _LONGEST_CAPTION and words.startswith(what) and pattern.match(words):
            blocks.pop()
            return words
    return ""


def _list_mark(label: str) -> str:
    """An automatic mark in front of a list item, as text."""
    if label[0] in "—–-" or not label.isprintable() or unicodedata.category(label[0]) in ("Co", "So", "Po"):
        return "——"
    return f"{label} "


def without_head(content: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    """A line without so many of its first signs, which stand in plain text."""
    rest = list(content)
    while rest and length > 0 and isinstance(first := rest[0], Text):
        taken = min(length, len(first.text))
        length -= taken
        rest[:1] = [Text(first.text[taken:], first.marks)] if taken < len(first.text) else []
    return tuple(rest)


def without_tail(content: tuple[Inline, ...], length: int) -> tuple[Inline, ...]:
    """A line without so many of its last signs, which stand in plain text."""
    rest = list(content)
    while rest and length > 0 and isinstance(last := rest[-1], Text):
        taken = min(length, len(last.text))
        length -= taken
        rest[-1:] = [Text(last.text[:-taken], last.marks)] if taken < len(last.text) else []
    return tuple(rest)


def trimmed(content: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A line without the blanks at its ends."""
    first, last = content[:1], content[-1:]
    if first and isinstance(head := first[0], Text):
        content = without_head(content, len(head.text) - len(head.text.lstrip()))
        if head.text.strip() == "" and content != first:
            return trimmed(content)
    if last and content and isinstance(tail := content[-1], Text):
        shorter = without_tail(content, len(tail.text) - len(tail.text.rstrip()))
        if shorter != content and tail.text.strip() == "":
            return trimmed(shorter)
        content = shorter
    return content
