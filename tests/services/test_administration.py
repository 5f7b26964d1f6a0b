from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid, NotFound
from standards_wf.models.history import AdministrationEvent
from standards_wf.models.organizations import OrganizationKind
from standards_wf.models.people import RoleGrant
from standards_wf.services.administration import (
    CreateCommittee,
    CreateOrganization,
    EndGrant,
    GrantRole,
    create_committee,
    create_organization,
    end_grant,
    grant_role,
)
from standards_wf.services.people import OPERATOR
from standards_wf.services.people_problems import PeopleProblem
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import Grant, ScopeKind
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.holding import SCOPES
from standards_wf.workflow.vocabulary import Kind, Role
from tests.support.scene import Scene


def _command(scene: Scene, role: Role, scope: ScopeKind, project_id: int | None = None) -> GrantRole:
    return GrantRole(
        person_id=scene.people["citizen"],
        role=role,
        organization_id=scene.organizations["institute"] if scope is ScopeKind.ORGANIZATION else None,
        committee_id=scene.committees["committee"] if scope is ScopeKind.COMMITTEE else None,
        project_id=project_id if scope is ScopeKind.PROJECT else None,
    )


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("scope", ScopeKind)
def test_a_role_is_held_for_what_it_is_held_for_and_nothing_else(
    session: Session, scene: Scene, moment: Moment, role: Role, scope: ScopeKind
) -> None:
    with unit_of_work(session):
        project_id = scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment).id
    command = _command(scene, role, scope, project_id)
    if scope in SCOPES.get(role, ()):
        with unit_of_work(session):
            grant = grant_role(session, command, actor=OPERATOR, moment=moment)
        assert Grant(role, scope, grant.scope_id) in scene.actor(session, "citizen", moment).grants
        return
    with pytest.raises(Invalid) as refused, unit_of_work(session):
        grant_role(session, command, actor=OPERATOR, moment=moment)
    assert set(refused.value.fields) == {"role"}


def test_a_role_counts_from_its_first_day_to_its_last(session: Session, scene: Scene, moment: Moment) -> None:
    first, last = moment.day + timedelta(days=1), moment.day + timedelta(days=3)
    with unit_of_work(session):
        command = replace(_command(scene, Role.COMMITTEE_MEMBER, ScopeKind.COMMITTEE), valid_from=first, valid_to=last)
        grant_role(session, command, actor=OPERATOR, moment=moment)

    held = [
        bool(scene.actor(session, "citizen", Moment(moment.at, moment.day + timedelta(days=days))).grants)
        for days in range(5)
    ]
    assert held == [False, True, True, True, False]


def test_the_same_role_is_not_held_twice_at_a_time(session: Session, scene: Scene, moment: Moment) -> None:
    command = _command(scene, Role.COMMITTEE_MEMBER, ScopeKind.COMMITTEE)
    with unit_of_work(session):
        grant_role(session, replace(command, valid_to=date(2025, 12, 31)), actor=OPERATOR, moment=moment)
    with pytest.raises(Invalid, match="already_held"), unit_of_work(session):
        grant_role(session, command, actor=OPERATOR, moment=moment)
    with unit_of_work(session):
        grant_role(session, replace(command, valid_from=date(2026, 1, 1)), actor=OPERATOR, moment=moment)


def _grant_of(session: Session, scene: Scene, login: str) -> RoleGrant:
    return session.scalars(select(RoleGrant).where(RoleGrant.person_id == scene.people[login])).one()


@pytest.mark.parametrize("granted_days_ago", [0, 10])
def test_a_role_that_is_ended_counts_no_longer(
    session: Session, scene: Scene, moment: Moment, granted_days_ago: int
) -> None:
    today = Moment(moment.at + timedelta(days=granted_days_ago), moment.day + timedelta(days=granted_days_ago))
    assert scene.actor(session, "secretary", today).grants
    with unit_of_work(session):
        end_grant(session, EndGrant(grant_id=_grant_of(session, scene, "secretary").id), actor=OPERATOR, moment=today)

    assert not scene.actor(session, "secretary", today).grants
    last = session.scalars(select(AdministrationEvent).order_by(AdministrationEvent.seq.desc()).limit(1)).one()
    assert (last.action, '"valid_from":"2025-06-02"' in last.params) == ("role_ended", True)
    with pytest.raises(Invalid, match="already_over"), unit_of_work(session):
        end_grant(session, EndGrant(grant_id=_grant_of(session, scene, "secretary").id), actor=OPERATOR, moment=today)


def test_a_role_can_end_on_a_day_to_come(session: Session, scene: Scene, moment: Moment) -> None:
    command = EndGrant(grant_id=_grant_of(session, scene, "secretary").id, last_day=moment.day)
    with unit_of_work(session):
        end_grant(session, command, actor=OPERATOR, moment=moment)

    assert scene.actor(session, "secretary", moment).grants
    assert not scene.actor(session, "secretary", Moment(moment.at, moment.day + timedelta(days=1))).grants


def test_the_last_administrator_keeps_the_role(session: Session, scene: Scene, moment: Moment) -> None:
    command = EndGrant(grant_id=_grant_of(session, scene, "administrator").id)
    with pytest.raises(Invalid, match="last_administrator"), unit_of_work(session):
        end_grant(session, command, actor=OPERATOR, moment=moment)


@pytest.mark.parametrize(
    ("login", "role", "expected"),
    [
        ("clerk", Role.DRAFTER, None),
        ("clerk", Role.INVITED_EXPERT, None),
        ("secretary", Role.DRAFTER, None),
        ("department", Role.DRAFTER, Forbidden),
        ("citizen", Role.DRAFTER, Forbidden),
        ("stranger", Role.DRAFTER, NotFound),
    ],
)
def test_within_a_project_its_authority_and_secretary_name_drafters_and_experts(
    session: Session, scene: Scene, moment: Moment, login: str, role: Role, expected: type[Exception] | None
) -> None:
    with unit_of_work(session):
        project_id = scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment).id
    command = GrantRole(person_id=scene.people["co-drafter"], role=role, project_id=project_id)
    actor = scene.actor(session, login, moment)
    if expected is None:
        with unit_of_work(session):
            grant = grant_role(session, command, actor=actor, moment=moment)
            assert grant.granted_by_id == scene.people[login]
            end_grant(session, EndGrant(grant_id=grant.id), actor=actor, moment=moment)
    else:
        with pytest.raises(expected), unit_of_work(session):
            grant_role(session, command, actor=actor, moment=moment)


@pytest.mark.parametrize("login", ["clerk", "secretary", "chair", "citizen"])
def test_a_role_beyond_a_project_is_given_by_the_administrator_alone(
    session: Session, scene: Scene, moment: Moment, login: str
) -> None:
    actor = scene.actor(session, login, moment)
    for scope, role in ((ScopeKind.ORGANIZATION, Role.DRAFTER), (ScopeKind.COMMITTEE, Role.COMMITTEE_MEMBER)):
        with pytest.raises(Forbidden), unit_of_work(session):
            grant_role(session, _command(scene, role, scope), actor=actor, moment=moment)
    with pytest.raises(Forbidden), unit_of_work(session):
        create_committee(session, CreateCommittee(name="另一个委员会"), actor=actor, moment=moment)


@pytest.mark.parametrize(
    ("command", "field", "problem"),
    [
        (CreateOrganization(name="示例大学", kind=OrganizationKind.OTHER), "name", FieldProblem.ALREADY_TAKEN),
        (CreateOrganization(name=" ", kind=OrganizationKind.OTHER), "name", FieldProblem.REQUIRED),
        (
            CreateOrganization(name="新协会", kind=OrganizationKind.ASSOCIATION),
            "group_code",
            PeopleProblem.GROUP_CODE_SPELLING,
        ),
        (
            CreateOrganization(name="新协会", kind=OrganizationKind.ASSOCIATION, group_code="slxh"),
            "group_code",
            FieldProblem.ALREADY_TAKEN,
        ),
        (
            CreateOrganization(name="新企业", kind=OrganizationKind.ENTERPRISE, group_code="XYZ"),
            "group_code",
            PeopleProblem.GROUP_CODE_FOR_ASSOCIATIONS,
        ),
    ],
)
def test_an_organisation_that_cannot_be_is_refused_by_field(
    session: Session, moment: Moment, command: CreateOrganization, field: str, problem: object
) -> None:
    with pytest.raises(Invalid) as refused, unit_of_work(session):
        create_organization(session, command, actor=OPERATOR, moment=moment)

    assert {name: refusal.code for name, refusal in refused.value.fields.items()} == {field: problem}
