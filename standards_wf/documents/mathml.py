"""Formulae of Word (OMML) as MathML, which browsers show and NISO STS keeps.

A sign that Word has set and nobody has typed carries an attribute that says so: `largeop` for a sum, `stretchy` for a
line or a brace, `form` for the stroke of a fraction. So the way back (`writing.omml`) knows which it was.
"""

import re
from collections.abc import Callable, Iterator

from lxml import etree

M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATHML = "http://www.w3.org/1998/Math/MathML"

_TOKEN = re.compile(r"(?P<number>\d+(?:[.,]\d+)*)|(?P<name>[^\W\d_]+)|(?P<blank>\s+)|(?P<sign>.)", re.DOTALL)
_SEVERAL_LETTERS = re.compile(r"[一-鿿]")
_DEEPEST = 40
"""Formulae nested deeper than this are taken as plain signs."""


def mathml_of(formula: etree._Element) -> str:
    """An `m:oMath` or `m:oMathPara` as one `math` element."""
    math = etree.Element(f"{{{MATHML}}}math", nsmap={None: MATHML})  # type: ignore[dict-item]  # the default namespace
    for child in _row(formula, 0):
        math.append(child)
    return etree.tostring(math, encoding="unicode")


def signs_of(formula: etree._Element) -> str:
    """The plain signs of a formula, in their order."""
    return "".join(each.text or "" for each in formula.iter(f"{M}t", f"{W}t") if not _is_deleted(each))


def _is_deleted(element: etree._Element) -> bool:
    return any(each.tag in (f"{W}del", f"{W}moveFrom") for each in element.iterancestors())


def _node(name: str, *children: etree._Element, text: str | None = None, **attributes: str) -> etree._Element:
    node = etree.Element(f"{{{MATHML}}}{name}", {key.rstrip("_"): value for key, value in attributes.items()})
    node.text = text
    node.extend(children)
    return node


def _row(parent: etree._Element | None, depth: int) -> list[etree._Element]:
    """What stands in a part of a formula, one after another."""
    if parent is None:
        return []
    if depth > _DEEPEST:
        return [_node("mtext", text=signs_of(parent))]
    made: list[etree._Element] = []
    for child in parent:
        if child.tag in (f"{W}del", f"{W}moveFrom"):
            continue
        name = child.tag.removeprefix(M)
        if child.tag in (f"{M}r", f"{W}r"):
            made += _run(child)
        elif name in _STRUCTURES:
            made.append(_STRUCTURES[name](child, depth + 1))
        elif not name.endswith("Pr"):
            made += _row(child, depth + 1)
    return made


def _group(parent: etree._Element | None, depth: int) -> etree._Element:
    """A part of a formula as one node."""
    row = _row(parent, depth)
    return row[0] if len(row) == 1 else _node("mrow", *row)


def _run(run: etree._Element) -> list[etree._Element]:
    text = "".join(each.text or "" for each in run.iter(f"{M}t", f"{W}t"))
    properties = run.find(f"{M}rPr")
    if properties is not None and properties.find(f"{M}nor") is not None:
        return [_node("mtext", text=text)] if text else []
    upright = _value(properties, "sty") == "p"
    return [token for found in _TOKEN.finditer(text) for token in _token(found, upright=upright)]


def _token(found: re.Match[str], *, upright: bool) -> Iterator[etree._Element]:
    if found["number"]:
        yield _node("mn", text=found["number"])
    elif found["name"]:
        name = found["name"]
        if upright or _SEVERAL_LETTERS.search(name):
            yield _node("mi", text=name, mathvariant="normal")
        else:
            yield from (_node("mi", text=letter) for letter in name)
    elif found["sign"]:
        yield _node("mo", text=found["sign"])


def _value(properties: etree._Element | None, name: str) -> str | None:
    found = properties.find(f"{M}{name}") if properties is not None else None
    return found.get(f"{M}val") if found is not None else None


def _is_on(properties: etree._Element | None, name: str) -> bool:
    found = properties.find(f"{M}{name}") if properties is not None else None
    return found is not None and found.get(f"{M}val", "1") not in ("0", "off", "false")


def _part(element: etree._Element, name: str, depth: int) -> etree._Element:
    return _group(element.find(f"{M}{name}"), depth)


def _fraction(element: etree._Element, depth: int) -> etree._Element:
    sort = _value(element.find(f"{M}fPr"), "type")
    above, below = _part(element, "num", depth), _part(element, "den", depth)
    if sort == "lin":
        return _node("mrow", above, _node("mo", text="/", form="infix"), below)
    if sort == "noBar":
        return _node("mfrac", above, below, linethickness="0")
    return _node("mfrac", above, below, bevelled="true") if sort == "skw" else _node("mfrac", above, below)


def _scripts(name: str, *parts: str) -> Callable[[etree._Element, int], etree._Element]:
    def scripts(element: etree._Element, depth: int) -> etree._Element:
        return _node(name, *(_part(element, part, depth) for part in parts))

    return scripts


def _before(element: etree._Element, depth: int) -> etree._Element:
    base, below, above = (_part(element, part, depth) for part in ("e", "sub", "sup"))
    return _node("mmultiscripts", base, _node("mprescripts"), below, above)


def _root(element: etree._Element, depth: int) -> etree._Element:
    degree = _row(element.find(f"{M}deg"), depth)
    if _is_on(element.find(f"{M}radPr"), "degHide") or not degree:
        return _node("msqrt", _part(element, "e", depth))
    return _node("mroot", _part(element, "e", depth), _part(element, "deg", depth))


def _sum(element: etree._Element, depth: int) -> etree._Element:
    properties = element.find(f"{M}naryPr")
    sign = _node("mo", text=_value(properties, "chr") or "∫", largeop="true")
    below, above = (
        None if _is_on(properties, f"{part}Hide") else element.find(f"{M}{part}") for part in ("sub", "sup")
    )
    beside = _value(properties, "limLoc") == "subSup"
    limits = [_group(each, depth) for each in (below, above) if each is not None]
    if len(limits) > 1:
        sign = _node("msubsup" if beside else "munderover", sign, *limits)
    elif limits:
        names = ("msub", "munder") if below is not None else ("msup", "mover")
        sign = _node(names[0 if beside else 1], sign, *limits)
    return _node("mrow", sign, _part(element, "e", depth))


def _fence(element: etree._Element, depth: int) -> etree._Element:
    properties = element.find(f"{M}dPr")
    first, last, between = (_value(properties, name) for name in ("begChr", "endChr", "sepChr"))
    inside: list[etree._Element] = []
    for part in element.iterchildren(f"{M}e"):
        if inside:
            inside.append(_node("mo", text=between or "|", separator="true"))
        inside.append(_group(part, depth))
    opening = "(" if first is None else first
    closing = ")" if last is None else last
    return _node(
        "mrow",
        *([_node("mo", text=opening, fence="true")] if opening else []),
        *inside,
        *([_node("mo", text=closing, fence="true")] if closing else []),
    )


def _function(element: etree._Element, depth: int) -> etree._Element:
    return _node("mrow", _part(element, "fName", depth), _node("mo", text="\u2061"), _part(element, "e", depth))


def _accent(element: etree._Element, depth: int) -> etree._Element:
    sign = _value(element.find(f"{M}accPr"), "chr") or "\u0302"
    return _node("mover", _part(element, "e", depth), _node("mo", text=sign), accent="true")


def _bar(element: etree._Element, depth: int) -> etree._Element:
    name = "mover" if _value(element.find(f"{M}barPr"), "pos") == "top" else "munder"
    return _node(name, _part(element, "e", depth), _node("mo", text="¯" if name == "mover" else "_", stretchy="true"))


def _brace(element: etree._Element, depth: int) -> etree._Element:
    properties = element.find(f"{M}groupChrPr")
    sign = _node("mo", text=_value(properties, "chr") or "⏟", stretchy="true")
    name = "mover" if _value(properties, "pos") == "top" else "munder"
    return _node(name, _part(element, "e", depth), sign)


def _matrix(element: etree._Element, depth: int) -> etree._Element:
    rows = (
        _node("mtr", *(_node("mtd", *_row(cell, depth)) for cell in row.iterchildren(f"{M}e")))
        for row in element.iterchildren(f"{M}mr")
    )
    return _node("mtable", *rows)


def _lines(element: etree._Element, depth: int) -> etree._Element:
    rows = (_node("mtr", _node("mtd", *_row(line, depth))) for line in element.iterchildren(f"{M}e"))
    return _node("mtable", *rows)


def _boxed(element: etree._Element, depth: int) -> etree._Element:
    return _node("menclose", _part(element, "e", depth), notation="box")


def _unseen(element: etree._Element, depth: int) -> etree._Element:
    return _node("mphantom", _part(element, "e", depth))


_STRUCTURES: dict[str, Callable[[etree._Element, int], etree._Element]] = {
    "f": _fraction,
    "sSub": _scripts("msub", "e", "sub"),
    "sSup": _scripts("msup", "e", "sup"),
    "sSubSup": _scripts("msubsup", "e", "sub", "sup"),
    "sPre": _before,
    "rad": _root,
    "nary": _sum,
    "d": _fence,
    "func": _function,
    "acc": _accent,
    "bar": _bar,
    "groupChr": _brace,
    "limLow": _scripts("munder", "e", "lim"),
    "limUpp": _scripts("mover", "e", "lim"),
    "m": _matrix,
    "eqArr": _lines,
    "borderBox": _boxed,
    "phant": _unseen,
}
