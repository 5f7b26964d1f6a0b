"""Acts that take two persons, corrections by hand and deputies, as programs meet them."""

from datetime import timedelta

import pytest

from standards_wf.services.administration import GrantRole, grant_role
from standards_wf.services.deputies import NameDeputy, name_deputy
from standards_wf.services.people import OPERATOR
from standards_wf.services.two_persons import TAKE_TWO, ChangeTwoPersonRule, change_two_person_rule
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind, Role
from tests.api.callers import Api
from tests.support.effects import publish_lightly
from tests.support.scene import PEOPLE


@pytest.fixture
def project(api: Api) -> int:
    """A document whose abolition is announced, and long enough."""
    with api.sessions() as session, unit_of_work(session):
        case = api.scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=api.now).id
        publish_lightly(session, case, 1, moment=api.now)
    _correct(api, case, "abolition_notice")
    api.clock.advance(timedelta(days=90))
    return case


def _seen(api: Api, login: str, project: int) -> dict[str, str]:
    return {"If-Match": api.ask(login, "GET", f"/projects/{project}").headers["ETag"]}


def _correct(api: Api, project: int, stage: str) -> None:
    body = {"stage": stage, "note": "登记有误。"}
    at = f"/projects/{project}/stage-corrections"
    api.do("administrator", "POST", at, body, headers=_seen(api, "administrator", project))


def _switch_on(api: Api) -> None:
    command = ChangeTwoPersonRule(acts=frozenset(act.value for act in TAKE_TWO), days=7)
    with api.sessions() as session, unit_of_work(session):
        change_two_person_rule(session, command, actor=OPERATOR, moment=api.now)


def _also_authority(api: Api, login: str) -> None:
    authority = api.scene.organizations["authority"]
    command = GrantRole(person_id=api.scene.people[login], role=Role.AUTHORITY, organization_id=authority)
    with api.sessions() as session, unit_of_work(session):
        grant_role(session, command, actor=OPERATOR, moment=api.now)


def test_an_act_that_takes_two_is_accepted_and_then_confirmed(api: Api, project: int) -> None:
    _switch_on(api)
    _also_authority(api, "citizen")
    at, act = f"/projects/{project}/prepared-acts", f"/projects/{project}/actions/abolish"
    seen = _seen(api, "clerk", project)
    accepted = api.ask("clerk", "POST", act, json={}, headers={**seen, "Idempotency-Key": "one"})
    assert accepted.status_code == 202
    said = accepted.get_json()
    assert (said["action"], said["number"], said["state"], said["to"]) == ("abolish", 1, "open", "abolished")
    assert (said["prepared_by"], said["may_confirm"]) == (PEOPLE["clerk"][0], False)
    assert accepted.headers["ETag"] == f'"{said["version"]}"'
    again = api.ask("clerk", "POST", act, json={}, headers={**seen, "Idempotency-Key": "one"})
    assert (again.status_code, again.get_json()) == (202, said)

    assert api.get("clerk", f"/projects/{project}")["stage"] == "abolition_notice"
    assert api.get("clerk", f"/projects/{project}")["prepared_act"] == 1
    assert api.ask("clerk", "POST", f"{at}/1/confirmation").status_code == 403
    assert "confirm" in [each["task"] for each in api.get("citizen", "/tasks")["items"]]
    assert api.get("citizen", f"{at}/1")["may_confirm"]
    assert api.ask("citizen", "POST", f"{at}/1/confirmation", headers=seen).status_code == 412
    done = api.do("citizen", "POST", f"{at}/1/confirmation", headers=_seen(api, "citizen", project))
    assert (done["stage"], done["prepared_act"]) == ("abolished", None)
    last = api.get("clerk", f"/projects/{project}/history")["items"][-1]
    assert (last["actor"], last["params"]["prepared_by"]) == (PEOPLE["citizen"][0], PEOPLE["clerk"][0])
    assert [each["state"] for each in api.get("clerk", at)["items"]] == ["confirmed"]


def test_what_was_prepared_is_withdrawn(api: Api, project: int) -> None:
    _switch_on(api)
    at = f"/projects/{project}/prepared-acts"
    api.ask("clerk", "POST", f"/projects/{project}/actions/abolish", json={}, headers=_seen(api, "clerk", project))
    withdrawn = api.do("clerk", "POST", f"{at}/1/withdrawal", {"note": "日期有误"})
    assert (withdrawn["state"], withdrawn["settled_by"]) == ("withdrawn", PEOPLE["clerk"][0])
    refused = api.ask("clerk", "POST", f"{at}/1/confirmation")
    assert refused.status_code == 409
    assert [each["code"] for each in refused.get_json()["refusals"]] == ["withdrawn_already"]
    assert api.ask("clerk", "GET", f"{at}/2").status_code == 404


def test_without_the_rule_one_call_is_enough(api: Api, project: int) -> None:
    assert api.act("clerk", project, "abolish")["stage"] == "abolished"


def test_a_correction_is_made_by_an_administrator_and_listed(api: Api, project: int) -> None:
    at, body = f"/projects/{project}/stage-corrections", {"stage": "in_force", "note": "误公示"}
    seen = _seen(api, "clerk", project)
    assert api.ask("clerk", "POST", at, json=body, headers=seen).status_code == 403
    assert api.ask("administrator", "POST", at, json=body).status_code == 428
    assert api.ask("administrator", "POST", at, json={**body, "note": " "}, headers=seen).status_code == 422
    corrected = api.do("administrator", "POST", at, body, headers=seen)
    assert (corrected["stage"], corrected["corrected_on"]) == ("in_force", api.now.day.isoformat())
    listed = api.get("clerk", "/stage-corrections")
    assert (listed["items"][0]["from"], listed["items"][0]["to"]) == ("abolition_notice", "in_force")
    assert (listed["items"][0]["note"], listed["items"][0]["by"]) == ("误公示", PEOPLE["administrator"][0])
    assert api.get("stranger", "/stage-corrections")["total"] == 0


def test_a_correction_takes_two_where_the_rule_says_so(api: Api, project: int) -> None:
    _switch_on(api)
    at, body = f"/projects/{project}/stage-corrections", {"stage": "in_force", "note": "误公示"}
    accepted = api.ask("administrator", "POST", at, json=body, headers=_seen(api, "clerk", project))
    assert (accepted.status_code, accepted.get_json()["action"]) == (202, "stage_corrected")
    assert api.get("clerk", f"/projects/{project}")["stage"] == "abolition_notice"


def test_a_deputy_acts_and_is_named_with_the_principal(api: Api, project: int) -> None:
    assert api.ask("citizen", "GET", f"/projects/{project}/history").status_code == 404
    clerk = api.scene.people["clerk"]
    command = NameDeputy(principal_id=clerk, login="stranger", valid_from=api.now.day, valid_to=api.now.day)
    with api.sessions() as session, unit_of_work(session):
        name_deputy(session, command, actor=api.scene.actor(session, "clerk", api.now), moment=api.now)
    waiting = api.get("stranger", "/tasks")["items"]
    assert {each["on_behalf_of"] for each in waiting} == {PEOPLE["clerk"][0]}
    api.act("stranger", project, "abolish")
    last = api.get("clerk", f"/projects/{project}/history")["items"][-1]
    assert (last["actor"], last["on_behalf_of"]) == (PEOPLE["stranger"][0], PEOPLE["clerk"][0])
    assert last["on_behalf_of_id"] == clerk
