"""Prepared acts as pages and programs show them: what was prepared, by whom, and who can confirm it."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.people import Person
from standards_wf.models.prepared_acts import PreparedAct
from standards_wf.services.access import Entrance, entrance_to
from standards_wf.services.authorship import authors_of
from standards_wf.services.facts import facts_of
from standards_wf.services.reading.projects import Head, head_at
from standards_wf.services.two_persons import (
    Act,
    State,
    act_of,
    against,
    fields_of,
    numbered,
    open_one,
    preparers_of,
    state_of,
)
from standards_wf.workflow.conflicts import conflict_of_correction
from standards_wf.workflow.facts import Actor, AuthorshipFacts, Capacity
from standards_wf.workflow.fields import FIELDS
from standards_wf.workflow.machine import PROJECT_MACHINE
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Action, Role, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedShown:
    """A prepared act, and what stands against the reader's confirming it."""

    number: int
    act: Act
    stage: Stage | None
    """Where the act leads."""
    fields: tuple[tuple[str, object], ...]
    """What its form said, by the name of the field; what was left empty is left out."""
    note: str
    by: str
    prepared_at: datetime
    confirm_by: date
    state: State
    settled_by: str
    settled_at: datetime | None
    against: tuple[Refusal, ...]
    """Everything that stands against the reader's confirming it; empty of what is over."""
    may_withdraw: bool

    @property
    def is_open(self) -> bool:
        """Whether it waits for a second person."""
        return self.state is State.OPEN

    @property
    def may_confirm(self) -> bool:
        """Whether the reader can be the second person."""
        return self.is_open and not self.against


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparedPage:
    """A prepared act under the head of its project."""

    head: Head
    prepared: PreparedShown


def prepared_page(session: Session, project_id: int, number: int, actor: Actor, moment: Moment) -> PreparedPage:
    """One prepared act, for somebody who may see the project. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor)
    prepared = numbered(session, entrance.project, number)
    return PreparedPage(
        head=head_at(session, entrance, actor), prepared=_shown(session, entrance, prepared, actor, moment)
    )


def prepared_on(session: Session, entrance: Entrance, actor: Actor, moment: Moment) -> PreparedShown | None:
    """The prepared act of a project that waits for a second person; one query where there is none."""
    prepared = open_one(session, entrance.project, moment)
    return _shown(session, entrance, prepared, actor, moment) if prepared is not None else None


def prepared_acts_of(session: Session, project_id: int, actor: Actor, moment: Moment) -> tuple[PreparedShown, ...]:
    """All that was ever prepared in a project, the latest first, for somebody who may see it. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor)
    rows = session.scalars(
        select(PreparedAct).where(PreparedAct.project_id == project_id).order_by(PreparedAct.number.desc())
    ).all()
    return tuple(_shown(session, entrance, row, actor, moment) for row in rows)


def _shown(session: Session, entrance: Entrance, prepared: PreparedAct, actor: Actor, moment: Moment) -> PreparedShown:
    act = act_of(prepared.action)
    state = state_of(prepared, entrance.project, moment)
    fields: tuple[tuple[str, object], ...] = ()
    target = prepared.stage
    if isinstance(act, Action):
        said = fields_of(prepared)
        fields = tuple((row.name, getattr(said, row.name)) for row in FIELDS.get(act, ()))
        row = PROJECT_MACHINE.table(entrance.project.kind).row(entrance.project.stage, act)
        target = row.target if row else None
    capacity: Capacity | None = None
    refusals: tuple[Refusal, ...] = ()
    if state is State.OPEN:
        capacity, refusals = _against(session, entrance, prepared, actor, moment)
    settled_by = session.scalar(select(Person.name).where(Person.id == prepared.settled_by_id))
    return PreparedShown(
        number=prepared.number,
        act=act,
        stage=target,
        fields=tuple((name, value) for name, value in fields if value not in (None, "", False)),
        note=prepared.note,
        by=preparers_of(session, prepared),
        prepared_at=prepared.prepared_at,
        confirm_by=prepared.confirm_by,
        state=state,
        settled_by=settled_by or "",
        settled_at=prepared.settled_at,
        against=refusals,
        may_withdraw=capacity is not None,
    )


def _against(
    session: Session, entrance: Entrance, prepared: PreparedAct, actor: Actor, moment: Moment
) -> tuple[Capacity | None, tuple[Refusal, ...]]:
    """In what capacity the reader could confirm, and everything against it: as the act itself would say it."""
    project = entrance.project
    act = act_of(prepared.action)
    refusals: tuple[Refusal | None, ...]
    if isinstance(act, Action):
        aspects = PROJECT_MACHINE.aspects(project.kind, project.stage, [act])
        facts = facts_of(session, entrance, aspects, moment=moment, fields=fields_of(prepared))
        decision = PROJECT_MACHINE.decide(act, facts, actor, note=prepared.note)
        capacity = actor.capacity_in(entrance.parties, decision.row.roles) if decision.row else None
        refusals = decision.refusals
    else:
        capacity = Capacity(Role.ADMINISTRATOR) if actor.is_administrator else None
        authorship = AuthorshipFacts(authors=authors_of(session, project.id, moment.day))
        role = None if capacity else Refusal(RefusalCode.ROLE_REQUIRED, roles=(Role.ADMINISTRATOR,))
        refusals = (role, conflict_of_correction(authorship, actor))
    if capacity is not None:
        refusals = (against(session, prepared, capacity, actor=actor, moment=moment), *refusals)
    return capacity, tuple(refusal for refusal in refusals if refusal is not None)
