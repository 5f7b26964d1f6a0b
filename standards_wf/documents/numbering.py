"""The numbers that Word puts before paragraphs by itself, worked out as Word would show them."""

import re
from dataclasses import dataclass, field

from lxml import etree

from standards_wf.documents.package import W

_LEVELS = 9
_LARGEST_ROMAN = 3999
_LARGEST_CHINESE = 99


@dataclass(frozen=True, slots=True)
class _Level:
    """How one level of a list counts and what it shows."""

    start: int
    form: str
    shown: str
    legal: bool
    restarts_after: int | None


@dataclass
class Numbering:
    """The lists of a document while it is read from the top: `label` counts one further each time it is asked."""

    _levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    _families: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, list[int | None]] = field(default_factory=dict)

    @classmethod
    def of(cls, tree: etree._Element | None) -> "Numbering":
        """The lists that a numbering part declares; none when there is no such part."""
        made = cls()
        if tree is None:
            return made
        abstracts = {each.get(f"{W}abstractNumId", ""): each for each in tree.iterchildren(f"{W}abstractNum")}
        for number in tree.iterchildren(f"{W}num"):
            identity = number.get(f"{W}numId", "")
            family = _value(number, "abstractNumId") or ""
            levels = {_place(each): _level(each) for each in abstracts.get(family, ()) if each.tag == f"{W}lvl"}
            for override in number.iterchildren(f"{W}lvlOverride"):
                place = _place(override)
                own, begin = override.find(f"{W}lvl"), _value(override, "startOverride")
                if own is not None:
                    levels[place] = _level(own)
                if begin is not None and place in levels:
                    old = levels[place]
                    levels[place] = _Level(_number(begin, 1), old.form, old.shown, old.legal, old.restarts_after)
                    family = f"{family}/{identity}"
            made._levels[identity] = levels
            made._families[identity] = family
        return made

    def label(self, identity: str, place: int) -> str:
        """Count one further at this level of this list and say what stands before the paragraph."""
        level = self._levels.get(identity, {}).get(place)
        if level is None or not 0 <= place < _LEVELS:
            return ""
        counts = self._counts.setdefault(self._families[identity], [None] * _LEVELS)
        before = counts[place]
        counts[place] = level.start if before is None else before + 1
        for deeper in range(place + 1, _LEVELS):
            below = self._levels[identity].get(deeper)
            if below is None or below.restarts_after != 0:
                counts[deeper] = None
        return self._shown(identity, level, counts)

    def _shown(self, identity: str, level: _Level, counts: list[int | None]) -> str:
        if level.form in ("bullet", "none"):
            return "" if level.form == "none" and "%" in level.shown else level.shown

        def one(match: re.Match[str]) -> str:
            place = int(match[1]) - 1
            own = self._levels[identity].get(place)
            count = counts[place]
            if own is None:
                return ""
            form = "decimal" if level.legal else own.form
            return "" if form == "none" else spelt(own.start if count is None else count, form)

        return re.sub(r"%([1-9])", one, level.shown).strip()


def spelt(number: int, form: str) -> str:
    """A number in one of Word's forms; a form that is not known here is shown in Arabic numerals."""
    if form in ("upperLetter", "lowerLetter") and number > 0:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form in ("upperRoman", "lowerRoman") and 0 < number <= _LARGEST_ROMAN:
        roman = _roman(number)
        return roman if form == "upperRoman" else roman.lower()
    if (
        form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital")
        and 0 < number <= _LARGEST_CHINESE
    ):
        return _chinese(number)
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, sign in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
        (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        written += sign * (number // value)
        number %= value
    return written


def _chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones else "")


def _level(element: etree._Element) -> _Level:
    restart = _value(element, "lvlRestart")
    return _Level(
        start=_number(_value(element, "start"), 0 if element.find(f"{W}start") is None else 1),
        form=_value(element, "numFmt") or "decimal",
        shown=_value(element, "lvlText") or "",
        legal=element.find(f"{W}isLgl") is not None,
        restarts_after=_number(restart, 0) if restart is not None else None,
    )


def _place(element: etree._Element) -> int:
    return _number(element.get(f"{W}ilvl"), 0)


def _value(element: etree._Element, name: str) -> str | None:
    found = element.find(f"{W}{name}")
    return found.get(f"{W}val") if found is not None else None


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.lstrip("-").isdigit() else otherwise
