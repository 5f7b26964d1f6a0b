"""What an act would do, told before it is done: the rehearsal, with what was typed kept on the way there and back."""

from dataclasses import dataclass
from datetime import date

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.lifecycle import PerformAction
from standards_wf.services.reading.acting import ActPage, act_page
from standards_wf.services.rehearsal import Obstacle, Rehearsal, rehearse
from standards_wf.services.rehearsal_sentences import (
    helped_by,
    leads_to,
    numbers_given,
    other_case_in_words,
    recipient_in_words,
)
from standards_wf.services.remedies import Place
from standards_wf.services.saying import say
from standards_wf.web.forms.acts import act_groups, read_act
from standards_wf.web.forms.page import Field, Input
from standards_wf.web.forms.trouble import ACCEPTABLE_LATER, trouble_of
from standards_wf.web.projects.acts import proposals_of, show_act
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.places import place_url, tone_of
from standards_wf.web.projects.shown import way_to
from standards_wf.wording import dates, labels
from standards_wf.wording.deadlines import DUE_WORDS
from standards_wf.wording.language import t
from standards_wf.workflow.vocabulary import Action

Typed = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Reason:
    """What stands against the act, who can mend it, and where."""

    sentence: str
    help: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RehearsalPage:
    """What an act would do, in sentences."""

    told: Rehearsal
    act: str
    tone: str
    leads_to: str
    numbers: tuple[str, ...]
    files: tuple[tuple[str, bool], ...]
    """Each paper, and whether it can be made."""
    recipients: tuple[str, ...]
    begins: tuple[tuple[str, date], ...]
    ends: tuple[tuple[str, date], ...]
    others: tuple[tuple[str, str | None], ...]
    reasons: tuple[Reason, ...]
    in_the_form: tuple[Reason, ...]
    assumed: tuple[tuple[str, str], ...]
    """The proposals of the form with which it was rehearsed, where nothing was typed yet."""
    kept: tuple[tuple[str, str], ...]
    """What was typed, to be sent on."""
    is_typed: bool
    act_url: str


@bp.get("/<int:project_id>/actions/<action:action>/preview")
def preview(project_id: int, action: Action) -> ResponseReturnValue:
    """What the act would do with what its form proposes. Raises NotFound."""
    page = act_page(db.session(), project_id, action, current_actor(), current_moment())
    proposed = _proposed(page)
    return _show(page, read_act(proposed, project_id, action), proposed, is_typed=False)


@bp.post("/<int:project_id>/actions/<action:action>/preview")
def preview_typed(project_id: int, action: Action) -> ResponseReturnValue:
    """What the act would do with what was typed; what cannot be accepted comes back in the form. Raises NotFound."""
    page = act_page(db.session(), project_id, action, current_actor(), current_moment())
    try:
        return _show(page, read_act(request.form, project_id, action), request.form, is_typed=True)
    except ACCEPTABLE_LATER as refused:
        return show_act(project_id, action, trouble_of(refused, request.form, page.head.kind))


def _fields(page: ActPage) -> tuple[Field, ...]:
    needs_note = page.decision.row is not None and page.decision.row.needs_note
    return tuple(field for group in act_groups(proposals_of(page), needs_note=needs_note) for field in group.fields)


def _proposed(page: ActPage) -> Typed:
    """What the form would send if nothing were changed; in place of the reason that is still to be written stands a mark."""
    typed: Typed = MultiDict({"expected_version": str(page.head.version)})
    for field in _fields(page):
        if field.name == "note" and field.required:
            typed[field.name] = t("（办理时填写）", "(to be written)")
        elif field.value not in ("", None):
            typed[field.name] = str(field.value)
    return typed


def _show(page: ActPage, command: PerformAction, typed: Typed, *, is_typed: bool) -> ResponseReturnValue:
    told = rehearse(db.session(), command, actor=current_actor(), moment=current_moment())
    shown = _page(page, told, typed, is_typed=is_typed)
    return render_template("projects/rehearsal.html", head=page.head, page=shown, crumbs_of=way_to(page.head))


def _page(page: ActPage, told: Rehearsal, typed: Typed, *, is_typed: bool) -> RehearsalPage:
    kind, project_id = told.kind, told.project_id
    fields = _fields(page)
    reasons = [(each, _reason(each, told)) for each in told.obstacles]
    return RehearsalPage(
        told=told,
        act=str(labels.action(told.action, kind)),
        tone=tone_of(told.action) or "primary",
        leads_to=leads_to(told),
        numbers=numbers_given(told),
        files=tuple((f"{labels.paper(each.paper, kind)}：{each.filename}", not each.lacks) for each in told.files),
        recipients=tuple(map(recipient_in_words, told.recipients)),
        begins=tuple((str(DUE_WORDS[each.due]), each.on) for each in told.begins),
        ends=tuple((str(DUE_WORDS[each.due]), each.on) for each in told.ends),
        others=tuple(
            (
                other_case_in_words(each),
                url_for("projects.overview", project_id=each.project_id) if each.project_id else None,
            )
            for each in told.others
        ),
        reasons=tuple(reason for each, reason in reasons if each.place is not Place.FORM),
        in_the_form=tuple(reason for each, reason in reasons if each.place is Place.FORM),
        assumed=tuple((field.words, _in_words(field, typed)) for field in fields if typed.get(field.name)),
        kept=tuple((name, value) for name, value in typed.items(multi=True) if name in {f.name for f in fields}),
        is_typed=is_typed,
        act_url=url_for("projects.act", project_id=project_id, action=told.action),
    )


def _reason(obstacle: Obstacle, told: Rehearsal) -> Reason:
    here = obstacle.place in {Place.OVERVIEW, Place.FORM}
    url = "" if here else place_url(told.project_id, obstacle.place)
    return Reason(say(obstacle.refusal, told.kind), helped_by(obstacle), url)


def _in_words(field: Field, typed: Typed) -> str:
    """A value of the form as somebody reads it."""
    value = typed[field.name]
    match field.input:
        case Input.CHECKBOX:
            return t("是", "yes")
        case Input.RADIOS:
            return next((str(choice[1]) for choice in field.choices if str(choice[0]) == value), value)
        case Input.DATE:
            return dates.long_date(date.fromisoformat(value)) if _is_day(value) else value
        case _:
            return value


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True
