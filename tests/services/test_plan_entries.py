"""Published plans: what enters them, what is adjusted, what is cancelled."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, NotFound
from standards_wf.models.plans import ProjectPlan
from standards_wf.models.projects import PlanEntry, ProjectUnit
from standards_wf.services.entrance_problems import PlanProblem
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.plan_entries import AdjustPlanEntry, DescribePlan, adjust_plan_entry, describe_plan
from standards_wf.services.reading.plans import plan_page
from standards_wf.workflow.facts import VISITOR
from standards_wf.workflow.fields import ActFields, FieldProblem
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import (
    Action,
    Kind,
)
from tests.services.entrance_hands import Desk
from tests.support.scene import Scene


@pytest.fixture
def desk(session: Session, scene: Scene, moment: Moment) -> Desk:
    return Desk(session, scene, moment)


def test_projects_approved_on_one_day_stand_in_one_plan(desk: Desk) -> None:
    one, two, of_group = desk.ready_to_approve(), desk.ready_to_approve(), desk.ready_to_approve(Kind.GROUP_STANDARD)
    desk.approves(one, "2025-01")
    desk.approves(two, "2025-02")
    desk.approves(of_group, "T-2025-01", login="association")
    plans = desk.session.scalars(select(ProjectPlan).order_by(ProjectPlan.id)).all()
    assert [(plan.kind, plan.published_on) for plan in plans] == [
        (Kind.LOCAL_STANDARD, desk.moment.day),
        (Kind.GROUP_STANDARD, desk.moment.day),
    ]
    page = plan_page(desk.session, plans[0].id, VISITOR)
    assert [(one.number, one.is_supplement) for one in page.entries] == [("2025-01", False), ("2025-02", False)]


def test_an_announcement_names_the_plan_and_a_later_one_supplements_it(desk: Desk, moment: Moment) -> None:
    one, two = desk.ready_to_approve(), desk.ready_to_approve()
    desk.approves(one, "2025-01", announcement="示市监标技〔2025〕1号")
    plan = desk.session.scalars(select(ProjectPlan)).one()
    desk.moment = Moment(moment.at + timedelta(days=60), moment.day + timedelta(days=60))
    other_day = PerformAction(
        project_id=two,
        action=Action.APPROVE_PROJECT,
        fields=ActFields(
            plan_number="2025-02",
            plan_published_on=desk.moment.day,
            completes_on=desk.moment.day + timedelta(days=300),
            announcement="示市监标技〔2025〕1号",
        ),
    )
    assert desk.is_refused("clerk", perform, other_day)["announcement"].code is PlanProblem.OF_ANOTHER_DAY
    desk.approves(two, "2025-02", plan_id=plan.id, announcement="示市监标技〔2025〕9号")
    first, second = plan_page(desk.session, plan.id, VISITOR).entries
    assert (first.is_supplement, second.is_supplement) == (False, True)
    assert second.announcement == "示市监标技〔2025〕9号"


def test_an_entry_is_not_added_to_the_plan_of_another_body_or_before_it(desk: Desk, moment: Moment) -> None:
    group, local = desk.ready_to_approve(Kind.GROUP_STANDARD), desk.ready_to_approve()
    desk.approves(group, "T-1", login="association")
    plan = desk.session.scalars(select(ProjectPlan)).one()
    fields = ActFields(
        plan_number="2025-1",
        plan_published_on=moment.day,
        completes_on=moment.day + timedelta(days=300),
        plan_id=plan.id,
    )
    command = PerformAction(project_id=local, action=Action.APPROVE_PROJECT, fields=fields)
    assert desk.is_refused("clerk", perform, command)["plan_id"].code is FieldProblem.NOT_A_CHOICE
    another = desk.ready_to_approve(Kind.GROUP_STANDARD)
    before = PerformAction(
        project_id=another,
        action=Action.APPROVE_PROJECT,
        fields=replace(fields, plan_published_on=moment.day - timedelta(days=1)),
    )
    assert desk.is_refused("association", perform, before)["plan_published_on"].code is PlanProblem.BEFORE_THE_PLAN


def an_adjustment(project_id: int, **changed: Any) -> AdjustPlanEntry:  # noqa: ANN401
    return replace(AdjustPlanEntry(project_id=project_id, announcement="示〔2025〕7号", note="单位合并。"), **changed)


def test_an_entry_is_adjusted_and_the_project_with_it(desk: Desk, scene: Scene) -> None:
    project = desk.ready_to_approve()
    desk.approves(project, "2025-01")
    entry = desk.session.get_one(PlanEntry, project)
    sooner = entry.completes_on - timedelta(days=30)
    event = desk.does(
        "clerk",
        adjust_plan_entry,
        an_adjustment(project, project_name="充电桩能效限定值", drafting_unit="示例大学", completes_on=sooner),
    )
    told = json.loads(event.params)
    assert told["project_name"] == ["充电桩能效", "充电桩能效限定值"]
    assert told["announcement"] == "示〔2025〕7号"
    assert desk.project(project).title_zh == "充电桩能效限定值"
    unit = desk.session.scalars(select(ProjectUnit).where(ProjectUnit.project_id == project)).one()
    assert (unit.name, unit.organization_id) == ("示例大学", scene.organizations["university"])
    shown = plan_page(desk.session, entry.plan_id, VISITOR).entries[0]
    assert shown.completes_on == sooner
    assert shown.changes[0].changes["drafting_unit"] == ("示例市计量测试研究院", "示例大学")
    assert shown.changes[0].reason == "单位合并。"


def test_an_adjustment_needs_its_announcement_its_reason_and_a_change(desk: Desk, moment: Moment) -> None:
    project = desk.ready_to_approve()
    desk.approves(project, "2025-01")
    entry = desk.session.get_one(PlanEntry, project)
    bare = an_adjustment(project, announcement=" ", note=" ", completes_on=moment.day)
    told = desk.is_refused("clerk", adjust_plan_entry, bare)
    assert {name: refusal.code for name, refusal in told.items()} == {
        "announcement": FieldProblem.REQUIRED,
        "note": FieldProblem.REQUIRED,
        "completes_on": PlanProblem.COMPLETES_TOO_EARLY,
    }
    same = an_adjustment(project, completes_on=entry.completes_on, drafting_unit=entry.drafting_unit)
    assert desk.is_refused("clerk", adjust_plan_entry, same)[""].code is PlanProblem.NOTHING_CHANGES
    too_late = an_adjustment(project, completes_on=date(2026, 12, 3))
    assert desk.is_refused("clerk", adjust_plan_entry, too_late)["completes_on"] == Refusal(
        PlanProblem.NEEDS_AN_EXTENSION, latest=date(2026, 12, 2)
    )
    desk.does("clerk", adjust_plan_entry, an_adjustment(project, completes_on=date(2026, 12, 2)))


@pytest.mark.parametrize("login", ["department", "secretary", "drafter"])
def test_only_whoever_published_the_plan_adjusts_it(desk: Desk, login: str) -> None:
    project = desk.ready_to_approve()
    desk.approves(project, "2025-01")
    with pytest.raises((Forbidden, NotFound)):
        desk.does(login, adjust_plan_entry, an_adjustment(project, drafting_unit="示例大学"))


def test_what_is_not_under_way_has_nothing_to_adjust(desk: Desk) -> None:
    project = desk.suggestion()
    told = desk.is_refused("clerk", adjust_plan_entry, an_adjustment(project, drafting_unit="示例大学"))
    assert told[""].code is PlanProblem.NO_ENTRY


def test_ending_a_project_takes_its_entry_out_of_the_plan(desk: Desk) -> None:
    project = desk.ready_to_approve()
    desk.approves(project, "2025-01")
    desk.acts("clerk", project, Action.TERMINATE, note="政策变化。", announcement="示〔2025〕8号")
    entry = plan_page(desk.session, desk.session.get_one(PlanEntry, project).plan_id, VISITOR).entries[0]
    assert entry.is_cancelled
    (change,) = entry.changes
    assert (change.cancels, change.reason, change.announcement) == (True, "政策变化。", "示〔2025〕8号")


def test_a_plan_is_described_by_its_publisher_and_no_number_is_given_twice(desk: Desk, moment: Moment) -> None:
    one, two = desk.ready_to_approve(), desk.ready_to_approve()
    desk.approves(one, "2025-01", announcement="示〔2025〕1号")
    desk.approves(two, "2025-02", announcement="示〔2025〕2号")
    first, second = desk.session.scalars(select(ProjectPlan).order_by(ProjectPlan.id))
    command = DescribePlan(plan_id=second.id, expected_version=second.row_version, number="示〔2025〕1号", title_zh="")
    assert desk.is_refused("clerk", describe_plan, command)["number"].code is FieldProblem.ALREADY_TAKEN
    with pytest.raises(Forbidden):
        desk.does("association", describe_plan, command)
    desk.does("clerk", describe_plan, replace(command, number="示〔2025〕2号", title_zh="第二批项目计划"))
    assert plan_page(desk.session, second.id, VISITOR).line.title == "第二批项目计划"
    assert (
        plan_page(desk.session, first.id, VISITOR).line.title
        == f"示例市市场监督管理局{moment.day.year}年地方标准项目计划"
    )
