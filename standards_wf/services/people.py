"""The people of the installation: who they are, and their passwords."""

import re
import unicodedata
from dataclasses import dataclass

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid, NotFound
from standards_wf.models.base import is_identity
from standards_wf.models.organizations import Organization
from standards_wf.models.people import Person, RoleGrant
from standards_wf.services.access import require_administrator, require_identity
from standards_wf.services.people_problems import PeopleProblem
from standards_wf.services.record import append_administration
from standards_wf.services.typed import Typed
from standards_wf.workflow.facts import Actor, Grant, ScopeKind
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Role

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
OPERATOR = Actor(name="operator", grants=frozenset({Grant(Role.ADMINISTRATOR, ScopeKind.SYSTEM)}))
"""Whoever sits at the machine itself: the command line that sets an installation up."""

_LOGIN = re.compile(r"[a-z][a-z0-9._-]{1,59}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")
_hasher = PasswordHasher()
_PERSON = select(Person).where(Person.id == bindparam("person_id"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePerson:
    """Somebody who is to log in from now on."""

    login: str
    name: str
    password: str
    email: str = ""
    title: str = ""
    organization_id: int | None = None
    is_demonstration: bool = False
    password_hash: str = ""
    """What `hash_of` made of the password before, where many people begin with the same one."""


def create_person(session: Session, cmd: CreatePerson, *, actor: Actor, moment: Moment) -> Person:
    """Enter somebody who can log in from now on, without any role yet.

    Raises Forbidden, Invalid.
    """
    require_administrator(actor)
    typed = Typed()
    login = folded_login(typed.text("login", cmd.login, required=True))
    if "login" not in typed.problems:
        _check_login(session, typed, login)
    person = Person(
        login=login,
        name=typed.text("name", cmd.name, required=True),
        email=_email(typed, cmd.email),
        title=typed.text("title", cmd.title),
        organization_id=_known_organization(session, typed, cmd.organization_id),
        active=True,
        session_epoch=0,
        is_demonstration=cmd.is_demonstration,
        created_at=moment.at,
    )
    _check_new_password(typed, cmd.password, login)
    typed.done()
    person.password_hash = cmd.password_hash or hash_of(cmd.password)
    session.add(person)
    session.flush()
    params = {"login": login, "name": person.name, "organization_id": person.organization_id}
    append_administration(session, "person_created", login, params, actor=actor, moment=moment)
    return person


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePerson:
    """New particulars of a person; what is `None` stays as it is, and organisation 0 means none."""

    person_id: int
    name: str | None = None
    email: str | None = None
    title: str | None = None
    organization_id: int | None = None


def change_person(session: Session, cmd: ChangePerson, *, actor: Actor, moment: Moment) -> Person:
    """Change what is known of a person; the record keeps old and new.

    Raises Forbidden, NotFound, Invalid.
    """
    require_administrator(actor)
    person = _person(session, cmd.person_id)
    typed = Typed()
    wanted: dict[str, object] = {}
    if cmd.name is not None:
        wanted["name"] = typed.text("name", cmd.name, required=True)
    if cmd.email is not None:
        wanted["email"] = _email(typed, cmd.email)
    if cmd.title is not None:
        wanted["title"] = typed.text("title", cmd.title)
    if cmd.organization_id is not None:
        wanted["organization_id"] = _known_organization(session, typed, cmd.organization_id or None)
    typed.done()
    changes = {name: [getattr(person, name), value] for name, value in wanted.items() if getattr(person, name) != value}
    if changes:
        append_administration(session, "person_changed", person.login, changes, actor=actor, moment=moment)
        for name, value in wanted.items():
            setattr(person, name, value)
    return person


@dataclass(frozen=True, slots=True, kw_only=True)
class SetActive:
    """Whether a person may log in."""

    person_id: int
    active: bool


def set_active(session: Session, cmd: SetActive, *, actor: Actor, moment: Moment) -> Person:
    """Let somebody in again, or no longer; sessions and tokens of who left end at once.

    Raises Forbidden, NotFound, Invalid when it is the last administrator who would leave.
    """
    require_administrator(actor)
    person = _person(session, cmd.person_id)
    if person.active == cmd.active:
        return person
    if not cmd.active and not others_administer(session, moment, but_for_person=person.id):
        raise Invalid({"person": Refusal(PeopleProblem.LAST_ADMINISTRATOR)})
    person.active = cmd.active
    person.session_epoch += 1
    event = "person_activated" if cmd.active else "person_deactivated"
    append_administration(session, event, person.login, {}, actor=actor, moment=moment)
    return person


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPassword:
    """A new password; whoever changes the own one gives the present one too."""

    person_id: int
    password: str
    present_password: str = ""


def set_password(session: Session, cmd: SetPassword, *, actor: Actor, moment: Moment) -> Person:
    """Give a person a new password; every session that was open with the old one ends.

    Raises Forbidden, NotFound, Invalid.
    """
    is_own = actor.person_id == cmd.person_id
    if not is_own:
        require_administrator(actor)
    person = _person(session, cmd.person_id)
    typed = Typed()
    if is_own and not matches(person.password_hash, cmd.present_password):
        typed.refuse("present_password", Refusal(PeopleProblem.PASSWORD_IS_WRONG))
    _check_new_password(typed, cmd.password, person.login)
    typed.done()
    person.password_hash = hash_of(cmd.password)
    person.session_epoch += 1
    append_administration(session, "password_set", person.login, {"by_owner": is_own}, actor=actor, moment=moment)
    return person


def folded_login(login: str) -> str:
    """A login as it is kept and compared: widths and case evened out."""
    return unicodedata.normalize("NFKC", login).strip().casefold()


def hash_of(password: str) -> str:
    """What is kept of a password."""
    return _hasher.hash(_normal(password))


def matches(kept: str, password: str) -> bool:
    """Whether this is the password of which `kept` is the hash."""
    try:
        return _hasher.verify(kept, _normal(password)[:LONGEST_PASSWORD])
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(kept: str) -> bool:
    """Whether a password should be hashed anew, because today's parameters are stronger."""
    return _hasher.check_needs_rehash(kept)


def others_administer(
    session: Session, moment: Moment, *, but_for_person: int | None = None, but_for_grant: int | None = None
) -> bool:
    """Whether somebody still administers the installation without this person, or without this grant."""
    asked = (
        select(func.count())
        .select_from(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .where(RoleGrant.role == Role.ADMINISTRATOR, Person.active, RoleGrant.valid_from <= moment.day)
        .where((RoleGrant.valid_to.is_(None)) | (RoleGrant.valid_to >= moment.day))
    )
    if but_for_person is not None:
        asked = asked.where(Person.id != but_for_person)
    if but_for_grant is not None:
        asked = asked.where(RoleGrant.id != but_for_grant)
    return bool(session.scalar(asked))


def _normal(password: str) -> str:
    """The same password, however the keyboard composes its characters."""
    return unicodedata.normalize("NFC", password)


def _person(session: Session, person_id: int) -> Person:
    require_identity("person", person_id)
    person = session.get(Person, person_id, populate_existing=True, with_for_update=True)
    if person is None:
        raise NotFound("person", person_id)
    return person


def _check_login(session: Session, typed: Typed, login: str) -> None:
    if not _LOGIN.fullmatch(login):
        typed.refuse("login", Refusal(PeopleProblem.LOGIN_SPELLING))
        return
    holder = session.scalar(select(Person.name).where(Person.login == login))
    if holder is not None:
        typed.refuse("login", Refusal(FieldProblem.ALREADY_TAKEN, given=login, holder=holder))


def _email(typed: Typed, value: str) -> str:
    email = typed.text("email", value)
    if email and "email" not in typed.problems and not _EMAIL.fullmatch(email):
        typed.refuse("email", Refusal(PeopleProblem.EMAIL_SPELLING, given=email))
    return email


def _known_organization(session: Session, typed: Typed, organization_id: int | None) -> int | None:
    if organization_id is None:
        return None
    if not is_identity(organization_id) or session.get(Organization, organization_id) is None:
        typed.refuse("organization_id", Refusal(PeopleProblem.NOT_KNOWN, given=organization_id))
    return organization_id


def _check_new_password(typed: Typed, password: str, login: str) -> None:
    length = len(_normal(password))
    if length < SHORTEST_PASSWORD:
        typed.refuse("password", Refusal(PeopleProblem.PASSWORD_TOO_SHORT, minimum=SHORTEST_PASSWORD))
    elif length > LONGEST_PASSWORD:
        typed.refuse("password", Refusal(PeopleProblem.PASSWORD_TOO_LONG, maximum=LONGEST_PASSWORD))
    elif folded_login(password) == login:
        typed.refuse("password", Refusal(PeopleProblem.PASSWORD_IS_LOGIN))


def person_of_session(session: Session, person_id: int, epoch: int) -> Person:
    """The person of a browser's session, while it lasts: not after leaving, nor after a new password.

    Raises NotFound.
    """
    person = session.scalar(_PERSON, {"person_id": person_id})
    if person is None or not person.active or person.session_epoch != epoch:
        raise NotFound("person", person_id)
    return person


def require_person(actor: Actor) -> int:
    """The identity of an actor who is a person. Raises Forbidden for the clock, the operator and visitors."""
    if actor.person_id is None:
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=()))
    return actor.person_id
