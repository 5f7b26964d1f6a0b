"""What is due and overdue, as a page, a table and a calendar; and a project that rests, on its page."""

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy.orm import Session

from standards_wf.clock import FixedClock, Moment
from tests.support.client import Browser
from tests.support.planned import planned_project
from tests.support.scene import Scene

Browse = Callable[..., Browser]


@pytest.fixture
def planned(session: Session, scene: Scene, moment: Moment) -> Callable[..., int]:
    def make(**how: object) -> int:
        return planned_project(session, scene, moment, **how)  # type: ignore[arg-type]  # what planned_project takes

    return make


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_list_shows_what_is_overdue_and_what_is_due_soon_and_counts_its_working_days(
    browse: Browse, planned: Callable[..., int], language: str
) -> None:
    late, soon, far = (planned(title=title, days=days) for title, days in (("甲", -10), ("乙", 20), ("丙", 200)))
    page = browse("secretary").speak(language).get("/deadlines")
    assert f"/projects/{late}" in page.links
    assert f"/projects/{soon}" in page.links
    assert f"/projects/{far}" not in page.links
    assert ("已逾期 10 天" if language == "zh" else "overdue by 10 days") in page.text
    assert ("工作日" if language == "zh" else "of them working days") in page.text
    assert page.queries <= 20


def test_the_list_is_narrowed_by_its_address(browse: Browse, planned: Callable[..., int]) -> None:
    late, soon, far = (planned(title=title, days=days) for title, days in (("甲", -10), ("乙", 20), ("丙", 200)))
    secretary = browse("secretary")
    for address, expected in (
        ("within=overdue", {late}),
        ("within=30", {late, soon}),
        ("within=all", {late, soon, far}),
        ("within=all&due=filing", set()),
        ("within=all&kind=group_standard", set()),
        ("within=all&committee=999", set()),
        ("within=all&kind=local_standard&due=completion", {late, soon, far}),
        ("within=nonsense&kind=nonsense&page=9", {late, soon, far}),
    ):
        page = secretary.get(f"/deadlines?{address}")
        shown = {project for project in (late, soon, far) if f"/projects/{project}" in page.links}
        assert shown == expected, address


def test_of_the_cases_of_others_nothing_is_listed(browse: Browse, planned: Callable[..., int]) -> None:
    late = planned(days=-10)
    assert f"/projects/{late}" not in browse("stranger").get("/deadlines").links
    assert browse().get("/deadlines", status=302).location.startswith("/login")


def test_the_table_is_the_list_and_no_title_becomes_a_formula(browse: Browse, planned: Callable[..., int]) -> None:
    planned(title="=1+1 绿色学校", days=-10)
    answer = browse("secretary").client.get("/deadlines.csv?within=overdue")
    assert answer.mimetype == "text/csv"
    head, row = csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff")))
    assert dict(zip(head, row, strict=True))["名称"] == "'=1+1 绿色学校"
    assert dict(zip(head, row, strict=True))["逾期日数"] == "10"


def test_a_secret_address_opens_ones_calendar_until_it_is_revoked(browse: Browse, planned: Callable[..., int]) -> None:
    late = planned(days=-10)
    secretary, calendar_program = browse("secretary"), browse()

    def subscribed(address: str, status: int = 200) -> list[str]:
        answer = calendar_program.client.get(address)
        assert answer.status_code == status
        if status != 200:
            return []
        assert answer.mimetype == "text/calendar"
        assert "private" in answer.headers["Cache-Control"]
        return [str(event["uid"]) for event in Calendar.from_ical(answer.data).walk("VEVENT")]

    def made() -> str:
        text = secretary.submit("/deadlines", action="/deadlines/calendar", status=200).text
        return next(word for word in text.split() if "calendar.ics?key=" in word)

    first = made()
    assert subscribed(first) == [f"deadline-{late}-completion@localhost"]
    assert "calendar.ics?key=" not in secretary.get("/deadlines").text
    second = made()
    assert subscribed(first, status=404) == []
    assert subscribed(second) == [f"deadline-{late}-completion@localhost"]
    secretary.submit("/deadlines", action="/deadlines/calendar/revoke")
    assert subscribed(second, status=404) == []


def test_a_project_is_suspended_and_resumed_on_its_page(
    browse: Browse, planned: Callable[..., int], clock: FixedClock
) -> None:
    project = planned(days=100)
    clerk = browse("clerk")
    assert f"/projects/{project}/suspension" in clerk.get(f"/projects/{project}").links
    clerk.submit(f"/projects/{project}/suspension", status=422, note=" ")
    clerk.submit(f"/projects/{project}/suspension", note="等待上位法修订")
    page = clerk.get(f"/projects/{project}")
    assert "项目已中止" in page.text
    assert "等待上位法修订" in page.text
    assert f"/projects/{project}/resumption" in page.links
    refused = browse("secretary").get(f"/projects/{project}").text
    assert "理由是“等待上位法修订”；请先恢复项目。" in refused

    clock.advance(timedelta(days=30))
    clerk.submit(f"/projects/{project}/resumption")
    page = clerk.get(f"/projects/{project}")
    assert "项目已中止" not in page.text
    assert "中止30日，顺延至" in page.text
    assert "恢复项目" in clerk.get(f"/projects/{project}/history").text


def test_who_may_not_suspend_is_told_so_and_who_was_overtaken_keeps_the_reason(
    browse: Browse, planned: Callable[..., int]
) -> None:
    project = planned()
    browse("secretary").get(f"/projects/{project}/suspension", status=403)
    browse("stranger").get(f"/projects/{project}/suspension", status=404)
    clerk, other = browse("clerk"), browse("clerk")
    form = clerk.get(f"/projects/{project}/suspension").form()
    clerk.get(f"/projects/{project}/resumption", status=409)
    other.submit(f"/projects/{project}/suspension", note="先办的理由")
    answer = clerk.post(f"/projects/{project}/suspension", {**form, "note": "后办的理由"}, status=409)
    assert "后办的理由" in answer.html
    clerk.get(f"/projects/{project}/suspension", status=409)
