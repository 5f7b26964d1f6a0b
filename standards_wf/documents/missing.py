"""What a paper still lacks: every hole is found before the paper is made."""

import dataclasses
from collections.abc import Iterator

from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import Block, Figure, Formula, Paragraph, Section, Table
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
    if isinstance(value, Paragraph | Table | Figure | Formula):
        return
    if isinstance(value, Section):
        yield from (f"{path}.{name}" for name in _holes_of_section(value))
    elif dataclasses.is_dataclass(value):
        own: frozenset[str] = getattr(value, "may_be_empty", frozenset())
        absences = absences | {_join(path, name) for name in own}
        for field in dataclasses.fields(value):
            yield from _holes(getattr(value, field.name), _join(path, field.name), absences)
    elif isinstance(value, tuple):
        if not value and path not in absences:
            yield path
        for place, item in enumerate(_in_order(value), start=1):
            yield from _holes(item, f"{path}[{place}]", absences)
    elif (value is None or (isinstance(value, str) and not value.strip())) and path not in absences:
        yield path


def _in_order(items: tuple[object, ...]) -> Iterator[object]:
    """The items; of a tree, each piece in reading order."""
    for item in items:
        if isinstance(item, Section):
            yield from item.all()
        else:
            yield item


def _holes_of_section(section: Section) -> Iterator[str]:
    untitled_may_be = section.kind is ClauseKind.CLAUSE and bool(section.blocks)
    if not section.title.strip() and not untitled_may_be:
        yield "title"
    if not section.label and section.kind not in (ClauseKind.BIBLIOGRAPHY, ClauseKind.INDEX):
        yield "label"
    if section.kind is ClauseKind.ANNEX and section.annex is None:
        yield "annex"
    for place, block in enumerate(section.blocks, start=1):
        if not _says_something(block):
            yield f"blocks[{place}]"


def _says_something(block: Block) -> bool:
    match block:
        case Table():
            return any(block.rows)
        case Figure():
            return bool(block.pictures)
        case Paragraph():
            return bool(block.content or block.label)
        case Formula():
            return bool(block.content)


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name
