"""What python-docx has no words for: fonts of East Asia, fields, frames, borders and page numbers."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import BaseStyle
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run
from lxml import etree

SONG, HEI, FANG = "宋体", "黑体", "仿宋"
_WESTERN = {SONG: "Times New Roman", HEI: "黑体", FANG: "Times New Roman"}

LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
BOTH, SPREAD = WD_ALIGN_PARAGRAPH.JUSTIFY, WD_ALIGN_PARAGRAPH.DISTRIBUTE


def element(tag: str, **attributes: str | int) -> etree._Element:
    """An element of WordprocessingML with attributes of the same namespace."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    return made


def set_font(owner: BaseStyle | Run, font: str, size: float | None = None, *, bold: bool = False) -> None:
    """Chinese and western letters of a style or run."""
    owner.font.name = _WESTERN[font]  # type: ignore[union-attr]
    properties = owner.element.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    for place, name in (
        ("ascii", _WESTERN[font]),
        ("hAnsi", _WESTERN[font]),
        ("eastAsia", font),
        ("cs", _WESTERN[font]),
    ):
        fonts.set(qn(f"w:{place}"), name)
    if size is not None:
        owner.font.size = Pt(size)  # type: ignore[union-attr]
    owner.font.bold = bold  # type: ignore[union-attr]


def field(paragraph: Paragraph, code: str, shown: str = "1") -> None:
    """A field that Word works out: PAGE, NUMPAGES."""
    for kind in ("begin", None, "separate", "shown", "end"):
        run = paragraph.add_run()
        if kind is None:
            instruction = element("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif kind == "shown":
            run.text = shown
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))


def frame(paragraph: Paragraph, *, x: float, y: float, width: float, height: float | None = None) -> None:
    """Nail a paragraph to a place of the page, in millimetres from its top left corner."""
    size = {"h": Mm(height).twips, "hRule": "exact"} if height else {}
    properties = paragraph._p.get_or_add_pPr()
    placed = element(
        "w:framePr",
        w=Mm(width).twips,
        **size,
        hSpace=0,
        wrap="around",
        vAnchor="page",
        hAnchor="page",
        x=Mm(x).twips,
        y=Mm(y).twips,
    )
    style = properties.find(qn("w:pStyle"))
    properties.insert(0 if style is None else 1, placed)


def line(owner: Paragraph | BaseStyle, side: str, *, eighths: int = 8, space: int = 1) -> None:
    """A rule above or below a paragraph."""
    properties = owner._p.get_or_add_pPr() if isinstance(owner, Paragraph) else owner.element.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = element("w:pBdr")
        before = next((each for each in properties if each.tag in _AFTER_BORDERS), None)
        properties.append(borders) if before is None else before.addprevious(borders)
    borders.append(element(f"w:{side}", val="single", sz=eighths, space=space, color="auto"))


_AFTER_BORDERS = {
    qn(f"w:{name}")
    for name in (
        "shd",
        "tabs",
        "suppressAutoHyphens",
        "kinsoku",
        "wordWrap",
        "overflowPunct",
        "topLinePunct",
        "autoSpaceDE",
        "autoSpaceDN",
        "bidi",
        "adjustRightInd",
        "snapToGrid",
        "spacing",
        "ind",
        "contextualSpacing",
        "mirrorIndents",
        "jc",
        "textAlignment",
        "textboxTightWrap",
        "outlineLvl",
        "divId",
        "rPr",
        "sectPr",
        "pPrChange",
    )
}


def page(
    section: Section, *, top: float, right: float, bottom: float, left: float, header: float = 15, footer: float = 15
) -> None:
    """A4 with these margins in millimetres."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.right_margin = Mm(top), Mm(right)
    section.bottom_margin, section.left_margin = Mm(bottom), Mm(left)
    section.header_distance, section.footer_distance = Mm(header), Mm(footer)


def grid(section: Section, pitch: float = 15.6) -> None:
    """The line grid on which Chinese text is set."""
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    section._sectPr.append(element("w:docGrid", type="lines", linePitch=round(pitch * 20)))


def number_pages(section: Section, form: str, *, start: int | None = 1) -> None:
    """Roman or Arabic page numbers from here on."""
    old = section._sectPr.find(qn("w:pgNumType"))
    if old is not None:
        section._sectPr.remove(old)
    numbering = element("w:pgNumType", fmt=form, **({"start": start} if start is not None else {}))
    following = section._sectPr.find(qn("w:cols"))
    section._sectPr.append(numbering) if following is None else following.addprevious(numbering)


def mirror(document: Document) -> None:
    """Odd and even pages mirror one another: the outer edge carries the number."""
    document.settings.odd_and_even_pages_header_footer = True
    settings = document.settings.element
    opening = {qn(f"w:{name}") for name in ("writeProtection", "view", "zoom")}
    settings.insert(sum(each.tag in opening for each in settings), element("w:mirrorMargins"))


def speak_chinese(document: Document) -> None:
    """Let Word proof the text as Chinese and choose Chinese shapes of signs."""
    for words in (*document.settings.element.iter(qn("w:themeFontLang")), *document.styles.element.iter(qn("w:lang"))):
        words.set(qn("w:eastAsia"), "zh-CN")


def borders(table: Table, *, outer: int = 8, inner: int = 4) -> None:
    """Rules around and inside a table, in eighths of a point."""
    properties = table._tbl.tblPr
    made = element("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        made.append(
            element(f"w:{side}", val="single", sz=inner if side.startswith("inside") else outer, space=0, color="auto")
        )
    later = {qn(f"w:{name}") for name in ("shd", "tblLayout", "tblCellMar", "tblLook")}
    following = next((each for each in properties if each.tag in later), None)
    properties.append(made) if following is None else following.addprevious(made)


def widths(table: Table, millimetres: Sequence[float]) -> None:
    """Fix the widths of the columns."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, millimetres, strict=True):
        column.w = Mm(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, millimetres, strict=False):
            cell.width = Mm(width)


def repeat_head(table: Table, rows: int = 1) -> None:
    """Let the head of a table appear again on each page, and keep its rows whole."""
    for place, row in enumerate(table._tbl.tr_lst):
        properties = row.get_or_add_trPr()
        properties.append(element("w:cantSplit"))
        if place < rows:
            properties.append(element("w:tblHeader"))
