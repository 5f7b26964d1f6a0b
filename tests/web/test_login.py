from collections.abc import Callable
from datetime import timedelta

import pytest

from standards_wf.clock import FixedClock
from tests.support.client import Browser
from tests.support.scene import PASSWORD

Browse = Callable[..., Browser]


def test_somebody_logs_in_and_goes_on_to_where_he_wanted(browse: Browse) -> None:
    browser = browse()
    asked = browser.get("/projects?mine=1", status=302)
    answer = browser.submit(asked.location, action="/login", login="secretary", password=PASSWORD)
    assert answer.location == "/projects?mine=1"
    assert "委员会秘书" in browser.get(answer.location).text


def test_a_wrong_password_is_told_without_saying_what_was_wrong_and_keeps_the_login(browse: Browse) -> None:
    page = browse().submit("/login", action="/login", status=422, login="secretary", password="wrong password")
    assert page.title.startswith("错误：")
    assert "登录名与密码不相符" in page.text
    assert page.form("/login")["login"] == "secretary"


def test_too_many_wrong_passwords_have_to_wait(browse: Browse, clock: FixedClock) -> None:
    browser = browse()
    for _ in range(5):
        browser.submit("/login", action="/login", status=422, login="secretary", password="wrong password")
    assert "请等待" in browser.submit("/login", action="/login", status=422, login="secretary", password=PASSWORD).text
    clock.advance(timedelta(minutes=16))
    browser.submit("/login", action="/login", login="secretary", password=PASSWORD)


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "\\\\evil", "/%0d%0aX: y\r\n", "javascript:1"],
)
def test_after_the_login_nobody_is_sent_to_another_site(browse: Browse, elsewhere: str) -> None:
    browser = browse()
    values = {**browser.get("/login").form("/login"), "login": "secretary", "password": PASSWORD, "next": elsewhere}
    assert browser.post("/login", values).location == "/desk"


def test_who_logs_out_is_a_visitor_again(browse: Browse) -> None:
    browser = browse("secretary")
    assert browser.submit("/desk", action="/logout").location == "/"
    assert browser.get("/desk", status=302).location.startswith("/login")


def test_a_session_ends_when_the_password_changes_elsewhere_and_goes_on_here(browse: Browse) -> None:
    here, elsewhere = browse("secretary"), browse("secretary")
    new = "a quite different sentence"
    here.submit("/account/password", present_password=PASSWORD, password=new)
    assert here.get("/account").status == 200
    assert elsewhere.get("/account", status=302).location.startswith("/login")


def test_a_session_ends_when_the_administrator_deactivates_the_person(browse: Browse) -> None:
    browser, administrator = browse("member1"), browse("administrator")
    found = administrator.get("/admin/people?q=member1")
    person = next(link for link in found.links if link.startswith("/admin/people/") and link[-1].isdigit())
    administrator.submit(person, action=f"{person}/active")
    browser.get("/desk", status=302)


def test_the_language_is_switched_and_the_page_stays(browse: Browse) -> None:
    browser = browse("secretary")
    switch = next(
        link for link in browser.get("/projects?kind=local_standard").links if link.startswith("/language/en")
    )
    assert browser.get(switch, status=302).location == "/projects?kind=local_standard"
    assert "Projects" in browser.get("/projects").title


def test_a_form_without_the_token_of_a_page_is_refused(browse: Browse) -> None:
    page = browse("secretary").post("/account/tokens", {"name": "x"}, status=400)
    assert "表单已失效" in page.text


def test_whoever_was_logged_out_while_writing_gets_the_words_back(browse: Browse) -> None:
    words = {
        "necessity": "写了一个小时的<必要性>。",
        "title_en": "A title of more than thirty letters",
        "stage": "drafting",
    }
    sent = {**words, "csrf_token": "expired", "new_password": "很长的密码，谁也不给看，也不再显示出来"}
    page = browse("secretary").post("/account/tokens", sent, status=400, Origin="http://localhost")
    assert "写了一个小时的<必要性>。" in page.text
    assert "A title of more than thirty letters" in page.text
    assert "很长的密码" not in page.text
    elsewhere = browse("secretary").post("/account/tokens", sent, status=400, Origin="https://elsewhere.example")
    assert "写了一个小时的" not in elsewhere.text
