"""Acts of the procedure: what an act asks before it happens, what it writes, and what it brings with it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, Invalid, NotFound, StandardsError, TransitionRefused
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.outbox import OutboxRow
from standards_wf.models.projects import Project
from standards_wf.services.audit import verify
from standards_wf.services.lifecycle import CorrectStage, correct_stage
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import (
    Action,
    Effect,
    Event,
    Role,
    Stage,
)
from tests.services.cases import act, make_case, project_of
from tests.services.doing import ADMINISTRATOR, days_later, do, everything
from tests.services.situations import in_consultation, version_of


def test_an_act_writes_project_history_and_outbox_together(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment, days=30)
    before = project_of(session, case)
    head, row_version = before.head_hash, before.row_version
    later = days_later(moment, 31)
    event = do(session, case, Action.CLOSE_CONSULTATION, case.secretary, later, expected_version=1, note=" 已截止 ")
    project = project_of(session, case)
    assert (project.stage, project.stage_since) == (Stage.RESOLUTION, later.at)
    assert (project.version, project.last_event_seq, project.row_version) == (2, 2, row_version + 1)
    assert (event.seq, event.from_stage, event.to_stage) == (2, Stage.CONSULTATION, Stage.RESOLUTION)
    assert (event.actor_id, event.actor_role, event.note) == (case.secretary, Role.COMMITTEE_SECRETARY, "已截止")
    assert (event.at, event.on_day) == (later.at, later.day)
    assert (event.previous_hash, event.hash) == (head, project.head_hash)
    promised = session.execute(
        select(OutboxRow.effect, OutboxRow.event_seq, OutboxRow.attempts, OutboxRow.given_up, OutboxRow.settled_at)
        .where(OutboxRow.project_id == case.project_id)
        .order_by(OutboxRow.effect)
    ).all()
    assert promised == [(Effect.NOTIFY, 2, 0, False, None), (Effect.REINDEX, 2, 0, False, None)]
    assert verify(session).is_whole


def test_the_clock_acts_as_itself(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment, days=30)
    event = do(session, case, Action.CLOSE_CONSULTATION, SYSTEM_ACTOR, days_later(moment, 31))
    assert (event.actor_id, event.actor_role) == (None, Role.SYSTEM)


def test_an_act_that_leads_nowhere_else_leaves_the_day_since_when_the_case_stands_there(
    session: Session, moment: Moment
) -> None:
    case = in_consultation(session, moment)
    later = days_later(moment, 3)
    do(session, case, Action.EXTEND_CONSULTATION, case.secretary, later, closes_on=moment.day + timedelta(days=60))
    assert (project_of(session, case).stage, project_of(session, case).stage_since) == (Stage.CONSULTATION, moment.at)


def test_who_acts_on_a_page_that_is_out_of_date_is_told_and_changes_nothing(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment)
    closes_on = moment.day + timedelta(days=60)
    do(session, case, Action.EXTEND_CONSULTATION, case.secretary, moment, expected_version=1, closes_on=closes_on)
    before = everything(session)
    with pytest.raises(EditConflict) as told:
        do(
            session,
            case,
            Action.EXTEND_CONSULTATION,
            case.secretary,
            moment,
            expected_version=1,
            closes_on=closes_on + timedelta(days=9),
        )
    assert (told.value.version, told.value.expected) == (2, 1)
    assert everything(session) == before


def test_a_second_click_is_told_that_it_is_already_done(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment, days=30)
    later = days_later(moment, 31)
    seen = version_of(session, case)
    do(session, case, Action.CLOSE_CONSULTATION, case.secretary, later, expected_version=seen)
    before = everything(session)
    with pytest.raises(EditConflict):
        do(session, case, Action.CLOSE_CONSULTATION, case.secretary, later, expected_version=seen)
    with pytest.raises(TransitionRefused) as told:
        do(session, case, Action.CLOSE_CONSULTATION, case.secretary, later)
    (refusal,) = told.value.refusals
    assert refusal.code is RefusalCode.NOT_FROM_THIS_STAGE
    assert refusal.params == {"action": Action.CLOSE_CONSULTATION, "stage": Stage.RESOLUTION}
    assert everything(session) == before


def test_a_refusal_gathers_every_reason_and_changes_nothing(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.DRAFTING)
    before = everything(session)
    with pytest.raises(TransitionRefused) as told:
        do(session, case, Action.OPEN_CONSULTATION, case.drafter, moment, members_only=True)
    assert [refusal.code for refusal in told.value.refusals] == [
        RefusalCode.ROLE_REQUIRED,
        RefusalCode.DRAFT_MISSING,
        RefusalCode.NOTE_MISSING,
        RefusalCode.CONSULTATION_NOT_PUBLIC,
        RefusalCode.CLOSING_DATE_MISSING,
    ]
    with pytest.raises(TransitionRefused) as told:
        do(session, case, Action.TERMINATE, case.authority, moment, note="  ")
    assert [refusal.code for refusal in told.value.refusals] == [RefusalCode.NOTE_REQUIRED]
    assert everything(session) == before


@pytest.mark.parametrize("action", [Action.CLOSE_CONSULTATION, Action.PUBLISH])
def test_a_stranger_is_told_that_there_is_no_such_case(session: Session, moment: Moment, action: Action) -> None:
    case = in_consultation(session, moment)
    with pytest.raises(NotFound) as hidden:
        do(session, case, action, case.stranger, days_later(moment, 31))
    with pytest.raises(NotFound) as absent:
        do(session, replace(case, project_id=10**6), action, case.secretary, moment)
    assert str(hidden.value).replace(str(case.project_id), "N") == str(absent.value).replace(str(10**6), "N")


def test_the_administrator_sees_the_case_and_has_no_say_in_it(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment)
    with pytest.raises(TransitionRefused) as told:
        do(session, case, Action.CLOSE_CONSULTATION, ADMINISTRATOR, days_later(moment, 31))
    assert [refusal.code for refusal in told.value.refusals] == [RefusalCode.ROLE_REQUIRED]


@pytest.mark.parametrize(
    ("note", "problem"), [("长" * 10_001, FieldProblem.TOO_LONG), ("nul\x00", FieldProblem.NOT_TEXT)]
)
def test_a_note_that_cannot_be_kept_is_refused(
    session: Session, moment: Moment, note: str, problem: FieldProblem
) -> None:
    case = in_consultation(session, moment)
    before = everything(session)
    with pytest.raises(Invalid) as told:
        do(session, case, Action.CLOSE_CONSULTATION, case.secretary, days_later(moment, 31), note=note)
    assert told.value.fields["note"].code is problem
    assert everything(session) == before


# What the acts bring with them.


def test_a_correction_is_recorded_like_every_act_and_ends_what_runs(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment)
    command = CorrectStage(project_id=case.project_id, expected_version=1, stage=Stage.DRAFTING, note="误开")
    event = act(session, correct_stage, command, person=ADMINISTRATOR, moment=moment)
    assert (event.action, event.actor_role, event.note) == (Event.STAGE_CORRECTED, Role.ADMINISTRATOR, "误开")
    assert (event.from_stage, event.to_stage, event.seq) == (Stage.CONSULTATION, Stage.DRAFTING, 2)
    assert project_of(session, case).stage is Stage.DRAFTING
    assert session.scalars(select(ConsultationRound.closed_on)).all() == [moment.day]
    assert set(session.scalars(select(OutboxRow.effect))) == {Effect.NOTIFY, Effect.REINDEX}
    assert verify(session).is_whole


@pytest.mark.parametrize(
    ("stage", "note", "fields"),
    [
        (Stage.CONSULTATION, "误开", {"stage"}),
        (Stage.PUBLIC_NOTICE, "误开", {"stage"}),
        (Stage.DRAFTING, "  ", {"note"}),
        (Stage.CONSULTATION, "", {"stage", "note"}),
    ],
    ids=["where it stands", "not of its kind", "no reason", "both"],
)
def test_a_correction_needs_a_reason_and_another_stage_of_the_kind(
    session: Session, moment: Moment, stage: Stage, note: str, fields: set[str]
) -> None:
    case = in_consultation(session, moment)
    before = everything(session)
    command = CorrectStage(project_id=case.project_id, stage=stage, note=note)
    with pytest.raises(Invalid) as told:
        act(session, correct_stage, command, person=ADMINISTRATOR, moment=moment)
    assert set(told.value.fields) == fields
    assert everything(session) == before


@pytest.mark.parametrize(
    ("who", "refused"), [("authority", Forbidden), ("secretary", Forbidden), ("stranger", NotFound)]
)
def test_nobody_but_the_administrator_corrects_a_stage(
    session: Session, moment: Moment, who: str, refused: type[StandardsError]
) -> None:
    case = in_consultation(session, moment)
    command = CorrectStage(project_id=case.project_id, stage=Stage.DRAFTING, note="误开")
    with pytest.raises(refused):
        act(session, correct_stage, command, person=getattr(case, who), moment=moment)


def test_a_correction_of_a_case_that_moved_is_told(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment)
    closes_on = moment.day + timedelta(days=60)
    do(session, case, Action.EXTEND_CONSULTATION, case.secretary, moment, closes_on=closes_on)
    command = CorrectStage(project_id=case.project_id, expected_version=1, stage=Stage.DRAFTING, note="误开")
    with pytest.raises(EditConflict):
        act(session, correct_stage, command, person=ADMINISTRATOR, moment=moment)
    assert session.scalars(select(Project.stage)).one() is Stage.CONSULTATION
