"""A file that a stranger wrote is read in a process of its own, and costs no more than it may."""

import zipfile
from io import BytesIO
from typing import Any

import docx
import pytest

from standards_wf.documents.apart import ReaderApart, ReaderHere, ReadingLimits
from standards_wf.documents.inspect import UploadLimits, UploadRefused
from standards_wf.documents.problems import UploadProblem
from standards_wf.documents.render import render
from tests.unit.documents.drawn import saved
from tests.unit.documents.samples import LOCAL_STANDARD

GENEROUS = UploadLimits(file_bytes=1 << 30, unpacked_bytes=1 << 30, xml_part_bytes=1 << 30, ratio=100_000)


def heavy() -> bytes:
    """A small file that unpacks to a text of half a million paragraphs."""
    document = docx.Document()
    document.add_paragraph("字")
    old, made = zipfile.ZipFile(BytesIO(saved(document))), BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename == "word/document.xml":
                content = content.replace(b"</w:body>", b"<w:p><w:r><w:t>x</w:t></w:r></w:p>" * 500_000 + b"</w:body>")
            new.writestr(entry.filename, content)
    return made.getvalue()


def test_apart_reads_what_is_read_here() -> None:
    file = render(LOCAL_STANDARD.paper, LOCAL_STANDARD)

    apart, here = ReaderApart().read(file, "文本.docx"), ReaderHere().read(file, "文本.docx")
    assert apart == here


def test_a_refusal_comes_back_with_what_it_names() -> None:
    with pytest.raises(UploadRefused) as here:
        ReaderHere().read(b"PK\x03\x04 no", "坏.docx")
    with pytest.raises(UploadRefused) as apart:
        ReaderApart().read(b"PK\x03\x04 no", "坏.docx")

    assert apart.value.refusal == here.value.refusal


def test_what_needs_too_much_memory_is_stopped() -> None:
    with pytest.raises(UploadRefused) as refused:
        ReaderApart(ReadingLimits(GENEROUS, memory_mb=300)).read(heavy(), "重.docx")

    assert refused.value.refusal.code is UploadProblem.NEEDS_TOO_MUCH


def test_what_takes_too_long_is_stopped() -> None:
    with pytest.raises(UploadRefused) as refused:
        ReaderApart(ReadingLimits(GENEROUS, seconds=1, memory_mb=4096)).read(heavy(), "慢.docx")

    assert refused.value.refusal.code in (UploadProblem.TAKES_TOO_LONG, UploadProblem.NEEDS_TOO_MUCH)


def test_a_mistake_in_reading_is_not_told_as_want_of_memory(caplog: pytest.LogCaptureFixture) -> None:
    unheard_of: Any = {0: "unheard_of"}  # which no process can read: it stumbles, as over a mistake of ours
    with pytest.raises(UploadRefused) as refused:
        ReaderApart().read(render(LOCAL_STANDARD.paper, LOCAL_STANDARD), "文本.docx", unheard_of)

    assert refused.value.refusal.code is UploadProblem.READING_FAILED
    assert "unheard_of" in caplog.text
