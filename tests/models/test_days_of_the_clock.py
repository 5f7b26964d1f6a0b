"""What the outbox, the messages and the daily runs held before there were reminders is still there afterwards."""

from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, MetaData, Table, insert, select
from sqlalchemy.exc import IntegrityError

from standards_wf.clock import Moment
from standards_wf.models.migrating import upgrade

BEFORE, SINCE = "0005", "0006"
_EMPTY: dict[type, object] = {str: "", int: 0, bool: False}


def _enter(connection: Connection, table: Table, moment: Moment, **given: object) -> None:
    """A row with what is given, and with something in every other column that must not be empty."""
    values: dict[str, Any] = {}
    for column in table.columns:
        if not column.nullable and not column.primary_key:
            kind = column.type.python_type
            values[column.name] = moment.at if kind is datetime else moment.day if kind is date else _EMPTY[kind]
    connection.execute(insert(table), {**values, **given})


def _tables(engine: Engine) -> dict[str, Table]:
    metadata = MetaData()
    metadata.reflect(engine)
    return dict(metadata.tables)


def test_rows_from_before_the_reminders_stay_and_each_new_one_is_of_an_event_or_of_a_reminder(
    empty_engine: Engine, moment: Moment
) -> None:
    upgrade(empty_engine, BEFORE)
    tables = _tables(empty_engine)
    with empty_engine.begin() as connection:
        _enter(connection, tables["organization"], moment, id=1, name="示例局", kind="authority")
        _enter(connection, tables["person"], moment, id=1, login="clerk")
        project = {"id": 1, "kind": "metrology_specification", "category": "other", "stage": "drafting"}
        _enter(connection, tables["project"], moment, **project, authority_id=1)
        _enter(connection, tables["outbox"], moment, project_id=1, event_seq=3, effect="notify", last_error="full")
        message = {"project_id": 1, "event_seq": 3, "person_id": 1, "channel": "mail"}
        _enter(connection, tables["notification"], moment, **message, message="publish")
        _enter(connection, tables["daily_run"], moment, day="2025-06-01")

    upgrade(empty_engine, SINCE)

    tables = _tables(empty_engine)
    with empty_engine.connect() as connection:
        (promise,) = connection.execute(select(tables["outbox"])).mappings()
        (kept,) = connection.execute(select(tables["notification"])).mappings()
        (run,) = connection.execute(select(tables["daily_run"])).mappings()
    assert (promise["event_seq"], promise["reminded_on"], promise["last_error"]) == (3, None, "full")
    assert (kept["event_seq"], kept["reminder_id"], kept["message"]) == (3, None, "publish")
    assert (run["day"], run["covers_from"], run["acts"]) == ("2025-06-01", "2025-06-01", 0)
    for table, neither in (("outbox", {"effect": "notify"}), ("notification", {"person_id": 1, "channel": "in_app"})):
        with pytest.raises(IntegrityError), empty_engine.begin() as connection:
            _enter(connection, tables[table], moment, project_id=1, **neither)
