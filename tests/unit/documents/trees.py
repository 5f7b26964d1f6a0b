"""Texts at will: trees of elements as a reader would give them, out of a source of chance."""

import hashlib
import struct
import zlib
from collections.abc import Iterator
from random import Random

from lxml import etree

from standards_wf.documents.clauses import AnnexKind, ClauseKind
from standards_wf.documents.elements import (
    Block,
    Cell,
    Figure,
    Footnote,
    Formula,
    Inline,
    Mark,
    Math,
    Paragraph,
    Picture,
    Reference,
    Role,
    Section,
    Table,
    Text,
)
from standards_wf.documents.mathml import M, mathml_of, signs_of

_WORDS = "设备应符合下列规定测量结果宜采用标准方法可由用户选择能保证安全运行样品水温压力记录"
_LATIN = ("kPa", "U", "rel", "x", "GB/T 1.1—2020", "<&>", '"', "A'", "Ω", "𠮷")
_MOST_CHAPTERS = 90
_MARKS = (
    frozenset({Mark.BELOW}),
    frozenset({Mark.ABOVE}),
    frozenset({Mark.ITALIC}),
    frozenset({Mark.BOLD, Mark.BELOW}),
)


def picture_bytes(shade: int) -> bytes:
    """A picture of one dot."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes([0, shade]))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


PICTURES = tuple(
    Picture(f"word/media/image{n}.png", hashlib.sha256(picture_bytes(n)).hexdigest(), "image/png", f"图样{n}")
    for n in range(1, 5)
)
CONTENTS = {picture.sha256: picture_bytes(n) for n, picture in enumerate(PICTURES, start=1)}


def formula_at_will(chance: Random, depth: int = 0) -> etree._Element:
    """A formula of Word."""
    formula = etree.Element(f"{M}oMath")
    formula.extend(_row(chance, depth))
    return formula


def _row(chance: Random, depth: int) -> Iterator[etree._Element]:
    for _ in range(chance.randint(1, 3)):
        yield _run(chance) if depth > 2 or chance.random() < 0.5 else _structure(chance, depth + 1)


def _part(name: str, chance: Random, depth: int) -> etree._Element:
    part = etree.Element(f"{M}{name}")
    part.extend(_row(chance, depth))
    return part


def _run(chance: Random) -> etree._Element:
    run = etree.Element(f"{M}r")
    if chance.random() < 0.3:
        etree.SubElement(etree.SubElement(run, f"{M}rPr"), f"{M}{chance.choice(('nor', 'sty'))}").set(f"{M}val", "p")
    etree.SubElement(run, f"{M}t").text = chance.choice(
        ("x", "E", "3.14", "sin", "a+b", "温度", "≤", "∑", "1/2", "(y)")
    )
    return run


_PARTS = {
    "f": ("num", "den"),
    "sSub": ("e", "sub"),
    "sSup": ("e", "sup"),
    "sSubSup": ("e", "sub", "sup"),
    "sPre": ("sub", "sup", "e"),
    "rad": ("deg", "e"),
    "nary": ("sub", "sup", "e"),
    "d": ("e", "e"),
    "func": ("fName", "e"),
    "acc": ("e",),
    "bar": ("e",),
    "limLow": ("e", "lim"),
    "limUpp": ("e", "lim"),
    "borderBox": ("e",),
}


def _structure(chance: Random, depth: int) -> etree._Element:
    name = chance.choice(sorted(_PARTS))
    made = etree.Element(f"{M}{name}")
    properties = etree.SubElement(made, f"{M}{name}Pr")
    if name == "nary":
        etree.SubElement(properties, f"{M}chr").set(f"{M}val", chance.choice(("∑", "∏", "∫")))
    if name == "bar":
        etree.SubElement(properties, f"{M}pos").set(f"{M}val", chance.choice(("top", "bot")))
    if name == "f" and chance.random() < 0.3:
        etree.SubElement(properties, f"{M}type").set(f"{M}val", chance.choice(("skw", "noBar", "lin")))
    made.extend(_part(part, chance, depth) for part in _PARTS[name])
    return made


_SINGLE = {
    "text": (Role.PARAGRAPH, ("", "", "", "（1） ")),
    "dash": (Role.LIST_DASH, ("——",)),
    "note": (Role.NOTE, ("注：", "注1：")),
    "example": (Role.EXAMPLE, ("示例：",)),
    "box": (Role.BOX, ("",)),
}


class TextAtWill:
    """Makes one text of about so many elements."""

    def __init__(self, chance: Random, size: int) -> None:
        self._chance = chance
        self._left = size
        self._tables = self._figures = self._formulae = 0
        self._annex = ""
        self._labels = ["1", "4.1", "附录A", "表1", "图1", "（1）", "9.9"]

    def sections(self) -> tuple[Section, ...]:
        """Chapters, annexes, and now and then a bibliography and an index."""
        made: list[Section] = []
        number = 0
        while (self._left > 0 and number < _MOST_CHAPTERS) or not made:
            number += 1 if self._chance.random() < 0.97 else 2
            if number == 3:
                made.append(self._terms())
            else:
                made.append(self._clause(str(number), 0))
        for place in range(self._chance.randint(0, 2)):
            self._annex = "AB"[place]
            self._tables = self._figures = self._formulae = 0
            self._left += 6
            kind = self._chance.choice(list(AnnexKind))
            below = tuple(self._clause(f"{self._annex}.{n}", 1) for n in range(1, self._chance.randint(1, 3)))
            anchor = f"annex-{self._annex.lower()}"
            title, blocks = self._title(), self._blocks()
            made.append(Section(ClauseKind.ANNEX, self._annex, title, blocks, below, kind, 1, anchor))
        if self._chance.random() < 0.5:
            listed = tuple(
                Paragraph((Text(self._words()),), Role.REFERENCE, self._chance.choice(("", f"[{n}] ")))
                for n in range(1, 4)
            )
            made.append(Section(ClauseKind.BIBLIOGRAPHY, "", "参考文献", listed, anchor="bibliography"))
        return tuple(made)

    def _terms(self) -> Section:
        self._left -= 5
        terms = tuple(
            Section(
                ClauseKind.TERM,
                f"3.{n}",
                f"{self._words()}　english word",
                self._blocks(),
                (),
                None,
                2,
                f"clause-3-{n}",
            )
            for n in range(1, 3)
        )
        return Section(ClauseKind.CHAPTER, "3", "术语和定义", (), terms, None, 1, "clause-3")

    def _clause(self, label: str, depth: int) -> Section:
        self._left -= 1
        untitled = depth > 0 and self._chance.random() < 0.3
        blocks = self._blocks()
        if untitled and (not blocks or self._chance.random() < 0.7):
            blocks = (Paragraph((Text(f"{self._words()}。"),)), *blocks)
        deeper = not untitled and depth < 5 and self._left > 0 and self._chance.random() < (0.8 if depth == 0 else 0.35)
        count = self._chance.randint(1, 6) if deeper else 0
        below = tuple(self._clause(f"{label}.{n}", depth + 1) for n in range(1, count + 1))
        lead = "annex" if label[0].isalpha() else "clause"
        anchor = f"{lead}-{label.lower().replace('.', '-')}"
        kind = ClauseKind.CLAUSE if depth else ClauseKind.CHAPTER
        return Section(kind, label, "" if untitled else self._title(), blocks, below, None, depth + 1, anchor)

    def _title(self) -> str:
        return self._words()[:12] + self._chance.choice(("", "", " E_x", "（试行）"))

    def _words(self) -> str:
        start = self._chance.randrange(len(_WORDS) - 6)
        return _WORDS[start : start + self._chance.randint(3, 6)]

    def _blocks(self) -> tuple[Block, ...]:
        made: list[Block] = []
        for _ in range(self._chance.randint(0, 3)):
            made += self._some()
        self._left -= len(made)
        return tuple(made)

    def _some(self) -> Iterator[Block]:
        sort = self._chance.choice(
            ("text", "text", "list", "dash", "note", "example", "table", "figure", "formula", "box")
        )
        if sort == "list":
            yield from self._list()
        elif sort == "figure":
            self._figures += 1
            pictures = tuple(self._chance.sample(PICTURES, self._chance.randint(1, 2)))
            yield Figure(pictures, f"图{self._numbered(self._figures)}　{self._words()}")
        elif sort == "formula":
            yield from self._explained_formula()
        elif sort == "table":
            self._tables += 1
            caption = f"表{self._numbered(self._tables)}　{self._words()}"
            yield self._table(caption if self._chance.random() < 0.8 else "", depth=0)
        else:
            role, labels = _SINGLE[sort]
            yield Paragraph(self._line(), role, self._chance.choice(labels))

    def _list(self) -> Iterator[Block]:
        for n in range(self._chance.randint(1, 4)):
            letter = chr(ord("a") + n) if self._chance.random() < 0.95 else "q"
            yield Paragraph(self._line(), Role.LIST_LETTER, f"{letter})")
            if self._chance.random() < 0.3:
                yield Paragraph(self._line(), Role.LIST_NUMBER, "1)")
                yield Paragraph(self._line(), Role.LIST_NUMBER, "2)")

    def _explained_formula(self) -> Iterator[Block]:
        self._formulae += 1
        yield Formula((self._math(),), self._chance.choice(("", self._numbered(self._formulae))))
        if self._chance.random() < 0.5:
            yield Paragraph((Text("式中："),), Role.WHERE)
            yield Paragraph((Text("U——电压，"), Text("V", _MARKS[2]), Text("；")))

    def _numbered(self, count: int) -> str:
        return f"{self._annex}.{count}" if self._annex else str(count)

    def _math(self) -> Math:
        formula = formula_at_will(self._chance)
        return Math(mathml_of(formula), signs_of(formula))

    def _line(self) -> tuple[Inline, ...]:
        made: list[Inline] = [Text(self._words())]
        for _ in range(self._chance.randint(0, 3)):
            sort = self._chance.random()
            if sort < 0.35:
                made += [Text(self._chance.choice(_LATIN), self._chance.choice(_MARKS)), Text(self._words())]
            elif sort < 0.5:
                made += [self._math(), Text(self._words())]
            elif sort < 0.65:
                label = self._chance.choice(self._labels)
                made += [Reference(f"_Ref{self._labels.index(label)}", label), Text(self._words())]
            elif sort < 0.75:
                made += [Footnote((Text(self._words()),), self._chance.random() < 0.3), Text(self._words())]
            elif sort < 0.85:
                made += [self._chance.choice(PICTURES), Text(self._words())]
            else:
                made += [Text(f"\t{self._words()}\n{self._words()}")]
        joined: list[Inline] = []
        for each in made:
            last = joined[-1] if joined else None
            if isinstance(each, Text) and isinstance(last, Text) and last.marks == each.marks:
                joined[-1] = Text(last.text + each.text, last.marks)
            else:
                joined.append(each)
        return tuple(joined)

    def _table(self, caption: str, *, depth: int) -> Table:
        """A grid cut into cells, some of which span rows or columns."""
        height, width = self._chance.randint(1, 4), self._chance.randint(1, 4)
        taken: set[tuple[int, int]] = set()
        rows: list[tuple[Cell, ...]] = []
        for row in range(height):
            cells: list[Cell] = []
            for column in range(width):
                if (row, column) in taken:
                    continue
                columns, down = 1, 1
                if self._chance.random() < 0.3:
                    while (
                        column + columns < width
                        and (row, column + columns) not in taken
                        and self._chance.random() < 0.5
                    ):
                        columns += 1
                    down = self._chance.randint(1, height - row)
                taken |= {(row + y, column + x) for y in range(down) for x in range(columns)}
                cells.append(Cell(self._in_cell(depth), columns, down))
            rows.append(tuple(cells))
        unit = "单位为毫米" if caption and self._chance.random() < 0.3 else ""
        return Table(tuple(rows), caption, unit, self._chance.choice((0, 1)))

    def _in_cell(self, depth: int) -> tuple[Block, ...]:
        if self._chance.random() < 0.2:
            return (Paragraph(()),)
        if depth == 0 and self._chance.random() < 0.05:
            return (self._table("", depth=1), Paragraph(()))
        return tuple(Paragraph(self._line()) for _ in range(self._chance.randint(1, 2)))
