"""The acts of the procedure: a form that says what will follow, and the act itself."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.errors import TransitionRefused
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services import lifecycle
from standards_wf.services.reading.acting import ActPage, act_page
from standards_wf.services.saying import is_not_theirs, speaking_of
from standards_wf.services.two_persons import prepared_by
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.acts import Proposals, act_groups, read_act
from standards_wf.web.forms.page import FormPage
from standards_wf.web.forms.trouble import ACCEPTABLE_LATER, NO_TROUBLE, Trouble, trouble_of
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.places import reasons_of, tone_of
from standards_wf.web.projects.prepared import on_to_the_second
from standards_wf.web.projects.shown import show_form, since, way_to
from standards_wf.wording import dates, labels
from standards_wf.wording.language import t
from standards_wf.workflow.fields import FIELDS
from standards_wf.workflow.vocabulary import Action, Effect

STEP, BACK = "step", "back"
"""The button of a rehearsal with which somebody comes back to the form."""


@bp.get("/<int:project_id>/actions/<action:action>")
def act(project_id: int, action: Action) -> ResponseReturnValue:
    """The form of an act. Raises NotFound, TransitionRefused."""
    return show_act(project_id, action, NO_TROUBLE)


@bp.post("/<int:project_id>/actions/<action:action>")
def perform_action(project_id: int, action: Action) -> ResponseReturnValue:
    """Do it, and say what was done; whoever comes back from the rehearsal finds the form as it was typed."""
    if request.form.get(STEP) == BACK:
        return show_act(project_id, action, Trouble(typed=request.form))
    try:
        command = read_act(request.form, project_id, action)
        with unit_of_work(db.session()) as session:
            event = lifecycle.perform(session, command, actor=current_actor(), moment=current_moment())
    except ACCEPTABLE_LATER as refused:
        if isinstance(refused, TransitionRefused) and is_not_theirs(refused):
            raise
        kind = act_page(db.session(), project_id, action, current_actor(), current_moment()).head.kind
        return show_act(project_id, action, trouble_of(refused, request.form, kind))
    number = prepared_by(event)
    if number is not None:
        return on_to_the_second(project_id, number)
    page = act_page(db.session(), project_id, action, current_actor(), current_moment())
    flash(_done(page), "done")
    return redirect(url_for("projects.overview", project_id=project_id))


def _done(page: ActPage) -> str:
    act_words, stage = (
        labels.action(page.decision.action, page.head.kind),
        labels.stage(page.head.stage, page.head.kind),
    )
    return t(
        "已办理：{act}。项目现处于“{stage}”阶段。",
        "Done: {act}. The project is now at the stage “{stage}”.",
        act=act_words,
        stage=stage,
    )


def show_act(project_id: int, action: Action, trouble: Trouble) -> ResponseReturnValue:
    """The form of an act, new or with what was typed. Raises NotFound, TransitionRefused."""
    page = act_page(db.session(), project_id, action, current_actor(), current_moment())
    head, decision = page.head, page.decision
    if decision.row is None and trouble.seen_version is not None:
        rows = since(head, trouble)
        typed = _typed(action, trouble)
        return render_template("projects/overtaken.html", head=head, rows=rows, action=action, typed=typed), 409
    if decision.row is None or not decision.is_for_this_actor:
        with speaking_of(head.kind):
            raise TransitionRefused(decision.refusals)
    proposals = proposals_of(page)
    form = FormPage(
        title=str(labels.action(action, head.kind)),
        over=str(labels.stage(head.stage, head.kind)),
        under=head.title_zh,
        crumbs=way_to(head),
        groups=act_groups(proposals, needs_note=decision.row.needs_note),
        rehearsal_url=url_for("projects.preview", project_id=project_id, action=action),
        version=head.version,
        submit=_submit(page),
        variant=tone_of(action) or "primary",
        cancel_url=url_for("projects.overview", project_id=project_id),
        trouble=trouble,
        missing=tuple(reason.sentence for reason in reasons_of(head, decision)),
        told=_told(page),
        since=since(head, trouble),
    )
    return show_form(form)


def _submit(page: ActPage) -> str:
    """What the button says: of an act that takes two persons, that it is prepared."""
    said = labels.action(page.decision.action, page.head.kind)
    return t("准备：{act}", "Prepare: {act}", act=labels.mid_sentence(said)) if page.takes_two else str(said)


def proposals_of(page: ActPage) -> Proposals:
    """What the form of the act proposes."""
    return Proposals(
        action=page.decision.action,
        kind=page.head.kind,
        today=current_moment().day,
        rules=page.rules,
        is_revision=page.is_revision,
        closes_on=page.closes_on,
        plan_number=page.plan_number,
        plans=page.plans,
        asks_for_fast_track=page.head.fast_track is not None,
        is_in_a_plan=bool(page.head.plan_number),
    )


def _typed(action: Action, trouble: Trouble) -> tuple[tuple[str, str], ...]:
    """What was typed into the form of an act, each under its words, for somebody who came too late."""
    names = (*(row.name for row in FIELDS.get(action, ())), "note")
    values = ((name, str(trouble.value(name)).strip()) for name in names)
    return tuple((str(labels.field(name)), value) for name, value in values if value)


def _told(page: ActPage) -> tuple[str, ...]:
    """What follows the act, in sentences."""
    row, head = page.decision.row, page.head
    if row is None:
        return ()
    sentences = []
    if page.takes_two:
        second = t(
            "此事须由两人办理：您准备之后，由另一位有权办理的人确认，届时才有以下后果。",
            "This takes two persons: after you have prepared it, somebody else who may do it confirms it, and only then:",
        )
        sentences.append(second)
    if row.target is not head.stage:
        target = labels.stage(row.target, head.kind)
        sentences.append(t("项目进入“{stage}”阶段。", "The project goes on to the stage “{stage}”.", stage=target))
    said = row.effects if not page.recipients else tuple(each for each in row.effects if each is not Effect.NOTIFY)
    sentences += [str(labels.effect(effect, head.kind)) + t("。", ".") for effect in said]
    if page.recipients:
        roles = t("、", ", ").join(str(labels.mid_sentence(labels.role(role))) for role in page.recipients)
        sentences.append(t("将告知：{roles}。", "Told: {roles}.", roles=roles))
    sentences.append(
        t(
            "写入历史，日期为{day}，不能改动。",
            "It enters the history under {day} and cannot be changed.",
            day=dates.long_date(current_moment().day),
        )
    )
    return tuple(sentences)
