"""Databases for tests: built once by the migrations, and copied for each test."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Protocol

from sqlalchemy import Engine, event
from sqlalchemy.pool import QueuePool

from standards_wf.clock import Moment
from standards_wf.models.database import make_engine, session_factory
from standards_wf.models.migrating import upgrade
from standards_wf.services.unit_of_work import unit_of_work
from tests.support import postgres
from tests.support.scene import Scene, find_the_scene, set_the_scene

BOTH = ("sqlite", "postgresql")
MONDAY = Moment(datetime(2025, 6, 2, 1, 0, tzinfo=UTC), date(2025, 6, 2))
"""Nine in the morning in Shanghai, on a Monday."""


class Databases(Protocol):
    """Where tests get databases from: copies of one with the people of the scene, and empty ones."""

    def copy(self, folder: Path) -> Iterator[Engine]:
        """A copy with the schema, the reference data and the people of the scene."""

    def empty(self, folder: Path) -> Iterator[Engine]:
        """A database without any table."""

    @property
    def scene(self) -> Scene:
        """Where to find everybody in a copy."""
        ...


@dataclass(frozen=True, slots=True)
class SQLiteDatabases:
    """Files, copied in about a millisecond."""

    template: Path
    scene: Scene

    @classmethod
    def build(cls, folder: Path) -> "SQLiteDatabases":
        """Make the file that is copied for every test."""
        template = folder / "template.sqlite3"
        _prepare(f"sqlite:///{template}")
        return cls(template, _find_scene(f"sqlite:///{template}"))

    def copy(self, folder: Path) -> Iterator[Engine]:
        """A copy with the schema, the reference data and the people of the scene."""
        path = folder / "standards.sqlite3"
        shutil.copyfile(self.template, path)
        yield from _opened(f"sqlite:///{path}")

    def empty(self, folder: Path) -> Iterator[Engine]:
        """A database without any table."""
        yield from _opened(f"sqlite:///{folder / 'empty.sqlite3'}")


@dataclass(frozen=True, slots=True)
class PostgresDatabases:
    """Databases of the suite's own cluster, copied from a template database."""

    template: str
    scene: Scene

    @classmethod
    def build(cls) -> "PostgresDatabases":
        """Make the database that is copied for every test."""
        template = postgres.fresh_database()
        _prepare(postgres.url_of(template))
        return cls(template, _find_scene(postgres.url_of(template)))

    def copy(self, _folder: Path) -> Iterator[Engine]:
        """A copy with the schema, the reference data and the people of the scene."""
        yield from _opened_and_dropped(postgres.fresh_database(self.template))

    def empty(self, _folder: Path) -> Iterator[Engine]:
        """A database without any table."""
        yield from _opened_and_dropped(postgres.fresh_database())


def open_engine(url: str) -> Engine:
    """An engine for a database of a test; nobody pulls the plug here, so SQLite need not wait for the disk."""
    engine = make_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _without_waiting)
    return engine


def _prepare(url: str) -> None:
    engine = open_engine(url)
    try:
        upgrade(engine)
        with session_factory(engine)() as session, unit_of_work(session):
            set_the_scene(session, MONDAY)
    finally:
        engine.dispose()


def _find_scene(url: str) -> Scene:
    engine = open_engine(url)
    try:
        with session_factory(engine)() as session:
            return find_the_scene(session)
    finally:
        engine.dispose()


def _opened(url: str) -> Iterator[Engine]:
    engine = open_engine(url)
    try:
        yield engine
        _expect_every_connection_back(engine)
    finally:
        engine.dispose()


def _expect_every_connection_back(engine: Engine) -> None:
    """A connection that is out when its database goes is found by the garbage collector, in the middle of another test."""
    pool = engine.pool
    if isinstance(pool, QueuePool):
        assert pool.checkedout() == 0, "a session or connection of this test was never closed"


def _opened_and_dropped(name: str) -> Iterator[Engine]:
    try:
        yield from _opened(postgres.url_of(name))
    finally:
        postgres.drop_database(name)


def _without_waiting(connection: Any, _record: object) -> None:  # noqa: ANN401  # the driver's own connection
    cursor = connection.cursor()
    cursor.execute("PRAGMA synchronous = OFF")
    cursor.close()
