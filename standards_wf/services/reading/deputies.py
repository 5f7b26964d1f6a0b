"""Deputies as the account page shows them: who acts for one, for whom one acts, and what can be lent."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, aliased

from standards_wf.models.deputies import Deputyship
from standards_wf.models.organizations import Committee, Organization
from standards_wf.models.people import Person, RoleGrant
from standards_wf.models.projects import Project
from standards_wf.workflow.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class LendableRole:
    """A role that a deputy can be given, and for what it is held."""

    grant_id: int
    role: Role
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyShown:
    """A deputyship: the two persons, what is lent, and whether it counts today."""

    id: int
    principal: str
    deputy: str
    role: Role | None
    """The one role that is lent; `None` for all of them."""
    scope: str
    valid_from: date
    valid_to: date
    begun: bool
    over: bool
    revoked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputiesPage:
    """What somebody has arranged, and what others have."""

    for_me: tuple[DeputyShown, ...]
    """Who acts or acted for the reader."""
    by_me: tuple[DeputyShown, ...]
    """For whom the reader acts or acted."""
    lendable: tuple[LendableRole, ...]


_PRINCIPAL, _DEPUTY = aliased(Person), aliased(Person)
_SCOPES = (Organization.name, Committee.name, Project.title_zh)


def deputies_of(session: Session, person_id: int, today: date) -> DeputiesPage:
    """The deputies of a person and the persons whose deputy somebody is, the latest first; two queries."""
    rows = session.execute(
        select(Deputyship, _PRINCIPAL.name, _DEPUTY.name, RoleGrant.role, *_SCOPES)
        .join(_PRINCIPAL, _PRINCIPAL.id == Deputyship.principal_id)
        .join(_DEPUTY, _DEPUTY.id == Deputyship.deputy_id)
        .outerjoin(RoleGrant, RoleGrant.id == Deputyship.grant_id)
        .outerjoin(Organization, Organization.id == RoleGrant.organization_id)
        .outerjoin(Committee, Committee.id == RoleGrant.committee_id)
        .outerjoin(Project, Project.id == RoleGrant.project_id)
        .where(or_(Deputyship.principal_id == person_id, Deputyship.deputy_id == person_id))
        .order_by(Deputyship.valid_from.desc(), Deputyship.id.desc())
    )
    found = [
        (
            named.principal_id == person_id,
            DeputyShown(
                id=named.id,
                principal=principal,
                deputy=deputy,
                role=role,
                scope=next((name for name in scopes if name), ""),
                valid_from=named.valid_from,
                valid_to=named.valid_to,
                begun=named.valid_from <= today,
                over=named.revoked_at is not None or named.valid_to < today,
                revoked=named.revoked_at is not None,
            ),
        )
        for named, principal, deputy, role, *scopes in rows
    ]
    return DeputiesPage(
        for_me=tuple(shown for is_mine, shown in found if is_mine),
        by_me=tuple(shown for is_mine, shown in found if not is_mine),
        lendable=_lendable(session, person_id, today),
    )


def _lendable(session: Session, person_id: int, today: date) -> tuple[LendableRole, ...]:
    rows = session.execute(
        select(RoleGrant.id, RoleGrant.role, *_SCOPES)
        .outerjoin(Organization, Organization.id == RoleGrant.organization_id)
        .outerjoin(Committee, Committee.id == RoleGrant.committee_id)
        .outerjoin(Project, Project.id == RoleGrant.project_id)
        .where(RoleGrant.person_id == person_id, RoleGrant.role != Role.ADMINISTRATOR)
        .where(or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= today))
        .order_by(RoleGrant.valid_from, RoleGrant.id)
    )
    return tuple(
        LendableRole(grant_id=grant_id, role=role, scope=next((name for name in scopes if name), ""))
        for grant_id, role, *scopes in rows
    )
