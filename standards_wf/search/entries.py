"""What is put into the index: one entry for each clause of a document, and one for the document itself."""

from dataclasses import dataclass
from enum import StrEnum

from standards_wf.workflow.numbers import DocumentNumber
from standards_wf.workflow.vocabulary import Kind, Stage


class SourceKind(StrEnum):
    """What sort of thing the public finds."""

    DOCUMENT = "document"
    FRAMEWORK_NODE = "framework_node"
    CONSULTATION = "consultation"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One clause as it is indexed; an empty `clause_label` marks the document's own entry with its scope.

    All entries of a document carry the same facts about it. `document_id` is the row behind it, where there is one;
    for a framework node `title_zh` is its name, `number` its code and `text` its summary, topics and departments.
    """

    entry_id: str
    source: SourceKind
    title_zh: str
    document_id: int | None = None
    kind: Kind | None = None
    status: Stage | None = None
    number: str = ""
    number_keys: tuple[str, ...] = ()
    title_en: str = ""
    node_code: str = ""
    node_ancestors: tuple[str, ...] = ()
    year: int | None = None
    clause_label: str = ""
    clause_title: str = ""
    anchor: str = ""
    text: str = ""
    position: int = 0


def keys_of(number: DocumentNumber) -> tuple[str, ...]:
    """The keys under which a document is found by its number: with and without year and part, and its series."""
    whole = DocumentNumber(number.family, number.prefix, number.serial, None, number.year)
    series = number.prefix.replace(" ", "")
    return tuple(dict.fromkeys((number.key, number.undated_key, whole.key, whole.undated_key, series)))
