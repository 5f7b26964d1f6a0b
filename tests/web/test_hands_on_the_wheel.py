"""Deputies, acts that take two persons, and corrections by hand, as people meet them on the pages."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import FixedClock, Moment
from standards_wf.services.administration import GrantRole, grant_role
from standards_wf.services.people import OPERATOR
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind, Role
from tests.support.client import HTML, Browser, Page
from tests.support.effects import publish_lightly
from tests.support.scene import PEOPLE, Scene

Browse = Callable[..., Browser]
both_languages = pytest.mark.parametrize("language", ["zh", "en"])
THROUGH: dict[str, Any] = {"valid_from": "2025-06-02", "valid_to": "2025-06-06"}


@pytest.fixture
def project(session: Session, scene: Scene, moment: Moment) -> int:
    with unit_of_work(session):
        return scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment).id


def _grant(session: Session, scene: Scene, login: str, role: Role, moment: Moment, **scope: Any) -> None:  # noqa: ANN401  # an organisation, a committee or a project
    command = GrantRole(person_id=scene.people[login], role=role, **scope)
    with unit_of_work(session):
        grant_role(session, command, actor=OPERATOR, moment=moment)


def _actions(page: Page, ending: str) -> list[str]:
    return [form.get("action", "") for form in page.tree.iter(f"{HTML}form") if form.get("action", "").endswith(ending)]


# deputies


@both_languages
def test_a_deputy_is_named_seen_by_both_and_revoked(browse: Browse, language: str) -> None:
    secretary, citizen = browse("secretary").speak(language), browse("citizen").speak(language)
    assert "/account/deputies" in secretary.get("/account").links
    secretary.submit("/account/deputies", action="/account/deputies", login="citizen", **THROUGH)
    assert PEOPLE["citizen"][0] in secretary.get("/account/deputies").text
    assert PEOPLE["secretary"][0] in citizen.get("/account/deputies").text

    page = secretary.get("/account/deputies")
    (revoke,) = _actions(page, "/revoke")
    stranger = browse("stranger")
    stranger.post(revoke, stranger.get("/desk").form("/logout"), status=404)
    secretary.submit("/account/deputies", action=revoke)
    assert not _actions(secretary.get("/account/deputies"), "/revoke")
    assert ("revoked" if language == "en" else "已撤销") in citizen.get("/account/deputies").text
    secretary.post(revoke, secretary.get("/desk").form("/logout"), status=422)


def test_what_was_typed_for_a_deputy_who_cannot_be_comes_back(browse: Browse) -> None:
    typed = {"login": "nobody.here", "valid_from": "2025-06-01", "valid_to": "2025-06-06"}
    page = browse("secretary").submit("/account/deputies", action="/account/deputies", status=422, **typed)
    form = page.form("/account/deputies")
    assert {name: form[name] for name in typed} == typed
    assert "没有登录名为“nobody.here”" in page.text
    assert "最早从今天" in page.text
    browse("secretary").submit("/account/deputies", action="/account/deputies", status=422, login="", valid_to="soon")


def test_who_holds_no_role_has_nothing_to_lend(browse: Browse) -> None:
    assert not _actions(browse("citizen").get("/account/deputies"), "/account/deputies")
    browse().get("/account/deputies", status=302)


@both_languages
def test_a_deputy_finds_the_work_of_the_principal_marked_and_both_names_in_the_history(
    browse: Browse, project: int, language: str
) -> None:
    deputy, department = browse("stranger").speak(language), browse("department")
    deputy.get(f"/projects/{project}", status=404)
    assert PEOPLE["department"][0] not in deputy.get("/desk").text
    department.submit("/account/deputies", action="/account/deputies", login="stranger", **THROUGH)

    desk = deputy.get("/desk").text
    mark = f"For {PEOPLE['department'][0]}" if language == "en" else f"代理{PEOPLE['department'][0]}"
    assert mark in desk
    assert mark not in department.speak(language).get("/desk").text
    deputy.submit(f"/projects/{project}/actions/decline", note="已有同类标准。")
    told = browse("department").get(f"/projects/{project}/history").text
    assert f"{PEOPLE['stranger'][0]}（代理{PEOPLE['department'][0]}" in told


def test_a_deputyship_ends_by_itself(browse: Browse, project: int, clock: FixedClock) -> None:
    browse("department").submit("/account/deputies", action="/account/deputies", login="stranger", **THROUGH)
    browse("stranger").get(f"/projects/{project}")
    clock.advance(timedelta(days=5))
    browse("stranger").get(f"/projects/{project}", status=404)
    assert "已结束" in browse("stranger").get("/account/deputies").text


# corrections by hand


@both_languages
def test_the_form_of_a_correction_says_what_it_ends(
    browse: Browse, session: Session, project: int, moment: Moment, language: str
) -> None:
    administrator = browse("administrator").speak(language)
    address = f"/projects/{project}/history/correct"
    nothing = "No consultation, review or notice runs now" if language == "en" else "目前没有正在进行的"
    assert nothing in administrator.get(address).text
    with unit_of_work(session):
        publish_lightly(session, project, 1, moment=moment)
    administrator.submit(address, stage="abolition_notice", note="登记有误。")
    told = administrator.get(address).text
    assert nothing not in told
    assert ("The public notice that runs until" if language == "en" else "正在进行的公示（至") in told


def test_a_correction_is_marked_for_ever_and_listed_for_those_who_see_the_project(
    browse: Browse, session: Session, project: int, moment: Moment
) -> None:
    with unit_of_work(session):
        publish_lightly(session, project, 1, moment=moment)
    address = next(link for link in browse().get("/standards").links if link.startswith("/standards/DB31"))
    mark = "阶段曾由管理员于"
    assert mark not in browse().get(address).text
    administrator = browse("administrator")
    administrator.submit(f"/projects/{project}/history/correct", stage="under_review", note="误作现行。")

    assert mark in browse("department").get(f"/projects/{project}").text
    assert mark in browse("department").get(f"/projects/{project}/history").text
    assert mark in browse().get(address).text
    for login, listed in (("administrator", True), ("department", True), ("stranger", False)):
        assert ("误作现行。" in browse(login).get("/projects/corrections").text) is listed
    assert "/projects/corrections" in administrator.get("/admin/people").links
    browse().get("/projects/corrections", status=302)


def test_a_correction_without_a_reason_keeps_what_was_chosen(browse: Browse, project: int) -> None:
    page = browse("administrator").submit(f"/projects/{project}/history/correct", status=422, stage="drafting")
    assert page.form()["stage"] == "drafting"


# two persons


def _switch_on(browse: Browse) -> None:
    browse("administrator").submit("/admin/two-persons", act_stage_corrected="1", days="7")


@both_languages
def test_the_administrator_switches_the_rule_and_it_is_recorded(browse: Browse, language: str) -> None:
    administrator = browse("administrator").speak(language)
    administrator.submit("/admin/two-persons", act_publish="1", days="7")
    page = administrator.get("/admin/two-persons")
    assert (page.form()["days"], "act_publish" in page.form(), "act_abolish" in page.form()) == ("7", True, False)
    words = "Two-person rule changed" if language == "en" else "修改双人办理规则"
    assert words in administrator.get("/admin/audit").text
    assert administrator.submit("/admin/two-persons", status=422, days="0").form()["days"] == "0"
    browse("clerk").get("/admin/two-persons", status=403)


@both_languages
def test_one_prepares_and_another_confirms(
    browse: Browse, session: Session, scene: Scene, project: int, moment: Moment, language: str
) -> None:
    _grant(session, scene, "citizen", Role.ADMINISTRATOR, moment)
    _switch_on(browse)
    first, second = browse("administrator").speak(language), browse("citizen").speak(language)
    sent = first.submit(f"/projects/{project}/history/correct", stage="drafting", note="登记有误。")
    page = first.get(sent.location)
    assert "登记有误。" in page.text
    assert not _actions(page, "/confirm")
    assert _actions(page, "/withdraw")
    assert sent.location in browse("department").get(f"/projects/{project}").links
    assert not _actions(browse("department").get(sent.location), "/confirm")
    browse("stranger").get(sent.location, status=404)

    assert sent.location in second.get("/desk").links
    assert sent.location not in first.get("/desk").links
    second.submit(sent.location, action=f"{sent.location}/confirm")
    told = second.get(f"/projects/{project}/history").text
    assert PEOPLE["administrator"][0] in told
    assert PEOPLE["citizen"][0] in told
    assert sent.location not in second.get("/desk").links
    first.get(sent.location)
    second.post(f"{sent.location}/confirm", {**second.get("/desk").form("/logout"), "expected_version": 9}, status=409)


def test_the_first_person_who_confirms_all_the_same_is_told_why_not(
    browse: Browse, session: Session, scene: Scene, project: int, moment: Moment
) -> None:
    _switch_on(browse)
    first = browse("administrator")
    at = first.submit(f"/projects/{project}/history/correct", stage="drafting", note="登记有误。").location
    values = first.get(at).form(f"{at}/withdraw")
    assert "您已参与准备" in first.post(f"{at}/confirm", values, status=403).text
    _grant(session, scene, "clerk", Role.ADMINISTRATOR, moment)
    browse("clerk").submit(at, action=f"{at}/confirm")


def test_what_was_withdrawn_says_so_and_is_prepared_anew(browse: Browse, project: int) -> None:
    _switch_on(browse)
    first = browse("administrator")
    at = first.submit(f"/projects/{project}/history/correct", stage="drafting", note="登记有误。").location
    again = first.submit(f"/projects/{project}/history/correct", status=409, stage="drafting", note="再次。")
    assert "不必再次准备" in again.text
    assert again.form()["note"] == "再次。"
    first.submit(at, action=f"{at}/withdraw", note="不更正了。")
    assert "已撤回" in first.get(at).text
    assert not _actions(first.get(at), "/withdraw")
    first.submit(f"/projects/{project}/history/correct", stage="drafting", note="再次。")


def test_a_stale_page_says_what_happened_since(browse: Browse, project: int) -> None:
    _switch_on(browse)
    first = browse("administrator")
    at = first.submit(f"/projects/{project}/history/correct", stage="drafting", note="登记有误。").location
    values = first.get(at).form(f"{at}/withdraw")
    browse("department").submit(f"/projects/{project}/actions/decline", note="已有同类标准。")
    page = first.post(f"{at}/withdraw", values, status=409)
    assert "已失效" in page.text
    assert "已有同类标准。" in page.text
