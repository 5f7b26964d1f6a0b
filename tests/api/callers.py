"""Programs that call the API for the people of the scene, and hold every answer to what all answers promise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask
from sqlalchemy.orm import Session, sessionmaker
from werkzeug.test import TestResponse

from standards_wf.clock import FixedClock, Moment, moment
from standards_wf.services.people import OPERATOR
from standards_wf.services.tokens import CreateToken, create_token
from standards_wf.services.unit_of_work import unit_of_work
from tests.support.scene import Scene

V1 = "/api/v1"
SHANGHAI = ZoneInfo("Asia/Shanghai")
Files = Mapping[str, tuple[str, bytes]]


@dataclass
class Api:
    """The API of one installation, called in anybody's name."""

    app: Flask
    sessions: sessionmaker[Session]
    scene: Scene
    clock: FixedClock
    _tokens: dict[str, str] = field(default_factory=dict)

    @property
    def now(self) -> Moment:
        """The moment by the clock that hangs in the test."""
        return moment(SHANGHAI)

    def token_of(self, login: str) -> str:
        """A token that speaks for somebody of the scene."""
        if login not in self._tokens:
            with self.sessions() as session, unit_of_work(session):
                command = CreateToken(person_id=self.scene.people[login], name="test")
                self._tokens[login] = create_token(session, command, actor=OPERATOR, moment=self.now).secret
        return self._tokens[login]

    def ask(
        self,
        login: str | None,
        method: str,
        path: str,
        *,
        json: object = None,
        files: Files | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> TestResponse:
        """Call the API as somebody, or as a visitor without a token."""
        sent = dict(headers or {})
        if login is not None:
            sent["Authorization"] = f"Bearer {self.token_of(login)}"
        more: dict[str, Any] = {}
        if files is not None or form is not None:
            more["data"] = dict(form or {}) | {
                name: (BytesIO(data), file) for name, (file, data) in (files or {}).items()
            }
            more["content_type"] = "multipart/form-data"
        elif json is not None:
            more["json"] = json
        answer = self.app.test_client().open(V1 + path, method=method, headers=sent, **more)
        check(answer)
        return answer

    def get(self, login: str | None, path: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ANN401  JSON
        """Read something, and see that it is there."""
        answer = self.ask(login, "GET", path, headers=headers)
        assert answer.status_code == 200, answer.text
        return answer.get_json()

    def do(
        self,
        login: str,
        method: str,
        path: str,
        json: object = None,
        *,
        files: Files | None = None,
        form: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Any:  # noqa: ANN401  what JSON holds
        """Write something, and see that it is done."""
        answer = self.ask(login, method, path, json=json, files=files, form=form, headers=headers)
        assert answer.status_code in {200, 201}, answer.text
        return answer.get_json()

    def act(self, login: str, project_id: int, action: str, **fields: object) -> Any:  # noqa: ANN401  what JSON holds
        """Perform an act on the version that stands now."""
        seen = self.ask(login, "GET", f"/projects/{project_id}").headers["ETag"]
        return self.do(login, "POST", f"/projects/{project_id}/actions/{action}", fields, headers={"If-Match": seen})


def check(answer: TestResponse) -> None:
    """Every refusal is problem+json with its parts, and nothing is a page."""
    if answer.status_code < 400:
        assert answer.mimetype != "text/html"
        return
    assert answer.mimetype == "application/problem+json", answer.text
    said = answer.get_json()
    assert said["status"] == answer.status_code
    assert said["type"]
    assert said["title"]
    assert said["detail"]
    assert "Traceback" not in answer.text
    for reason in (*said.get("refusals", ()), *said.get("fields", {}).values()):
        assert set(reason) == {"code", "message", "params"}
        assert reason["message"]
