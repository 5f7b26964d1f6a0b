"""What an act brings besides the new stage."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid, TransitionRefused
from standards_wf.models.documents import Disclosure, Filing, Notice, PeriodicReview, Publication, Replacement
from standards_wf.models.projects import Appraisal, PlanEntry
from standards_wf.models.reviews import Ballot, Review
from standards_wf.services.ballots import OpenBallot, open_ballot
from standards_wf.services.lifecycle import CorrectStage, correct_stage
from standards_wf.services.periodic_reviews import RecordOpinion, record_opinion
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import (
    Action,
    Conclusion,
    DraftStage,
    EarlyReason,
    Kind,
    ReviewMode,
    ReviewOutcome,
    Stage,
)
from tests.services.cases import act, make_case, project_of
from tests.services.doing import (
    ADMINISTRATOR,
    appraised,
    days_later,
    do,
    everything,
    params_of,
    ready_to_publish,
    write_note,
)
from tests.services.situations import attach_text, in_consultation, published, round_of

Given = dict[str, Any]
EARLY: Given = {"early_reason": EarlyReason.LAW_CHANGED, "early_grounds": "上位法修订"}


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
        "plan": kept.plan_id,
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
    assert round_of(session, case).closed_on == extended
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
    assert (params_of(event)["number"], params_of(event)["replaces"]) == ("DB31/T 88—2025", ["DB31/T 88—2018"])
    with pytest.raises(TransitionRefused) as told:
        do(session, old, Action.SUPERSEDE, SYSTEM_ACTOR, later)
    assert [refusal.code for refusal in told.value.refusals] == [RefusalCode.NO_SUCCESSOR_IN_FORCE]
    on_its_day = days_later(moment, 130)
    do(session, case, Action.TAKE_EFFECT, SYSTEM_ACTOR, on_its_day)
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


@pytest.mark.parametrize(
    ("days", "code"),
    [(-1, FieldProblem.BEFORE_PUBLICATION), (0, None), (90, None), (91, FieldProblem.IN_THE_FUTURE)],
)
def test_what_is_recorded_was_done_after_publication_and_not_later_than_today(
    session: Session, moment: Moment, days: int, code: FieldProblem | None
) -> None:
    filed = published(session, moment, "DB31/T 9—2025")
    disclosed = published(session, moment, "T/ABCD 1—2025", kind=Kind.GROUP_STANDARD)
    day, later = moment.day + timedelta(days=days), days_later(moment, 90)
    fields: Given = {"filing_number": "备 9", "filed_on": day}
    for_the_group: Given = {"disclosure_address": "https://example.org/1", "disclosed_on": day}
    if code is None:
        do(session, filed, Action.RECORD_FILING, filed.authority, later, **fields)
        do(session, disclosed, Action.RECORD_DISCLOSURE, disclosed.secretariat, later, **for_the_group)
        return
    with pytest.raises(Invalid) as told:
        do(session, filed, Action.RECORD_FILING, filed.authority, later, **fields)
    assert told.value.fields["filed_on"].code is code
    with pytest.raises(Invalid) as told:
        do(session, disclosed, Action.RECORD_DISCLOSURE, disclosed.secretariat, later, **for_the_group)
    assert told.value.fields["disclosed_on"].code is code


def test_a_group_standard_is_disclosed(session: Session, moment: Moment) -> None:
    case = published(session, moment, "T/ABCD 1—2025", kind=Kind.GROUP_STANDARD)
    fields: Given = {"disclosure_address": "https://example.org/1", "disclosed_on": moment.day}
    for wrong in ("example.org/1", "javascript:alert(1)", "https://"):
        with pytest.raises(Invalid) as told:
            do(
                session,
                case,
                Action.RECORD_DISCLOSURE,
                case.secretariat,
                moment,
                **{**fields, "disclosure_address": wrong},
            )
        assert told.value.fields["disclosure_address"].code is FieldProblem.NOT_AN_ADDRESS
    do(session, case, Action.RECORD_DISCLOSURE, case.secretariat, moment, **fields)
    disclosure = session.scalars(select(Disclosure)).one()
    assert (disclosure.address, disclosure.disclosed_on) == ("https://example.org/1", moment.day)


def test_a_periodic_review_is_opened_and_concluded(session: Session, moment: Moment) -> None:
    case = published(session, moment, "DB31/T 7—2025")
    do(session, case, Action.START_REVIEW, case.authority, moment, **EARLY)
    opinion = RecordOpinion(project_id=case.project_id, conclusion=Conclusion.VALID, grounds="仍然适用")
    act(session, record_opinion, opinion, person=case.department, moment=moment)
    with pytest.raises(TransitionRefused) as told:
        do(session, case, Action.PROPOSE_ABOLITION, case.authority, moment)
    assert [refusal.code for refusal in told.value.refusals] == [RefusalCode.CONCLUSION_IS_DIFFERENT]
    event = do(session, case, Action.CONFIRM, case.authority, days_later(moment, 9))
    held = session.execute(select(PeriodicReview.number, PeriodicReview.concluded_on)).one()
    assert held == (1, moment.day + timedelta(days=9))
    assert params_of(event) == {"periodic_review": 1, "conclusion": "valid"}
    do(session, case, Action.START_REVIEW, case.authority, days_later(moment, 9 + 731))
    assert session.scalar(select(func.max(PeriodicReview.number))) == 2


@pytest.mark.parametrize(("action", "ends_at"), [(Action.ABOLISH, Stage.ABOLISHED), (Action.KEEP, Stage.IN_FORCE)])
def test_an_abolition_is_on_notice_before_it_is_decided(
    session: Session, moment: Moment, action: Action, ends_at: Stage
) -> None:
    case = published(session, moment, "DB31/T 6—2025")
    do(session, case, Action.START_REVIEW, case.authority, moment, **EARLY)
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
