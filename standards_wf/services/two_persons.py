"""The two-person rule: some acts are prepared by one person and done when another confirms them.

Which acts need two persons is a choice of the installation; without a choice, one is enough. Whatever door an act comes
through, `lifecycle` asks here, so that nobody does alone what takes two. The clock is not concerned.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid, NotFound, TransitionRefused
from standards_wf.models.base import is_identity
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.people import Person
from standards_wf.models.prepared_acts import Outcome, PreparedAct, TwoPersonRule
from standards_wf.models.projects import Project
from standards_wf.services.access import Entrance, require_administrator
from standards_wf.services.deputies import stand_in_for_each_other
from standards_wf.services.record import Happening, append, append_administration, canonical
from standards_wf.services.two_person_problems import TwoPersonProblem
from standards_wf.wording.persons import acting_for
from standards_wf.workflow.deadlines import last_day_to_confirm
from standards_wf.workflow.facts import Actor, Capacity
from standards_wf.workflow.fields import FIELDS, ActFields, read_fields
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Action, Effect, Event, Stage

Act = Action | Event
TAKE_TWO: tuple[Act, ...] = (Action.PUBLISH, Action.ABOLISH, Event.STAGE_CORRECTED)
"""The acts for which the rule can be switched on."""
DAYS = 14
"""For how many days a prepared act can be confirmed, until the installation says otherwise."""
MAX_DAYS = 365
_RULE = select(TwoPersonRule).where(TwoPersonRule.action == bindparam("action"), TwoPersonRule.is_on)


class State(StrEnum):
    """Where a prepared act stands."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    FALLEN = "fallen"
    EXPIRED = "expired"


def act_of(code: str) -> Act:
    """An act by its code."""
    return Action(code) if code in set(Action) else Event(code)


def rule_for(session: Session, act: Act, actor: Actor) -> TwoPersonRule | None:
    """The rule that makes this actor need a second person for this act; `None` where one is enough."""
    if actor.is_system or act not in TAKE_TWO:
        return None
    return session.scalar(_RULE, {"action": act.value})


def state_of(prepared: PreparedAct, project: Project, moment: Moment) -> State:
    """Where a prepared act stands: once the project has gone on it has fallen, after its last day it is over."""
    if prepared.outcome is not None:
        return State(prepared.outcome.value)
    if prepared.version_seen != project.version:
        return State.FALLEN
    return State.EXPIRED if moment.day > prepared.confirm_by else State.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """What is to be kept of an act until a second person confirms it."""

    act: Act
    capacity: Capacity
    fields: ActFields = field(default_factory=ActFields)
    note: str = ""
    stage: Stage | None = None


def prepare(
    session: Session, entrance: Entrance, what: Preparation, rule: TwoPersonRule, *, actor: Actor, moment: Moment
) -> LifecycleEvent:
    """Keep an act that nothing stands against, and record that it was prepared; the project stays where it is.

    Raises Forbidden for somebody without a name, TransitionRefused where the same is prepared already.
    """
    project = entrance.project
    if actor.person_id is None:
        raise Forbidden(Refusal(TwoPersonProblem.NAMELESS))
    _refuse_a_second(session, project, what.act, moment)
    numbers = session.scalar(select(func.max(PreparedAct.number)).where(PreparedAct.project_id == project.id))
    form = FIELDS.get(what.act, ()) if isinstance(what.act, Action) else ()
    fields = {row.name: getattr(what.fields, row.name) for row in form}
    prepared = PreparedAct(
        project_id=project.id,
        number=(numbers or 0) + 1,
        action=what.act.value,
        stage=what.stage,
        role=what.capacity.role,
        fields=canonical(fields),
        note=what.note,
        version_seen=project.last_event_seq + 1,
        prepared_by_id=actor.person_id,
        on_behalf_of_id=what.capacity.on_behalf_of,
        prepared_at=moment.at,
        confirm_by=last_day_to_confirm(moment.day, rule.days),
    )
    session.add(prepared)
    happening = Happening(
        action=Event.ACT_PREPARED,
        role=what.capacity.role,
        to_stage=project.stage,
        note=what.note,
        params={
            "prepared_act": prepared.number,
            "act": what.act,
            "stage": what.stage,
            "fields": fields,
            "confirm_by": prepared.confirm_by,
        },
        effects=(Effect.NOTIFY,),
    )
    event = append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return event


def _refuse_a_second(session: Session, project: Project, act: Act, moment: Moment) -> None:
    waiting = open_one(session, project, moment)
    if waiting is not None and waiting.action == act:
        problem = Refusal(
            TwoPersonProblem.PREPARED_ALREADY,
            act=act,
            by=preparers_of(session, waiting),
            number=waiting.number,
            confirm_by=waiting.confirm_by,
        )
        raise TransitionRefused((problem,))


def open_one(session: Session, project: Project, moment: Moment) -> PreparedAct | None:
    """The prepared act that waits to be confirmed; a project has one at most, for each makes those before it fall."""
    prepared = session.scalar(
        select(PreparedAct).where(
            PreparedAct.project_id == project.id,
            PreparedAct.outcome.is_(None),
            PreparedAct.version_seen == project.version,
        )
    )
    return prepared if prepared is not None and state_of(prepared, project, moment) is State.OPEN else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """That an act waits for a second person: which, prepared by whom, and until when."""

    number: int
    act: Act
    by: str
    confirm_by: date


def waiting_on(session: Session, project: Project, moment: Moment) -> Waiting | None:
    """The prepared act of a project that waits, in a line; one query where there is none."""
    prepared = open_one(session, project, moment)
    if prepared is None:
        return None
    return Waiting(
        number=prepared.number,
        act=act_of(prepared.action),
        by=preparers_of(session, prepared),
        confirm_by=prepared.confirm_by,
    )


def prepared_by(event: LifecycleEvent) -> int | None:
    """The number of the prepared act that an event made instead of doing the act; `None` where the act was done."""
    if event.action != Event.ACT_PREPARED:
        return None
    number: int = json.loads(event.params)["prepared_act"]
    return number


def numbered(session: Session, project: Project, number: int) -> PreparedAct:
    """A prepared act of a project by its number. Raises NotFound."""
    prepared = None
    if is_identity(number):
        asked = select(PreparedAct).where(PreparedAct.project_id == project.id, PreparedAct.number == number)
        prepared = session.scalar(asked.execution_options(populate_existing=True))
    if prepared is None:
        raise NotFound("prepared_act", number)
    return prepared


_OVER = {
    State.CONFIRMED: TwoPersonProblem.CONFIRMED_ALREADY,
    State.WITHDRAWN: TwoPersonProblem.WITHDRAWN_ALREADY,
    State.FALLEN: TwoPersonProblem.FALLEN,
    State.EXPIRED: TwoPersonProblem.EXPIRED,
}


def to_be_settled(session: Session, project: Project, number: int, moment: Moment) -> PreparedAct:
    """A prepared act that still waits. Raises NotFound, TransitionRefused."""
    prepared = numbered(session, project, number)
    state = state_of(prepared, project, moment)
    if state is not State.OPEN:
        raise TransitionRefused((Refusal(_OVER[state], number=number, confirm_by=prepared.confirm_by),))
    return prepared


def to_be_confirmed(session: Session, project: Project, number: int, act: Act, moment: Moment) -> PreparedAct:
    """The prepared act with which somebody wants to do this act. Raises NotFound, TransitionRefused."""
    prepared = to_be_settled(session, project, number, moment)
    if prepared.action != act:
        problem = Refusal(TwoPersonProblem.ANOTHER_ACT, number=number, prepared=act_of(prepared.action), act=act)
        raise TransitionRefused((problem,))
    return prepared


def fields_of(prepared: PreparedAct) -> ActFields:
    """What the form of a prepared act said."""
    return read_fields(Action(prepared.action), json.loads(prepared.fields))


def against(
    session: Session, prepared: PreparedAct, capacity: Capacity, *, actor: Actor, moment: Moment
) -> Refusal | None:
    """Why this person cannot be the second one, if so.

    Neither the confirmer nor the person acted for may have had a part in preparing it, and the confirmer is not today
    the deputy or the principal of whoever prepared it.
    """
    if actor.person_id is None:
        return Refusal(TwoPersonProblem.NAMELESS)
    first = _persons(prepared.prepared_by_id, prepared.on_behalf_of_id)
    second = _persons(actor.person_id, capacity.on_behalf_of)
    if first & second:
        return Refusal(TwoPersonProblem.SAME_PERSON)
    if any(stand_in_for_each_other(session, one, other, moment.day) for one in first for other in second):
        return Refusal(TwoPersonProblem.STANDS_IN, by=preparers_of(session, prepared))
    return None


def confirm(
    session: Session, prepared: PreparedAct, capacity: Capacity, *, actor: Actor, moment: Moment
) -> dict[str, object]:
    """Settle a prepared act by the hand of a second person; gives what the history says of the first.

    Raises Forbidden.
    """
    refusal = against(session, prepared, capacity, actor=actor, moment=moment)
    if refusal is not None or actor.person_id is None:
        raise Forbidden(refusal or Refusal(TwoPersonProblem.NAMELESS))
    settle(prepared, Outcome.CONFIRMED, actor.person_id, moment)
    return {"prepared_act": prepared.number, "prepared_by": preparers_of(session, prepared)}


def _persons(*identities: int | None) -> frozenset[int]:
    return frozenset(identity for identity in identities if identity is not None)


def settle(prepared: PreparedAct, outcome: Outcome, person_id: int, moment: Moment) -> None:
    """Note what became of a prepared act, and by whom."""
    prepared.outcome, prepared.settled_by_id, prepared.settled_at = outcome, person_id, moment.at


def preparers_of(session: Session, prepared: PreparedAct) -> str:
    """Who prepared an act, by name; of a deputy both names."""
    people = _persons(prepared.prepared_by_id, prepared.on_behalf_of_id)
    names = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(people))).all())
    return acting_for(names[prepared.prepared_by_id], names.get(prepared.on_behalf_of_id or 0))


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeTwoPersonRule:
    """For which acts two persons are needed from now on, and how long a prepared act waits."""

    acts: frozenset[str]
    days: int


def change_two_person_rule(session: Session, cmd: ChangeTwoPersonRule, *, actor: Actor, moment: Moment) -> None:
    """Switch the rule on for these acts and off for the others, and record it in the administration's chain.

    What is prepared keeps its last day. Raises Forbidden, Invalid.
    """
    require_administrator(actor)
    if not 1 <= cmd.days <= MAX_DAYS:
        raise Invalid({"days": Refusal(TwoPersonProblem.DAYS_OUT_OF_RANGE, given=cmd.days, maximum=MAX_DAYS)})
    before = {row.action: row for row in session.scalars(select(TwoPersonRule))}
    for act in TAKE_TWO:
        row = before.get(act.value)
        if row is None:
            row = TwoPersonRule(action=act.value, is_on=False, days=DAYS, changed_at=moment.at)
            session.add(row)
        wanted = (act.value in cmd.acts, cmd.days)
        if (row.is_on, row.days) == wanted:
            continue
        params = {"is_on": [row.is_on, wanted[0]], "days": [row.days, wanted[1]]}
        append_administration(session, "two_person_rule_changed", act.value, params, actor=actor, moment=moment)
        row.is_on, row.days = wanted
        row.changed_by_id, row.changed_at = actor.person_id, moment.at
    session.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """Whether an act needs two persons here."""

    act: Act
    is_on: bool
    days: int


def two_person_rules(session: Session) -> tuple[RuleShown, ...]:
    """The rule for each act that it can be switched on for, as it stands; one query."""
    rows = {row.action: row for row in session.scalars(select(TwoPersonRule))}
    return tuple(
        RuleShown(act=act, is_on=row.is_on, days=row.days)
        if (row := rows.get(act.value))
        else RuleShown(act=act, is_on=False, days=DAYS)
        for act in TAKE_TWO
    )
