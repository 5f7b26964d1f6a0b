"""Bringing a database to the schema of this version, by the numbered steps in `migrations/versions`."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, text

from standards_wf.models.database import WRITING
from standards_wf.models.registry import metadata

MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 20_160_733
"""The key under which PostgreSQL lets one migration run at a time; any fixed number will do."""


class BrokenReferences(RuntimeError):
    """After a migration some row points to a row that does not exist; nothing was changed."""


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Take every step up to `revision` that this database has not taken yet, all or none.

    A second process that upgrades at the same time waits and then finds nothing left to do. Raises BrokenReferences.
    """
    script = _script()
    with _alone(engine) as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "target_metadata": metadata,
                "fn": lambda present, _context: script._upgrade_revs(revision, present),  # noqa: SLF001  Alembic's own commands do the same
            },
        )
        with Operations.context(context):
            context.run_migrations()


def current(engine: Engine) -> str | None:
    """The number of the last step that this database has taken; `None` for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def newest() -> str:
    """The number of the last step that there is."""
    head = _script().get_current_head()
    if head is None:
        raise LookupError("there are no migrations")
    return head


def _script() -> ScriptDirectory:
    return ScriptDirectory(str(MIGRATIONS), version_locations=[str(MIGRATIONS / "versions")])


@contextmanager
def _alone(engine: Engine) -> Iterator[Connection]:
    """A transaction in which nobody else migrates, and in which SQLite does not enforce foreign keys."""
    with engine.connect().execution_options(**{WRITING: True}) as connection:
        if engine.dialect.name != "sqlite":
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ONE_AT_A_TIME})
                yield connection
            return
        _enforce_foreign_keys(connection, enforce=False)
        try:
            with connection.begin():
                yield connection
                broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
                if broken:
                    raise BrokenReferences(f"rows without the row that they refer to: {broken[:10]}")
        finally:
            _enforce_foreign_keys(connection, enforce=True)


def _enforce_foreign_keys(connection: Connection, *, enforce: bool) -> None:
    """Speak to the driver: SQLite ignores this inside a transaction."""
    cursor = connection.connection.cursor()
    cursor.execute(f"PRAGMA foreign_keys = {'ON' if enforce else 'OFF'}")
    cursor.close()
