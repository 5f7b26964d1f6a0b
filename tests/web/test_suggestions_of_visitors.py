"""A visitor suggests a document: the address is confirmed by mail, and the case followed by a private link."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import FixedClock, Moment, moment
from standards_wf.models.base import Base
from standards_wf.models.confirmations import Letter, MailedLink, WaitingSuggestion
from standards_wf.models.projects import Project
from standards_wf.notifications.transport import RecordingTransport
from standards_wf.request import EXTENSION
from standards_wf.services.letters import Post, send_next_letter, write_letters_about
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.public_suggestions import forget_unconfirmed
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Action, Kind, MetrologyCategory, Stage
from tests.support.client import Browser, Page
from tests.support.scene import NODE, Scene

Browse = Callable[..., Browser]
LINK = re.compile(r"https?://[^/\s]+(/suggestions/\S+)")


@dataclass
class Visitor:
    """Somebody without an account, with a mailbox."""

    browser: Browser
    clock: FixedClock
    app: Flask
    sessions: sessionmaker[Session]
    scene: Scene
    mailbox: RecordingTransport

    def now(self) -> Moment:
        return moment(self.app.extensions[EXTENSION].settings.timezone)

    def suggests(self, kind: Kind = Kind.LOCAL_STANDARD, *, status: int = 302, **changed: object) -> Page:
        values: dict[str, Any] = {"title_zh": "充电桩能效", "text": "没有统一的方法。", "name": "王一"}
        values |= {"email": "wang@example.org", "contact": "", **self.addressee(kind), **changed}
        form = self.browser.get(f"/suggest?kind={kind}&node={NODE}").form("/suggest")
        self.clock.advance(timedelta(seconds=30))
        return self.browser.post("/suggest", {**form, **values}, status=status)

    def addressee(self, kind: Kind) -> dict[str, object]:
        if kind is Kind.LOCAL_STANDARD:
            return {"competent_department_id": self.scene.organizations["department"]}
        if kind is Kind.GROUP_STANDARD:
            return {"group_id": self.scene.organizations["association"]}
        category = MetrologyCategory.CALIBRATION_SPECIFICATION
        return {"category": category, "committee_id": self.scene.committees["committee"]}

    def fetches_mail(self) -> str:
        """The link in the mail that came last."""
        key = self.app.extensions[EXTENSION].settings.secret_key
        post = Post(self.mailbox, key, "https://standards.example.org")
        while send_next_letter(self.sessions, post, now=self.now):
            pass
        return str(LINK.findall(self.mailbox.sent[-1].text)[0])

    def confirms(self, link: str, *, status: int = 302) -> Page:
        form = self.browser.get(link).form(link)
        return self.browser.post(link, form, status=status)

    def number_of(self, model: type[Base]) -> int:
        with self.sessions() as session:
            return session.scalar(select(func.count()).select_from(model)) or 0


@pytest.fixture
def visitor(
    browse: Browse, clock: FixedClock, app: Flask, session_factory: sessionmaker[Session], scene: Scene
) -> Visitor:
    return Visitor(browse(), clock, app, session_factory, scene, RecordingTransport())


@pytest.mark.parametrize("kind", Kind)
def test_a_visitor_suggests_confirms_and_follows(visitor: Visitor, kind: Kind) -> None:
    receipt = visitor.suggests(kind)
    assert "尚未受理" in visitor.browser.get(receipt.location).text
    assert (visitor.number_of(Project), visitor.number_of(WaitingSuggestion)) == (0, 1)

    link = visitor.fetches_mail()
    assert visitor.mailbox.sent[-1].to_address == "wang@example.org"
    assert "充电桩能效" in visitor.browser.get(link).text
    assert visitor.number_of(Project) == 0, "looking at a link confirms nothing"

    followed = visitor.confirms(link)
    with visitor.sessions() as session:
        project = session.scalars(select(Project)).one()
        assert (project.kind, project.stage, project.framework_node) == (kind, Stage.SUGGESTED, NODE)
        assert project.contact == "wang@example.org"
    page = visitor.browser.get(followed.location)
    assert f"编号{project.id}" in page.text
    assert page.response.headers["Cache-Control"] == "no-store"
    assert visitor.number_of(WaitingSuggestion) == 0
    assert visitor.fetches_mail() == followed.location, "the second letter brings the link of the page"


def test_a_link_confirms_once(visitor: Visitor) -> None:
    visitor.suggests()
    link = visitor.fetches_mail()
    form = visitor.browser.get(link).form(link)
    visitor.browser.post(link, form)

    again = visitor.browser.post(link, form, status=410)
    assert "已经使用过" in again.text
    assert visitor.number_of(Project) == 1


def test_a_link_ends_after_its_last_day_and_what_waited_is_forgotten(visitor: Visitor) -> None:
    visitor.suggests()
    link = visitor.fetches_mail()
    form = visitor.browser.get(link).form(link)
    visitor.clock.advance(timedelta(days=7))
    visitor.browser.get(link)
    visitor.clock.advance(timedelta(days=1))

    assert "已过期" in visitor.browser.post(link, form, status=410).text
    with visitor.sessions() as session, unit_of_work(session):
        assert forget_unconfirmed(session, moment=visitor.now()) == 1
    assert visitor.number_of(WaitingSuggestion) + visitor.number_of(MailedLink) + visitor.number_of(Letter) == 0
    visitor.browser.get(link, status=404)


def test_a_secret_that_was_never_sent_leads_nowhere(visitor: Visitor) -> None:
    visitor.suggests()
    confirming = visitor.fetches_mail()
    for address in ("/suggestions/confirm/abc", "/suggestions/follow/abc", confirming.replace("confirm", "follow")):
        visitor.browser.get(address, status=404)


@pytest.mark.parametrize(
    "email", ["", "wang", "wang@", "wang@example", "王@example.org", "a b@example.org", "a@b.c\nBcc: x@y.z"]
)
def test_an_address_that_no_letter_reaches_comes_back(visitor: Visitor, email: str) -> None:
    page = visitor.suggests(status=422, email=email)
    assert "#field-email" in page.links
    assert page.form("/suggest")["title_zh"] == "充电桩能效"
    assert visitor.number_of(MailedLink) == 0


def test_nobodys_mailbox_is_filled_from_here(visitor: Visitor) -> None:
    for number in range(5):
        visitor.suggests(title_zh=f"第{number}项")
    page = visitor.suggests(status=422, title_zh="第六项", email="WANG@example.org")
    assert "已有5项内容等待确认" in page.text
    visitor.suggests(email="another@example.org")


def test_the_answer_in_writing_is_mailed_and_stands_on_the_private_page(visitor: Visitor) -> None:
    visitor.suggests()
    page_of_mine = visitor.confirms(visitor.fetches_mail()).location
    visitor.fetches_mail()
    with visitor.sessions() as session, unit_of_work(session):
        project = session.scalars(select(Project)).one()
        official = visitor.scene.actor(session, "department", visitor.now())
        command = PerformAction(project_id=project.id, action=Action.DECLINE, note="已有同类国家标准。")
        event = perform(session, command, actor=official, moment=visitor.now())
        write_letters_about(session, project.id, event.seq, moment=visitor.now())
        write_letters_about(session, project.id, event.seq, moment=visitor.now())

    sent = len(visitor.mailbox.sent)
    assert visitor.fetches_mail() == page_of_mine
    assert len(visitor.mailbox.sent) == sent + 1, "one letter, however often the event is handled"
    assert "已有同类国家标准。" in visitor.mailbox.sent[-1].text
    shown = visitor.browser.get(page_of_mine).text
    assert "已有同类国家标准。" in shown
    assert "不予立项" in shown


def test_whoever_is_logged_in_needs_no_confirmation(visitor: Visitor, browse: Browse) -> None:
    visitor.browser = browse("citizen")
    receipt = visitor.suggests(contact="市民的电话")
    with visitor.sessions() as session:
        project = session.scalars(select(Project)).one()
        assert project.proposer_id == visitor.scene.people["citizen"]
    assert f"建议编号：{project.id}" in visitor.browser.get(receipt.location).text
    assert visitor.number_of(MailedLink) == 0


def test_a_mail_that_does_not_leave_is_tried_again_and_given_up_in_the_end(visitor: Visitor) -> None:
    class Broken:
        attempts = 0

        def send(self, mail: object) -> None:  # noqa: ARG002  nothing leaves here
            self.attempts += 1
            raise OSError("no route to the server")

    visitor.suggests()
    broken = Broken()
    post = Post(broken, visitor.app.extensions[EXTENSION].settings.secret_key, "https://standards.example.org")
    for _ in range(20):
        while send_next_letter(visitor.sessions, post, now=visitor.now):
            pass
        visitor.clock.advance(timedelta(hours=3))
    with visitor.sessions() as session:
        letter = session.scalars(select(Letter)).one()
        assert (letter.sent_at, letter.attempts, broken.attempts) == (None, 8, 8)
        assert "no route" in letter.last_error
