"""Another kind of document is a matter of data: a made-up one lives through services, pages and program untouched."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments: str) -> str:
    """The suite in a process of its own, in which the fourth kind was entered first."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-x",
        "-p",
        "tests.support.another_kind",
        "-p",
        "no:cacheprovider",
        *arguments,
    ]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "SUITE_"))}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    return done.stdout


def test_a_made_up_kind_is_suggested_made_and_shown_on_the_pages() -> None:
    assert "2 passed" in run("tests/web/walk_of_another_kind.py")


def test_a_made_up_kind_lives_from_suggestion_to_force_through_the_services() -> None:
    chosen = "test_a_whole_life_is_foretold_act_by_act and guidance_document and sqlite"
    assert "1 passed" in run("tests/workflow/test_life_of_a_project.py", "-k", chosen)
