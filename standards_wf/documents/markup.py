"""Elements of HTML and XML, made so that what people wrote can never become markup."""

import re
from collections.abc import Iterable
from functools import cache
from typing import TypeAlias

from lxml import etree

from standards_wf.documents.mathml import MATHML

Child: TypeAlias = "str | etree._Element | Iterable[Child] | None"

_NOT_IN_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAFE_MATH = re.compile(
    r"math|mrow|mi|mn|mo|mtext|mspace|mfrac|msqrt|mroot|msub|msup|msubsup|munder|mover|munderover|mtable|mtr|mtd"
    r"|mstyle|mpadded|mphantom|menclose|mmultiscripts|mprescripts|none|mfenced"
)
_SAFE_MATH_ATTRIBUTES = re.compile(
    r"mathvariant|stretchy|fence|separators?|accent|accentunder|linethickness|open|close|display|notation|columnalign"
    r"|displaystyle"
)


def node(name: str, *children: Child, **attributes: str) -> etree._Element:
    """An element with its attributes (`class_`, `aria_label`) and with what stands in it, one after another."""
    made = etree.Element(name)
    for key, value in attributes.items():
        made.set(key.rstrip("_").replace("_", "-"), _NOT_IN_XML.sub("", value))
    for child in children:
        add(made, child)
    return made


def add(parent: etree._Element, child: Child) -> None:
    """Put something behind what stands in an element already; nothing may be put."""
    if child is None:
        return
    if isinstance(child, str):
        words = _NOT_IN_XML.sub("", child)
        if len(parent):
            parent[-1].tail = (parent[-1].tail or "") + words
        else:
            parent.text = (parent.text or "") + words
    elif isinstance(child, etree._Element):
        parent.append(child)
    else:
        for each in child:
            add(parent, each)


def math(mathml: str, words: str, *, namespace: str = "", display: bool = False) -> Child:
    """A formula with only what belongs to a formula; its plain signs where it cannot be read."""
    made = _parsed(mathml, namespace)
    if made is None:
        return words
    copy = etree.fromstring(made)
    if display:
        copy.set("display", "block")
    return copy


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


def _parsed(mathml: str, namespace: str) -> bytes | None:
    try:
        found = etree.fromstring(mathml, _parser())
    except etree.XMLSyntaxError:
        return None
    safe = _copied(found, namespace)
    return etree.tostring(safe) if safe is not None else None


def _copied(element: etree._Element, namespace: str) -> etree._Element | None:
    name = str(element.tag).removeprefix(f"{{{MATHML}}}")
    if not _SAFE_MATH.fullmatch(name):
        return None
    made = etree.Element(f"{{{namespace}}}{name}" if namespace else name)
    made.text = element.text
    for key, value in element.attrib.items():
        if _SAFE_MATH_ATTRIBUTES.fullmatch(str(key)):
            made.set(str(key), str(value))
    for child in element:
        copied = _copied(child, namespace)
        add(made, "".join(map(str, child.itertext())) if copied is None else copied)
    return made
