from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.outbox import OutboxRow
from standards_wf.models.projects import Project
from standards_wf.services.clock_acts import act_for_the_day
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Effect, Kind
from tests.services.situations import in_consultation
from tests.support.client import Browser
from tests.support.scene import PASSWORD, Scene

Browse = Callable[..., Browser]
PAGES = (
    "/admin/people",
    "/admin/people/new",
    "/admin/organizations",
    "/admin/organizations/new",
    "/admin/committees",
    "/admin/committees/new",
    "/admin/rules",
    "/admin/rules/1",
    "/admin/clock",
    "/admin/outbox",
    "/admin/audit",
)


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_administrator_has_a_page_for_everything(browse: Browse, address: str, language: str) -> None:
    assert browse("administrator").speak(language).get(address).queries <= 12


@pytest.mark.parametrize("address", PAGES)
def test_nobody_else_administers(browse: Browse, address: str) -> None:
    browse("clerk").get(address, status=403)
    browse().get(address, status=302)


def test_somebody_is_entered_given_a_role_and_logs_in(browse: Browse, scene: Scene) -> None:
    administrator = browse("administrator")
    found = administrator.submit("/admin/people/new", login="new.member", name="新委员", password=PASSWORD)
    person = next(
        link
        for link in administrator.get(found.location).links
        if link.startswith("/admin/people/") and link[-1].isdigit()
    )
    committee = str(scene.committees["committee"])
    administrator.submit(f"{person}/roles/new", status=422, role="committee_member")
    administrator.submit(f"{person}/roles/new", role="committee_member", committee_id=committee)
    page = administrator.get(person)
    assert "技术委员会委员" in page.text
    new = browse()
    new.submit("/login", action="/login", login="new.member", password=PASSWORD)
    new.get(f"/committees/{committee}")
    ending = next(
        form.get("action", "")
        for form in page.tree.iter("{http://www.w3.org/1999/xhtml}form")
        if (form.get("action") or "").endswith("/end")
    )
    administrator.submit(person, action=ending)
    assert "已结束" in administrator.get(person).text


def test_a_login_that_is_taken_comes_back_with_everything_but_the_password(browse: Browse) -> None:
    page = browse("administrator").submit(
        "/admin/people/new", status=422, login="clerk", name="另一人", password=PASSWORD
    )
    assert "主管机关经办人" in page.text
    form = page.form()
    assert (form["name"], form["password"]) == ("另一人", "")


def test_the_last_administrator_stays(browse: Browse, scene: Scene) -> None:
    administrator = browse("administrator")
    person = f"/admin/people/{scene.people['administrator']}"
    administrator.submit(person, action=f"{person}/active")
    assert "最后一位管理员" in administrator.get(person).text


def test_a_rule_is_changed_with_its_basis_and_counts_at_once(browse: Browse) -> None:
    administrator = browse("administrator")
    stale = administrator.get("/admin/rules/1").form()
    administrator.submit("/admin/rules/1", status=422, value="a few")
    administrator.submit("/admin/rules/1", value="6", basis="本市规定第九条", confirmed="1")
    assert "本市规定第九条" in administrator.get("/admin/rules").text
    page = administrator.post("/admin/rules/1", {**stale, "value": "9", "basis": "别处"}, status=409)
    assert page.form()["value"] == "9"


def test_the_record_is_verified_and_sealed(browse: Browse, session: Session) -> None:
    administrator = browse("administrator")
    assert "记录完整" in administrator.submit("/admin/audit", action="/admin/audit", status=200).text
    administrator.submit("/admin/audit", action="/admin/audit/seal")
    assert "已封存" in administrator.get("/admin/audit").text
    assert session.query(Project).filter_by(kind=Kind.LOCAL_STANDARD).count() == 0


def test_the_administrator_sees_what_the_clock_did_and_what_it_will_do(
    browse: Browse, session: Session, session_factory: sessionmaker[Session], moment: Moment
) -> None:
    administrator = browse("administrator")
    assert "还没有做过每日运行" in administrator.get("/admin/clock").text
    case = in_consultation(session, moment, days=3)
    for days in (0, 2):
        later = Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))
        assert act_for_the_day(session_factory, moment=later)

    page = administrator.get("/admin/clock")
    assert "2025年6月4日（含此前未运行的日子，共2日）" in page.text
    assert "结束征求意见" in page.text
    assert f"/projects/{case.project_id}" in page.links


def test_mails_of_reminders_that_were_given_up_are_named_by_their_day(
    browse: Browse, session: Session, moment: Moment
) -> None:
    case = in_consultation(session, moment)
    with unit_of_work(session):
        row = OutboxRow(
            project_id=case.project_id,
            reminded_on=moment.day,
            effect=Effect.NOTIFY,
            created_at=moment.at,
            available_at=moment.at,
            given_up=True,
            last_error="mailbox full",
        )
        session.add(row)
        session.flush()
        row_id = row.id
    administrator = browse("administrator")

    page = administrator.get("/admin/outbox")
    assert f"项目 {case.project_id} 2025-06-02 的提醒" in page.text
    administrator.submit("/admin/outbox", action=f"/admin/outbox/{row_id}")
    assert "mailbox full" not in administrator.get("/admin/outbox").text


def test_a_token_is_shown_once_and_revoked(browse: Browse) -> None:
    browser = browse("secretary")
    made = browser.submit("/account/tokens", status=200, name="每周统计")
    assert "swf_" in made.text
    later = browser.get("/account/tokens")
    assert "swf_" not in later.text
    revoke = next(
        form.get("action", "")
        for form in later.tree.iter("{http://www.w3.org/1999/xhtml}form")
        if (form.get("action") or "").endswith("/revoke")
    )
    stranger = browse("stranger")
    stranger.post(revoke, stranger.get("/desk").form("/logout"), status=404)
    browser.submit("/account/tokens", action=revoke)
    assert "已失效" in browser.get("/account/tokens").text
