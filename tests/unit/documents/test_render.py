"""What the papers say once they are made."""

import dataclasses
import io
import zipfile
from collections.abc import Callable
from datetime import date
from typing import Any

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from standards_wf.documents.clauses import Clause, ClauseKind, Table
from standards_wf.documents.context import CalibrationBody, Context, StandardBody
from standards_wf.documents.elements import Paragraph, Section
from standards_wf.documents.missing import MissingValues
from standards_wf.documents.problems import FIELD_WORDS, sentence
from standards_wf.documents.render import render
from standards_wf.documents.writing.sections import sections_of
from standards_wf.errors import Invalid
from standards_wf.wording.language import Language, use
from standards_wf.workflow.vocabulary import (
    AmendmentKind,
    Conclusion,
    DraftStage,
    Kind,
    Paper,
    ReviewMode,
    ReviewOutcome,
)
from tests.unit.documents.samples import CALIBRATION, COMMENTS, GROUP_DRAFT, LOCAL_STANDARD, MINUTES, NOTE, SAMPLES


def opened(context: Context) -> Document:
    return docx.Document(io.BytesIO(render(context.paper, context)))


def paragraphs(document: Document) -> list[tuple[str, str]]:
    return [(each.style.name or "", each.text) for each in document.paragraphs if each.text and each.style]


def rows(document: Document, table: int) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in document.tables[table].rows]


def test_the_cover_of_a_published_standard_bears_number_dates_and_issuer() -> None:
    cover = paragraphs(opened(LOCAL_STANDARD))[:11]

    assert cover == [
        ("标准文件_分类号", "ICS 03.220.50"),
        ("标准文件_分类号", "CCS V 50"),
        ("标准文件_文件代号", "DB31"),
        ("标准文件_文件类别", "上海市地方标准"),
        ("标准文件_文件编号", "DB31/T 1234—2025"),
        ("标准文件_替换文件编号", "代替 DB31/T 1150—2019"),
        ("标准文件_文件名称", "机场桥载电源使用管理规范"),
        ("标准文件_英文名称", "Specification for the use of bridge-mounted power supply at airports"),
        ("标准文件_发布日期", "2025-06-01 发布"),
        ("标准文件_实施日期", "2025-09-01 实施"),
        ("标准文件_发布机构", "上海市市场监督管理局　发布"),
    ]


def test_the_cover_of_a_consultation_draft_has_no_number_yet_and_asks_for_patents() -> None:
    texts = [text for _, text in paragraphs(opened(GROUP_DRAFT))]

    assert "T/SFWL XXXX—XXXX" in texts
    assert "（征求意见稿）" in texts
    assert "本稿完成日期：2025-03-10" in texts
    assert "XXXX-XX-XX 发布" in texts
    assert "在提交反馈意见时，请将您知道的相关专利连同支持性文件一并附上。" in texts


def test_the_foreword_has_its_sentences_in_the_prescribed_order() -> None:
    texts = [text for _, text in paragraphs(opened(LOCAL_STANDARD))]
    start = texts.index("前　　言")

    assert texts[start + 1 : start + 13] == [
        "本文件按照GB/T 1.1—2020《标准化工作导则　第1部分：标准化文件的结构和起草规则》的规定起草。",
        "本文件代替DB31/T 1150—2019《机场桥载电源使用要求》，与DB31/T 1150—2019相比，除结构调整和编辑性改动外，主要技术变化如下：",
        "更改了连接时间的要求（见5.1，2019年版的4.2）；",
        "增加了减排量的计算方法（见附录A）。",
        "请注意本文件的某些内容可能涉及专利。本文件的发布机构不承担识别专利的责任。",
        "本文件由上海市交通委员会（演示）提出并组织实施。",
        "本文件由上海市交通标准化技术委员会（演示）归口。",
        "本文件起草单位：示范机场集团（演示）、示范民航研究院（演示）。",
        "本文件主要起草人：演示甲、演示乙、演示丙。",
        "本文件及其所代替文件的历次版本发布情况为：",
        "2019年首次发布为DB31/T 1150—2019；",
        "本次为第一次修订。",
    ]


def test_a_first_edition_says_so_and_one_body_may_propose_and_hold_it() -> None:
    texts = [text for _, text in paragraphs(opened(GROUP_DRAFT))]

    assert "本文件由上海示范物流协会（演示）提出并归口。" in texts
    assert "本文件为首次发布。" in texts


def test_the_contents_list_chapters_clauses_and_annexes_but_no_terms() -> None:
    contents = [
        (name, text.split("\t")[0]) for name, text in paragraphs(opened(LOCAL_STANDARD)) if name.startswith("toc")
    ]

    assert contents[:7] == [
        ("toc 1", "前言"),
        ("toc 1", "引言"),
        ("toc 1", "1　范围"),
        ("toc 1", "2　规范性引用文件"),
        ("toc 1", "3　术语和定义"),
        ("toc 1", "4　基本要求"),
        ("toc 2", "4.1　设备"),
    ]
    assert contents[-3:] == [
        ("toc 2", "A.2　计算公式"),
        ("toc 1", "附录B（资料性）　使用记录表"),
        ("toc 1", "参考文献"),
    ]


def test_each_line_of_the_contents_leads_to_its_heading() -> None:
    body = opened(LOCAL_STANDARD).element.body
    bookmarks = {each.get(qn("w:name")) for each in body.iter(qn("w:bookmarkStart"))}
    links = [each.get(qn("w:anchor")) for each in body.iter(qn("w:hyperlink"))]

    assert len(links) == 17
    assert set(links) == bookmarks


def test_the_body_uses_the_styles_of_the_field() -> None:
    styled = {text: name for name, text in paragraphs(opened(LOCAL_STANDARD))}

    assert styled["　基本要求"] == "标准文件_章标题"
    assert styled["　设备"] == "标准文件_一级条标题"
    assert styled["　航空器靠桥后，操作人员应在5 min内完成桥载电源的连接。"] == "标准文件_一级无标题"
    assert styled["额定电压为115 V/200 V，稳态偏差不超过±3 V；"] == "标准文件_字母编号列项（一级）"
    assert styled["过压和欠压保护；"] == "标准文件_数字编号列项（二级）"
    assert styled["\n（规范性）\n减排量计算方法"] == "标准文件_附录标识"
    assert styled["桥载电源　bridge-mounted power supply"] == "标准文件_术语条"


def test_an_empty_cell_is_printed_as_a_dash_and_the_head_is_repeated() -> None:
    document = opened(LOCAL_STANDARD)

    assert rows(document, 0) == [
        ["机型类别", "电源接口数量", "最大功率/kVA", "说明"],
        ["C类", "1", "90", "—"],
        ["E类", "2", "180", "两路同时供电"],
    ]
    assert document.tables[0]._tbl.tr_lst[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None


def test_the_header_carries_the_number_from_the_contents_on() -> None:
    sections = opened(LOCAL_STANDARD).sections

    assert [section.header.paragraphs[0].text for section in sections] == ["", "DB31/T 1234—2025", "DB31/T 1234—2025"]
    forms = [section._sectPr.find(qn("w:pgNumType")) for section in sections[1:]]
    assert [form.get(qn("w:fmt")) for form in forms if form is not None] == ["upperRoman", "decimal"]


def test_small_signs_of_a_formula_are_set_small() -> None:
    document = opened(LOCAL_STANDARD)
    formula = next(each for each in document.paragraphs if each.style and each.style.name == "标准文件_正文公式")

    small = [run.text for run in formula.runs if run.style.name == "标准文件_下标"]
    assert small == ["b", "t"]
    assert "_" not in formula.text


def test_the_title_page_of_a_specification_names_approval_units_and_interpreter() -> None:
    texts = [text for _, text in paragraphs(opened(CALIBRATION))]

    assert "本规范经上海市市场监督管理局于2025年5月28日批准，并自2025年9月1日起施行。" in texts
    assert "主要起草单位：示范计量技术研究院（演示）" in texts
    assert "示范电力科学研究院（演示）" in texts
    assert "本规范委托上海市电学计量技术委员会（演示）负责解释" in texts
    assert "演示甲（示范计量技术研究院（演示））" in texts


def test_the_note_has_its_ten_headings_in_order() -> None:
    headings = [text for name, text in paragraphs(opened(NOTE)) if name == "公文_一级标题"]

    assert [heading[0] for heading in headings] == list("一二三四五六七八九十")
    assert headings[7] == "八、涉及专利的有关说明"


def test_the_table_of_comments_has_its_columns_rows_and_counts() -> None:
    document = opened(COMMENTS)

    assert rows(document, 1)[0] == ["序号", "标准章条编号", "意见内容", "提出单位", "处理意见", "备注（理由）"]
    assert [row[4] for row in rows(document, 1)[1:]] == ["不采纳", "部分采纳", "采纳"]
    texts = [text for _, text in paragraphs(document)]
    assert "意见共3条：采纳1条，部分采纳1条，不采纳1条。" in texts
    assert any("发送《征求意见稿》的单位数：32个" in text and "没有回函的单位数：14个" in text for text in texts)


def test_a_consultation_without_comments_says_so() -> None:
    document = opened(dataclasses.replace(COMMENTS, rows=()))

    assert rows(document, 1)[1][2] == "征求意见期间未收到意见。"


def test_the_minutes_leave_room_for_every_signature() -> None:
    document = opened(MINUTES)

    assert rows(document, 1) == [["应到人数", "实到人数", "同意", "不同意", "弃权"], ["7", "7", "6", "0", "1"]]
    assert rows(document, 2)[1] == ["1", "专家一", "组长", "正高级工程师", "示范单位一（演示）", ""]
    assert len(rows(document, 2)) == 8


def test_the_announcement_lists_what_is_published() -> None:
    document = opened(SAMPLES[Paper.PUBLICATION_ANNOUNCEMENT])

    assert ["2", "DB31/T 1235—2025", "节约型机关评价导则", "—", "2025-06-01", "2025-09-01"] in rows(document, 0)


@pytest.mark.parametrize("paper", SAMPLES)
def test_the_same_context_gives_the_same_bytes(paper: Paper) -> None:
    assert render(paper, SAMPLES[paper]) == render(paper, SAMPLES[paper])


@pytest.mark.parametrize("paper", SAMPLES)
def test_every_field_of_a_context_changes_the_paper(paper: Paper) -> None:
    context = SAMPLES[paper]
    if isinstance(context, StandardBody | CalibrationBody):
        context = dataclasses.replace(context, completed_on=date(2025, 5, 1))
    first = render(paper, context)
    fields = [each.name for each in dataclasses.fields(context) if each.name != "pictures"]
    others = {name: _other(getattr(context, name)) for name in fields}
    idle = {
        name
        for name, other in others.items()
        if render(paper, dataclasses.replace(context, **{name: other})) == first  # type: ignore[arg-type]
    }

    # A published text is not dated as a draft, and its number stands in full where a draft shows the series.
    by_design = {Paper.STANDARD_BODY: {"completed_on"}, Paper.CALIBRATION_BODY: {"completed_on", "number_series"}}
    assert idle == by_design.get(paper, set())


def test_a_missing_value_is_named_and_no_paper_is_made() -> None:
    holed = dataclasses.replace(
        LOCAL_STANDARD,
        number=None,
        issuer="  ",
        foreword=dataclasses.replace(LOCAL_STANDARD.foreword, drafters=("演示甲", "")),
        clauses=sections_of((Clause(ClauseKind.CHAPTER, "1", ""), Clause(ClauseKind.ANNEX, "A", "题目"))),
    )

    with pytest.raises(MissingValues) as refused:
        render(Paper.STANDARD_BODY, holed)

    assert refused.value.paper is Paper.STANDARD_BODY
    assert set(refused.value.missing) == {
        "issuer",
        "number",
        "foreword.drafters[2]",
        "clauses[1].title",
        "clauses[2].annex",
    }
    assert isinstance(refused.value, Invalid)
    use(Language.EN)
    assert sentence(refused.value.fields["foreword.drafters[2]"]) == (
        "Text of the standard still lacks: foreword → drafters no. 2. Fill it in and make the paper again."
    )
    use(Language.ZH)
    assert sentence(refused.value.fields["issuer"]).startswith("标准文本还缺少：发布机构。")


def test_what_a_draft_cannot_have_yet_is_no_hole() -> None:
    assert GROUP_DRAFT.number is None
    assert render(Paper.STANDARD_BODY, GROUP_DRAFT)

    with pytest.raises(MissingValues) as refused:
        render(Paper.STANDARD_BODY, dataclasses.replace(GROUP_DRAFT, draft_stage=DraftStage.PUBLICATION))
    assert refused.value.missing == ("number", "published_on", "implemented_on")


def test_a_refused_comment_needs_its_reason() -> None:
    unreasoned = dataclasses.replace(COMMENTS.rows[0], reason="")

    with pytest.raises(MissingValues) as refused:
        render(Paper.COMMENT_TABLE, dataclasses.replace(COMMENTS, rows=(unreasoned,)))
    assert refused.value.missing == ("rows[1].reason",)


@pytest.mark.parametrize("paper", SAMPLES)
def test_every_field_that_can_be_missing_has_words_in_both_languages(paper: Paper) -> None:
    names: set[str] = set()
    waiting: list[object] = [SAMPLES[paper]]
    while waiting:
        value = waiting.pop()
        if isinstance(value, tuple):
            waiting += value
        elif dataclasses.is_dataclass(value) and not isinstance(value, Section | Paragraph | type):
            names |= {field.name for field in dataclasses.fields(value)}
            waiting += [getattr(value, field.name) for field in dataclasses.fields(value)]

    assert names <= set(FIELD_WORDS)
    assert {"title", "label", "annex", "blocks"} <= set(FIELD_WORDS)


def test_what_people_type_is_printed_and_never_obeyed() -> None:
    typed = '<w:p>{{ 7 * 7 }}{% raw %} & "标\x0b题\x00"'
    titled = dataclasses.replace(LOCAL_STANDARD, title_zh=typed)

    texts = [text for _, text in paragraphs(opened(titled))]
    assert '<w:p>{{ 7 * 7 }}{% raw %} & "标题"' in texts


def test_the_file_itself_is_dated_by_the_paper_and_not_by_the_clock() -> None:
    made = render(Paper.STANDARD_BODY, LOCAL_STANDARD)

    assert (
        docx.Document(io.BytesIO(made)).core_properties.created
        == docx.Document(io.BytesIO(made)).core_properties.modified
    )
    assert docx.Document(io.BytesIO(made)).core_properties.created.date() == date(2025, 6, 1)
    with zipfile.ZipFile(io.BytesIO(made)) as parts:
        assert {each.date_time for each in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}


_OTHERS: dict[type, Callable[[Any], object]] = {
    Kind: lambda kind: Kind.LOCAL_STANDARD if kind is Kind.METROLOGY_SPECIFICATION else Kind.METROLOGY_SPECIFICATION,
    DraftStage: lambda _: DraftStage.SUBMISSION,
    AmendmentKind: lambda _: AmendmentKind.CORRECTION,
    Conclusion: lambda _: Conclusion.ABOLISH,
    ReviewMode: lambda mode: ReviewMode.MEETING if mode is ReviewMode.LETTER else ReviewMode.LETTER,
    ReviewOutcome: lambda _: ReviewOutcome.FAILED,
    str: lambda text: f"{text}（另）",
    bool: lambda yes: not yes,
    int: lambda number: number + 1,
    date: lambda day: day.replace(year=day.year + 1),
    tuple: lambda items: (*items, _OTHERS[str](items[-1])) if isinstance(items[-1], str) else items * 2,
}


def _other(value: object) -> object:
    """Another value of the same sort; of a dataclass, one that differs in its first field."""
    if change := _OTHERS.get(type(value)):
        return change(value)
    changed = dataclasses.fields(value)[0].name  # type: ignore[arg-type]
    return dataclasses.replace(value, **{changed: _other(getattr(value, changed))})  # type: ignore[type-var]


def test_a_table_whose_rows_differ_in_length_is_filled_up() -> None:
    table = Table((("甲", "乙"), ("1",)), "表1　例")
    context = dataclasses.replace(
        LOCAL_STANDARD, clauses=sections_of((Clause(ClauseKind.CHAPTER, "1", "范围", (table,)),))
    )

    assert rows(opened(context), 0) == [["甲", "乙"], ["1", "—"]]
