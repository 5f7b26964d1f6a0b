"""A simulated calendar: some years of an installation, day by day, with people and the clock at their work.

1. People are engaged, and suggestions come in, spread over the years.
2. On each day the clock does what falls due, unless the worker is off, and whoever has something to do that day does it.
3. At the end the record is verified, and what happened is compared with rules that are written down a second time.

Days on which the worker is off are caught up with; everything is done through the services.
"""

import heapq
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sqlalchemy import select

from standards_wf.bench.decade_lives import End, Fate, LivedCase, Waits, life, project
from standards_wf.bench.decade_oracle import Judgement, judge
from standards_wf.clock import Moment
from standards_wf.demo.acts import Parts
from standards_wf.demo.cases import CASES
from standards_wf.demo.cast import Cast, engage
from standards_wf.demo.following import Followers
from standards_wf.demo.hands import Hands
from standards_wf.demo.texts import DemoText, Extent, load_texts
from standards_wf.installation import Workplace
from standards_wf.models.documents import Publication
from standards_wf.models.migrating import upgrade
from standards_wf.models.rules import RuleRow
from standards_wf.services.clock_acts import act_for_the_day
from standards_wf.services.reference_data import load_reference_data
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.settings import Settings, create_instance
from standards_wf.workflow.vocabulary import Conclusion, Kind

BEGINS_ON = date(2026, 1, 5)
SEED = 31


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How much is simulated."""

    years: int = 10
    cases: int = 300
    worker_off: tuple[tuple[int, int], ...] = ((200, 40), (1200, 21), (2500, 60))
    """On which day of the calendar the worker is switched off, and for how many days."""
    worker_every: int = 1
    """On each so many days the worker is switched on for a while; one means every day."""
    cycle_months: int | None = None
    """A cycle of the periodic review for all kinds, where the years are too few for the usual ones."""

    @property
    def last_day(self) -> date:
        """The last day of the calendar."""
        return BEGINS_ON.replace(year=BEGINS_ON.year + self.years)

    def is_off(self, day: date) -> bool:
        """Whether the worker is off on this day."""
        place = (day - BEGINS_ON).days
        return place % self.worker_every != 0 or any(
            first <= place < first + length for first, length in self.worker_off
        )


@dataclass(slots=True)
class Decade:
    """The simulated years, as far as they have come."""

    plan: Plan
    workplace: Workplace
    cast: Cast
    hands: Hands
    followers: Followers
    texts: dict[Kind, list[tuple[DemoText, Parts]]]
    lives: dict[int, LivedCase] = field(default_factory=dict)
    _waiting: list[tuple[date, int, LivedCase, Waits]] = field(default_factory=list)
    _turn: Iterator[int] = field(default_factory=count)

    def begin(self, day: date, kind: Kind, place: int, fate: Fate) -> None:
        """A case that will be suggested on this day."""
        texts = self.texts[kind]
        text, parts = texts[place % len(texts)]
        case = self._case(replace(text, replaces=None), parts, {})
        self._push(day, case, life(case, fate, self.revise))

    def revise(self, older: LivedCase, successor_id: int) -> None:
        """The case of a revision is lived from its application on."""
        with self.workplace.sessions() as session:
            number = session.get_one(Publication, older.project_id).number
        text = _revised(older.text, number)
        case = self._case(text, older.parts, {older.text.slug: number})
        case.project_id = successor_id
        self._push(older.day + timedelta(days=20), case, project(case, Fate(), self.revise))

    def _case(self, text: DemoText, parts: Parts, numbers: dict[str, str]) -> LivedCase:
        return LivedCase(
            text,
            parts,
            first_day=BEGINS_ON,
            hands=self.hands,
            cast=self.cast,
            store=self.workplace.installation.store,
            followers=self.followers,
            numbers=numbers,
        )

    def _push(self, day: date, case: LivedCase, waits: Waits) -> None:
        heapq.heappush(self._waiting, (day, next(self._turn), case, waits))

    def live(self, told: Callable[[date], None]) -> None:
        """Let the years pass."""
        day = BEGINS_ON
        while day <= self.plan.last_day:
            if not self.plan.is_off(day):
                act_for_the_day(self.workplace.sessions, moment=self._early(day))
            while self._waiting and self._waiting[0][0] <= day:
                _, _, case, waits = heapq.heappop(self._waiting)
                case.day = day
                days = next(waits, None)
                self.lives[case.project_id] = case
                if days is not None:
                    self._push(day + timedelta(days=days), case, waits)
            if day.day == 1:
                told(day)
            day += timedelta(days=1)

    def _early(self, day: date) -> Moment:
        """In the night, before anybody is at work."""
        zone = self.workplace.installation.settings.timezone
        return Moment(datetime.combine(day, time(0, 30), zone).astimezone(UTC), day)


def _revised(text: DemoText, number: str) -> DemoText:
    """The next edition of a text: it says what it changes, and which editions there were."""
    foreword = text.foreword
    if foreword is not None and not foreword.history:
        foreword = replace(foreword, history=(f"{number}。", "本次为修订。"))
    return replace(text, replaces=text.slug, foreword=foreword, main_changes=text.main_changes or ("更改了技术要求。",))


@contextmanager
def lived(plan: Plan, told: Callable[[date], None] = lambda _: None) -> Iterator[Decade]:
    """Let the years pass in an installation of their own, which is gone afterwards."""
    with _installation() as workplace:
        decade = _prepared(plan, workplace)
        for day, kind, place, fate in fates(plan):
            decade.begin(day, kind, place, fate)
        decade.live(told)
        yield decade


def play_decade(plan: Plan, told: Callable[[date], None] = lambda _: None) -> Judgement:
    """Let the years pass, and judge what became of them."""
    with lived(plan, told) as decade:
        return judge(decade.workplace, plan.last_day, is_off=plan.is_off, cycle_months=plan.cycle_months)


def fates(plan: Plan) -> Iterator[tuple[date, Kind, int, Fate]]:
    """When each case begins, and what befalls it: the same for the same plan, with every turn among them."""
    chance = Random(SEED)  # noqa: S311  # nothing secret hangs on it
    kinds = tuple(Kind)
    span = (plan.last_day - BEGINS_ON).days
    for place in range(plan.cases):
        day = BEGINS_ON + timedelta(days=span * place * 3 // (4 * plan.cases))
        yield day, kinds[place % len(kinds)], place // len(kinds), _fate(place, chance)


_ENDS = {7: End.DECLINED, 16: End.WITHDRAWN, 25: End.REFUSED, 32: End.TERMINATED, 41: End.NOT_APPROVED}
_CONCLUSIONS = (
    (Conclusion.VALID,),
    (Conclusion.REVISE,),
    (Conclusion.ABOLISH,),
    (Conclusion.VALID, Conclusion.REVISE),
    (Conclusion.VALID, Conclusion.ABOLISH),
)


# Every so many cases one is returned, fails its review, is filed late, or keeps the document that was to be abolished.
_RETURNED, _FAILS, _LATE, _KEPT = 10, 8, 6, 4


def _fate(place: int, chance: Random) -> Fate:
    return Fate(
        end=_ENDS.get(place % 45),
        drafting_days=chance.randrange(60, 330),
        suspended_days=chance.choice((0, 0, 45, 120)),
        extension_months=chance.choice((0, 0, 6)),
        prolonged_days=chance.choice((0, 0, 15)),
        returned=place % _RETURNED == 1,
        fails_review=place % _FAILS == 1,
        files_late=place % _LATE == 0,
        conclusions=_CONCLUSIONS[place // 3 % len(_CONCLUSIONS)],
        is_kept=place % _KEPT == 1,
    )


@contextmanager
def _installation() -> Iterator[Workplace]:
    """An installation on SQLite that is gone afterwards."""
    with TemporaryDirectory(prefix="standards-wf-decade-") as folder:
        environment = {"STANDARDS_WF_INSTANCE": str(Path(folder) / "instance")}
        create_instance(environment)
        workplace = Workplace.of(Settings.from_environment(environment))
        try:
            upgrade(workplace.engine)
            yield workplace
        finally:
            workplace.engine.dispose()


def _prepared(plan: Plan, workplace: Workplace) -> Decade:
    timezone, store = workplace.installation.settings.timezone, workplace.installation.store
    opened = Moment(datetime.combine(BEGINS_ON, time(0, 5), timezone).astimezone(UTC), BEGINS_ON)
    texts = {text.slug: text for text in load_texts()}
    units = frozenset(unit for text in texts.values() for unit in text.drafting_units)
    with workplace.sessions() as session, unit_of_work(session):
        load_reference_data(session, opened)
        cast = engage(session, units, moment=opened)
        if plan.cycle_months is not None:
            for row in session.scalars(select(RuleRow).where(RuleRow.name == "review_cycle_months")):
                row.value = str(plan.cycle_months)
    by_kind: dict[Kind, list[tuple[DemoText, Parts]]] = {kind: [] for kind in Kind}
    for role in CASES:
        text = texts[role.slug]
        if text.extent is Extent.WHOLE:
            by_kind[text.kind].append((text, role.parts))
    return Decade(
        plan=plan,
        workplace=workplace,
        cast=cast,
        hands=Hands(workplace.sessions, timezone, cast.people),
        followers=Followers(workplace.sessions, store),
        texts=by_kind,
    )
