"""The templates of a document's later life: filing, disclosure, periodic review, abolition, amendment."""

from docx.document import Document
from docx.shared import Pt

from scripts.make_doc_templates.office import form, listing, mark, masthead, new, signed_by, write
from scripts.make_doc_templates.wordparts import RIGHT

FOUR = (30, 48, 30, 48)
_SIGNING = "\n\n签名（盖章）：　　　　　　　　\n年　　月　　日"


def filing_form() -> Document:
    """地方标准备案表: metadata, announcement, text."""
    document = new()
    write(document, "公文_标题", "{{ name }}").paragraph_format.space_after = Pt(14)
    form(
        document,
        FOUR,
        (
            ("标准编号", "{{ issued.number }}", "备案号", "{{ filing_number or '（由备案机关填写）' }}"),
            ("中文名称", "{{ title_zh }}"),
            ("英文名称", "{{ case.title_en }}"),
            (
                "制定或修订",
                "{% if case.is_revision %}修订{% else %}制定{% endif %}",
                "代替标准",
                "{{ case.replaces or '—' }}",
            ),
            ("ICS 号", "{{ case.ics }}", "CCS 号", "{{ case.ccs }}"),
            (
                "批准日期",
                "{{ issued.approved_on|chinese_date }}",
                "公告文号",
                "{{ issued.announcement_number or '—' }}",
            ),
            (
                "发布日期",
                "{{ issued.published_on|chinese_date }}",
                "实施日期",
                "{{ issued.implemented_on|chinese_date }}",
            ),
            ("发布机构", "{{ case.issuer }}", "提出单位", "{{ case.proposer }}"),
            ("归口单位", "{{ case.owner }}"),
            ("起草单位", "{{ case.units|join('、') }}"),
            ("主要起草人", "{{ case.drafters|join('、') }}"),
            ("备案材料", "☑发布公告　☑标准文本　□其他"),
            ("备案期限", "{% if due_on %}{{ due_on|chinese_date }}前{% endif %}", "联系方式", "{{ case.contact }}"),
            ("报送单位意见|34", _SIGNING),
            ("备案机关意见|34", _SIGNING),
        ),
    )
    write(document, "公文_说明", "填表日期：{{ dated|chinese_date }}")
    return document


def disclosure_form() -> Document:
    """团体标准自我声明公开信息表: the fields of the national platform of group standards."""
    document = new()
    write(document, "公文_标题", "{{ name }}").paragraph_format.space_after = Pt(14)
    form(
        document,
        FOUR,
        (
            ("团体名称", "{{ group }}", "团体代号", "{{ group_code }}"),
            ("登记证号", "", "发证机关", ""),
            ("法定代表人", "", "依托单位", ""),
            ("标准编号", "{{ issued.number }}", "标准状态", "现行"),
            ("中文标题", "{{ title_zh }}"),
            ("英文标题", "{{ case.title_en }}"),
            ("国际标准分类号", "{{ case.ics }}", "中国标准分类号", "{{ case.ccs }}"),
            ("国民经济分类", "", "发布文件", "{{ issued.announcement_number or '—' }}"),
            (
                "发布日期",
                "{{ issued.published_on|chinese_date }}",
                "实施日期",
                "{{ issued.implemented_on|chinese_date }}",
            ),
            ("起草人", "{{ case.drafters|join('、') }}"),
            ("起草单位", "{{ case.units|join('、') }}"),
            ("范围|16", "{{ scope|join('\\n') }}"),
            ("主要技术内容|22", "{{ technical_content|join('\\n') }}"),
            ("是否包含专利信息|14", "□是　□否\n{{ patents|join('\\n') }}"),
            ("标准文本", "□公开　□不公开", "公开网址", "{{ address or '—' }}"),
            (
                "自我声明|30",
                (
                    "本团体对上述信息的真实性负责，承诺标准的制定符合有关法律法规和强制性标准的规定。"
                    "\n（盖章）　　　　　　　　\n年　　月　　日"
                ),
            ),
        ),
    )
    write(document, "公文_说明", "填表日期：{{ dated|chinese_date }}")
    return document


def review_opinion() -> Document:
    """复审意见表: the conclusion proposed, its grounds, and how the document is applied."""
    document = new()
    write(document, "公文_标题", "{{ case.class_words }}{{ name }}").paragraph_format.space_after = Pt(14)
    form(
        document,
        FOUR,
        (
            ("编　　号", "{{ issued.number }}", "归口单位", "{{ case.owner }}"),
            ("名　　称", "{{ title_zh }}"),
            (
                "发布日期",
                "{{ issued.published_on|chinese_date }}",
                "实施日期",
                "{{ issued.implemented_on|chinese_date }}",
            ),
            ("起草单位", "{{ case.units|join('、') }}"),
            ("复审开始日期", "{{ opened_on|chinese_date }}", "提出单位", "{{ case.proposer }}"),
            ("复审意见", "{{ conclusion_words }}"),
            ("理由和依据|40", "{{ grounds|join('\\n') }}"),
            ("实施信息|40", "{{ implementation|join('\\n') }}"),
            ("归口单位意见|32", _SIGNING),
            ("主管部门意见|32", _SIGNING),
        ),
    )
    write(document, "公文_说明", "填表日期：{{ dated|chinese_date }}")
    return document


def review_summary() -> Document:
    """复审结论汇总表: one row for each document reviewed in a year."""
    document = new(landscape=True)
    write(document, "公文_标题", "{{ year }}年度{{ case.class_words }}{{ name }}").paragraph_format.space_after = Pt(10)
    listing(
        document,
        ("序号", "编号", "名称", "发布日期", "复审结论", "理由", "结论日期"),
        (12, 42, 64, 27, 24, 61, 27),
        "each in documents",
        (
            "{{ loop.index }}",
            "{{ each.number }}",
            "{{ each.title }}",
            "{{ each.published_on }}",
            "{{ each.conclusion_words }}",
            "{{ each.grounds or '—' }}",
            "{{ each.concluded_on or '—' }}",
        ),
        centred=(0, 1, 3, 4, 6),
    )
    write(document, "公文_说明", "{{ counts }}").paragraph_format.space_before = Pt(8)
    write(document, "公文_说明", "{{ case.issuer }}　　{{ dated|chinese_date }}").alignment = RIGHT
    return document


def abolition_announcement() -> Document:
    """废止公告: number, name, date, reason, successor."""
    document = new()
    masthead(
        document,
        "{{ case.issuer }}公告",
        "关于废止《{{ title_zh }}》{{ case.class_words }}的公告",
        "{{ announcement_number or '（文号待定）' }}",
    )
    write(
        document,
        "公文_正文",
        "经复审，现决定废止下列{{ case.class_words }}（见下表），自{{ abolished_on|chinese_date }}起停止执行。",
    )
    mark(document, "if use_instead")
    write(document, "公文_正文", "自废止之日起，可使用{{ use_instead }}。")
    mark(document, "endif")
    write(document, "公文_正文", "特此公告。").paragraph_format.space_after = Pt(12)
    form(
        document,
        FOUR,
        (
            ("编　　号", "{{ issued.number }}", "发布日期", "{{ issued.published_on|chinese_date }}"),
            ("名　　称", "{{ title_zh }}"),
            ("废止日期", "{{ abolished_on|chinese_date }}", "替代文件", "{{ use_instead or '—' }}"),
            ("废止原因|18", "{{ reason or '—' }}"),
        ),
    )
    signed_by(document, "{{ case.issuer }}", "{{ dated|chinese_date }}")
    return document


def amendment_sheet() -> Document:
    """标准修改单: the number of the sheet, and clause by clause what it said and what it says now."""
    document = new()
    write(document, "公文_标题", "{{ headline }}").paragraph_format.space_after = Pt(8)
    mark(document, "if amended_on")
    write(
        document,
        "公文_副标题",
        "（{{ case.issuer }}于{{ amended_on|chinese_date }}批准"
        "{% if effective_on %}，自{{ effective_on|chinese_date }}起实施{% endif %}）",
    )
    mark(document, "else")
    write(document, "公文_副标题", "（草案）")
    mark(document, "endif")
    mark(document, "if reason")
    write(document, "公文_正文", "修改原因：{{ reason }}").paragraph_format.space_after = Pt(8)
    mark(document, "endif")
    listing(
        document,
        ("序号", "章条编号", "原文", "修改为"),
        (14, 26, 58, 58),
        "each in changes",
        ("{{ loop.index }}", "{{ each.clause }}", "{{ each.was or '（新增）' }}", "{{ each.now or '（删除）' }}"),
        centred=(0, 1),
    )
    write(document, "公文_落款", "{{ dated|chinese_date }}").paragraph_format.space_before = Pt(14)
    return document
