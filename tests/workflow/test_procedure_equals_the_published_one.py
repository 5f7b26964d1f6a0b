"""The procedure in the code is the published one, row for row; the files were transcribed apart from the code."""

import re
from fractions import Fraction

import pytest

from standards_wf.wording import labels
from standards_wf.workflow.guards.asking import GUARDS
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.rules import RULES
from standards_wf.workflow.stages import STAGES, stages_of
from standards_wf.workflow.vocabulary import Kind, Stage
from tests.workflow.cases import PublishedRow, published_rows, read_csv

each_kind = pytest.mark.parametrize("kind", Kind)

# Under which name the code keeps a parameter that guards.csv names for a guard.
_RULE_OF = {
    ("appraisal_passed", "min_experts"): "appraisal_min_experts",
    ("plan_entry_complete", "plan_months new"): "plan_months_new",
    ("plan_entry_complete", "plan_months revision"): "plan_months_revision",
    ("extension_allowed", "ask_before_days"): "extension_ask_before_days",
    ("extension_allowed", "max_months"): "extension_max_months",
    ("consultation_long_enough", "min_days"): "consultation_min_days",
    ("papers_sent_in_time", "notice_days"): "papers_notice_days",
    ("reviewers_are_enough", "min_voters"): "review_min_voters",
    ("reviewers_are_enough", "max_drafter_unit_share"): "review_max_drafter_unit_share",
    ("quorum_met", "quorum"): "quorum",
    ("approved_by_vote", "approve"): "approve",
    ("notice_days_passed", "notice_days"): "public_notice_days",
    ("publication_dates_in_order", "gap_days"): "publication_gap_days",
    ("filing_recorded", "filing_days"): "filing_days",
    ("review_opinion_recorded", "cycle_months"): "review_cycle_months",
    ("review_opinion_recorded", "opinion_months_before"): "review_opinion_months_before",
    ("abolition_notice_days_passed", "notice_days"): "abolition_notice_days",
}
# Asked for by no guard that is published with it: publishing here makes the full text public at once.
_BEYOND_THE_TABLE = {"full_text_days": "full_text_attached"}
_NO_PARAMETERS = {"-", "as above"}


@each_kind
def test_the_rows_are_the_published_rows_in_their_order(kind: Kind) -> None:
    assert [
        PublishedRow(
            row.source,
            row.action,
            row.target,
            row.roles,
            tuple(guard.__name__ for guard in row.guards),
            row.needs_note,
            row.basis,
        )
        for row in PROCEDURES[kind].rows
    ] == published_rows(kind)


def test_the_stages_are_the_published_stages() -> None:
    published = read_csv("stages")
    assert [row["stage"] for row in published] == [*STAGES]
    for row in published:
        stage = STAGES[Stage(row["stage"])]
        assert (stage.phase, stage.code, stage.final) == (row["phase"], row["code"], row["final"] == "y")
        assert stage.kinds == {kind for kind in Kind if row[kind] == "y"}


def test_the_stages_carry_the_published_words() -> None:
    for row in read_csv("stages"):
        term = labels.stage(Stage(row["stage"]))
        zh = row["zh"].removesuffix("（计量技术规范称审定）")
        assert (term.zh, labels.mid_sentence(term).en) == (zh, row["en"])


def test_metrology_calls_the_technical_review_by_its_own_name() -> None:
    assert labels.stage(Stage.REVIEW, Kind.METROLOGY_SPECIFICATION).zh == "审定"
    assert labels.stage(Stage.REVIEW, Kind.LOCAL_STANDARD).zh == "技术审查"


@each_kind
def test_a_kind_passes_through_its_published_stages(kind: Kind) -> None:
    published = [row["stage"] for row in read_csv("stages") if row[kind] == "y"]
    assert [row.stage for row in stages_of(kind)] == published
    used = {stage for row in PROCEDURES[kind].rows for stage in (row.source, row.target)}
    assert used == set(published)


def test_the_guards_are_the_published_guards() -> None:
    assert set(GUARDS) == {row["guard"] for row in read_csv("guards")}


def _value(text: str) -> int | Fraction | None:
    if text == "-":
        return None
    return Fraction(text) if "/" in text else int(text)


def _published_parameters() -> dict[str, dict[Kind, int | Fraction | None]]:
    """The defaults of guards.csv by the name of the rule; one value alone counts for every kind."""
    found: dict[str, dict[Kind, int | Fraction | None]] = {}
    for row in read_csv("guards"):
        cell = row["parameters (defaults per kind: local / group / metrology)"]
        for parameter in cell.split(";") if cell not in _NO_PARAMETERS else ():
            name, _, told = parameter.strip().partition(" ")
            by_kind = told.split(" / ")
            values = by_kind * len(Kind) if len(by_kind) == 1 else by_kind
            if any("new" in value for value in values):
                for which in ("new", "revision"):
                    found[_RULE_OF[row["guard"], f"{name} {which}"]] = {
                        kind: int(match[1]) if (match := re.search(rf"(\d+) {which}", value)) else int(value)
                        for kind, value in zip(Kind, values, strict=True)
                    }
            else:
                found[_RULE_OF[row["guard"], name]] = dict(zip(Kind, map(_value, values), strict=True))
    return found


def test_the_rules_have_the_published_defaults() -> None:
    published = {row.name: dict(row.defaults) for row in RULES if row.name not in _BEYOND_THE_TABLE}
    assert published == _published_parameters()


def test_each_rule_names_the_guard_that_asks_for_it() -> None:
    published = {name: guard for (guard, _), name in _RULE_OF.items()}
    assert {row.name: row.guard for row in RULES} == published | _BEYOND_THE_TABLE


def test_a_share_is_exact_and_a_count_is_whole() -> None:
    for row in RULES:
        expected = Fraction if row.is_fraction else int
        assert all(type(value) is expected for value in row.defaults.values() if value is not None), row.name


def test_every_rule_tells_its_basis_for_each_kind_that_has_it() -> None:
    for row in RULES:
        for kind in Kind:
            words, _confirmed = row.basis[kind]
            assert (words == "-") == (row.defaults[kind] is None), (row.name, kind)
