"""References that somebody typed in words become references that Word follows: 见5.2, 见附录A, 见表1, 按公式（1）."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import Block, Figure, Formula, Inline, Paragraph, Reference, Section, Table, Text

_TYPED = re.compile(
    r"(?<=见)(?P<place>附录[A-Z](?![0-9A-Za-z.])|[表图](?:[A-Z]\.)?\d+(?![0-9A-Za-z.])"
    r"|(?:[A-Z]|\d{1,2})(?:\.\d{1,3}){1,5}(?![0-9A-Za-z.%]))"
    r"|(?<=公式)(?P<formula>（(?:[A-Z]\.)?\d+）)"
)
_CAPTION = re.compile(r"^[表图](?:[A-Z]\.)?\d+")


def linked(sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """The same text, in which what names a place that there is refers to it; what names none is left as it is."""
    places = frozenset(_places(sections))
    return tuple(_linked(section, places) for section in sections)


def _linked(section: Section, places: frozenset[str]) -> Section:
    blocks = tuple(
        replace(each, content=tuple(_inlines(each.content, places))) if isinstance(each, Paragraph) else each
        for each in section.blocks
    )
    return replace(section, blocks=blocks, sections=tuple(_linked(each, places) for each in section.sections))


def _inlines(content: Iterable[Inline], places: frozenset[str]) -> Iterator[Inline]:
    for inline in content:
        if not isinstance(inline, Text) or inline.marks:
            yield inline
            continue
        at = 0
        for found in _TYPED.finditer(inline.text):
            place = found["place"] or found["formula"]
            if place not in places:
                continue
            if found.start() > at:
                yield Text(inline.text[at : found.start()])
            yield Reference(f"_Ref_{re.sub(r'[.（）]', '_', place)}", place)
            at = found.end()
        if at < len(inline.text):
            yield Text(inline.text[at:])


def _places(sections: Iterable[Section]) -> Iterator[str]:
    for top in sections:
        for section in top.all():
            if section.label:
                yield f"附录{section.label}" if section.kind is ClauseKind.ANNEX else section.label
            yield from filter(None, (_named(block) for block in section.blocks))


def _named(block: Block) -> str:
    if isinstance(block, Formula):
        return f"（{block.number}）" if block.number else ""
    found = _CAPTION.match(block.caption) if isinstance(block, Table | Figure) else None
    return found[0] if found else ""
