"""MathML as formulae of Word (OMML): the way back from `mathml.mathml_of`.

What was read comes back as it was: `mathml_of` of what is written here is the same MathML with the same plain signs.
Signs that Word sets by itself are known by their attributes; MathML of another origin lacks them, and then whatever
looks like a sum, a line or a brace is taken for one, as long as the plain signs do not say that it was typed.
"""

from collections.abc import Callable, Iterable

from lxml import etree

from standards_wf.documents.mathml import MATHML, M, signs_of
from standards_wf.documents.package import Unreadable, parse

_NAMESPACE = M.strip("{}")
_BRACES = frozenset("⏞⏟︷︸⎴⎵")
_SUMS = frozenset("∑∏∐∫∬∭∮∯∰⋀⋁⋂⋃")
_SETTERS = ("munderover", "msubsup", "munder", "mover", "msub", "msup")
_APPLIED = "\u2061"


def omml_of(mathml: str, signs: str) -> etree._Element:
    """A formula of Word for one `math` element whose plain signs are these; whatever it cannot say it says in signs."""
    try:
        math = parse(mathml.encode())
    except Unreadable:
        return _node("oMath", _plain_run(signs))
    marked = _node("oMath", *_Writer(by_look=False).content(math))
    if signs_of(marked) == signs:
        return marked
    looked = _node("oMath", *_Writer(by_look=True).content(math))
    return looked if signs_of(looked) == signs else marked


def _node(name: str, *children: etree._Element, value: str | None = None) -> etree._Element:
    node = etree.Element(f"{M}{name}", nsmap={"m": _NAMESPACE})
    if value is not None:
        node.set(f"{M}val", value)
    node.extend(children)
    return node


def _words(text: str) -> etree._Element:
    words = _node("t")
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    words.text = text
    return words


def _plain_run(text: str) -> etree._Element:
    return _node("r", _node("rPr", _node("nor")), _words(text))


def _name(element: etree._Element) -> str:
    return element.tag.removeprefix(f"{{{MATHML}}}")


def _sign(element: etree._Element) -> str:
    return (element.text or "") if _name(element) == "mo" else ""


class _Writer:
    """Writes one formula; `by_look` takes what looks like a sum, a line or a brace for one that Word has set."""

    def __init__(self, *, by_look: bool) -> None:
        self._by_look = by_look

    def content(self, parent: etree._Element) -> list[etree._Element]:
        """What stands in a row."""
        return [made for child in parent for made in self._one(child)]

    def _part(self, name: str, element: etree._Element) -> etree._Element:
        """A part of a structure; a plain row in it is the part itself."""
        if _name(element) == "mrow" and self._structure(element) is None:
            return _node(name, *self.content(element))
        return _node(name, *self._one(element))

    def _one(self, element: etree._Element) -> Iterable[etree._Element]:
        name = _name(element)
        if name in _TOKENS:
            yield from _token(element)
        elif name == "mrow":
            made = self._structure(element)
            yield _invisible(self._part("e", element)) if made is None else made
        elif write := _STRUCTURES.get(name):
            yield write(self, element)
        else:
            yield from self.content(element)

    def _structure(self, row: etree._Element) -> etree._Element | None:
        """A row that Word sets as one thing: fences, a sum, a function, a fraction on the line; None for a plain row."""
        children = list(row)
        fenced = bool(children) and (_is_fence(children[0]) or _is_fence(children[-1]))
        if fenced or any(each.get("separator") == "true" for each in children):
            return self._fence(children)
        if len(children) == 1:
            return _invisible(self._part("e", children[0]))
        if len(children) == 3 and _sign(children[1]) == _APPLIED:  # noqa: PLR2004  name, sign, argument
            return _node("func", self._part("fName", children[0]), self._part("e", children[2]))
        return self._set_by_word(children)

    def _set_by_word(self, children: list[etree._Element]) -> etree._Element | None:
        """A sum or a fraction on the line, whose signs Word has set and nobody has typed."""
        if len(children) == 2 and (limits := self._sum_of(children[0])) is not None:  # noqa: PLR2004  sign and of what
            return self._sum(*limits, children[1])
        if len(children) == 3 and self._is_set(children[1], "form", "/"):  # noqa: PLR2004  above, stroke, below
            sort = _node("fPr", _node("type", value="lin"))
            return _node("f", sort, self._part("num", children[0]), self._part("den", children[2]))
        return None

    def _fence(self, children: list[etree._Element]) -> etree._Element:
        opening, closing = "", ""
        if children and _is_fence(children[0]):
            opening, children = children[0].text or "", children[1:]
        if children and _is_fence(children[-1]):
            closing, children = children[-1].text or "", children[:-1]
        between = next((each.text or "" for each in children if each.get("separator") == "true"), None)
        properties = _node("dPr", _node("begChr", value=opening))
        if between is not None:
            properties.append(_node("sepChr", value=between))
        properties.append(_node("endChr", value=closing))
        parts = [self._part("e", each) for each in children if each.get("separator") != "true"]
        return _node("d", properties, *parts)

    def _sum_of(self, element: etree._Element) -> tuple[str, str, etree._Element | None, etree._Element | None] | None:
        """The sign of a sum, how its limits are set, and the limits; None for what is none."""
        if self._is_set(element, "largeop", _SUMS):
            return _sign(element), "munderover", None, None
        name = _name(element)
        if name not in _SETTERS or not len(element) or not self._is_set(element[0], "largeop", _SUMS):
            return None
        parts = list(element)[1:]
        below = parts[0] if name in ("msub", "munder", "msubsup", "munderover") else None
        above = parts[-1] if name in ("msup", "mover", "msubsup", "munderover") else None
        return _sign(element[0]), name, below, above

    def _is_set(self, element: etree._Element, attribute: str, usual: frozenset[str] | str) -> bool:
        """Whether Word has set a sign: it says so itself, or it is one of the usual ones where looks count."""
        sign = _sign(element)
        return bool(sign) and (element.get(attribute) is not None or (self._by_look and sign in usual))

    def _sum(
        self, sign: str, setter: str, below: etree._Element | None, above: etree._Element | None, of: etree._Element
    ) -> etree._Element:
        properties = _node("naryPr", _node("chr", value=sign))
        properties.append(_node("limLoc", value="subSup" if setter in ("msub", "msup", "msubsup") else "undOvr"))
        if below is None:
            properties.append(_node("subHide", value="1"))
        if above is None:
            properties.append(_node("supHide", value="1"))
        under = self._part("sub", below) if below is not None else _node("sub")
        over = self._part("sup", above) if above is not None else _node("sup")
        return _node("nary", properties, under, over, self._part("e", of))

    def fraction(self, element: etree._Element) -> etree._Element:
        """A fraction with a line, a slanted line or none."""
        above, below = self._parts(element, "num", "den")
        if element.get("bevelled") == "true":
            return _node("f", _node("fPr", _node("type", value="skw")), above, below)
        if element.get("linethickness") == "0":
            return _node("f", _node("fPr", _node("type", value="noBar")), above, below)
        return _node("f", above, below)

    def under(self, element: etree._Element) -> etree._Element:
        """What stands below: a line, a brace or something else."""
        return self._beside(element, "_", "bot", "limLow")

    def over(self, element: etree._Element) -> etree._Element:
        """What stands above: an accent, a line, a brace or something else."""
        sign = _sign(element[1]) if len(element) > 1 else ""
        if element.get("accent") == "true" and sign:
            return _node("acc", _node("accPr", _node("chr", value=sign)), self._part("e", element[0]))
        return self._beside(element, "¯", "top", "limUpp")

    def _beside(self, element: etree._Element, line: str, place: str, otherwise: str) -> etree._Element:
        other = element[1] if len(element) > 1 else element
        sign = _sign(other)
        if sign == line and self._is_set(other, "stretchy", line):
            return _node("bar", _node("barPr", _node("pos", value=place)), self._part("e", element[0]))
        if sign and self._is_set(other, "stretchy", _BRACES):
            properties = _node("groupChrPr", _node("chr", value=sign), _node("pos", value=place))
            return _node("groupChr", properties, self._part("e", element[0]))
        return _node(otherwise, *self._parts(element, "e", "lim"))

    def under_and_over(self, element: etree._Element) -> etree._Element:
        """What stands below and above at once, outside a sum."""
        base, below, above = self._parts(element, "e", "lim", "lim")
        return _node("limUpp", _node("e", _node("limLow", base, below)), above)

    def before(self, element: etree._Element) -> etree._Element:
        """Small signs that stand before."""
        parts = [each for each in element if _name(each) != "mprescripts"]
        made = [self._part(name, each) for name, each in zip(("e", "sub", "sup"), parts, strict=False)]
        return _node("sPre", *made[1:], *made[:1])

    def square_root(self, element: etree._Element) -> etree._Element:
        """A root without a degree."""
        inside = self._part("e", element[0]) if len(element) == 1 else _node("e", *self.content(element))
        return _node("rad", _node("radPr", _node("degHide", value="1")), _node("deg"), inside)

    def root(self, element: etree._Element) -> etree._Element:
        """A root with its degree."""
        inside, degree = self._parts(element, "e", "deg")
        return _node("rad", degree, inside)

    def table(self, element: etree._Element) -> etree._Element:
        """A matrix, or lines one below another."""
        rows = [list(row) for row in element]
        if all(len(row) == 1 for row in rows):
            return _node("eqArr", *(_node("e", *self.content(cell)) for row in rows for cell in row))
        return _node("m", *(_node("mr", *(_node("e", *self.content(cell)) for cell in row)) for row in rows))

    def framed(self, element: etree._Element) -> etree._Element:
        """A formula in a box."""
        return _node("borderBox", *self._inside(element))

    def unseen(self, element: etree._Element) -> etree._Element:
        """What takes its room and is not shown."""
        return _node("phant", _node("phantPr", _node("show", value="0")), *self._inside(element))

    def _inside(self, element: etree._Element) -> list[etree._Element]:
        return [self._part("e", each) for each in element]

    def below(self, element: etree._Element) -> etree._Element:
        """A base with small signs below."""
        return _node("sSub", *self._parts(element, "e", "sub"))

    def above(self, element: etree._Element) -> etree._Element:
        """A base with small signs above."""
        return _node("sSup", *self._parts(element, "e", "sup"))

    def below_and_above(self, element: etree._Element) -> etree._Element:
        """A base with small signs below and above."""
        return _node("sSubSup", *self._parts(element, "e", "sub", "sup"))

    def _parts(self, element: etree._Element, *names: str) -> list[etree._Element]:
        return [self._part(name, each) for name, each in zip(names, element, strict=False)]


_TOKENS = ("mi", "mn", "mo", "mtext", "ms")
_STRUCTURES: dict[str, Callable[[_Writer, etree._Element], etree._Element]] = {
    "mfrac": _Writer.fraction,
    "msub": _Writer.below,
    "msup": _Writer.above,
    "msubsup": _Writer.below_and_above,
    "munder": _Writer.under,
    "mover": _Writer.over,
    "munderover": _Writer.under_and_over,
    "mmultiscripts": _Writer.before,
    "msqrt": _Writer.square_root,
    "mroot": _Writer.root,
    "mtable": _Writer.table,
    "menclose": _Writer.framed,
    "mphantom": _Writer.unseen,
}


def _token(element: etree._Element) -> Iterable[etree._Element]:
    text = element.text or ""
    if not text:
        return
    if _name(element) in ("mtext", "ms"):
        yield _plain_run(text)
    elif element.get("mathvariant") == "normal":
        yield _node("r", _node("rPr", _node("sty", value="p")), _words(text))
    else:
        yield _node("r", _words(text))


def _invisible(inside: etree._Element) -> etree._Element:
    """A group without visible fences."""
    return _node("d", _node("dPr", _node("begChr", value=""), _node("endChr", value="")), inside)


def _is_fence(element: etree._Element) -> bool:
    return _name(element) == "mo" and element.get("fence") == "true"
