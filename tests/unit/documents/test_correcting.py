"""A paragraph that was taken for something else is what somebody says it is, and the rest of the text follows."""

from collections.abc import Sequence
from io import BytesIO

import pytest
from docx import Document

from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.correcting import ReadAs
from standards_wf.documents.elements import Paragraph, Role, Section, Table, Tree, lines_of, words_of
from standards_wf.documents.reading import read_tree

LINES = (
    "1 范围",  # 0
    "本文件规定了要求。",  # 1
    "2 规范性引用文件",  # 2
    "3 术语和定义",  # 3
    "供电桩",  # 4
    "供电的装置。",  # 5
    "4 要求",  # 6
    "4.7 环境 温度应为20℃。",  # 7
    "说明：仅供参考。",  # 8
    "限值一览",  # 9
)


def docx(lines: Sequence[str] = LINES) -> bytes:
    made = Document()
    for line in lines:
        made.add_paragraph(line)
    made.add_table(rows=1, cols=2).cell(0, 0).text = "上限"
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


def read(**corrections: ReadAs) -> Tree:
    return read_tree(docx(), {int(name[1:]): read_as for name, read_as in corrections.items()})


def headings(tree: Tree) -> list[tuple[str, str, int]]:
    return [(each.label, each.title, each.level) for each in tree.all()]


def under(tree: Tree, label: str) -> Section:
    return next(each for each in tree.all() if each.label == label)


def test_without_corrections_the_text_is_read_as_ever() -> None:
    assert headings(read()) == [("1", "范围", 1), ("2", "规范性引用文件", 1), ("3", "术语和定义", 1), ("4", "要求", 1)]


def test_a_line_becomes_a_heading_and_what_follows_stands_under_it() -> None:
    tree = read(_7=ReadAs.HEADING_2)
    assert under(tree, "4").sections[0].title == "环境 温度应为20℃。"
    assert not tree.not_recognised or all(each.at != 7 for each in tree.not_recognised)
    assert "说明：仅供参考。" in list(lines_of(tree))


def test_a_heading_with_text_behind_it_is_split() -> None:
    clause = under(read(_7=ReadAs.RUN_IN), "4.7")
    assert (clause.title, clause.level) == ("环境", 2)
    first = clause.blocks[0]
    assert isinstance(first, Paragraph)
    assert words_of(first.content) == "温度应为20℃。"


def test_a_clause_without_title_keeps_its_words_as_text() -> None:
    clause = under(read(_7=ReadAs.UNTITLED), "4.7")
    assert clause.title == ""
    assert [words_of(each.content) for each in clause.blocks[:1] if isinstance(each, Paragraph)] == [
        "环境 温度应为20℃。"
    ]


def test_a_heading_becomes_text_and_gives_its_clause_back_to_the_one_before() -> None:
    tree = read(_2=ReadAs.TEXT)
    assert ("2", "规范性引用文件", 1) not in headings(tree)
    assert "2 规范性引用文件" in list(lines_of(tree))


def test_two_lines_of_a_heading_are_merged() -> None:
    assert ("3", "术语和定义 供电桩", 1) in headings(read(_4=ReadAs.GOES_ON))


def test_a_term_without_number_is_a_term() -> None:
    (term,) = under(read(_4=ReadAs.TERM), "3").sections
    assert (term.kind, term.title) == (ClauseKind.TERM, "供电桩")


@pytest.mark.parametrize(
    ("read_as", "role", "label"),
    [
        (ReadAs.NOTE, Role.NOTE, "注："),
        (ReadAs.EXAMPLE, Role.EXAMPLE, "示例："),
        (ReadAs.LIST_ITEM, Role.LIST_DASH, "——"),
        (ReadAs.TEXT, Role.PARAGRAPH, ""),
    ],
)
def test_a_line_takes_the_role_that_it_is_given(read_as: ReadAs, role: Role, label: str) -> None:
    line = next(each for each in under(read(_8=read_as), "4").blocks if isinstance(each, Paragraph) and each.at == 8)
    assert (line.role, line.label, words_of(line.content)) == (role, label, "说明：仅供参考。")


def test_a_caption_goes_to_the_table_that_comes_next() -> None:
    (table,) = (each for each in under(read(_9=ReadAs.CAPTION), "4").blocks if isinstance(each, Table))
    assert table.caption == "限值一览"


def test_a_caption_with_nothing_to_name_stays_a_line() -> None:
    tree = read(_1=ReadAs.CAPTION)
    assert "本文件规定了要求。" in list(lines_of(tree))


@pytest.mark.parametrize("read_as", ReadAs)
@pytest.mark.parametrize("at", [0, 1, 7])
def test_no_word_is_lost_whatever_a_paragraph_is_said_to_be(read_as: ReadAs, at: int) -> None:
    said = "".join("".join(lines_of(read_tree(docx(), {at: read_as}))).split())
    for word in LINES[at].split():
        assert word in said


def test_a_correction_of_a_place_that_there_is_not_changes_nothing() -> None:
    assert read_tree(docx(), {999: ReadAs.HEADING_1}) == read()
