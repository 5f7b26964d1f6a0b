"""The table of sentences for the refusals of the procedure; `refusals.py` says how it is read."""

from collections.abc import Mapping
from typing import Any

from standards_wf.wording.choices import Choice, where
from standards_wf.wording.language import Term
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import Event, ReviewMode

_R = RefusalCode


def _not_now(params: Mapping[str, Any]) -> Term:
    zh = "项目处于“{stage}”阶段，不能办理“{action}”；请查看项目页上现在可以办理的事项。"
    if isinstance(params["action"], Event):
        return Term(
            zh,
            'The project stands at the stage "{stage}", too early or too late for this entry: "{action}". '
            "Its page shows what can be done now.",
        )
    return Term(
        zh,
        'The project stands at the stage "{stage}", where "{action}" is not possible. '
        "Its page shows what can be done now.",
    )


def _too_short(params: Mapping[str, Any]) -> Term:
    if params["days"] < 1:
        return Term(
            "截止日期{closes_on}不晚于今天；征求意见期不得少于{needed}日，最早可于{earliest}截止。",
            "The closing date {closes_on} is not after today. The rule asks for {needed:day|days}; "
            "the earliest closing date is {earliest}.",
        )
    return Term(
        "征求意见期为{days}日，少于规定的{needed}日；最早可于{earliest}截止。",
        "The consultation would last {days:day|days}; the rule asks for {needed}. "
        "The earliest closing date is {earliest}.",
    )


def _not_public(params: Mapping[str, Any]) -> Term:
    if KINDS[params["kind"]].may_consult_members_alone:
        return Term(
            "仅向会员征求意见须声明不涉及人身安全、生态环境安全和消费者权益；请作出声明，或者改为公开征求意见。",
            "A group may consult its members alone only if it declares that no personal safety, environmental safety "
            "or consumer interest is touched. Make the declaration, or open the round to everyone.",
        )
    return Term(
        "{kind}须公开征求意见；请取消“仅向会员征求意见”。",
        'The round must be open to everyone (kind of document: {kind}). Clear "Consult members only".',
    )


def _papers_too_late(params: Mapping[str, Any]) -> Term:
    if params["days"] < 0:
        return Term(
            "审查材料于{sent_on}送出，晚于审查日期{held_on}；规定至少提前{needed}日；请改定审查日期，或者撤回送审。",
            "The papers were sent on {sent_on}, after the review of {held_on}; the rule asks for {needed:day|days} "
            "before it. Set a later date for the review, or withdraw from it.",
        )
    return Term(
        "审查材料于{sent_on}送出，距{held_on}审查只有{days}日，少于规定的{needed}日；请改定审查日期，或者撤回送审。",
        "The papers were sent on {sent_on}, {days:day|days} before the review of {held_on}; the rule asks for {needed}. "
        "Set a later date for the review, or withdraw from it.",
    )


def _from_units(params: Mapping[str, Any]) -> Term:
    if not params["share"]:
        return Term(
            "有表决权的{entitled}人中有{from_units}人来自起草单位；起草单位人员应当回避，请调整表决人员名单。",
            "{from_units} of the {entitled} persons entitled to vote {from_units:~comes|come} from drafting units; the rule allows none. "
            "Change the list of voters.",
        )
    return Term(
        "有表决权的{entitled}人中有{from_units}人来自起草单位，超过规定的{share}；请调整表决人员名单。",
        "{from_units} of the {entitled} persons entitled to vote {from_units:~comes|come} from drafting units, more than the share of {share} "
        "that the rule allows. Change the list of voters.",
    )


def _no_minutes(params: Mapping[str, Any]) -> Term:
    if params["mode"] is ReviewMode.LETTER:
        return Term(
            "尚未登记函审结论；请先登记。",
            "The conclusion of the letter ballot is not recorded yet. Record it first.",
        )
    return Term(
        "尚未登记审查会议纪要；请先登记。", "The minutes of the review are not recorded yet. Record them first."
    )


def _unanswered(params: Mapping[str, Any]) -> Term:
    if "recorded" in params:
        return Term(
            "审查中提出的{recorded}条意见和反对票中还有{open}条没有答复；请逐条答复。",
            "Of {recorded:objection|objections} recorded at the review, {open} still {open:~has|have} no answer. Answer each one.",
        )
    return Term(
        "公示期间收到的异议还有{open}条没有答复；请逐条答复。",
        "{open:objection|objections} to the notice still {open:~has|have} no answer. Answer each one.",
    )


REFUSALS: dict[RefusalCode, Term | Choice] = {
    _R.NOT_FROM_THIS_STAGE: _not_now,
    _R.ROLE_REQUIRED: Term(
        "您没有办理此事的职责；请由以下人员办理：{roles}。",
        "You have no say in this. It is done by: {roles}.",
    ),
    _R.OWN_DRAFT: Term(
        "您是本项目的{how}，应当回避，不能对自己的文稿或者建议作出决定；请由另一位有权办理的人办理。",
        "You have a part in this project ({how}), and nobody decides on their own draft or proposal. "
        "Leave it to somebody else who may do it.",
    ),
    _R.PRINCIPALS_DRAFT: Term(
        "您所代理的人是本项目的{how}，应当回避，不能由您代其作出决定；请由另一位有权办理的人办理。",
        "The person for whom you act has a part in this project ({how}), and nobody decides on their own draft or "
        "proposal. Leave it to somebody else who may do it.",
    ),
    _R.NOTE_REQUIRED: Term(
        "办理“{action}”须写明书面理由；请填写。", 'A written reason is owed for "{action}". Write it down.'
    ),
    _R.PROJECT_SUSPENDED: Term(
        "项目自{since}起中止，理由是“{reason}”；请先恢复项目。",
        'The project has been suspended since {since} ("{reason}"). Resume it first.',
    ),
    _R.APPLICATION_INCOMPLETE: Term(
        "立项申报书缺少：{fields}；请补充后再办理。",
        "The application form lacks: {fields}. Fill in what is missing first.",
    ),
    _R.APPLICANT_NOT_ENTITLED: Term(
        "{kind}的立项申请由以下人员提出：{roles}；请由其办理。",
        "An application for this kind of document ({kind}) is made by: {roles}. Ask them to apply.",
    ),
    _R.SIGNED_FORM_MISSING: Term(
        "尚未上传签章的申报书；请先上传。", "The signed application form is not attached. Attach it first."
    ),
    _R.APPRAISAL_NOT_RECORDED: Term(
        "尚未登记立项论证的日期和结论；请先登记论证意见。",
        "Date and conclusion of the appraisal are not recorded. Record the appraisal first.",
    ),
    _R.TOO_FEW_EXPERTS: Term(
        "立项论证登记了{experts}名专家（有姓名和单位），少于规定的{needed}名；请补充专家名单。",
        "The appraisal names {experts:expert|experts} with their unit; the rule asks for {needed}. "
        "Complete the list of experts.",
    ),
    _R.APPRAISAL_NOT_IN_FAVOUR: Term(
        "立项论证的结论为不同意立项，不能批准；请退回申请或者不予立项。",
        "The appraisal did not conclude in favour of the project. Return the application or refuse the project.",
    ),
    _R.PLAN_ENTRY_INCOMPLETE: Term(
        "计划信息缺少：{fields}；请填写。", "The plan entry lacks: {fields}. Fill in what is missing."
    ),
    _R.PLAN_NOT_YET_PUBLISHED: Term(
        "计划公布日期{published_on}晚于今天（{today}）；请在计划公布后办理，或者更正日期。",
        "The plan is published on {published_on}, and today is {today}. Wait for the day, or correct the date.",
    ),
    _R.PLAN_TOO_LONG: Term(
        "完成日期{completes_on}须晚于计划公布日期{published_on}，且不超过{months}个月，即不晚于{latest}。",
        "The completion date {completes_on} must lie after {published_on}, when the plan was published, and at most "
        "{months:month|months} later, that is by {latest}.",
    ),
    _R.EXTENSION_MONTHS_MISSING: Term(
        "请填写延长的月数，最多{maximum}个月。",
        "Say by how many months the project is extended; the rule allows {maximum}.",
    ),
    _R.EXTENSION_TOO_LATE: Term(
        "完成日期为{completes_on}，延期须在{before}之前申请，现已过期；请按期完成或者终止项目。",
        "The project is to be complete on {completes_on}; an extension had to be asked for before {before}. "
        "Complete the project in time, or terminate it.",
    ),
    _R.EXTENSION_NOT_THE_FIRST: Term(
        "项目已延期{extensions}次，规定只能延期一次；请按期完成或者终止项目。",
        "The project was extended {extensions:time|times} already; the rule allows one extension. "
        "Complete the project in time, or terminate it.",
    ),
    _R.EXTENSION_TOO_LONG: Term(
        "延期{months}个月不在规定的1至{maximum}个月之内；请修改月数。",
        "An extension by {months:month|months} is outside the rule, which allows 1 to {maximum}. Change the number.",
    ),
    _R.DRAFT_MISSING: Term(
        "尚未上传{draft_stage}的Word文件；请先上传。", "There is no Word file of the {draft_stage}. Attach it first."
    ),
    _R.DRAFT_WITHOUT_CLAUSES: Term(
        "第{number}号文稿（{draft_stage}）中没有识别出任何条款；请按模板的标题样式排版后重新上传。",
        "No clause was recognised in draft {number} ({draft_stage}). Use the heading styles of the template and "
        "attach it again.",
    ),
    _R.DRAFT_HAS_ERRORS: Term(
        "第{number}号文稿（{draft_stage}）有{errors}处格式错误；请按检查结果改正后重新上传。",
        "Draft {number} ({draft_stage}) has {errors:format error|format errors}. Mend what the check found and "
        "attach it again.",
    ),
    _R.DRAFT_NOT_NEW: Term(
        "{draft_stage}须新于上一次征求意见的第{number}号文稿；请上传新的文稿。",
        "The {draft_stage} must be newer than draft {number} of the last consultation. Attach a new one.",
    ),
    _R.NOTE_MISSING: Term("尚未填写编制说明；请先填写。", "The explanatory note is not written yet. Write it first."),
    _R.NOTE_INCOMPLETE: Term(
        "编制说明的以下部分尚未填写：{headings}。",
        "Nothing stands yet under these headings of the explanatory note: {headings}. Fill in what is missing.",
    ),
    _R.ANNEXES_MISSING: Term(
        "缺少附件：{papers}；请先上传。", "These annexes are missing: {papers}. Attach them first."
    ),
    _R.CLOSING_DATE_MISSING: where(
        "earliest",
        Term("请填写截止日期；最早可于{earliest}截止。", "Give the closing date; the earliest is {earliest}."),
        Term("请填写截止日期。", "Give the closing date."),
    ),
    _R.CONSULTATION_TOO_SHORT: _too_short,
    _R.CONSULTATION_NOT_PUBLIC: _not_public,
    _R.CONSULTATION_STILL_OPEN: where(
        "closes_on",
        Term(
            "征求意见期至{closes_on}（含当日），今天是{today}；请在截止日期之后办理。",
            "The consultation runs until the end of {closes_on}, and today is {today}. Wait until it is over.",
        ),
        Term(
            "本轮征求意见没有截止日期，今天是{today}；请先补充截止日期。",
            "This round has no closing date, and today is {today}. Give it a closing date first.",
        ),
    ),
    _R.CLOSING_DATE_NOT_LATER: Term(
        "新的截止日期{closes_on}须晚于现在的截止日期{present}；请修改。",
        "The new closing date {closes_on} must be later than the present one, {present}. Change it.",
    ),
    _R.COMMENTS_WITHOUT_DISPOSITION: Term(
        "共收到{received}条意见，还有{open}条没有处理意见；请逐条处理。",
        "Of {received:comment|comments} received, {open} still {open:~has|have} no disposition. Dispose of each one.",
    ),
    _R.COMMENTS_WITHOUT_REASON: Term(
        "共收到{received}条意见，其中{open}条部分采纳或者不采纳而没有写明理由；请补充理由。",
        "Of {received:comment|comments} received, {open} {open:~is|are} partly accepted or not accepted without a reason. "
        "Give the reasons.",
    ),
    _R.PAPERS_NOT_SENT: Term(
        "审查材料尚未送出；规定至少在审查前{needed}日送达，请先送出。",
        "The papers were not sent to the reviewers; the rule asks for {needed:day|days} before the review. "
        "Send them first.",
    ),
    _R.REVIEW_DATE_MISSING: Term(
        "尚未确定审查日期（会议日期或者函审截止日期）；请先确定。",
        "The date of the review (the meeting, or the end of the letter ballot) is not set. Set it first.",
    ),
    _R.PAPERS_SENT_TOO_LATE: _papers_too_late,
    _R.BALLOT_NOT_OPENED: Term("表决尚未开始；请先开始表决。", "The ballot was not opened yet. Open it first."),
    _R.BALLOT_STILL_OPEN: Term("表决尚未结束；请先结束表决。", "The ballot is still open. Close it first."),
    _R.TOO_FEW_VOTERS: Term(
        "有表决权的人员为{entitled}人，少于规定的{needed}人；请补充表决人员后重新表决。",
        "{entitled:person is|persons are} entitled to vote; the rule asks for {needed}. Complete the list of voters and "
        "hold the ballot again.",
    ),
    _R.DRAFTERS_AMONG_VOTERS: Term(
        "有表决权的人员中有{drafters}名起草人；起草人应当回避，请调整表决人员名单后重新表决。",
        "{drafters:drafter is|drafters are} among those entitled to vote; the rule allows none. Change the list of voters and "
        "hold the ballot again.",
    ),
    _R.TOO_MANY_FROM_DRAFTING_UNITS: _from_units,
    _R.QUORUM_MISSED: Term(
        "有表决权的{entitled}人中有{cast}人投票，未达到规定的{needed}（至少{at_least}人）；请重新审查。",
        "Votes cast: {cast}; persons entitled: {entitled}; the quorum is {needed}, that is at least {at_least}. "
        "Repeat the review.",
    ),
    _R.QUORUM_WAS_MET: Term(
        "有表决权的{entitled}人中有{cast}人投票，已达到规定的{needed}，无须重新审查；请确认审查通过或者未通过。",
        "Votes cast: {cast}; persons entitled: {entitled}; the quorum of {needed} was met, so the review stands. "
        "Record whether it was passed.",
    ),
    _R.NOT_ENOUGH_IN_FAVOUR: Term(
        "投票{votes_cast}票，同意{votes_for}票，未达到规定的{needed}（至少{at_least}票）；请确认审查未通过。",
        "Votes in favour: {votes_for}; votes cast: {votes_cast}; the rule asks for {needed}, that is at least "
        "{at_least}. Record the review as not passed.",
    ),
    _R.ENOUGH_IN_FAVOUR: Term(
        "投票{votes_cast}票，同意{votes_for}票，已达到规定的{needed}；请确认审查通过。",
        "Votes in favour: {votes_for}; votes cast: {votes_cast}; the share of {needed} that the rule asks for was reached. "
        "Record the review as passed.",
    ),
    _R.MINUTES_MISSING: _no_minutes,
    _R.SIGNATURES_MISSING: Term("尚未签字：{names}；请其签字。", "Signatures are missing: {names}. Ask them to sign."),
    _R.BALLOT_PAPERS_MISSING: Term(
        "还有{missing}份表决票没有上传；请全部上传。",
        "{missing:ballot paper is|ballot papers are} not attached yet. Attach all of them.",
    ),
    _R.NO_EARLIER_FAILURE: Term(
        "本项目此前没有未通过的审查，不能因再次未通过而终止；请退回修改。",
        "No earlier review of this project failed, so this failure is the first. Return the text for revision.",
    ),
    _R.OBJECTIONS_UNANSWERED: _unanswered,
    _R.PACKAGE_INCOMPLETE: Term(
        "报批材料缺少：{papers}；请上传或者生成。",
        "The submission package lacks: {papers}. Attach or generate them.",
    ),
    _R.PACKAGE_OUTDATED: Term(
        "以下报批材料早于审查的版本：{papers}；请更新。",
        "These papers are older than the version that was reviewed: {papers}. Bring them up to date.",
    ),
    _R.NOTICE_NOT_OPENED: Term("公示尚未开始；请先开始公示。", "The notice was not opened yet. Open it first."),
    _R.NOTICE_STILL_RUNS: Term(
        "公示自{opened_on}起，为期{days}日，至{ends_on}（含当日）；请在公示期满后办理。",
        "The notice opened on {opened_on} and runs {days:day|days}, until the end of {ends_on}. Wait until it is over.",
    ),
    _R.NUMBER_MISSING: Term("尚未拟定文件编号；请先拟定。", "No number is prepared. Prepare the publication first."),
    _R.NUMBER_OUTSIDE_SERIES: Term(
        "拟定的编号{number}不属于本项目现在的编号系列{prefix}（类别或其他信息已有变动）；请重新拟定编号。",
        "The number {number} is not of the series {prefix} that the project now takes; its particulars were changed "
        "after the number was prepared. Prepare the number again.",
    ),
    _R.NUMBER_TAKEN: Term(
        "编号{number}的顺序号已被占用：{holders}；请另定编号。",
        "The serial of {number} is already taken: {holders}. Choose another number.",
    ),
    _R.PARTNERS_NOT_IN_FAVOUR: Term(
        "协同项目须由各方共同发布，尚无以下协同方同意的决定：{names}；请先登记其决定。",
        "A joint document is published by all partners together. These have not decided in favour of it: {names}. "
        "Record their decisions first.",
    ),
    _R.NUMBER_SAME_AS_REPLACED: Term(
        "编号{number}与被代替文件的编号相同；修订保留顺序号，但须用新的年代号。",
        "{number} is the number of the document replaced. A revision keeps the serial and takes a new year.",
    ),
    _R.PUBLICATION_DATES_MISSING: Term(
        "尚未填写：{fields}；请补充。", "These dates are missing: {fields}. Fill in what is missing."
    ),
    _R.PUBLICATION_DATES_OUT_OF_ORDER: Term(
        "批准日期{approved_on}、发布日期{published_on}、实施日期{effective_on}的先后不对；发布不得早于批准，实施不得早于发布。",
        "Approval {approved_on}, publication {published_on} and implementation {effective_on} are out of order. "
        "Publication comes on or after approval, implementation on or after publication.",
    ),
    _R.IMPLEMENTATION_TOO_SOON: Term(
        "发布至实施为{days}日，少于规定的{needed}日；最早可于{earliest}实施，或者请写明提前实施的理由。",
        "Implementation follows publication after {days:day|days}; the rule asks for {needed}. The earliest date is "
        "{earliest}; for an earlier one state the reason.",
    ),
    _R.FULL_TEXT_MISSING: Term(
        "发布稿缺少以下格式的文件：{forms}；请上传。",
        "The text to be published is missing as: {forms}. Attach it.",
    ),
    _R.FULL_TEXT_WITHOUT_MARKS: Term(
        "发布稿中没有找到：{marks}；请在文本中写明后重新上传。",
        "The text to be published does not bear: {marks}. Write them into the text and attach it again.",
    ),
    _R.NOT_YET_IN_FORCE: where(
        "effective_on",
        Term(
            "实施日期为{effective_on}，今天是{today}；请在实施日期当日或者之后办理。",
            "The document comes into force on {effective_on}, and today is {today}. Wait for the day.",
        ),
        Term(
            "没有登记实施日期，今天是{today}；请先补充。",
            "No implementation date is recorded, and today is {today}. Record it first.",
        ),
    ),
    _R.FILING_INCOMPLETE: Term(
        "备案信息缺少：{fields}；请填写。", "The filing lacks: {fields}. Fill in what is missing."
    ),
    _R.DISCLOSURE_INCOMPLETE: Term(
        "自我声明公开信息缺少：{fields}；请填写。", "The disclosure lacks: {fields}. Fill in what is missing."
    ),
    _R.REVIEW_OPINION_MISSING: Term(
        "复审意见缺少：{fields}；请先登记复审意见。",
        "The opinion of the periodic review lacks: {fields}. Record the opinion first.",
    ),
    _R.CONCLUSION_IS_DIFFERENT: where(
        "recorded",
        Term(
            "登记的复审结论是“{recorded}”，而不是“{needed}”；请按登记的结论办理，或者先更正复审意见。",
            'The recorded conclusion is "{recorded}", not "{needed}". Act on the recorded conclusion, or correct '
            "the opinion first.",
        ),
        Term(
            "尚未登记复审结论，此事要求结论为“{needed}”；请先登记复审意见。",
            'No conclusion is recorded; this act asks for "{needed}". Record the opinion first.',
        ),
    ),
    _R.NO_SUCCESSOR_IN_FORCE: Term(
        "代替本文件的新文件尚未实施；请在其实施后办理。",
        "No document that replaces this one has come into force. Wait until one does.",
    ),
}
