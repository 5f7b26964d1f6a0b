"""Objections to a public notice, and their answers."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid, NotFound
from standards_wf.models.documents import Notice, NoticeKind, NoticeObjection
from standards_wf.models.history import LifecycleEvent
from standards_wf.services.notices import (
    AnswerNoticeObjection,
    FileObjection,
    answer_objection_to_notice,
    file_objection,
)
from standards_wf.services.problems import NoticeProblem
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import VISITOR
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.vocabulary import Kind, Stage
from tests.services.cases import Case, act, make_case, project_of

DAYS = 7


def later(moment: Moment, days: int) -> Moment:
    return Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))


def on_notice(session: Session, moment: Moment, kind: Kind = Kind.METROLOGY_SPECIFICATION) -> tuple[Case, Notice]:
    is_new = kind is Kind.METROLOGY_SPECIFICATION
    case = make_case(session, moment, kind=kind, stage=Stage.PUBLIC_NOTICE if is_new else Stage.ABOLITION_NOTICE)
    with unit_of_work(session):
        notice = Notice(
            project_id=case.project_id,
            kind=NoticeKind.BEFORE_APPROVAL if is_new else NoticeKind.BEFORE_ABOLITION,
            opened_on=moment.day,
            ends_on=later(moment, DAYS).day,
        )
        session.add(notice)
    return case, notice


def objection_to(notice: Notice) -> FileObjection:
    return FileObjection(notice_id=notice.id, name=" 某公司 ", contact="021-0000", text="不同意第5章")


@pytest.mark.parametrize("kind", [Kind.METROLOGY_SPECIFICATION, Kind.LOCAL_STANDARD])
def test_anybody_objects_while_the_notice_runs_and_the_history_names_no_one(
    session: Session, moment: Moment, kind: Kind
) -> None:
    case, notice = on_notice(session, moment, kind)
    version = project_of(session, case).version
    filed = act(session, file_objection, objection_to(notice), person=VISITOR, moment=later(moment, DAYS))
    assert (filed.name, filed.text, filed.answer) == ("某公司", "不同意第5章", "")
    act(session, file_objection, objection_to(notice), person=case.stranger, moment=moment)
    events = session.scalars(select(LifecycleEvent).where(LifecycleEvent.action == "objection_received")).all()
    assert [(event.actor_id, event.actor_role.value) for event in events] == [
        (None, "public"),
        (case.stranger, "public"),
    ]
    assert not any("某公司" in event.params for event in events)
    assert project_of(session, case).version > version


def test_a_notice_that_is_over_or_closed_takes_no_objection(session: Session, moment: Moment) -> None:
    _, notice = on_notice(session, moment)
    with pytest.raises(Invalid) as told:
        act(session, file_objection, objection_to(notice), person=VISITOR, moment=later(moment, DAYS + 1))
    assert told.value.fields["notice"].params["ends_on"] == notice.ends_on
    with unit_of_work(session):
        session.get_one(Notice, notice.id).closed_on = moment.day
    with pytest.raises(Invalid) as told:
        act(session, file_objection, objection_to(notice), person=VISITOR, moment=moment)
    assert told.value.fields["notice"].code is NoticeProblem.NOT_RUNNING
    with pytest.raises(NotFound):
        act(session, file_objection, replace(objection_to(notice), notice_id=99), person=VISITOR, moment=moment)


def test_an_objection_says_who_how_to_answer_and_what(session: Session, moment: Moment) -> None:
    _, notice = on_notice(session, moment)
    command = replace(objection_to(notice), name=" ", contact="x" * 201, text="a\x00")
    with pytest.raises(Invalid) as told:
        act(session, file_objection, command, person=VISITOR, moment=moment)
    assert {name: refusal.code for name, refusal in told.value.fields.items()} == {
        "name": FieldProblem.REQUIRED,
        "contact": FieldProblem.TOO_LONG,
        "text": FieldProblem.NOT_TEXT,
    }
    assert session.scalars(select(NoticeObjection)).all() == []


def test_the_authority_answers_and_may_correct_its_answer_until_the_notice_is_closed(
    session: Session, moment: Moment
) -> None:
    case, notice = on_notice(session, moment)
    filed = act(session, file_objection, objection_to(notice), person=VISITOR, moment=moment)
    command = AnswerNoticeObjection(objection_id=filed.id, answer=" 已研究 ")
    for person in (case.secretary, case.chair, case.department):
        with pytest.raises(Forbidden):
            act(session, answer_objection_to_notice, command, person=person, moment=moment)
    for outsider in (case.stranger, case.secretariat, VISITOR):
        with pytest.raises(NotFound):
            act(session, answer_objection_to_notice, command, person=outsider, moment=moment)
    answered = act(session, answer_objection_to_notice, command, person=case.authority, moment=moment)
    assert (answered.answer, answered.answered_at) == ("已研究", moment.at)
    act(session, answer_objection_to_notice, replace(command, answer="采纳"), person=case.authority, moment=moment)
    with unit_of_work(session):
        session.get_one(Notice, notice.id).closed_on = moment.day
    with pytest.raises(Invalid) as told:
        act(session, answer_objection_to_notice, command, person=case.authority, moment=moment)
    assert told.value.fields["answer"].code is NoticeProblem.ANSWER_STANDS


def test_the_secretariat_answers_for_a_group_standard(session: Session, moment: Moment) -> None:
    case, notice = on_notice(session, moment, Kind.GROUP_STANDARD)
    filed = act(session, file_objection, objection_to(notice), person=VISITOR, moment=moment)
    command = AnswerNoticeObjection(objection_id=filed.id, answer="采纳")
    assert act(session, answer_objection_to_notice, command, person=case.secretariat, moment=moment).answer == "采纳"
    unknown = replace(command, objection_id=99)
    with pytest.raises(NotFound):
        act(session, answer_objection_to_notice, unknown, person=case.secretariat, moment=moment)
