"""Objections to what was put on public notice (公示), and their answers."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid, NotFound
from standards_wf.models.documents import Notice, NoticeObjection
from standards_wf.services import access
from standards_wf.services.problems import NoticeProblem
from standards_wf.services.record import Happening, append
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Effect, Event, Role


def is_running(notice: Notice, moment: Moment) -> bool:
    """Whether the notice takes objections on this day, its last day included."""
    return notice.closed_on is None and notice.opened_on <= moment.day <= notice.ends_on


@dataclass(frozen=True, slots=True, kw_only=True)
class FileObjection:
    """An objection, as anybody may raise it."""

    notice_id: int
    name: str
    contact: str
    text: str


def file_objection(session: Session, cmd: FileObjection, *, actor: Actor, moment: Moment) -> NoticeObjection:
    """Receive an objection while the notice runs.

    Whoever decides must have seen it: a page drawn before is stale. The history names no one who objects.
    Raises NotFound, Invalid.
    """
    notice, project = access.notice_for(session, cmd.notice_id)
    if not is_running(notice, moment):
        over = Refusal(NoticeProblem.NOT_RUNNING, opened_on=notice.opened_on, ends_on=notice.ends_on)
        raise Invalid({"notice": over})
    typed = Typed()
    name = typed.text("name", cmd.name, required=True)
    contact = typed.text("contact", cmd.contact, required=True)
    text = typed.text("text", cmd.text, maximum=LONG, required=True)
    typed.done()
    objection = NoticeObjection(notice_id=notice.id, name=name, contact=contact, text=text, received_at=moment.at)
    session.add(objection)
    session.flush()
    happening = Happening(
        action=Event.OBJECTION_RECEIVED,
        role=Role.PUBLIC,
        to_stage=project.stage,
        params={"notice": notice.kind, "objection": objection.id},
        effects=(Effect.NOTIFY,),
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return objection


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerNoticeObjection:
    """The answer to an objection."""

    objection_id: int
    answer: str


def answer_objection_to_notice(
    session: Session, cmd: AnswerNoticeObjection, *, actor: Actor, moment: Moment
) -> NoticeObjection:
    """Answer an objection; until the notice is closed, another answer may take the place of the first.

    Raises NotFound, Forbidden, Invalid.
    """
    access.require_identity("objection", cmd.objection_id)
    notice_id = session.scalar(select(NoticeObjection.notice_id).where(NoticeObjection.id == cmd.objection_id))
    if notice_id is None:
        raise NotFound("objection", cmd.objection_id)
    notice, project = access.notice_for(session, notice_id)
    role = access.entrance_to(session, project.id, actor).require(Role.AUTHORITY, Role.GROUP_SECRETARIAT)
    objection = session.get_one(NoticeObjection, cmd.objection_id, populate_existing=True)
    if objection.answer and notice.closed_on is not None:
        raise Invalid({"answer": Refusal(NoticeProblem.ANSWER_STANDS)})
    typed = Typed()
    answer = typed.text("answer", cmd.answer, maximum=LONG, required=True)
    typed.done()
    objection.answer, objection.answered_at = answer, moment.at
    happening = Happening(
        action=Event.OBJECTION_ANSWERED,
        role=role,
        to_stage=project.stage,
        params={"notice": notice.kind, "objection": objection.id, "answer": answer},
        effects=(Effect.NOTIFY,),
        must_be_seen=False,
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return objection
