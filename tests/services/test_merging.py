"""Suggestions that say the same are merged into one case."""

import json
from dataclasses import replace

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, TransitionRefused
from standards_wf.models.projects import Suggestion
from standards_wf.services.entrance_problems import MergeProblem
from standards_wf.services.gathering import MergeSuggestions, merge_suggestions
from standards_wf.services.merging import ToMerge
from standards_wf.services.reading.suggestions import SuggestionFilter, suggestions_of
from standards_wf.workflow.vocabulary import (
    Action,
    Kind,
    Stage,
)
from tests.services.entrance_hands import Desk
from tests.support.scene import Scene


@pytest.fixture
def desk(session: Session, scene: Scene, moment: Moment) -> Desk:
    return Desk(session, scene, moment)


def test_suggestions_are_merged_into_one_and_their_histories_say_so(desk: Desk) -> None:
    goes_on, one, two = desk.suggestion(title="甲"), desk.suggestion(title="乙"), desk.suggestion(title="丙")
    command = MergeSuggestions(
        merged_into=goes_on, suggestions=(ToMerge(one, desk.project(one).version), ToMerge(two)), note="内容相同。"
    )
    events = desk.does("department", merge_suggestions, command)

    assert [desk.project(each).stage for each in (goes_on, one, two)] == [
        Stage.SUGGESTED,
        Stage.REJECTED,
        Stage.REJECTED,
    ]
    assert {desk.session.get_one(Suggestion, each).merged_into_id for each in (one, two)} == {goes_on}
    assert all(event.action == Action.DECLINE and event.note == "内容相同。" for event in events)
    assert json.loads(events[0].params) == {"merged_into": goes_on, "merged_into_title": "甲"}


def test_what_was_merged_before_goes_along(desk: Desk) -> None:
    first, second, third = desk.suggestion(), desk.suggestion(), desk.suggestion()
    desk.acts("department", first, Action.DECLINE, note="相同。", merged_into=second)
    desk.acts("department", second, Action.DECLINE, note="相同。", merged_into=third)
    assert desk.session.get_one(Suggestion, first, populate_existing=True).merged_into_id == third


def test_all_are_merged_or_none(desk: Desk) -> None:
    goes_on, one, two = desk.suggestion(), desk.suggestion(), desk.suggestion()
    stale = MergeSuggestions(merged_into=goes_on, suggestions=(ToMerge(one), ToMerge(two, 99)), note="相同。")
    with pytest.raises(EditConflict):
        desk.does("department", merge_suggestions, stale)
    without_answer = replace(stale, suggestions=(ToMerge(one), ToMerge(two)), note=" ")
    with pytest.raises(TransitionRefused):
        desk.does("department", merge_suggestions, without_answer)
    assert desk.project(one).stage is Stage.SUGGESTED


def test_a_merger_that_makes_no_sense_is_refused_with_its_reason(desk: Desk) -> None:
    case = desk.suggestion()
    closed, of_metrology = desk.suggestion(), desk.suggestion(Kind.METROLOGY_SPECIFICATION)
    desk.put_at(closed, Stage.TERMINATED)
    reasons = {
        case: MergeProblem.INTO_ITSELF,
        closed: MergeProblem.CASE_IS_CLOSED,
        of_metrology: MergeProblem.NO_SUCH_CASE,  # which the department may not even see
        987_654: MergeProblem.NO_SUCH_CASE,
    }
    for target, problem in reasons.items():
        command = MergeSuggestions(merged_into=target, suggestions=(ToMerge(case),), note="相同。")
        assert desk.is_refused("department", merge_suggestions, command)["merged_into"].code is problem
    by_the_authority = MergeSuggestions(merged_into=of_metrology, suggestions=(ToMerge(case),), note="相同。")
    told = desk.is_refused("clerk", merge_suggestions, by_the_authority)
    assert told["merged_into"].code is MergeProblem.OF_ANOTHER_KIND
    none = MergeSuggestions(merged_into=case, suggestions=(), note="相同。")
    assert desk.is_refused("department", merge_suggestions, none)["suggestions"].code is MergeProblem.NONE_CHOSEN


@pytest.mark.parametrize(
    ("login", "seen"),
    [("department", 1), ("clerk", 2), ("association", 1), ("secretary", 1), ("citizen", 0), ("stranger", 0)],
)
def test_whoever_may_decline_a_suggestion_finds_it_in_the_list(
    desk: Desk, scene: Scene, moment: Moment, login: str, seen: int
) -> None:
    for kind in Kind:
        desk.suggestion(kind)
    page = suggestions_of(desk.session, SuggestionFilter(), scene.actor(desk.session, login, moment))
    assert (len(page.rows), page.total) == (seen, seen)
