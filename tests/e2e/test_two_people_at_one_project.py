"""Two people act on one project at the same time: the second one is told what happened, and keeps what was typed."""

from playwright.sync_api import expect

from tests.e2e.conftest import SitDown


def test_whoever_was_overtaken_sees_what_happened_and_sends_the_same_words_once_more(
    sit_down: SitDown, drafting: int
) -> None:
    drafter = sit_down("drafter.metrology").opens(drafting, "note").follows("填写")
    drafter.fills({"1. 任务来源": "本规范列入演示计划。"})
    authority = sit_down("authority").opens(drafting).follows("延长项目期限")
    authority.fills({"延长月数": "6", "书面理由": "试验周期延长。"}).presses("延长项目期限").reads("已办理")
    drafter.presses("保存")
    assert drafter.status == 409
    drafter.reads("您打开页面以后，有人办理过这个项目", "延长项目期限", "试验周期延长。")
    expect(drafter.field("1. 任务来源")).to_have_value("本规范列入演示计划。")
    drafter.presses("保存").reads("已保存。", "本规范列入演示计划。")


def test_whoever_comes_too_late_is_told_so_and_keeps_the_words(sit_down: SitDown, suggestion: int) -> None:
    reason = "现行国家标准已有规定，不再另行制定。"
    department = sit_down("dept.greening").opens(suggestion).follows("不采纳建议").fills({"书面理由": reason})
    citizen = sit_down("citizen").opens(suggestion).follows("撤回建议")
    note = citizen.field("书面理由").or_(citizen.field("附言"))
    note.fill("已有同类文件。")
    citizen.presses("撤回建议").reads("已办理：撤回建议")
    department.presses("不采纳建议")
    assert department.status == 409
    department.reads("已经有人办理过", "已有同类文件。", reason)
    department.follows("查看项目").reads("没有后续事项")


def test_a_second_click_acts_once(sit_down: SitDown, suggestion: int) -> None:
    department = sit_down("dept.greening").opens(suggestion).follows("不采纳建议")
    department.fills({"书面理由": "已有规定。"})
    department.main.get_by_role("button", name="不采纳建议", exact=True).dblclick()
    department.reads("已办理：不采纳建议")
    department.opens(suggestion, "history")
    expect(department.main.get_by_text("已有规定。")).to_have_count(1)
