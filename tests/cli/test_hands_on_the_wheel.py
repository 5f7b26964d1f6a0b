"""Corrections by hand and acts that take two persons, at the command line."""

import json

import pytest
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.services.administration import GrantRole, grant_role
from standards_wf.services.people import OPERATOR
from standards_wf.services.two_persons import TAKE_TWO, ChangeTwoPersonRule, change_two_person_rule
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Role
from tests.cli.conftest import Run
from tests.support.database import MONDAY
from tests.support.scene import PEOPLE, Scene


@pytest.fixture
def two_administrators(sessions: sessionmaker[Session], scene: Scene) -> None:
    """Whoever is called citizen keeps the installation too, and corrections take two."""
    with sessions() as session, unit_of_work(session):
        grant = GrantRole(person_id=scene.people["citizen"], role=Role.ADMINISTRATOR)
        grant_role(session, grant, actor=OPERATOR, moment=MONDAY)
        command = ChangeTwoPersonRule(acts=frozenset(act.value for act in TAKE_TWO), days=7)
        change_two_person_rule(session, command, actor=OPERATOR, moment=MONDAY)


def test_a_stage_is_corrected_with_a_reason_and_listed(run: Run, project: int) -> None:
    assert run("corrections").stdout == "没有人工更正。\n"
    assert run("correct-stage", project, "drafting").exit_code == 2
    done = run("correct-stage", project, "drafting", "--as", "administrator", "--note", "登记有误。")
    assert (done.exit_code, done.stdout) == (0, "阶段已更正为“起草”。\n")
    listed = run("corrections")
    assert "登记有误。" in listed.stdout
    assert PEOPLE["administrator"][0] in listed.stdout
    (row,) = json.loads(run("corrections", "--json").stdout)
    assert (row["project"], row["from"], row["to"]) == (project, "suggested", "drafting")


def test_nobody_else_corrects_a_stage(run: Run, project: int) -> None:
    refused = run("correct-stage", project, "drafting", "--as", "department", "--note", "登记有误。")
    assert refused.exit_code == 1
    assert "role_required" in refused.stderr
    blank = run("correct-stage", project, "drafting", "--as", "administrator", "--note", " ")
    assert (blank.exit_code, "note" in blank.stderr) == (1, True)


@pytest.mark.usefixtures("two_administrators")
def test_a_second_person_confirms_at_the_command_line(run: Run, project: int) -> None:
    nameless = run("correct-stage", project, "drafting", "--note", "登记有误。")
    assert (nameless.exit_code, "nameless" in nameless.stderr) == (1, True)
    first = run("correct-stage", project, "drafting", "--as", "administrator", "--note", "登记有误。")
    assert first.exit_code == 0
    assert f"standards-wf confirm {project} 1" in first.stdout
    assert json.loads(run("show", project, "--json").stdout)["stage"] == "suggested"
    same = run("confirm", project, 1, "--as", "administrator")
    assert (same.exit_code, "same_person" in same.stderr) == (1, True)
    assert run("confirm", project, 1, "--as", "citizen").exit_code == 0
    assert json.loads(run("show", project, "--json").stdout)["stage"] == "drafting"
    names = f"{PEOPLE['citizen'][0]}确认，{PEOPLE['administrator'][0]}准备"
    assert names in run("corrections").stdout
    again = run("confirm", project, 1, "--as", "citizen", "--json")
    assert again.exit_code == 1
    assert "confirmed_already" in again.stdout


@pytest.mark.usefixtures("two_administrators")
def test_what_was_prepared_is_withdrawn_at_the_command_line(run: Run, project: int) -> None:
    prepared = run("correct-stage", project, "drafting", "--as", "administrator", "--note", "登记有误。", "--json")
    assert json.loads(prepared.stdout)["prepared_act"] == 1
    assert run("withdraw-prepared", project, 1, "--as", "citizen", "--note", "不必了").exit_code == 0
    assert "withdrawn_already" in run("confirm", project, 1, "--as", "citizen").stderr
    assert run("confirm", project, 2, "--as", "citizen").exit_code == 1
