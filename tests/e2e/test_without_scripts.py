"""Everything works in a browser that runs no scripts: reading, commenting, deciding, and mending what was wrong."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import House, SitDown


def test_a_visitor_searches_and_reads_a_clause(sit_down: SitDown, document: int) -> None:
    who = sit_down(java_script_enabled=False).goes_to("/")
    who.page.get_by_role("searchbox").fill("碳汇")
    who.presses("搜索")
    hit = who.main.locator(".hits > li", has_text="园林绿化碳汇").first
    title = hit.get_by_role("heading").get_by_role("link")
    number = title.locator(".num").inner_text()
    hit.locator(".fragments a").first.click()
    anchor = who.path.partition("#")[2]
    assert anchor
    expect(who.page.locator(f"[id='{anchor}']")).to_be_in_viewport()
    expect(who.main.locator(".cover")).to_contain_text(number)
    who.goes_to(f"/projects/{document}").reads("登录")


@pytest.mark.usefixtures("consultation")
def test_a_visitor_comments_and_what_was_typed_survives_a_mistake(house: House, sit_down: SitDown) -> None:
    who = sit_down(java_script_enabled=False).goes_to("/consultations")
    link = who.main.get_by_role("row").filter(has=who.page.get_by_role("link", name="岸")).get_by_role("link").first
    link.click()
    before = int(who.main.locator("dt", has_text="已收到意见").locator("xpath=following-sibling::dd[1]").inner_text())
    who.main.get_by_role("link", name=re.compile("^对本条提意见")).nth(2).click()
    clause = who.field("章条编号").input_value()
    assert clause
    house.clock.wait_minutes(5)
    who.fills({"建议修改为": "增加夜间靠泊的要求。", "姓名": "意见联系人（演示）"}).presses("提交意见")
    assert who.status == 422
    expect(who.page).to_have_title(re.compile("^错误："))
    who.main.locator("[data-error-summary]").get_by_role("link").first.click()
    expect(who.field("章条编号")).to_have_value(clause)
    expect(who.field("建议修改为")).to_have_value("增加夜间靠泊的要求。")
    who.fills({"意见内容及理由": "夜间靠泊时岸电的连接没有规定。"}).presses("提交意见")
    who.reads("已收到您的意见", f"意见编号：{before + 1}")


def test_a_secretary_is_told_what_is_wrong_with_an_act_and_then_does_it(
    house: House, sit_down: SitDown, consultation: int
) -> None:
    who = sit_down("secretary.carbon", java_script_enabled=False)
    who.reads("工作台").opens(consultation).follows("延长征求意见期")
    later = (house.clock.today + timedelta(days=60)).isoformat()
    who.fills({"截止日期": "", "书面理由": "节假日较多，延长征求意见期。"}).presses("延长征求意见期")
    assert who.status == 409
    who.reads("现在还不能办理，没有保存任何改动")
    expect(who.field("书面理由")).to_have_value("节假日较多，延长征求意见期。")
    who.fills({"截止日期": later}).presses("延长征求意见期").reads("已办理：延长征求意见期")
    who.opens(consultation, "history").reads("节假日较多，延长征求意见期。")


def test_a_drafter_forgets_the_reason_and_gives_it_then(sit_down: SitDown, consultation: int) -> None:
    who = sit_down("drafter.carbon", java_script_enabled=False).opens(consultation, "comments/1")
    proposal = "改为相应的等级。"
    row = who.main.locator("#comment-1")
    who.chooses("部分采纳", within=row).presses("保存", within=row)
    assert who.status == 422
    expect(who.page).to_have_title(re.compile("^错误："))
    expect(who.field("部分采纳", within=row)).to_be_checked()
    who.fills({"理由": proposal}, within=row).presses("保存", within=row)
    who.reads("第 1 条意见已处理。", proposal)
    assert "#comment-1" in who.path


def test_an_authority_that_asks_for_too_much_is_told_the_rule(sit_down: SitDown, drafting: int) -> None:
    who = sit_down("authority", java_script_enabled=False).opens(drafting).follows("延长项目期限")
    who.fills({"延长月数": "100", "书面理由": "试验周期延长。"}).presses("延长项目期限")
    assert who.status == 409
    who.reads("现在还不能办理，没有保存任何改动")
    expect(who.field("延长月数")).to_have_value("100")
    expect(who.field("书面理由")).to_have_value("试验周期延长。")
    who.fills({"延长月数": "6"}).presses("延长项目期限").reads("已办理：延长项目期限")
