"""Series of document numbers: which one a project takes and why, and the numbers that a series gives.

A series counts the documents of one issuer and one prefix (上海市标准化条例, article 11: the authority numbers; 计量法,
article 10: the prefix of a metrology specification follows its category).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.numbers import DocumentNumber, Family, read_number
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory

LOCAL_PREFIX = "DB31"
_RUNNING = re.compile("[0-9]{1,4}")
_GROUP_CODE = re.compile(r"(?=.{2})[A-Z0-9]*[A-Z][A-Z0-9]*")


class SeriesReason(StrEnum):
    """Why a project takes the series or the number that it takes."""

    REVISION = "series_of_revision"
    PART = "series_of_part"
    JOINT_STANDARD = "series_of_joint_standard"
    JOINT_METROLOGY = "series_of_joint_metrology"
    MANDATORY = "series_of_mandatory"
    RECOMMENDED = "series_of_recommended"
    GROUP = "series_of_group"
    REGULATION = "series_of_regulation"
    OTHER_METROLOGY = "series_of_other_metrology"
    OF_KIND = "series_of_kind"


class NoSeriesReason(StrEnum):
    """Why no series of this installation numbers a document."""

    GROUP_WITHOUT_CODE = "group_without_code"
    WITHOUT_CATEGORY = "without_category"
    NATIONAL_ONLY = "national_only"
    NOT_NUMBERED_HERE = "not_numbered_here"


class HeldState(StrEnum):
    """Why a serial is not simply the next one."""

    RESERVED = "reserved"
    """Promised; given to the project it is promised to, or to whoever asks for it by its number."""
    UNUSABLE = "unusable"
    """Never to be given."""
    FREE = "free"
    """Given up or released; the next document takes it."""


class GapReason(StrEnum):
    """Why serials between the first and the last are borne by nobody."""

    FIRST_SERIAL = "first_serial"
    TYPED = "typed"
    REVISION = "revision"
    """The number after them is that of a revision: the older document, and those before it, were numbered elsewhere."""


class NoSuchSeries(ValueError):
    """No series of this installation numbers such a document; `reason` says why."""

    def __init__(self, reason: NoSeriesReason) -> None:
        super().__init__(f"no series numbers this document: {reason}")
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One count of document numbers."""

    code: str
    """Its name in this installation: the prefix, with the block where it counts in one."""
    prefix: str
    """What stands before the serial."""
    family: Family
    first: int = 1
    last: int = 9999
    may_pad: bool = False
    """Whether serials may be filled up with noughts; local standards are never (DB31/T 98, not 0098)."""

    @property
    def slug(self) -> str:
        """The code as one part of a web address, without blanks and slashes."""
        return re.sub("[ /]", "-", self.code)

    def counts(self, number: DocumentNumber) -> bool:
        """Whether a number is one of those that this series counts, so that the count moves with it."""
        serial = number.serial
        if number.prefix.replace("/T", "") != self.prefix.replace("/T", "") or not serial.isdigit():
            return False
        in_block = self.first <= int(serial) <= self.last if self.first > 1 else bool(_RUNNING.fullmatch(serial))
        return number.family is self.family and in_block


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesFacts:
    """What the series of a project depends on."""

    kind: Kind
    category: MetrologyCategory | None = None
    group_code: str | None = None
    mandatory: bool = False
    joint: bool = False
    """Whether the four provinces of the delta issue it together."""
    revision_of: DocumentNumber | None = None
    part_of: DocumentNumber | None = None
    """A document, or another part of it, whose serial a new part shares."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesAnswer:
    """The series that a project takes, and why."""

    series: Series
    reason: SeriesReason
    keeps: DocumentNumber | None = None
    """The number that a revision keeps, or whose serial a new part shares; without its year."""


def series_for(facts: SeriesFacts) -> SeriesAnswer:
    """Which series numbers a project, with the reason.

    1. A revision keeps the number of the document it replaces, where that is a number of the same issuer.
    2. A new part shares the serial of its document.
    3. A joint document of the delta is numbered in the block of the four provinces.
    4. All others take the series of their kind: by its association, by its category, or by whether it is mandatory.

    Raises NoSuchSeries.
    """
    own = _OWN.get(KINDS[facts.kind].series, _of_kind)(facts)
    for reason, older in ((SeriesReason.REVISION, facts.revision_of), (SeriesReason.PART, facts.part_of)):
        kept = _kept_series(facts, own.series, older)
        if older is not None and kept is not None:
            return SeriesAnswer(series=kept, reason=reason, keeps=older.undated)
    return own


def may_bear(answer: SeriesAnswer, number: DocumentNumber) -> bool:
    """Whether a project with this answer may bear a number: one of its series, or the one that it keeps."""
    series = series_of_number(number)
    if series is None or series.code != answer.series.code or number.prefix != answer.series.prefix:
        return False
    if answer.reason is SeriesReason.PART and answer.keeps is not None:
        return number.serial.lstrip("0") == answer.keeps.serial.lstrip("0") and number.part is not None
    return True


def series_of_number(number: DocumentNumber) -> Series | None:
    """The series of this installation that a number belongs to, whoever bears it; `None` for foreign numbers."""
    match number.family:
        case Family.LOCAL_STANDARD | Family.YANGTZE_DELTA_STANDARD if number.prefix.startswith(LOCAL_PREFIX):
            joint = number.family is Family.YANGTZE_DELTA_STANDARD
            return _standard_series(number.prefix, joint=joint)
        case Family.GROUP_STANDARD:
            return _group_series(number.prefix)
        case Family.LOCAL_METROLOGY | Family.YANGTZE_DELTA_METROLOGY:
            return _metrology_series(number.prefix[:3], joint=number.family is Family.YANGTZE_DELTA_METROLOGY)
        case _:
            own = (row for row in KINDS.values() if row.prefix == number.prefix and row.series is number.family)
            return next((_series_of_prefix(row.prefix, row.series) for row in own), None)


def number_in_series(
    series: Series, serial: int, year: int, *, part: str | None = None, padding: int = 1
) -> DocumentNumber:
    """The number with this serial in its series. Raises NotANumber where serial or year do not fit the series."""
    behind = f".{part}" if part else ""
    return read_number(f"{series.prefix} {serial:0{padding if series.may_pad else 1}}{behind}—{year}")


def with_padding(series: Series, number: DocumentNumber, padding: int) -> DocumentNumber:
    """A number of a series with its serial filled up as the series prints it."""
    if not (series.may_pad and series.counts(number)):
        return number
    return replace(number, serial=number.serial.lstrip("0").zfill(padding))


def may_be_mandatory(kind: Kind) -> bool:
    """Whether documents of a kind may be mandatory: local standards, where environmental law allows it."""
    return KINDS[kind].series is Family.LOCAL_STANDARD


def fixed_series() -> tuple[Series, ...]:
    """The series that every installation has; those of the associations come with the associations."""
    return (
        _standard_series(f"{LOCAL_PREFIX}/T", joint=False),
        _standard_series(LOCAL_PREFIX, joint=False),
        _standard_series(f"{LOCAL_PREFIX}/T", joint=True),
        _metrology_series("JJF", joint=False),
        _metrology_series("JJG", joint=False),
        _metrology_series("JJF", joint=True),
        _metrology_series("JJG", joint=True),
        *(_series_of_prefix(row.prefix, row.series) for row in KINDS.values() if row.prefix),
    )


def series_of_group(code: str | None) -> Series:
    """The series of an association. Raises NoSuchSeries where it has no code to number with."""
    folded = (code or "").strip().upper()
    if not _GROUP_CODE.fullmatch(folded):
        raise NoSuchSeries(NoSeriesReason.GROUP_WITHOUT_CODE)
    return _group_series(f"T/{folded}")


def _kept_series(facts: SeriesFacts, own: Series, older: DocumentNumber | None) -> Series | None:
    """The series of an older number that a project may go on with: of the same issuer, and of the same letters."""
    kept = series_of_number(older) if older is not None else None
    if older is None or kept is None:
        return None
    if KINDS[facts.kind].issued_by_group:
        return kept if kept.code == own.code else None
    if facts.mandatory and older.prefix != LOCAL_PREFIX:
        return None
    return kept if kept.prefix[:3] == own.prefix[:3] else None


def _standard_series(prefix: str, *, joint: bool) -> Series:
    if joint:
        # Recommended and mandatory documents of the delta share the block.
        family = Family.YANGTZE_DELTA_STANDARD
        return Series(code=f"{LOCAL_PREFIX} 310", prefix=prefix, family=family, first=310_001, last=310_999)
    return Series(code=prefix, prefix=prefix, family=Family.LOCAL_STANDARD)


def _metrology_series(letters: str, *, joint: bool) -> Series:
    if joint:
        prefix, family = f"{letters}(沪苏浙皖)", Family.YANGTZE_DELTA_METROLOGY
        return Series(code=prefix, prefix=prefix, family=family, first=4001, last=4099, may_pad=True)
    return Series(code=f"{letters}(沪)", prefix=f"{letters}(沪)", family=Family.LOCAL_METROLOGY, may_pad=True)


def _group_series(prefix: str) -> Series:
    return Series(code=prefix, prefix=prefix, family=Family.GROUP_STANDARD, may_pad=True)


def _of_local_standard(facts: SeriesFacts) -> SeriesAnswer:
    series = _standard_series(LOCAL_PREFIX if facts.mandatory else f"{LOCAL_PREFIX}/T", joint=facts.joint)
    if facts.joint:
        return SeriesAnswer(series=series, reason=SeriesReason.JOINT_STANDARD)
    return SeriesAnswer(series=series, reason=SeriesReason.MANDATORY if facts.mandatory else SeriesReason.RECOMMENDED)


def _of_group(facts: SeriesFacts) -> SeriesAnswer:
    return SeriesAnswer(series=series_of_group(facts.group_code), reason=SeriesReason.GROUP)


def _of_metrology(facts: SeriesFacts) -> SeriesAnswer:
    if facts.category is None:
        raise NoSuchSeries(NoSeriesReason.WITHOUT_CATEGORY)
    if facts.category is MetrologyCategory.VERIFICATION_SCHEME:
        raise NoSuchSeries(NoSeriesReason.NATIONAL_ONLY)
    is_regulation = facts.category is MetrologyCategory.VERIFICATION_REGULATION
    series = _metrology_series("JJG" if is_regulation else "JJF", joint=facts.joint)
    if facts.joint:
        return SeriesAnswer(series=series, reason=SeriesReason.JOINT_METROLOGY)
    reason = SeriesReason.REGULATION if is_regulation else SeriesReason.OTHER_METROLOGY
    return SeriesAnswer(series=series, reason=reason)


def _of_kind(facts: SeriesFacts) -> SeriesAnswer:
    """The series of a kind that has one prefix for all its documents."""
    row = KINDS[facts.kind]
    if not row.prefix:
        raise NoSuchSeries(NoSeriesReason.NOT_NUMBERED_HERE)
    return SeriesAnswer(series=_series_of_prefix(row.prefix, row.series), reason=SeriesReason.OF_KIND)


def _series_of_prefix(prefix: str, family: Family) -> Series:
    return Series(code=prefix, prefix=prefix, family=family)


_OWN: dict[Family, Callable[[SeriesFacts], SeriesAnswer]] = {
    Family.LOCAL_STANDARD: _of_local_standard,
    Family.GROUP_STANDARD: _of_group,
    Family.LOCAL_METROLOGY: _of_metrology,
}
