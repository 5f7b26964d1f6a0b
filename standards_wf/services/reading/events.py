"""The history of a project as it is recorded: codes, parameters and hashes, for whoever wants to check it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from standards_wf.models.history import LifecycleEvent
from standards_wf.models.people import Person
from standards_wf.services.access import project_for
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.vocabulary import Role, Stage

_PRINCIPAL = aliased(Person)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEvent:
    """One row of the history."""

    seq: int
    at: datetime
    on_day: date
    actor_id: int | None
    actor: str
    on_behalf_of_id: int | None
    on_behalf_of: str
    """For whom a deputy acted; empty where nobody did."""
    role: Role
    action: str
    from_stage: Stage | None
    to_stage: Stage
    note: str
    params: Mapping[str, object]
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEvents:
    """A page of the history, the first event first."""

    rows: tuple[RecordedEvent, ...]
    total: int


def events_of(session: Session, project_id: int, actor: Actor, *, page: int, per_page: int) -> RecordedEvents:
    """A page of a project's history, for somebody who may see it; two queries beside the door's. Raises NotFound."""
    project_for(session, project_id, actor)
    total = session.scalar(select(func.count()).where(LifecycleEvent.project_id == project_id)) or 0
    rows = session.execute(
        select(LifecycleEvent, Person.name, _PRINCIPAL.name)
        .outerjoin(Person, Person.id == LifecycleEvent.actor_id)
        .outerjoin(_PRINCIPAL, _PRINCIPAL.id == LifecycleEvent.on_behalf_of_id)
        .where(LifecycleEvent.project_id == project_id)
        .order_by(LifecycleEvent.seq)
        .limit(per_page)
        .offset((page - 1) * per_page)
    )
    return RecordedEvents(
        rows=tuple(
            RecordedEvent(
                seq=event.seq,
                at=event.at,
                on_day=event.on_day,
                actor_id=event.actor_id,
                actor=name or "",
                on_behalf_of_id=event.on_behalf_of_id,
                on_behalf_of=principal or "",
                role=event.actor_role,
                action=event.action,
                from_stage=event.from_stage,
                to_stage=event.to_stage,
                note=event.note,
                params=json.loads(event.params),
                previous_hash=event.previous_hash,
                hash=event.hash,
            )
            for event, name, principal in rows
        ),
        total=total,
    )
