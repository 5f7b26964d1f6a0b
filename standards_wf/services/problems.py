"""The sentences of the services' own "no": one family of codes for each file, with what is wrong and how to mend it.

`wording.refusals.sentence(refusal, book=SENTENCES)` says them, those of the procedure and of the forms included.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from standards_wf.services import long_life_problems, number_problems
from standards_wf.wording import refusals
from standards_wf.wording.choices import Choice
from standards_wf.wording.language import Term
from standards_wf.wording.numbers import NO_SERIES
from standards_wf.wording.refusals import Book
from standards_wf.workflow.series import NoSeriesReason


class ConsultationProblem(StrEnum):
    """Why a comment is not taken."""

    NOT_OPEN = "consultation_not_open"
    NOT_AN_ADDRESS = "not_an_address"


class Exclusion(StrEnum):
    """Why somebody on the list of a ballot has no vote."""

    DRAFTER = "drafter"
    DRAFTING_UNIT_SHARE = "drafting_unit_share"
    INVITED_EXPERT = "invited_expert"


class ReviewProblem(StrEnum):
    """Why an act of a review, its ballot or its minutes is not done."""

    NO_REVIEW_RUNS = "no_review_runs"
    LETTER_HAS_NO_MEETING = "letter_has_no_meeting"
    DAY_HAS_PASSED = "day_has_passed"
    PAPERS_ALREADY_SENT = "papers_already_sent"
    BALLOT_EXISTS = "ballot_exists"
    NO_BALLOT = "no_ballot"
    NO_VOTERS = "no_voters"
    NOT_OF_THE_COMMITTEE = "not_of_the_committee"
    BALLOT_IS_CLOSED = "ballot_is_closed"
    VOTING_IS_OVER = "voting_is_over"
    BALLOT_STILL_RUNS = "ballot_still_runs"
    NOT_ON_THE_LIST = "not_on_the_list"
    NO_VOTE = "no_vote"
    ALREADY_VOTED = "already_voted"
    REASON_FOR_AGAINST = "reason_for_against"
    MEETING_DATE_MISSING = "meeting_date_missing"
    MEETING_NOT_YET_HELD = "meeting_not_yet_held"
    NOBODY_ATTENDS = "nobody_attends"
    NOT_REVIEWERS = "not_reviewers"
    NO_MINUTES = "no_minutes"
    DOES_NOT_SIGN = "does_not_sign"
    ALREADY_SIGNED = "already_signed"
    NOTHING_TO_ANSWER = "nothing_to_answer"


class PublicationProblem(StrEnum):
    """Why number and dates cannot be prepared as given."""

    ALREADY_PUBLISHED = "already_published"
    NOT_A_NUMBER = "not_a_document_number"
    SERIES_EXHAUSTED = "series_exhausted"
    OUTSIDE_THE_SERIES = "outside_the_series"
    OTHER_YEAR = "other_year"
    SAME_AS_REPLACED = "same_as_replaced"
    TAKEN = "number_is_taken"
    RESERVED = "number_is_reserved"
    UNUSABLE = "number_is_unusable"


class PeriodicReviewProblem(StrEnum):
    """Why an opinion is not recorded."""

    NONE_RUNS = "no_periodic_review_runs"


class NoticeProblem(StrEnum):
    """Why an objection is not taken, or not answered."""

    NOT_RUNNING = "notice_not_running"
    ANSWER_STANDS = "answer_stands"


class PaperProblem(StrEnum):
    """Why a paper is not made or not taken as it was asked for."""

    NOT_MADE_HERE = "paper_not_made_here"
    NOT_OF_THIS_KIND = "paper_not_of_this_kind"
    OF_ANOTHER_KIND = "paper_of_another_kind"
    IS_THE_TEXT = "paper_is_the_text"
    NOT_PREPARED = "publication_not_prepared"


class PublicFormProblem(StrEnum):
    """Why a form that anybody may fill in is not taken."""

    TOO_MANY = "too_many_forms"
    TOO_QUICK = "form_too_quick"
    LOOKS_AUTOMATIC = "form_looks_automatic"


EXCLUSIONS: dict[Exclusion, Term] = {
    Exclusion.DRAFTER: Term("起草人，不参加表决", "Drafter, does not vote"),
    Exclusion.DRAFTING_UNIT_SHARE: Term(
        "来自起草单位，超出占比上限", "From a drafting unit, beyond the share that may vote"
    ),
    Exclusion.INVITED_EXPERT: Term("特邀专家，只发表意见", "Invited expert, gives an opinion only"),
}


def _no_vote(params: Mapping[str, Any]) -> Term:
    why = EXCLUSIONS[Exclusion(params["exclusion"])]
    return Term(
        f"您在本次表决名单中没有表决权（{why.zh}）；意见可在审查会上提出。",
        f"You are on the list of this ballot without a vote ({why.en[:1].lower()}{why.en[1:]}). "
        "You may give your opinion at the review.",
    )


_CONSULTATIONS: dict[ConsultationProblem, Term | Choice] = {
    ConsultationProblem.NOT_OPEN: Term(
        "本轮征求意见自{opens_on}至{closes_on}，现在不接收意见。",
        "This round takes comments from {opens_on} to {closes_on}, and none now.",
    ),
    ConsultationProblem.NOT_AN_ADDRESS: Term(
        "“{given}”不是电子邮件地址；请改正或者留空。",
        '"{given}" is not an e-mail address. Correct it or leave it empty.',
    ),
}

_REVIEWS: dict[ReviewProblem, Term | Choice] = {
    ReviewProblem.NO_REVIEW_RUNS: Term(
        "项目处于“{stage}”阶段，没有正在进行的审查；请先提交审查。",
        'The project stands at the stage "{stage}" and no review is under way. Submit the text for review first.',
    ),
    ReviewProblem.LETTER_HAS_NO_MEETING: Term(
        "本次审查采用函审，没有会议日期；表决的截止日期在开始表决时填写。",
        "This review is held by letter ballot and has no meeting. Its closing date is given when the ballot is opened.",
    ),
    ReviewProblem.DAY_HAS_PASSED: Term(
        "{given}早于今天（{today}）；请填写今天或者以后的日期。",
        "{given} is before today ({today}). Give today or a later day.",
    ),
    ReviewProblem.PAPERS_ALREADY_SENT: Term(
        "审查材料已于{sent_on}送出，不必再次办理。", "The papers were already sent on {sent_on}; nothing is left to do."
    ),
    ReviewProblem.BALLOT_EXISTS: Term(
        "本次审查已于{opened_on}开始表决；一次审查只有一次表决，需要再次表决的请办理重新审查。",
        "The ballot of this review was opened on {opened_on}. A review has one ballot; to vote again, repeat the review.",
    ),
    ReviewProblem.NO_BALLOT: Term(
        "本次审查尚未表决；请先开始表决，结束后再登记纪要。",
        "This review has had no ballot. Open the ballot and close it; then record the minutes.",
    ),
    ReviewProblem.NO_VOTERS: Term(
        "表决名单中没有有表决权的人员；请补充委员会委员，或者请管理员登记委员任期。",
        "Nobody on the list may vote. Add members of the committee, or ask the administrator to enter their terms.",
    ),
    ReviewProblem.NOT_OF_THE_COMMITTEE: Term(
        "以下人员今天不是本委员会的委员：{names}；请从名单中去掉，或者请管理员登记其任期。",
        "Not members of the committee today: {names}. Take them off the list, or ask the administrator to enter "
        "their terms.",
    ),
    ReviewProblem.BALLOT_IS_CLOSED: Term("本次表决已经结束。", "This ballot is closed."),
    ReviewProblem.VOTING_IS_OVER: Term(
        "投票已于{closes_on}截止；请与委员会秘书联系。",
        "Votes were taken until {closes_on}. Speak to the secretary of the committee.",
    ),
    ReviewProblem.BALLOT_STILL_RUNS: Term(
        "有表决权的{entitled}人中已有{cast}人投票；请等其余人员投票，或者在{closes_on}以后结束表决。",
        "{cast} of {entitled} entitled to vote have voted. Wait for the others, or close the ballot after {closes_on}.",
    ),
    ReviewProblem.NOT_ON_THE_LIST: Term(
        "您不在本次表决的名单中；请与委员会秘书联系。",
        "You are not on the list of this ballot. Speak to the secretary of the committee.",
    ),
    ReviewProblem.NO_VOTE: _no_vote,
    ReviewProblem.ALREADY_VOTED: Term(
        "您已投票（{position}）；每人只投一次，投出后不能更改。",
        "You have already voted ({position}). A vote is cast once and stands.",
    ),
    ReviewProblem.REASON_FOR_AGAINST: Term(
        "投反对票须说明理由；请填写理由。", "A vote against needs its reason. Give the reason."
    ),
    ReviewProblem.MEETING_DATE_MISSING: Term(
        "尚未确定审查会议日期；请先确定日期。", "The date of the meeting is not set. Set it first."
    ),
    ReviewProblem.MEETING_NOT_YET_HELD: Term(
        "审查会议定于{meets_on}召开，会后方可登记纪要。",
        "The meeting is on {meets_on}; its minutes can be recorded from that day on.",
    ),
    ReviewProblem.NOBODY_ATTENDS: Term(
        "请选择到会专家；纪要由到会专家签署。", "Say who attended; the attending experts sign the minutes."
    ),
    ReviewProblem.NOT_REVIEWERS: Term(
        "以下人员既不是本委员会的人员，也不是特邀专家：{names}；请从到会名单中去掉。",
        "Neither of the committee nor invited experts: {names}. Take them off the list of those attending.",
    ),
    ReviewProblem.NO_MINUTES: Term(
        "审查纪要尚未登记；请秘书先登记。", "The minutes are not recorded yet. The secretary records them first."
    ),
    ReviewProblem.DOES_NOT_SIGN: Term(
        "您不在应签署人员之列；如有遗漏，请秘书重新登记纪要。",
        "You are not among those who sign. If you were left out, the secretary records the minutes again.",
    ),
    ReviewProblem.ALREADY_SIGNED: Term("您已经签署，不必再次签署。", "You have already signed; nothing is left to do."),
    ReviewProblem.NOTHING_TO_ANSWER: Term(
        "该票不是反对票，也没有附意见，无需答复。",
        "This vote is not against and carries no remark; it needs no answer.",
    ),
}

_PUBLICATIONS: dict[PublicationProblem, Term | Choice] = {
    PublicationProblem.ALREADY_PUBLISHED: Term(
        "本文件已按{number}发布，编号和日期不能再改。",
        "The document is published as {number}; number and dates are fixed.",
    ),
    PublicationProblem.NOT_A_NUMBER: Term(
        "“{given}”不是文件编号；请参照{example}填写，或者留空由系统编号。",
        '"{given}" is not a document number. Write it like {example}, or leave it empty to be given the next one.',
    ),
    PublicationProblem.SERIES_EXHAUSTED: Term(
        "{prefix}系列在{last}之后不能自动编号；请填写编号。",
        "The series {prefix} gives no number after {last} by itself. Type the number.",
    ),
    PublicationProblem.OUTSIDE_THE_SERIES: Term(
        "{given}不属于本项目的编号系列{prefix}（{reason}）；请填写该系列的编号，或者留空由系统编号。",
        "{given} is not of the series {prefix} of this project ({reason}). Give a number of that series, "
        "or leave it empty to be given the next one.",
    ),
    PublicationProblem.OTHER_YEAR: Term(
        "编号中的年份{year}与发布日期{published_on}不一致；请改正其中之一。",
        "The year {year} in the number is not that of the publication date {published_on}. Correct one of them.",
    ),
    PublicationProblem.SAME_AS_REPLACED: Term(
        "{given}是被代替文件的编号；修订后须用新的年份。",
        "{given} is the number of the document replaced; a revision takes a new year.",
    ),
    PublicationProblem.TAKEN: Term(
        "{given}不能使用：{holder}《{title}》已用此号；请另填编号，或者留空由系统编号。",
        '{given} is taken by {holder} "{title}". Give another number, or leave it empty to be given the next one.',
    ),
    PublicationProblem.RESERVED: Term(
        "{given}已为其他项目保留（{reason}）；请另填编号，或者先在“编号”页面解除保留。",
        'Reserved for another project: {given} ({reason}). Give another number, or release it first under "Numbers".',
    ),
    PublicationProblem.UNUSABLE: Term(
        "{given}已标记为不再使用（{reason}）；请另填编号，或者留空由系统编号。",
        "{given} is marked as not to be used ({reason}). Give another number, "
        "or leave it empty to be given the next one.",
    ),
}

_PERIODIC_REVIEWS: dict[PeriodicReviewProblem, Term | Choice] = {
    PeriodicReviewProblem.NONE_RUNS: Term(
        "文件处于“{stage}”阶段，没有正在进行的复审；请先开始复审。",
        'The document stands at the stage "{stage}" and no periodic review is under way. Start the review first.',
    ),
}

_NOTICES: dict[NoticeProblem, Term | Choice] = {
    NoticeProblem.NOT_RUNNING: Term(
        "公示期为{opened_on}至{ends_on}，现在不接收异议。",
        "The notice ran from {opened_on} to {ends_on}; objections are no longer taken.",
    ),
    NoticeProblem.ANSWER_STANDS: Term(
        "公示已结束，已作出的答复不能再改。", "The notice is over, and the answer that was given stands."
    ),
}

_PAPERS: dict[PaperProblem, Term | Choice] = {
    PaperProblem.NOT_MADE_HERE: Term(
        "系统不生成“{paper}”；请在系统外编写后上传。",
        'The system does not make the paper "{paper}". Write it yourself and upload it.',
    ),
    PaperProblem.NOT_OF_THIS_KIND: Term(
        "“{paper}”不是本项目的文本；本项目的文本是“{body}”。",
        'The paper "{paper}" is not the text of this project; its text is "{body}".',
    ),
    PaperProblem.OF_ANOTHER_KIND: Term(
        "{kind}的程序中没有“{paper}”。",
        'The procedure of this kind ({kind}) knows no paper "{paper}".',
    ),
    PaperProblem.IS_THE_TEXT: Term(
        "“{paper}”是文本本身；请在“文稿”中作为新的一稿上传。",
        'The paper "{paper}" is the text itself. Upload it among the drafts, as a new version.',
    ),
    PaperProblem.NOT_PREPARED: Term(
        "尚未登记编号和日期；请先办理发布准备，再生成发布稿。",
        "Number and dates are not prepared yet. Prepare the publication first; then make the text to be published.",
    ),
}

_PUBLIC_FORMS: dict[PublicFormProblem, Term | Choice] = {
    PublicFormProblem.TOO_MANY: Term(
        "您所在的网络地址在短时间内已提交了{maximum}份；请过{minutes}分钟再提交，填写的内容都还在。",
        "Your network has sent {maximum} forms within a short time. Send yours again in {minutes:minute|minutes}; "
        "everything you typed is kept.",
    ),
    PublicFormProblem.TOO_QUICK: Term(
        "尚未提交：请核对一遍填写的内容，再按一次提交。",
        "Not sent yet: read once more what you typed, then press the button again.",
    ),
    PublicFormProblem.LOOKS_AUTOMATIC: Term(
        "尚未提交：请将“请勿填写”一栏清空后再提交。",
        "Not sent yet: empty the field that is to be left empty, and send it again.",
    ),
}

PROBLEMS: dict[type[StrEnum], Mapping[Any, Term | Choice]] = {
    ConsultationProblem: _CONSULTATIONS,
    ReviewProblem: _REVIEWS,
    PublicationProblem: _PUBLICATIONS,
    PeriodicReviewProblem: _PERIODIC_REVIEWS,
    NoticeProblem: _NOTICES,
    PaperProblem: _PAPERS,
    PublicFormProblem: _PUBLIC_FORMS,
    **long_life_problems.SENTENCES,
    **number_problems.PROBLEMS,
    NoSeriesReason: NO_SERIES,
}

SENTENCES: Book = {**refusals.SENTENCES, **PROBLEMS}
