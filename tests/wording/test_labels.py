"""Every code of the procedure has its word in both languages."""

import re
from collections.abc import Callable
from dataclasses import fields
from enum import StrEnum
from inspect import getmembers, isclass

import pytest

from standards_wf.wording import labels
from standards_wf.wording.language import Language, Term, use
from standards_wf.workflow import vocabulary
from standards_wf.workflow.facts import Application, PeriodicReviewFacts, PublicationFacts
from standards_wf.workflow.fields import FIELDS, ActFields
from standards_wf.workflow.notes import NoteHeading, headings_of
from standards_wf.workflow.rules import RULES
from standards_wf.workflow.vocabulary import Action, Event, Kind, Paper, Role, Stage

HAN = re.compile(r"[一-鿿]")
FAMILIES: list[type[StrEnum]] = [
    *(family for _, family in getmembers(vocabulary, isclass) if issubclass(family, StrEnum) and family is not StrEnum),
    NoteHeading,
]


def assert_said_in_both_languages(term: Term) -> None:
    assert HAN.search(term.zh), term
    assert term.zh == term.zh.strip()
    assert not re.search(r"[A-Za-z]", term.zh), term
    assert term.en, term
    assert term.en == term.en.strip()
    assert not HAN.search(term.en), term


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_every_code_of_the_vocabulary_is_said_in_both_languages(family: type[StrEnum]) -> None:
    for code in family:
        for kind in (None, *Kind):
            assert_said_in_both_languages(labels.label(code, kind))


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_two_codes_of_a_family_are_never_said_alike(family: type[StrEnum]) -> None:
    terms = [labels.label(code) for code in family]
    assert len({term.zh for term in terms}) == len(terms)
    assert len({term.en for term in terms}) == len(terms)


@pytest.mark.parametrize("code", [*Action, *Event], ids=str)
def test_what_was_done_is_said_in_the_past(code: Action | Event) -> None:
    term = labels.done(code)
    assert_said_in_both_languages(term)
    assert term.en[0].islower()
    past = r"\w+ed|withdrew|brought|kept|sent|set|wrote|cast|received|disposed"
    assert re.match(rf"({past})\b", term.en), term


def test_a_button_gives_an_order_and_begins_with_a_capital() -> None:
    for code in Action:
        words = labels.action(code).en.split()
        assert words[0][0].isupper()
        assert labels.done(code).en.split()[0] != words[0].lower()


@pytest.mark.parametrize("speak", [labels.done, labels.action], ids=lambda speak: speak.__name__)
def test_metrology_never_says_the_words_of_standards_for_its_review(
    speak: Callable[[Action, Kind | None], Term],
) -> None:
    for code in Action:
        assert "审查" not in speak(code, Kind.METROLOGY_SPECIFICATION).zh
        assert "审定" not in speak(code, Kind.LOCAL_STANDARD).zh


def test_metrology_has_its_own_names_for_its_papers() -> None:
    metrology = Kind.METROLOGY_SPECIFICATION
    assert labels.paper(Paper.EXPLANATORY_NOTE, metrology).zh == "编写说明"
    assert labels.paper(Paper.REVIEW_MINUTES, metrology).zh == "审定意见书"
    assert labels.paper(Paper.REVIEW_COMMENT_TABLE, metrology).zh == "审定意见汇总处理表"
    assert labels.paper(Paper.EXPLANATORY_NOTE, Kind.GROUP_STANDARD).zh == "编制说明"


def test_every_field_of_every_form_has_its_name() -> None:
    asked = {row.name for rows in FIELDS.values() for row in rows}
    told = {field.name for record in (ActFields, Application) for field in fields(record)}
    dates = {"number", "approved_on", "published_on", "effective_on", "gap_reason"}
    assert dates <= {field.name for field in fields(PublicationFacts)}
    opinion = {field.name for field in fields(PeriodicReviewFacts)}
    for name in asked | told | dates | opinion | {"applicant", "note"}:
        assert_said_in_both_languages(labels.field(name))


def test_every_rule_and_its_unit_has_its_name() -> None:
    for row in RULES:
        assert_said_in_both_languages(labels.rule(row.name))
        assert_said_in_both_languages(labels.unit(row.unit))


def test_the_basis_of_a_rule_is_told_in_the_language_of_the_reader() -> None:
    for row in RULES:
        for words, _confirmed in row.basis.values():
            term = labels.basis(words)
            assert " / " not in term.zh + term.en
    assert labels.basis("缺省值 / default") == Term("缺省值", "default")
    assert labels.basis("-") == Term("-", "-")


def test_a_term_speaks_the_language_of_the_moment() -> None:
    use(Language.EN)
    assert f"{labels.role(Role.AUTHORITY)}" == "Municipal authority"
    use(Language.ZH)
    assert f"{labels.stage(Stage.IN_FORCE)}" == "现行"


def test_inside_a_sentence_only_abbreviations_and_names_keep_their_capitals() -> None:
    assert labels.mid_sentence(Term("范围", "Scope")).en == "scope"
    assert labels.mid_sentence(Term("标准", "ISO standard")).en == "ISO standard"
    assert labels.mid_sentence(labels.field("title_zh")).en == "Chinese title"


def test_a_standard_is_explained_under_ten_headings_and_a_specification_under_five() -> None:
    assert len(headings_of(Kind.LOCAL_STANDARD)) == 10
    assert headings_of(Kind.GROUP_STANDARD) == headings_of(Kind.LOCAL_STANDARD, is_revision=True)
    metrology = headings_of(Kind.METROLOGY_SPECIFICATION)
    assert len(metrology) == 5
    assert headings_of(Kind.METROLOGY_SPECIFICATION, is_revision=True) == (*metrology, NoteHeading.CHANGES)
    assert labels.heading(metrology[0]).zh == "任务来源"
