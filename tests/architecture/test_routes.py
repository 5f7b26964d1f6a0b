"""Every address has a guard: who may open what is written down here, and a new address fails until somebody decides."""

import re
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from flask import Flask, url_for
from sqlalchemy.orm import Session
from werkzeug.routing import IntegerConverter, Rule

from standards_wf.api.endpoints import ENDPOINTS
from standards_wf.clock import Moment
from standards_wf.request import db
from standards_wf.services.tokens import CreateToken, create_token
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind
from tests.support.client import Browser, hold_to_what_pages_promise
from tests.support.scene import Scene

ROOT = Path(__file__).resolve().parents[2]
Browse = Callable[..., Browser]

VISITORS_READ = {
    "/": "what is open, what came out",
    "/announced/<int:file_id>": "the documents of calls and plans; its own door decides",
    "/calls": "what suggestions are asked for",
    "/calls/<int:call_id>": "a call, once it is published",
    "/consultations": "rounds that run",
    "/consultations/<int:round_id>": "the text put to everybody",
    "/consultations/<int:round_id>/thanks/<int:number>": "the receipt for a comment",
    "/dashboard": "the figures of the plan",
    "/feeds/consultations.atom": "for readers of news",
    "/feeds/plans.atom": "for readers of news",
    "/feeds/publications.atom": "for readers of news",
    "/figures": "sums only, which name no person",
    "/figures/<table>.csv": "the same for a spreadsheet",
    "/figures/white-paper": "leads to the year that ended last",
    "/figures/white-paper/<int:year>": "what the register knows of a year",
    "/figures/white-paper/<int:year>.csv": "the same for a spreadsheet",
    "/framework": "the framework of standards",
    "/framework/<code>": "a node of it",
    "/help/numbers": "how numbers are written, and a field that reads them",
    "/help/procedure": "the procedure explains itself",
    "/help/procedure/<kind>": "the procedure explains itself",
    "/help/procedure/<kind>.<language>.svg": "drawn",
    "/language/<language>": "the interface in the other language",
    "/login": "the way in",
    "/notices/<int:notice_id>": "what is announced before it is decided",
    "/review-decisions/<int:decision_id>": "the paper that decides on periodic reviews is announced",
    "/plans": "the plans are published",
    "/plans/<int:plan_id>": "a plan and what became of its projects",
    "/search": "full texts are free to read",
    "/standards": "what came out",
    "/standards/<number>/announcement": "an announcement is public",
    "/standards/<path:number>": "full texts are free to read",
    "/static/<path:filename>": "style and scripts",
    "/suggest": "everybody may suggest a standard",
    "/suggest/thanks": "the receipt for a suggestion",
    "/suggestions/confirm/<secret>": "whoever has the mailed link; looking confirms nothing",
    "/suggestions/follow/<secret>": "whoever has the mailed link",
    "/files/drafts/<int:project_id>/<int:number>.<form>": "public once put to consultation; its own door decides",
    "/files/drafts/<int:project_id>/<int:number>/pictures/<name>": "the same door as the text in which it stands",
    "/healthz": "whether the process lives",
    "/readyz": "whether it can work",
    "/metrics": "figures without names; the proxy keeps it inside, as the page of operations says",
}
VISITORS_SEND = {
    "/login": "the way in",
    "/logout": "ends nothing but the own session",
    "/suggest": "everybody may suggest a standard",
    "/suggestions/confirm/<secret>": "whoever has the mailed link",
    "/consultations/<int:round_id>": "everybody may comment",
    "/notices/<int:notice_id>": "everybody may object",
}
VISITORS_CALL = {
    ("GET", "/standards"),
    ("GET", "/standards/{standard}"),
    ("GET", "/figures"),
    ("GET", "/figures/white-paper/{year}"),
    ("GET", "/calls"),
    ("GET", "/calls/{call_id}"),
    ("GET", "/plans"),
    ("GET", "/plans/{plan_id}"),
    ("GET", "/framework"),
    ("GET", "/calendar.ics"),
    ("GET", "/organizations"),
    ("GET", "/committees"),
    ("GET", "/projects/{project_id}/drafts/{number}"),
}
"""What programs may call without a token: what visitors read on the pages; whoever sends something says who he is."""
API = "/api/v1"
VALUES = {
    "action": "decline",
    "form": "docx",
    "paper": "explanatory_note",
    "language": "en",
    "document": "comment_table",
}


@pytest.fixture
def project(session: Session, scene: Scene, moment: Moment) -> int:
    """A case that there is, so that "not found" is an answer of the door and not of the database."""
    with unit_of_work(session):
        return scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment).id


def rules(app: Flask, method: str, *, api: bool = False) -> Iterator[Rule]:
    for rule in app.url_map.iter_rules():
        if method in (rule.methods or set()) and rule.rule.startswith(API) == api:
            yield rule


def address_of(app: Flask, rule: Rule, project: int) -> str:
    values = {
        name: project
        if name == "project_id"
        else 1
        if isinstance(rule._converters[name], IntegerConverter)
        else VALUES.get(name, "x")
        for name in rule.arguments
    }
    with app.test_request_context():
        return url_for(rule.endpoint, **values)  # type: ignore[arg-type]  # of whatever type each address takes


def test_what_a_visitor_may_read_is_a_decision_and_everything_else_leads_to_the_login(
    app: Flask, browse: Browse, project: int
) -> None:
    visitor = browse().client
    open_to_visitors = {
        rule.rule
        for rule in rules(app, "GET")
        if not visitor.get(address_of(app, rule, project), buffered=True)
        .headers.get("Location", "")
        .startswith("/login?next=")
    }
    assert open_to_visitors == set(VISITORS_READ)


def test_what_a_visitor_may_send_is_a_decision_and_everything_else_leads_to_the_login(
    app: Flask, browse: Browse, project: int
) -> None:
    open_to_visitors = set()
    for rule in rules(app, "POST"):
        visitor = browse()
        token = {"csrf_token": visitor.get("/login").form("/login")["csrf_token"]}
        answer = visitor.client.post(address_of(app, rule, project), data=token)
        assert answer.status_code != 400, rule
        if not answer.headers.get("Location", "").startswith("/login?next="):
            open_to_visitors.add(rule.rule)
    assert open_to_visitors == set(VISITORS_SEND)


@pytest.mark.parametrize("login", [None, "administrator", "secretary"])
def test_nothing_is_taken_from_a_form_without_the_token_of_a_page(
    app: Flask, browse: Browse, project: int, login: str | None
) -> None:
    browser = browse(login)
    for rule in rules(app, "POST"):
        page = browser.post(address_of(app, rule, project), {"expected_version": "1"}, status=400)
        assert "表单已失效" in page.text, rule


def test_pages_are_only_read_or_posted_to(app: Flask) -> None:
    pages = [rule for rule in app.url_map.iter_rules() if not rule.rule.startswith(API)]
    assert {method for rule in pages for method in rule.methods or ()} == {"GET", "HEAD", "OPTIONS", "POST"}


def test_what_a_program_may_call_without_a_token_is_a_decision(app: Flask, browse: Browse, project: int) -> None:
    assert {(each.method, each.path) for each in ENDPOINTS if each.is_public} == VISITORS_CALL
    visitor = browse("administrator").client  # whose session counts for nothing here
    public = {API + re.sub(r"{(\w+)}", r"<\1>", path) for _, path in VISITORS_CALL} | {f"{API}/openapi.json"}
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
        for rule in rules(app, method, api=True):
            answer = visitor.open(address_of(app, rule, project), method=method, json={})
            plain = re.sub(r"<(?:\w+(?:\(.*?\))?:)?(\w+)>", r"<\1>", rule.rule)
            asked_for_a_token = answer.status_code == 401
            assert asked_for_a_token or plain in public, (method, rule, answer.status_code)
            assert not asked_for_a_token or answer.headers["WWW-Authenticate"].startswith("Bearer")


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stranger_is_told_that_there_is_no_such_project_wherever_he_asks(
    app: Flask, browse: Browse, project: int, method: str
) -> None:
    stranger, asked = browse("stranger"), 0
    token = {"csrf_token": stranger.get("/desk").form("/logout")["csrf_token"], "expected_version": "1"}
    for rule in rules(app, method):
        if "project_id" in rule.arguments:
            answer = stranger.client.open(address_of(app, rule, project), method=method, data=token)
            assert answer.status_code == 404, (rule, answer.status_code, answer.headers.get("Location"))
            assert "电动汽车" not in answer.get_data(as_text=True)
            asked += 1
    assert asked > 15


def test_a_stranger_with_a_token_is_told_the_same(
    app: Flask, browse: Browse, project: int, scene: Scene, moment: Moment
) -> None:
    tokens = {}
    for login in ("stranger", "secretary"):
        with app.app_context(), unit_of_work(db.session()) as session:
            command = CreateToken(person_id=scene.people[login], name="程序", expires_at=None)
            tokens[login] = create_token(
                session, command, actor=scene.actor(session, login, moment), moment=moment
            ).secret
    client, seen_by_the_secretary = browse().client, 0
    for rule in rules(app, "GET", api=True):
        if "project_id" in rule.arguments:
            address = address_of(app, rule, project)
            answers = {
                login: client.get(address, headers={"Authorization": f"Bearer {token}"}).status_code
                for login, token in tokens.items()
            }
            assert answers["stranger"] == 404, (rule, answers)
            seen_by_the_secretary += answers["secretary"] == 200
    assert seen_by_the_secretary > 5


@pytest.mark.parametrize("login", [None, "administrator"])
def test_no_answer_of_any_kind_comes_without_the_headers_that_keep_it_safe(
    app: Flask, browse: Browse, project: int, login: str | None
) -> None:
    client = browse(login).client
    addresses = [
        *(address_of(app, rule, project) for rule in app.url_map.iter_rules() if "GET" in (rule.methods or set())),
        "/static/css/site.css",
        "/there-is-no-such-page",
        "/api/v1/there-is-no-such-thing",
    ]
    answers = [client.get(address, buffered=True) for address in addresses] + [
        client.post("/logout"),
        client.delete("/search"),
    ]
    assert {401, 404, 400, 405} <= {answer.status_code for answer in answers}
    for answer in answers:
        headers = answer.headers
        policy = headers.get("Content-Security-Policy", "")
        assert "default-src 'self'" in policy, answer.request.path
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers.get("Cache-Control"), answer.request.path
        if answer.mimetype == "text/html" and not answer.location:
            hold_to_what_pages_promise(answer.get_data(as_text=True))


def test_a_page_that_breaks_is_safe_too_and_says_nothing_of_its_inside(app: Flask, browse: Browse) -> None:
    def breaks() -> str:
        raise ZeroDivisionError

    app.view_functions["public.dashboard"] = breaks
    page = browse().get("/dashboard", status=500)
    assert "ZeroDivisionError" not in page.html
    assert page.response.headers["X-Content-Type-Options"] == "nosniff"


def test_what_a_session_sees_is_kept_by_no_cache_on_the_way(browse: Browse) -> None:
    for address in ("/desk", "/projects", "/admin/people", "/account"):
        control = browse("administrator").get(address).response.headers["Cache-Control"]
        assert "private" in control or "no-store" in control, address


def test_style_and_scripts_have_addresses_that_change_with_their_content(browse: Browse) -> None:
    visitor = browse()
    named = re.findall(r'(?:src|href)="(/static/[^"]+)"', visitor.get("/").html)
    assert len(named) >= 4
    for address in named:
        path, _, version = address.partition("?v=")
        content = (ROOT / path.lstrip("/")).read_bytes()
        assert version == sha256(content).hexdigest()[:12], address
        answer = visitor.client.get(address, buffered=True)
        assert answer.data == content
        assert "max-age=31536000" in answer.headers["Cache-Control"]
