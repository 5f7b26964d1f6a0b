"""Whether a text bears what it must bear, its number and its dates, however they are written."""

import re
import unicodedata

from standards_wf.documents.package import Package, W, text_of

_DASHES = re.compile(r"[-‐‑‒–—―−－ー─]+")
_CHINESE_DATE = re.compile(r"(?<!\d)(\d{4})年(\d{1,2})月(\d{1,2})日")
_DASHED_DATE = re.compile(r"(?<!\d)(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?!\d)")


def folded_text(docx: bytes) -> str:
    """All that a text says in its body, its text boxes, headers and footers, folded, a paragraph a line.

    Raises Unreadable when the bytes are no docx.
    """
    package = Package(docx)
    trees = [package.body]
    for kind in ("header", "footer"):
        trees += [tree for name in package.beside(kind) if (tree := package.tree(name)) is not None]
    return "\n".join(fold(text_of(paragraph, boxes=True)) for tree in trees for paragraph in tree.iter(f"{W}p"))


def bears(folded: str, needle: str) -> bool:
    """Whether a folded text bears a number or a date, as a whole and not as a piece of a longer number.

    Widths, spaces and the several dashes make no difference; 2025-06-01, 2025年6月1日 and 2025—06—01 are one date.
    """
    folded_needle = fold(needle)
    return bool(folded_needle) and re.search(rf"(?<!\d){re.escape(folded_needle)}(?!\d)", folded) is not None


def fold(text: str) -> str:
    """One spelling for all that a reader takes for the same."""
    text = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    text = _DASHES.sub("-", text)
    for written in (_CHINESE_DATE, _DASHED_DATE):
        text = written.sub(lambda found: f"{found[1]}-{int(found[2]):02d}-{int(found[3]):02d}", text)
    return text
