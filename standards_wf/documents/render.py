"""Papers made from their Word templates: the same context gives the same bytes, whoever asks and whenever."""

import dataclasses
import io
import re
from datetime import UTC, datetime
from functools import cache, lru_cache
from pathlib import Path

from docx.document import Document as DocumentType
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

from standards_wf.documents import finish
from standards_wf.documents.bodies import CoverFacts, chinese_date
from standards_wf.documents.context import CONTEXTS, Context
from standards_wf.documents.elements import Figure, Formula, Paragraph, Section, Table
from standards_wf.documents.missing import MissingValues, missing_values
from standards_wf.documents.writing.into_template import put_into
from standards_wf.documents.zipped import without_clock
from standards_wf.workflow.vocabulary import Paper

TEMPLATES = Path(__file__).resolve().parents[2] / "doc_templates"
"""Where the office keeps its templates: one folder for each paper."""

KEPT_PARTS = 512
"""How many compiled parts are kept: each of the papers has some ten, the body, headers, footers and properties."""

_UNPRINTABLE = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(paper: Paper, context: Context) -> bytes:
    """Make the paper as a docx.

    The steps: every hole is named before anything is made; the template is filled; the body of a text is written where
    the template says, and the contents get their field; the properties of the file are set from the context; the zip is
    written without a clock.

    Raises MissingValues, which names every value that the paper still lacks.
    """
    if context.paper is not paper:
        raise TypeError(f"{paper} is not made from {type(context).__name__}")
    if holes := missing_values(context):
        raise MissingValues(paper, holes)
    template = DocxTemplate(io.BytesIO(_template(paper)))
    template.render({name: _printable(getattr(context, name)) for name in names_of(type(context))}, _environment())
    document: DocumentType = template.docx
    finish.finish(document)
    if isinstance(context, CoverFacts):
        put_into(document, context.clauses, context.introduction, context.pictures)
        finish.tie_contents(document)
    _set_properties(document, context)
    written = io.BytesIO()
    document.save(written)
    return without_clock(written.getvalue())


def names_of(context: type[Context]) -> tuple[str, ...]:
    """The names that a template may use: the fields of the context and the words that follow from them."""
    derived = [
        name
        for owner in reversed(context.__mro__)
        for name, member in vars(owner).items()
        if isinstance(member, property) and name != "may_be_empty"
    ]
    return tuple(dict.fromkeys([*(field.name for field in dataclasses.fields(context)), *derived]))


def placeholders(paper: Paper) -> frozenset[str]:
    """The names that the paper's template prints or asks for, in the body, the headers and the footers."""
    template = DocxTemplate(io.BytesIO(_template(paper)))
    return frozenset(template.get_undeclared_template_variables(_environment()))


def context_of(paper: Paper) -> type[Context]:
    """The context from which the paper is made.

    Raises KeyError for a paper that is kept but not made here.
    """
    return {each.paper: each for each in CONTEXTS}[paper]


@cache
def _template(paper: Paper) -> bytes:
    return (TEMPLATES / paper / "template.docx").read_bytes()


class _Templates(ImmutableSandboxedEnvironment):
    """The parts of the templates, each compiled once: compiling them takes longer than filling them."""

    def from_string(self, source: str, *_: object) -> Template:  # type: ignore[override]
        """The compiled part of a template; it is told nothing but what it says itself."""
        return _compiled(source)


@cache
def _environment() -> ImmutableSandboxedEnvironment:
    """Templates can be edited by the office, so they may read what they are given and nothing else."""
    environment = _Templates(undefined=StrictUndefined, autoescape=True)
    environment.filters["chinese_date"] = chinese_date
    return environment


@lru_cache(maxsize=KEPT_PARTS)
def _compiled(source: str) -> Template:
    return ImmutableSandboxedEnvironment.from_string(_environment(), source)


def _printable(value: object) -> object:
    """The value without the control characters that no Word file may hold; what the writer writes it cleans itself."""
    if isinstance(value, Section | Paragraph | Table | Figure | Formula):
        return value
    if type(value) is str:
        return _clean(value)
    if isinstance(value, tuple):
        return tuple(_printable(item) for item in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {field.name: _printable(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return dataclasses.replace(value, **changed)
    return value


def _clean(text: str) -> str:
    return _UNPRINTABLE.sub("", text.replace("\r\n", "\n"))


def _set_properties(document: DocumentType, context: Context) -> None:
    dated = context.dated
    moment = datetime(dated.year, dated.month, dated.day, tzinfo=UTC) if dated else datetime(1980, 1, 1, tzinfo=UTC)
    properties = document.core_properties
    properties.title = _clean(context.title_zh)[:255]
    properties.subject = _clean(context.subject)[:255]
    properties.language = "zh-CN"
    properties.created = properties.modified = moment
    properties.revision = 1
