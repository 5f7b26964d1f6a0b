"""What the administrator sees: people with their roles, bodies, rules, and how the work after the acts stands."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import NotFound
from standards_wf.models.history import AdministrationEvent, Seal
from standards_wf.models.organizations import Committee, Organization, OrganizationKind
from standards_wf.models.people import ApiToken, Person, RoleGrant
from standards_wf.models.projects import Project
from standards_wf.models.rules import RuleRow
from standards_wf.services.access import require_administrator
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.rules import RULE_BY_NAME, RULES
from standards_wf.workflow.vocabulary import Kind, Role

PER_PAGE = 50
SEALS = 10
ADMINISTRATION = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedPerson:
    """A person in a line."""

    id: int
    login: str
    name: str
    organization: str
    active: bool
    roles: tuple[Role, ...]
    is_demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage:
    """A page of the people."""

    rows: tuple[ListedPerson, ...]
    total: int
    page: int
    pages: int


def list_people(session: Session, text: str, page: int, *, actor: Actor, moment: Moment) -> PeoplePage:
    """The people whose name, login or organisation has these words; three queries. Raises Forbidden."""
    require_administrator(actor)
    asked = select(Person.id).outerjoin(Organization, Organization.id == Person.organization_id)
    for word in text.replace("\x00", "").split()[:5]:
        pattern = "%{}%".format(word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"))
        asked = asked.where(
            or_(*(column.ilike(pattern, escape="\\") for column in (Person.name, Person.login, Organization.name)))
        )
    total = session.scalar(select(func.count()).select_from(asked.subquery())) or 0
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    rows = session.execute(
        select(Person, Organization.name)
        .outerjoin(Organization, Organization.id == Person.organization_id)
        .where(Person.id.in_(asked))
        .order_by(Person.active.desc(), Person.login)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    roles: dict[int, list[Role]] = {}
    for person_id, role in session.execute(
        select(RoleGrant.person_id, RoleGrant.role)
        .where(RoleGrant.person_id.in_([person.id for person, _ in rows]), RoleGrant.valid_from <= moment.day)
        .where(or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= moment.day))
    ):
        if role not in roles.setdefault(person_id, []):
            roles[person_id].append(role)
    return PeoplePage(
        rows=tuple(
            ListedPerson(
                id=person.id,
                login=person.login,
                name=person.name,
                organization=organization or "",
                active=person.active,
                roles=tuple(roles.get(person.id, ())),
                is_demonstration=person.is_demonstration,
            )
            for person, organization in rows
        ),
        total=total,
        page=page,
        pages=pages,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantShown:
    """A role with its scope and its term."""

    id: int
    role: Role
    scope: str
    valid_from: date
    valid_to: date | None
    over: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """A person with the roles held, past and present."""

    id: int
    login: str
    name: str
    email: str
    title: str
    organization_id: int | None
    organization: str
    active: bool
    is_demonstration: bool
    created_at: datetime
    grants: tuple[GrantShown, ...]


def person_of(session: Session, person_id: int, *, actor: Actor, moment: Moment) -> PersonPage:
    """A person; two queries. Raises Forbidden, NotFound."""
    require_administrator(actor)
    found = session.execute(
        select(Person, Organization.name)
        .outerjoin(Organization, Organization.id == Person.organization_id)
        .where(Person.id == person_id)
    ).one_or_none()
    if found is None:
        raise NotFound("person", person_id)
    person, organization = found
    rows = session.execute(
        select(RoleGrant, Organization.name, Committee.name, Project.title_zh)
        .outerjoin(Organization, Organization.id == RoleGrant.organization_id)
        .outerjoin(Committee, Committee.id == RoleGrant.committee_id)
        .outerjoin(Project, Project.id == RoleGrant.project_id)
        .where(RoleGrant.person_id == person_id)
        .order_by(RoleGrant.valid_from.desc(), RoleGrant.id.desc())
    )
    return PersonPage(
        id=person.id,
        login=person.login,
        name=person.name,
        email=person.email,
        title=person.title,
        organization_id=person.organization_id,
        organization=organization or "",
        active=person.active,
        is_demonstration=person.is_demonstration,
        created_at=person.created_at,
        grants=tuple(
            GrantShown(
                id=grant.id,
                role=grant.role,
                scope=next((name for name in names if name), ""),
                valid_from=grant.valid_from,
                valid_to=grant.valid_to,
                over=grant.valid_to is not None and grant.valid_to < moment.day,
            )
            for grant, *names in rows
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationShown:
    """An organisation in a line."""

    id: int
    name: str
    short_name: str
    kind: OrganizationKind
    group_code: str
    people: int
    is_demonstration: bool


def list_organizations(session: Session, *, actor: Actor) -> tuple[OrganizationShown, ...]:
    """All organisations; one query. Raises Forbidden."""
    require_administrator(actor)
    people = select(func.count()).where(Person.organization_id == Organization.id, Person.active).scalar_subquery()
    return tuple(
        OrganizationShown(
            id=row.id,
            name=row.name,
            short_name=row.short_name,
            kind=row.kind,
            group_code=row.group_code or "",
            people=count,
            is_demonstration=row.is_demonstration,
        )
        for row, count in session.execute(select(Organization, people).order_by(Organization.kind, Organization.name))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleShown:
    """One parameter of one kind, as it is in force."""

    id: int
    kind: Kind
    name: str
    guard: str
    unit: str
    value: str
    basis: str
    confirmed: bool
    is_default: bool
    version: int
    changed_by: str
    changed_at: datetime


def list_rules(session: Session, *, actor: Actor) -> tuple[RuleShown, ...]:
    """All parameters, in the order of the procedure; one query. Raises Forbidden."""
    require_administrator(actor)
    order = {row.name: position for position, row in enumerate(RULES)}
    rows = session.execute(select(RuleRow, Person.name).outerjoin(Person, Person.id == RuleRow.changed_by_id))
    in_order = sorted(rows, key=lambda row: (order[row[0].name], list(Kind).index(row[0].kind)))
    return tuple(_rule(row, name) for row, name in in_order)


def rule_of(session: Session, rule_id: int, *, actor: Actor) -> RuleShown:
    """One parameter. Raises Forbidden, NotFound."""
    require_administrator(actor)
    row = session.get(RuleRow, rule_id)
    if row is None:
        raise NotFound("rule", rule_id)
    return _rule(row, "")


def _rule(row: RuleRow, changed_by: str | None) -> RuleShown:
    definition = RULE_BY_NAME[row.name]
    return RuleShown(
        id=row.id,
        kind=row.kind,
        name=row.name,
        guard=definition.guard,
        unit=definition.unit,
        value=row.value,
        basis=row.basis,
        confirmed=row.confirmed,
        is_default=row.changed_by_id is None,
        version=row.row_version,
        changed_by=changed_by or "",
        changed_at=row.changed_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SealShown:
    """A seal over the chains."""

    seq: int
    at: datetime
    chains: int
    events: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministrationShown:
    """One act of administration."""

    seq: int
    at: datetime
    actor: str
    action: str
    subject: str
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPage:
    """The latest seals and the latest acts of administration."""

    seals: tuple[SealShown, ...]
    administration: tuple[AdministrationShown, ...]


def record_page(session: Session, *, actor: Actor) -> RecordPage:
    """The latest seals and acts of administration; two queries. Raises Forbidden."""
    require_administrator(actor)
    seals = session.scalars(select(Seal).order_by(Seal.seq.desc()).limit(SEALS))
    events = session.execute(
        select(AdministrationEvent, Person.name)
        .outerjoin(Person, Person.id == AdministrationEvent.actor_id)
        .order_by(AdministrationEvent.seq.desc())
        .limit(ADMINISTRATION)
    )
    return RecordPage(
        seals=tuple(
            SealShown(seq=row.seq, at=row.at, chains=row.chains, events=row.events, hash=row.hash) for row in seals
        ),
        administration=tuple(
            AdministrationShown(
                seq=row.seq, at=row.at, actor=name or "", action=row.action, subject=row.subject, hash=row.hash
            )
            for row, name in events
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenShown:
    """A token without its secret, which is kept nowhere."""

    id: int
    name: str
    created_at: datetime
    expires_at: datetime | None
    over: bool


def tokens_of(session: Session, person_id: int, moment: Moment) -> tuple[TokenShown, ...]:
    """The tokens of a person, the newest first; one query."""
    rows = session.scalars(select(ApiToken).where(ApiToken.person_id == person_id).order_by(ApiToken.id.desc()))
    return tuple(
        TokenShown(
            id=row.id,
            name=row.name,
            created_at=row.created_at,
            expires_at=row.expires_at,
            over=row.revoked_at is not None or (row.expires_at is not None and row.expires_at <= moment.at),
        )
        for row in rows
    )
