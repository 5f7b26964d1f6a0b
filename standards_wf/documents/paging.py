"""The page numbers in the contents of a text, as LibreOffice lays it out.

A template cannot know on which page a chapter will stand. So the text is printed once with its headings as PDF
bookmarks, the pages of the bookmarks are read, and the numbers are written into the contents. Word shows them as they
are and can make them anew. Without LibreOffice the contents are whole but for the numbers.
"""

import io
import re

import docx
from docx.document import Document as DocumentType
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from standards_wf.documents.numbering import spelt
from standards_wf.documents.pdf import Office
from standards_wf.documents.zipped import without_clock

_CONTENTS_TITLE = "标准文件_目录标题"
_BODY_TITLE = "标准文件_正文标准名称"


def number_contents(paper: bytes, office: Office) -> bytes:
    """Write the page numbers into the contents of a rendered text; a paper without contents comes back as it is.

    Raises Unavailable as `Office.to_pdf` does.
    """
    document = docx.Document(io.BytesIO(paper))
    entries = [each for each in document.paragraphs if (each.style.name or "").lower().startswith("toc ")]  # type: ignore[union-attr]
    if not entries:
        return paper
    wanted = _raise_to_bookmarks(document, entries)
    pages = _bookmarked_pages(office.to_pdf(_saved(document)))
    if len(pages) != len(wanted):
        return paper
    numbered = docx.Document(io.BytesIO(paper))
    shown = iter(_shown_numbers(list(zip(wanted, pages, strict=True))))
    for paragraph in numbered.paragraphs:
        if (paragraph.style.name or "").lower().startswith("toc "):  # type: ignore[union-attr]
            _write_page(paragraph, next(shown))
    return without_clock(_saved(numbered))


def _raise_to_bookmarks(document: DocumentType, entries: list[Paragraph]) -> list[str]:
    """Let exactly the contents' title, the body's title and the listed headings become bookmarks, in this order."""
    targets = {link.get(qn("w:anchor")) for entry in entries for link in entry._p.iter(qn("w:hyperlink"))}
    order: list[str] = []
    for paragraph in document.paragraphs:
        name = paragraph.style.name or ""  # type: ignore[union-attr]
        marks = {mark.get(qn("w:name")) for mark in paragraph._p.iter(qn("w:bookmarkStart"))}
        if name in (_CONTENTS_TITLE, _BODY_TITLE) or marks & targets:
            order.append(name if name in (_CONTENTS_TITLE, _BODY_TITLE) else "heading")
            _set_outline(paragraph, 0)
        else:
            _set_outline(paragraph, 9)
    return order


def _set_outline(paragraph: Paragraph, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr()
    for old in properties.findall(qn("w:outlineLvl")):
        properties.remove(old)
    outline = OxmlElement("w:outlineLvl")
    outline.set(qn("w:val"), str(level))
    following = next((each for each in properties if each.tag in (qn("w:rPr"), qn("w:sectPr"))), None)
    if following is None:
        properties.append(outline)
    else:
        following.addprevious(outline)


_OBJECT = re.compile(rb"(?<!\d)(\d+) 0 obj\b(.*?)\bendobj", re.DOTALL)
_STREAM = re.compile(rb"\bstream\r?\n.*?\bendstream", re.DOTALL)
_REFERENCE = re.compile(rb"(\d+) 0 R")


def _bookmarked_pages(pdf: bytes) -> list[int]:
    """The page of each bookmark, from the first to the last; pages count from 1.

    Reads the plain objects that LibreOffice writes; a PDF that packs its objects yields nothing.
    """
    objects = {int(found[1]): found[2] for found in _OBJECT.finditer(_STREAM.sub(b"", pdf))}
    tree = next((body for body in objects.values() if re.search(rb"/Type\s*/Pages\b", body)), b"")
    kids = re.search(rb"/Kids\s*\[(.*?)\]", tree, re.DOTALL)
    places = {
        int(found[1]): place for place, found in enumerate(_REFERENCE.finditer(kids[1] if kids else b""), start=1)
    }
    root = next((found for body in objects.values() if (found := re.search(rb"/Outlines\s+(\d+) 0 R", body))), None)
    following = re.search(rb"/First\s+(\d+) 0 R", objects.get(int(root[1]), b"")) if root else None
    pages: list[int] = []
    while following and len(pages) <= len(objects):
        body = objects.get(int(following[1]), b"")
        goal = re.search(rb"/Dest\s*\[\s*(\d+) 0 R", body)
        if goal is None or int(goal[1]) not in places:
            return []
        pages.append(places[int(goal[1])])
        following = re.search(rb"/Next\s+(\d+) 0 R", body)
    return pages


def _shown_numbers(headings: list[tuple[str, int]]) -> list[str]:
    """Roman numbers from the contents on, Arabic ones from the first page of the body on."""
    start, form = 1, "upperRoman"
    shown: list[str] = []
    for name, page in headings:
        if name in (_CONTENTS_TITLE, _BODY_TITLE):
            start, form = page, "upperRoman" if name == _CONTENTS_TITLE else "decimal"
        else:
            shown.append(spelt(page - start + 1, form))
    return shown


def _write_page(entry: Paragraph, page: str) -> None:
    """Put the page into the entry's page field; the words of a line of contents end with it."""
    words = list(entry._p.iter(qn("w:t")))
    words[-1].text = page


def _saved(document: DocumentType) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()
