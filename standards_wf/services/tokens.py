"""Tokens with which a program speaks for a person; they are shown once, and only their hashes are kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, NotFound
from standards_wf.models.people import ApiToken, Person
from standards_wf.services.access import actor_of, require_identity
from standards_wf.services.people_problems import PeopleProblem
from standards_wf.services.record import append_administration
from standards_wf.services.typed import Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Role

PREFIX = "swf_"
SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class NewToken:
    """A token at the one moment when it can be read."""

    id: int
    secret: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateToken:
    """A token for a person, under a name that tells what it is for."""

    person_id: int
    name: str
    expires_at: datetime | None = None


def create_token(session: Session, cmd: CreateToken, *, actor: Actor, moment: Moment) -> NewToken:
    """Make a token for oneself, or, as administrator, for somebody else. Raises Forbidden, NotFound, Invalid."""
    person = _owner(session, cmd.person_id, actor)
    typed = Typed()
    name = typed.text("name", cmd.name, required=True)
    if cmd.expires_at is not None and cmd.expires_at <= moment.at:
        problem = Refusal(PeopleProblem.TERM_OUT_OF_ORDER, valid_from=moment.at.date(), valid_to=cmd.expires_at.date())
        typed.refuse("expires_at", problem)
    typed.done()
    secret = PREFIX + secrets.token_urlsafe(SECRET_BYTES)
    token = ApiToken(
        person_id=person.id,
        name=name,
        token_hash=_hash(secret),
        created_at=moment.at,
        expires_at=cmd.expires_at,
    )
    session.add(token)
    session.flush()
    params = {"token_id": token.id, "name": name, "expires_at": cmd.expires_at}
    append_administration(session, "token_created", person.login, params, actor=actor, moment=moment)
    return NewToken(token.id, secret)


def revoke_token(session: Session, token_id: int, *, actor: Actor, moment: Moment) -> None:
    """End a token; ending it twice changes nothing. Raises Forbidden, NotFound."""
    require_identity("token", token_id)
    token = session.get(ApiToken, token_id, with_for_update=True)
    if token is None or not (actor.is_administrator or actor.person_id == token.person_id):
        raise NotFound("token", token_id)
    if token.revoked_at is not None:
        return
    token.revoked_at = moment.at
    login = session.get_one(Person, token.person_id).login
    append_administration(session, "token_revoked", login, {"token_id": token.id}, actor=actor, moment=moment)


def actor_of_token(session: Session, secret: str, *, moment: Moment) -> Actor:
    """The person for whom a token speaks, with the roles of today. Raises NotFound."""
    token = session.scalar(select(ApiToken).where(ApiToken.token_hash == _hash(secret)))
    if token is None or token.revoked_at is not None:
        raise NotFound("token")
    if token.expires_at is not None and token.expires_at <= moment.at:
        raise NotFound("token")
    return actor_of(session, token.person_id, moment.day)


def _hash(secret: str) -> str:
    """What is kept; a secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _owner(session: Session, person_id: int, actor: Actor) -> Person:
    if not (actor.is_administrator or actor.person_id == person_id):
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=(Role.ADMINISTRATOR,)))
    require_identity("person", person_id)
    person = session.get(Person, person_id)
    if person is None or not person.active:
        raise NotFound("person", person_id)
    return person
