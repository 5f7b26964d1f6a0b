import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.database import session_factory
from standards_wf.models.migrating import MIGRATIONS, BrokenReferences, current, newest, upgrade
from standards_wf.models.registry import metadata
from standards_wf.models.reviews import Ballot, BallotVoter, Review, Vote
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.numbers import read_number
from standards_wf.workflow.vocabulary import Kind, Position, ReviewMode
from tests.support.database import open_engine
from tests.support.effects import publish_lightly
from tests.support.scene import Scene, set_the_scene

FIRST = "0001"


def _checks(engine: Engine) -> dict[str, str]:
    """Every check of the database by its name, with what it says."""
    inspector = inspect(engine)
    return {
        f"{table}.{check['name']}": " ".join(str(check["sqltext"]).split())
        for table in inspector.get_table_names()
        for check in inspector.get_check_constraints(table)
    }


def test_models_and_migrations_agree(empty_engine: Engine) -> None:
    upgrade(empty_engine)
    with empty_engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []


def test_models_and_migrations_agree_on_every_check(empty_engine: Engine) -> None:
    metadata.create_all(empty_engine)
    made_from_models = _checks(empty_engine)
    metadata.drop_all(empty_engine)
    upgrade(empty_engine)

    assert _checks(empty_engine) == made_from_models
    assert len(made_from_models) > 40


def test_steps_are_numbered_without_a_gap() -> None:
    numbers = sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))

    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]
    assert newest() == numbers[-1]


def test_an_empty_database_has_taken_no_step(empty_engine: Engine) -> None:
    assert current(empty_engine) is None


def test_upgrading_again_changes_nothing(empty_engine: Engine) -> None:
    upgrade(empty_engine)
    upgrade(empty_engine)

    assert current(empty_engine) == newest()


def test_a_database_with_data_in_it_survives(empty_engine: Engine, moment: Moment) -> None:
    steps = sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py"))
    upgrade(empty_engine, FIRST)
    with empty_engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO organization (name, short_name, kind, is_demonstration) VALUES ('示例局', '', 'authority', :no)"
            ),
            {"no": False},
        )
    for step in steps[1:]:
        upgrade(empty_engine, step)
        assert current(empty_engine) == step
    with session_factory(empty_engine)() as session, unit_of_work(session):
        set_the_scene(session, moment)
        assert session.scalar(text("SELECT count(*) FROM organization WHERE name = '示例局'")) == 1


def test_numbers_given_before_series_had_their_rows_keep_their_place(empty_engine: Engine) -> None:
    upgrade(empty_engine, "0007")
    numbers = ("DB31/T 5—2010", "DB31/T 5—2018", "DB31/T 310012—2021", "DB31 387—2018")
    with empty_engine.begin() as connection:
        body = {"id": 1, "name": "示例局", "short_name": "", "kind": "authority", "is_demonstration": False}
        _insert(connection, "organization", body)
        connection.execute(text("INSERT INTO number_series (prefix, last_serial) VALUES ('DB31/T', 5)"))
        for place, number in enumerate(numbers, start=1):
            read = read_number(number)
            _insert(connection, "project", _old_project(place))
            _insert(
                connection,
                "publication",
                {
                    "project_id": place,
                    "number": number,
                    "number_key": read.key,
                    "slug": read.slug,
                    "series": read.prefix,
                    "serial": read.serial,
                    "approved_on": f"{read.year}-01-01",
                    "published_on": f"{read.year}-01-01",
                    "effective_on": f"{read.year}-06-01",
                    "gap_reason": "",
                    "announcement_number": "",
                },
            )
    upgrade(empty_engine)
    with empty_engine.connect() as connection:
        rows = connection.execute(text("SELECT series, keeps_serial FROM publication ORDER BY project_id")).all()
        assert [(series, bool(kept)) for series, kept in rows] == [
            ("DB31/T", False), ("DB31/T", True), ("DB31 310", False), ("DB31", False),
        ]  # fmt: skip
        count = connection.execute(text("SELECT code, last_serial, first_serial, padding FROM number_series")).one()
        assert tuple(count) == ("DB31/T", 5, 1, 1)
        mandatory = connection.execute(text("SELECT id FROM project WHERE is_mandatory")).scalars().all()
        assert mandatory == [4]


def _insert(connection: Connection, table: str, row: dict[str, object]) -> None:
    names = ", ".join(row)
    values = ", ".join(f":{name}" for name in row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)  # noqa: S608  # named in this file


def _old_project(identity: int) -> dict[str, object]:
    """A project as a database of an earlier version has it."""
    texts = "title_zh title_en ics ccs purpose necessity scope technical_content relation_to_laws contact replaces main_changes"
    return {
        **dict.fromkeys(texts.split(), ""),
        "id": identity,
        "kind": "local_standard",
        "stage": "in_force",
        "stage_since": "2025-06-02 00:00:00+00:00",
        "created_at": "2025-06-02 00:00:00+00:00",
        "is_revision": False,
        "adopts_foreign_text": False,
        "authority_id": 1,
        "competent_department_id": 1,
        "version": 0,
        "last_event_seq": 0,
        "head_hash": "0" * 64,
        "row_version": 1,
        "is_demonstration": False,
    }


def test_an_upgrade_that_would_break_a_reference_is_undone(tmp_path: Path) -> None:
    path = tmp_path / "broken.sqlite3"
    engine = open_engine(f"sqlite:///{path}")
    upgrade(engine, "0003")
    with closing(sqlite3.connect(path, isolation_level=None)) as behind_the_back:
        behind_the_back.execute(
            "INSERT INTO filing (project_id, number, filed_on, late) VALUES (99, 'x', '2025-01-01', 0)"
        )

    with pytest.raises(BrokenReferences):
        upgrade(engine)

    assert current(engine) == "0003"
    engine.dispose()


@contextmanager
def _refused(sessions: sessionmaker[Session], words: str) -> Iterator[Session]:
    with sessions() as session, pytest.raises(IntegrityError, match=words):
        yield session


@pytest.mark.parametrize("table", ["lifecycle_event", "administration_event", "seal", "sealed_head"])
def test_what_is_recorded_is_neither_changed_nor_deleted(
    table: str, session_factory: sessionmaker[Session], scene: Scene, moment: Moment
) -> None:
    with session_factory() as session, unit_of_work(session):
        scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment)
        session.execute(text("INSERT INTO seal VALUES (1, '2025-06-02 00:00:00+00:00', 0, 0, 'x', 'y')"))
        session.execute(text("INSERT INTO sealed_head VALUES (1, 1, 1, 'z')"))
    with _refused(session_factory, "never changed") as session:
        session.execute(text(f"UPDATE {table} SET hash = 'other'"))  # noqa: S608
    with _refused(session_factory, "never deleted") as session:
        session.execute(text(f"DELETE FROM {table}"))  # noqa: S608
    with session_factory() as session:
        if session.get_bind().dialect.name == "postgresql":
            with pytest.raises(IntegrityError, match="never deleted"):
                session.execute(text(f"TRUNCATE {table} CASCADE"))


@pytest.mark.parametrize("seq", [1, 3, 0])
def test_a_history_row_takes_the_next_number_or_none(
    seq: int, session_factory: sessionmaker[Session], scene: Scene, moment: Moment
) -> None:
    with session_factory() as session, unit_of_work(session):
        project = scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment)
    columns = "project_id, at, on_day, actor_role, action, from_stage, to_stage, note, params, previous_hash, hash"
    with _refused(session_factory, "next one and unique") as session:
        session.execute(
            text(f"INSERT INTO lifecycle_event (seq, {columns}) SELECT :seq, {columns} FROM lifecycle_event"),  # noqa: S608
            {"seq": seq},
        )
    assert project.last_event_seq == 1


def test_a_text_stays_as_it_was_attached_and_a_vote_as_it_was_cast(
    session_factory: sessionmaker[Session], scene: Scene, moment: Moment
) -> None:
    with session_factory() as session, unit_of_work(session):
        project = scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment)
        publish_lightly(session, project.id, 1, moment=moment)
        review = Review(project_id=project.id, number=1, mode=ReviewMode.LETTER, draft_id=1, began_seq=1)
        session.add(review)
        session.flush()
        ballot = Ballot(review_id=review.id, opened_on=moment.day, opened_at=moment.at, closes_on=moment.day)
        session.add(ballot)
        session.flush()
        voter = BallotVoter(ballot_id=ballot.id, person_id=scene.people["member1"], name="委员1")
        session.add(voter)
        session.flush()
        session.add(
            Vote(voter_id=voter.id, ballot_id=ballot.id, position=Position.AGAINST, reason="x", cast_at=moment.at)
        )
    for statement in (
        "UPDATE vote SET position = 'for'",
        "UPDATE vote SET reason = 'another'",
        "DELETE FROM vote",
        "UPDATE draft_version SET filename = 'other.docx'",
        "UPDATE draft_clause SET text = 'other'",
        "DELETE FROM draft_clause",
        "DELETE FROM stored_file",
    ):
        with _refused(session_factory, "never|stays as") as session:
            session.execute(text(statement))
    with session_factory() as session, unit_of_work(session):
        session.execute(text("UPDATE vote SET answer = '已采纳', answered_at = cast_at"))


_PROJECT_OF_LONG_AGO = text(
    "INSERT INTO project (id, kind, stage, stage_since, created_at, title_zh, title_en, ics, ccs, purpose, necessity,"
    " scope, technical_content, relation_to_laws, contact, is_revision, replaces, main_changes, adopts_foreign_text,"
    " authority_id, competent_department_id, group_id, version, last_event_seq, head_hash, row_version,"
    " is_demonstration) VALUES (:id, :kind, 'drafting', :at, :at, '某', '', '', '', '', '', '', '', '', '', :no, '', '',"
    " :no, :authority, :authority, :group_id, 0, 0, :zero, 1, :no)"
)
_ENTRY_OF_LONG_AGO = text(
    "INSERT INTO plan_entry (project_id, number, project_name, applicant, drafting_unit, published_on, completes_on,"
    " extensions) VALUES (:id, 'P-' || :name, '某', '某', '某', :day, '2026-01-01', 0)"
)


def test_entries_of_the_plan_are_gathered_into_plans_by_publisher_kind_and_day(
    empty_engine: Engine, moment: Moment
) -> None:
    upgrade(empty_engine, "0008")
    with empty_engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO organization (id, name, short_name, kind, group_code, is_demonstration) VALUES"
                " (1, '示例局', '', 'authority', NULL, :no), (2, '示例协会', '', 'association', 'SLXH', :no)"
            ),
            {"no": False},
        )
        for project, kind, day in (
            (1, "local_standard", "2024-03-01"),
            (2, "local_standard", "2024-03-01"),
            (3, "local_standard", "2024-09-01"),
            (4, "group_standard", "2024-03-01"),
        ):
            is_group = kind == "group_standard"
            values = {
                "id": project,
                "name": str(project),
                "kind": kind,
                "day": date.fromisoformat(day),
                "at": moment.at,
                "no": False,
                "zero": "0" * 64,
            }
            values |= {"authority": None if is_group else 1, "group_id": 2 if is_group else None}
            connection.execute(_PROJECT_OF_LONG_AGO, values)
            connection.execute(_ENTRY_OF_LONG_AGO, values)
    upgrade(empty_engine)
    with empty_engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT plan_entry.project_id, project_plan.publisher_id, project_plan.kind, project_plan.year"
                " FROM plan_entry JOIN project_plan ON project_plan.id = plan_entry.plan_id ORDER BY 1"
            )
        ).all()
        plans = connection.scalar(text("SELECT count(*) FROM project_plan"))
    assert plans == 3
    assert [tuple(row) for row in rows] == [
        (1, 1, "local_standard", 2024),
        (2, 1, "local_standard", 2024),
        (3, 1, "local_standard", 2024),
        (4, 2, "group_standard", 2024),
    ]
