"""The way to publication: its acts, and that nobody can be there a day earlier than it says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from standards_wf.workflow.facts import NoticeFacts, ProjectFacts, PublicationFacts, ReviewFacts, RoundFacts
from standards_wf.workflow.machine import PROJECT_MACHINE
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.rules import default_rules
from standards_wf.workflow.stages import DOCUMENT_STAGES, STAGES, stages_of
from standards_wf.workflow.table import Transition
from standards_wf.workflow.vocabulary import Action, Kind, ReviewMode, Stage
from standards_wf.workflow.way import WAITS, Known, earliest_steps, shortest_way
from tests.workflow.cases import GROUP, LOCAL, METROLOGY, facts, somebody_as

TODAY = date(2025, 6, 2)
COMMON = ["applied", "appraisal", "drafting", "consultation", "resolution", "review", "submission", "approval"]


@pytest.mark.parametrize(
    ("kind", "stages"),
    [
        (LOCAL, [*COMMON, "published", "in_force"]),
        (GROUP, [*COMMON, "published", "in_force"]),
        (METROLOGY, [*COMMON, "public_notice", "published", "in_force"]),
    ],
)
def test_the_way_leads_through_every_stage_of_the_kind_and_no_detour(kind: Kind, stages: list[str]) -> None:
    way = shortest_way(PROCEDURES[kind], Stage.SUGGESTED)
    assert [row.target for row in way] == stages
    for place, row in enumerate(way):
        assert shortest_way(PROCEDURES[kind], row.source) == way[place:]


@pytest.mark.parametrize("kind", [LOCAL, GROUP, METROLOGY])
def test_a_document_in_force_and_a_closed_case_have_no_way(kind: Kind) -> None:
    for row in stages_of(kind):
        if STAGES[row.stage].final or row.stage in DOCUMENT_STAGES - {Stage.PUBLISHED}:
            assert shortest_way(PROCEDURES[kind], row.stage) == ()


@pytest.mark.parametrize(
    ("kind", "days"),
    [
        # consultation 30 and the day after; papers 30 (7 of an association) before the meeting; notice 7 and the day
        # after; implementation 30, 0, 90 days after publication
        (LOCAL, {"consultation": 0, "resolution": 31, "submission": 61, "published": 61, "in_force": 91}),
        (GROUP, {"consultation": 0, "resolution": 31, "submission": 38, "published": 38, "in_force": 38}),
        (METROLOGY, {"resolution": 31, "submission": 61, "public_notice": 61, "published": 69, "in_force": 159}),
    ],
)
def test_the_earliest_days_add_up_the_periods_of_the_rules(kind: Kind, days: dict[str, int]) -> None:
    way = shortest_way(PROCEDURES[kind], Stage.SUGGESTED)
    found = {step.row.target: step.earliest for step in earliest_steps(way, Known(), default_rules(kind), TODAY)}
    assert {stage: (found[Stage(stage)] - TODAY).days for stage in days} == days


@pytest.mark.parametrize(
    ("kind", "source", "known", "days"),
    [
        (LOCAL, Stage.CONSULTATION, Known(closes_on=TODAY + timedelta(days=5)), 6),
        (LOCAL, Stage.CONSULTATION, Known(closes_on=TODAY - timedelta(days=5)), 0),
        (LOCAL, Stage.REVIEW, Known(papers_sent_on=TODAY - timedelta(days=10)), 20),
        (LOCAL, Stage.REVIEW, Known(papers_sent_on=TODAY, held_on=TODAY + timedelta(days=50)), 50),
        (LOCAL, Stage.REVIEW, Known(papers_sent_on=TODAY, held_on=TODAY + timedelta(days=3)), 30),
        (METROLOGY, Stage.PUBLIC_NOTICE, Known(notice_opened_on=TODAY - timedelta(days=2)), 6),
        (LOCAL, Stage.PUBLISHED, Known(effective_on=TODAY + timedelta(days=9)), 9),
        (LOCAL, Stage.PUBLISHED, Known(effective_on=TODAY - timedelta(days=9)), 0),
    ],
)
def test_what_is_fixed_already_counts_in_place_of_the_shortest_period(
    kind: Kind, source: Stage, known: Known, days: int
) -> None:
    steps = earliest_steps(shortest_way(PROCEDURES[kind], source), known, default_rules(kind), TODAY)
    assert (steps[0].earliest - TODAY).days == days


def _begun(row: Transition, kind: Kind, today: date) -> ProjectFacts:
    """A case that began today what its stage waits for, as quickly as the rules allow, and is asked on a later day."""
    rules = default_rules(kind)
    meets_on = TODAY + timedelta(days=rules.papers_notice_days)
    closes_on = TODAY + timedelta(days=rules.consultation_min_days)
    effective_on = TODAY + timedelta(days=rules.publication_gap_days)
    whole = facts(
        kind,
        row.source,
        consultation=RoundFacts(number=1, opens_on=TODAY, closes_on=closes_on),
        review=ReviewFacts(mode=ReviewMode.MEETING, papers_sent_on=TODAY, held_on=min(today, meets_on)),
        notice=NoticeFacts(opened_on=TODAY),
        publication=PublicationFacts(published_on=TODAY, effective_on=effective_on),
    )
    return _on(whole, today)


def _on(whole: ProjectFacts, today: date) -> ProjectFacts:
    return replace(whole, today=today)


@pytest.mark.parametrize("kind", [LOCAL, GROUP, METROLOGY])
def test_the_guards_let_a_case_on_from_that_day_and_not_a_day_before(kind: Kind) -> None:
    waiting = {
        "closing_date_passed": RefusalCode.CONSULTATION_STILL_OPEN,
        "papers_sent_in_time": RefusalCode.PAPERS_SENT_TOO_LATE,
        "notice_days_passed": RefusalCode.NOTICE_STILL_RUNS,
        "implementation_date_reached": RefusalCode.NOT_YET_IN_FORCE,
    }
    assert set(waiting) == set(WAITS)
    for row in shortest_way(PROCEDURES[kind], Stage.SUGGESTED):
        guards = {guard.__name__ for guard in row.guards} & set(WAITS)
        (step,) = earliest_steps((row,), Known(), default_rules(kind), TODAY)
        if not guards:
            assert step.earliest == TODAY
            continue
        actor = somebody_as(row.roles[0])
        for days, refused in ((0, False), (-1, True)):
            day = step.earliest + timedelta(days=days)
            if day < TODAY:  # a group may bring its standard into force on the day of its publication
                continue
            decision = PROJECT_MACHINE.decide(Action(row.action), _begun(row, kind, day), actor, note="理由")
            codes = {refusal.code for refusal in decision.refusals}
            assert bool(codes & {waiting[name] for name in guards}) is refused, (row.action, days, decision.refusals)
