"""The lines of the contents, from the tree of a text."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import Section
from standards_wf.documents.writing.body import depth_of

_LISTED_DEPTH = 1
"""The contents list chapters and the clauses directly below them."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents."""

    level: int
    text: str


def entries_of(sections: Sequence[Section]) -> Iterator[Entry]:
    """Chapters, titled clauses of the first level, annexes, bibliography and index; never terms."""
    for top in sections:
        for each in top.all():
            depth = depth_of(each)
            if each.kind is ClauseKind.ANNEX:
                yield Entry(1, f"附录{each.label}{each.annex.mark if each.annex else ''}　{each.title}")
            elif each.kind is ClauseKind.TERM or (depth and not each.title) or depth > _LISTED_DEPTH:
                continue
            else:
                words = " ".join(each.title.split("\n"))
                yield Entry(depth + 1, f"{each.label}　{words}" if each.label and words else each.label or words)
