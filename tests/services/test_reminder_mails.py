"""The mails of the reminders: what they say, that they leave once, and that they are dropped when nothing is due."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.outbox import Notification, OutboxRow
from standards_wf.models.people import Person
from standards_wf.notifications.messages import Mail
from standards_wf.notifications.transport import RecordingTransport
from standards_wf.services import outbox
from standards_wf.services.notifying import NotSent
from standards_wf.services.people import OPERATOR
from standards_wf.services.reminding import send_reminders
from standards_wf.services.unit_of_work import unit_of_work
from tests.services.cases import Case, project_of
from tests.services.due_cases import Pass, after, daily_run, planned, record_filing, reminded
from tests.services.situations import published

BASE = "https://standards.example.org"


@pytest.fixture
def run(session_factory: sessionmaker[Session], moment: Moment) -> Pass:
    return daily_run(session_factory, moment)


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
    case = planned(session, moment)
    _with_addresses(session, case.secretary, case.drafter)
    run(20)
    day = after(moment, 20)
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
    case = planned(session, moment)
    _with_addresses(session, case.secretary)
    with unit_of_work(session):
        session.get_one(Person, case.secretary).is_demonstration = True
    run(20)

    assert reminded(session, case) == {case.secretary, case.drafter}
    assert session.scalar(select(func.count()).where(OutboxRow.reminded_on.is_not(None))) == 0


def test_a_mail_about_what_was_met_before_it_left_is_dropped(session: Session, moment: Moment, run: Pass) -> None:
    case = published(session, moment, "DB31/T 1—2025")
    _with_addresses(session, case.authority)
    run(30)
    written = after(moment, 30)
    record_filing(session, case, written)

    assert _send(session, case, written, written) == []
    assert session.scalar(select(func.count()).where(Notification.channel == "mail")) == 0


class _Closed(RecordingTransport):
    def send(self, mail: Mail) -> None:
        raise OSError(f"mailbox full: {mail.to_address}")


def test_a_mail_that_leaves_late_says_how_much_time_is_left_then(session: Session, moment: Moment, run: Pass) -> None:
    case = planned(session, moment)
    _with_addresses(session, case.secretary)
    run(49)
    written = after(moment, 49)
    with pytest.raises(NotSent, match="mailbox full"):
        send_reminders(session, _Closed(), case.project_id, written.day, base_url=BASE, moment=written)

    (mail,) = _send(session, case, after(moment, 52), written)
    assert "已逾期 2 天" in mail.subject


def test_a_mail_says_in_both_languages_what_is_due_by_which_rule_and_where_it_is_met(
    session: Session, moment: Moment, run: Pass
) -> None:
    case = published(session, moment, "DB31/T 1—2025")
    _with_addresses(session, case.authority)
    run(30)
    written = after(moment, 30)
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


def test_mails_of_reminders_that_were_given_up_are_tried_again_by_the_administrator(
    session: Session, moment: Moment, run: Pass
) -> None:
    case = planned(session, moment)
    _with_addresses(session, case.secretary)
    run(20)
    day = after(moment, 20)
    with unit_of_work(session):
        row = session.scalars(select(OutboxRow).where(OutboxRow.reminded_on.is_not(None))).one()
        row.given_up, row_id = True, row.id
    with unit_of_work(session):
        outbox.try_again(session, row_id, actor=OPERATOR, moment=day)

    claims = [each for _ in range(9) for each in outbox.claim(session, "worker", moment=day)]
    assert (None, day.day) in [(claim.event_seq, claim.reminded_on) for claim in claims]
