"""For what each role is held, and who holds one in a project."""

from standards_wf.workflow.facts import SYSTEM_ACTOR, VISITOR, Actor, Grant, Parties, ScopeKind
from standards_wf.workflow.vocabulary import Role

SCOPES: dict[Role, tuple[ScopeKind, ...]] = {
    Role.ADMINISTRATOR: (ScopeKind.SYSTEM,),
    Role.AUTHORITY: (ScopeKind.ORGANIZATION,),
    Role.COMPETENT_DEPARTMENT: (ScopeKind.ORGANIZATION,),
    Role.GROUP_SECRETARIAT: (ScopeKind.ORGANIZATION,),
    Role.COMMITTEE_SECRETARY: (ScopeKind.COMMITTEE,),
    Role.COMMITTEE_CHAIR: (ScopeKind.COMMITTEE,),
    Role.COMMITTEE_MEMBER: (ScopeKind.COMMITTEE,),
    Role.DRAFTER: (ScopeKind.ORGANIZATION, ScopeKind.PROJECT),
    Role.INVITED_EXPERT: (ScopeKind.PROJECT,),
}
"""For what each role is held; the others (the proposer, the public, the clock) are not granted."""

_SOMEBODY = 2**31 - 1
"""An identity that nobody else in the project has."""


def holder_of(role: Role, parties: Parties) -> Actor | None:
    """Somebody with this one role in a project, besides what everybody is; `None` where nobody can have it."""
    match role:
        case Role.SYSTEM:
            return SYSTEM_ACTOR
        case Role.PUBLIC:
            return VISITOR
        case Role.PROPOSER:
            return Actor(person_id=parties.proposer_id) if parties.proposer_id is not None else None
    for grant in _grants(role, parties):
        holder = Actor(person_id=_SOMEBODY, grants=frozenset({grant}))
        if role in holder.roles_in(parties):
            return holder
    return None


def _grants(role: Role, parties: Parties) -> tuple[Grant, ...]:
    """Every grant of the role that could concern the project."""
    bodies = (parties.authority_id, parties.competent_department_id, parties.group_id, *parties.drafting_unit_ids)
    held_for = {
        ScopeKind.SYSTEM: (None,),
        ScopeKind.ORGANIZATION: tuple(body for body in bodies if body is not None),
        ScopeKind.COMMITTEE: (parties.committee_id,) if parties.committee_id is not None else (),
        ScopeKind.PROJECT: (parties.project_id,),
    }
    return tuple(Grant(role, scope, identity) for scope in SCOPES.get(role, ()) for identity in held_for[scope])
