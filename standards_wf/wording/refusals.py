"""The sentences in which a "no" is told: what it is, the numbers that make it true, and how to mend it.

A sentence is a term whose `{names}` are the parameters of the refusal. A count takes its noun along, as in
`{open:comment|comments}`, or gives a verb its form, as in `{open:~has|have}`. Where the sentence depends on a parameter, the table holds a function that chooses the term.
Other packages hold the sentences of their own codes in a book of the same form and read from both:
`sentence(refusal, book=SENTENCES | problems.SENTENCES)`.
"""

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from standards_wf.wording import dates, labels
from standards_wf.wording.choices import Choice
from standards_wf.wording.field_sentences import FIELD_PROBLEMS
from standards_wf.wording.language import Language, Term, current
from standards_wf.wording.particulars import FIELDS
from standards_wf.wording.questions import QUESTIONS
from standards_wf.wording.refusal_sentences import REFUSALS
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.notes import NoteHeading
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Kind

# Codes of two enums may be spelt alike, so a book keeps each enum by itself.
Book = Mapping[type[StrEnum], Mapping[Any, Term | Choice]]

SENTENCES: dict[type[StrEnum], Mapping[Any, Term | Choice]] = {
    RefusalCode: REFUSALS,
    FieldProblem: FIELD_PROBLEMS,
}


class _Count(int):
    """A number that takes its noun along, `{n:comment|comments}`, or gives a verb its form, `{n:~has|have}`."""

    def __format__(self, spec: str) -> str:
        if "|" not in spec:
            return super().__format__(spec)
        one, many = spec.removeprefix("~").split("|")
        word = one if self == 1 else many
        return word if spec.startswith("~") else f"{int(self)} {word}"


def sentence(refusal: Refusal, *, kind: Kind | None = None, book: Book = SENTENCES) -> str:
    """Say a refusal in the current language, in the words of the kind where it has its own.

    Raises KeyError where the book has no sentence for the code, or the refusal lacks a number that it needs.
    """
    told = book[type(refusal.code)][refusal.code]
    term = told if isinstance(told, Term) else told(refusal.params)
    values = {name: _said(name, value, kind) for name, value in refusal.params.items()}
    return str(labels.for_kind(term, kind)).format_map(values)


# What plain text in a refusal means, by the name of its parameter; any other text stands as it was given.
_CODES_BY_NAME: dict[str, Callable[[str], Term]] = {
    "headings": lambda code: labels.heading(NoteHeading(code)),
    "fields": labels.field,
    "guards": lambda name: QUESTIONS[name].label,
    "marks": lambda code: FIELDS.get(code, Term(code, code)),
    "forms": lambda code: {"docx": Term("Word", "Word"), "pdf": Term("PDF", "PDF")}[code],
}


def _said(name: str, value: object, kind: Kind | None) -> object:
    """A parameter as it stands in a sentence."""
    said = value
    match value:
        case tuple():
            said = _listed([str(_said(name, item, kind)) for item in value])
        case StrEnum():
            said = _inside(labels.label(value, kind))
        case str() if name in _CODES_BY_NAME:
            said = _inside(labels.for_kind(_CODES_BY_NAME[name](value), kind))
        case date():
            said = dates.long_date(value)
        case Fraction():
            said = dates.share(value)
        case int():
            said = _Count(value)
    return said


def _inside(term: Term) -> str:
    """The word as it stands inside a sentence."""
    return str(labels.mid_sentence(term))


def _listed(words: list[str]) -> str:
    """Several words as a list; commas inside a word make the list one of semicolons."""
    if current() is Language.ZH:
        return ("；" if any("，" in word for word in words) else "、").join(words)
    return ("; " if any("," in word for word in words) else ", ").join(words)
