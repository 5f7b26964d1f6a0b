"""A docx from its first paragraph to its last: what each says, how it is styled, what number Word shows before it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from standards_wf.documents.numbering import Numbering
from standards_wf.documents.package import Package, W, text_of

_WRAPPERS = {f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "smartTag", "ins", "moveTo")}
_BODY_TEXT = 9
"""The outline level of text that is no heading."""

_HEADING_STYLE = re.compile(r"^(?:heading|标题)\s*(?P<level>[1-9])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: `level` is its outline level (1 is the highest), `label` the automatic number."""

    text: str
    style: str = ""
    level: int | None = None
    label: str = ""
    pictured: bool = False


@dataclass(frozen=True, slots=True)
class TableText:
    """One table, row by row and cell by cell, every row as wide as the table."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class _Style:
    name: str
    based_on: str
    outline: int | None
    list_id: str | None
    list_level: int | None


class _Styles:
    """The paragraph styles of a document, with what they inherit."""

    def __init__(self, tree: etree._Element | None) -> None:
        self._styles: dict[str, _Style] = {}
        self.default = ""
        for each in tree.iterchildren(f"{W}style") if tree is not None else ():
            identity = each.get(f"{W}styleId", "")
            properties = each.find(f"{W}pPr")
            numbered = properties.find(f"{W}numPr") if properties is not None else None
            self._styles[identity] = _Style(
                name=_value(each, "name") or identity,
                based_on=_value(each, "basedOn") or "",
                outline=_whole(_value(properties, "outlineLvl")),
                list_id=_value(numbered, "numId"),
                list_level=_whole(_value(numbered, "ilvl")),
            )
            if each.get(f"{W}type") == "paragraph" and each.get(f"{W}default") in ("1", "true", "on"):
                self.default = identity

    def name(self, identity: str) -> str:
        """The name that people see for a style."""
        found = self._styles.get(identity)
        return found.name if found else identity

    def chain(self, identity: str) -> Iterator[_Style]:
        """The style and those that it is based on."""
        seen: set[str] = set()
        while identity in self._styles and identity not in seen:
            seen.add(identity)
            yield self._styles[identity]
            identity = self._styles[identity].based_on


def paragraphs_of(package: Package) -> Iterator[Paragraph | TableText]:
    """The paragraphs and tables of the body in reading order.

    Raises Unreadable when a part cannot be read.
    """
    styles = _Styles(next((package.tree(name) for name in package.beside("styles")), None))
    lists = Numbering.of(next((package.tree(name) for name in package.beside("numbering")), None))
    for element in _blocks(package.body):
        if element.tag == f"{W}tbl":
            yield TableText(tuple(_rows(element)))
        else:
            yield _paragraph(element, styles, lists)


def _blocks(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in _WRAPPERS:
            yield from _blocks(child)


def _paragraph(element: etree._Element, styles: _Styles, lists: Numbering) -> Paragraph:
    properties = element.find(f"{W}pPr")
    identity = _value(properties, "pStyle") or styles.default
    outline = _whole(_value(properties, "outlineLvl"))
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    list_id, list_level = _value(numbered, "numId"), _whole(_value(numbered, "ilvl"))
    for style in styles.chain(identity):
        heading = _HEADING_STYLE.match(style.name)
        outline = outline if outline is not None else style.outline
        outline = outline if outline is not None or not heading else int(heading["level"]) - 1
        list_id = list_id if list_id is not None else style.list_id
        list_level = list_level if list_level is not None else style.list_level
    text = text_of(element)
    # An empty paragraph in a list shows its number only where the style means it to: a term, an annex mark.
    counted = list_id not in (None, "0") and bool(text.strip() or _stands_alone(styles.name(identity)))
    return Paragraph(
        text=text,
        style=styles.name(identity),
        level=outline + 1 if outline is not None and outline < _BODY_TEXT else None,
        label=lists.label(str(list_id), list_level or 0) if counted else "",
        pictured=next(element.iter(f"{W}drawing", f"{W}pict", f"{W}object"), None) is not None,
    )


def _stands_alone(style: str) -> bool:
    return style.startswith("标准文件_") and any(word in style for word in ("术语条", "附录标识", "条标题"))


def _rows(table: etree._Element) -> Iterator[tuple[str, ...]]:
    """The rows that say something; a cell that goes on from the row above repeats what stands there."""
    above: list[str] = []
    for row in _inside(table, f"{W}tr"):
        cells: list[str] = []
        for cell in _inside(row, f"{W}tc"):
            properties = cell.find(f"{W}tcPr")
            merged = properties.find(f"{W}vMerge") if properties is not None else None
            if merged is not None and merged.get(f"{W}val", "continue") == "continue" and len(cells) < len(above):
                cells.append(above[len(cells)])
            else:
                said = (" ".join(text_of(each).split()) for each in cell.iter(f"{W}p"))
                cells.append(" ".join(said).strip())
            cells += [""] * ((_whole(_value(properties, "gridSpan")) or 1) - 1)
        above = cells
        if any(cells):
            yield tuple(cells)


def _inside(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _inside(child, tag)


def _value(element: etree._Element | None, name: str) -> str | None:
    found = element.find(f"{W}{name}") if element is not None else None
    return found.get(f"{W}val") if found is not None else None


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() else None
