"""The sentences of the services' own refusals."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from string import Formatter

import pytest

from standards_wf.services import entrance_problems
from standards_wf.services.problems import EXCLUSIONS, PROBLEMS, SENTENCES, Exclusion, ReviewProblem
from standards_wf.wording.language import Language, Term, use
from standards_wf.wording.refusals import sentence
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Position

FAMILIES = {**PROBLEMS, **entrance_problems.SENTENCES}
CODES = [code for family in FAMILIES for code in family]


@pytest.fixture(autouse=True)
def _chinese_again() -> Iterator[None]:
    yield
    use(Language.ZH)


@pytest.mark.parametrize("code", CODES, ids=str)
def test_every_code_has_a_sentence_in_both_languages_that_asks_for_the_same_numbers(code: StrEnum) -> None:
    told = FAMILIES[type(code)][code]
    terms = [told] if isinstance(told, Term) else [told({"exclusion": exclusion}) for exclusion in Exclusion]
    for term in terms:
        names = [{name for _, name, _, _ in Formatter().parse(text) if name} for text in (term.zh, term.en)]
        assert names[0] == names[1]
        assert term.zh.endswith("。")
        assert term.en.endswith(".")


def test_a_sentence_carries_the_numbers_that_make_it_true() -> None:
    still_runs = Refusal(ReviewProblem.BALLOT_STILL_RUNS, cast=3, entitled=9, closes_on=date(2025, 6, 12))
    assert sentence(still_runs, book=SENTENCES).startswith("有表决权的9人中已有3人投票；")
    use(Language.EN)
    assert sentence(still_runs, book=SENTENCES) == (
        "3 of 9 entitled to vote have voted. Wait for the others, or close the ballot after 12 June 2025."
    )
    already = Refusal(ReviewProblem.ALREADY_VOTED, position=Position.AGAINST)
    assert sentence(already, book=SENTENCES) == "You have already voted (against). A vote is cast once and stands."


def test_who_has_no_vote_reads_the_reason_that_the_list_gives() -> None:
    for exclusion in Exclusion:
        refusal = Refusal(ReviewProblem.NO_VOTE, exclusion=exclusion.value)
        assert EXCLUSIONS[exclusion].zh in sentence(refusal, book=SENTENCES)
