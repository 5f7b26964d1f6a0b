"""The texts of the demonstration as the cases change them: one citation more, or a part of an older document replaced."""

from datetime import date

import pytest

from standards_wf.demo.bodies import PublishedWith, body_of_text
from standards_wf.demo.cases import CASES, Role
from standards_wf.demo.relations import citing, partly_replaced, telling_of, title_of
from standards_wf.demo.texts import DemoText, load_texts
from standards_wf.documents.bearing import bears, folded_text
from standards_wf.documents.format_check import check
from standards_wf.documents.reading import read_clauses
from standards_wf.documents.render import render
from standards_wf.workflow.vocabulary import DraftStage

TEXTS = {text.slug: text for text in load_texts()}
CITING = [role for role in CASES if role.cites]
REPLACING = [role for role in CASES if role.partly]
CITED = "DB31/T 9001—2019"
OLDER = "DB31/T 9002—2023"
PUBLISHED_WITH = PublishedWith("DB31/T 9007—2024", date(2024, 10, 8), date(2025, 1, 8))


def clause(text: DemoText, title: str) -> str:
    (found,) = (each for each in text.clauses if each.title == title)
    return "\n".join(found.paragraphs)


@pytest.mark.parametrize("role", CITING, ids=lambda role: role.slug)
def test_a_document_that_is_cited_stands_among_the_references_and_in_the_text(role: Role) -> None:
    text = citing(TEXTS[role.slug], CITED, title_of(role.cites))
    _, body = body_of_text(text, DraftStage.PUBLICATION, completed_on=date(2024, 10, 8), published_with=PUBLISHED_WITH)

    assert clause(text, "规范性引用文件").endswith(f"{CITED}　绿色生态城区评价规范")
    assert f"和{CITED}界定的" in clause(text, "术语和定义")
    assert check(read_clauses(render(body.paper, body)), text.kind) == ()


def test_a_text_whose_terms_rest_on_no_references_is_given_none() -> None:
    with pytest.raises(ValueError, match="airport_bridge_power"):
        citing(TEXTS["airport_bridge_power"], CITED, "绿色生态城区评价规范")


@pytest.mark.parametrize("role", REPLACING, ids=lambda role: role.slug)
def test_a_document_that_is_replaced_in_part_stands_on_the_cover_and_in_the_foreword(role: Role) -> None:
    assert role.partly is not None
    text = telling_of(TEXTS[role.slug], role.partly)
    _, body = body_of_text(
        text,
        DraftStage.PUBLICATION,
        completed_on=date(2024, 10, 8),
        published_with=PUBLISHED_WITH,
        replaced=partly_replaced(role.partly, OLDER),
    )
    docx = render(body.paper, body)
    folded = folded_text(docx)

    assert bears(folded, f"部分代替 {OLDER}")
    assert bears(folded, role.partly.change)
    assert check(read_clauses(docx), text.kind) == ()


def test_what_is_cited_or_replaced_in_part_began_before_in_the_demonstration() -> None:
    order = [role.slug for role in CASES]
    older = {role.slug: {role.cites, role.partly.slug if role.partly else ""} - {""} for role in CASES}

    assert all(order.index(each) < order.index(slug) for slug, named in older.items() for each in named)
