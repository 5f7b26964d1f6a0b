"""Fixtures that every part of the suite shares: real databases, a moment, and the people of the scene."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.database import session_factory as make_session_factory
from standards_wf.services.storage import FileStore
from tests.support.database import BOTH, MONDAY, Databases, PostgresDatabases, SQLiteDatabases
from tests.support.scene import Scene

ON_BOTH_DATABASES = ("services", "api", "workflow", "worker", "models")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Ask services, API, worker and random lives on both databases; pages on SQLite alone."""
    if "backend" in metafunc.fixturenames:
        part = metafunc.definition.path.relative_to(Path(__file__).parents[1]).parts[0]
        metafunc.parametrize("backend", BOTH if part in ON_BOTH_DATABASES else BOTH[:1], scope="session")


@pytest.fixture(scope="session")
def databases(backend: str, tmp_path_factory: pytest.TempPathFactory) -> Databases:
    if backend == "sqlite":
        return SQLiteDatabases.build(tmp_path_factory.mktemp("databases"))
    return PostgresDatabases.build()


@pytest.fixture
def engine(databases: Databases, tmp_path: Path) -> Iterator[Engine]:
    yield from databases.copy(tmp_path)


@pytest.fixture
def empty_engine(databases: Databases, tmp_path: Path) -> Iterator[Engine]:
    yield from databases.empty(tmp_path)


@pytest.fixture
def session_factory(engine: Engine) -> sessionmaker[Session]:
    return make_session_factory(engine)


@pytest.fixture
def session(session_factory: sessionmaker[Session]) -> Iterator[Session]:
    with session_factory() as session:
        yield session


@pytest.fixture
def scene(databases: Databases) -> Scene:
    return databases.scene


@pytest.fixture
def moment() -> Moment:
    return MONDAY


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    return FileStore(tmp_path / "files")
