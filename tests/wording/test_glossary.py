"""The glossary and the words of the interface agree, code by code."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from standards_wf.wording import labels
from standards_wf.workflow.notes import NoteHeading
from standards_wf.workflow.vocabulary import (
    AmendmentKind,
    CitationOutcome,
    CommentType,
    Conclusion,
    Disposition,
    DraftStage,
    EarlyReason,
    FastTrackReason,
    Kind,
    MetrologyCategory,
    Paper,
    PartnerDecision,
    Phase,
    Position,
    Province,
    ReviewMode,
    ReviewOutcome,
    Role,
    Stage,
)

GLOSSARY = Path(__file__).resolve().parents[2] / "docs" / "glossary.md"
SECTIONS: dict[str, type[StrEnum]] = {
    "Kinds of document": Kind,
    "Categories of metrology specification": MetrologyCategory,
    "Phases": Phase,
    "Stages": Stage,
    "Roles": Role,
    "Names of a draft": DraftStage,
    "Types of comment": CommentType,
    "Dispositions of a comment (处理意见)": Disposition,
    "Positions in a vote": Position,
    "Forms of a technical review": ReviewMode,
    "Outcomes of a technical review": ReviewOutcome,
    "Conclusions of a periodic review (复审结论)": Conclusion,
    "Reasons of an early review (提前复审)": EarlyReason,
    "Amendments": AmendmentKind,
    "Outcomes for a citation": CitationOutcome,
    "Reasons of the fast track (快速立项)": FastTrackReason,
    "Provinces of the Yangtze delta": Province,
    "Decisions of a partner": PartnerDecision,
    "Papers": Paper,
    "Headings of the explanatory note": NoteHeading,
}
ROW = re.compile(r"^\| (.+?) \| (.+?) \| `(.+?)` \| (.+?) \|$", re.MULTILINE)


def _sections() -> dict[str, list[tuple[str, str, str, str]]]:
    _, *parts = re.split(r"^## ", GLOSSARY.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return {part.partition("\n")[0]: ROW.findall(part) for part in parts}


def test_the_glossary_has_the_families_of_the_vocabulary() -> None:
    assert list(_sections()) == ["Ideas", *SECTIONS]


@pytest.mark.parametrize("title", SECTIONS)
def test_the_glossary_says_each_code_as_the_interface_does(title: str) -> None:
    told = [(zh, en, code) for zh, en, code, _ in _sections()[title]]
    assert told == [(labels.label(code).zh, labels.label(code).en, code.value) for code in SECTIONS[title]]


def test_every_term_has_a_definition_in_one_sentence() -> None:
    for rows in _sections().values():
        for _, _, code, meaning in rows:
            assert meaning.endswith("."), code
            assert len(meaning) <= 120, code


def test_an_idea_has_one_term_in_each_language_and_one_name() -> None:
    ideas = _sections()["Ideas"]
    assert len(ideas) > 30
    for column in range(3):
        words = [row[column] for row in ideas]
        assert len(set(words)) == len(words)
