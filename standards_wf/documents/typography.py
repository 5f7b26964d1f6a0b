"""Subscripts and superscripts: `E_x`, `U_{rel}`, `m^3` and `10^{-6}` are set as a printer would set them.

A text is stored with the plain marks, so that it can be searched and compared; the paper shows the small signs, in
character styles of their own by which they are known again when the paper is read.
"""

import copy
import re
from collections.abc import Iterator

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from lxml import etree

BELOW, ABOVE = "标准文件_下标", "标准文件_上标"

_SMALL = re.compile(
    r"(?<=[A-Za-zα-ωΑ-Ω)）\]])(?P<mark>_)(?:\{(?P<braced>[^{}]{1,24})\}|(?P<bare>[A-Za-z0-9]+))"
    r"|(?<=[A-Za-z0-9)）\]])(?P<power>\^)(?:\{(?P<powered>[^{}]{1,24})\}|(?P<plain>[-−]?\d+|[A-Za-z]))"
)


def marked(small: str, style: str) -> str:
    """Small signs of a paper as the plain marks with which a text is stored."""
    mark = "_" if style == BELOW else "^"
    bare = r"[A-Za-z0-9]+" if style == BELOW else r"[-−]?\d+|[A-Za-z]"
    return f"{mark}{small}" if re.fullmatch(bare, small) else f"{mark}{{{small}}}"


def normal_marks(text: str) -> str:
    """The marks in their one form: braces only where they are needed."""
    return _SMALL.sub(lambda found: marked(*_small_of(found)), text)


def small_signs(text: str) -> Iterator[tuple[str, str | None]]:
    """A text cut at its marks: each piece with the style of small signs in which it is set, if any."""
    at = 0
    for found in _SMALL.finditer(text):
        if found.start() > at:
            yield text[at : found.start()], None
        yield _small_of(found)
        at = found.end()
    if at < len(text):
        yield text[at:], None


def set_small_signs(run: etree._Element, styles: dict[str, str]) -> None:
    """Cut a run at its marks and set what they mark in the styles (by name → id) for small signs."""
    parent = run.getparent()
    if parent is None or not any(_SMALL.search(words.text or "") for words in run.iterchildren(qn("w:t"))):
        return
    for content in [each for each in run if each.tag != qn("w:rPr")]:
        if content.tag != qn("w:t"):
            run.addprevious(_piece(run, content, None))
            continue
        text, at = content.text or "", 0
        for found in _SMALL.finditer(text):
            run.addprevious(_piece(run, _words(text[at : found.start()]), None))
            small, style = _small_of(found)
            run.addprevious(_piece(run, _words(small), styles[style]))
            at = found.end()
        run.addprevious(_piece(run, _words(text[at:]), None))
    parent.remove(run)


def _small_of(found: re.Match[str]) -> tuple[str, str]:
    if found["mark"]:
        return found["braced"] or found["bare"], BELOW
    return found["powered"] or found["plain"], ABOVE


def _piece(run: etree._Element, content: etree._Element, style: str | None) -> etree._Element:
    piece = OxmlElement("w:r")
    properties = run.find(qn("w:rPr"))
    if properties is not None:
        piece.append(copy.deepcopy(properties))
    if style is not None:
        own = piece.find(qn("w:rPr"))
        if own is None:
            own = OxmlElement("w:rPr")
            piece.append(own)
        named = OxmlElement("w:rStyle")
        named.set(qn("w:val"), style)
        own.insert(0, named)
    piece.append(content)
    return piece


def _words(text: str) -> etree._Element:
    words = OxmlElement("w:t")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    words.text = text
    return words
