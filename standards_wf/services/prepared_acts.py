"""Confirming or withdrawing an act that somebody prepared: the second half of what takes two persons."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.prepared_acts import Outcome, PreparedAct
from standards_wf.services.access import Entrance, entrance_to, require_administrator
from standards_wf.services.lifecycle import (
    CorrectStage,
    PerformAction,
    capacity_to,
    checked_note,
    correct_stage,
    perform,
    require_version,
)
from standards_wf.services.record import Happening, append
from standards_wf.services.two_person_problems import TwoPersonProblem
from standards_wf.services.two_persons import act_of, numbered, settle, to_be_settled
from standards_wf.workflow.facts import Actor, Capacity
from standards_wf.workflow.machine import PROJECT_MACHINE
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Action, Effect, Event, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPreparedAct:
    """A second person confirms what a first one prepared."""

    project_id: int
    number: int
    expected_version: int | None = None


def confirm_prepared_act(session: Session, cmd: ConfirmPreparedAct, *, actor: Actor, moment: Moment) -> LifecycleEvent:
    """Do a prepared act, with the note and the fields that were prepared; every guard is asked again.

    Raises NotFound, Forbidden, EditConflict, TransitionRefused, Invalid.
    """
    project = entrance_to(session, cmd.project_id, actor).project
    require_version(project, cmd.expected_version)
    prepared = numbered(session, project, cmd.number)
    act = act_of(prepared.action)
    if isinstance(act, Action):
        command = PerformAction(
            project_id=project.id, action=act, expected_version=cmd.expected_version, confirms=cmd.number
        )
        return perform(session, command, actor=actor, moment=moment)
    correction = CorrectStage(
        project_id=project.id,
        expected_version=cmd.expected_version,
        stage=prepared.stage or project.stage,
        note=prepared.note,
        confirms=cmd.number,
    )
    return correct_stage(session, correction, actor=actor, moment=moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPreparedAct:
    """What was prepared is not to be done after all."""

    project_id: int
    number: int
    expected_version: int | None = None
    note: str = ""


def withdraw_prepared_act(
    session: Session, cmd: WithdrawPreparedAct, *, actor: Actor, moment: Moment
) -> LifecycleEvent:
    """Withdraw a prepared act: whoever prepared it, or anybody else who could do it.

    Raises NotFound, Forbidden, EditConflict, TransitionRefused, Invalid.
    """
    entrance = entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    require_version(project, cmd.expected_version)
    note = checked_note(cmd.note)
    prepared = to_be_settled(session, project, cmd.number, moment)
    capacity = _capacity_for(prepared, entrance, actor)
    if actor.person_id is None:
        raise Forbidden(Refusal(TwoPersonProblem.NAMELESS))
    settle(prepared, Outcome.WITHDRAWN, actor.person_id, moment)
    happening = Happening(
        action=Event.PREPARED_ACT_WITHDRAWN,
        role=capacity.role,
        to_stage=project.stage,
        note=note,
        params={"prepared_act": prepared.number, "act": prepared.action, "stage": prepared.stage},
        effects=(Effect.NOTIFY,),
    )
    event = append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return event


def _capacity_for(prepared: PreparedAct, entrance: Entrance, actor: Actor) -> Capacity:
    """The capacity in which somebody could do a prepared act. Raises Forbidden."""
    act = act_of(prepared.action)
    project = entrance.project
    row = PROJECT_MACHINE.table(project.kind).row(project.stage, act) if isinstance(act, Action) else None
    if row is not None:
        return capacity_to(actor, entrance, row.roles)
    require_administrator(actor)
    return Capacity(Role.ADMINISTRATOR)
