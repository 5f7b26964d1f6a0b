"""Deputies (代理): a person names another who acts in the same roles for a period, and both names are recorded.

What is never lent: a vote and a signature, which are personal; the role of the administrator; what was lent to the
principal in turn; and to name a deputy.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid, NotFound
from standards_wf.models.base import is_identity
from standards_wf.models.deputies import Deputyship
from standards_wf.models.people import Person, RoleGrant
from standards_wf.services.access import require_identity
from standards_wf.services.deputy_problems import DeputyProblem
from standards_wf.services.people import folded_login
from standards_wf.services.record import append_administration
from standards_wf.services.typed import Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Role

LONGEST = 366
"""A deputy stands in for an absence; whoever takes over for longer is granted the role itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NameDeputy:
    """Somebody who is to act for a person, from one day to another, both included."""

    principal_id: int
    login: str
    """The login of the deputy."""
    valid_from: date
    valid_to: date
    grant_id: int | None = None
    """The one role that is lent; all that can be lent where none is named."""


def name_deputy(session: Session, cmd: NameDeputy, *, actor: Actor, moment: Moment) -> Deputyship:
    """Name a deputy for oneself, or, as administrator, for somebody who cannot.

    Raises Forbidden, NotFound, Invalid.
    """
    principal = _principal(session, cmd.principal_id, actor)
    typed = Typed()
    deputy = _deputy(session, cmd.login, principal, typed)
    _check_period(typed, cmd, moment)
    if "valid_from" not in typed.problems and "valid_to" not in typed.problems:
        _check_roles(session, typed, cmd)
    if deputy is not None and not typed.problems:
        _refuse_a_second(session, typed, cmd, deputy)
    typed.done()
    if deputy is None or actor.person_id is None:
        raise NotFound("person", cmd.login)
    named = Deputyship(
        principal_id=principal.id,
        deputy_id=deputy.id,
        grant_id=cmd.grant_id,
        valid_from=cmd.valid_from,
        valid_to=cmd.valid_to,
        named_by_id=actor.person_id,
        named_at=moment.at,
    )
    session.add(named)
    session.flush()
    params = {
        "deputyship": named.id,
        "deputy": deputy.login,
        "grant_id": cmd.grant_id,
        "valid_from": cmd.valid_from,
        "valid_to": cmd.valid_to,
    }
    append_administration(session, "deputy_named", principal.login, params, actor=actor, moment=moment)
    return named


def revoke_deputy(session: Session, deputyship_id: int, *, actor: Actor, moment: Moment) -> Deputyship:
    """End a deputyship at once: by the principal, by the deputy, or by an administrator.

    Raises NotFound, Invalid.
    """
    require_identity("deputyship", deputyship_id)
    named = session.get(Deputyship, deputyship_id, with_for_update=True)
    concerned = named is not None and actor.person_id in {named.principal_id, named.deputy_id}
    if named is None or actor.person_id is None or not (concerned or actor.is_administrator):
        raise NotFound("deputyship", deputyship_id)
    if named.revoked_at is not None or named.valid_to < moment.day:
        raise Invalid({"deputy": Refusal(DeputyProblem.OVER_ALREADY)})
    named.revoked_at, named.revoked_by_id = moment.at, actor.person_id
    logins = dict(
        session.execute(
            select(Person.id, Person.login).where(Person.id.in_((named.principal_id, named.deputy_id)))
        ).all()
    )
    params = {"deputyship": named.id, "deputy": logins[named.deputy_id]}
    append_administration(session, "deputy_revoked", logins[named.principal_id], params, actor=actor, moment=moment)
    return named


def stand_in_for_each_other(session: Session, one: int, other: int, today: date) -> bool:
    """Whether one of these two persons is the deputy of the other today."""
    found = session.scalar(
        select(Deputyship.id)
        .where(
            or_(
                (Deputyship.principal_id == one) & (Deputyship.deputy_id == other),
                (Deputyship.principal_id == other) & (Deputyship.deputy_id == one),
            ),
            Deputyship.valid_from <= today,
            Deputyship.valid_to >= today,
            Deputyship.revoked_at.is_(None),
        )
        .limit(1)
    )
    return found is not None


def _principal(session: Session, person_id: int, actor: Actor) -> Person:
    if actor.person_id is None or not (actor.is_administrator or actor.person_id == person_id):
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=(Role.ADMINISTRATOR,)))
    person = session.get(Person, person_id) if is_identity(person_id) else None
    if person is None or not person.active:
        raise NotFound("person", person_id)
    return person


def _deputy(session: Session, login: str, principal: Person, typed: Typed) -> Person | None:
    given = typed.text("login", login, required=True)
    if "login" in typed.problems:
        return None
    deputy = session.scalar(select(Person).where(Person.login == folded_login(given), Person.active))
    if deputy is None:
        typed.refuse("login", Refusal(DeputyProblem.NO_SUCH_PERSON, given=given))
    elif deputy.id == principal.id:
        typed.refuse("login", Refusal(DeputyProblem.OF_ONESELF))
    return deputy


def _check_period(typed: Typed, cmd: NameDeputy, moment: Moment) -> None:
    typed.day("valid_from", cmd.valid_from)
    typed.day("valid_to", cmd.valid_to)
    if typed.problems.keys() & {"valid_from", "valid_to"}:
        return
    first, last = cmd.valid_from, cmd.valid_to
    if first < moment.day:
        problem = Refusal(DeputyProblem.BEGINS_IN_THE_PAST, valid_from=first, today=moment.day)
        typed.refuse("valid_from", problem)
    if last < first:
        typed.refuse("valid_to", Refusal(DeputyProblem.ENDS_BEFORE_IT_BEGINS, valid_from=first, valid_to=last))
    elif (last - first).days >= LONGEST:
        typed.refuse("valid_to", Refusal(DeputyProblem.TOO_LONG_A_PERIOD, maximum=LONGEST))


def _check_roles(session: Session, typed: Typed, cmd: NameDeputy) -> None:
    """See that there is something to lend, and that the role that is named is the principal's."""
    lendable = session.scalars(
        select(RoleGrant.id).where(
            RoleGrant.person_id == cmd.principal_id,
            RoleGrant.role != Role.ADMINISTRATOR,
            RoleGrant.valid_from <= cmd.valid_to,
            or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= cmd.valid_from),
        )
    ).all()
    if not lendable:
        typed.refuse("grant_id", Refusal(DeputyProblem.NOTHING_TO_LEND))
    elif cmd.grant_id is not None and cmd.grant_id not in lendable:
        typed.refuse("grant_id", Refusal(FieldProblem.NOT_A_CHOICE, given=cmd.grant_id))


def _refuse_a_second(session: Session, typed: Typed, cmd: NameDeputy, deputy: Person) -> None:
    """The same person does not stand in twice for the same at a time."""
    held = session.scalar(
        select(Deputyship)
        .where(
            Deputyship.principal_id == cmd.principal_id,
            Deputyship.deputy_id == deputy.id,
            Deputyship.grant_id.is_not_distinct_from(cmd.grant_id),
            Deputyship.revoked_at.is_(None),
            Deputyship.valid_from <= cmd.valid_to,
            Deputyship.valid_to >= cmd.valid_from,
        )
        .limit(1)
    )
    if held is not None:
        problem = Refusal(
            DeputyProblem.NAMED_ALREADY, name=deputy.name, valid_from=held.valid_from, valid_to=held.valid_to
        )
        typed.refuse("login", problem)
