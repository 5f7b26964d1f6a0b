"""Where a text can be pointed to, and the words in it that point there: 见5.2, 表1, 图A.1, 附录B, 公式（3）."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import Block, Figure, Formula, Paragraph, Section, Table, Tree

_CAPTION = re.compile(r"^(?P<what>[表图])\s*(?P<number>(?:[A-Z]\s*[.．]\s*)?\d+)")
_NAMES = {"表": "table", "图": "figure", "式": "formula"}
_POINTING = re.compile(
    r"(?P<thing>附录|[表图])\s*(?P<number>[A-Z](?:[.．]\d{1,3})*|\d{1,3})(?![\d.．%A-Za-z])"
    r"|(?P<formula>式)\s*[（(](?P<counted>(?:[A-Z][.．])?\d{1,3})[)）]"
    r"|(?<=[见按照合据行足在])\s*(?P<clause>(?:\d{1,2}|[A-Z])(?:[.．]\d{1,3}){1,5})(?![\d.．%]|\s*[A-Za-z℃°μΩ])"
)
_ELSEWHERE = re.compile(r"(?:GB|JJ[FG]|DB|T/|ISO|IEC|OIML)[^，。；、]*$")
"""What points into another document: GB/T 1.1—2020 的表1."""
_BEFORE_A_FIELD = re.compile(r"(?:附录|[表图式])[\s（(]*$")


@dataclass
class Places:
    """The places of one text: `at` finds them by what they are called, `of` by what stands there."""

    at: dict[str, str] = field(default_factory=dict)
    of: dict[int, str] = field(default_factory=dict)

    def of_block(self, block: Block) -> str:
        """The place of a table, a figure or a formula that bears a number; empty for everything else."""
        return self.of.get(id(block), "")

    def pointed(self, words: str, before: str = "") -> str:
        """The place that a field points to by what it shows, with what is written right before it."""
        name = _folded(words).strip("第章条公（）()")
        lead = _BEFORE_A_FIELD.search(before)
        known = f"{lead[0].strip('（( 　')}{name}" if lead else name
        return self.at.get(known) or self.at.get(name, "")

    def linked(self, words: str) -> Iterator[tuple[str, str]]:
        """The words of a line in pieces, each with the place that it points to, or with none."""
        done = 0
        for found in _POINTING.finditer(words):
            place = self.at.get(_key(found), "")
            if place and not _ELSEWHERE.search(words[: found.start()]):
                if found.start() > done:
                    yield words[done : found.start()], ""
                yield found[0], place
                done = found.end()
        if done < len(words):
            yield words[done:], ""


def places_of(tree: Tree) -> Places:
    """The places of a text; of two that bear the same number the first is meant."""
    places = Places()
    taken = {section.anchor for section in tree.all()}
    for section in tree.all():
        _enter(places, section)
        _enter_blocks(places, taken, section.blocks)
    return places


def _enter(places: Places, section: Section) -> None:
    if section.kind is ClauseKind.ANNEX:
        places.at.setdefault(f"附录{section.label}", section.anchor)
    if section.label:
        places.at.setdefault(section.label, section.anchor)
        if "." in section.label and section.label[0].isalpha():
            places.at.setdefault(f"附录{section.label}", section.anchor)


def _enter_blocks(places: Places, taken: set[str], blocks: Sequence[Block]) -> None:
    for block in blocks:
        name = _name_of(block)
        if name and name not in places.at:
            place = f"{_NAMES[name[0]]}-{name[1:].replace('.', '-')}"
            if place not in taken:
                taken.add(place)
                places.at[name] = places.of[id(block)] = place


def _name_of(block: Block) -> str:
    """What a table, a figure or a formula is called in the text; nothing for what has no number."""
    match block:
        case Table() | Figure():
            found = _CAPTION.match(block.caption)
            return f"{found['what']}{_folded(found['number'])}" if found else ""
        case Formula():
            return f"式{block.number}" if block.number else ""
        case Paragraph():
            return ""


def _key(found: re.Match[str]) -> str:
    if found["clause"]:
        return _folded(found["clause"])
    if found["formula"]:
        return f"式{_folded(found['counted'])}"
    return f"{found['thing']}{_folded(found['number'])}"


def _folded(words: str) -> str:
    return "".join(words.split()).replace("．", ".")
