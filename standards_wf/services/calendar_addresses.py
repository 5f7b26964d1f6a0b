"""The secret address under which somebody's calendar is subscribed to; shown once, only its hash is kept."""

import hashlib
import secrets

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import NotFound
from standards_wf.models.keeping_time import CalendarAddress
from standards_wf.models.people import Person
from standards_wf.services.access import actor_of
from standards_wf.services.people import require_person
from standards_wf.services.record import append_administration
from standards_wf.workflow.facts import Actor

SECRET_BYTES = 32


def make_calendar_address(session: Session, *, actor: Actor, moment: Moment) -> str:
    """Make the secret of one's own calendar address; an address from before no longer opens anything.

    Whoever has it reads the deadlines that the person may see, and can do nothing. Raises Forbidden.
    """
    person_id = require_person(actor)
    secret = secrets.token_urlsafe(SECRET_BYTES)
    row = session.get(CalendarAddress, person_id, with_for_update=True)
    if row is None:
        row = CalendarAddress(person_id=person_id, secret_hash=_hash(secret), created_at=moment.at)
        session.add(row)
    else:
        row.secret_hash, row.created_at = _hash(secret), moment.at
    _record(session, "calendar_address_made", person_id, actor, moment)
    return secret


def revoke_calendar_address(session: Session, *, actor: Actor, moment: Moment) -> None:
    """End one's own calendar address; ending it twice changes nothing. Raises Forbidden."""
    person_id = require_person(actor)
    row = session.get(CalendarAddress, person_id, with_for_update=True)
    if row is None:
        return
    session.delete(row)
    _record(session, "calendar_address_revoked", person_id, actor, moment)


def has_calendar_address(session: Session, actor: Actor) -> bool:
    """Whether somebody's calendar can be subscribed to."""
    return actor.person_id is not None and session.get(CalendarAddress, actor.person_id) is not None


def actor_of_calendar(session: Session, secret: str, *, moment: Moment) -> Actor:
    """Whose calendar an address opens, with the roles of today. Raises NotFound."""
    person_id = session.scalar(select(CalendarAddress.person_id).where(CalendarAddress.secret_hash == _hash(secret)))
    if person_id is None:
        raise NotFound("calendar")
    return actor_of(session, person_id, moment.day)


def _record(session: Session, action: str, person_id: int, actor: Actor, moment: Moment) -> None:
    login = session.get_one(Person, person_id).login
    append_administration(session, action, login, {}, actor=actor, moment=moment)


def _hash(secret: str) -> str:
    """What is kept; a secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
