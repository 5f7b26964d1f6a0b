"""Random lives of projects, driven through the real services, and what must hold in every one of them."""

import json
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid, NotFound, StandardsError, TransitionRefused
from standards_wf.models.database import session_factory
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.outbox import OutboxRow
from standards_wf.models.projects import Project
from standards_wf.services.access import entrance_to
from standards_wf.services.audit import verify
from standards_wf.services.lifecycle import PerformAction, decisions_on, perform
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR, Actor
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.machine import PROJECT_MACHINE
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.table import Transition
from standards_wf.workflow.vocabulary import Action, Kind, ReviewMode, Role, Stage
from tests.support.database import MONDAY, Template, copy_of
from tests.workflow import preparations
from tests.workflow.preparations import Hand

CHANCE = st.integers(min_value=0, max_value=2**16)

WHO = {
    Role.PROPOSER: "citizen",
    Role.DRAFTER: "drafter",
    Role.COMPETENT_DEPARTMENT: "department",
    Role.AUTHORITY: "clerk",
    Role.GROUP_SECRETARIAT: "association",
    Role.COMMITTEE_SECRETARY: "secretary",
}

PREPARED_AT: dict[Stage, tuple[Callable[[Hand], None], ...]] = {
    Stage.SUGGESTED: (preparations.complete_application,),
    Stage.APPRAISAL: (preparations.appraise,),
    Stage.DRAFTING: (preparations.attach_text, preparations.write_note, preparations.attach_reports),
    Stage.CONSULTATION: (preparations.comment,),
    Stage.RESOLUTION: (preparations.dispose, preparations.attach_text),
    Stage.REVIEW: (
        preparations.call_the_review,
        preparations.open_the_ballot,
        preparations.vote,
        preparations.close_the_ballot,
        preparations.write_minutes,
    ),
    Stage.SUBMISSION: (preparations.answer, preparations.assemble_package, preparations.prepare_to_publish),
    Stage.APPROVAL: (preparations.assemble_package, preparations.prepare_to_publish),
    Stage.PUBLIC_NOTICE: (preparations.prepare_to_publish,),
    Stage.UNDER_REVIEW: (preparations.give_opinion,),
}


class Life(RuleBasedStateMachine):
    """The life of one project of a random kind."""

    template: Template

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        folder = Path(self.stack.enter_context(TemporaryDirectory()))
        engine = self.stack.enter_context(copy_of(self.template, folder))
        self.sessions = session_factory(engine)
        self.store = FileStore(folder / "files")
        self.scene = self.template.scene
        self.moment = MONDAY
        self.project_id = 0

    @initialize(kind=st.sampled_from(Kind))
    def begin(self, kind: Kind) -> None:
        with self.sessions() as session, unit_of_work(session):
            self.project_id = self.scene.file_suggestion(session, kind, moment=self.moment).id

    @rule(days=st.sampled_from((1, 8, 31, 95)))
    def wait(self, days: int) -> None:
        self.moment = Moment(self.moment.at + timedelta(days=days), self.moment.day + timedelta(days=days))

    @rule(chance=CHANCE, extra=st.sampled_from(preparations.PREPARATIONS))
    def prepare(self, chance: int, extra: Callable[[Hand], None]) -> None:
        """People do what belongs to the stage, and one of them something out of turn."""
        for preparation in (*PREPARED_AT.get(self._stage(), ()), extra):
            self._tick()
            try:
                with self.sessions() as session, unit_of_work(session):
                    project = session.get_one(Project, self.project_id)
                    preparation(Hand(session, self.scene, self.store, project, self.moment, chance))
            except StandardsError:
                continue

    @rule(chance=CHANCE)
    def act(self, chance: int) -> None:
        """Somebody who may does one of the acts of the stage."""
        with self.sessions() as session:
            project = session.get_one(Project, self.project_id)
            rows = PROCEDURES[project.kind].rows_from(project.stage)
        # Withdrawing and terminating end a life early, so chance turns to them last.
        rows = tuple(sorted(rows, key=lambda row: row.action in {Action.WITHDRAW, Action.TERMINATE, Action.DECLINE}))
        for place in range(len(rows)):
            row = rows[(chance % 3 + place) % len(rows)]
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
        self._tick()
        before = self._all_that_counts()
        fields = self._fields(action)
        try:
            with self.sessions() as session, unit_of_work(session):
                actor = self.scene.actor(session, login, self.moment) if login else SYSTEM_ACTOR
                expected = self._expected(session, action, actor)
                command = PerformAction(project_id=self.project_id, action=action, note="理由", fields=fields)
                event = perform(session, command, actor=actor, moment=self.moment)
                assert expected is event.to_stage
        except (TransitionRefused, NotFound, Invalid):
            assert self._all_that_counts() == before
            return False
        return True

    def _expected(self, session: Session, action: Action, actor: Actor) -> Stage | None:
        """Where the published table sends the project, asked before the act."""
        project = entrance_to(session, self.project_id, actor).project
        row = PROCEDURES[project.kind].row(project.stage, action)
        return row.target if row else None

    def _fields(self, action: Action) -> ActFields:
        day = self.moment.day
        later = day + timedelta(days=40)
        match action:
            case Action.APPROVE_PROJECT:
                return ActFields(
                    plan_number=f"P-{self.project_id}", plan_published_on=day, completes_on=day + timedelta(days=300)
                )
            case Action.OPEN_CONSULTATION | Action.REOPEN_CONSULTATION:
                return ActFields(closes_on=later)
            case Action.EXTEND_CONSULTATION:
                return ActFields(closes_on=later + timedelta(days=40))
            case Action.EXTEND_PROJECT:
                return ActFields(months=3)
            case Action.SUBMIT_FOR_REVIEW | Action.REPEAT_REVIEW:
                mode = ReviewMode.LETTER if day.toordinal() % 2 else ReviewMode.MEETING
                return ActFields(review_mode=mode, meets_on=day + timedelta(days=31))
            case Action.RECORD_FILING:
                return ActFields(filing_number="备1", filed_on=day)
            case Action.RECORD_DISCLOSURE:
                return ActFields(disclosure_address="https://example.org", disclosed_on=day)
            case _:
                return ActFields()

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


def test_random_lives_keep_every_promise(template: Template, backend: str) -> None:
    machine = type("LifeHere", (Life,), {"template": template})
    examples = 40 if backend == "sqlite" else 10
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_parameters_of_events_are_canonical_json(template: Template, tmp_path: Path) -> None:
    with copy_of(template, tmp_path) as engine, session_factory(engine)() as session:
        with unit_of_work(session):
            template.scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=MONDAY)
        for event in session.scalars(select(LifecycleEvent)):
            content = json.loads(event.params)
            assert event.params == json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
