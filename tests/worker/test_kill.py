import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, func, select, text
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.drafts import Attachment
from standards_wf.models.outbox import Notification, OutboxRow
from standards_wf.search.query import parse_query
from standards_wf.search.whoosh_backend import WhooshBackend
from standards_wf.services import indexing
from standards_wf.services.audit import verify
from standards_wf.services.due_papers import DUE_WITH
from standards_wf.services.papers import PAPER_OF
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Effect, Event, Kind
from tests.support.effects import promise, publish_lightly
from tests.support.scene import MEMBERS, Scene

CASES = 4
EVENTS = 5
DEATHS = 12
LEASE_SECONDS = 0.5
SECONDS_TO_FINISH = 90
TOLD = 2 + len(MEMBERS)
"""The secretary, the chair and the members."""


@contextmanager
def _worker(engine: Engine, folder: Path) -> Iterator["subprocess.Popen[bytes]"]:
    url = engine.url.render_as_string(hide_password=False)
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.mortal_worker", url, str(folder), str(LEASE_SECONDS)]
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def _unsettled(sessions: sessionmaker[Session]) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).where(OutboxRow.settled_at.is_(None))) or 0


def _wait_until_at_work(sessions: sessionmaker[Session], unsettled: int) -> None:
    """A process takes a while to begin; death is to come while it works."""
    deadline = time.monotonic() + SECONDS_TO_FINISH
    while _unsettled(sessions) == unsettled and time.monotonic() < deadline:
        time.sleep(0.005)


def test_a_worker_killed_at_any_moment_loses_nothing_and_doubles_nothing(
    engine: Engine, session_factory: sessionmaker[Session], tmp_path: Path, scene: Scene, moment: Moment
) -> None:
    with session_factory() as session, unit_of_work(session):
        cases = [scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment).id for _ in range(CASES)]
        session.execute(text("DELETE FROM outbox"))
        for serial, project_id in enumerate(cases, start=1):
            publish_lightly(session, project_id, serial, moment=moment)
            for _ in range(EVENTS):
                promise(session, scene, project_id, *Effect, moment=moment, event=Event.BALLOT_OPENED)
    promised = CASES * EVENTS * len(Effect)
    assert _unsettled(session_factory) == promised
    chance = random.Random(7)

    for _ in range(DEATHS):
        left = _unsettled(session_factory)
        if not left:
            break
        with _worker(engine, tmp_path):
            _wait_until_at_work(session_factory, left)
            time.sleep(chance.uniform(0, 0.15))
    with _worker(engine, tmp_path):
        deadline = time.monotonic() + SECONDS_TO_FINISH
        while _unsettled(session_factory) and time.monotonic() < deadline:
            time.sleep(0.05)

    with session_factory() as session:
        assert session.scalar(select(func.count()).where(OutboxRow.settled_at.is_(None))) == 0
        assert (session.scalar(select(func.max(OutboxRow.attempts))) or 0) > 1, "nobody died at work"
        told = session.execute(
            select(Notification.project_id, Notification.event_seq, Notification.channel, func.count())
            .where(Notification.sent_at.is_not(None))
            .group_by(Notification.project_id, Notification.event_seq, Notification.channel)
        ).all()
        assert {row[3] for row in told} == {TOLD}
        assert len(told) == CASES * EVENTS * 2
        assert len(list((tmp_path / "mail").glob("*.eml"))) == CASES * EVENTS * TOLD
        made = session.execute(
            select(Attachment.project_id, Attachment.paper, func.count()).group_by(
                Attachment.project_id, Attachment.paper
            )
        ).all()
        assert sorted((project, paper, count) for project, paper, count in made) == sorted(
            (project, paper, EVENTS)
            for project in cases
            for paper in (*PAPER_OF.values(), *DUE_WITH[Event.BALLOT_OPENED])
        )
        store = FileStore(tmp_path / "files")
        assert all(store.get(sha256) for sha256 in session.scalars(select(Attachment.sha256)))
        backend = WhooshBackend(tmp_path / "search")
        missing = indexing.compare(session, backend).missing
        assert {key for key in missing if not key.startswith("node:")} == set()
        found = backend.search(parse_query('"范围的正文"'))
        assert (found.total, {len(hit.highlights) for hit in found.hits}) == (CASES, {1})
        assert verify(session).is_whole
