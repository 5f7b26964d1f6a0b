"""The description of the API is valid, complete and true."""

import re
from typing import Any

import pytest
from flask import Flask
from openapi_spec_validator import validate

from standards_wf.api.endpoints import ENDPOINTS, IfMatch
from standards_wf.settings import PROJECT_FOLDER
from tests.api.callers import Api

CONTRACT = {
    "/framework": {"get"},
    "/standards": {"get"},
    "/standards/{standard}": {"get"},
    "/projects": {"get", "post"},
    "/projects/{project_id}": {"get", "patch"},
    "/projects/{project_id}/actions/{action}": {"post"},
    "/projects/{project_id}/drafts": {"get", "post"},
    "/projects/{project_id}/drafts/{number}": {"get"},
    "/projects/{project_id}/documents/{document}": {"get"},
    "/projects/{project_id}/comments": {"get", "post"},
    "/comments/{comment_id}": {"get", "patch"},
    "/projects/{project_id}/ballots": {"get", "post"},
    "/ballots/{ballot_id}": {"get"},
    "/ballots/{ballot_id}/votes": {"get", "post", "put"},
    "/projects/{project_id}/history": {"get"},
    "/tasks": {"get"},
}


@pytest.fixture
def described(api: Api) -> dict[str, Any]:
    found: dict[str, Any] = api.get(None, "/openapi.json")
    return found


def test_it_is_valid(described: dict[str, Any]) -> None:
    assert described["openapi"].startswith("3.1")
    validate(described)


def test_it_has_every_route_of_the_application(described: dict[str, Any], app: Flask) -> None:
    in_app = {
        (rule.rule, method)
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith("/api/v1") and rule.endpoint != "api.openapi"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert in_app == {(f"/api/v1{each.rule}", each.method) for each in ENDPOINTS}
    told = {(path, method.upper()) for path, operations in described["paths"].items() for method in operations}
    assert told == {(f"/api/v1{each.path}", each.method) for each in ENDPOINTS}


def test_it_has_everything_that_was_promised_outside(described: dict[str, Any]) -> None:
    for path, methods in CONTRACT.items():
        assert methods <= set(described["paths"][f"/api/v1{path}"]), path


def test_every_operation_names_its_refusals_and_has_a_name_of_its_own(described: dict[str, Any]) -> None:
    operations = [each for path in described["paths"].values() for each in path.values()]
    assert len({each["operationId"] for each in operations}) == len(operations)
    for each in operations:
        assert {"401", "500", "503"} <= set(each["responses"])
        assert each["summary"]


def test_an_act_asks_for_the_version_that_was_seen(described: dict[str, Any]) -> None:
    act = described["paths"]["/api/v1/projects/{project_id}/actions/{action}"]["post"]
    (seen,) = [each for each in act["parameters"] if each["name"] == "If-Match"]
    assert seen["required"]
    assert {"403", "409", "412", "428"} <= set(act["responses"])


@pytest.mark.parametrize("login", [None, "stranger"])
def test_no_endpoint_lets_a_stranger_in(api: Api, login: str | None) -> None:
    """Whatever is not public answers a visitor with 401, and tells a stranger that there is no such thing."""
    own = {"/tasks", "/deadlines", "/numbers", "/projects", "/reviews", "/stage-corrections", "/suggestions"}
    for each in ENDPOINTS:
        path = each.path
        for name in each.path_names:
            hint = each.hints[name]
            path = path.replace(f"{{{name}}}", "1" if hint in {int, str} else next(iter(hint)).value)
        seen = {} if each.if_match is IfMatch.UNUSED else {"If-Match": "*"}
        answer = api.ask(login, each.method, path, headers=seen)
        if each.is_public:
            assert answer.status_code in {200, 404}, each
        elif login is None:
            assert answer.status_code == 401, each
        elif each.path not in own:
            assert answer.status_code in {404, 415, 422}, (each, answer.text)


def test_only_reading_is_public(described: dict[str, Any]) -> None:
    assert described["paths"]
    for each in ENDPOINTS:
        if each.is_public:
            assert each.method == "GET"
            assert each.if_match is IfMatch.UNUSED


def test_the_page_about_the_api_lists_every_call() -> None:
    page = (PROJECT_FOLDER / "docs" / "api.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `([A-Z]+ /[^`]*)`", page, flags=re.MULTILINE))
    assert listed == {f"{each.method} {each.path}" for each in ENDPOINTS}
