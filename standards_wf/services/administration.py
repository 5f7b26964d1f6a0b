"""Organisations and committees, and the roles that people hold for them with a term."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid, NotFound
from standards_wf.models.base import is_identity
from standards_wf.models.organizations import Committee, Organization, OrganizationKind
from standards_wf.models.people import Person, RoleGrant
from standards_wf.models.projects import Project
from standards_wf.services.access import entrance_to, require_administrator
from standards_wf.services.people import others_administer
from standards_wf.services.people_problems import PeopleProblem
from standards_wf.services.record import append_administration
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import Actor, ScopeKind
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.holding import SCOPES
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Role

_GIVEN_WITHIN_A_PROJECT = frozenset({Role.DRAFTER, Role.INVITED_EXPERT})
_GROUP_CODE = re.compile(r"[A-Z][A-Z0-9]{1,11}")


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateOrganization:
    """A body that is to take part."""

    name: str
    kind: OrganizationKind
    short_name: str = ""
    group_code: str = ""
    is_demonstration: bool = False


def create_organization(session: Session, cmd: CreateOrganization, *, actor: Actor, moment: Moment) -> Organization:
    """Enter an organisation. Raises Forbidden, Invalid."""
    require_administrator(actor)
    typed = Typed()
    name = typed.text("name", cmd.name, required=True)
    short_name = typed.text("short_name", cmd.short_name)
    code = typed.text("group_code", cmd.group_code).upper()
    is_association = cmd.kind is OrganizationKind.ASSOCIATION
    if is_association and not _GROUP_CODE.fullmatch(code):
        typed.refuse("group_code", Refusal(PeopleProblem.GROUP_CODE_SPELLING))
    if not is_association and code:
        typed.refuse("group_code", Refusal(PeopleProblem.GROUP_CODE_FOR_ASSOCIATIONS))
    if "name" not in typed.problems and session.scalar(select(Organization.id).where(Organization.name == name)):
        typed.refuse("name", Refusal(FieldProblem.ALREADY_TAKEN, given=name))
    if is_association and "group_code" not in typed.problems:
        holder = session.scalar(select(Organization.name).where(Organization.group_code == code))
        if holder is not None:
            typed.refuse("group_code", Refusal(FieldProblem.ALREADY_TAKEN, given=code, holder=holder))
    typed.done()
    organization = Organization(
        name=name,
        short_name=short_name,
        kind=cmd.kind,
        group_code=code or None,
        is_demonstration=cmd.is_demonstration,
    )
    session.add(organization)
    session.flush()
    params = {"id": organization.id, "kind": cmd.kind, "group_code": code}
    append_administration(session, "organization_created", name, params, actor=actor, moment=moment)
    return organization


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateCommittee:
    """A technical committee with its term."""

    name: str
    field: str = ""
    term_from: date | None = None
    term_to: date | None = None
    is_demonstration: bool = False


def create_committee(session: Session, cmd: CreateCommittee, *, actor: Actor, moment: Moment) -> Committee:
    """Enter a technical committee. Raises Forbidden, Invalid."""
    require_administrator(actor)
    typed = Typed()
    name = typed.text("name", cmd.name, required=True)
    field = typed.text("field", cmd.field, maximum=LONG)
    if "name" not in typed.problems and session.scalar(select(Committee.id).where(Committee.name == name)):
        typed.refuse("name", Refusal(FieldProblem.ALREADY_TAKEN, given=name))
    _check_term(typed, cmd.term_from, cmd.term_to, name="term_to")
    typed.done()
    committee = Committee(
        name=name,
        field=field,
        term_from=cmd.term_from,
        term_to=cmd.term_to,
        is_demonstration=cmd.is_demonstration,
    )
    session.add(committee)
    session.flush()
    params = {"id": committee.id, "term_from": cmd.term_from, "term_to": cmd.term_to}
    append_administration(session, "committee_created", name, params, actor=actor, moment=moment)
    return committee


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantRole:
    """A role for somebody: for one organisation, one committee or one project, or for the whole installation."""

    person_id: int
    role: Role
    organization_id: int | None = None
    committee_id: int | None = None
    project_id: int | None = None
    valid_from: date | None = None
    """The first day; today where none is given."""
    valid_to: date | None = None
    """The last day; without one the role is held until it is ended."""


def grant_role(session: Session, cmd: GrantRole, *, actor: Actor, moment: Moment) -> RoleGrant:
    """Give somebody a role with its scope and its term.

    The administrator gives every role; within a project its authority, its association or its committee's secretary
    names drafters and invited experts. Raises Forbidden, NotFound, Invalid.
    """
    on_behalf_of = _require_granter(session, actor, cmd.role, cmd.project_id)
    typed = Typed()
    person = session.get(Person, cmd.person_id) if is_identity(cmd.person_id) else None
    if person is None:
        typed.refuse("person_id", Refusal(PeopleProblem.NOT_KNOWN, given=cmd.person_id))
    valid_from = cmd.valid_from or moment.day
    _check_term(typed, valid_from, cmd.valid_to)
    scope = _scope(session, typed, cmd)
    typed.done()
    grant = RoleGrant(
        person_id=cmd.person_id,
        role=cmd.role,
        scope=scope,
        organization_id=cmd.organization_id,
        committee_id=cmd.committee_id,
        project_id=cmd.project_id,
        valid_from=valid_from,
        valid_to=cmd.valid_to,
        granted_by_id=actor.person_id,
        granted_at=moment.at,
    )
    _refuse_a_second(session, grant)
    session.add(grant)
    session.flush()
    _record(session, "role_granted", grant, actor=actor, moment=moment, on_behalf_of=on_behalf_of)
    return grant


@dataclass(frozen=True, slots=True, kw_only=True)
class EndGrant:
    """A role that somebody is to hold no longer."""

    grant_id: int
    last_day: date | None = None
    """The last day on which it is held; where none is given it ends at once."""


def end_grant(session: Session, cmd: EndGrant, *, actor: Actor, moment: Moment) -> RoleGrant:
    """End a role, at once or after a last day to come. The record of administration keeps the term as it was.

    A role ended at once counts until yesterday. Raises Forbidden, NotFound, Invalid.
    """
    grant = session.get(RoleGrant, cmd.grant_id, with_for_update=True) if is_identity(cmd.grant_id) else None
    if grant is None:
        require_administrator(actor)
        raise NotFound("grant", cmd.grant_id)
    on_behalf_of = _require_granter(session, actor, grant.role, grant.project_id)
    if grant.valid_to is not None and grant.valid_to < moment.day:
        raise Invalid({"grant": Refusal(PeopleProblem.ALREADY_OVER, valid_to=grant.valid_to)})
    yesterday = moment.day - timedelta(days=1)
    last_day = yesterday if cmd.last_day is None else cmd.last_day
    if last_day < yesterday:
        raise Invalid({"last_day": Refusal(PeopleProblem.TERM_OUT_OF_ORDER, valid_from=moment.day, valid_to=last_day)})
    if grant.role is Role.ADMINISTRATOR and not others_administer(session, moment, but_for_grant=grant.id):
        raise Invalid({"grant": Refusal(PeopleProblem.LAST_ADMINISTRATOR)})
    _record(session, "role_ended", grant, actor=actor, moment=moment, last_day=last_day, on_behalf_of=on_behalf_of)
    grant.valid_from = min(grant.valid_from, last_day)
    grant.valid_to = last_day
    return grant


def _require_granter(session: Session, actor: Actor, role: Role, project_id: int | None) -> int | None:
    """Let pass who may grant a role, and say for whom a deputy does it. Raises Forbidden, NotFound."""
    if not actor.is_administrator and role in _GIVEN_WITHIN_A_PROJECT and project_id is not None:
        entrance = entrance_to(session, project_id, actor)
        held = entrance.require(Role.AUTHORITY, Role.GROUP_SECRETARIAT, Role.COMMITTEE_SECRETARY)
        capacity = actor.capacity_in(entrance.parties, (held,))
        return capacity.on_behalf_of if capacity else None
    require_administrator(actor)
    return None


def _check_term(typed: Typed, valid_from: date | None, valid_to: date | None, name: str = "valid_to") -> None:
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        problem = Refusal(PeopleProblem.TERM_OUT_OF_ORDER, valid_from=valid_from, valid_to=valid_to)
        typed.refuse(name, problem)


def _scope(session: Session, typed: Typed, cmd: GrantRole) -> ScopeKind:
    """For what the role is to be held; a role that is not held for it, or for nothing that exists, is noted."""
    given = {
        ScopeKind.ORGANIZATION: ("organization_id", Organization, cmd.organization_id),
        ScopeKind.COMMITTEE: ("committee_id", Committee, cmd.committee_id),
        ScopeKind.PROJECT: ("project_id", Project, cmd.project_id),
    }
    chosen = [scope for scope, (_, _, identity) in given.items() if identity is not None] or [ScopeKind.SYSTEM]
    allowed = SCOPES.get(cmd.role)
    if allowed is None:
        typed.refuse("role", Refusal(PeopleProblem.ROLE_NOT_GRANTED, role=cmd.role))
    elif len(chosen) > 1 or chosen[0] not in allowed:
        typed.refuse("role", Refusal(PeopleProblem.ROLE_NEEDS_SCOPE, role=cmd.role))
    elif chosen[0] in given:
        name, model, identity = given[chosen[0]]
        if identity is None or not is_identity(identity) or session.get(model, identity) is None:
            typed.refuse(name, Refusal(PeopleProblem.NOT_KNOWN, given=identity))
    return chosen[0]


def _refuse_a_second(session: Session, grant: RoleGrant) -> None:
    """The same role for the same thing is not held twice at a time."""
    same = select(RoleGrant.valid_from).where(
        RoleGrant.person_id == grant.person_id,
        RoleGrant.role == grant.role,
        RoleGrant.organization_id.is_not_distinct_from(grant.organization_id),
        RoleGrant.committee_id.is_not_distinct_from(grant.committee_id),
        RoleGrant.project_id.is_not_distinct_from(grant.project_id),
        (RoleGrant.valid_to.is_(None)) | (RoleGrant.valid_to >= grant.valid_from),
    )
    if grant.valid_to is not None:
        same = same.where(RoleGrant.valid_from <= grant.valid_to)
    held_from = session.scalar(same.limit(1))
    if held_from is not None:
        raise Invalid({"role": Refusal(PeopleProblem.ALREADY_HELD, role=grant.role, valid_from=held_from)})


def _record(
    session: Session, action: str, grant: RoleGrant, *, actor: Actor, moment: Moment, **more: date | int | None
) -> None:
    login = session.get_one(Person, grant.person_id).login
    params = {
        "grant_id": grant.id,
        "role": grant.role,
        "scope": grant.scope,
        "scope_id": grant.scope_id,
        "valid_from": grant.valid_from,
        "valid_to": grant.valid_to,
    }
    params |= {name: value for name, value in more.items() if value is not None}
    append_administration(session, action, login, params, actor=actor, moment=moment)
