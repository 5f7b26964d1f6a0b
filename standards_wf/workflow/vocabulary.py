"""The words of the procedure: one English name for each idea, stored as codes and shown through labels."""

from enum import StrEnum


class Kind(StrEnum):
    """The three kinds of document that the procedure knows."""

    LOCAL_STANDARD = "local_standard"
    GROUP_STANDARD = "group_standard"
    METROLOGY_SPECIFICATION = "metrology_specification"


class MetrologyCategory(StrEnum):
    """The categories of metrology technical specification that the plan names (its annex 1)."""

    TERMS_AND_DEFINITIONS = "terms_and_definitions"
    VERIFICATION_SCHEME = "verification_scheme"
    TYPE_EVALUATION_OUTLINE = "type_evaluation_outline"
    VERIFICATION_REGULATION = "verification_regulation"
    CALIBRATION_SPECIFICATION = "calibration_specification"
    INSPECTION_RULE = "inspection_rule"
    UNCERTAINTY_EVALUATION = "uncertainty_evaluation"
    OTHER = "other"


class Phase(StrEnum):
    """The five phases of a life, and the closed files behind them."""

    PROPOSAL = "proposal"
    DRAFTING = "drafting"
    CONSULTATION = "consultation"
    APPROVAL = "approval"
    PUBLISHED = "published"
    CLOSED = "closed"


class Stage(StrEnum):
    """Where a project stands; `stages.py` says each stage's phase, code and kinds."""

    SUGGESTED = "suggested"
    APPLIED = "applied"
    APPRAISAL = "appraisal"
    DRAFTING = "drafting"
    CONSULTATION = "consultation"
    RESOLUTION = "resolution"
    REVIEW = "review"
    SUBMISSION = "submission"
    APPROVAL = "approval"
    PUBLIC_NOTICE = "public_notice"
    PUBLISHED = "published"
    IN_FORCE = "in_force"
    UNDER_REVIEW = "under_review"
    ABOLITION_NOTICE = "abolition_notice"
    REJECTED = "rejected"
    TERMINATED = "terminated"
    SUPERSEDED = "superseded"
    ABOLISHED = "abolished"


class Action(StrEnum):
    """What a person (or the clock) does to a project; each is a row of the procedure for some stage."""

    APPLY = "apply"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    START_APPRAISAL = "start_appraisal"
    RETURN_APPLICATION = "return_application"
    APPROVE_PROJECT = "approve_project"
    REFUSE_PROJECT = "refuse_project"
    EXTEND_PROJECT = "extend_project"
    OPEN_CONSULTATION = "open_consultation"
    EXTEND_CONSULTATION = "extend_consultation"
    CLOSE_CONSULTATION = "close_consultation"
    RETURN_TO_DRAFTING = "return_to_drafting"
    REOPEN_CONSULTATION = "reopen_consultation"
    SUBMIT_FOR_REVIEW = "submit_for_review"
    PASS_REVIEW = "pass_review"
    REPEAT_REVIEW = "repeat_review"
    FAIL_REVIEW = "fail_review"
    CANCEL_AFTER_FAILURE = "cancel_after_failure"
    WITHDRAW_FROM_REVIEW = "withdraw_from_review"
    SUBMIT_FOR_APPROVAL = "submit_for_approval"
    RETURN_TO_REVIEW = "return_to_review"
    RETURN_SUBMISSION = "return_submission"
    REFUSE_APPROVAL = "refuse_approval"
    OPEN_PUBLIC_NOTICE = "open_public_notice"
    PUBLISH = "publish"
    RECORD_FILING = "record_filing"
    RECORD_DISCLOSURE = "record_disclosure"
    TAKE_EFFECT = "take_effect"
    START_REVIEW = "start_review"
    CONFIRM = "confirm"
    ORDER_REVISION = "order_revision"
    PROPOSE_ABOLITION = "propose_abolition"
    ABOLISH = "abolish"
    KEEP = "keep"
    SUPERSEDE = "supersede"
    TERMINATE = "terminate"


class Event(StrEnum):
    """What is recorded in a project's history beside the actions of the procedure."""

    SUGGESTION_FILED = "suggestion_filed"
    PARTICULARS_CHANGED = "particulars_changed"
    APPRAISAL_RECORDED = "appraisal_recorded"
    EXPLANATORY_NOTE_WRITTEN = "explanatory_note_written"
    DRAFT_ATTACHED = "draft_attached"
    PAPER_ATTACHED = "paper_attached"
    PAPER_GENERATED = "paper_generated"
    COMMENT_RECEIVED = "comment_received"
    COMMENT_DISPOSED = "comment_disposed"
    REVIEW_DATE_SET = "review_date_set"
    PAPERS_SENT = "papers_sent"
    BALLOT_OPENED = "ballot_opened"
    VOTE_CAST = "vote_cast"
    BALLOT_CLOSED = "ballot_closed"
    MINUTES_RECORDED = "minutes_recorded"
    MINUTES_SIGNED = "minutes_signed"
    OBJECTION_RECEIVED = "objection_received"
    OBJECTION_ANSWERED = "objection_answered"
    PUBLICATION_PREPARED = "publication_prepared"
    REVIEW_OPINION_RECORDED = "review_opinion_recorded"
    STAGE_CORRECTED = "stage_corrected"
    ACT_PREPARED = "act_prepared"
    PREPARED_ACT_WITHDRAWN = "prepared_act_withdrawn"
    PROJECT_SUSPENDED = "project_suspended"
    PROJECT_RESUMED = "project_resumed"
    REVISION_OPENED = "revision_opened"
    AMENDMENT_PREPARED = "amendment_prepared"
    AMENDMENT_DISCARDED = "amendment_discarded"
    AMENDMENT_PUBLISHED = "amendment_published"
    CITED_DOCUMENT_ENDED = "cited_document_ended"
    CITATION_SETTLED = "citation_settled"
    PLAN_ENTRY_ADJUSTED = "plan_entry_adjusted"
    PARTNER_DECIDED = "partner_decided"


class Role(StrEnum):
    """In what capacity somebody acts; held for an organisation, a committee or a project, with a term."""

    PROPOSER = "proposer"
    DRAFTER = "drafter"
    COMPETENT_DEPARTMENT = "competent_department"
    AUTHORITY = "authority"
    GROUP_SECRETARIAT = "group_secretariat"
    COMMITTEE_SECRETARY = "committee_secretary"
    COMMITTEE_CHAIR = "committee_chair"
    COMMITTEE_MEMBER = "committee_member"
    INVITED_EXPERT = "invited_expert"
    PUBLIC = "public"
    ADMINISTRATOR = "administrator"
    SYSTEM = "system"


class Authorship(StrEnum):
    """What makes a text somebody's own."""

    NAMED_DRAFTER = "named_drafter"
    DRAFTERS_ROLE = "drafters_role"
    BROUGHT_DRAFT = "brought_draft"
    PROPOSED_IT = "proposed_it"


class DraftStage(StrEnum):
    """The names that a text carries on its way (征求意见稿, 送审稿 …)."""

    WORKING = "working"
    CONSULTATION = "consultation"
    REVIEW = "review"
    SUBMISSION = "submission"
    PUBLICATION = "publication"


class Disposition(StrEnum):
    """What became of a comment (处理意见)."""

    ACCEPTED = "accepted"
    PARTLY_ACCEPTED = "partly_accepted"
    NOT_ACCEPTED = "not_accepted"


class CommentType(StrEnum):
    """The ISO/IEC types of comment."""

    GENERAL = "ge"
    TECHNICAL = "te"
    EDITORIAL = "ed"


class Position(StrEnum):
    """What a vote says; an abstention is a vote cast."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"


class ReviewMode(StrEnum):
    """How a technical review is held: at a meeting (会审) or by letter ballot (函审)."""

    MEETING = "meeting"
    LETTER = "letter"


class ReviewOutcome(StrEnum):
    """How a technical review ended."""

    PASSED = "passed"
    FAILED = "failed"
    REPEATED = "repeated"
    WITHDRAWN = "withdrawn"


class Conclusion(StrEnum):
    """The conclusion of a periodic review (复审结论)."""

    VALID = "valid"
    REVISE = "revise"
    ABOLISH = "abolish"


class EarlyReason(StrEnum):
    """Why a periodic review begins before its time (提前复审)."""

    LAW_CHANGED = "law_changed"
    RELATED_STANDARD_CHANGED = "related_standard_changed"
    KEY_TECHNOLOGY_CHANGED = "key_technology_changed"


class AmendmentKind(StrEnum):
    """How a published text is changed without a new edition."""

    AMENDMENT = "amendment"
    CORRECTION = "correction"


class CitationOutcome(StrEnum):
    """What the committee found when a document that is cited had ended."""

    NO_CHANGE = "no_change"
    AMENDMENT = "amendment"
    REVISION = "revision"


class FastTrackReason(StrEnum):
    """Why a case may be taken before others (快速立项); the law knows no third reason."""

    PUBLIC_INTEREST = "public_interest"
    EMERGENCY = "emergency"


class Province(StrEnum):
    """The provinces that make joint documents of the Yangtze delta together with Shanghai."""

    JIANGSU = "jiangsu"
    ZHEJIANG = "zhejiang"
    ANHUI = "anhui"


class PartnerDecision(StrEnum):
    """Where the decision of a partner of a joint project stands."""

    PENDING = "pending"
    IN_FAVOUR = "in_favour"
    AGAINST = "against"


class Paper(StrEnum):
    """The papers of the procedure that this installation can make or keep."""

    APPLICATION_FORM = "application_form"
    TASK_STATEMENT = "task_statement"
    APPRAISAL_RECORD = "appraisal_record"
    PLAN_ANNOUNCEMENT = "plan_announcement"
    STANDARD_BODY = "standard_body"
    CALIBRATION_BODY = "calibration_body"
    VERIFICATION_BODY = "verification_body"
    METROLOGY_BODY = "metrology_body"
    EXPLANATORY_NOTE = "explanatory_note"
    TEST_REPORT = "test_report"
    UNCERTAINTY_REPORT = "uncertainty_report"
    TRANSLATION = "translation"
    CONSULTATION_NOTICE = "consultation_notice"
    COMMENT_FORM = "comment_form"
    COMMENT_TABLE = "comment_table"
    REVIEW_NOTICE = "review_notice"
    BALLOT_PAPER = "ballot_paper"
    BALLOT_CONCLUSION = "ballot_conclusion"
    REVIEW_MINUTES = "review_minutes"
    REVIEW_COMMENT_TABLE = "review_comment_table"
    SUBMISSION_LETTER = "submission_letter"
    SUBMISSION_LIST = "submission_list"
    APPROVAL_FORM = "approval_form"
    PUBLIC_NOTICE = "public_notice"
    PUBLICATION_ANNOUNCEMENT = "publication_announcement"
    FILING_FORM = "filing_form"
    DISCLOSURE_FORM = "disclosure_form"
    REVIEW_OPINION = "review_opinion"
    REVIEW_SUMMARY = "review_summary"
    ABOLITION_ANNOUNCEMENT = "abolition_announcement"
    AMENDMENT_SHEET = "amendment_sheet"


class Effect(StrEnum):
    """What follows an act after the commit; each becomes one row of the outbox."""

    REINDEX = "reindex"
    NOTIFY = "notify"
    RENDER_EXPLANATORY_NOTE = "render_explanatory_note"
    RENDER_COMMENT_TABLE = "render_comment_table"
    RENDER_REVIEW_MINUTES = "render_review_minutes"
    RENDER_PUBLICATION_ANNOUNCEMENT = "render_publication_announcement"
