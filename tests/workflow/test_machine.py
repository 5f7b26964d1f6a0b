"""The library moves a project exactly as the table says, and knows nothing beside the table."""

import pytest
from transitions import MachineError

from standards_wf.workflow.machine import PROJECT_MACHINE, Decision
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.stages import STAGES, stages_of
from standards_wf.workflow.vocabulary import Action, Kind, Stage
from tests.workflow.cases import published_rows

each_kind = pytest.mark.parametrize("kind", Kind)


@each_kind
def test_every_published_row_moves_where_it_says(kind: Kind) -> None:
    for row in published_rows(kind):
        assert PROJECT_MACHINE.move(kind, Stage(row.source), Action(row.action)) == row.target


@each_kind
def test_what_is_not_published_does_not_move(kind: Kind) -> None:
    known = {(row.source, row.action) for row in published_rows(kind)}
    for stage in (row.stage for row in stages_of(kind)):
        for action in Action:
            if (stage, action) not in known:
                with pytest.raises(MachineError):
                    PROJECT_MACHINE.move(kind, stage, action)


@each_kind
def test_the_library_knows_no_transition_of_its_own(kind: Kind) -> None:
    machine = PROJECT_MACHINE._machines[kind]
    assert set(machine.events) == {row.action for row in published_rows(kind)}
    assert set(machine.states) == {row.stage for row in stages_of(kind)}
    assert sum(len(found) for event in machine.events.values() for found in event.transitions.values()) == len(
        published_rows(kind)
    )
    assert machine.models == []


@each_kind
def test_no_action_is_known_at_a_final_stage(kind: Kind) -> None:
    for stage, row in STAGES.items():
        assert bool(PROJECT_MACHINE.actions_from(kind, stage)) == (kind in row.kinds and not row.final)


def test_moving_leaves_no_trace_in_the_machine() -> None:
    before = PROJECT_MACHINE.move(Kind.LOCAL_STANDARD, Stage.SUGGESTED, Action.APPLY)
    PROJECT_MACHINE.move(Kind.LOCAL_STANDARD, Stage.APPROVAL, Action.PUBLISH)
    assert PROJECT_MACHINE.move(Kind.LOCAL_STANDARD, Stage.SUGGESTED, Action.APPLY) is before


def test_an_act_is_open_only_while_its_own_form_can_remove_every_reason() -> None:
    row = PROCEDURES[Kind.LOCAL_STANDARD].row(Stage.APPRAISAL, Action.APPROVE_PROJECT)
    by_form = Refusal(RefusalCode.PLAN_ENTRY_INCOMPLETE, fields=("plan_number", "completes_on"))
    beyond_the_form = Refusal(RefusalCode.PLAN_ENTRY_INCOMPLETE, fields=("plan_number", "drafting_units"))
    assert Decision(Action.APPROVE_PROJECT, row, (by_form,)).open
    assert not Decision(Action.APPROVE_PROJECT, row, (by_form, beyond_the_form)).open
