"""Comments on an open consultation, and what becomes of them."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid
from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.projects import Project
from standards_wf.services.access import comment_for, consultation_for
from standards_wf.services.problems import ConsultationProblem
from standards_wf.services.record import Happening, append, canonical, sha256
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import CommentType, Disposition, Effect, Event, Role, Stage

_DISPOSING = frozenset({Stage.CONSULTATION, Stage.RESOLUTION, Stage.DRAFTING})


@dataclass(frozen=True, slots=True, kw_only=True)
class SendComment:
    """A comment, as somebody sends it (意见)."""

    round_id: int
    text: str
    author: str
    type: CommentType = CommentType.GENERAL
    clause: str = ""
    element: str = ""
    proposed_change: str = ""
    organization: str = ""
    email: str = ""


def is_open(consultation: ConsultationRound, moment: Moment) -> bool:
    """Whether the round takes comments on this day, its last day included."""
    return consultation.closed_on is None and consultation.opens_on <= moment.day <= consultation.closes_on


def send_comment(session: Session, cmd: SendComment, *, actor: Actor, moment: Moment) -> Comment:
    """Receive a comment while the round is open; after the closing date nothing is taken.

    Raises NotFound, Invalid.
    """
    consultation = consultation_for(session, cmd.round_id, actor)
    project = session.get_one(Project, consultation.project_id, with_for_update=True, populate_existing=True)
    session.refresh(consultation)  # it may have been closed while this comment waited for the lock
    if not is_open(consultation, moment):
        problem = Refusal(
            ConsultationProblem.NOT_OPEN, opens_on=consultation.opens_on, closes_on=consultation.closes_on
        )
        raise Invalid({"round": problem})
    typed = Typed()
    text = typed.text("text", cmd.text, maximum=LONG, required=True)
    author = typed.text("author", cmd.author, required=True)
    clause, element = typed.text("clause", cmd.clause), typed.text("element", cmd.element)
    proposed_change = typed.text("proposed_change", cmd.proposed_change, maximum=LONG)
    organization = typed.text("organization", cmd.organization)
    email = typed.text("email", cmd.email)
    if email and not _looks_like_an_address(email):
        typed.refuse("email", Refusal(ConsultationProblem.NOT_AN_ADDRESS, given=email))
    typed.done()
    last = session.scalar(select(func.max(Comment.number)).where(Comment.project_id == project.id))
    comment = Comment(
        project_id=project.id,
        round_id=consultation.id,
        number=(last or 0) + 1,
        clause=clause,
        element=element,
        type=cmd.type,
        text=text,
        proposed_change=proposed_change,
        author=author,
        organization=organization,
        email=email,
        person_id=actor.person_id,
        received_at=moment.at,
    )
    session.add(comment)
    happening = Happening(
        action=Event.COMMENT_RECEIVED,
        role=Role.PUBLIC,
        to_stage=project.stage,
        params={
            "round": consultation.number,
            "comment": comment.number,
            "clause": clause,
            "type": cmd.type,
            "text_sha256": sha256(canonical({"text": text, "proposed_change": proposed_change, "author": author})),
        },
        effects=(Effect.NOTIFY,),
        must_be_seen=False,
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return comment


def _looks_like_an_address(email: str) -> bool:
    name, at, host = email.partition("@")
    return bool(name and at and "." in host and not host.startswith(".") and not any(sign.isspace() for sign in email))


@dataclass(frozen=True, slots=True, kw_only=True)
class DisposeComment:
    """What becomes of a comment: accepted, partly or not, with the reason."""

    comment_id: int
    disposition: Disposition
    reason: str = ""


def dispose_comment(session: Session, cmd: DisposeComment, *, actor: Actor, moment: Moment) -> Comment:
    """Give a comment its disposition, or another one; the history keeps both.

    A comment not or only partly accepted needs a reason. Raises NotFound, Forbidden, Invalid.
    """
    comment, entrance = comment_for(session, cmd.comment_id, actor)
    project = entrance.project
    role = entrance.require(Role.DRAFTER, Role.COMMITTEE_SECRETARY)
    if project.stage not in _DISPOSING:
        raise Forbidden(Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=Event.COMMENT_DISPOSED, stage=project.stage))
    typed = Typed()
    needed = cmd.disposition is not Disposition.ACCEPTED
    reason = typed.text("reason", cmd.reason, maximum=LONG, required=needed)
    typed.done()
    before = comment.disposition
    comment.disposition, comment.reason = cmd.disposition, reason
    comment.disposed_by_id, comment.disposed_at = actor.person_id, moment.at
    happening = Happening(
        action=Event.COMMENT_DISPOSED,
        role=role,
        to_stage=project.stage,
        params={"comment": comment.number, "before": before, "disposition": cmd.disposition, "reason": reason},
        must_be_seen=False,
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return comment
