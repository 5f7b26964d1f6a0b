"""The long life through the API: reviews of a year, what is replaced, amendments, endings, what is cited."""

from typing import Any

from sqlalchemy import select

from standards_wf.models.citations import CitationTask
from standards_wf.models.documents import Ending
from standards_wf.models.projects import Project
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind, Stage
from tests.api.callers import Api
from tests.support.effects import publish_lightly


def document(api: Api, serial: int, stage: Stage = Stage.IN_FORCE) -> int:
    """A local standard that is out since today; its number has this serial."""
    with api.sessions() as session, unit_of_work(session):
        project = api.scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=api.now)
        publish_lightly(session, project.id, serial, moment=api.now)
        project.stage = stage
        project.committee_id = api.scene.committees["committee"]
        return project.id


def case(api: Api) -> int:
    """A local standard that a department has applied for."""
    with api.sessions() as session, unit_of_work(session):
        project = api.scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=api.now)
        project.stage = Stage.APPLIED
        return project.id


def refused(api: Api, login: str, method: str, path: str, json: object) -> Any:  # noqa: ANN401  what JSON holds
    answer = api.ask(login, method, path, json=json)
    assert answer.status_code == 422, answer.text
    return answer.get_json()["fields"]


def test_a_project_names_what_it_replaces_and_is_told_what_becomes_of_each(api: Api) -> None:
    document(api, 61)
    document(api, 62, Stage.ABOLISHED)
    new = case(api)
    year = api.now.day.year
    wanted = {
        "replaces": f"DB31/T 61—{year}；DB31/T 60—2019",
        "partly_replaces": [{"number": "GB/T 5—2020", "clauses": "第3章"}],
        "is_revision": True,
    }
    told = api.do("department", "PATCH", f"/projects/{new}", wanted)
    assert told["replaces"] == f"DB31/T 61—{year}"
    assert [(each["number"], each["partial"], each["fate"]) for each in told["replacements"]] == [
        (f"DB31/T 61—{year}", False, "ends"),
        ("DB31/T 60—2019", False, "not_kept"),
        ("GB/T 5—2020", True, "not_kept"),
    ]
    assert "replaces" in refused(api, "department", "PATCH", f"/projects/{new}", {"replaces": f"DB31/T 62—{year}"})
    only = api.do("department", "PATCH", f"/projects/{new}", {"replaces": "DB31/T 60—2019"})
    assert [each["number"] for each in only["replacements"]] == ["DB31/T 60—2019", "GB/T 5—2020"]


def test_a_review_before_its_time_is_refused_by_field_and_listed_with_its_reason(api: Api) -> None:
    document(api, 63)
    (line,) = api.get("clerk", f"/reviews?year={api.now.day.year + 3}")["items"]
    assert (line["state"], line["overdue"]) == ("waiting", False)
    seen = {"If-Match": api.ask("clerk", "GET", line["location"].removeprefix("/api/v1")).headers["ETag"]}
    path = f"/projects/{line['project_id']}/actions/start_review"
    answer = api.ask("clerk", "POST", path, json={}, headers=seen)
    assert answer.status_code == 422
    assert "early_reason" in answer.get_json()["fields"]
    api.act("clerk", line["project_id"], "start_review", early_reason="law_changed", early_grounds="条例修订")
    (line,) = api.get("clerk", "/reviews?state=started")["items"]
    assert (line["early_reason"], line["early_grounds"]) == ("law_changed", "条例修订")
    assert api.get("stranger", "/reviews")["items"] == []


def test_a_revision_that_is_ordered_is_a_case_of_its_own_which_both_name(api: Api) -> None:
    old = document(api, 64)
    api.act("clerk", old, "start_review", early_reason="law_changed", early_grounds="条例修订")
    opinion = {"conclusion": "revise", "grounds": "技术已变化", "implementation": "三十家采用"}
    api.do("department", "PUT", f"/projects/{old}/review_opinion", opinion)
    api.act("clerk", old, "order_revision", announcement="2025年第8号", decided_on=api.now.day.isoformat())
    (review,) = api.get("clerk", f"/projects/{old}/notices")["periodic_reviews"]
    assert (review["decision"], review["implementation"]) == ("2025年第8号", "三十家采用")
    new = api.get("department", f"/projects/{review['successor_id']}")
    assert (new["stage"], new["is_revision"], new["replacements"][0]["fate"]) == ("suggested", True, "ends")
    history = api.get("clerk", f"/projects/{old}/history")["items"]
    assert any(event["params"].get("successor_id") == new["id"] for event in history)


def test_an_amendment_is_drawn_up_and_published_and_shown_with_its_document(api: Api) -> None:
    old = document(api, 65)
    body = {"kind": "amendment", "changes": [{"clause": "4.2", "was": "三十米", "now": "五十米"}]}
    assert "changes" in refused(api, "secretary", "POST", f"/projects/{old}/amendments", {**body, "changes": []})
    made = api.do("secretary", "POST", f"/projects/{old}/amendments", body)
    assert made["number"] is None
    path = f"/projects/{old}/amendments/{made['id']}"
    api.do("secretary", "PUT", path, {**body, "reason": "机位改变"})
    assert api.get(None, f"/standards/{old}")["amendments"] == []
    dates = {"published_on": api.now.day.isoformat(), "effective_on": api.now.day.isoformat()}
    assert api.ask("secretary", "POST", f"{path}/publication", json=dates).status_code == 403
    assert api.do("clerk", "POST", f"{path}/publication", dates)["number"] == 1
    (shown,) = api.get(None, f"/standards/{old}")["amendments"]
    assert (shown["number"], shown["reason"], shown["changes"][0]["now"]) == (1, "机位改变", "五十米")
    assert "amendment" in refused(api, "clerk", "DELETE", path, None)
    other = api.do("secretary", "POST", f"/projects/{old}/amendments", body)
    api.do("secretary", "DELETE", f"/projects/{old}/amendments/{other['id']}")
    assert len(api.get("clerk", f"/projects/{old}/notices")["amendments"]) == 1


def test_what_has_ended_says_how_and_whoever_cites_it_settles_its_task(api: Api) -> None:
    ended, citing = document(api, 66, Stage.ABOLISHED), document(api, 67)
    with api.sessions() as session, unit_of_work(session):
        session.add(Ending(project_id=ended, how=Stage.ABOLISHED, ended_on=api.now.day, reason="国家标准已发布"))
        task = CitationTask(
            project_id=citing,
            ended_project_id=ended,
            cited_number="DB31/T 66",
            dated=False,
            ended_by=Stage.ABOLISHED,
            raised_on=api.now.day,
        )
        session.add(task)
    told = api.get(None, f"/standards/{ended}")
    assert (told["ending"]["how"], told["ending"]["reason"]) == ("abolished", "国家标准已发布")
    assert told["ending"]["sentence"].endswith("起废止。")
    assert api.get(None, f"/standards/{citing}")["ending"] is None
    (open_task,) = api.get("secretary", f"/projects/{citing}/notices")["citations"]
    assert "不注日期引用" in open_task["sentence"]
    assert "note" in refused(
        api, "secretary", "PUT", f"/citations/{open_task['id']}", {"outcome": "amendment", "note": ""}
    )
    settled = {"outcome": "amendment", "note": "改引国家标准"}
    assert api.ask("stranger", "PUT", f"/citations/{open_task['id']}", json=settled).status_code == 404
    api.do("secretary", "PUT", f"/citations/{open_task['id']}", settled)
    with api.sessions() as session:
        assert session.scalars(select(CitationTask.note)).one() == "改引国家标准"
        assert session.get_one(Project, citing).stage is Stage.IN_FORCE
