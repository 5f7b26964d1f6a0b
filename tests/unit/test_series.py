import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards_wf.wording.numbers import series_words
from standards_wf.workflow.numbers import NotANumber, read_number
from standards_wf.workflow.official_numbers import official_number
from standards_wf.workflow.plan_numbers import (
    PatternProblem,
    default_pattern,
    next_plan_number,
    plan_number,
    problem_of_pattern,
)
from standards_wf.workflow.series import (
    NoSeriesReason,
    NoSuchSeries,
    SeriesAnswer,
    SeriesFacts,
    SeriesReason,
    fixed_series,
    may_bear,
    number_in_series,
    series_for,
    series_of_group,
    series_of_number,
    with_padding,
)
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory

LOCAL, GROUP, METROLOGY = Kind.LOCAL_STANDARD, Kind.GROUP_STANDARD, Kind.METROLOGY_SPECIFICATION
CALIBRATION = MetrologyCategory.CALIBRATION_SPECIFICATION
REGULATION = MetrologyCategory.VERIFICATION_REGULATION


def answer(kind: Kind, **facts: object) -> SeriesAnswer:
    for name in ("revision_of", "part_of"):
        if name in facts:
            facts[name] = read_number(str(facts[name]))
    return series_for(SeriesFacts(kind=kind, **facts))  # type: ignore[arg-type]  # each test names its own facts


@pytest.mark.parametrize(
    ("kind", "facts", "code", "prefix", "reason"),
    [
        (LOCAL, {}, "DB31/T", "DB31/T", SeriesReason.RECOMMENDED),
        (LOCAL, {"mandatory": True}, "DB31", "DB31", SeriesReason.MANDATORY),
        (LOCAL, {"joint": True}, "DB31 310", "DB31/T", SeriesReason.JOINT_STANDARD),
        (LOCAL, {"joint": True, "mandatory": True}, "DB31 310", "DB31", SeriesReason.JOINT_STANDARD),
        (LOCAL, {"revision_of": "DB31 387-2018"}, "DB31", "DB31", SeriesReason.REVISION),
        (LOCAL, {"revision_of": "DB31/T 310012—2021"}, "DB31 310", "DB31/T", SeriesReason.REVISION),
        (LOCAL, {"revision_of": "DB31/T 12—2010", "mandatory": True}, "DB31", "DB31", SeriesReason.MANDATORY),
        (LOCAL, {"revision_of": "GB/T 12—2010"}, "DB31/T", "DB31/T", SeriesReason.RECOMMENDED),
        (LOCAL, {"revision_of": "DB33/T 12—2010"}, "DB31/T", "DB31/T", SeriesReason.RECOMMENDED),
        (LOCAL, {"revision_of": "JJF(沪) 12—2010"}, "DB31/T", "DB31/T", SeriesReason.RECOMMENDED),
        (LOCAL, {"part_of": "DB31/T 12.1—2010"}, "DB31/T", "DB31/T", SeriesReason.PART),
        (LOCAL, {"part_of": "T/ABC 12"}, "DB31/T", "DB31/T", SeriesReason.RECOMMENDED),
        (GROUP, {"group_code": "ssits"}, "T/SSITS", "T/SSITS", SeriesReason.GROUP),
        (GROUP, {"group_code": "A2", "revision_of": "T/A2 1—2020"}, "T/A2", "T/A2", SeriesReason.REVISION),
        (GROUP, {"group_code": "A2", "revision_of": "T/B2 1—2020"}, "T/A2", "T/A2", SeriesReason.GROUP),
        (METROLOGY, {"category": CALIBRATION}, "JJF(沪)", "JJF(沪)", SeriesReason.OTHER_METROLOGY),
        (METROLOGY, {"category": REGULATION}, "JJG(沪)", "JJG(沪)", SeriesReason.REGULATION),
        (METROLOGY, {"category": CALIBRATION, "joint": True}, "JJF(沪苏浙皖)", "JJF(沪苏浙皖)", SeriesReason.JOINT_METROLOGY),
        (METROLOGY, {"category": REGULATION, "revision_of": "JJF(沪) 3—2020"}, "JJG(沪)", "JJG(沪)", SeriesReason.REGULATION),
    ],
)  # fmt: skip
def test_each_document_takes_the_series_of_its_facts_and_is_told_why(
    kind: Kind, facts: dict[str, object], code: str, prefix: str, reason: SeriesReason
) -> None:
    found = answer(kind, **facts)
    assert (found.series.code, found.series.prefix, found.reason) == (code, prefix, reason)
    assert (found.keeps is not None) == (reason in {SeriesReason.REVISION, SeriesReason.PART})


@pytest.mark.parametrize(
    ("kind", "facts", "reason"),
    [
        (METROLOGY, {"category": MetrologyCategory.VERIFICATION_SCHEME}, NoSeriesReason.NATIONAL_ONLY),
        (METROLOGY, {}, NoSeriesReason.WITHOUT_CATEGORY),
        *((GROUP, {"group_code": code}, NoSeriesReason.GROUP_WITHOUT_CODE) for code in (None, "", "X", "123", "A B", "A/B")),
    ],
)  # fmt: skip
def test_what_has_no_series_is_told_why(kind: Kind, facts: dict[str, object], reason: NoSeriesReason) -> None:
    with pytest.raises(NoSuchSeries) as none:
        answer(kind, **facts)
    assert none.value.reason is reason


@pytest.mark.parametrize(
    "category", sorted(set(MetrologyCategory) - {REGULATION, MetrologyCategory.VERIFICATION_SCHEME})
)
def test_only_a_verification_regulation_bears_jjg(category: MetrologyCategory) -> None:
    assert answer(METROLOGY, category=category).series.prefix == "JJF(沪)"


def test_a_number_leads_back_to_its_series_and_a_foreign_one_to_none() -> None:
    for series in (*fixed_series(), series_of_group("ABC")):
        number = number_in_series(series, series.first, 2026)
        back = series_of_number(number)
        assert back is not None
        assert (back.code, back.prefix) == (series.code, series.prefix)
        assert series.counts(number)
    for foreign in ("DB33/T 12—2020", "DB32/T 310012—2021", "GB 1—2020", "JJF 1059.1—2012", "JJG(冀) 1—2015"):
        assert series_of_number(read_number(foreign)) is None


def test_each_fixed_series_says_what_it_numbers() -> None:
    words = [series_words(series) for series in fixed_series()]
    assert len({term.zh for term in words}) == len({term.en for term in words}) == len(fixed_series())
    assert series_words(series_of_group("ABC")).zh == "团体标准"


def test_a_number_is_borne_by_whose_series_it_is() -> None:
    part = answer(LOCAL, part_of="DB31/T 12")
    assert may_bear(part, read_number("DB31/T 12.3—2026"))
    assert not may_bear(part, read_number("DB31/T 13.1—2026"))
    assert not may_bear(part, read_number("DB31/T 12—2026"))
    joint = answer(LOCAL, joint=True)
    assert may_bear(joint, read_number("DB31/T 310012—2026"))
    assert not may_bear(joint, read_number("DB31 310012—2026"))
    assert not may_bear(joint, read_number("DB31/T 12—2026"))


def test_a_serial_outside_the_form_of_its_series_is_refused() -> None:
    local = answer(LOCAL).series
    with pytest.raises(NotANumber):
        number_in_series(local, 10_000, 2026)
    with pytest.raises(NotANumber):
        number_in_series(local, 1, 1025)


@given(serial=st.integers(1, 9999), padding=st.integers(1, 6))
def test_padding_prints_the_same_number_and_local_standards_have_none(serial: int, padding: int) -> None:
    for series in (answer(METROLOGY, category=CALIBRATION).series, answer(LOCAL).series):
        number = number_in_series(series, serial, 2026, padding=padding)
        assert number.key == number_in_series(series, serial, 2026).key
        assert len(number.serial) == max(len(str(serial)), padding if series.may_pad else 1)
        assert with_padding(series, number_in_series(series, serial, 2026), padding) == number


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("沪市监标技[2025] 12 号", "沪市监标技〔2025〕12号"),
        ("沪市监计量（２０２５）第０12号", "沪市监计量〔2025〕12号"),
        ("沪府办发【2025年】16", "沪府办发〔2025〕16号"),
        ("2025 年 第 1 号", "2025年第1号"),
        ("公告 2025/3", "公告 2025/3"),
        ("", ""),
    ],
)
def test_the_number_of_an_official_paper_has_its_brackets(typed: str, right: str) -> None:
    assert official_number(typed) == right
    assert official_number(right) == right


@given(st.text(max_size=60))
def test_the_right_form_of_an_official_number_stays(text: str) -> None:
    once = official_number(text)
    assert official_number(once) == once


@pytest.mark.parametrize("typed", ["db31－2026 — 007", "DB31-2026-007", " DB31 –2026-007 ", "ＤＢ３１-2026--007"])
def test_a_plan_number_has_one_spelling(typed: str) -> None:
    assert plan_number(typed) == "DB31-2026-007"


@pytest.mark.parametrize("kind", list(Kind))
def test_the_next_plan_number_follows_the_last_of_its_year(kind: Kind) -> None:
    pattern = default_pattern(kind)
    first = next_plan_number(pattern, year=2026, group="ABC", taken=["沪标-1"])
    assert plan_number(first) == first
    second = next_plan_number(pattern, year=2026, group="ABC", taken=[first, "2025-009"])
    assert (first[-3:], second[-3:]) == ("001", "002")
    assert next_plan_number(pattern, year=2027, group="ABC", taken=[first, second]).endswith("2027-001")
    beyond = first.removesuffix("001") + "1204"
    assert next_plan_number(pattern, year=2026, group="ABC", taken=[first, beyond]).endswith("1205")


@pytest.mark.parametrize(
    ("pattern", "problem"),
    [
        ("沪标 {year}-{serial:3}", None),
        ("{year}{serial}", None),
        ("DB31-{serial:3}", PatternProblem.WITHOUT_YEAR),
        ("DB31-{year}", PatternProblem.WITHOUT_SERIAL),
        ("DB31-{year}-{serial}-{serial}", PatternProblem.NOT_UNDERSTOOD),
        ("DB31-{year}-{serial:9}", PatternProblem.NOT_UNDERSTOOD),
        ("DB31-{year}-{serial}-{x}", PatternProblem.NOT_UNDERSTOOD),
        ("db31－{year}-{serial}", PatternProblem.NOT_UNDERSTOOD),
        ("X" * 50 + "{year}{serial}", PatternProblem.TOO_LONG),
    ],
)
def test_a_pattern_says_where_year_and_serial_stand(pattern: str, problem: PatternProblem | None) -> None:
    assert problem_of_pattern(pattern) is problem
