"""Texts for tests, drawn with the means of Word that a template does not use."""

import io

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'


def saved(document: Document) -> bytes:
    """The file, as somebody uploads it."""
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def with_paragraph(inner: str, *, before: str = "1 范围") -> bytes:
    """A text with one chapter and one paragraph, given as what stands inside `w:p`."""
    document = docx.Document()
    document.add_heading(before, 1)
    document.add_paragraph()._p.getparent().insert(1, parse_xml(f"<w:p {nsdecls('w')} {M}>{inner}</w:p>"))  # type: ignore[union-attr]
    return saved(document)


def math(inner: str) -> str:
    """A formula as Word keeps it."""
    return f"<m:oMath>{inner}</m:oMath>"


def signs(text: str) -> str:
    """Signs within a formula."""
    return f"<m:r><m:t>{text}</m:t></m:r>"
