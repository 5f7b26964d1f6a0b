"""The word for each code of the procedure: one function for each family of codes, one term for each code.

English terms begin with a capital, as a heading or a button does; `mid_sentence` lowers it.
"""

from enum import StrEnum
from typing import Any

from standards_wf.wording.acts import ACTIONS, DONE, EFFECTS, EVENTS
from standards_wf.wording.language import Term
from standards_wf.wording.numbers import SERIES_REASONS
from standards_wf.wording.particulars import FIELDS, HEADINGS, RULES, UNITS
from standards_wf.workflow.kinds import KINDS as KIND_ROWS
from standards_wf.workflow.notes import NoteHeading
from standards_wf.workflow.series import SeriesReason
from standards_wf.workflow.vocabulary import (
    Action,
    AmendmentKind,
    Authorship,
    CitationOutcome,
    CommentType,
    Conclusion,
    Disposition,
    DraftStage,
    EarlyReason,
    Effect,
    Event,
    FastTrackReason,
    Kind,
    MetrologyCategory,
    Paper,
    PartnerDecision,
    Phase,
    Position,
    Province,
    ReviewMode,
    ReviewOutcome,
    Role,
    Stage,
)

KINDS: dict[Kind, Term] = {
    Kind.LOCAL_STANDARD: Term("地方标准", "Local standard"),
    Kind.GROUP_STANDARD: Term("团体标准", "Group standard"),
    Kind.METROLOGY_SPECIFICATION: Term("计量技术规范", "Metrology technical specification"),
}

CATEGORIES: dict[MetrologyCategory, Term] = {
    MetrologyCategory.TERMS_AND_DEFINITIONS: Term("计量术语及定义", "Terms and definitions"),
    MetrologyCategory.VERIFICATION_SCHEME: Term("计量检定系统表", "Verification scheme"),
    MetrologyCategory.TYPE_EVALUATION_OUTLINE: Term("计量器具型式评价大纲", "Type evaluation outline"),
    MetrologyCategory.VERIFICATION_REGULATION: Term("计量检定规程", "Verification regulation"),
    MetrologyCategory.CALIBRATION_SPECIFICATION: Term("计量校准规范", "Calibration specification"),
    MetrologyCategory.INSPECTION_RULE: Term("计量检验规则", "Inspection rule"),
    MetrologyCategory.UNCERTAINTY_EVALUATION: Term("计量不确定度评定方法", "Uncertainty evaluation"),
    MetrologyCategory.OTHER: Term("其他计量技术规范", "Other metrology specification"),
}

PHASES: dict[Phase, Term] = {
    Phase.PROPOSAL: Term("立项", "Proposal"),
    Phase.DRAFTING: Term("起草", "Drafting"),
    Phase.CONSULTATION: Term("征求意见", "Consultation"),
    Phase.APPROVAL: Term("审查批准", "Approval"),
    Phase.PUBLISHED: Term("发布实施", "Published"),
    Phase.CLOSED: Term("已办结", "Closed"),
}

STAGES: dict[Stage, Term] = {
    Stage.SUGGESTED: Term("立项建议", "Suggested"),
    Stage.APPLIED: Term("立项申请", "Applied"),
    Stage.APPRAISAL: Term("立项论证", "Appraisal"),
    Stage.DRAFTING: Term("起草", "Drafting"),
    Stage.CONSULTATION: Term("征求意见", "Public consultation"),
    Stage.RESOLUTION: Term("意见处理", "Comment resolution"),
    Stage.REVIEW: Term("技术审查", "Technical review"),
    Stage.SUBMISSION: Term("报批", "Submission"),
    Stage.APPROVAL: Term("审批", "Approval"),
    Stage.PUBLIC_NOTICE: Term("批准前公示", "Public notice before approval"),
    Stage.PUBLISHED: Term("已发布（即将实施）", "Published"),
    Stage.IN_FORCE: Term("现行", "In force"),
    Stage.UNDER_REVIEW: Term("复审", "Periodic review"),
    Stage.ABOLITION_NOTICE: Term("废止公示", "Abolition notice"),
    Stage.REJECTED: Term("不予立项", "Rejected"),
    Stage.TERMINATED: Term("终止", "Terminated"),
    Stage.SUPERSEDED: Term("被代替", "Superseded"),
    Stage.ABOLISHED: Term("废止", "Abolished"),
}

ROLES: dict[Role, Term] = {
    Role.PROPOSER: Term("建议提出人", "Proposer"),
    Role.DRAFTER: Term("起草人", "Drafter"),
    Role.COMPETENT_DEPARTMENT: Term("有关行政主管部门", "Competent department"),
    Role.AUTHORITY: Term("市场监督管理部门", "Municipal authority"),
    Role.GROUP_SECRETARIAT: Term("社会团体秘书处", "Secretariat of the group"),
    Role.COMMITTEE_SECRETARY: Term("技术委员会秘书", "Committee secretary"),
    Role.COMMITTEE_CHAIR: Term("技术委员会主任委员", "Committee chair"),
    Role.COMMITTEE_MEMBER: Term("技术委员会委员", "Committee member"),
    Role.INVITED_EXPERT: Term("特邀专家", "Invited expert"),
    Role.PUBLIC: Term("公众", "Public"),
    Role.ADMINISTRATOR: Term("系统管理员", "Administrator"),
    Role.SYSTEM: Term("系统", "System"),
}

AUTHORSHIPS: dict[Authorship, Term] = {
    Authorship.NAMED_DRAFTER: Term("列名起草人", "Named drafter"),
    Authorship.DRAFTERS_ROLE: Term("起草人（按所任角色）", "Holder of the role of drafter"),
    Authorship.BROUGHT_DRAFT: Term("以起草人身份上传文稿者", "Drafter who brought a version of the text"),
    Authorship.PROPOSED_IT: Term("建议提出人", "Proposer"),
}
DRAFT_STAGES: dict[DraftStage, Term] = {
    DraftStage.WORKING: Term("工作组讨论稿", "Working draft"),
    DraftStage.CONSULTATION: Term("征求意见稿", "Consultation draft"),
    DraftStage.REVIEW: Term("送审稿", "Review draft"),
    DraftStage.SUBMISSION: Term("报批稿", "Submission draft"),
    DraftStage.PUBLICATION: Term("发布稿", "Text to be published"),
}

DISPOSITIONS: dict[Disposition, Term] = {
    Disposition.ACCEPTED: Term("采纳", "Accepted"),
    Disposition.PARTLY_ACCEPTED: Term("部分采纳", "Partly accepted"),
    Disposition.NOT_ACCEPTED: Term("不采纳", "Not accepted"),
}

COMMENT_TYPES: dict[CommentType, Term] = {
    CommentType.GENERAL: Term("一般", "General"),
    CommentType.TECHNICAL: Term("技术", "Technical"),
    CommentType.EDITORIAL: Term("编辑", "Editorial"),
}

POSITIONS: dict[Position, Term] = {
    Position.FOR: Term("同意", "In favour"),
    Position.AGAINST: Term("不同意", "Against"),
    Position.ABSTAIN: Term("弃权", "Abstain"),
}

REVIEW_MODES: dict[ReviewMode, Term] = {
    ReviewMode.MEETING: Term("会审", "Meeting"),
    ReviewMode.LETTER: Term("函审", "Letter ballot"),
}

REVIEW_OUTCOMES: dict[ReviewOutcome, Term] = {
    ReviewOutcome.PASSED: Term("通过", "Passed"),
    ReviewOutcome.FAILED: Term("未通过", "Not passed"),
    ReviewOutcome.REPEATED: Term("重新审查", "To be repeated"),
    ReviewOutcome.WITHDRAWN: Term("已撤回", "Withdrawn"),
}

CONCLUSIONS: dict[Conclusion, Term] = {
    Conclusion.VALID: Term("继续有效", "Remains valid"),
    Conclusion.REVISE: Term("修订", "Revise"),
    Conclusion.ABOLISH: Term("废止", "Abolish"),
}

EARLY_REASONS: dict[EarlyReason, Term] = {
    EarlyReason.LAW_CHANGED: Term("法律法规和政策变化", "Laws or policies have changed"),
    EarlyReason.RELATED_STANDARD_CHANGED: Term("相关标准变化", "Related standards have changed"),
    EarlyReason.KEY_TECHNOLOGY_CHANGED: Term("关键技术发生变化", "Key technology has changed"),
}

FAST_TRACK_REASONS: dict[FastTrackReason, Term] = {
    FastTrackReason.PUBLIC_INTEREST: Term("保障重大公众利益", "An important public interest"),
    FastTrackReason.EMERGENCY: Term("应对突发事件", "An emergency"),
}

PROVINCES: dict[Province, Term] = {
    Province.JIANGSU: Term("江苏省", "Jiangsu"),
    Province.ZHEJIANG: Term("浙江省", "Zhejiang"),
    Province.ANHUI: Term("安徽省", "Anhui"),
}

PARTNER_DECISIONS: dict[PartnerDecision, Term] = {
    PartnerDecision.PENDING: Term("尚未决定", "Not decided yet"),
    PartnerDecision.IN_FAVOUR: Term("同意", "In favour"),
    PartnerDecision.AGAINST: Term("不同意", "Against"),
}

AMENDMENT_KINDS: dict[AmendmentKind, Term] = {
    AmendmentKind.AMENDMENT: Term("修改单", "Amendment sheet"),
    AmendmentKind.CORRECTION: Term("更正", "Correction"),
}

CITATION_OUTCOMES: dict[CitationOutcome, Term] = {
    CitationOutcome.NO_CHANGE: Term("经核对无需修改", "Checked, no change needed"),
    CitationOutcome.AMENDMENT: Term("发布修改单", "By an amendment sheet"),
    CitationOutcome.REVISION: Term("列入修订", "By a revision"),
}

PAPERS: dict[Paper, Term] = {
    Paper.APPLICATION_FORM: Term("立项申报书", "Application form"),
    Paper.TASK_STATEMENT: Term("计划任务书", "Task statement"),
    Paper.APPRAISAL_RECORD: Term("立项论证意见", "Appraisal record"),
    Paper.PLAN_ANNOUNCEMENT: Term("立项计划公告", "Plan announcement"),
    Paper.STANDARD_BODY: Term("标准文本", "Text of the standard"),
    Paper.CALIBRATION_BODY: Term("校准规范文本", "Text of the calibration specification"),
    Paper.VERIFICATION_BODY: Term("检定规程文本", "Text of the verification regulation"),
    Paper.METROLOGY_BODY: Term("其他计量技术规范文本", "Text of the metrology specification"),
    Paper.EXPLANATORY_NOTE: Term("编制说明", "Explanatory note"),
    Paper.TEST_REPORT: Term("试验报告", "Test report"),
    Paper.UNCERTAINTY_REPORT: Term("不确定度评定报告", "Uncertainty evaluation report"),
    Paper.TRANSLATION: Term("采用文件的原文和译文", "Adopted text with its translation"),
    Paper.CONSULTATION_NOTICE: Term("征求意见公告", "Notice of consultation"),
    Paper.COMMENT_FORM: Term("征求意见反馈表", "Comment form"),
    Paper.COMMENT_TABLE: Term("征求意见汇总处理表", "Table of comments and dispositions"),
    Paper.REVIEW_NOTICE: Term("审查通知", "Notice of the review"),
    Paper.BALLOT_PAPER: Term("表决票", "Ballot paper"),
    Paper.BALLOT_CONCLUSION: Term("函审结论表", "Conclusion of the letter ballot"),
    Paper.REVIEW_MINUTES: Term("审查会议纪要", "Minutes of the review"),
    Paper.REVIEW_COMMENT_TABLE: Term("审查意见汇总处理表", "Table of review comments and dispositions"),
    Paper.SUBMISSION_LETTER: Term("报批函", "Submission letter"),
    Paper.SUBMISSION_LIST: Term("报批文件清单", "List of the submission package"),
    Paper.APPROVAL_FORM: Term("审批表", "Approval form"),
    Paper.PUBLIC_NOTICE: Term("批准前公示", "Notice before approval"),
    Paper.PUBLICATION_ANNOUNCEMENT: Term("发布公告", "Publication announcement"),
    Paper.FILING_FORM: Term("地方标准备案表", "Filing form"),
    Paper.DISCLOSURE_FORM: Term("团体标准自我声明公开信息表", "Disclosure sheet"),
    Paper.REVIEW_OPINION: Term("复审意见表", "Periodic-review opinion"),
    Paper.REVIEW_SUMMARY: Term("复审结论汇总表", "Table of review conclusions"),
    Paper.ABOLITION_ANNOUNCEMENT: Term("废止公告", "Abolition announcement"),
    Paper.AMENDMENT_SHEET: Term("标准修改单", "Amendment sheet"),
}

KIND_PURPOSES: dict[Kind, Term] = {
    Kind.LOCAL_STANDARD: Term(
        "满足本市自然条件、风俗习惯等特殊技术要求，由有关部门组织。",
        "For the special technical needs of this city; a department takes charge.",
    ),
    Kind.GROUP_STANDARD: Term(
        "由社会团体按市场需要制定，供自愿采用。",
        "Made by an association for the market and used voluntarily.",
    ),
    Kind.METROLOGY_SPECIFICATION: Term(
        "检定规程、校准规范等，统一量值和测量方法。",
        "Verification regulations, calibration specifications and the like.",
    ),
}
"""For what each kind is made, for whoever suggests one."""

# Metrology has its own words for the review and the note (全国专业计量技术委员会章程); longer words come first.
_METROLOGY_WORDS = (
    ("审查会议纪要", "审定意见书"),
    ("技术审查", "审定"),
    ("审查", "审定"),
    ("送审稿", "报审稿"),
    ("编制说明", "编写说明"),
)


def for_kind(term: Term, kind: Kind | None) -> Term:
    """The term as it is said of a kind; where the kind has no word of its own, the term itself."""
    if kind is None or not KIND_ROWS[kind].is_metrology:
        return term
    zh = term.zh
    for usual, said in _METROLOGY_WORDS:
        zh = zh.replace(usual, said)
    return Term(zh, term.en)


def kind(code: Kind) -> Term:
    """The name of a kind of document."""
    return KINDS[code]


def category(code: MetrologyCategory) -> Term:
    """The name of a category of metrology specification, as the plan has it."""
    return CATEGORIES[code]


def phase(code: Phase) -> Term:
    """The name of a phase."""
    return PHASES[code]


def stage(code: Stage, kind: Kind | None = None) -> Term:
    """The name of a stage; metrology calls the technical review 审定."""
    return for_kind(STAGES[code], kind)


def action(code: Action, kind: Kind | None = None) -> Term:
    """What the button says."""
    return for_kind(ACTIONS[code], kind)


def done(code: Action | Event, kind: Kind | None = None) -> Term:
    """What the history says of an act or an event; the English goes on after the name of whoever acted."""
    return for_kind(DONE[code] if isinstance(code, Action) else EVENTS[code], kind)


def effect(code: Effect, kind: Kind | None = None) -> Term:
    """What follows an act after it is recorded."""
    return for_kind(EFFECTS[code], kind)


def role(code: Role) -> Term:
    """The name of a role."""
    return ROLES[code]


def draft_stage(code: DraftStage, kind: Kind | None = None) -> Term:
    """The name that a text carries on its way; metrology says 报审稿 for 送审稿."""
    return for_kind(DRAFT_STAGES[code], kind)


def disposition(code: Disposition) -> Term:
    """What became of a comment."""
    return DISPOSITIONS[code]


def comment_type(code: CommentType) -> Term:
    """The type of a comment."""
    return COMMENT_TYPES[code]


def position(code: Position) -> Term:
    """What a vote says."""
    return POSITIONS[code]


def review_mode(code: ReviewMode) -> Term:
    """The form of a technical review."""
    return REVIEW_MODES[code]


def review_outcome(code: ReviewOutcome, kind: Kind | None = None) -> Term:
    """How a technical review ended."""
    return for_kind(REVIEW_OUTCOMES[code], kind)


def conclusion(code: Conclusion) -> Term:
    """The conclusion of a periodic review."""
    return CONCLUSIONS[code]


def early_reason(code: EarlyReason) -> Term:
    """Why a periodic review begins before its time."""
    return EARLY_REASONS[code]


def amendment_kind(code: AmendmentKind) -> Term:
    """An amendment sheet or a correction."""
    return AMENDMENT_KINDS[code]


def citation_outcome(code: CitationOutcome) -> Term:
    """What was found when a document that is cited had ended."""
    return CITATION_OUTCOMES[code]


def paper(code: Paper, kind: Kind | None = None) -> Term:
    """The name of a paper of the procedure."""
    return for_kind(PAPERS[code], kind)


def heading(code: NoteHeading) -> Term:
    """A heading of the explanatory note, as it is printed."""
    return HEADINGS[code]


def field(name: str) -> Term:
    """The name of a field of a form, by its code."""
    return FIELDS[name]


def rule(name: str) -> Term:
    """What a rule of the procedure sets."""
    return RULES[name]


def unit(name: str) -> Term:
    """In what a rule is counted."""
    return UNITS[name]


def basis(text: str) -> Term:
    """The basis of a rule; where it is written in both languages, a slash between blanks stands between them."""
    zh, _, en = text.partition(" / ")
    return Term(zh, en or zh)


_FAMILIES: dict[type[StrEnum], Any] = {
    Kind: KINDS,
    MetrologyCategory: CATEGORIES,
    Phase: PHASES,
    Stage: STAGES,
    Action: ACTIONS,
    Event: EVENTS,
    Effect: EFFECTS,
    Role: ROLES,
    Authorship: AUTHORSHIPS,
    DraftStage: DRAFT_STAGES,
    Disposition: DISPOSITIONS,
    CommentType: COMMENT_TYPES,
    Position: POSITIONS,
    ReviewMode: REVIEW_MODES,
    ReviewOutcome: REVIEW_OUTCOMES,
    Conclusion: CONCLUSIONS,
    EarlyReason: EARLY_REASONS,
    AmendmentKind: AMENDMENT_KINDS,
    CitationOutcome: CITATION_OUTCOMES,
    FastTrackReason: FAST_TRACK_REASONS,
    Province: PROVINCES,
    PartnerDecision: PARTNER_DECISIONS,
    Paper: PAPERS,
    NoteHeading: HEADINGS,
    SeriesReason: SERIES_REASONS,
}


def label(code: StrEnum, kind: Kind | None = None) -> Term:
    """The term of a code of whatever family. Raises KeyError where the family has no words here."""
    term: Term = _FAMILIES[type(code)][code]
    return for_kind(term, kind)


_PROPER_NAMES = frozenset({"Chinese", "English", "Word", "Jiangsu", "Zhejiang", "Anhui"})


def mid_sentence(term: Term) -> Term:
    """The term as it stands inside a sentence: English without its capital, abbreviations and names apart."""
    if term.en[:2].isupper() or term.en.split()[0] in _PROPER_NAMES:
        return term
    return Term(term.zh, term.en[:1].lower() + term.en[1:])
