import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.history import Seal
from standards_wf.models.outbox import DailyRun, OutboxRow
from standards_wf.services.heartbeat import FILE, last_beat
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.worker.loop import Worker
from standards_wf.workflow.vocabulary import Kind
from tests.support.database import Databases
from tests.support.effects import light_tools
from tests.support.scene import Scene

SECONDS_TO_WAIT = 30
SECONDS_TO_STOP = 2


def _wait_until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SECONDS_TO_WAIT
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.01)


def _unsettled(sessions: sessionmaker[Session]) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).where(OutboxRow.settled_at.is_(None))) or 0


def test_what_an_act_promised_is_done_within_a_second(
    session_factory: sessionmaker[Session], store: FileStore, scene: Scene, moment: Moment, tmp_path: Path
) -> None:
    stop = threading.Event()
    worker = Worker(light_tools(session_factory, store), tmp_path, now=lambda: moment)
    thread = threading.Thread(target=worker.work_until, args=(stop,))
    thread.start()
    try:
        _wait_until(lambda: last_beat(tmp_path) == moment.at)
        with session_factory() as session, unit_of_work(session):
            scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment)
        started = time.monotonic()
        _wait_until(lambda: _unsettled(session_factory) == 0)
        assert time.monotonic() - started < 1.5
    finally:
        stop.set()
        thread.join(SECONDS_TO_STOP)
    assert not thread.is_alive()


def test_each_new_day_is_begun_once(
    session_factory: sessionmaker[Session], store: FileStore, moment: Moment, tmp_path: Path
) -> None:
    now = moment
    worker = Worker(light_tools(session_factory, store), tmp_path, now=lambda: now)
    for days in (0, 0, 1, 1, 5):
        now = Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))
        worker._one_round()

    with session_factory() as session:
        assert session.scalar(select(func.count()).select_from(Seal)) == 3
        assert session.scalars(select(DailyRun.day).order_by(DailyRun.day)).all() == [
            "2025-06-02",
            "2025-06-03",
            "2025-06-07",
        ]


def test_a_database_that_does_not_answer_is_asked_again(
    engine: Engine,
    session_factory: sessionmaker[Session],
    store: FileStore,
    moment: Moment,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE outbox RENAME TO hidden")
    worker = Worker(light_tools(session_factory, store), tmp_path, now=lambda: moment)
    with caplog.at_level(logging.CRITICAL):
        assert not worker._one_round()
        with engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE hidden RENAME TO outbox")
        assert not worker._one_round()
    assert last_beat(tmp_path) == moment.at


def test_a_sign_of_life_that_cannot_be_read_is_none(tmp_path: Path) -> None:
    assert last_beat(tmp_path) is None
    (tmp_path / FILE).write_text("half a da", encoding="ascii")
    assert last_beat(tmp_path) is None


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_stops_the_worker_at_once_and_without_a_complaint(
    databases: Databases, tmp_path: Path, number: signal.Signals
) -> None:
    instance = tmp_path / "instance"
    instance.mkdir()
    copies = databases.copy(instance)
    engine = next(copies)
    environment = {
        **os.environ,
        "STANDARDS_WF_INSTANCE": str(instance),
        "STANDARDS_WF_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyz",
        "STANDARDS_WF_DATABASE_URL": engine.url.render_as_string(hide_password=False).replace("+psycopg", ""),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.support.ordinary_worker"], env=environment, stderr=subprocess.PIPE
    )
    try:
        _wait_until(lambda: last_beat(instance) is not None)
        process.send_signal(number)
        _, complaint = process.communicate(timeout=SECONDS_TO_STOP + 1)
    finally:
        process.kill()
        process.wait()
        copies.close()  # type: ignore[attr-defined]  # a generator, which drops the copy
    assert (process.returncode, complaint) == (0, b"")
