"""What everybody may send: comments, objections and suggestions, and what keeps programs out."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import FixedClock, Moment
from standards_wf.models.base import Base
from standards_wf.models.consultations import Comment
from standards_wf.models.documents import NoticeObjection
from standards_wf.models.organizations import Organization, OrganizationKind
from standards_wf.models.projects import Project
from standards_wf.request import EXTENSION
from standards_wf.services.reference_data import load_reference_data
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Stage
from tests.support.client import Browser, Page
from tests.support.scene import Scene
from tests.web.public_scene import PublicScene

Browse = Callable[..., Browser]
COMMENT: dict[str, Any] = {"text": "第4.1条的限值偏严。", "author": "王一", "clause": "4.1", "type": "te"}


@pytest.fixture
def public(app: Flask, session: Session, scene: Scene, moment: Moment) -> PublicScene:
    return PublicScene(session, scene, app.extensions[EXTENSION].store, moment)


def number_of(session: Session, model: type[Base]) -> int:
    """How many rows there are by now; what the session saw before is forgotten."""
    session.rollback()
    return session.scalar(select(func.count()).select_from(model)) or 0


class Reader:
    """Somebody who takes a moment to read a form before sending it."""

    def __init__(self, browser: Browser, clock: FixedClock) -> None:
        self.browser, self.clock = browser, clock

    def send(self, address: str, action: str, *, status: int = 302, seconds: int = 30, **values: object) -> Page:
        form = self.browser.get(address).form(action)
        self.clock.advance(timedelta(seconds=seconds))
        return self.browser.post(action.partition("#")[0], {**form, **values}, status=status)


@pytest.fixture
def reader(browse: Browse, clock: FixedClock) -> Reader:
    return Reader(browse(), clock)


def test_a_comment_needs_no_account_and_gets_its_number(reader: Reader, public: PublicScene, session: Session) -> None:
    held = public.consultation()
    address = f"/consultations/{held}"
    page = reader.browser.get(f"{address}?clause=4.1")
    assert page.form(f"{address}#comment")["clause"] == "4.1"
    thanks = reader.send(address, f"{address}#comment", **COMMENT).location

    assert "意见编号：1" in reader.browser.get(thanks).text
    comment = session.scalars(select(Comment)).one()
    assert (comment.clause, comment.author, comment.person_id) == ("4.1", "王一", None)


def test_the_receipt_is_for_the_browser_that_sent_the_comment(
    reader: Reader, browse: Browse, public: PublicScene
) -> None:
    held = public.consultation()
    thanks = reader.send(f"/consultations/{held}", f"/consultations/{held}#comment", **COMMENT).location
    assert browse().get(thanks, status=302).location == f"/consultations/{held}"


def test_a_comment_that_cannot_be_taken_comes_back_with_everything_typed(
    reader: Reader, public: PublicScene, session: Session
) -> None:
    held = public.consultation()
    values: dict[str, Any] = {**COMMENT, "author": " ", "email": "nonsense", "proposed_change": "改为±2 %"}
    page = reader.send(f"/consultations/{held}", f"/consultations/{held}#comment", status=422, **values)

    assert page.title.startswith("错误：")
    assert "#field-author" in page.links
    assert "#field-email" in page.links
    form = page.form(f"/consultations/{held}#comment")
    assert str(form["text"]).strip() == COMMENT["text"]
    assert str(form["proposed_change"]).strip() == "改为±2 %"
    assert form["type"] == "te"
    assert number_of(session, Comment) == 0


def test_a_closed_consultation_says_so_and_takes_nothing(
    reader: Reader, public: PublicScene, session: Session, clock: FixedClock
) -> None:
    held = public.consultation(days=1)
    address = f"/consultations/{held}"
    form = reader.browser.get(address).form(f"{address}#comment")
    clock.advance(timedelta(days=3))
    page = reader.browser.post(address, {**form, **COMMENT}, status=422)
    assert "现在不接收意见" in page.text
    assert "征求意见已结束" in reader.browser.get(address).text
    assert number_of(session, Comment) == 0


def test_a_program_that_fills_in_everything_or_is_too_quick_is_asked_again(
    reader: Reader, public: PublicScene, session: Session
) -> None:
    held = public.consultation()
    address, action = f"/consultations/{held}", f"/consultations/{held}#comment"
    assert "请勿填写" in reader.send(address, action, status=422, homepage="http://x", **COMMENT).text
    too_quick = reader.send(address, action, status=422, seconds=0, **COMMENT)
    assert "再按一次提交" in too_quick.text
    reader.send(address, action, status=422, shown="forged", **COMMENT)
    assert number_of(session, Comment) == 0

    reader.clock.advance(timedelta(seconds=5))
    reader.browser.post(address, too_quick.form(action))
    assert number_of(session, Comment) == 1


def test_one_address_cannot_flood_a_consultation(reader: Reader, public: PublicScene, session: Session) -> None:
    held = public.consultation()
    address, action = f"/consultations/{held}", f"/consultations/{held}#comment"
    form = reader.browser.get(address).form(action)
    reader.clock.advance(timedelta(seconds=5))
    for _ in range(20):
        reader.browser.post(address, {**form, **COMMENT})
    page = reader.browser.post(address, {**form, **COMMENT}, status=422)
    assert "填写的内容都还在" in page.text
    reader.clock.advance(timedelta(minutes=11))
    reader.browser.post(address, {**form, **COMMENT})
    assert number_of(session, Comment) == 21


def test_somebody_who_is_logged_in_is_known(
    browse: Browse, public: PublicScene, session: Session, scene: Scene
) -> None:
    held = public.consultation()
    action = f"/consultations/{held}#comment"
    browser = browse("citizen")
    form = browser.get(f"/consultations/{held}").form(action)
    browser.post(f"/consultations/{held}", {**form, **COMMENT})
    assert session.scalars(select(Comment.person_id)).one() == scene.people["citizen"]


def test_an_objection_is_taken_while_the_notice_runs(reader: Reader, public: PublicScene, session: Session) -> None:
    held = public.notice(public.project(stage=Stage.PUBLIC_NOTICE), days=2)
    address, action = f"/notices/{held}", f"/notices/{held}#object"
    values: dict[str, Any] = {"name": "某单位", "contact": "021-1", "text": "与现行文件重复。"}
    assert reader.send(address, action, status=422, **{**values, "text": ""}).title.startswith("错误：")
    reader.send(address, action, **values)
    assert "已收到您的异议" in reader.browser.get(address).text
    assert session.scalars(select(NoticeObjection.text)).all() == ["与现行文件重复。"]

    form = reader.browser.get(address).form(action)
    reader.clock.advance(timedelta(days=4))
    assert "objections" not in reader.browser.get(address).text
    assert "不再接收异议" in reader.browser.post(address, {**form, **values}, status=422).text
    assert number_of(session, NoticeObjection) == 1


def test_a_suggestion_without_an_addressee_comes_back(reader: Reader, session: Session) -> None:
    typed: dict[str, Any] = {"title_zh": "某标准", "text": "", "name": "王一", "email": "w@example.org"}
    page = reader.send("/suggest?kind=local_standard", "/suggest", status=422, **typed)
    assert "#field-competent_department_id" in page.links
    assert page.form("/suggest")["title_zh"] == "某标准"
    assert number_of(session, Project) == 0


def test_the_lead_department_of_the_node_is_proposed(browse: Browse, session: Session, moment: Moment) -> None:
    with unit_of_work(session):
        load_reference_data(session, moment)
    transport = session.scalars(select(Organization).where(Organization.short_name == "市交通委")).one()
    form = browse().get("/suggest?kind=local_standard&node=S2.3").form("/suggest")
    assert form["framework_node"] == "S2.3"
    assert form["competent_department_id"] == str(transport.id)
    assert transport.kind is OrganizationKind.DEPARTMENT


def test_the_verification_scheme_is_not_offered_because_it_is_national(browse: Browse) -> None:
    page = browse().get("/suggest?kind=metrology_specification")
    assert "计量校准规范" in page.text
    assert "计量检定系统表" not in page.text
