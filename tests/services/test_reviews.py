"""A review: its date, its papers, its minutes with signatures, and the answers to what was objected."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, Invalid, NotFound
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.outbox import OutboxRow
from standards_wf.models.reviews import Attendance, Ballot, Minutes, Review, Vote
from standards_wf.services.ballots import CastVote, CloseBallot, OpenBallot, cast_vote, close_ballot, open_ballot
from standards_wf.services.problems import ReviewProblem
from standards_wf.services.reviews import (
    AnswerObjection,
    RecordMinutes,
    SendPapers,
    SetReviewDate,
    SignMinutes,
    answer_objection,
    record_minutes,
    send_papers,
    set_review_date,
    sign_minutes,
)
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import Position, ReviewMode, ReviewOutcome, Stage
from tests.services.cases import Case, act, make_case, project_of

Voted = tuple[Position, str]


def later(moment: Moment, days: int) -> Moment:
    return Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))


def voted(session: Session, case: Case, moment: Moment, *votes: Voted) -> Ballot:
    """A ballot that was opened, voted in by the first members, and closed."""
    command = OpenBallot(project_id=case.project_id, closes_on=moment.day, voters=case.members[: len(votes)])
    ballot = act(session, open_ballot, command, person=case.secretary, moment=moment)
    for person, (position, reason) in zip(case.members, votes, strict=False):
        vote = CastVote(ballot_id=ballot.id, position=position, reason=reason)
        act(session, cast_vote, vote, person=person, moment=moment)
    return act(session, close_ballot, CloseBallot(ballot_id=ballot.id), person=case.secretary, moment=moment)


def met(session: Session, case: Case, moment: Moment) -> None:
    """The meeting is today, and its ballot is closed."""
    command = SetReviewDate(project_id=case.project_id, meets_on=moment.day, place="上海")
    act(session, set_review_date, command, person=case.secretary, moment=moment)
    voted(session, case, moment, (Position.FOR, ""))


def minutes_for(case: Case, *, attending: tuple[int, ...] = ()) -> RecordMinutes:
    return RecordMinutes(project_id=case.project_id, text="逐条审查。", conclusion="通过", attending=attending)


def signed(session: Session) -> dict[int, bool]:
    return {row.person_id: row.signed_at is not None for row in session.scalars(select(Attendance))}


def test_the_secretary_sets_and_moves_the_meeting_and_the_history_keeps_both_days(
    session: Session, moment: Moment
) -> None:
    case = make_case(session, moment)
    first = SetReviewDate(project_id=case.project_id, meets_on=later(moment, 30).day, place=" 上海 ")
    assert act(session, set_review_date, first, person=case.secretary, moment=moment).place == "上海"
    moved = replace(first, meets_on=later(moment, 40).day, expected_version=project_of(session, case).version)
    act(session, set_review_date, moved, person=case.secretary, moment=moment)
    event = session.scalars(select(LifecycleEvent).order_by(LifecycleEvent.id.desc())).first()
    assert event is not None
    assert '"before":"2025-07-02"' in event.params
    assert '"meets_on":"2025-07-12"' in event.params
    promised = select(OutboxRow.effect).where(OutboxRow.project_id == case.project_id, OutboxRow.event_seq == event.seq)
    assert session.scalars(promised).all() == ["notify"]
    with pytest.raises(EditConflict):
        act(session, set_review_date, moved, person=case.secretary, moment=moment)


def test_a_meeting_is_set_for_a_review_that_runs_for_a_day_to_come_and_not_for_a_letter_ballot(
    session: Session, moment: Moment
) -> None:
    drafting = make_case(session, moment, stage=Stage.DRAFTING)
    letter = make_case(session, moment, mode=ReviewMode.LETTER)
    meeting = make_case(session, moment)
    for case, day, field, code in (
        (drafting, 1, "review", ReviewProblem.NO_REVIEW_RUNS),
        (letter, 1, "meets_on", ReviewProblem.LETTER_HAS_NO_MEETING),
        (meeting, -1, "meets_on", ReviewProblem.DAY_HAS_PASSED),
    ):
        command = SetReviewDate(project_id=case.project_id, meets_on=later(moment, day).day)
        with pytest.raises(Invalid) as told:
            act(session, set_review_date, command, person=case.secretary, moment=moment)
        assert told.value.fields[field].code is code


def test_the_meeting_stands_once_the_ballot_is_closed(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    met(session, case, moment)
    command = SetReviewDate(project_id=case.project_id, meets_on=later(moment, 9).day)
    for service, asked in ((set_review_date, command), (send_papers, SendPapers(project_id=case.project_id))):
        with pytest.raises(Invalid) as told:
            act(session, service, asked, person=case.secretary, moment=moment)
        assert told.value.fields["ballot"].code is ReviewProblem.BALLOT_IS_CLOSED


def test_papers_are_sent_once_and_a_second_click_is_told_that_it_is_already_done(
    session: Session, moment: Moment
) -> None:
    case = make_case(session, moment)
    command = SendPapers(project_id=case.project_id)
    assert act(session, send_papers, command, person=case.secretary, moment=moment).papers_sent_on == moment.day
    with pytest.raises(Invalid) as told:
        act(session, send_papers, command, person=case.secretary, moment=later(moment, 3))
    assert told.value.fields["review"].params["sent_on"] == moment.day
    with pytest.raises(Forbidden):
        act(session, send_papers, command, person=case.chair, moment=moment)
    with pytest.raises(NotFound):
        act(session, send_papers, command, person=case.stranger, moment=moment)


def test_attending_experts_sign_the_minutes_themselves_and_once(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    met(session, case, moment)
    command = minutes_for(case, attending=(case.chair, case.members[0], case.invited))
    minutes = act(session, record_minutes, command, person=case.secretary, moment=moment)
    assert (minutes.held_on, minutes.place) == (moment.day, "上海")
    version = project_of(session, case).version
    sign = SignMinutes(project_id=case.project_id, recorded_at=minutes.recorded_at)
    act(session, sign_minutes, sign, person=case.invited, moment=moment)
    assert signed(session) == {case.chair: False, case.members[0]: False, case.invited: True}
    assert project_of(session, case).version == version
    with pytest.raises(Invalid) as told:
        act(session, sign_minutes, sign, person=case.invited, moment=moment)
    assert told.value.fields["minutes"].code is ReviewProblem.ALREADY_SIGNED
    for person in (case.members[1], case.secretary, case.drafter):
        with pytest.raises(Forbidden):
            act(session, sign_minutes, sign, person=person, moment=moment)


def test_minutes_recorded_again_drop_every_signature_and_the_old_text_is_no_longer_signed(
    session: Session, moment: Moment
) -> None:
    case = make_case(session, moment)
    met(session, case, moment)
    command = minutes_for(case, attending=(case.chair, case.members[0]))
    read_at = act(session, record_minutes, command, person=case.secretary, moment=moment).recorded_at
    act(session, sign_minutes, SignMinutes(project_id=case.project_id), person=case.chair, moment=moment)
    again = replace(command, text="改正后的纪要。", attending=(case.chair,))
    act(session, record_minutes, again, person=case.secretary, moment=later(moment, 1))
    assert signed(session) == {case.chair: False}
    assert session.scalars(select(Minutes.text)).all() == ["改正后的纪要。"]
    stale = SignMinutes(project_id=case.project_id, recorded_at=read_at)
    with pytest.raises(EditConflict):
        act(session, sign_minutes, stale, person=case.chair, moment=later(moment, 1))
    told = session.scalars(select(LifecycleEvent.params).where(LifecycleEvent.action == "minutes_recorded")).all()
    assert len({params.partition("text_sha256")[2] for params in told}) == 2


def test_a_letter_ballot_is_concluded_and_signed_by_its_secretary_alone(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, mode=ReviewMode.LETTER)
    ballot = voted(session, case, moment, (Position.FOR, ""))
    minutes = act(session, record_minutes, minutes_for(case), person=case.secretary, moment=moment)
    assert minutes.held_on == ballot.closes_on
    act(session, sign_minutes, SignMinutes(project_id=case.project_id), person=case.secretary, moment=moment)
    assert signed(session) == {case.secretary: True}


def test_minutes_say_how_the_vote_went_and_wait_for_its_end(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, mode=ReviewMode.LETTER)
    with pytest.raises(Invalid) as told:
        act(session, record_minutes, minutes_for(case), person=case.secretary, moment=moment)
    assert told.value.fields["ballot"].code is ReviewProblem.NO_BALLOT
    command = OpenBallot(project_id=case.project_id, closes_on=moment.day)
    act(session, open_ballot, command, person=case.secretary, moment=moment)
    with pytest.raises(Invalid) as told:
        act(session, record_minutes, minutes_for(case), person=case.secretary, moment=moment)
    assert told.value.fields["ballot"].code is RefusalCode.BALLOT_STILL_OPEN


def test_everything_that_the_minutes_lack_is_told_at_once(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    voted(session, case, moment, (Position.FOR, ""))
    command = RecordMinutes(
        project_id=case.project_id, text=" ", conclusion="通过\x00", attending=(case.stranger, case.drafter)
    )
    with pytest.raises(Invalid) as told:
        act(session, record_minutes, command, person=case.secretary, moment=moment)
    assert {name: refusal.code for name, refusal in told.value.fields.items()} == {
        "text": FieldProblem.REQUIRED,
        "conclusion": FieldProblem.NOT_TEXT,
        "meets_on": ReviewProblem.MEETING_DATE_MISSING,
        "attending": ReviewProblem.NOT_REVIEWERS,
    }
    with pytest.raises(Invalid) as told:
        act(session, record_minutes, minutes_for(case), person=case.secretary, moment=moment)
    assert told.value.fields["attending"].code is ReviewProblem.NOBODY_ATTENDS


def test_minutes_wait_for_the_meeting(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    command = SetReviewDate(project_id=case.project_id, meets_on=later(moment, 5).day)
    act(session, set_review_date, command, person=case.secretary, moment=moment)
    voted(session, case, moment, (Position.FOR, ""))
    minutes = minutes_for(case, attending=(case.chair,))
    with pytest.raises(Invalid) as told:
        act(session, record_minutes, minutes, person=case.secretary, moment=later(moment, 4))
    assert told.value.fields["meets_on"].code is ReviewProblem.MEETING_NOT_YET_HELD
    act(session, record_minutes, minutes, person=case.secretary, moment=later(moment, 5))


def test_an_ended_review_takes_neither_minutes_nor_signatures(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    met(session, case, moment)
    minutes = minutes_for(case, attending=(case.chair,))
    act(session, record_minutes, minutes, person=case.secretary, moment=moment)
    with unit_of_work(session):
        review = session.scalars(select(Review).where(Review.project_id == case.project_id)).one()
        review.outcome, review.ended_on = ReviewOutcome.PASSED, moment.day
    sign = SignMinutes(project_id=case.project_id)
    for service, command, person in (
        (record_minutes, minutes, case.secretary),
        (sign_minutes, sign, case.chair),
    ):
        with pytest.raises(Invalid) as told:
            act(session, service, command, person=person, moment=moment)
        assert told.value.fields["review"].code is ReviewProblem.NO_REVIEW_RUNS


def test_a_vote_against_and_a_remark_are_answered_and_a_plain_vote_is_not(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    voted(session, case, moment, (Position.AGAINST, "限值过宽"), (Position.FOR, "建议加注"), (Position.FOR, ""))
    against, remark, plain = session.scalars(select(Vote.voter_id).order_by(Vote.voter_id)).all()
    for vote_id, person in ((against, case.drafter), (remark, case.secretary)):
        command = AnswerObjection(vote_id=vote_id, answer=" 已修改 ")
        vote = act(session, answer_objection, command, person=person, moment=moment)
        assert (vote.answer, vote.answered_at) == ("已修改", moment.at)
    with pytest.raises(Invalid) as told:
        act(session, answer_objection, AnswerObjection(vote_id=plain, answer="好"), person=case.drafter, moment=moment)
    assert told.value.fields["answer"].code is ReviewProblem.NOTHING_TO_ANSWER
    with pytest.raises(Invalid) as told:
        act(session, answer_objection, AnswerObjection(vote_id=against, answer=" "), person=case.drafter, moment=moment)
    assert told.value.fields["answer"].code is FieldProblem.REQUIRED


def test_an_answer_is_given_by_drafter_or_secretary_until_the_authority_has_the_package(
    session: Session, moment: Moment
) -> None:
    case = make_case(session, moment)
    voted(session, case, moment, (Position.AGAINST, "限值过宽"))
    vote_id = session.scalars(select(Vote.voter_id)).one()
    command = AnswerObjection(vote_id=vote_id, answer="已修改")
    with pytest.raises(Forbidden):
        act(session, answer_objection, command, person=case.chair, moment=moment)
    for nowhere in (replace(command, vote_id=987), command):
        with pytest.raises(NotFound):
            act(session, answer_objection, nowhere, person=case.stranger, moment=moment)
    with unit_of_work(session):
        project_of(session, case).stage = Stage.APPROVAL
    with pytest.raises(Forbidden) as told:
        act(session, answer_objection, command, person=case.drafter, moment=moment)
    assert told.value.reason.code is RefusalCode.NOT_FROM_THIS_STAGE
