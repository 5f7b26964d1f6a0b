"""One's deputies: who acts for one in which days, and for whom one acts."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.deputies import NameDeputy, name_deputy, revoke_deputy
from standards_wf.services.reading.deputies import DeputiesPage, deputies_of
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.page import Field, Input
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import ACCEPTABLE_LATER, NO_TROUBLE, Trouble, trouble_of
from standards_wf.web.login import require_login
from standards_wf.wording import labels
from standards_wf.wording.language import t

bp = Blueprint("deputies", __name__, url_prefix="/account/deputies")
bp.before_request(require_login)


@bp.get("")
def deputies() -> ResponseReturnValue:
    """Who acts for one, for whom one acts, and the form of a new deputy."""
    return _show(NO_TROUBLE)


@bp.post("")
def new_deputy() -> ResponseReturnValue:
    """Name a deputy."""
    try:
        reader = Reader(request.form)
        command = NameDeputy(
            principal_id=current_user.person_id,
            login=reader.text("login"),
            valid_from=reader.needed_day("valid_from"),
            valid_to=reader.needed_day("valid_to"),
            grant_id=reader.number("grant_id"),
        )
        reader.done()
        with unit_of_work(db.session()) as session:
            name_deputy(session, command, actor=current_actor(), moment=current_moment())
    except ACCEPTABLE_LATER as refused:
        return _show(trouble_of(refused, request.form))
    flash(
        t("已委托代理；今后的办理记录同时写明两人姓名。", "The deputy is named; whatever is done bears both names."),
        "done",
    )
    return redirect(url_for("deputies.deputies"))


@bp.post("/<int:deputyship_id>/revoke")
def end_deputy(deputyship_id: int) -> ResponseReturnValue:
    """End a deputyship at once."""
    with unit_of_work(db.session()) as session:
        revoke_deputy(session, deputyship_id, actor=current_actor(), moment=current_moment())
    flash(t("代理已撤销。", "The deputyship is revoked."), "done")
    return redirect(url_for("deputies.deputies"))


def _show(trouble: Trouble) -> ResponseReturnValue:
    today = current_moment().day
    page = deputies_of(db.session(), current_user.person_id, today)
    fields = (
        Field(
            name="login",
            label=t("代理人的登录名", "Login of the deputy"),
            width="medium",
            hint=t("由对方告诉您，或者询问管理员。", "Ask the person, or the administrator."),
            autocomplete="off",
        ),
        Field(
            name="grant_id",
            input=Input.SELECT,
            label=t("委托的角色", "What is lent"),
            required=False,
            choices=_choices(page),
            empty=t("本人的全部角色", "All of my roles"),
        ),
        Field(name="valid_from", input=Input.DATE, label=t("第一天", "First day"), value=today, least=today),
        Field(name="valid_to", input=Input.DATE, label=t("最后一天", "Last day"), least=today),
    )
    shown = render_template(
        "login/deputies.html", page=page, fields_of_new=fields, trouble=trouble, errors=trouble.errors
    )
    return shown, trouble.status


def _choices(page: DeputiesPage) -> tuple[tuple[object, ...], ...]:
    return tuple(
        (row.grant_id, t("{role}：{scope}", "{role}: {scope}", role=labels.role(row.role), scope=row.scope))
        for row in page.lendable
    )
