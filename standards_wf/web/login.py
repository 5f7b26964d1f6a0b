"""Logging in and out: a session names a person and ends when the password changes or the person leaves."""

from dataclasses import dataclass
from datetime import timedelta

from flask import Blueprint, flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_login import LoginManager, current_user, login_user, logout_user

from standards_wf.errors import Invalid, NotFound
from standards_wf.request import current_actor, current_moment, db, installation
from standards_wf.services.logins import Credentials, LoginLimit, check_password
from standards_wf.services.people import person_of_session
from standards_wf.services.saying import say_fields
from standards_wf.web.frame import LANGUAGE
from standards_wf.web.language import own_address
from standards_wf.wording.language import t
from standards_wf.workflow.kinds import KINDS

bp = Blueprint("login", __name__)

DESK = "/desk"


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The person of a browser's session, as the frame shows it."""

    person_id: int
    name: str
    epoch: int
    is_authenticated: bool = True
    is_active: bool = True
    is_anonymous: bool = False

    def get_id(self) -> str:
        """What the session keeps: the person, and with which password it began."""
        return f"{self.person_id}.{self.epoch}"

    @property
    def is_administrator(self) -> bool:
        """Whether this person keeps the installation."""
        return current_actor().is_administrator

    @property
    def publishes(self) -> bool:
        """Whether this person numbers and publishes documents of some kind."""
        issuers = {row.issuer for row in KINDS.values()}
        return any(grant.role in issuers for grant in current_actor().grants)


def install(login_manager: LoginManager) -> None:
    """Tell the library who is who, and where to log in."""
    login_manager.user_loader(_person_of)
    login_manager.unauthorized_handler(_ask)


def _person_of(kept: str) -> SignedIn | None:
    person_id, _, epoch = kept.partition(".")
    if not (person_id.isdecimal() and epoch.isdecimal()):
        return None
    try:
        person = person_of_session(db.session(), int(person_id), int(epoch))
    except NotFound:
        return None
    # The database session forgets rows that nobody holds; the actor of this request is made from the same one.
    g.person = person
    return SignedIn(person.id, person.name, person.session_epoch)


def _ask() -> ResponseReturnValue:
    here = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return redirect(url_for("login.ask", next=here))


def require_login() -> ResponseReturnValue | None:
    """For `before_request` of what only people who are logged in may see."""
    return None if current_user.is_authenticated else _ask()


@bp.get("/login")
def ask() -> ResponseReturnValue:
    """The form to log in with."""
    target = request.args.get("next", DESK)
    if current_user.is_authenticated:
        return redirect(own_address(target, DESK))
    return render_template("login/login.html", errors={}, login="", target=target)


@bp.post("/login")
def log_in() -> ResponseReturnValue:
    """Look at login and password; begin a session of its own."""
    target = request.form.get("next", DESK)
    settings = installation().settings
    given = Credentials(
        login=request.form.get("login", ""),
        password=request.form.get("password", ""),
        address=request.remote_addr or "",
    )
    limit = LoginLimit(settings.login_attempts, timedelta(minutes=settings.login_pause_minutes))
    try:
        person = check_password(db.session(), given, moment=current_moment(), limit=limit)
    except Invalid as refused:
        errors = say_fields(refused)
        return render_template("login/login.html", errors=errors, login=given.login, target=target), 422
    language = session.get(LANGUAGE)
    session.clear()
    if language:
        session[LANGUAGE] = language
    session.permanent = True
    login_user(SignedIn(person.id, person.name, person.session_epoch))
    return redirect(own_address(target, DESK))


@bp.post("/logout")
def log_out() -> ResponseReturnValue:
    """End the session."""
    language = session.get(LANGUAGE)
    logout_user()
    session.clear()
    if language:
        session[LANGUAGE] = language
    flash(t("您已退出。", "You are logged out."), "done")
    return redirect(own_address("/"))
