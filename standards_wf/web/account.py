"""One's own account: the password, and the tokens with which programs speak for one."""

from datetime import datetime, time

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user, login_user
from sqlalchemy.orm import Session

from standards_wf.request import current_actor, current_moment, db, installation
from standards_wf.services.people import SHORTEST_PASSWORD, SetPassword, set_password
from standards_wf.services.reading.admin import tokens_of
from standards_wf.services.tokens import CreateToken, NewToken, create_token, revoke_token
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.answering import answer
from standards_wf.web.forms.page import Field, FormPage, Group, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import ACCEPTABLE_LATER, NO_TROUBLE, Trouble, trouble_of
from standards_wf.web.login import SignedIn, require_login
from standards_wf.web.projects.shown import show_form
from standards_wf.wording.language import t

bp = Blueprint("account", __name__, url_prefix="/account")
bp.before_request(require_login)


@bp.get("")
def account() -> ResponseReturnValue:
    """Who one is here."""
    return render_template("login/account.html", actor=current_actor())


@bp.route("/password", methods=["GET", "POST"])
def password() -> ResponseReturnValue:
    """The form of a new password; this session goes on, all others end."""
    person_id = current_user.person_id

    def page(trouble: Trouble) -> FormPage:
        fields = (
            Field(
                name="present_password",
                input=Input.PASSWORD,
                label=t("现用密码", "Present password"),
                autocomplete="current-password",
            ),
            Field(
                name="password",
                input=Input.PASSWORD,
                label=t("新密码", "New password"),
                autocomplete="new-password",
                hint=t("至少 {n} 个字符。", "At least {n} characters.", n=SHORTEST_PASSWORD),
            ),
        )
        return FormPage(
            title=t("更改密码", "Change the password"),
            groups=(Group(fields=fields),),
            submit=t("更改密码", "Change the password"),
            cancel_url=url_for("account.account"),
            trouble=trouble,
        )

    def change(session: Session, command: SetPassword) -> None:
        person = set_password(session, command, actor=current_actor(), moment=current_moment())
        login_user(SignedIn(person.id, person.name, person.session_epoch))

    return answer(
        page=page,
        show=show_form,
        read=lambda reader: SetPassword(
            person_id=person_id, password=reader.text("password"), present_password=reader.text("present_password")
        ),
        do=change,
        done=t("密码已更改；其他地方的登录已失效。", "The password is changed; other sessions have ended."),
        after=url_for("account.account"),
    )


@bp.get("/tokens")
def tokens() -> ResponseReturnValue:
    """One's tokens, and the form of a new one."""
    return _tokens(NO_TROUBLE, None)


@bp.post("/tokens")
def new_token() -> ResponseReturnValue:
    """Make a token; it is shown this once."""
    try:
        reader = Reader(request.form)
        last_day = reader.day("expires_at")
        reader.done()
        zone = installation().settings.timezone
        command = CreateToken(
            person_id=current_user.person_id,
            name=reader.text("name"),
            expires_at=datetime.combine(last_day, time.max, zone) if last_day else None,
        )
        with unit_of_work(db.session()) as session:
            token = create_token(session, command, actor=current_actor(), moment=current_moment())
    except ACCEPTABLE_LATER as refused:
        return _tokens(trouble_of(refused, request.form), None)
    return _tokens(NO_TROUBLE, token)


@bp.post("/tokens/<int:token_id>/revoke")
def revoke(token_id: int) -> ResponseReturnValue:
    """End a token."""
    with unit_of_work(db.session()) as session:
        revoke_token(session, token_id, actor=current_actor(), moment=current_moment())
    flash(t("令牌已作废。", "The token is revoked."), "done")
    return redirect(url_for("account.tokens"))


def _tokens(trouble: Trouble, made: NewToken | None) -> ResponseReturnValue:
    fields = (
        Field(
            name="name",
            label=t("用途", "What it is for"),
            width="medium",
            hint=t("例如“每周统计”。", "Such as “weekly figures”."),
        ),
        Field(name="expires_at", input=Input.DATE, label=t("最后有效日", "Last day"), required=False),
    )
    rows = tokens_of(db.session(), current_user.person_id, current_moment())
    page = render_template(
        "login/tokens.html", rows=rows, fields_of_new=fields, trouble=trouble, errors=trouble.errors, made=made
    )
    return page, trouble.status
