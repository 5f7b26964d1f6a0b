"""Which projects concern somebody, as conditions of a query: the same rule as `Actor.roles_in`, asked of many at once."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, false, or_, select, true

from standards_wf.models.projects import Project, ProjectUnit
from standards_wf.workflow.facts import Actor, ScopeKind
from standards_wf.workflow.vocabulary import Role

_PARTY = {
    Role.AUTHORITY: Project.authority_id,
    Role.COMPETENT_DEPARTMENT: Project.competent_department_id,
    Role.GROUP_SECRETARIAT: Project.group_id,
}
PERSONAL = frozenset(Role) - {Role.PUBLIC, Role.SYSTEM, Role.ADMINISTRATOR}
"""The roles that somebody can have in a project."""


def held_in(actor: Actor, roles: Iterable[Role]) -> ColumnElement[bool]:
    """The projects in which this actor has one of these roles."""
    wanted = frozenset(roles)
    conditions: list[ColumnElement[bool]] = []
    if Role.PROPOSER in wanted and actor.person_id is not None:
        conditions.append(Project.proposer_id == actor.person_id)
    by_scope: dict[tuple[Role, ScopeKind], list[int]] = {}
    for grant in actor.grants:
        if grant.role in wanted and grant.scope_id is not None:
            by_scope.setdefault((grant.role, grant.scope), []).append(grant.scope_id)
    for (role, scope), identities in by_scope.items():
        match scope:
            case ScopeKind.PROJECT:
                conditions.append(Project.id.in_(identities))
            case ScopeKind.COMMITTEE:
                conditions.append(Project.committee_id.in_(identities))
            case ScopeKind.ORGANIZATION if role is Role.DRAFTER:
                conditions.append(
                    Project.id.in_(select(ProjectUnit.project_id).where(ProjectUnit.organization_id.in_(identities)))
                )
            case ScopeKind.ORGANIZATION if role in _PARTY:
                conditions.append(_PARTY[role].in_(identities))
            case _:
                pass
    return or_(*conditions) if conditions else false()


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """The projects that this actor may see at all."""
    return true() if actor.is_administrator else held_in(actor, PERSONAL)
