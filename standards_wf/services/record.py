"""Writing the record: the history row, the project's place in its chain, and the rows of the outbox.

Three kinds of row are written together or not at all. Each history row holds the SHA-256 of its own canonical
content, which includes the hash of the project's row before it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from fractions import Fraction

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.base import Base
from standards_wf.models.history import AdministrationEvent, LifecycleEvent
from standards_wf.models.outbox import OutboxRow
from standards_wf.models.projects import Project
from standards_wf.services.access import parties_of
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.vocabulary import Action, Effect, Event, Role, Stage

GENESIS = "0" * 64
_OUTBOX = Base.metadata.tables[OutboxRow.__tablename__]


def plain(value: object) -> object:
    """A value as JSON can keep it: dates and fractions as text, tuples as lists.

    Raises TypeError for what the record cannot keep.
    """
    match value:
        case Enum():
            kept = value.value
        case None | bool() | int() | float() | str():
            kept = value
        case datetime():
            kept = value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            kept = value.isoformat()
        case Fraction():
            kept = f"{value.numerator}/{value.denominator}"
        case Mapping():
            kept = {str(name): plain(item) for name, item in value.items()}
        case list() | tuple():
            kept = [plain(item) for item in value]
        case set() | frozenset():
            kept = sorted((plain(item) for item in value), key=str)
        case _:
            raise TypeError(f"the record cannot keep a {type(value).__name__}")
    return kept


def canonical(content: Mapping[str, object]) -> str:
    """The one way to write this content: sorted names, no blanks, UTF-8."""
    return json.dumps(plain(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(text: str) -> str:
    """The hash of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def hash_of_event(event: LifecycleEvent) -> str:
    """What the hash of a history row must be.

    For whom a deputy acted is part of it where somebody did, so that rows from before there were deputies keep theirs.
    """
    content = {
        "project_id": event.project_id,
        "seq": event.seq,
        "at": event.at,
        "on_day": event.on_day,
        "actor_id": event.actor_id,
        "actor_role": event.actor_role,
        "action": event.action,
        "from_stage": event.from_stage,
        "to_stage": event.to_stage,
        "note": event.note,
        "params": event.params,
        "previous_hash": event.previous_hash,
    }
    if event.on_behalf_of_id is not None:
        content["on_behalf_of_id"] = event.on_behalf_of_id
    return sha256(canonical(content))


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What is to be recorded of one act."""

    action: Action | Event
    role: Role
    to_stage: Stage
    note: str = ""
    params: Mapping[str, object] | None = None
    effects: tuple[Effect, ...] = ()
    must_be_seen: bool = True
    """Whether somebody who has not seen it acts on stale knowledge; a comment or a vote does not make him."""


def append(session: Session, project: Project, happening: Happening, *, actor: Actor, moment: Moment) -> LifecycleEvent:
    """Add one event to a project's history, and one outbox row for each effect.

    For whom a deputy acted follows from the role, so that no service can forget to say it. The project row always
    changes, because the version counter only moves when its own row does.
    """
    event = LifecycleEvent(
        project_id=project.id,
        seq=project.last_event_seq + 1,
        at=moment.at,
        on_day=moment.day,
        actor_id=actor.person_id,
        on_behalf_of_id=_principal(session, project, happening.role, actor),
        actor_role=happening.role,
        action=happening.action.value,
        from_stage=project.stage if project.last_event_seq else None,
        to_stage=happening.to_stage,
        note=happening.note,
        params=canonical(happening.params or {}),
        previous_hash=project.head_hash,
    )
    event.hash = hash_of_event(event)
    project.last_event_seq = event.seq
    project.head_hash = event.hash
    if happening.must_be_seen:
        project.version = event.seq
    session.add(event)
    add_to_outbox(session, event, happening.effects)
    return event


def _principal(session: Session, project: Project, role: Role, actor: Actor) -> int | None:
    if not actor.is_deputy:
        return None
    capacity = actor.capacity_in(parties_of(session, project), (role,))
    return capacity.on_behalf_of if capacity else None


def add_to_outbox(session: Session, event: LifecycleEvent, effects: Iterable[Effect]) -> None:
    """Promise what follows an event, in one statement; nothing else is written on the way."""
    promises = [
        {
            "project_id": event.project_id,
            "event_seq": event.seq,
            "effect": effect,
            "created_at": event.at,
            "available_at": event.at,
        }
        for effect in effects
    ]
    if promises:
        session.connection().execute(insert(_OUTBOX), promises)


def hash_of_administration(event: AdministrationEvent) -> str:
    """What the hash of a row of the administration's record must be."""
    return sha256(
        canonical(
            {
                "seq": event.seq,
                "at": event.at,
                "actor_id": event.actor_id,
                "action": event.action,
                "subject": event.subject,
                "params": event.params,
                "previous_hash": event.previous_hash,
            }
        )
    )


def append_administration(
    session: Session,
    action: str,
    subject: str,
    params: Mapping[str, object],
    *,
    actor: Actor,
    moment: Moment,
) -> AdministrationEvent:
    """Add one act of administration to the installation's own chain."""
    last_seq = session.scalar(select(func.max(AdministrationEvent.seq))) or 0
    previous = session.get(AdministrationEvent, last_seq) if last_seq else None
    event = AdministrationEvent(
        seq=last_seq + 1,
        at=moment.at,
        actor_id=actor.person_id,
        action=action,
        subject=subject,
        params=canonical(params),
        previous_hash=previous.hash if previous else GENESIS,
    )
    event.hash = hash_of_administration(event)
    session.add(event)
    session.flush()
    return event
