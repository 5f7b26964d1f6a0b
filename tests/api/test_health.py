"""Alive, ready, and the figures for Prometheus."""

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from standards_wf.request import installation
from standards_wf.services.clock_acts import act_for_the_day
from standards_wf.services.heartbeat import beat
from standards_wf.services.indexing import rebuild
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind
from tests.api.callers import Api


@pytest.fixture
def ready(api: Api, app: Flask, tmp_path: Path) -> Api:
    with app.app_context(), api.sessions() as session:
        rebuild(session, installation().search)
    beat(tmp_path, api.now.at)
    return api


def test_alive(app: Flask) -> None:
    assert app.test_client().get("/healthz").get_json() == {"status": "ok"}


def test_ready_when_database_index_and_worker_are(ready: Api) -> None:
    answer = ready.app.test_client().get("/readyz")
    assert answer.status_code == 200, answer.text
    assert answer.get_json()["ready"]


def test_readiness_tells_what_the_last_daily_run_did_and_does_not_depend_on_it(ready: Api) -> None:
    before = ready.app.test_client().get("/readyz").get_json()
    assert act_for_the_day(ready.sessions, moment=ready.now)
    after = ready.app.test_client().get("/readyz").get_json()

    assert (before["ready"], before["clock"]) == (True, {"ok": False, "detail": "no daily run yet"})
    told = "last daily run 2025-06-02, from 2025-06-02: acts 0, late 0, reminders 0"
    assert (after["ready"], after["clock"]) == (True, {"ok": True, "detail": told})


def test_not_ready_while_the_worker_is_silent(ready: Api) -> None:
    ready.clock.advance(timedelta(minutes=5))
    answer = ready.app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert not answer.get_json()["worker"]["ok"]
    assert answer.get_json()["database"]["ok"]


def test_not_ready_while_work_waits_too_long(ready: Api, tmp_path: Path) -> None:
    with ready.sessions() as session, unit_of_work(session):
        ready.scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=ready.now)
    ready.clock.advance(timedelta(minutes=30))
    beat(tmp_path, ready.now.at)
    answer = ready.app.test_client().get("/readyz")
    assert answer.status_code == 503
    assert answer.get_json()["worker"]["detail"] == "oldest work waits 1800 s"


def test_figures_of_projects_and_of_the_outbox(ready: Api) -> None:
    with ready.sessions() as session, unit_of_work(session):
        ready.scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=ready.now)
    answer = ready.app.test_client().get("/metrics")
    assert answer.content_type == "text/plain; version=0.0.4; charset=utf-8"
    lines = answer.get_data(as_text=True).splitlines()
    assert 'standards_wf_projects{kind="local_standard",stage="suggested"} 1' in lines
    assert 'standards_wf_outbox_waiting{effect="notify"} 1' in lines
    assert all(line.startswith(("#", "standards_wf_")) for line in lines)
    assert not any("clock_last_run" in line for line in lines)
    assert act_for_the_day(ready.sessions, moment=ready.now)
    again = ready.app.test_client().get("/metrics").get_data(as_text=True)
    assert f"standards_wf_clock_last_run_seconds {ready.now.at.timestamp():.0f}" in again
