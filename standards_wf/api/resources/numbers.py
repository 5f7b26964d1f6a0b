"""The series of document numbers, for those who publish in them."""

from dataclasses import dataclass
from datetime import datetime

from standards_wf.api.answers import Listed
from standards_wf.api.endpoints import Call, endpoint
from standards_wf.api.values import Paging, checked_paging
from standards_wf.services.reading.numbers import SeriesShown, numbers_page
from standards_wf.workflow.numbers import Family
from standards_wf.workflow.series import GapReason, HeldState

TAG = "numbers"


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedNumberAnswer:
    """A number that a project has before its document is published."""

    number: str
    project_id: int
    title_zh: str
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldNumberAnswer:
    """A serial that no document bears: reserved, unusable, or given back (`free`) for the next document."""

    number: str
    serial: int
    state: HeldState
    reason: str
    project_id: int | None
    by: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class GapAnswer:
    """Serials that were left out; `number` is the one after them, where it was typed."""

    first: int
    last: int
    reason: GapReason
    number: str
    project_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesNumbersAnswer:
    """One series of document numbers."""

    series: str
    prefix: str
    family: Family
    last_number: str
    first_serial: int
    padding: int
    published: int
    prepared: tuple[PreparedNumberAnswer, ...]
    held: tuple[HeldNumberAnswer, ...]
    gaps: tuple[GapAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesQuery(Paging):
    """Which series."""

    series: str | None = None


@endpoint("GET", "/numbers", about="The series of numbers that the caller may look into, with what is held.", tag=TAG)
def numbers(call: Call, query: SeriesQuery) -> Listed[SeriesNumbersAnswer]:
    """A page of series."""
    checked_paging(query.page, query.per_page)
    rows = [
        row
        for row in numbers_page(call.session, call.actor).rows
        if query.series is None or query.series in {row.series.code, row.series.slug}
    ]
    first = (query.page - 1) * query.per_page
    items = tuple(_series(row) for row in rows[first : first + query.per_page])
    return Listed(items=items, total=len(rows), page=query.page, per_page=query.per_page)


def _series(row: SeriesShown) -> SeriesNumbersAnswer:
    return SeriesNumbersAnswer(
        series=row.series.code,
        prefix=row.series.prefix,
        family=row.series.family,
        last_number=row.last_number,
        first_serial=row.first_serial,
        padding=row.padding,
        published=row.published,
        prepared=tuple(
            PreparedNumberAnswer(
                number=each.number, project_id=each.project_id, title_zh=each.title_zh, since=each.since
            )
            for each in row.prepared
        ),
        held=tuple(
            HeldNumberAnswer(
                number=each.number,
                serial=each.serial,
                state=each.state,
                reason=each.reason,
                project_id=each.project_id,
                by=each.by,
                since=each.since,
            )
            for each in row.held
        ),
        gaps=tuple(
            GapAnswer(
                first=each.first,
                last=each.last,
                reason=each.reason,
                number=each.number,
                project_id=each.project_id,
            )
            for each in row.gaps
        ),
    )
