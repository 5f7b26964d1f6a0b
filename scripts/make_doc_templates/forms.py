"""The templates of the papers that go with a text: note, table of comments, minutes, announcement."""

from docx.document import Document
from docx.shared import Mm, Pt

from scripts.make_doc_templates.office import fill, head, loop, mark, new, optional, row, row_mark, write
from scripts.make_doc_templates.wordparts import (
    HEI,
    RIGHT,
    borders,
    element,
    line,
    page,
    repeat_head,
    set_font,
    widths,
)


def explanatory_note() -> Document:
    """编制说明: the ten headings with what stands under them."""
    document = new()
    write(document, "公文_标题", "《{{ title_zh }}》")
    write(
        document, "公文_标题", "{% if draft_words %}（{{ draft_words }}）{% endif %}{{ name }}"
    ).paragraph_format.space_after = Pt(14)
    write(document, "公文_副标题", "起草单位：{{ drafting_units|join('、') }}").paragraph_format.space_after = Pt(0)
    optional(document, "plan_entry", "公文_副标题", "计划编号：{{ plan_entry }}")
    document.paragraphs[-2].paragraph_format.space_after = Pt(0)
    write(document, "公文_副标题", "{{ completed_on|chinese_date }}")
    mark(document, "for numeral, section in numbered_sections")
    write(document, "公文_一级标题", "{{ numeral }}、{{ section.title }}")
    loop(document, "paragraph in section.text", "公文_正文", "{{ paragraph }}")
    mark(document, "endfor")
    return document


def comment_table() -> Document:
    """征求意见汇总处理表: landscape, with the head on every page and the four counts at the foot."""
    document = new(landscape=True)
    write(document, "公文_标题", "《{{ title_zh }}》（{{ draft_words }}）征求意见汇总处理表")
    about = document.add_table(2, 4)
    fill(
        about,
        (
            ("标准项目名称", "{{ title_zh }}", "负责起草单位", "{{ drafting_unit }}"),
            ("承办人", "{{ handler }}", "电　　话", "{{ phone or '—' }}"),
        ),
    )
    borders(about)
    widths(about, (32, 96, 32, 97))
    dated = write(document, "公文_说明", "填写日期：{{ filled_on|chinese_date }}")
    dated.alignment = RIGHT
    table = document.add_table(6, 6)
    head(table, ("序号", "标准章条编号", "意见内容", "提出单位", "处理意见", "备注（理由）"))
    row_mark(table, 1, "for row in rows")
    row(
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
    row_mark(table, 3, "else")
    row(table, 4, ("—", "—", "征求意见期间未收到意见。", "—", "—", "—"), centred=(0, 1, 3, 4, 5))
    row_mark(table, 5, "endfor")
    borders(table)
    widths(table, (14, 30, 92, 42, 26, 53))
    repeat_head(table)
    write(document, "公文_说明", "{{ counts }}").paragraph_format.space_before = Pt(8)
    write(
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
    document = new()
    write(document, "公文_标题", "《{{ title_zh }}》")
    write(document, "公文_标题", "{{ name }}").paragraph_format.space_after = Pt(14)
    about = document.add_table(3, 4)
    fill(
        about,
        (
            ("审查日期", "{{ held_on|chinese_date }}", "审查方式", "{{ mode_words }}"),
            ("审查地点", "{{ place or '—' }}", "主持人", "{{ chair }}"),
            ("组织单位", "{{ organiser }}", "审查结果", "{{ outcome_words }}"),
        ),
    )
    borders(about)
    widths(about, (24, 60, 24, 48))
    write(document, "公文_一级标题", "一、审查过程").paragraph_format.space_before = Pt(14)
    loop(document, "paragraph in process", "公文_正文", "{{ paragraph }}")
    write(document, "公文_一级标题", "二、修改意见")
    mark(document, "for point in points")
    write(
        document,
        "公文_正文",
        "{{ loop.index }}．{% if point.clause %}（{{ point.clause }}）{% endif %}{{ point.text }}",
    )
    mark(document, "else")
    write(document, "公文_正文", "专家组未提出修改意见。")
    mark(document, "endfor")
    write(document, "公文_一级标题", "三、主要分歧及处理")
    mark(document, "for paragraph in disagreements")
    write(document, "公文_正文", "{{ paragraph }}")
    mark(document, "else")
    write(document, "公文_正文", "无重大分歧意见。")
    mark(document, "endfor")
    write(document, "公文_一级标题", "四、表决情况")
    write(
        document, "公文_正文", "共有委员（专家）{{ entitled }}人，参加审查{{ present }}人。表决结果如下："
    ).paragraph_format.space_after = Pt(6)
    votes = document.add_table(2, 5)
    head(votes, ("应到人数", "实到人数", "同意", "不同意", "弃权"))
    row(
        votes,
        1,
        ("{{ entitled }}", "{{ present }}", "{{ votes_for }}", "{{ votes_against }}", "{{ abstentions }}"),
        centred=range(5),
    )
    borders(votes)
    widths(votes, (31.2,) * 5)
    write(document, "公文_一级标题", "五、审查结论").paragraph_format.space_before = Pt(12)
    loop(document, "paragraph in conclusion", "公文_正文", "{{ paragraph }}")
    optional(document, "recommendation", "公文_正文", "{{ recommendation }}")
    signing = write(document, "公文_一级标题", "六、专家签名")
    signing.paragraph_format.space_after = Pt(6)
    experts = document.add_table(4, 6)
    head(experts, ("序号", "姓名", "职务", "职称", "单位名称", "签名"))
    row_mark(experts, 1, "for expert in experts")
    row(
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
    row_mark(experts, 3, "endfor")
    borders(experts)
    widths(experts, (12, 20, 20, 30, 50, 24))
    repeat_head(experts)
    for line_of_cells in experts._tbl.tr_lst:
        for cell in line_of_cells.tc_lst:
            cell.get_or_add_tcPr().append(element("w:vAlign", val="center"))
    return document


def publication_announcement() -> Document:
    """发布公告: headline, number, the sentence that publishes, and the table of what is published."""
    document = new()
    page(document.sections[0], top=25, right=20, bottom=22, left=20)
    masthead = write(document, "公文_标题", "{{ issuer }}公告")
    masthead.paragraph_format.space_before, masthead.paragraph_format.space_after = Pt(20), Pt(10)
    set_font(masthead.runs[0], HEI, 26)
    number = write(document, "公文_副标题", "{{ announcement_number }}")
    line(number, "bottom", eighths=12, space=10)
    number.paragraph_format.space_after = Pt(24)
    write(document, "公文_标题", "{{ title_zh }}").paragraph_format.space_after = Pt(16)
    mark(document, "if kind == 'metrology_specification'")
    write(
        document,
        "公文_正文",
        "经专家审定并公示，现批准下列{{ documents|length }}项文件为上海市{{ class_words }}，予以发布（见下表）。",
    )
    mark(document, "elif kind == 'group_standard'")
    write(
        document,
        "公文_正文",
        "按照本会团体标准制定程序，现批准发布下列{{ documents|length }}项{{ class_words }}（见下表）。",
    )
    mark(document, "else")
    write(
        document,
        "公文_正文",
        "根据《中华人民共和国标准化法》《上海市标准化条例》的规定，现批准发布下列{{ documents|length }}项上海市{{ class_words }}（见下表）。",
    )
    mark(document, "endif")
    write(document, "公文_正文", "特此公告。").paragraph_format.space_after = Pt(12)
    table = document.add_table(4, 6)
    head(table, ("序号", "编号", "名称", "代替文件", "发布日期", "实施日期"))
    row_mark(table, 1, "for each in documents")
    row(
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
    row_mark(table, 3, "endfor")
    borders(table)
    widths(table, (11, 39.5, 34, 39.5, 23, 23))
    repeat_head(table)
    write(document, "公文_落款", "{{ issuer }}").paragraph_format.space_before = Pt(36)
    write(document, "公文_落款", "{{ announced_on|chinese_date }}")
    return document
