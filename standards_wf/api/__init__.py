"""The HTTP API: the same services as the pages, in JSON."""

from collections.abc import Callable
from functools import cache, partial

from flask import Blueprint, Flask, Response
from flask_login import LoginManager
from flask_wtf.csrf import CSRFProtect

from standards_wf.api import errors, health
from standards_wf.api.answers import as_json
from standards_wf.api.endpoints import ENDPOINTS, Endpoint, carry_out
from standards_wf.api.openapi import PREFIX, description
from standards_wf.api.resources import (
    application,
    ballots,
    comments,
    corrections,
    deadlines,
    desk,
    drafts,
    entrance,
    figures,
    framework,
    long_life,
    numbers,
    papers,
    prepared_acts,
    projects,
    publication,
    reviews,
    standards,
)
from standards_wf.api.speaking import speak

RESOURCES = (
    framework,
    standards,
    long_life,
    projects,
    entrance,
    prepared_acts,
    corrections,
    application,
    drafts,
    papers,
    comments,
    reviews,
    ballots,
    publication,
    numbers,
    desk,
    deadlines,
    figures,
)
"""Whoever imports a resource enters its endpoints."""


def install(app: Flask, _login_manager: LoginManager, csrf: CSRFProtect) -> None:
    """Give the application its API. It takes tokens and no cookies, so that no other site can act through a browser."""
    bp = Blueprint("api", __name__, url_prefix=PREFIX)
    bp.before_request(speak)
    for each in ENDPOINTS:
        bp.add_url_rule(
            each.rule,
            endpoint=f"{each.name}-{each.method}".replace(".", "-"),
            view_func=_view(each),
            methods=[each.method],
        )
    bp.add_url_rule("/openapi.json", endpoint="openapi", view_func=_description)
    errors.install(app, bp)
    app.register_blueprint(bp)
    csrf.exempt(bp)
    app.register_blueprint(health.bp)


def _view(asked: Endpoint) -> Callable[..., Response]:
    return partial(_answer, asked)


def _answer(asked: Endpoint, **in_path: object) -> Response:
    return carry_out(asked, in_path)


@cache
def _described() -> str:
    return as_json(description())


def _description() -> Response:
    return Response(_described(), mimetype="application/json")
