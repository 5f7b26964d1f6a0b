"""Every "no" of the API as problem+json (RFC 9457): one table from word to status, one way to show it."""

import logging
from dataclasses import asdict, dataclass
from http import HTTPStatus

from flask import Blueprint, Flask, Response, g, request
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.exceptions import HTTPException

from standards_wf.api.answers import json_response
from standards_wf.api.caller import SCHEME, NotAuthenticated
from standards_wf.api.problems import RequestProblem, said
from standards_wf.api.speaking import speak
from standards_wf.errors import (
    EditConflict,
    Forbidden,
    Invalid,
    NotFound,
    StandardsError,
    TransitionRefused,
    Unavailable,
)
from standards_wf.request import db
from standards_wf.services.saying import is_not_theirs, reasons_of
from standards_wf.wording.language import Term, t
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Kind

PROBLEM = "application/problem+json"
PREFIX = "/api/"
TITLES: dict[int, Term] = {
    400: Term("请求无法理解", "The request is not understood"),
    401: Term("需要有效的令牌", "A valid token is needed"),
    403: Term("您不能办理此事", "This is not yours to do"),
    404: Term("没有找到", "Not found"),
    405: Term("此处不接受这种方法", "The method is not offered here"),
    406: Term("没有所要的格式", "None of the wanted formats is offered"),
    409: Term("现在不能办理", "It cannot be done now"),
    412: Term("您所见的版本已过时", "What you have seen is no longer current"),
    413: Term("请求过大", "The request is too large"),
    415: Term("不接受这种格式", "This format is not accepted"),
    422: Term("内容有误", "Some of it cannot be accepted"),
    428: Term("缺少 If-Match", "If-Match is missing"),
    429: Term("请求过多", "Too many requests"),
    500: Term("系统出了错误", "Something went wrong here"),
    503: Term("系统暂时不能答复", "The system cannot answer just now"),
}
"""The statuses with which a request may be refused."""

log = logging.getLogger(__name__)


class Precondition(StandardsError):
    """The request does not say which version it was made for, or was made for an older one."""

    def __init__(self, status: HTTPStatus, reason: Refusal) -> None:
        super().__init__(reason.code)
        self.status = status
        self.reason = reason


class NotOffered(StandardsError):
    """None of the formats that the caller can read is offered."""

    status = HTTPStatus.NOT_ACCEPTABLE

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.code)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason: its code, its sentence, and the numbers behind it."""

    code: str
    message: str
    params: dict[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A refusal as RFC 9457 has it; `refusals` are the reasons of the procedure, `fields` those of single values.

    What does not apply is left out.
    """

    type: str
    title: str
    status: int
    detail: str
    instance: str
    refusals: tuple[Reason, ...] | None = None
    fields: dict[str, Reason] | None = None


def install(app: Flask, bp: Blueprint) -> None:
    """Let no error of the API leave as a page."""
    bp.register_error_handler(StandardsError, _refused)
    bp.register_error_handler(HTTPException, _http)
    bp.register_error_handler(Exception, _broken)
    app.after_request(_no_page)


def reason(refusal: Refusal, kind: Kind | None = None) -> Reason:
    """A refusal for a machine, with its sentence for people in the words of the kind."""
    return Reason(code=refusal.code, message=said(refusal, kind), params=dict(refusal.params))


def problem(
    status: int,
    detail: str = "",
    *,
    refusals: tuple[Refusal, ...] = (),
    fields: dict[str, Refusal] | None = None,
    kind: Kind | None = None,
) -> Response:
    """A refusal as an answer."""
    content = Problem(
        type="about:blank",
        title=str(TITLES[status]),
        status=status,
        detail=detail or str(TITLES[status]),
        instance=request.path,
        refusals=tuple(reason(each, kind) for each in refusals) or None,
        fields={name: reason(each, kind) for name, each in fields.items()} if fields else None,
    )
    told = {name: value for name, value in asdict(content).items() if value is not None}
    answer = json_response(told, status, PROBLEM)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _refused(error: StandardsError) -> Response:
    db.session.rollback()
    match error:
        case NotAuthenticated():
            answer = _not_authenticated(error)
        case Precondition() | NotOffered():
            answer = problem(error.status, said(error.reason), refusals=(error.reason,))
        case TransitionRefused():
            sentences = " ".join(said(each, error.kind) for each in error.refusals)
            status = 403 if is_not_theirs(error) else 409
            answer = problem(status, sentences, refusals=error.refusals, kind=error.kind)
        case Forbidden():
            answer = problem(403, said(error.reason, error.kind), refusals=(error.reason,), kind=error.kind)
        case Invalid():
            sentences = " ".join(f"{name}: {said(each, error.kind)}" for name, each in error.fields.items())
            answer = problem(422, sentences, fields=error.fields, kind=error.kind)
        case EditConflict():
            answer = _conflict(error)
        case NotFound():
            answer = problem(404, " ".join(reasons_of(error)))
        case _:
            log.error("unavailable: %s", error)
            spoken = isinstance(error, Unavailable) and (" " in str(error) or not str(error).isascii())
            answer = problem(503, str(error) if spoken else "")
    return answer


def _not_authenticated(error: NotAuthenticated) -> Response:
    answer = problem(401, said(error.reason), refusals=(error.reason,))
    wrong = ', error="invalid_token"' if error.reason.code is RequestProblem.TOKEN_NOT_VALID else ""
    answer.headers["WWW-Authenticate"] = f'{SCHEME} realm="standards-wf"{wrong}'
    return answer


def _conflict(error: EditConflict) -> Response:
    """Whoever named the version that he has seen is told that it is no longer the last one."""
    if g.get("expected_version") is None:
        return problem(409, refusals=(Refusal(RequestProblem.CHANGED),), detail=said(Refusal(RequestProblem.CHANGED)))
    stale = Refusal(RequestProblem.STALE, version=error.version if error.version is not None else "?")
    answer = problem(412, said(stale), refusals=(stale,))
    if error.version is not None:
        answer.headers["ETag"] = f'"{error.version}"'
    return answer


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    known = status if status in TITLES else (500 if status >= HTTPStatus.INTERNAL_SERVER_ERROR else 400)
    answer = problem(known)
    for name, value in error.get_headers():
        if name in {"Allow", "Retry-After"}:
            answer.headers[name] = value
    return answer


def _broken(error: Exception) -> Response:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    db.session.rollback()
    return problem(503 if isinstance(error, SQLAlchemyError) and _is_connection_lost(error) else 500)


def _is_connection_lost(error: SQLAlchemyError) -> bool:
    return bool(getattr(error, "connection_invalidated", False))


def _no_page(answer: Response) -> Response:
    """What was refused before any route was found is said in the same way."""
    if not request.path.startswith(PREFIX) or answer.status_code < HTTPStatus.BAD_REQUEST:
        return answer
    if answer.mimetype == PROBLEM:
        return answer
    speak()
    status = answer.status_code if answer.status_code in TITLES else 400
    said_so = problem(
        status, t("没有这个地址。", "There is no such address.") if status == HTTPStatus.NOT_FOUND else ""
    )
    if "Allow" in answer.headers:
        said_so.headers["Allow"] = answer.headers["Allow"]
    return said_so
