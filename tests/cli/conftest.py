import logging
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.cli.main import standards_wf
from standards_wf.logbook import open_log
from standards_wf.models.database import session_factory as sessions_of
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.settings import create_instance
from standards_wf.wording.language import Language, use
from standards_wf.workflow.vocabulary import Kind
from tests.support.database import MONDAY, Databases, SQLiteDatabases, open_engine
from tests.support.scene import Scene

Run = Callable[..., Result]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "实例 one"


@pytest.fixture
def instance(folder: Path, databases: Databases) -> Path:
    """An installation with the people of the scene."""
    assert isinstance(databases, SQLiteDatabases)
    create_instance({"STANDARDS_WF_INSTANCE": str(folder)})
    shutil.copyfile(databases.template, folder / "standards.sqlite3")
    return folder


@pytest.fixture
def run(folder: Path) -> Iterator[Run]:
    """The program, called on the installation of the test."""

    def call(*args: object, typed: str | None = None, **environment: str) -> Result:
        environment = {"STANDARDS_WF_INSTANCE": str(folder), "LC_ALL": "", "LC_MESSAGES": "", "LANG": ""} | environment
        given = [str(each) for each in args]
        result = CliRunner().invoke(standards_wf, given, input=typed, env=environment, prog_name="standards-wf")
        assert "Traceback" not in result.output
        return result

    yield call
    use(Language.ZH)
    for handler in [each for each in logging.getLogger().handlers if type(each).__module__ == open_log.__module__]:
        logging.getLogger().removeHandler(handler)
        handler.close()


@pytest.fixture
def sessions(instance: Path) -> Iterator[sessionmaker[Session]]:
    engine = open_engine(f"sqlite:///{instance / 'standards.sqlite3'}")
    yield sessions_of(engine)
    engine.dispose()


@pytest.fixture
def project(sessions: sessionmaker[Session], scene: Scene) -> int:
    """A local standard, just suggested."""
    with sessions() as session, unit_of_work(session):
        return scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=MONDAY).id
