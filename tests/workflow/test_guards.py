"""Each guard answers with `None` on one side of its border, and with the numbers on the other."""

from dataclasses import replace
from typing import Any

import pytest

from standards_wf.workflow.facts import Aspect, NotGathered, ProjectFacts
from standards_wf.workflow.guards.asking import GUARDS, aspects_of
from standards_wf.workflow.machine import PROJECT_MACHINE
from standards_wf.workflow.vocabulary import Kind, Role, Stage
from tests.workflow.cases import bare_facts, somebody_as
from tests.workflow.guard_case import Case
from tests.workflow.guard_cases import CASES

each_case = pytest.mark.parametrize("case", CASES, ids=str)


def _only(facts: ProjectFacts, aspects: frozenset[Aspect]) -> ProjectFacts:
    hidden: dict[str, Any] = {aspect.value: None for aspect in Aspect if aspect not in aspects}
    return replace(facts, **hidden)


@each_case
def test_the_case_that_just_passes(case: Case) -> None:
    assert GUARDS[case.guard](case.facts_that_pass(), case.passing_actor) is None


@each_case
def test_the_case_that_just_fails_says_so_with_its_numbers(case: Case) -> None:
    assert GUARDS[case.guard](case.facts_that_fail(), case.failing_actor) == case.refusal


@each_case
def test_a_guard_looks_only_at_the_aspects_it_declares(case: Case) -> None:
    guard = GUARDS[case.guard]
    seen = _only(case.facts_that_fail(), aspects_of(guard))
    assert guard(seen, case.failing_actor) == case.refusal


def test_every_guard_of_the_procedure_has_its_cases() -> None:
    assert {case.guard for case in CASES} == set(GUARDS)


@pytest.mark.parametrize("name", sorted(name for name, guard in GUARDS.items() if aspects_of(guard)))
def test_a_guard_fails_loudly_where_its_facts_were_not_gathered(name: str) -> None:
    nothing_gathered = _only(bare_facts(Kind.METROLOGY_SPECIFICATION, Stage.REVIEW), frozenset())
    with pytest.raises(NotGathered):
        GUARDS[name](nothing_gathered, somebody_as(Role.PROPOSER))


@pytest.mark.parametrize("kind", Kind)
def test_a_decision_needs_no_more_than_the_aspects_that_the_machine_names(kind: Kind) -> None:
    for stage in Stage:
        for action in PROJECT_MACHINE.actions_from(kind, stage):
            facts = bare_facts(kind, stage)
            seen = _only(facts, PROJECT_MACHINE.aspects(kind, stage, [action]))
            told = PROJECT_MACHINE.decide(action, seen, somebody_as(Role.AUTHORITY))
            assert told == PROJECT_MACHINE.decide(action, facts, somebody_as(Role.AUTHORITY))
