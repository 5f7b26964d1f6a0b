"""The pages behind mailed links: confirming a suggestion, and following its case without an account."""

from flask import Response, flash, make_response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from standards_wf.errors import Invalid
from standards_wf.request import current_moment, db, installation
from standards_wf.services.public_suggestions import confirm_suggestion
from standards_wf.services.reading.followed import followed_suggestion, to_be_confirmed
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.public.blueprint import bp
from standards_wf.wording.language import t

_GONE = 410


@bp.get("/suggestions/confirm/<secret>")
def to_confirm(secret: str) -> ResponseReturnValue:
    """What is to be confirmed, with a button; looking at it confirms nothing."""
    return _private(*_asked(secret))


@bp.post("/suggestions/confirm/<secret>")
def confirm(secret: str) -> ResponseReturnValue:
    """Confirm it: the case begins."""
    try:
        with unit_of_work(db.session()) as session:
            confirmed = confirm_suggestion(
                session, secret, key=installation().settings.secret_key, moment=current_moment()
            )
    except Invalid:
        return _private(*_asked(secret))
    flash(t("已确认，您的建议已受理。", "Confirmed: your suggestion has been received."), "done")
    return redirect(url_for(".follow", secret=confirmed.secret))


@bp.get("/suggestions/follow/<secret>")
def follow(secret: str) -> ResponseReturnValue:
    """Where the own suggestion stands, and what was answered."""
    page = followed_suggestion(db.session(), secret)
    return _private(render_template("public/followed.html", page=page, secret=secret))


def _asked(secret: str) -> tuple[str, int]:
    page = to_be_confirmed(db.session(), secret, moment=current_moment())
    return render_template("public/confirm.html", page=page, secret=secret), _GONE if page.problem else 200


def _private(body: str, status: int = 200) -> Response:
    """A page that no cache keeps and no search engine lists: its address is a secret."""
    response = make_response(body, status)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
