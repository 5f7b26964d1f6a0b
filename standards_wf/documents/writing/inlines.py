"""What stands in a line, as runs of Word: text with its marks, formulae, pictures, references, footnotes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image
from lxml import etree

from standards_wf.documents.elements import Footnote, Inline, Mark, Math, Picture, Reference, Text
from standards_wf.documents.typography import ABOVE, BELOW
from standards_wf.documents.writing.omml import omml_of
from standards_wf.documents.writing.xml import attribute, run, small
from standards_wf.documents.writing.xml import field as field_of

_EMU_PER_MILLIMETRE = 36000
_UNKNOWN_SIZE = (100 * _EMU_PER_MILLIMETRE, 60 * _EMU_PER_MILLIMETRE)
"""The size of a picture that does not tell its own, such as a drawing of Windows."""
_HIGHEST = 200 * _EMU_PER_MILLIMETRE
TYPE_AREA = 165 * _EMU_PER_MILLIMETRE


@dataclass(frozen=True, slots=True)
class Place:
    """Where references lead: whether Word counts the number there, or it stands there in words."""

    is_counted: bool


@dataclass
class InlineWriter:
    """Writes lines, and gathers the footnotes and pictures that the file must hold beside them."""

    styles: Mapping[str, str]
    places: Mapping[str, Place]
    first_note: int = 1
    footnotes: list[str] = field(default_factory=list)
    endnotes: list[str] = field(default_factory=list)
    pictures: dict[str, Picture] = field(default_factory=dict)
    """By the identity that their relationship will have."""
    contents: Mapping[str, bytes] = field(default_factory=dict)
    _drawn: int = 0
    _in_note: bool = False

    def line(self, content: Sequence[Inline], *, widest: int = TYPE_AREA) -> str:
        """The runs of a line; no picture is wider than asked for."""
        return "".join(self._one(each, widest) for each in content)

    def _one(self, inline: Inline, widest: int) -> str:
        match inline:
            case Text():
                return run(inline.text, _properties(inline.marks) if inline.marks else "")
            case Math():
                return _formula(inline.mathml, inline.text)
            case Reference():
                return self._reference(inline)
            case Footnote():
                return "" if self._in_note else self._footnote(inline)
            case Picture():
                return "" if self._in_note else self._picture(inline, widest)

    def _reference(self, reference: Reference) -> str:
        place = self.places.get(reference.target)
        counted = r" \r" if place is not None and place.is_counted else ""
        return field_of(rf"REF {reference.target}{counted} \h", reference.text, locked=place is None)

    def _footnote(self, note: Footnote) -> str:
        kind, held = ("endnote", self.endnotes) if note.is_endnote else ("footnote", self.footnotes)
        identity = self.first_note + len(held)
        style = attribute(self.styles.get(f"{kind} reference", ""))
        raised = f'<w:rPr><w:rStyle w:val="{style}"/><w:vertAlign w:val="superscript"/></w:rPr>'
        self._in_note = True
        said = self.line(note.content)
        self._in_note = False
        held.append(
            f'<w:{kind} w:id="{identity}"><w:p><w:pPr><w:pStyle w:val="{attribute(self.styles.get(f"{kind} text", ""))}"/>'
            f"</w:pPr><w:r>{raised}<w:{kind}Ref/></w:r>{said}</w:p></w:{kind}>"
        )
        return f'<w:r>{raised}<w:{kind}Reference w:id="{identity}"/></w:r>'

    def _picture(self, picture: Picture, widest: int) -> str:
        identity = next((key for key, each in self.pictures.items() if each.part == picture.part), "")
        if not identity:
            identity = f"rIdPicture{len(self.pictures) + 1}"
            self.pictures[identity] = picture
        self._drawn += 1
        width, height = _size(picture, self.contents.get(picture.sha256, b""), widest)
        extent = f'cx="{width}" cy="{height}"'
        name = f'id="{self._drawn + 1000}" name="图片{self._drawn}"'
        told = f' descr="{attribute(picture.description)}"' if picture.description else ""
        return (
            f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
            f"<wp:docPr {name}{told}/><wp:cNvGraphicFramePr/><a:graphic>"
            f'<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
            f'<pic:cNvPr {name}/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{identity}"/>'
            f'<a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/>'
            f'<a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic>'
            f"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        )


@lru_cache(maxsize=64)
def _properties(marks: frozenset[Mark]) -> str:
    """The properties of a run, in the order that the format asks for."""
    emphasis = ("<w:b/>" if Mark.BOLD in marks else "") + ("<w:i/>" if Mark.ITALIC in marks else "")
    style = small(BELOW) if Mark.BELOW in marks else small(ABOVE) if Mark.ABOVE in marks else ""
    named, raised = style.split("/>", 1) if style else ("", "")
    return f"{named}/>{emphasis}{raised}" if style else emphasis


@lru_cache(maxsize=512)
def _formula(mathml: str, signs: str) -> str:
    return etree.tostring(omml_of(mathml, signs), encoding="unicode")


def _size(picture: Picture, content: bytes, widest: int) -> tuple[int, int]:
    """Width and height as they were read, else as the picture tells them, made to fit."""
    width, height = picture.width, picture.height
    if width <= 0 or height <= 0:
        try:
            image = Image.from_blob(content) if content else None
        except (UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, ValueError, KeyError):
            image = None
        width, height = (int(image.width), int(image.height)) if image else _UNKNOWN_SIZE
    shrunk = min(1.0, widest / max(width, 1), _HIGHEST / max(height, 1))
    return max(1, round(width * shrunk)), max(1, round(height * shrunk))
