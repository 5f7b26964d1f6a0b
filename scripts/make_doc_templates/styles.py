"""The styles of the field: names, fonts and sizes after GB/T 1.1—2020, annex F, table F.1."""

from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from scripts.make_doc_templates.wordparts import BOTH, CENTRE, HEI, LEFT, RIGHT, SONG, borders, element, line, set_font

BODY_SIZE = 10.5
TEXT_WIDTH = 165.0
"""Width of the type area in millimetres: 210 less 25 and 20."""


@dataclass(frozen=True)
class Look:
    """How the paragraphs of one style are set; lengths in points, indents in characters of the style's size."""

    name: str
    font: str = SONG
    size: float = BODY_SIZE
    align: WD_ALIGN_PARAGRAPH = BOTH
    before: float = 0
    after: float = 0
    first: float = 0
    left: float = 0
    outline: int | None = None
    keep: bool = False
    new_page: bool = False
    bold: bool = False


_LEVELS = "一二三四五"
LOOKS: tuple[Look, ...] = (
    Look("标准文件_文件名称", HEI, 26, CENTRE),
    Look("标准文件_英文名称", HEI, 14, CENTRE, before=14),
    Look("标准文件_稿次", SONG, 14, CENTRE, before=18),
    Look("标准文件_完成日期", SONG, 10.5, CENTRE, before=8),
    Look("标准文件_专利提示", SONG, 9, CENTRE),
    Look("标准文件_分类号", HEI, 10.5, LEFT),
    Look("标准文件_文件代号", HEI, 48, RIGHT, bold=True),
    Look("标准文件_文件类别", HEI, 36, CENTRE),
    Look("标准文件_文件编号", HEI, 14, RIGHT),
    Look("标准文件_替换文件编号", HEI, 10.5, RIGHT, before=4),
    Look("标准文件_发布日期", HEI, 14, LEFT),
    Look("标准文件_实施日期", HEI, 14, RIGHT),
    Look("标准文件_发布机构", HEI, 18, CENTRE),
    Look("标准文件_目录标题", HEI, 16, CENTRE, before=20, after=24, keep=True),
    Look("标准文件_前言、引言标题", HEI, 16, CENTRE, before=20, after=24, outline=0, keep=True, new_page=True),
    Look("标准文件_正文标准名称", HEI, 16, CENTRE, before=12, after=28, keep=True),
    Look("标准文件_章标题", HEI, align=LEFT, before=15.6, after=15.6, outline=0, keep=True),
    *(
        Look(f"标准文件_{_LEVELS[level]}级条标题", HEI, align=LEFT, before=7.8, after=7.8, outline=level + 1, keep=True)
        for level in range(5)
    ),
    *(Look(f"标准文件_{_LEVELS[level]}级无标题") for level in range(5)),
    Look("标准文件_术语条编号", HEI, align=LEFT, before=7.8, keep=True),
    Look("标准文件_术语条", HEI, align=LEFT, first=2, after=3, keep=True),
    Look("标准文件_段", first=2),
    Look("标准文件_字母编号列项（一级）", left=4, first=-2),
    Look("标准文件_数字编号列项（二级）", left=6, first=-2),
    Look("标准文件_破折号列项", left=4, first=-2),
    Look("标准文件_注", size=9, left=4.6, first=-2.6, before=2, after=2),
    Look("标准文件_示例", size=9, left=2.4, before=2, after=2),
    Look("标准文件_正文表标题", HEI, align=CENTRE, before=7.8, after=4, keep=True),
    Look("标准文件_正文图标题", HEI, align=CENTRE, before=4, after=7.8),
    Look("标准文件_图", align=CENTRE, before=7.8, keep=True),
    Look("标准文件_文本框", size=9, align=LEFT),
    Look("标准文件_表单位", size=9, align=RIGHT, keep=True),
    Look("标准文件_表格文字", size=9, align=CENTRE, before=1.5, after=1.5),
    Look("标准文件_表格后", size=5),
    Look("标准文件_正文公式", before=7.8, after=7.8, align=LEFT),
    Look("标准文件_式中", first=2),
    Look("标准文件_符号说明", left=4.5),
    Look("标准文件_附录标识", HEI, align=CENTRE, before=10, after=20, outline=0, keep=True, new_page=True),
    Look("标准文件_附录性质", HEI, align=CENTRE, keep=True),
    Look("标准文件_附录章标题", HEI, align=CENTRE, after=20, keep=True),
    *(
        Look(
            f"标准文件_附录{_LEVELS[level]}级条标题",
            HEI,
            align=LEFT,
            before=7.8,
            after=7.8,
            outline=level + 1,
            keep=True,
        )
        for level in range(5)
    ),
    Look("标准文件_参考文献标题", HEI, align=CENTRE, before=10, after=20, outline=0, keep=True, new_page=True),
    Look("标准文件_参考文献条目", first=2),
    Look("标准文件_索引标题", HEI, align=CENTRE, before=10, after=20, outline=0, keep=True, new_page=True),
    Look("标准文件_页眉奇数页", HEI, align=RIGHT),
    Look("标准文件_页眉偶数页", HEI, align=LEFT),
    Look("标准文件_页脚奇数页", size=9, align=RIGHT),
    Look("标准文件_页脚偶数页", size=9, align=LEFT),
    Look("标准文件_扉页文字", SONG, 14, LEFT, before=8, after=8),
    Look("标准文件_终结线", before=24),
)


def dress(document: Document) -> None:
    """Give an empty document these styles, the contents styles and the table style."""
    normal = document.styles["Normal"]
    set_font(normal, SONG, BODY_SIZE)
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.space_before = Pt(0)
    for look in LOOKS:
        add_look(document, look)
    _contents(document)
    for name, small in (("标准文件_下标", "subscript"), ("标准文件_上标", "superscript")):
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        setattr(style.font, small, True)
    _notes(document)
    end = document.styles["标准文件_终结线"]
    end.paragraph_format.left_indent = end.paragraph_format.right_indent = Mm(TEXT_WIDTH * 3 / 8)
    line(end, "top", eighths=8)
    box = document.styles["标准文件_文本框"]
    for side in ("top", "left", "bottom", "right"):
        line(box, side, eighths=4, space=4)
    formula = document.styles["标准文件_正文公式"].paragraph_format.tab_stops
    formula.add_tab_stop(Mm(TEXT_WIDTH / 2), WD_TAB_ALIGNMENT.CENTER)
    formula.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    _table_style(document)


def add_look(document: Document, look: Look) -> None:
    """Add one style to a document."""
    style = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    set_font(style, look.font, look.size, bold=look.bold)
    layout = style.paragraph_format
    layout.alignment = look.align
    layout.space_before, layout.space_after = Pt(look.before), Pt(look.after)
    layout.left_indent = Pt(look.left * look.size) if look.left else None
    layout.first_line_indent = Pt(look.first * look.size) if look.first else None
    layout.keep_with_next = look.keep or None
    layout.page_break_before = look.new_page or None
    if look.outline is not None:
        style.element.get_or_add_pPr().append(element("w:outlineLvl", val=look.outline))


def _contents(document: Document) -> None:
    for level in (1, 2):
        style = document.styles.add_style(f"toc {level}", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        style.base_style = document.styles["Normal"]
        set_font(style, SONG, BODY_SIZE)
        style.paragraph_format.left_indent = Pt((level - 1) * BODY_SIZE) if level > 1 else None
        style.paragraph_format.tab_stops.add_tab_stop(Mm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _notes(document: Document) -> None:
    """The styles of footnotes and endnotes, and of the marks that refer to them."""
    for kind in ("footnote", "endnote"):
        text = document.styles.add_style(f"{kind} text", WD_STYLE_TYPE.PARAGRAPH, builtin=True)
        text.base_style = document.styles["Normal"]
        set_font(text, SONG, 9)
        mark = document.styles.add_style(f"{kind} reference", WD_STYLE_TYPE.CHARACTER, builtin=True)
        mark.font.superscript = True


def _table_style(document: Document) -> None:
    style = document.styles.add_style("标准文件_表格", WD_STYLE_TYPE.TABLE)
    style.base_style = document.styles["Normal Table"]
    sample = document.add_table(1, 1)
    borders(sample)
    rules = sample._tbl.tblPr.find(qn("w:tblBorders"))
    properties = element("w:tblPr")
    properties.append(rules)
    style.element.append(properties)
    sample._tbl.getparent().remove(sample._tbl)
