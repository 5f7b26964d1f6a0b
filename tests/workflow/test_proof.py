"""The proof of the procedures holds, and finds each kind of fault in a table that was broken on purpose."""

from collections.abc import Callable, Iterable
from dataclasses import replace

import pytest

from standards_wf.workflow.guards.after_publication import conclusion_is_abolish, successor_in_force
from standards_wf.workflow.guards.approval import notice_days_passed
from standards_wf.workflow.guards.proposal import applicant_is_entitled
from standards_wf.workflow.guards.review import approved_by_vote, ballot_closed, quorum_met, quorum_missed
from standards_wf.workflow.local_standard import LOCAL_STANDARD
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.proof.counting import count_votes, counts_up_to
from standards_wf.workflow.proof.exploring import explore
from standards_wf.workflow.proof.happenings import BRINGS, HAPPENINGS
from standards_wf.workflow.proof.situations import ASPECT_OF, Condition
from standards_wf.workflow.proof.verdict import Fault, prove
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.table import TableFault, Transition
from standards_wf.workflow.vocabulary import Action, Event, Kind, Role, Stage

LOCAL = Kind.LOCAL_STANDARD
ROWS = LOCAL_STANDARD.rows
Rows = tuple[Transition, ...]


def with_row(action: Action, change: Callable[[Transition], Transition], *, at: Stage | None = None) -> Rows:
    """The rows with those of one action changed."""
    return tuple(change(row) if row.action is action and (at is None or row.source is at) else row for row in ROWS)


def without(*actions: Action) -> Rows:
    return tuple(row for row in ROWS if row.action not in actions)


def faults(rows: Rows) -> tuple[Refusal, ...]:
    return prove(LOCAL, rows).faults


def codes(found: Iterable[Refusal]) -> set[object]:
    return {fault.code for fault in found}


@pytest.mark.parametrize("kind", PROCEDURES)
def test_the_published_procedures_have_no_fault(kind: Kind) -> None:
    proof = prove(kind, PROCEDURES[kind].rows)
    assert proof.faults == ()
    assert proof.situations > 1000
    assert proof.rows == len(PROCEDURES[kind].rows)


@pytest.mark.parametrize("kind", PROCEDURES)
def test_every_role_of_every_row_does_its_act_somewhere(kind: Kind) -> None:
    rows = PROCEDURES[kind].rows
    found = explore(kind, rows)
    assert found.done == {(place, role) for place, row in enumerate(rows) for role in row.roles}


def test_guards_that_contradict_each_other_are_found() -> None:
    broken = with_row(Action.PASS_REVIEW, lambda row: replace(row, guards=(ballot_closed, quorum_met, quorum_missed)))
    assert Refusal(
        Fault.NEVER_POSSIBLE,
        stage=Stage.REVIEW,
        action=Action.PASS_REVIEW,
        guards=("ballot_closed", "quorum_met", "quorum_missed"),
    ) in faults(broken)


def test_a_guard_that_nothing_brings_about_is_found() -> None:
    broken = with_row(Action.KEEP, lambda row: replace(row, guards=(conclusion_is_abolish,)))
    assert faults(broken) == (
        Refusal(
            Fault.GUARD_NEVER_MET, stage=Stage.ABOLITION_NOTICE, action=Action.KEEP, guards=("conclusion_is_abolish",)
        ),
    )


def test_a_guard_is_not_met_when_the_event_behind_it_cannot_happen() -> None:
    mute = [each for each in HAPPENINGS if each.event is not Event.MINUTES_SIGNED]
    found = explore(LOCAL, ROWS, mute)
    done = {ROWS[place].action for place, _ in found.done}
    assert Action.REPEAT_REVIEW in done
    assert not {Action.PASS_REVIEW, Action.FAIL_REVIEW, Action.PUBLISH} & done


def test_a_role_that_nobody_can_hold_in_such_a_project_is_found() -> None:
    broken = with_row(Action.PUBLISH, lambda row: replace(row, roles=(Role.GROUP_SECRETARIAT,)))
    found = faults(broken)
    assert (
        Refusal(Fault.ROLE_HELD_BY_NOBODY, stage=Stage.APPROVAL, action=Action.PUBLISH, role=Role.GROUP_SECRETARIAT)
        in found
    )
    assert Refusal(Fault.NEVER_ENTERED, stage=Stage.IN_FORCE) in found


def test_a_role_that_is_always_refused_is_found_though_another_can_act() -> None:
    broken = with_row(Action.APPLY, lambda row: replace(row, roles=(*row.roles, Role.AUTHORITY)))
    assert faults(broken) == (
        Refusal(Fault.ROLE_NEVER_CAN, stage=Stage.SUGGESTED, action=Action.APPLY, role=Role.AUTHORITY),
    )
    assert applicant_is_entitled in next(row for row in broken if row.action is Action.APPLY).guards


def test_an_act_that_waits_for_what_only_it_would_bring_is_never_possible() -> None:
    broken = with_row(Action.OPEN_CONSULTATION, lambda row: replace(row, guards=(*row.guards, successor_in_force)))
    found = faults(broken)
    assert (
        Refusal(
            Fault.GUARD_NEVER_MET,
            stage=Stage.DRAFTING,
            action=Action.OPEN_CONSULTATION,
            guards=("successor_in_force",),
        )
        in found
    )
    assert Refusal(Fault.NEVER_ENTERED, stage=Stage.CONSULTATION) in found


def test_a_stage_from_which_no_end_can_be_reached_is_found() -> None:
    endless = tuple(
        row
        for row in without(Action.SUPERSEDE, Action.ABOLISH)
        if row.action is not Action.TERMINATE or row.source is not Stage.PUBLISHED
    )
    found = faults(endless)
    stuck = {fault.params["stage"] for fault in found if fault.code is Fault.STUCK}
    assert stuck == {Stage.PUBLISHED, Stage.IN_FORCE, Stage.UNDER_REVIEW, Stage.ABOLITION_NOTICE}
    assert Refusal(TableFault.STAGE_NOT_REACHED, stage=Stage.ABOLISHED) in found


def test_a_situation_without_a_way_out_is_found_though_the_stage_has_one() -> None:
    """After a vote that does not approve nothing more can be done, although rows lead out of the stage."""
    trap = tuple(
        row
        for row in ROWS
        if row.source is not Stage.REVIEW or row.action in {Action.PASS_REVIEW, Action.REPEAT_REVIEW}
    )
    found = faults(trap)
    assert {fault.params["stage"] for fault in found if fault.code is Fault.STUCK} == {Stage.REVIEW}
    assert Fault.NO_ACT_FOR_A_COUNT in codes(found)
    assert TableFault.NO_WAY_OUT not in codes(found)


def test_a_count_for_which_no_act_is_possible_is_found() -> None:
    found = faults(without(Action.REPEAT_REVIEW))
    assert found == (Refusal(Fault.NO_ACT_FOR_A_COUNT, stage=Stage.REVIEW, entitled=0, cast=0, votes_for=0),)


def test_acts_that_exclude_each_other_and_are_both_possible_are_found() -> None:
    """Approved without a quorum: to pass and to repeat are both possible."""
    broken = with_row(Action.PASS_REVIEW, lambda row: replace(row, guards=(ballot_closed, approved_by_vote)))
    (fault,) = (each for each in faults(broken) if each.code is Fault.ACTS_FOR_ONE_COUNT)
    assert fault.params == {
        "stage": Stage.REVIEW,
        "actions": (Action.PASS_REVIEW, Action.REPEAT_REVIEW),
        "entitled": 2,
        "cast": 1,
        "votes_for": 1,
    }


def test_every_count_up_to_the_most_is_tried() -> None:
    assert len(set(counts_up_to(3))) == len(list(counts_up_to(3))) == 1 + 3 + 6 + 10
    (verdict,) = count_votes(LOCAL, ROWS, most=6)
    assert verdict.counts == sum((n + 1) * (n + 2) // 2 for n in range(7))
    assert verdict.nobody is None
    assert verdict.both is None


def test_an_act_that_stands_twice_is_told_with_the_rest() -> None:
    twice = replace(ROWS[0], target=Stage.DRAFTING)
    assert Refusal(TableFault.ACTION_TWICE, stage=Stage.SUGGESTED, action=Action.APPLY) in faults((*ROWS, twice))


def test_a_guard_that_has_no_number_here_holds_nobody_up() -> None:
    """A local standard has no notice before approval: the guard of it asks nothing, as it does in a real case."""
    assert faults(with_row(Action.PUBLISH, lambda row: replace(row, guards=(*row.guards, notice_days_passed)))) == ()


def test_each_condition_shows_in_an_aspect_and_can_come_about() -> None:
    brought = {each for happening in HAPPENINGS for each in happening.change.adds}
    brought |= {each for change in BRINGS.values() for each in change.adds}
    assert set(ASPECT_OF) == set(Condition) == brought
