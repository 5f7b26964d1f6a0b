"""Every action is asked of every stage, role and kind; the published rows say what the answer must be."""

import pytest

from standards_wf.workflow.facts import VISITOR, Actor, Grant, ScopeKind
from standards_wf.workflow.guards.asking import GUARDS
from standards_wf.workflow.machine import PROJECT_MACHINE
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Action, Kind, Role, Stage
from tests.workflow.cases import PublishedRow, bare_facts, facts, facts_for, published_rows, somebody_as

ROWS = {kind: {(row.source, row.action): row for row in published_rows(kind)} for kind in Kind}
EVERY_ROW = [(kind, row) for kind in Kind for row in ROWS[kind].values()]

each_kind = pytest.mark.parametrize("kind", Kind)
each_stage = pytest.mark.parametrize("stage", Stage)
each_row = pytest.mark.parametrize(
    ("kind", "row"), EVERY_ROW, ids=[f"{kind}/{row.source}/{row.action}" for kind, row in EVERY_ROW]
)


@each_kind
@each_stage
@pytest.mark.parametrize("role", Role)
def test_only_the_published_roles_may_do_the_published_actions(kind: Kind, stage: Stage, role: Role) -> None:
    actor = somebody_as(role)
    for action in Action:
        decision = PROJECT_MACHINE.decide(action, facts_for(action, kind, stage), actor, note="理由")
        row = ROWS[kind].get((stage, action))
        if row is None:
            assert decision.refusals == (Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=action, stage=stage),)
        elif role in row.roles:
            assert decision.allowed, decision.refusals
        else:
            assert Refusal(RefusalCode.ROLE_REQUIRED, roles=row.roles) in decision.refusals
            assert not decision.is_for_this_actor


@each_kind
@each_stage
def test_a_visitor_may_do_nothing(kind: Kind, stage: Stage) -> None:
    for action in Action:
        assert not PROJECT_MACHINE.decide(action, facts_for(action, kind, stage), VISITOR, note="理由").allowed


@each_row
def test_somebody_with_every_role_for_another_project_may_not_do_it(kind: Kind, row: PublishedRow) -> None:
    grants = frozenset(Grant(role, ScopeKind.PROJECT, 2) for role in Role)
    stranger = Actor(person_id=99, organization_id=50, grants=grants)
    whole = facts_for(Action(row.action), kind, Stage(row.source))
    decision = PROJECT_MACHINE.decide(Action(row.action), whole, stranger, note="理由")
    assert RefusalCode.ROLE_REQUIRED in {refusal.code for refusal in decision.refusals}


@each_row
@pytest.mark.parametrize("note", ["", " \n\t　"], ids=["none", "blanks"])
def test_a_written_reason_is_owed_where_the_procedure_says_so(kind: Kind, row: PublishedRow, note: str) -> None:
    action = Action(row.action)
    decision = PROJECT_MACHINE.decide(
        action, facts_for(action, kind, Stage(row.source)), somebody_as(Role(row.roles[0])), note=note
    )
    owed = (Refusal(RefusalCode.NOTE_REQUIRED, action=action),) if row.needs_note else ()
    assert decision.refusals == owed
    assert decision.open


@each_row
def test_everything_that_is_missing_is_told_at_once(kind: Kind, row: PublishedRow) -> None:
    bare = bare_facts(kind, Stage(row.source))
    decision = PROJECT_MACHINE.decide(Action(row.action), bare, VISITOR)
    alone = [refusal for name in row.guards if (refusal := GUARDS[name](bare, VISITOR))]
    assert len(decision.refusals) == 1 + len(alone) + row.needs_note
    assert set(alone) <= set(decision.refusals)


def test_a_review_of_which_nothing_was_done_lacks_six_things() -> None:
    bare = bare_facts(Kind.LOCAL_STANDARD, Stage.REVIEW)
    decision = PROJECT_MACHINE.decide(Action.PASS_REVIEW, bare, somebody_as(Role.COMMITTEE_SECRETARY))
    assert [refusal.code for refusal in decision.refusals] == [
        RefusalCode.PAPERS_NOT_SENT,
        RefusalCode.BALLOT_NOT_OPENED,
        RefusalCode.TOO_FEW_VOTERS,
        RefusalCode.QUORUM_MISSED,
        RefusalCode.NOT_ENOUGH_IN_FAVOUR,
        RefusalCode.MINUTES_MISSING,
    ]


def test_an_act_is_open_while_only_its_own_form_is_missing() -> None:
    ready = facts(Kind.LOCAL_STANDARD, Stage.PUBLISHED)
    bare = bare_facts(Kind.LOCAL_STANDARD, Stage.PUBLISHED)
    authority = somebody_as(Role.AUTHORITY)
    assert PROJECT_MACHINE.decide(Action.RECORD_FILING, ready, authority).allowed
    unfilled = PROJECT_MACHINE.decide(Action.RECORD_FILING, bare, authority)
    assert (unfilled.allowed, unfilled.open) == (False, True)
    too_early = PROJECT_MACHINE.decide(Action.TAKE_EFFECT, bare, authority)
    assert (too_early.allowed, too_early.open) == (False, False)


@each_kind
def test_of_two_opposite_conclusions_of_a_review_at_most_one_is_possible(kind: Kind) -> None:
    secretary = somebody_as(Role.COMMITTEE_SECRETARY)
    endings = (Action.PASS_REVIEW, Action.REPEAT_REVIEW, Action.FAIL_REVIEW)
    for template in endings:
        whole = facts_for(template, kind, Stage.REVIEW)
        possible = [a for a in endings if PROJECT_MACHINE.decide(a, whole, secretary, note="理由").allowed]
        assert possible == [template]


@each_kind
@each_stage
def test_what_can_be_done_is_listed_in_the_published_order(kind: Kind, stage: Stage) -> None:
    published = [row for row in published_rows(kind) if row.source == stage]
    assert [*PROJECT_MACHINE.actions_from(kind, stage)] == [row.action for row in published]
