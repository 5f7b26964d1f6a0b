"""A house with its server, people at browsers of their own, and cases that stand where a journey begins."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from standards_wf.demo.acts import Parts
from standards_wf.demo.cases import (
    GREENING,
    METROLOGY,
    TRANSPORT,
    Way,
    in_consultation,
    in_drafting,
    suggested,
)
from standards_wf.installation import Workplace
from standards_wf.settings import Settings
from tests.e2e.past import find_the_document, play
from tests.e2e.people import Somebody
from tests.e2e.simulated_clock import FILE, SimulatedClock

ROOT = Path(__file__).resolve().parents[2]
FIRST_DAY = date(2026, 3, 2)
"""A Monday."""
PATIENCE = 60
SitDown = Callable[..., Somebody]


@dataclass(frozen=True)
class House:
    """The server that was started, and what stands behind it."""

    address: str
    clock: SimulatedClock
    workplace: Workplace

    def play(self, slug: str, parts: Parts, way: Way, *, began_days_ago: int) -> int:
        """A case that its people have brought somewhere on the days before today; answers its number."""
        return play(self.workplace, self.clock, slug, parts, way, began_days_ago=began_days_ago)


@pytest.fixture(scope="session")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("house")
    clock = SimulatedClock(folder / "clock")
    clock.move_to(FIRST_DAY)
    instance = folder / "instance"
    given = {"STANDARDS_WF_INSTANCE": str(instance), "STANDARDS_WF_WEB_PROCESSES": "1"}
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    with (folder / "output").open("w+b") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "tests.e2e.house", str(port)],
            cwd=ROOT,
            env={**_plain_environment(), **given, FILE: str(folder / "clock"), "PYTHONUNBUFFERED": "1"},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_open(server, address, folder / "output")
            workplace = Workplace.of(Settings.from_environment(given))
            yield House(address, clock, workplace)
            workplace.engine.dispose()
        finally:
            server.terminate()
            server.wait(PATIENCE)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        program = os.environ.get("CHROMIUM", "/usr/bin/chromium")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def document(house: House) -> int:
    """A document in force, as its people have brought it there."""
    return find_the_document(house.workplace)


@pytest.fixture
def consultation(house: House) -> int:
    """A project in consultation, open for days to come, with comments."""
    return house.play("inland_ship_shore_power", TRANSPORT, in_consultation, began_days_ago=150)


@pytest.fixture
def suggestion(house: House) -> int:
    """A suggestion that nobody has taken up yet."""
    return house.play("wetland_sink_enhancement", GREENING, suggested, began_days_ago=12)


@pytest.fixture
def drafting(house: House) -> int:
    """A specification that is being drafted."""
    return house.play("three_d_pitot_calibration", METROLOGY, in_drafting, began_days_ago=60)


@pytest.fixture
def sit_down(house: House, chromium: Browser) -> Iterator[SitDown]:
    """Somebody at a browser: by login, or a visitor; in the end, nobody's browser had anything to complain about."""
    present: list[Somebody] = []

    def sit_down(login: str | None = None, **how: Any) -> Somebody:  # noqa: ANN401  what the browser's own method takes
        context = chromium.new_context(**{"locale": "zh-CN", "viewport": {"width": 1280, "height": 900}, **how})
        somebody = Somebody(context, house.address)
        present.append(somebody)
        return somebody.log_in(login) if login else somebody

    yield sit_down
    complaints = [complaint for somebody in present for complaint in somebody.complaints]
    for somebody in present:
        somebody.context.close()
    assert complaints == []


def _plain_environment() -> dict[str, str]:
    """The environment without settings that belong to another installation."""
    return {name: value for name, value in os.environ.items() if not name.startswith("STANDARDS_WF_")}


def _free_port() -> int:
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return int(chosen.getsockname()[1])


def _wait_until_open(server: "subprocess.Popen[bytes]", address: str, output: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/login", timeout=PATIENCE).close()
        except urllib.error.HTTPError as error:
            error.close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("The server did not open:\n" + output.read_text(errors="replace"), pytrace=False)
