"""What people and programs give that no table can keep: it is refused with a sentence, never with a crash."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid, NotFound
from standards_wf.models.rules import RuleRow
from standards_wf.services import access
from standards_wf.services.administration import EndGrant, end_grant
from standards_wf.services.ballots import OpenBallot, open_ballot
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.notices import AnswerNoticeObjection, answer_objection_to_notice
from standards_wf.services.people import OPERATOR, SetActive, set_active
from standards_wf.services.publications import PreparePublication, prepare_publication
from standards_wf.services.reviews import AnswerObjection, answer_objection
from standards_wf.services.rules import ChangeRule, change_rule
from standards_wf.services.suggestions import FileSuggestion, file_suggestion
from standards_wf.workflow.facts import VISITOR
from standards_wf.workflow.fields import FieldProblem, FieldsNotUnderstood, read_fields
from standards_wf.workflow.vocabulary import Action, Kind, Stage
from tests.services.cases import act, make_case

NO_ROW_BEARS = (0, -1, 2**31, 10**12, 10**30)


@pytest.mark.parametrize("identity", NO_ROW_BEARS)
def test_a_number_that_no_row_can_bear_is_not_found(session: Session, moment: Moment, identity: int) -> None:
    doors = (
        lambda: access.entrance_to(session, identity, OPERATOR),
        lambda: access.draft_for(session, identity, 1, OPERATOR),
        lambda: access.draft_for(session, 1, identity, OPERATOR),
        lambda: access.consultation_for(session, identity, OPERATOR),
        lambda: access.comment_for(session, identity, OPERATOR),
        lambda: access.ballot_for(session, identity, OPERATOR),
        lambda: access.notice_for(session, identity),
        lambda: access.attachment_for(session, identity, OPERATOR),
        lambda: access.publication_for(session, identity),
        lambda: access.committee_for(session, identity, OPERATOR),
        lambda: access.actor_of(session, identity, moment.day),
    )
    for door in doors:
        with pytest.raises(NotFound):
            door()
        session.rollback()


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_what_is_no_text_is_refused_wherever_it_is_typed(session: Session, moment: Moment, text: str) -> None:
    case = make_case(session, moment, stage=Stage.DRAFTING)
    command = PerformAction(project_id=case.project_id, action=Action.EXTEND_PROJECT, note=text)
    with pytest.raises(Invalid) as told:
        act(session, perform, command, person=case.authority, moment=moment)
    assert told.value.fields["note"].code is FieldProblem.NOT_TEXT
    suggestion = FileSuggestion(
        kind=Kind.LOCAL_STANDARD, title_zh=text, framework_node=text, text=text, name=text, contact=text
    )
    with pytest.raises(Invalid) as told:
        act(session, file_suggestion, suggestion, person=VISITOR, moment=moment)
    assert {"title_zh", "text", "name", "contact", "framework_node"} <= told.value.fields.keys()
    with pytest.raises(FieldsNotUnderstood) as unread:
        read_fields(Action.RECORD_FILING, {"filing_number": text, "filed_on": "2025-06-01"})
    assert unread.value.problems["filing_number"].code is FieldProblem.NOT_TEXT


def test_a_text_longer_than_its_column_is_refused_before_it_reaches_the_database() -> None:
    for action, given in (
        (Action.RECORD_FILING, {"filing_number": "长" * 201}),
        (Action.APPROVE_PROJECT, {"plan_number": "长" * 201}),
        (Action.SUBMIT_FOR_REVIEW, {"place": "长" * 201}),
        (Action.RECORD_DISCLOSURE, {"disclosure_address": "h" * 501}),
    ):
        with pytest.raises(FieldsNotUnderstood) as unread:
            read_fields(action, given)
        assert {problem.code for problem in unread.value.problems.values()} == {FieldProblem.TOO_LONG}
    address = "h" * 500
    assert read_fields(Action.RECORD_DISCLOSURE, {"disclosure_address": address}).disclosure_address == address


@pytest.mark.parametrize("day", ["9999-12-31", "3000-01-01", "1899-12-31", "0001-01-01"])
def test_a_day_from_which_no_period_can_be_counted_is_a_slip(session: Session, moment: Moment, day: str) -> None:
    with pytest.raises(FieldsNotUnderstood) as unread:
        read_fields(Action.OPEN_CONSULTATION, {"closes_on": day})
    assert unread.value.problems["closes_on"].code is FieldProblem.NOT_A_DATE
    case = make_case(session, moment, stage=Stage.APPROVAL)
    given = date.fromisoformat(day)
    command = PreparePublication(project_id=case.project_id, approved_on=given, published_on=given, effective_on=given)
    with pytest.raises(Invalid) as told:
        act(session, prepare_publication, command, person=case.authority, moment=moment)
    assert {problem.code for problem in told.value.fields.values()} == {FieldProblem.NOT_A_DATE}


@pytest.mark.parametrize("identity", NO_ROW_BEARS)
def test_a_number_that_no_row_can_bear_is_refused_in_a_form(session: Session, moment: Moment, identity: int) -> None:
    suggestion = FileSuggestion(
        kind=Kind.LOCAL_STANDARD,
        title_zh="名称",
        text="理由",
        name="市民",
        contact="市民",
        competent_department_id=identity,
        committee_id=identity,
    )
    with pytest.raises(Invalid) as told:
        act(session, file_suggestion, suggestion, person=VISITOR, moment=moment)
    assert set(told.value.fields) == {"competent_department_id", "committee_id"}
    case = make_case(session, moment)
    ballot = OpenBallot(project_id=case.project_id, closes_on=moment.day, voters=(identity,))
    with pytest.raises(Invalid) as told:
        act(session, open_ballot, ballot, person=case.secretary, moment=moment)
    assert told.value.fields["voters"].params["names"] == (f"#{identity}",)
    for service, command in (
        (end_grant, EndGrant(grant_id=identity)),
        (set_active, SetActive(person_id=identity, active=False)),
        (change_rule, ChangeRule(rule_id=identity, expected_version=1, value="1", basis="依据", confirmed=True)),
        (answer_objection, AnswerObjection(vote_id=identity, answer="答复")),
        (answer_objection_to_notice, AnswerNoticeObjection(objection_id=identity, answer="答复")),
    ):
        with pytest.raises(NotFound):
            act(session, service, command, person=OPERATOR, moment=moment)


@pytest.mark.parametrize("value", ["1e-999999999", "0.123456789012345", "123456789/987654321098", "1_0", "٣"])
def test_a_rule_takes_only_figures_that_its_column_holds(session: Session, moment: Moment, value: str) -> None:
    make_case(session, moment)
    row = session.scalars(select(RuleRow).where(RuleRow.name == "quorum").limit(1)).one()
    command = ChangeRule(
        rule_id=row.id, expected_version=row.row_version, value=value, basis="依据\ud800", confirmed=True
    )
    with pytest.raises(Invalid) as told:
        act(session, change_rule, command, person=OPERATOR, moment=moment)
    assert set(told.value.fields) == {"value", "basis"}
