"""How long cases stayed at each stage, from the installation's own history."""

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.documents import Publication
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.keeping_time import SuspensionRow
from standards_wf.models.projects import Project
from standards_wf.workflow.deadlines import between
from standards_wf.workflow.vocabulary import Event, Kind, Stage

FEWEST_CASES = 5
"""From fewer cases no usual time is told."""
MOST_CASES = 100
"""So many of the cases published last are looked at; what was usual long ago says little about today."""


@dataclass(frozen=True, slots=True)
class UsualTime:
    """How many days the stage took in past cases; the figures are `None` where there were too few of them."""

    cases: int
    median: int | None = None
    shortest: int | None = None
    longest: int | None = None


UNKNOWN = UsualTime(0)
"""Nothing is known of any case."""


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay of a case at a stage; the day of leaving is not counted."""

    stage: Stage
    since: date
    until: date


def usual_times(
    session: Session, kind: Kind, *, of_demonstration: bool, apart_from: int = 0
) -> Mapping[Stage, UsualTime]:
    """The usual time at each stage in the cases of a kind that were published last; three queries.

    All stays of a case at a stage are added up, the time in which it rested is not counted. A case that was corrected
    by hand did not go its way by itself and is left out. Cases of the demonstration say nothing about real ones: they
    are compared with one another only.
    """
    published = (
        select(Publication.project_id)
        .join(Project, Project.id == Publication.project_id)
        .where(Project.kind == kind, Project.is_demonstration.is_(of_demonstration), Project.id != apart_from)
        .where(Publication.published_at.is_not(None))
        .order_by(Publication.published_at.desc())
        .limit(MOST_CASES)
    )
    cases = session.scalars(published).all()
    if not cases:
        return {}
    moves = session.execute(
        select(LifecycleEvent.project_id, LifecycleEvent.action, LifecycleEvent.to_stage, LifecycleEvent.on_day)
        .where(LifecycleEvent.project_id.in_(cases))
        .where(LifecycleEvent.from_stage.is_(None) | (LifecycleEvent.from_stage != LifecycleEvent.to_stage))
        .order_by(LifecycleEvent.project_id, LifecycleEvent.seq)
    )
    rests = session.execute(
        select(SuspensionRow.project_id, SuspensionRow.from_on, SuspensionRow.until).where(
            SuspensionRow.project_id.in_(cases)
        )
    )
    histories: dict[int, list[tuple[str, Stage, date]]] = {}
    for project_id, action, stage, day in moves:
        histories.setdefault(project_id, []).append((action, stage, day))
    rested: dict[int, list[tuple[date, date | None]]] = {}
    for project_id, from_on, until in rests:
        rested.setdefault(project_id, []).append((from_on, until))
    times: dict[Stage, list[int]] = {}
    for project_id, history in histories.items():
        if all(action != Event.STAGE_CORRECTED for action, _, _ in history):
            for stage, days in days_at(stays_of(history), rested.get(project_id, ())).items():
                times.setdefault(stage, []).append(days)
    return {stage: usual(found) for stage, found in times.items()}


def stays_of(history: Sequence[tuple[str, Stage, date]]) -> tuple[Stay, ...]:
    """The stays of a case that are over, from its moves in the order of its history."""
    return tuple(Stay(stage, since, until) for (_, stage, since), (_, _, until) in itertools.pairwise(history))


def days_at(stays: Iterable[Stay], rests: Iterable[tuple[date, date | None]] = ()) -> dict[Stage, int]:
    """The days of a case at each stage, all its stays added up, without those in which it rested."""
    rests = tuple(rests)
    days: dict[Stage, int] = {}
    for stay in stays:
        rested = sum(_overlap(stay, from_on, until) for from_on, until in rests)
        days[stay.stage] = days.get(stay.stage, 0) + max(0, between(stay.since, stay.until) - rested)
    return days


def _overlap(stay: Stay, from_on: date, until: date | None) -> int:
    return max(0, between(max(stay.since, from_on), min(stay.until, until or stay.until)))


def usual(days: Sequence[int]) -> UsualTime:
    """Median and range; nothing but their number where there are too few."""
    if len(days) < FEWEST_CASES:
        return UsualTime(len(days))
    return UsualTime(len(days), round(median(days)), min(days), max(days))
