"""Document numbers: read in any spelling, printed in the one right form, and the series new numbers belong to.

The right form has an em dash before the year (GB/T 1.1) and a blank before the serial. People write hyphens,
full-width letters, no blanks, small letters and no slash; all of it means the same document.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from standards_wf.workflow.number_spellings import (
    END,
    FORMS,
    GROUP_WITHOUT_SLASH,
    PREFIX,
    PROVINCE_SIGNS,
    PROVINCES,
    fold_signs,
    fold_spelling,
)


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
    SECTOR_METROLOGY = "sector_metrology"
    NATIONAL_METROLOGY = "national_metrology"
    NATIONAL_STANDARD = "national_standard"
    SECTOR_STANDARD = "sector_standard"
    INTERNATIONAL_STANDARD = "international_standard"


class NumberProblem(StrEnum):
    """Why a text is not a document number."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    UNKNOWN_FAMILY = "unknown_family"
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


_LONGEST = 80
_LONGEST_TYPED = 1000
_SIGNS_OF_THE_DELTA = "沪苏浙皖"
_CODES_OF_THE_DELTA = frozenset({"31", "32", "33", "34"})
_LOCAL_DIGITS = 4
# Other bodies have parts 0 (IEC 60118-0); those whose documents are numbered here begin with part 1.
_COUNTED_FROM_ONE = frozenset({"local", "mandatory", "guidance", "group", "metrology"})


def read_number(text: str) -> DocumentNumber:
    """Read a document number in whatever spelling it is written.

    An association's code may lack its slash where a year stands (TCADP 12-2024); the codes of sectors come first.

    Raises NotANumber with the reason.
    """
    if len(text) > _LONGEST_TYPED:
        raise NotANumber(text, NumberProblem.TOO_LONG)
    folded = fold_spelling(text)
    if not folded:
        raise NotANumber(text, NumberProblem.EMPTY)
    if len(folded) > _LONGEST:
        raise NotANumber(text, NumberProblem.TOO_LONG)
    for form, pattern in FORMS:
        found = pattern.fullmatch(folded)
        if found and (number := _number_of(form, found)):
            return number
    for pattern in GROUP_WITHOUT_SLASH:
        found = pattern.fullmatch(folded)
        if found and (number := _number_of("group", found)):
            return number
    raise NotANumber(text, _problem_of(folded))


def from_slug(slug: str) -> DocumentNumber:
    """Read the number that a web address names; only the permanent form is known.

    Raises NotANumber.
    """
    for form, pattern in FORMS:
        found = pattern.fullmatch(slug[: _LONGEST + 1])
        if found and (number := _number_of(form, found)) and number.slug == slug:
            return number
    raise NotANumber(slug, NumberProblem.UNKNOWN_FAMILY)


@dataclass(frozen=True, slots=True)
class NumberInText:
    """A document number met in a longer text, and its place there."""

    number: DocumentNumber
    start: int
    stop: int


def find_numbers(text: str) -> tuple[NumberInText, ...]:
    """The document numbers in a text of half-width characters, in its order."""
    folded = fold_signs(text)
    found: list[NumberInText] = []
    taken = 0
    candidates = sorted(
        ((match.start(), -match.end(), place, form, match)
         for place, (form, pattern) in enumerate(FORMS)
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


def _number_of(form: str, found: re.Match[str]) -> DocumentNumber | None:
    """Take a match apart; the forms of one country share a way, and each says no where its figures cannot be."""
    groups = found.groupdict()
    part = groups["part"]
    if form in _COUNTED_FROM_ONE and part is not None and not part.split(".")[0].strip("0"):
        return None
    return _READERS[form](groups, groups["serial"], part, _year_of(groups["year"]))


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
    if code[:2] not in PROVINCES:
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
    if groups["code"] not in PROVINCES:
        return None
    return DocumentNumber(Family.GUIDANCE_DOCUMENT, f"DB{groups['code']} {groups['letters']}/Z", serial, part, year)


def _engineering(groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber:
    letters = re.sub("[^A-Z]", "", groups["letters"] or "")
    prefix = "DG/TJ 08" if letters == "DGTJ" else f"{letters} 08"
    return DocumentNumber(Family.ENGINEERING_STANDARD, prefix, serial, part, year)


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


def _sector_metrology(groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber:
    return DocumentNumber(Family.SECTOR_METROLOGY, f"{groups['letters']}({groups['signs']})", serial, part, year)


def _national_metrology(groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber | None:
    serial = serial.lstrip("0")
    return DocumentNumber(Family.NATIONAL_METROLOGY, groups["letters"] or "", serial, part, year) if serial else None


def _national(groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber | None:
    after = groups["t"] or groups.get("z")
    prefix = f"{groups['letters']}{'/' + after if after else ''}"
    serial = serial.lstrip("0")
    return DocumentNumber(Family.NATIONAL_STANDARD, prefix, serial, part, year) if serial else None


def _sector(groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber:
    prefix = f"{groups['letters']}{'/' + groups['t'] if groups['t'] else ''}"
    return DocumentNumber(Family.SECTOR_STANDARD, prefix, serial, part, year)


def _international(groups: _Groups, serial: str, part: str | None, year: int | None) -> DocumentNumber | None:
    body = "/".join(re.findall("ISO|IEC|IEEE|CIE|ASTM", groups["letters"] or ""))
    # ISO writes ISO/TR 1, the others IEC TR 1 and ISO/IEC TR 1; a guide stands apart with all of them.
    named = groups["t"] or groups["r"]
    slash = "/" if body == "ISO" and named != "GUIDE" else " "
    deliverable = f"{slash}{named}" if named else ""
    part = part.replace(".", "-") if part else None
    serial = serial.lstrip("0")
    return DocumentNumber(Family.INTERNATIONAL_STANDARD, body + deliverable, serial, part, year) if serial else None


_READERS: dict[str, Callable[[_Groups, str, str | None, int | None], DocumentNumber | None]] = {
    "guidance": _guidance,
    "local": _local,
    "mandatory": _local,
    "engineering": _engineering,
    "metrology": _local_metrology,
    "sector metrology": _sector_metrology,
    "national metrology": _national_metrology,
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
    prefix = PREFIX.match(folded)
    if prefix is None:
        return NumberProblem.UNKNOWN_FAMILY
    province = re.match(r"DB ?([0-9]{2})|JJ[FG] ?[(〔\[【] ?([^ )〕\]】]*)", folded)
    if province and not _known_place(province[1], province[2]):
        return NumberProblem.UNKNOWN_PROVINCE
    rest = folded[prefix.end() :]
    if not re.search(r"[0-9]", rest):
        return NumberProblem.NO_SERIAL
    for form, pattern in FORMS:
        undated = re.compile(pattern.pattern.removesuffix(END))
        found = undated.match(folded)
        if found and _number_of(form, found):
            return _problem_of_rest(folded[found.end() :])
    # Drafts and other deliverables (ISO/CD, GB/W) are not of the families that are read.
    unknown_deliverable = re.match(r"(?:GB|ISO|IEC)[ /_-]*(?!(?:TR|TS|T|Z)\b)[A-Z]", folded)
    return NumberProblem.UNKNOWN_FAMILY if unknown_deliverable else NumberProblem.BAD_SERIAL


def _known_place(code: str | None, signs: str | None) -> bool:
    return code in PROVINCES if code else all(sign in PROVINCE_SIGNS for sign in signs or "")


def _problem_of_rest(rest: str) -> NumberProblem:
    if re.match(r"[-:]? ?[0-9]", rest):
        return NumberProblem.BAD_YEAR
    return NumberProblem.BAD_SERIAL if rest.startswith(".") else NumberProblem.SOMETHING_FOLLOWS
