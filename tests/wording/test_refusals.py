"""Every "no" is a whole sentence in both languages, with the numbers that its guard really gives."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from enum import StrEnum
from fractions import Fraction

import pytest

from standards_wf.wording.language import Language, Term, use
from standards_wf.wording.refusals import SENTENCES, sentence
from standards_wf.workflow.deadlines import Suspension
from standards_wf.workflow.facts import VISITOR
from standards_wf.workflow.fields import MAX_TEXT, FieldProblem, FieldsNotUnderstood, read_fields
from standards_wf.workflow.guards.asking import GUARDS
from standards_wf.workflow.machine import PROJECT_MACHINE
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Action, Authorship, Event, Kind, ReviewMode, Role, Stage
from tests.workflow.cases import bare_facts
from tests.workflow.guard_cases import CASES

HAN = re.compile(r"[一-鿿]")
# Letters that stand in a Chinese sentence too: the names of file formats, numbers of documents, and what was typed.
LATIN = re.compile(r"[A-Za-z]+")
KNOWN_LATIN = {"Word", "PDF", "DB", "T"}


@pytest.fixture(autouse=True)
def _chinese_afterwards() -> Iterator[None]:
    yield
    use(Language.ZH)


def _of_fields() -> Iterator[Refusal]:
    typed: list[tuple[Action, dict[str, object]]] = [
        (Action.EXTEND_CONSULTATION, {"closes_on": "明天"}),
        (Action.EXTEND_PROJECT, {"months": "十二"}),
        (Action.OPEN_CONSULTATION, {"members_only": "也许"}),
        (Action.SUBMIT_FOR_REVIEW, {"review_mode": "电话"}),
        (Action.RECORD_FILING, {"filing_number": "长" * (MAX_TEXT + 1)}),
        (Action.PUBLISH, {"unheard_of": "1"}),
    ]
    for action, given in typed:
        with pytest.raises(FieldsNotUnderstood) as refused:
            read_fields(action, given)
        yield from refused.value.problems.values()
    yield Refusal(FieldProblem.REQUIRED)
    yield Refusal(FieldProblem.ALREADY_TAKEN, given="2025-001", holder="另一项目")
    yield Refusal(FieldProblem.ALREADY_TAKEN, given="2025-001")
    yield Refusal(FieldProblem.IN_THE_FUTURE, given=date(2025, 6, 2), today=date(2025, 6, 1))
    yield Refusal(FieldProblem.BEFORE_REVIEW, given=date(2025, 6, 1), opened_on=date(2025, 6, 2))
    yield Refusal(FieldProblem.NOT_AN_ADDRESS)
    yield Refusal(FieldProblem.BEFORE_PUBLICATION, given=date(2025, 6, 1), published_on=date(2025, 6, 2))
    yield Refusal(FieldProblem.NOT_TEXT)
    yield Refusal(FieldProblem.NOT_A_CHOICE, given="不存在")
    yield Refusal(FieldProblem.NOT_A_NUMBER, given=0)
    yield Refusal(FieldProblem.NOT_A_NUMBER, given="四分之三", maximum=1)
    yield Refusal(FieldProblem.NOT_A_NUMBER, given="很多", maximum=9999)


def _of_the_machine() -> Iterator[Refusal]:
    for kind in Kind:
        for stage in Stage:
            for action in Action:
                yield from PROJECT_MACHINE.decide(action, bare_facts(kind, stage), VISITOR).refusals
    yield Refusal(RefusalCode.ROLE_REQUIRED, roles=tuple(Role))
    resting = replace(
        bare_facts(Kind.GROUP_STANDARD, Stage.DRAFTING),
        suspensions=(Suspension(date(2025, 6, 1), reason="DB31/T 1—2020"),),
    )
    yield from PROJECT_MACHINE.decide(Action.OPEN_CONSULTATION, resting, VISITOR).refusals
    yield Refusal(RefusalCode.OWN_DRAFT, how=tuple(Authorship))
    yield Refusal(RefusalCode.PRINCIPALS_DRAFT, how=(Authorship.DRAFTERS_ROLE,))
    yield Refusal(RefusalCode.PARTNERS_NOT_IN_FAVOUR, names=("江苏省市场监督管理局", "安徽省市场监督管理局"))
    for event in Event:
        yield Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=event, stage=Stage.REVIEW)


def _of_the_guards() -> Iterator[Refusal]:
    for case in CASES:
        refusal = GUARDS[case.guard](case.facts_that_fail(), case.failing_actor)
        assert refusal is not None
        yield refusal


EVERY_REFUSAL = list(dict.fromkeys([*_of_the_guards(), *_of_fields(), *_of_the_machine()]))


def test_every_code_is_given_by_somebody_and_has_its_sentence() -> None:
    given: dict[type[StrEnum], set[StrEnum]] = {}
    for refusal in EVERY_REFUSAL:
        given.setdefault(type(refusal.code), set()).add(refusal.code)
    assert given == {RefusalCode: set(RefusalCode), FieldProblem: set(FieldProblem)}
    assert {enum: set(table) for enum, table in SENTENCES.items()} == given


@pytest.mark.parametrize("kind", [None, *Kind])
def test_every_refusal_is_a_whole_chinese_sentence(kind: Kind | None) -> None:
    for refusal in EVERY_REFUSAL:
        told = sentence(refusal, kind=kind)
        assert told.endswith("。"), told
        assert not re.search(r"[{}|_]|None|\(|\)|, ", told), told
        assert set(LATIN.findall(told)) <= KNOWN_LATIN, told
        assert HAN.search(told)


def test_every_refusal_is_a_whole_english_sentence() -> None:
    use(Language.EN)
    for refusal in EVERY_REFUSAL:
        told = sentence(refusal)
        assert told.endswith("."), told
        assert told[0].isupper() or told[0] in '"0123456789' or told.startswith("DB31"), told
        assert not re.search(r"[{}|_，。；]|None|  ", told), told
        typed = {"given", "names", "holder"} & set(refusal.params)
        assert typed or not HAN.search(told), told


@pytest.mark.parametrize("language", Language)
def test_every_number_of_a_refusal_is_told(language: Language) -> None:
    use(language)
    for refusal in EVERY_REFUSAL:
        told = sentence(refusal)
        for name, value in refusal.params.items():
            if name in {"today", "days", "at_least", "maximum", "errors"} or value is None:
                continue
            if isinstance(value, date):
                assert str(value.year) in told, (told, name)
            elif isinstance(value, int):
                assert str(value) in told, (told, name)


def test_a_count_of_one_has_its_noun_in_the_singular() -> None:
    use(Language.EN)
    one = Refusal(RefusalCode.BALLOT_PAPERS_MISSING, missing=1)
    two = Refusal(RefusalCode.BALLOT_PAPERS_MISSING, missing=2)
    assert sentence(one) == "1 ballot paper is not attached yet. Attach all of them."
    assert sentence(two) == "2 ballot papers are not attached yet. Attach all of them."


def test_a_short_consultation_is_told_with_the_earliest_closing_date() -> None:
    short = Refusal(
        RefusalCode.CONSULTATION_TOO_SHORT,
        closes_on=date(2025, 6, 21),
        days=20,
        needed=30,
        earliest=date(2025, 7, 1),
    )
    assert sentence(short) == "征求意见期为20日，少于规定的30日；最早可于2025年7月1日截止。"
    use(Language.EN)
    assert sentence(short) == (
        "The consultation would last 20 days; the rule asks for 30. The earliest closing date is 1 July 2025."
    )


def test_a_missed_vote_is_told_in_the_words_of_the_kind() -> None:
    missed = Refusal(RefusalCode.NOT_ENOUGH_IN_FAVOUR, votes_for=5, votes_cast=8, needed=Fraction(3, 4), at_least=6)
    assert sentence(missed, kind=Kind.LOCAL_STANDARD) == (
        "投票8票，同意5票，未达到规定的四分之三（至少6票）；请确认审查未通过。"
    )
    assert sentence(missed, kind=Kind.METROLOGY_SPECIFICATION).endswith("请确认审定未通过。")


def test_what_somebody_typed_is_repeated_and_never_read() -> None:
    typed = Refusal(FieldProblem.NOT_A_DATE, given="{0.__class__} 审查 %s")
    assert "“{0.__class__} 审查 %s”" in sentence(typed, kind=Kind.METROLOGY_SPECIFICATION)


def test_choices_are_told_by_their_names() -> None:
    choice = Refusal(FieldProblem.NOT_A_CHOICE, given="电话", choices=tuple(ReviewMode))
    assert sentence(choice) == "“电话”不在可选范围内；请选择：会审、函审。"


def test_another_part_brings_its_own_book_even_for_codes_spelt_alike() -> None:
    class Trouble(StrEnum):
        TOO_LONG = "too_long"

    book = SENTENCES | {Trouble: {Trouble.TOO_LONG: Term("排队{minutes}分钟。", "A queue of {minutes} minutes.")}}
    assert sentence(Refusal(Trouble.TOO_LONG, minutes=5), book=book) == "排队5分钟。"
    assert sentence(Refusal(FieldProblem.TOO_LONG, maximum=500), book=book).startswith("内容过长")
    with pytest.raises(KeyError):
        sentence(Refusal(Trouble.TOO_LONG, minutes=5))
