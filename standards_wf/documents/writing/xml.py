"""The words of WordprocessingML: text made safe, namespaces, an element from its source."""

import re
from functools import cache
from xml.sax.saxutils import escape

from docx.document import Document

from standards_wf.documents.package import W
from standards_wf.documents.typography import ABOVE, BELOW, small_signs

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{address}"'
    for prefix, address in (
        ("w", "http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
        ("m", "http://schemas.openxmlformats.org/officeDocument/2006/math"),
        ("r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        ("wp", "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
        ("a", "http://schemas.openxmlformats.org/drawingml/2006/main"),
        ("pic", "http://schemas.openxmlformats.org/drawingml/2006/picture"),
    )
)
_UNPRINTABLE = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SIGNS = re.compile(r"[\t\n]")
_BREAKS = {"\t": "<w:tab/>", "\n": "<w:br/>"}
_HEIGHT = {BELOW: "subscript", ABOVE: "superscript"}


def style_names(document: Document) -> dict[str, str]:
    """The names of a document's styles by their identities."""
    names = {}
    for style in document.styles.element.iterchildren(f"{W}style"):
        name = style.find(f"{W}name")
        names[style.get(f"{W}styleId", "")] = name.get(f"{W}val", "") if name is not None else ""
    return names


def clean(text: str) -> str:
    """Text without the control characters that no Word file may hold."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNPRINTABLE.sub("", text) if _UNPRINTABLE.search(text) else text


def attribute(text: str) -> str:
    """Text as the value of an attribute."""
    return escape(clean(text), {'"': "&quot;", "\n": " ", "\t": " "})


def run(text: str, properties: str = "") -> str:
    """A run that says some text; tabulators and breaks stand where they are in it."""
    text = clean(text)
    if not text:
        return ""
    set_so = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    if "\t" not in text and "\n" not in text:
        return f'<w:r>{set_so}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    said, at = [], 0
    for found in _SIGNS.finditer(text):
        said += [_words(text[at : found.start()]), _BREAKS[found[0]]]
        at = found.end()
    return f"<w:r>{set_so}{''.join(said)}{_words(text[at:])}</w:r>"


def _words(text: str) -> str:
    return f'<w:t xml:space="preserve">{escape(text)}</w:t>' if text else ""


@cache
def small(style: str) -> str:
    """The properties of signs below or above the line."""
    return f'<w:rStyle w:val="{attribute(style)}"/><w:vertAlign w:val="{_HEIGHT[style]}"/>'


def marked_runs(text: str, properties: str = "") -> str:
    """Plain text whose marks (`E_x`, `m^3`) are set as small signs: titles, captions."""
    if "_" not in text and "^" not in text:
        return run(text, properties)
    return "".join(run(part, small(style) if style else properties) for part, style in small_signs(text))


def field(instruction: str, shown: str, *, locked: bool = False) -> str:
    """A field of Word, with what it shows until Word works it out anew; a locked one stays as it is."""
    lock = ' w:fldLock="true"' if locked else ""
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"{lock}/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(clean(instruction))} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{run(shown)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
