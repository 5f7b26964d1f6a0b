"""The templates of a review: notice, ballot paper, conclusion of the ballot, table of what reviewers said."""

from docx.document import Document
from docx.shared import Pt

from scripts.make_doc_templates.office import form, listing, loop, mark, masthead, new, signed_by, write
from scripts.make_doc_templates.wordparts import RIGHT

FOUR = (30, 48, 30, 48)


def review_notice() -> Document:
    """审查会通知, or that of a letter ballot: date, place, papers, reviewers."""
    document = new()
    masthead(
        document,
        "{{ case.owner or case.issuer }}",
        "关于{% if by_letter %}函审{% else %}召开{% endif %}《{{ title_zh }}》{% if by_letter %}（{{ draft_words }}）"
        "{% else %}{{ case.review_word }}会{% endif %}的通知",
    )
    write(document, "公文_正文", "各位{{ case.review_word }}专家：").paragraph_format.first_line_indent = Pt(0)
    mark(document, "if by_letter")
    write(
        document,
        "公文_正文",
        "由{{ case.units|join('、') }}起草的{{ case.class_words }}《{{ title_zh }}》已形成{{ draft_words }}，现采用{{ mode_words }}的方式进行{{ case.review_word }}。"
        "请审阅所附材料，填写函审单并签名，于{% if closes_on %}{{ closes_on|chinese_date }}{% else %}　　　　年　　月　　日{% endif %}前返回。",
    )
    mark(document, "else")
    write(
        document,
        "公文_正文",
        "由{{ case.units|join('、') }}起草的{{ case.class_words }}《{{ title_zh }}》已形成{{ draft_words }}，现定于"
        "{% if meets_on %}{{ meets_on|chinese_date }}{% else %}　　　　年　　月　　日{% endif %}召开{{ case.review_word }}会"
        "（{{ mode_words }}）。会议地点：{{ place or '（另行通知）' }}。{% if closes_on %}表决至{{ closes_on|chinese_date }}截止。{% endif %}请审阅所附材料，准时出席。",
    )
    mark(document, "endif")
    write(document, "公文_正文", "联系方式：{{ case.contact or '（由组织单位填写）' }}")
    write(document, "公文_一级标题", "所附材料")
    loop(document, "each in papers_enclosed", "公文_正文", "{{ loop.index }}．{{ each }}")
    mark(document, "if reviewers")
    write(document, "公文_一级标题", "{{ case.review_word }}专家名单").paragraph_format.space_after = Pt(6)
    listing(
        document,
        ("序号", "姓名", "职务", "职称", "单位"),
        (14, 28, 28, 32, 60),
        "reviewer in reviewers",
        (
            "{{ loop.index }}",
            "{{ reviewer.name }}",
            "{{ reviewer.capacity }}",
            "{{ reviewer.professional_title }}",
            "{{ reviewer.unit }}",
        ),
        centred=(0, 1, 2, 3),
    )
    mark(document, "endif")
    signed_by(document, "{{ case.owner or case.issuer }}", "{{ dated|chinese_date }}")
    return document


def ballot_paper() -> Document:
    """表决票（函审单）: one tick of three, reason, signature and date."""
    document = new()
    write(document, "公文_标题", "《{{ title_zh }}》（{{ draft_words }}）")
    write(document, "公文_标题", "{{ paper_words }}").paragraph_format.space_after = Pt(14)
    form(
        document,
        FOUR,
        (
            ("组织单位", "{{ case.owner or case.issuer }}", "起草单位", "{{ case.lead_unit }}"),
            ("计划编号", "{{ case.plan_entry or '—' }}", "{{ case.review_word }}方式", "{{ mode_words }}"),
            (
                "发出日期",
                "{{ dated|chinese_date }}",
                "截止日期",
                "{% if closes_on %}{{ closes_on|chinese_date }}{% else %}—{% endif %}",
            ),
            ("专家姓名", "", "单位、职称", ""),
            ("表　　决|34", "□　同意该草案作为报批稿\n□　不同意该草案作为报批稿\n□　弃权"),
            ("意见、理由和建议|90", ""),
            ("签　　名|18", "", "日　　期", "　　　　年　　月　　日"),
        ),
    )
    write(
        document,
        "公文_说明",
        "说明：（1）三项中只能选一项并打“√”，不选或多选的为废票；（2）不同意的请说明理由；（3）未签名的为废票。",
    )
    return document


def ballot_conclusion() -> Document:
    """函审结论表: entitled, returned, the votes, shares beside the rules, conclusion, and the votes one by one."""
    document = new()
    write(document, "公文_标题", "《{{ title_zh }}》")
    write(document, "公文_标题", "{{ name }}").paragraph_format.space_after = Pt(14)
    form(
        document,
        FOUR,
        (
            ("组织单位", "{{ case.owner or case.issuer }}", "起草单位", "{{ case.lead_unit }}"),
            ("开始日期", "{{ opened_on|chinese_date }}", "截止日期", "{{ closes_on|chinese_date }}"),
            ("应投票人数", "{{ entitled }}", "收回票数", "{{ returned }}（占{{ returned_share }}）"),
            ("同　　意", "{{ votes_for }}（占收回{{ approval_share }}）", "不同意", "{{ votes_against }}"),
            ("弃　　权", "{{ abstentions }}", "结　　论", "{{ outcome_words }}"),
            (
                "判定规则",
                (
                    "收回票数不少于应投票人数的{{ quorum_words }}（{% if quorum_met %}满足{% else %}不满足{% endif %}），"
                    "同意票不少于收回票数的{{ approval_words }}（{% if approved %}满足{% else %}不满足{% endif %}）。"
                ),
            ),
            ("评审结论|34", "{{ conclusion|join('\\n') }}"),
            ("负责人签名|22", "", "组织单位盖章", "\n年　　月　　日"),
        ),
    )
    write(document, "公文_一级标题", "表决汇总").paragraph_format.space_after = Pt(6)
    listing(
        document,
        ("序号", "姓名", "单位", "表决", "意见"),
        (12, 24, 42, 20, 58),
        "each in ballots",
        (
            "{{ loop.index }}",
            "{{ each.name }}",
            "{{ each.unit }}",
            "{{ each.position_words }}",
            "{{ each.reason or '—' }}",
        ),
        centred=(0, 1, 3),
    )
    write(document, "公文_说明", "制表日期：{{ dated|chinese_date }}").alignment = RIGHT
    return document


def review_comment_table() -> Document:
    """审查意见汇总处理表: landscape, what each reviewer said and what became of it."""
    document = new(landscape=True)
    write(document, "公文_标题", "《{{ title_zh }}》{{ name }}").paragraph_format.space_after = Pt(10)
    form(
        document,
        (32, 96, 32, 97),
        (
            (
                "{{ case.review_word }}日期",
                "{{ held_on|chinese_date }}",
                "{{ case.review_word }}方式",
                "{{ mode_words }}",
            ),
            ("组织单位", "{{ case.owner or case.issuer }}", "负责起草单位", "{{ case.lead_unit }}"),
            ("承办人", "{{ case.drafters[0] if case.drafters else '' }}", "填写日期", "{{ dated|chinese_date }}"),
        ),
    )
    write(document, "公文_说明", "").paragraph_format.space_after = Pt(2)
    listing(
        document,
        ("序号", "意见内容", "提出人", "表决", "处理意见（理由）"),
        (14, 100, 35, 22, 86),
        "each in rows",
        (
            "{{ loop.index }}",
            "{{ each.comment }}",
            "{{ each.submitted_by }}",
            "{{ each.position_words }}",
            "{{ each.answer or '（待处理）' }}",
        ),
        centred=(0, 2, 3),
        none="无",
    )
    write(document, "公文_说明", "{{ counts }}").paragraph_format.space_before = Pt(8)
    return document
