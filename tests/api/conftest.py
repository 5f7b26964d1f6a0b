from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.app import create_app
from standards_wf.clock import FixedClock, hung_up
from standards_wf.request import db
from standards_wf.settings import Settings
from tests.api.callers import Api
from tests.support.database import MONDAY
from tests.support.scene import Scene


@pytest.fixture
def clock() -> Iterator[FixedClock]:
    clock = FixedClock(MONDAY.at)
    with hung_up(clock):
        yield clock


@pytest.fixture
def app(engine: Engine, tmp_path: Path, clock: FixedClock) -> Iterator[Flask]:  # noqa: ARG001  it hangs there meanwhile
    settings = Settings.from_environment(
        {
            "STANDARDS_WF_INSTANCE": str(tmp_path),
            "STANDARDS_WF_DATABASE_URL": engine.url.render_as_string(hide_password=False),
            "STANDARDS_WF_SECRET_KEY": "no secret at all, but of the right length 0123456789",
        }
    )
    app = create_app(settings)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def api(app: Flask, session_factory: sessionmaker[Session], scene: Scene, clock: FixedClock) -> Api:
    return Api(app, session_factory, scene, clock)
