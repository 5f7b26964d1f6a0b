"""The first look at a file that somebody sent, before anything else opens it.

1. Its size; 2. its kind, by content and never by name; 3. for the zip-made kinds each part by name, size and content:
nothing that unpacks without end, runs, hides another archive, declares entities or fetches from outside;
4. for PDF what would run when it is opened. A file that passes is read by the rest of the system; every other gets
one sentence that says what is wrong and how to mend it.
"""

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePosixPath

from lxml import etree

from standards_wf.documents.package import Unreadable, parse
from standards_wf.documents.problems import UploadProblem
from standards_wf.errors import Invalid
from standards_wf.workflow.refusals import Refusal


class FileKind(StrEnum):
    """The kinds of file that can be taken in."""

    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpg"

    @property
    def media_type(self) -> str:
        """The kind in the words of HTTP."""
        return _MEDIA_TYPES[self]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    FileKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.PDF: "application/pdf",
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
}
_ZIPPED = {FileKind.DOCX, FileKind.XLSX}


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """How large a file may be, packed and unpacked."""

    file_bytes: int = 20 * 1024 * 1024
    unpacked_bytes: int = 200 * 1024 * 1024
    xml_part_bytes: int = 24 * 1024 * 1024
    parts: int = 2000
    ratio: int = 250


@dataclass(frozen=True, slots=True)
class InspectedFile:
    """A file that passed: what it really is, and a name that is safe to store and to offer for download."""

    kind: FileKind
    media_type: str
    filename: str


class UploadRefused(Invalid):
    """The file is not taken in; `refusal` says why, for the field `file`."""

    def __init__(self, problem: UploadProblem, **params: object) -> None:
        self.refusal = Refusal(problem, **params)
        super().__init__({"file": self.refusal})


def inspect_upload(
    data: bytes, filename: str, *, allowed: frozenset[FileKind], limits: UploadLimits | None = None
) -> InspectedFile:
    """Look at a file before anything opens it.

    Raises UploadRefused with one reason.
    """
    limits = limits or UploadLimits()
    name = clean_filename(filename)
    if not data:
        raise UploadRefused(UploadProblem.EMPTY, name=name)
    if len(data) > limits.file_bytes:
        raise UploadRefused(
            UploadProblem.TOO_LARGE, name=name, size=_megabytes(len(data)), limit=_megabytes(limits.file_bytes)
        )
    kind = _kind_of(data, name, limits)
    if kind not in allowed:
        raise _wrong_kind(name, allowed)
    if kind is FileKind.PDF:
        _look_into_pdf(data, name)
    return InspectedFile(kind, kind.media_type, _with_ending(name, kind))


def clean_filename(filename: str) -> str:
    """The name without folders, control and direction signs and what other systems cannot store."""
    name = unicodedata.normalize("NFC", filename).replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    name = re.sub(r'[<>:"|?*\s]+', " ", name).strip(" .")
    stem, dot, ending = name.rpartition(".")
    if not dot:
        stem, ending = name, ""
    if re.fullmatch(r"(?i)con|prn|aux|nul|com\d|lpt\d", stem.split(".")[0]):
        stem = f"_{stem}"
    return f"{stem[:100].strip()}{dot}{ending[:10]}" if stem else f"file{dot}{ending[:10]}"


def _with_ending(name: str, kind: FileKind) -> str:
    """The ending tells the real kind, whatever the sender called it."""
    path = PurePosixPath(name)
    known = path.suffix.lower() == f".{kind}" or (kind is FileKind.JPEG and path.suffix.lower() == ".jpeg")
    return name if known else f"{name}.{kind}"


def _kind_of(data: bytes, name: str, limits: UploadLimits) -> FileKind | None:
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        locked = "EncryptedPackage".encode("utf-16-le") in data
        raise UploadRefused(UploadProblem.ENCRYPTED if locked else UploadProblem.OLD_FORMAT, name=name)
    if data.startswith(b"PK\x03\x04"):
        return _look_into_zip(data, name, limits)
    if data.startswith(b"%PDF-"):
        return FileKind.PDF
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return FileKind.PNG
    if data.startswith(b"\xff\xd8\xff"):
        return FileKind.JPEG
    return None


def _wrong_kind(name: str, allowed: frozenset[FileKind]) -> UploadRefused:
    return UploadRefused(UploadProblem.WRONG_KIND, name=name, allowed="、".join(sorted(allowed)))


def _look_into_zip(data: bytes, name: str, limits: UploadLimits) -> FileKind | None:
    """Walk the parts, each unpacked no further than the limits allow; None when it is some other archive."""
    if (declared := _declared_parts(data)) > limits.parts:
        raise UploadRefused(UploadProblem.TOO_MANY_PARTS, name=name, parts=declared, limit=limits.parts)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _look_into_parts(archive, name, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, struct.error, OSError, ValueError, NotImplementedError) as error:
        raise UploadRefused(UploadProblem.BROKEN, name=name, part=str(error)[:80]) from error


def _declared_parts(data: bytes) -> int:
    """The number of parts that the archive's last record declares, read before any list of them is made."""
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    return int.from_bytes(data[at + 10 : at + 12], "little") if at >= 0 else 0


def _look_into_parts(archive: zipfile.ZipFile, name: str, limits: UploadLimits) -> FileKind | None:
    entries = archive.infolist()
    if len(entries) > limits.parts:
        raise UploadRefused(UploadProblem.TOO_MANY_PARTS, name=name, parts=len(entries), limit=limits.parts)
    _check_names(entries, name)
    names = {entry.filename.lower() for entry in entries}
    is_office = "[content_types].xml" in names
    unpacked = 0
    kind: FileKind | None = None
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise UploadRefused(UploadProblem.ENCRYPTED, name=name)
        content = _unpack(archive, entry, name, limits)
        unpacked += len(content)
        if unpacked > limits.unpacked_bytes:
            raise UploadRefused(UploadProblem.UNPACKS_TOO_LARGE, name=name, part=_megabytes(unpacked))
        part = entry.filename.lower()
        _check_embedded(part, content, name)
        if part.endswith((".xml", ".rels", ".vml")):
            found = _look_into_xml(part, content, name)
            kind = found or kind
    return kind if is_office else None


def _check_names(entries: list[zipfile.ZipInfo], name: str) -> None:
    """No part may name a place outside the archive, hide behind a second of its name, or be a link."""
    seen: set[str] = set()
    for entry in entries:
        raw = entry.orig_filename
        steps = raw.replace("\\", "/").split("/")
        outside = raw.startswith(("/", "\\")) or ".." in steps or re.match(r"^[A-Za-z]:", raw) or "\x00" in raw
        link = stat.S_ISLNK(entry.external_attr >> 16)
        if outside or link or raw.lower() in seen:
            raise UploadRefused(UploadProblem.PART_NAMES, name=name, part=_quoted(raw))
        seen.add(raw.lower())


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limits: UploadLimits) -> bytes:
    """The content of one part; what the archive says about sizes is not believed."""
    largest = limits.xml_part_bytes if entry.filename.lower().endswith((".xml", ".rels")) else limits.unpacked_bytes
    largest = max(min(largest, limits.ratio * max(entry.compress_size, 4096)), 1024 * 1024)
    with archive.open(entry) as part:
        content = part.read(largest + 1)
    if len(content) > largest:
        raise UploadRefused(UploadProblem.UNPACKS_TOO_LARGE, name=name, part=_quoted(entry.filename))
    return content


_ARCHIVES = (b"PK\x03\x04", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"BZh")
_OBJECT_OF_OFFICE = re.compile(r"/embeddings/[^/]+\.(xlsx|docx|pptx|xltx|dotx|potx|ppsx|vsdx|bin)$")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!")


def _check_embedded(part: str, content: bytes, name: str) -> None:
    if part.endswith(("vbaproject.bin", "vbadata.xml")) or "/activex/" in f"/{part}" or "/macrosheets/" in f"/{part}":
        raise UploadRefused(UploadProblem.MACROS, name=name, part=_quoted(part))
    if content.startswith(_PROGRAMS) and "/embeddings/" in f"/{part}":
        raise UploadRefused(UploadProblem.MACROS, name=name, part=_quoted(part))
    # A chart keeps its figures in a workbook of its own, which nothing here opens.
    if content.startswith(_ARCHIVES) and not _OBJECT_OF_OFFICE.search(f"/{part}"):
        raise UploadRefused(UploadProblem.NESTED_ARCHIVE, name=name, part=_quoted(part))


_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([^\"']+)[\"']")


def _look_into_xml(part: str, content: bytes, name: str) -> FileKind | None:
    """Check one XML part; the list of content types says what the whole file is."""
    narrow = (
        content.replace(b"\x00", b"")
        if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:4]
        else content
    )
    declared = _ENCODING.match(narrow.removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff"))
    odd = declared and declared[1].lower() not in (
        b"utf-8",
        b"utf8",
        b"utf-16",
        b"us-ascii",
        b"ascii",
        b"iso-8859-1",
        b"windows-1252",
    )
    if _DECLARATION.search(narrow) or odd:
        raise UploadRefused(UploadProblem.ENTITIES, name=name, part=_quoted(part))
    if not narrow.strip():
        return None
    try:
        root = parse(content)
    except Unreadable as error:
        raise UploadRefused(UploadProblem.BROKEN, name=name, part=_quoted(part)) from error
    if part == "[content_types].xml":
        return _kind_by_types(root, name)
    if part.endswith(".rels"):
        _check_relations(root, name)
    _check_fields(root, name)
    return None


def _kind_by_types(root: etree._Element, name: str) -> FileKind | None:
    types = " ".join(each.get("ContentType", "") for each in root).lower()
    if "macroenabled" in types or "vbaproject" in types or "activex" in types:
        raise UploadRefused(UploadProblem.MACROS, name=name, part="[Content_Types].xml")
    if ".template.main+xml" in types:
        raise UploadRefused(UploadProblem.TEMPLATE, name=name)
    if "wordprocessingml.document.main+xml" in types:
        return FileKind.DOCX
    return FileKind.XLSX if "spreadsheetml.sheet.main+xml" in types else None


_OWN_DISK = re.compile(r"(?i)^(?:file:///)?[a-z]:(?![/\\]{2})|^[^/\\:]+$")


def _check_relations(root: etree._Element, name: str) -> None:
    """Only links that a reader clicks may lead outside.

    The template by which a text was written may be named where it lies on the writer's own disk: Word and WPS always
    write that, and nothing here looks for it. A template on a server is how a harmless text fetches a harmful one.
    """
    for each in root:
        kind, target = each.get("Type", ""), each.get("Target", "")
        leads_out = each.get("TargetMode") == "External" or re.match(
            r"(?i)(?:[a-z][a-z0-9+.-]+:)?//|\\\\|file:", target
        )
        harmless = kind.endswith("/hyperlink") or (kind.endswith("/attachedTemplate") and _OWN_DISK.match(target))
        if leads_out and not harmless:
            raise UploadRefused(
                UploadProblem.EXTERNAL_PARTS, name=name, part=f"{kind.rsplit('/', 1)[-1]}: {_quoted(target)}"
            )


_FIELD = re.compile(r"^\s*(DDE|DDEAUTO|INCLUDETEXT|IMPORT|LINK)\b", re.IGNORECASE)


def _check_fields(root: etree._Element, name: str) -> None:
    for code in _field_codes(root):
        if found := _FIELD.match(code):
            raise UploadRefused(UploadProblem.ACTIVE_FIELDS, name=name, part=found[1].upper())


def _field_codes(root: etree._Element) -> Iterator[str]:
    """The instructions of the fields; Word may cut one over several runs."""
    code: list[str] = []
    for element in root.iter("{*}fldChar", "{*}instrText", "{*}fldSimple"):
        if element.tag.endswith("}fldSimple"):
            yield next((str(value) for key, value in element.attrib.items() if str(key).endswith("}instr")), "")
        elif element.tag.endswith("}instrText"):
            code.append(element.text or "")
        elif code:
            yield "".join(code)
            code = []
    yield "".join(code)


_PDF_NAME = re.compile(rb"#([0-9A-Fa-f]{2})")
_PDF_STREAM = re.compile(rb"\bstream\r?\n.*?\bendstream", re.DOTALL)
_PDF_ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFile|RichMedia|XFA)(?![A-Za-z])")


def _look_into_pdf(data: bytes, name: str) -> None:
    """A quick look at a PDF's plain objects; what hides in its packed streams is left to the reader's program."""
    if b"%%EOF" not in data[-2048:]:
        raise UploadRefused(UploadProblem.BROKEN, name=name, part="%%EOF")
    # Packed bytes are no words: three letters of a script's name stand in every large picture.
    plain = _PDF_NAME.sub(lambda found: bytes([int(found[1], 16)]), _PDF_STREAM.sub(b"", data))
    if re.search(rb"/Encrypt(?![A-Za-z])", plain):
        raise UploadRefused(UploadProblem.ENCRYPTED, name=name)
    if found := _PDF_ACTIVE.search(plain):
        raise UploadRefused(UploadProblem.ACTIVE_PDF, name=name, part=f"/{found[1].decode()}")


def _quoted(text: str) -> str:
    """A name from inside a file, short and printable."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)[:80]


def _megabytes(size: int) -> str:
    return f"{size / 1024 / 1024:.1f} MB"
