"""What every call has to keep to: tokens, versions, keys, types, pages; and how each no is said."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import hung_up
from standards_wf.errors import Unavailable
from standards_wf.models.consultations import Comment
from standards_wf.models.people import IdempotentAnswer
from standards_wf.models.projects import Project
from standards_wf.services.people import OPERATOR
from standards_wf.services.tokens import CreateToken, create_token, revoke_token
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind
from tests.api.callers import V1, Api, check
from tests.support.scene import NODE, PASSWORD


@pytest.fixture
def project(api: Api) -> int:
    with api.sessions() as session, unit_of_work(session):
        return api.scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=api.now).id


def suggestion(api: Api, **more: object) -> dict[str, object]:
    body: dict[str, object] = {
        "kind": "local_standard",
        "title_zh": "充电桩能效评价",
        "purpose": "统一方法。",
        "node": NODE,
        "competent_department_id": api.scene.organizations["department"],
        "committee_id": api.scene.committees["committee"],
    }
    return body | more


# Tokens


def test_a_token_that_is_unknown_is_refused_even_where_none_is_needed(api: Api) -> None:
    answer = api.ask(None, "GET", "/framework", headers={"Authorization": "Bearer swf_nothing"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="standards-wf", error="invalid_token"'


@pytest.mark.parametrize("header", ["Basic Y2xlcms6eA==", "Bearer", "Bearer  ", "nonsense", "Bearer \udcff"])
def test_whatever_else_stands_in_the_header_is_no_token(api: Api, header: str) -> None:
    sent = {"Authorization": header.encode("utf-8", "surrogateescape").decode("latin-1")}
    assert api.ask(None, "GET", "/tasks", headers=sent).status_code == 401


def test_a_token_that_was_revoked_opens_nothing(api: Api) -> None:
    with api.sessions() as session, unit_of_work(session):
        command = CreateToken(person_id=api.scene.people["clerk"], name="old")
        made = create_token(session, command, actor=OPERATOR, moment=api.now)
        revoke_token(session, made.id, actor=OPERATOR, moment=api.now)
    assert api.ask(None, "GET", "/tasks", headers={"Authorization": f"Bearer {made.secret}"}).status_code == 401


def test_a_token_ends_on_its_day(api: Api) -> None:
    with api.sessions() as session, unit_of_work(session):
        command = CreateToken(
            person_id=api.scene.people["clerk"], name="short", expires_at=api.now.at + timedelta(hours=1)
        )
        secret = create_token(session, command, actor=OPERATOR, moment=api.now).secret
    sent = {"Authorization": f"Bearer {secret}"}
    assert api.ask(None, "GET", "/tasks", headers=sent).status_code == 200
    api.clock.advance(timedelta(hours=2))
    assert api.ask(None, "GET", "/tasks", headers=sent).status_code == 401


def test_the_session_of_a_browser_authorises_nothing(api: Api, project: int) -> None:
    browser = api.app.test_client()
    form = browser.get("/login").get_data(as_text=True)
    token = form.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    logged_in = browser.post("/login", data={"login": "clerk", "password": PASSWORD, "csrf_token": token})
    assert logged_in.status_code == 302
    assert browser.get("/desk").status_code == 200
    for answer in (
        browser.post(f"{V1}/projects/{project}/actions/decline", json={"note": "x"}, headers={"If-Match": '"1"'}),
        browser.patch(f"{V1}/projects/{project}", json={"title_zh": "y"}),
        browser.get(f"{V1}/tasks"),
    ):
        check(answer)
        assert answer.status_code == 401


def test_a_call_with_a_token_needs_no_csrf_token(api: Api) -> None:
    assert api.ask("citizen", "POST", "/projects", json=suggestion(api)).status_code == 201


# Who may see, who may act


def test_a_stranger_is_told_that_a_project_is_not_found(api: Api, project: int) -> None:
    for path in ("", "/drafts", "/papers", "/comments", "/ballots", "/review", "/history", "/publication", "/notices"):
        assert api.ask("stranger", "GET", f"/projects/{project}{path}").status_code == 404
    refused = api.ask("stranger", "PATCH", f"/projects/{project}", json={"title_zh": "meins"})
    assert refused.status_code == 404


def test_somebody_who_may_see_but_not_act_is_told_whose_act_it_is(api: Api, project: int) -> None:
    answer = api.ask(
        "citizen", "POST", f"/projects/{project}/actions/decline", json={"note": "x"}, headers={"If-Match": "*"}
    )
    assert answer.status_code == 403
    assert "role_required" in [reason["code"] for reason in answer.get_json()["refusals"]]


def test_an_act_that_cannot_be_done_now_is_refused_with_every_reason(api: Api, project: int) -> None:
    answer = api.ask("department", "POST", f"/projects/{project}/actions/apply", headers={"If-Match": "*"})
    assert answer.status_code == 409
    (reason,) = answer.get_json()["refusals"]
    assert reason["code"] == "application_incomplete"
    assert "drafting_units" in reason["params"]["fields"]
    elsewhere = api.ask("clerk", "POST", f"/projects/{project}/actions/publish", headers={"If-Match": "*"})
    assert elsewhere.status_code == 409
    assert elsewhere.get_json()["refusals"][0]["code"] == "not_from_this_stage"


def test_a_project_says_what_may_be_done_next_with_the_fields_that_it_takes(api: Api, project: int) -> None:
    actions = {each["action"]: each for each in api.get("department", f"/projects/{project}")["actions"]}
    assert not actions["apply"]["allowed"]
    assert actions["apply"]["refusals"][0]["code"] == "application_incomplete"
    assert actions["decline"]["allowed"]
    assert actions["decline"]["note_required"]
    assert actions["decline"]["roles"]


# Versions


def test_an_act_without_the_version_seen_is_sent_back(api: Api, project: int) -> None:
    answer = api.ask("department", "POST", f"/projects/{project}/actions/decline", json={"note": "x"})
    assert answer.status_code == 428


@pytest.mark.parametrize("seen", ['"0"', '"999"', '"nonsense"', '"1", "2"', 'W/"1"', '"99999999999999999999"'])
def test_an_act_on_a_version_that_is_not_the_last_is_refused(api: Api, project: int, seen: str) -> None:
    answer = api.ask(
        "department", "POST", f"/projects/{project}/actions/decline", json={"note": "x"}, headers={"If-Match": seen}
    )
    assert answer.status_code == 412
    assert answer.headers["ETag"] == '"1"'
    assert api.get("department", f"/projects/{project}")["stage"] == "suggested"


def test_a_change_answers_with_the_new_version(api: Api, project: int) -> None:
    before = api.ask("department", "GET", f"/projects/{project}")
    after = api.ask(
        "department",
        "PATCH",
        f"/projects/{project}",
        json={"scope": "适用于充电桩。"},
        headers={"If-Match": before.headers["ETag"]},
    )
    assert after.headers["ETag"] == f'"{after.get_json()["version"]}"' != before.headers["ETag"]
    stale = api.ask(
        "department",
        "PATCH",
        f"/projects/{project}",
        json={"scope": "不同。"},
        headers={"If-Match": before.headers["ETag"]},
    )
    assert stale.status_code == 412


# Idempotency


def count_projects(sessions: sessionmaker[Session]) -> int:
    with sessions() as session:
        return session.scalar(select(func.count()).select_from(Project)) or 0


def test_a_write_that_is_sent_again_with_its_key_is_done_once(api: Api) -> None:
    sent = {"Idempotency-Key": "one"}
    first = api.ask("citizen", "POST", "/projects", json=suggestion(api), headers=sent)
    second = api.ask("citizen", "POST", "/projects", json=suggestion(api), headers=sent)
    assert (second.status_code, second.get_json()) == (first.status_code, first.get_json())
    assert second.headers["Location"] == first.headers["Location"]
    assert second.headers["ETag"] == first.headers["ETag"]
    assert second.headers["Idempotent-Replayed"] == "true"
    assert count_projects(api.sessions) == 1


def test_a_key_that_was_used_for_another_request_is_refused(api: Api) -> None:
    sent = {"Idempotency-Key": "one"}
    api.ask("citizen", "POST", "/projects", json=suggestion(api), headers=sent)
    other = api.ask("citizen", "POST", "/projects", json=suggestion(api, title_zh="另一个"), headers=sent)
    assert other.status_code == 422
    assert other.get_json()["fields"]["Idempotency-Key"]["code"] == "key_used_before"
    assert count_projects(api.sessions) == 1


def test_the_same_key_of_somebody_else_is_another_key(api: Api) -> None:
    sent = {"Idempotency-Key": "one"}
    api.ask("citizen", "POST", "/projects", json=suggestion(api), headers=sent)
    assert api.ask("department", "POST", "/projects", json=suggestion(api), headers=sent).status_code == 201
    assert count_projects(api.sessions) == 2


def test_a_refused_write_leaves_its_key_free(api: Api) -> None:
    sent = {"Idempotency-Key": "one"}
    assert api.ask("citizen", "POST", "/projects", json={}, headers=sent).status_code == 422
    assert api.ask("citizen", "POST", "/projects", json=suggestion(api), headers=sent).status_code == 201


def test_an_act_is_not_done_twice_by_a_repeated_request(api: Api, project: int) -> None:
    path, sent = f"/projects/{project}/actions/decline", {"Idempotency-Key": "no", "If-Match": '"1"'}
    first = api.ask("department", "POST", path, json={"note": "不采纳。"}, headers=sent)
    again = api.ask("department", "POST", path, json={"note": "不采纳。"}, headers=sent)
    assert first.status_code == again.status_code == 200
    assert api.get("department", f"/projects/{project}/history")["total"] == 2


def test_the_same_upload_has_the_same_key_whatever_the_boundary_of_its_form(api: Api, project: int) -> None:
    pdf = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
    path, sent = f"/projects/{project}/papers/application_form", {"Idempotency-Key": "form"}
    answers = [api.ask("department", "POST", path, files={"file": ("申报书.pdf", pdf)}, headers=sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [201, 201]
    assert len(api.get("department", f"/projects/{project}/papers")["items"]) == 1


@pytest.mark.parametrize("key", ["", " ", "x" * 201])
def test_a_key_that_cannot_be_one_is_refused(api: Api, key: str) -> None:
    answer = api.ask("citizen", "POST", "/projects", json=suggestion(api), headers={"Idempotency-Key": key})
    assert answer.status_code == 422


def test_answers_are_forgotten_after_a_week(api: Api) -> None:
    api.ask("citizen", "POST", "/projects", json=suggestion(api), headers={"Idempotency-Key": "old"})
    api.clock.advance(timedelta(days=8))
    api.ask("citizen", "POST", "/projects", json=suggestion(api), headers={"Idempotency-Key": "new"})
    with api.sessions() as session:
        assert session.scalars(select(IdempotentAnswer.key)).all() == ["new"]


# What a request says


@pytest.mark.parametrize(
    ("more", "name", "code"),
    [
        ({"kind": "novel"}, "kind", "not_a_choice"),
        ({"title_zh": 3}, "title_zh", "not_a_string"),
        ({"title_zh": ""}, "title_zh", "required"),
        ({"title_zh": "x\x00y"}, "title_zh", "not_text"),
        ({"title_zh": "\ud800"}, "title_zh", "not_text"),
        ({"title_zh": "长" * 501}, "title_zh", "too_long"),
        ({"committee_id": "1"}, "committee_id", "not_an_integer"),
        ({"committee_id": 2**40}, "committee_id", "not_an_integer"),
        ({"committee_id": True}, "committee_id", "not_an_integer"),
        ({"committee_id": 99999}, "committee_id", "not_a_choice"),
        ({"is_revision": "yes"}, "is_revision", "not_a_boolean"),
        ({"drafting_units": "一个"}, "drafting_units", "not_a_list"),
        ({"drafters": [{"unit": "x"}]}, "drafters[0].name", "required"),
        ({"drafters": ["x"]}, "drafters[0]", "not_an_object"),
        ({"stage": "in_force"}, "stage", "no_such_field"),
        ({"node": "X9"}, "framework_node", "not_a_choice"),
    ],
)
def test_a_value_that_cannot_be_accepted_is_named(api: Api, more: dict[str, object], name: str, code: str) -> None:
    answer = api.ask("citizen", "POST", "/projects", json=suggestion(api, **more))
    assert answer.status_code == 422
    assert answer.get_json()["fields"][name]["code"] == code
    assert count_projects(api.sessions) == 0


def test_every_mistake_is_named_at_once(api: Api) -> None:
    answer = api.ask("citizen", "POST", "/projects", json={"kind": "novel", "colour": "red"})
    assert set(answer.get_json()["fields"]) == {"kind", "colour", "title_zh", "purpose"}


@pytest.mark.parametrize("body", [b"{", b"[1]", b'"x"', b"\xff", b'{"a": NaN}', b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(api: Api, body: bytes) -> None:
    answer = api.app.test_client().post(
        f"{V1}/projects",
        data=body,
        content_type="application/json",
        headers={"Authorization": f"Bearer {api.token_of('citizen')}"},
    )
    check(answer)
    assert answer.status_code == 422


@pytest.mark.parametrize("media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_a_body_of_another_kind_is_refused(api: Api, media_type: str) -> None:
    answer = api.app.test_client().post(
        f"{V1}/projects",
        data=b"kind=local_standard",
        content_type=media_type,
        headers={"Authorization": f"Bearer {api.token_of('citizen')}"},
    )
    check(answer)
    assert answer.status_code == 415


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"note": 3}, "note"),
        ({"colour": "red"}, "colour"),
        ({"closes_on": "tomorrow"}, "closes_on"),
        ({"closes_on": "20260101"}, "closes_on"),
        ({"closes_on": "2026-W01-1"}, "closes_on"),
    ],
)
def test_a_field_that_an_act_does_not_take_is_named(
    api: Api, project: int, fields: dict[str, object], name: str
) -> None:
    path = f"/projects/{project}/actions/open_consultation"
    answer = api.ask("secretary", "POST", path, json=fields, headers={"If-Match": "*"})
    assert answer.status_code == 422
    assert name in answer.get_json()["fields"]


@pytest.mark.parametrize(
    "query", ["per_page=101", "per_page=0", "page=0", "page=x", "page=99999999999999999999", "colour=red", "stage=x"]
)
def test_a_parameter_that_is_not_understood_is_refused(api: Api, query: str) -> None:
    assert api.ask("clerk", "GET", f"/projects?{query}").status_code == 422


def test_a_list_comes_in_pages(api: Api) -> None:
    with api.sessions() as session, unit_of_work(session):
        for number in range(5):
            api.scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=api.now, title=f"标准{number}")
    pages = [api.get("clerk", f"/projects?per_page=2&page={page}") for page in (1, 2, 3, 4)]
    assert [len(page["items"]) for page in pages] == [2, 2, 1, 0]
    assert {(page["total"], page["per_page"]) for page in pages} == {(5, 2)}
    assert len({item["id"] for page in pages for item in page["items"]}) == 5


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/projects/0", 404),
        ("GET", "/projects/99999999999999999999", 404),
        ("GET", "/projects/x", 404),
        ("DELETE", "/projects/1", 405),
        ("POST", "/framework", 405),
        ("POST", "/projects/1/actions/dance", 404),
        ("GET", "/standards/DB31T99999-2025", 404),
        ("GET", "/standards/99999999999999999999", 404),
        ("GET", "/standards/%00", 404),
    ],
)
def test_an_address_or_a_method_that_is_not_there_is_a_problem_too(
    api: Api, method: str, path: str, status: int
) -> None:
    answer = api.ask("clerk", method, path, headers={"If-Match": "*"})
    assert answer.status_code == status
    if status == 405:
        assert "GET" in answer.headers["Allow"]


def test_a_file_that_is_too_large_is_a_problem_too(api: Api, project: int) -> None:
    api.app.config["MAX_CONTENT_LENGTH"] = 1000
    path = f"/projects/{project}/papers/application_form"
    assert api.ask("department", "POST", path, files={"file": ("x.pdf", b"x" * 2000)}).status_code == 413


def test_a_hostile_upload_gets_a_sentence(api: Api, project: int) -> None:
    path = f"/projects/{project}/papers/application_form"
    answer = api.ask("department", "POST", path, files={"file": ("申报书.docx", b"MZ\x90\x00" * 100)})
    assert answer.status_code == 422
    assert answer.get_json()["fields"]["file"]["code"] == "upload_wrong_kind"


def test_a_paper_needs_a_file_or_the_wish_to_have_it_made(api: Api, project: int) -> None:
    answer = api.ask("department", "POST", f"/projects/{project}/papers/explanatory_note", json={})
    assert answer.get_json()["fields"]["file"]["code"] == "generate_or_file"


def test_a_mistake_of_ours_is_told_without_particulars(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_args: object, **_more: object) -> None:
        raise RuntimeError("secret particulars")

    monkeypatch.setattr("standards_wf.api.resources.framework.counted_nodes", fall)
    answer = api.ask(None, "GET", "/framework")
    assert answer.status_code == 500
    assert "secret" not in answer.text


def test_a_part_that_does_not_answer_is_told_as_such(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*_args: object, **_more: object) -> None:
        raise Unavailable("database")

    monkeypatch.setattr("standards_wf.api.resources.framework.counted_nodes", fall)
    assert api.ask(None, "GET", "/framework").status_code == 503


def test_the_sentences_come_in_the_language_that_is_asked_for(api: Api, project: int) -> None:
    titles = {
        language: api.ask("stranger", "GET", f"/projects/{project}", headers={"Accept-Language": language}).get_json()
        for language in ("zh-CN,zh;q=0.9", "en-GB,en;q=0.9", "fr")
    }
    assert titles["en-GB,en;q=0.9"]["title"] == "Not found"
    assert titles["zh-CN,zh;q=0.9"]["title"] == titles["fr"]["title"] == "没有找到"
    nowhere = api.ask(None, "GET", "/nothing", headers={"Accept-Language": "en"}).get_json()
    assert nowhere["detail"] == "There is no such address."


def test_a_form_that_is_not_offered_is_told(api: Api, project: int) -> None:
    answer = api.ask("clerk", "GET", f"/projects/{project}/documents/explanatory_note", headers={"Accept": "image/png"})
    assert answer.status_code in {406, 422}


# Comments


def test_a_comment_needs_an_open_consultation(api: Api, project: int) -> None:
    sent: dict[str, Any] = {"text": "建议"}
    assert api.ask("citizen", "POST", f"/projects/{project}/comments", json=sent).status_code == 404
    with api.sessions() as session:
        assert session.scalar(select(func.count()).select_from(Comment)) == 0


# Many at once


def test_of_equal_requests_at_the_same_moment_one_is_done_and_all_are_answered_alike(api: Api) -> None:
    api.token_of("citizen")
    body, sent = suggestion(api), {"Idempotency-Key": "together"}

    def send(_number: int) -> tuple[int, int]:
        with hung_up(api.clock):
            answer = api.ask("citizen", "POST", "/projects", json=body, headers=sent)
        return answer.status_code, answer.get_json()["id"]

    with ThreadPoolExecutor(8) as threads:
        answers = set(threads.map(send, range(8)))
    assert len(answers) == 1
    assert count_projects(api.sessions) == 1


def test_of_many_who_act_on_the_same_version_one_succeeds(api: Api, project: int) -> None:
    api.token_of("department")
    path = f"/projects/{project}/actions/decline"

    def decline(number: int) -> int:
        with hung_up(api.clock):
            sent = {"If-Match": '"1"'}
            return api.ask("department", "POST", path, json={"note": f"理由{number}"}, headers=sent).status_code

    with ThreadPoolExecutor(8) as threads:
        statuses = sorted(threads.map(decline, range(8)))
    assert statuses == [200, *[412] * 7]
