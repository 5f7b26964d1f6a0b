from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.outbox import Notification, Reminder
from standards_wf.models.projects import Project
from standards_wf.services.notifying import write_notifications
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind
from tests.support.client import Browser
from tests.support.scene import Scene

Browse = Callable[..., Browser]


def file_cases(session: Session, scene: Scene, moment: Moment, number: int, kind: Kind = Kind.LOCAL_STANDARD) -> None:
    with unit_of_work(session):
        for each in range(number):
            scene.file_suggestion(session, kind, moment=moment, title=f"建议{each}")


def test_the_desk_shows_the_cases_whose_next_step_is_mine_with_what_is_missing(
    browse: Browse, session: Session, scene: Scene, moment: Moment
) -> None:
    file_cases(session, scene, moment, 1)
    page = browse("department").get("/desk")
    assert "建议0" in page.text
    assert "必要性" in page.text
    assert "建议0" not in browse("clerk").get("/desk").text
    assert "没有等待您办理的项目" in browse("stranger").get("/desk").text


def test_the_desk_asks_as_much_of_the_database_for_a_page_as_for_a_hundred_cases(
    browse: Browse, session: Session, scene: Scene, moment: Moment
) -> None:
    file_cases(session, scene, moment, 20)
    full = browse("department").get("/desk").queries
    file_cases(session, scene, moment, 80)
    page = browse("department").get("/desk")
    assert page.queries <= full
    assert page.queries <= 120
    assert "/desk?page=5" in page.links
    browse("department").get("/desk?page=5")


def test_messages_are_read_one_by_one_or_all_at_once(
    browse: Browse, session: Session, scene: Scene, moment: Moment
) -> None:
    file_cases(session, scene, moment, 3)
    with unit_of_work(session):
        for event in session.scalars(select(LifecycleEvent)).all():
            write_notifications(session, event.project_id, event.seq, moment=moment)
    own = session.scalars(
        select(Notification.id).where(
            Notification.person_id == scene.people["department"], Notification.channel == "in_app"
        )
    ).all()
    browser = browse("department")
    assert "未读 3 条" in browser.get("/desk").text
    browser.submit("/desk", action=f"/desk/messages/{own[0]}")
    assert "未读 2 条" in browser.get("/desk").text
    token = browser.get("/desk").form("/desk/messages")
    stranger = browse("stranger")
    stranger.post(f"/desk/messages/{own[1]}", stranger.get("/desk").form("/logout"), status=404)
    browser.post("/desk/messages", token)
    assert "没有未读消息" in browser.get("/desk").text


def test_a_reminder_says_what_is_due_and_leads_to_where_it_is_met(
    browse: Browse, session: Session, scene: Scene, moment: Moment
) -> None:
    file_cases(session, scene, moment, 1)
    person_id = scene.people["department"]
    with unit_of_work(session):
        project_id = session.scalars(select(Project.id)).one()
        reminder = Reminder(
            project_id=project_id,
            due="papers_to_send",
            due_on=moment.day + timedelta(days=7),
            step=7,
            person_id=person_id,
            written_on=moment.day,
        )
        session.add(reminder)
        session.flush()
        message = Notification(
            project_id=project_id,
            reminder_id=reminder.id,
            person_id=person_id,
            channel="in_app",
            message="reminder",
            written_at=moment.at,
        )
        session.add(message)
        session.flush()
        address = f"/desk/messages/{message.id}"
    browser = browse("department")

    assert "最迟送出审查材料：还剩 7 天" in browser.get("/desk").text
    assert "Last day to send the papers: 7 days left" in browser.speak("en").get("/desk").text
    assert browser.submit("/desk", action=address).location == f"/projects/{project_id}/review/papers"
    assert "No unread messages" in browser.get("/desk").text


def test_a_committee_shows_its_people_and_is_closed_to_others(browse: Browse, scene: Scene) -> None:
    address = f"/committees/{scene.committees['committee']}"
    page = browse("member1").get(address)
    assert "委员会主任委员" in page.text
    assert page.queries <= 12
    browse("clerk").get(address)
    browse("stranger").get(address, status=404)
    assert "示例市碳计量技术委员会" in browse("member1").get("/committees").text
    assert "示例市碳计量技术委员会" not in browse("stranger").get("/committees").text
