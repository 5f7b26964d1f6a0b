"""The comments on a project's drafts: the table, and what becomes of each of them."""

from urllib.parse import urlencode

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.consultations import DisposeComment, dispose_comment
from standards_wf.services.reading.comments import SHOWN_WORDS, Shown, comment_of, comments_of
from standards_wf.services.reading.projects import Head
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import ACCEPTABLE_LATER, NO_TROUBLE, Trouble, trouble_of
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.lists import asked_code, asked_number
from standards_wf.web.projects.shown import show_tab
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.vocabulary import Disposition, Role, Stage

DISPOSERS = (Role.DRAFTER, Role.COMMITTEE_SECRETARY)
_WHILE = frozenset({Stage.CONSULTATION, Stage.RESOLUTION, Stage.DRAFTING})
_PLACE = ("show", "page")


def may_dispose(head: Head) -> bool:
    """Whether the form is offered; the service has the last word."""
    return head.stage in _WHILE and head.has(*DISPOSERS)


@bp.get("/<int:project_id>/comments")
def comments(project_id: int) -> ResponseReturnValue:
    """The comments, narrowed by what became of them."""
    shown = asked_code("show", Shown) or Shown.ALL
    page = comments_of(db.session(), project_id, current_actor(), shown, asked_number("page") or 1)
    return show_tab(
        "comments",
        page.head,
        "comments",
        page=page,
        words=SHOWN_WORDS,
        may_dispose=may_dispose(page.head),
        choices=_choices(),
        trouble=NO_TROUBLE,
        place=_place(),
    )


@bp.get("/<int:project_id>/comments/<int:number>")
def comment(project_id: int, number: int) -> ResponseReturnValue:
    """One comment with the form for what becomes of it."""
    return _show(project_id, number, NO_TROUBLE)


@bp.post("/<int:project_id>/comments/<int:number>")
def dispose(project_id: int, number: int) -> ResponseReturnValue:
    """Say what becomes of a comment; then stay where one was, or go on to the next."""
    actor = current_actor()
    found = comment_of(db.session(), project_id, number, actor)
    try:
        reader = Reader(request.form)
        disposition, reason = reader.needed_code("disposition", Disposition), reader.text("reason")
        reader.done()
        command = DisposeComment(comment_id=found.comment.id, disposition=disposition, reason=reason)
        with unit_of_work(db.session()) as session:
            dispose_comment(session, command, actor=actor, moment=current_moment())
    except ACCEPTABLE_LATER as refused:
        return _show(project_id, number, trouble_of(refused, request.form, found.head.kind))
    if request.headers.get("HX-Request"):
        return _row(project_id, number, NO_TROUBLE)
    flash(t("第 {n} 条意见已处理。", "Comment {n} has its disposition.", n=number), "done")
    if request.form.get("go_on") and found.next_open:
        return redirect(_with_place(url_for("projects.comment", project_id=project_id, number=found.next_open)))
    return redirect(f"{_with_place(url_for('projects.comments', project_id=project_id))}#comment-{number}")


def _with_place(address: str) -> str:
    query = urlencode(_place())
    return f"{address}?{query}" if query else address


def _place() -> dict[str, str]:
    """Where in the list somebody stands, so that he finds himself there again."""
    return {name: value for name in _PLACE if (value := request.args.get(name, ""))}


def _show(project_id: int, number: int, trouble: Trouble) -> ResponseReturnValue:
    if request.headers.get("HX-Request"):
        return _row(project_id, number, trouble)
    page = comment_of(db.session(), project_id, number, current_actor())
    shown = show_tab(
        "comment",
        page.head,
        "comments",
        page=page,
        may_dispose=may_dispose(page.head),
        choices=_choices(),
        trouble=trouble,
        errors=trouble.errors,
        place=_place(),
    )
    return shown, trouble.status


def _row(project_id: int, number: int, trouble: Trouble) -> ResponseReturnValue:
    """One comment alone, in answer to htmx."""
    page = comment_of(db.session(), project_id, number, current_actor())
    row = render_template(
        "projects/comment_row.html",
        head=page.head,
        comment=page.comment,
        may_dispose=may_dispose(page.head),
        choices=_choices(),
        trouble=trouble,
        place=_place(),
    )
    return row, trouble.status


def _choices() -> tuple[tuple[str, object], ...]:
    return tuple((code.value, labels.disposition(code)) for code in Disposition)
