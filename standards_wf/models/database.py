"""Engines and sessions for the two databases, SQLite and PostgreSQL."""

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.orm import Session, sessionmaker

# Whoever opens a database knows every table: a foreign key to an unknown one would fail only at the first flush.
import standards_wf.models.registry  # noqa: F401

BUSY_TIMEOUT_MS = 60_000
WRITING = "standards_wf_writing"


def make_engine(url: str) -> Engine:
    """An engine for this database, prepared."""
    engine = create_engine(url, pool_pre_ping=url.startswith("postgresql"))
    prepare(engine)
    return engine


def prepare(engine: Engine) -> None:
    """Teach a new engine how SQLite is to be spoken to; PostgreSQL needs no lesson.

    The driver's own transactions begin too late: reading first and writing later fails under load whatever the
    timeout. So we begin them ourselves, and a transaction that is going to write takes the write lock at once.
    """
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _on_connect)
        event.listen(engine, "begin", _on_begin)


def _on_connect(connection: DBAPIConnection, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.close()


def _on_begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get(WRITING, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def session_factory(engine: Engine) -> sessionmaker[Session]:
    """Sessions for whoever works outside a request: the worker, the command line, the tests."""
    return sessionmaker(engine, expire_on_commit=False)
