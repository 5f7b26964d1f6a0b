"""Forms of which nothing else asks: each is done once rightly and once wrongly, and loses nothing that was typed."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import FixedClock, Moment
from standards_wf.models.documents import NoticeObjection, PeriodicReview, Publication
from standards_wf.models.history import AdministrationEvent
from standards_wf.models.outbox import OutboxRow
from standards_wf.request import EXTENSION
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import DraftStage, Kind, Paper, Stage
from tests.support.client import HTML, Browser, Page
from tests.support.scene import PASSWORD, Scene
from tests.web.public_scene import PublicScene
from tests.web.test_life_through_pages import PDF, a_text

Browse = Callable[..., Browser]
Typed = dict[str, Any]
"""What somebody types into a form, field by field."""


@pytest.fixture
def public(app: Flask, session: Session, scene: Scene, moment: Moment) -> PublicScene:
    return PublicScene(session, scene, app.extensions[EXTENSION].store, moment)


def comes_back(page: Page, action: str = "", /, **typed: str) -> None:
    """A form that was not accepted says so in its title and sums up by name what is wrong; nothing typed is lost."""
    assert page.title.startswith("错误：")
    links = [link for link in page.links if link.startswith("#field-")]
    ids = {element.get("id") for element in page.tree.iter()}
    assert links
    assert all(link[1:] in ids for link in links)
    values = page.form(action)
    assert {name: str(values[name]).strip() for name in typed} == typed


def ending_in(page: Page, end: str) -> str:
    """The address of the form whose address ends so."""
    return next(action for form in page.tree.iter(f"{HTML}form") if (action := form.get("action") or "").endswith(end))


# Publication


PARTICULARS: Typed = {
    "title_en": "Energy efficiency of charging piles",
    "purpose": "统一方法。",
    "necessity": "没有统一的方法。",
    "scope": "适用于充电桩。",
    "technical_content": "指标和方法。",
    "relation_to_laws": "符合法律法规。",
    "drafting_units": "示例市计量测试研究院\n示例充电设备有限公司",
    "drafters": "第一起草人；示例市计量测试研究院；drafter",
    "contact": "联系人",
    "proposed_months": "12",
    "ics": "29.200",
    "ccs": "K 81",
}


@pytest.fixture
def described(browse: Browse, public: PublicScene, session: Session) -> int:
    """A case that was described by its department and then came to where its papers are submitted."""
    project = public.project(Kind.LOCAL_STANDARD, Stage.SUGGESTED)
    browse("department").submit(f"/projects/{project}/application/edit", **PARTICULARS)
    browse("administrator").submit(f"/projects/{project}/history/correct", stage="submission", note="演练。")
    session.rollback()
    return project


def prepares(browse: Browse, project: int, *, status: int = 302, **values: str) -> Page:
    days: Typed = {"approved_on": "2025-06-02", "published_on": "2025-06-10", "effective_on": "2025-10-01"}
    address = f"/projects/{project}/publication/edit"
    return browse("clerk").submit(address, status=status, **{**days, "announcement_number": "2025年第1号", **values})


def test_number_and_dates_are_prepared_and_a_number_of_another_series_comes_back(
    browse: Browse, described: int
) -> None:
    page = prepares(browse, described, status=422, number="GB/T 1—2025")
    comes_back(page, number="GB/T 1—2025", announcement_number="2025年第1号", effective_on="2025-10-01")
    prepares(browse, described, number="")
    shown = browse("clerk").get(f"/projects/{described}/publication").text
    assert "DB31/T 1—2025" in shown
    assert "2025年第1号" in shown
    browse("secretary").get(f"/projects/{described}/publication/edit", status=403)


def test_a_date_that_is_none_is_told_at_its_field(browse: Browse, described: int) -> None:
    page = prepares(browse, described, status=422, effective_on="2025-02-30")
    comes_back(page, effective_on="2025-02-30")
    assert "实施日期：" in page.text


def test_a_document_is_published_on_the_pages_and_not_before_everything_is_there(
    browse: Browse, described: int, session: Session
) -> None:
    clerk, secretary, at = browse("clerk"), browse("secretary"), f"/projects/{described}"
    text = (BytesIO(a_text(DraftStage.SUBMISSION)), "报批稿.docx")
    secretary.submit(f"{at}/drafts/new", draft_stage="submission", file=text)
    browse("administrator").submit(f"{at}/history/correct", stage="approval", note="演练。")
    early = clerk.submit(f"{at}/actions/publish", status=409, note="请尽快公布。")
    assert str(early.form()["note"]).strip() == "请尽快公布。"
    assert f"{at}/publication" in clerk.get(at).links

    clerk.submit(f"{at}/drafts/make", status=422, draft_stage="publication")
    prepares(browse, described)
    clerk.submit(f"{at}/drafts/make", draft_stage="publication")
    assert "发布稿" in clerk.get(f"{at}/drafts").text
    for paper in Paper:
        attaching = clerk.get(f"{at}/papers/new?paper={paper}")
        if f'value="{paper}" selected' in attaching.html:
            clerk.submit(f"{at}/papers/new", paper=paper.value, file=(BytesIO(PDF), "材料.pdf"))
    clerk.submit(f"{at}/actions/publish", note="")
    publication = session.get_one(Publication, described, populate_existing=True)
    assert publication.published_at is not None
    assert "DB31/T 1—2025" in browse().get(f"/standards/{publication.slug}").text


# Papers


def test_a_paper_is_made_and_one_that_lacks_something_says_what(browse: Browse, described: int) -> None:
    secretary, at = browse("secretary"), f"/projects/{described}/papers"
    secretary.submit(at, action=f"{at}/explanatory_note")
    refused = secretary.get(at)
    assert "notice-error" in refused.html
    assert not any(link.startswith("/files/papers/") for link in refused.links)
    secretary.submit(at, action=f"{at}/comment_table")
    made = secretary.get(at)
    assert "已生成" in made.text
    assert any(link.startswith("/files/papers/") for link in made.links)


def test_a_paper_that_nobody_knows_is_not_made(browse: Browse, described: int) -> None:
    secretary, at = browse("secretary"), f"/projects/{described}/papers"
    token = secretary.get(at).form("/logout")
    for paper in ("nonsense", "translation"):
        secretary.post(f"{at}/{paper}", token, status=404 if paper == "nonsense" else 422)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_paper_is_attached_and_a_program_in_its_clothes_is_not(browse: Browse, described: int, language: str) -> None:
    secretary, address = browse("secretary").speak(language), f"/projects/{described}/papers/new"
    disguised = (BytesIO(b"MZ\x90\x00"), "函.pdf")
    refused = secretary.submit(address, status=422, paper="submission_letter", file=disguised)
    assert refused.form()["paper"] == "submission_letter"
    secretary.submit(address, status=422, paper="submission_letter")
    secretary.submit(address, paper="submission_letter", file=(BytesIO(PDF), "函.pdf"))
    shown = secretary.get(f"/projects/{described}/papers")
    paper = next(link for link in shown.links if link.startswith("/files/papers/"))
    assert secretary.get(paper).response.data == PDF
    browse("stranger").get(paper, status=404)


def test_the_package_comes_in_one_file_and_a_paper_as_pdf(browse: Browse, described: int) -> None:
    secretary, at = browse("secretary"), f"/projects/{described}/papers"
    secretary.submit(at, action=f"{at}/submission_letter")
    shown = secretary.get(at)
    assert f"{at}/package.zip" in shown.links
    with ZipFile(BytesIO(secretary.get(f"{at}/package.zip").response.data)) as package:
        assert "01 报批函.docx" in package.namelist()
    pdf = next(link for link in shown.links if link.endswith(".pdf"))
    assert secretary.get(pdf).response.data.startswith(b"%PDF")
    for address in (f"{at}/package.zip", pdf):
        browse("stranger").get(address, status=404)


# Notices and periodic reviews


def test_an_objection_to_a_notice_is_answered_with_words(
    browse: Browse, public: PublicScene, session: Session, clock: FixedClock
) -> None:
    project = public.project(Kind.METROLOGY_SPECIFICATION, Stage.PUBLIC_NOTICE)
    notice = f"/notices/{public.notice(project)}"
    visitor = browse()
    form = visitor.get(notice).form(f"{notice}#object")
    clock.advance(timedelta(minutes=1))
    typed: Typed = {"text": "第5章缺少依据。", "name": "王一", "contact": ""}
    comes_back(visitor.post(notice, {**form, **typed}, status=422), f"{notice}#object", **typed)
    visitor.post(notice, {**form, **typed, "contact": "021-00000000"})
    clerk, life = browse("clerk"), f"/projects/{project}/life"
    answer = next(link for link in clerk.get(life).links if "/life/objections/" in link)
    assert "王一" in clerk.get(answer).text
    comes_back(clerk.submit(answer, status=422, answer=" \n "), answer="")
    clerk.submit(answer, answer="依据已补充。")
    assert "依据已补充。" in clerk.get(life).text
    assert session.scalars(select(NoticeObjection.answer)).one() == "依据已补充。"
    browse("secretary").get(answer, status=403)
    clerk.get(f"{life}/objections/999", status=404)


@pytest.fixture
def under_review(public: PublicScene, session: Session, moment: Moment) -> int:
    project = public.project(Kind.LOCAL_STANDARD, Stage.UNDER_REVIEW)
    with unit_of_work(session):
        session.add(PeriodicReview(project_id=project, number=1, opened_on=moment.day))
    return project


def test_the_opinion_of_a_periodic_review_needs_a_conclusion_and_its_grounds(browse: Browse, under_review: int) -> None:
    department, address = browse("department"), f"/projects/{under_review}/life/opinion"
    page = department.submit(address, status=422, grounds="仍然适用。")
    comes_back(page, grounds="仍然适用。")
    page = department.submit(address, status=422, conclusion="valid", grounds="")
    comes_back(page, conclusion="valid")
    department.submit(address, conclusion="valid", grounds="仍然适用。")
    assert "仍然适用。" in department.get(f"/projects/{under_review}/life").text


def test_who_was_overtaken_at_an_opinion_keeps_it(browse: Browse, under_review: int) -> None:
    slow, quick = browse("department"), browse("secretary")
    address = f"/projects/{under_review}/life/opinion"
    values = {**slow.get(address).form(), "conclusion": "revise", "grounds": "技术已变化。"}
    quick.submit(address, conclusion="valid", grounds="仍然适用。")
    page = slow.post(address, values, status=409)
    assert "复审" in page.text
    assert str(page.form()["grounds"]).strip() == "技术已变化。"
    slow.post(address, {**page.form(), "conclusion": "revise"})


def test_a_document_that_is_not_under_review_takes_no_opinion(browse: Browse, public: PublicScene) -> None:
    project = public.project(Kind.LOCAL_STANDARD, Stage.IN_FORCE)
    values: Typed = {"conclusion": "valid", "grounds": "仍然适用。"}
    page = browse("department").submit(f"/projects/{project}/life/opinion", status=422, **values)
    assert "仍然适用。" in page.html


# The text made by the system


def test_a_text_cannot_be_made_where_there_is_none(browse: Browse, described: int) -> None:
    page = browse("secretary").submit(f"/projects/{described}/drafts/make", status=422, draft_stage="submission")
    assert page.form()["draft_stage"] == "submission"


def test_the_text_of_the_next_stage_is_made_from_the_last_one(browse: Browse, described: int) -> None:
    secretary, at = browse("secretary"), f"/projects/{described}/drafts"
    text = (BytesIO(a_text(DraftStage.SUBMISSION)), "文稿.docx")
    secretary.submit(f"{at}/new", draft_stage="submission", file=text)
    secretary.submit(f"{at}/make", draft_stage="submission")
    assert "报批稿" in secretary.get(f"{at}/2").text
    browse("stranger").get(f"{at}/2", status=404)


# One's own account


def test_a_password_is_changed_by_who_knows_the_present_one(browse: Browse) -> None:
    browser, new = browse("member1"), "a quite different sentence"
    page = browser.submit("/account/password", status=422, present_password="not it", password=new)
    comes_back(page, present_password="", password="")
    comes_back(browser.submit("/account/password", status=422, present_password=PASSWORD, password="short"))
    browser.submit("/account/password", present_password=PASSWORD, password=new)
    browse().submit("/login", action="/login", login="member1", password=new)


def test_a_token_needs_a_purpose_and_a_day_to_come(browse: Browse) -> None:
    browser = browse("member1")
    comes_back(browser.submit("/account/tokens", status=422, name="", expires_at="2025-12-31"), expires_at="2025-12-31")
    comes_back(browser.submit("/account/tokens", status=422, name="统计", expires_at="2025-01-01"), name="统计")
    comes_back(browser.submit("/account/tokens", status=422, name="统计", expires_at="soon"), expires_at="soon")
    assert "swf_" in browser.submit("/account/tokens", status=200, name="统计", expires_at="2025-12-31").text


def test_everybody_finds_the_own_account_behind_the_own_name(browse: Browse) -> None:
    assert "/account" in browse("member1").get("/").links
    assert {"/account/password", "/account/tokens", "/committees"} <= set(browse("member1").get("/account").links)
    assert "/account" not in browse().get("/").links


# Administration


def test_particulars_of_a_person_are_changed_and_a_wrong_address_comes_back(browse: Browse, scene: Scene) -> None:
    administrator, person = browse("administrator"), f"/admin/people/{scene.people['member1']}"
    page = administrator.submit(f"{person}/edit", status=422, name="新名字", email="no address")
    comes_back(page, name="新名字", email="no address")
    administrator.submit(f"{person}/edit", name="新名字", email="new@example.org")
    shown = administrator.get(person).text
    assert "新名字" in shown
    assert "new@example.org" in shown
    assert "示例大学" in shown


def test_the_administrator_gives_a_new_password_and_uses_the_own_page_for_the_own(browse: Browse, scene: Scene) -> None:
    administrator, new = browse("administrator"), "a quite different sentence"
    person = f"/admin/people/{scene.people['member1']}"
    comes_back(administrator.submit(f"{person}/password", status=422, password="short"), password="")
    administrator.submit(f"{person}/password", password=new)
    browse().submit("/login", action="/login", login="member1", password=new)
    own = administrator.get(f"/admin/people/{scene.people['administrator']}/password", status=302)
    assert own.location == "/account/password"


def test_who_is_deactivated_cannot_log_in_until_activated_again(browse: Browse, scene: Scene) -> None:
    administrator, person = browse("administrator"), f"/admin/people/{scene.people['member1']}"
    for status in (422, 302):
        administrator.submit(person, action=f"{person}/active")
        browse().submit("/login", action="/login", status=status, login="member1", password=PASSWORD)


def test_a_role_has_the_scope_that_it_needs_and_ends_after_it_begins(browse: Browse, scene: Scene) -> None:
    administrator = browse("administrator")
    person = f"/admin/people/{scene.people['citizen']}"
    scope: Typed = {"role": "competent_department", "organization_id": str(scene.organizations["department"])}
    dates: Typed = {"valid_from": "2025-06-02", "valid_to": "2025-06-01"}
    comes_back(administrator.submit(f"{person}/roles/new", status=422, **scope, **dates), **dates)
    no_project: Typed = {"role": "invited_expert", "project_id": "4711"}
    comes_back(administrator.submit(f"{person}/roles/new", status=422, **no_project), project_id="4711")
    administrator.submit(f"{person}/roles/new", **scope)
    assert "行政主管部门" in administrator.get(person).text


def test_an_association_needs_its_code_and_a_second_one_of_the_same_name_is_refused(browse: Browse) -> None:
    administrator, address = browse("administrator"), "/admin/organizations/new"
    values: Typed = {"name": "示例协会", "kind": "association"}
    comes_back(administrator.submit(address, status=422, **values), **values)
    administrator.submit(address, **values, group_code="SLNEW")
    assert "SLNEW" in administrator.get("/admin/organizations").text
    comes_back(administrator.submit(address, status=422, **values, group_code="SLOTHER"), group_code="SLOTHER")


def test_the_term_of_a_committee_ends_after_it_begins(browse: Browse) -> None:
    administrator, address = browse("administrator"), "/admin/committees/new"
    values: Typed = {"name": "新委员会", "field": "充电", "term_from": "2025-06-02"}
    comes_back(administrator.submit(address, status=422, **values, term_to="2025-06-01"), **values)
    administrator.submit(address, **values, term_to="2030-06-01")
    page = administrator.get("/admin/committees")
    assert "新委员会" in page.text
    committee = next(link for link in reversed(page.links) if link.startswith("/committees/"))
    assert administrator.get(committee).queries <= 12


def test_a_rule_without_its_basis_or_seen_too_early_is_not_changed(browse: Browse) -> None:
    administrator, address = browse("administrator"), "/admin/rules/1"
    seen = administrator.get(address).form()
    comes_back(administrator.submit(address, status=422, value="6", basis=" "), value="6")
    administrator.submit(address, value="6", basis="本市规定第九条")
    late = administrator.post(address, {**seen, "value": "9", "basis": "另一条"}, status=409)
    assert (late.form()["value"], str(late.form()["basis"]).strip()) == ("9", "另一条")
    assert late.form()["expected_version"] != seen["expected_version"]
    administrator.post(address, late.form())
    nobody_knows = {name: value for name, value in seen.items() if name != "expected_version"}
    administrator.post(address, nobody_knows, status=422)
    record = administrator.get("/admin/audit").text
    assert "修改程序参数" in record
    assert "local_standard/" not in record


def test_work_that_was_given_up_is_tried_again_once(
    browse: Browse, public: PublicScene, session: Session, moment: Moment
) -> None:
    public.project()
    with unit_of_work(session):
        row = session.scalars(select(OutboxRow)).first()
        assert row is not None
        row.given_up, row.attempts, row.last_error = True, 8, "no such paper"
        row_id = row.id
    administrator, address = browse("administrator"), f"/admin/outbox/{row_id}"
    page = administrator.get("/admin/outbox")
    assert "no such paper" in page.text
    values = page.form(address)
    secretary = browse("secretary")
    secretary.post(address, secretary.get("/desk").form("/logout"), status=403)
    administrator.post(address, values)
    administrator.post(address, values, status=404)
    assert "没有停止的任务" in administrator.get("/admin/outbox").text
    session.rollback()
    again = session.get_one(OutboxRow, row_id, populate_existing=True)
    assert (again.given_up, again.attempts, again.available_at) == (False, 0, moment.at)


def test_the_record_says_where_it_was_altered(browse: Browse, session: Session) -> None:
    administrator = browse("administrator")
    assert "记录完整" in administrator.submit("/admin/audit", action="/admin/audit", status=200).text
    with unit_of_work(session):
        for name in session.connection().exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all():
            session.connection().exec_driver_sql(f'DROP TRIGGER "{name[0]}"')
        session.connection().exec_driver_sql("UPDATE administration_event SET subject = 'nobody' WHERE seq = 3")
    told = administrator.submit("/admin/audit", action="/admin/audit", status=200).text
    assert "记录有" in told
    assert "3" in told.split("记录有")[1]
    assert session.scalars(select(AdministrationEvent.subject).where(AdministrationEvent.seq == 3)).one() == "nobody"


# Committees


def test_the_page_of_a_committee_shows_its_projects_and_asks_no_more_for_more_of_them(
    browse: Browse, public: PublicScene, scene: Scene
) -> None:
    address = f"/committees/{scene.committees['committee']}"
    public.project(title="第一件")
    browse("member1").get("/committees")
    few = browse("member1").get(address)
    for number in range(6):
        public.project(title=f"又一件{number}")
    page = browse("member1").get(address)
    assert "又一件5" in page.text
    assert page.queries == few.queries
    browse("member1").get("/committees/999", status=404)


def test_a_year_that_no_calendar_has_is_no_day(browse: Browse, described: int) -> None:
    for wrong in ("10000-01-01", "0000-01-01", "明天"):
        comes_back(prepares(browse, described, status=422, published_on=wrong), published_on=wrong)
