"""The hand of an office: the styles of its papers, and paragraphs, tables and marks in them."""

from collections.abc import Sequence

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph

from scripts.make_doc_templates.styles import Look, add_look
from scripts.make_doc_templates.wordparts import (
    CENTRE,
    FANG,
    HEI,
    LEFT,
    RIGHT,
    SONG,
    borders,
    element,
    field,
    grid,
    line,
    page,
    repeat_head,
    set_font,
    speak_chinese,
    widths,
)

LOOKS = (
    Look("公文_标题", HEI, 18, CENTRE, before=6, after=6, keep=True),
    Look("公文_副标题", SONG, 14, CENTRE, after=14, keep=True),
    Look("公文_一级标题", HEI, 14, LEFT, first=2, before=8, after=4, outline=0, keep=True),
    Look("公文_正文", FANG, 14, first=2),
    Look("公文_落款", FANG, 14, RIGHT, before=6),
    Look("公文_说明", SONG, 10.5, LEFT, before=4),
    Look("公文_表头", HEI, 10.5, CENTRE, before=2, after=2),
    Look("公文_表格文字", SONG, 10.5, LEFT, before=2, after=2),
    Look("公文_表格居中", SONG, 10.5, CENTRE, before=2, after=2),
    Look("公文_页码", SONG, 10.5, CENTRE),
)


def new(*, landscape: bool = False) -> Document:
    """An empty paper with the styles of an office and the pages counted at the foot."""
    document = docx.Document()
    for old in list(document.element.body):
        if old.tag != qn("w:sectPr"):
            document.element.body.remove(old)
    speak_chinese(document)
    normal = document.styles["Normal"]
    set_font(normal, SONG, 10.5)
    normal.paragraph_format.space_after = Pt(0)
    for look in LOOKS:
        add_look(document, look)
    section = document.sections[0]
    page(section, top=25, right=27, bottom=22, left=27)
    if landscape:
        page(section, top=22, right=20, bottom=18, left=20)
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Mm(297), Mm(210)
    grid(section)
    foot = section.footer.paragraphs[0]
    foot.style = document.styles["公文_页码"]
    foot.add_run("第 ")
    field(foot, "PAGE")
    foot.add_run(" 页　共 ")
    field(foot, "NUMPAGES")
    foot.add_run(" 页")
    document.styles["公文_正文"].paragraph_format.line_spacing = Pt(26)
    return document


def write(document: Document, style: str, text: str) -> Paragraph:
    """A paragraph."""
    return document.add_paragraph(text, style=style)


def mark(document: Document, tag: str) -> None:
    """A tag on a line of its own, which leaves none behind."""
    document.add_paragraph(f"{{%p {tag} %}}")


def loop(document: Document, loop: str, style: str, text: str) -> None:
    """A paragraph for each item."""
    mark(document, f"for {loop}")
    write(document, style, text)
    mark(document, "endfor")


def optional(document: Document, condition: str, style: str, text: str) -> None:
    """A paragraph that is there under a condition."""
    mark(document, f"if {condition}")
    write(document, style, text)
    mark(document, "endif")


def fill(table: Table, rows: Sequence[Sequence[str]]) -> None:
    """A block of labels and values, two pairs in a row."""
    for row, texts in zip(table._tbl.tr_lst, rows, strict=True):
        for place, (cell, text) in enumerate(zip(row.tc_lst, texts, strict=True)):
            put(table, cell, "公文_表格文字" if place % 2 else "公文_表头", text)


def head(table: Table, texts: Sequence[str]) -> None:
    """The first row of a table: its columns."""
    for cell, text in zip(table._tbl.tr_lst[0].tc_lst, texts, strict=True):
        put(table, cell, "公文_表头", text)


def row(table: Table, at: int, texts: Sequence[str], *, centred: Sequence[int] | range) -> None:
    """A row of a table."""
    for place, (cell, text) in enumerate(zip(table._tbl.tr_lst[at].tc_lst, texts, strict=True)):
        put(table, cell, "公文_表格居中" if place in centred else "公文_表格文字", text)


def row_mark(table: Table, at: int, tag: str) -> None:
    """A tag in a row of its own, which leaves none behind."""
    put(table, table._tbl.tr_lst[at].tc_lst[0], "公文_表格文字", f"{{%tr {tag} %}}")


def put(table: Table, cell: object, style: str, text: str) -> None:
    """Text into a cell."""
    paragraph = Paragraph(cell.p_lst[0], table)  # type: ignore[attr-defined]
    paragraph.style = style
    paragraph.add_run(text)


def rows_of(
    table: Table, loop_over: str, texts: Sequence[str], *, centred: Sequence[int] | range, none: str = ""
) -> None:
    """The rows of a loop below the head; where there is nothing, one row that says so.

    The table must have four rows, or six with `none`.
    """
    row_mark(table, 1, f"for {loop_over}")
    row(table, 2, texts, centred=centred)
    if none:
        row_mark(table, 3, "else")
        row(table, 4, (none, *("—" for _ in texts[1:])), centred=range(1, len(texts)))
    row_mark(table, 5 if none else 3, "endfor")


def listing(
    document: Document,
    columns: Sequence[str],
    millimetres: Sequence[float],
    loop_over: str,
    texts: Sequence[str],
    *,
    centred: Sequence[int] | range = (0,),
    none: str = "",
) -> Table:
    """A table with a visible grid: its columns, and a row for each item."""
    table: Table = document.add_table(6 if none else 4, len(columns))
    head(table, columns)
    rows_of(table, loop_over, texts, centred=centred, none=none)
    borders(table)
    widths(table, millimetres)
    repeat_head(table)
    return table


def form(document: Document, millimetres: Sequence[float], rows: Sequence[tuple[str, ...]], *, low: float = 9) -> Table:
    """A form with a visible grid: labels beside values; a row of two cells spans the whole width.

    Text after a `|` in a label says how high the cell is to be, in millimetres.
    """
    table: Table = document.add_table(len(rows), len(millimetres))
    borders(table)
    widths(table, millimetres)
    for at, texts in enumerate(rows):
        label, _, height = texts[0].partition("|")
        cells = table._tbl.tr_lst[at].tc_lst
        put(table, cells[0], "公文_表头", label)
        for place, text in enumerate(texts[1:], start=1):
            into, style = cells[place], "公文_表格文字" if place % 2 else "公文_表头"
            lines = text.split("\n")
            put(table, into, style, lines[0])
            for each in lines[1:]:
                paragraph = table.cell(at, place).add_paragraph(each, style=style)
                if each.endswith(("日", "期：")) or each.startswith(("签", "（盖章", "负责人")):
                    paragraph.alignment = RIGHT
        if len(texts) < len(millimetres):
            table.cell(at, len(texts) - 1).merge(table.cell(at, len(millimetres) - 1))
            last = table.cell(at, len(texts) - 1)
            for empty in [each for each in last.paragraphs[1:] if not each.text]:
                empty._p.getparent().remove(empty._p)
        table.rows[at].height = Mm(float(height) if height else low)
        table._tbl.tr_lst[at].get_or_add_trPr().append(element("w:cantSplit"))
        for cell in table._tbl.tr_lst[at].tc_lst:
            cell.get_or_add_tcPr().append(element("w:vAlign", val="center"))
    return table


def masthead(document: Document, issuer: str, title: str, number: str = "") -> None:
    """The head of an announcement: who announces in large letters above a rule, the number, the headline."""
    page(document.sections[0], top=25, right=24, bottom=22, left=24)
    name = write(document, "公文_标题", issuer)
    name.paragraph_format.space_before, name.paragraph_format.space_after = Pt(6), Pt(6)
    set_font(name.runs[0], HEI, 24)
    below = write(document, "公文_副标题", number)
    line(below, "bottom", eighths=12, space=8)
    below.paragraph_format.space_after = Pt(14)
    write(document, "公文_标题", title).paragraph_format.space_after = Pt(10)


def signed_by(document: Document, who: str, day: str) -> None:
    """Who signs below, and when."""
    signing = write(document, "公文_落款", who)
    signing.paragraph_format.space_before, signing.paragraph_format.keep_with_next = Pt(20), True
    write(document, "公文_落款", day)
