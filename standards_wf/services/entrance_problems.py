"""Why something is refused at the entrance (links, suggestions, calls, plans, joint projects), and how it is mended."""

from enum import StrEnum

from standards_wf.wording.language import Term
from standards_wf.wording.refusals import Book


class LinkProblem(StrEnum):
    """Why a mailed link is not made or does not work."""

    ADDRESS_SPELLING = "address_spelling"
    TOO_MANY_WAIT = "too_many_wait"
    IS_OVER = "link_is_over"
    IS_USED = "link_is_used"


class MergeProblem(StrEnum):
    """Why a suggestion is not merged into another case."""

    NONE_CHOSEN = "none_chosen"
    NO_SUCH_CASE = "no_such_case"
    INTO_ITSELF = "into_itself"
    OF_ANOTHER_KIND = "of_another_kind"
    CASE_IS_CLOSED = "case_is_closed"


class CallProblem(StrEnum):
    """Why a call is not published, not changed or not answered."""

    NOT_OPEN = "call_not_open"
    NOT_FOR_THIS_KIND = "call_not_for_this_kind"
    STANDS = "call_stands"
    KIND_NEEDED = "call_kind_needed"
    CLOSES_BEFORE_OPENING = "call_closes_before_opening"
    CLOSES_EARLIER = "call_closes_earlier"
    TOPIC_WITHOUT_NODE = "topic_without_node"


class PlanProblem(StrEnum):
    """Why an entry is not put into a plan, or not adjusted."""

    OF_ANOTHER_DAY = "plan_of_another_day"
    BEFORE_THE_PLAN = "before_the_plan"
    NO_ENTRY = "no_plan_entry"
    NOTHING_CHANGES = "nothing_changes"
    NEEDS_AN_EXTENSION = "needs_an_extension"
    COMPLETES_TOO_EARLY = "completes_too_early"


class ProjectMarkProblem(StrEnum):
    """Why a project is not put on the fast track or made jointly."""

    NO_FAST_TRACK = "no_fast_track"
    FAST_TRACK_NOT_ASKED = "fast_track_not_asked"
    NO_PARTNERS = "no_partners"
    NOT_A_PARTNER = "not_a_partner"


_LINKS: dict[LinkProblem, Term] = {
    LinkProblem.ADDRESS_SPELLING: Term(
        "“{given}”不是电子邮箱地址；请按 name@example.org 的形式填写，我们要向它发送确认邮件。",
        '"{given}" is not a mail address. Write it like name@example.org; a mail to confirm is sent there.',
    ),
    LinkProblem.TOO_MANY_WAIT: Term(
        "这个邮箱已有{maximum}项内容等待确认；请先点击已收到的确认邮件中的链接，再提交新的内容。",
        "There are {maximum} things waiting to be confirmed from this address. Confirm them first with the links "
        "in the mails that were sent, then send more.",
    ),
    LinkProblem.IS_OVER: Term(
        "链接已过期（有效期至{expires_on}），提交的内容没有受理；请重新提交。",
        "The link was good until {expires_on}, and what was sent has not been taken. Send it again.",
    ),
    LinkProblem.IS_USED: Term(
        "链接已经使用过，提交的内容已受理；后来寄出的邮件中有查询进展的链接。",
        "The link has been used and what was sent has been taken. The mail that followed has the link to see how it goes.",
    ),
}

_MERGES: dict[MergeProblem, Term] = {
    MergeProblem.NONE_CHOSEN: Term(
        "没有选择要并入的建议；请至少选择一项。", "No suggestion is chosen. Choose at least one."
    ),
    MergeProblem.NO_SUCH_CASE: Term(
        "没有编号为{given}的项目，或您无权查看；请核对编号。",
        "There is no case {given} that you may see. Check the number.",
    ),
    MergeProblem.INTO_ITSELF: Term(
        "不能把一项建议并入它自己；请选择另一个项目。",
        "A suggestion cannot be merged into itself. Choose another case.",
    ),
    MergeProblem.OF_ANOTHER_KIND: Term(
        "项目{given}属于另一种文件或者由另一机构受理；只能并入同类、同一机构受理的项目。",
        "Case {given} is of another kind, or another body is in charge of it. Choose one of the same kind and body.",
    ),
    MergeProblem.CASE_IS_CLOSED: Term(
        "项目{given}已经结束或者已经发布；请选择仍在办理的项目。",
        "Case {given} is closed or published. Choose one that is still being worked on.",
    ),
}

_CALLS: dict[CallProblem, Term] = {
    CallProblem.NOT_OPEN: Term(
        "本次征集自{opens_on}至{closes_on}，现在不接收建议；可以不选择征集，直接提出建议。",
        "This call takes suggestions from {opens_on} to {closes_on}, and none now. "
        "You may suggest without naming a call.",
    ),
    CallProblem.NOT_FOR_THIS_KIND: Term(
        "本次征集不包括这一种文件；请改选征集或者不选。",
        "This call is not for documents of this kind. Choose another call or none.",
    ),
    CallProblem.STANDS: Term(
        "立项指南已于{published_on}公布，内容不再修改；只能推迟截止日期、补充附件。",
        "The call was published on {published_on} and stands. Its closing date may still move later, "
        "and documents may be added.",
    ),
    CallProblem.KIND_NEEDED: Term("请至少选择一种文件。", "Choose at least one kind of document."),
    CallProblem.CLOSES_BEFORE_OPENING: Term(
        "截止日期早于开始日期（{opens_on}）；请更正。", "This is before the call opens ({opens_on}). Correct the date."
    ),
    CallProblem.CLOSES_EARLIER: Term(
        "截止日期已公布为{closes_on}，只能推迟；请填写更晚的日期。",
        "The closing date was published as {closes_on} and may only move later. Give a later day.",
    ),
    CallProblem.TOPIC_WITHOUT_NODE: Term(
        "第{line}行的“{given}”不是体系框架节点的编号；请核对，或者只写主题。",
        'Line {line}: "{given}" is not the code of a framework node. Check it, or write the topic alone.',
    ),
}

_PLANS: dict[PlanProblem, Term] = {
    PlanProblem.OF_ANOTHER_DAY: Term(
        "文号“{number}”是{published_on}公布的另一项计划；需要增补该计划的，请在“列入的计划”中选择它。",
        'The number "{number}" belongs to a plan published on {published_on}. To supplement that plan, choose it above.',
    ),
    PlanProblem.BEFORE_THE_PLAN: Term(
        "所选计划公布于{published_on}；增补的公布日期不能早于这一天，请更正。",
        "The plan chosen was published on {published_on}. Nothing is added to it before that day; correct the date.",
    ),
    PlanProblem.NO_ENTRY: Term(
        "项目没有列入计划，或者已经发布、结束，计划内容不再调整。",
        "The project has no entry in a plan, or it is published or closed. There is nothing left to adjust.",
    ),
    PlanProblem.NOTHING_CHANGES: Term(
        "与现有内容相同，没有需要调整的；请修改后再提交。",
        "All is as it was. Change what is to be adjusted, then send it again.",
    ),
    PlanProblem.NEEDS_AN_EXTENSION: Term(
        "完成日期最晚为{latest}；需要更晚的，请办理项目延期。",
        "The completion date is at the latest {latest}. For a later one extend the project.",
    ),
    PlanProblem.COMPLETES_TOO_EARLY: Term(
        "完成日期须晚于今天和计划公布日期（{published_on}）；请更正。",
        "The completion date lies after today and after the plan was published ({published_on}). Correct it.",
    ),
}

_MARKS: dict[ProjectMarkProblem, Term] = {
    ProjectMarkProblem.NO_FAST_TRACK: Term(
        "只有地方标准可以申请快速立项（《上海市标准化条例》第十条）；请取消。",
        "The law knows the fast track for local standards alone (Shanghai's regulations on standardization, article 10). Take it back.",
    ),
    ProjectMarkProblem.FAST_TRACK_NOT_ASKED: Term(
        "申报内容没有申请快速立项，无从同意；请取消此项。",
        "The application does not ask for the fast track, so there is nothing to grant. Take it back.",
    ),
    ProjectMarkProblem.NO_PARTNERS: Term(
        "这一种文件不由各省市主管机关共同发布，不能作为协同项目；请取消。",
        "Documents of this kind are not published jointly by the authorities of the provinces. Take the partners back.",
    ),
    ProjectMarkProblem.NOT_A_PARTNER: Term(
        "该省不是本项目的协同方；请先在申报内容中列入。",
        "This province is no partner of the project. Enter it in the application first.",
    ),
}

SENTENCES: Book = {
    LinkProblem: _LINKS,
    MergeProblem: _MERGES,
    CallProblem: _CALLS,
    PlanProblem: _PLANS,
    ProjectMarkProblem: _MARKS,
}
