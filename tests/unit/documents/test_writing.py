"""A text written from its tree is read back as the same tree, and written from that as the same file."""

import dataclasses
import io
from random import Random

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import (
    Cell,
    Figure,
    Footnote,
    Formula,
    Paragraph,
    Reference,
    Role,
    Section,
    Table,
    Text,
)
from standards_wf.documents.mathml import mathml_of, signs_of
from standards_wf.documents.reading import read_tree
from standards_wf.documents.render import render
from standards_wf.documents.writing.omml import omml_of
from standards_wf.documents.writing.references import linked
from tests.unit.documents.samples import GROUP_DRAFT
from tests.unit.documents.trees import CONTENTS, PICTURES, TextAtWill, formula_at_will

_FRONT = (ClauseKind.FOREWORD, ClauseKind.INTRODUCTION)


def written(sections: tuple[Section, ...]) -> bytes:
    return render(GROUP_DRAFT.paper, dataclasses.replace(GROUP_DRAFT, clauses=sections, pictures=CONTENTS))


def read(docx_file: bytes) -> tuple[Section, ...]:
    return tuple(each for each in read_tree(docx_file).sections if each.kind not in _FRONT)


def assert_stable(sections: tuple[Section, ...]) -> None:
    first = written(sections)
    again = read(first)
    for before, after in zip(
        (each for top in sections for each in top.all()), (each for top in again for each in top.all()), strict=True
    ):
        assert dataclasses.replace(after, sections=()) == dataclasses.replace(before, sections=())
    assert again == sections
    assert written(again) == first


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.randoms(use_true_random=False), st.integers(1, 120))
def test_any_text_is_the_same_after_it_was_written_and_read(chance: Random, size: int) -> None:
    assert_stable(TextAtWill(chance, size).sections())


def test_a_text_of_two_thousand_elements_is_the_same_after_it_was_written_and_read() -> None:
    assert_stable(TextAtWill(Random(20), 2000).sections())


@settings(max_examples=200, deadline=None)
@given(st.randoms(use_true_random=False))
def test_any_formula_of_word_comes_back_from_mathml(chance: Random) -> None:
    formula = formula_at_will(chance)
    mathml, signs = mathml_of(formula), signs_of(formula)

    again = omml_of(mathml, signs)
    assert mathml_of(again) == mathml
    assert signs_of(again) == signs


def body_of(sections: tuple[Section, ...]) -> Document:
    return docx.Document(io.BytesIO(written(sections)))


CHAPTER = Section(ClauseKind.CHAPTER, "1", "范围", (Paragraph((Text("文字。"),)),))


def fields(document: Document) -> list[str]:
    return [(each.text or "").strip() for each in document.element.body.iter(qn("w:instrText"))]


def test_a_reference_is_a_field_that_finds_its_place_and_one_without_a_place_is_locked() -> None:
    table = Table(((Cell((Paragraph((Text("甲"),)),)),),), "表1　参数")
    pointing = Paragraph((Text("见"), Reference("_Ref7", "表1"), Text("和"), Reference("_Ref8", "5.9"), Text("。")))
    document = body_of((dataclasses.replace(CHAPTER, blocks=(pointing, table)),))

    marks = {each.get(qn("w:name")) for each in document.element.body.iter(qn("w:bookmarkStart"))}
    locked = [each for each in document.element.body.iter(qn("w:fldChar")) if each.get(qn("w:fldLock")) == "true"]
    assert r"REF _Ref7 \h" in fields(document)
    assert r"SEQ 表 \* ARABIC" in fields(document)
    assert "_Ref7" in marks
    assert "_Ref8" not in marks
    assert len(locked) == 1


def test_a_reference_to_a_clause_shows_the_number_that_word_counts() -> None:
    pointing = Paragraph((Text("见第"), Reference("_Ref9", "1"), Text("章。")))
    document = body_of((dataclasses.replace(CHAPTER, blocks=(pointing,)),))

    assert r"REF _Ref9 \r \h" in fields(document)


def test_a_number_that_word_would_not_count_to_is_typed() -> None:
    third = dataclasses.replace(CHAPTER, label="3", title="要求", anchor="clause-3")
    texts = [each.text for each in body_of((dataclasses.replace(CHAPTER, anchor="clause-1"), third)).paragraphs]

    assert "　范围" in texts
    assert "3　要求" in texts


def test_each_enumeration_begins_anew() -> None:
    items = tuple(Paragraph((Text("项"),), Role.LIST_LETTER, label) for label in ("a)", "b)", "a)", "b)"))
    document = body_of((dataclasses.replace(CHAPTER, blocks=items),))

    lists = [each.get(qn("w:val")) for each in document.element.body.iter(qn("w:numId"))][-4:]
    assert lists[0] == lists[1] != lists[2] == lists[3]


def test_footnotes_stand_in_a_part_of_their_own_with_their_rules() -> None:
    noted = Paragraph((Text("条件"), Footnote((Text("说明。"),))))
    package = body_of((dataclasses.replace(CHAPTER, blocks=(noted,)),)).part.package

    (part,) = [each for each in package.iter_parts() if str(each.partname) == "/word/footnotes.xml"]
    assert "说明。".encode() in part.blob
    assert part.blob.count(b"<w:footnote ") == 3


def test_a_picture_that_is_not_there_stops_the_paper() -> None:
    drawn = dataclasses.replace(CHAPTER, blocks=(Figure((PICTURES[0],), "图1　图样"),))

    with pytest.raises(ValueError, match=r"image1\.png"):
        render(GROUP_DRAFT.paper, dataclasses.replace(GROUP_DRAFT, clauses=(drawn,)))


def test_control_signs_are_left_out_of_the_file() -> None:
    spoilt = dataclasses.replace(CHAPTER, title="范\x0b围", blocks=(Paragraph((Text("文\x00字。"),)),))

    assert read(written((spoilt,)))[0].title == "范围"


def test_a_reference_that_was_typed_refers_to_its_place_where_there_is_one() -> None:
    typed = Paragraph((Text("见表1和附录A，见5.9，按公式（1）计算。"),))
    table = Table(((Cell((Paragraph((Text("甲"),)),)),),), "表1　参数")
    formula = Formula((Text("a"),), "1")
    (chapter,) = linked((dataclasses.replace(CHAPTER, blocks=(typed, table, formula)),))

    assert chapter.blocks[0] == Paragraph(
        (
            Text("见"),
            Reference("_Ref_表1", "表1"),
            Text("和附录A，见5.9，按公式"),
            Reference("_Ref__1_", "（1）"),
            Text("计算。"),
        )
    )
