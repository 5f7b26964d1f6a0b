"""Who is reminded of what and when, what stops it, and that nobody is reminded twice."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.outbox import Notification, Reminder
from standards_wf.models.people import Person, RoleGrant
from standards_wf.models.projects import PlanEntry
from standards_wf.models.reviews import Ballot
from standards_wf.services.access import actor_of
from standards_wf.services.ballots import CastVote, cast_vote
from standards_wf.services.clock_acts import act_for_the_day
from standards_wf.services.deputies import NameDeputy, name_deputy
from standards_wf.services.people import OPERATOR, SetActive, set_active
from standards_wf.services.suspensions import ResumeProject, SuspendProject, resume, suspend
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.vocabulary import Action, Position, Stage
from tests.services.cases import act, project_of
from tests.services.doing import do
from tests.services.due_cases import COMPLETES_IN, Pass, after, daily_run, planned, record_filing, reminded
from tests.services.situations import in_consultation, opened_ballot, published

Sent = list[tuple[int, int]]
"""After how many days, and the step."""


@pytest.fixture
def run(session_factory: sessionmaker[Session], moment: Moment) -> Pass:
    return daily_run(session_factory, moment)


def _sent(session: Session, person: int, moment: Moment, due: Due) -> Sent:
    session.rollback()
    rows = session.execute(
        select(Reminder.written_on, Reminder.step)
        .where(Reminder.person_id == person, Reminder.due == due)
        .order_by(Reminder.id)
    )
    return [((written_on - moment.day).days, step) for written_on, step in rows]


def _unread(session: Session, person: int) -> list[tuple[str, date]]:
    """What the person finds on the desk."""
    session.rollback()
    return [
        (due, on)
        for due, on in session.execute(
            select(Reminder.due, Reminder.due_on)
            .join(Notification, Notification.reminder_id == Reminder.id)
            .where(Notification.person_id == person, Notification.channel == "in_app", Notification.read_at.is_(None))
        )
    ]


def test_day_by_day_everybody_in_whose_hands_it_lies_is_reminded_at_each_step(
    session: Session, moment: Moment, run: Pass
) -> None:
    case = planned(session, moment)
    for days in range(COMPLETES_IN + 16):
        run(days)

    steps = [(20, 30), (43, 7), (49, 1), (50, 0), (57, -7), (64, -14)]
    assert _sent(session, case.secretary, moment, Due.COMPLETION) == steps
    assert _sent(session, case.drafter, moment, Due.COMPLETION) == steps
    assert reminded(session, case) == {case.secretary, case.drafter}


def test_after_days_off_only_the_newest_step_is_sent(session: Session, moment: Moment, run: Pass) -> None:
    case = planned(session, moment)
    run(0)
    run(66)
    run(67)
    run(71)

    assert _sent(session, case.secretary, moment, Due.COMPLETION) == [(66, -14), (71, -21)]


def test_an_installation_that_begins_is_not_flooded_with_what_passed_long_ago(
    session: Session, moment: Moment, run: Pass
) -> None:
    case = planned(session, moment)
    run(COMPLETES_IN + 9)

    assert _sent(session, case.secretary, moment, Due.COMPLETION) == []


def test_a_reminder_is_no_event_of_the_case(session: Session, moment: Moment, run: Pass) -> None:
    case = planned(session, moment)
    before = project_of(session, case).version, project_of(session, case).last_event_seq
    session.rollback()
    run(20)

    assert reminded(session, case)
    assert (project_of(session, case).version, project_of(session, case).last_event_seq) == before


def test_the_reminders_stop_the_moment_the_act_is_done(session: Session, moment: Moment, run: Pass) -> None:
    case = published(session, moment, "DB31/T 1—2025")
    run(30)
    run(53)
    assert _sent(session, case.authority, moment, Due.FILING) == [(30, 30), (53, 7)]
    assert ("filing", moment.day + timedelta(days=60)) in _unread(session, case.authority)
    record_filing(session, case, after(moment, 53))
    for days in (59, 60, 67):
        run(days)

    assert _sent(session, case.authority, moment, Due.FILING) == [(30, 30), (53, 7)]
    assert _unread(session, case.authority) == []


def test_the_reminders_follow_a_consultation_that_is_extended(session: Session, moment: Moment, run: Pass) -> None:
    case = in_consultation(session, moment, days=35)
    run(5)
    run(28)
    closes_on = moment.day + timedelta(days=45)
    do(session, case, Action.EXTEND_CONSULTATION, case.secretary, after(moment, 28), closes_on=closes_on)
    for days in range(29, 60):
        run(days)

    assert _sent(session, case.secretary, moment, Due.CONSULTATION_CLOSES) == [
        (5, 30),
        (28, 7),
        (38, 7),
        (44, 1),
        (45, 0),
    ]
    assert project_of(session, case).stage is Stage.RESOLUTION


def test_the_reminders_follow_a_project_that_is_extended(session: Session, moment: Moment, run: Pass) -> None:
    case = planned(session, moment)
    run(19)
    do(session, case, Action.EXTEND_PROJECT, case.authority, after(moment, 19), months=2)
    completes_on = session.get_one(PlanEntry, case.project_id, populate_existing=True).completes_on
    session.rollback()
    first = (completes_on - moment.day).days - 30
    for days in range(20, first + 1):
        run(days)

    assert _sent(session, case.secretary, moment, Due.COMPLETION) == [(first, 30)]


def test_a_project_that_rests_reminds_nobody_and_afterwards_by_its_new_day(
    session: Session, moment: Moment, run: Pass
) -> None:
    case = planned(session, moment)
    run(20)
    rest = SuspendProject(project_id=case.project_id, note="等待上位法修订")
    act(session, suspend, rest, person=case.authority, moment=after(moment, 30))
    for days in range(31, 60):
        run(days)
    assert _sent(session, case.secretary, moment, Due.COMPLETION) == [(20, 30)]
    assert _unread(session, case.secretary) == []

    again = ResumeProject(project_id=case.project_id)
    act(session, resume, again, person=case.authority, moment=after(moment, 60))
    for days in range(60, 81):
        run(days)

    assert _sent(session, case.secretary, moment, Due.COMPLETION) == [(20, 30), (73, 7), (79, 1), (80, 0)]


def test_whoever_has_voted_is_not_reminded_of_the_ballot(session: Session, moment: Moment, run: Pass) -> None:
    case, ballot_id = opened_ballot(session, moment)
    last = (session.get_one(Ballot, ballot_id).closes_on - moment.day).days
    session.rollback()
    voted, *others = case.members
    act(session, cast_vote, CastVote(ballot_id=ballot_id, position=Position.FOR), person=voted, moment=moment)
    run(last - 1)
    run(last + 7)

    told = {person: _sent(session, person, moment, Due.BALLOT_CLOSES) for person in (*case.members, case.chair)}
    assert told == {voted: [], **{person: [(last - 1, 1)] for person in (*others, case.chair)}}
    assert _sent(session, case.secretary, moment, Due.BALLOT_CLOSES) == [(last - 1, 1), (last + 7, -7)]


def test_whoever_left_or_whose_term_is_over_is_notreminded(session: Session, moment: Moment, run: Pass) -> None:
    case = planned(session, moment)
    with unit_of_work(session):
        set_active(session, SetActive(person_id=case.drafter, active=False), actor=OPERATOR, moment=moment)
        term = select(RoleGrant).where(RoleGrant.person_id == case.secretary)
        session.scalars(term).one().valid_to = after(moment, 19).day
    run(20)

    assert reminded(session, case) == set()


def test_a_newer_reminder_takes_the_place_of_an_older_one_that_was_not_read(
    session: Session, moment: Moment, run: Pass
) -> None:
    case = planned(session, moment)
    for days in (20, 43, 49):
        run(days)

    assert _unread(session, case.secretary) == [("completion", moment.day + timedelta(days=COMPLETES_IN))]


def test_two_workers_remind_once(session_factory: sessionmaker[Session], session: Session, moment: Moment) -> None:
    case = planned(session, moment)
    session.rollback()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: act_for_the_day(session_factory, moment=after(moment, 20)), range(3)))

    assert _sent(session, case.secretary, moment, Due.COMPLETION) == [(20, 30)]
    assert session.scalar(select(func.count()).select_from(Notification)) == 2


def test_a_deputy_is_reminded_as_well_but_not_of_a_vote_which_is_personal(
    session: Session, moment: Moment, run: Pass
) -> None:
    case, ballot_id = opened_ballot(session, moment)
    last = (session.get_one(Ballot, ballot_id).closes_on - moment.day).days
    session.rollback()
    for principal in (case.secretary, case.members[0]):
        with unit_of_work(session):
            deputy = session.get_one(Person, case.stranger if principal == case.secretary else case.invited).login
            command = NameDeputy(
                principal_id=principal, login=deputy, valid_from=moment.day, valid_to=after(moment, 90).day
            )
            name_deputy(session, command, actor=actor_of(session, principal, moment.day), moment=moment)
    run(last - 1)

    assert _sent(session, case.stranger, moment, Due.BALLOT_CLOSES) == [(last - 1, 1)]
    assert _sent(session, case.invited, moment, Due.BALLOT_CLOSES) == []
