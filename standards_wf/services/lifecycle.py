"""Moving a project along its lifecycle: the one place where a stage is assigned."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, Invalid, TransitionRefused
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import Project
from standards_wf.services import access
from standards_wf.services.consequences import CONSEQUENCES, close_what_runs
from standards_wf.services.facts import facts_of
from standards_wf.services.numbering import close_unpublished
from standards_wf.services.record import Happening, append
from standards_wf.services.saying import speaking_of
from standards_wf.services.succession import ended_by
from standards_wf.workflow.facts import SYSTEM_ACTOR, Actor
from standards_wf.workflow.fields import ActFields, FieldProblem, is_text
from standards_wf.workflow.machine import PROJECT_MACHINE, Decision
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.rules import Rules
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Action, Effect, Event, Role, Stage

MAX_NOTE = 10_000

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class PerformAction:
    """An act of the procedure, as somebody asks for it."""

    project_id: int
    action: Action
    expected_version: int | None = None
    """The version of the project that the asker saw; `None` for the clock, which looks and acts at once."""
    note: str = ""
    fields: ActFields = field(default_factory=ActFields)
    due_on: date | None = None
    """The day on which an act of the clock fell due; it is recorded with how late the act is done."""


def perform(session: Session, cmd: PerformAction, *, actor: Actor, moment: Moment) -> LifecycleEvent:
    """Move a project along its lifecycle and record that it moved.

    1. Pass the door, and see that nobody has acted since the asker looked.
    2. Gather the facts that the guards of this row ask for, and decide; every reason against it is raised at once.
    3. Let the library move the stage, and write what the act itself brings: a round, a review, a document.
    4. Write the project, the history row and the outbox rows together.
    5. A document that comes into force ends those that it replaces, in the same transaction.

    Raises NotFound, EditConflict, TransitionRefused, Invalid.
    """
    entrance = access.entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    require_version(project, cmd.expected_version)
    note = checked_note(cmd.note)
    aspects = PROJECT_MACHINE.aspects(project.kind, project.stage, [cmd.action])
    facts = facts_of(session, entrance, aspects, moment=moment, fields=cmd.fields)
    decision = PROJECT_MACHINE.decide(cmd.action, facts, actor, note=note)
    with speaking_of(project.kind):
        if decision.row is None or not decision.allowed:
            raise TransitionRefused(decision.refusals)
        row = decision.row
        target = PROJECT_MACHINE.move(project.kind, project.stage, cmd.action)
        consequence = CONSEQUENCES.get(cmd.action)
        params = consequence(session, project, cmd.fields, moment) if consequence else {}
    happening = Happening(
        action=cmd.action,
        role=entrance.require(*row.roles),
        to_stage=target,
        note=note,
        params={
            **params,
            **close_unpublished(session, project, target, actor=actor, moment=moment),
            **lateness(cmd.due_on, moment.day),
        },
        effects=row.effects,
    )
    event = append(session, project, happening, actor=actor, moment=moment)
    _arrive(project, target, moment)
    session.flush()
    if cmd.action is Action.TAKE_EFFECT:
        _end_what_it_replaces(session, project, due_on=cmd.due_on, moment=moment)
    return event


def _end_what_it_replaces(session: Session, project: Project, *, due_on: date | None, moment: Moment) -> None:
    """A document that comes into force ends those that it replaces wholly, each with an act in its own history.

    One that cannot end yet, because it is not in force itself or rests, ends as soon as the clock may do it.
    """
    for project_id in ended_by(session, project.id):
        command = PerformAction(project_id=project_id, action=Action.SUPERSEDE, due_on=due_on)
        try:
            perform(session, command, actor=SYSTEM_ACTOR, moment=moment)
        except TransitionRefused as refused:
            log.info("project %d does not end with project %d yet: %s", project_id, project.id, refused)


def lateness(due_on: date | None, today: date) -> Mapping[str, object]:
    """What the history says of an act of the clock: when it fell due, and by how many days it is late."""
    return {} if due_on is None else {"due_on": due_on, "late_days": (today - due_on).days}


def _arrive(project: Project, target: Stage, moment: Moment) -> None:
    if project.stage is not target:
        project.stage = target
        project.stage_since = moment.at


def require_version(project: Project, expected: int | None) -> None:
    """See that nobody has acted since the asker looked. Raises EditConflict."""
    if expected is not None and project.version != expected:
        raise EditConflict(project.version, expected)


def checked_note(note: str) -> str:
    """A note as the record keeps it. Raises Invalid when it is too long or not text."""
    note = note.strip()
    if len(note) > MAX_NOTE:
        raise Invalid({"note": Refusal(FieldProblem.TOO_LONG, maximum=MAX_NOTE)})
    if not is_text(note):
        raise Invalid({"note": Refusal(FieldProblem.NOT_TEXT)})
    return note


def decisions_on(
    session: Session, entrance: access.Entrance, *, actor: Actor, moment: Moment, rules: Rules | None = None
) -> tuple[Decision, ...]:
    """Everything that can be done at the project's stage, decided for this actor, with all that is still missing."""
    project = entrance.project
    actions = PROJECT_MACHINE.actions_from(project.kind, project.stage)
    aspects = PROJECT_MACHINE.aspects(project.kind, project.stage, actions)
    facts = facts_of(session, entrance, aspects, moment=moment, rules=rules)
    return tuple(PROJECT_MACHINE.decide(action, facts, actor) for action in actions)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectStage:
    """The administrator puts a project where it belongs, by hand and with a reason."""

    project_id: int
    expected_version: int | None = None
    stage: Stage
    note: str


def correct_stage(session: Session, cmd: CorrectStage, *, actor: Actor, moment: Moment) -> LifecycleEvent:
    """Correct a project's stage by hand; recorded like every other act, and it stands out in the history.

    Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = access.entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    if not actor.is_administrator:
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=(Role.ADMINISTRATOR,)))
    require_version(project, cmd.expected_version)
    note = checked_note(cmd.note)
    problems: dict[str, Refusal] = {}
    if not note:
        problems["note"] = Refusal(FieldProblem.REQUIRED)
    if project.kind not in STAGES[cmd.stage].kinds or cmd.stage is project.stage:
        choices = tuple(row.stage for row in STAGES.values() if project.kind in row.kinds)
        problems["stage"] = Refusal(FieldProblem.NOT_A_CHOICE, given=cmd.stage, choices=choices)
    if problems:
        raise Invalid(problems)
    close_what_runs(session, project, moment)
    happening = Happening(
        action=Event.STAGE_CORRECTED,
        role=Role.ADMINISTRATOR,
        to_stage=cmd.stage,
        note=note,
        effects=(Effect.NOTIFY, Effect.REINDEX),
    )
    event = append(session, project, happening, actor=actor, moment=moment)
    _arrive(project, cmd.stage, moment)
    session.flush()
    return event
