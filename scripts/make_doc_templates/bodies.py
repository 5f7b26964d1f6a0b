"""The two templates of texts: a standard after GB/T 1.1—2020 and a specification after JJF 1071—2010."""

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from scripts.make_doc_templates.counting import count
from scripts.make_doc_templates.styles import dress
from scripts.make_doc_templates.wordparts import (
    CENTRE,
    HEI,
    field,
    frame,
    grid,
    line,
    mirror,
    number_pages,
    page,
    set_font,
    speak_chinese,
)


def standard_body() -> Document:
    """Cover, contents, foreword, introduction and body of a local or group standard."""
    document = _new()
    _cover_classification(document)
    _cover(document, patents_to="在提交反馈意见时，请将您知道的相关专利连同支持性文件一并附上。")
    _front_matter(document, "目　　次")
    _foreword(document)
    _introduction(document)
    _body(document)
    return document


def calibration_body() -> Document:
    """Cover, title page, drafters, contents, introduction and body of a metrology specification."""
    document = _new()
    _cover(document, patents_to="在提交反馈意见时，请将您知道的相关专利连同支持性文件一并附上。")
    _title_page(document)
    _front_matter(document, "目　　录")
    _jjf_introduction(document)
    _body(document)
    return document


def _new() -> Document:
    document = docx.Document()
    for old in list(document.element.body):
        if old.tag != qn("w:sectPr"):
            document.element.body.remove(old)
    dress(document)
    count(document)
    speak_chinese(document)
    mirror(document)
    page(document.sections[0], top=10, right=23, bottom=24, left=25)
    return document


def _write(document: Document, style: str, text: str = "", *, bold_label: str = "") -> Paragraph:
    paragraph = document.add_paragraph(style=style)
    if bold_label:
        set_font(paragraph.add_run(bold_label), HEI)
    paragraph.add_run(text)
    return paragraph


def _if(document: Document, condition: str) -> None:
    document.add_paragraph(f"{{%p if {condition} %}}")


def _elif(document: Document, condition: str) -> None:
    document.add_paragraph(f"{{%p elif {condition} %}}")


def _for(document: Document, loop: str) -> None:
    document.add_paragraph(f"{{%p for {loop} %}}")


def _end(document: Document, of: str = "if") -> None:
    document.add_paragraph(f"{{%p end{of} %}}")


def _cover_classification(document: Document) -> None:
    frame(_write(document, "标准文件_分类号", "ICS {{ ics }}"), x=25, y=14, width=80)
    frame(_write(document, "标准文件_分类号", "CCS {{ ccs }}"), x=25, y=14, width=80)
    frame(_write(document, "标准文件_文件代号", "{{ code }}"), x=105, y=14, width=82)


def _cover(document: Document, *, patents_to: str) -> None:
    """What both covers share: class, number, title, draft mark, dates and issuer."""
    frame(_write(document, "标准文件_文件类别", "{{ class_line }}"), x=25, y=46, width=162)
    frame(_write(document, "标准文件_文件编号", "{{ cover_number }}"), x=25, y=70, width=162)
    _if(document, "cover_replaces")
    frame(_write(document, "标准文件_替换文件编号", "{{ cover_replaces }}"), x=25, y=70, width=162)
    _end(document)
    rule = _write(document, "标准文件_分类号")
    frame(rule, x=25, y=86, width=162, height=3)
    line(rule, "bottom", eighths=8)
    frame(_write(document, "标准文件_文件名称", "{{ title_zh }}"), x=25, y=112, width=162)
    frame(_write(document, "标准文件_英文名称", "{{ title_en }}"), x=25, y=112, width=162)
    _if(document, "draft_words")
    frame(_write(document, "标准文件_稿次", "（{{ draft_words }}）"), x=25, y=112, width=162)
    _end(document)
    _if(document, "completion")
    frame(_write(document, "标准文件_完成日期", "{{ completion }}"), x=25, y=112, width=162)
    _end(document)
    _if(document, "asks_for_patents")
    frame(_write(document, "标准文件_专利提示", patents_to), x=25, y=232, width=162)
    _end(document)
    frame(_write(document, "标准文件_发布日期", "{{ cover_publication }}"), x=25, y=245, width=81)
    frame(_write(document, "标准文件_实施日期", "{{ cover_implementation }}"), x=106, y=245, width=81)
    under = _write(document, "标准文件_分类号")
    frame(under, x=25, y=250, width=162, height=4)
    line(under, "bottom", eighths=8)
    frame(_write(document, "标准文件_发布机构", "{{ issuer }}　发布"), x=25, y=262, width=162)
    document.add_paragraph()


def _title_page(document: Document) -> None:
    """扉页: number, title, what is replaced, owner and units; then the drafters with their employers."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    page(section, top=25, right=20, bottom=20, left=25)
    closing = _write(document, "标准文件_扉页文字", "{{ itself }}委托{{ interpreter }}负责解释")
    frame(closing, x=25, y=262, width=165)
    closing.alignment = CENTRE
    _if(document, "approval")
    approval = _write(document, "标准文件_扉页文字", "{{ approval }}")
    frame(approval, x=25, y=248, width=165)
    approval.runs[0].font.size = Pt(12)
    approval.alignment = CENTRE
    _end(document)
    number = _write(document, "标准文件_文件编号", "{{ cover_number }}")
    number.paragraph_format.space_after = Pt(60)
    _if(document, "cover_replaces")
    _write(document, "标准文件_替换文件编号", "{{ cover_replaces }}").paragraph_format.space_after = Pt(40)
    _end(document)
    _write(document, "标准文件_文件名称", "{{ title_zh }}")
    _write(document, "标准文件_英文名称", "{{ title_en }}").paragraph_format.space_after = Pt(90)
    _labelled(document, "归 口 单 位：", "{{ owner }}")
    _units(document, "主要起草单位：", "lead_units")
    _if(document, "participating_units")
    _units(document, "参加起草单位：", "participating_units")
    _end(document)
    first = _labelled(document, "{{ itself }}主要起草人：", "")
    first.paragraph_format.page_break_before = True
    _people(document, "lead_drafters")
    _if(document, "participating_drafters")
    _labelled(document, "参加起草人：", "")
    _people(document, "participating_drafters")
    _end(document)


def _labelled(document: Document, label: str, text: str) -> Paragraph:
    paragraph = _write(document, "标准文件_扉页文字", bold_label=label, text=text)
    paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Mm(60), Mm(-35)
    return paragraph


def _units(document: Document, label: str, units: str) -> None:
    _for(document, f"unit in {units}")
    _if(document, "loop.first")
    _labelled(document, label, "{{ unit }}")
    _elif(document, "true")
    _write(document, "标准文件_扉页文字", "{{ unit }}").paragraph_format.left_indent = Mm(60)
    _end(document)
    _end(document, "for")


def _people(document: Document, people: str) -> None:
    _for(document, f"drafter in {people}")
    _write(document, "标准文件_扉页文字", "{{ drafter }}").paragraph_format.left_indent = Mm(60)
    _end(document, "for")


def _front_matter(document: Document, heading: str) -> None:
    """The contents, with which the header and the Roman page numbers begin."""
    section = document.add_section(WD_SECTION.NEW_PAGE)
    page(section, top=25, right=20, bottom=20, left=25)
    grid(section)
    number_pages(section, "upperRoman")
    _headers(section)
    _write(document, "标准文件_目录标题", heading)
    _for(document, "entry in contents")
    _if(document, "entry.level == 1")
    _write(document, "toc 1", "{{ entry.text }}")
    _elif(document, "true")
    _write(document, "toc 2", "{{ entry.text }}")
    _end(document)
    _end(document, "for")


def _headers(section: Section) -> None:
    for part, style in (
        (section.header, "标准文件_页眉奇数页"),
        (section.even_page_header, "标准文件_页眉偶数页"),
    ):
        part.is_linked_to_previous = False
        part.paragraphs[0].style = style
        part.paragraphs[0].add_run("{{ cover_number }}")
    for foot, style in (
        (section.footer, "标准文件_页脚奇数页"),
        (section.even_page_footer, "标准文件_页脚偶数页"),
    ):
        foot.is_linked_to_previous = False
        foot.paragraphs[0].style = style
        field(foot.paragraphs[0], "PAGE")


def _foreword(document: Document) -> None:
    """The fixed sentences of the foreword, in the order of GB/T 1.1—2020, 8.3."""
    _write(document, "标准文件_前言、引言标题", "前　　言")
    text = "标准文件_段"
    _write(document, text, "本文件按照GB/T 1.1—2020《标准化工作导则　第1部分：标准化文件的结构和起草规则》的规定起草。")
    _for(document, "sentence in foreword.relations")
    _write(document, text, "{{ sentence }}")
    _end(document, "for")
    _if(document, "replaces")
    _write(
        document,
        text,
        "本文件代替{{ replaces|join('、') }}，与{{ replaces|map(attribute='number')|join('、') }}相比，"
        "除结构调整和编辑性改动外，主要技术变化如下：",
    )
    _changes(document, "foreword.main_changes")
    _end(document)
    _if(document, "foreword.adoption")
    _write(document, text, "{{ foreword.adoption }}")
    _end(document)
    _write(document, text, "请注意本文件的某些内容可能涉及专利。本文件的发布机构不承担识别专利的责任。")
    _write(document, text, "{{ foreword.proposed_by }}")
    _if(document, "foreword.held_by")
    _write(document, text, "{{ foreword.held_by }}")
    _end(document)
    _write(document, text, "本文件起草单位：{{ foreword.drafting_units|join('、') }}。")
    _write(document, text, "本文件主要起草人：{{ foreword.drafters|join('、') }}。")
    _for(document, "sentence in foreword.further")
    _write(document, text, "{{ sentence }}")
    _end(document, "for")
    _if(document, "foreword.history")
    _write(document, text, "本文件及其所代替文件的历次版本发布情况为：")
    _for(document, "edition in foreword.history")
    _write(document, "标准文件_破折号列项", "{{ edition }}{{ '。' if loop.last else '；' }}")
    _end(document, "for")
    _elif(document, "true")
    _write(document, text, "本文件为首次发布。")
    _end(document)


def _changes(document: Document, changes: str) -> None:
    _for(document, f"change in {changes}")
    _write(
        document,
        "标准文件_字母编号列项（一级）",
        "{{ change }}{{ '。' if loop.last else '；' }}",
    )
    _end(document, "for")


def _introduction(document: Document) -> None:
    _if(document, "introduction")
    _write(document, "标准文件_前言、引言标题", "引　　言")
    _write(document, "标准文件_段", "{{ introduction_place }}")
    _end(document)


def _jjf_introduction(document: Document) -> None:
    """引言: on what the specification was drafted, and what it replaces (JJF 1071—2010, 5.4)."""
    text = "标准文件_段"
    _write(document, "标准文件_前言、引言标题", "引　　言")
    _write(document, text, "{{ itself }}依据{{ basis|join('、') }}编制。")
    _if(document, "introduction")
    _write(document, text, "{{ introduction_place }}")
    _end(document)
    _if(document, "replaces")
    _write(
        document,
        text,
        "{{ itself }}代替{{ replaces|join('、') }}，与{{ replaces|map(attribute='number')|join('、') }}相比，"
        "除编辑性修改外，主要技术变化如下：",
    )
    _changes(document, "main_changes")
    _elif(document, "true")
    _write(document, text, "{{ itself }}为首次发布。")
    _end(document)


def _body(document: Document) -> None:
    """Where the body stands; it is written in the styles of this template."""
    section = document.add_section(WD_SECTION.ODD_PAGE)
    number_pages(section, "decimal")
    grid(section)
    _write(document, "标准文件_正文标准名称", "{{ title_zh }}")
    _write(document, "标准文件_段", "{{ body_place }}")
    _write(document, "标准文件_终结线")
