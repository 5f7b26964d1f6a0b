"""For each guard the case that just passes, the case that just fails, and what the refusal says then."""

# ruff: noqa: ANN401  (a case names whichever facts differ, of whatever type)

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from standards_wf.workflow.facts import (
    Actor,
    AppraisalFacts,
    CommentsFacts,
    DraftsFacts,
    NoticeFacts,
    PapersFacts,
    Parties,
    PeriodicReviewFacts,
    PlanFacts,
    ProjectFacts,
    PublicationFacts,
    ReviewFacts,
    RoundFacts,
    SuccessionFacts,
)
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.refusals import RefusalCode as R
from standards_wf.workflow.rules import default_rules
from standards_wf.workflow.vocabulary import Conclusion, DraftStage, Kind, MetrologyCategory, Paper, ReviewMode, Role
from tests.workflow.cases import (
    APPLICATION,
    APPRAISAL,
    DRAFTS,
    GROUP,
    LOCAL,
    METROLOGY,
    PARTIES,
    PUBLICATION,
    READABLE,
    REVIEW,
    THREE_QUARTERS,
    TODAY,
    TWO_THIRDS,
    facts,
    somebody_as,
)


@dataclass(frozen=True, slots=True)
class Case:
    """Two sets of facts on either side of a border, and the refusal on the wrong side."""

    guard: str
    border: str
    passes: dict[str, Any]
    fails: dict[str, Any]
    refusal: Refusal
    kind: Kind = LOCAL
    passing_actor: Actor = field(default_factory=lambda: somebody_as(Role.COMPETENT_DEPARTMENT))
    failing_actor: Actor = field(default_factory=lambda: somebody_as(Role.COMPETENT_DEPARTMENT))

    def facts_that_pass(self) -> ProjectFacts:
        return facts(self.kind, **self.passes)

    def facts_that_fail(self) -> ProjectFacts:
        return facts(self.kind, **self.fails)

    def __str__(self) -> str:
        return f"{self.guard}: {self.border}"


def _experts(count: int) -> AppraisalFacts:
    return replace(APPRAISAL, experts=tuple((f"专家{n}", f"单位{n}") for n in range(count)))


def _given(**values: Any) -> dict[str, Any]:
    return {"fields": ActFields(**values)}


_PLAN = {"plan_number": "1", "plan_published_on": date(2025, 5, 25), "completes_on": date(2026, 11, 25)}
_REVISION = replace(APPLICATION, is_revision=True, replaces="DB31/T 12—2020")
_PROPOSER = somebody_as(Role.PROPOSER)


def _plan(**values: Any) -> dict[str, Any]:
    return _given(**(_PLAN | values))


def _review(**values: Any) -> dict[str, ReviewFacts]:
    return {"review": replace(REVIEW, **values)}


def _publication(**values: Any) -> dict[str, PublicationFacts]:
    return {"publication": replace(PUBLICATION, **values)}


def _drafts(**values: Any) -> dict[str, DraftsFacts]:
    return {"drafts": replace(DRAFTS, **values)}


def _papers(**values: Any) -> dict[str, PapersFacts]:
    return {"papers": PapersFacts(**values)}


def _all_papers_but(*papers: Paper) -> frozenset[Paper]:
    return frozenset(Paper) - set(papers)


PROPOSAL = (
    Case(
        "application_complete", "a local standard has an English title",
        {}, {"application": replace(APPLICATION, title_en="", contact="")},
        Refusal(R.APPLICATION_INCOMPLETE, fields=("title_en", "contact")),
    ),
    Case(
        "application_complete", "a group standard needs no English title, but a drafting unit",
        {"application": replace(APPLICATION, title_en="")}, {"application": replace(APPLICATION, drafting_units=())},
        Refusal(R.APPLICATION_INCOMPLETE, fields=("drafting_units",)), GROUP,
    ),
    Case(
        "application_complete", "a metrology specification has a category",
        {"application": replace(APPLICATION, category=MetrologyCategory.OTHER)},
        {"application": replace(APPLICATION, category=None)},
        Refusal(R.APPLICATION_INCOMPLETE, fields=("category",)), METROLOGY,
    ),
    Case(
        "application_complete", "a revision names what it replaces",
        {"application": _REVISION}, {"application": replace(_REVISION, replaces="")},
        Refusal(R.APPLICATION_INCOMPLETE, fields=("replaces",)),
    ),
    Case(
        "application_complete", "everything that is always needed",
        {}, {"application": replace(
            APPLICATION, title_zh="", framework_node="", purpose="", necessity="", scope="", technical_content="",
            relation_to_laws="", proposed_months=None)},
        Refusal(R.APPLICATION_INCOMPLETE, fields=(
            "title_zh", "framework_node", "purpose", "necessity", "scope", "technical_content", "relation_to_laws",
            "proposed_months")),
    ),
    Case(
        "applicant_is_entitled", "the department, not the proposer, applies for a local standard",
        {}, {}, Refusal(R.APPLICANT_NOT_ENTITLED, kind=LOCAL), failing_actor=_PROPOSER,
    ),
    Case(
        "applicant_is_entitled", "the secretariat, not the department, applies for a group standard",
        {}, {}, Refusal(R.APPLICANT_NOT_ENTITLED, kind=GROUP), GROUP, somebody_as(Role.GROUP_SECRETARIAT),
    ),
    Case(
        "applicant_is_entitled", "the proposer, not the department, applies for a metrology specification",
        {}, {}, Refusal(R.APPLICANT_NOT_ENTITLED, kind=METROLOGY), METROLOGY, _PROPOSER,
    ),
    Case(
        "applicant_is_entitled", "the form for a metrology specification is signed",
        {}, {"application": replace(APPLICATION, signed_form_attached=False)},
        Refusal(R.SIGNED_FORM_MISSING), METROLOGY, _PROPOSER, somebody_as(Role.COMMITTEE_SECRETARY),
    ),
    Case(
        "appraisal_passed", "the appraisal has a date",
        {}, {"appraisal": replace(APPRAISAL, held_on=None)}, Refusal(R.APPRAISAL_NOT_RECORDED),
    ),
    Case(
        "appraisal_passed", "the appraisal has a conclusion",
        {}, {"appraisal": replace(APPRAISAL, in_favour=None)}, Refusal(R.APPRAISAL_NOT_RECORDED),
    ),
    Case(
        "appraisal_passed", "five experts for a local standard",
        {"appraisal": _experts(5)}, {"appraisal": _experts(4)}, Refusal(R.TOO_FEW_EXPERTS, experts=4, needed=5),
    ),
    Case(
        "appraisal_passed", "seven experts for a group standard",
        {"appraisal": _experts(7)}, {"appraisal": _experts(6)}, Refusal(R.TOO_FEW_EXPERTS, experts=6, needed=7), GROUP,
    ),
    Case(
        "appraisal_passed", "one expert counts once, and only with a unit",
        {"appraisal": _experts(5)},
        {"appraisal": replace(APPRAISAL, experts=(*_experts(4).experts, ("专家0 ", "单位0"), ("专家9", " ")))},
        Refusal(R.TOO_FEW_EXPERTS, experts=4, needed=5),
    ),
    Case(
        "appraisal_passed", "the conclusion is in favour",
        {}, {"appraisal": replace(APPRAISAL, in_favour=False)}, Refusal(R.APPRAISAL_NOT_IN_FAVOUR),
    ),
    Case(
        "plan_entry_complete", "number, dates and units are given",
        _plan(), {"application": replace(APPLICATION, drafting_units=())} | _given(plan_published_on=TODAY),
        Refusal(R.PLAN_ENTRY_INCOMPLETE, fields=("plan_number", "drafting_units", "completes_on")),
    ),
    Case(
        "plan_entry_complete", "the day of the plan's publication is given",
        _plan(), _plan(plan_published_on=None), Refusal(R.PLAN_ENTRY_INCOMPLETE, fields=("plan_published_on",)),
    ),
    Case(
        "plan_entry_complete", "a local standard has an applying department",
        _plan(), _plan() | {"parties": Parties(project_id=1)}, Refusal(R.PLAN_ENTRY_INCOMPLETE, fields=("applicant",)),
    ),
    Case(
        "plan_entry_complete", "a group standard has an applying group",
        _plan(completes_on=date(2026, 5, 25)), _plan() | {"parties": replace(PARTIES, group_id=None)},
        Refusal(R.PLAN_ENTRY_INCOMPLETE, fields=("applicant",)), GROUP,
    ),
    Case(
        "plan_entry_complete", "the plan is published by today",
        _plan(plan_published_on=TODAY), _plan(plan_published_on=date(2025, 6, 2)),
        Refusal(R.PLAN_NOT_YET_PUBLISHED, published_on=date(2025, 6, 2), today=TODAY),
    ),
    Case(
        "plan_entry_complete", "eighteen months for a new local standard",
        _plan(completes_on=date(2026, 11, 25)), _plan(completes_on=date(2026, 11, 26)),
        Refusal(R.PLAN_TOO_LONG, completes_on=date(2026, 11, 26), published_on=date(2025, 5, 25),
                latest=date(2026, 11, 25), months=18),
    ),
    Case(
        "plan_entry_complete", "twelve months for a revision",
        _plan(completes_on=date(2026, 5, 25)) | {"application": _REVISION},
        _plan(completes_on=date(2026, 5, 26)) | {"application": _REVISION},
        Refusal(R.PLAN_TOO_LONG, completes_on=date(2026, 5, 26), published_on=date(2025, 5, 25),
                latest=date(2026, 5, 25), months=12),
    ),
    Case(
        "plan_entry_complete", "completion comes after the plan",
        _plan(completes_on=date(2025, 5, 26)), _plan(completes_on=date(2025, 5, 25)),
        Refusal(R.PLAN_TOO_LONG, completes_on=date(2025, 5, 25), published_on=date(2025, 5, 25),
                latest=date(2026, 11, 25), months=18),
    ),
    Case(
        "extension_allowed", "asked for more than thirty days before completion",
        {"plan": PlanFacts(completes_on=date(2025, 7, 2))}, {"plan": PlanFacts(completes_on=date(2025, 7, 1))},
        Refusal(R.EXTENSION_TOO_LATE, completes_on=date(2025, 7, 1), before=TODAY),
    ),
    Case(
        "extension_allowed", "there is a completion date to extend",
        {}, {"plan": PlanFacts()}, Refusal(R.PLAN_ENTRY_INCOMPLETE, fields=("completes_on",)),
    ),
    Case(
        "extension_allowed", "the first extension",
        {}, {"plan": PlanFacts(completes_on=date(2026, 1, 1), extensions=1)},
        Refusal(R.EXTENSION_NOT_THE_FIRST, extensions=1),
    ),
    Case("extension_allowed", "the months are named", _given(months=1), _given(),
         Refusal(R.EXTENSION_MONTHS_MISSING, maximum=12)),
    Case("extension_allowed", "twelve months at most", _given(months=12), _given(months=13),
         Refusal(R.EXTENSION_TOO_LONG, months=13, maximum=12)),
    Case("extension_allowed", "one month at least", _given(months=1), _given(months=0),
         Refusal(R.EXTENSION_TOO_LONG, months=0, maximum=12)),
)  # fmt: skip

CONSULTATION = (
    Case("consultation_draft_attached", "there is a consultation draft", {}, _drafts(consultation=None),
         Refusal(R.DRAFT_MISSING, draft_stage=DraftStage.CONSULTATION)),
    Case("consultation_draft_attached", "it is there as docx",
         {}, _drafts(consultation=replace(READABLE, number=2, has_docx=False)),
         Refusal(R.DRAFT_MISSING, draft_stage=DraftStage.CONSULTATION)),
    Case("consultation_draft_attached", "it parses into clauses",
         _drafts(consultation=replace(READABLE, number=2, clauses=1)),
         _drafts(consultation=replace(READABLE, number=2, clauses=0)),
         Refusal(R.DRAFT_WITHOUT_CLAUSES, draft_stage=DraftStage.CONSULTATION, number=2)),
    Case("consultation_draft_attached", "it has no error of format",
         {}, _drafts(consultation=replace(READABLE, number=2, errors=1)),
         Refusal(R.DRAFT_HAS_ERRORS, draft_stage=DraftStage.CONSULTATION, number=2, errors=1)),
    Case("consultation_draft_attached", "it belongs to this round",
         _drafts(last_round_draft=None), _drafts(last_round_draft=2),
         Refusal(R.DRAFT_NOT_NEW, draft_stage=DraftStage.CONSULTATION, number=2)),
    Case("new_round_draft_attached", "the draft is newer than that of the last round",
         _drafts(last_round_draft=1), _drafts(last_round_draft=2),
         Refusal(R.DRAFT_NOT_NEW, draft_stage=DraftStage.CONSULTATION, number=2)),
    Case("review_draft_newer", "there is a review draft", {}, _drafts(review=None),
         Refusal(R.DRAFT_MISSING, draft_stage=DraftStage.REVIEW)),
    Case("review_draft_newer", "it is newer than the consultation draft",
         _drafts(review=replace(READABLE, number=3)), _drafts(review=replace(READABLE, number=2)),
         Refusal(R.DRAFT_NOT_NEW, draft_stage=DraftStage.REVIEW, number=2)),
    Case("review_draft_newer", "it has no error of format", {}, _drafts(review=replace(READABLE, number=3, errors=2)),
         Refusal(R.DRAFT_HAS_ERRORS, draft_stage=DraftStage.REVIEW, number=3, errors=2)),
    Case("explanatory_notes_attached", "there is a note", _papers(note_headings_empty=()), _papers(),
         Refusal(R.NOTE_MISSING)),
    Case("explanatory_notes_attached", "all its headings are filled in",
         _papers(note_headings_empty=()), _papers(note_headings_empty=("work", "patents")),
         Refusal(R.NOTE_INCOMPLETE, headings=("work", "patents"))),
    Case("metrology_annexes_attached", "test report and uncertainty evaluation",
         _papers(current=frozenset({Paper.TEST_REPORT}), outdated=frozenset({Paper.UNCERTAINTY_REPORT})),
         _papers(current=frozenset({Paper.TEST_REPORT})),
         Refusal(R.ANNEXES_MISSING, papers=(Paper.UNCERTAINTY_REPORT,)), METROLOGY),
    Case("metrology_annexes_attached", "an adopted text comes with its translation",
         _papers(current=_all_papers_but(Paper.TRANSLATION)),
         _papers(current=_all_papers_but(Paper.TRANSLATION), adopts_foreign_text=True),
         Refusal(R.ANNEXES_MISSING, papers=(Paper.TRANSLATION,)), METROLOGY),
    Case("consultation_long_enough", "thirty days, the opening day not counted",
         _given(closes_on=date(2025, 7, 1)), _given(closes_on=date(2025, 6, 30)),
         Refusal(R.CONSULTATION_TOO_SHORT, closes_on=date(2025, 6, 30), days=29, needed=30, earliest=date(2025, 7, 1))),
    Case("consultation_long_enough", "the end does not lie before the beginning",
         {}, _given(closes_on=date(2025, 5, 31)),
         Refusal(R.CONSULTATION_TOO_SHORT, closes_on=date(2025, 5, 31), days=-1, needed=30, earliest=date(2025, 7, 1))),
    Case("consultation_long_enough", "there is a closing date", {}, _given(),
         Refusal(R.CLOSING_DATE_MISSING, earliest=date(2025, 7, 1))),
    Case("consultation_is_public", "a local standard is for everyone",
         _given(), _given(members_only=True, public_interest_untouched=True),
         Refusal(R.CONSULTATION_NOT_PUBLIC, kind=LOCAL)),
    Case("consultation_is_public", "a metrology specification is for everyone",
         _given(), _given(members_only=True, public_interest_untouched=True),
         Refusal(R.CONSULTATION_NOT_PUBLIC, kind=METROLOGY), METROLOGY),
    Case("consultation_is_public", "a group may ask its members alone where it declares that it may",
         _given(members_only=True, public_interest_untouched=True), _given(members_only=True),
         Refusal(R.CONSULTATION_NOT_PUBLIC, kind=GROUP), GROUP),
    Case("closing_date_passed", "the closing date itself still belongs to the public",
         {"consultation": RoundFacts(number=1, closes_on=date(2025, 5, 31))},
         {"consultation": RoundFacts(number=1, closes_on=TODAY)},
         Refusal(R.CONSULTATION_STILL_OPEN, closes_on=TODAY, today=TODAY)),
    Case("closing_date_passed", "a round without a closing date does not close", {}, {"consultation": RoundFacts()},
         Refusal(R.CONSULTATION_STILL_OPEN, closes_on=None, today=TODAY)),
    Case("closing_date_moves_later", "one day later is later",
         {"consultation": RoundFacts(number=1, closes_on=date(2025, 6, 30))},
         {"consultation": RoundFacts(number=1, closes_on=date(2025, 7, 1))},
         Refusal(R.CLOSING_DATE_NOT_LATER, closes_on=date(2025, 7, 1), present=date(2025, 7, 1))),
    Case("closing_date_moves_later", "there is a new closing date", {}, _given(),
         Refusal(R.CLOSING_DATE_MISSING, earliest=date(2025, 6, 1))),
    Case("closing_date_moves_later", "the earliest is not known where no round has a date",
         {"consultation": RoundFacts()}, _given() | {"consultation": RoundFacts()},
         Refusal(R.CLOSING_DATE_MISSING, earliest=None)),
    Case("all_comments_disposed", "each comment has a disposition",
         {"comments": CommentsFacts(received=4)}, {"comments": CommentsFacts(received=4, without_disposition=1)},
         Refusal(R.COMMENTS_WITHOUT_DISPOSITION, open=1, received=4)),
    Case("all_comments_disposed", "each refusal has a reason",
         {"comments": CommentsFacts()}, {"comments": CommentsFacts(received=4, without_reason=2)},
         Refusal(R.COMMENTS_WITHOUT_REASON, open=2, received=4)),
)  # fmt: skip

TECHNICAL_REVIEW = (
    Case("papers_sent_in_time", "thirty days for a local standard",
         _review(papers_sent_on=date(2025, 4, 1)), _review(papers_sent_on=date(2025, 4, 2)),
         Refusal(R.PAPERS_SENT_TOO_LATE, sent_on=date(2025, 4, 2), held_on=date(2025, 5, 1), days=29, needed=30)),
    Case("papers_sent_in_time", "seven days for a group standard",
         _review(papers_sent_on=date(2025, 4, 24)), _review(papers_sent_on=date(2025, 4, 25)),
         Refusal(R.PAPERS_SENT_TOO_LATE, sent_on=date(2025, 4, 25), held_on=date(2025, 5, 1), days=6, needed=7), GROUP),
    Case("papers_sent_in_time", "papers come before the meeting", {}, _review(papers_sent_on=date(2025, 5, 2)),
         Refusal(R.PAPERS_SENT_TOO_LATE, sent_on=date(2025, 5, 2), held_on=date(2025, 5, 1), days=-1, needed=30)),
    Case("papers_sent_in_time", "they were sent at all", {}, _review(papers_sent_on=None),
         Refusal(R.PAPERS_NOT_SENT, needed=30)),
    Case("papers_sent_in_time", "the review has a date", {}, _review(held_on=None), Refusal(R.REVIEW_DATE_MISSING)),
    Case("ballot_closed", "a ballot was held", {}, _review(ballot_opened=False, ballot_closed=False),
         Refusal(R.BALLOT_NOT_OPENED)),
    Case("ballot_closed", "it is closed", {}, _review(ballot_closed=False), Refusal(R.BALLOT_STILL_OPEN)),
    Case("reviewers_are_enough", "seven voters for a local standard", _review(entitled=7), _review(entitled=6),
         Refusal(R.TOO_FEW_VOTERS, entitled=6, needed=7)),
    Case("reviewers_are_enough", "five voters for a group standard", _review(entitled=5), _review(entitled=4),
         Refusal(R.TOO_FEW_VOTERS, entitled=4, needed=5), GROUP),
    Case("reviewers_are_enough", "no drafter votes", _review(drafters_entitled=0), _review(drafters_entitled=1),
         Refusal(R.DRAFTERS_AMONG_VOTERS, drafters=1)),
    Case("reviewers_are_enough", "a quarter of eight may come from drafting units",
         _review(entitled=8, entitled_from_drafting_units=2), _review(entitled=8, entitled_from_drafting_units=3),
         Refusal(R.TOO_MANY_FROM_DRAFTING_UNITS, from_units=3, entitled=8,
                 share=default_rules(LOCAL).review_max_drafter_unit_share)),
    Case("reviewers_are_enough", "two of seven are more than a quarter",
         _review(entitled=7, entitled_from_drafting_units=1), _review(entitled=7, entitled_from_drafting_units=2),
         Refusal(R.TOO_MANY_FROM_DRAFTING_UNITS, from_units=2, entitled=7,
                 share=default_rules(LOCAL).review_max_drafter_unit_share)),
    Case("reviewers_are_enough", "nobody from a drafting unit votes on a group standard",
         _review(entitled_from_drafting_units=0), _review(entitled_from_drafting_units=1),
         Refusal(R.TOO_MANY_FROM_DRAFTING_UNITS, from_units=1, entitled=13,
                 share=default_rules(GROUP).review_max_drafter_unit_share), GROUP),
    Case("quorum_met", "two thirds of thirteen are nine", _review(votes_cast=9), _review(votes_cast=8),
         Refusal(R.QUORUM_MISSED, cast=8, entitled=13, needed=TWO_THIRDS, at_least=9)),
    Case("quorum_met", "two thirds of twelve are exactly eight",
         _review(entitled=12, votes_cast=8), _review(entitled=12, votes_cast=7),
         Refusal(R.QUORUM_MISSED, cast=7, entitled=12, needed=TWO_THIRDS, at_least=8)),
    Case("quorum_met", "where nobody may vote there is no quorum", {}, _review(entitled=0, votes_cast=0),
         Refusal(R.QUORUM_MISSED, cast=0, entitled=0, needed=TWO_THIRDS, at_least=1)),
    Case("quorum_missed", "eight of thirteen miss two thirds", _review(votes_cast=8), _review(votes_cast=9),
         Refusal(R.QUORUM_WAS_MET, cast=9, entitled=13, needed=TWO_THIRDS)),
    Case("approved_by_vote", "three quarters of eight are six",
         _review(votes_cast=8, votes_for=6), _review(votes_cast=8, votes_for=5),
         Refusal(R.NOT_ENOUGH_IN_FAVOUR, votes_for=5, votes_cast=8, needed=THREE_QUARTERS, at_least=6)),
    Case("approved_by_vote", "three quarters of nine are seven",
         _review(votes_cast=9, votes_for=7), _review(votes_cast=9, votes_for=6),
         Refusal(R.NOT_ENOUGH_IN_FAVOUR, votes_for=6, votes_cast=9, needed=THREE_QUARTERS, at_least=7)),
    Case("approved_by_vote", "no vote is no approval", {}, _review(votes_cast=0, votes_for=0),
         Refusal(R.NOT_ENOUGH_IN_FAVOUR, votes_for=0, votes_cast=0, needed=THREE_QUARTERS, at_least=1)),
    Case("not_approved_by_vote", "five of eight are below three quarters",
         _review(entitled=12, votes_cast=8, votes_for=5), _review(entitled=12, votes_cast=8, votes_for=6),
         Refusal(R.ENOUGH_IN_FAVOUR, votes_for=6, votes_cast=8, needed=THREE_QUARTERS)),
    Case("not_approved_by_vote", "without a quorum the vote says nothing",
         _review(votes_cast=9, votes_for=0), _review(votes_cast=8, votes_for=0),
         Refusal(R.QUORUM_MISSED, cast=8, entitled=13, needed=TWO_THIRDS, at_least=9)),
    Case("minutes_signed", "there are minutes of the meeting", {}, _review(minutes_recorded=False),
         Refusal(R.MINUTES_MISSING, mode=ReviewMode.MEETING)),
    Case("minutes_signed", "there is a conclusion of the letter ballot",
         _review(mode=ReviewMode.LETTER), _review(mode=ReviewMode.LETTER, minutes_recorded=False),
         Refusal(R.MINUTES_MISSING, mode=ReviewMode.LETTER)),
    Case("minutes_signed", "everybody who attended has signed", {}, _review(signatures_missing=("甲", "乙")),
         Refusal(R.SIGNATURES_MISSING, names=("甲", "乙"))),
    Case("minutes_signed", "each paper of a letter ballot is attached; a meeting has none",
         _review(mode=ReviewMode.MEETING, papers_of_votes_missing=2),
         _review(mode=ReviewMode.LETTER, papers_of_votes_missing=2), Refusal(R.BALLOT_PAPERS_MISSING, missing=2)),
    Case("review_failed_before", "one earlier failure", _review(failed_before=1), _review(failed_before=0),
         Refusal(R.NO_EARLIER_FAILURE)),
    Case("objections_answered", "each objection has an answer",
         _review(objections=3), _review(objections=3, objections_unanswered=1),
         Refusal(R.OBJECTIONS_UNANSWERED, open=1, recorded=3)),
)  # fmt: skip

APPROVAL = (
    Case("package_complete", "a local standard needs no test report",
         _papers(current=_all_papers_but(Paper.TEST_REPORT, Paper.UNCERTAINTY_REPORT, Paper.BALLOT_CONCLUSION)),
         _papers(current=_all_papers_but(Paper.SUBMISSION_LETTER, Paper.REVIEW_MINUTES)),
         Refusal(R.PACKAGE_INCOMPLETE, papers=(Paper.SUBMISSION_LETTER, Paper.REVIEW_MINUTES))),
    Case("package_complete", "a metrology specification needs its test report",
         _papers(current=frozenset(Paper), body=Paper.CALIBRATION_BODY),
         _papers(current=_all_papers_but(Paper.TEST_REPORT), body=Paper.CALIBRATION_BODY),
         Refusal(R.PACKAGE_INCOMPLETE, papers=(Paper.TEST_REPORT,)), METROLOGY),
    Case("package_complete", "a letter ballot leaves its conclusion, not minutes",
         _papers(current=_all_papers_but(Paper.REVIEW_MINUTES), review_mode=ReviewMode.LETTER),
         _papers(current=_all_papers_but(Paper.BALLOT_CONCLUSION), review_mode=ReviewMode.LETTER),
         Refusal(R.PACKAGE_INCOMPLETE, papers=(Paper.BALLOT_CONCLUSION,))),
    Case("package_complete", "each paper is at least as new as the review",
         {}, _papers(current=_all_papers_but(Paper.COMMENT_TABLE), outdated=frozenset({Paper.COMMENT_TABLE})),
         Refusal(R.PACKAGE_OUTDATED, papers=(Paper.COMMENT_TABLE,))),
    Case("notice_days_passed", "the last day of the notice still belongs to the public",
         {"notice": NoticeFacts(opened_on=date(2025, 5, 24))}, {"notice": NoticeFacts(opened_on=date(2025, 5, 25))},
         Refusal(R.NOTICE_STILL_RUNS, opened_on=date(2025, 5, 25), ends_on=TODAY, days=7), METROLOGY),
    Case("notice_days_passed", "there was a notice", {}, {"notice": NoticeFacts()}, Refusal(R.NOTICE_NOT_OPENED),
         METROLOGY),
    Case("notice_days_passed", "a rule without days asks for no notice",
         {"notice": NoticeFacts(), "rules": default_rules(LOCAL)}, {"notice": NoticeFacts()},
         Refusal(R.NOTICE_NOT_OPENED), METROLOGY),
    Case("number_free", "there is a number", {}, _publication(number=""), Refusal(R.NUMBER_MISSING)),
    Case("number_free", "nobody else has the serial",
         _publication(holders_of_serial=()), _publication(holders_of_serial=("DB31/T 12—2019",)),
         Refusal(R.NUMBER_TAKEN, number="DB31/T 12—2025", holders=("DB31/T 12—2019",))),
    Case("number_free", "a revision takes a new year",
         _publication(replaced_number="DB31/T 12—2024"), _publication(replaced_number="DB31/T 12—2025"),
         Refusal(R.NUMBER_SAME_AS_REPLACED, number="DB31/T 12—2025")),
    Case("publication_dates_in_order", "all dates are there", {}, _publication(approved_on=None, effective_on=None),
         Refusal(R.PUBLICATION_DATES_MISSING, fields=("approved_on", "effective_on"))),
    Case("publication_dates_in_order", "published on the day of approval, not before it",
         _publication(approved_on=date(2025, 2, 20)), _publication(approved_on=date(2025, 2, 21)),
         Refusal(R.PUBLICATION_DATES_OUT_OF_ORDER, approved_on=date(2025, 2, 21), published_on=date(2025, 2, 20),
                 effective_on=date(2025, 5, 21))),
    Case("publication_dates_in_order", "implemented on the day of publication, not before it",
         _publication(effective_on=date(2025, 2, 20)), _publication(effective_on=date(2025, 2, 19)),
         Refusal(R.PUBLICATION_DATES_OUT_OF_ORDER, approved_on=date(2025, 2, 1), published_on=date(2025, 2, 20),
                 effective_on=date(2025, 2, 19)), GROUP),
    Case("publication_dates_in_order", "thirty days from publication to implementation",
         _publication(effective_on=date(2025, 3, 22)), _publication(effective_on=date(2025, 3, 21)),
         Refusal(R.IMPLEMENTATION_TOO_SOON, days=29, needed=30, earliest=date(2025, 3, 22))),
    Case("publication_dates_in_order", "sooner where a reason is stated",
         _publication(effective_on=date(2025, 3, 1), gap_reason="突发事件"),
         _publication(effective_on=date(2025, 3, 1), gap_reason=" "),
         Refusal(R.IMPLEMENTATION_TOO_SOON, days=9, needed=30, earliest=date(2025, 3, 22))),
    Case("publication_dates_in_order", "ninety days for a metrology specification",
         {}, _publication(effective_on=date(2025, 5, 20)),
         Refusal(R.IMPLEMENTATION_TOO_SOON, days=89, needed=90, earliest=date(2025, 5, 21)), METROLOGY),
    Case("full_text_attached", "there is a text", {}, _drafts(publication=None),
         Refusal(R.FULL_TEXT_MISSING, forms=("docx", "pdf"))),
    Case("full_text_attached", "it is there as PDF too", {}, _drafts(publication=replace(READABLE, number=4)),
         Refusal(R.FULL_TEXT_MISSING, forms=("pdf",))),
    Case("full_text_attached", "it bears number and dates", {}, _drafts(marks_missing=("number", "effective_on")),
         Refusal(R.FULL_TEXT_WITHOUT_MARKS, marks=("number", "effective_on"))),
)  # fmt: skip

LONG_LIFE = (
    Case("implementation_date_reached", "in force from the day itself on",
         _publication(effective_on=TODAY), _publication(effective_on=date(2025, 6, 2)),
         Refusal(R.NOT_YET_IN_FORCE, effective_on=date(2025, 6, 2), today=TODAY)),
    Case("implementation_date_reached", "without a date nothing comes into force",
         {}, _publication(effective_on=None), Refusal(R.NOT_YET_IN_FORCE, effective_on=None, today=TODAY)),
    Case("filing_recorded", "number and date are given",
         _given(filing_number="1", filed_on=date(2029, 1, 1)), _given(filing_number="1"),
         Refusal(R.FILING_INCOMPLETE, fields=("filed_on",))),
    Case("disclosure_recorded", "address and date are given",
         _given(disclosure_address="https://standards.example/1", disclosed_on=TODAY), _given(disclosed_on=TODAY),
         Refusal(R.DISCLOSURE_INCOMPLETE, fields=("disclosure_address",)), GROUP),
    Case("review_opinion_recorded", "conclusion and grounds are given",
         {}, {"periodic_review": PeriodicReviewFacts(conclusion=None, grounds=" ")},
         Refusal(R.REVIEW_OPINION_MISSING, fields=("conclusion", "grounds"))),
    *(
        Case(f"conclusion_is_{needed}", "and no other",
             {"periodic_review": PeriodicReviewFacts(conclusion=needed)},
             {"periodic_review": PeriodicReviewFacts(conclusion=other)},
             Refusal(R.CONCLUSION_IS_DIFFERENT, recorded=other, needed=needed))
        for needed in Conclusion
        for other in (*Conclusion, None)
        if other is not needed
    ),
    Case("abolition_notice_days_passed", "the thirtieth day still belongs to the public",
         {"notice": NoticeFacts(opened_on=date(2025, 5, 1))}, {"notice": NoticeFacts(opened_on=date(2025, 5, 2))},
         Refusal(R.NOTICE_STILL_RUNS, opened_on=date(2025, 5, 2), ends_on=TODAY, days=30)),
    Case("abolition_notice_days_passed", "there was a notice", {}, {"notice": NoticeFacts()},
         Refusal(R.NOTICE_NOT_OPENED)),
    Case("abolition_notice_days_passed", "each objection has an answer",
         {}, {"notice": NoticeFacts(opened_on=date(2025, 1, 1), objections_unanswered=2)},
         Refusal(R.OBJECTIONS_UNANSWERED, open=2)),
    Case("successor_in_force", "the successor came into force", {}, {"succession": SuccessionFacts()},
         Refusal(R.NO_SUCCESSOR_IN_FORCE)),
)  # fmt: skip

CASES: tuple[Case, ...] = (*PROPOSAL, *CONSULTATION, *TECHNICAL_REVIEW, *APPROVAL, *LONG_LIFE)
