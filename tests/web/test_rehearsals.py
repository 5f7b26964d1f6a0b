"""What an act would do is told on a page of its own; nothing is done, and nothing that was typed is lost."""

from collections.abc import Callable

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.projects import Project
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind, Stage
from tests.support.client import Browser
from tests.support.scene import Scene

Browse = Callable[..., Browser]


@pytest.fixture
def project(session_factory: sessionmaker[Session], scene: Scene, moment: Moment) -> int:
    with session_factory() as session, unit_of_work(session):
        return scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment).id


def stands(session_factory: sessionmaker[Session], project: int) -> tuple[Stage, int]:
    with session_factory() as session:
        found = session.get_one(Project, project)
        return found.stage, found.row_version


@pytest.mark.parametrize("language", ["zh", "en"])
def test_each_act_leads_to_a_page_that_tells_what_would_happen(
    browse: Browse, session_factory: sessionmaker[Session], project: int, language: str
) -> None:
    browser = browse("department").speak(language)
    before = stands(session_factory, project)
    offered = [link for link in browser.get(f"/projects/{project}").links if link.endswith("/preview")]
    assert len(offered) == 3  # apply, decline, withdraw
    for link in offered:
        page = browser.get(link)
        assert ("没有办理" if language == "zh" else "Nothing was done") in page.text
    assert stands(session_factory, project) == before


def test_a_possible_act_is_told_with_those_who_hear_of_it(browse: Browse, project: int) -> None:
    page = browse("department").get(f"/projects/{project}/actions/decline/preview")
    assert "现在可以办理" in page.text
    assert "项目由“立项建议”进入“不予立项”阶段" in page.text
    assert "市民（站内消息和邮件）" in page.text
    assert f"/projects/{project}/actions/decline" in page.links


def test_an_act_of_somebody_else_is_told_with_whose_it_is_and_with_what_is_missing(
    browse: Browse, project: int
) -> None:
    page = browse("citizen").get(f"/projects/{project}/actions/apply/preview")
    assert "行业主管部门经办人" in page.text
    assert "还不能办理，差 3 项" in page.text
    assert f"/projects/{project}/application" in page.links
    assert f"/projects/{project}/actions/apply" not in page.links


def test_an_act_that_the_stage_does_not_have_is_said_to_be_none(browse: Browse, project: int) -> None:
    page = browse("clerk").get(f"/projects/{project}/actions/publish/preview")
    assert "不能办理“批准发布”" in page.text


def test_what_was_typed_goes_there_and_back_and_is_done_from_there(
    browse: Browse, session_factory: sessionmaker[Session], project: int
) -> None:
    browser = browse("department")
    form, preview = f"/projects/{project}/actions/decline", f"/projects/{project}/actions/decline/preview"
    reason = "已有同类标准。\n见 <DB31/T 1>。"
    told = browser.post(preview, {**browser.get(form).form(), "note": reason}, status=200)
    assert "按您填写的内容预演" in told.text
    assert stands(session_factory, project)[0] is Stage.SUGGESTED
    kept = told.form(form)
    assert str(kept["note"]).split() == reason.split()
    back = browser.post(form, {**kept, "step": "back"}, status=200)
    assert str(back.form()["note"]).split() == reason.split()
    assert stands(session_factory, project)[0] is Stage.SUGGESTED
    browser.post(form, kept)
    assert stands(session_factory, project)[0] is Stage.REJECTED


def test_what_cannot_be_read_comes_back_in_the_form(browse: Browse, project: int) -> None:
    browser = browse("department")
    form = browser.get(f"/projects/{project}/actions/decline").form()
    told = browser.post(f"/projects/{project}/actions/decline/preview", {**form, "note": "长" * 10_001}, status=422)
    assert str(told.form()["note"]).startswith("长长")


def test_whoever_was_overtaken_is_told_so_before_the_rehearsal(browse: Browse, project: int) -> None:
    browser = browse("department")
    form = browser.get(f"/projects/{project}/actions/decline").form() | {"note": "理由"}
    browse("department").submit(f"/projects/{project}/application/edit", purpose="改过的目的")
    told = browser.post(f"/projects/{project}/actions/decline/preview", form, status=409)
    assert "有人办理过这个项目" in told.text
    assert told.form()["note"] == "理由"


def test_the_way_to_publication_stands_on_the_page_of_the_project(browse: Browse, project: int) -> None:
    page = browse("secretary").get(f"/projects/{project}")
    assert "到发布还有多远" in page.text
    for day in ("2025-07-03", "2025-08-02", "2025-09-01"):  # 31, 61 and 91 days after Monday, 2 June
        assert day in page.text
    assert "未知" in page.text


def test_whoever_made_the_suggestion_is_not_told_what_others_have_still_to_do(
    browse: Browse, session_factory: sessionmaker[Session], project: int
) -> None:
    with session_factory() as session, unit_of_work(session):
        session.execute(update(Project).where(Project.id == project).values(stage=Stage.DRAFTING))
    page = browse("citizen").get(f"/projects/{project}")
    assert "结果会告知您" in page.text
    assert "到发布还有多远" not in page.text
    assert not [link for link in page.links if "/actions/" in link]
    browse("citizen").get(f"/projects/{project}/actions/open_consultation/preview", status=404)
