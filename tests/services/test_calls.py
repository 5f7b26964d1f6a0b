"""Calls for suggestions: prepared, published, answered from the first to the last day."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, NotFound
from standards_wf.models.plans import ProjectCall
from standards_wf.models.projects import Suggestion
from standards_wf.services.calls import (
    ExtendCall,
    PrepareCall,
    Topic,
    call_for,
    extend_call,
    prepare_call,
    publish_call,
)
from standards_wf.services.entrance_problems import CallProblem
from standards_wf.services.suggestions import FileSuggestion, file_suggestion
from standards_wf.workflow.facts import VISITOR
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.vocabulary import (
    Kind,
    MetrologyCategory,
)
from tests.services.entrance_hands import Desk
from tests.support.scene import NODE, Scene


@pytest.fixture
def desk(session: Session, scene: Scene, moment: Moment) -> Desk:
    return Desk(session, scene, moment)


def a_call(scene: Scene, moment: Moment, **changed: Any) -> PrepareCall:  # noqa: ANN401
    command = PrepareCall(
        publisher_id=scene.organizations["authority"],
        year=2026,
        kinds=(Kind.LOCAL_STANDARD,),
        title_zh="2026年度立项指南",
        text="征集以下方面的建议。",
        topics=(Topic("充电设施", NODE), Topic("其他")),
        opens_on=moment.day,
        closes_on=moment.day + timedelta(days=30),
    )
    return replace(command, **changed)


def test_a_call_is_seen_by_its_publisher_until_it_is_published_and_stands_then(
    desk: Desk, scene: Scene, moment: Moment
) -> None:
    call = desk.does("clerk", prepare_call, a_call(scene, moment))
    with pytest.raises(NotFound):
        call_for(desk.session, call.id, VISITOR)

    published = desk.does("clerk", publish_call, call.id, call.row_version)
    assert call_for(desk.session, call.id, VISITOR).published_on == moment.day
    again = a_call(scene, moment, call_id=call.id, expected_version=published.row_version)
    assert desk.is_refused("clerk", prepare_call, again)[""].code is CallProblem.STANDS


@pytest.mark.parametrize("login", ["department", "secretary", "citizen", "association"])
def test_nobody_publishes_for_another_body(desk: Desk, scene: Scene, moment: Moment, login: str) -> None:
    with pytest.raises(Forbidden):
        desk.does(login, prepare_call, a_call(scene, moment))


def test_what_is_wrong_with_a_call_is_told_at_once(desk: Desk, scene: Scene, moment: Moment) -> None:
    command = a_call(
        scene,
        moment,
        title_zh=" ",
        kinds=(Kind.GROUP_STANDARD,),
        closes_on=moment.day - timedelta(days=1),
        topics=(Topic("甲"), Topic("乙", "Z9")),
    )
    told = desk.is_refused("clerk", prepare_call, command)
    assert {name: refusal.code for name, refusal in told.items()} == {
        "title_zh": FieldProblem.REQUIRED,
        "kinds": FieldProblem.NOT_A_CHOICE,
        "closes_on": CallProblem.CLOSES_BEFORE_OPENING,
        "topics": CallProblem.TOPIC_WITHOUT_NODE,
    }


def test_a_call_changes_only_for_whoever_saw_it_as_it_is(desk: Desk, scene: Scene, moment: Moment) -> None:
    call = desk.does("clerk", prepare_call, a_call(scene, moment))
    seen = call.row_version
    desk.does("clerk", prepare_call, a_call(scene, moment, call_id=call.id, expected_version=seen, text="另一正文"))
    with pytest.raises(EditConflict):
        desk.does("clerk", publish_call, call.id, seen)


def test_a_closing_date_moves_later_and_never_earlier(desk: Desk, scene: Scene, moment: Moment) -> None:
    call = desk.does("clerk", prepare_call, a_call(scene, moment))
    desk.does("clerk", publish_call, call.id, None)
    later = call.closes_on + timedelta(days=1)
    assert desk.does("clerk", extend_call, ExtendCall(call_id=call.id, closes_on=later)).closes_on == later
    same = ExtendCall(call_id=call.id, closes_on=later)
    assert desk.is_refused("clerk", extend_call, same)["closes_on"].code is CallProblem.CLOSES_EARLIER


@pytest.mark.parametrize(
    ("days", "kind", "problem"),
    [
        (0, Kind.LOCAL_STANDARD, None),
        (30, Kind.LOCAL_STANDARD, None),
        (31, Kind.LOCAL_STANDARD, CallProblem.NOT_OPEN),
        (0, Kind.METROLOGY_SPECIFICATION, CallProblem.NOT_FOR_THIS_KIND),
    ],
)
def test_a_call_is_answered_from_its_first_to_its_last_day(
    desk: Desk, scene: Scene, moment: Moment, days: int, kind: Kind, problem: CallProblem | None
) -> None:
    call = desk.does("clerk", prepare_call, a_call(scene, moment))
    desk.does("clerk", publish_call, call.id, None)
    command = FileSuggestion(
        kind=kind,
        title_zh="充电桩能效",
        text="缺少方法。",
        name="市民",
        contact="021-1",
        competent_department_id=scene.organizations["department"] if kind is Kind.LOCAL_STANDARD else None,
        committee_id=scene.committees["committee"],
        call_id=call.id,
    )
    if kind is Kind.METROLOGY_SPECIFICATION:
        command = replace(command, category=MetrologyCategory.OTHER)
    desk.moment = Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))
    if problem is None:
        project = desk.does("citizen", file_suggestion, command)
        assert desk.session.get_one(Suggestion, project.id).call_id == call.id
    else:
        assert desk.is_refused("citizen", file_suggestion, command)["call_id"].code is problem


def test_a_call_that_is_not_published_cannot_be_answered(desk: Desk, scene: Scene, moment: Moment) -> None:
    call = desk.does("clerk", prepare_call, a_call(scene, moment))
    command = FileSuggestion(
        kind=Kind.LOCAL_STANDARD,
        title_zh="充电桩能效",
        text="缺少方法。",
        name="市民",
        contact="021-1",
        competent_department_id=scene.organizations["department"],
        call_id=call.id,
    )
    assert desk.is_refused("citizen", file_suggestion, command)["call_id"].code is FieldProblem.NOT_A_CHOICE


def test_a_call_that_is_over_already_is_not_published(desk: Desk, scene: Scene, moment: Moment) -> None:
    past = a_call(scene, moment, opens_on=moment.day - timedelta(days=9), closes_on=moment.day - timedelta(days=1))
    call = desk.does("clerk", prepare_call, past)
    assert desk.is_refused("clerk", publish_call, call.id, None)["closes_on"].code is CallProblem.NOT_OPEN
    assert desk.session.get_one(ProjectCall, call.id, populate_existing=True).published_on is None
