"""A joint document of the Yangtze delta is published when every partner agrees; nothing else asks for the partners."""

from dataclasses import replace

import pytest

from standards_wf.workflow.facts import known
from standards_wf.workflow.machine import PROJECT_MACHINE
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Action, Kind, Role, Stage
from tests.workflow.cases import facts_for, published_rows, somebody_as

PARTNERS = ("江苏省市场监督管理局", "浙江省市场监督管理局")
TOLD = Refusal(RefusalCode.PARTNERS_NOT_IN_FAVOUR, names=PARTNERS)
PLACES = [(Kind.LOCAL_STANDARD, Stage.APPROVAL), (Kind.METROLOGY_SPECIFICATION, Stage.PUBLIC_NOTICE)]


@pytest.mark.parametrize(("kind", "stage"), PLACES)
def test_a_partner_that_has_not_agreed_stands_against_publishing_and_is_named(kind: Kind, stage: Stage) -> None:
    alone = facts_for(Action.PUBLISH, kind, stage)
    joint = replace(alone, publication=replace(known(alone.publication), partners_not_in_favour=PARTNERS))
    authority = somebody_as(Role.AUTHORITY)

    assert TOLD in PROJECT_MACHINE.decide(Action.PUBLISH, joint, authority).refusals
    assert TOLD not in PROJECT_MACHINE.decide(Action.PUBLISH, alone, authority).refusals


def test_no_other_act_waits_for_the_partners() -> None:
    for kind in Kind:
        for row in published_rows(kind):
            action, stage = Action(row.action), Stage(row.source)
            facts = facts_for(action, kind, stage)
            if action is not Action.PUBLISH and facts.publication is not None:
                facts = replace(facts, publication=replace(facts.publication, partners_not_in_favour=PARTNERS))
                told = PROJECT_MACHINE.decide(action, facts, somebody_as(Role.AUTHORITY)).refusals
                assert all(refusal.code is not RefusalCode.PARTNERS_NOT_IN_FAVOUR for refusal in told)
