"""Why something about the long life of a document is refused, and the sentences that say so."""

from enum import StrEnum

from standards_wf.wording.choices import Choice
from standards_wf.wording.language import Term
from standards_wf.wording.refusals import Book


class ReplacementProblem(StrEnum):
    """Why a document cannot be named as replaced."""

    EDITION_MISSING = "edition_missing"
    IS_ITSELF = "replaces_itself"
    NAMED_TWICE = "replacement_named_twice"
    HAS_ENDED = "replaced_has_ended"


class AmendmentProblem(StrEnum):
    """Why an amendment sheet or a correction is not taken."""

    NO_DOCUMENT = "no_document_to_amend"
    NOTHING_CHANGES = "amendment_changes_nothing"
    ALREADY_PUBLISHED = "amendment_already_published"
    OUT_OF_ORDER = "amendment_dates_out_of_order"


class ReviewListProblem(StrEnum):
    """Why a line of a year's list is left as it is."""

    NOT_YET_DUE = "review_not_yet_due"
    NO_OPINION = "review_without_opinion"
    NUMBER_NEEDED = "decision_number_needed"
    OTHER_DAY = "decision_of_another_day"
    OTHER_FILE = "decision_has_another_file"


class CitationProblem(StrEnum):
    """Why a task about a citation is left as it is."""

    ALREADY_SETTLED = "citation_already_settled"


class CorrectionProblem(StrEnum):
    """Why the administrator cannot put a case at a stage by hand."""

    NEEDS_PUBLICATION = "stage_needs_publication"
    IS_PUBLISHED = "stage_before_publication"
    NEEDS_SUCCESSOR = "stage_needs_successor"
    NEEDS_ROUND = "stage_needs_round"
    NEEDS_REVIEW_DRAFT = "stage_needs_review_draft"


_SENTENCES: dict[StrEnum, Term | Choice] = {
    ReplacementProblem.EDITION_MISSING: Term(
        "“{given}”缺少年份，无法确定是哪一版；请写明年份，例如 DB31/T 1234—2020。",
        '"{given}" has no year, and it is not clear which edition is meant. Give the year, as in DB31/T 1234—2020.',
    ),
    ReplacementProblem.IS_ITSELF: Term(
        "{given}是本项目自己的编号；请填写被代替文件的编号。",
        "{given} is the number of this project itself. Give the number of the document that it replaces.",
    ),
    ReplacementProblem.NAMED_TWICE: Term(
        "{given}写了不止一次；全部代替或者部分代替，只写一处。",
        "{given} is named more than once. Name it once, as replaced wholly or in part.",
    ),
    ReplacementProblem.HAS_ENDED: Term(
        "{given}已经失效（{stage}），不能再被代替；请填写现行的版本。",
        "{given} has ended ({stage}) and cannot be replaced again. Give the edition that is in force.",
    ),
    AmendmentProblem.NO_DOCUMENT: Term(
        "项目处于“{stage}”阶段；已发布而且没有失效的文件才有修改单和更正。",
        'The project stands at the stage "{stage}". Only a document that is published and has not ended is amended.',
    ),
    AmendmentProblem.NOTHING_CHANGES: Term(
        "请至少写明一处修改：条款，原文和改后的文字不能相同。",
        "Give at least one change: the clause, and old and new words that differ.",
    ),
    AmendmentProblem.ALREADY_PUBLISHED: Term(
        "第{number}号已经发布，不能再改；需要再改的，另行拟定一份。",
        "No. {number} is published and stays as it is. Prepare another one to change more.",
    ),
    AmendmentProblem.OUT_OF_ORDER: Term(
        "实施日期{effective_on}早于发布日期{published_on}；请改正其中之一。",
        "The implementation date {effective_on} is before the publication date {published_on}. Correct one of them.",
    ),
    ReviewListProblem.NOT_YET_DUE: Term(
        "复审周期到{cycle_ends}届满，{opens_on}以前只能因法定情形提前复审；请选择提前复审的情形并写明依据。",
        "The cycle ends on {cycle_ends}. Before {opens_on} a review is early: choose one of the lawful reasons "
        "and say what it rests on.",
    ),
    ReviewListProblem.NO_OPINION: Term(
        "还没有复审意见；请先登记结论和理由。",
        "There is no opinion yet. Record the conclusion and its grounds first.",
    ),
    ReviewListProblem.NUMBER_NEEDED: Term(
        "写了决定日期或者附了文件，还须填写公告号。",
        "A day or a file of the decision is given; give its number as well.",
    ),
    ReviewListProblem.OTHER_DAY: Term(
        "公告{number}登记的日期是{decided_on}；请填写同一日期，或者另用一个公告号。",
        "Decision {number} was entered with the day {decided_on}. Give the same day, or another number.",
    ),
    ReviewListProblem.OTHER_FILE: Term(
        "公告{number}已经附有文件“{filename}”；不必再附，或者另用一个公告号。",
        'Decision {number} has the file "{filename}" already. Leave the file out, or give another number.',
    ),
    CitationProblem.ALREADY_SETTLED: Term(
        "对{given}的引用已经处理：{outcome}。", "The citation of {given} has been settled already: {outcome}."
    ),
    CorrectionProblem.NEEDS_PUBLICATION: Term(
        "项目还没有发布的文件，不能更正到“{stage}”；请更正到“审批”，再办理发布。",
        'The project has no published document and cannot be put at "{stage}". Put it at approval and publish it.',
    ),
    CorrectionProblem.IS_PUBLISHED: Term(
        "文件已按{number}发布，不能更正到发布以前的“{stage}”；发布有误的，更正到“现行”后办理复审和废止。",
        'The document is published as {number} and cannot be put back to "{stage}". If it should not have been '
        "published, put it in force, review and abolish it.",
    ),
    CorrectionProblem.NEEDS_SUCCESSOR: Term(
        "没有已经实施的文件代替它，不能更正到“被代替”；没有后继文件的，经复审办理废止。",
        "No document in force replaces it, so it cannot be put at superseded. Without a successor it is reviewed "
        "and abolished.",
    ),
    CorrectionProblem.NEEDS_ROUND: Term(
        "征求意见须有文稿和截止日期；请更正到“起草”，再开始征求意见。",
        "A consultation needs its text and its closing date. Put the case at drafting and open the consultation.",
    ),
    CorrectionProblem.NEEDS_REVIEW_DRAFT: Term(
        "还没有送审稿，不能更正到“技术审查”；请更正到“意见处理”，上传送审稿后提交审查。",
        "There is no review draft, so the case cannot be put at review. Put it at comment resolution, bring the draft "
        "and submit it.",
    ),
}

FAMILIES: tuple[type[StrEnum], ...] = (
    ReplacementProblem,
    AmendmentProblem,
    ReviewListProblem,
    CitationProblem,
    CorrectionProblem,
)
SENTENCES: Book = {
    family: {code: said for code, said in _SENTENCES.items() if isinstance(code, family)} for family in FAMILIES
}
"""For `wording.refusals.sentence(refusal, book=…)`."""
