"""Who is reminded of what and when, what stops it, and that nobody is reminded twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.outbox import Notification, OutboxRow, Reminder
from standards_wf.models.people import Person, RoleGrant
from standards_wf.models.projects import PlanEntry
from standards_wf.models.reviews import Ballot
from standards_wf.notifications.messages import Mail
from standards_wf.notifications.transport import RecordingTransport
from standards_wf.services.ballots import CastVote, cast_vote
from standards_wf.services.clock_acts import act_for_the_day
from standards_wf.services.notifying import NotSent
from standards_wf.services.people import OPERATOR, SetActive, set_active
from standards_wf.services.project_plans import enter_into_plan
from standards_wf.services.reminding import send_reminders
from standards_wf.services.suspensions import ResumeProject, SuspendProject, resume, suspend
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.vocabulary import Action, Kind, Position, Stage
from tests.services.cases import Case, act, make_case, project_of
from tests.services.doing import do
from tests.services.situations import in_consultation, opened_ballot, published

BASE = "https://standards.example.org"
COMPLETES_IN = 50

Sent = list[tuple[int, int]]
"""After how many days, and the step."""
Pass = Callable[[int], None]


def _after(moment: Moment, days: int) -> Moment:
    return Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))


@pytest.fixture
def run(session_factory: sessionmaker[Session], moment: Moment) -> Pass:
    """The daily run so many days after the first."""

    def run_on(days: int) -> None:
        assert act_for_the_day(session_factory, moment=_after(moment, days))

    return run_on


def _planned(session: Session, moment: Moment, kind: Kind = Kind.LOCAL_STANDARD) -> Case:
    """A project in drafting whose plan names a day of completion."""
    case = make_case(session, moment, kind=kind, stage=Stage.DRAFTING)
    with unit_of_work(session):
        fields = ActFields(
            plan_number=f"P-{case.project_id}",
            plan_published_on=moment.day - timedelta(days=300),
            completes_on=moment.day + timedelta(days=COMPLETES_IN),
        )
        enter_into_plan(session, project_of(session, case), fields, moment)
    return case


def _file(session: Session, case: Case, moment: Moment) -> None:
    do(
        session,
        case,
        Action.RECORD_FILING,
        case.authority,
        moment,
        filing_number="12345-2025",
        filed_on=moment.day,
    )


def _sent(session: Session, person: int, moment: Moment, due: Due) -> Sent:
    session.rollback()
    rows = session.execute(
        select(Reminder.written_on, Reminder.step)
        .where(Reminder.person_id == person, Reminder.due == due)
        .order_by(Reminder.id)
    )
    return [((written_on - moment.day).days, step) for written_on, step in rows]


def _reminded(session: Session, case: Case) -> set[int]:
    session.rollback()
    return set(session.scalars(select(Reminder.person_id).where(Reminder.project_id == case.project_id)))


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
    case = _planned(session, moment)
    for days in range(COMPLETES_IN + 16):
        run(days)

    steps = [(20, 30), (43, 7), (49, 1), (50, 0), (57, -7), (64, -14)]
    assert _sent(session, case.secretary, moment, Due.COMPLETION) == steps
    assert _sent(session, case.drafter, moment, Due.COMPLETION) == steps
    assert _reminded(session, case) == {case.secretary, case.drafter}


def test_after_days_off_only_the_newest_step_is_sent(session: Session, moment: Moment, run: Pass) -> None:
    case = _planned(session, moment)
    run(0)
    run(66)
    run(67)
    run(71)

    assert _sent(session, case.secretary, moment, Due.COMPLETION) == [(66, -14), (71, -21)]


def test_an_installation_that_begins_is_not_flooded_with_what_passed_long_ago(
    session: Session, moment: Moment, run: Pass
) -> None:
    case = _planned(session, moment)
    run(COMPLETES_IN + 9)

    assert _sent(session, case.secretary, moment, Due.COMPLETION) == []


def test_a_reminder_is_no_event_of_the_case(session: Session, moment: Moment, run: Pass) -> None:
    case = _planned(session, moment)
    before = project_of(session, case).version, project_of(session, case).last_event_seq
    session.rollback()
    run(20)

    assert _reminded(session, case)
    assert (project_of(session, case).version, project_of(session, case).last_event_seq) == before


def test_the_reminders_stop_the_moment_the_act_is_done(session: Session, moment: Moment, run: Pass) -> None:
    case = published(session, moment, "DB31/T 1—2025")
    run(30)
    run(53)
    assert _sent(session, case.authority, moment, Due.FILING) == [(30, 30), (53, 7)]
    assert ("filing", moment.day + timedelta(days=60)) in _unread(session, case.authority)
    _file(session, case, _after(moment, 53))
    for days in (59, 60, 67):
        run(days)

    assert _sent(session, case.authority, moment, Due.FILING) == [(30, 30), (53, 7)]
    assert _unread(session, case.authority) == []


def test_the_reminders_follow_a_consultation_that_is_extended(session: Session, moment: Moment, run: Pass) -> None:
    case = in_consultation(session, moment, days=35)
    run(5)
    run(28)
    closes_on = moment.day + timedelta(days=45)
    do(session, case, Action.EXTEND_CONSULTATION, case.secretary, _after(moment, 28), closes_on=closes_on)
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
    case = _planned(session, moment)
    run(19)
    do(session, case, Action.EXTEND_PROJECT, case.authority, _after(moment, 19), months=2)
    completes_on = session.get_one(PlanEntry, case.project_id, populate_existing=True).completes_on
    session.rollback()
    first = (completes_on - moment.day).days - 30
    for days in range(20, first + 1):
        run(days)

    assert _sent(session, case.secretary, moment, Due.COMPLETION) == [(first, 30)]


def test_a_project_that_rests_reminds_nobody_and_afterwards_by_its_new_day(
    session: Session, moment: Moment, run: Pass
) -> None:
    case = _planned(session, moment)
    run(20)
    rest = SuspendProject(project_id=case.project_id, note="等待上位法修订")
    act(session, suspend, rest, person=case.authority, moment=_after(moment, 30))
    for days in range(31, 60):
        run(days)
    assert _sent(session, case.secretary, moment, Due.COMPLETION) == [(20, 30)]
    assert _unread(session, case.secretary) == []

    again = ResumeProject(project_id=case.project_id)
    act(session, resume, again, person=case.authority, moment=_after(moment, 60))
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


def test_whoever_left_or_whose_term_is_over_is_not_reminded(session: Session, moment: Moment, run: Pass) -> None:
    case = _planned(session, moment)
    with unit_of_work(session):
        set_active(session, SetActive(person_id=case.drafter, active=False), actor=OPERATOR, moment=moment)
        term = select(RoleGrant).where(RoleGrant.person_id == case.secretary)
        session.scalars(term).one().valid_to = _after(moment, 19).day
    run(20)

    assert _reminded(session, case) == set()


def test_a_newer_reminder_takes_the_place_of_an_older_one_that_was_not_read(
    session: Session, moment: Moment, run: Pass
) -> None:
    case = _planned(session, moment)
    for days in (20, 43, 49):
        run(days)

    assert _unread(session, case.secretary) == [("completion", moment.day + timedelta(days=COMPLETES_IN))]


def test_two_workers_remind_once(session_factory: sessionmaker[Session], session: Session, moment: Moment) -> None:
    case = _planned(session, moment)
    session.rollback()
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(lambda _: act_for_the_day(session_factory, moment=_after(moment, 20)), range(3)))

    assert _sent(session, case.secretary, moment, Due.COMPLETION) == [(20, 30)]
    assert session.scalar(select(func.count()).select_from(Notification)) == 2


# The mails.


def _with_addresses(session: Session, *people: int) -> None:
    with unit_of_work(session):
        for person in people:
            session.get_one(Person, person).email = f"person{person}@example.org"


def _send(session: Session, case: Case, moment: Moment, written: Moment) -> list[Mail]:
    transport = RecordingTransport()
    send_reminders(session, transport, case.project_id, written.day, base_url=BASE, moment=moment)
    return transport.sent


def test_one_row_of_the_outbox_stands_for_the_mails_of_a_case_and_a_day_and_they_leave_once(
    session: Session, moment: Moment, run: Pass
) -> None:
    case = _planned(session, moment)
    _with_addresses(session, case.secretary, case.drafter)
    run(20)
    day = _after(moment, 20)
    promised = session.execute(select(OutboxRow.project_id, OutboxRow.event_seq, OutboxRow.reminded_on)).all()
    session.rollback()

    assert (case.project_id, None, day.day) in [tuple(row) for row in promised]
    assert {mail.to_address for mail in _send(session, case, day, day)} == {
        f"person{case.secretary}@example.org",
        f"person{case.drafter}@example.org",
    }
    assert _send(session, case, day, day) == []


def test_nobody_without_an_address_and_nobody_of_the_demonstration_gets_a_mail(
    session: Session, moment: Moment, run: Pass
) -> None:
    case = _planned(session, moment)
    _with_addresses(session, case.secretary)
    with unit_of_work(session):
        session.get_one(Person, case.secretary).is_demonstration = True
    run(20)

    assert _reminded(session, case) == {case.secretary, case.drafter}
    assert session.scalar(select(func.count()).where(OutboxRow.reminded_on.is_not(None))) == 0


def test_a_mail_about_what_was_met_before_it_left_is_dropped(session: Session, moment: Moment, run: Pass) -> None:
    case = published(session, moment, "DB31/T 1—2025")
    _with_addresses(session, case.authority)
    run(30)
    written = _after(moment, 30)
    _file(session, case, written)

    assert _send(session, case, written, written) == []
    assert session.scalar(select(func.count()).where(Notification.channel == "mail")) == 0


class _Closed(RecordingTransport):
    def send(self, mail: Mail) -> None:
        raise OSError(f"mailbox full: {mail.to_address}")


def test_a_mail_that_leaves_late_says_how_much_time_is_left_then(session: Session, moment: Moment, run: Pass) -> None:
    case = _planned(session, moment)
    _with_addresses(session, case.secretary)
    run(49)
    written = _after(moment, 49)
    with pytest.raises(NotSent, match="mailbox full"):
        send_reminders(session, _Closed(), case.project_id, written.day, base_url=BASE, moment=written)

    (mail,) = _send(session, case, _after(moment, 52), written)
    assert "已逾期 2 天" in mail.subject


def test_a_mail_says_in_both_languages_what_is_due_by_which_rule_and_where_it_is_met(
    session: Session, moment: Moment, run: Pass
) -> None:
    case = published(session, moment, "DB31/T 1—2025")
    _with_addresses(session, case.authority)
    run(30)
    written = _after(moment, 30)
    (mail,) = _send(session, case, written, written)
    title, name = project_of(session, case).title_zh, mail.to_name

    assert mail.subject == f"《{title}》备案期限：还剩 30 天"
    assert mail.text == (
        f"{name}，您好：\n\n"
        f"地方标准《{title}》有一项期限需要您办理。\n\n"
        "备案期限：2025年8月1日，还剩 30 天。\n\n"
        "计算：自2025年6月2日的次日起60日，按日历日计。\n\n"
        "依据：《地方标准管理办法》（总局令第26号）第二十二条，待核实（尚未核实，为本安装采用的数值）。\n\n"
        f"办理：{BASE}/projects/{case.project_id}/actions/record_filing\n\n"
        "办结后不再提醒；期限变更的，按新的日期提醒。\n\n"
        "----------\n\n"
        f"Dear {name},\n\n"
        f"A deadline lies in your hands: local standard “{title}”.\n\n"
        "Filing is due: 1 August 2025, 30 days left.\n\n"
        "Counted: 60 days counted from the day after 2 June 2025, in calendar days.\n\n"
        "Basis: Order 26 Art. 22, to be verified "
        "(not confirmed; the figure is the one this installation goes by).\n\n"
        f"To be met at: {BASE}/projects/{case.project_id}/actions/record_filing\n\n"
        "The reminders end when it is done, and follow the date when it is moved.\n"
    )
