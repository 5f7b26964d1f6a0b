"""A table that is not sound does not load, and says everything that is wrong with it."""

from dataclasses import replace
from typing import cast

import pytest

from standards_wf.workflow.guards.proposal import application_complete
from standards_wf.workflow.local_standard import LOCAL_STANDARD
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.table import Table, TableFault, Transition, UnsoundTable
from standards_wf.workflow.vocabulary import Action, Effect, Kind, Role, Stage

ROWS = LOCAL_STANDARD.rows
FIRST = ROWS[0]


def at(stage: Stage, action: Action, fault: TableFault, **beside: object) -> Refusal:
    return Refusal(fault, stage=stage, action=action, **beside)


TWICE = at(Stage.SUGGESTED, Action.APPLY, TableFault.ACTION_TWICE)
NOBODY = at(Stage.SUGGESTED, Action.APPLY, TableFault.NOBODY_MAY)


def problems_of_a_table(rows: tuple[Transition, ...]) -> tuple[Refusal, ...]:
    with pytest.raises(UnsoundTable) as refused:
        Table(Kind.LOCAL_STANDARD, rows)
    return refused.value.problems


def test_the_published_tables_load() -> None:
    for kind, table in PROCEDURES.items():
        assert Table(kind, table.rows).rows == table.rows


def test_an_action_stands_once_for_a_stage() -> None:
    twice = replace(FIRST, target=Stage.DRAFTING)
    assert problems_of_a_table((*ROWS, twice)) == (TWICE,)


def test_a_row_without_roles_does_not_load() -> None:
    assert problems_of_a_table((replace(FIRST, roles=()), *ROWS[1:])) == (NOBODY,)


def test_every_stage_can_be_reached() -> None:
    without = tuple(row for row in ROWS if row.action is not Action.SUBMIT_FOR_REVIEW)
    found = problems_of_a_table(without)
    assert Refusal(TableFault.STAGE_NOT_REACHED, stage=Stage.REVIEW) in found
    assert Refusal(TableFault.STAGE_NOT_REACHED, stage=Stage.IN_FORCE) in found
    assert Refusal(TableFault.STAGE_NOT_REACHED, stage=Stage.DRAFTING) not in found


def test_a_stage_that_is_not_final_has_a_way_out() -> None:
    stuck = tuple(row for row in ROWS if row.source is not Stage.ABOLITION_NOTICE)
    assert Refusal(TableFault.NO_WAY_OUT, stage=Stage.ABOLITION_NOTICE) in problems_of_a_table(stuck)


def test_an_act_that_leads_back_to_its_own_stage_is_no_way_out() -> None:
    circling = tuple(row for row in ROWS if row.source is not Stage.PUBLISHED or row.target is Stage.PUBLISHED)
    assert any(row.source is Stage.PUBLISHED for row in circling)
    assert Refusal(TableFault.NO_WAY_OUT, stage=Stage.PUBLISHED) in problems_of_a_table(circling)


def test_no_way_leads_out_of_a_final_stage() -> None:
    revived = Transition(action=Action.KEEP, source=Stage.ABOLISHED, target=Stage.IN_FORCE, roles=(Role.AUTHORITY,))
    assert problems_of_a_table((*ROWS, revived)) == (at(Stage.ABOLISHED, Action.KEEP, TableFault.OUT_OF_A_FINAL_STAGE),)


def test_a_kind_uses_only_its_own_stages() -> None:
    borrowed = Transition(
        action=Action.OPEN_PUBLIC_NOTICE, source=Stage.APPROVAL, target=Stage.PUBLIC_NOTICE, roles=(Role.AUTHORITY,)
    )
    assert problems_of_a_table((*ROWS, borrowed)) == (
        at(
            Stage.APPROVAL,
            Action.OPEN_PUBLIC_NOTICE,
            TableFault.STAGE_OF_ANOTHER_KIND,
            foreign=Stage.PUBLIC_NOTICE,
        ),
    )


def test_a_guard_that_is_not_registered_does_not_load() -> None:
    def application_complete(*_: object) -> None:  # the name is known, the function is not
        return None

    (problem,) = problems_of_a_table((replace(FIRST, guards=(application_complete,)), *ROWS[1:]))
    assert problem == at(Stage.SUGGESTED, Action.APPLY, TableFault.UNKNOWN_GUARD, guard="application_complete")


def test_an_effect_that_is_not_known_does_not_load() -> None:
    unknown = cast("Effect", "telephone")
    (problem,) = problems_of_a_table((replace(FIRST, effects=(unknown,)), *ROWS[1:]))
    assert problem == at(Stage.SUGGESTED, Action.APPLY, TableFault.UNKNOWN_EFFECT, effect="telephone")


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = problems_of_a_table((replace(FIRST, roles=()), *ROWS[1:], replace(FIRST, guards=(application_complete,))))
    assert found == (NOBODY, TWICE)
