"""What stands in a line of a docx: text with its marks, formulae, pictures, fields and footnotes.

Text is read as if every tracked change were accepted; the changes themselves and the comments in the margin are
gathered beside it. Nothing is fetched, nothing is run.
"""

import hashlib
import mimetypes
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime

from lxml import etree

from standards_wf.documents.elements import (
    Change,
    ChangeKind,
    Doubt,
    Footnote,
    Inline,
    Mark,
    Math,
    NotRecognised,
    Picture,
    Reference,
    Remark,
    Text,
    words_of,
)
from standards_wf.documents.mathml import M, mathml_of, signs_of
from standards_wf.documents.package import Package, W
from standards_wf.documents.typography import ABOVE, BELOW

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
O = "{urn:schemas-microsoft-com:office:office}"  # noqa: E741  the prefix that the format itself uses
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

WRAPPERS = frozenset(
    f"{W}{name}"
    for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo", "hyperlink", "dir", "bdo", "fldSimple")
) | {f"{MC}Choice"}
_GONE = {f"{W}del": ChangeKind.DELETED, f"{W}moveFrom": ChangeKind.MOVED_AWAY}
_COME = {f"{W}ins": ChangeKind.INSERTED, f"{W}moveTo": ChangeKind.MOVED_HERE}
_SIGNS = {
    f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-",
}  # fmt: skip
_DRAWN = (f"{W}drawing", f"{W}pict", f"{W}object")
STORY = (f"{W}p", f"{W}tbl")


@dataclass
class _Field:
    """A field of Word that is being read: first its instruction, then what it shows."""

    instruction: str = ""
    shows: bool = False


@dataclass(frozen=True, slots=True)
class _Line:
    """The line that is being read: what it says so far, the marks that count here, and its place."""

    made: list[Inline]
    at: int
    marks: frozenset[Mark] = frozenset()


@dataclass
class Lines:
    """Reads the lines of one docx, and gathers what it meets on the way."""

    package: Package
    changes: list[Change] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    doubts: list[NotRecognised] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._order = list(self.package.body.iter(*STORY))
        self._place = {id(element): at for at, element in enumerate(self._order)}
        self._relations = self.package.relations
        self._footnotes = self._stories("footnotes", f"{W}footnote")
        self._endnotes = self._stories("endnotes", f"{W}endnote")
        self._comments = self._stories("comments", f"{W}comment")
        self._quoting: dict[str, list[str]] = {}
        self._fields: list[_Field] = []
        self._notes_open = 0

    def at(self, element: etree._Element) -> int:
        """The place of a paragraph or table of the body."""
        return self._place.get(id(element), -1)

    def _stories(self, kind: str, tag: str) -> dict[str, etree._Element]:
        found: dict[str, etree._Element] = {}
        for name in self.package.beside(kind):
            tree = self.package.tree(name)
            for each in tree.iterchildren(tag) if tree is not None else ():
                found[each.get(f"{W}id", "")] = each
        return found

    def line(self, paragraph: etree._Element) -> tuple[Inline, ...]:
        """What a paragraph says, without its text boxes."""
        line = _Line([], self.at(paragraph))
        self._take(paragraph, line)
        for each in self._fields:  # what computes does so within one paragraph; a field without end hides no text
            each.shows = True
        return joined(line.made)

    def note_change(
        self, element: etree._Element, kind: ChangeKind, at: int, *, of: etree._Element | None = None
    ) -> None:
        """Keep a tracked change that says something; `of` is what changes where the mark stands beside it."""
        if text := all_words(element if of is None else of):
            author, made_at = element.get(f"{W}author", ""), _instant(element.get(f"{W}date"))
            self.changes.append(Change(kind, text, author, made_at, at))

    def _take(self, parent: etree._Element, line: _Line) -> None:
        for child in parent:
            if take := _IN_A_LINE.get(child.tag):
                take(self, child, line)

    def _take_run(self, run: etree._Element, line: _Line) -> None:
        marks = _marks(run.find(f"{W}rPr"))
        within = replace(line, marks=line.marks | marks) if marks else line
        for child in run:
            if child.tag in _SIGNS:
                self._show(within, Text(_SIGNS[child.tag], within.marks))
            elif take := _IN_A_RUN.get(child.tag):
                take(self, child, within)

    def _take_words(self, element: etree._Element, line: _Line) -> None:
        self._show(line, Text(element.text or "", line.marks))

    def _take_symbol(self, element: etree._Element, line: _Line) -> None:
        self._show(line, Text(_symbol(element), line.marks))

    def _take_math(self, element: etree._Element, line: _Line) -> None:
        self._show(line, Math(mathml_of(element), signs_of(element)))

    def _take_gone(self, element: etree._Element, line: _Line) -> None:
        self.note_change(element, _GONE[element.tag], line.at)

    def _take_come(self, element: etree._Element, line: _Line) -> None:
        self.note_change(element, _COME[element.tag], line.at)
        self._take(element, line)

    def _take_chosen(self, element: etree._Element, line: _Line) -> None:
        self._take(chosen(element), line)

    def _take_chosen_in_run(self, element: etree._Element, line: _Line) -> None:
        self._take_run(chosen(element), line)

    def _take_ruby(self, element: etree._Element, line: _Line) -> None:
        base = element.find(f"{W}rubyBase")
        if base is not None:
            self._take(base, line)

    def _begin_quotation(self, element: etree._Element, _line: _Line) -> None:
        self._quoting[element.get(f"{W}id", "")] = []

    def _take_remark(self, element: etree._Element, line: _Line) -> None:
        """Take up a comment where what it quotes ends."""
        identity = element.get(f"{W}id", "")
        comment = self._comments.pop(identity, None)
        quoted = "".join(self._quoting.pop(identity, []))
        if comment is not None:
            text = "\n".join(filter(None, (words_of(self.line(each)) for each in comment.iter(f"{W}p"))))
            author, made_at = comment.get(f"{W}author", ""), _instant(comment.get(f"{W}date"))
            self.remarks.append(Remark(text, author, made_at, quoted, line.at))

    def _show(self, line: _Line, inline: Inline) -> None:
        """Add what is shown; what an unfinished field only computes with is not."""
        if any(not each.shows for each in self._fields):
            return
        words = "" if isinstance(inline, Picture | Footnote) else inline.text
        for quoted in self._quoting.values():
            quoted.append(words)
        target = _target(self._fields[-1].instruction) if self._fields else ""
        line.made.append(Reference(target, inline.text) if target and isinstance(inline, Text) else inline)

    def _turn_field(self, element: etree._Element, _line: _Line) -> None:
        match element.get(f"{W}fldCharType"):
            case "begin":
                self._fields.append(_Field())
            case "separate" if self._fields:
                self._fields[-1].shows = True
            case "end" if self._fields:
                self._fields.pop()

    def _take_instruction(self, element: etree._Element, _line: _Line) -> None:
        if self._fields and not self._fields[-1].shows:
            self._fields[-1].instruction += element.text or ""

    def _take_simple_field(self, element: etree._Element, line: _Line) -> None:
        self._fields.append(_Field(element.get(f"{W}instr", ""), shows=True))
        self._take(element, line)
        self._fields.pop()

    def _take_footnote(self, mark: etree._Element, line: _Line) -> None:
        is_endnote = mark.tag == f"{W}endnoteReference"
        story = (self._endnotes if is_endnote else self._footnotes).get(mark.get(f"{W}id", ""))
        if story is None or self._notes_open:
            return
        self._notes_open += 1
        content: list[Inline] = []
        for paragraph in story.iter(f"{W}p"):
            content += [*([Text("\n")] if content else []), *self.line(paragraph)]
        self._notes_open -= 1
        self._show(line, Footnote(joined(content), is_endnote))

    def _take_drawing(self, drawn: etree._Element, line: _Line) -> None:
        pictures = tuple(self._pictures(drawn))
        for picture in pictures:
            self._show(line, picture)
        if drawn.tag == f"{W}object":
            program = next((each.get("ProgID", "") for each in drawn.iter(f"{O}OLEObject")), "")
            doubt = Doubt.FORMULA_AS_PICTURE if program.startswith("Equation") else Doubt.EMBEDDED_OBJECT
            self.doubts.append(NotRecognised(doubt, program, at=line.at))
        elif not pictures and next(drawn.iter(f"{W}txbxContent"), None) is None:
            self.doubts.append(NotRecognised(Doubt.DRAWING, _description(drawn), at=line.at))

    def _pictures(self, parent: etree._Element) -> Iterator[Picture]:
        for element in parent.iter(f"{A}blip", f"{V}imagedata"):
            if not is_shown(element, parent):
                continue
            identity = element.get(f"{R}embed") or element.get(f"{R}id") or ""
            part = self._relations.get(identity)
            content = self.package.bytes_of(part) if part else None
            if part is None or content is None:
                continue
            media = mimetypes.guess_type(part)[0] or "application/octet-stream"
            sha256 = hashlib.sha256(content).hexdigest()
            yield Picture(part, sha256, media, _description(element), *_extent(element))


_Take = Callable[[Lines, etree._Element, _Line], None]
_IN_A_LINE: dict[str, _Take] = {
    f"{W}r": Lines._take_run,
    f"{M}oMath": Lines._take_math,
    f"{M}oMathPara": Lines._take_math,
    f"{W}fldSimple": Lines._take_simple_field,
    f"{MC}AlternateContent": Lines._take_chosen,
    f"{W}commentRangeStart": Lines._begin_quotation,
    f"{W}commentRangeEnd": Lines._take_remark,
    **dict.fromkeys(_GONE, Lines._take_gone),
    **dict.fromkeys(WRAPPERS - _COME.keys() - {f"{W}fldSimple"}, Lines._take),
    **dict.fromkeys(_COME, Lines._take_come),
}
_IN_A_RUN: dict[str, _Take] = {
    f"{W}t": Lines._take_words,
    f"{W}sym": Lines._take_symbol,
    f"{W}fldChar": Lines._turn_field,
    f"{W}instrText": Lines._take_instruction,
    f"{W}footnoteReference": Lines._take_footnote,
    f"{W}endnoteReference": Lines._take_footnote,
    f"{W}ruby": Lines._take_ruby,
    f"{W}commentReference": Lines._take_remark,
    f"{MC}AlternateContent": Lines._take_chosen_in_run,
    **dict.fromkeys((f"{W}drawing", f"{W}pict", f"{W}object"), Lines._take_drawing),
}


def is_on(toggle: etree._Element | None) -> bool:
    """Whether a property of Word that may be switched off is there and on."""
    return toggle is not None and toggle.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def joined(content: Iterable[Inline]) -> tuple[Inline, ...]:
    """The same content with neighbours of one sort made one."""
    made: list[Inline] = []
    for each in content:
        last = made[-1] if made else None
        if isinstance(each, Text):
            if not each.text:
                continue
            if isinstance(last, Text) and last.marks == each.marks:
                made[-1] = Text(last.text + each.text, last.marks)
                continue
        elif isinstance(each, Reference) and isinstance(last, Reference) and last.target == each.target:
            made[-1] = Reference(last.target, last.text + each.text)
            continue
        made.append(each)
    return tuple(made)


def _marks(properties: etree._Element | None) -> frozenset[Mark]:
    if properties is None:
        return frozenset()
    found = set()
    style = properties.find(f"{W}rStyle")
    named = style.get(f"{W}val") if style is not None else None
    place = properties.find(f"{W}vertAlign")
    height = place.get(f"{W}val") if place is not None else None
    if named == BELOW or height == "subscript":
        found.add(Mark.BELOW)
    if named == ABOVE or height == "superscript":
        found.add(Mark.ABOVE)
    if is_on(properties.find(f"{W}i")):
        found.add(Mark.ITALIC)
    if is_on(properties.find(f"{W}b")):
        found.add(Mark.BOLD)
    return frozenset(found)


def chosen(alternatives: etree._Element) -> etree._Element:
    """The first choice of alternatives, else what stands in for it."""
    choice = alternatives.find(f"{MC}Choice")
    fallback = alternatives.find(f"{MC}Fallback")
    return choice if choice is not None else fallback if fallback is not None else alternatives


def is_shown(element: etree._Element, within: etree._Element) -> bool:
    """Whether an element is neither the stand-in for a choice nor inside another text box than its own."""
    for each in element.iterancestors():
        if each is within:
            return True
        if each.tag == f"{MC}Fallback" and each.getparent().find(f"{MC}Choice") is not None:  # type: ignore[union-attr]
            return False
        if each.tag in _GONE or each.tag == f"{W}txbxContent":
            return False
    return True


def _symbol(element: etree._Element) -> str:
    code = element.get(f"{W}char", "")
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return ""


def _target(instruction: str) -> str:
    words = instruction.split()
    return words[1] if len(words) > 1 and words[0].upper() == "REF" else ""


def all_words(element: etree._Element) -> str:
    """Every word in an element, those that a tracked change takes away included."""
    return "".join(each.text or "" for each in element.iter(f"{W}t", f"{W}delText", f"{M}t"))


def _description(element: etree._Element) -> str:
    holder = next((each for each in element.iterancestors(f"{W}drawing", f"{W}pict")), element)
    shown = next(holder.iter(f"{WP}docPr", f"{V}shape"), None)
    return (shown.get("descr") or shown.get("alt") or "") if shown is not None else ""


def _extent(element: etree._Element) -> tuple[int, int]:
    """Width and height of a drawn picture; zeros where they are not told."""
    holder = next(element.iterancestors(f"{WP}inline", f"{WP}anchor"), None)
    extent = holder.find(f"{WP}extent") if holder is not None else None
    sizes = [extent.get(name, "") if extent is not None else "" for name in ("cx", "cy")]
    width, height = (int(size) if size.isdigit() and len(size) < 10 else 0 for size in sizes)  # noqa: PLR2004
    return width, height


def _instant(text: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
