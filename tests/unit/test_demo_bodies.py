"""Every text of the demonstration can be printed, read back clause by clause, and passes the format check."""

import dataclasses
from datetime import date

import pytest

from standards_wf.demo.bodies import PublishedWith, body_of_text, replaced_by
from standards_wf.demo.texts import DemoText, Extent, load_texts
from standards_wf.documents.bearing import bears, fold, folded_text
from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import Section, Tree
from standards_wf.documents.format_check import check
from standards_wf.documents.reading import read_clauses, read_tree
from standards_wf.documents.render import render
from standards_wf.workflow.vocabulary import DraftStage

TEXTS = tuple(text for text in load_texts() if text.extent is not Extent.APPLICATION)
NUMBER = "DB31/T 9001—2025"
PUBLISHED_WITH = PublishedWith(NUMBER, date(2025, 3, 10), date(2025, 7, 1))


def body(tree: Tree) -> tuple[Section, ...]:
    return tuple(each for each in tree.sections if each.kind not in (ClauseKind.FOREWORD, ClauseKind.INTRODUCTION))


def printed(text: DemoText, stage: DraftStage, published_with: PublishedWith | None = None) -> bytes:
    replaced = replaced_by(text, "DB31/T 1150—2019")
    paper, context = body_of_text(
        text, stage, completed_on=date(2024, 10, 8), published_with=published_with, replaced=replaced
    )
    docx = render(paper, context)
    read = body(read_tree(docx))
    assert read == context.clauses
    assert render(paper, dataclasses.replace(context, clauses=read)) == docx
    return docx


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.slug)
def test_a_text_is_the_same_after_it_was_printed_and_read(text: DemoText) -> None:
    read = read_clauses(printed(text, DraftStage.CONSULTATION))

    assert [(each.label, each.title) for top in body(read.tree) for each in top.all()] == [
        (clause.label.removeprefix("附录"), f"{clause.title}　{clause.english}" if clause.english else clause.title)
        for clause in text.clauses
    ]
    assert read.draft_words == "征求意见稿"
    assert read.not_recognised == ()
    assert check(read, text.kind) == ()


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text.slug)
def test_a_published_text_bears_its_number_and_its_dates(text: DemoText) -> None:
    docx = printed(text, DraftStage.PUBLICATION, PUBLISHED_WITH)
    folded = folded_text(docx)

    assert all(bears(folded, mark) for mark in (NUMBER, "2025-03-10", "2025-07-01"))
    assert check(read_clauses(docx), text.kind) == ()


def test_a_text_of_which_only_the_application_is_written_has_no_body() -> None:
    applied = next(text for text in load_texts() if text.extent is Extent.APPLICATION)

    with pytest.raises(ValueError, match=applied.slug):
        body_of_text(applied, DraftStage.WORKING, completed_on=date(2024, 10, 8))


def test_a_revision_names_the_edition_that_it_replaces() -> None:
    (revision,) = (text for text in TEXTS if text.replaces)
    folded = folded_text(printed(revision, DraftStage.PUBLICATION, PUBLISHED_WITH))

    assert bears(folded, "DB31/T 1150—2019")
    assert "本文件为首次发布" not in folded
    assert all(fold(change) in folded for change in revision.main_changes)
