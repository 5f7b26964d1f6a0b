"""Tables of Word: merged cells, repeated heads, columns as wide as what stands in them asks for."""

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from standards_wf.documents.elements import Cell, Table, lines_in
from standards_wf.documents.writing.xml import attribute

TYPE_AREA = 9354
"""The width of the type area in twentieths of a point."""
_WIDEST_CELL = 28
_NARROWEST_CELL = 4

WriteCell = Callable[[Cell, int], str]
"""The paragraphs of a cell that is so wide."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A cell in its row: the first of its columns, and whether it only goes on from above."""

    cell: Cell
    column: int
    goes_on: bool


def table_of(table: Table, write: WriteCell, *, style: str, width: int = TYPE_AREA) -> str:
    """A table; `write` makes the paragraphs of a cell."""
    rows = [list(row) for row in _placed(table)]
    count = max((each.column + each.cell.columns for row in rows for each in row), default=1)
    widths = _widths(rows, count, width)
    grid = "".join(f'<w:gridCol w:w="{each}"/>' for each in widths)
    written = "".join(_row(row, widths, write, is_head=place < table.heads) for place, row in enumerate(rows))
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{attribute(style)}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{written}</w:tbl>'
    )


def _placed(table: Table) -> Iterator[Iterator[_Placed]]:
    """Each row with all its cells: those that begin in it and those that go on from above, from left to right."""
    reaching: dict[int, tuple[Cell, int]] = {}
    for row in table.rows:
        placed: list[_Placed] = []
        below: dict[int, tuple[Cell, int]] = {}
        waiting, column = list(row), 0
        while waiting or any(place >= column for place in reaching):
            if column in reaching:
                cell, left = reaching.pop(column)
            elif waiting:
                cell, left = waiting.pop(0), -1
            else:
                break
            goes_on = left >= 0
            left = left if goes_on else cell.rows - 1
            placed.append(_Placed(cell, column, goes_on))
            if left > 0:
                below[column] = (cell, left - 1)
            column += cell.columns
        reaching = below
        yield iter(placed)


def _row(row: list[_Placed], widths: list[int], write: WriteCell, *, is_head: bool) -> str:
    properties = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>" if is_head else "<w:trPr><w:cantSplit/></w:trPr>"
    return f"<w:tr>{properties}{''.join(_cell(each, widths, write) for each in row)}</w:tr>"


def _cell(placed: _Placed, widths: list[int], write: WriteCell) -> str:
    cell = placed.cell
    width = sum(widths[placed.column : placed.column + cell.columns])
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merged = "<w:vMerge/>" if placed.goes_on else '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
    said = "<w:p/>" if placed.goes_on else write(cell, width)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f"{said}</w:tc>"
    )


def _widths(rows: list[list[_Placed]], count: int, total: int) -> list[int]:
    """The width shared among the columns by the length of what stands in them; merged cells ask for nothing."""
    needs = [_NARROWEST_CELL] * count
    for row in rows:
        for each in row:
            if each.cell.columns == 1 and not each.goes_on:
                needed = max((_measure(line) for line in lines_in(each.cell.blocks)), default=0)
                needs[each.column] = max(needs[each.column], min(needed, _WIDEST_CELL))
    return [max(1, total * need // sum(needs)) for need in needs]


@lru_cache(maxsize=4096)
def _measure(text: str) -> int:
    """The length of a text in half-width columns."""
    return 2 + sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
