import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.history import LifecycleEvent, Seal
from standards_wf.models.people import Person
from standards_wf.models.projects import Project
from standards_wf.notifications.transport import RecordingTransport
from standards_wf.services import clock_acts
from standards_wf.services.audit import verify
from standards_wf.services.clock_acts import act_for_the_day
from standards_wf.services.clock_due import ORDER, stages_for_the_clock
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.notifying import send_mails, write_notifications
from standards_wf.services.reading.histories import history_of
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.vocabulary import Action, Kind, Role, Stage
from tests.services.situations import in_consultation, published


def _after(moment: Moment, days: int) -> Moment:
    return Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))


def _published(
    sessions: sessionmaker[Session], moment: Moment, number: str, *, in_days: int = 0, kind: Kind = Kind.LOCAL_STANDARD
) -> int:
    """A document that comes into force in so many days, by the identity of its case."""
    with sessions() as session:
        effective_on = moment.day + timedelta(days=in_days)
        return published(
            session, moment, number, kind=kind, stage=Stage.PUBLISHED, effective_on=effective_on
        ).project_id


def _stage(sessions: sessionmaker[Session], project_id: int) -> Stage:
    with sessions() as session:
        return session.get_one(Project, project_id).stage


def _acts(sessions: sessionmaker[Session], project_id: int) -> list[str]:
    with sessions() as session:
        return list(
            session.scalars(
                select(LifecycleEvent.action)
                .where(LifecycleEvent.project_id == project_id, LifecycleEvent.actor_role == Role.SYSTEM)
                .where(LifecycleEvent.seq > 1)
                .order_by(LifecycleEvent.seq)
            )
        )


@pytest.mark.parametrize("kind", Kind)
def test_a_document_comes_into_force_on_its_day_and_not_before(
    session_factory: sessionmaker[Session], moment: Moment, kind: Kind
) -> None:
    case = _published(session_factory, moment, "DB31/T 1—2025", in_days=3, kind=kind)

    stages = []
    for days in range(5):
        assert act_for_the_day(session_factory, moment=_after(moment, days))
        stages.append(_stage(session_factory, case))

    assert stages == [Stage.PUBLISHED] * 3 + [Stage.IN_FORCE] * 2
    assert _acts(session_factory, case) == ["take_effect"]


@pytest.mark.parametrize("kind", Kind)
def test_a_consultation_is_closed_when_its_last_day_is_over(
    session_factory: sessionmaker[Session], moment: Moment, kind: Kind
) -> None:
    with session_factory() as session:
        case = in_consultation(session, moment, kind=kind).project_id

    assert act_for_the_day(session_factory, moment=_after(moment, 30))
    assert _stage(session_factory, case) is Stage.CONSULTATION
    assert act_for_the_day(session_factory, moment=_after(moment, 31))
    assert _stage(session_factory, case) is Stage.RESOLUTION


def test_two_workers_on_the_same_day_act_once_and_seal_once(
    session_factory: sessionmaker[Session], moment: Moment
) -> None:
    projects = [_published(session_factory, moment, f"DB31/T {serial}—2025") for serial in range(1, 5)]
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: act_for_the_day(session_factory, moment=moment), range(4)))

    assert done == [True] * 4
    assert [_acts(session_factory, project_id) for project_id in projects] == [["take_effect"]] * 4
    with session_factory() as session:
        assert session.scalar(select(func.count()).select_from(Seal)) == 1
        assert verify(session).is_whole


def test_one_case_that_cannot_be_handled_holds_up_no_other_and_leaves_the_day_open(
    session_factory: sessionmaker[Session], moment: Moment, caplog: pytest.LogCaptureFixture
) -> None:
    broken, sound = (_published(session_factory, moment, f"DB31/T {serial}—2025") for serial in (1, 2))

    def stumble(session: Session, cmd: PerformAction, **given: object) -> LifecycleEvent:
        if cmd.project_id == broken:
            raise ValueError("a row that nobody expected")
        return perform(session, cmd, **given)  # type: ignore[arg-type]  # what perform is given is passed on

    with patch.object(clock_acts, "perform", stumble), caplog.at_level(logging.ERROR):
        assert not act_for_the_day(session_factory, moment=moment)
    assert (_stage(session_factory, broken), _stage(session_factory, sound)) == (
        Stage.PUBLISHED,
        Stage.IN_FORCE,
    )
    assert act_for_the_day(session_factory, moment=moment)
    assert _stage(session_factory, broken) is Stage.IN_FORCE


@pytest.mark.parametrize(
    ("late", "told"),
    [(0, "截止日期：2025年7月2日；轮次：1"), (39, "应于2025年7月3日办理，迟办39日；截止日期：2025年7月2日；轮次：1")],
)
def test_the_history_says_when_an_act_fell_due_where_it_was_done_late(
    session_factory: sessionmaker[Session], session: Session, moment: Moment, late: int, told: str
) -> None:
    case = in_consultation(session, moment, days=30)
    session.rollback()
    assert act_for_the_day(session_factory, moment=_after(moment, 31 + late))

    newest = history_of(session, case.project_id, Kind.LOCAL_STANDARD).rows[0]
    assert newest.text == f"结束征求意见（征求意见 → 意见处理）：{told}。"


def test_the_clock_does_what_the_procedure_lets_the_system_do_and_nothing_else() -> None:
    allowed = {row.action for table in PROCEDURES.values() for row in table.rows if Role.SYSTEM in row.roles}

    assert allowed == set(ORDER)
    assert stages_for_the_clock(Action.SUPERSEDE) >= {Stage.IN_FORCE, Stage.UNDER_REVIEW}


def test_a_mail_about_an_act_that_was_done_late_says_so(
    session_factory: sessionmaker[Session], session: Session, moment: Moment
) -> None:
    case = in_consultation(session, moment, days=30)
    with unit_of_work(session):
        session.get_one(Person, case.secretary).email = "secretary@example.org"
    late = _after(moment, 33)
    assert act_for_the_day(session_factory, moment=late)
    with unit_of_work(session):
        write_notifications(session, case.project_id, 2, moment=late)
    transport = RecordingTransport()
    send_mails(session, transport, case.project_id, 2, base_url="https://standards.example.org", moment=late)

    (mail,) = transport.sent
    assert "应于2025年7月3日办理，迟办2日。" in mail.text
    assert "It was due on 3 July 2025, done 2 days late." in mail.text
