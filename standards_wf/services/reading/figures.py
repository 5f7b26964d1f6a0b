"""How long cases take, whom they wait for, and how many are late: figures for everybody, of which none names a person.

A stay counts in the year in which it ended, a deadline in the year of its last day, a case in the year in which it
began. Days on which a case was suspended do not count. From fewer than five cases no usual time is told.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from standards_wf.services.reading.lives import Judged, Life, Outcome, Spell, committees_of
from standards_wf.services.reading.stays import UsualTime, usual
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.vocabulary import Kind, Stage
from standards_wf.workflow.waiting import Body

_PLACES = {kind.value: place for place, kind in enumerate(Kind)}
Key = TypeVar("Key")
Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresAsked:
    """Which cases are looked at; nothing named means all."""

    kind: Kind | None = None
    committee_id: int | None = None
    year: int | None = None
    of_demonstration: bool | None = None
    """Real cases or those of the demonstration; `None` takes the real ones where there are any."""

    def counts(self, day: date) -> bool:
        """Whether what happened on this day belongs to the year asked for."""
        return self.year is None or day.year == self.year


@dataclass(frozen=True, slots=True)
class StageFigure:
    """How long cases stay at a stage."""

    stage: Stage
    stays: int
    usual: UsualTime


@dataclass(frozen=True, slots=True)
class WaitFigure:
    """How long cases waited for a body in all, and how many wait for it now."""

    body: Body
    stays: int
    days: int
    of_all: int
    now: int

    @property
    def share(self) -> float:
        """Its part of all the waiting."""
        return self.days / self.of_all if self.of_all else 0.0


@dataclass(frozen=True, slots=True)
class LateFigure:
    """How many deadlines were met, met too late, are overdue, or still run."""

    in_time: int
    late: int
    overdue: int
    running: int

    @classmethod
    def of(cls, deadlines: Iterable[Judged]) -> "LateFigure":
        """The count of these deadlines."""
        outcomes = Counter(each.outcome for each in deadlines)
        return cls(*(outcomes[outcome] for outcome in Outcome))

    @property
    def ended(self) -> int:
        """Those of which it is known whether they are late."""
        return self.in_time + self.late + self.overdue

    @property
    def share(self) -> float | None:
        """The part that is late; `None` while none has ended."""
        return (self.late + self.overdue) / self.ended if self.ended else None


@dataclass(frozen=True, slots=True)
class LateCases:
    """How many cases are or were late with something, of those with a deadline that ended."""

    late: int
    of: int

    @classmethod
    def among(cls, found: Iterable[Life], asked: FiguresAsked) -> "LateCases":
        """The count of these cases, in the year asked for."""
        outcomes = [{each.outcome for each in life.deadlines if asked.counts(each.on)} for life in found]
        ended = [each - {Outcome.RUNNING} for each in outcomes]
        return cls(late=sum(bool(each & {Outcome.LATE, Outcome.OVERDUE}) for each in ended), of=sum(map(bool, ended)))

    @property
    def share(self) -> float | None:
        """The part that is late; `None` while nothing has ended."""
        return self.late / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class GroupFigure:
    """The cases of one kind, committee or year."""

    key: str
    name: str
    """The committee's name; empty where the key says it all."""
    cases: int
    under_way: int
    published: int
    usual: UsualTime
    """Days from the plan to the document."""
    late: LateFigure
    late_cases: LateCases


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """All figures of the cases asked for."""

    asked: FiguresAsked
    on: date
    cases: int
    of_demonstration: bool
    """Whether these are cases of the demonstration."""
    left_out: int
    """How many cases of the other sort there are."""
    stages: tuple[StageFigure, ...]
    waits: tuple[WaitFigure, ...]
    lates: tuple[tuple[Due, LateFigure], ...]
    kinds: tuple[GroupFigure, ...]
    committees: tuple[GroupFigure, ...]
    years: tuple[GroupFigure, ...]
    late: LateFigure
    """All deadlines together."""
    late_cases: LateCases
    known_committees: Mapping[int, str]
    known_years: tuple[int, ...]


def figures(everything: Sequence[Life], asked: FiguresAsked, today: date) -> Figures:
    """The figures of the cases asked for, from the lives of all."""
    of_demonstration = asked.of_demonstration
    if of_demonstration is None:
        of_demonstration = bool(everything) and all(life.is_demonstration for life in everything)
    sort = [life for life in everything if life.is_demonstration is of_demonstration]
    chosen = [
        life
        for life in sort
        if (asked.kind is None or life.kind is asked.kind)
        and (asked.committee_id is None or life.committee_id == asked.committee_id)
    ]
    spells = [spell for life in chosen for spell in life.spells if asked.counts(spell.ended_on)]
    deadlines = [each for life in chosen for each in life.deadlines if asked.counts(each.on)]
    began = [life for life in chosen if life.began_on is not None and asked.counts(life.began_on)]
    return Figures(
        asked=asked,
        on=today,
        cases=len(began),
        of_demonstration=of_demonstration,
        left_out=len(everything) - len(sort),
        stages=_stages(spells),
        waits=_waits(spells, chosen),
        lates=_lates(deadlines),
        kinds=_groups(began, lambda life: (life.kind.value, ""), asked),
        committees=_groups(began, lambda life: (str(life.committee_id or ""), life.committee), asked),
        years=_groups(began, lambda life: (str(life.began_on.year) if life.began_on else "", ""), asked),
        late=LateFigure.of(deadlines),
        late_cases=LateCases.among(chosen, asked),
        known_committees=committees_of(sort),
        known_years=tuple(sorted({life.began_on.year for life in sort if life.began_on}, reverse=True)),
    )


def _stages(spells: Iterable[Spell]) -> tuple[StageFigure, ...]:
    days = _grouped(spells, lambda spell: spell.stage)
    return tuple(
        StageFigure(stage, len(days[stage]), usual([spell.days for spell in days[stage]]))
        for stage in Stage
        if stage in days
    )


def _waits(spells: Iterable[Spell], chosen: Iterable[Life]) -> tuple[WaitFigure, ...]:
    waited = _grouped(spells, lambda spell: spell.waited_for)
    now = Counter(life.waits_for for life in chosen)
    days = {body: sum(spell.days for spell in waited.get(body, ())) for body in Body}
    return tuple(
        WaitFigure(body, len(waited.get(body, ())), days[body], sum(days.values()), now[body])
        for body in sorted(Body, key=lambda body: (-days[body], body))
        if waited.get(body) or now[body]
    )


def _lates(deadlines: Iterable[Judged]) -> tuple[tuple[Due, LateFigure], ...]:
    by_due = _grouped(deadlines, lambda deadline: deadline.due)
    return tuple((due, LateFigure.of(by_due[due])) for due in Due if due in by_due)


def _groups(
    chosen: Iterable[Life], key: Callable[[Life], tuple[str, str]], asked: FiguresAsked
) -> tuple[GroupFigure, ...]:
    return tuple(
        GroupFigure(
            key=code,
            name=name,
            cases=len(of_key),
            under_way=sum(life.is_under_way for life in of_key),
            published=sum(life.published_on is not None for life in of_key),
            usual=usual([days for life in of_key if (days := life.days_to_publication) is not None]),
            late=LateFigure.of(each for life in of_key for each in life.deadlines if asked.counts(each.on)),
            late_cases=LateCases.among(of_key, asked),
        )
        for (code, name), of_key in sorted(
            _grouped(chosen, key).items(), key=lambda item: (_PLACES.get(item[0][0], 0), item[0])
        )
    )


def _grouped(items: Iterable[Item], key: Callable[[Item], Key]) -> dict[Key, list[Item]]:
    found: dict[Key, list[Item]] = {}
    for item in items:
        found.setdefault(key(item), []).append(item)
    return found
