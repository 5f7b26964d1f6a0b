"""Random lives of projects, driven through the real services, and what must hold in every one of them."""

import json
from collections.abc import Callable
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.errors import Invalid, NotFound, StandardsError, TransitionRefused
from standards_wf.models.database import session_factory
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.outbox import OutboxRow
from standards_wf.models.projects import Project
from standards_wf.services.access import entrance_to
from standards_wf.services.audit import verify
from standards_wf.services.lifecycle import PerformAction, decisions_on, perform
from standards_wf.services.rehearsal import Rehearsal
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR, Actor
from standards_wf.workflow.machine import PROJECT_MACHINE
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.table import Transition
from standards_wf.workflow.vocabulary import Action, Kind, Paper, Stage
from standards_wf.workflow.way import shortest_way
from tests.support.database import MONDAY, Databases
from tests.support.scene import Scene
from tests.workflow import preparations
from tests.workflow.foretold import foretell, hold_act_to, hold_paper_to, hold_refusal_to
from tests.workflow.preparations import PREPARED_AT, WHO, Hand, fields_of, get_ready

PAPERS_TO_MAKE = 4
"""How often each paper is made to compare its name with what was told."""
CHANCE = st.integers(min_value=0, max_value=2**16)

ENDINGS = {
    Action.WITHDRAW,
    Action.DECLINE,
    Action.TERMINATE,
    Action.REFUSE_PROJECT,
    Action.REFUSE_APPROVAL,
    Action.WITHDRAW_FROM_REVIEW,
}
"""Acts that end a life early, or throw it back; chance turns to them seldom."""


class Life(RuleBasedStateMachine):
    """The life of one project of a random kind."""

    databases: Databases
    papers_made: list[Paper]
    """Those of all lives together, because making one takes as long as everything else."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(TemporaryDirectory()))
        engine = self.stack.enter_context(contextmanager(self.databases.copy)(folder))
        self.sessions = session_factory(engine)
        self.store = FileStore(folder / "files")
        self.scene = self.databases.scene
        self.moment = MONDAY
        self.project_id = 0

    @initialize(kind=st.sampled_from(Kind))
    def begin(self, kind: Kind) -> None:
        with self.sessions() as session, unit_of_work(session):
            self.project_id = self.scene.file_suggestion(session, kind, moment=self.moment).id

    @rule(chances=st.lists(CHANCE, min_size=1, max_size=8), days=st.sampled_from((33, 45, 95, 8, 0)))
    def go_on(self, chances: list[int], days: int) -> None:
        """Time passes, people do what belongs to the stage, and somebody takes the case further; several times."""
        for chance in chances:
            self._wait(days)
            self._prepare(PREPARED_AT.get(self._stage(), ()), chance)
            self._wait(days)
            self._act(chance, detour=False)

    @rule(chance=CHANCE)
    def take_a_detour(self, chance: int) -> None:
        """Somebody sends the case back, or ends it."""
        self._act(chance, detour=True)

    @rule(chance=CHANCE, preparation=st.sampled_from(preparations.PREPARATIONS))
    def prepare_out_of_turn(self, chance: int, preparation: Callable[[Hand], None]) -> None:
        """Somebody does what may not belong to the stage at all."""
        self._prepare((preparation,), chance)

    def _wait(self, days: int) -> None:
        self.moment = Moment(self.moment.at + timedelta(days=days), self.moment.day + timedelta(days=days))

    def _prepare(self, steps: tuple[Callable[[Hand], None], ...], chance: int) -> None:
        for preparation in steps:
            self._tick()
            try:
                with self.sessions() as session, unit_of_work(session):
                    project = session.get_one(Project, self.project_id)
                    preparation(Hand(session, self.scene, self.store, project, self.moment, chance))
            except StandardsError:
                continue

    def _act(self, chance: int, *, detour: bool) -> None:
        """Somebody who may does one of the acts of the stage."""
        with self.sessions() as session:
            project = session.get_one(Project, self.project_id)
            rows = PROCEDURES[project.kind].rows_from(project.stage)
        forward = [row for row in rows if row.action not in ENDINGS and not row.action.startswith("return_")]
        forward.sort(key=lambda row: row.target is row.source)
        others = [row for row in rows if row not in forward]
        for row in others[chance % len(others) :] if others and detour and chance % 3 == 0 else forward:
            login = next((WHO[role] for role in row.roles if role in WHO), "")
            if self._try(row.action, login):
                return

    @rule(
        action=st.sampled_from(Action), login=st.sampled_from([*WHO.values(), "member1", "stranger", "administrator"])
    )
    def act_out_of_turn(self, action: Action, login: str) -> None:
        """Anybody tries anything; what the procedure does not allow changes nothing."""
        self._try(action, login)

    def _try(self, action: Action, login: str) -> bool:
        """Ask what the act would do, then do it, and hold it to what was said."""
        self._tick()
        fields = fields_of(action, self.project_id, self.moment)
        command = PerformAction(project_id=self.project_id, action=action, note="理由", fields=fields)
        before = self._all_that_counts()
        with self.sessions() as session:
            actor = self.scene.actor(session, login, self.moment) if login else SYSTEM_ACTOR
            foretold = foretell(session, command, actor, self.moment)
        assert self._all_that_counts() == before
        try:
            with self.sessions() as session, unit_of_work(session):
                expected = self._expected(session, action, actor)
                event = perform(session, command, actor=actor, moment=self.moment)
                assert expected is event.to_stage
        except (TransitionRefused, NotFound, Invalid) as refused:
            hold_refusal_to(foretold, refused)
            assert self._all_that_counts() == before
            return False
        with self.sessions() as session:
            for paper in hold_act_to(session, foretold, event, self.moment):
                if self.papers_made.count(paper) < PAPERS_TO_MAKE:
                    self.papers_made.append(paper)
                    hold_paper_to(session, self.store, foretold, event, paper, self.moment)
        return True

    def _expected(self, session: Session, action: Action, actor: Actor) -> Stage | None:
        """Where the published table sends the project, asked before the act."""
        project = entrance_to(session, self.project_id, actor).project
        row = PROCEDURES[project.kind].row(project.stage, action)
        return row.target if row else None

    def _tick(self) -> None:
        self.moment = Moment(self.moment.at + timedelta(seconds=1), self.moment.day)

    def _stage(self) -> Stage:
        with self.sessions() as session:
            return session.get_one(Project, self.project_id).stage

    def _all_that_counts(self) -> tuple[object, ...]:
        with self.sessions() as session:
            project = session.get_one(Project, self.project_id)
            rows = [session.scalar(select(func.count()).select_from(model)) for model in (LifecycleEvent, OutboxRow)]
            return (project.stage, project.version, project.row_version, project.head_hash, *rows)

    @invariant()
    def history_replays_to_the_present(self) -> None:
        if not self.project_id:
            return
        with self.sessions() as session:
            project = session.get_one(Project, self.project_id)
            events = session.scalars(
                select(LifecycleEvent).where(LifecycleEvent.project_id == self.project_id).order_by(LifecycleEvent.seq)
            ).all()
            assert [event.seq for event in events] == list(range(1, project.last_event_seq + 1))
            stage: Stage | None = None
            for event in events:
                assert event.from_stage == stage
                if event.action in set(Action):
                    assert stage is not None
                    assert PROJECT_MACHINE.move(project.kind, stage, Action(event.action)) is event.to_stage
                elif stage is not None:
                    assert event.to_stage is stage
                stage = event.to_stage
            assert stage is project.stage

    @invariant()
    def the_outbox_holds_exactly_what_the_rows_promised(self) -> None:
        if not self.project_id:
            return
        with self.sessions() as session:
            kind = session.get_one(Project, self.project_id).kind
            promised = {
                (event.seq, effect)
                for event in session.scalars(select(LifecycleEvent).where(LifecycleEvent.action.in_(list(Action))))
                for effect in (_row_of(kind, event).effects)
            }
            acts = set(session.scalars(select(LifecycleEvent.seq).where(LifecycleEvent.action.in_(list(Action)))))
            held = {
                (seq, effect)
                for seq, effect in session.execute(select(OutboxRow.event_seq, OutboxRow.effect))
                if seq in acts
            }
            assert held == promised

    @invariant()
    def what_is_shown_as_possible_is_possible(self) -> None:
        """A page may be drawn at any moment: every decision can be made from the facts of its stage."""
        if not self.project_id:
            return
        with self.sessions() as session:
            entrance = entrance_to(session, self.project_id, SYSTEM_ACTOR)
            decisions = decisions_on(session, entrance, actor=SYSTEM_ACTOR, moment=self.moment)
            assert len(decisions) == len(PROCEDURES[entrance.project.kind].rows_from(entrance.project.stage))

    def teardown(self) -> None:
        try:
            with self.sessions() as session:
                report = verify(session)
                assert report.is_whole, report
        finally:
            self.stack.close()


def _row_of(kind: Kind, event: LifecycleEvent) -> Transition:
    assert event.from_stage is not None
    row = PROCEDURES[kind].row(event.from_stage, Action(event.action))
    assert row is not None
    return row


def test_random_lives_keep_every_promise(databases: Databases, backend: str) -> None:
    machine = type("LifeHere", (Life,), {"databases": databases, "papers_made": []})
    examples = 12 if backend == "sqlite" else 4
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("kind", Kind)
def test_a_whole_life_is_foretold_act_by_act(
    session_factory: sessionmaker[Session], scene: Scene, store: FileStore, kind: Kind
) -> None:
    """The way to publication and into force, so that every rehearsal of it is compared in each run."""
    moment = MONDAY
    with session_factory() as session, unit_of_work(session):
        project_id = scene.file_suggestion(session, kind, moment=moment).id
    numbers = set()
    for row in shortest_way(PROCEDURES[kind], Stage.SUGGESTED):
        moment = get_ready(session_factory, scene, store, project_id, row.source, moment)
        login = next((WHO[role] for role in row.roles if role in WHO), "")
        command = PerformAction(
            project_id=project_id, action=row.action, fields=fields_of(row.action, project_id, moment)
        )
        with session_factory() as session:
            actor = scene.actor(session, login, moment)
            foretold = foretell(session, command, actor, moment)
            with unit_of_work(session):
                event = perform(session, command, actor=actor, moment=moment)
            papers = hold_act_to(session, foretold, event, moment)
            for paper in papers:
                hold_paper_to(session, store, foretold, event, paper, moment)
        assert isinstance(foretold.said, Rehearsal)
        numbers |= {foretold.said.number, foretold.said.plan_number}
    assert len(numbers - {""}) == 2


def test_parameters_of_events_are_canonical_json(session: Session, scene: Scene) -> None:
    with unit_of_work(session):
        scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=MONDAY)
    for event in session.scalars(select(LifecycleEvent)):
        content = json.loads(event.params)
        assert event.params == json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
