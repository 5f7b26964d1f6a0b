"""Who is on the list of a ballot, who of them may vote, and who belongs to the reviewers at all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from standards_wf.models.organizations import Organization
from standards_wf.models.people import Person, RoleGrant
from standards_wf.models.projects import Project
from standards_wf.services.problems import Exclusion
from standards_wf.workflow.facts import Parties, ScopeKind
from standards_wf.workflow.vocabulary import Role

MEMBERS = (Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER)
REVIEWERS = (*MEMBERS, Role.COMMITTEE_SECRETARY, Role.INVITED_EXPERT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """Somebody who takes part in reviewing a project, in the first of his capacities."""

    person_id: int
    name: str
    organization_id: int | None
    organization: str
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedVoter:
    """Somebody on the list of a ballot, with what is known of him and why he has no vote, if he has none."""

    reviewer: Reviewer
    is_drafter: bool
    from_drafting_unit: bool
    exclusion: Exclusion | None = None

    @property
    def entitled(self) -> bool:
        """Whether his vote counts."""
        return self.exclusion is None


def reviewers_of(session: Session, project: Project, today: date) -> dict[int, Reviewer]:
    """Everybody who holds a role of the review today, by identity and in the order of their names.

    Who holds several is taken as chair, member, secretary, invited expert, in this order.
    """
    here = or_(
        and_(RoleGrant.scope == ScopeKind.PROJECT, RoleGrant.project_id == project.id),
        and_(RoleGrant.scope == ScopeKind.COMMITTEE, RoleGrant.committee_id == project.committee_id),
    )
    rows = session.execute(
        select(Person.id, Person.name, Person.organization_id, Organization.name, RoleGrant.role)
        .join(RoleGrant, RoleGrant.person_id == Person.id)
        .outerjoin(Organization, Organization.id == Person.organization_id)
        .where(Person.active, RoleGrant.role.in_(REVIEWERS), here)
        .where(RoleGrant.valid_from <= today, or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= today))
    )
    found = [
        Reviewer(person_id=person, name=name, organization_id=unit_id, organization=unit or "", role=role)
        for person, name, unit_id, unit, role in rows
    ]
    found.sort(key=lambda reviewer: (reviewer.name, reviewer.person_id, REVIEWERS.index(reviewer.role)))
    first: dict[int, Reviewer] = {}
    for reviewer in found:
        first.setdefault(reviewer.person_id, reviewer)
    return first


def voters_among(
    reviewers: Iterable[Reviewer], *, drafters: frozenset[int], parties: Parties, max_share: Fraction
) -> tuple[ListedVoter, ...]:
    """The list of a ballot.

    1. Invited experts give an opinion and have no vote; drafters have none either.
    2. Of those left, who comes from a drafting unit counts towards the largest share that such voters may have.
    3. Where they are too many, chairs stay before members, and members in the order of their names; the rest are
       listed without a vote. As few as possible are left out.
    """
    listed = [_listed(reviewer, drafters, parties) for reviewer in reviewers]
    from_units = [voter for voter in listed if voter.entitled and voter.from_drafting_unit]
    from_units.sort(key=lambda voter: (MEMBERS.index(voter.reviewer.role), voter.reviewer.name))
    others = sum(voter.entitled for voter in listed) - len(from_units)
    surplus = {voter.reviewer.person_id for voter in from_units[_places(others, from_units, max_share) :]}
    return tuple(
        replace(voter, exclusion=Exclusion.DRAFTING_UNIT_SHARE) if voter.reviewer.person_id in surplus else voter
        for voter in listed
    )


def _listed(reviewer: Reviewer, drafters: frozenset[int], parties: Parties) -> ListedVoter:
    is_drafter = reviewer.person_id in drafters
    exclusion = None
    if is_drafter:
        exclusion = Exclusion.DRAFTER
    elif reviewer.role not in MEMBERS:
        exclusion = Exclusion.INVITED_EXPERT
    return ListedVoter(
        reviewer=reviewer,
        is_drafter=is_drafter,
        from_drafting_unit=reviewer.organization_id in parties.drafting_unit_ids,
        exclusion=exclusion,
    )


def _places(others: int, from_units: Sequence[ListedVoter], max_share: Fraction) -> int:
    """How many from drafting units may vote beside so many others."""
    places = len(from_units)
    while places and Fraction(places, others + places) > max_share:
        places -= 1
    return places
