"""Acts of the procedure: what an act asks before it happens, what it writes, and what it brings with it."""

import json
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.bearing import fold
from standards_wf.errors import EditConflict, Forbidden, Invalid, NotFound, StandardsError, TransitionRefused
from standards_wf.models.base import Base
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Disclosure, Filing, Notice, PeriodicReview, Publication, Replacement
from standards_wf.models.drafts import Attachment, Origin, StoredFile
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.outbox import OutboxRow
from standards_wf.models.projects import Appraisal, AppraisalExpert, ExplanatoryNote, PlanEntry, Project
from standards_wf.models.reviews import Ballot, Review
from standards_wf.services.audit import verify
from standards_wf.services.ballots import OpenBallot, open_ballot
from standards_wf.services.lifecycle import CorrectStage, PerformAction, correct_stage, perform
from standards_wf.services.periodic_reviews import RecordOpinion, record_opinion
from standards_wf.services.publications import PreparePublication, prepare_publication
from standards_wf.services.record import sha256
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR, Actor, Grant, ScopeKind
from standards_wf.workflow.fields import ActFields, FieldProblem
from standards_wf.workflow.notes import headings_of
from standards_wf.workflow.packages import package_of
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import (
    Action,
    Conclusion,
    DraftStage,
    Effect,
    Event,
    Kind,
    Paper,
    ReviewMode,
    ReviewOutcome,
    Role,
    Stage,
)
from tests.services.cases import Case, act, make_case, project_of
from tests.services.situations import attach_text, in_consultation, published, round_of, version_of

Given = dict[str, Any]
ADMINISTRATOR = Actor(name="administrator", grants=frozenset({Grant(Role.ADMINISTRATOR, ScopeKind.SYSTEM)}))


def days_later(moment: Moment, days: int) -> Moment:
    return Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))


def do(
    session: Session,
    case: Case,
    action: Action,
    person: int | Actor,
    moment: Moment,
    *,
    note: str = "理由",
    expected_version: int | None = None,
    **given: Any,  # noqa: ANN401  # the fields of the act, each of its own type
) -> LifecycleEvent:
    """Somebody performs an act, with the fields given."""
    command = PerformAction(
        project_id=case.project_id,
        action=action,
        expected_version=expected_version,
        note=note,
        fields=ActFields(**given),
    )
    return act(session, perform, command, person=person, moment=moment)


def everything(session: Session) -> dict[str, list[tuple[object, ...]]]:
    """All rows of all tables: what must be the same after a refusal."""
    session.rollback()
    return {
        table.name: sorted(map(tuple, session.execute(select(table))), key=str) for table in Base.metadata.sorted_tables
    }


def params_of(event: LifecycleEvent) -> dict[str, object]:
    read: dict[str, object] = json.loads(event.params)
    return read


def give_paper(session: Session, case: Case, paper: Paper, moment: Moment) -> None:
    content = sha256(f"{case.project_id} {paper}")
    session.add(StoredFile(sha256=content, size=1, media_type="text/plain", stored_at=moment.at))
    session.flush()
    attachment = Attachment(
        project_id=case.project_id,
        paper=paper,
        sha256=content,
        filename=f"{paper}.docx",
        origin=Origin.UPLOADED,
        attached_at=moment.at,
        at_seq=project_of(session, case).last_event_seq,
        on_day=moment.day,
    )
    session.add(attachment)


def write_note(session: Session, case: Case, kind: Kind, moment: Moment) -> None:
    session.add_all(
        ExplanatoryNote(project_id=case.project_id, heading=heading, text="说明", changed_at=moment.at)
        for heading in headings_of(kind)
    )


def appraised(session: Session, moment: Moment, *, in_favour: bool = True, experts: int = 5) -> Case:
    """A local standard whose application was appraised."""
    case = make_case(session, moment, stage=Stage.APPRAISAL)
    with unit_of_work(session):
        appraisal = Appraisal(
            project_id=case.project_id, held_on=moment.day, in_favour=in_favour, recorded_at=moment.at
        )
        session.add(appraisal)
        session.flush()
        session.add_all(
            AppraisalExpert(appraisal_id=appraisal.id, name=f"专家{place}", unit="单位") for place in range(experts)
        )
    return case


def ready_to_publish(session: Session, moment: Moment, *, kind: Kind = Kind.LOCAL_STANDARD, replaces: str = "") -> Case:
    """A case at approval with its number, its dates, its text and all its papers."""
    case = make_case(session, moment, kind=kind, stage=Stage.APPROVAL, replaces=replaces)
    command = PreparePublication(
        project_id=case.project_id,
        approved_on=moment.day,
        published_on=moment.day + timedelta(days=8),
        effective_on=moment.day + timedelta(days=130),
    )
    act(session, prepare_publication, command, person=case.authority, moment=moment)
    with unit_of_work(session):
        prepared = session.get_one(Publication, case.project_id)
        lines = (prepared.number, f"{prepared.published_on}发布", f"{prepared.effective_on}实施")
        marks = "\n".join(fold(line) for line in lines)
        attach_text(session, case.project_id, moment, DraftStage.PUBLICATION, marks=marks)
        body = Paper.STANDARD_BODY if kind is not Kind.METROLOGY_SPECIFICATION else Paper.CALIBRATION_BODY
        for paper in package_of(kind, body, ReviewMode.MEETING):
            if paper is not body:
                give_paper(session, case, paper, moment)
    return case


# The rhythm of every act.


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


def test_an_approved_project_has_its_entry_in_the_plan(session: Session, moment: Moment) -> None:
    case = appraised(session, moment)
    entry: Given = {"plan_number": "沪市监 2025-17", "plan_published_on": moment.day, "completes_on": date(2026, 9, 1)}
    event = do(session, case, Action.APPROVE_PROJECT, case.authority, moment, **entry)
    kept = session.get_one(PlanEntry, case.project_id)
    assert (kept.number, kept.published_on, kept.completes_on, kept.extensions) == (
        "沪市监 2025-17",
        moment.day,
        date(2026, 9, 1),
        0,
    )
    assert kept.project_name == project_of(session, case).title_zh
    assert params_of(event) == {
        "plan_number": "沪市监 2025-17",
        "published_on": "2025-06-02",
        "completes_on": "2026-09-01",
    }
    other = appraised(session, moment)
    before = everything(session)
    with pytest.raises(Invalid) as told:
        do(session, other, Action.APPROVE_PROJECT, other.authority, moment, **entry)
    assert told.value.fields["plan_number"].code is FieldProblem.ALREADY_TAKEN
    assert everything(session) == before


def test_a_returned_application_needs_a_new_appraisal(session: Session, moment: Moment) -> None:
    case = appraised(session, moment)
    do(session, case, Action.RETURN_APPLICATION, case.authority, moment)
    assert project_of(session, case).stage is Stage.SUGGESTED
    assert session.scalars(select(Appraisal.superseded)).all() == [True]


def test_an_extension_moves_the_plan_once(session: Session, moment: Moment) -> None:
    case = appraised(session, moment)
    entry: Given = {"plan_number": "P1", "plan_published_on": moment.day, "completes_on": date(2026, 8, 31)}
    do(session, case, Action.APPROVE_PROJECT, case.authority, moment, **entry)
    event = do(session, case, Action.EXTEND_PROJECT, case.authority, moment, months=6)
    assert params_of(event) == {"months": 6, "before": "2026-08-31", "completes_on": "2027-02-28"}
    with pytest.raises(TransitionRefused) as told:
        do(session, case, Action.EXTEND_PROJECT, case.authority, moment, months=1)
    assert [refusal.code for refusal in told.value.refusals] == [RefusalCode.EXTENSION_NOT_THE_FIRST]


def test_rounds_are_opened_extended_closed_and_opened_again_with_a_new_text(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.DRAFTING)
    with unit_of_work(session):
        attach_text(session, case.project_id, moment, DraftStage.CONSULTATION)
        write_note(session, case, Kind.LOCAL_STANDARD, moment)
    closes_on = moment.day + timedelta(days=30)
    event = do(session, case, Action.OPEN_CONSULTATION, case.secretary, moment, closes_on=closes_on)
    assert params_of(event) == {"round": 1, "draft": 1, "closes_on": "2025-07-02", "members_only": False}
    extended = closes_on + timedelta(days=5)
    do(session, case, Action.EXTEND_CONSULTATION, case.secretary, moment, closes_on=extended)
    assert (round_of(session, case).closes_on, round_of(session, case).closed_on) == (extended, None)
    later = days_later(moment, 36)
    do(session, case, Action.CLOSE_CONSULTATION, case.secretary, later)
    assert round_of(session, case).closed_on == later.day
    again: Given = {"closes_on": later.day + timedelta(days=30)}
    with pytest.raises(TransitionRefused) as told:
        do(session, case, Action.REOPEN_CONSULTATION, case.secretary, later, **again)
    assert [refusal.code for refusal in told.value.refusals] == [RefusalCode.DRAFT_NOT_NEW]
    with unit_of_work(session):
        attach_text(session, case.project_id, moment, DraftStage.CONSULTATION)
    do(session, case, Action.REOPEN_CONSULTATION, case.secretary, later, **again)
    assert (round_of(session, case).number, round_of(session, case).opens_on) == (2, later.day)


def test_a_review_begins_with_the_latest_review_draft_and_ends_with_its_ballot_when_withdrawn(
    session: Session, moment: Moment
) -> None:
    case = make_case(session, moment, stage=Stage.RESOLUTION)
    with unit_of_work(session):
        attach_text(session, case.project_id, moment, DraftStage.REVIEW)
        latest = attach_text(session, case.project_id, moment, DraftStage.REVIEW)
        write_note(session, case, Kind.LOCAL_STANDARD, moment)
    meets_on = moment.day + timedelta(days=40)
    fields: Given = {"review_mode": ReviewMode.MEETING, "meets_on": meets_on, "place": "三楼会议室"}
    event = do(session, case, Action.SUBMIT_FOR_REVIEW, case.secretary, moment, **fields)
    review = session.scalars(select(Review)).one()
    assert (review.draft_id, review.number, review.began_seq, review.outcome) == (latest, 1, event.seq, None)
    assert (review.mode, review.meets_on, review.place) == (ReviewMode.MEETING, meets_on, "三楼会议室")
    opening = OpenBallot(project_id=case.project_id, closes_on=meets_on)
    act(session, open_ballot, opening, person=case.secretary, moment=moment)
    do(session, case, Action.WITHDRAW_FROM_REVIEW, case.secretary, days_later(moment, 1))
    session.rollback()
    assert project_of(session, case).stage is Stage.RESOLUTION
    assert (review.outcome, review.ended_on) == (ReviewOutcome.WITHDRAWN, moment.day + timedelta(days=1))
    assert session.scalars(select(Ballot.closed_at)).one() is not None
    do(session, case, Action.SUBMIT_FOR_REVIEW, case.secretary, days_later(moment, 2), **fields)
    assert session.scalars(select(Review.number).order_by(Review.number)).all() == [1, 2]


def test_a_case_is_returned_to_review_in_the_mode_of_the_last_one(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, mode=ReviewMode.LETTER)
    correct = CorrectStage(project_id=case.project_id, stage=Stage.SUBMISSION, note="测试")
    act(session, correct_stage, correct, person=ADMINISTRATOR, moment=moment)
    do(session, case, Action.RETURN_TO_REVIEW, case.department, moment)
    modes = session.execute(select(Review.number, Review.mode, Review.outcome).order_by(Review.number)).all()
    assert modes == [(1, ReviewMode.LETTER, ReviewOutcome.WITHDRAWN), (2, ReviewMode.LETTER, None)]


def test_a_metrology_specification_is_on_public_notice_before_it_is_published(session: Session, moment: Moment) -> None:
    case = ready_to_publish(session, moment, kind=Kind.METROLOGY_SPECIFICATION)
    do(session, case, Action.OPEN_PUBLIC_NOTICE, case.authority, moment)
    notice = session.scalars(select(Notice)).one()
    assert (notice.opened_on, notice.ends_on, notice.closed_on) == (
        moment.day,
        moment.day + timedelta(days=7),
        None,
    )
    with pytest.raises(TransitionRefused) as told:
        do(session, case, Action.PUBLISH, case.authority, days_later(moment, 7))
    assert [refusal.code for refusal in told.value.refusals] == [RefusalCode.NOTICE_STILL_RUNS]
    do(session, case, Action.PUBLISH, case.authority, days_later(moment, 8))
    session.rollback()
    assert notice.closed_on == moment.day + timedelta(days=8)


def test_publishing_fixes_the_text_and_names_what_is_replaced(session: Session, moment: Moment) -> None:
    old = published(session, moment, "DB31/T 88—2018")
    case = ready_to_publish(session, moment, replaces="DB31/T 88—2018")
    with unit_of_work(session):
        project_of(session, old).authority_id = project_of(session, case).authority_id
    later = days_later(moment, 8)
    event = do(session, case, Action.PUBLISH, case.authority, later)
    publication = session.get_one(Publication, case.project_id)
    assert (publication.number, publication.published_at) == ("DB31/T 88—2025", later.at)
    assert publication.draft_id is not None
    replacement = session.scalars(select(Replacement)).one()
    assert (replacement.replaced_number, replacement.replaced_project_id) == ("DB31/T 88—2018", old.project_id)
    assert (params_of(event)["number"], params_of(event)["replaces"]) == ("DB31/T 88—2025", "DB31/T 88—2018")
    with pytest.raises(TransitionRefused) as told:
        do(session, old, Action.SUPERSEDE, SYSTEM_ACTOR, later)
    assert [refusal.code for refusal in told.value.refusals] == [RefusalCode.NO_SUCCESSOR_IN_FORCE]
    on_its_day = days_later(moment, 130)
    do(session, case, Action.TAKE_EFFECT, SYSTEM_ACTOR, on_its_day)
    do(session, old, Action.SUPERSEDE, SYSTEM_ACTOR, on_its_day)
    assert project_of(session, old).stage is Stage.SUPERSEDED


def test_a_document_of_another_house_is_replaced_by_number_alone(session: Session, moment: Moment) -> None:
    case = ready_to_publish(session, moment, replaces="GB/T 17167—2006")
    do(session, case, Action.PUBLISH, case.authority, days_later(moment, 8))
    replacement = session.scalars(select(Replacement)).one()
    assert (replacement.replaced_number, replacement.replaced_project_id) == ("GB/T 17167—2006", None)


@pytest.mark.parametrize(("days", "late"), [(60, False), (61, True)])
def test_a_filing_is_late_after_its_days(session: Session, moment: Moment, days: int, *, late: bool) -> None:
    case = published(session, moment, "DB31/T 9—2025")
    filed_on = moment.day + timedelta(days=days)
    do(
        session,
        case,
        Action.RECORD_FILING,
        case.authority,
        days_later(moment, 90),
        filing_number="备 9",
        filed_on=filed_on,
    )
    filing = session.scalars(select(Filing)).one()
    assert (filing.number, filing.filed_on, filing.late) == ("备 9", filed_on, late)
    assert filing.due_on == moment.day + timedelta(days=60)


def test_a_group_standard_is_disclosed(session: Session, moment: Moment) -> None:
    case = published(session, moment, "T/ABCD 1—2025", kind=Kind.GROUP_STANDARD)
    fields: Given = {"disclosure_address": "https://example.org/1", "disclosed_on": moment.day}
    do(session, case, Action.RECORD_DISCLOSURE, case.secretariat, moment, **fields)
    disclosure = session.scalars(select(Disclosure)).one()
    assert (disclosure.address, disclosure.disclosed_on) == ("https://example.org/1", moment.day)


def test_a_periodic_review_is_opened_and_concluded(session: Session, moment: Moment) -> None:
    case = published(session, moment, "DB31/T 7—2025")
    do(session, case, Action.START_REVIEW, case.authority, moment)
    opinion = RecordOpinion(project_id=case.project_id, conclusion=Conclusion.VALID, grounds="仍然适用")
    act(session, record_opinion, opinion, person=case.department, moment=moment)
    with pytest.raises(TransitionRefused) as told:
        do(session, case, Action.PROPOSE_ABOLITION, case.authority, moment)
    assert [refusal.code for refusal in told.value.refusals] == [RefusalCode.CONCLUSION_IS_DIFFERENT]
    event = do(session, case, Action.CONFIRM, case.authority, days_later(moment, 9))
    held = session.execute(select(PeriodicReview.number, PeriodicReview.concluded_on)).one()
    assert held == (1, moment.day + timedelta(days=9))
    assert params_of(event) == {"periodic_review": 1, "conclusion": "valid"}
    do(session, case, Action.START_REVIEW, case.authority, days_later(moment, 400))
    assert session.scalar(select(func.max(PeriodicReview.number))) == 2


@pytest.mark.parametrize(("action", "ends_at"), [(Action.ABOLISH, Stage.ABOLISHED), (Action.KEEP, Stage.IN_FORCE)])
def test_an_abolition_is_on_notice_before_it_is_decided(
    session: Session, moment: Moment, action: Action, ends_at: Stage
) -> None:
    case = published(session, moment, "DB31/T 6—2025")
    do(session, case, Action.START_REVIEW, case.authority, moment)
    opinion = RecordOpinion(project_id=case.project_id, conclusion=Conclusion.ABOLISH, grounds="已无对象")
    act(session, record_opinion, opinion, person=case.department, moment=moment)
    do(session, case, Action.PROPOSE_ABOLITION, case.authority, moment)
    notice = session.scalars(select(Notice)).one()
    assert notice.ends_on == moment.day + timedelta(days=30)
    assert session.scalars(select(PeriodicReview.concluded_on)).one() == moment.day
    with pytest.raises(TransitionRefused) as told:
        do(session, case, Action.ABOLISH, case.authority, days_later(moment, 30))
    assert [refusal.code for refusal in told.value.refusals] == [RefusalCode.NOTICE_STILL_RUNS]
    do(session, case, action, case.authority, days_later(moment, 31))
    session.rollback()
    assert project_of(session, case).stage is ends_at
    assert notice.closed_on == moment.day + timedelta(days=31)


def test_a_terminated_case_leaves_nothing_running(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment)
    do(session, case, Action.TERMINATE, case.authority, days_later(moment, 2))
    assert round_of(session, case).closed_on == moment.day + timedelta(days=2)


# The administrator's correction.


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
