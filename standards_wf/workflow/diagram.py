"""A procedure drawn from its table: as plain rows, as a Mermaid flowchart, and as a picture (SVG).

The pictures take their words from the caller, because this layer knows codes only. They hold no style sheet and no
script, so that they may stand in a page whose content security policy has no exceptions.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TypedDict
from unicodedata import east_asian_width
from xml.sax.saxutils import escape, quoteattr

from standards_wf.workflow.stages import STAGES, StageRow, stages_of
from standards_wf.workflow.table import Table, Transition
from standards_wf.workflow.vocabulary import Action, Phase, Stage

RowData = TypedDict(
    "RowData",
    {
        "from": str,
        "action": str,
        "to": str,
        "roles": list[str],
        "guards": list[str],
        "note_required": bool,
        "basis": str,
    },
)


def rows_as_data(table: Table) -> list[RowData]:
    """The rows as plain data, ready for JSON, in the order of the table."""
    return [
        {
            "from": row.source.value,
            "action": row.action.value,
            "to": row.target.value,
            "roles": [role.value for role in row.roles],
            "guards": [guard.__name__ for guard in row.guards],
            "note_required": row.needs_note,
            "basis": row.basis,
        }
        for row in table.rows
    ]


class Way(Enum):
    """Where an act leads: onward, back, nowhere, or to the end of the case."""

    ONWARD = auto()
    BACK = auto()
    STAYING = auto()
    CLOSING = auto()


def way_of(row: Transition) -> Way:
    """Where the act of a row leads, seen from the order of the stages."""
    if STAGES[row.target].final:
        return Way.CLOSING
    if row.target is row.source:
        return Way.STAYING
    order = list(STAGES)
    return Way.ONWARD if order.index(row.target) > order.index(row.source) else Way.BACK


@dataclass(frozen=True, slots=True)
class Words:
    """How the codes are called in a picture."""

    title: str
    phase: Callable[[Phase], str]
    stage: Callable[[Stage], str]
    action: Callable[[Action], str]
    way: Callable[[Way], str]


def mermaid(table: Table, words: Words) -> str:
    """The procedure as a Mermaid flowchart: one box for each phase, dotted lines for what does not lead onward."""
    lines = ["flowchart LR"]
    for phase in Phase:
        rows = [row for row in stages_of(table.kind) if row.phase is phase]
        lines.append(f'  subgraph phase_{phase}["{words.phase(phase)}"]')
        lines += [f'    {row.stage}["{words.stage(row.stage)}<br/>{row.code}"]' for row in rows]
        lines.append("  end")
    for row in table.rows:
        arrow = "-->" if way_of(row) is Way.ONWARD else "-.->"
        lines.append(f'  {row.source} {arrow}|"{words.action(row.action)}"| {row.target}')
    return "\n".join(lines) + "\n"


_WIDTH, _GAP, _MARGIN, _TOP = 236, 48, 24, 96
_TITLE_HEIGHT, _LINE, _ROW_SPACE, _BETWEEN = 34, 17, 11, 30
_TEXT_LEFT, _BAND_EDGE = 32, 12
_INK, _QUIET, _RULE, _PAPER, _ACCENT, _GROUND = "#1f2a2e", "#55626a", "#b9c2c0", "#ffffff", "#0f5c4d", "#eef4f1"
_FONT = "font-family=\"'Noto Sans CJK SC','Noto Sans SC','Microsoft YaHei','PingFang SC','Source Han Sans SC',SimHei,sans-serif\""


@dataclass(frozen=True, slots=True)
class _Line:
    """One act in a card: its words, broken to the width of the card, and where it leads."""

    row: Transition
    words: tuple[str, ...]
    target: tuple[str, ...]

    @property
    def height(self) -> int:
        return (len(self.words) + len(self.target)) * _LINE + _ROW_SPACE


@dataclass(frozen=True, slots=True)
class _Card:
    """One stage in the picture, with its place."""

    stage: StageRow
    name: tuple[str, ...]
    lines: tuple[_Line, ...]
    x: int
    y: int

    @property
    def title_height(self) -> int:
        return _TITLE_HEIGHT + (len(self.name) - 1) * _LINE

    @property
    def height(self) -> int:
        return self.title_height + sum(line.height for line in self.lines)

    def line_top(self, row: Transition) -> int:
        """Where the act of a row begins in the picture."""
        before = self.lines[: [line.row for line in self.lines].index(row)]
        return self.y + self.title_height + sum(line.height for line in before)


def svg(table: Table, words: Words) -> str:
    """The procedure as a picture: phases as bands from left to right, a card for each stage, its acts, where they lead.

    A line is drawn where an act leads onward; where it leads back, stays or closes the case, the card says so.
    """
    cards = _cards(table, words)
    width = 2 * _MARGIN + len(Phase) * _WIDTH + (len(Phase) - 1) * _GAP
    bottom = max(card.y + card.height for card in cards.values())
    height = bottom + 56
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-label={quoteattr(words.title)} {_FONT}>',
        f"<title>{escape(words.title)}</title>",
        f'<rect width="{width}" height="{height}" fill="{_PAPER}"/>',
        _text(_MARGIN, 36, words.title, 20, bold=True),
    ]
    for place, phase in enumerate(Phase):
        x = _column(place)
        parts.append(_band(x, bottom, closed=phase is Phase.CLOSED))
        parts.append(_text(x, 74, words.phase(phase), 15, color=_ACCENT, bold=True))
        parts.append(f'<path d="M{x} 82h{_WIDTH}" stroke="{_ACCENT}" stroke-width="2"/>')
    parts += [_drawn_card(card) for card in cards.values()]
    parts += [_drawn_line(row, cards) for row in table.rows if way_of(row) is Way.ONWARD]
    parts.append(_legend(words, bottom + 36))
    return "\n".join([*filter(None, parts), "</svg>"]) + "\n"


def _band(x: int, bottom: int, *, closed: bool) -> str:
    """The ground of a phase, from its name down to the lowest card; closed cases stand on paper."""
    if closed:
        return ""
    top = _TOP - 42
    width, height = _WIDTH + 2 * _BAND_EDGE, bottom - top + _BAND_EDGE
    return f'<rect x="{x - _BAND_EDGE}" y="{top}" width="{width}" height="{height}" fill="{_GROUND}"/>'


def _column(place: int) -> int:
    return _MARGIN + place * (_WIDTH + _GAP)


def _cards(table: Table, words: Words) -> dict[Stage, _Card]:
    cards: dict[Stage, _Card] = {}
    for place, phase in enumerate(Phase):
        y = _TOP
        for stage in (row for row in stages_of(table.kind) if row.phase is phase):
            lines = tuple(
                _Line(
                    row,
                    _broken(words.action(row.action), 13),
                    () if row.target is row.source else _broken(f"→ {words.stage(row.target)}", 12),
                )
                for row in table.rows_from(stage.stage)
            )
            card = _Card(stage, _broken(words.stage(stage.stage), 15, _WIDTH - 66), lines, _column(place), y)
            cards[stage.stage] = card
            y += card.height + _BETWEEN
    return cards


# A line may break after a word of letters, and between any two other characters.
_PIECE = re.compile(r"[!-~]+ ?|.")


def _broken(text: str, size: int, room: int = _WIDTH - _TEXT_LEFT - 8) -> tuple[str, ...]:
    """The text in lines that fit the room; a wide character takes its size, a narrow one somewhat more than half."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and _wide(lines[-1] + piece.rstrip(), size) > room:
            lines.append("")
        lines[-1] += piece
    return tuple(line.rstrip() for line in lines)


def _wide(text: str, size: int) -> float:
    return sum(size if east_asian_width(character) in "WF" else size * 0.56 for character in text)


def _text(x: int, y: int, text: str, size: int, *, color: str = _INK, bold: bool = False, anchor: str = "start") -> str:
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{color}" text-anchor="{anchor}"{weight}>{escape(text)}</text>'
    )


def _drawn_card(card: _Card) -> str:
    x, y = card.x, card.y
    border = f'stroke="{_QUIET if card.stage.final else _ACCENT}" stroke-width="1.2"'
    dashes = ' stroke-dasharray="4 3"' if card.stage.final else ""
    parts = [f'<rect x="{x}" y="{y}" width="{_WIDTH}" height="{card.height}" rx="3" fill="{_PAPER}" {border}{dashes}/>']
    parts += [_text(x + 12, y + 23 + n * _LINE, name, 15, bold=True) for n, name in enumerate(card.name)]
    parts.append(_text(x + _WIDTH - 12, y + 23, card.stage.code, 12, color=_QUIET, anchor="end"))
    for line in card.lines:
        top = card.line_top(line.row)
        parts.append(f'<path d="M{x} {top}h{_WIDTH}" stroke="{_RULE}" stroke-width="1"/>')
        parts.append(_mark(way_of(line.row), x + 17, top + 13))
        for n, words in enumerate(line.words):
            parts.append(_text(x + _TEXT_LEFT, top + 18 + n * _LINE, words, 13))
        for n, words in enumerate(line.target, start=len(line.words)):
            parts.append(_text(x + _TEXT_LEFT, top + 18 + n * _LINE, words, 12, color=_QUIET))
    return "\n".join(parts)


def _mark(way: Way, x: int, y: int) -> str:
    """A sign for each way, told apart by its shape."""
    match way:
        case Way.ONWARD:
            return f'<path d="M{x - 4} {y - 5}l9 5l-9 5z" fill="{_ACCENT}"/>'
        case Way.BACK:
            return f'<path d="M{x + 4} {y - 5}l-9 5l9 5z" fill="none" stroke="{_INK}" stroke-width="1.2"/>'
        case Way.STAYING:
            return f'<circle cx="{x}" cy="{y}" r="4.5" fill="none" stroke="{_INK}" stroke-width="1.2"/>'
        case Way.CLOSING:
            return f'<rect x="{x - 4}" y="{y - 4}" width="8" height="8" fill="{_QUIET}"/>'


def _drawn_line(row: Transition, cards: dict[Stage, _Card]) -> str:
    """The line of an act that leads onward: down to the next card, or through the gap to the next column."""
    start, end = cards[row.source], cards[row.target]
    if start.x == end.x:
        x, top = start.x + _WIDTH // 2, start.y + start.height
        path, head = f"M{x} {top}V{end.y - 7}", f"M{x - 5} {end.y - 8}l5 8l5 -8z"
    else:
        y, arrival, middle = start.line_top(row) + 13, end.y + 17, end.x - _GAP // 2
        path = f"M{start.x + _WIDTH} {y}H{middle}V{arrival}H{end.x - 7}"
        head = f"M{end.x - 8} {arrival - 5}l8 5l-8 5z"
    return (
        f'<path d="{path}" fill="none" stroke="{_ACCENT}" stroke-width="2" stroke-linejoin="round"/>'
        f'<path d="{head}" fill="{_ACCENT}"/>'
    )


def _legend(words: Words, y: int) -> str:
    parts: list[str] = []
    x = _MARGIN + 6
    for way in Way:
        parts += [_mark(way, x, y - 4), _text(x + 14, y, words.way(way), 12, color=_QUIET)]
        x += 14 + round(_wide(words.way(way), 12)) + 32
    return "\n".join(parts)
