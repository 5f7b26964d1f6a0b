"""A text is read as a tree: nothing that it says is lost, and each thing is what it is."""

import json
import struct
import zlib
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm

from standards_wf.documents.context import CalibrationBody, StandardBody
from standards_wf.documents.elements import (
    ChangeKind,
    Figure,
    Formula,
    Found,
    Mark,
    Math,
    Paragraph,
    Reference,
    Role,
    Section,
    Table,
    Text,
    lines_of,
    words_of,
)
from standards_wf.documents.reading import read_tree
from standards_wf.documents.render import render
from standards_wf.documents.tree_json import NotATree, as_json, from_json
from tests.unit.documents.drawn import math, saved, signs, with_paragraph
from tests.unit.documents.samples import CALIBRATION, LOCAL_STANDARD


def _chunk(sort: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + sort + content + struct.pack(">I", zlib.crc32(sort + content))


DOT = (
    b"\x89PNG\r\n\x1a\n"
    + _chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    + _chunk(b"IDAT", zlib.compress(b"\x00\x00"))
    + _chunk(b"IEND", b"")
)
"""A picture of one grey point."""


def only_block(data: bytes) -> object:
    (section,) = read_tree(data).sections
    (block,) = section.blocks
    return block


def chapter(document: Document) -> Section:
    return read_tree(saved(document)).sections[0]


@pytest.fixture
def document() -> Document:
    made = docx.Document()
    made.add_heading("1 范围", 1)
    return made


def test_clauses_stand_under_their_chapters_with_how_they_were_found() -> None:
    document = docx.Document()
    for text in ("1　范围", "2　要求", "2.1　电压", "2.1.1　额定电压应为220 V。", "附录A", "（规范性）", "方法"):
        document.add_paragraph(text)

    scope, requirements, annex = read_tree(saved(document)).sections
    assert [(each.label, each.level) for each in requirements.all()] == [("2", 1), ("2.1", 2), ("2.1.1", 3)]
    assert scope.found is Found.TYPED
    assert annex.found is Found.WORDS
    assert (annex.label, annex.title) == ("A", "方法")
    assert [scope.at, requirements.at, annex.at] == [0, 1, 4]


def test_small_signs_italics_and_footnotes_keep_their_sense() -> None:
    inner = (
        "<w:r><w:t>CO</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='subscript'/></w:rPr><w:t>2</w:t></w:r>"
        "<w:r><w:rPr><w:i/></w:rPr><w:t>m</w:t></w:r><w:r><w:rPr><w:i w:val='0'/></w:rPr><w:t>为质量</w:t></w:r>"
    )

    assert only_block(with_paragraph(inner)) == Paragraph(
        (Text("CO"), Text("2", frozenset({Mark.BELOW})), Text("m", frozenset({Mark.ITALIC})), Text("为质量"))
    )


def test_a_formula_becomes_mathml_with_its_number() -> None:
    fraction = f"<m:f><m:num>{signs('m')}</m:num><m:den>{signs('V')}</m:den></m:f>"
    block = only_block(with_paragraph(f"{math(signs('ρ=') + fraction)}<w:r><w:tab/><w:t>（A.1）</w:t></w:r>"))

    assert isinstance(block, Formula)
    assert block.number == "A.1"
    (formula,) = block.content
    assert isinstance(formula, Math)
    assert "<mi>ρ</mi><mo>=</mo><mfrac><mi>m</mi><mi>V</mi></mfrac>" in formula.mathml
    assert formula.text == "ρ=mV"


SUM = (
    f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{signs("i")}</m:sub><m:sup>{signs("n")}</m:sup>'
    f"<m:e>{signs('x')}</m:e></m:nary>"
)


@pytest.mark.parametrize(
    ("word", "mathml"),
    [
        (f"<m:sSub><m:e>{signs('E')}</m:e><m:sub>{signs('x')}</m:sub></m:sSub>", "<msub><mi>E</mi><mi>x</mi></msub>"),
        (f"<m:rad><m:deg/><m:e>{signs('2')}</m:e></m:rad>", "<msqrt><mn>2</mn></msqrt>"),
        (
            SUM,
            '<mrow><munderover><mo largeop="true">∑</mo><mi>i</mi><mi>n</mi></munderover><mi>x</mi></mrow>',
        ),
        (
            f'<m:d><m:dPr><m:begChr m:val="["/><m:endChr m:val=""/></m:dPr><m:e>{signs("a")}</m:e></m:d>',
            '<mrow><mo fence="true">[</mo><mi>a</mi></mrow>',
        ),
        (f"<m:m><m:mr><m:e>{signs('1')}</m:e><m:e>{signs('0')}</m:e></m:mr></m:m>", "<mtd><mn>0</mn></mtd>"),
        ("<m:r><m:rPr><m:nor/></m:rPr><m:t>当量</m:t></m:r>", "<mtext>当量</mtext>"),
    ],
)
def test_the_structures_of_a_formula(word: str, mathml: str) -> None:
    block = only_block(with_paragraph(math(word)))

    assert isinstance(block, Formula)
    assert mathml in block.content[0].mathml  # type: ignore[union-attr]


def test_lists_notes_and_examples_are_told_apart(document: Document) -> None:
    for text in ("包括：", "a) 甲；", "1) 乙；", "——丙。", "注：说明。", "示例1：如此。", "式中："):
        document.add_paragraph(text)

    told = [(each.role, each.label, words_of(each.content)) for each in chapter(document).blocks]  # type: ignore[union-attr]
    assert told == [
        (Role.PARAGRAPH, "", "包括："),
        (Role.LIST_LETTER, "a)", "甲；"),
        (Role.LIST_NUMBER, "1)", "乙；"),
        (Role.LIST_DASH, "——", "丙。"),
        (Role.NOTE, "注：", "说明。"),
        (Role.EXAMPLE, "示例1：", "如此。"),
        (Role.WHERE, "", "式中："),
    ]


def test_merged_cells_stand_once_with_how_far_they_reach(document: Document) -> None:
    document.add_paragraph("表1　限值")
    table = document.add_table(3, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "项目"
    table.cell(1, 0).merge(table.cell(2, 0)).text = "电压"
    table.cell(1, 1).text, table.cell(2, 2).text = "甲", "乙"

    (block,) = chapter(document).blocks
    assert isinstance(block, Table)
    assert block.caption == "表1　限值"
    assert [[(each.columns, each.rows) for each in row] for row in block.rows] == [
        [(2, 1), (1, 1)],
        [(1, 2), (1, 1), (1, 1)],
        [(1, 1), (1, 1)],
    ]


def test_a_table_within_a_table_stays_within_its_cell(document: Document) -> None:
    inner = document.add_table(1, 1).cell(0, 0).add_table(1, 1)
    inner.cell(0, 0).text = "里面"

    (outer,) = chapter(document).blocks
    assert isinstance(outer, Table)
    assert [type(each) for each in outer.rows[0][0].blocks if isinstance(each, Table)] == [Table]
    assert "里面" in list(lines_of(read_tree(saved(document))))


def test_pictures_are_figures_with_the_caption_below(document: Document, tmp_path: Path) -> None:
    picture = tmp_path / "dot.png"
    picture.write_bytes(DOT)
    document.add_paragraph().add_run().add_picture(str(picture), width=Mm(10))
    document.add_paragraph("图1　布置")

    (block,) = chapter(document).blocks
    assert isinstance(block, Figure)
    assert (block.caption, block.pictures[0].media_type) == ("图1　布置", "image/png")


def test_text_boxes_and_fields_are_read_where_they_stand() -> None:
    field = (
        "<w:r><w:t>见</w:t></w:r><w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> REF _Ref1 \\h </w:instrText></w:r>"
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r><w:r><w:t>5.2</w:t></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
        "<w:r><w:pict><v:shape xmlns:v='urn:schemas-microsoft-com:vml'><v:textbox><w:txbxContent><w:p><w:r><w:t>框内</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    (section,) = read_tree(with_paragraph(field)).sections

    assert section.blocks == (
        Paragraph((Text("见"), Reference("_Ref1", "5.2"))),
        Paragraph((Text("框内"),), Role.BOX),
    )


def test_a_field_that_never_ends_hides_nothing() -> None:
    broken = "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:t>后文</w:t></w:r>"
    document = docx.Document()
    document.add_heading("1 范围", 1)
    document.add_paragraph("还在。")
    document.element.body.insert(1, parse_xml(f"<w:p {nsdecls('w')}>{broken}</w:p>"))

    assert "还在。" in list(lines_of(read_tree(saved(document))))


def test_tracked_changes_and_comments_are_told_and_the_text_is_read_as_accepted() -> None:
    inner = (
        "<w:r><w:t>应</w:t></w:r>"
        "<w:del w:author='甲' w:date='2025-06-01T08:00:00Z'><w:r><w:delText>每年</w:delText></w:r></w:del>"
        "<w:ins w:author='乙'><w:r><w:t>每月</w:t></w:r></w:ins><w:r><w:t>检查</w:t></w:r>"
    )
    tree = read_tree(with_paragraph(inner))

    assert [words_of(each.content) for each in tree.sections[0].blocks] == ["应每月检查"]  # type: ignore[union-attr]
    assert [(each.kind, each.text, each.author) for each in tree.changes] == [
        (ChangeKind.DELETED, "每年", "甲"),
        (ChangeKind.INSERTED, "每月", "乙"),
    ]
    assert tree.changes[0].made_at is not None


def test_the_cover_is_taken_apart() -> None:
    cover = read_tree(render(LOCAL_STANDARD.paper, LOCAL_STANDARD)).cover

    assert cover.title == LOCAL_STANDARD.title_zh
    assert cover.title_en == LOCAL_STANDARD.title_en
    assert cover.ics == LOCAL_STANDARD.ics
    assert cover.number == LOCAL_STANDARD.number
    assert cover.issuer == LOCAL_STANDARD.issuer


@pytest.mark.parametrize("context", [LOCAL_STANDARD, CALIBRATION], ids=["standard", "metrology"])
def test_a_tree_survives_json(context: StandardBody | CalibrationBody) -> None:
    tree = read_tree(render(context.paper, context))
    again = from_json(json.loads(json.dumps(as_json(tree))))

    assert again == tree
    assert [each.at for each in again.all()] == [each.at for each in tree.all()]
    assert (again.front, again.headers, again.not_recognised) == (tree.front, tree.headers, tree.not_recognised)


@pytest.mark.parametrize("wrong", [{}, {"type": "text", "text": "x"}, {"type": "tree", "cover": 1, "sections": []}])
def test_other_json_is_no_tree(wrong: dict[str, object]) -> None:
    with pytest.raises(NotATree):
        from_json(wrong)
