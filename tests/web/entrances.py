"""The three entrances of an installation side by side: what each says of an act before it is done, and when it is asked for."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape

from click.testing import CliRunner

from standards_wf.cli.main import standards_wf
from tests.api.callers import Api
from tests.support.client import Browser

Fields = Mapping[str, object]
_ITEM = re.compile(r'href="/projects/\d+/actions/(\w+)/preview"')
_BUTTON = re.compile(r'<a class="button[^"]*" href="/projects/\d+/actions/(\w+)"')
_MISSING = re.compile(r"<li>(?:<svg.*?</svg>)?<span>(.*?)</span></li>", re.DOTALL)
_LISTED = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Said:
    """What came of an act: `done`, `refused`, `invalid` or `not found`, and every reason as it was said."""

    outcome: str
    reasons: tuple[str, ...] = ()
    codes: tuple[str, ...] | None = field(default=None, compare=False)
    """A page has sentences and no codes."""


@dataclass(frozen=True)
class Offered:
    """An act as it is offered before it is asked for: open or not, and what is missing besides the person."""

    is_open: bool
    missing: tuple[str, ...]


class Entrances:
    """Page, API and command line, used by anybody of the scene."""

    def __init__(self, browse: Callable[[str | None], Browser], api: Api, version_of: Callable[[int], int]) -> None:
        self._browse, self._api, self._version_of = browse, api, version_of
        self._browsers: dict[str, Browser] = {}
        self._tokens: dict[str, str] = {}

    def _browser(self, login: str) -> Browser:
        if login not in self._browsers:
            self._browsers[login] = self._browse(login)
            page = self._browsers[login].client.get("/desk").text
            found = re.search(r'name="csrf_token" value="([^"]+)"', page)
            assert found
            self._tokens[login] = found[1]
        return self._browsers[login]

    # What is offered.

    def page_offers(self, login: str, project: int) -> dict[str, Offered] | None:
        """The acts on the page of a project; `None` where the page is not found."""
        answer = self._browser(login).client.get(f"/projects/{project}")
        if answer.status_code == 404:
            return None
        html = answer.text
        buttons = set(_BUTTON.findall(html))
        offered, begin = {}, html.find('<ul class="actions">')
        for found in _ITEM.finditer(html):
            item = html[begin : found.start()].rsplit("<h3>", 1)[-1]
            missing = () if found[1] in buttons else tuple(_said(each) for each in _MISSING.findall(item))
            offered[found[1]] = Offered(found[1] in buttons, missing)
            begin = found.end()
        return offered

    def api_offers(self, login: str, project: int) -> dict[str, Offered] | None:
        answer = self._api.ask(login, "GET", f"/projects/{project}")
        return None if answer.status_code == 404 else _offers(answer.get_json()["actions"])

    def command_offers(self, login: str, project: int) -> dict[str, Offered] | None:
        told = self._run("show", project, "--as", login)
        return None if "error" in told else _offers(told["actions"])

    # What is done.

    def by_page(self, login: str, project: int, action: str, fields: Fields) -> Said:
        browser = self._browser(login)
        sent = {"csrf_token": self._tokens[login], "expected_version": self._version_of(project), **fields}
        answer = browser.client.post(f"/projects/{project}/actions/{action}", data=sent)
        if answer.status_code == 302:
            return Said("done")
        if answer.status_code == 404:
            return Said("not found")
        main = answer.text[answer.text.index("<main") :]
        found = re.search(r'<ul class="list">(.*?)</ul>', main, re.DOTALL)
        reasons = tuple(_said(each) for each in _LISTED.findall(found[1])) if found else ()
        return Said("invalid" if answer.status_code == 422 else "refused", reasons)

    def by_api(self, login: str, project: int, action: str, fields: Fields) -> Said:
        path = f"/projects/{project}/actions/{action}"
        answer = self._api.ask(login, "POST", path, json=dict(fields), headers={"If-Match": "*"})
        told = answer.get_json()
        if answer.status_code == 200:
            return Said("done")
        if answer.status_code == 404:
            return Said("not found")
        return _refused(told, "invalid" if answer.status_code == 422 else "refused")

    def by_command(self, login: str, project: int, action: str, fields: Fields) -> Said:
        told = self._act(login, project, action, fields)
        return _of_error(told) if "error" in told else Said("done")

    def told_by_api(self, login: str, project: int, action: str, fields: Fields) -> Said:
        """What a dry run says of the act."""
        path = f"/projects/{project}/actions/{action}?dry_run=true"
        answer = self._api.ask(login, "POST", path, json=dict(fields))
        told = answer.get_json()
        if answer.status_code != 200:
            return Said("not found") if answer.status_code == 404 else _refused(told, "invalid")
        if told["allowed"]:
            return Said("done")
        reasons = [each["reason"] for each in told["obstacles"]]
        return Said("refused", tuple(each["message"] for each in reasons), tuple(each["code"] for each in reasons))

    def told_by_command(self, login: str, project: int, action: str, fields: Fields) -> Said:
        """What the dry run of the command says of the act."""
        told = self._act(login, project, action, fields, "--dry-run")
        if "error" in told:
            return _of_error(told)
        return Said("done") if told["allowed"] else _refused(told, "refused")

    def _act(self, login: str, project: int, action: str, fields: Fields, *more: str) -> dict[str, object]:
        typed = [part for name, value in fields.items() if name != "note" for part in ("--field", f"{name}={value}")]
        return self._run("act", project, action, "--as", login, "--note", fields.get("note", ""), *typed, *more)

    @staticmethod
    def _run(*args: object) -> dict[str, object]:
        given = [*(str(each) for each in args), "--json"]
        result = CliRunner().invoke(standards_wf, given, prog_name="standards-wf")
        told: dict[str, object] = json.loads(result.stdout)
        assert result.exit_code == (1 if "error" in told or told.get("allowed") is False else 0), result.output
        return told


def _offers(actions: object) -> dict[str, Offered]:
    assert isinstance(actions, list)
    return {
        each["action"]: Offered(
            each["allowed"],
            tuple(one["message"] for one in each["refusals"] if one["code"] != "role_required"),
        )
        for each in actions
    }


def _of_error(told: Mapping[str, object]) -> Said:
    if told["error"] == "notfound":
        return Said("not found")
    return _refused(told, told["error"]) if {"refusals", "fields"} & set(told) else Said(str(told["error"]))


def _refused(told: Mapping[str, object], outcome: object) -> Said:
    reasons = told.get("refusals") or list(told["fields"].values())  # type: ignore[attr-defined]  # of JSON
    assert isinstance(reasons, list)
    return Said(str(outcome), tuple(one["message"] for one in reasons), tuple(one["code"] for one in reasons))


def _said(html: str) -> str:
    """The sentence without its link, and without the name of its field."""
    return unescape(_TAG.sub("", html.partition(' <a href="/projects')[0])).strip()
