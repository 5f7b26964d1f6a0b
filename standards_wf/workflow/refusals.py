"""Reasons for "no", as codes with the numbers that make them true; the sentences are made in `wording`."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Refusal:
    """One reason why something cannot be done now: a code, and the numbers and names behind it."""

    __slots__ = ("code", "params")

    code: StrEnum
    params: Mapping[str, object]

    def __init__(self, code: StrEnum, /, **params: object) -> None:
        self.code = code
        self.params = MappingProxyType(params)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Refusal) and (self.code, dict(self.params)) == (other.code, dict(other.params))

    def __hash__(self) -> int:
        return hash((self.code, tuple(sorted((name, str(value)) for name, value in self.params.items()))))

    def __repr__(self) -> str:
        told = "".join(f", {name}={value!r}" for name, value in self.params.items())
        return f"Refusal({self.code.value!r}{told})"


class RefusalCode(StrEnum):
    """Why an act of the procedure is refused."""

    NOT_FROM_THIS_STAGE = "not_from_this_stage"
    ROLE_REQUIRED = "role_required"
    NOTE_REQUIRED = "note_required"
    PROJECT_SUSPENDED = "project_suspended"
    OWN_DRAFT = "own_draft"
    PRINCIPALS_DRAFT = "principals_draft"

    APPLICATION_INCOMPLETE = "application_incomplete"
    APPLICANT_NOT_ENTITLED = "applicant_not_entitled"
    SIGNED_FORM_MISSING = "signed_form_missing"
    APPRAISAL_NOT_RECORDED = "appraisal_not_recorded"
    TOO_FEW_EXPERTS = "too_few_experts"
    APPRAISAL_NOT_IN_FAVOUR = "appraisal_not_in_favour"
    PLAN_ENTRY_INCOMPLETE = "plan_entry_incomplete"
    PLAN_NOT_YET_PUBLISHED = "plan_not_yet_published"
    PLAN_TOO_LONG = "plan_too_long"
    EXTENSION_MONTHS_MISSING = "extension_months_missing"
    EXTENSION_TOO_LATE = "extension_too_late"
    EXTENSION_NOT_THE_FIRST = "extension_not_the_first"
    EXTENSION_TOO_LONG = "extension_too_long"

    DRAFT_MISSING = "draft_missing"
    DRAFT_WITHOUT_CLAUSES = "draft_without_clauses"
    DRAFT_HAS_ERRORS = "draft_has_errors"
    DRAFT_NOT_NEW = "draft_not_new"
    NOTE_MISSING = "explanatory_note_missing"
    NOTE_INCOMPLETE = "explanatory_note_incomplete"
    ANNEXES_MISSING = "annexes_missing"
    CLOSING_DATE_MISSING = "closing_date_missing"
    CONSULTATION_TOO_SHORT = "consultation_too_short"
    CONSULTATION_NOT_PUBLIC = "consultation_not_public"
    CONSULTATION_STILL_OPEN = "consultation_still_open"
    CLOSING_DATE_NOT_LATER = "closing_date_not_later"
    COMMENTS_WITHOUT_DISPOSITION = "comments_without_disposition"
    COMMENTS_WITHOUT_REASON = "comments_without_reason"

    PAPERS_NOT_SENT = "papers_not_sent"
    REVIEW_DATE_MISSING = "review_date_missing"
    PAPERS_SENT_TOO_LATE = "papers_sent_too_late"
    BALLOT_NOT_OPENED = "ballot_not_opened"
    BALLOT_STILL_OPEN = "ballot_still_open"
    TOO_FEW_VOTERS = "too_few_voters"
    DRAFTERS_AMONG_VOTERS = "drafters_among_voters"
    TOO_MANY_FROM_DRAFTING_UNITS = "too_many_from_drafting_units"
    QUORUM_MISSED = "quorum_missed"
    QUORUM_WAS_MET = "quorum_was_met"
    NOT_ENOUGH_IN_FAVOUR = "not_enough_in_favour"
    ENOUGH_IN_FAVOUR = "enough_in_favour"
    MINUTES_MISSING = "minutes_missing"
    SIGNATURES_MISSING = "signatures_missing"
    BALLOT_PAPERS_MISSING = "ballot_papers_missing"
    NO_EARLIER_FAILURE = "no_earlier_failure"
    OBJECTIONS_UNANSWERED = "objections_unanswered"

    PACKAGE_INCOMPLETE = "package_incomplete"
    PACKAGE_OUTDATED = "package_outdated"
    NOTICE_NOT_OPENED = "notice_not_opened"
    NOTICE_STILL_RUNS = "notice_still_runs"
    NUMBER_MISSING = "number_missing"
    NUMBER_OUTSIDE_SERIES = "number_outside_series"
    NUMBER_TAKEN = "number_taken"
    NUMBER_SAME_AS_REPLACED = "number_same_as_replaced"
    PARTNERS_NOT_IN_FAVOUR = "partners_not_in_favour"
    PUBLICATION_DATES_MISSING = "publication_dates_missing"
    PUBLICATION_DATES_OUT_OF_ORDER = "publication_dates_out_of_order"
    IMPLEMENTATION_TOO_SOON = "implementation_too_soon"
    FULL_TEXT_MISSING = "full_text_missing"
    FULL_TEXT_WITHOUT_MARKS = "full_text_without_marks"
    NOT_YET_IN_FORCE = "not_yet_in_force"
    FILING_INCOMPLETE = "filing_incomplete"
    DISCLOSURE_INCOMPLETE = "disclosure_incomplete"

    REVIEW_OPINION_MISSING = "review_opinion_missing"
    CONCLUSION_IS_DIFFERENT = "conclusion_is_different"
    NO_SUCCESSOR_IN_FORCE = "no_successor_in_force"


# Reasons that the form of the act itself removes: while only these remain, the act is open to its role.
MET_BY_THE_FORM = frozenset(
    {
        RefusalCode.NOTE_REQUIRED,
        RefusalCode.PLAN_ENTRY_INCOMPLETE,
        RefusalCode.EXTENSION_MONTHS_MISSING,
        RefusalCode.CLOSING_DATE_MISSING,
        RefusalCode.FILING_INCOMPLETE,
        RefusalCode.DISCLOSURE_INCOMPLETE,
    }
)
