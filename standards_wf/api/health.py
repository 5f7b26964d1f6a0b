"""Whether the installation lives and is ready, and its figures for Prometheus. No person and no case appears here."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, Response
from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError

from standards_wf.api.answers import json_response
from standards_wf.errors import Unavailable
from standards_wf.models.outbox import OutboxRow
from standards_wf.models.projects import Project
from standards_wf.request import current_moment, db, installation
from standards_wf.search.query import parse_query
from standards_wf.services.heartbeat import last_beat
from standards_wf.services.reading.clock import last_run
from standards_wf.workflow.vocabulary import Effect, Kind, Stage

bp = Blueprint("health", __name__)

LONGEST_SILENCE = timedelta(seconds=60)
"""A worker that has left no sign for so long is not at work."""
LONGEST_WAIT = timedelta(minutes=15)
"""Work that waits longer than this is a lag that somebody should look at."""


@dataclass(frozen=True, slots=True)
class Check:
    """How one part is."""

    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether requests can be answered, and the parts on which that depends."""

    ready: bool
    database: Check
    index: Check
    worker: Check
    clock: Check
    """The last daily run. A day that is still open does not make the installation unready."""


@bp.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return json_response({"status": "ok"})


@bp.get("/readyz")
def readyz() -> Response:
    """Database, index, worker and the daily run, each by itself."""
    database, index = _database(), _index()
    worker = _worker() if database.ok else Check(ok=False, detail="unknown without the database")
    clock = _clock() if database.ok else Check(ok=False, detail="unknown without the database")
    found = Readiness(database.ok and index.ok and worker.ok, database, index, worker, clock)
    answer = json_response(found, 200 if found.ready else 503)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _database() -> Check:
    try:
        db.session.execute(text("SELECT 1"))
        db.session.scalar(select(Project.id).limit(1))
    except SQLAlchemyError as broken:
        db.session.rollback()
        return Check(ok=False, detail=type(broken).__name__)
    return Check(ok=True, detail=db.engine.dialect.name)


def _index() -> Check:
    try:
        documents = installation().search.search(parse_query("", per_page=1)).total
    except (Unavailable, OSError) as broken:
        return Check(ok=False, detail=str(broken) or type(broken).__name__)
    return Check(ok=True, detail=f"{documents} documents")


def _worker() -> Check:
    beaten = last_beat(installation().settings.instance)
    if beaten is None:
        return Check(ok=False, detail="no sign of life yet")
    silence = max(current_moment().at - beaten, timedelta())
    if silence > LONGEST_SILENCE:
        return Check(ok=False, detail=f"silent for {int(silence.total_seconds())} s")
    wait = _oldest_wait()
    detail = f"oldest work waits {int(wait.total_seconds())} s"
    return Check(ok=wait <= LONGEST_WAIT, detail=detail)


def _clock() -> Check:
    """In time when it ran today or, a little after midnight, yesterday."""
    run = last_run(db.session())
    if run is None:
        return Check(ok=False, detail="no daily run yet")
    behind = (current_moment().day - run.day).days
    done = f"acts {run.acts}, late {run.late_acts}, reminders {run.reminders}"
    return Check(ok=behind <= 1, detail=f"last daily run {run.day}, from {run.covers_from}: {done}")


def _oldest_wait() -> timedelta:
    since = db.session.scalar(
        select(func.min(OutboxRow.created_at)).where(OutboxRow.settled_at.is_(None), OutboxRow.given_up.is_(False))
    )
    return max(current_moment().at - since, timedelta()) if since else timedelta()


@bp.get("/metrics")
def metrics() -> Response:
    """The figures in the text format of Prometheus."""
    lines = [*_projects(), *_outbox(), *_times()]
    answer = Response("\n".join(lines) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _head(name: str, about: str, kind: str = "gauge") -> list[str]:
    return [f"# HELP standards_wf_{name} {about}", f"# TYPE standards_wf_{name} {kind}"]


def _projects() -> list[str]:
    counted = {
        (kind, stage): number
        for kind, stage, number in db.session.execute(
            select(Project.kind, Project.stage, func.count()).group_by(Project.kind, Project.stage)
        )
    }
    lines = _head("projects", "Projects by kind and stage.")
    for kind in Kind:
        for stage in Stage:
            labels = f'kind="{kind}",stage="{stage}"'
            lines.append(f"standards_wf_projects{{{labels}}} {counted.get((kind, stage), 0)}")
    return lines


def _outbox() -> list[str]:
    rows = db.session.execute(
        select(OutboxRow.effect, OutboxRow.given_up, func.count())
        .where(OutboxRow.settled_at.is_(None))
        .group_by(OutboxRow.effect, OutboxRow.given_up)
    )
    counted = {(effect, given_up): number for effect, given_up, number in rows}
    lines = _head("outbox_waiting", "Work that the worker has not done yet.")
    lines += [f'standards_wf_outbox_waiting{{effect="{each}"}} {counted.get((each, False), 0)}' for each in Effect]
    lines += _head("outbox_given_up", "Work that failed too often.")
    lines += [f'standards_wf_outbox_given_up{{effect="{each}"}} {counted.get((each, True), 0)}' for each in Effect]
    return lines


def _times() -> list[str]:
    lines = _head("outbox_oldest_seconds", "How long the oldest work has been waiting.")
    lines.append(f"standards_wf_outbox_oldest_seconds {_oldest_wait().total_seconds():.0f}")
    beaten = last_beat(installation().settings.instance)
    if beaten is not None:
        lines += _head("worker_last_beat_seconds", "When the worker last left a sign of life, in Unix time.")
        lines.append(f"standards_wf_worker_last_beat_seconds {beaten.timestamp():.0f}")
    run = last_run(db.session())
    if run is not None:
        lines += _head("clock_last_run_seconds", "When the last daily run was finished, in Unix time.")
        lines.append(f"standards_wf_clock_last_run_seconds {run.finished_at.timestamp():.0f}")
    return lines
