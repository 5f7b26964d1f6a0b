"""What a reader took for something else, put right by hand: what single paragraphs of a file are, by their place."""

import re
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from standards_wf.documents.clauses import LIST_ITEM, ClauseKind
from standards_wf.documents.elements import Block, Figure, Inline, Paragraph, Role, Table, stored_words
from standards_wf.documents.gathering import take_piece, trimmed, without_head
from standards_wf.documents.paragraphs import Piece
from standards_wf.documents.recognising import Recogniser


class ReadAs(StrEnum):
    """What a paragraph is, as somebody says who knows."""

    TEXT = "text"
    HEADING_1 = "heading_1"
    HEADING_2 = "heading_2"
    HEADING_3 = "heading_3"
    HEADING_4 = "heading_4"
    HEADING_5 = "heading_5"
    HEADING_6 = "heading_6"
    UNTITLED = "untitled"
    """A numbered clause without title: the number stands in front of its first words."""
    RUN_IN = "run_in"
    """A heading and text in one paragraph: the title ends at the first blank."""
    GOES_ON = "goes_on"
    """The heading before it goes on here."""
    TERM = "term"
    LIST_ITEM = "list_item"
    NOTE = "note"
    EXAMPLE = "example"
    CAPTION = "caption"

    @property
    def level(self) -> int | None:
        """The level of a heading; nothing for everything else."""
        return int(self[-1]) if self.startswith("heading_") else None


Corrections = Mapping[int, ReadAs]
"""What the paragraphs are, by their place in the file."""
NONE: Corrections = {}

_NUMBER = re.compile(r"^(?P<label>[A-Z](?:[.．]\d{1,3}){1,5}|\d{1,3}(?:[.．]\d{1,3}){0,5})(?![\d%])[.．、]?[\s　]*")
_LABELLED = {
    ReadAs.NOTE: (Role.NOTE, "注", re.compile(r"^注\d*[：:]?[\s　]*")),
    ReadAs.EXAMPLE: (Role.EXAMPLE, "示例", re.compile(r"^示例\d*[：:]?[\s　]*")),
}
_BLANK = re.compile(r"[\s　]+")


class CorrectingRecogniser(Recogniser):
    """Recognises the paragraphs of a file, and takes those that were put right as what they are."""

    def __init__(self, corrections: Corrections, *, styled: bool) -> None:
        """`corrections` are those of this file."""
        super().__init__(styled=styled)
        self._corrections = corrections
        self._caption: Paragraph | None = None

    def take(self, block: Piece | Table) -> None:
        """Take the next paragraph or table of the text."""
        read_as = self._corrections.get(block.at) if isinstance(block, Piece) else None
        if read_as is None or not isinstance(block, Piece):
            super().take(block)
            self._give_caption(block)
            return
        self._give_caption(block)
        self._awaits_title = False
        if read_as.level is not None:
            self._heading(block, read_as.level)
        elif read_as in (ReadAs.UNTITLED, ReadAs.RUN_IN, ReadAs.TERM):
            self._numbered_by_hand(block, read_as)
        elif read_as is ReadAs.GOES_ON and self._clauses:
            clause = self._clauses[-1]
            clause.title = f"{clause.title} {block.text.strip()}".strip()
        elif read_as is ReadAs.CAPTION:
            self._caption_by_hand(block)
        else:
            self._line(block, read_as)

    def _here(self) -> list[Block]:
        return self._clauses[-1].blocks if self._clauses else self.front

    def _heading(self, block: Piece, level: int) -> None:
        text = block.text.strip()
        if level == 1 and (self._section(block, text) or self._annex(block, text)):
            return
        label, rest = _numbered(block)
        kind = ClauseKind.CLAUSE if level > 1 or label[:1].isalpha() else ClauseKind.CHAPTER
        self._begin(block, kind, label, stored_words(rest).strip(), level)

    def _numbered_by_hand(self, block: Piece, read_as: ReadAs) -> None:
        label, rest = _numbered(block)
        level = label.count(".") + 1 if label else 2
        kind = ClauseKind.CLAUSE if level > 1 else ClauseKind.CHAPTER
        words = stored_words(rest)
        if read_as is ReadAs.TERM:
            self._begin(block, ClauseKind.TERM, label, words.strip(), max(level, 2))
            self._awaits_title = not words.strip()
            return
        title = _BLANK.split(words.strip(), maxsplit=1)[0] if read_as is ReadAs.RUN_IN else ""
        self._begin(block, kind, label, title, level)
        said = trimmed(without_head(trimmed(rest), len(title)))
        if said:
            self._here().append(Paragraph(said, at=block.at))

    def _begin(self, block: Piece, kind: ClauseKind, label: str, title: str, level: int) -> None:
        self._open_by_hand(kind, label, title, level, block.at)
        self._keep_beside(block)

    def _caption_by_hand(self, block: Piece) -> None:
        here = self._here()
        last = here[-1] if here else None
        if isinstance(last, Figure | Table) and not last.caption:
            here[-1] = replace(last, caption=block.text.strip())
        else:
            self._caption = Paragraph(trimmed(block.content), at=block.at)
            here.append(self._caption)

    def _give_caption(self, block: Piece | Table) -> None:
        """The line put right as a caption belongs to the table or figure that comes next; else it stays a line."""
        here, caption = self._here(), self._caption
        self._caption = None
        if caption is None or len(here) < 2 or here[-2] is not caption:  # noqa: PLR2004  the caption, and what it names
            return
        last = here[-1]
        if isinstance(last, Figure | Table) and last.at == block.at and not last.caption:
            here[-2:] = [replace(last, caption=stored_words(caption.content))]

    def _line(self, block: Piece, read_as: ReadAs) -> None:
        content = trimmed(block.content)
        words = stored_words(content)
        if read_as in _LABELLED:
            role, name, pattern = _LABELLED[read_as]
            found = pattern.match(words)
            label = found[0].strip().rstrip("：:") if found else name
            said = trimmed(without_head(content, found.end() if found else 0))
            self._here().append(Paragraph(said, role, f"{label}：", block.at))
        elif read_as is ReadAs.LIST_ITEM:
            self._here().append(_list_item(block, words))
        else:
            self._here().append(Paragraph(content, label=block.label, at=block.at))
        take_piece(self._here(), replace(block, content=(), text="", label=""))  # the boxes that are anchored here


def _numbered(block: Piece) -> tuple[str, tuple[Inline, ...]]:
    """The number of a paragraph, counted by Word or typed, and what stands behind it."""
    content = trimmed(block.content)
    if found := _NUMBER.match(block.label):
        return found["label"].replace("．", "."), content
    found = _NUMBER.match(stored_words(content))
    if found is None:
        return "", content
    return found["label"].replace("．", "."), trimmed(without_head(content, found.end()))


def _list_item(block: Piece, words: str) -> Paragraph:
    content = trimmed(block.content)
    found = LIST_ITEM.match(words)
    if found is None:
        return Paragraph(content, Role.LIST_DASH, "——", block.at)
    role = Role.LIST_LETTER if found["letter"] else Role.LIST_NUMBER if found["number"] else Role.LIST_DASH
    rest = trimmed(without_head(content, found.start("text")))
    return Paragraph(rest, role, found["letter"] or found["number"] or "——", block.at)
