"""A text in the tags of NISO STS (ANSI/NISO Z39.102), in which standards bodies exchange their documents.

Only elements of the interchange tag set are used, with formulae as MathML 3; the tests hold it to a schema of that part
of the tag set which is written here, not to the published one. Pictures are named by the hash of their
bytes; whoever hands the XML on hands them on beside it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree

from standards_wf.documents.clauses import AnnexKind, ClauseKind
from standards_wf.documents.elements import (
    Block,
    Cell,
    Figure,
    Footnote,
    Formula,
    Inline,
    Mark,
    Math,
    Paragraph,
    Picture,
    Reference,
    Role,
    Section,
    Table,
    Text,
    Tree,
    words_of,
)
from standards_wf.documents.html import LISTS, head_rows
from standards_wf.documents.markup import Child, add, math, node
from standards_wf.documents.mathml import MATHML
from standards_wf.documents.places import Places, places_of

VERSION = "1.2"
_XLINK = "http://www.w3.org/1999/xlink"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_CAPTION = re.compile(r"^(?P<label>[表图]\s*(?:[A-Z]\s*[.．]\s*)?\d+)[\s　]*(?P<title>.*)$", re.DOTALL)
_TAGS = {Mark.BELOW: "sub", Mark.ABOVE: "sup", Mark.ITALIC: "italic", Mark.BOLD: "bold"}
_LIST_TYPES = {Role.LIST_LETTER: "alpha-lower", Role.LIST_NUMBER: "order", Role.LIST_DASH: "bullet"}
_FRONT = {ClauseKind.FOREWORD: "foreword", ClauseKind.INTRODUCTION: "intro"}
_BACK = (ClauseKind.ANNEX, ClauseKind.BIBLIOGRAPHY, ClauseKind.INDEX)
_CHAPTERS = {
    "范围": "scope",
    "规范性引用文件": "norm-refs",
    "引用文件": "norm-refs",
    "术语和定义": "terms",
    "术语": "terms",
}
_ANNEX_TYPES = {AnnexKind.NORMATIVE: "normative", AnnexKind.INFORMATIVE: "informative"}
_POINTED = {"table": "table", "figure": "fig", "formula": "disp-formula", "annex": "app"}
_ENDINGS = {"image/jpeg": "jpg", "image/x-emf": "emf", "image/x-wmf": "wmf", "image/tiff": "tif"}


def sts_of(tree: Tree) -> bytes:
    """The text as XML, whole and well formed."""
    return etree.tostring(_Writer(tree).standard(), encoding="UTF-8", xml_declaration=True)


@dataclass
class _Writer:
    tree: Tree
    places: Places = field(init=False)
    notes: list[Footnote] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.places = places_of(self.tree)

    def standard(self) -> etree._Element:
        made = etree.Element("standard", nsmap={"mml": MATHML, "xlink": _XLINK})
        made.set("dtd-version", VERSION)
        made.set(_LANG, "zh")
        sections = self.tree.sections
        front = [self._section(each) for each in sections if each.kind in _FRONT]
        body = [self._section(each) for each in sections if each.kind not in _FRONT and each.kind not in _BACK]
        annexes = [self._section(each, "app") for each in sections if each.kind is ClauseKind.ANNEX]
        rest = [self._back(each) for each in sections if each.kind in _BACK and each.kind is not ClauseKind.ANNEX]
        told = () if sections else list(self._blocks(self.tree.front))
        add(made, node("front", self._metadata(), front))
        add(made, node("body", told, body))
        group = node("app-group", annexes) if annexes else None
        notes = node("fn-group", (self._footnote(number) for number in range(1, len(self.notes) + 1)))
        if annexes or rest or self.notes:
            add(made, node("back", group, rest, notes if self.notes else None))
        etree.cleanup_namespaces(made, keep_ns_prefixes=["mml", "xlink"])
        return made

    def _metadata(self) -> etree._Element:
        cover = self.tree.cover
        published = cover.published_on if _DAY.fullmatch(cover.published_on) else ""
        effective = cover.effective_on if _DAY.fullmatch(cover.effective_on) else ""
        classes = node("custom-meta", node("meta-name", "CCS"), node("meta-value", cover.ccs)) if cover.ccs else None
        return node(
            "std-meta",
            _titles(cover.title, "zh") if cover.title else None,
            _titles(cover.title_en, "en") if cover.title_en else None,
            node("std-org", node("std-org-name", cover.issuer)) if cover.issuer else None,
            node("content-language", "zh"),
            node("std-ref", cover.number, type="dated") if cover.number else None,
            node("pub-date", published) if published else None,
            node("meta-date", effective, date_type="effective") if effective else None,
            node("ics", cover.ics) if cover.ics else None,
            node("std-xref", node("std-ref", cover.replaces), type="replaces") if cover.replaces else None,
            node("custom-meta-group", classes) if classes is not None else None,
        )

    def _section(self, section: Section, tag: str = "sec") -> etree._Element:
        if section.kind is ClauseKind.TERM:
            return self._term(section)
        made = node(tag, id=section.anchor)
        kind = _FRONT.get(section.kind) or (_CHAPTERS.get(section.title) if section.level == 1 else None)
        if kind:
            made.set("sec-type", kind)
        is_annex = section.kind is ClauseKind.ANNEX
        if section.label:
            add(made, node("label", f"附录{section.label}" if is_annex else section.label))
        if section.annex:
            made.set("content-type", _ANNEX_TYPES[section.annex])
            add(made, node("annex-type", section.annex.mark))
        if section.title or is_annex or not section.label:
            add(made, node("title", section.title))
        add(made, self._blocks(section.blocks))
        add(made, (self._section(each) for each in section.sections))
        return made

    def _term(self, section: Section) -> etree._Element:
        words = section.title.removesuffix(section.term_en).rstrip() if section.term_en else section.title
        english = node("title", section.term_en) if section.term_en else None
        if english is not None:
            english.set(_LANG, "en")
        shown = node("term-display", node("title", words), english, self._blocks(section.blocks))
        shown.set(_LANG, "zh")
        label = node("label", section.label) if section.label else None
        return node("term-sec", label, shown, (self._term(each) for each in section.sections), id=section.anchor)

    def _back(self, section: Section) -> etree._Element:
        if section.kind is not ClauseKind.BIBLIOGRAPHY:
            return self._section(section)
        made = node("ref-list", node("title", section.title), content_type="bibl", id=section.anchor)
        for number, block in enumerate(section.blocks, start=1):
            if isinstance(block, Paragraph):
                label = node("label", block.label) if block.label else None
                cited = node("mixed-citation", self._line(block.content))
                add(made, node("ref", label, cited, id=f"{section.anchor}-{number}"))
        return made

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[etree._Element]:
        for is_list, run in groupby(blocks, key=lambda each: isinstance(each, Paragraph) and each.role in LISTS):
            if is_list:
                yield from self._lists([each for each in run if isinstance(each, Paragraph)])
            else:
                yield from (self._block(each) for each in run)

    def _block(self, block: Block) -> etree._Element:
        match block:
            case Table():
                return self._table(block)
            case Figure():
                pictures = (self._picture(each, "graphic") for each in block.pictures)
                return self._placed(block, node("fig", _captioned(block.caption), pictures))
            case Formula():
                number = node("label", f"({block.number})") if block.number else None
                return self._placed(block, node("disp-formula", number, self._line(block.content, is_formula=True)))
            case Paragraph():
                return self._paragraph(block)

    def _paragraph(self, block: Paragraph) -> etree._Element:
        words = node("p", self._line(block.content))
        label = node("label", block.label) if block.label else None
        match block.role:
            case Role.NOTE:
                return node("non-normative-note", label, words)
            case Role.EXAMPLE:
                return node("non-normative-example", label, words)
            case Role.BOX:
                return node("boxed-text", node("p", block.label, self._line(block.content)))
            case _:
                return node("p", f"{block.label} ", self._line(block.content)) if block.label else words

    def _lists(self, items: Sequence[Paragraph]) -> Iterator[etree._Element]:
        open_lists: list[tuple[Role, etree._Element]] = []
        for item in items:
            if any(role is item.role for role, _ in open_lists):
                while open_lists[-1][0] is not item.role:
                    open_lists.pop()
            else:
                made = node("list", list_type=_LIST_TYPES[item.role])
                if open_lists:
                    open_lists[-1][1][-1].append(made)
                else:
                    yield made
                open_lists.append((item.role, made))
            open_lists[-1][1].append(node("list-item", node("label", item.label), node("p", self._line(item.content))))

    def _table(self, table: Table) -> etree._Element:
        heads = head_rows(table)
        rows = node(
            "table",
            node("thead", (self._row(row, "th") for row in table.rows[:heads] if row)) if heads else None,
            node("tbody", (self._row(row, "td") for row in table.rows[heads:] if row)),
        )
        made = node("table-wrap", _captioned(table.caption, table.unit), rows)
        return self._placed(table, made)

    def _row(self, row: Sequence[Cell], tag: str) -> etree._Element:
        return node("tr", (self._cell(each, tag) for each in row))

    def _cell(self, cell: Cell, tag: str) -> etree._Element:
        spans = {"colspan": cell.columns, "rowspan": cell.rows}
        made = node(tag, **{name: str(span) for name, span in spans.items() if span > 1})
        only = cell.blocks[0] if len(cell.blocks) == 1 else None
        if isinstance(only, Paragraph) and only.role not in LISTS:
            add(made, (only.label, self._line(only.content)))
        else:
            add(made, self._blocks(cell.blocks))
        return made

    def _placed(self, block: Block, made: etree._Element) -> etree._Element:
        if place := self.places.of_block(block):
            made.set("id", place)
        return made

    def _line(self, content: Sequence[Inline], *, is_formula: bool = False) -> Iterator[Child]:
        before = ""
        for each in content:
            match each:
                case Text():
                    yield self._text(each)
                case Math():
                    signs = math(each.mathml, each.text, namespace=MATHML)
                    yield signs if is_formula else node("inline-formula", signs)
                case Picture():
                    yield self._picture(each, "inline-graphic")
                case Reference():
                    yield self._pointing(each.text, self.places.pointed(each.text, before))
                case Footnote():
                    self.notes.append(each)
                    number = len(self.notes)
                    yield node("xref", node("sup", f"{number})"), ref_type="fn", rid=f"footnote-{number}")
            before = "" if isinstance(each, Picture | Footnote) else each.text

    def _text(self, text: Text) -> Child:
        said: Child = [self._pointing(words, place) for words, place in self.places.linked(text.text)]
        for mark in sorted(text.marks):
            said = node(_TAGS[mark], said)
        return said

    def _pointing(self, words: str, place: str) -> Child:
        if not place:
            return words
        kind = _POINTED.get(place.split("-", 1)[0], "sec")
        is_clause = kind == "app" and place.count("-") > 1
        return node("xref", words, ref_type="sec" if is_clause else kind, rid=place)

    def _picture(self, picture: Picture, tag: str) -> etree._Element:
        form = picture.media_type.rsplit("/", 1)[-1]
        made = node(tag, node("alt-text", picture.description) if picture.description else None)
        made.set(f"{{{_XLINK}}}href", f"{picture.sha256}.{_ENDINGS.get(picture.media_type, form)}")
        return made

    def _footnote(self, number: int) -> etree._Element:
        words = node("p", words_of(self.notes[number - 1].content))
        return node("fn", node("label", f"{number})"), words, id=f"footnote-{number}")


def _titles(title: str, language: str) -> etree._Element:
    made = node("title-wrap", node("main", title), node("full", title))
    made.set(_LANG, language)
    return made


def _captioned(caption: str, unit: str = "") -> Iterator[Child]:
    found = _CAPTION.match(caption)
    if found:
        yield node("label", found["label"])
    title = found["title"] if found else caption
    if title or unit:
        yield node("caption", node("title", title), node("p", unit) if unit else None)
