"""The pages of the entrance: calls, plans, open suggestions, the marks of a project."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.plans import ProjectCall, ProjectPlan
from standards_wf.models.projects import PlanEntry, Project, Suggestion
from standards_wf.request import EXTENSION
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind, Stage
from tests.support.client import Browser
from tests.support.scene import NODE, Scene
from tests.web.public_scene import PublicScene

Browse = Callable[..., Browser]


@pytest.fixture
def public(app: Flask, session: Session, scene: Scene, moment: Moment) -> PublicScene:
    return PublicScene(session, scene, app.extensions[EXTENSION].store, moment)


def the_call(browser: Browser, scene: Scene, session: Session, **changed: Any) -> int:  # noqa: ANN401
    values: dict[str, Any] = {
        "publisher_id": scene.organizations["authority"],
        "kinds": [Kind.LOCAL_STANDARD.value],
        "title_zh": "2026年度立项指南",
        "text": "征集以下方面的建议。",
        "topics": f"{NODE}；充电设施\n其他",
    }
    browser.submit("/calls/new", **{**values, **changed})
    session.rollback()
    return session.scalars(select(ProjectCall.id).order_by(ProjectCall.id.desc())).first() or 0


def test_a_call_is_prepared_published_and_answered(browse: Browse, scene: Scene, session: Session) -> None:
    clerk, visitor = browse("clerk"), browse()
    call = the_call(clerk, scene, session)
    address = f"/calls/{call}"
    visitor.get(address, status=404)
    assert "2026年度立项指南" not in visitor.get("/calls").text
    assert "尚未公布" in clerk.get("/calls").text

    clerk.submit(address, action=f"{address}/publish")
    page = visitor.get(address)
    assert "充电设施" in page.text
    assert f"/framework/{NODE}" in page.links
    assert "2026年度立项指南" in visitor.get("/feeds/plans.atom").html
    form = visitor.get(f"/suggest?kind=local_standard&call={call}").form("/suggest")
    assert form["call_id"] == str(call)


def test_what_is_wrong_with_a_call_comes_back_with_everything_typed(browse: Browse) -> None:
    page = browse("clerk").submit("/calls/new", status=422, title_zh="年度指南", text="", topics="Z9；主题")
    assert {"#field-text", "#field-topics", "#field-kinds"} <= set(page.links)
    assert page.form()["topics"] == "Z9；主题"


@pytest.mark.parametrize("login", ["department", "citizen"])
def test_whoever_publishes_nothing_prepares_no_call(browse: Browse, login: str) -> None:
    browse(login).get("/calls/new", status=403)


def test_a_plan_shows_its_entries_and_lets_its_publisher_adjust_them(
    browse: Browse, public: PublicScene, session: Session
) -> None:
    project = public.project(stage=Stage.DRAFTING)
    public.plan(project)
    plan = session.scalars(select(ProjectPlan.id)).one()
    visitor, clerk = browse(), browse("clerk")
    assert f"/plans/{plan}" in visitor.get("/plans").links
    shown = visitor.get(f"/plans/{plan}")
    assert f"2025-{project}" in shown.text
    assert f"/projects/{project}/plan-entry" not in shown.links

    assert f"/projects/{project}/plan-entry" in clerk.get(f"/plans/{plan}").links
    given: dict[str, Any] = {"drafting_unit": "示例大学", "announcement": "示〔2025〕7号", "note": "单位合并。"}
    clerk.submit(f"/projects/{project}/plan-entry", **given)
    changed = visitor.get(f"/plans/{plan}").text
    for words in ("示例大学", "示〔2025〕7号", "单位合并。"):
        assert words in changed
    again = clerk.submit(f"/projects/{project}/plan-entry", status=422, announcement="", note="再次。")
    assert again.form()["note"] == "再次。"


def test_cancelling_an_entry_is_ending_its_project(browse: Browse, public: PublicScene, session: Session) -> None:
    project = public.project(stage=Stage.DRAFTING)
    public.plan(project)
    address = f"/projects/{project}/actions/terminate"
    browse("clerk").submit(address, note="政策变化。", announcement="示〔2025〕8号")
    plan = session.scalars(select(ProjectPlan.id)).one()
    shown = browse().get(f"/plans/{plan}").text
    assert "已撤销" in shown
    assert "政策变化。" in shown


def test_a_plan_gets_its_number_and_its_text(browse: Browse, public: PublicScene, session: Session) -> None:
    project = public.project(stage=Stage.DRAFTING)
    public.plan(project)
    plan = session.scalars(select(ProjectPlan.id)).one()
    browse("clerk").submit(f"/plans/{plan}/edit", number="示〔2025〕1号", title_zh="第一批项目计划", text="说明。")
    shown = browse().get(f"/plans/{plan}").text
    assert "第一批项目计划" in shown
    browse("association").get(f"/plans/{plan}/edit", status=403)


def test_the_number_of_queries_does_not_grow_with_the_plan(
    browse: Browse, public: PublicScene, session: Session
) -> None:
    first = public.project(stage=Stage.DRAFTING)
    public.plan(first)
    plan = session.scalars(select(ProjectPlan.id)).one()
    alone = browse().get(f"/plans/{plan}").queries
    for _ in range(4):
        project = public.project(stage=Stage.DRAFTING)
        public.plan(project)
        with unit_of_work(session):
            session.get_one(PlanEntry, project).plan_id = plan
    assert browse().get(f"/plans/{plan}").queries <= alone


def test_suggestions_are_gathered_and_merged_with_an_answer(
    browse: Browse, public: PublicScene, session: Session
) -> None:
    goes_on, other = public.project(title="充电桩能效"), public.project(title="充电桩效率")
    department = browse("department")
    page = department.get("/suggestions")
    assert "充电桩效率" in page.text
    values = {
        "csrf_token": _token(page.html),
        "suggestions": [str(other)],
        f"seen-{other}": str(session.get_one(Project, other).version),
        "merged_into": str(goes_on),
        "note": "",
    }
    refused = department.post("/suggestions", values, status=409)
    assert "充电桩效率" in refused.text
    department.post("/suggestions", {**values, "note": "内容相同，合并办理。"})
    session.rollback()
    assert session.get_one(Suggestion, other).merged_into_id == goes_on
    assert "已并入 1 项" in department.get("/suggestions").text


def test_nothing_ticked_is_told(browse: Browse, public: PublicScene) -> None:
    project = public.project()
    department = browse("department")
    token = _token(department.get("/suggestions").html)
    values = {"csrf_token": token, "merged_into": str(project), "note": "相同。"}
    assert "至少选择一项" in department.post("/suggestions", values, status=422).text


def _token(html: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', html)
    assert found is not None
    return found.group(1)


def test_the_marks_of_a_project_are_set_and_shown(browse: Browse, public: PublicScene) -> None:
    project = public.project()
    department, clerk = browse("department"), browse("clerk")
    address = f"/projects/{project}/marks"
    refused = department.submit(address, status=422, fast_track="emergency", justification="")
    assert "#field-justification" in refused.links
    given: dict[str, Any] = {
        "fast_track": "emergency",
        "justification": "汛期将至。",
        "partner_jiangsu": "江苏省市场监督管理局",
    }
    department.submit(address, **given)
    shown = department.get(f"/projects/{project}/application").text
    for words in ("申请快速立项", "长三角协同", "汛期将至。", "尚未决定"):
        assert words in shown
    assert "申请快速立项" in department.get("/desk").text

    clerk.submit(
        f"/projects/{project}/partners/jiangsu", decision="in_favour", decided_on="2025-06-02", document_number="苏1号"
    )
    assert "苏1号" in clerk.get(f"/projects/{project}/publication").text
    clerk.get(f"/projects/{project}/partners/anhui", status=404)
    department.get(f"/projects/{project}/partners/jiangsu", status=403)


def test_the_pages_speak_english_as_well(browse: Browse, public: PublicScene, scene: Scene, session: Session) -> None:
    project = public.project(stage=Stage.DRAFTING)
    public.plan(project)
    call = the_call(browse("clerk"), scene, session)
    plan = session.scalars(select(ProjectPlan.id)).one()
    clerk = browse("clerk").speak("en")
    for address in ("/calls", f"/calls/{call}", f"/calls/{call}/edit", "/plans", f"/plans/{plan}", "/suggestions"):
        assert "项目计划" not in clerk.get(address).text.replace("项目计划 ", "")
    assert "Project plans" in clerk.get("/plans").text


def test_a_closing_date_moves_later_on_its_page(browse: Browse, scene: Scene, session: Session, moment: Moment) -> None:
    clerk = browse("clerk")
    call = the_call(clerk, scene, session)
    clerk.submit(f"/calls/{call}", action=f"/calls/{call}/publish")
    clerk.submit(f"/calls/{call}/extend", status=422, closes_on=moment.day.isoformat())
    later = moment.day + timedelta(days=90)
    clerk.submit(f"/calls/{call}/extend", closes_on=later.isoformat())
    assert later.isoformat() in browse().get(f"/calls/{call}").text
