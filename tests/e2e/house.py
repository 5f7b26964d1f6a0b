"""The house in which the journeys take place: the real server with its worker, the demonstration's people, and one
document that is in force already.

Run as `python -m tests.e2e.house PORT`; the environment names the instance, which is made, and the clock to go by.
"""

import os
import sys
from unittest.mock import patch

from flask import Flask

from standards_wf.app import create_app as create_ordinary_app
from standards_wf.cli.main import standards_wf
from standards_wf.clock import hung_up
from standards_wf.demo.play import engage_people
from standards_wf.installation import Workplace
from standards_wf.server import serve
from standards_wf.services import people
from standards_wf.services.papers import generate
from standards_wf.settings import Settings
from standards_wf.worker.loop import run
from tests.e2e.past import play_the_document
from tests.e2e.simulated_clock import SimulatedClock, going_by
from tests.support.scene import QUICK_HASHER


def create_app() -> Flask:
    """The application, on the day of the journey."""
    app = create_ordinary_app()
    app.wsgi_app = going_by(SimulatedClock.of_this_process(), app.wsgi_app)  # type: ignore[method-assign]
    return app


def open_house(port: int) -> None:
    """Make the instance, let the people in, and serve until told to stop."""
    clock = SimulatedClock.of_this_process()
    with hung_up(clock):
        try:
            standards_wf.main(["init", "--without-administrator"])
        except SystemExit as ended:
            if ended.code:
                raise
        settings = Settings.from_environment(os.environ)
        workplace = Workplace.of(settings)
        with patch.object(people, "_hasher", QUICK_HASHER):
            engage_people(workplace)
        play_the_document(workplace, clock)
        workplace.engine.dispose()
    serve(
        settings,
        host="127.0.0.1",
        port=port,
        with_worker=True,
        ready=lambda _address: None,
        application=f"{__spec__.name}:create_app",
        worker=(sys.executable, "-m", __spec__.name, "worker"),
    )


def work() -> None:
    """The worker, on the day of the journey."""
    with hung_up(SimulatedClock.of_this_process()):
        run(Settings.from_environment(os.environ), generate)


if __name__ == "__main__":
    if sys.argv[1] == "worker":
        work()
    else:
        open_house(int(sys.argv[1]))
