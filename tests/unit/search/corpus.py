"""Documents for the tests of the search, each made with the few facts that the test is about."""

from standards_wf.search.entries import Entry, SourceKind, keys_of
from standards_wf.workflow.numbers import read_number
from standards_wf.workflow.vocabulary import Kind, Stage

Clauses = tuple[tuple[str, str, str], ...]


def document(
    identity: int,
    title: str,
    *,
    number: str = "",
    number_text: str = "",
    scope: str = "",
    clauses: Clauses = (),
    kind: Kind = Kind.LOCAL_STANDARD,
    status: Stage = Stage.IN_FORCE,
    node: str = "S1",
    ancestors: tuple[str, ...] = ("S",),
    year: int | None = 2025,
    title_en: str = "",
    source: SourceKind = SourceKind.DOCUMENT,
) -> tuple[str, tuple[Entry, ...]]:
    """A document's key and entries: its scope, and each clause given as label, title and text.

    `number_text` is for what has a code that is no document number.
    """
    keys = keys_of(read_number(number)) if number else ()

    def entry(label: str, heading: str, text: str, position: int) -> Entry:
        return Entry(
            entry_id=f"{identity}:{position}", document_id=identity, source=source, kind=kind, status=status,
            number=number or number_text, number_keys=keys, title_zh=title, title_en=title_en, node_code=node,
            node_ancestors=ancestors, year=year, clause_label=label, clause_title=heading,
            anchor=f"clause-{label}" if label else "", text=text, position=position,
        )  # fmt: skip

    own = entry("", "", scope, 0)
    return f"document:{identity}", (own, *(entry(*clause, place + 1) for place, clause in enumerate(clauses)))
