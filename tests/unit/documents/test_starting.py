"""The first text of a case: what was typed or pasted becomes chapters with their numbers and fixed sentences."""

import pytest

from standards_wf.documents.clauses import AnnexKind, ClauseKind
from standards_wf.documents.elements import Section, lines_in
from standards_wf.documents.starting import SPECIFICATION, STANDARD, Start, started


def headings(typed: str) -> list[tuple[str, str]]:
    """The headings that are the text's own, with the numbers that they got."""
    chapters = started(Start(headings=typed), STANDARD)
    return [(each.label, each.title) for chapter in chapters[3:] for each in chapter.all()]


def said(section: Section) -> list[str]:
    return list(lines_in(section.blocks))


def test_the_three_first_chapters_stand_even_where_nothing_was_typed() -> None:
    scope, references, terms = started(Start(), STANDARD)
    assert (scope.title, references.title, terms.title) == ("范围", "规范性引用文件", "术语和定义")
    assert said(references) == ["本文件没有规范性引用文件。"]
    assert said(terms) == ["本文件没有需要界定的术语和定义。"]


def test_lines_that_were_typed_stand_under_their_fixed_sentence() -> None:
    start = Start(
        scope="本文件规定了要求。\n\n本文件适用于充电桩。", references="• GB/T 1.1 标准化工作导则\n- GB 2894 安全标志"
    )
    scope, references, _ = started(start, STANDARD)
    assert said(scope) == ["本文件规定了要求。", "本文件适用于充电桩。"]
    assert said(references)[0].startswith("下列文件中的内容")
    assert said(references)[1:] == ["GB/T 1.1 标准化工作导则", "GB 2894 安全标志"]


def test_a_specification_speaks_of_itself_in_its_own_words() -> None:
    _, references, terms = started(Start(references="JJF 1001"), SPECIFICATION)
    assert references.title == "引用文件"
    assert said(references) == ["本规范引用了下列文件：", "JJF 1001"]
    assert "本规范" in said(terms)[0]


@pytest.mark.parametrize(
    ("typed", "title", "definition"),
    [
        ("充电桩 charging pile：供电的装置。", "充电桩 charging pile", ["供电的装置。"]),
        ("3.1 充电桩：供电的装置。", "充电桩", ["供电的装置。"]),
        ("充电桩", "充电桩", []),
        ("A类充电桩:供电", "A类充电桩:供电", []),
    ],
)
def test_a_term_is_taken_apart_where_it_can_be(typed: str, title: str, definition: list[str]) -> None:
    (term,) = started(Start(terms=typed), STANDARD)[2].sections
    assert (term.kind, term.label, term.title, said(term)) == (ClauseKind.TERM, "3.1", title, definition)


def test_levels_follow_typed_numbers_and_everything_is_numbered_anew() -> None:
    assert headings("5 要求\n5.1 外观\n5.1.1 颜色\n5.2 性能\n7 试验") == [
        ("4", "要求"),
        ("4.1", "外观"),
        ("4.1.1", "颜色"),
        ("4.2", "性能"),
        ("5", "试验"),
    ]


def test_levels_follow_how_far_lines_are_set_in() -> None:
    assert headings("要求\n\t外观\n　　颜色\n试验") == [
        ("4", "要求"),
        ("4.1", "外观"),
        ("4.1.1", "颜色"),
        ("5", "试验"),
    ]


def test_a_pasted_table_of_contents_loses_its_pages_and_what_has_its_own_field() -> None:
    pasted = "前言……I\n1 范围\t1\n2 规范性引用文件\t1\n3 术语和定义\t2\n3.1 充电桩\t2\n4 要求\t3\n4.1 外观........4"
    assert headings(pasted) == [("4", "要求"), ("4.1", "外观")]


def test_no_level_is_jumped_over_and_none_is_deeper_than_the_sixth() -> None:
    assert headings("4.1.1 深\n4.1.1.1.1.1.1.1 更深") == [("4", "深"), ("4.1", "更深")]


def test_annexes_have_letters_and_numbers_of_their_own() -> None:
    chapters = started(Start(headings="4 要求\n附录A（规范性） 记录\nA.1 格式\nA.1.1 表头\n附录 B 示例"), STANDARD)
    first, second = chapters[-2:]
    assert (first.label, first.title, first.annex) == ("A", "记录", AnnexKind.NORMATIVE)
    assert [(each.label, each.title) for each in first.all()][1:] == [("A.1", "格式"), ("A.1.1", "表头")]
    assert (second.label, second.title, second.annex) == ("B", "示例", AnnexKind.INFORMATIVE)
