"""What stands on the page of each form: text by its style, tables cell by cell, and the page itself.

The files in `golden` are what was looked at and found good. `WRITE_GOLDEN=1 pytest` writes them anew after a change that
is meant; the difference is then read like any other.
"""

import io
import os
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Length
from docx.table import Table
from docx.text.paragraph import Paragraph

from standards_wf.documents.render import render
from standards_wf.workflow.vocabulary import Paper
from tests.unit.documents.form_samples import FORM_SAMPLES

GOLDEN = Path(__file__).parent / "golden"


def extract(document: Document) -> str:
    section = document.sections[0]
    edges = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    size = f"{_mm(section.page_width)} × {_mm(section.page_height)}"
    lines = [
        f"page: {size} mm, {section.orientation}, margins {' '.join(_mm(edge) for edge in edges)}",
        f"foot: {section.footer.paragraphs[0].text}",
    ]
    for element in document.element.body:
        if element.tag == qn("w:p"):
            paragraph = Paragraph(element, document)
            lines.append(f"[{paragraph.style.name if paragraph.style else ''}] {paragraph.text}".rstrip())
        elif element.tag == qn("w:tbl"):
            lines += _rows(Table(element, document))
    return "\n".join(lines) + "\n"


def _mm(length: Length | None) -> str:
    return "" if length is None else str(round(length.mm))


def _rows(table: Table) -> list[str]:
    borders = table._tbl.tblPr.find(qn("w:tblBorders"))
    grid = "grid" if borders is not None and len(borders) == 6 else "no grid"
    columns = " ".join(_mm(column.w) for column in table._tbl.tblGrid.gridCol_lst)
    shown = [f"table: {grid}, {columns} mm"]
    for row in table._tbl.tr_lst:
        cells = [
            " / ".join(Paragraph(each, table).text.replace("\n", " / ") for each in cell.p_lst) for cell in row.tc_lst
        ]
        shown.append("| " + " | ".join(cells) + " |")
    return shown


@pytest.mark.parametrize("paper", FORM_SAMPLES)
def test_a_form_looks_as_it_was_found_good(paper: Paper) -> None:
    shown = extract(docx.Document(io.BytesIO(render(paper, FORM_SAMPLES[paper]))))
    kept = GOLDEN / f"{paper}.txt"
    if os.environ.get("WRITE_GOLDEN"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(shown, encoding="utf-8")

    assert shown == kept.read_text(encoding="utf-8")
    assert "{{" not in shown
    assert "{%" not in shown


def test_every_form_has_its_page_and_no_page_is_without_its_form() -> None:
    assert {path.stem for path in GOLDEN.iterdir()} == {paper.value for paper in FORM_SAMPLES}
