"""The entrance: calls and plans, suggestions merged, the fast track, and the partners of a joint project."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, Invalid, NotFound, TransitionRefused
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.plans import ProjectCall, ProjectPlan
from standards_wf.models.projects import PlanEntry, Project, ProjectUnit, Suggestion
from standards_wf.services.access import actor_of, entrance_to
from standards_wf.services.appraisals import NamedExpert, RecordAppraisal, record_appraisal
from standards_wf.services.calls import (
    ExtendCall,
    PrepareCall,
    Topic,
    call_for,
    extend_call,
    prepare_call,
    publish_call,
)
from standards_wf.services.entrance_problems import CallProblem, MergeProblem, PlanProblem, ProjectMarkProblem
from standards_wf.services.gathering import MergeSuggestions, merge_suggestions
from standards_wf.services.lifecycle import PerformAction, decisions_on, perform
from standards_wf.services.merging import ToMerge
from standards_wf.services.plan_entries import AdjustPlanEntry, DescribePlan, adjust_plan_entry, describe_plan
from standards_wf.services.project_marks import (
    MarkProject,
    RecordPartnerDecision,
    mark_project,
    record_partner_decision,
)
from standards_wf.services.reading.desk import desk_of
from standards_wf.services.reading.plans import plan_page
from standards_wf.services.reading.projects import ProjectFilter, list_projects
from standards_wf.services.reading.suggestions import SuggestionFilter, suggestions_of
from standards_wf.services.saying import say
from standards_wf.services.suggestions import FileSuggestion, file_suggestion
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.wording.language import Language, use
from standards_wf.workflow.facts import VISITOR
from standards_wf.workflow.fields import ActFields, FieldProblem
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import (
    Action,
    Event,
    FastTrackReason,
    Kind,
    MetrologyCategory,
    PartnerDecision,
    Province,
    Stage,
)
from tests.services.cases import Case, make_case
from tests.support.scene import NODE, Scene

Done = TypeVar("Done")
JIANGSU, ZHEJIANG = "江苏省市场监督管理局", "浙江省市场监督管理局"


class Desk:
    """People of the scene, doing things one after the other."""

    def __init__(self, session: Session, scene: Scene, moment: Moment) -> None:
        self.session, self.scene, self.moment = session, scene, moment

    def does(self, login: str, service: Callable[..., Done], command: object, *more: object) -> Done:
        with unit_of_work(self.session):
            actor = self.scene.actor(self.session, login, self.moment)
            return service(self.session, command, *more, actor=actor, moment=self.moment)

    def is_refused(
        self, login: str, service: Callable[..., object], command: object, *more: object
    ) -> dict[str, Refusal]:
        with pytest.raises(Invalid) as refused:
            self.does(login, service, command, *more)
        for language in Language:
            use(language)
            for refusal in refused.value.fields.values():
                assert "{" not in say(refusal)
        use(Language.ZH)
        return dict(refused.value.fields)

    def suggestion(self, kind: Kind = Kind.LOCAL_STANDARD, title: str = "充电桩能效") -> int:
        with unit_of_work(self.session):
            return self.scene.file_suggestion(self.session, kind, moment=self.moment, title=title).id

    def acts(self, login: str, project_id: int, action: Action, *, note: str = "", **fields: Any) -> LifecycleEvent:  # noqa: ANN401
        command = PerformAction(project_id=project_id, action=action, note=note, fields=ActFields(**fields))
        return self.does(login, perform, command)

    def project(self, project_id: int) -> Project:
        return self.session.get_one(Project, project_id, populate_existing=True)

    def put_at(self, project_id: int, stage: Stage) -> None:
        with unit_of_work(self.session):
            project = self.project(project_id)
            project.stage = stage

    def ready_to_approve(self, kind: Kind = Kind.LOCAL_STANDARD) -> int:
        """A case at its appraisal, with everything that approving it asks for."""
        project_id = self.suggestion(kind)
        keeper = "association" if kind is Kind.GROUP_STANDARD else "clerk"
        with unit_of_work(self.session):
            project = self.project(project_id)
            project.stage = Stage.APPRAISAL
            self.session.add(ProjectUnit(project_id=project_id, position=1, name="示例市计量测试研究院"))
        experts = tuple(NamedExpert(f"专家{number}", "示例大学") for number in range(7))
        held = RecordAppraisal(project_id=project_id, held_on=self.moment.day, in_favour=True, experts=experts)
        self.does(keeper, record_appraisal, held)
        return project_id

    def approves(self, project_id: int, number: str, *, login: str = "clerk", **fields: Any) -> LifecycleEvent:  # noqa: ANN401
        given: dict[str, Any] = {"plan_published_on": self.moment.day}
        given |= {"completes_on": self.moment.day + timedelta(days=300), **fields}
        return self.acts(login, project_id, Action.APPROVE_PROJECT, plan_number=number, **given)


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


# Calls.


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


# Merging.


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


# The fast track.


def test_the_fast_track_has_two_lawful_reasons_and_a_justification(desk: Desk) -> None:
    project = desk.suggestion()
    asked = MarkProject(project_id=project, fast_track=FastTrackReason.EMERGENCY, justification=" ")
    assert desk.is_refused("department", mark_project, asked)["justification"].code is FieldProblem.REQUIRED
    assert {reason.value for reason in FastTrackReason} == {"public_interest", "emergency"}
    event = desk.does("department", mark_project, replace(asked, justification="汛期将至。"))
    assert event is not None
    assert event.action == Event.PARTICULARS_CHANGED
    assert desk.does("department", mark_project, replace(asked, justification="汛期将至。")) is None


@pytest.mark.parametrize("kind", [Kind.GROUP_STANDARD, Kind.METROLOGY_SPECIFICATION])
def test_the_law_knows_the_fast_track_for_local_standards_alone(desk: Desk, kind: Kind) -> None:
    login = "association" if kind is Kind.GROUP_STANDARD else "secretary"
    asked = MarkProject(
        project_id=desk.suggestion(kind), fast_track=FastTrackReason.EMERGENCY, justification="汛期将至。"
    )
    assert desk.is_refused(login, mark_project, asked)["fast_track"].code is ProjectMarkProblem.NO_FAST_TRACK


@pytest.mark.parametrize("granted", [True, False])
def test_the_authority_decides_on_the_fast_track_with_the_project(desk: Desk, granted: bool) -> None:  # noqa: FBT001
    project = desk.ready_to_approve()
    asked = MarkProject(project_id=project, fast_track=FastTrackReason.PUBLIC_INTEREST, justification="关系公共安全。")
    desk.does("clerk", mark_project, asked)
    event = desk.approves(project, "2025-01", fast_track_granted=granted)
    assert json.loads(event.params)["fast_track_granted"] is granted
    with unit_of_work(desk.session):
        plan = desk.session.get_one(PlanEntry, project).plan_id
    assert plan_page(desk.session, plan, VISITOR).entries[0].fast_track is granted


def test_nothing_is_granted_that_was_not_asked_for(desk: Desk) -> None:
    project = desk.ready_to_approve()
    command = PerformAction(
        project_id=project,
        action=Action.APPROVE_PROJECT,
        fields=ActFields(
            plan_number="2025-01",
            plan_published_on=desk.moment.day,
            completes_on=desk.moment.day + timedelta(days=300),
            fast_track_granted=True,
        ),
    )
    told = desk.is_refused("clerk", perform, command)
    assert told["fast_track_granted"].code is ProjectMarkProblem.FAST_TRACK_NOT_ASKED


def test_the_queues_put_the_fast_track_first_and_nothing_becomes_shorter(
    desk: Desk, scene: Scene, moment: Moment
) -> None:
    older, newer = desk.suggestion(title="早"), desk.suggestion(title="晚")
    asked = MarkProject(project_id=newer, fast_track=FastTrackReason.EMERGENCY, justification="汛期将至。")
    clerk = scene.actor(desk.session, "department", moment)
    waiting = ProjectFilter(stage=Stage.SUGGESTED)

    def queues() -> list[list[int]]:
        return [
            [row.id for row in desk_of(desk.session, clerk, moment).cases],
            [row.id for row in suggestions_of(desk.session, SuggestionFilter(), clerk).rows],
            [row.id for row in list_projects(desk.session, waiting, 1, actor=clerk, moment=moment).rows][::-1],
        ]

    assert queues() == [[older, newer], [older, newer], [older, newer]]
    desk.does("department", mark_project, asked)
    assert queues()[:2] == [[newer, older], [newer, older]]
    assert list_projects(desk.session, waiting, 1, actor=clerk, moment=moment).rows[0].id == newer

    desk.put_at(newer, Stage.DRAFTING)
    with unit_of_work(desk.session):
        entrance = entrance_to(desk.session, newer, scene.actor(desk.session, "secretary", moment))
        decisions = decisions_on(
            desk.session, entrance, actor=scene.actor(desk.session, "secretary", moment), moment=moment
        )
    consulting = next(each for each in decisions if each.action is Action.OPEN_CONSULTATION)
    assert not consulting.allowed
    short = PerformAction(
        project_id=newer,
        action=Action.OPEN_CONSULTATION,
        fields=ActFields(closes_on=moment.day + timedelta(days=29)),
    )
    with pytest.raises(TransitionRefused) as refused:
        desk.does("secretary", perform, short)
    assert RefusalCode.CONSULTATION_TOO_SHORT in {each.code for each in refused.value.refusals}


# The plan.


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


# Joint projects.


def test_partners_are_named_and_a_joint_project_knows_it(desk: Desk) -> None:
    project = desk.suggestion()
    assert not desk.project(project).is_joint
    partners = {Province.ZHEJIANG: ZHEJIANG, Province.JIANGSU: JIANGSU}
    desk.does("department", mark_project, MarkProject(project_id=project, partners=partners))
    assert desk.project(project).is_joint
    desk.does("department", mark_project, MarkProject(project_id=project))
    assert not desk.project(project).is_joint


def test_an_association_has_no_partner_authorities(desk: Desk) -> None:
    asked = MarkProject(project_id=desk.suggestion(Kind.GROUP_STANDARD), partners={Province.JIANGSU: JIANGSU})
    assert desk.is_refused("association", mark_project, asked)["partners"].code is ProjectMarkProblem.NO_PARTNERS


def joint_case(session: Session, moment: Moment) -> Case:
    case = make_case(session, moment, stage=Stage.APPROVAL)
    with unit_of_work(session):
        clerk = actor_of(session, case.authority, moment.day)
        partners = {Province.JIANGSU: JIANGSU, Province.ZHEJIANG: ZHEJIANG}
        mark_project(session, MarkProject(project_id=case.project_id, partners=partners), actor=clerk, moment=moment)
    return case


def test_publishing_waits_until_every_partner_has_agreed(session: Session, moment: Moment) -> None:
    case = joint_case(session, moment)

    def missing() -> tuple[str, ...]:
        with unit_of_work(session):
            clerk = actor_of(session, case.authority, moment.day)
            entrance = entrance_to(session, case.project_id, clerk)
            decisions = decisions_on(session, entrance, actor=clerk, moment=moment)
        publishing = next(each for each in decisions if each.action is Action.PUBLISH)
        told = [each for each in publishing.refusals if each.code is RefusalCode.PARTNERS_NOT_IN_FAVOUR]
        return told[0].params["names"] if told else ()  # type: ignore[return-value]

    def decides(province: Province, decision: PartnerDecision) -> None:
        with unit_of_work(session):
            command = RecordPartnerDecision(
                project_id=case.project_id,
                province=province,
                decision=decision,
                decided_on=moment.day,
                document_number="苏市监〔2025〕3号",
            )
            clerk = actor_of(session, case.authority, moment.day)
            record_partner_decision(session, command, actor=clerk, moment=moment)

    assert missing() == (JIANGSU, ZHEJIANG)
    decides(Province.JIANGSU, PartnerDecision.IN_FAVOUR)
    decides(Province.ZHEJIANG, PartnerDecision.AGAINST)
    assert missing() == (ZHEJIANG,)
    decides(Province.ZHEJIANG, PartnerDecision.IN_FAVOUR)
    assert missing() == ()


def test_a_decision_has_its_day_and_its_paper(session: Session, moment: Moment) -> None:
    case = joint_case(session, moment)
    clerk = actor_of(session, case.authority, moment.day)
    command = RecordPartnerDecision(
        project_id=case.project_id, province=Province.JIANGSU, decision=PartnerDecision.IN_FAVOUR
    )
    with pytest.raises(Invalid) as refused, unit_of_work(session):
        record_partner_decision(session, command, actor=clerk, moment=moment)
    assert set(refused.value.fields) == {"decided_on", "document_number"}
    tomorrow = replace(command, decided_on=moment.day + timedelta(days=1), document_number="苏〔2025〕3号")
    with pytest.raises(Invalid) as early, unit_of_work(session):
        record_partner_decision(session, tomorrow, actor=clerk, moment=moment)
    assert early.value.fields["decided_on"].code is FieldProblem.IN_THE_FUTURE
    stranger = replace(tomorrow, province=Province.ANHUI, decided_on=moment.day)
    with pytest.raises(Invalid) as unknown, unit_of_work(session):
        record_partner_decision(session, stranger, actor=clerk, moment=moment)
    assert unknown.value.fields["province"].code is ProjectMarkProblem.NOT_A_PARTNER
    with pytest.raises(Forbidden), unit_of_work(session):
        record_partner_decision(
            session,
            replace(tomorrow, decided_on=moment.day),
            actor=actor_of(session, case.secretary, moment.day),
            moment=moment,
        )


def test_a_call_that_is_over_already_is_not_published(desk: Desk, scene: Scene, moment: Moment) -> None:
    past = a_call(scene, moment, opens_on=moment.day - timedelta(days=9), closes_on=moment.day - timedelta(days=1))
    call = desk.does("clerk", prepare_call, past)
    assert desk.is_refused("clerk", publish_call, call.id, None)["closes_on"].code is CallProblem.NOT_OPEN
    assert desk.session.get_one(ProjectCall, call.id, populate_existing=True).published_on is None
