"""From the words for "no" to the answers of the web: one table, and one way to show it."""

import logging
from urllib.parse import urlsplit

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

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

STATUS: dict[type[StandardsError], int] = {
    NotFound: 404,
    Forbidden: 403,
    Invalid: 422,
    EditConflict: 409,
    TransitionRefused: 409,
    Unavailable: 503,
}
_PAGES = frozenset({400, 403, 404, 405, 409, 413, 422, 429, 500, 503})
_UNRELIABLE = frozenset({500, 503})
_API = "/api/"
_NOT_TYPED = frozenset({"csrf_token", "expected_version", "next", "shown"})
_LONGEST_CODE = 30

log = logging.getLogger(__name__)


def status_of(error: StandardsError) -> int:
    """The status with which an error is answered; what is somebody else's to do is forbidden, whatever else is missing."""
    if isinstance(error, TransitionRefused) and is_not_theirs(error):
        return STATUS[Forbidden]
    return next(status for word, status in STATUS.items() if isinstance(error, word))


def install(app: Flask) -> None:
    """Answer every error with a page of ours; the API answers its own."""
    app.register_error_handler(StandardsError, _refused)
    app.register_error_handler(CSRFError, _expired)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _broken)


def _refused(error: StandardsError) -> ResponseReturnValue:
    status = status_of(error)
    if status == STATUS[Unavailable]:
        log.error("unavailable: %s", error)
    return show(status, reasons_of(error))


def _expired(_error: CSRFError) -> ResponseReturnValue:
    return show(400, typed=_typed())


def _typed() -> tuple[str, ...]:
    """The words of a form of ours, to be given back: whoever wrote for an hour finds nothing by going back.

    Codes and dates are soon chosen again; passwords, and what another site sent, are never shown.
    """
    if urlsplit(request.headers.get("Origin", "")).netloc != request.host:
        return ()
    return tuple(
        value
        for name, value in request.form.items(multi=True)
        if name not in _NOT_TYPED and "password" not in name and (not value.isascii() or len(value) > _LONGEST_CODE)
    )


def _http(error: HTTPException) -> ResponseReturnValue:
    if error.code in _PAGES and not request.path.startswith(_API):
        answer = show(error.code)
        if error.code == 405 and getattr(error, "valid_methods", None):  # noqa: PLR2004  method not allowed
            body, status = answer
            return body, status, {"Allow": ", ".join(error.valid_methods)}  # type: ignore[attr-defined]
        return answer
    return error


def _broken(error: Exception) -> ResponseReturnValue:
    log.error("%s %s failed", request.method, request.path, exc_info=error)
    db.session.rollback()
    return show(500)


def show(status: int, reasons: tuple[str, ...] = (), typed: tuple[str, ...] = ()) -> tuple[str, int]:
    """The page of an error, with what there is to say about it, and what was typed."""
    if status not in _UNRELIABLE:
        db.session.rollback()
    return render_template(f"errors/{status}.html", reasons=reasons, typed=typed), status
