"""A worker that was switched off for forty days: what fell due is done once, in order, with its true day and how late."""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Replacement
from standards_wf.models.history import AdministrationEvent, LifecycleEvent, Seal
from standards_wf.models.keeping_time import SuspensionRow
from standards_wf.models.outbox import DailyRun
from standards_wf.models.projects import Project
from standards_wf.services import clock_acts
from standards_wf.services.audit import verify
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.seals import SEALED
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.worker.loop import Worker
from standards_wf.workflow.vocabulary import Kind, Role, Stage
from tests.services.cases import Case, make_case
from tests.services.situations import in_consultation, published
from tests.support.effects import light_tools

OFF = 40

Done = tuple[int, str, int, int]
"""A project, an act, the day on which it fell due counted from the first, and how many days late it was done."""


def _after(moment: Moment, days: int) -> Moment:
    return Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))


@dataclass(frozen=True, slots=True)
class Situation:
    """Cases of which some fall due for the clock while it is off, and some wait for a person."""

    early: Case
    late: Case
    last: Case
    not_yet: Case
    old: Case
    successor: Case
    new: Case
    resting: Case
    waiting: tuple[Case, ...]

    def expected(self) -> list[Done]:
        """What is due after forty days, in the order of the days on which it fell due."""
        return [
            (self.early.project_id, "close_consultation", 4, 36),
            (self.successor.project_id, "take_effect", 10, 30),
            (self.old.project_id, "supersede", 10, 30),
            (self.new.project_id, "take_effect", 20, 20),
            (self.late.project_id, "close_consultation", 21, 19),
            (self.last.project_id, "close_consultation", 40, 0),
        ]


def _in(moment: Moment, days: int) -> date:
    return moment.day + timedelta(days=days)


@pytest.fixture
def situation(session: Session, moment: Moment) -> Situation:
    made = Situation(
        last=in_consultation(session, moment, days=39, kind=Kind.METROLOGY_SPECIFICATION),
        late=in_consultation(session, moment, days=20, kind=Kind.GROUP_STANDARD),
        new=published(session, moment, "DB31/T 3—2025", stage=Stage.PUBLISHED, effective_on=_in(moment, 20)),
        old=published(session, moment, "DB31/T 1—2025"),
        successor=published(session, moment, "DB31/T 2—2025", stage=Stage.PUBLISHED, effective_on=_in(moment, 10)),
        early=in_consultation(session, moment, days=3),
        not_yet=in_consultation(session, moment, days=45),
        resting=published(session, moment, "DB31/T 4—2025", stage=Stage.PUBLISHED, effective_on=_in(moment, 5)),
        waiting=tuple(make_case(session, moment, stage=stage) for stage in (Stage.DRAFTING, Stage.REVIEW)),
    )
    with unit_of_work(session):
        session.add(
            Replacement(
                project_id=made.successor.project_id,
                replaced_number="DB31/T 1—2025",
                replaced_project_id=made.old.project_id,
            )
        )
        session.add(SuspensionRow(project_id=made.resting.project_id, from_on=moment.day, reason="等待上位法修订"))
    session.rollback()
    return made


class Clock:
    """Where the hands stand for the workers of a test."""

    def __init__(self, moment: Moment) -> None:
        self.first = self.now = moment

    def move(self, days: int) -> None:
        """So many days after the first."""
        self.now = _after(self.first, days)


@pytest.fixture
def clock(moment: Moment) -> Clock:
    return Clock(moment)


def _worker(sessions: sessionmaker[Session], store: FileStore, folder: Path, clock: Clock) -> Worker:
    return Worker(light_tools(sessions, store), folder, now=lambda: clock.now)


def _done(sessions: sessionmaker[Session], first: date) -> list[Done]:
    """What the clock did, in the order in which it was recorded."""
    with sessions() as session:
        rows = session.execute(
            select(LifecycleEvent.project_id, LifecycleEvent.action, LifecycleEvent.params, LifecycleEvent.on_day)
            .where(LifecycleEvent.actor_role == Role.SYSTEM, LifecycleEvent.seq > 1)
            .order_by(LifecycleEvent.id)
        ).all()
    done = []
    for project_id, action, params, on_day in rows:
        told = json.loads(params)
        due_on = date.fromisoformat(told["due_on"])
        assert (on_day - due_on).days == told["late_days"]
        done.append((project_id, action, (due_on - first).days, told["late_days"]))
    return done


def test_after_forty_days_off_each_act_is_done_once_in_order_with_its_true_day_and_how_late(
    session_factory: sessionmaker[Session], store: FileStore, tmp_path: Path, situation: Situation, clock: Clock
) -> None:
    worker = _worker(session_factory, store, tmp_path, clock)
    worker.work_off()
    assert _done(session_factory, clock.first.day) == []

    clock.move(OFF)
    assert worker.work_off()
    assert _done(session_factory, clock.first.day) == situation.expected()

    assert worker.work_off()
    clock.move(OFF + 1)
    assert worker.work_off()
    assert _done(session_factory, clock.first.day) == situation.expected()
    with session_factory() as session:
        stages = {case: session.get_one(Project, case.project_id).stage for case in situation.waiting}
        assert set(stages.values()) == {Stage.DRAFTING, Stage.REVIEW}
        assert session.get_one(Project, situation.resting.project_id).stage is Stage.PUBLISHED
        assert session.get_one(Project, situation.not_yet.project_id).stage is Stage.CONSULTATION
        assert verify(session).is_whole


def test_what_a_late_act_brings_counts_from_the_day_on_which_it_fell_due(
    session_factory: sessionmaker[Session], store: FileStore, tmp_path: Path, situation: Situation, clock: Clock
) -> None:
    clock.move(OFF)
    _worker(session_factory, store, tmp_path, clock).work_off()

    with session_factory() as session:
        rounds = session.execute(
            select(ConsultationRound.project_id, ConsultationRound.closes_on, ConsultationRound.closed_on).where(
                ConsultationRound.closed_on.is_not(None)
            )
        ).all()
    assert {row.project_id for row in rounds} == {
        case.project_id for case in (situation.early, situation.late, situation.last)
    }
    assert all(row.closed_on == row.closes_on for row in rounds)


def test_the_next_run_answers_for_the_days_missed_and_its_seal_says_so(
    session_factory: sessionmaker[Session], store: FileStore, tmp_path: Path, situation: Situation, clock: Clock
) -> None:
    worker = _worker(session_factory, store, tmp_path, clock)
    worker.work_off()
    clock.move(OFF)
    worker.work_off()

    with session_factory() as session:
        runs = session.scalars(select(DailyRun).order_by(DailyRun.day)).all()
        sealed = session.scalars(
            select(AdministrationEvent.params)
            .where(AdministrationEvent.action == SEALED)
            .order_by(AdministrationEvent.seq)
        ).all()
        assert session.scalar(select(func.count()).select_from(Seal)) == 2
    assert [(run.day, run.covers_from) for run in runs] == [("2025-06-02", "2025-06-02"), ("2025-07-12", "2025-06-03")]
    assert (runs[1].acts, runs[1].late_acts) == (len(situation.expected()), 5)
    told = [json.loads(params) for params in sealed]
    assert [(each["covers_from"], each["covers_to"]) for each in told] == [
        ("2025-06-02", "2025-06-02"),
        ("2025-06-03", "2025-07-12"),
    ]


@contextmanager
def _dying_after(acts: int) -> Iterator[None]:
    """The process ends after so many acts, when the next one is written and not yet committed."""
    left = acts

    def until_then(session: Session, cmd: PerformAction, **given: object) -> LifecycleEvent:
        nonlocal left
        done = perform(session, cmd, **given)  # type: ignore[arg-type]  # what perform is given is passed on
        if not left:
            raise SystemExit
        left -= 1
        return done

    with patch.object(clock_acts, "perform", until_then):
        yield


def test_a_worker_that_dies_in_the_middle_of_an_act_is_followed_by_one_that_goes_on_where_it_was(
    session_factory: sessionmaker[Session], store: FileStore, tmp_path: Path, situation: Situation, clock: Clock
) -> None:
    clock.move(OFF)
    for acts in (0, 1, 2):
        with _dying_after(acts), pytest.raises(SystemExit):
            _worker(session_factory, store, tmp_path, clock).work_off()
    assert _done(session_factory, clock.first.day) == situation.expected()[:4]

    assert _worker(session_factory, store, tmp_path, clock).work_off()

    assert _done(session_factory, clock.first.day) == situation.expected()
    with session_factory() as session:
        assert session.scalars(select(DailyRun.acts)).all() == [len(situation.expected())]


def test_two_workers_that_wake_up_together_do_everything_once(
    session_factory: sessionmaker[Session], store: FileStore, tmp_path: Path, situation: Situation, clock: Clock
) -> None:
    clock.move(OFF)
    workers = [_worker(session_factory, store, tmp_path, clock) for _ in range(2)]
    with ThreadPoolExecutor(len(workers)) as pool:
        whole = list(pool.map(Worker.work_off, workers))

    assert whole == [True, True]
    assert sorted(_done(session_factory, clock.first.day)) == sorted(situation.expected())
    with session_factory() as session:
        assert session.scalar(select(func.count()).select_from(DailyRun)) == 1
        assert verify(session).is_whole
