"""Two simulated years: what the clock and the people do is judged by rules that are written down a second time."""

from collections.abc import Iterator
from datetime import date

import pytest

from standards_wf.bench import Size, run
from standards_wf.bench.decade import BEGINS_ON, Decade, Plan, fates, lived
from standards_wf.bench.decade_oracle import Judgement, judge, months_later
from standards_wf.workflow.vocabulary import Kind

SMALL = Plan(years=2, cases=9, cycle_months=18, worker_off=((270, 40),), worker_every=3)
"""The cycle of the periodic review is shortened, so that there is one; the worker comes every third day."""


@pytest.fixture(scope="module")
def decade() -> Iterator[Decade]:
    with lived(SMALL) as decade:
        yield decade


@pytest.fixture(scope="module")
def judgement(decade: Decade) -> Judgement:
    return judge(decade.workplace, SMALL.last_day, is_off=SMALL.is_off, cycle_months=SMALL.cycle_months)


def test_everything_went_as_the_rules_say(judgement: Judgement) -> None:
    assert judgement.faults == []


@pytest.mark.parametrize(
    "what",
    [
        "consultation closed",
        "consultation closed, caught up late",
        "consultation prolonged",
        "came into force",
        "deadline completion",
        "deadline filing, missed",
        "review started in time",
        "superseded with its successor",
        "record is whole",
        "history replays",
        "numbers without gaps",
        "not stuck",
    ],
)
def test_the_years_were_long_enough_to_show_it(judgement: Judgement, what: str) -> None:
    assert judgement.counts[what] > 0


def test_a_clock_that_comes_late_is_seen(decade: Decade) -> None:
    """Told that the worker was there every day, the judge finds every act that was done late."""
    found = judge(decade.workplace, SMALL.last_day, is_off=lambda _: False, cycle_months=SMALL.cycle_months)
    assert any(fault.startswith("consultation closed") for fault in found.faults)


def test_deadlines_that_follow_another_rule_are_seen(decade: Decade) -> None:
    found = judge(decade.workplace, SMALL.last_day, is_off=SMALL.is_off, cycle_months=17)
    assert {fault.partition(":")[0] for fault in found.faults} >= {
        "deadline periodic_review",
        "deadline review_opinion",
    }


def test_the_benchmark_says_what_was_judged_and_that_nothing_was_found() -> None:
    shortest = Plan(years=1, cases=1, worker_off=(), worker_every=60)
    first, *counted = run(["decade"], size=Size(decade=shortest))
    assert (first.name, first.value, first.met) == ("decade", "0", True)
    assert first.cells[-2:] == ("0", "达到")
    assert {"record is whole", "history replays"} <= {row.what for row in counted}


def test_in_ten_years_everything_befalls_some_case() -> None:
    plan = Plan()
    told = list(fates(plan))
    assert len(told) == plan.cases
    assert {kind for _, kind, _, _ in told} == set(Kind)
    assert len({fate.end for *_, fate in told}) == 6
    assert len({fate.conclusions for *_, fate in told}) == 5
    for name in ("returned", "fails_review", "files_late", "is_kept"):
        assert {getattr(fate, name) for *_, fate in told} == {True, False}
    for name in ("suspended_days", "extension_months", "prolonged_days"):
        assert len({getattr(fate, name) for *_, fate in told}) > 1
    assert all(BEGINS_ON <= day < plan.last_day for day, *_ in told)


def test_months_are_counted_as_the_calendar_has_them() -> None:
    assert months_later(date(2024, 2, 29), 36) == date(2027, 2, 28)
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 8, 31), -6) == date(2026, 2, 28)
    assert months_later(date(2026, 3, 15), -6) == date(2025, 9, 15)
