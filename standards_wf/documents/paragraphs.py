"""A docx from its first paragraph to its last: what each says, how it is styled, what number Word shows before it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from standards_wf.documents.content import Content, story_of
from standards_wf.documents.elements import Block, Inline, Table, stored_words
from standards_wf.documents.inlines import Lines
from standards_wf.documents.numbering import Numbering
from standards_wf.documents.package import W

_BODY_TEXT = 9
"""The outline level of text that is no heading."""

_HEADING_STYLE = re.compile(r"^(?:heading|标题)\s*(?P<level>[1-9])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph: `level` is its outline level (1 is the highest), `label` the automatic number."""

    content: tuple[Inline, ...]
    text: str
    """The same as plain signs, small ones with their marks."""
    style: str = ""
    level: int | None = None
    label: str = ""
    at: int = -1
    boxes: tuple[Block, ...] = ()
    """What stands in the text boxes that are anchored here."""


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
        self._settled: dict[str, _Style] = {}
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

    def settled(self, identity: str) -> _Style:
        """A style with all that it takes over from those that it is based on."""
        if identity not in self._settled:
            self._settled[identity] = self._settle(identity)
        return self._settled[identity]

    def _settle(self, identity: str) -> _Style:
        outline, list_id, list_level = None, None, None
        for style in self._chain(identity):
            heading = _HEADING_STYLE.match(style.name)
            outline = outline if outline is not None else style.outline
            outline = outline if outline is not None or not heading else int(heading["level"]) - 1
            list_id = list_id if list_id is not None else style.list_id
            list_level = list_level if list_level is not None else style.list_level
        named = self._styles.get(identity)
        return _Style(named.name if named else identity, "", outline, list_id, list_level)

    def _chain(self, identity: str) -> Iterator[_Style]:
        """The style and those that it is based on."""
        seen: set[str] = set()
        while identity in self._styles and identity not in seen:
            seen.add(identity)
            yield self._styles[identity]
            identity = self._styles[identity].based_on


def pieces_of(lines: Lines) -> Iterator[Piece | Table]:
    """The paragraphs and tables of the body in reading order.

    Raises Unreadable when a part cannot be read.
    """
    package = lines.package
    content = Content(lines)
    styles = _Styles(next((package.tree(name) for name in package.beside("styles")), None))
    lists = Numbering.of(next((package.tree(name) for name in package.beside("numbering")), None))
    for element in story_of(package.body):
        yield content.table(element) if element.tag == f"{W}tbl" else _piece(element, content, styles, lists)


def _piece(element: etree._Element, content: Content, styles: _Styles, lists: Numbering) -> Piece:
    properties = element.find(f"{W}pPr")
    identity = _value(properties, "pStyle") or styles.default
    outline = _whole(_value(properties, "outlineLvl"))
    numbered = properties.find(f"{W}numPr") if properties is not None else None
    list_id, list_level = _value(numbered, "numId"), _whole(_value(numbered, "ilvl"))
    style = styles.settled(identity)
    outline = outline if outline is not None else style.outline
    list_id = list_id if list_id is not None else style.list_id
    list_level = list_level if list_level is not None else style.list_level
    line = content.lines.line(element)
    text = stored_words(line)
    # An empty paragraph in a list shows its number only where the style means it to: a term, an annex mark.
    counted = list_id not in (None, "0") and bool(text.strip() or _stands_alone(style.name))
    return Piece(
        content=line,
        text=text,
        style=style.name,
        level=outline + 1 if outline is not None and outline < _BODY_TEXT else None,
        label=lists.label(str(list_id), list_level or 0) if counted else "",
        at=content.lines.at(element),
        boxes=tuple(content.boxes(element)),
    )


def _stands_alone(style: str) -> bool:
    return style.startswith("标准文件_") and any(
        word in style for word in ("术语条", "附录标识", "章标题", "条标题", "级无标题")
    )


def _value(element: etree._Element | None, name: str) -> str | None:
    found = element.find(f"{W}{name}") if element is not None else None
    return found.get(f"{W}val") if found is not None else None


def _whole(text: str | None) -> int | None:
    return int(text) if text is not None and text.isdigit() else None
