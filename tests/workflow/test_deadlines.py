"""When something is due: the figure of the rule, the day it counts from, and the days on which a project rested."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards_wf.workflow import deadlines
from standards_wf.workflow.calendar import add_months
from standards_wf.workflow.deadlines import MET_BY, Deadline, Due, Suspension, Unit
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.rules import RULE_BY_NAME, Rules, default_rules
from standards_wf.workflow.vocabulary import Action, Kind

LOCAL = default_rules(Kind.LOCAL_STANDARD)
METROLOGY = default_rules(Kind.METROLOGY_SPECIFICATION)
GROUP = default_rules(Kind.GROUP_STANDARD)
days = st.dates(date(2004, 1, 1), date(2090, 12, 31))


def test_a_consultation_of_thirty_days_opened_on_the_first_of_march_closes_on_the_31st_at_the_earliest() -> None:
    earliest = deadlines.earliest_closing(date(2026, 3, 1), LOCAL)
    assert (earliest.on, earliest.figure, earliest.first_day_counted) == (date(2026, 3, 31), 30, False)
    assert not earliest.has_passed(date(2026, 3, 31))
    assert earliest.has_passed(date(2026, 4, 1))


def test_a_consultation_lasts_a_day_whatever_the_rule_says() -> None:
    rules = replace(LOCAL, consultation_min_days=0)
    assert deadlines.earliest_closing(date(2026, 3, 1), rules).on == date(2026, 3, 2)


@pytest.mark.parametrize(
    ("found", "on"),
    [
        (deadlines.latest_completion(date(2026, 8, 31), LOCAL, is_revision=False), date(2028, 2, 29)),
        (deadlines.latest_completion(date(2026, 8, 31), LOCAL, is_revision=True), date(2027, 8, 31)),
        (deadlines.papers_to_send(date(2026, 3, 31), LOCAL), date(2026, 3, 1)),
        (deadlines.papers_to_send(date(2026, 3, 31), GROUP), date(2026, 3, 24)),
        (deadlines.public_notice_ends(date(2026, 2, 25), METROLOGY), date(2026, 3, 4)),
        (deadlines.abolition_notice_ends(date(2024, 2, 1), LOCAL), date(2024, 3, 2)),
        (deadlines.earliest_implementation(date(2026, 12, 15), METROLOGY), date(2027, 3, 15)),
        (deadlines.full_text(date(2026, 2, 20), LOCAL), date(2026, 3, 12)),
        (deadlines.filing(date(2026, 7, 1), LOCAL), date(2026, 8, 30)),
        (deadlines.periodic_review(date(2024, 2, 29), LOCAL), date(2027, 2, 28)),
        (deadlines.review_opinion(date(2024, 2, 29), LOCAL), date(2026, 8, 28)),
        (deadlines.periodic_review(date(2024, 2, 29), GROUP), date(2029, 2, 28)),
    ],
)
def test_each_deadline_falls_on_the_day_that_its_rule_gives(found: Deadline, on: date) -> None:
    assert found.on == on
    assert found.figure == getattr(LOCAL, found.rule) or found.figure in {
        getattr(rules, found.rule) for rules in (GROUP, METROLOGY)
    }


@pytest.mark.parametrize("rules", [GROUP, METROLOGY])
def test_what_a_kind_does_not_owe_has_no_deadline(rules: Rules) -> None:
    assert deadlines.filing(date(2026, 7, 1), rules) is None
    assert deadlines.full_text(date(2026, 7, 1), rules) is None
    assert (deadlines.public_notice_ends(date(2026, 7, 1), rules) is None) == (rules is GROUP)


def test_a_project_that_rested_thirty_days_is_due_thirty_days_later() -> None:
    rested = Suspension(date(2026, 3, 1), date(2026, 3, 31))
    due = deadlines.completion(date(2026, 12, 1), [rested], today=date(2026, 6, 1))
    assert (due.on, due.planned_on, due.suspended_days) == (date(2026, 12, 31), date(2026, 12, 1), 30)


def test_while_a_project_rests_its_last_day_moves_on_with_every_day() -> None:
    rests = [Suspension(date(2026, 3, 1))]
    assert deadlines.completion(date(2026, 3, 2), rests, today=date(2026, 3, 1)).on == date(2026, 3, 2)
    for day in (date(2026, 3, 2), date(2026, 4, 2), date(2027, 3, 2)):
        assert not deadlines.completion(date(2026, 3, 2), rests, today=day).is_overdue(day)


def test_days_of_rest_take_nothing_from_the_lateness_that_was_there_before() -> None:
    rests = [Suspension(date(2026, 3, 11))]
    for day in (date(2026, 3, 11), date(2026, 3, 20), date(2026, 9, 1)):
        assert deadlines.completion(date(2026, 3, 1), rests, today=day).days_late(day) == 10


def test_a_deadline_that_was_met_is_never_overdue_and_tells_how_late_it_was_met() -> None:
    due = deadlines.meeting(date(2026, 3, 10))
    assert due.is_overdue(date(2026, 3, 11))
    late = due.met(date(2026, 3, 12))
    assert not late.is_overdue(date(2026, 5, 1))
    assert late.days_late(date(2026, 5, 1)) == 2
    assert due.met(date(2026, 3, 10)).days_late(date(2026, 5, 1)) == 0


def test_an_extension_is_asked_for_before_the_moved_day_of_completion() -> None:
    rested = Suspension(date(2026, 3, 1), date(2026, 3, 31))
    due = deadlines.completion(date(2026, 12, 1), [rested], today=date(2026, 6, 1))
    assert deadlines.extension_asked_before(due, LOCAL) == date(2026, 12, 1)
    assert deadlines.extended(date(2026, 8, 31), 6) == date(2027, 2, 28)


def test_every_deadline_is_met_by_acts_that_somebody_can_do() -> None:
    acts = {row.action for table in PROCEDURES.values() for row in table.rows}
    assert set(MET_BY) == set(Due)
    assert all(act in acts for acts_of_one in MET_BY.values() for act in acts_of_one if isinstance(act, Action))


@given(opened=days, minimum=st.integers(1, 400))
def test_whatever_the_rule_the_earliest_closing_leaves_just_so_many_whole_days(opened: date, minimum: int) -> None:
    found = deadlines.earliest_closing(opened, replace(LOCAL, consultation_min_days=minimum))
    taken = [opened + timedelta(days=n) for n in range(1, minimum + 1)]
    assert found.on == taken[-1]
    assert not found.has_passed(taken[-1])


@given(meets=days)
def test_papers_sent_on_their_last_day_allow_the_meeting_and_a_day_later_they_do_not(meets: date) -> None:
    last = deadlines.papers_to_send(meets, LOCAL).on
    assert deadlines.earliest_meeting(last, LOCAL) == meets
    assert deadlines.earliest_meeting(last + timedelta(days=1), LOCAL) > meets


spans = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90)), max_size=5)


@given(completes=days, begins=days, gaps=spans, cut=st.integers(0, 90))
def test_rest_in_pieces_counts_like_rest_at_once(
    completes: date, begins: date, gaps: list[tuple[int, int]], cut: int
) -> None:
    suspensions, day, rested = [], begins, 0
    for pause, rest in gaps:
        start = day + timedelta(days=pause)
        day = start + timedelta(days=rest)
        suspensions.append(Suspension(start, day))
        rested += rest
    due = deadlines.completion(completes, suspensions, today=day)
    assert (due.suspended_days, due.on) == (rested, completes + timedelta(days=rested))
    split = [
        piece
        for each in suspensions
        for middle in [min(each.from_on + timedelta(days=cut), each.until or day)]
        for piece in (Suspension(each.from_on, middle), Suspension(middle, each.until))
    ]
    assert deadlines.completion(completes, split, today=day) == due


@given(today=days, cycle=st.integers(12, 60), before=st.integers(0, 11))
def test_a_database_asked_by_the_beginning_of_the_cycle_finds_just_the_opinions_that_are_due(
    today: date, cycle: int, before: int
) -> None:
    rules = replace(LOCAL, review_cycle_months=cycle, review_opinion_months_before=before)
    since = deadlines.latest_cycle_with_opinion_due(today, rules)
    assert deadlines.review_opinion(since, rules).on <= today
    assert deadlines.review_opinion(since + timedelta(days=1), rules).on > today


@given(begins=days)
def test_the_opinion_is_due_before_the_cycle_ends_and_both_count_in_months(begins: date) -> None:
    opinion, end = deadlines.review_opinion(begins, LOCAL), deadlines.periodic_review(begins, LOCAL)
    assert opinion.unit is end.unit is Unit.MONTHS
    assert add_months(begins, 36) == end.on
    assert opinion.on < end.on
    assert opinion.counted_from == end.on
    assert {opinion.rule, end.rule} <= set(RULE_BY_NAME)
