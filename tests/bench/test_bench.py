"""The benchmarks run, on little data, and say what they found."""

import pytest

from standards_wf.bench import Row, Size, heading, run
from standards_wf.bench.measuring import percentile, side_by_side
from standards_wf.errors import Invalid
from standards_wf.wording.language import Language, current, use

TINY = Size(pairs=2, documents_on_page=3, documents_indexed=5, rounds=1, texts=1)


def test_every_benchmark_gives_figures_that_can_be() -> None:
    told: list[str] = []
    rows = run((), told.append, TINY)
    assert len(told) == 4
    assert [row.name for row in rows] == ["act"] * 3 + ["pages"] * 2 + ["search"] * 6 + ["texts"] * 6
    for row in rows:
        assert row.what
        assert row.value or row.ratio
        assert row.ratio is None or 0 < row.ratio < 10_000
        assert (row.met is None) == (row.goal is None)


def test_the_pages_that_are_measured_leave_the_language_of_the_terminal_alone() -> None:
    before = current()
    use(Language.EN)
    try:
        rows = run(["pages"], size=TINY)
    finally:
        use(before)
    assert [row.what.isascii() for row in rows] == [True, True]
    assert current() is before


def test_one_benchmark_is_run_by_its_name_and_an_unknown_one_is_named() -> None:
    assert {row.name for row in run(["act", "act"], size=TINY)} == {"act"}
    with pytest.raises(Invalid) as told:
        run(["speed"], size=TINY)
    assert told.value.fields["name"].params["choices"] == ("act", "pages", "search", "texts", "decade")


def test_a_ratio_above_its_goal_is_not_met() -> None:
    rows = tuple(Row(name="act", what="x", value="", ratio=ratio, goal=3) for ratio in (2.9, 3.0, 3.1))
    assert [row.met for row in rows] == [True, True, False]
    assert [row.cells[-1] for row in rows] == ["达到", "达到", "未达到"]
    assert {len(row.cells) for row in rows} == {len(heading())}


def test_two_ways_are_done_in_turn_and_the_first_rounds_do_not_count() -> None:
    done: list[str] = []
    pair = side_by_side(lambda: lambda: done.append("ours"), lambda: lambda: done.append("plain"), pairs=3)
    assert done == ["ours", "plain"] * (len(done) // 2)
    assert len(done) > 2 * 3
    assert pair.ratio > 0


def test_a_percentile_lies_among_the_times() -> None:
    assert percentile([1.0], 95) == 1.0
    assert percentile([float(second) for second in range(1, 102)], 50) == 51.0
