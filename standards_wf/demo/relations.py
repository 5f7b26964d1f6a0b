"""How texts of the demonstration are tied to one another: one cites another, or takes the place of a part of it."""

from dataclasses import dataclass, replace

from standards_wf.demo.texts import DemoClause, DemoText, load_texts
from standards_wf.documents.bodies import Replaced

_REFERENCES, _TERMS = "规范性引用文件", "术语和定义"
_DEFINED_BY = "界定的"


@dataclass(frozen=True, slots=True)
class PartOf:
    """A part of an older document that a new one replaces, and how the foreword tells what has changed."""

    slug: str
    clauses: str
    change: str


def title_of(slug: str) -> str:
    """What a text of the demonstration is called."""
    return next(text.title_zh for text in load_texts() if text.slug == slug)


def partly_replaced(part: PartOf, number: str) -> Replaced:
    """The older document as the new one names it."""
    return Replaced(number, title_of(part.slug), partial=True, clauses=part.clauses)


def telling_of(text: DemoText, part: PartOf) -> DemoText:
    """The text, its main change told."""
    return replace(text, main_changes=(part.change,))


def citing(text: DemoText, number: str, title: str) -> DemoText:
    """The text of a standard with one normative reference more, that its terms rest on.

    Raises ValueError where the text has no such chapters.
    """
    clauses = tuple(_with_reference(clause, number, title) for clause in text.clauses)
    changed = [after for before, after in zip(text.clauses, clauses, strict=True) if after is not before]
    if [clause.title for clause in changed] != [_REFERENCES, _TERMS]:
        raise ValueError(f"{text.slug} has no references that its terms rest on")
    return replace(text, clauses=clauses)


def _with_reference(clause: DemoClause, number: str, title: str) -> DemoClause:
    if clause.title == _REFERENCES:
        return replace(clause, blocks=(*clause.blocks, f"{number}　{title}"))
    first = clause.blocks[0] if clause.blocks else None
    if clause.title == _TERMS and isinstance(first, str) and _DEFINED_BY in first:
        named, _, rest = first.partition(_DEFINED_BY)
        return replace(clause, blocks=(f"{named.replace('和', '、')}和{number}{_DEFINED_BY}{rest}", *clause.blocks[1:]))
    return clause
