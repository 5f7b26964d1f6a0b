"""What Word counts by itself, foretold: which number of a text may be left to Word, and which must be typed.

Word counts the chapters and clauses, the annexes with theirs, and the items of lists. A text whose author left a
number out keeps its numbers all the same: what Word would count otherwise is typed.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import Section

LEVELS = 6
"""Chapters, and five levels of clauses below them (GB/T 1.1—2020, 7.3)."""


@dataclass
class _Counter:
    """One list of several levels, as Word counts it."""

    letters: bool = False
    _counts: list[int] = field(default_factory=lambda: [0] * LEVELS)

    def follows(self, label: str) -> bool:
        """Whether the next number at the level of this label is this label; then it is counted."""
        level = label.count(".")
        if level >= LEVELS:
            return False
        counts = [*self._counts[:level], self._counts[level] + 1, *[0] * (LEVELS - level - 1)]
        shown = [str(count or 1) for count in counts[: level + 1]]
        if self.letters:
            shown[0] = chr(ord("A") + (counts[0] or 1) - 1)
        if ".".join(shown) != label:
            return False
        self._counts = counts
        return True


def counted_by_word(sections: Iterable[Section]) -> frozenset[int]:
    """The pieces (by `id`) whose number Word counts to what the text says."""
    chapters, annexes = _Counter(), _Counter(letters=True)
    return frozenset(
        id(section)
        for top in sections
        for section in top.all()
        if section.label and (annexes if is_of_annex(section) else chapters).follows(section.label)
    )


def is_of_annex(section: Section) -> bool:
    """Whether a piece is an annex or numbered within one."""
    return section.kind is ClauseKind.ANNEX or section.label[:1].isalpha()


@dataclass
class ListCounter:
    """The items of the list that is being written: letters, and numbers under a letter."""

    letters: int = 0
    numbers: int = 0
    open: bool = False

    def letter(self, label: str) -> bool | None:
        """True where the letter goes on, False where it begins a list of its own, None where it fits nowhere."""
        if self.open and self.letters and label == f"{chr(ord('a') + self.letters)})":
            self.letters, self.numbers = self.letters + 1, 0
            return True
        if label != "a)":
            return None
        self.letters, self.numbers, self.open = 1, 0, True
        return False

    def number(self, label: str) -> bool | None:
        """The same for a number."""
        if self.open and label == f"{self.numbers + 1})":
            self.numbers += 1
            return True
        if label != "1)":
            return None
        self.letters, self.numbers, self.open = 0, 1, True
        return False
