"""Papers are printed by LibreOffice, and the contents show the pages on which things stand."""

import io
import stat
import time
from pathlib import Path

import docx
import pypdf
import pytest

from standards_wf.documents.context import CalibrationBody, StandardBody
from standards_wf.documents.paging import number_contents
from standards_wf.documents.pdf import Office
from standards_wf.documents.reading import read_clauses
from standards_wf.documents.render import render
from standards_wf.errors import Unavailable
from tests.unit.documents.samples import CALIBRATION, LOCAL_STANDARD, NOTE


def pages(docx_file: bytes) -> list[str]:
    """What stands on each printed page, without spaces."""
    reader = pypdf.PdfReader(io.BytesIO(Office().to_pdf(docx_file)))
    return ["".join(page.extract_text().split()) for page in reader.pages]


def contents_of(docx_file: bytes) -> dict[str, str]:
    """The lines of the contents with the pages that they show."""
    lines = (
        each.text
        for each in docx.Document(io.BytesIO(docx_file)).paragraphs
        if each.style and "toc" in str(each.style.name)
    )
    return {"".join(line.rsplit("\t", 1)[0].split()): line.rsplit("\t", 1)[1] for line in lines}


def program(folder: Path, script: str) -> str:
    """A stand-in for LibreOffice that does what the script says."""
    path = folder / "office"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return str(path)


@pytest.mark.parametrize(("context", "front"), [(LOCAL_STANDARD, 1), (CALIBRATION, 3)], ids=["standard", "metrology"])
def test_the_contents_show_the_pages_on_which_things_stand(context: StandardBody | CalibrationBody, front: int) -> None:
    numbered = number_contents(render(context.paper, context), Office())
    printed, contents = pages(numbered), contents_of(numbered)
    body = next(place for place, said in enumerate(printed) if "1范围" in said and place > front)

    roman = {entry: page for entry, page in contents.items() if not page.isdigit()}
    assert set(roman) == {"前言", "引言"} & set(contents)
    for entry, page in roman.items():
        assert entry in printed[front + {"II": 1, "III": 2}[page]]
    for entry, page in contents.items() - roman.items():
        heading = entry.split("（")[0] if entry.startswith("附录") else entry
        assert heading in printed[body + int(page) - 1]
    assert len(set(contents.values())) > 4


def test_numbering_the_contents_leaves_the_text_as_it_was() -> None:
    made = render(LOCAL_STANDARD.paper, LOCAL_STANDARD)

    assert read_clauses(number_contents(made, Office())) == read_clauses(made)


def test_a_paper_without_contents_comes_back_as_it_is() -> None:
    made = render(NOTE.paper, NOTE)

    assert number_contents(made, Office(executable="no-such-office")) == made


def test_without_libreoffice_the_sentence_says_so() -> None:
    with pytest.raises(Unavailable, match="no-such-office"):
        Office(executable="no-such-office").to_pdf(b"")


def test_a_failing_libreoffice_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="source file could not be loaded"):
        Office(executable=program(tmp_path, "echo source file could not be loaded")).to_pdf(b"")


def test_a_slow_libreoffice_is_ended_with_all_its_children(tmp_path: Path) -> None:
    beaten = tmp_path / "still-alive"
    slow = program(tmp_path, f"(sleep 1.5; touch {beaten}) & sleep 30")

    with pytest.raises(Unavailable, match="1"):
        Office(executable=slow, timeout_seconds=1).to_pdf(b"")
    time.sleep(1)
    assert not beaten.exists()
