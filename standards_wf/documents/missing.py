"""What a paper still lacks: every hole is found before the paper is made."""

import dataclasses
from collections.abc import Iterator

from standards_wf.documents.clauses import Clause, ClauseKind, Formula, Table
from standards_wf.documents.problems import DocumentProblem
from standards_wf.errors import Invalid
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Paper


class MissingValues(Invalid):
    """The paper cannot be made: `missing` names every value that it still lacks, as paths into its context."""

    def __init__(self, paper: Paper, missing: tuple[str, ...]) -> None:
        super().__init__({path: Refusal(DocumentProblem.MISSING_VALUE, paper=paper, field=path) for path in missing})
        self.paper = paper
        self.missing = missing

    def __str__(self) -> str:
        return f"{self.paper}: {', '.join(self.missing)}"


def missing_values(context: object) -> tuple[str, ...]:
    """Every field of the context that must be filled and is not, in the order in which the fields stand."""
    return tuple(_holes(context, "", frozenset()))


def _holes(value: object, path: str, absences: frozenset[str]) -> Iterator[str]:
    """Walk the context; `absences` holds the paths that may be empty, as the contexts on the way have told them."""
    if isinstance(value, Clause):
        yield from (f"{path}.{name}" for name in _holes_of_clause(value))
    elif dataclasses.is_dataclass(value):
        own: frozenset[str] = getattr(value, "may_be_empty", frozenset())
        absences = absences | {_join(path, name) for name in own}
        for field in dataclasses.fields(value):
            yield from _holes(getattr(value, field.name), _join(path, field.name), absences)
    elif isinstance(value, tuple):
        if not value and path not in absences:
            yield path
        for place, item in enumerate(value, start=1):
            yield from _holes(item, f"{path}[{place}]", absences)
    elif (value is None or (isinstance(value, str) and not value.strip())) and path not in absences:
        yield path


def _holes_of_clause(clause: Clause) -> Iterator[str]:
    untitled_may_be = clause.kind is ClauseKind.CLAUSE and bool(clause.blocks)
    if not clause.title.strip() and not untitled_may_be:
        yield "title"
    if not clause.label and clause.kind not in (ClauseKind.BIBLIOGRAPHY, ClauseKind.INDEX):
        yield "label"
    if clause.kind is ClauseKind.ANNEX and clause.annex is None:
        yield "annex"
    for place, block in enumerate(clause.blocks, start=1):
        said = block.rows if isinstance(block, Table) else block.text if isinstance(block, Formula) else block
        if not (said.strip() if isinstance(said, str) else said and any(said)):
            yield f"blocks[{place}]"


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
