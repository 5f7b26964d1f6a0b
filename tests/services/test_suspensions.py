"""Suspending a project and resuming it: who may, what stands against it, and what it does to the day of completion."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, Invalid, NotFound, TransitionRefused
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.keeping_time import SuspensionRow
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.models.reviews import Review
from standards_wf.services.access import actor_of, entrance_to
from standards_wf.services.ballots import OpenBallot, open_ballot
from standards_wf.services.lifecycle import CorrectStage, PerformAction, correct_stage, decisions_on, perform
from standards_wf.services.project_plans import enter_into_plan
from standards_wf.services.reading.deadlines import Deadline, Standing, deadline_history, deadlines_of
from standards_wf.services.reviews import SendPapers, SetReviewDate, send_papers, set_review_date
from standards_wf.services.suspension_problems import SuspensionProblem
from standards_wf.services.suspensions import ResumeProject, SuspendProject, resume, suspend
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.fields import ActFields, FieldProblem
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import Action, Event, Kind, Role, Stage
from tests.services.cases import Case, act, make_case, project_of
from tests.services.doing import ADMINISTRATOR
from tests.services.situations import in_consultation

REASON = "等待上位法修订"


def later(moment: Moment, days: int) -> Moment:
    return Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))


def planned(session: Session, moment: Moment, kind: Kind = Kind.LOCAL_STANDARD, stage: Stage = Stage.DRAFTING) -> Case:
    """A project whose plan names a day of completion a hundred days from now."""
    case = make_case(session, moment, kind=kind, stage=stage)
    with unit_of_work(session):
        fields = ActFields(
            plan_number=f"P-{case.project_id}",
            plan_published_on=moment.day - timedelta(days=100),
            completes_on=moment.day + timedelta(days=100),
        )
        enter_into_plan(session, project_of(session, case), fields, moment)
    return case


def to_suspend(case: Case, note: str = REASON) -> SuspendProject:
    return SuspendProject(project_id=case.project_id, note=note)


def completion_of(session: Session, case: Case, today: date) -> Deadline:
    project = project_of(session, case)
    standing = Standing(project.id, project.kind, project.stage)
    return next(each for each in deadlines_of(session, [standing], today)[project.id] if each.due is Due.COMPLETION)


def codes(refused: TransitionRefused) -> list[str]:
    return [each.code for each in refused.refusals]


def test_the_days_of_suspension_move_the_day_of_completion_and_the_history_tells_them(
    session: Session, moment: Moment
) -> None:
    case = planned(session, moment)
    act(session, suspend, to_suspend(case), person=case.authority, moment=moment)
    assert project_of(session, case).stage is Stage.DRAFTING
    half_way = later(moment, 12)
    assert completion_of(session, case, half_way.day).on == moment.day + timedelta(days=112)

    end = later(moment, 30)
    event = act(session, resume, ResumeProject(project_id=case.project_id), person=case.authority, moment=end)
    due = completion_of(session, case, later(moment, 60).day).counted
    assert (due.on, due.planned_on, due.suspended_days) == (
        moment.day + timedelta(days=130),
        moment.day + timedelta(days=100),
        30,
    )
    begun = session.scalars(select(LifecycleEvent).where(LifecycleEvent.action == Event.PROJECT_SUSPENDED)).one()
    assert (begun.note, begun.actor_role) == (REASON, Role.AUTHORITY)
    assert event.params == f'{{"from_on":"{moment.day}","suspended_days":30}}'
    row = session.scalars(select(SuspensionRow)).one()
    assert (row.from_on, row.until, row.suspended_by_id) == (moment.day, end.day, case.authority)


def test_suspended_and_resumed_on_one_day_moves_nothing_and_may_be_done_again(session: Session, moment: Moment) -> None:
    case = planned(session, moment)
    for _again in range(2):
        act(session, suspend, to_suspend(case), person=case.authority, moment=moment)
        act(session, resume, ResumeProject(project_id=case.project_id), person=case.authority, moment=moment)
    assert completion_of(session, case, moment.day).counted.suspended_days == 0


@pytest.mark.parametrize("kind", Kind)
def test_whoever_may_end_the_project_may_let_it_rest_and_nobody_else(
    session: Session, moment: Moment, kind: Kind
) -> None:
    case = planned(session, moment, kind)
    owner, stranger = (
        (case.secretariat, case.authority) if kind is Kind.GROUP_STANDARD else (case.authority, case.secretariat)
    )
    for person in (case.secretary, case.drafter, case.chair):
        with pytest.raises(Forbidden) as told:
            act(session, suspend, to_suspend(case), person=person, moment=moment)
        assert told.value.reason.code is RefusalCode.ROLE_REQUIRED
    for person in (case.stranger, stranger):
        with pytest.raises(NotFound):
            act(session, suspend, to_suspend(case), person=person, moment=moment)
    act(session, suspend, to_suspend(case), person=owner, moment=moment)
    with pytest.raises(Forbidden):
        act(session, resume, ResumeProject(project_id=case.project_id), person=case.secretary, moment=moment)
    act(session, resume, ResumeProject(project_id=case.project_id), person=owner, moment=moment)


def test_while_it_rests_every_act_but_ending_it_is_refused_with_the_one_reason(
    session: Session, moment: Moment
) -> None:
    case = planned(session, moment)
    act(session, suspend, to_suspend(case), person=case.authority, moment=moment)
    for person in (case.secretary, case.authority):
        actor = actor_of(session, person, moment.day)
        decisions = decisions_on(session, entrance_to(session, case.project_id, actor), actor=actor, moment=moment)
        for decision in decisions:
            found = {each.code for each in decision.refusals} - {RefusalCode.ROLE_REQUIRED}
            ends_it = decision.action is Action.TERMINATE
            assert found == ({RefusalCode.NOTE_REQUIRED} if ends_it else {RefusalCode.PROJECT_SUSPENDED})
            assert not decision.open or ends_it
    extend = PerformAction(
        project_id=case.project_id, action=Action.EXTEND_PROJECT, note="需要", fields=ActFields(months=3)
    )
    with pytest.raises(TransitionRefused) as told:
        act(session, perform, extend, person=case.authority, moment=moment)
    assert [(each.code, dict(each.params)) for each in told.value.refusals] == [
        (RefusalCode.PROJECT_SUSPENDED, {"since": moment.day, "reason": REASON})
    ]
    end = PerformAction(project_id=case.project_id, action=Action.TERMINATE, note="不再需要")
    act(session, perform, end, person=case.authority, moment=later(moment, 3))
    assert session.scalars(select(SuspensionRow.until)).one() == moment.day + timedelta(days=3)


def test_the_correction_by_hand_stays_possible_and_ends_the_rest(session: Session, moment: Moment) -> None:
    case = planned(session, moment)
    act(session, suspend, to_suspend(case), person=case.authority, moment=moment)
    correct = CorrectStage(project_id=case.project_id, stage=Stage.RESOLUTION, note="误登记")
    act(session, correct_stage, correct, person=ADMINISTRATOR, moment=moment)
    assert session.scalars(select(SuspensionRow.until)).one() == moment.day


def test_what_was_promised_to_the_public_or_the_voters_stands_against_it(session: Session, moment: Moment) -> None:
    consulted = in_consultation(session, moment)
    closes_on = session.scalars(select(ConsultationRound.closes_on)).one()
    with pytest.raises(TransitionRefused) as told:
        act(session, suspend, to_suspend(consulted), person=consulted.authority, moment=moment)
    assert told.value.refusals[0].code is SuspensionProblem.CONSULTATION_RUNS
    assert told.value.refusals[0].params["closes_on"] == closes_on

    voting = make_case(session, moment, stage=Stage.REVIEW)
    ballot = OpenBallot(project_id=voting.project_id, closes_on=moment.day + timedelta(days=9))
    act(session, open_ballot, ballot, person=voting.secretary, moment=moment)
    with pytest.raises(TransitionRefused) as told:
        act(session, suspend, to_suspend(voting), person=voting.authority, moment=moment)
    assert codes(told.value) == [SuspensionProblem.BALLOT_RUNS]


@pytest.mark.parametrize("stage", [Stage.SUGGESTED, Stage.APPROVAL, Stage.PUBLISHED, Stage.IN_FORCE, Stage.TERMINATED])
def test_a_project_rests_only_where_it_can_be_ended(session: Session, moment: Moment, stage: Stage) -> None:
    case = make_case(session, moment, stage=stage)
    with pytest.raises(TransitionRefused) as told:
        act(session, suspend, to_suspend(case), person=case.authority, moment=moment)
    assert codes(told.value) == [SuspensionProblem.NOT_AT_THIS_STAGE]


def test_a_review_that_rests_opens_no_ballot_sends_no_papers_and_sets_no_date(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.REVIEW)
    act(session, suspend, to_suspend(case), person=case.authority, moment=moment)
    day = moment.day + timedelta(days=40)
    for service, command in (
        (open_ballot, OpenBallot(project_id=case.project_id, closes_on=day)),
        (send_papers, SendPapers(project_id=case.project_id)),
        (set_review_date, SetReviewDate(project_id=case.project_id, meets_on=day, place="")),
    ):
        with pytest.raises(TransitionRefused) as told:
            act(session, service, command, person=case.secretary, moment=moment)
        assert codes(told.value) == [RefusalCode.PROJECT_SUSPENDED]
    assert session.scalars(select(Review.papers_sent_on)).one() is None


def test_it_needs_its_reason_the_version_seen_and_is_not_done_twice(session: Session, moment: Moment) -> None:
    case = planned(session, moment)
    for note, problem in (("  ", FieldProblem.REQUIRED), ("x" * 10_001, FieldProblem.TOO_LONG)):
        with pytest.raises(Invalid) as told:
            act(session, suspend, to_suspend(case, note), person=case.authority, moment=moment)
        assert told.value.fields["note"].code is problem
    with pytest.raises(TransitionRefused) as refused:
        act(session, resume, ResumeProject(project_id=case.project_id), person=case.authority, moment=moment)
    assert codes(refused.value) == [SuspensionProblem.NOT_SUSPENDED]
    seen = project_of(session, case).version
    asked = SuspendProject(project_id=case.project_id, expected_version=seen, note=REASON)
    act(session, suspend, asked, person=case.authority, moment=moment)
    with pytest.raises(EditConflict):
        act(session, suspend, asked, person=case.authority, moment=moment)
    with pytest.raises(TransitionRefused) as refused:
        act(session, suspend, to_suspend(case), person=case.authority, moment=moment)
    assert codes(refused.value) == [SuspensionProblem.ALREADY_SUSPENDED]


def test_an_extension_counts_from_the_day_that_the_plan_names_and_is_asked_for_by_the_moved_one(
    session: Session, moment: Moment
) -> None:
    case = planned(session, moment)
    act(session, suspend, to_suspend(case), person=case.authority, moment=moment)
    end = later(moment, 90)
    act(session, resume, ResumeProject(project_id=case.project_id), person=case.authority, moment=end)
    extend = PerformAction(
        project_id=case.project_id, action=Action.EXTEND_PROJECT, note="需要", fields=ActFields(months=1)
    )
    act(session, perform, extend, person=case.authority, moment=end)
    due = completion_of(session, case, end.day).counted
    assert due.on == due.planned_on + timedelta(days=90)
    assert due.planned_on == session.get_one(PlanEntry, case.project_id).completes_on


def test_deadlines_that_were_met_stay_visible_with_their_day_and_their_lateness(
    session: Session, moment: Moment
) -> None:
    case = make_case(session, moment, stage=Stage.REVIEW)
    day = moment.day + timedelta(days=31)
    set_date = SetReviewDate(project_id=case.project_id, meets_on=day, place="")
    act(session, set_review_date, set_date, person=case.secretary, moment=moment)
    act(session, send_papers, SendPapers(project_id=case.project_id), person=case.secretary, moment=later(moment, 4))
    project: Project = project_of(session, case)
    history = deadline_history(session, Standing(project.id, project.kind, project.stage), later(moment, 5).day)
    papers, meeting = history
    assert (papers.due, papers.met_on, papers.days_late) == (Due.PAPERS_TO_SEND, moment.day + timedelta(days=4), 3)
    assert (meeting.due, meeting.met_on, meeting.overdue) == (Due.MEETING, None, False)
