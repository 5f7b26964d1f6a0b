"""The body put into a filled template, where the template says, with all that the file must hold beside it."""

from collections.abc import Mapping, Sequence
from typing import cast

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from lxml import etree

from standards_wf.documents.elements import Block, Section
from standards_wf.documents.package import W
from standards_wf.documents.writing.body import BodyWriter
from standards_wf.documents.writing.inlines import InlineWriter
from standards_wf.documents.writing.lists import Lists
from standards_wf.documents.writing.xml import NAMESPACES, style_names

BODY_PLACE = "〔正文〕"
INTRODUCTION_PLACE = "〔引言〕"
"""What a filled template says where the two are to stand."""


def put_into(
    document: Document,
    sections: Sequence[Section],
    introduction: Sequence[Block],
    pictures: Mapping[str, bytes],
) -> None:
    """Write a text into a filled template; `pictures` are their bytes by hash.

    Raises ValueError where the template has no place for the body, or a picture of the text is not there.
    """
    names = {name: identity for identity, name in style_names(document).items()}
    notes = _Notes(document)
    lines = InlineWriter(names, {}, notes.first, contents=pictures)
    lists = _lists_of(document)
    writer = BodyWriter(sections, lists, names, lines)
    before = writer.blocks(introduction)
    body = writer.body()
    lists.enter()
    if (place := _place(document, INTRODUCTION_PLACE)) is not None:
        _replace(place, before)
    if (place := _place(document, BODY_PLACE)) is None:
        raise ValueError("the template has no place for the body")
    _replace(place, body)
    _keep_pictures(document, lines, pictures)
    notes.keep("footnote", lines.footnotes)
    notes.keep("endnote", lines.endnotes)


def _place(document: Document, words: str) -> etree._Element | None:
    for paragraph in document.element.body.iterchildren(qn("w:p")):
        if "".join(each.text or "" for each in paragraph.iter(qn("w:t"))).strip() == words:
            return cast(etree._Element, paragraph)
    return None


def _replace(place: etree._Element, source: str) -> None:
    for each in list(parse_xml(f"<w:body {NAMESPACES}>{source}</w:body>")):
        place.addprevious(each)
    parent = place.getparent()
    if parent is not None:
        parent.remove(place)


def _lists_of(document: Document) -> Lists:
    names = style_names(document)
    by_style = {
        names[style.get(f"{W}styleId", "")]: number.get(f"{W}val", "")
        for style in document.styles.element.iterchildren(f"{W}style")
        for number in style.iterfind(f"{W}pPr/{W}numPr/{W}numId")
    }
    return Lists(document.part.numbering_part.element, by_style)


def _keep_pictures(document: Document, lines: InlineWriter, contents: Mapping[str, bytes]) -> None:
    for identity, picture in lines.pictures.items():
        content = contents.get(picture.sha256)
        if content is None:
            raise ValueError(f"the picture {picture.part} is not there")
        part = Part(PackURI(f"/{picture.part}"), picture.media_type, content, document.part.package)
        document.part.rels.add_relationship(RELATIONSHIP_TYPE.IMAGE, part, identity)


_PARTS = {
    "footnote": (RELATIONSHIP_TYPE.FOOTNOTES, CONTENT_TYPE.WML_FOOTNOTES),
    "endnote": (RELATIONSHIP_TYPE.ENDNOTES, CONTENT_TYPE.WML_ENDNOTES),
}


class _Notes:
    """The footnotes and endnotes of a file: those of the template, and those that the text adds."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._parts = {kind: self._found(reltype) for kind, (reltype, _) in _PARTS.items()}
        taken = [
            int(each.get(f"{W}id", "0"))
            for part in self._parts.values()
            if part is not None
            for each in parse_xml(part.blob)
        ]
        self.first = max(taken, default=0) + 1

    def keep(self, kind: str, notes: Sequence[str]) -> None:
        """Add notes to their part, which is made where the template has none."""
        if not notes:
            return
        part = self._parts[kind]
        if part is not None:
            tree = parse_xml(part.blob)
            tree.extend(list(parse_xml(f"<w:holder {NAMESPACES}>{''.join(notes)}</w:holder>")))
            part._blob = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            return
        rules = "".join(
            f'<w:{kind} w:type="{sort}" w:id="{place}"><w:p><w:r><w:{sign}/></w:r></w:p></w:{kind}>'
            for place, sort, sign in (
                (-1, "separator", "separator"),
                (0, "continuationSeparator", "continuationSeparator"),
            )
        )
        reltype, content_type = _PARTS[kind]
        source = f"<w:{kind}s {NAMESPACES}>{rules}{''.join(notes)}</w:{kind}s>"
        name = PackURI(f"/word/{kind}s.xml")
        made = Part(name, content_type, source.encode(), self._document.part.package)
        self._document.part.relate_to(made, reltype)

    def _found(self, reltype: str) -> Part | None:
        relations = self._document.part.rels.values()
        return next((each.target_part for each in relations if each.reltype == reltype and not each.is_external), None)
