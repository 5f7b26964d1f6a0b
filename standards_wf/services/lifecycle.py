"""Moving a project along its lifecycle: the one place where a stage is assigned."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, Invalid, TransitionRefused
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import Project
from standards_wf.services import access, two_persons
from standards_wf.services.authorship import authors_of
from standards_wf.services.consequences import CONSEQUENCES, close_what_runs
from standards_wf.services.corrections import lay_the_ground, refuse_without_ground
from standards_wf.services.facts import facts_of
from standards_wf.services.merging import require_case_in_sight
from standards_wf.services.numbering import close_unpublished
from standards_wf.services.record import Happening, append
from standards_wf.services.saying import speaking_of
from standards_wf.services.succession import ended_by
from standards_wf.workflow.conflicts import conflict_of_correction
from standards_wf.workflow.facts import SYSTEM_ACTOR, Actor, AuthorshipFacts, Capacity
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
    confirms: int | None = None
    """The number of the prepared act that is confirmed: note and fields are then those that were prepared."""


def perform(session: Session, cmd: PerformAction, *, actor: Actor, moment: Moment) -> LifecycleEvent:
    """Move a project along its lifecycle and record that it moved.

    1. Pass the door, and see that nobody has acted since the asker looked.
    2. Gather the facts that the guards of this row ask for, and decide; every reason against it is raised at once.
       Where the act takes two persons and this is the first, keep it until the second confirms; nothing else follows.
    3. Let the library move the stage, and write what the act itself brings: a round, a review, a document.
    4. Write the project, the history row and the outbox rows together.
    5. A document that comes into force ends those that it replaces, in the same transaction.

    Raises NotFound, Forbidden, EditConflict, TransitionRefused, Invalid.
    """
    entrance = access.entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    require_version(project, cmd.expected_version)
    prepared = None
    if cmd.confirms is not None:
        prepared = two_persons.to_be_confirmed(session, project, cmd.confirms, cmd.action, moment)
        cmd = replace(cmd, note=prepared.note, fields=two_persons.fields_of(prepared))
    require_case_in_sight(session, cmd.fields, actor)
    note = checked_note(cmd.note)
    aspects = PROJECT_MACHINE.aspects(project.kind, project.stage, [cmd.action])
    facts = facts_of(session, entrance, aspects, moment=moment, fields=cmd.fields)
    decision = PROJECT_MACHINE.decide(cmd.action, facts, actor, note=note)
    with speaking_of(project.kind):
        if decision.row is None or not decision.allowed:
            raise TransitionRefused(decision.refusals)
        row = decision.row
        capacity = capacity_to(actor, entrance, row.roles)
        consequence = CONSEQUENCES.get(cmd.action)
        rule = two_persons.rule_for(session, cmd.action, actor) if prepared is None else None
        if rule is not None:
            if consequence is not None:
                _try_out(session, partial(consequence, session, project, cmd.fields, moment))
            what = two_persons.Preparation(act=cmd.action, capacity=capacity, fields=cmd.fields, note=note)
            return two_persons.prepare(session, entrance, what, rule, actor=actor, moment=moment)
        first = two_persons.confirm(session, prepared, capacity, actor=actor, moment=moment) if prepared else {}
        target = PROJECT_MACHINE.move(project.kind, project.stage, cmd.action)
        params = consequence(session, project, cmd.fields, moment) if consequence else {}
    happening = Happening(
        action=cmd.action,
        role=capacity.role,
        to_stage=target,
        note=note,
        params={
            **first,
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


def capacity_to(actor: Actor, entrance: access.Entrance, roles: Iterable[Role]) -> Capacity:
    """In what capacity somebody does what one of these roles may do. Raises Forbidden for somebody who may not."""
    capacity = actor.capacity_in(entrance.parties, roles)
    if capacity is None:
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=tuple(roles)))
    return capacity


def _try_out(session: Session, consequence: Callable[[], object]) -> None:
    """See that what an act brings could be written now, and write nothing of it."""
    session.flush()
    nested = session.begin_nested()
    try:
        consequence()
        session.flush()
    finally:
        nested.rollback()


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
    confirms: int | None = None
    """The number of the prepared correction that is confirmed: stage and note are then those that were prepared."""


def correct_stage(session: Session, cmd: CorrectStage, *, actor: Actor, moment: Moment) -> LifecycleEvent:
    """Correct a project's stage by hand; recorded like every other act, and it stands out in the history.

    Where corrections take two persons, the first prepares it and the second confirms. What the case needs to stand
    there is made, and where it cannot be made the stage is refused.

    Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = access.entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    if not actor.is_administrator:
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=(Role.ADMINISTRATOR,)))
    require_version(project, cmd.expected_version)
    prepared = None
    if cmd.confirms is not None:
        prepared = two_persons.to_be_confirmed(session, project, cmd.confirms, Event.STAGE_CORRECTED, moment)
        cmd = replace(cmd, note=prepared.note, stage=prepared.stage or project.stage)
    note = checked_note(cmd.note)
    problems: dict[str, Refusal] = {}
    if not note:
        problems["note"] = Refusal(FieldProblem.REQUIRED)
    if project.kind not in STAGES[cmd.stage].kinds or cmd.stage is project.stage:
        choices = tuple(row.stage for row in STAGES.values() if project.kind in row.kinds)
        problems["stage"] = Refusal(FieldProblem.NOT_A_CHOICE, given=cmd.stage, choices=choices)
    if problems:
        raise Invalid(problems)
    refuse_without_ground(session, project, cmd.stage, moment)
    conflict = conflict_of_correction(AuthorshipFacts(authors=authors_of(session, project.id, moment.day)), actor)
    if conflict is not None:
        raise Forbidden(conflict)
    capacity = Capacity(Role.ADMINISTRATOR)
    rule = two_persons.rule_for(session, Event.STAGE_CORRECTED, actor) if prepared is None else None
    if rule is not None:
        what = two_persons.Preparation(act=Event.STAGE_CORRECTED, capacity=capacity, note=note, stage=cmd.stage)
        return two_persons.prepare(session, entrance, what, rule, actor=actor, moment=moment)
    first = two_persons.confirm(session, prepared, capacity, actor=actor, moment=moment) if prepared else {}
    close_what_runs(session, project, moment)
    lay_the_ground(session, project, cmd.stage, moment, note=note)
    happening = Happening(
        action=Event.STAGE_CORRECTED,
        role=capacity.role,
        to_stage=cmd.stage,
        note=note,
        params=first,
        effects=(Effect.NOTIFY, Effect.REINDEX),
    )
    event = append(session, project, happening, actor=actor, moment=moment)
    _arrive(project, cmd.stage, moment)
    session.flush()
    return event
