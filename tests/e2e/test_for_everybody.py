"""Pages that everybody can use: with the keyboard alone, on a phone, and with programs that read them aloud."""

import json
import re

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import expect

from standards_wf.demo.cast import PASSWORD
from tests.e2e.conftest import SitDown
from tests.e2e.people import Somebody

MOST_TABS = 60
"""Nobody wants to press Tab more often than this to get anywhere."""
PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
AXE = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
GRAVE = {"serious", "critical"}


def test_the_keyboard_alone_leads_from_the_login_to_an_act(sit_down: SitDown, suggestion: int) -> None:
    who = sit_down().goes_to("/login")
    tab_to(who, "登录名")
    who.page.keyboard.type("dept.greening")
    who.page.keyboard.press("Tab")
    who.page.keyboard.type(PASSWORD)
    who.page.keyboard.press("Enter")
    who.reads("在您手上的项目")
    title = who.main.locator(f"a[href='/projects/{suggestion}']").first.inner_text()
    skip_to_content(who)
    tab_to(who, title)
    who.page.keyboard.press("Enter")
    who.reads("下一步")
    skip_to_content(who)
    tab_to(who, "不采纳建议")
    expect(who.page.locator(":focus")).to_be_in_viewport()
    who.page.keyboard.press("Enter")
    expect(who.main.get_by_role("heading", level=1)).to_have_text("不采纳建议")
    skip_to_content(who)
    tab_to(who, "书面理由")
    who.page.keyboard.type("已有规定。")
    tab_to(who, "不采纳建议")
    who.page.keyboard.press("Enter")
    who.reads("已办理：不采纳建议")


def skip_to_content(who: Somebody) -> None:
    """Use the link at the very beginning of each page."""
    who.page.keyboard.press("Tab")
    assert focused(who) == "跳到正文"
    who.page.keyboard.press("Enter")


def tab_to(who: Somebody, words: str) -> None:
    """Press Tab until what says this has the focus, and shows that it has."""
    for _ in range(MOST_TABS):
        who.page.keyboard.press("Tab")
        if focused(who).startswith(words):
            outline = who.page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"nobody sees that {words} has the focus"
            return
    pytest.fail(f"{MOST_TABS} times Tab do not lead to {words} on {who.path}")


def focused(who: Somebody) -> str:
    """What the element with the focus says: its label or its text."""
    said = who.page.evaluate(
        "() => { const it = document.activeElement; return (it.labels?.[0] ?? it).textContent.trim(); }"
    )
    return str(said)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.usefixtures("consultation")
def test_nothing_is_wider_than_a_phone(sit_down: SitDown, language: str, document: int) -> None:
    who = sit_down(**PHONE).goes_to(f"/language/{language}?next=/")
    pages = ["/", "/search?q=碳汇", "/consultations", consultation_page(who), "/framework", "/dashboard"]
    pages += ["/suggest?kind=local_standard", "/login", f"/standards/{document}"]
    for path in pages:
        who.goes_to(path)
        assert who.status == 200, path
        width = who.page.evaluate("() => document.documentElement.scrollWidth")
        assert width <= 360, f"{path} is {width} px wide"


def consultation_page(who: Somebody) -> str:
    """The public page of a consultation that is open."""
    who.goes_to("/consultations")
    links = who.main.locator("a[href^='/consultations/']")
    return str(links.first.get_attribute("href"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_programs_that_read_pages_aloud_find_nothing_gravely_wrong(
    sit_down: SitDown, language: str, document: int, consultation: int
) -> None:
    visitor = sit_down().goes_to(f"/language/{language}?next=/")
    official = sit_down("authority").goes_to(f"/language/{language}?next=/desk")
    administrator = sit_down("admin").goes_to(f"/language/{language}?next=/desk")
    visits = [
        (visitor, "/"),
        (visitor, "/search?q=碳汇"),
        (visitor, consultation_page(visitor)),
        (visitor, f"/standards/{document}"),
        (visitor, "/framework"),
        (official, "/desk"),
        (official, f"/projects/{consultation}"),
        (official, f"/projects/{consultation}/actions/terminate"),
        (administrator, "/admin/people"),
    ]
    for who, path in visits:
        who.goes_to(path)
        assert who.status == 200, path
        expect(who.page.locator("html")).to_have_attribute("lang", re.compile(f"^{language}"))
        found = Axe().run(who.page, options=AXE).response["violations"]
        grave = [[each["id"], [node["html"] for node in each["nodes"]]] for each in found if each["impact"] in GRAVE]
        assert grave == [], f"{path}: {json.dumps(grave, ensure_ascii=False, indent=1)}"
