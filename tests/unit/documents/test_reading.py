"""Texts are read back, whoever wrote them and however the headings were made."""

import io

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from standards_wf.documents.bearing import bears, folded_text
from standards_wf.documents.clauses import Clause, ClauseKind, plain_text
from standards_wf.documents.context import CalibrationBody, StandardBody
from standards_wf.documents.elements import Doubt
from standards_wf.documents.package import Unreadable
from standards_wf.documents.reading import ReadClause, read_clauses
from standards_wf.documents.render import render
from tests.unit.documents.samples import CALIBRATION, GROUP_DRAFT, LOCAL_STANDARD


def told(clauses: tuple[ReadClause, ...]) -> list[tuple[str, str, str]]:
    return [(clause.label, clause.title, clause.text) for clause in clauses]


def saved(document: Document) -> bytes:
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


@pytest.mark.parametrize("context", [LOCAL_STANDARD, GROUP_DRAFT, CALIBRATION], ids=["local", "draft", "metrology"])
def test_what_was_written_is_read_again(context: StandardBody | CalibrationBody) -> None:
    read = read_clauses(render(context.paper, context))
    front = (ClauseKind.FOREWORD, ClauseKind.INTRODUCTION)

    assert tuple(each for each in read.tree.sections if each.kind not in front) == context.clauses
    assert read.title == context.title_zh
    assert read.draft_words == context.draft_words
    assert read.not_recognised == ()


def test_positions_count_and_anchors_are_unique_and_fixed_by_the_number() -> None:
    read = read_clauses(render(LOCAL_STANDARD.paper, LOCAL_STANDARD))

    assert [each.position for each in read.clauses] == list(range(1, len(read.clauses) + 1))
    anchors = [each.anchor for each in read.clauses]
    assert len(set(anchors)) == len(anchors)
    assert {"foreword", "introduction", "clause-5-1", "annex-a", "annex-a-1", "bibliography"} <= set(anchors)


def test_headings_by_words_own_styles_and_typed_numbers_are_found() -> None:
    document = docx.Document()
    document.add_heading("1 范围", 1)
    document.add_paragraph("本文件规定了要求。")
    document.add_heading("2 要求", 1)
    document.add_heading("2.1 一般要求", 2)
    document.add_paragraph("应清洁。")

    assert told(read_clauses(saved(document)).clauses) == [
        ("1", "范围", "本文件规定了要求。"),
        ("2", "要求", ""),
        ("2.1", "一般要求", "应清洁。"),
    ]


def test_plain_typed_numbers_count_where_they_continue_the_series() -> None:
    document = docx.Document()
    for text in (
        "前　言",
        "本文件由某单位提出。",
        "1　范围",
        "本文件适用于3类情形。",
        "2　要求",
        "2.1　电压",
        "2.1.1　额定电压应为220 V。",
        "5 min内应完成连接。",
        "2.2的频率另行规定。",
        "2.2　频率",
        "附录A",
        "（规范性）",
        "方法",
        "A.1　总则",
        "参考文献",
        "[1] GB/T 1.1",
    ):
        document.add_paragraph(text)

    assert told(read_clauses(saved(document)).clauses) == [
        ("", "前言", "本文件由某单位提出。"),
        ("1", "范围", "本文件适用于3类情形。"),
        ("2", "要求", ""),
        ("2.1", "电压", ""),
        ("2.1.1", "", "额定电压应为220 V。\n5 min内应完成连接。\n2.2的频率另行规定。"),
        ("2.2", "频率", ""),
        ("A", "方法", ""),
        ("A.1", "总则", ""),
        ("", "参考文献", "[1] GB/T 1.1"),
    ]


def test_a_number_out_of_the_series_is_text_and_is_told() -> None:
    document = docx.Document()
    for text in ("1　范围", "2　要求", "2.7　后来的条", "3　方法"):
        document.add_paragraph(text)

    read = read_clauses(saved(document))
    assert told(read.clauses) == [("1", "范围", ""), ("2", "要求", "2.7　后来的条"), ("3", "方法", "")]
    doubts = [(each.doubt, each.words, each.near) for each in read.not_recognised]
    assert (Doubt.NUMBER_OUT_OF_SERIES, "2.7 后来的条", "2") in doubts


def _numbered(document: Document) -> None:
    """Headings that Word numbers by itself, and a list of letters."""
    numbering = document.part.numbering_part.element
    for identity, levels in (
        ("90", (("decimal", "%1"), ("decimal", "%1.%2"))),
        ("91", (("lowerLetter", "%1)"),)),
    ):
        inner = "".join(
            f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl>'
            for place, (form, shown) in enumerate(levels)
        )
        abstract = parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identity}">{inner}</w:abstractNum>')
        numbering.insert(0, abstract)
        number = parse_xml(f'<w:num {nsdecls("w")} w:numId="{identity}"><w:abstractNumId w:val="{identity}"/></w:num>')
        numbering.append(number)


def _automatic(document: Document, text: str, identity: str, level: int, style: str | None = None) -> None:
    paragraph = document.add_paragraph(text, style=style)
    paragraph._p.get_or_add_pPr().append(
        parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{identity}"/></w:numPr>')
    )


def test_automatic_numbers_are_worked_out() -> None:
    document = docx.Document()
    _numbered(document)
    _automatic(document, "范围", "90", 0, "Heading 1")
    _automatic(document, "要求", "90", 0, "Heading 1")
    _automatic(document, "电压", "90", 1, "Heading 2")
    document.add_paragraph("应符合：")
    _automatic(document, "第一；", "91", 0)
    _automatic(document, "第二。", "91", 0)
    _automatic(document, "频率", "90", 1, "Heading 2")
    _automatic(document, "方法", "90", 0, "Heading 1")
    _automatic(document, "步骤", "90", 1, "Heading 2")

    assert told(read_clauses(saved(document)).clauses) == [
        ("1", "范围", ""),
        ("2", "要求", ""),
        ("2.1", "电压", "应符合：\na) 第一；\nb) 第二。"),
        ("2.2", "频率", ""),
        ("3", "方法", ""),
        ("3.1", "步骤", ""),
    ]


def test_a_table_becomes_text_under_its_clause() -> None:
    document = docx.Document()
    document.add_heading("1 范围", 1)
    table = document.add_table(2, 2)
    for cell, text in zip((each for row in table.rows for each in row.cells), "甲乙丙丁", strict=True):
        cell.text = text

    assert told(read_clauses(saved(document)).clauses) == [("1", "范围", "甲 | 乙\n丙 | 丁")]


def test_typed_contents_are_not_taken_for_chapters() -> None:
    document = docx.Document()
    for text in ("目　次", "1 范围\t1", "2 要求 .......... 2", "1 范围", "文字。", "2 要求"):
        document.add_paragraph(text)

    assert told(read_clauses(saved(document)).clauses) == [("1", "范围", "文字。"), ("2", "要求", "")]


def test_deleted_words_are_gone_and_inserted_words_are_read() -> None:
    document = docx.Document()
    document.add_heading("1 范围", 1)
    paragraph = document.add_paragraph("应")
    for change, text in (("del", "<w:delText>必须</w:delText>"), ("ins", "<w:t>清洁</w:t>")):
        paragraph._p.append(
            parse_xml(f'<w:{change} {nsdecls("w")} w:id="1" w:author="演示"><w:r>{text}</w:r></w:{change}>')
        )

    assert read_clauses(saved(document)).clauses[0].text == "应清洁"


def test_a_file_without_chapters_says_that_none_was_found() -> None:
    document = docx.Document()
    document.add_paragraph("随便写的文字。")

    read = read_clauses(saved(document))
    assert read.clauses == ()
    assert Doubt.NO_CHAPTER in [each.doubt for each in read.not_recognised]


def test_what_is_no_docx_is_refused() -> None:
    with pytest.raises(Unreadable):
        read_clauses(b"PK\x03\x04 and nothing more")


def test_a_text_bears_its_number_and_dates_however_they_are_written() -> None:
    folded = folded_text(render(LOCAL_STANDARD.paper, LOCAL_STANDARD))

    for spelling in (
        "DB31/T 1234—2025",
        "db31/t1234-2025",
        "ＤＢ３１／Ｔ　1234－2025",
        "2025-06-01",
        "2025年6月1日",
        "2025—09—01",
    ):
        assert bears(folded, spelling), spelling
    for other in ("DB31/T 1234—2026", "DB31/T 123—2025", "2025-06-02", "2025年6月10日", ""):
        assert not bears(folded, other), other


def test_a_text_box_and_a_header_count_as_part_of_the_text() -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "DB31/T 7—2025"
    box = (
        f"<w:r {nsdecls('w')}><w:pict><w:txbxContent><w:p><w:r><w:t>2025年6月1日</w:t></w:r></w:p>"
        "</w:txbxContent></w:pict></w:r>"
    )
    document.add_paragraph("正文")._p.append(parse_xml(box))

    folded = folded_text(saved(document))
    assert bears(folded, "DB31/T 7—2025")
    assert bears(folded, "2025-06-01")
    assert read_clauses(saved(document)).clauses == ()


def test_marks_of_lists_and_small_signs_have_one_stored_form() -> None:
    clause = Clause(
        ClauseKind.CLAUSE, "4.1", "甲", ("a)　第一；", "a) 第一；", "—— 其一", "注1: 说明", "E_{x}与U_{rel}、10^{-6}")
    )

    assert plain_text(clause.blocks) == "a) 第一；\na) 第一；\n——其一\n注1：说明\nE_x与U_rel、10^-6"


def test_a_table_without_words_before_the_first_chapter_says_nothing() -> None:
    document = docx.Document()
    document.add_table(rows=2, cols=2)
    document.add_paragraph("1　范围", style="Heading 1")
    assert [clause.title for clause in read_clauses(saved(document)).clauses] == ["范围"]
