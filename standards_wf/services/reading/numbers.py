"""The series of document numbers: how far each has come, what is held and by whom, and the gaps with their reason."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.documents import Publication
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.numbering import HeldNumber, NumberSeries, PlanNumbering
from standards_wf.models.people import Person
from standards_wf.models.projects import Project
from standards_wf.services.held_numbers import series_held_by, series_named, series_seen_by
from standards_wf.services.numbering import number_if_read
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.plan_numbers import default_pattern, next_plan_number
from standards_wf.workflow.series import GapReason, HeldState, Series
from standards_wf.workflow.vocabulary import Event, Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Serials that were left out, and what left them out."""

    first: int
    last: int
    reason: GapReason
    number: str
    """The number after the gap, where it was typed."""
    project_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """A number that a project has before its document is published."""

    number: str
    project_id: int
    title_zh: str
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A serial that no document bears, with the reason."""

    number: str
    serial: int
    state: HeldState
    reason: str
    project_id: int | None
    title_zh: str
    by: str
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesShown:
    """One series."""

    series: Series
    last_number: str
    """The number with the highest serial; empty while none is given."""
    first_serial: int
    padding: int
    published: int
    prepared: tuple[Prepared, ...]
    held: tuple[Held, ...]
    gaps: tuple[Gap, ...]
    may_hold: bool

    def of_state(self, state: HeldState) -> tuple[Held, ...]:
        """What is held in this way."""
        return tuple(row for row in self.held if row.state is state)

    @property
    def reserved(self) -> tuple[Held, ...]:
        """What is promised."""
        return self.of_state(HeldState.RESERVED)

    @property
    def unusable(self) -> tuple[Held, ...]:
        """What is never to be used."""
        return self.of_state(HeldState.UNUSABLE)

    @property
    def free(self) -> tuple[Held, ...]:
        """What the next documents take."""
        return self.of_state(HeldState.FREE)


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersPage:
    """All series that somebody may look into."""

    rows: tuple[SeriesShown, ...]
    may_set_up: bool


def numbers_page(session: Session, actor: Actor) -> NumbersPage:
    """The series that the asker may look into; none for whoever publishes nothing; at most eight queries."""
    seen = series_seen_by(session, actor)
    return NumbersPage(rows=_shown(session, seen, actor), may_set_up=actor.is_administrator)


def series_shown(session: Session, code: str, actor: Actor) -> SeriesShown:
    """One series; at most eight queries. Raises NotFound."""
    (shown,) = _shown(session, (series_named(session, code, actor),), actor)
    return shown


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPattern:
    """After which pattern the plan numbers of a kind are proposed."""

    kind: Kind
    pattern: str
    is_default: bool
    example: str


def plan_patterns(session: Session, moment: Moment) -> tuple[PlanPattern, ...]:
    """The patterns of plan numbers, each with the number that begins this year; one query."""
    own = {row.kind: row.pattern for row in session.scalars(select(PlanNumbering))}
    return tuple(
        PlanPattern(
            kind=kind,
            pattern=pattern,
            is_default=kind not in own,
            example=next_plan_number(pattern, year=moment.day.year, group="ABC", taken=()),
        )
        for kind in Kind
        for pattern in (own.get(kind, default_pattern(kind)),)
    )


@dataclass(frozen=True, slots=True)
class _Borne:
    serial: int
    number: str
    project_id: int
    is_revision: bool


def _shown(session: Session, seen: Sequence[Series], actor: Actor) -> tuple[SeriesShown, ...]:
    codes = [series.code for series in seen]
    rows = {row.code: row for row in session.scalars(select(NumberSeries).where(NumberSeries.code.in_(codes)))}
    documents: dict[str, list[tuple[Publication, str]]] = {}
    for publication, title in session.execute(
        select(Publication, Project.title_zh)
        .join(Project, Project.id == Publication.project_id)
        .where(Publication.series.in_(codes))
        .order_by(Publication.project_id)
    ):
        documents.setdefault(publication.series, []).append((publication, title))
    unpublished = [row for of_series in documents.values() for row, _ in of_series if row.published_at is None]
    since = _prepared_since(session, {row.project_id: row.number for row in unpublished})
    held = _held(session, codes)
    own = series_held_by(session, actor)
    return tuple(
        _one(
            series,
            rows.get(series.code),
            documents.get(series.code, []),
            held.get(series.code, []),
            since,
            may_hold=series.code in own,
        )
        for series in seen
    )


def _one(
    series: Series,
    row: NumberSeries | None,
    documents: Sequence[tuple[Publication, str]],
    rows_held: Sequence[tuple[HeldNumber, str | None, str | None]],
    since: Mapping[int, datetime],
    *,
    may_hold: bool,
) -> SeriesShown:
    first = max(series.first, row.first_serial if row else 1)
    borne = [
        _Borne(int(number.serial), publication.number, publication.project_id, publication.keeps_serial)
        for publication, _ in documents
        if (number := number_if_read(publication.number)) and series.counts(number)
    ]
    padding = row.padding if row else 1
    held = tuple(
        Held(
            number=f"{series.prefix} {each.serial:0{padding}}",
            serial=each.serial,
            state=each.state,
            reason=each.reason,
            project_id=each.project_id,
            title_zh=title or "",
            by=person or "",
            since=each.since,
        )
        for each, title, person in rows_held
    )
    highest = max(borne, key=lambda each: each.serial, default=None)
    return SeriesShown(
        series=series,
        last_number=highest.number if highest else "",
        first_serial=first,
        padding=padding,
        published=sum(publication.published_at is not None for publication, _ in documents),
        prepared=tuple(
            Prepared(
                number=publication.number,
                project_id=publication.project_id,
                title_zh=title,
                since=since.get(publication.project_id),
            )
            for publication, title in documents
            if publication.published_at is None
        ),
        held=held,
        gaps=_gaps(first, row.last_serial if row else 0, borne, {each.serial for each in held}),
        may_hold=may_hold,
    )


def _gaps(first: int, last: int, borne: Sequence[_Borne], held: set[int]) -> tuple[Gap, ...]:
    """The stretches between the lowest serial and the last one that are neither borne nor held."""
    by_serial = {each.serial: each for each in reversed(borne)}
    known = sorted({*by_serial, *held})
    gaps, expected = [], min([first, *known]) if known else first
    for serial in known:
        if serial > last:
            break
        if serial > expected:
            typed = by_serial.get(serial)
            reason = GapReason.REVISION if typed and typed.is_revision else GapReason.TYPED
            reason = GapReason.FIRST_SERIAL if serial == first else reason
            gaps.append(
                Gap(
                    first=expected,
                    last=serial - 1,
                    reason=reason,
                    number=typed.number if typed else "",
                    project_id=typed.project_id if typed else None,
                )
            )
        expected = serial + 1
    return tuple(gaps)


def _held(session: Session, codes: Sequence[str]) -> dict[str, list[tuple[HeldNumber, str | None, str | None]]]:
    found: dict[str, list[tuple[HeldNumber, str | None, str | None]]] = {}
    for row, title, person in session.execute(
        select(HeldNumber, Project.title_zh, Person.name)
        .outerjoin(Project, Project.id == HeldNumber.project_id)
        .outerjoin(Person, Person.id == HeldNumber.by_id)
        .where(HeldNumber.series.in_(codes))
        .order_by(HeldNumber.serial)
    ):
        found.setdefault(row.series, []).append((row, title, person))
    return found


def _prepared_since(session: Session, numbers: Mapping[int, str]) -> dict[int, datetime]:
    """Since when each project has the number that is prepared for it."""
    since: dict[int, datetime] = {}
    events = session.execute(
        select(LifecycleEvent.project_id, LifecycleEvent.at, LifecycleEvent.params)
        .where(LifecycleEvent.project_id.in_(numbers), LifecycleEvent.action == Event.PUBLICATION_PREPARED.value)
        .order_by(LifecycleEvent.project_id, LifecycleEvent.seq)
    )
    for project_id, at, params in events:
        if json.loads(params).get("number") != numbers[project_id]:
            since.pop(project_id, None)
        else:
            since.setdefault(project_id, at)
    return since
