from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine

from standards_wf.app import create_app
from standards_wf.clock import FixedClock, hung_up
from standards_wf.request import db
from standards_wf.settings import Settings
from tests.support.client import Browser
from tests.support.database import MONDAY


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
            "STANDARDS_WF_DATABASE_URL": str(engine.url),
            "STANDARDS_WF_SECRET_KEY": "no secret at all, but of the right length 0123456789",
        }
    )
    app = create_app(settings)
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def browse(app: Flask) -> Callable[[str | None], Browser]:
    """Somebody at a browser: by login, or a visitor."""
    with app.app_context():
        engine = db.engine

    def sit_down(login: str | None = None) -> Browser:
        browser = Browser(app, engine)
        return browser.log_in_as(login) if login else browser

    return sit_down
