"""The body of a text, from its tree: chapters, clauses, terms and annexes with what stands in them.

1. The numbers that Word will count are left to Word; every other number is typed, so that none is lost.
2. Each enumeration is a list of its own; tables, figures and formulae are numbered by fields.
3. A reference finds its place by its words (5.2, 附录A, 表1); the place is bookmarked under the name it asks for.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import (
    Block,
    Cell,
    Figure,
    Formula,
    Inline,
    Paragraph,
    Reference,
    Role,
    Section,
    Table,
    Text,
    notes_in,
    stored_words,
)
from standards_wf.documents.writing import styles
from standards_wf.documents.writing.counting import LEVELS, ListCounter, counted_by_word, is_of_annex
from standards_wf.documents.writing.inlines import InlineWriter, Place
from standards_wf.documents.writing.lists import ANNEXES, CHAPTERS, DASHES, Lists
from standards_wf.documents.writing.tables import TYPE_AREA, table_of
from standards_wf.documents.writing.xml import attribute, clean, marked_runs, run
from standards_wf.documents.writing.xml import field as field_of

_EMU_PER_TWENTIETH = 635
_CAPTION = re.compile(r"^(?P<what>[表图])(?P<annex>[A-Z]\.)?(?P<count>\d+)(?P<rest>.*)$", re.DOTALL)
_NUMBER = re.compile(r"^(?P<annex>[A-Z]\.)?(?P<count>\d+)$")
_SYMBOL = re.compile(r"^\S[^。；]{0,24}?[\s　]*——[\s　]*\S")
_LONG_CELL = 16
_HEADED = '<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体" w:cs="黑体"/>'
_TYPED = (Role.NOTE, Role.EXAMPLE)
_ITEMS = (Role.LIST_LETTER, Role.LIST_NUMBER)


def depth_of(section: Section) -> int:
    """How deep a heading stands: 0 for chapters and annexes, one more for each step below, never past the last."""
    deep = section.label.count(".") if section.label else section.level - 1
    return min(max(deep, 0), LEVELS - 1)


@dataclass
class BodyWriter:
    """Writes the pieces of a text one after another."""

    sections: Sequence[Section]
    lists: Lists
    names: Mapping[str, str]
    """The identities of the template's styles by their names."""
    lines: InlineWriter
    _counted: frozenset[int] = frozenset()
    _bookmarks: dict[str, list[str]] = field(default_factory=dict)
    _marks_set: int = 0
    _sequences: dict[str, int] = field(default_factory=dict)
    _items: ListCounter = field(default_factory=ListCounter)
    _list: str = ""
    _explains: bool = False
    _named: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._counted = counted_by_word(self.sections)
        self._find_places()

    def body(self) -> str:
        """All pieces, as the source of their paragraphs and tables."""
        return "".join(part for top in self.sections for each in top.all() for part in self._section(each))

    def blocks(self, blocks: Iterable[Block]) -> str:
        """Blocks that stand outside the numbered text, such as an introduction."""
        return "".join(part for block in blocks for part in self._block(block))

    def _section(self, section: Section) -> Iterator[str]:
        self._items, self._list, self._explains = ListCounter(), "", False
        blocks = section.blocks
        match section.kind:
            case ClauseKind.ANNEX:
                yield from self._annex(section)
            case ClauseKind.BIBLIOGRAPHY | ClauseKind.INDEX | ClauseKind.FOREWORD | ClauseKind.INTRODUCTION:
                yield self._paragraph(_NAMED[section.kind], marked_runs(section.title))
            case ClauseKind.TERM:
                yield self._numbered(section, styles.TERM_NUMBER, section.label, "")
                if section.title:
                    yield self._paragraph(styles.TERM, marked_runs(section.title))
            case _ if section.title or not depth_of(section):
                yield self._numbered(section, _heading_style(section), section.label, marked_runs(section.title))
            case _:
                first = _first_words(section)
                said = self.lines.line(first.content) if first else ""
                yield self._numbered(section, styles.UNTITLED[depth_of(section) - 1], section.label, said)
                blocks = blocks[1:] if first else blocks
        for block in blocks:
            yield from self._block(block)

    def _annex(self, section: Section) -> Iterator[str]:
        """The heading of an annex: one paragraph of three lines, so that the contents can name it whole."""
        label, kind = f"附录{section.label}", section.annex.mark if section.annex else ""
        counted = bool(self.lists.of(ANNEXES)) and id(section) in self._counted
        if counted and "\n" not in section.title:
            lines = "".join(f"{run(chr(10))}{marked_runs(each)}" for each in (kind, section.title) if each)
            yield self._numbered(section, styles.ANNEX, label, lines)
            return
        yield self._numbered(section, styles.ANNEX, label, "")
        if kind:
            yield self._paragraph(styles.ANNEX_KIND, run(kind))
        if section.title:
            yield self._paragraph(styles.ANNEX_TITLE, marked_runs(section.title))

    def _numbered(self, section: Section, style: str, label: str, said: str) -> str:
        """A heading, or a first paragraph, with the number before it: counted by Word, or typed."""
        number = self.lists.of(ANNEXES if is_of_annex(section) else CHAPTERS)
        wanted = self._bookmarks.get(label, [])
        gap = run("　") if said and section.kind is not ClauseKind.ANNEX else ""
        if number and id(section) in self._counted:
            return self._paragraph(
                style, self._marked(f"{gap}{said}", wanted), self._list_of(number, depth_of(section))
            )
        typed = run(label, _HEADED) if label else ""
        plain = self._list_of("0", 0) if number else ""
        return self._paragraph(style, f"{self._marked(typed, wanted)}{gap if label else ''}{said}", plain)

    def _block(self, block: Block) -> Iterator[str]:
        explains, self._explains = self._explains, False
        match block:
            case Table():
                yield from self._table(block)
            case Figure():
                yield self._paragraph(styles.FIGURE, self.lines.line(block.pictures))
                if block.caption:
                    yield self._paragraph(styles.FIGURE_CAPTION, self._caption(block.caption))
            case Formula():
                self._explains = explains
                number = f"{run(chr(9))}{self._formula_number(block.number)}" if block.number else ""
                yield self._paragraph(styles.FORMULA, f"{run(chr(9))}{self.lines.line(block.content)}{number}")
            case Paragraph():
                self._explains = block.role is Role.WHERE
                if (
                    explains
                    and block.role is Role.PARAGRAPH
                    and not block.label
                    and _SYMBOL.match(stored_words(block.content))
                ):
                    self._explains = True
                    yield self._paragraph(styles.SYMBOL, self.lines.line(block.content))
                else:
                    yield self._written(block)

    def _written(self, block: Paragraph) -> str:
        style, said = styles.ROLES[block.role], self.lines.line(block.content)
        worded = bool(stored_words(block.content).strip())
        if block.role in _ITEMS and worded and (counted := self._item(block)):
            return self._paragraph(style, said, counted)
        if block.role is Role.LIST_DASH and worded and (dashes := self.lists.of(DASHES)):
            return self._paragraph(style, said, "" if dashes == self.lists.of(style) else self._list_of(dashes, 0))
        return self._paragraph(style, _labelled(block, said), self._mark_of(block))

    def _item(self, block: Paragraph) -> str:
        """The list to which an item belongs; empty where nobody would count to its mark."""
        letter = block.role is Role.LIST_LETTER
        goes_on = self._items.letter(block.label) if letter else self._items.number(block.label)
        if goes_on is False:
            self._list = self.lists.enumeration()
        return self._list_of(self._list, 0 if letter else 1) if goes_on is not None and self._list else ""

    def _mark_of(self, block: Paragraph) -> str:
        """The list that shows the label of a paragraph which somebody's Word counted in another way than ours."""
        if _is_marked(block):
            return self._list_of(self.lists.mark(block.label.strip()), 0)
        style = styles.ROLES[block.role]
        return self._list_of("0", 0) if self.lists.of(style) else ""

    def _table(self, table: Table) -> Iterator[str]:
        if table.caption:
            yield self._paragraph(styles.TABLE_CAPTION, self._caption(table.caption))
        if table.unit:
            yield self._paragraph(styles.UNIT, marked_runs(table.unit))
        yield table_of(table, self._cell, style=self.names.get(styles.TABLE, ""))
        yield self._paragraph(styles.AFTER_TABLE, "")

    def _cell(self, cell: Cell, width: int) -> str:
        """What stands in a cell; one that ends in a table needs a paragraph after it."""
        made = [self._in_cell(block, width) for block in cell.blocks]
        ends_in_table = not cell.blocks or isinstance(cell.blocks[-1], Table)
        return "".join(made) + (self._paragraph(styles.CELL, "") if ends_in_table else "")

    def _in_cell(self, block: Block, width: int) -> str:
        widest = width * _EMU_PER_TWENTIETH
        match block:
            case Table():
                return table_of(block, self._cell, style=self.names.get(styles.TABLE, ""), width=min(width, TYPE_AREA))
            case Figure():
                caption = self._paragraph(styles.CELL, marked_runs(block.caption)) if block.caption else ""
                return self._paragraph(styles.CELL, self.lines.line(block.pictures, widest=widest)) + caption
            case Formula():
                number = run(f"\t（{block.number}）") if block.number else ""
                return self._paragraph(styles.CELL, self.lines.line(block.content) + number)
            case Paragraph():
                style = styles.BOX if block.role is Role.BOX else styles.CELL
                said = (run(block.label) if block.label else "") + self.lines.line(block.content, widest=widest)
                long = len(stored_words(block.content)) > _LONG_CELL
                return self._paragraph(style, said, '<w:jc w:val="both"/>' if long else "")

    def _caption(self, caption: str) -> str:
        """A caption whose number Word counts, where it would count to the same."""
        found = _CAPTION.match(caption)
        if found is None:
            return marked_runs(caption)
        annex, count = found["annex"] or "", found["count"]
        label = f"{found['what']}{annex}{count}"
        counted = self._counted_field(f"{found['what']}{annex.rstrip('.')}", count)
        number = self._marked(f"{run(found['what'] + annex)}{counted}", self._bookmarks.get(label, []))
        return f"{number}{marked_runs(found['rest'])}"

    def _formula_number(self, number: str) -> str:
        found = _NUMBER.match(number)
        if found is None:
            return run(f"（{number}）")
        annex = found["annex"] or ""
        counted = run(annex) + self._counted_field("式" + annex.rstrip("."), found["count"])
        inside = self._marked(counted, self._bookmarks.get(number, []))
        return self._marked(f"{run('（')}{inside}{run('）')}", self._bookmarks.get(f"（{number}）", []))

    def _counted_field(self, sequence: str, count: str) -> str:
        if count != str(self._sequences.get(sequence, 0) + 1):
            return run(count)
        self._sequences[sequence] = int(count)
        return field_of(rf"SEQ {sequence} \* ARABIC", count)

    def _marked(self, said: str, names: Sequence[str]) -> str:
        """What is said, within bookmarks of these names."""
        for name in names:
            self._marks_set += 1
            identity = 10_000 + self._marks_set
            said = f'<w:bookmarkStart w:id="{identity}" w:name="{attribute(name)}"/>{said}<w:bookmarkEnd w:id="{identity}"/>'
        return said

    def _paragraph(self, style: str, said: str, properties: str = "") -> str:
        named = self._named.get(style)
        if named is None:
            identity = self.names.get(style) or self.names.get(styles.TEXT, "")
            named = self._named[style] = f'<w:pStyle w:val="{attribute(identity)}"/>' if identity else ""
        return f"<w:p><w:pPr>{named}{properties}</w:pPr>{said}</w:p>"

    @staticmethod
    def _list_of(number: str, level: int) -> str:
        return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'

    def _find_places(self) -> None:
        """Find for each reference of the text the place that its words name; the first of a name has it."""
        places = dict(self._labels())
        found: dict[str, Place] = {}
        for reference in references_in(self.sections):
            label = clean(reference.text).strip()
            if reference.target not in found and label in places:
                found[reference.target] = Place(places[label])
                self._bookmarks.setdefault(label, []).append(reference.target)
        self.lines.places = found

    def _labels(self) -> Iterator[tuple[str, bool]]:
        """What can be referred to, and whether Word counts it."""
        for top in self.sections:
            for section in top.all():
                number = self.lists.of(ANNEXES if is_of_annex(section) else CHAPTERS)
                label = f"附录{section.label}" if section.kind is ClauseKind.ANNEX else section.label
                if label:
                    yield label, bool(number) and id(section) in self._counted
                for block in section.blocks:
                    if isinstance(block, Table | Figure) and (found := _CAPTION.match(block.caption)):
                        yield f"{found['what']}{found['annex'] or ''}{found['count']}", False
                    elif isinstance(block, Formula) and _NUMBER.match(block.number):
                        yield f"（{block.number}）", False


def references_in(sections: Iterable[Section]) -> Iterator[Reference]:
    """Every reference of a text, those in cells and footnotes included."""
    for top in sections:
        for section in top.all():
            yield from _references(section.blocks)


def _references(blocks: Iterable[Block]) -> Iterator[Reference]:
    for block in blocks:
        match block:
            case Table():
                for row in block.rows:
                    for cell in row:
                        yield from _references(cell.blocks)
            case Paragraph() | Formula():
                yield from _references_of_line(block.content)
            case Figure():
                pass


def _references_of_line(content: Sequence[Inline]) -> Iterator[Reference]:
    yield from (each for each in content if isinstance(each, Reference))
    for note in notes_in(content):
        yield from _references_of_line(note.content)


_NAMED = {
    ClauseKind.BIBLIOGRAPHY: styles.BIBLIOGRAPHY,
    ClauseKind.INDEX: styles.INDEX,
    ClauseKind.FOREWORD: styles.FRONT_HEADING,
    ClauseKind.INTRODUCTION: styles.FRONT_HEADING,
}


def _heading_style(section: Section) -> str:
    depth = depth_of(section)
    if depth == 0:
        return styles.CHAPTER
    return (styles.ANNEX_CLAUSES if is_of_annex(section) else styles.CLAUSES)[depth - 1]


def _first_words(section: Section) -> Paragraph | None:
    """The paragraph that stands on the line of the number of a clause without a title."""
    first = section.blocks[0] if section.blocks else None
    if not isinstance(first, Paragraph) or first.label or first.role is not Role.PARAGRAPH:
        return None
    return first if any(isinstance(each, Text) and each.text.strip() for each in first.content) else None


def _is_marked(block: Paragraph) -> bool:
    """Whether the label of a paragraph is one that Word showed and none of the marks of this kind of paragraph."""
    usual = block.role in (*_TYPED, *_ITEMS, Role.LIST_DASH)
    return bool(block.label) and not usual and bool(stored_words(block.content).strip())


def _labelled(block: Paragraph, said: str) -> str:
    """The line of a paragraph, with a label before it that nobody counts."""
    if not block.label or _is_marked(block):
        return said
    gap = run("\t") if block.role in _ITEMS else ""
    return f"{run(block.label, _HEADED if block.role in _TYPED else '')}{gap}{said}"
