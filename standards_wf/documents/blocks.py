"""The content of a clause: gathered from the paragraphs and tables of a file, stored as JSON, and back without loss."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from standards_wf.documents.clauses import Block, Formula, Table, normal_line
from standards_wf.documents.typography import normal_marks

_CAPTION = re.compile(r"^表\s*(?:[A-Z]\s*[.．]\s*)?\d+(?![\d.．])[\s　]*(?![，。；、的中和与给规])(?!.*[。：；]$)")
_LONGEST_CAPTION = 60
_UNIT = re.compile(r"^单位(?:为|[：:])\S{1,20}$")
_FORMULA = re.compile(
    r"^[\s　]*(?P<text>\S.*?)(?:[\s　]*(?:\t|[.．…·]{2,})[\s　]*)[(（](?P<number>(?:[A-Z]\s*[.．]?\s*)?\d+)[)）]$",
    re.DOTALL,
)


def take_table(blocks: list[Block], rows: tuple[tuple[str, ...], ...]) -> None:
    """Add a table to the blocks read so far; the lines right before it that name it and its unit become its own."""
    if not rows:
        return
    unit = _taken(blocks, _UNIT)
    caption = _taken(blocks, _CAPTION)
    width = max(len(row) for row in rows)
    filled = tuple(tuple(normal_marks(cell) for cell in (*row, *("",) * (width - len(row)))) for row in rows)
    blocks.append(Table(filled, caption, unit))


def _taken(blocks: list[Block], pattern: re.Pattern[str]) -> str:
    last = blocks[-1] if blocks else None
    if isinstance(last, str) and len(last) <= _LONGEST_CAPTION and pattern.match(last):
        blocks.pop()
        return last
    return ""


def take_paragraph(blocks: list[Block], text: str, *, style: str) -> None:
    """Add a paragraph to the blocks read so far.

    What stands in the style of formulae, or has a number at the end of its line as only formulae have, is a formula.
    """
    numbered = _FORMULA.match(text)
    if numbered:
        blocks.append(Formula(normal_marks(numbered["text"].strip()), re.sub(r"\s", "", numbered["number"])))
    elif "公式" in style:
        blocks.append(Formula(normal_marks(text.strip())))
    else:
        blocks.append(normal_line(text))


def blocks_as_json(blocks: Sequence[Block]) -> str:
    """The blocks of a clause as text that a column can keep."""
    return json.dumps([_plain(block) for block in blocks], ensure_ascii=False, separators=(",", ":"))


def blocks_from_json(text: str) -> tuple[Block, ...]:
    """The blocks as they were stored.

    Raises ValueError when the text was not written by `blocks_as_json`.
    """
    try:
        return tuple(_block(entry) for entry in json.loads(text))
    except (KeyError, TypeError) as error:
        raise ValueError(f"not the blocks of a clause: {text[:80]}") from error


def _plain(block: Block) -> str | dict[str, object]:
    if isinstance(block, Table):
        return {"table": block.rows, "caption": block.caption, "unit": block.unit}
    return {"formula": block.text, "number": block.number} if isinstance(block, Formula) else block


def _block(entry: str | Mapping[str, Any]) -> Block:
    if isinstance(entry, str):
        return entry
    if "formula" in entry:
        return Formula(entry["formula"], entry["number"])
    return Table(tuple(tuple(row) for row in entry["table"]), entry["caption"], entry["unit"])
