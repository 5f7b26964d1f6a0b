import logging

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.drafts import Attachment
from standards_wf.models.outbox import Notification, OutboxRow
from standards_wf.models.projects import Project
from standards_wf.notifications.rules import RULES
from standards_wf.search.backend import RecordingBackend
from standards_wf.services.due_papers import DUE_WITH
from standards_wf.services.outbox import Finish
from standards_wf.services.papers import PAPER_OF
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.worker.handlers import HANDLERS
from standards_wf.worker.work import work_once
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.vocabulary import Action, Effect, Event, Kind, Paper
from tests.support.effects import generate_lightly, light_tools, promise
from tests.support.scene import Scene


@pytest.fixture
def project_id(session: Session, scene: Scene, moment: Moment) -> int:
    with unit_of_work(session):
        project = scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment)
        session.execute(text("DELETE FROM outbox"))
    return project.id


def test_every_effect_has_a_handler() -> None:
    assert set(HANDLERS) == set(Effect)
    assert {effect for effect in Effect if effect.value.startswith("render_")} == set(PAPER_OF)


def test_for_everything_that_happens_somebody_said_who_is_told() -> None:
    assert set(RULES) == set(Action) | set(Event)


def test_an_act_that_promises_to_tell_tells_somebody() -> None:
    notifying = {row.action for table in PROCEDURES.values() for row in table.rows if Effect.NOTIFY in row.effects}

    assert {action for action in notifying if not RULES[action]} == set()


def test_each_effect_is_done_and_settled(
    session_factory: sessionmaker[Session], store: FileStore, scene: Scene, moment: Moment, project_id: int
) -> None:
    with session_factory() as session, unit_of_work(session):
        promise(session, scene, project_id, *Effect, moment=moment, event=Event.BALLOT_OPENED)
    search = RecordingBackend()
    tools = light_tools(session_factory, store, search=search)
    done = 0
    while rows := work_once(tools, "worker", now=lambda: moment):
        done += rows

    assert done == len(Effect)
    with session_factory() as session:
        assert session.scalar(select(func.count()).where(OutboxRow.settled_at.is_(None))) == 0
        assert set(session.scalars(select(Attachment.paper))) == {*PAPER_OF.values(), *DUE_WITH[Event.BALLOT_OPENED]}
        assert session.scalar(select(func.count()).select_from(Notification)) == 2 * 11
    assert f"document:{project_id}" in search.documents


def test_a_paper_that_cannot_be_made_now_is_made_later_and_once(
    session_factory: sessionmaker[Session],
    store: FileStore,
    scene: Scene,
    moment: Moment,
    project_id: int,
    caplog: pytest.LogCaptureFixture,
) -> None:
    failures = [OSError("out of paper"), OSError("out of toner")]

    def generate(session: Session, store: FileStore, project_id: int, paper: Paper, moment: Moment) -> Finish:
        enter = generate_lightly(session, store, project_id, paper, moment)

        def enter_or_fail(session: Session) -> None:
            enter(session)
            if failures:
                raise failures.pop()

        return enter_or_fail

    with session_factory() as session, unit_of_work(session):
        promise(session, scene, project_id, Effect.RENDER_COMMENT_TABLE, moment=moment)
    tools = light_tools(session_factory, store, generate=generate)
    with caplog.at_level(logging.CRITICAL):
        for _ in range(3):
            assert work_once(tools, "worker", now=lambda: moment) == 1
            with session_factory() as session, unit_of_work(session):
                session.execute(text("UPDATE outbox SET available_at = created_at"))

    assert work_once(tools, "worker", now=lambda: moment) == 0
    with session_factory() as session:
        assert session.scalar(select(func.count()).select_from(Attachment)) == 1
        assert session.get_one(Project, project_id).last_event_seq == 2
