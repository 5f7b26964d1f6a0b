import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards_wf.search.query import LONGEST_QUERY, MOST_TERMS, Query, TermKind, parse_query


def told(query: Query) -> list[tuple[str, str]]:
    return [(term.kind.value, term.key or term.text) for term in query.wanted]


@pytest.mark.parametrize(
    "spelling",
    [
        "DB31T1234",
        "db31/t 1234",
        "DB31/T 1234",
        "ｄｂ３１／ｔ１２３４",
        "DB31-T-1234",
        '"DB31/T 1234"',
        "  db31／T\t1234 ",
    ],
)
def test_a_number_is_recognised_in_every_spelling(spelling: str) -> None:
    assert told(parse_query(spelling)) == [("number", "DB31/T1234")]


@pytest.mark.parametrize("spelling", ["DB31/T 1234—2025", "db31t1234-2025", "DB31/T 1234 – 2025", "DB31/T1234——2025"])
def test_a_dated_number_is_recognised_with_its_year(spelling: str) -> None:
    assert told(parse_query(spelling)) == [("number", "DB31/T1234-2025")]


@pytest.mark.parametrize(
    ("spelling", "series"),
    [("DB31/T", "DB31/T"), ("db31t", "DB31/T"), ("T/SSITS", "T/SSITS"), ("jjf（沪）", "JJF(沪)"), ("GB/T", "GB/T")],
)
def test_the_prefix_of_a_series_is_recognised(spelling: str, series: str) -> None:
    assert told(parse_query(spelling)) == [("number", series)]


def test_numbers_words_and_phrases_stand_together() -> None:
    query = parse_query("充电桩 DB31/T 1234—2025 “使用中 校准” calibration")
    assert told(query) == [
        ("word", "充电桩"), ("number", "DB31/T1234-2025"), ("phrase", "使用中 校准"), ("word", "calibration"),
    ]  # fmt: skip


def test_what_stands_behind_a_minus_is_unwanted() -> None:
    query = parse_query('校准 -充电桩 -"使用中" -DB31/T 12')
    assert [term.text for term in query.wanted] == ["校准"]
    assert [(term.kind, term.key or term.text) for term in query.unwanted] == [
        (TermKind.WORD, "充电桩"), (TermKind.PHRASE, "使用中"), (TermKind.NUMBER, "DB31/T12"),
    ]  # fmt: skip


def test_what_the_dictionary_does_not_know_stays_together() -> None:
    assert told(parse_query("锟斤拷")) == [("word", "锟斤拷")]


def test_little_words_are_passed_over_in_company_and_looked_for_alone() -> None:
    assert told(parse_query("the calibration of 充电桩")) == [("word", "calibration"), ("word", "充电桩")]
    assert told(parse_query("的")) == [("word", "的")]


@given(st.text(alphabet="碳达峰中和标准计量的使用在校充电桩年规范绿色", min_size=1, max_size=40))
def test_each_word_of_a_run_is_a_stretch_of_it(run: str) -> None:
    assert all(term.text in run for term in parse_query(run).wanted)
    assert parse_query(run).wanted


NASTY = [
    "", " ", "\x00", "a" * 10_000, "碳" * 10_000, "碳达峰 " * 3_000, "-", "--", "- -", '"', '""', '"-"', "“", "《》", "AND", "OR NOT",
    "*", "?", "(((((", "[^", "\\", "%", "';--", "<script>", "🚗⚡", '"🚗"', "\ud800", "\u202e充电", "ﬀİß", "-🚗", "~", "title:",
    "a:b:c", "{{7*7}}", "../../etc/passwd", "ı" * 500, "1" * 400, "GB" * 200, "-" * 400, "T/" * 300, '"' * 301,
]  # fmt: skip


@pytest.mark.parametrize("typed", NASTY)
def test_whatever_is_typed_is_read_and_stays_small(typed: str) -> None:
    began = time.perf_counter()
    query = parse_query(typed)
    assert time.perf_counter() - began < 1
    assert len(query.text) <= LONGEST_QUERY
    assert len(query.wanted) <= MOST_TERMS
    assert len(query.unwanted) <= MOST_TERMS


@given(st.text(max_size=400), st.integers(), st.integers())
def test_any_text_and_any_page_can_be_asked_for(typed: str, page: int, per_page: int) -> None:
    query = parse_query(typed, page=page, per_page=per_page)
    assert query.page >= 1
    assert 1 <= query.per_page <= 100
