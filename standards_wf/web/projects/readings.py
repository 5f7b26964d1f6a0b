"""How a version of a text was read: shown paragraph by paragraph, and put right by hand."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.documents.correcting import ReadAs
from standards_wf.errors import Invalid
from standards_wf.request import current_actor, current_moment, db, installation
from standards_wf.services.drafts import attach_draft
from standards_wf.services.reading.readings import reading_page
from standards_wf.services.readings import put_right
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import ACCEPTABLE_LATER, NO_TROUBLE, Trouble, trouble_of
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.drafts import KEEPERS, PUBLISHERS, may_attach
from standards_wf.web.projects.shown import head_for, show_tab, since
from standards_wf.wording import texts
from standards_wf.wording.language import t
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.refusals import Refusal

_FIELD = "as-"
_MOST_DIGITS = 7


@bp.get("/<int:project_id>/drafts/<int:number>/reading")
def reading(project_id: int, number: int) -> ResponseReturnValue:
    """What the file says beside what it was taken for."""
    return _show(project_id, number, NO_TROUBLE)


@bp.post("/<int:project_id>/drafts/<int:number>/reading")
def correct_reading(project_id: int, number: int) -> ResponseReturnValue:
    """Read the file again with what was put right on this page."""
    head = head_for(project_id, *KEEPERS, *PUBLISHERS)
    session, actor, house = db.session(), current_actor(), installation()
    try:
        reader = Reader(request.form)
        version = reader.version()
        reader.done()
        wanted = _wanted()
        command = put_right(
            session,
            project_id,
            number,
            wanted,
            actor=actor,
            store=house.store,
            reader=house.reader,
            expected_version=version,
        )
        if command is None:
            flash(t("没有改动。", "Nothing was changed."), "info")
            return redirect(url_for("projects.reading", project_id=project_id, number=number, page=_page()))
        session.rollback()
        with unit_of_work(session) as writing:
            made = attach_draft(writing, command, store=house.store, actor=actor, moment=current_moment()).number
    except ACCEPTABLE_LATER as refused:
        return _show(project_id, number, trouble_of(refused, request.form, head.kind))
    told = t(
        "已按更正重新读取，保存为第 {n} 版：{clauses} 条，{errors} 处格式错误。",
        "Read again with what was put right, and kept as version {n}: {clauses} clauses, errors of format: {errors}.",
        n=made,
        clauses=len(command.draft.read.clauses),
        errors=command.draft.errors,
    )
    flash(told, "done")
    return redirect(url_for("projects.reading", project_id=project_id, number=made, page=_page()))


def _wanted() -> dict[int, ReadAs | None]:
    """What was chosen, by the place of the paragraph. Raises Invalid."""
    places = (name.removeprefix(_FIELD) for name in request.form if name.startswith(_FIELD))
    known = [place for place in places if place.isascii() and place.isdecimal() and len(place) <= _MOST_DIGITS]
    chosen = {place: request.form[f"{_FIELD}{place}"].strip() for place in known}
    offered = tuple(str(texts.READ_AS[each]) for each in ReadAs)
    wrong = {
        f"{_FIELD}{place}": Refusal(FieldProblem.NOT_A_CHOICE, given=code, choices=offered)
        for place, code in chosen.items()
        if code and code not in tuple(ReadAs)
    }
    if wrong:
        raise Invalid(wrong)
    return {int(place): ReadAs(code) if code else None for place, code in chosen.items()}


def _page() -> int:
    return request.args.get("page", 1, type=int)


def _show(project_id: int, number: int, trouble: Trouble) -> ResponseReturnValue:
    page = reading_page(db.session(), project_id, number, current_actor(), _page())
    body = show_tab(
        "reading",
        page.head,
        "drafts",
        page=page,
        may_correct=may_attach(page.head),
        trouble=trouble,
        errors=trouble.errors,
        since=since(page.head, trouble),
        kinds_of_text={**texts.ROLES, **texts.CLAUSE_KINDS},
        read_as=[(each.value, str(texts.READ_AS[each])) for each in ReadAs],
        doubts=texts.DOUBTS,
    )
    return body, trouble.status
