"""Who may change what an application says, and until when."""

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, NotFound
from standards_wf.services.projects import ChangeParticulars, change_particulars
from standards_wf.workflow.vocabulary import Kind, Stage
from tests.services.cases import Case, act, make_case, project_of


def rename(case: Case, title: str = "另一个名称") -> ChangeParticulars:
    return ChangeParticulars(project_id=case.project_id, title_zh=title)


def proposed_by_the_stranger(session: Session, moment: Moment, stage: Stage, kind: Kind = Kind.LOCAL_STANDARD) -> Case:
    case = make_case(session, moment, kind=kind, stage=stage)
    project_of(session, case).proposer_id = case.stranger
    session.commit()
    return case


@pytest.mark.parametrize("kind", Kind)
def test_whoever_made_a_suggestion_mends_it_until_somebody_applies(
    session: Session, moment: Moment, kind: Kind
) -> None:
    case = proposed_by_the_stranger(session, moment, Stage.SUGGESTED, kind)
    assert act(session, change_particulars, rename(case), person=case.stranger, moment=moment)
    for stage in (Stage.APPLIED, Stage.APPRAISAL, Stage.DRAFTING, Stage.REVIEW, Stage.APPROVAL):
        case = proposed_by_the_stranger(session, moment, stage, kind)
        with pytest.raises((Forbidden, NotFound)):
            act(session, change_particulars, rename(case), person=case.stranger, moment=moment)


def test_what_is_being_appraised_is_changed_by_the_authority_alone(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.APPRAISAL)
    for person in (case.department, case.secretary, case.drafter):
        with pytest.raises(Forbidden):
            act(session, change_particulars, rename(case), person=person, moment=moment)
    assert act(session, change_particulars, rename(case), person=case.authority, moment=moment)


def test_drafters_mend_the_particulars_while_they_draft_and_not_while_others_decide(
    session: Session, moment: Moment
) -> None:
    for stage in (Stage.DRAFTING, Stage.CONSULTATION, Stage.RESOLUTION):
        case = make_case(session, moment, stage=stage)
        assert act(session, change_particulars, rename(case), person=case.drafter, moment=moment)
    for stage in (Stage.REVIEW, Stage.SUBMISSION, Stage.APPROVAL):
        case = make_case(session, moment, stage=stage)
        with pytest.raises(Forbidden):
            act(session, change_particulars, rename(case), person=case.drafter, moment=moment)


def test_nobody_votes_by_striking_the_own_unit_off_the_list(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.DRAFTING)
    units = ChangeParticulars(project_id=case.project_id, drafting_units=("另一个单位",))
    for person in (case.drafter, case.secretary):
        with pytest.raises(Forbidden):
            act(session, change_particulars, units, person=person, moment=moment)
    assert act(session, change_particulars, units, person=case.authority, moment=moment)


def test_a_case_without_a_committee_is_given_one_by_whoever_keeps_it(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.DRAFTING)
    committee = project_of(session, case).committee_id
    naming = ChangeParticulars(project_id=case.project_id, committee_id=committee)
    project_of(session, case).committee_id = None
    session.commit()
    assert act(session, change_particulars, naming, person=case.department, moment=moment)
    elsewhere = make_case(session, moment)
    another = ChangeParticulars(project_id=case.project_id, committee_id=project_of(session, elsewhere).committee_id)
    with pytest.raises(Forbidden):
        act(session, change_particulars, another, person=case.department, moment=moment)
