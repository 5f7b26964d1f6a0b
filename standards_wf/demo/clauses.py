"""The body of a demonstration text in the form that the papers are printed from."""

from standards_wf.demo import texts
from standards_wf.demo.texts import DemoBlock, DemoClause, DemoFormula, DemoTable, DemoText
from standards_wf.documents.clauses import AnnexKind, Block, Clause, ClauseKind, Formula, Table

_KINDS = {
    texts.ClauseKind.CHAPTER: ClauseKind.CHAPTER,
    texts.ClauseKind.CLAUSE: ClauseKind.CLAUSE,
    texts.ClauseKind.ANNEX_CLAUSE: ClauseKind.CLAUSE,
    texts.ClauseKind.TERM: ClauseKind.TERM,
    texts.ClauseKind.ANNEX: ClauseKind.ANNEX,
    texts.ClauseKind.BIBLIOGRAPHY: ClauseKind.BIBLIOGRAPHY,
}


def clauses_of(text: DemoText) -> tuple[Clause, ...]:
    """The clauses of a text, ready for its paper; none where only an application is written."""
    return tuple(_clause(clause) for clause in text.clauses)


def _clause(clause: DemoClause) -> Clause:
    return Clause(
        kind=_kind(clause),
        label=clause.label.removeprefix("附录"),
        title=f"{clause.title}　{clause.english}" if clause.english else clause.title,
        blocks=tuple(_block(block) for block in clause.blocks),
        annex=AnnexKind(clause.nature) if clause.nature else None,
    )


def _kind(clause: DemoClause) -> ClauseKind:
    if clause.kind is texts.ClauseKind.TERMS:
        return ClauseKind.CHAPTER if clause.level == 1 else ClauseKind.CLAUSE
    return _KINDS[clause.kind]


def _block(block: DemoBlock) -> Block:
    if isinstance(block, DemoTable):
        return Table(block.rows, caption=block.caption)
    return Formula(block.formula, block.number) if isinstance(block, DemoFormula) else block
