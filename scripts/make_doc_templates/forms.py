"""The templates of the papers that go with a text: note, table of comments, minutes, announcement."""

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

_LOOKS = (
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


def explanatory_note() -> Document:
    """编制说明: the ten headings with what stands under them."""
    document = _new()
    _write(document, "公文_标题", "《{{ title_zh }}》")
    _write(
        document, "公文_标题", "{% if draft_words %}（{{ draft_words }}）{% endif %}{{ name }}"
    ).paragraph_format.space_after = Pt(14)
    _write(document, "公文_副标题", "起草单位：{{ drafting_units|join('、') }}").paragraph_format.space_after = Pt(0)
    _optional(document, "plan_entry", "公文_副标题", "计划编号：{{ plan_entry }}")
    document.paragraphs[-2].paragraph_format.space_after = Pt(0)
    _write(document, "公文_副标题", "{{ completed_on|chinese_date }}")
    _mark(document, "for numeral, section in numbered_sections")
    _write(document, "公文_一级标题", "{{ numeral }}、{{ section.title }}")
    _loop(document, "paragraph in section.text", "公文_正文", "{{ paragraph }}")
    _mark(document, "endfor")
    return document


def comment_table() -> Document:
    """征求意见汇总处理表: landscape, with the head on every page and the four counts at the foot."""
    document = _new(landscape=True)
    _write(document, "公文_标题", "《{{ title_zh }}》（{{ draft_words }}）征求意见汇总处理表")
    about = document.add_table(2, 4)
    _fill(
        about,
        (
            ("标准项目名称", "{{ title_zh }}", "负责起草单位", "{{ drafting_unit }}"),
            ("承办人", "{{ handler }}", "电　　话", "{{ phone or '—' }}"),
        ),
    )
    borders(about)
    widths(about, (32, 96, 32, 97))
    dated = _write(document, "公文_说明", "填写日期：{{ filled_on|chinese_date }}")
    dated.alignment = RIGHT
    table = document.add_table(6, 6)
    _head(table, ("序号", "标准章条编号", "意见内容", "提出单位", "处理意见", "备注（理由）"))
    _row_mark(table, 1, "for row in rows")
    _row(
        table,
        2,
        (
            "{{ loop.index }}",
            "{{ row.clause }}",
            "{{ row.comment }}",
            "{{ row.submitted_by }}",
            "{{ row.result }}",
            "{{ row.reason or '—' }}",
        ),
        centred=(0, 1, 4),
    )
    _row_mark(table, 3, "else")
    _row(table, 4, ("—", "—", "征求意见期间未收到意见。", "—", "—", "—"), centred=(0, 1, 3, 4, 5))
    _row_mark(table, 5, "endfor")
    borders(table)
    widths(table, (14, 30, 92, 42, 26, 53))
    repeat_head(table)
    _write(document, "公文_说明", "{{ counts }}").paragraph_format.space_before = Pt(8)
    _write(
        document,
        "公文_说明",
        "说明：（1）发送《{{ draft_words }}》的单位数：{{ '—' if units_asked is none else units_asked }}个；"
        "（2）收到《{{ draft_words }}》后，回函的单位数：{{ units_answered }}个；"
        "（3）收到《{{ draft_words }}》后，回函并有建议或意见的单位数：{{ units_commenting }}个；"
        "（4）没有回函的单位数：{{ '—' if units_silent is none else units_silent }}个。",
    )
    return document


def review_minutes() -> Document:
    """审查会议纪要 or 审定意见书: course, points, vote, conclusion, and the table that every expert signs."""
    document = _new()
    _write(document, "公文_标题", "《{{ title_zh }}》")
    _write(document, "公文_标题", "{{ name }}").paragraph_format.space_after = Pt(14)
    about = document.add_table(3, 4)
    _fill(
        about,
        (
            ("审查日期", "{{ held_on|chinese_date }}", "审查方式", "{{ mode_words }}"),
            ("审查地点", "{{ place or '—' }}", "主持人", "{{ chair }}"),
            ("组织单位", "{{ organiser }}", "审查结果", "{{ outcome_words }}"),
        ),
    )
    borders(about)
    widths(about, (24, 60, 24, 48))
    _write(document, "公文_一级标题", "一、审查过程").paragraph_format.space_before = Pt(14)
    _loop(document, "paragraph in process", "公文_正文", "{{ paragraph }}")
    _write(document, "公文_一级标题", "二、修改意见")
    _mark(document, "for point in points")
    _write(
        document,
        "公文_正文",
        "{{ loop.index }}．{% if point.clause %}（{{ point.clause }}）{% endif %}{{ point.text }}",
    )
    _mark(document, "else")
    _write(document, "公文_正文", "专家组未提出修改意见。")
    _mark(document, "endfor")
    _write(document, "公文_一级标题", "三、主要分歧及处理")
    _mark(document, "for paragraph in disagreements")
    _write(document, "公文_正文", "{{ paragraph }}")
    _mark(document, "else")
    _write(document, "公文_正文", "无重大分歧意见。")
    _mark(document, "endfor")
    _write(document, "公文_一级标题", "四、表决情况")
    _write(
        document, "公文_正文", "共有委员（专家）{{ entitled }}人，参加审查{{ present }}人。表决结果如下："
    ).paragraph_format.space_after = Pt(6)
    votes = document.add_table(2, 5)
    _head(votes, ("应到人数", "实到人数", "同意", "不同意", "弃权"))
    _row(
        votes,
        1,
        ("{{ entitled }}", "{{ present }}", "{{ votes_for }}", "{{ votes_against }}", "{{ abstentions }}"),
        centred=range(5),
    )
    borders(votes)
    widths(votes, (31.2,) * 5)
    _write(document, "公文_一级标题", "五、审查结论").paragraph_format.space_before = Pt(12)
    _loop(document, "paragraph in conclusion", "公文_正文", "{{ paragraph }}")
    _optional(document, "recommendation", "公文_正文", "{{ recommendation }}")
    signing = _write(document, "公文_一级标题", "六、专家签名")
    signing.paragraph_format.space_after = Pt(6)
    experts = document.add_table(4, 6)
    _head(experts, ("序号", "姓名", "职务", "职称", "单位名称", "签名"))
    _row_mark(experts, 1, "for expert in experts")
    _row(
        experts,
        2,
        (
            "{{ loop.index }}",
            "{{ expert.name }}",
            "{{ expert.capacity }}",
            "{{ expert.professional_title }}",
            "{{ expert.unit }}",
            "",
        ),
        centred=(0, 1, 2, 3),
    )
    experts.rows[2].height = Mm(10)
    _row_mark(experts, 3, "endfor")
    borders(experts)
    widths(experts, (12, 20, 20, 30, 50, 24))
    repeat_head(experts)
    for row in experts._tbl.tr_lst:
        for cell in row.tc_lst:
            cell.get_or_add_tcPr().append(element("w:vAlign", val="center"))
    return document


def publication_announcement() -> Document:
    """发布公告: headline, number, the sentence that publishes, and the table of what is published."""
    document = _new()
    page(document.sections[0], top=25, right=20, bottom=22, left=20)
    masthead = _write(document, "公文_标题", "{{ issuer }}公告")
    masthead.paragraph_format.space_before, masthead.paragraph_format.space_after = Pt(20), Pt(10)
    set_font(masthead.runs[0], HEI, 26)
    number = _write(document, "公文_副标题", "{{ announcement_number }}")
    line(number, "bottom", eighths=12, space=10)
    number.paragraph_format.space_after = Pt(24)
    _write(document, "公文_标题", "{{ title_zh }}").paragraph_format.space_after = Pt(16)
    _mark(document, "if kind == 'metrology_specification'")
    _write(
        document,
        "公文_正文",
        "经专家审定并公示，现批准下列{{ documents|length }}项文件为上海市{{ class_words }}，予以发布（见下表）。",
    )
    _mark(document, "elif kind == 'group_standard'")
    _write(
        document,
        "公文_正文",
        "按照本会团体标准制定程序，现批准发布下列{{ documents|length }}项{{ class_words }}（见下表）。",
    )
    _mark(document, "else")
    _write(
        document,
        "公文_正文",
        "根据《中华人民共和国标准化法》《上海市标准化条例》的规定，现批准发布下列{{ documents|length }}项上海市{{ class_words }}（见下表）。",
    )
    _mark(document, "endif")
    _write(document, "公文_正文", "特此公告。").paragraph_format.space_after = Pt(12)
    table = document.add_table(4, 6)
    _head(table, ("序号", "编号", "名称", "代替文件", "发布日期", "实施日期"))
    _row_mark(table, 1, "for each in documents")
    _row(
        table,
        2,
        (
            "{{ loop.index }}",
            "{{ each.number }}",
            "{{ each.title }}",
            "{{ each.replaces or '—' }}",
            "{{ each.published_on }}",
            "{{ each.implemented_on }}",
        ),
        centred=(0, 1, 3, 4, 5),
    )
    _row_mark(table, 3, "endfor")
    borders(table)
    widths(table, (11, 39.5, 34, 39.5, 23, 23))
    repeat_head(table)
    _write(document, "公文_落款", "{{ issuer }}").paragraph_format.space_before = Pt(36)
    _write(document, "公文_落款", "{{ announced_on|chinese_date }}")
    return document


def _new(*, landscape: bool = False) -> Document:
    document = docx.Document()
    for old in list(document.element.body):
        if old.tag != qn("w:sectPr"):
            document.element.body.remove(old)
    speak_chinese(document)
    normal = document.styles["Normal"]
    set_font(normal, SONG, 10.5)
    normal.paragraph_format.space_after = Pt(0)
    for look in _LOOKS:
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


def _write(document: Document, style: str, text: str) -> Paragraph:
    return document.add_paragraph(text, style=style)


def _mark(document: Document, tag: str) -> None:
    document.add_paragraph(f"{{%p {tag} %}}")


def _loop(document: Document, loop: str, style: str, text: str) -> None:
    _mark(document, f"for {loop}")
    _write(document, style, text)
    _mark(document, "endfor")


def _optional(document: Document, condition: str, style: str, text: str) -> None:
    _mark(document, f"if {condition}")
    _write(document, style, text)
    _mark(document, "endif")


def _fill(table: Table, rows: Sequence[Sequence[str]]) -> None:
    """A block of labels and values, two pairs in a row."""
    for row, texts in zip(table._tbl.tr_lst, rows, strict=True):
        for place, (cell, text) in enumerate(zip(row.tc_lst, texts, strict=True)):
            _put(table, cell, "公文_表格文字" if place % 2 else "公文_表头", text)


def _head(table: Table, texts: Sequence[str]) -> None:
    for cell, text in zip(table._tbl.tr_lst[0].tc_lst, texts, strict=True):
        _put(table, cell, "公文_表头", text)


def _row(table: Table, at: int, texts: Sequence[str], *, centred: Sequence[int] | range) -> None:
    for place, (cell, text) in enumerate(zip(table._tbl.tr_lst[at].tc_lst, texts, strict=True)):
        _put(table, cell, "公文_表格居中" if place in centred else "公文_表格文字", text)


def _row_mark(table: Table, at: int, tag: str) -> None:
    _put(table, table._tbl.tr_lst[at].tc_lst[0], "公文_表格文字", f"{{%tr {tag} %}}")


def _put(table: Table, cell: object, style: str, text: str) -> None:
    paragraph = Paragraph(cell.p_lst[0], table)  # type: ignore[attr-defined]
    paragraph.style = style
    paragraph.add_run(text)
