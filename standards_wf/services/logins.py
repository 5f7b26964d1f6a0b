"""Logging in: who this is, and how long somebody who guesses has to wait.

Failed tries are rows of the database, so the pause outlasts a restart and counts for all processes together. A try is
entered before the password is looked at, so that many tries at once count as many; a right password removes it again.
"""

import ipaddress
import math
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.people import LoginAttempt, Person
from standards_wf.services.people import SHORTEST_PASSWORD, folded_login, hash_of, is_outdated, matches
from standards_wf.services.people_problems import PeopleProblem
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.refusals import Refusal

LONGEST_KEY = 200
LONGEST_LOGIN = 190
MANY_BEHIND_ONE_ADDRESS = 4
"""An office shares one address: it may fail so many times as often as one login."""


@dataclass(frozen=True, slots=True)
class LoginLimit:
    """After so many failures the next try has to wait."""

    attempts: int = 5
    pause: timedelta = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What somebody who wants to log in gives, and from where."""

    login: str
    password: str
    address: str


def check_password(session: Session, given: Credentials, *, moment: Moment, limit: LoginLimit | None = None) -> Person:
    """The person to whom login and password belong.

    It keeps its own books: the units of work are its own, and the slow look at the password lies between them. For
    an unknown login it takes as long as for a known one. Raises Invalid, which does not tell what was wrong, or
    tells how long to wait.
    """
    limit = limit or LoginLimit()
    login = folded_login(given.login).replace("\x00", "")[:LONGEST_LOGIN]
    login_key = f"login:{login}"
    keys = {login_key: limit.attempts}
    keys[f"address:{network_of(given.address)}"[:LONGEST_KEY]] = limit.attempts * MANY_BEHIND_ONE_ADDRESS
    with unit_of_work(session):
        attempts = _enter_attempt(session, keys, moment, limit)
        known = session.execute(
            select(Person.id, Person.password_hash).where(Person.login == login, Person.active)
        ).first()
    right = matches(known.password_hash if known else _nobodys_hash(), given.password)
    if known is None or not right:
        raise Invalid({"login": Refusal(PeopleProblem.LOGIN_FAILED)})
    with unit_of_work(session):
        session.execute(delete(LoginAttempt).where(LoginAttempt.id.in_(attempts) | (LoginAttempt.key == login_key)))
        person = session.get_one(Person, known.id)
        if is_outdated(person.password_hash):
            person.password_hash = hash_of(given.password)
    return person


def _enter_attempt(session: Session, keys: dict[str, int], moment: Moment, limit: LoginLimit) -> list[int]:
    """Enter a try under each key. Raises Invalid when one of them has to wait."""
    since = moment.at - limit.pause
    if session.get_bind().dialect.name == "postgresql":
        for key in sorted(keys):
            session.execute(select(func.pg_advisory_xact_lock(func.hashtext(key))))
    for key, allowed in keys.items():
        recent = session.scalars(
            select(LoginAttempt.at)
            .where(LoginAttempt.key == key, LoginAttempt.at > since)
            .order_by(LoginAttempt.at.desc())
            .limit(allowed)
        ).all()
        if len(recent) >= allowed:
            seconds = (recent[-1] + limit.pause - moment.at).total_seconds()
            minutes = max(1, math.ceil(seconds / 60))
            raise Invalid({"login": Refusal(PeopleProblem.LOGIN_PAUSED, minutes=minutes)})
    session.execute(delete(LoginAttempt).where(LoginAttempt.at <= since))
    entered = [LoginAttempt(key=key, at=moment.at) for key in keys]
    session.add_all(entered)
    session.flush()
    return [attempt.id for attempt in entered]


@cache
def _nobodys_hash() -> str:
    """A hash to look at when there is no such person."""
    return hash_of("x" * SHORTEST_PASSWORD)


def network_of(address: str) -> str:
    """From where a request comes; a household that has a whole network of addresses counts as one."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address.replace("\x00", "")
    if found.version == 6 and found.ipv4_mapped is None:  # noqa: PLR2004  the version of the protocol
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)
