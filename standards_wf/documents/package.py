"""The parts of a docx as trees: opened without entities, without network, within limits."""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from standards_wf.documents.typography import ABOVE, BELOW, marked
from standards_wf.errors import StandardsError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
"""Strict files are read like transitional ones."""

_LARGEST_PART = 64 * 1024 * 1024


class Unreadable(StandardsError):
    """The bytes are no docx that can be read; uploads are inspected before, so nobody should meet this."""


def parse(xml: bytes) -> etree._Element:
    """Read XML that a stranger wrote.

    Raises Unreadable when it is not well-formed or declares a document type.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(xml, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(str(error)) from error
    if root.getroottree().docinfo.doctype:  # type: ignore[union-attr]
        raise Unreadable("document type declaration")
    return root


@dataclass(frozen=True)
class Package:
    """A docx, opened for reading."""

    data: bytes

    @cached_property
    def _zip(self) -> zipfile.ZipFile:
        try:
            return zipfile.ZipFile(io.BytesIO(self.data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise Unreadable(str(error)) from error

    def tree(self, name: str) -> etree._Element | None:
        """The tree of one part; None when there is no such part.

        Raises Unreadable when the part is damaged, too large or not well-formed.
        """
        xml = self.bytes_of(name)
        if xml is None:
            return None
        for strict, transitional in _STRICT.items():
            xml = xml.replace(strict, transitional)
        return parse(xml)

    @cached_property
    def main_part(self) -> str:
        """Where the body is: what the package's relationships say, or Word's usual place."""
        return next(iter(self._targets("_rels/.rels", "/officeDocument", "")), "word/document.xml")

    @cached_property
    def body(self) -> etree._Element:
        """The body of the text.

        Raises Unreadable when there is none.
        """
        document = self.tree(self.main_part)
        body = document.find(f"{W}body") if document is not None else None
        if body is None:
            raise Unreadable("no body")
        return body

    def beside(self, kind: str) -> list[str]:
        """The parts that the body refers to by this kind of relationship: styles, numbering, header, footer."""
        folder, name = posixpath.split(self.main_part)
        return self._targets(posixpath.join(folder, "_rels", f"{name}.rels"), f"/{kind}", folder)

    @cached_property
    def relations(self) -> dict[str, str]:
        """The parts within the package that the body refers to, by the identity of the relationship."""
        folder, name = posixpath.split(self.main_part)
        tree = self.tree(posixpath.join(folder, "_rels", f"{name}.rels"))
        return {
            each.get("Id", ""): posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
            for each in (tree.iterchildren("{*}Relationship") if tree is not None else ())
            if each.get("TargetMode") != "External"
        }

    def bytes_of(self, name: str) -> bytes | None:
        """The bytes of one part; None when there is no such part.

        Raises Unreadable when the part is damaged or too large.
        """
        found = next((each for each in self._zip.infolist() if each.filename.lower() == name.lower()), None)
        if found is None:
            return None
        try:
            with self._zip.open(found) as part:
                content = part.read(_LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError, ValueError) as error:
            raise Unreadable(f"{name}: {error}") from error
        if len(content) > _LARGEST_PART:
            raise Unreadable(f"{name}: larger than {_LARGEST_PART} bytes")
        return content

    def _targets(self, relations: str, ending: str, folder: str) -> list[str]:
        tree = self.tree(relations)
        if tree is None:
            return []
        return [
            posixpath.normpath(posixpath.join("/", folder, each.get("Target", ""))).lstrip("/")
            for each in tree.iterchildren("{*}Relationship")
            if each.get("Type", "").endswith(ending) and each.get("TargetMode") != "External"
        ]


_SKIPPED = {
    f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "delInstrText", "pPr", "rPr", "sectPr")
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BOX = f"{W}txbxContent"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_BREAKS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}


def text_of(element: etree._Element, *, boxes: bool = False) -> str:
    """What a paragraph says, as if every tracked change were accepted; text boxes only when asked for."""
    said: list[str] = []
    _say(element, said, boxes=boxes)
    return "".join(said)


def _small_style(run: etree._Element) -> str | None:
    """The style for small signs in which a run is set; the templates' styles have their names as ids."""
    style = run.find(f"{W}rPr/{W}rStyle")
    name = style.get(f"{W}val") if style is not None else None
    return name if name in (BELOW, ABOVE) else None


def _say(element: etree._Element, said: list[str], *, boxes: bool) -> None:
    for child in element:
        tag = child.tag
        if tag in (f"{W}t", _MATH_TEXT):
            said.append(child.text or "")
        elif tag in _BREAKS:
            said.append(_BREAKS[tag])
        elif tag == f"{W}r" and (style := _small_style(child)):
            small: list[str] = []
            _say(child, small, boxes=boxes)
            said.append(marked("".join(small), style))
        elif tag in _SKIPPED or tag == _FALLBACK or (tag == _BOX and not boxes):
            continue
        else:
            _say(child, said, boxes=boxes)
            if boxes and tag == f"{W}p":
                said.append("\n")
