"""The headings under which a draft is explained to its readers (编制说明, for metrology 编写说明)."""

from enum import StrEnum

from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.vocabulary import Kind


class NoteHeading(StrEnum):
    """One heading of an explanatory note."""

    WORK = "work"
    PRINCIPLES = "principles"
    VERIFICATION = "verification"
    COMPARISON = "comparison"
    ADOPTION = "adoption"
    LAWS = "laws"
    DISAGREEMENTS = "disagreements"
    PATENTS = "patents"
    IMPLEMENTATION = "implementation"
    OTHER = "other"

    TASK = "task"
    DRAFTING_BASIS = "drafting_basis"
    RELATED_DOCUMENTS = "related_documents"
    KEY_CLAUSES = "key_clauses"
    CHANGES = "changes"


_STANDARD = (
    NoteHeading.WORK,
    NoteHeading.PRINCIPLES,
    NoteHeading.VERIFICATION,
    NoteHeading.COMPARISON,
    NoteHeading.ADOPTION,
    NoteHeading.LAWS,
    NoteHeading.DISAGREEMENTS,
    NoteHeading.PATENTS,
    NoteHeading.IMPLEMENTATION,
    NoteHeading.OTHER,
)
_METROLOGY = (
    NoteHeading.TASK,
    NoteHeading.DRAFTING_BASIS,
    NoteHeading.RELATED_DOCUMENTS,
    NoteHeading.KEY_CLAUSES,
    NoteHeading.DISAGREEMENTS,
)


def headings_of(kind: Kind, *, is_revision: bool = False) -> tuple[NoteHeading, ...]:
    """The headings that the note of a kind has, in their order.

    Standards have ten (国家标准管理办法, by analogy); a revision compares old and new under the second. Metrology
    specifications have those of the former rule for verification regulations (Order 36 of 2002, article 15), and a
    revision says under a heading of its own what has changed.
    """
    if not KINDS[kind].is_metrology:
        return _STANDARD
    return (*_METROLOGY, NoteHeading.CHANGES) if is_revision else _METROLOGY
