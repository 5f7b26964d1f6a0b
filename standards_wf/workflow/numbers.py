"""Document numbers: read in any spelling, printed in the one right form, and the series new numbers belong to.

The right form has an em dash before the year (GB/T 1.1) and a blank before the serial. People write hyphens,
full-width letters, no blanks, small letters and no slash; all of it means the same document.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from standards_wf.workflow.vocabulary import Kind, MetrologyCategory


class Family(StrEnum):
    """Whose numbering a document number follows."""

    LOCAL_STANDARD = "local_standard"
    YANGTZE_DELTA_STANDARD = "yangtze_delta_standard"
    OTHER_LOCAL_STANDARD = "other_local_standard"
    GUIDANCE_DOCUMENT = "guidance_document"
    ENGINEERING_STANDARD = "engineering_standard"
    GROUP_STANDARD = "group_standard"
    LOCAL_METROLOGY = "local_metrology"
    YANGTZE_DELTA_METROLOGY = "yangtze_delta_metrology"
    OTHER_LOCAL_METROLOGY = "other_local_metrology"
    NATIONAL_METROLOGY = "national_metrology"
    NATIONAL_STANDARD = "national_standard"
    SECTOR_STANDARD = "sector_standard"
    INTERNATIONAL_STANDARD = "international_standard"


class NumberProblem(StrEnum):
    """Why a text is not a document number."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNKNOWN_PREFIX = "unknown_prefix"
    UNKNOWN_PROVINCE = "unknown_province"
    NO_SERIAL = "no_serial"
    BAD_SERIAL = "bad_serial"
    BAD_YEAR = "bad_year"
    SOMETHING_FOLLOWS = "something_follows"


class NotANumber(ValueError):
    """The text is not a document number; `reason` says what is wrong with it."""

    def __init__(self, text: str, reason: NumberProblem) -> None:
        super().__init__(f"{text[:80]!r} is not a document number: {reason}")
        self.text = text
        self.reason = reason


class NoSuchSeries(ValueError):
    """No series of this installation numbers such a document."""


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """One document number, taken apart; prints in the canonical form."""

    family: Family
    prefix: str
    serial: str
    part: str | None = None
    year: int | None = None

    def __str__(self) -> str:
        if self.family is Family.INTERNATIONAL_STANDARD:
            part = f"-{self.part}" if self.part else ""
            return f"{self.prefix} {self.serial}{part}{f':{self.year}' if self.year else ''}"
        part = f".{self.part}" if self.part else ""
        between = "—" if self.family is Family.ENGINEERING_STANDARD else " "
        return f"{self.prefix}{between}{self.serial}{part}{f'—{self.year}' if self.year else ''}"

    @property
    def key(self) -> str:
        """The same text for every spelling, for uniqueness and look-up; without a year where none is known."""
        return self._joined(self.prefix.replace(" ", ""), "-", self.serial.lstrip("0") or "0")

    @property
    def undated_key(self) -> str:
        """The key that all editions of the document share."""
        return self.undated.key

    @property
    def undated(self) -> "DocumentNumber":
        """The number of the document, whatever its edition."""
        return DocumentNumber(self.family, self.prefix, self.serial, self.part)

    @property
    def slug(self) -> str:
        """The number as one part of a web address, without blanks and slashes; `from_slug` reads it back."""
        return self._joined(re.sub(r"[ /]+", "-", self.prefix), "-", self.serial, always=True)

    def _joined(self, prefix: str, dash: str, serial: str, *, always: bool = False) -> str:
        # A prefix that ends in a digit would run into the serial: DB31 387 and DB3138 7 are two documents.
        join = dash if always or prefix[-1].isdigit() else ""
        part = "." + self.part.replace("-", ".") if self.part else ""
        return f"{prefix}{join}{serial}{part}{f'{dash}{self.year}' if self.year else ''}"


# The first two digits of the codes of GB/T 2260.
_PROVINCE_CODES = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82"
)
_PROVINCES = frozenset(_PROVINCE_CODES.split())
_PROVINCE_SIGNS = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀黔贵滇云藏陕秦甘陇青宁新"
_SECTORS = (
    "AQ BB CB CH CJ CY DA DL DY DZ EJ FZ GA GC GD GH GM GY HB HG HJ HS HY JB JC JG JR JT JY LB LD LS LY MH MT MZ NB NY"
    " QB QC QJ QX RB RF SB SC SF SH SJ SL SN SW SY TB TD TY WB WH WJ WM WS WW XB XF YB YC YD YJ YS YY YZ ZY"
)
_LONGEST = 80
_SIGNS_OF_THE_DELTA = "沪苏浙皖"
_CODES_OF_THE_DELTA = frozenset({"31", "32", "33", "34"})
_LOCAL_DIGITS = 4

# Between the pieces people put blanks, slashes, or (in file names and web addresses) dashes and underlines.
_GAP = r"(?: *|[_-])"
_SLASH = r" *[_/-]? *"
_SERIAL = r"(?P<serial>[0-9]+)(?:\.(?P<part>[0-9]+(?:\.[0-9]+)*))?"
_LETTERED_SERIAL = r"(?P<serial>(?:[A-Z]{1,4}[0-9]+-(?!(?:19|20)[0-9]{2}(?![0-9])))?[A-Z]{0,4}[0-9]+)(?:\.(?P<part>[0-9]+(?:\.[0-9]+)*))?"
# What could be a year is never the part of an international standard.
_ISO_PART = r"(?!(?:19|20)[0-9]{2}(?![0-9]))[A-Z]?[0-9]+"
_YEAR = r"(?: *[-:]+ *(?P<year>(?:19|20)[0-9]{2}|[5-9][0-9])(?![0-9]))?"
_START = r"(?<![A-Z0-9])"
_END = r"(?![A-Z0-9])"

_FORMS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (form, re.compile(_START + pattern + _YEAR + _END))
    for form, pattern in (
        # With T, Z or a slash the code may have two or four digits; without them two digits are tried first.
        ("guidance", rf"DB{_GAP}(?P<code>[0-9]{{2}}){_GAP}(?P<letters>[A-Z]{{2,4}}){_SLASH}Z{_GAP}{_SERIAL}"),
        ("local", rf"DB{_GAP}(?P<code>[0-9]{{2}}(?:[0-9]{{2}})?){_SLASH}(?P<t>T){_GAP}{_SERIAL}"),
        ("mandatory", rf"DB{_GAP}(?P<code>[0-9]{{2}}(?:[0-9]{{2}})?)[ _/-]+{_SERIAL}"),
        ("mandatory", rf"DB(?P<code>[0-9]{{2}}){_SERIAL}"),
        ("engineering", rf"DG{_SLASH}TJ{_GAP}08 *[_-]* *{_SERIAL}"),
        ("metrology", rf"(?P<letters>JJ[FG]){_GAP}[(〔\[]? *(?P<signs>[{_PROVINCE_SIGNS}]+) *[)〕\]]?{_GAP}{_SERIAL}"),
        ("national metrology", rf"(?P<letters>JJ[FG]){_GAP}{_SERIAL}"),
        ("national", rf"GB(?:{_SLASH}(?P<t>[TZ]))?{_GAP}{_SERIAL}"),
        ("group", rf"T[ _/-]+(?P<letters>[A-Z0-9]+[A-Z]){_SERIAL}"),
        ("group", rf"T[ _/-]+(?P<letters>(?=[0-9]*[A-Z])[A-Z0-9]{{2,}})[ _-]+{_LETTERED_SERIAL}"),
        (
            "international",
            (
                rf"(?P<letters>ISO{_SLASH}IEC|ISO|IEC)(?:[ _/-]+(?P<t>TR|TS|PAS))?{_GAP}"
                rf"(?P<serial>[0-9]+)(?:[.-](?P<part>{_ISO_PART}(?:[.-]{_ISO_PART})*))?"
            ),
        ),
        ("sector", rf"(?P<letters>{_SECTORS.replace(' ', '|')})(?:{_SLASH}(?P<t>[TZ]))?{_GAP}{_SERIAL}"),
    )
)

_PREFIX = re.compile(
    rf"DB *[0-9]{{2,4}}|DG ?/?TJ|T/[A-Z0-9]|(?:JJ[FG]|GB|ISO|IEC|{_SECTORS.replace(' ', '|')})(?![B-SU-Z])"
)
_DROPPED = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_SPELLINGS = str.maketrans(
    dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("\u2215\u2044\\", "/")
    | {small: small.upper() for small in "abcdefghijklmnopqrstuvwxyz"}
)


def _fold_spelling(text: str) -> str:
    """Bring full width, dashes, blanks and small letters to one form; the pieces stay in order."""
    folded = unicodedata.normalize("NFKC", _DROPPED.sub("", text)).translate(_SPELLINGS)
    return re.sub(r"\s+", " ", folded).strip()


def read_number(text: str) -> DocumentNumber:
    """Read a document number in whatever spelling it is written.

    Raises NotANumber with the reason.
    """
    if len(text) > _LONGEST:
        raise NotANumber(text, NumberProblem.TOO_LONG)
    folded = _fold_spelling(text)
    if not folded:
        raise NotANumber(text, NumberProblem.EMPTY)
    for form, pattern in _FORMS:
        found = pattern.fullmatch(folded)
        if found and (number := _number_of(form, found)):
            return number
    raise NotANumber(text, _problem_of(folded))


def from_slug(slug: str) -> DocumentNumber:
    """Read the number that a web address names; only the permanent form is known.

    Raises NotANumber.
    """
    for form, pattern in _FORMS:
        found = pattern.fullmatch(slug[: _LONGEST + 1])
        if found and (number := _number_of(form, found)) and number.slug == slug:
            return number
    raise NotANumber(slug, NumberProblem.UNKNOWN_PREFIX)


@dataclass(frozen=True, slots=True)
class NumberInText:
    """A document number met in a longer text, and its place there."""

    number: DocumentNumber
    start: int
    stop: int


def find_numbers(text: str) -> tuple[NumberInText, ...]:
    """The document numbers in a text of half-width characters, in its order."""
    folded = text.translate(_SPELLINGS)
    found: list[NumberInText] = []
    taken = 0
    candidates = sorted(
        ((match.start(), -match.end(), place, form, match)
         for place, (form, pattern) in enumerate(_FORMS)
         for match in pattern.finditer(folded)),
        key=lambda candidate: candidate[:3],
    )  # fmt: skip
    for start, negative_stop, _place, form, match in candidates:
        if start < taken:
            continue
        number = _number_of(form, match)
        if number is not None and not _looks_like_chance(number, match):
            found.append(NumberInText(number, start, -negative_stop))
            taken = -negative_stop
    return tuple(found)


def series_prefix(kind: Kind, *, category: MetrologyCategory | None = None, group_code: str | None = None) -> str:
    """The prefix that a new number of a kind takes.

    Raises NoSuchSeries: verification schemes are made nationally only (计量法 第十条), and a group has a code.
    """
    if kind is Kind.LOCAL_STANDARD:
        return "DB31/T"
    if kind is Kind.GROUP_STANDARD:
        code = (group_code or "").strip().upper()
        if not re.fullmatch(r"[A-Z0-9]*[A-Z][A-Z0-9]*", code) or len(code) < 2:  # noqa: PLR2004  two characters at least
            raise NoSuchSeries("a group standard needs the code of its group: capital letters and digits")
        return f"T/{code}"
    if category is None:
        raise NoSuchSeries("a metrology specification needs its category")
    if category is MetrologyCategory.VERIFICATION_SCHEME:
        raise NoSuchSeries("verification schemes are made at national level only")
    return "JJG(沪)" if category is MetrologyCategory.VERIFICATION_REGULATION else "JJF(沪)"


def number_in_series(prefix: str, serial: int, year: int) -> DocumentNumber:
    """The number that a series gives next; the prefix comes from `series_prefix`.

    Raises NotANumber where serial or year do not fit the series.
    """
    return read_number(f"{prefix} {serial}—{year}")


def _number_of(form: str, found: re.Match[str]) -> DocumentNumber | None:
    """Take a match apart; the forms of one country share a way, and each says no where its figures cannot be."""
    groups = found.groupdict()
    reader = _READERS[form]
    return reader(groups, groups["serial"], groups["part"], _year_of(groups["year"]))


def _looks_like_chance(number: DocumentNumber, found: re.Match[str]) -> bool:
    """Two letters and a figure in running text (LD 50, T 20) are not yet a document."""
    if number.year is not None:
        return False
    if number.family is Family.SECTOR_STANDARD:
        return "/" not in number.prefix
    return number.family is Family.GROUP_STANDARD and "/" not in found[0]


_Groups = dict[str, str | None]


def _local(groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber | None:
    code = groups["code"] or ""
    prefix = f"DB{code}{'/T' if groups.get('t') else ''}"
    if code[:2] not in _PROVINCES:
        return None
    # The four provinces of the delta share the block 310NNN; all other running numbers have at most four digits.
    if re.fullmatch("310[0-9]{3}", serial) and code in _CODES_OF_THE_DELTA:
        return DocumentNumber(Family.YANGTZE_DELTA_STANDARD, prefix, serial, part, year)
    if len(serial) > _LOCAL_DIGITS or not serial.strip("0"):
        return None
    if code == "31":
        return DocumentNumber(Family.LOCAL_STANDARD, prefix, serial.lstrip("0"), part, year)
    return DocumentNumber(Family.OTHER_LOCAL_STANDARD, prefix, serial, part, year)


def _guidance(groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber | None:
    if groups["code"] not in _PROVINCES:
        return None
    return DocumentNumber(Family.GUIDANCE_DOCUMENT, f"DB{groups['code']} {groups['letters']}/Z", serial, part, year)


def _engineering(_groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber:
    return DocumentNumber(Family.ENGINEERING_STANDARD, "DG/TJ 08", serial, part, year)


def _group(groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber:
    return DocumentNumber(Family.GROUP_STANDARD, f"T/{groups['letters']}", serial, part, year)


def _local_metrology(groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber | None:
    signs = groups["signs"] or ""
    if len(set(signs)) != len(signs):
        return None
    family = Family.LOCAL_METROLOGY if signs == "沪" else Family.OTHER_LOCAL_METROLOGY
    if set(signs) == set(_SIGNS_OF_THE_DELTA):
        family, signs = Family.YANGTZE_DELTA_METROLOGY, _SIGNS_OF_THE_DELTA
    return DocumentNumber(family, f"{groups['letters']}({signs})", serial, part, year)


def _national(groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber | None:
    letters = groups.get("letters")
    family = Family.NATIONAL_METROLOGY if letters else Family.NATIONAL_STANDARD
    prefix = letters or f"GB{'/' + groups['t'] if groups['t'] else ''}"
    return DocumentNumber(family, prefix, serial.lstrip("0"), part, year) if serial.strip("0") else None


def _sector(groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber:
    prefix = f"{groups['letters']}{'/' + groups['t'] if groups['t'] else ''}"
    return DocumentNumber(Family.SECTOR_STANDARD, prefix, serial, part, year)


def _international(groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber | None:
    body = groups["letters"] or ""
    body = body if body in {"ISO", "IEC"} else "ISO/IEC"
    # ISO writes ISO/TR 1, the others IEC TR 1 and ISO/IEC TR 1.
    deliverable = f"{'/' if body == 'ISO' else ' '}{groups['t']}" if groups["t"] else ""
    part = part.replace(".", "-") if part else None
    serial = serial.lstrip("0")
    return DocumentNumber(Family.INTERNATIONAL_STANDARD, body + deliverable, serial, part, year) if serial else None


_READERS: dict[str, Callable[[_Groups, str, str | None, int | None], DocumentNumber | None]] = {
    "guidance": _guidance,
    "local": _local,
    "mandatory": _local,
    "engineering": _engineering,
    "metrology": _local_metrology,
    "national metrology": _national,
    "national": _national,
    "group": _group,
    "international": _international,
    "sector": _sector,
}


def _year_of(digits: str | None) -> int | None:
    """A year as printed; before 1995 two digits were the custom."""
    if digits is None:
        return None
    return int(digits) if len(digits) == 4 else 1900 + int(digits)  # noqa: PLR2004


def _problem_of(folded: str) -> NumberProblem:
    """What keeps a folded text from being a number."""
    prefix = _PREFIX.match(folded)
    if prefix is None:
        return NumberProblem.UNKNOWN_PREFIX
    province = re.match(r"DB ?([0-9]{2})", folded)
    if province and province[1] not in _PROVINCES:
        return NumberProblem.UNKNOWN_PROVINCE
    if not re.search(r"[0-9]", folded[prefix.end() :]):
        return NumberProblem.NO_SERIAL
    for form, pattern in _FORMS:
        undated = re.compile(pattern.pattern.removesuffix(_END))
        found = undated.match(folded)
        if found and _number_of(form, found):
            rest = folded[found.end() :]
            return NumberProblem.BAD_YEAR if re.match(r"[-:]? ?[0-9]", rest) else NumberProblem.SOMETHING_FOLLOWS
    return NumberProblem.BAD_SERIAL
