"""A version of a text, ready to be shown: its tree, and its clauses."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.documents.blocks import blocks_from_json
from standards_wf.documents.clauses import Formula, Table
from standards_wf.models.drafts import DraftClause, DraftTree


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a formula with its number, or a table."""

    sort: str
    text: str = ""
    number: str = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseShown:
    """A clause with its address and what stands in it."""

    kind: str
    level: int
    label: str
    title: str
    anchor: str
    annex_kind: str
    pieces: tuple[Piece, ...]


def tree_of(session: Session, draft_id: int) -> str:
    """The tree of a version as it is stored; empty for one that was kept before trees were."""
    return session.scalar(select(DraftTree.content).where(DraftTree.draft_id == draft_id)) or ""


def clauses_of(session: Session, draft_id: int) -> tuple[ClauseShown, ...]:
    """The clauses of a version in their order; one query."""
    rows = session.execute(
        select(
            DraftClause.kind,
            DraftClause.level,
            DraftClause.label,
            DraftClause.title,
            DraftClause.anchor,
            DraftClause.annex_kind,
            DraftClause.blocks,
            DraftClause.text,
        )
        .where(DraftClause.draft_id == draft_id)
        .order_by(DraftClause.position)
    )
    return tuple(
        ClauseShown(
            kind=kind,
            level=level,
            label=label,
            title=title,
            anchor=anchor,
            annex_kind=annex_kind,
            pieces=_pieces(blocks, text),
        )
        for kind, level, label, title, anchor, annex_kind, blocks, text in rows
    )


def _pieces(blocks: str, text: str) -> tuple[Piece, ...]:
    found = []
    for block in blocks_from_json(blocks):
        if isinstance(block, Table):
            found.append(Piece("table", table=block))
        elif isinstance(block, Formula):
            found.append(Piece("formula", block.text, block.number or ""))
        else:
            found.append(Piece("paragraph", block))
    return tuple(found) or tuple(Piece("paragraph", line) for line in text.splitlines() if line.strip())
