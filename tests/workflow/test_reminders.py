"""When somebody is reminded, and who."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.reminders import ReminderSteps, reminded_roles
from standards_wf.workflow.vocabulary import Kind, Role, Stage

USUAL = ReminderSteps()


@pytest.mark.parametrize(
    ("days_left", "step"),
    [
        (31, None),
        (30, 30),
        (29, None),
        (8, None),
        (7, 7),
        (6, None),
        (1, 1),
        (0, 0),
        (-1, None),
        (-6, None),
        (-7, -7),
        (-8, None),
        (-14, -14),
        (-21, -21),
    ],
)
def test_day_by_day_the_steps_come_before_on_and_after_the_last_day(days_left: int, step: int | None) -> None:
    assert USUAL.newest(days_left=days_left, days_left_at_first=days_left) == step


@pytest.mark.parametrize(
    ("first", "last", "step"),
    [
        (40, 31, None),
        (40, 20, 30),
        (40, 7, 7),
        (29, 8, None),
        (40, 0, 0),
        (5, -3, 0),
        (-1, -6, None),
        (-1, -20, -14),
        (40, -40, -35),
    ],
)
def test_of_the_steps_that_fell_due_while_nobody_worked_only_the_newest_counts(
    first: int, last: int, step: int | None
) -> None:
    assert USUAL.newest(days_left=last, days_left_at_first=first) == step


def test_an_installation_may_choose_other_steps() -> None:
    steps = ReminderSteps(before=(10, 3), repeat_every=1)

    found = [steps.newest(days_left=days, days_left_at_first=days) for days in (10, 9, 3, 1, 0, -1, -2)]

    assert found == [10, None, 3, None, 0, -1, -2]


@given(first=st.integers(-100, 400), days=st.lists(st.integers(1, 60), max_size=40))
def test_whatever_days_are_left_out_no_step_comes_twice_and_none_goes_back(first: int, days: list[int]) -> None:
    sent, left = [], first
    for gap in days:
        step = USUAL.newest(days_left=left - gap, days_left_at_first=left - 1)
        left -= gap
        if step is not None:
            sent.append(step)

    assert sent == sorted(set(sent), reverse=True)


SECRETARY, DRAFTER = Role.COMMITTEE_SECRETARY, Role.DRAFTER


@pytest.mark.parametrize(
    ("kind", "stage", "due", "roles"),
    [
        (Kind.LOCAL_STANDARD, Stage.DRAFTING, Due.COMPLETION, {SECRETARY, DRAFTER}),
        (Kind.LOCAL_STANDARD, Stage.REVIEW, Due.COMPLETION, {SECRETARY, DRAFTER}),
        (Kind.LOCAL_STANDARD, Stage.SUBMISSION, Due.COMPLETION, {Role.COMPETENT_DEPARTMENT}),
        (Kind.LOCAL_STANDARD, Stage.APPROVAL, Due.COMPLETION, {Role.AUTHORITY}),
        (Kind.GROUP_STANDARD, Stage.APPROVAL, Due.COMPLETION, {Role.GROUP_SECRETARIAT}),
        (Kind.LOCAL_STANDARD, Stage.CONSULTATION, Due.CONSULTATION_CLOSES, {SECRETARY}),
        (Kind.LOCAL_STANDARD, Stage.REVIEW, Due.PAPERS_TO_SEND, {SECRETARY}),
        (Kind.METROLOGY_SPECIFICATION, Stage.PUBLIC_NOTICE, Due.NOTICE_ENDS, {Role.AUTHORITY}),
        (Kind.GROUP_STANDARD, Stage.ABOLITION_NOTICE, Due.NOTICE_ENDS, {Role.GROUP_SECRETARIAT}),
        (Kind.LOCAL_STANDARD, Stage.PUBLISHED, Due.FILING, {Role.AUTHORITY}),
        (Kind.LOCAL_STANDARD, Stage.IN_FORCE, Due.FILING, {Role.AUTHORITY}),
        (Kind.LOCAL_STANDARD, Stage.IN_FORCE, Due.REVIEW_OPINION, {Role.COMPETENT_DEPARTMENT}),
        (Kind.GROUP_STANDARD, Stage.IN_FORCE, Due.REVIEW_OPINION, {Role.GROUP_SECRETARIAT}),
        (Kind.METROLOGY_SPECIFICATION, Stage.UNDER_REVIEW, Due.REVIEW_OPINION, {SECRETARY}),
        (Kind.LOCAL_STANDARD, Stage.IN_FORCE, Due.PERIODIC_REVIEW, {Role.COMPETENT_DEPARTMENT, Role.AUTHORITY}),
        (Kind.LOCAL_STANDARD, Stage.UNDER_REVIEW, Due.PERIODIC_REVIEW, {Role.AUTHORITY}),
    ],
)
def test_a_deadline_lies_in_the_hands_of_those_whose_act_ends_it(
    kind: Kind, stage: Stage, due: Due, roles: set[Role]
) -> None:
    assert reminded_roles(kind, stage, due, passed=False) == roles


@pytest.mark.parametrize("kind", Kind)
def test_nobody_is_reminded_of_what_the_clock_does_by_itself(kind: Kind) -> None:
    assert reminded_roles(kind, Stage.PUBLISHED, Due.IMPLEMENTATION, passed=False) == frozenset()


def test_whoever_comes_to_a_meeting_is_reminded_of_it_and_afterwards_only_its_secretary_of_the_minutes() -> None:
    before = reminded_roles(Kind.LOCAL_STANDARD, Stage.REVIEW, Due.MEETING, passed=False)

    assert before == {SECRETARY, Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER, Role.INVITED_EXPERT}
    assert reminded_roles(Kind.LOCAL_STANDARD, Stage.REVIEW, Due.MEETING, passed=True) == {SECRETARY}
