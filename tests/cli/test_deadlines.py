"""Deadlines at the command line, and letting a project rest."""

import json

import pytest
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment, utc_now
from tests.cli.conftest import Run
from tests.support.planned import planned_project
from tests.support.scene import Scene


@pytest.fixture
def late(sessions: sessionmaker[Session], scene: Scene) -> int:
    """A project whose day of completion was ten days ago."""
    at = utc_now()
    with sessions() as session:
        return planned_project(session, scene, Moment(at, at.date()), days=-10)


def test_what_is_overdue_is_listed_for_people_and_for_programs(run: Run, late: int) -> None:
    told = run("deadlines", "--overdue", "--as", "secretary")
    assert told.exit_code == 0
    assert "绿色学校评价规范" in told.stdout
    assert "已逾期" in told.stdout
    (row,) = json.loads(run("deadlines", "--overdue", "--json").stdout)
    assert (row["project"], row["what"], row["overdue"]) == (late, "completion", True)
    assert "Nothing is due." in run("deadlines", "--as", "stranger", "--lang", "en").stdout
    assert json.loads(run("deadlines", "--kind", "group_standard", "--json").stdout) == []
    assert run("deadlines", "--within", "-1").exit_code == 2


def test_a_project_is_suspended_shown_as_such_and_resumed(run: Run, late: int) -> None:
    refused = run("suspend", late, "--as", "clerk")
    assert (refused.exit_code, "书面理由" in refused.stderr) == (1, True)
    assert run("suspend", late, "--as", "secretary", "--note", "x").exit_code == 1
    assert run("suspend", late, "--as", "clerk", "--note", "等待上位法修订").exit_code == 0
    shown = run("show", late).stdout
    assert "等待上位法修订" in shown
    assert "[project_suspended]" in shown
    again = json.loads(run("suspend", late, "--as", "clerk", "--note", "x", "--json").stdout)
    assert again["refusals"][0]["code"] == "already_suspended"
    assert json.loads(run("resume", late, "--as", "clerk", "--json").stdout)["action"] == "project_resumed"
    assert run("resume", late, "--as", "clerk").exit_code == 1
