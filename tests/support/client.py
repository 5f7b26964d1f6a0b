"""A browser for tests: it logs in as somebody of the scene and holds every page it fetches to what all pages promise.

Each page is valid HTML with a title and one main heading; ids are unique and every field has its label; nothing is
styled or scripted in place, because the content security policy forbids it. How many queries it took is kept with it.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import html5lib
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from werkzeug.test import TestResponse

from standards_wf.models.people import Person
from standards_wf.request import db

HTML = "{http://www.w3.org/1999/xhtml}"
FIELDS = ("input", "select", "textarea")
UNLABELLED = ("hidden", "submit", "button")
Values = Mapping[str, object]


@dataclass(frozen=True)
class Page:
    """An answer, and what it took to make it."""

    response: TestResponse
    queries: int
    statements: Sequence[str] = field(repr=False, default=())

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> str:
        return self.response.get_data(as_text=True)

    @property
    def location(self) -> str:
        return self.response.headers.get("Location", "")

    @property
    def tree(self) -> Element:
        return html5lib.parse(self.html)

    @property
    def text(self) -> str:
        """Everything that is to be read, with single blanks."""
        return " ".join(" ".join(self.tree.itertext()).split())

    @property
    def title(self) -> str:
        return "".join(self.tree.find(f".//{HTML}title").itertext())  # type: ignore[union-attr]

    @property
    def links(self) -> list[str]:
        return [link.get("href", "") for link in self.tree.iter(f"{HTML}a")]

    def form(self, action: str = "") -> dict[str, object]:
        """The values of the form that is sent to this address; without one, of the page's first form that posts."""
        for form in self.tree.iter(f"{HTML}form"):
            if form.get("method") == "post" and (form.get("action", "") == action):
                return _values_of(form)
        raise AssertionError(f"the page has no form for {action!r}")


def _values_of(form: Element) -> dict[str, object]:
    values: dict[str, object] = {}
    for control in form.iter():
        name = control.get("name")
        tag = control.tag.removeprefix(HTML)
        if not name or tag not in FIELDS:
            continue
        if tag == "select":
            chosen = [o.get("value", "") for o in control.iter(f"{HTML}option") if o.get("selected") is not None]
            values[name] = (
                chosen[0] if chosen else next((o.get("value", "") for o in control.iter(f"{HTML}option")), "")
            )
        elif tag == "textarea":
            values[name] = "".join(control.itertext())
        elif control.get("type") == "checkbox":
            if control.get("checked") is not None:
                values[name] = [*_as_list(values.get(name)), control.get("value", "on")]
        elif control.get("type") == "radio":
            if control.get("checked") is not None:
                values[name] = control.get("value", "")
        elif control.get("type") != "file":
            values[name] = control.get("value", "")
    return values


def _as_list(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []


class Browser:
    """Somebody at a browser without scripts."""

    def __init__(self, app: Flask, engine: Engine) -> None:
        self._app = app
        self._engine = engine
        self.client: FlaskClient = app.test_client()

    def log_in_as(self, login: str) -> "Browser":
        """Sit down with a session that is already open, as the page of login leaves it."""
        with self._app.app_context():
            person = db.session.query(Person).filter_by(login=login).one()
            identity = f"{person.id}.{person.session_epoch}"
        with self.client.session_transaction() as session:
            session["_user_id"], session["_fresh"] = identity, True
        return self

    def speak(self, language: str) -> "Browser":
        with self.client.session_transaction() as session:
            session["language"] = language
        return self

    def get(self, address: str, *, status: int = 200, **headers: str) -> Page:
        """Fetch a page and hold it to what every page promises."""
        return self._fetch("GET", address, status=status, headers=headers)

    def post(self, address: str, values: Values, *, status: int = 302, **headers: str) -> Page:
        """Send values as they are; they need the token of a page that was fetched before."""
        return self._fetch("POST", address, status=status, headers=headers, data=dict(values))

    def submit(self, address: str, *, status: int = 302, action: str = "", **changed: object) -> Page:
        """Fetch the page of a form, fill it in and send it."""
        page = self.get(address)
        return self.post(action or address, {**page.form(action), **changed}, status=status)

    def _fetch(self, method: str, address: str, *, status: int, headers: Values, **more: object) -> Page:
        with counted(self._engine) as statements:
            response = self.client.open(address, method=method, headers=dict(headers), **more)  # type: ignore[arg-type]
        page = Page(response, len(statements), tuple(statements))
        assert page.status == status, f"{method} {address}: {page.status} {page.location}\n{page.html[:4000]}"
        if response.mimetype == "text/html" and "HX-Request" not in headers and page.status not in {301, 302, 308}:
            hold_to_what_pages_promise(page.html)
        return page


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements that the database is asked meanwhile; the beginning of a transaction is none."""
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.upper().startswith(("BEGIN", "PRAGMA")):
            statements.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def hold_to_what_pages_promise(html: str) -> None:
    """What is true of every page."""
    html5lib.HTMLParser(strict=True).parse(html)
    tree = html5lib.parse(html)
    title = tree.find(f".//{HTML}title")
    assert title is not None
    assert "".join(title.itertext()).strip()
    assert len(list(tree.iter(f"{HTML}h1"))) == 1
    ids = [identity for element in tree.iter() if (identity := element.get("id"))]
    assert len(ids) == len(set(ids)), sorted(each for each in ids if ids.count(each) > 1)
    _labelled(tree)
    for element in tree.iter():
        assert "style" not in element.attrib, element.attrib
        assert not any(name.startswith("on") for name in element.attrib), element.attrib
        assert element.tag != f"{HTML}style"
        assert element.tag != f"{HTML}script" or element.get("src")
    for target in re.findall(r'\s(?:aria-describedby|aria-labelledby)="([^"]+)"', html):
        assert set(target.split()) <= set(ids), target


def _labelled(tree: Element) -> None:
    labelled = {label.get("for") for label in tree.iter(f"{HTML}label")}
    for tag in FIELDS:
        for control in tree.iter(HTML + tag):
            if control.get("type") not in UNLABELLED:
                assert control.get("id") in labelled or control.get("aria-label"), control.attrib
