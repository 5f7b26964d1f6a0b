"""Files that somebody sent are looked at before anything opens them."""

import io
import zipfile

import docx
import pytest

from standards_wf.documents.inspect import (
    FileKind,
    InspectedFile,
    UploadLimits,
    UploadRefused,
    clean_filename,
    inspect_upload,
)
from standards_wf.documents.problems import UploadProblem, sentence
from standards_wf.documents.render import render
from standards_wf.errors import Invalid
from standards_wf.wording.language import Language, use
from tests.unit.documents.samples import LOCAL_STANDARD

_EVERY = frozenset(FileKind)
_DOCX = frozenset({FileKind.DOCX})
_SMALL = UploadLimits(unpacked_bytes=3 * 1024 * 1024, xml_part_bytes=1024 * 1024, parts=60, ratio=20)
_PDF = b"%PDF-1.6\n1 0 obj\n<</Type/Catalog>>\nendobj\nstartxref\n9\n%%EOF\n"


def a_docx() -> bytes:
    document = docx.Document()
    document.add_heading("1 范围", 1)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def rewritten(data: bytes, changes: dict[str, bytes]) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, changes.get(name, old.read(name)))
        for name in changes.keys() - set(old.namelist()):
            new.writestr(name, changes[name])
    return written.getvalue()


def replaced(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        content = parts.read(part)
    assert old in content
    return rewritten(data, {part: content.replace(old, new)})


def related(kind: bytes, target: bytes) -> bytes:
    """A docx whose body names something outside by a relationship of this kind."""
    link = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
        + kind
        + b'" Target="'
        + target
        + b'" TargetMode="External"/></Relationships>'
    )
    return replaced(a_docx(), "word/_rels/document.xml.rels", b"</Relationships>", link)


def field_of(code: bytes) -> bytes:
    """A docx with a field whose instruction is cut over two runs, as Word does."""
    runs = (
        b'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>'
        + code[:4]
        + b"</w:instrText></w:r><w:r><w:instrText>"
        + code[4:]
        + b'</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:sectPr'
    )
    return replaced(a_docx(), "word/document.xml", b"<w:sectPr", runs)


def passes(data: bytes, limits: UploadLimits | None = None) -> bool:
    """Whether the file is taken in as a docx or, by its content, as something else."""
    return inspect_upload(data, "a.docx", allowed=_EVERY, limits=limits).kind in FileKind


def problem(data: bytes, name: str = "送审稿.docx", limits: UploadLimits | None = None) -> UploadProblem:
    """Why the file is refused; its sentence exists and names the file in both languages."""
    with pytest.raises(UploadRefused) as refused:
        inspect_upload(data, name, allowed=_EVERY, limits=limits)
    assert isinstance(refused.value, Invalid)
    assert refused.value.fields == {"file": refused.value.refusal}
    said = set()
    for language in Language:
        use(language)
        said.add(sentence(refused.value.refusal))
    use(Language.ZH)
    assert len(said) == len(Language)
    assert all(clean_filename(name) in each and "{" not in each for each in said)
    return UploadProblem(refused.value.refusal.code)


def test_a_right_docx_passes_under_its_own_name() -> None:
    assert inspect_upload(a_docx(), "送审稿.docx", allowed=_DOCX) == InspectedFile(
        FileKind.DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "送审稿.docx"
    )


def test_what_the_system_makes_itself_passes() -> None:
    made = render(LOCAL_STANDARD.paper, LOCAL_STANDARD)

    assert inspect_upload(made, "标准.docx", allowed=_DOCX).kind is FileKind.DOCX


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (_PDF, FileKind.PDF),
        (b"\x89PNG\r\n\x1a\n" + bytes(8), FileKind.PNG),
        (b"\xff\xd8\xff\xe0" + bytes(8), FileKind.JPEG),
    ],
)
def test_the_kind_is_told_by_the_content_and_given_to_the_name(data: bytes, kind: FileKind) -> None:
    inspected = inspect_upload(data, "scan.docx", allowed=_EVERY)

    assert inspected.kind is kind
    assert inspected.filename == f"scan.docx.{kind}"


@pytest.mark.parametrize(
    "data",
    [
        b"MZ\x90\x00 this program cannot be run",
        b"<!DOCTYPE html><html></html>",
        b"plain words",
        b"PK\x05\x06" + bytes(18),
    ],
    ids=["program", "web page", "text", "empty archive"],
)
def test_another_content_under_the_name_of_a_docx_is_refused(data: bytes) -> None:
    assert problem(data) is UploadProblem.WRONG_KIND


def test_a_kind_that_is_not_wanted_here_is_refused_and_the_wanted_are_named() -> None:
    with pytest.raises(UploadRefused) as refused:
        inspect_upload(_PDF, "a.pdf", allowed=_DOCX)
    assert dict(refused.value.refusal.params) == {"name": "a.pdf", "allowed": "docx"}


def test_an_empty_file_is_refused() -> None:
    assert problem(b"") is UploadProblem.EMPTY


def test_size_is_counted_to_the_byte() -> None:
    data = a_docx()

    assert passes(data, UploadLimits(file_bytes=len(data)))
    assert problem(data, limits=UploadLimits(file_bytes=len(data) - 1)) is UploadProblem.TOO_LARGE


def test_an_archive_that_is_no_office_file_is_refused() -> None:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("readme.txt", "words")

    assert problem(written.getvalue()) is UploadProblem.WRONG_KIND


def test_a_part_that_unpacks_without_end_is_refused() -> None:
    bomb = rewritten(a_docx(), {"word/media/image1.bin": bytes(2 * 1024 * 1024)})

    assert problem(bomb, limits=_SMALL) is UploadProblem.UNPACKS_TOO_LARGE


def test_many_parts_that_unpack_without_end_together_are_refused() -> None:
    limits = UploadLimits(unpacked_bytes=3 * 1024 * 1024, ratio=10_000)
    bomb = rewritten(a_docx(), {f"word/media/{n}.bin": bytes(1024 * 1024) for n in range(4)})

    assert problem(bomb, limits=limits) is UploadProblem.UNPACKS_TOO_LARGE


def test_an_archive_that_lies_about_a_size_is_not_believed() -> None:
    bomb = bytearray(rewritten(a_docx(), {"word/media/image1.bin": bytes(2 * 1024 * 1024)}))
    at = bytes(bomb).rfind(b"PK\x01\x02")
    bomb[at + 24 : at + 28] = (100).to_bytes(4, "little")

    assert problem(bytes(bomb), limits=_SMALL) in {UploadProblem.UNPACKS_TOO_LARGE, UploadProblem.BROKEN}


def test_too_many_parts_are_refused() -> None:
    crowd = rewritten(a_docx(), {f"word/media/{n}.txt": b"x" for n in range(80)})

    assert problem(crowd, limits=_SMALL) is UploadProblem.TOO_MANY_PARTS


def test_an_archive_within_is_refused_but_the_workbook_of_a_chart_is_not() -> None:
    assert problem(rewritten(a_docx(), {"word/media/inner.zip": a_docx()})) is UploadProblem.NESTED_ARCHIVE
    assert passes(rewritten(a_docx(), {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": a_docx()}))


def test_a_macro_file_is_refused_whatever_it_is_called() -> None:
    by_type = replaced(
        a_docx(),
        "[Content_Types].xml",
        b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
        b"application/vnd.ms-word.document.macroEnabled.main+xml",
    )
    by_part = rewritten(a_docx(), {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})

    assert problem(by_type, "renamed.docx") is UploadProblem.MACROS
    assert problem(by_part, "renamed.docx") is UploadProblem.MACROS


def test_a_template_is_refused_as_what_it_is() -> None:
    template = replaced(a_docx(), "[Content_Types].xml", b"document.main+xml", b"template.main+xml")

    assert problem(template) is UploadProblem.TEMPLATE


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_refused_in_any_encoding(encoding: str) -> None:
    evil = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">&x;</w:document>'
    ).encode(encoding)

    assert problem(rewritten(a_docx(), {"word/document.xml": evil})) is UploadProblem.ENTITIES


def test_an_encoding_that_could_hide_a_declaration_is_refused() -> None:
    hidden = b'<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE w+AD4-<w/>'

    assert problem(rewritten(a_docx(), {"word/document.xml": hidden})) is UploadProblem.ENTITIES


@pytest.mark.parametrize("name", ["../../etc/cron.d/x", "/etc/passwd", "C:/x.txt", "word\\..\\..\\x"])
def test_a_part_that_names_a_place_outside_is_refused(name: str) -> None:
    assert problem(rewritten(a_docx(), {name: b"x"})) is UploadProblem.PART_NAMES


def test_two_parts_of_one_name_are_refused() -> None:
    assert problem(rewritten(a_docx(), {"WORD/document.xml": b"<w/>"})) is UploadProblem.PART_NAMES


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        (b"attachedTemplate", b"http://example.org/evil.dotm"),
        (b"attachedTemplate", b"file://server/share/evil.dotm"),
        (b"attachedTemplate", b"\\\\server\\share\\evil.dotm"),
        (b"oleObject", b"file:///C:/x.xlsx"),
        (b"image", b"http://example.org/seen.png"),
        (b"subDocument", b"chapter1.docx"),
    ],
)
def test_what_would_be_fetched_from_outside_is_refused(kind: bytes, target: bytes) -> None:
    assert problem(related(kind, target)) is UploadProblem.EXTERNAL_PARTS


@pytest.mark.parametrize(
    ("kind", "target"),
    [
        (b"hyperlink", b"https://example.org/"),
        (b"attachedTemplate", b"file:///C:\\Users\\someone\\Templates\\standard.dotx"),
        (b"attachedTemplate", b"Normal.dotm"),
    ],
)
def test_links_and_the_writers_own_template_are_let_pass(kind: bytes, target: bytes) -> None:
    assert passes(related(kind, target))


@pytest.mark.parametrize("code", [b" DDEAUTO c:\\\\cmd.exe", b'INCLUDETEXT "/etc/passwd"', b"LINK Excel.Sheet"])
def test_a_field_that_fetches_or_runs_is_refused_even_in_pieces(code: bytes) -> None:
    assert problem(field_of(code)) is UploadProblem.ACTIVE_FIELDS


def test_an_ordinary_field_is_let_pass() -> None:
    assert passes(field_of(b'TOC \\o "1-2" \\h'))


@pytest.mark.parametrize("share", [0.3, 0.7, 0.99])
def test_a_truncated_file_is_refused(share: float) -> None:
    data = a_docx()

    assert problem(data[: int(len(data) * share)]) is UploadProblem.BROKEN


def test_a_damaged_part_is_refused() -> None:
    assert problem(rewritten(a_docx(), {"word/document.xml": b"<w:document>"})) is UploadProblem.BROKEN


def test_an_office_file_with_a_password_or_of_the_old_kind_says_how_to_mend_it() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)

    assert problem(ole, "a.doc") is UploadProblem.OLD_FORMAT
    assert problem(ole + "EncryptedPackage".encode("utf-16-le"), "a.docx") is UploadProblem.ENCRYPTED


@pytest.mark.parametrize(
    ("inside", "why"),
    [
        (b"<</S/JavaScript/JS(app.alert(1))>>", UploadProblem.ACTIVE_PDF),
        (b"<</S/J#61vaScript>>", UploadProblem.ACTIVE_PDF),
        (b"<</S/Launch/F(cmd.exe)>>", UploadProblem.ACTIVE_PDF),
        (b"<</Encrypt 5 0 R>>", UploadProblem.ENCRYPTED),
    ],
)
def test_a_pdf_that_acts_or_is_locked_is_refused(inside: bytes, why: UploadProblem) -> None:
    assert problem(_PDF.replace(b"<</Type/Catalog>>", inside), "a.pdf") is why


def test_packed_bytes_of_a_picture_are_not_taken_for_a_script() -> None:
    picture = b"<</Length 20>>\nstream\n\x01/JS \x02/Launch \x03\nendstream"

    assert passes(_PDF.replace(b"<</Type/Catalog>>", picture))


def test_a_pdf_that_breaks_off_is_refused() -> None:
    assert problem(_PDF[:-8], "a.pdf") is UploadProblem.BROKEN


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("C:\\Users\\x\\送审稿.docx", "送审稿.docx"),
        ("../../etc/passwd", "passwd"),
        ("a\u202excod.exe\n.docx", "axcod.exe.docx"),
        ('a<b>:"c".docx', "a b c.docx"),
        ("CON.docx", "_CON.docx"),
        ("", "file"),
        (" . ", "file"),
        ("稿" * 300 + ".docx", "稿" * 100 + ".docx"),
    ],
)
def test_names_lose_what_could_do_harm(sent: str, kept: str) -> None:
    assert clean_filename(sent) == kept
