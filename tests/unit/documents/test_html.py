"""A text on the screen: everything in it is there once, nothing of it is markup, and what points leads somewhere."""

import re
from dataclasses import replace
from xml.etree.ElementTree import Element

import html5lib
import pytest

from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import Cover, Math, Paragraph, Section, Text, Tree
from standards_wf.documents.html import Surroundings, web_text
from standards_wf.documents.tree_json import as_json_text
from standards_wf.wording.language import Language, use
from tests.unit.documents.shown_text import PICTURE, TREE, says

HTML = "{http://www.w3.org/1999/xhtml}"
MATH = "{http://www.w3.org/1998/Math/MathML}"
AROUND = Surroundings(pictures="/pictures")


def page_of(tree: Tree, around: Surroundings = AROUND) -> Element:
    markup = web_text(as_json_text(tree), around).article.markup
    html5lib.HTMLParser(strict=True).parse(f"<!DOCTYPE html><title>x</title>{markup}")
    return html5lib.parse(markup)


def words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())


def named(page: Element, identity: str) -> Element:
    (found,) = (each for each in page.iter() if each.get("id") == identity)
    return found


def one_clause(*content: Text | Math) -> Tree:
    chapter = Section(ClauseKind.CHAPTER, "1", "范围", (Paragraph(content),), anchor="clause-1")
    return Tree(cover=Cover(), sections=(chapter,))


def test_every_clause_has_its_place_and_stands_under_its_parent() -> None:
    page = page_of(TREE)
    assert {each.anchor for each in TREE.all()} <= {each.get("id") for each in page.iter()}
    assert named(page, "clause-4-1") in list(named(page, "clause-4"))


def test_the_contents_lead_through_chapters_and_annexes_and_not_through_terms() -> None:
    contents = web_text(as_json_text(TREE), AROUND).contents
    assert [(each.label, each.title) for each in contents] == [
        ("", "前言"),
        ("1", "范围"),
        ("3", "术语和定义"),
        ("4", "要求"),
        ("4.2", "计算"),
        ("附录A", "（资料性）接线"),
        ("", "参考文献"),
    ]


def test_what_somebody_wrote_never_becomes_markup() -> None:
    page = page_of(TREE)
    assert not list(page.iter(f"{HTML}script"))
    assert "<script>alert(1)</script>" in words(named(page, "clause-1"))


@pytest.mark.parametrize(
    "mathml",
    [
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mi href="javascript:alert(1)">x</mi></math>',
        '<math xmlns="http://www.w3.org/1998/Math/MathML"><mtext><script>alert(1)</script></mtext></math>',
        '<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>',
        "<math><mi>",
    ],
)
def test_a_formula_holds_nothing_but_a_formula(mathml: str) -> None:
    page = page_of(one_clause(Math(mathml, "x=1")))
    for each in page.iter():
        assert "script" not in str(each.tag)
        assert "href" not in each.attrib or each.tag == f"{HTML}a"


def test_formulae_are_mathml_with_their_number_beside_them() -> None:
    line = named(page_of(TREE), "formula-1")
    (formula,) = line.iter(f"{MATH}math")
    assert "".join(formula.itertext()) == "P=UI"
    assert words(line).endswith("（1）")


def test_what_points_leads_to_what_there_is_and_not_into_other_documents() -> None:
    links = {
        "".join(each.itertext()): each.get("href")
        for each in named(page_of(TREE), "clause-4").iter(f"{HTML}a")
        if each.get("class") != "self"
    }
    assert links == {
        "表1": "#table-1",
        "图A.1": "#figure-A-1",
        "4.1": "#clause-4-1",
        "1)": "#footnote-1",
        "式（1）": "#formula-1",
    }


@pytest.mark.parametrize("said", ["表9", "见9.9", "在4.2 V以下", "GB/T 1.1—2020中的表1"])
def test_words_that_point_nowhere_are_words(said: str) -> None:
    chapter = replace(TREE.sections[3], blocks=(says(said),))
    page = page_of(replace(TREE, sections=(chapter,)))
    first = next(iter(named(page, "clause-4").iter(f"{HTML}p")))
    assert words(first) == said
    assert not list(first.iter(f"{HTML}a"))


def test_a_footnote_leads_there_and_back() -> None:
    page = page_of(TREE)
    note = named(page, "footnote-1")
    assert "由制造商给出。" in words(note)
    (back,) = note.iter(f"{HTML}a")
    assert back.get("href") == "#footnote-mark-1"
    assert named(page, "footnote-mark-1").get("href") == "#footnote-1"


def test_merged_cells_and_the_whole_head_of_a_table_are_kept() -> None:
    table = next(named(page_of(TREE), "table-1").iter(f"{HTML}table"))
    heads = [(words(each), each.get("colspan"), each.get("rowspan")) for each in table.iter(f"{HTML}th")]
    assert heads == [("项目", None, "2"), ("限值", "2", None), ("上", None, None), ("下", None, None)]
    assert [words(each) for each in table.iter(f"{HTML}td")] == ["电压", "<b>1</b>", "2"]
    assert words(next(iter(table.iter(f"{HTML}caption")))) == "表1　技术要求 单位为伏".replace("　", " ")


def test_items_of_a_lower_list_stand_within_the_item_before_them() -> None:
    clause = named(page_of(TREE), "clause-4-2")
    outer, inner = clause.iter(f"{HTML}ul")
    assert [words(each) for each in outer] == ["a)甲； 1)其一；".replace(" ", ""), "b)乙。"]
    assert [words(each) for each in inner] == ["1)其一；"]


def test_pictures_are_shown_from_their_address_and_others_are_told() -> None:
    figure = named(page_of(TREE), "figure-A-1")
    (shown,) = figure.iter(f"{HTML}img")
    assert (shown.get("src"), shown.get("alt")) == (f"/pictures/{PICTURE.sha256}", "接线图")
    assert "emf 格式" in words(figure)


def test_the_english_of_a_term_is_marked_as_english() -> None:
    heading = next(iter(named(page_of(TREE), "clause-3-1").iter(f"{HTML}h3")))
    assert [words(each) for each in heading.iter() if each.get("lang") == "en"] == ["charging pile"]


def test_a_clause_without_title_begins_with_its_number() -> None:
    first = next(iter(named(page_of(TREE), "clause-4-1")))
    assert first.tag == f"{HTML}p"
    assert words(first).startswith("4.1 应符合表1")


def test_each_clause_leads_to_a_comment_where_comments_are_taken() -> None:
    page = page_of(TREE, Surroundings(pictures="/pictures", comments="/consultations/1"))
    links = [each.get("href") for each in named(page, "clause-1").iter(f"{HTML}a")]
    assert "/consultations/1?clause=1#comment" in links


def test_what_the_page_adds_speaks_the_language_of_the_page() -> None:
    said = {}
    for language in Language:
        use(language)
        said[language] = re.findall(r'aria-label="([^"]+)"', web_text(as_json_text(TREE), AROUND).article.markup)[0]
    use(Language.ZH)
    assert said == {Language.ZH: "前言的地址", Language.EN: "Address of 前言"}


def test_a_text_without_headings_is_shown_all_the_same() -> None:
    page = page_of(Tree(cover=Cover(), sections=(), front=(says("只有一段。"),)))
    assert words(page) == "只有一段。"
