"""The templates of submission and approval, and the two reports of metrology."""

from docx.document import Document
from docx.shared import Pt

from scripts.make_doc_templates.office import form, listing, loop, mark, masthead, new, signed_by, write

FOUR = (30, 48, 30, 48)
_SIGNING = "\n\n签名（盖章）：　　　　　　　　\n年　　月　　日"


def test_report() -> Document:
    """试验报告: the headings of a report on trials, with the tables to be filled in."""
    document = new()
    _report_head(document)
    write(document, "公文_一级标题", "一、试验目的和依据").paragraph_format.space_before = Pt(14)
    loop(document, "paragraph in scope", "公文_正文", "{{ paragraph }}")
    write(document, "公文_正文", "本试验用于证明规范规定的条件和方法可行。")
    write(document, "公文_一级标题", "二、试验项目和方法")
    loop(document, "paragraph in technical_content", "公文_正文", "{{ paragraph }}")
    _blank(document, ("序号", "试验项目", "规范章条", "试验方法"), (14, 50, 32, 60), 4)
    write(document, "公文_一级标题", "三、试验条件和设备")
    _blank(document, ("名称", "型号规格", "编号", "测量范围", "准确度等级或不确定度"), (32, 30, 24, 30, 40), 4)
    write(document, "公文_一级标题", "四、试验数据和结果")
    _blank(document, ("序号", "试验项目", "被测对象", "测量值", "技术要求", "结论"), (14, 38, 32, 28, 26, 18), 6)
    write(document, "公文_一级标题", "五、分析和结论")
    _signing(document)
    return document


def uncertainty_report() -> Document:
    """不确定度评定报告: model, sources with type A or B, combination, expanded uncertainty."""
    document = new()
    _report_head(document)
    write(document, "公文_一级标题", "一、评定依据和测量概述").paragraph_format.space_before = Pt(14)
    write(document, "公文_正文", "依据JJF 1059.1—2012《测量不确定度评定与表示》评定。")
    loop(document, "paragraph in scope", "公文_正文", "{{ paragraph }}")
    write(document, "公文_一级标题", "二、测量模型")
    write(document, "公文_正文", "y＝")
    write(document, "公文_一级标题", "三、不确定度来源和标准不确定度分量").paragraph_format.space_after = Pt(6)
    listing(
        document,
        ("序号", "不确定度来源", "评定方法（A类、B类）", "分布和包含因子", "标准不确定度u(xᵢ)", "灵敏系数cᵢ"),
        (12, 40, 28, 26, 30, 20),
        "number in blank_rows",
        ("{{ number }}", "", "", "", "", ""),
    )
    write(document, "公文_一级标题", "四、合成标准不确定度").paragraph_format.space_before = Pt(12)
    write(document, "公文_正文", "各分量互不相关时，u_c(y)＝")
    write(document, "公文_一级标题", "五、扩展不确定度")
    write(document, "公文_正文", "取包含因子k＝2，扩展不确定度U＝k·u_c(y)＝")
    write(document, "公文_一级标题", "六、结论")
    _signing(document)
    return document


def _report_head(document: Document) -> None:
    write(document, "公文_标题", "《{{ title_zh }}》")
    write(document, "公文_标题", "{{ name }}").paragraph_format.space_after = Pt(14)
    form(
        document,
        FOUR,
        (
            ("规范类别", "{{ case.category_words }}", "计划编号", "{{ case.plan_entry or '—' }}"),
            ("起草单位", "{{ case.units|join('、') }}", "制表日期", "{{ dated|chinese_date }}"),
        ),
    )


def _blank(document: Document, columns: tuple[str, ...], millimetres: tuple[float, ...], rows: int) -> None:
    """A table whose rows are left to be filled in."""
    form_of_rows = (columns, *(("|9", *("" for _ in columns[1:])) for _ in range(rows)))
    table = form(document, millimetres, form_of_rows)
    for cell in table.rows[0].cells:
        cell.paragraphs[0].style = document.styles["公文_表头"]


def _signing(document: Document) -> None:
    table = form(document, (52, 52, 52), (("试验（评定）", "审　　核", "批　　准"), ("|20", "", "")))
    table.rows[0].cells[1].paragraphs[0].style = document.styles["公文_表头"]


def submission_letter() -> Document:
    """报批函: what is submitted, by whom, on which plan entry."""
    document = new()
    masthead(
        document,
        "{{ case.submitter }}",
        "关于报批{{ case.class_words }}《{{ title_zh }}》的函",
        "（文号：　　　　　　　　）",
    )
    write(document, "公文_正文", "{{ case.approver }}：").paragraph_format.first_line_indent = Pt(0)
    write(
        document,
        "公文_正文",
        "{% if case.plan_entry %}根据{% if plan_title %}《{{ plan_title }}》{% else %}项目计划{% endif %}"
        "（计划编号：{{ case.plan_entry }}），{% endif %}由{{ case.units|join('、') }}起草的{{ case.class_words }}"
        "《{{ title_zh }}》已完成起草、征求意见和{{ case.review_word }}工作"
        "{% if reviewed_on %}，于{{ reviewed_on|chinese_date }}通过{{ case.review_word }}{% endif %}，"
        "并按意见修改形成报批稿。现将报批材料报上，请予审批。",
    )
    mark(document, "if case.replaces")
    write(document, "公文_正文", "本{{ case.itself }}发布后，代替{{ case.replaces }}。")
    mark(document, "endif")
    write(document, "公文_正文", "专此函报。")
    write(document, "公文_正文", "联系方式：{{ case.contact or '（由报送单位填写）' }}")
    signed_by(document, "{{ case.submitter }}（盖章）", "{{ dated|chinese_date }}")
    write(document, "公文_说明", "附件：").paragraph_format.space_before = Pt(14)
    loop(document, "each in enclosures", "公文_说明", "{{ loop.index }}．{{ each }}")
    return document


def submission_list() -> Document:
    """报批文件清单: each document with its pages, copies and SHA-256."""
    document = new(landscape=True)
    write(document, "公文_标题", "《{{ title_zh }}》{{ name }}").paragraph_format.space_after = Pt(10)
    form(
        document,
        (32, 96, 32, 97),
        (
            ("报送单位", "{{ case.submitter }}", "起草单位", "{{ case.units|join('、') }}"),
            ("计划编号", "{{ case.plan_entry or '—' }}", "制表日期", "{{ dated|chinese_date }}"),
        ),
    )
    write(document, "公文_说明", "").paragraph_format.space_after = Pt(2)
    listing(
        document,
        ("序号", "文件名称", "电子文件", "页数", "份数", "SHA-256"),
        (12, 52, 70, 14, 14, 95),
        "each in lines",
        (
            "{{ loop.index }}",
            "{{ each.name }}",
            "{{ each.filename or '—' }}",
            "{{ each.pages or '—' }}",
            "{{ each.copies }}",
            "{{ each.hash_words }}",
        ),
        centred=(0, 3, 4),
    )
    mark(document, "if missing_words")
    write(document, "公文_说明", "尚缺：{{ missing_words }}。")
    mark(document, "endif")
    write(
        document,
        "公文_说明",
        "说明：SHA-256为各电子文件的校验值，报批后可据此核对文件未被改动；本清单自身不列入。",
    )
    return document


def approval_form() -> Document:
    """审批表: the facts of the project and the blocks of those who approve."""
    document = new()
    write(document, "公文_标题", "{{ case.class_words }}审批表").paragraph_format.space_after = Pt(14)
    form(
        document,
        FOUR,
        (
            ("中文名称", "{{ title_zh }}"),
            ("英文名称", "{{ case.title_en }}"),
            ("编　　号", "{{ number or '（待编号）' }}", "计划编号", "{{ case.plan_entry or '—' }}"),
            (
                "制定或修订",
                "{% if case.is_revision %}修订{% else %}制定{% endif %}",
                "代替文件",
                "{{ case.replaces or '—' }}",
            ),
            ("ICS 号", "{{ case.ics }}", "CCS 号", "{{ case.ccs }}"),
            ("提出单位", "{{ case.proposer }}", "归口单位", "{{ case.owner }}"),
            ("起草单位", "{{ case.units|join('、') }}"),
            ("主要起草人", "{{ case.drafters|join('、') }}"),
            ("征求意见情况", "{{ consulted or '—' }}"),
            ("意见处理情况", "{{ comments or '—' }}"),
            ("{{ case.review_word }}情况", "{{ reviewed or '—' }}"),
            ("经办人意见|30", _SIGNING),
            ("审核意见|30", _SIGNING),
            ("批准意见|30", _SIGNING),
        ),
    )
    write(document, "公文_说明", "制表日期：{{ dated|chinese_date }}")
    return document


def public_notice() -> Document:
    """批准前公示: what is to be approved, for how many days, and how to object."""
    document = new()
    masthead(document, "{{ case.issuer }}", "关于《{{ title_zh }}》批准前公示的通知")
    write(
        document,
        "公文_正文",
        "由{{ case.units|join('、') }}起草的{{ case.class_words }}《{{ title_zh }}》已通过{{ case.review_word }}，拟予批准发布，现予公示。",
    )
    write(
        document,
        "公文_正文",
        "公示期为{{ days }}日，自{{ opened_on|chinese_date }}至{{ ends_on|chinese_date }}。对拟批准的内容有异议的，请在公示期内"
        "在线提出或书面寄送下列联系人，写明理由和联系方式。",
    )
    form(
        document,
        FOUR,
        (
            ("规范名称", "{{ title_zh }}"),
            ("规范类别", "{{ case.category_words }}", "代替文件", "{{ case.replaces or '—' }}"),
            ("归口单位", "{{ case.owner }}", "起草单位", "{{ case.units|join('、') }}"),
            ("联系方式", "{{ case.contact or '（由公示单位填写）' }}"),
        ),
    )
    signed_by(document, "{{ case.issuer }}", "{{ dated|chinese_date }}")
    return document
