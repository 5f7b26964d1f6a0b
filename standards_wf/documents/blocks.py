"""The content of a clause as JSON, and back without loss."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from standards_wf.documents.clauses import Block, Formula, Table


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
