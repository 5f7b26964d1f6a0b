"""The opinion of a periodic review."""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, Invalid, NotFound
from standards_wf.models.documents import PeriodicReview
from standards_wf.models.history import LifecycleEvent
from standards_wf.services.periodic_reviews import RecordOpinion, record_opinion
from standards_wf.services.problems import PeriodicReviewProblem
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.vocabulary import Conclusion, Kind, Stage
from tests.services.cases import Case, act, make_case, project_of


def under_review(session: Session, moment: Moment, kind: Kind = Kind.LOCAL_STANDARD) -> Case:
    case = make_case(session, moment, kind=kind, stage=Stage.UNDER_REVIEW)
    with unit_of_work(session):
        session.add(PeriodicReview(project_id=case.project_id, number=1, opened_on=moment.day))
    return case


def opinion(case: Case) -> RecordOpinion:
    return RecordOpinion(project_id=case.project_id, conclusion=Conclusion.VALID, grounds=" 仍然适用 ")


def test_department_secretary_and_authority_may_record_the_opinion_and_nobody_else(
    session: Session, moment: Moment
) -> None:
    case = under_review(session, moment)
    for person in (case.department, case.secretary, case.authority):
        assert act(session, record_opinion, opinion(case), person=person, moment=moment).grounds == "仍然适用"
    for person in (case.chair, case.drafter, case.invited):
        with pytest.raises(Forbidden):
            act(session, record_opinion, opinion(case), person=person, moment=moment)
    for person in (case.stranger, case.secretariat):
        with pytest.raises(NotFound):
            act(session, record_opinion, opinion(case), person=person, moment=moment)


def test_the_secretariat_records_it_for_a_group_standard(session: Session, moment: Moment) -> None:
    case = under_review(session, moment, Kind.GROUP_STANDARD)
    act(session, record_opinion, opinion(case), person=case.secretariat, moment=moment)
    with pytest.raises(NotFound):
        act(session, record_opinion, opinion(case), person=case.authority, moment=moment)


def test_another_opinion_takes_the_place_of_the_first_and_the_history_keeps_both(
    session: Session, moment: Moment
) -> None:
    case = under_review(session, moment)
    act(session, record_opinion, opinion(case), person=case.department, moment=moment)
    seen = project_of(session, case).version
    changed = replace(opinion(case), conclusion=Conclusion.REVISE, grounds="技术已变化", expected_version=seen)
    act(session, record_opinion, changed, person=case.department, moment=moment)
    review = session.scalars(select(PeriodicReview)).one()
    assert (review.conclusion, review.grounds, review.recorded_at) == (Conclusion.REVISE, "技术已变化", moment.at)
    told = session.scalars(select(LifecycleEvent.params).order_by(LifecycleEvent.id.desc())).first()
    assert told == '{"before":"valid","conclusion":"revise","grounds":"技术已变化","periodic_review":1}'
    with pytest.raises(EditConflict):
        act(session, record_opinion, changed, person=case.department, moment=moment)


def test_an_opinion_needs_its_grounds_and_a_review_that_runs(session: Session, moment: Moment) -> None:
    case = under_review(session, moment)
    for grounds, code in (
        ("", FieldProblem.REQUIRED),
        ("a\x00", FieldProblem.NOT_TEXT),
        ("x" * 20_001, FieldProblem.TOO_LONG),
    ):
        with pytest.raises(Invalid) as told:
            act(session, record_opinion, replace(opinion(case), grounds=grounds), person=case.department, moment=moment)
        assert told.value.fields["grounds"].code is code
    in_force = make_case(session, moment, stage=Stage.IN_FORCE)
    with pytest.raises(Invalid) as told:
        act(session, record_opinion, opinion(in_force), person=in_force.department, moment=moment)
    assert told.value.fields["periodic_review"].code is PeriodicReviewProblem.NONE_RUNS
