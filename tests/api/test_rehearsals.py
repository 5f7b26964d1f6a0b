"""A dry run over HTTP: the same request as the act, answered without being done."""

import pytest

from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind
from tests.api.callers import Api

DECLINE = "/projects/{}/actions/decline"
DRY = "?dry_run=true"


@pytest.fixture
def project(api: Api) -> int:
    with api.sessions() as session, unit_of_work(session):
        return api.scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=api.now).id


def etag(api: Api, project: int) -> str:
    return api.ask("department", "GET", f"/projects/{project}").headers["ETag"]


def test_a_dry_run_tells_what_the_act_then_does_and_changes_no_etag(api: Api, project: int) -> None:
    seen = etag(api, project)
    told = api.ask("department", "POST", DECLINE.format(project) + DRY, json={"note": "理由"})
    assert told.status_code == 200
    assert told.headers["ETag"] == seen == etag(api, project)
    answer = told.get_json()
    assert (answer["dry_run"], answer["allowed"], answer["from"], answer["to"]) == (
        True,
        True,
        "suggested",
        "rejected",
    )
    assert {"name": "市民", "channels": ["in_app", "mail"]} in answer["recipients"]
    assert answer["needs_confirmation"] is False
    done = api.act("department", project, "decline", note="理由")
    assert done["stage"] == answer["to"]


def test_everything_against_it_is_told_with_where_and_by_whom_it_is_mended(api: Api, project: int) -> None:
    answer = api.do("citizen", "POST", f"/projects/{project}/actions/apply{DRY}", {})
    assert answer["allowed"] is False
    told = {each["reason"]["code"]: each for each in answer["obstacles"]}
    assert told["role_required"]["holders"] == [
        {"role": "competent_department", "name": "行业主管部门经办人", "body": "示例市生态环境局"}
    ]
    assert told["application_incomplete"]["page"] == f"/projects/{project}/application"
    assert "proposer" in told["application_incomplete"]["roles"]


def test_a_dry_run_leaves_its_key_free(api: Api, project: int) -> None:
    headers = {"Idempotency-Key": "one", "If-Match": etag(api, project)}
    for _ in range(2):
        told = api.ask("department", "POST", DECLINE.format(project) + DRY, json={"note": "理由"}, headers=headers)
        assert told.status_code == 200
        assert "Idempotent-Replayed" not in told.headers
    done = api.ask("department", "POST", DECLINE.format(project), json={"note": "理由"}, headers=headers)
    assert done.get_json()["stage"] == "rejected"


@pytest.mark.parametrize(
    ("login", "headers", "body", "status"),
    [
        ("department", {"If-Match": '"77"'}, {}, 412),
        ("department", {}, {"no_such_field": 1}, 422),
        ("department", {}, {"note": "长" * 10_001}, 422),
        ("stranger", {}, {}, 404),
        (None, {}, {}, 401),
    ],
)
def test_what_the_act_would_refuse_for_itself_the_dry_run_refuses_alike(
    api: Api, project: int, login: str | None, headers: dict[str, str], body: dict[str, object], status: int
) -> None:
    path = DECLINE.format(project)
    dry = api.ask(login, "POST", path + DRY, json=body, headers=headers)
    done = api.ask(login, "POST", path, json=body, headers={"If-Match": "*"} | headers)
    assert dry.status_code == done.status_code == status
    assert dry.get_json()["detail"] == done.get_json()["detail"]


def test_only_true_and_false_are_understood(api: Api, project: int) -> None:
    assert api.ask("department", "POST", DECLINE.format(project) + "?dry_run=perhaps", json={}).status_code == 422
    undone = api.ask("department", "POST", DECLINE.format(project) + "?dry_run=false", json={})
    assert undone.status_code == 428  # it is the act itself, which needs its If-Match


@pytest.mark.parametrize(
    "switch", ["?dry_run", "?dry_run=", "?dry_run=true&dry_run=false", "?dry_run=false&dry_run=true"]
)
def test_a_switch_that_is_not_plainly_set_never_does_the_act(api: Api, project: int, switch: str) -> None:
    seen = etag(api, project)
    headers = {"If-Match": seen}
    asked = api.ask("department", "POST", DECLINE.format(project) + switch, json={"note": "理由"}, headers=headers)
    assert (asked.status_code, list(asked.get_json()["fields"])) == (422, ["dry_run"])
    assert etag(api, project) == seen


def test_the_project_tells_its_way_to_publication(api: Api, project: int) -> None:
    way = api.get("secretary", f"/projects/{project}")["way"]
    assert [step["stage"] for step in way["steps"]][-2:] == ["published", "in_force"]
    assert way["published"] == "2025-08-02"
    assert way["steps"][0]["usual"] == {"cases": 0, "median": None, "shortest": None, "longest": None}
    assert way["is_too_late"] is False
