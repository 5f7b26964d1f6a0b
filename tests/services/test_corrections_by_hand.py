"""A case that the administrator put at another stage goes on, or is told what it lacks; nothing breaks off."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.documents import Ending, PeriodicReview
from standards_wf.models.projects import Appraisal, AppraisalExpert, PlanEntry
from standards_wf.models.reviews import Review
from standards_wf.services.corrections import stages_with_ground
from standards_wf.services.lifecycle import CorrectStage, PerformAction, correct_stage, perform
from standards_wf.services.long_life_problems import CorrectionProblem
from standards_wf.services.people import OPERATOR
from standards_wf.services.periodic_reviews import RecordOpinion, record_opinion
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import Action, Conclusion, DraftStage, Stage
from tests.services.cases import Case, act, make_case, project_of
from tests.services.doing import do, everything
from tests.services.situations import attach_text, published


def put_at(session: Session, case: Case, stage: Stage, moment: Moment) -> None:
    command = CorrectStage(project_id=case.project_id, stage=stage, note="登记有误")
    act(session, correct_stage, command, person=OPERATOR, moment=moment)


def approve(session: Session, case: Case, moment: Moment, plan_number: str) -> None:
    fields = ActFields(
        plan_number=plan_number, plan_published_on=moment.day, completes_on=moment.day + timedelta(days=300)
    )
    command = PerformAction(project_id=case.project_id, action=Action.APPROVE_PROJECT, fields=fields)
    act(session, perform, command, person=case.authority, moment=moment)


def test_a_case_put_back_is_approved_again_under_the_same_or_another_number(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.APPRAISAL)
    with unit_of_work(session):
        held = Appraisal(project_id=case.project_id, held_on=moment.day, in_favour=True, recorded_at=moment.at)
        session.add(held)
        session.flush()
        session.add_all(AppraisalExpert(appraisal_id=held.id, name=f"专家{n}", unit="大学") for n in range(5))
    for plan_number in ("2025-001", "2025-001", "2025-002"):
        approve(session, case, moment, plan_number)
        assert session.scalars(select(PlanEntry.number)).all() == [plan_number]
        put_at(session, case, Stage.APPRAISAL, moment)


def test_a_case_put_forward_without_a_text_is_told_so_when_it_returns_to_the_review(
    session: Session, moment: Moment
) -> None:
    case = make_case(session, moment, stage=Stage.DRAFTING)
    put_at(session, case, Stage.SUBMISSION, moment)
    command = PerformAction(project_id=case.project_id, action=Action.RETURN_TO_REVIEW, note="退回")
    with pytest.raises(Invalid) as told:
        act(session, perform, command, person=case.department, moment=moment)
    assert told.value.fields["draft"].code is RefusalCode.DRAFT_MISSING


@pytest.mark.parametrize(
    ("at", "stage", "code"),
    [
        (Stage.DRAFTING, Stage.IN_FORCE, CorrectionProblem.NEEDS_PUBLICATION),
        (Stage.APPROVAL, Stage.PUBLISHED, CorrectionProblem.NEEDS_PUBLICATION),
        (Stage.APPROVAL, Stage.ABOLISHED, CorrectionProblem.NEEDS_PUBLICATION),
        (Stage.DRAFTING, Stage.CONSULTATION, CorrectionProblem.NEEDS_ROUND),
        (Stage.DRAFTING, Stage.REVIEW, CorrectionProblem.NEEDS_REVIEW_DRAFT),
    ],
)
def test_a_case_is_not_put_where_it_has_nothing_to_stand_on(
    session: Session, moment: Moment, at: Stage, stage: Stage, code: CorrectionProblem
) -> None:
    case = make_case(session, moment, stage=at)
    assert stage not in stages_with_ground(session, project_of(session, case), moment)
    before = everything(session)
    with pytest.raises(Invalid) as told:
        put_at(session, case, stage, moment)
    assert told.value.fields["stage"].code is code
    assert everything(session) == before


@pytest.mark.parametrize(
    ("stage", "code"),
    [
        (Stage.APPROVAL, CorrectionProblem.IS_PUBLISHED),
        (Stage.TERMINATED, CorrectionProblem.IS_PUBLISHED),
        (Stage.SUPERSEDED, CorrectionProblem.NEEDS_SUCCESSOR),
    ],
)
def test_a_document_is_not_put_back_before_its_publication_nor_ended_by_nothing(
    session: Session, moment: Moment, stage: Stage, code: CorrectionProblem
) -> None:
    case = published(session, moment, "DB31/T 6—2025")
    with pytest.raises(Invalid) as told:
        put_at(session, case, stage, moment)
    assert told.value.fields["stage"].code is code


def test_what_a_stage_needs_is_made_and_the_case_goes_on_from_there(session: Session, moment: Moment) -> None:
    case = published(session, moment, "DB31/T 6—2025")
    put_at(session, case, Stage.UNDER_REVIEW, moment)
    assert session.scalars(select(PeriodicReview.concluded_on)).one() is None
    opinion = RecordOpinion(project_id=case.project_id, conclusion=Conclusion.VALID, grounds="仍适用")
    act(session, record_opinion, opinion, person=case.department, moment=moment)
    do(session, case, Action.CONFIRM, case.authority, moment)
    put_at(session, case, Stage.ABOLITION_NOTICE, moment)
    do(session, case, Action.KEEP, case.authority, moment)
    put_at(session, case, Stage.ABOLISHED, moment)
    assert session.get_one(Ending, case.project_id).reason == "登记有误"
    put_at(session, case, Stage.IN_FORCE, moment)
    assert session.scalars(select(Ending)).all() == []


def test_a_case_put_at_its_review_has_one(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.RESOLUTION)
    with unit_of_work(session):
        attach_text(session, case.project_id, moment, DraftStage.REVIEW)
    put_at(session, case, Stage.REVIEW, moment)
    assert session.scalars(select(Review.outcome)).all() == [None]
