import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.append_only import TRIGGERS, triggers_present, triggers_wanted
from standards_wf.models.history import AdministrationEvent, LifecycleEvent
from standards_wf.services.access import entrance_to
from standards_wf.services.audit import AuditReport, verify
from standards_wf.services.audit_findings import AuditProblem, Break, Place
from standards_wf.services.lifecycle import CorrectStage, correct_stage
from standards_wf.services.record import Happening, append, hash_of_event
from standards_wf.services.seals import seal
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Event, Kind, Role, Stage
from tests.support.scene import Scene

EVENTS = 6
PARTLY_SEALED = 4


@pytest.fixture
def projects(session: Session, scene: Scene, moment: Moment) -> tuple[int, ...]:
    """Three cases with six events each; two seals, the last of them over the first four."""
    with unit_of_work(session):
        identities = tuple(scene.file_suggestion(session, kind, moment=moment).id for kind in Kind)
    for number in range(2, EVENTS + 1):
        for identity in identities:
            with unit_of_work(session):
                _act(session, scene, identity, number, moment)
        if number in {2, PARTLY_SEALED}:
            with unit_of_work(session):
                seal(session, moment=moment)
    return identities


def _act(session: Session, scene: Scene, project_id: int, number: int, moment: Moment) -> None:
    if number == PARTLY_SEALED:
        command = CorrectStage(project_id=project_id, stage=Stage.DRAFTING, note="放回起草阶段")
        correct_stage(session, command, actor=scene.actor(session, "administrator", moment), moment=moment)
        return
    actor = scene.actor(session, "secretary", moment)
    project = entrance_to(session, project_id, actor).project
    happening = Happening(
        action=Event.PARTICULARS_CHANGED, role=Role.PROPOSER, to_stage=project.stage, params={"number": number}
    )
    append(session, project, happening, actor=actor, moment=moment)


@pytest.fixture
def tamper(engine: Engine, session: Session, projects: tuple[int, ...]) -> Callable[..., AuditReport]:
    """Change the database behind the application's back, with its guards switched off, and ask the audit."""

    def do(*statements: str) -> AuditReport:
        session.rollback()
        values = {"first": projects[0], "second": projects[1]}
        if engine.dialect.name == "sqlite":
            _change_sqlite(str(engine.url.database), statements, values)
        else:
            with engine.begin() as connection:
                connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
                for statement in statements:
                    connection.execute(text(statement), values)
        session.expunge_all()
        return verify(session)

    return do


def _change_sqlite(path: str, statements: Sequence[str], values: dict[str, int]) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement, values)
        for _, body in triggers:
            connection.execute(body)


def _first(report: AuditReport) -> Break:
    assert report.first is not None, "the audit found nothing"
    return report.first


def test_an_honest_history_of_several_projects_is_whole(session: Session, projects: tuple[int, ...]) -> None:
    report = verify(session)

    assert report.breaks == []
    assert (report.projects, report.events, report.seals) == (len(projects), len(projects) * EVENTS, 2)
    assert report.administration_events > 20


ALTERATIONS = {
    "at": "at = '2020-01-01 00:00:00.000000+00:00'",
    "on_day": "on_day = '2020-01-01'",
    "actor_id": "actor_id = actor_id + 1",
    "on_behalf_of_id": "on_behalf_of_id = 1",
    "actor_role": "actor_role = 'authority'",
    "action": "action = 'comment_disposed'",
    "to_stage": "to_stage = 'applied'",
    "from_stage": "from_stage = 'applied'",
    "note": "note = 'nothing happened'",
    "params": "params = '{}'",
    "previous_hash": "previous_hash = hash",
    "hash": "hash = previous_hash",
    "seq": "seq = 99",
}


@pytest.mark.parametrize("change", ALTERATIONS.values(), ids=ALTERATIONS)
def test_an_altered_row_is_found_and_named(
    change: str, tamper: Callable[..., AuditReport], projects: tuple[int, ...]
) -> None:
    report = tamper(f"UPDATE lifecycle_event SET {change} WHERE project_id = :first AND seq = 3")  # noqa: S608

    assert (_first(report).place, _first(report).chain, _first(report).seq) == (Place.PROJECT, projects[0], 3)


def test_every_column_of_a_history_row_is_altered_above() -> None:
    assert set(ALTERATIONS) == {column.name for column in LifecycleEvent.__table__.columns} - {"id", "project_id"}


def test_a_row_taken_from_the_middle_is_missed(tamper: Callable[..., AuditReport], projects: tuple[int, ...]) -> None:
    report = tamper("DELETE FROM lifecycle_event WHERE project_id = :first AND seq = 3")

    assert _first(report) == Break(Place.PROJECT, AuditProblem.GAP, chain=projects[0], seq=3, last=3)


def test_a_removed_end_is_missed_though_the_project_was_told_another_end(tamper: Callable[..., AuditReport]) -> None:
    report = tamper(
        "DELETE FROM lifecycle_event WHERE project_id = :first AND seq > 3",
        "UPDATE project SET stage = 'suggested', last_event_seq = 3, version = 3, head_hash ="
        " (SELECT hash FROM lifecycle_event WHERE project_id = :first AND seq = 3) WHERE id = :first",
    )

    assert (_first(report).problem, _first(report).seq) == (AuditProblem.TAIL_REMOVED, PARTLY_SEALED)


def test_a_removed_end_that_no_seal_remembers_is_missed_by_the_project(tamper: Callable[..., AuditReport]) -> None:
    report = tamper("DELETE FROM lifecycle_event WHERE project_id = :first AND seq > 4")

    assert (_first(report).problem, _first(report).seq) == (AuditProblem.TAIL_MISSING, PARTLY_SEALED + 1)


def test_a_whole_case_that_was_removed_is_missed(tamper: Callable[..., AuditReport], projects: tuple[int, ...]) -> None:
    report = tamper(
        "DELETE FROM lifecycle_event WHERE project_id = :second",
        "DELETE FROM project WHERE id = :second",
    )

    assert (_first(report).problem, _first(report).chain) == (AuditProblem.CHAIN_GONE, projects[1])


def test_a_history_without_its_project_is_noticed(
    tamper: Callable[..., AuditReport], projects: tuple[int, ...]
) -> None:
    report = tamper("DELETE FROM project WHERE id = :second")

    assert AuditProblem.PROJECT_GONE in {found.problem for found in report.breaks if found.chain == projects[1]}


def test_a_forged_row_is_noticed(tamper: Callable[..., AuditReport]) -> None:
    columns = "project_id, at, on_day, actor_id, actor_role, action, from_stage, to_stage, note, params"
    report = tamper(
        f"INSERT INTO lifecycle_event (seq, previous_hash, hash, {columns})"  # noqa: S608
        f" SELECT 7, hash, previous_hash, {columns} FROM lifecycle_event WHERE project_id = :first AND seq = 6"
    )

    assert _first(report).seq == EVENTS + 1


def test_two_rows_that_changed_places_are_noticed(tamper: Callable[..., AuditReport]) -> None:
    report = tamper(
        "UPDATE lifecycle_event SET seq = 100 WHERE project_id = :first AND seq = 2",
        "UPDATE lifecycle_event SET seq = 2 WHERE project_id = :first AND seq = 3",
        "UPDATE lifecycle_event SET seq = 3 WHERE project_id = :first AND seq = 100",
    )

    assert _first(report).seq == 2


def test_a_history_rewritten_with_right_hashes_is_other_than_sealed(
    tamper: Callable[..., AuditReport], session: Session, projects: tuple[int, ...]
) -> None:
    statements, previous = [], ""
    events = session.query(LifecycleEvent).filter_by(project_id=projects[0]).order_by(LifecycleEvent.seq).all()
    for event in events:
        session.expunge(event)
        event.note = "rewritten" if event.seq == 2 else event.note
        event.previous_hash = previous or event.previous_hash
        previous = event.hash = hash_of_event(event)
        statements.append(
            f"UPDATE lifecycle_event SET note = '{event.note}', previous_hash = '{event.previous_hash}',"  # noqa: S608
            f" hash = '{event.hash}' WHERE project_id = :first AND seq = {event.seq}"
        )

    report = tamper(*statements, f"UPDATE project SET head_hash = '{previous}' WHERE id = :first")  # noqa: S608

    assert {found.problem for found in report.breaks} == {AuditProblem.OTHER_THAN_SEALED}
    assert _first(report).seq == 2


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ("stage = 'applied'", AuditProblem.STAGE_OTHER),
        ("version = 1", AuditProblem.VERSION_OTHER),
        ("head_hash = 'x'", AuditProblem.HEAD_OTHER),
        ("last_event_seq = 7", AuditProblem.TAIL_MISSING),
    ],
)
def test_a_project_that_says_other_than_its_history_is_noticed(
    change: str, problem: AuditProblem, tamper: Callable[..., AuditReport]
) -> None:
    report = tamper(f"UPDATE project SET {change} WHERE id = :first")  # noqa: S608

    assert [found.problem for found in report.breaks] == [problem]


@pytest.mark.parametrize(
    ("statement", "problem"),
    [
        ("UPDATE seal SET at = '2020-01-01 00:00:00.000000+00:00' WHERE seq = 1", AuditProblem.ALTERED),
        ("UPDATE seal SET events = events + 1 WHERE seq = 2", AuditProblem.ALTERED),
        ("UPDATE sealed_head SET hash = 'x' WHERE seal_seq = 1 AND chain = :second", AuditProblem.OTHER_THAN_SEALED),
        ("DELETE FROM sealed_head WHERE seal_seq = 1 AND chain = :second", AuditProblem.ALTERED),
        ("DELETE FROM seal WHERE seq = 1", AuditProblem.GAP),
        ("DELETE FROM seal WHERE seq = 2", AuditProblem.SEAL_REMOVED),
    ],
)
def test_an_altered_or_removed_seal_is_found(
    statement: str, problem: AuditProblem, tamper: Callable[..., AuditReport]
) -> None:
    assert _first(tamper(statement)).problem is problem


def test_the_last_seal_removed_together_with_its_heads_is_missed(tamper: Callable[..., AuditReport]) -> None:
    report = tamper("DELETE FROM sealed_head WHERE seal_seq = 2", "DELETE FROM seal WHERE seq = 2")

    assert _first(report).problem is AuditProblem.SEAL_REMOVED


@pytest.mark.parametrize("column", ["at", "actor_id", "action", "subject", "params", "previous_hash", "hash", "seq"])
def test_an_altered_row_of_the_administration_is_found(column: str, tamper: Callable[..., AuditReport]) -> None:
    assert column in {each.name for each in AdministrationEvent.__table__.columns}
    value = {"at": "'2020-01-01 00:00:00.000000+00:00'", "actor_id": "2", "seq": "999"}.get(column, "'x'")

    first = _first(tamper(f"UPDATE administration_event SET {column} = {value} WHERE seq = 3"))  # noqa: S608

    assert (first.place, first.seq) == (Place.ADMINISTRATION, 3)


def test_a_dropped_or_sleeping_trigger_is_noticed(engine: Engine, session: Session, projects: tuple[int, ...]) -> None:
    session.rollback()
    with engine.begin() as connection:
        on = " ON lifecycle_event" if connection.dialect.name == "postgresql" else ""
        connection.exec_driver_sql(f"DROP TRIGGER lifecycle_event_no_update{on}")
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("ALTER TABLE seal DISABLE TRIGGER seal_no_delete")
        else:
            connection.exec_driver_sql("DROP TRIGGER seal_no_delete")

    assert [found.name for found in verify(session).breaks] == ["lifecycle_event_no_update", "seal_no_delete"]
    assert projects


def test_the_database_has_exactly_the_triggers_that_the_audit_asks_for(engine: Engine) -> None:
    with engine.connect() as connection:
        assert triggers_present(connection) == triggers_wanted(connection) >= TRIGGERS


@pytest.mark.parametrize("problem", AuditProblem)
@pytest.mark.parametrize("place", Place)
def test_every_finding_has_words(problem: AuditProblem, place: Place) -> None:
    assert "{" not in str(Break(place, problem, chain=3, seq=2, last=4, seal=1, name="trigger"))
