from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.outbox import Notification
from standards_wf.models.people import Person
from standards_wf.notifications.messages import Mail
from standards_wf.notifications.transport import RecordingTransport
from standards_wf.services.access import entrance_to
from standards_wf.services.lifecycle import CorrectStage, correct_stage
from standards_wf.services.notifying import NotSent, send_mails, write_notifications
from standards_wf.services.people import OPERATOR, ChangePerson, SetActive, change_person, set_active
from standards_wf.services.record import Happening, append
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Event, Kind, Role, Stage
from tests.support.scene import MEMBERS, Scene

BASE = "https://standards.example.org"


@pytest.fixture
def project_id(session: Session, scene: Scene, moment: Moment) -> int:
    with unit_of_work(session):
        return scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment).id


def _happens(
    session: Session, scene: Scene, project_id: int, event: Event, *, by: str, role: Role, moment: Moment
) -> int:
    with unit_of_work(session):
        actor = scene.actor(session, by, moment)
        project = entrance_to(session, project_id, actor).project
        happening = Happening(action=event, role=role, to_stage=project.stage, note="请准时参加")
        seq = append(session, project, happening, actor=actor, moment=moment).seq
    with unit_of_work(session):
        write_notifications(session, project_id, seq, moment=moment)
    return seq


def _told(session: Session, seq: int, channel: str = "in_app") -> set[str]:
    session.rollback()
    return set(
        session.scalars(
            select(Person.login)
            .join(Notification, Notification.person_id == Person.id)
            .where(Notification.event_seq == seq, Notification.channel == channel)
        )
    )


def test_a_suggestion_reaches_those_to_whom_it_was_made(
    session: Session, scene: Scene, moment: Moment, project_id: int
) -> None:
    with unit_of_work(session):
        write_notifications(session, project_id, 1, moment=moment)

    assert _told(session, 1) == {"department", "secretary"}
    assert scene.people


def test_a_ballot_reaches_the_committee_and_nobody_of_another(
    session: Session, scene: Scene, moment: Moment, project_id: int
) -> None:
    seq = _happens(
        session, scene, project_id, Event.BALLOT_OPENED, by="secretary", role=Role.COMMITTEE_SECRETARY, moment=moment
    )

    assert _told(session, seq) == {"chair", *MEMBERS}


def test_a_vote_reaches_nobody(session: Session, scene: Scene, moment: Moment, project_id: int) -> None:
    seq = _happens(session, scene, project_id, Event.VOTE_CAST, by="member1", role=Role.COMMITTEE_MEMBER, moment=moment)

    assert _told(session, seq) == set()


def test_who_left_and_whose_term_is_over_is_not_told(
    session: Session, scene: Scene, moment: Moment, project_id: int
) -> None:
    with unit_of_work(session):
        set_active(session, SetActive(person_id=scene.people["member1"], active=False), actor=OPERATOR, moment=moment)
    seq = _happens(
        session, scene, project_id, Event.BALLOT_OPENED, by="secretary", role=Role.COMMITTEE_SECRETARY, moment=moment
    )

    assert _told(session, seq) == {"chair", *MEMBERS} - {"member1"}


def test_the_same_message_is_written_once_and_sent_once(
    session: Session, scene: Scene, moment: Moment, project_id: int
) -> None:
    transport = RecordingTransport()
    for _ in range(2):
        with unit_of_work(session):
            write_notifications(session, project_id, 1, moment=moment)
        send_mails(session, transport, project_id, 1, base_url=BASE, moment=moment)

    assert sorted(mail.to_address for mail in transport.sent) == ["department@example.org", "secretary@example.org"]
    assert len({mail.identity for mail in transport.sent}) == 2
    assert session.scalars(select(Notification.sent_at)).all() == [moment.at] * 4
    assert scene.people


def test_somebody_without_an_address_is_told_in_the_application_alone(
    session: Session, scene: Scene, moment: Moment, project_id: int
) -> None:
    with unit_of_work(session):
        change_person(
            session, ChangePerson(person_id=scene.people["secretary"], email=""), actor=OPERATOR, moment=moment
        )
        write_notifications(session, project_id, 1, moment=moment)

    assert _told(session, 1) == {"department", "secretary"}
    assert _told(session, 1, "mail") == {"department"}


def test_nobody_of_the_demonstration_gets_a_mail(
    session: Session, scene: Scene, moment: Moment, project_id: int
) -> None:
    with unit_of_work(session):
        session.get_one(Person, scene.people["secretary"]).is_demonstration = True
        write_notifications(session, project_id, 1, moment=moment)

    assert _told(session, 1) == {"department", "secretary"}
    assert _told(session, 1, "mail") == {"department"}


class _Full(RecordingTransport):
    def send(self, mail: Mail) -> None:
        if mail.to_address.startswith("department"):
            raise OSError("mailbox full")
        super().send(mail)


def test_a_full_mailbox_does_not_hold_up_the_others(session: Session, moment: Moment, project_id: int) -> None:
    full, open_again = _Full(), RecordingTransport()
    with unit_of_work(session):
        write_notifications(session, project_id, 1, moment=moment)
    with pytest.raises(NotSent, match="mailbox full"):
        send_mails(session, full, project_id, 1, base_url=BASE, moment=moment)
    send_mails(session, open_again, project_id, 1, base_url=BASE, moment=moment)

    assert [mail.to_address for mail in full.sent] == ["secretary@example.org"]
    assert [mail.to_address for mail in open_again.sent] == ["department@example.org"]


def test_a_mail_tells_in_both_languages_what_happened(
    session: Session, scene: Scene, moment: Moment, project_id: int
) -> None:
    with unit_of_work(session):
        correct_stage(
            session,
            CorrectStage(project_id=project_id, stage=Stage.DRAFTING, note="登记有误"),
            actor=scene.actor(session, "administrator", moment),
            moment=moment,
        )
    later = Moment(moment.at + timedelta(hours=1), moment.day)
    transport = RecordingTransport()
    with unit_of_work(session):
        write_notifications(session, project_id, 2, moment=later)
    send_mails(session, transport, project_id, 2, base_url=BASE, moment=later)
    mail = next(mail for mail in transport.sent if mail.to_name == "市民")

    assert mail.subject == "《电动汽车充电桩能效评价》人工更正阶段"
    assert mail.text == (
        "市民，您好：\n\n"
        "2025年6月2日，系统管理员（系统管理员）对地方标准《电动汽车充电桩能效评价》完成了以下事项：人工更正阶段。\n\n"
        "说明：登记有误\n\n"
        "项目目前所处阶段：起草。\n\n"
        f"详情：{BASE}/projects/{project_id}\n\n"
        "----------\n\n"
        "Dear 市民,\n\n"
        "On 2 June 2025, 系统管理员 (administrator) corrected the stage by hand: "
        "local standard “电动汽车充电桩能效评价”.\n\n"
        "Note: 登记有误\n\n"
        "The case now stands at: Drafting.\n\n"
        f"See: {BASE}/projects/{project_id}\n"
    )
