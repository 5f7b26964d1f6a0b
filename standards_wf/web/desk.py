"""The desk: what waits on the person who is logged in."""

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.notifications.reminders import in_a_line, place_of
from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.inbox import read_all_messages, read_message
from standards_wf.services.reading.desk import CaseInHand, Message, desk_of
from standards_wf.services.reading.tasks import Task, TaskShown
from standards_wf.services.saying import say
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.reading import Reader
from standards_wf.web.login import require_login
from standards_wf.web.projects.lists import asked_number
from standards_wf.wording import labels
from standards_wf.wording.deadlines import DUE_WORDS
from standards_wf.wording.language import Term, t
from standards_wf.workflow.refusals import MET_BY_THE_FORM
from standards_wf.workflow.vocabulary import Action, Event

bp = Blueprint("desk", __name__)
bp.before_request(require_login)


@dataclass(frozen=True, slots=True)
class CaseItem:
    """A case with its buttons and with what is still missing."""

    case: CaseInHand
    buttons: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]


@bp.get("/desk")
def desk() -> ResponseReturnValue:
    """What waits on me."""
    page = desk_of(db.session(), current_actor(), current_moment(), asked_number("page") or 1)
    return render_template(
        "desk/desk.html",
        page=page,
        cases=[_item(case) for case in page.cases],
        tasks=[(task, *_task_words(task)) for task in page.tasks],
        inbox=[(message, _message_words(message, current_moment().day)) for message in page.messages],
        due_words=DUE_WORDS,
    )


@bp.post("/desk/messages/<int:message_id>")
def read(message_id: int) -> ResponseReturnValue:
    """Open what a message is about; it counts as read."""
    with unit_of_work(db.session()) as session:
        message = read_message(session, message_id, actor=current_actor(), moment=current_moment())
    if message.due is not None:
        return redirect(place_of(message.due, url_for("projects.overview", project_id=message.project_id)))
    return redirect(url_for("projects.overview", project_id=message.project_id, seen=message.event_seq))


@bp.post("/desk/messages")
def read_all() -> ResponseReturnValue:
    """All messages on the page count as read."""
    up_to = Reader(request.form).number("up_to") or 0
    with unit_of_work(db.session()) as session:
        read_all_messages(session, up_to=up_to, actor=current_actor(), moment=current_moment())
    return redirect(url_for("desk.desk"))


def _item(case: CaseInHand) -> CaseItem:
    buttons = tuple(
        (
            str(labels.action(decision.action, case.kind)),
            url_for("projects.act", project_id=case.id, action=decision.action),
        )
        for decision in case.decisions
        if decision.open and decision.is_for_this_actor
    )
    missing: dict[str, None] = {}
    if not buttons:
        for decision in case.decisions[:1]:
            for refusal in decision.refusals:
                if refusal.code not in MET_BY_THE_FORM:
                    missing[say(refusal, case.kind)] = None
    return CaseItem(case, buttons, tuple(missing))


_TASKS: dict[Task, tuple[Term, str]] = {
    Task.VOTE: (Term("请投票", "Cast your vote"), "projects.vote"),
    Task.SIGN: (Term("请签署审查纪要", "Sign the minutes"), "projects.sign"),
    Task.DISPOSE: (Term("有 {n} 条意见待处理", "Comments to dispose of: {n}"), "projects.comments"),
    Task.ANSWER_REVIEW: (Term("有 {n} 条审查意见待答复", "Objections to answer: {n}"), "projects.review"),
    Task.ANSWER_NOTICE: (Term("有 {n} 条公示异议待答复", "Objections to the notice: {n}"), "projects.life"),
    Task.CHECK_CITATION: (
        Term("引用的文件已失效，请核对 {n} 处", "Cited documents have ended, to be checked: {n}"),
        "projects.life",
    ),
    Task.BRING_CONSULTATION_DRAFT: (Term("请上传征求意见稿", "Bring the consultation draft"), "projects.new_draft"),
    Task.BRING_REVIEW_DRAFT: (Term("请上传送审稿", "Bring the review draft"), "projects.new_draft"),
}


def _task_words(task: TaskShown) -> tuple[str, str]:
    """What is to be done, in words, and where."""
    if task.task is Task.CONFIRM:
        words = t("请确认他人准备的事项", "Confirm what somebody else prepared")
        return words, url_for("projects.prepared", project_id=task.project_id, number=task.place)
    if task.task is Task.COMMENT:
        words = t("征求意见，欢迎提出意见", "Open for comments")
        return words, url_for("public.consultation", round_id=task.place)
    term, endpoint = _TASKS[task.task]
    words = str(labels.for_kind(term, task.kind)).format(n=task.count)
    address = url_for(endpoint, project_id=task.project_id)
    return words, f"{address}?show=open" if task.task is Task.DISPOSE else address


def _message_words(message: Message, today: date) -> str:
    if message.due is not None and message.due_on is not None:
        return in_a_line(message.due, message.due_on, today)
    code = Action(message.code) if message.code in set(Action) else Event(message.code)
    done = str(labels.done(code, message.kind))
    return done[:1].upper() + done[1:]
