"""The questions that an act must answer well (the guards), in words: what each is called, asks, and rests on."""

from dataclasses import dataclass

from standards_wf.wording.bases import PRACTICE, Basis
from standards_wf.wording.language import Term


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the procedure, as the page of help tells it."""

    label: Term
    rule: Term
    basis: Basis
    """What the question rests on; a number that it asks for has a basis of its own."""


_ART_10 = Basis(
    Term("《上海市标准化条例》第十条", "Shanghai regulation on standardization, article 10"), confirmed=True
)
_ART_13 = Basis(
    Term("《上海市标准化条例》第十三条", "Shanghai regulation on standardization, article 13"), confirmed=True
)
_ART_17 = Basis(
    Term("《上海市标准化条例》第十七条", "Shanghai regulation on standardization, article 17"), confirmed=True
)
_ART_23 = Basis(
    Term("《上海市标准化条例》第二十三条", "Shanghai regulation on standardization, article 23"), confirmed=True
)
_GB_1_1 = Basis(Term("GB/T 1.1—2020", "GB/T 1.1—2020"), confirmed=True)
_STATE = Basis(Term("《国家标准管理办法》（参照）", "national rule on standards, by analogy"), confirmed=True)
_MINISTRY = Basis(
    Term("自然资源行业标准管理规定（参照）", "rule of a ministry on its standards, by analogy"), confirmed=False
)
_CHARTER = Basis(
    Term(
        "《全国专业计量技术委员会章程》；行业规定（参照）",
        "charter of the metrology committees; rule of a ministry, by analogy",
    ),
    confirmed=False,
)
_ASSOCIATION = Basis(Term("社会团体标准制定实践（参照）", "practice of associations, by analogy"), confirmed=False)
_OLD_METROLOGY = Basis(
    Term("《国家计量检定规程管理办法》第十五条", "rule on verification regulations, article 15"), confirmed=True
)
_NUMBERS = Basis(Term("标准编号规则；办理实践", "rules for numbers; practice"), confirmed=False)
_ORDER_26 = Basis(
    Term("《地方标准管理办法》（条号待核实）", "rule on local standards, article to be verified"), confirmed=False
)
_ORDER_26_22 = Basis(
    Term("《地方标准管理办法》第二十二条，待核实", "rule on local standards, article 22, to be verified"),
    confirmed=False,
)
_PLATFORM = Basis(
    Term("市场监管总局关于团体标准的答复", "reply of the national authority on group standards"), confirmed=True
)
_CODES = Basis(Term("阶段代码 GB/T 16733", "stage codes of GB/T 16733"), confirmed=True)

QUESTIONS: dict[str, Question] = {
    "application_complete": Question(
        Term("立项申请齐全", "The application is complete"),
        Term(
            "申报书填明名称、类别、体系框架节点、目的和必要性、范围和主要技术内容、与法律法规和现行标准的关系、起草单位、联系人、拟定完成月数；地方标准另有英文名称，修订另写明代替的文件。",
            "The form names titles, framework node, purpose and necessity, scope and content, relation to laws and standards, "
            "drafting units, contact and months; a local standard has an English title too, a revision names what it replaces.",
        ),
        _ART_10,
    ),
    "applicant_is_entitled": Question(
        Term("申请人有权提出", "The applicant is entitled"),
        Term(
            "地方标准由有关行政主管部门提出，团体标准由社会团体秘书处提出，计量技术规范由单位凭签章的申报书提出。",
            "A competent department applies for a local standard, the secretariat for a group standard, a unit with the "
            "signed form for a metrology specification.",
        ),
        _ART_10,
    ),
    "appraisal_passed": Question(
        Term("立项论证通过", "The appraisal is in favour"),
        Term(
            "已登记立项论证：日期、足够人数的专家姓名和单位、赞成的结论。",
            "An appraisal is recorded: date, enough experts by name and unit, a conclusion in favour.",
        ),
        _ASSOCIATION,
    ),
    "plan_entry_complete": Question(
        Term("计划项目完整", "The plan entry is complete"),
        Term(
            "计划编号、项目名称、申请单位、起草单位和完成日期齐全，计划已经公布，完成日期不超过规定的期限。",
            "Plan number, name, applicant, drafting unit and completion date are given, the plan is published, and the date "
            "is within the time that the rule allows.",
        ),
        _ART_10,
    ),
    "extension_allowed": Question(
        Term("可以延期", "An extension is allowed"),
        Term(
            "在完成日期之前足够早提出，是第一次延期，且不超过最长期限。",
            "It is asked for early enough before the completion date, is the first, and is not too long.",
        ),
        _MINISTRY,
    ),
    "consultation_draft_attached": Question(
        Term("征求意见稿已上传", "The consultation draft is attached"),
        Term(
            "本轮的征求意见稿已上传（Word），能读出条款，格式检查没有错误。",
            "A consultation draft of this round is attached (Word), parses into clauses and has no error of format.",
        ),
        _GB_1_1,
    ),
    "new_round_draft_attached": Question(
        Term("新一轮征求意见稿已上传", "A draft for the new round is attached"),
        Term(
            "已上传比上一轮更新的征求意见稿。", "A consultation draft newer than that of the last round is attached."
        ),
        _CODES,
    ),
    "explanatory_notes_attached": Question(
        Term("编制说明齐全", "The explanatory note is complete"),
        Term("编制说明的各项标题均已填写。", "The explanatory note has all its headings filled in."),
        _STATE,
    ),
    "metrology_annexes_attached": Question(
        Term("试验和不确定度报告已附", "The metrology annexes are attached"),
        Term(
            "已附试验报告和测量不确定度评定；采用外国文件的，附原文和译文。",
            "Test report and uncertainty evaluation are attached; adopted foreign text with its translation.",
        ),
        _OLD_METROLOGY,
    ),
    "consultation_is_public": Question(
        Term("面向社会公开征求意见", "The consultation is public"),
        Term(
            "征求意见向社会公开；团体标准仅在声明不涉及公共利益时可以只向会员征求意见。",
            "The round is open to everyone; a group may consult its members alone only where it declares that no public "
            "interest is touched.",
        ),
        _ART_13,
    ),
    "consultation_long_enough": Question(
        Term("征求意见期足够", "The consultation is long enough"),
        Term(
            "自开始次日至截止日期不少于规定的日历日。",
            "From the day after the opening to the closing date there are at least the days of the rule.",
        ),
        _ORDER_26,
    ),
    "closing_date_passed": Question(
        Term("截止日期已过", "The closing date has passed"),
        Term("今天晚于截止日期。", "Today is after the closing date."),
        PRACTICE,
    ),
    "closing_date_moves_later": Question(
        Term("截止日期顺延", "The closing date moves later"),
        Term("新的截止日期晚于现在的截止日期。", "The new closing date is later than the present one."),
        PRACTICE,
    ),
    "all_comments_disposed": Question(
        Term("意见全部处理", "All comments are disposed of"),
        Term(
            "各轮的每条意见都有处理结果；部分采纳和不采纳的写明理由。",
            "Each comment of every round has a disposition; one not or partly accepted has a reason.",
        ),
        _ASSOCIATION,
    ),
    "review_draft_newer": Question(
        Term("送审稿已更新", "The review draft is newer"),
        Term(
            "已上传比最后一次征求意见稿更新的送审稿，格式检查没有错误。",
            "A review draft newer than the last consultation draft is attached and has no error of format.",
        ),
        _GB_1_1,
    ),
    "papers_sent_in_time": Question(
        Term("审查材料按期送达", "The papers were sent in time"),
        Term(
            "会议或者函审截止之前足够早送出送审稿、编制说明和意见汇总处理表。",
            "Draft, note and comment table went to the reviewers long enough before the meeting or the end of the ballot.",
        ),
        _CHARTER,
    ),
    "ballot_closed": Question(
        Term("表决已结束", "The ballot is closed"),
        Term("本次审查的表决已经结束。", "The ballot of this review is closed."),
        PRACTICE,
    ),
    "reviewers_are_enough": Question(
        Term("审查人员符合要求", "The reviewers are enough"),
        Term(
            "有表决权的人数足够，起草人不在其中，来自起草单位的不超过规定比例。",
            "Enough persons are entitled to vote, no drafter among them, and not too many from a drafting unit.",
        ),
        _MINISTRY,
    ),
    "quorum_met": Question(
        Term("参加表决的人数达到要求", "The quorum is met"),
        Term(
            "投票数（含弃权）与有表决权人数之比达到规定比例。",
            "Votes cast, abstentions included, over persons entitled reach the quorum.",
        ),
        _CHARTER,
    ),
    "quorum_missed": Question(
        Term("参加表决的人数不足", "The quorum is missed"),
        Term("投票数与有表决权人数之比低于规定比例。", "Votes cast over persons entitled stay below the quorum."),
        _MINISTRY,
    ),
    "approved_by_vote": Question(
        Term("表决通过", "The vote is in favour"),
        Term(
            "赞成票与投票数（含弃权）之比达到规定比例。",
            "Votes in favour over votes cast, abstentions included, reach the share of the rule.",
        ),
        _STATE,
    ),
    "not_approved_by_vote": Question(
        Term("表决未通过", "The vote is not in favour"),
        Term(
            "参加表决的人数达到要求，而赞成票低于规定比例。",
            "The quorum is met and votes in favour stay below the share of the rule.",
        ),
        _STATE,
    ),
    "minutes_signed": Question(
        Term("审查纪要已签署", "The minutes are signed"),
        Term(
            "会审的纪要由到会专家全部签署；函审结论由秘书签署，并附全部表决单。",
            "Minutes are signed by every attending expert; the conclusion of a letter ballot by the secretary, with every "
            "ballot paper.",
        ),
        _STATE,
    ),
    "review_failed_before": Question(
        Term("此前审查未通过", "An earlier review was not passed"),
        Term("本项目此前有一次审查未通过。", "An earlier review of this project ended not approved."),
        _ASSOCIATION,
    ),
    "objections_answered": Question(
        Term("反对意见均已答复", "The objections are answered"),
        Term(
            "审查中登记的每条意见和反对票都有答复。",
            "Each comment and vote against that was recorded at the review has an answer.",
        ),
        PRACTICE,
    ),
    "package_complete": Question(
        Term("报批材料齐全", "The submission package is complete"),
        Term(
            "报批的各份材料均已上传或者生成，且是审查过的或者更新的版本。",
            "Each paper of the package is attached or generated, in the version reviewed or a later one.",
        ),
        _ORDER_26,
    ),
    "notice_days_passed": Question(
        Term("批准前公示期满", "The public notice has run"),
        Term("批准前公示已满规定的日数。", "The public notice before approval has run its days."),
        Basis(Term("市市场监督管理局批准公告（日数为设置）", "approval notice of the authority; the days are a setting"), confirmed=False),
    ),
    "number_free": Question(
        Term("编号可用", "The number is free"),
        Term(
            "拟用的编号在其序列中未被占用，或者是被代替文件的编号加新的年号。",
            "The number is free in its series, or is that of the replaced document with a new year.",
        ),
        _NUMBERS,
    ),
    "publication_dates_in_order": Question(
        Term("日期先后有序", "The dates are in order"),
        Term(
            "批准日期不晚于发布日期，发布日期不晚于实施日期；没有说明理由的，发布与实施之间留足间隔。",
            "Approval, publication and implementation follow one another; without a stated reason the gap of the rule lies "
            "between the last two.",
        ),
        PRACTICE,
    ),
    "full_text_attached": Question(
        Term("发布文本已上传", "The text to be published is attached"),
        Term(
            "发布稿（Word和PDF）已上传，并载明编号和日期。",
            "The text to be published is attached as Word and PDF and bears the number and the dates.",
        ),
        _ART_17,
    ),
    "implementation_date_reached": Question(
        Term("已到实施日期", "The implementation date has come"),
        Term("今天不早于实施日期。", "Today is on or after the implementation date."),
        PRACTICE,
    ),
    "filing_recorded": Question(
        Term("备案信息齐全", "The filing is recorded"),
        Term(
            "备案号和备案日期齐全；逾期可以登记，但标明逾期。",
            "Filing number and date are given; late is allowed, but marked late.",
        ),
        _ORDER_26_22,
    ),
    "disclosure_recorded": Question(
        Term("自我声明公开信息齐全", "The disclosure is recorded"),
        Term(
            "在团体标准信息平台公开的地址和日期齐全。",
            "Address and date of the disclosure on the platform of group standards are given.",
        ),
        _PLATFORM,
    ),
    "review_opinion_recorded": Question(
        Term("复审意见已登记", "The review opinion is recorded"),
        Term(
            "主管部门或者技术委员会的复审意见已登记：结论和理由。",
            "The opinion of the department or committee is recorded: conclusion and grounds.",
        ),
        _ART_23,
    ),
    "conclusion_is_valid": Question(
        Term("结论为继续有效", 'The conclusion is "remains valid"'),
        Term("登记的复审结论是继续有效。", 'The recorded conclusion is "remains valid".'),
        _ART_23,
    ),
    "conclusion_is_revise": Question(
        Term("结论为修订", 'The conclusion is "revise"'),
        Term("登记的复审结论是修订。", 'The recorded conclusion is "revise".'),
        _ART_23,
    ),
    "conclusion_is_abolish": Question(
        Term("结论为废止", 'The conclusion is "abolish"'),
        Term("登记的复审结论是废止。", 'The recorded conclusion is "abolish".'),
        _ART_23,
    ),
    "abolition_notice_days_passed": Question(
        Term("废止公示期满", "The abolition notice has run"),
        Term(
            "废止公示已满规定的日数，每条异议都有答复。",
            "The abolition notice has run its days and each objection has an answer.",
        ),
        Basis(Term("本安装的设置（日数）", "setting of this installation (the days)"), confirmed=False),
    ),
    "successor_in_force": Question(
        Term("代替文件已实施", "A successor is in force"),
        Term("代替本文件的文件已经实施。", "A document that replaces this one came into force."),
        _NUMBERS,
    ),
}  # fmt: skip
