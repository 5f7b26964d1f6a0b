"""A technical committee: who belongs to it, what it is in charge of, and which ballots run."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.organizations import Committee, Organization
from standards_wf.models.people import Person, RoleGrant
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Ballot, BallotVoter, Review, Vote
from standards_wf.services.access import committee_for
from standards_wf.services.reading.scopes import visible_to
from standards_wf.workflow.facts import Actor, ScopeKind
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Kind, Phase, Role, Stage

_FUNCTIONS = (Role.COMMITTEE_CHAIR, Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER, Role.INVITED_EXPERT)
_CLOSED = tuple(row.stage for row in STAGES.values() if row.phase in {Phase.CLOSED, Phase.PUBLISHED})
MOST_PROJECTS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCommittee:
    """A committee in a line."""

    id: int
    name: str
    field: str
    members: int
    projects: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberShown:
    """Somebody who holds a function in a committee today."""

    name: str
    title: str
    organization: str
    role: Role
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectLine:
    """A project that a committee is in charge of."""

    id: int
    title_zh: str
    kind: Kind
    stage: Stage

    @property
    def stage_code(self) -> str:
        """The code of its stage."""
        return STAGES[self.stage].code


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningBallot:
    """A ballot that runs in a committee."""

    project_id: int
    title_zh: str
    closes_on: date
    days_left: int
    entitled: int
    cast: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteePage:
    """A committee as its page shows it."""

    id: int
    name: str
    field: str
    term_from: date | None
    term_to: date | None
    is_demonstration: bool
    members: tuple[MemberShown, ...]
    projects: tuple[ProjectLine, ...]
    ballots: tuple[RunningBallot, ...]


def list_committees(session: Session, actor: Actor, moment: Moment) -> tuple[ListedCommittee, ...]:
    """The committees that somebody may see; one query."""
    members = (
        select(func.count(func.distinct(RoleGrant.person_id)))
        .where(RoleGrant.committee_id == Committee.id, _today(moment.day))
        .scalar_subquery()
    )
    projects = (
        select(func.count())
        .where(Project.committee_id == Committee.id, Project.stage.not_in(_CLOSED))
        .scalar_subquery()
    )
    asked = select(Committee.id, Committee.name, Committee.field, members, projects).order_by(Committee.name)
    if not (actor.is_administrator or any(grant.role is Role.AUTHORITY for grant in actor.grants)):
        own = [grant.scope_id for grant in actor.grants if grant.scope is ScopeKind.COMMITTEE]
        asked = asked.where(Committee.id.in_(own))
    return tuple(
        ListedCommittee(id=row[0], name=row[1], field=row[2], members=row[3], projects=row[4])
        for row in session.execute(asked)
    )


def committee_of(session: Session, committee_id: int, actor: Actor, moment: Moment) -> CommitteePage:
    """A committee, for those who may see it; a fixed number of queries. Raises NotFound."""
    committee = committee_for(session, committee_id, actor)
    members = session.execute(
        select(Person.name, Person.title, Organization.name, RoleGrant.role, RoleGrant.valid_from, RoleGrant.valid_to)
        .join(Person, Person.id == RoleGrant.person_id)
        .outerjoin(Organization, Organization.id == Person.organization_id)
        .where(RoleGrant.committee_id == committee_id, _today(moment.day), Person.active)
    )
    people = [
        MemberShown(
            name=row[0], title=row[1], organization=row[2] or "", role=row[3], valid_from=row[4], valid_to=row[5]
        )
        for row in members
        if row[3] in _FUNCTIONS
    ]
    projects = session.execute(
        select(Project.id, Project.title_zh, Project.kind, Project.stage)
        .where(Project.committee_id == committee_id, Project.stage.not_in(_CLOSED), visible_to(actor))
        .order_by(Project.stage_since.desc())
        .limit(MOST_PROJECTS)
    )
    return CommitteePage(
        id=committee.id,
        name=committee.name,
        field=committee.field,
        term_from=committee.term_from,
        term_to=committee.term_to,
        is_demonstration=committee.is_demonstration,
        members=tuple(sorted(people, key=lambda member: (_FUNCTIONS.index(member.role), member.name))),
        projects=tuple(ProjectLine(id=row[0], title_zh=row[1], kind=row[2], stage=row[3]) for row in projects),
        ballots=_ballots(session, committee_id, actor, moment),
    )


def _today(day: date) -> ColumnElement[bool]:
    return and_(RoleGrant.valid_from <= day, or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= day))


def _ballots(session: Session, committee_id: int, actor: Actor, moment: Moment) -> tuple[RunningBallot, ...]:
    entitled = select(func.count()).where(BallotVoter.ballot_id == Ballot.id, BallotVoter.entitled).scalar_subquery()
    cast = select(func.count()).where(Vote.ballot_id == Ballot.id).scalar_subquery()
    rows = session.execute(
        select(Project.id, Project.title_zh, Ballot.closes_on, entitled, cast)
        .join(Review, Review.project_id == Project.id)
        .join(Ballot, Ballot.review_id == Review.id)
        .where(Project.committee_id == committee_id, Ballot.closed_at.is_(None), visible_to(actor))
        .order_by(Ballot.closes_on)
    )
    return tuple(
        RunningBallot(
            project_id=row[0],
            title_zh=row[1],
            closes_on=row[2],
            days_left=(row[2] - moment.day).days,
            entitled=row[3],
            cast=row[4],
        )
        for row in rows
    )
