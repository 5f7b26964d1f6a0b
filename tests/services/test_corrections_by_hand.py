"""A case that the administrator put at another stage goes on, or is told what it lacks; nothing breaks off."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.projects import Appraisal, AppraisalExpert, PlanEntry
from standards_wf.services.lifecycle import CorrectStage, PerformAction, correct_stage, perform
from standards_wf.services.people import OPERATOR
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import Action, Stage
from tests.services.cases import Case, act, make_case


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


def test_a_case_put_into_force_without_a_document_has_nothing_to_file(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.DRAFTING)
    put_at(session, case, Stage.IN_FORCE, moment)
    fields = ActFields(filing_number="备-1", filed_on=moment.day)
    command = PerformAction(project_id=case.project_id, action=Action.RECORD_FILING, fields=fields)
    with pytest.raises(Invalid) as told:
        act(session, perform, command, person=case.authority, moment=moment)
    assert told.value.fields["number"].code is RefusalCode.NUMBER_MISSING
