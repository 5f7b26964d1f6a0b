"""The paragraphs and tables of a docx with what stands in them: cells, merged cells, text boxes."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from standards_wf.documents.elements import (
    Block,
    Cell,
    ChangeKind,
    Doubt,
    NotRecognised,
    Paragraph,
    Role,
    Table,
    Text,
    words_of,
)
from standards_wf.documents.inlines import MC, STORY, WRAPPERS, Lines, all_words, chosen, is_on, is_shown
from standards_wf.documents.package import W

_DEEPEST = 12
"""Tables within tables and boxes within boxes are followed so far; nobody reads further."""
_WIDEST = 63
"""A table of Word has no more columns."""


class Content:
    """Reads the blocks of one docx."""

    def __init__(self, lines: Lines) -> None:
        self.lines = lines
        self._depth = 0

    def boxes(self, paragraph: etree._Element) -> Iterator[Block]:
        """What stands in the text boxes that are anchored in a paragraph."""
        for box in paragraph.iter(f"{W}txbxContent"):
            if is_shown(box, paragraph):
                for block in self.blocks(box):
                    if isinstance(block, Paragraph) and words_of(block.content).strip():
                        yield Paragraph(block.content, Role.BOX, block.label, block.at)
                    elif not isinstance(block, Paragraph):
                        yield block

    def blocks(self, parent: etree._Element) -> Iterator[Block]:
        """The paragraphs and tables of a story: a cell, a box, a footnote."""
        if self._depth >= _DEEPEST:
            text = "".join(each.text or "" for each in parent.iter(f"{W}t"))
            yield Paragraph((Text(text),) if text else (), at=-1)
            return
        self._depth += 1
        for element in story_of(parent):
            if element.tag == f"{W}tbl":
                yield self.table(element)
            else:
                yield Paragraph(self.lines.line(element), at=self.lines.at(element))
                yield from self.boxes(element)
        self._depth -= 1

    def table(self, table: etree._Element) -> Table:
        """A table with its merged cells; deleted rows are among the changes."""
        at = self.lines.at(table)
        rows: list[list[_Begun]] = []
        above: list[_Begun | None] = []
        heads = 0
        for row in inside(table, f"{W}tr"):
            properties = row.find(f"{W}trPr")
            deleted = properties.find(f"{W}del") if properties is not None else None
            if deleted is not None:
                self.lines.note_change(deleted, ChangeKind.DELETED, at, of=row)
                continue
            if heads == len(rows) and properties is not None and is_on(properties.find(f"{W}tblHeader")):
                heads += 1
            begun, above = self._row(row, above, at)
            rows.append(begun)
        return Table(tuple(tuple(each.settled() for each in row) for row in rows), heads=heads, at=at)

    def _row(
        self, row: etree._Element, above: list["_Begun | None"], at: int
    ) -> tuple[list["_Begun"], list["_Begun | None"]]:
        """The cells that begin in a row, and which cell stands in each of its columns."""
        columns: list[_Begun | None] = [None] * (number_of(row.find(f"{W}trPr"), "gridBefore") or 0)
        begun: list[_Begun] = []
        for element in inside(row, f"{W}tc"):
            properties = element.find(f"{W}tcPr")
            width = max(1, min(number_of(properties, "gridSpan") or 1, _WIDEST))
            goes_on = _continues(properties, "vMerge")
            cell = above[len(columns)] if goes_on and len(columns) < len(above) else None
            if cell is None:
                if goes_on:
                    self.lines.doubts.append(
                        NotRecognised(Doubt.MERGED_BEYOND_THE_TABLE, all_words(element)[:40], at=at)
                    )
                cell = _Begun(list(self.blocks(element)), width)
                begun.append(cell)
            else:
                cell.rows += 1
                cell.blocks += [each for each in self.blocks(element) if _says_something(each)]
            columns += [cell] * width
        return begun, columns


@dataclass
class _Begun:
    """A cell that may go on in the rows below."""

    blocks: list[Block]
    columns: int
    rows: int = 1

    def settled(self) -> Cell:
        """The cell, when all its rows have been read."""
        return Cell(tuple(self.blocks), self.columns, self.rows)


def story_of(parent: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables of a story in reading order, through whatever wraps them."""
    for child in parent:
        if child.tag in STORY:
            yield child
        elif child.tag in WRAPPERS:
            yield from story_of(child)
        elif child.tag == f"{MC}AlternateContent":
            yield from story_of(chosen(child))


def number_of(properties: etree._Element | None, name: str) -> int | None:
    """A whole number among the properties of a row, a cell or a paragraph."""
    found = properties.find(f"{W}{name}") if properties is not None else None
    text = found.get(f"{W}val", "") if found is not None else ""
    return int(text) if text.isdigit() and len(text) < 6 else None  # noqa: PLR2004  no table is wider


def inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The rows of a table or the cells of a row, through whatever wraps them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from inside(child, tag)


def _continues(properties: etree._Element | None, name: str) -> bool:
    merged = properties.find(f"{W}{name}") if properties is not None else None
    return merged is not None and merged.get(f"{W}val", "continue") == "continue"


def _says_something(block: Block) -> bool:
    return not isinstance(block, Paragraph) or bool(words_of(block.content).strip())
