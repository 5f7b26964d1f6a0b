"""The last hand on a filled template: what Word does with fields, bookmarks and table widths, done here."""

import re
import unicodedata
from collections.abc import Iterator

from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.text.paragraph import Paragraph
from lxml import etree

from standards_wf.documents.typography import ABOVE, BELOW, set_small_signs
from standards_wf.documents.writing.xml import style_names

UNKNOWN_PAGE = "…"
"""Stands for a page number until `paging.number_contents` has laid the text out, or Word has."""

_CONTENTS = re.compile(r"^toc \d$", re.IGNORECASE)
_LISTED_LEVELS = 2
_WIDEST_CELL = 28
_NARROWEST_CELL = 4


def finish(document: DocumentType) -> None:
    """Set small signs and fit the tables of what a template has printed."""
    names = style_names(document)
    small = {name: identity for identity, name in names.items() if name in (BELOW, ABOVE)}
    for run in list(document.element.body.iter(qn("w:r"))) if small else ():
        set_small_signs(run, small)
    for table in document.element.body.iter(qn("w:tbl")):
        if names.get(_table_style_id(table)) == "标准文件_表格":
            _fit(table)


def tie_contents(document: DocumentType) -> None:
    """Tie the contents of a text to their headings, and hold the closing line to its text."""
    names = style_names(document)
    paragraphs = [(each, names.get(_style_id(each), "")) for each in document.element.body.iterchildren(qn("w:p"))]
    entries = [Paragraph(each, document._body) for each, name in paragraphs if _CONTENTS.match(name)]
    listed = _listed_styles(document)
    if entries:
        _tie(entries, [Paragraph(each, document._body) for each, name in paragraphs if name in listed])
    for each, name in paragraphs:
        if name == "标准文件_终结线":
            _keep_with_text(each, document)


def _style_id(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return style.get(qn("w:val"), "") if style is not None else ""


def _table_style_id(table: etree._Element) -> str:
    style = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
    return style.get(qn("w:val"), "") if style is not None else ""


def _listed_styles(document: DocumentType) -> frozenset[str]:
    """The styles of headings that stand in the contents: those with an outline level of the first two."""
    names = style_names(document)
    return frozenset(
        names[style.get(qn("w:styleId"), "")]
        for style in document.styles.element.iterchildren(qn("w:style"))
        for level in style.iter(qn("w:outlineLvl"))
        if int(level.get(qn("w:val"), "9")) < _LISTED_LEVELS
    )


def _tie(entries: list[Paragraph], headings: list[Paragraph]) -> None:
    """Bookmark each heading, and let its line in the contents ask for the page of the bookmark.

    The lines stand inside one contents field, as Word writes them, so that Word can also make them anew.
    """
    if len(entries) != len(headings):
        raise ValueError(f"{len(entries)} lines of contents for {len(headings)} headings")
    for number, (entry, heading) in enumerate(zip(entries, headings, strict=True), start=1):
        bookmark = f"_Toc{number:08d}"
        _bookmark(heading, bookmark, number)
        _ask_for_page(entry, bookmark)
    first, last = entries[0]._p, entries[-1]._p
    at = 1 if first.pPr is not None else 0
    for place, run in enumerate(_field_start(r' TOC \o "1-2" \h \z \u ')):
        first.insert(at + place, run)
    last.append(_character("end"))


def _bookmark(paragraph: Paragraph, name: str, number: int) -> None:
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (start, end):
        element.set(qn("w:id"), str(number))
    start.set(qn("w:name"), name)
    element = paragraph._p
    element.insert(1 if element.pPr is not None else 0, start)
    element.append(end)


def _ask_for_page(entry: Paragraph, bookmark: str) -> None:
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), bookmark)
    link.set(qn("w:history"), "1")
    runs = list(entry._p.iterchildren(qn("w:r")))
    entry._p.append(link)
    link.extend(runs)
    tab = OxmlElement("w:r")
    tab.append(OxmlElement("w:tab"))
    link.append(tab)
    link.extend([*_field_start(rf" PAGEREF {bookmark} \h "), _text(UNKNOWN_PAGE), _character("end")])


def _field_start(instruction: str) -> Iterator[etree._Element]:
    yield _character("begin")
    run = OxmlElement("w:r")
    code = OxmlElement("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = instruction
    run.append(code)
    yield run
    yield _character("separate")


def _character(kind: str) -> etree._Element:
    run = OxmlElement("w:r")
    character = OxmlElement("w:fldChar")
    character.set(qn("w:fldCharType"), kind)
    run.append(character)
    return run


def _text(text: str) -> etree._Element:
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = text
    run.append(words)
    return run


def _keep_with_text(end: etree._Element, document: DocumentType) -> None:
    """The closing line stands on the page of the last text (GB/T 1.1—2020, 10.4)."""
    before = end.getprevious()
    if isinstance(before, CT_P):
        Paragraph(before, document._body).paragraph_format.keep_with_next = True


def _fit(table: etree._Element) -> None:
    """Share the width of the table among its columns by the length of what stands in them."""
    columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    total = sum(int(float(column.get(qn("w:w"), "0"))) for column in columns)
    needs = [_NARROWEST_CELL] * len(columns)
    for row in table.iterchildren(qn("w:tr")):
        for place, cell in enumerate(row.iterchildren(qn("w:tc"))):
            said = "".join(words.text or "" for words in cell.iter(qn("w:t")))
            needs[place] = max(needs[place], min(_measure(said), _WIDEST_CELL))
    widths = [total * need // sum(needs) for need in needs]
    for column, width in zip(columns, widths, strict=True):
        column.set(qn("w:w"), str(width))
    for row in table.iterchildren(qn("w:tr")):
        for cell, width in zip(row.iterchildren(qn("w:tc")), widths, strict=False):
            wish = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
            if wish is not None:
                wish.set(qn("w:w"), str(width))
                wish.set(qn("w:type"), "dxa")


def _measure(text: str) -> int:
    """The length of a text in half-width columns."""
    return 2 + sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
