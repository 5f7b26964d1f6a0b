from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.projects import Project
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind
from tests.support.client import Browser
from tests.support.scene import Scene

Browse = Callable[..., Browser]
TABS = ("", "/application", "/drafts", "/note", "/comments", "/review", "/papers", "/publication", "/life", "/history")


@pytest.fixture
def case_of(session: Session, scene: Scene, moment: Moment) -> Callable[..., int]:
    """A new case of a kind; gives its identity."""

    def file(kind: Kind = Kind.LOCAL_STANDARD, title: str = "电动汽车充电桩能效评价") -> int:
        with unit_of_work(session):
            return scene.file_suggestion(session, kind, moment=moment, title=title).id

    return file


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_part_of_a_project_is_a_page(
    browse: Browse, case_of: Callable[..., int], tab: str, kind: Kind, language: str
) -> None:
    project = case_of(kind)
    page = browse("secretary").speak(language).get(f"/projects/{project}{tab}")
    assert "电动汽车充电桩能效评价" in page.title
    assert page.queries <= 40


@pytest.mark.parametrize("tab", TABS)
def test_a_stranger_is_told_that_there_is_no_such_project(
    browse: Browse, case_of: Callable[..., int], tab: str
) -> None:
    browse("stranger").get(f"/projects/{case_of()}{tab}", status=404)


@pytest.mark.parametrize("tab", TABS)
def test_a_visitor_is_asked_to_log_in(browse: Browse, case_of: Callable[..., int], tab: str) -> None:
    address = f"/projects/{case_of()}{tab}"
    assert browse().get(address, status=302).location.startswith("/login?next=/projects/")


def test_the_overview_names_everything_that_is_missing_and_where_it_is_supplied(
    browse: Browse, case_of: Callable[..., int]
) -> None:
    project = case_of()
    page = browse("department").get(f"/projects/{project}")
    assert "必要性" in page.text
    assert f"/projects/{project}/application" in page.links
    assert f"/projects/{project}/actions/decline" in page.links
    assert f"/projects/{project}/actions/apply" not in page.links


def test_the_list_does_not_ask_more_of_the_database_when_it_is_longer(
    browse: Browse, case_of: Callable[..., int]
) -> None:
    case_of()
    few = browse("clerk").get("/projects").queries
    for number in range(12):
        case_of(title=f"项目{number}")
    page = browse("clerk").get("/projects")
    assert "项目11" in page.text
    assert page.queries <= few


def test_the_list_shows_what_the_address_asks_for(browse: Browse, case_of: Callable[..., int]) -> None:
    case_of(title="百分之百_校准")
    case_of(Kind.METROLOGY_SPECIFICATION, title="别的事情")
    page = browse("secretary").get("/projects?q=100%25&q=%_&kind=local_standard")
    assert "没有符合条件的项目" in page.text
    page = browse("secretary").get("/projects?q=百分之百_&node=M2")
    assert "百分之百_校准" in page.text
    assert "别的事情" not in page.text


def test_an_act_is_done_and_said(browse: Browse, case_of: Callable[..., int]) -> None:
    project = case_of()
    browser = browse("department")
    browser.submit(f"/projects/{project}/actions/decline", note="已有国家标准。")
    page = browser.get(f"/projects/{project}")
    assert "已办理：不采纳建议" in page.text
    assert "不予立项" in page.text
    assert "已有国家标准。" in browser.get(f"/projects/{project}/history").text


def test_an_act_that_is_not_possible_yet_is_refused_with_every_reason_and_keeps_what_was_typed(
    browse: Browse, case_of: Callable[..., int]
) -> None:
    project = case_of()
    page = browse("department").submit(f"/projects/{project}/actions/apply", status=409, note="请尽快。")
    assert "必要性" in page.text
    assert page.form()["note"].strip() == "请尽快。"  # type: ignore[attr-defined]


def test_an_act_without_its_reason_comes_back_with_the_reason_asked_for(
    browse: Browse, case_of: Callable[..., int]
) -> None:
    browse("department").submit(f"/projects/{case_of()}/actions/decline", status=409, note=" ")


def test_a_second_click_is_told_that_it_is_already_done(browse: Browse, case_of: Callable[..., int]) -> None:
    project = case_of()
    browser = browse("department")
    address = f"/projects/{project}/actions/decline"
    values = {**browser.get(address).form(), "note": "已有国家标准。"}
    browser.post(address, values)
    page = browser.post(address, values, status=409)
    assert "已经有人办理过" in page.text
    assert "不采纳建议" in page.text


def test_who_was_overtaken_sees_what_happened_and_keeps_what_was_typed(
    browse: Browse, case_of: Callable[..., int]
) -> None:
    project = case_of()
    slow, quick = browse("department"), browse("secretary")
    address = f"/projects/{project}/actions/decline"
    values = {**slow.get(address).form(), "note": "写了很久的理由。"}
    quick.submit(f"/projects/{project}/application/edit", necessity="很有必要。")
    page = slow.post(address, values, status=409)
    assert "修改项目信息" in page.text
    assert "写了很久的理由。" in page.html
    slow.post(address, {**page.form(), "note": "写了很久的理由。"})


def test_somebody_without_the_role_is_told_why(browse: Browse, case_of: Callable[..., int]) -> None:
    page = browse("clerk").get(f"/projects/{case_of()}/actions/apply", status=403)
    assert "有关行政主管部门" in page.text


def test_the_administrator_sees_a_case_and_has_no_say_in_it(browse: Browse, case_of: Callable[..., int]) -> None:
    project = case_of()
    browse("administrator").get(f"/projects/{project}")
    browse("administrator").get(f"/projects/{project}/actions/decline", status=403)


def test_the_stage_is_corrected_by_hand_by_the_administrator_alone(browse: Browse, case_of: Callable[..., int]) -> None:
    project = case_of()
    browse("secretary").get(f"/projects/{project}/history/correct", status=403)
    administrator = browse("administrator")
    administrator.submit(f"/projects/{project}/history/correct", status=422, stage="drafting")
    administrator.submit(f"/projects/{project}/history/correct", stage="drafting", note="登记有误。")
    assert "人工更正" in administrator.get(f"/projects/{project}/history").text


def test_a_case_that_no_committee_is_in_charge_of_says_that_nobody_can_carry_it_on(
    browse: Browse, session: Session, scene: Scene, case_of: Callable[..., int]
) -> None:
    project = case_of()
    browse("administrator").submit(f"/projects/{project}/history/correct", stage="drafting", note="登记有误。")
    assert "尚未指定技术委员会" not in browse("department").get(f"/projects/{project}").text
    case = session.get_one(Project, project)
    with unit_of_work(session):
        case.committee_id = None
    page = browse("department").get(f"/projects/{project}")
    assert "尚未指定技术委员会，无人可以办理" in page.text
    assert f"/projects/{project}/application" in page.links
    committee = str(scene.committees["committee"])
    browse("clerk").submit(f"/projects/{project}/application/edit", committee_id=committee)
    assert "无人可以办理" not in browse("department").get(f"/projects/{project}").text
