"""An endpoint of the API: what it takes, what it answers, who may call it, and how a call is carried out.

A read gets a session; a write is one unit of work, in which the answer is made and, where the caller gave a key, kept.
What takes long and needs no lock (opening a file, making a paper) is done before the unit of work begins. A write that
can be rehearsed is answered by its rehearsal where the caller asks for a dry run; no key is looked at, and none kept.
"""

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import Any, TypeVar, get_args, get_type_hints

from flask import Response, g, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import NotFound as NoSuchAddress

from standards_wf.api.answers import FileAnswer, file_response, json_response
from standards_wf.api.caller import caller, require_token
from standards_wf.api.errors import Precondition
from standards_wf.api.idempotency import answer_kept, keep_answer, key_of
from standards_wf.api.problems import RequestProblem
from standards_wf.api.values import LARGEST, read_body, read_query
from standards_wf.clock import Moment
from standards_wf.errors import EditConflict
from standards_wf.request import current_moment, db
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.refusals import Refusal

Handler = Callable[..., Any]
Made = TypeVar("Made", bound=Handler)
_NO_MATCH = -1
"""A version that no project has: what a caller names that is no version of ours was never current."""


class IfMatch(StrEnum):
    """Whether a write wants to know which version its caller has seen."""

    UNUSED = "unused"
    WELCOME = "welcome"
    NEEDED = "needed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call: the session it works in, who calls and when, and the version that the caller has seen."""

    session: Session
    actor: Actor
    moment: Moment
    expected_version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One way to call the API."""

    method: str
    path: str
    handler: Handler
    about: str
    tag: str
    status: int
    is_public: bool
    """Whether it answers without a token as well."""
    if_match: IfMatch
    before: Handler | None
    rehearsal: Handler | None
    """What answers a dry run in place of the handler."""
    accepted: type | None
    """What is answered, with 202, where the act was prepared for a second person instead of being done."""
    media_types: tuple[str, ...]
    """What a file comes as; empty for JSON."""
    hints: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Its name among all endpoints."""
        return f"{self.handler.__module__.rsplit('.', 1)[-1]}.{self.handler.__name__}"

    @property
    def is_write(self) -> bool:
        """Whether it changes anything."""
        return self.method not in {"GET", "HEAD"}

    @property
    def rule(self) -> str:
        """The path as Flask writes it."""
        rule = self.path
        for name in self.path_names:
            converter = f"int(max={LARGEST})" if self.hints[name] is int else "string"
            rule = rule.replace(f"{{{name}}}", f"<{converter}:{name}>")
        return rule

    @property
    def path_names(self) -> tuple[str, ...]:
        """The names that stand in the path."""
        return tuple(part[1:-1] for part in self.path.split("/") if part.startswith("{"))

    @property
    def body(self) -> type | None:
        """What the body says."""
        return self.hints.get("body")

    @property
    def query(self) -> type | None:
        """What may stand behind the question mark."""
        return self.hints.get("query")

    @property
    def answer(self) -> Any:  # noqa: ANN401  a type of whatever form
        """What is answered; where an act may be prepared only, what is answered when it is done."""
        told = self.hints["return"]
        return told if self.accepted is None else next(one for one in get_args(told) if one is not self.accepted)

    @property
    def rehearsal_answer(self) -> Any:  # noqa: ANN401  a type of whatever form
        """What a dry run is answered; nothing where there is none."""
        return get_type_hints(self.rehearsal)["return"] if self.rehearsal else None


ENDPOINTS: list[Endpoint] = []
"""Every endpoint that a resource has entered."""


def endpoint(
    method: str,
    path: str,
    *,
    about: str,
    tag: str,
    status: int = 200,
    public: bool = False,
    if_match: IfMatch = IfMatch.UNUSED,
    before: Handler | None = None,
    rehearsal: Handler | None = None,
    accepted: type | None = None,
    media_types: tuple[str, ...] = (),
) -> Callable[[Made], Made]:
    """Make a function an endpoint; its annotations say what it takes and answers.

    Its parameters are the call, the names in the path, `body`, `query`, and `prepared`, which is what `before` gave.
    An endpoint with a `rehearsal` takes a query with `dry_run`, of which the rehearsal need not be told.
    """

    def enter(handler: Made) -> Made:
        ENDPOINTS.append(
            Endpoint(
                method=method,
                path=path,
                handler=handler,
                about=about,
                tag=tag,
                status=status,
                is_public=public,
                if_match=if_match,
                before=before,
                rehearsal=rehearsal,
                accepted=accepted,
                media_types=media_types,
                hints=get_type_hints(handler),
            )
        )
        return handler

    return enter


def carry_out(asked: Endpoint, in_path: Mapping[str, Any]) -> Response:
    """Carry out one call of an endpoint."""
    actor = caller()
    if not asked.is_public:
        require_token(actor)
    given = _path_values(asked, in_path)
    given |= {"query": read_query(request.args, asked.query)} if asked.query else _no_query()
    if not asked.is_write:
        call = Call(session=db.session(), actor=actor, moment=current_moment())
        return _response(asked, asked.handler(call, **given))
    if asked.rehearsal is not None and given["query"].dry_run:
        g.expected_version = _expected_version(asked) if "If-Match" in request.headers else None
        return _rehearsed(asked, asked.rehearsal, actor, given)
    g.expected_version = _expected_version(asked)
    return _written(asked, actor, given)


def _rehearsed(asked: Endpoint, rehearsal: Handler, actor: Actor, given: dict[str, Any]) -> Response:
    """A dry run: answered without a unit of work, because the rehearsal has one of its own that keeps nothing."""
    if asked.body is not None:
        given["body"] = read_body(request, asked.body)
    given.pop("query")
    call = Call(session=db.session(), actor=actor, moment=current_moment(), expected_version=g.expected_version)
    return _response(asked, rehearsal(call, **given))


def _no_query() -> dict[str, Any]:
    read_query(request.args, _Nothing)
    return {}


@dataclass(frozen=True, slots=True)
class _Nothing:
    """No parameters at all."""


def _path_values(asked: Endpoint, in_path: Mapping[str, Any]) -> dict[str, Any]:
    values = dict(in_path)
    for name, value in in_path.items():
        hint = asked.hints[name]
        if isinstance(value, str) and "\x00" in value:
            raise NoSuchAddress
        if isinstance(hint, type) and issubclass(hint, StrEnum):
            try:
                values[name] = hint(value)
            except ValueError:
                raise NoSuchAddress from None
    return values


def _expected_version(asked: Endpoint) -> int | None:
    """The version that the caller has seen. Raises Precondition where it is needed and not given."""
    if asked.if_match is IfMatch.UNUSED:
        return None
    if "If-Match" not in request.headers:
        if asked.if_match is IfMatch.NEEDED:
            raise Precondition(HTTPStatus.PRECONDITION_REQUIRED, Refusal(RequestProblem.IF_MATCH_NEEDED))
        return None
    if request.if_match.star_tag:
        return None
    tags = request.if_match.as_set()
    only = next(iter(tags)) if len(tags) == 1 else ""
    return int(only) if only.isascii() and only.isdigit() and len(only) < len(str(LARGEST)) else _NO_MATCH


def _written(asked: Endpoint, actor: Actor, given: dict[str, Any]) -> Response:
    """One write: read what it says, prepare, act and answer in one unit of work; a key makes it happen once."""
    session = db.session()
    key = key_of(request)
    if asked.body is not None:
        given["body"] = read_body(request, asked.body)
    kept = answer_kept(session, actor, key)
    if kept is not None:
        return kept
    call = Call(session=session, actor=actor, moment=current_moment(), expected_version=g.expected_version)
    if asked.before is not None:
        wanted = inspect.signature(asked.before).parameters
        given["prepared"] = asked.before(call, **{name: given[name] for name in wanted if name in given})
    try:
        with unit_of_work(session):
            kept = answer_kept(session, actor, key)
            if kept is not None:
                return kept
            answer = _response(asked, asked.handler(call, **given))
            keep_answer(session, actor, key, answer, moment=call.moment)
    except EditConflict:
        # Of two equal requests at the same moment one was first; the other gets its answer.
        session.rollback()
        kept = answer_kept(session, actor, key)
        if kept is None:
            raise
        return kept
    return answer


def _response(asked: Endpoint, answer: object) -> Response:
    if isinstance(answer, FileAnswer):
        return file_response(answer)
    is_accepted = asked.accepted is not None and isinstance(answer, asked.accepted)
    response = json_response(answer, HTTPStatus.ACCEPTED if is_accepted else asked.status)
    version = getattr(answer, "version", None)
    if isinstance(version, int):
        response.headers["ETag"] = f'"{version}"'
    response.headers["Vary"] = "Accept-Language, Authorization"
    location = getattr(answer, "location", None)
    if asked.status == HTTPStatus.CREATED and isinstance(location, str):
        response.headers["Location"] = location
    return response
