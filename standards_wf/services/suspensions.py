"""Suspending a project and resuming it (中止, 恢复): outside the published table, like the correction by hand.

Whoever may end a project at its stage, or prolong it, may also let it rest. The days of rest are not counted: they
move the day of completion, and nothing that was promised to the public.
"""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid, TransitionRefused
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Notice
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.keeping_time import SuspensionRow
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Ballot, Review
from standards_wf.services import access
from standards_wf.services.lifecycle import checked_note, require_version
from standards_wf.services.record import Happening, append
from standards_wf.services.resting import end_suspension, running_suspension
from standards_wf.services.suspension_problems import SuspensionProblem
from standards_wf.workflow import deadlines
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Action, Effect, Event, Kind, Role, Stage

_LIKE_IT = frozenset({Action.TERMINATE, Action.EXTEND_PROJECT})


def who_suspends(kind: Kind, stage: Stage) -> tuple[Role, ...]:
    """Who may suspend and resume a project at its stage: whoever may end it or prolong it there."""
    rows = (row for row in PROCEDURES[kind].rows_from(stage) if row.action in _LIKE_IT)
    return tuple(dict.fromkeys(role for row in rows for role in row.roles))


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspendProject:
    """Let a project rest, for a reason."""

    project_id: int
    expected_version: int | None = None
    note: str


def suspend(session: Session, cmd: SuspendProject, *, actor: Actor, moment: Moment) -> LifecycleEvent:
    """Suspend a project from today on; it stays at its stage, and every act but ending it is refused.

    Raises NotFound, Forbidden, EditConflict, TransitionRefused, Invalid.
    """
    entrance = access.entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    roles = who_suspends(project.kind, project.stage)
    if not roles:
        reason = Refusal(SuspensionProblem.NOT_AT_THIS_STAGE, stage=project.stage)
        raise TransitionRefused((reason,))
    role = entrance.require(*roles)
    require_version(project, cmd.expected_version)
    against = what_stands_against(session, project)
    if against is not None:
        raise TransitionRefused((against,))
    note = checked_note(cmd.note)
    if not note:
        raise Invalid({"note": Refusal(FieldProblem.REQUIRED)})
    session.add(SuspensionRow(project_id=project.id, from_on=moment.day, reason=note, suspended_by_id=actor.person_id))
    happening = Happening(
        action=Event.PROJECT_SUSPENDED,
        role=role,
        to_stage=project.stage,
        note=note,
        params={"from_on": moment.day},
        effects=(Effect.NOTIFY,),
    )
    event = append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return event


def what_stands_against(session: Session, project: Project) -> Refusal | None:
    """Why the project cannot be suspended now: it rests already, or something runs that was promised to the public."""
    running = running_suspension(session, project.id)
    if running is not None:
        return Refusal(SuspensionProblem.ALREADY_SUSPENDED, since=running.from_on)
    closes_on = session.scalar(
        select(ConsultationRound.closes_on).where(
            ConsultationRound.project_id == project.id, ConsultationRound.closed_on.is_(None)
        )
    )
    if closes_on is not None:
        return Refusal(SuspensionProblem.CONSULTATION_RUNS, closes_on=closes_on)
    votes_until = session.scalar(
        select(Ballot.closes_on)
        .join(Review, Review.id == Ballot.review_id)
        .where(Review.project_id == project.id, Ballot.closed_at.is_(None))
    )
    if votes_until is not None:
        return Refusal(SuspensionProblem.BALLOT_RUNS, closes_on=votes_until)
    ends_on = session.scalar(select(Notice.ends_on).where(Notice.project_id == project.id, Notice.closed_on.is_(None)))
    if ends_on is not None:
        return Refusal(SuspensionProblem.NOTICE_RUNS, ends_on=ends_on)
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeProject:
    """Take up a project that rests."""

    project_id: int
    expected_version: int | None = None
    note: str = ""


def resume(session: Session, cmd: ResumeProject, *, actor: Actor, moment: Moment) -> LifecycleEvent:
    """Resume a project; the day of completion has moved by the days of rest, today not counted.

    Raises NotFound, Forbidden, EditConflict, TransitionRefused, Invalid.
    """
    entrance = access.entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = entrance.require(*who_suspends(project.kind, project.stage))
    require_version(project, cmd.expected_version)
    note = checked_note(cmd.note)
    ended = end_suspension(session, project, moment)
    if ended is None:
        raise TransitionRefused((Refusal(SuspensionProblem.NOT_SUSPENDED),))
    rested = deadlines.Suspension(ended.from_on, ended.until)
    happening = Happening(
        action=Event.PROJECT_RESUMED,
        role=role,
        to_stage=project.stage,
        note=note,
        params={"from_on": ended.from_on, "suspended_days": rested.days(moment.day)},
        effects=(Effect.NOTIFY,),
    )
    event = append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return event
