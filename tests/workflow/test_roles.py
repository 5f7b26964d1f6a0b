"""A role counts for what it is held for: an organisation, a committee or a project, never for everything."""

import pytest

from standards_wf.workflow.facts import SYSTEM_ACTOR, VISITOR, Actor, Grant, Parties, ScopeKind
from standards_wf.workflow.machine import PROJECT_MACHINE
from standards_wf.workflow.vocabulary import Action, Kind, Role, Stage
from tests.workflow.cases import PARTIES, facts_for, somebody_as

_HELD = [
    (Role.AUTHORITY, ScopeKind.ORGANIZATION, 10),
    (Role.COMPETENT_DEPARTMENT, ScopeKind.ORGANIZATION, 20),
    (Role.GROUP_SECRETARIAT, ScopeKind.ORGANIZATION, 30),
    (Role.DRAFTER, ScopeKind.ORGANIZATION, 50),
    (Role.COMMITTEE_SECRETARY, ScopeKind.COMMITTEE, 40),
    (Role.COMMITTEE_CHAIR, ScopeKind.COMMITTEE, 40),
    (Role.COMMITTEE_MEMBER, ScopeKind.COMMITTEE, 40),
    (Role.INVITED_EXPERT, ScopeKind.PROJECT, 1),
    (Role.DRAFTER, ScopeKind.PROJECT, 1),
]


def holder(*grants: Grant, person_id: int = 99) -> Actor:
    return Actor(person_id=person_id, grants=frozenset(grants))


@pytest.mark.parametrize(("role", "scope", "scope_id"), _HELD)
def test_a_role_counts_in_the_project_it_concerns(role: Role, scope: ScopeKind, scope_id: int) -> None:
    assert holder(Grant(role, scope, scope_id)).roles_in(PARTIES) == {role, Role.PUBLIC}


@pytest.mark.parametrize(("role", "scope", "scope_id"), _HELD)
def test_a_role_held_for_somebody_else_gives_no_say(role: Role, scope: ScopeKind, scope_id: int) -> None:
    assert holder(Grant(role, scope, scope_id + 1)).roles_in(PARTIES) == {Role.PUBLIC}


@pytest.mark.parametrize(("role", "scope", "_scope_id"), _HELD)
def test_a_role_held_for_nothing_gives_no_say_where_nobody_is_named(
    role: Role, scope: ScopeKind, _scope_id: int
) -> None:
    assert holder(Grant(role, scope, None)).roles_in(Parties(project_id=1)) == {Role.PUBLIC}


def test_the_authority_of_another_organisation_has_no_say() -> None:
    foreign = holder(Grant(Role.AUTHORITY, ScopeKind.ORGANIZATION, 11))
    ours = somebody_as(Role.AUTHORITY)
    whole = facts_for(Action.PUBLISH, Kind.LOCAL_STANDARD, Stage.APPROVAL)
    assert PROJECT_MACHINE.decide(Action.PUBLISH, whole, ours).allowed
    assert not PROJECT_MACHINE.decide(Action.PUBLISH, whole, foreign).allowed


def test_a_drafting_unit_is_no_department_and_a_department_no_authority() -> None:
    person = holder(
        Grant(Role.DRAFTER, ScopeKind.ORGANIZATION, 20),
        Grant(Role.COMPETENT_DEPARTMENT, ScopeKind.ORGANIZATION, 10),
        Grant(Role.AUTHORITY, ScopeKind.ORGANIZATION, 50),
    )
    assert person.roles_in(PARTIES) == {Role.PUBLIC}


def test_a_committee_role_held_for_an_organisation_gives_no_say() -> None:
    assert holder(Grant(Role.COMMITTEE_SECRETARY, ScopeKind.ORGANIZATION, 40)).roles_in(PARTIES) == {Role.PUBLIC}


def test_no_role_but_the_administrators_counts_for_the_whole_system() -> None:
    everything = frozenset(Grant(role, ScopeKind.SYSTEM) for role in Role)
    assert Actor(person_id=99, grants=everything).roles_in(PARTIES) == {Role.ADMINISTRATOR, Role.PUBLIC}


def test_the_administrator_has_no_say_in_a_case() -> None:
    administrator = somebody_as(Role.ADMINISTRATOR)
    assert administrator.is_administrator
    for kind in Kind:
        for stage in Stage:
            for action in PROJECT_MACHINE.actions_from(kind, stage):
                decision = PROJECT_MACHINE.decide(action, facts_for(action, kind, stage), administrator, note="理由")
                assert not decision.is_for_this_actor


def test_whoever_filed_the_suggestion_is_its_proposer_and_nobody_else() -> None:
    assert holder(person_id=7).roles_in(PARTIES) == {Role.PROPOSER, Role.PUBLIC}
    assert holder(person_id=8).roles_in(PARTIES) == {Role.PUBLIC}


def test_nobody_is_the_proposer_of_a_project_without_one() -> None:
    assert VISITOR.roles_in(Parties(project_id=1)) == {Role.PUBLIC}


def test_the_clock_has_its_own_role_and_no_other() -> None:
    assert SYSTEM_ACTOR.roles_in(PARTIES) == {Role.SYSTEM}


def test_nobody_is_granted_the_part_of_the_clock() -> None:
    person = holder(Grant(Role.SYSTEM, ScopeKind.PROJECT, 1), Grant(Role.SYSTEM, ScopeKind.COMMITTEE, 40))
    assert person.roles_in(PARTIES) == {Role.PUBLIC}


def test_the_clock_never_takes_a_decision_that_people_owe() -> None:
    clockwork = {
        action
        for kind in Kind
        for stage in Stage
        for action in PROJECT_MACHINE.actions_from(kind, stage)
        if PROJECT_MACHINE.decide(action, facts_for(action, kind, stage), SYSTEM_ACTOR, note="理由").allowed
    }
    assert clockwork == {Action.CLOSE_CONSULTATION, Action.TAKE_EFFECT, Action.SUPERSEDE}


def test_somebody_may_have_several_roles_in_one_project() -> None:
    person = holder(
        Grant(Role.COMMITTEE_MEMBER, ScopeKind.COMMITTEE, 40), Grant(Role.DRAFTER, ScopeKind.PROJECT, 1), person_id=7
    )
    assert person.roles_in(PARTIES) == {Role.COMMITTEE_MEMBER, Role.DRAFTER, Role.PROPOSER, Role.PUBLIC}
