"""An act that somebody prepared: what it says, and the hand of the second person who confirms or withdraws it."""

from datetime import date
from enum import StrEnum

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.prepared_acts import (
    ConfirmPreparedAct,
    WithdrawPreparedAct,
    confirm_prepared_act,
    withdraw_prepared_act,
)
from standards_wf.services.reading.prepared_acts import prepared_page
from standards_wf.services.saying import say
from standards_wf.services.two_persons import Act
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import ACCEPTABLE_LATER, NO_TROUBLE, Trouble, trouble_of
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.shown import since, way_to
from standards_wf.wording import dates, labels
from standards_wf.wording.language import t
from standards_wf.workflow.vocabulary import Action, Kind


@bp.get("/<int:project_id>/prepared/<int:number>")
def prepared(project_id: int, number: int) -> ResponseReturnValue:
    """What was prepared, and whether it can still be confirmed."""
    return _show(project_id, number, NO_TROUBLE)


def on_to_the_second(project_id: int, number: int) -> ResponseReturnValue:
    """What the first person is shown after preparing an act: that it is not done yet, and what was kept."""
    told = t("已准备，尚未办理：须由另一人确认。", "Prepared and not yet done: a second person has to confirm it.")
    flash(told, "info")
    return redirect(url_for("projects.prepared", project_id=project_id, number=number))


@bp.post("/<int:project_id>/prepared/<int:number>/confirm")
def confirm_prepared(project_id: int, number: int) -> ResponseReturnValue:
    """Be the second person: what was prepared is done."""
    try:
        reader = Reader(request.form)
        version = reader.version()
        reader.done()
        command = ConfirmPreparedAct(project_id=project_id, number=number, expected_version=version)
        with unit_of_work(db.session()) as session:
            confirm_prepared_act(session, command, actor=current_actor(), moment=current_moment())
    except ACCEPTABLE_LATER as refused:
        return _show(project_id, number, trouble_of(refused, request.form))
    page = prepared_page(db.session(), project_id, number, current_actor(), current_moment())
    done = t(
        "已确认并办理：{act}。项目现处于“{stage}”阶段。",
        "Confirmed and done: {act}. The project is now at the stage “{stage}”.",
        act=prepared_words(page.prepared.act, page.head.kind),
        stage=labels.stage(page.head.stage, page.head.kind),
    )
    flash(done, "done")
    return redirect(url_for("projects.overview", project_id=project_id))


@bp.post("/<int:project_id>/prepared/<int:number>/withdraw")
def withdraw_prepared(project_id: int, number: int) -> ResponseReturnValue:
    """Take back what was prepared."""
    try:
        reader = Reader(request.form)
        version = reader.version()
        reader.done()
        command = WithdrawPreparedAct(
            project_id=project_id, number=number, expected_version=version, note=reader.text("note")
        )
        with unit_of_work(db.session()) as session:
            withdraw_prepared_act(session, command, actor=current_actor(), moment=current_moment())
    except ACCEPTABLE_LATER as refused:
        return _show(project_id, number, trouble_of(refused, request.form))
    flash(t("准备的事项已撤回。", "What was prepared is withdrawn."), "done")
    return redirect(url_for("projects.overview", project_id=project_id))


def _show(project_id: int, number: int, trouble: Trouble) -> ResponseReturnValue:
    page = prepared_page(db.session(), project_id, number, current_actor(), current_moment())
    head, act = page.head, page.prepared.act
    shown = render_template(
        "projects/prepared.html",
        head=head,
        prepared=page.prepared,
        title=prepared_words(act, head.kind),
        said=tuple((str(labels.field(name)), _said(value, head.kind)) for name, value in page.prepared.fields),
        against=tuple(say(refusal, head.kind) for refusal in page.prepared.against),
        tone="danger" if act is not Action.PUBLISH else "primary",
        way=way_to(head),
        trouble=trouble,
        rows=since(head, trouble),
    )
    return shown, trouble.status


def prepared_words(act: Act, kind: Kind | None = None) -> str:
    """An act that takes two persons, as a heading says it."""
    return str(labels.action(act, kind)) if isinstance(act, Action) else t("人工更正阶段", "Correct the stage by hand")


def _said(value: object, kind: Kind) -> str:
    """A field of the form as it was filled in."""
    match value:
        case StrEnum():
            return str(labels.label(value, kind))
        case date():
            return dates.long_date(value)
        case True:
            return t("是", "yes")
        case _:
            return str(value)
