"""Who holds a role for one of the parties of a case today: for messages, and to say who can mend what is missing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from standards_wf.models.deputies import Deputyship
from standards_wf.models.organizations import Committee, Organization
from standards_wf.models.people import Person, RoleGrant
from standards_wf.services.access import IN_TERM, LENT
from standards_wf.workflow.facts import Actor, Grant, Parties
from standards_wf.workflow.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody who can log in and has a role in a case, and the body for which the role is held."""

    role: Role
    person_id: int
    name: str
    body: str


def held_roles(session: Session, parties: Parties, roles: frozenset[Role], today: date) -> dict[int, set[Grant]]:
    """What each person holds of these roles for one of the parties today, for himself or as somebody's deputy."""
    concerned = and_(
        RoleGrant.role.in_(roles),
        IN_TERM,
        or_(
            RoleGrant.project_id == parties.project_id,
            RoleGrant.committee_id.in_({parties.committee_id} - {None}),
            RoleGrant.organization_id.in_(_organizations(parties)),
        ),
    )
    held: dict[int, set[Grant]] = {}
    for grant in session.scalars(select(RoleGrant).where(concerned), {"today": today}):
        held.setdefault(grant.person_id, set()).add(Grant(grant.role, grant.scope, grant.scope_id))
    lent = select(RoleGrant, Deputyship.deputy_id).join(Deputyship, LENT).where(concerned)
    for grant, deputy_id in session.execute(lent, {"today": today}):
        held.setdefault(deputy_id, set()).add(Grant(grant.role, grant.scope, grant.scope_id, grant.person_id))
    return held


def _organizations(parties: Parties) -> set[int | None]:
    return {
        parties.authority_id,
        parties.competent_department_id,
        parties.group_id,
        *parties.drafting_unit_ids,
    } - {None}


def holders_of(session: Session, parties: Parties, roles: Iterable[Role], today: date) -> tuple[Holder, ...]:
    """Everybody active who has one of these roles in the case, role by role in the order asked for; five queries."""
    asked = tuple(dict.fromkeys(roles))
    held = held_roles(session, parties, frozenset(asked), today)
    people = {
        person.id: person
        for person in session.scalars(
            select(Person).where(Person.id.in_({*held, parties.proposer_id} - {None}), Person.active)
        )
    }
    organizations = dict(
        session.execute(
            select(Organization.id, Organization.name).where(
                Organization.id.in_(
                    _organizations(parties) | {person.organization_id for person in people.values()} - {None}
                )
            )
        ).all()
    )
    committee = session.scalar(select(Committee.name).where(Committee.id == parties.committee_id)) or ""
    body_of = {
        Role.AUTHORITY: organizations.get(parties.authority_id or 0, ""),
        Role.COMPETENT_DEPARTMENT: organizations.get(parties.competent_department_id or 0, ""),
        Role.GROUP_SECRETARIAT: organizations.get(parties.group_id or 0, ""),
        Role.COMMITTEE_SECRETARY: committee,
        Role.COMMITTEE_CHAIR: committee,
        Role.COMMITTEE_MEMBER: committee,
    }
    found = []
    for role in asked:
        for person_id, person in sorted(people.items()):
            has = Actor(person_id=person_id, grants=frozenset(held.get(person_id, ()))).roles_in(parties)
            if role in has - {Role.PUBLIC}:
                own = organizations.get(person.organization_id or 0, "")
                found.append(Holder(role=role, person_id=person_id, name=person.name, body=body_of.get(role) or own))
    return tuple(found)
