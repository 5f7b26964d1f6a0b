"""The entrance through the API: suggestions gathered and merged, marks set, decisions of partners, calls and plans."""

import pytest

from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind
from tests.api.callers import Api


@pytest.fixture
def project(api: Api) -> int:
    return a_suggestion(api)


def a_suggestion(api: Api) -> int:
    with api.sessions() as session, unit_of_work(session):
        return api.scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=api.now).id


def test_suggestions_are_merged_all_of_them_or_none(api: Api, project: int) -> None:
    other = a_suggestion(api)
    listed = api.get("department", "/suggestions")["items"]
    assert [row["id"] for row in listed] == [project, other]
    body = {"merged_into": project, "suggestions": [{"id": other, "version": 7}], "note": "内容相同。"}
    assert api.ask("department", "POST", "/suggestions/mergers", json=body).status_code == 409
    body["suggestions"] = [{"id": other, "version": listed[1]["version"]}]
    answer = api.ask("department", "POST", "/suggestions/mergers", json=body)
    assert (answer.status_code, answer.get_json()["id"]) == (200, project)
    (row,) = api.get("department", "/suggestions")["items"]
    assert row["merged"] == 1
    assert api.get("citizen", "/suggestions")["items"] == []


def test_marks_are_set_and_partners_heard(api: Api, project: int) -> None:
    partner = {"province": "jiangsu", "authority": "江苏省市场监督管理局"}
    body = {"fast_track": "emergency", "justification": "", "partners": [partner]}
    refused = api.ask("department", "PUT", f"/projects/{project}/marks", json=body)
    assert (refused.status_code, set(refused.get_json()["fields"])) == (422, {"justification"})
    body["justification"] = "汛期将至。"
    marks = api.ask("department", "PUT", f"/projects/{project}/marks", json=body).get_json()
    assert (marks["fast_track"], marks["granted"], marks["partners"][0]["decision"]) == ("emergency", None, "pending")
    shown = api.get("department", f"/projects/{project}")
    assert (shown["fast_track"], shown["is_joint"]) == ("emergency", True)

    decision = {"decision": "in_favour", "decided_on": "2025-06-02", "document_number": "苏1号"}
    path = f"/projects/{project}/partners"
    assert api.ask("department", "PUT", f"{path}/jiangsu", json=decision).status_code == 403
    assert api.ask("clerk", "PUT", f"{path}/jiangsu", json=decision).get_json()["partners"][0]["document_number"]
    assert api.ask("clerk", "PUT", f"{path}/anhui", json=decision).status_code == 422
    assert api.ask("clerk", "PUT", f"{path}/beijing", json=decision).status_code == 404


def test_calls_and_plans_are_read_without_a_token_and_entries_adjusted_with_one(api: Api, project: int) -> None:
    assert api.get(None, "/calls")["items"] == []
    assert api.get(None, "/plans")["total"] == 0
    assert api.ask(None, "GET", "/plans/1").status_code == 404
    assert api.ask(None, "GET", "/suggestions").status_code == 401
    entry = {"announcement": "示〔2025〕7号", "note": "单位合并。", "drafting_unit": "示例大学"}
    refused = api.ask("clerk", "PATCH", f"/projects/{project}/plan_entry", json=entry)
    assert refused.status_code == 422
