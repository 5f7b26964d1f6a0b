"""A text as a tree of elements: what was read from a file, whoever wrote it, and what a file is written from.

The tree knows what stands where, not how it looks. `at` is the place in the file: the number of the paragraph or table
among all that the body holds, counted from 0 in reading order, tables before what stands in their cells. Two trees are
equal when they say the same; the places do not count.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from standards_wf.documents.clauses import AnnexKind, ClauseKind
from standards_wf.documents.typography import ABOVE as ABOVE_STYLE
from standards_wf.documents.typography import BELOW as BELOW_STYLE
from standards_wf.documents.typography import marked


class Mark(StrEnum):
    """How signs are set apart from those around them, where this has a meaning."""

    BELOW = "below"
    ABOVE = "above"
    ITALIC = "italic"
    BOLD = "bold"


_SMALL = frozenset({Mark.BELOW, Mark.ABOVE})


@dataclass(frozen=True, slots=True)
class Text:
    """Some signs; tabulators and breaks within the paragraph stand among them."""

    text: str
    marks: frozenset[Mark] = frozenset()


@dataclass(frozen=True, slots=True)
class Math:
    """A formula as MathML, and the plain signs in it."""

    mathml: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: the part of the file that holds it, by its name and the hash of its bytes."""

    part: str
    sha256: str
    media_type: str
    description: str = ""
    width: int = field(default=0, compare=False)
    height: int = field(default=0, compare=False)
    """How large it is shown, in the unit of the format (36,000 to the millimetre); 0 where this is not told."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that points to another place of the text, such as 见5.2; `target` is the bookmark."""

    target: str
    text: str


@dataclass(frozen=True, slots=True)
class Footnote:
    """What a mark in the text refers to, at the foot of the page or at the end."""

    content: tuple["Inline", ...]
    is_endnote: bool = False


Inline: TypeAlias = Text | Math | Picture | Reference | Footnote


class Role(StrEnum):
    """What a paragraph is within its clause."""

    PARAGRAPH = "paragraph"
    LIST_LETTER = "list_letter"
    LIST_NUMBER = "list_number"
    LIST_DASH = "list_dash"
    NOTE = "note"
    EXAMPLE = "example"
    WHERE = "where"
    REFERENCE = "reference"
    BOX = "box"
    """What stands in a text box."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `label` is what stands before it: `a)`, `——`, `注1：`."""

    content: tuple[Inline, ...]
    role: Role = Role.PARAGRAPH
    label: str = ""
    at: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; one that spans rows or columns stands once, where it begins."""

    blocks: tuple["Block", ...]
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table, row by row; `heads` are the rows that are repeated on every page."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""
    unit: str = ""
    heads: int = 0
    at: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Figure:
    """One or more pictures with their common caption."""

    pictures: tuple[Picture, ...]
    caption: str = ""
    at: int = field(default=-1, compare=False)


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula on its own line, with the number in the right margin."""

    content: tuple[Inline, ...]
    number: str = ""
    at: int = field(default=-1, compare=False)


Block: TypeAlias = Paragraph | Table | Figure | Formula


class Found(StrEnum):
    """By what a heading was known."""

    STYLE = "style"
    """A style of the field, such as 标准文件_章标题."""
    HEADING = "heading"
    """Heading 1–9, or an outline level."""
    AUTOMATIC = "automatic"
    """The number that Word counts."""
    TYPED = "typed"
    """The number that somebody typed."""
    WORDS = "words"
    """前言, 引言, 参考文献, 索引, 附录."""


_ENGLISH = re.compile(r"(?<=[^\x00-\x7f])[\s　]+(?P<english>[A-Za-z][\x20-\x7e;；, ]*)$")


@dataclass(frozen=True, slots=True)
class Section:
    """A piece of the text with a heading or a number of its own, what stands in it, and the pieces under it."""

    kind: ClauseKind
    label: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()
    annex: AnnexKind | None = None
    level: int = 1
    """1 for chapters, annexes and whatever has no number; one more for each step below."""
    anchor: str = ""
    found: Found = field(default=Found.STYLE, compare=False)
    at: int = field(default=-1, compare=False)

    @property
    def term_en(self) -> str:
        """The English of a term, which stands behind the term itself (GB/T 1.1—2020, 8.7)."""
        found = _ENGLISH.search(self.title) if self.kind is ClauseKind.TERM else None
        return found["english"] if found else ""

    def all(self) -> Iterator["Section"]:
        """The piece itself and every one under it, in reading order."""
        yield self
        for section in self.sections:
            yield from section.all()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """What the cover says, as far as it was recognised; `lines` is all of it."""

    lines: tuple[str, ...] = ()
    title: str = ""
    title_en: str = ""
    number: str = ""
    replaces: str = ""
    ics: str = ""
    ccs: str = ""
    class_line: str = ""
    draft_words: str = ""
    published_on: str = ""
    effective_on: str = ""
    issuer: str = ""


class ChangeKind(StrEnum):
    """What somebody's tracked change does."""

    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_HERE = "moved_here"
    MOVED_AWAY = "moved_away"


@dataclass(frozen=True, slots=True)
class Change:
    """A tracked change that was neither accepted nor refused; the tree reads as if it were accepted."""

    kind: ChangeKind
    text: str
    author: str = ""
    made_at: datetime | None = None
    at: int = -1


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in the margin of the file."""

    text: str
    author: str = ""
    made_at: datetime | None = None
    quoted: str = ""
    at: int = -1


class Doubt(StrEnum):
    """What was seen and not understood."""

    NO_TITLE = "no_title"
    NO_CHAPTER = "no_chapter"
    NUMBER_OUT_OF_SERIES = "number_out_of_series"
    DRAWING = "drawing"
    EMBEDDED_OBJECT = "embedded_object"
    FORMULA_AS_PICTURE = "formula_as_picture"
    MERGED_BEYOND_THE_TABLE = "merged_beyond_the_table"


@dataclass(frozen=True, slots=True)
class NotRecognised:
    """Something of the file that the tree does not hold as what it is, with its place and its words."""

    doubt: Doubt
    words: str = ""
    near: str = ""
    """Number or title of the clause in which it stands."""
    at: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """A whole text."""

    cover: Cover
    sections: tuple[Section, ...]
    front: tuple[Block, ...] = field(default=(), compare=False)
    """What stands before the first heading, block by block: the cover and the contents."""
    headers: tuple[str, ...] = field(default=(), compare=False)
    footers: tuple[str, ...] = field(default=(), compare=False)
    changes: tuple[Change, ...] = field(default=(), compare=False)
    remarks: tuple[Remark, ...] = field(default=(), compare=False)
    not_recognised: tuple[NotRecognised, ...] = field(default=(), compare=False)

    def all(self) -> Iterator[Section]:
        """Every piece of the text in reading order."""
        for section in self.sections:
            yield from section.all()


def words_of(content: Sequence[Inline]) -> str:
    """What a line says, as plain signs; footnotes are left to `notes_in`."""
    return "".join("" if isinstance(each, Footnote | Picture) else each.text for each in content)


def stored_words(content: Sequence[Inline]) -> str:
    """What a line says with the plain marks of small signs (`E_x`, `m^3`), as texts are stored and searched."""
    said = []
    for each in content:
        if isinstance(each, Text) and each.marks & _SMALL and each.text.strip():
            said.append(marked(each.text, BELOW_STYLE if Mark.BELOW in each.marks else ABOVE_STYLE))
        elif not isinstance(each, Footnote | Picture):
            said.append(each.text)
    return "".join(said)


def notes_in(content: Sequence[Inline]) -> Iterator[Footnote]:
    """The footnotes that the marks of a line refer to."""
    for each in content:
        if isinstance(each, Footnote):
            yield each


def lines_in(blocks: Sequence[Block]) -> Iterator[str]:
    """All that blocks say, line by line: labels, captions, cells and footnotes included."""
    for block in blocks:
        match block:
            case Paragraph():
                yield f"{block.label}{words_of(block.content)}"
                yield from _notes(block.content)
            case Formula():
                yield f"{words_of(block.content)}\t（{block.number}）" if block.number else words_of(block.content)
                yield from _notes(block.content)
            case Figure():
                yield from (picture.description for picture in block.pictures if picture.description)
                if block.caption:
                    yield block.caption
            case Table():
                yield from (line for line in (block.caption, block.unit) if line)
                for row in block.rows:
                    for cell in row:
                        yield from lines_in(cell.blocks)


def _notes(content: Sequence[Inline]) -> Iterator[str]:
    for note in notes_in(content):
        yield words_of(note.content)
        yield from _notes(note.content)


def pictures_in(tree: Tree) -> Iterator[Picture]:
    """Every picture of a text, those in cells and lines included."""
    yield from _pictures(tree.front)
    for section in tree.all():
        yield from _pictures(section.blocks)


def _pictures(blocks: Sequence[Block]) -> Iterator[Picture]:
    for block in blocks:
        match block:
            case Figure():
                yield from block.pictures
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from _pictures(cell.blocks)
            case _:
                yield from (each for each in block.content if isinstance(each, Picture))


def lines_of(tree: Tree) -> Iterator[str]:
    """All that a text says, line by line, headings included."""
    yield from lines_in(tree.front)
    for section in tree.all():
        heading = " ".join(part for part in (section.label, section.title) if part)
        if heading:
            yield heading
        yield from lines_in(section.blocks)
