"""Nobody decides on their own draft, whatever roles they hold."""

import pytest

from standards_wf.workflow.conflicts import DECIDING, ON_THE_APPLICATION
from standards_wf.workflow.facts import SYSTEM_ACTOR, Actor, AuthorshipFacts, Grant, ScopeKind
from standards_wf.workflow.machine import PROJECT_MACHINE
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Action, Authorship, Kind, Role, Stage
from tests.workflow.cases import facts_for, published_rows, somebody_as

ROWS = [
    (kind, Stage(row.source), Action(row.action), Role(role))
    for kind in Kind
    for row in published_rows(kind)
    for role in row.roles
    if Role(role) not in {Role.SYSTEM, Role.PROPOSER}
]
each_row = pytest.mark.parametrize(("kind", "stage", "action", "role"), ROWS, ids=str)
CONFLICT = {RefusalCode.OWN_DRAFT, RefusalCode.PRINCIPALS_DRAFT}


def _conflicts(
    kind: Kind, stage: Stage, action: Action, actor: Actor, *authors: tuple[int, Authorship]
) -> list[Refusal]:
    facts = facts_for(action, kind, stage, authorship=AuthorshipFacts(authors=frozenset(authors)))
    refusals = PROJECT_MACHINE.decide(action, facts, actor, note="理由").refusals
    return [refusal for refusal in refusals if refusal.code in CONFLICT]


@each_row
def test_a_drafter_decides_nothing_and_does_everything_else(
    kind: Kind, stage: Stage, action: Action, role: Role
) -> None:
    told = _conflicts(kind, stage, action, somebody_as(role), (99, Authorship.NAMED_DRAFTER))
    assert told == ([Refusal(RefusalCode.OWN_DRAFT, how=(Authorship.NAMED_DRAFTER,))] if action in DECIDING else [])


def test_every_decision_of_the_procedure_is_one_that_somebody_can_take() -> None:
    assert {action for _, _, action, _ in ROWS} >= DECIDING


@pytest.mark.parametrize("part", Authorship)
def test_whatever_makes_the_text_ones_own_is_named(part: Authorship) -> None:
    secretary = somebody_as(Role.COMMITTEE_SECRETARY)
    told = _conflicts(Kind.LOCAL_STANDARD, Stage.REVIEW, Action.PASS_REVIEW, secretary, (99, part))
    proposed = part is Authorship.PROPOSED_IT
    assert told == ([] if proposed else [Refusal(RefusalCode.OWN_DRAFT, how=(part,))])


@pytest.mark.parametrize("action", sorted(ON_THE_APPLICATION))
def test_whoever_proposed_a_project_does_not_approve_it(action: Action) -> None:
    authority = somebody_as(Role.AUTHORITY)
    mine, of_another = (99, Authorship.PROPOSED_IT), (98, Authorship.PROPOSED_IT)
    assert _conflicts(Kind.LOCAL_STANDARD, Stage.APPRAISAL, action, authority, mine)
    assert not _conflicts(Kind.LOCAL_STANDARD, Stage.APPRAISAL, action, authority, of_another)


def test_of_a_deputy_and_the_person_acted_for_neither_may_have_drafted() -> None:
    deputy = Actor(person_id=99, grants=frozenset({Grant(Role.AUTHORITY, ScopeKind.ORGANIZATION, 10, 98)}))
    where = (Kind.LOCAL_STANDARD, Stage.APPROVAL, Action.REFUSE_APPROVAL, deputy)
    how = (Authorship.DRAFTERS_ROLE,)
    assert _conflicts(*where, (97, how[0])) == []
    assert _conflicts(*where, (98, how[0])) == [Refusal(RefusalCode.PRINCIPALS_DRAFT, how=how)]
    assert _conflicts(*where, (99, how[0])) == [Refusal(RefusalCode.OWN_DRAFT, how=how)]


def test_a_principal_who_drafted_does_not_hinder_a_deputy_in_a_role_of_his_own() -> None:
    grants = {Grant(Role.AUTHORITY, ScopeKind.ORGANIZATION, 10), Grant(Role.AUTHORITY, ScopeKind.ORGANIZATION, 10, 98)}
    both = Actor(person_id=99, grants=frozenset(grants))
    author = (98, Authorship.NAMED_DRAFTER)
    assert _conflicts(Kind.LOCAL_STANDARD, Stage.APPROVAL, Action.REFUSE_APPROVAL, both, author) == []


def test_who_has_no_role_to_decide_in_is_told_that_and_no_more() -> None:
    drafter = somebody_as(Role.DRAFTER)
    mine = (99, Authorship.NAMED_DRAFTER)
    assert _conflicts(Kind.LOCAL_STANDARD, Stage.APPROVAL, Action.REFUSE_APPROVAL, drafter, mine) == []


def test_the_clock_has_no_drafts() -> None:
    assert _conflicts(Kind.LOCAL_STANDARD, Stage.PUBLISHED, Action.TAKE_EFFECT, SYSTEM_ACTOR) == []
