"""The lives of all cases as figures need them: who they belong to, how long they stayed where, what was due.

Read as a whole with the same few queries, however many cases there are.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.documents import Publication
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.keeping_time import SuspensionRow
from standards_wf.models.organizations import Committee
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.services.reading.deadlines import Deadline, Standing, deadline_histories
from standards_wf.services.reading.stays import Stay, days_at
from standards_wf.workflow.deadlines import Due, between
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Event, Kind, Phase, Role, Stage
from standards_wf.workflow.waiting import BODY_OF, Body, waits_for

_IDLE = frozenset({Stage.IN_FORCE, *(stage for stage, row in STAGES.items() if row.final)})
"""Where a case rests without anybody owing it anything: in force, or closed."""
_APPOINTED = frozenset({Due.MEETING, Due.NOTICE_ENDS})
"""Days that are fixed for something, and not last days for anybody: nobody is late after them."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A stay of a case at a stage that is over, without the days on which the case was suspended."""

    stage: Stage
    days: int
    ended_on: date
    waited_for: Body


class Outcome(StrEnum):
    """What became of a deadline."""

    IN_TIME = "in_time"
    LATE = "late"
    OVERDUE = "overdue"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Judged:
    """A deadline with what became of it."""

    due: Due
    on: date
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """One case, without anything that names a person."""

    kind: Kind
    committee_id: int | None
    committee: str
    stage: Stage
    began_on: date | None
    planned_on: date | None
    published_on: date | None
    is_demonstration: bool
    spells: tuple[Spell, ...]
    deadlines: tuple[Judged, ...]

    @property
    def is_under_way(self) -> bool:
        """Whether a document is still to come of it."""
        return STAGES[self.stage].phase not in {Phase.PUBLISHED, Phase.CLOSED}

    @property
    def waits_for(self) -> Body | None:
        """Whom the case waits for now; a document in force, or a closed case, waits for nobody."""
        return None if self.stage in _IDLE else waits_for(self.kind, self.stage)

    @property
    def days_to_publication(self) -> int | None:
        """From the plan to the document, where there are both."""
        if self.planned_on is None or self.published_on is None:
            return None
        return max(0, between(self.planned_on, self.published_on))


_CASES = (
    select(
        Project.id,
        Project.kind,
        Project.stage,
        Project.committee_id,
        Committee.name,
        Project.is_demonstration,
        PlanEntry.published_on,
        Publication.published_on.label("out_on"),
        Publication.published_at,
    )
    .outerjoin(Committee, Committee.id == Project.committee_id)
    .outerjoin(PlanEntry, PlanEntry.project_id == Project.id)
    .outerjoin(Publication, Publication.project_id == Project.id)
    .order_by(Project.id)
)
_MOVES = (
    select(
        LifecycleEvent.project_id,
        LifecycleEvent.action,
        LifecycleEvent.to_stage,
        LifecycleEvent.on_day,
        LifecycleEvent.actor_role,
    )
    .where(LifecycleEvent.from_stage.is_(None) | (LifecycleEvent.from_stage != LifecycleEvent.to_stage))
    .order_by(LifecycleEvent.project_id, LifecycleEvent.seq)
)
_RESTS = select(SuspensionRow.project_id, SuspensionRow.from_on, SuspensionRow.until)

Move = tuple[str, Stage, date, Role]
Rest = tuple[date, date | None]


def lives(session: Session, today: date) -> tuple[Life, ...]:
    """Every case there is."""
    cases = session.execute(_CASES).all()
    moves: dict[int, list[Move]] = {}
    for project_id, *move in session.execute(_MOVES):
        moves.setdefault(project_id, []).append(tuple(move))  # type: ignore[arg-type]  # four columns of these types
    rests: dict[int, list[Rest]] = {}
    for project_id, from_on, until in session.execute(_RESTS):
        rests.setdefault(project_id, []).append((from_on, until))
    due = deadline_histories(session, (Standing(row.id, row.kind, row.stage) for row in cases), today)
    return tuple(
        Life(
            kind=row.kind,
            committee_id=row.committee_id,
            committee=row.name or "",
            stage=row.stage,
            began_on=moves[row.id][0][2] if row.id in moves else None,
            planned_on=row.published_on,
            published_on=row.out_on if row.published_at is not None else None,
            is_demonstration=row.is_demonstration,
            spells=spells_of(moves.get(row.id, ()), rests.get(row.id, ())),
            deadlines=tuple(judged(due[row.id])),
        )
        for row in cases
    )


FROM_CASES = 1000
KEPT_FOR = timedelta(minutes=10)


class KeptLives:
    """The lives as they were read last: to read some thousand takes seconds, and figures may be some minutes old."""

    def __init__(self) -> None:
        self._read_at: datetime | None = None
        self._day: date | None = None
        self._lives: tuple[Life, ...] = ()

    def read(self, session: Session, moment: Moment) -> tuple[Life, ...]:
        """Every case there is; of many, as they were at most ten minutes ago on the same day."""
        age = None if self._read_at is None else moment.at - self._read_at
        if age is None or not timedelta() <= age < KEPT_FOR or self._day != moment.day:
            found = lives(session, moment.day)
            if len(found) < FROM_CASES:
                self._read_at, self._lives = None, ()
                return found
            self._read_at, self._day, self._lives = moment.at, moment.day, found
        return self._lives


def spells_of(moves: Sequence[Move], rests: Iterable[Rest] = ()) -> tuple[Spell, ...]:
    """The stays that are over; a case that was corrected by hand did not go its way by itself and has none."""
    if any(action == Event.STAGE_CORRECTED for action, *_ in moves):
        return ()
    rests = tuple(rests)
    found = []
    for (_, stage, since, _), (_, _, until, role) in itertools.pairwise(moves):
        if stage in _IDLE:
            continue
        days = days_at((Stay(stage, since, until),), rests)[stage] if rests else max(0, between(since, until))
        found.append(Spell(stage, days, until, BODY_OF[role]))
    return tuple(found)


def judged(deadlines: Iterable[Deadline]) -> Iterable[Judged]:
    """What became of each deadline; one that nobody owes any more, or that nobody can miss, is none."""
    for each in deadlines:
        if each.lapsed or each.due in _APPOINTED:
            continue
        if each.met_on is not None:
            outcome = Outcome.LATE if each.days_late else Outcome.IN_TIME
        else:
            outcome = Outcome.OVERDUE if each.overdue else Outcome.RUNNING
        yield Judged(each.due, each.on, outcome)


def committees_of(found: Iterable[Life]) -> Mapping[int, str]:
    """The committees that have cases, by identity."""
    return {life.committee_id: life.committee for life in found if life.committee_id is not None}
