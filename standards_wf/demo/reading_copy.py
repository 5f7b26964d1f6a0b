"""A plain PDF of a text, set without any office program: the reading copies and signed forms of the demonstration.

The font lies beside this file, cut down to the characters that the demonstration uses, and is embedded.
"""

from functools import cache
from importlib.resources import as_file, files
from io import BytesIO
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate

_FONT = "NotoSerifSC"


@cache
def _styles() -> tuple[ParagraphStyle, ParagraphStyle]:
    with as_file(files(__package__).joinpath("fonts", "NotoSerifSC-subset.ttf")) as file:
        registerFont(TTFont(_FONT, str(file)))
    body = ParagraphStyle("body", fontName=_FONT, fontSize=10.5, leading=17, wordWrap="CJK", spaceAfter=4)
    return body, ParagraphStyle("title", body, fontSize=16, leading=26, alignment=1, spaceAfter=12)


def reading_copy(title: str, lines: tuple[str, ...]) -> bytes:
    """A PDF with a title and paragraphs; the same words give the same bytes."""
    body, heading = _styles()
    file = BytesIO()
    document = SimpleDocTemplate(
        file,
        pagesize=A4,
        leftMargin=25 * mm,
        rightMargin=20 * mm,
        topMargin=25 * mm,
        bottomMargin=20 * mm,
        title=title,
        author="",
        invariant=1,
    )
    paragraphs = [Paragraph(escape(title), heading), *(Paragraph(escape(line), body) for line in lines)]
    document.build(paragraphs)
    return file.getvalue()
