"""The templates of the entrance: application form, task statement, appraisal record, announcement of the plan."""

from docx.document import Document
from docx.shared import Mm, Pt

from scripts.make_doc_templates.office import form, listing, mark, masthead, new, signed_by, write

FOUR = (30, 48, 30, 48)
_SIGNING = "\n\n签名（盖章）：　　　　　　　　\n年　　月　　日"


def application_form() -> Document:
    """立项申报书: what is recorded of the project, and the blocks of those who must agree."""
    document = new()
    write(document, "公文_标题", "{{ case.class_words }}项目申报书").paragraph_format.space_after = Pt(14)
    form(
        document,
        FOUR,
        (
            ("项目名称", "{{ title_zh }}"),
            ("英文名称", "{{ case.title_en }}"),
            (
                "制定或修订",
                "{% if case.is_revision %}□制定　☑修订{% else %}☑制定　□修订{% endif %}",
                "被修订文件编号",
                "{{ case.replaces or '—' }}",
            ),
            ("ICS 号", "{{ case.ics }}", "CCS 号", "{{ case.ccs }}"),
            (
                "文件类别",
                "{{ case.category_words or case.class_words }}",
                "计划编号",
                "{{ case.plan_entry or '（待定）' }}",
            ),
            ("申报单位", "{{ case.proposer }}", "归口单位", "{{ case.owner }}"),
            ("起草单位", "{{ case.units|join('、') }}"),
            ("主要起草人", "{{ case.drafters|join('、') }}"),
            ("联系方式", "{{ case.contact }}", "起草周期", "{% if months %}{{ months }}个月{% endif %}"),
            ("目的、意义|26", "{{ purpose|join('\\n') }}"),
            ("必要性|26", "{{ necessity|join('\\n') }}"),
            ("适用范围|20", "{{ scope|join('\\n') }}"),
            ("主要技术内容|32", "{{ technical_content|join('\\n') }}"),
            ("与有关法律法规和标准的关系|20", "{{ relation_to_laws|join('\\n') }}"),
            (
                "采用国际或国外文件",
                "{% if adopts_foreign_text %}☑是　□否{% else %}□是　☑否{% endif %}",
                "涉及专利",
                "□是　□否",
            ),
            ("国内外情况和工作基础|26", ""),
            ("经费和保障|18", ""),
            ("起草单位意见|32", _SIGNING),
            ("归口单位意见|32", _SIGNING),
            ("主管部门意见|32", _SIGNING),
        ),
    )
    write(document, "公文_说明", "填表日期：{{ dated|chinese_date }}。空白处由申报单位填写，签名、盖章后上传。")
    return document


def task_statement() -> Document:
    """计划任务书 of a metrology specification."""
    document = new()
    write(document, "公文_标题", "上海市{{ case.class_words }}制修订项目计划任务书").paragraph_format.space_after = Pt(
        14
    )
    form(
        document,
        FOUR,
        (
            ("项目名称", "{{ title_zh }}"),
            ("计划编号", "{{ case.plan_entry }}", "规范类别", "{{ case.category_words }}"),
            (
                "制定或修订",
                "{% if case.is_revision %}□制定　☑修订{% else %}☑制定　□修订{% endif %}",
                "代替文件",
                "{{ case.replaces or '—' }}",
            ),
            ("归口单位", "{{ case.owner }}"),
            ("主要起草单位", "{{ case.lead_unit }}", "参加起草单位", "{{ case.units[1:]|join('、') or '—' }}"),
            ("主要起草人", "{{ case.drafters|join('、') }}"),
            (
                "起始日期",
                "{% if begins_on %}{{ begins_on|chinese_date }}{% endif %}",
                "完成日期",
                "{% if completes_on %}{{ completes_on|chinese_date }}{% endif %}",
            ),
            ("目的和任务来源|30", "{{ purpose|join('\\n') }}"),
            ("主要技术内容|40", "{{ technical_content|join('\\n') }}"),
            ("试验验证和不确定度评定安排|30", ""),
            ("所需测量标准和主要设备|24", ""),
            ("进度安排|36", "征求意见：　　　　年　　月\n报审：　　　　年　　月\n报批：　　　　年　　月"),
            ("经费预算|18", ""),
            ("起草单位意见|32", _SIGNING),
            ("技术委员会意见|32", _SIGNING),
            ("计量行政部门意见|32", _SIGNING),
        ),
    )
    write(document, "公文_说明", "填表日期：{{ dated|chinese_date }}")
    return document


def appraisal_record() -> Document:
    """立项论证意见: day, place, points raised, conclusion, and the table that every expert signs."""
    document = new()
    write(document, "公文_标题", "《{{ title_zh }}》")
    write(document, "公文_标题", "{{ name }}").paragraph_format.space_after = Pt(14)
    form(
        document,
        FOUR,
        (
            ("论证日期", "{{ held_on|chinese_date }}", "论证地点", "{{ place or '—' }}"),
            ("申报单位", "{{ case.proposer }}", "起草单位", "{{ case.units|join('、') }}"),
            (
                "论证结论",
                "{% if in_favour %}☑建议立项　□不建议立项{% else %}□建议立项　☑不建议立项{% endif %}",
                "专家人数",
                "{{ experts|length }}人",
            ),
        ),
    )
    write(document, "公文_一级标题", "一、论证过程").paragraph_format.space_before = Pt(14)
    write(
        document,
        "公文_正文",
        "专家组审阅了项目申报材料，听取了申报单位的汇报，对立项的必要性、可行性以及与有关法律法规和标准的协调性进行了论证。",
    )
    write(document, "公文_一级标题", "二、专家意见")
    mark(document, "for paragraph in points")
    write(document, "公文_正文", "{{ paragraph }}")
    mark(document, "else")
    write(document, "公文_正文", "专家组未提出修改意见。")
    mark(document, "endfor")
    write(document, "公文_一级标题", "三、论证结论")
    write(
        document,
        "公文_正文",
        "专家组{% if in_favour %}同意{% else %}不同意{% endif %}将《{{ title_zh }}》列入{{ case.class_words }}制修订项目计划。",
    )
    write(document, "公文_一级标题", "四、专家签名").paragraph_format.space_after = Pt(6)
    experts = listing(
        document,
        ("序号", "姓名", "单位", "职称", "签名"),
        (14, 26, 60, 28, 28),
        "expert in experts",
        ("{{ loop.index }}", "{{ expert.name }}", "{{ expert.unit }}", "{{ expert.professional_title }}", ""),
        centred=(0, 1, 3),
    )
    experts.rows[2].height = Mm(10)
    write(document, "公文_落款", "{{ dated|chinese_date }}").paragraph_format.space_before = Pt(12)
    return document


def plan_announcement() -> Document:
    """立项计划公告: headline, number, the sentence that announces, and the table of entries."""
    document = new()
    masthead(
        document, "{{ publisher }}", "关于下达《{{ plan_title }}》的通知", "{{ announcement_number or '（文号待定）' }}"
    )
    write(document, "公文_正文", "各有关单位：").paragraph_format.first_line_indent = Pt(0)
    write(
        document,
        "公文_正文",
        "经立项论证和审核，现将下列{{ projects|length }}项{{ case.class_words }}列入制修订项目计划（见下表）。请各有关单位抓紧组织实施，按期完成。",
    ).paragraph_format.space_after = Pt(10)
    listing(
        document,
        ("序号", "计划编号", "项目名称", "申报单位", "起草单位", "完成时限"),
        (12, 30, 38, 27, 28, 27),
        "each in projects",
        (
            "{{ loop.index }}",
            "{{ each.number }}",
            "{{ each.title }}",
            "{{ each.applicant }}",
            "{{ each.drafting_unit }}",
            "{{ each.completes_on }}",
        ),
        centred=(0, 1, 5),
    )
    signed_by(document, "{{ publisher }}", "{{ dated|chinese_date }}")
    return document


def consultation_notice() -> Document:
    """征求意见公告: who drafts, until when, how to answer, and what is enclosed."""
    document = new()
    masthead(document, "{{ case.issuer }}", "关于征求《{{ title_zh }}》（{{ draft_words }}）意见的公告")
    mark(document, "if members_only")
    write(document, "公文_正文", "各会员单位：").paragraph_format.first_line_indent = Pt(0)
    mark(document, "else")
    write(document, "公文_正文", "各有关单位和个人：").paragraph_format.first_line_indent = Pt(0)
    mark(document, "endif")
    write(
        document,
        "公文_正文",
        "{% if case.plan_entry %}根据项目计划（计划编号：{{ case.plan_entry }}），{% endif %}由{{ case.units|join('、') }}起草的"
        "{{ case.class_words }}《{{ title_zh }}》已形成{{ draft_words }}，现征求意见。",
    )
    write(
        document,
        "公文_正文",
        "征求意见的期间为{{ opens_on|chinese_date }}至{{ closes_on|chinese_date }}。请在截止日期前在线提交意见，"
        "或填写征求意见反馈表后寄送下列联系人。提出意见时请说明理由，并尽量给出建议修改的文字。",
    )
    write(document, "公文_正文", "在提交反馈意见时，请将您知道的相关专利连同支持性文件一并附上。")
    write(document, "公文_正文", "联系方式：{{ case.contact or '（由发布单位填写）' }}")
    write(document, "公文_正文", "附件：1.《{{ title_zh }}》（{{ draft_words }}）").paragraph_format.space_before = Pt(
        10
    )
    for place, text in enumerate(("{{ note_words }}", "征求意见反馈表"), start=2):
        write(document, "公文_正文", f"　　　{place}.{text}")
    signed_by(document, "{{ case.issuer }}", "{{ dated|chinese_date }}")
    return document


def comment_form() -> Document:
    """征求意见反馈表: landscape, with the columns of the ISO/IEC template and blank rows."""
    document = new(landscape=True)
    write(document, "公文_标题", "《{{ title_zh }}》{{ name }}").paragraph_format.space_after = Pt(10)
    form(
        document,
        (32, 96, 32, 97),
        (
            ("提出单位（人）", "", "填写日期", ""),
            ("联系人和电话", "", "电子邮箱", ""),
            (
                "截止日期",
                "{% if closes_on %}{{ closes_on|chinese_date }}{% endif %}",
                "反馈至",
                "{{ case.contact or case.lead_unit }}",
            ),
        ),
    )
    write(document, "公文_说明", "").paragraph_format.space_after = Pt(2)
    table = listing(
        document,
        ("序号", "提出单位", "行号", "章条编号", "段、图、表编号", "类型", "意见和理由", "建议修改为", "处理意见"),
        (12, 28, 14, 22, 24, 14, 60, 55, 28),
        "number in blank_rows",
        ("{{ number }}", "", "", "", "", "", "", "", ""),
    )
    table.rows[2].height = Mm(10)
    write(
        document,
        "公文_说明",
        "说明：类型填 ge（一般）、te（技术）或 ed（编辑）；对全文的意见，章条编号填“全文”；“处理意见”一栏由起草单位填写。"
        "每行填写一条意见，可增加行。制表日期：{{ dated|chinese_date }}。",
    )
    return document
