"""The fast track, and the partners of a joint project."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid, TransitionRefused
from standards_wf.models.projects import PlanEntry
from standards_wf.services.access import actor_of, entrance_to
from standards_wf.services.entrance_problems import ProjectMarkProblem
from standards_wf.services.lifecycle import PerformAction, decisions_on, perform
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
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import VISITOR
from standards_wf.workflow.fields import ActFields, FieldProblem
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import (
    Action,
    Event,
    FastTrackReason,
    Kind,
    PartnerDecision,
    Province,
    Stage,
)
from tests.services.cases import Case, make_case
from tests.services.entrance_hands import JIANGSU, ZHEJIANG, Desk
from tests.support.scene import Scene


@pytest.fixture
def desk(session: Session, scene: Scene, moment: Moment) -> Desk:
    return Desk(session, scene, moment)


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
