"""The small world of the proof: what can be the case beside the stage, and the facts that the guards see then.

A situation is a stage with a set of conditions. Each condition belongs to one aspect of the facts; from the conditions
of an aspect its facts are made, just good enough or just not, so that the guards themselves answer and are not told.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

from standards_wf.workflow.facts import (
    Application,
    AppraisalFacts,
    Aspect,
    CommentsFacts,
    DraftFacts,
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
from standards_wf.workflow.fields import FIELDS, ActFields, FieldType
from standards_wf.workflow.kinds import KINDS, Addressee
from standards_wf.workflow.rules import Rules, default_rules
from standards_wf.workflow.vocabulary import (
    Action,
    Conclusion,
    Kind,
    MetrologyCategory,
    Paper,
    ReviewMode,
    Stage,
)

TODAY = date(2030, 1, 15)
_SOON, _LONG_AGO, _FAR = timedelta(days=1), timedelta(days=1000), timedelta(days=365)


class Condition(StrEnum):
    """Something that can be the case in a project, beside its stage."""

    APPLICATION_COMPLETE = "application_complete"
    FORM_SIGNED = "form_signed"
    APPRAISED_IN_FAVOUR = "appraised_in_favour"
    APPRAISED_AGAINST = "appraised_against"
    PLANNED = "planned"
    EXTENDED = "extended"
    CONSULTATION_DRAFT = "consultation_draft"
    REVIEW_DRAFT = "review_draft"
    FULL_TEXT = "full_text"
    NOTE_WRITTEN = "note_written"
    REPORTS_ATTACHED = "reports_attached"
    PACKAGE_ATTACHED = "package_attached"
    ROUND_RUNS = "round_runs"
    ROUND_IS_OVER = "round_is_over"
    COMMENTS_OPEN = "comments_open"
    PAPERS_SENT = "papers_sent"
    BALLOT_RUNS = "ballot_runs"
    VOTED_FOR = "voted_for"
    VOTED_AGAINST = "voted_against"
    TOO_FEW_VOTED = "too_few_voted"
    MINUTES_SIGNED = "minutes_signed"
    OBJECTIONS_OPEN = "objections_open"
    FAILED_BEFORE = "failed_before"
    PUBLICATION_PREPARED = "publication_prepared"
    DAY_OF_EFFECT = "day_of_effect"
    NOTICE_RUNS = "notice_runs"
    NOTICE_IS_OVER = "notice_is_over"
    NOTICE_OBJECTION_OPEN = "notice_objection_open"
    OPINION_VALID = "opinion_valid"
    OPINION_REVISE = "opinion_revise"
    OPINION_ABOLISH = "opinion_abolish"
    SUCCESSOR = "successor"


_C = Condition
Conditions = frozenset[Condition]

ASPECT_OF: Mapping[Condition, Aspect] = {
    condition: aspect
    for aspect, conditions in {
        Aspect.APPLICATION: (_C.APPLICATION_COMPLETE, _C.FORM_SIGNED),
        Aspect.APPRAISAL: (_C.APPRAISED_IN_FAVOUR, _C.APPRAISED_AGAINST),
        Aspect.PLAN: (_C.PLANNED, _C.EXTENDED),
        Aspect.DRAFTS: (_C.CONSULTATION_DRAFT, _C.REVIEW_DRAFT, _C.FULL_TEXT),
        Aspect.PAPERS: (_C.NOTE_WRITTEN, _C.REPORTS_ATTACHED, _C.PACKAGE_ATTACHED),
        Aspect.CONSULTATION: (_C.ROUND_RUNS, _C.ROUND_IS_OVER),
        Aspect.COMMENTS: (_C.COMMENTS_OPEN,),
        Aspect.REVIEW: (
            _C.PAPERS_SENT,
            _C.BALLOT_RUNS,
            _C.VOTED_FOR,
            _C.VOTED_AGAINST,
            _C.TOO_FEW_VOTED,
            _C.MINUTES_SIGNED,
            _C.OBJECTIONS_OPEN,
            _C.FAILED_BEFORE,
        ),
        Aspect.PUBLICATION: (_C.PUBLICATION_PREPARED, _C.DAY_OF_EFFECT),
        Aspect.NOTICE: (_C.NOTICE_RUNS, _C.NOTICE_IS_OVER, _C.NOTICE_OBJECTION_OPEN),
        Aspect.PERIODIC_REVIEW: (_C.OPINION_VALID, _C.OPINION_REVISE, _C.OPINION_ABOLISH),
        Aspect.SUCCESSION: (_C.SUCCESSOR,),
    }.items()
    for condition in conditions
}
"""The aspect of the facts in which each condition shows."""


@dataclass(frozen=True, slots=True)
class Situation:
    """A project as far as the proof looks at it."""

    stage: Stage
    conditions: Conditions = frozenset()


def within(conditions: Conditions, aspects: Iterable[Aspect]) -> Conditions:
    """The conditions that show in these aspects."""
    wanted = frozenset(aspects)
    return frozenset(each for each in conditions if ASPECT_OF[each] in wanted)


@cache
def parties_of(kind: Kind) -> Parties:
    """Everybody whom a project of the kind has: one body for each part."""
    row = KINDS[kind]
    return Parties(
        project_id=1,
        proposer_id=2,
        authority_id=None if row.issued_by_group else 3,
        competent_department_id=4 if row.addressee is Addressee.DEPARTMENT else None,
        group_id=5 if row.issued_by_group else None,
        committee_id=6,
        drafting_unit_ids=frozenset({7}),
    )


def facts_of(kind: Kind, stage: Stage, conditions: Conditions) -> ProjectFacts:
    """What the guards see of a project of the kind in this situation, with nothing filled in on the form of an act."""
    rules = default_rules(kind)
    return ProjectFacts(
        kind=kind,
        stage=stage,
        today=TODAY,
        rules=rules,
        parties=parties_of(kind),
        application=_application(conditions),
        appraisal=_appraisal(conditions, rules),
        plan=PlanFacts(
            completes_on=TODAY + _FAR if _C.PLANNED in conditions else None, extensions=int(_C.EXTENDED in conditions)
        ),
        drafts=_drafts(conditions),
        papers=_papers(kind, conditions),
        consultation=_round(conditions),
        comments=CommentsFacts(received=2, without_disposition=int(_C.COMMENTS_OPEN in conditions)),
        review=_review(conditions, rules),
        publication=_publication(conditions, rules),
        notice=_notice(conditions),
        periodic_review=_opinion(conditions),
        succession=SuccessionFacts(successor_in_force="2" if _C.SUCCESSOR in conditions else ""),
    )


def _application(conditions: Conditions) -> Application:
    signed = _C.FORM_SIGNED in conditions
    if _C.APPLICATION_COMPLETE not in conditions:
        return Application(signed_form_attached=signed)
    return Application(
        title_zh="题",
        title_en="title",
        framework_node="A",
        category=MetrologyCategory.OTHER,
        purpose="1",
        necessity="2",
        scope="3",
        technical_content="4",
        relation_to_laws="5",
        drafting_units=("6",),
        contact="7",
        proposed_months=1,
        signed_form_attached=signed,
    )


def _appraisal(conditions: Conditions, rules: Rules) -> AppraisalFacts:
    experts = tuple((str(place), "unit") for place in range(rules.appraisal_min_experts))
    if _C.APPRAISED_IN_FAVOUR in conditions:
        return AppraisalFacts(held_on=TODAY, experts=experts, in_favour=True)
    if _C.APPRAISED_AGAINST in conditions:
        return AppraisalFacts(held_on=TODAY, experts=experts, in_favour=False)
    return AppraisalFacts()


def _drafts(conditions: Conditions) -> DraftsFacts:
    """The draft of the last round is number 1; one that counts is newer."""
    text = DraftFacts(number=3, clauses=1, errors=0, has_pdf=True)
    return DraftsFacts(
        consultation=replace(text, number=2 if _C.CONSULTATION_DRAFT in conditions else 1),
        review=text if _C.REVIEW_DRAFT in conditions else None,
        publication=text if _C.FULL_TEXT in conditions else None,
        last_round_draft=1,
    )


def _papers(kind: Kind, conditions: Conditions) -> PapersFacts:
    reports = {Paper.TEST_REPORT, Paper.UNCERTAINTY_REPORT, Paper.TRANSLATION}
    current = set(Paper) - reports if _C.PACKAGE_ATTACHED in conditions else set()
    if _C.REPORTS_ATTACHED in conditions:
        current |= reports
    return PapersFacts(
        current=frozenset(current),
        note_headings_empty=() if _C.NOTE_WRITTEN in conditions else None,
        adopts_foreign_text=True,
        body=KINDS[kind].body,
    )


def _round(conditions: Conditions) -> RoundFacts:
    if _C.ROUND_RUNS not in conditions:
        return RoundFacts()
    closes_on = TODAY - _SOON if _C.ROUND_IS_OVER in conditions else TODAY + _SOON
    return RoundFacts(number=1, opens_on=TODAY - _LONG_AGO, closes_on=closes_on)


_BALLOTS = frozenset({_C.VOTED_FOR, _C.VOTED_AGAINST, _C.TOO_FEW_VOTED})


def _review(conditions: Conditions, rules: Rules) -> ReviewFacts:
    entitled = rules.review_min_voters * 4
    return ReviewFacts(
        mode=ReviewMode.MEETING,
        papers_sent_on=TODAY - _LONG_AGO if _C.PAPERS_SENT in conditions else None,
        held_on=TODAY,
        ballot_opened=bool(conditions & (_BALLOTS | {_C.BALLOT_RUNS})),
        ballot_closed=bool(conditions & _BALLOTS),
        entitled=entitled,
        votes_cast=1 if _C.TOO_FEW_VOTED in conditions else entitled,
        votes_for=entitled if _C.VOTED_FOR in conditions else 0,
        minutes_recorded=_C.MINUTES_SIGNED in conditions,
        failed_before=int(_C.FAILED_BEFORE in conditions),
        objections=1,
        objections_unanswered=int(_C.OBJECTIONS_OPEN in conditions),
    )


def _publication(conditions: Conditions, rules: Rules) -> PublicationFacts:
    if _C.PUBLICATION_PREPARED not in conditions:
        return PublicationFacts()
    effective_on = TODAY if _C.DAY_OF_EFFECT in conditions else TODAY + _SOON
    published_on = effective_on - timedelta(days=rules.publication_gap_days)
    return PublicationFacts(number="1", approved_on=published_on, published_on=published_on, effective_on=effective_on)


def _notice(conditions: Conditions) -> NoticeFacts:
    if _C.NOTICE_RUNS not in conditions:
        return NoticeFacts()
    opened_on = TODAY - _LONG_AGO if _C.NOTICE_IS_OVER in conditions else TODAY
    return NoticeFacts(opened_on=opened_on, objections_unanswered=int(_C.NOTICE_OBJECTION_OPEN in conditions))


def _opinion(conditions: Conditions) -> PeriodicReviewFacts:
    conclusions = {
        _C.OPINION_VALID: Conclusion.VALID,
        _C.OPINION_REVISE: Conclusion.REVISE,
        _C.OPINION_ABOLISH: Conclusion.ABOLISH,
    }
    for condition, conclusion in conclusions.items():
        if condition in conditions:
            return PeriodicReviewFacts(conclusion=conclusion, grounds="1")
    return PeriodicReviewFacts()


# What somebody who knows the rules fills in; whatever is not named here is filled in by its type.
_BY_NAME: Mapping[str, Callable[[Rules], object]] = {
    "plan_published_on": lambda _rules: TODAY,
    "completes_on": lambda rules: TODAY + timedelta(days=28 * min(rules.plan_months_new, rules.plan_months_revision)),
    "closes_on": lambda rules: TODAY + timedelta(days=max(2, rules.consultation_min_days)),
}
_BY_TYPE: Mapping[FieldType, object] = {
    FieldType.TEXT: "1",
    FieldType.DATE: TODAY,
    FieldType.INTEGER: 1,
    FieldType.BOOLEAN: False,
    FieldType.REVIEW_MODE: ReviewMode.MEETING,
}


@cache
def filled_in(kind: Kind, action: Action) -> ActFields:
    """The form of an act as somebody who knows the rules fills it in."""
    rules = default_rules(kind)
    values = {
        row.name: _BY_NAME[row.name](rules) if row.name in _BY_NAME else _BY_TYPE.get(row.type)
        for row in FIELDS.get(action, ())
    }
    return ActFields(**{name: value for name, value in values.items() if value is not None})  # type: ignore[arg-type]
