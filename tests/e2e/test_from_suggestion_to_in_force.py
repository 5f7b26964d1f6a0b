"""The whole way of a specification, by the hands of its people: from a citizen's suggestion to a clause that is found.

1. A citizen suggests it; the committee's secretary applies for it; the authority has it appraised and approves it.
2. The drafter brings text, note and reports; the secretary opens the consultation; a visitor comments on a clause.
3. The clock closes the consultation; the drafter answers; the secretary submits the text to the committee.
4. The members vote, one of them against; the minutes are signed; the objection is answered; the package is handed in.
5. The authority prepares number and dates, has the text made, gives notice and publishes.
6. The clock brings it into force; a visitor finds it by a phrase and lands on the clause.
"""

import re
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

import docx
from playwright.sync_api import expect
from pypdf import PdfReader

from standards_wf.demo.bodies import body_of_text
from standards_wf.demo.reading_copy import reading_copy
from standards_wf.demo.texts import DemoDrafter, DemoText, load_texts
from standards_wf.documents.render import render
from standards_wf.wording import labels
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Action, Disposition, DraftStage, Kind, Paper, Position, Stage
from tests.e2e.conftest import House, SitDown
from tests.e2e.people import Somebody, Upload

SLUG = "ev_charger_in_service_calibration"
KIND = Kind.METROLOGY_SPECIFICATION
COMMITTEE = "碳计量与电能计量专业技术委员会（演示）"
VOTERS = ["chair.metrology", *(f"member{number}.metrology" for number in range(1, 7))]
ABSENT = re.compile("委员[庚辛壬]（演示）")
"""The other three members cannot come, and seven are enough."""
PHRASE = "调节负载使电流稳定在校准点"
CLAUSE = "7.3.2"
OBJECTION = "建议补充低温条件下的试验数据后再报批。"


def say(code: StrEnum) -> str:
    """The words that a page has for a code."""
    return labels.label(code, KIND).zh


@dataclass
class Case:
    """The case on its way, and whoever has sat down for it."""

    house: House
    sit_down: SitDown
    project_id: int = 0
    present: dict[str, Somebody] = field(default_factory=dict)

    @property
    def text(self) -> DemoText:
        """What is to become the document."""
        return next(text for text in load_texts() if text.slug == SLUG)

    def by(self, login: str) -> Somebody:
        """Somebody with a browser of their own, logged in; `visitor` is not."""
        if login not in self.present:
            self.present[login] = self.sit_down(None if login == "visitor" else login)
        return self.present[login]

    def at(self, login: str, part: str = "") -> Somebody:
        """Somebody at this project, or at a part of it."""
        return self.by(login).opens(self.project_id, part)

    def wait(self, days: int) -> None:
        """Let days pass."""
        self.house.clock.wait_days(days)

    def in_days(self, days: int) -> str:
        """A day from now on, as a form takes it."""
        return (self.house.clock.today + timedelta(days=days)).isoformat()

    def does(self, login: str, action: Action, leads_to: Stage, values: dict[str, str] | None = None) -> Somebody:
        """Do an act that the project offers, through its form, and be told where that leads."""
        who = self.at(login).follows(say(action))
        who.fills(values or {}).presses(say(action))
        return who.reads(f"已办理：{say(action)}", f"项目现处于“{say(leads_to)}”阶段")

    def draft_of(self, stage: DraftStage) -> Upload:
        """The text of this stage, written with Word."""
        paper, context = body_of_text(self.text, stage, completed_on=self.house.clock.today)
        return Upload(f"{self.text.title_zh}.docx", render(paper, context))

    def paper(self, paper: Paper) -> Upload:
        """A signed paper, scanned."""
        return Upload(f"{say(paper)}.pdf", reading_copy(say(paper), (self.text.title_zh, "（演示数据）")))

    def attaches(self, login: str, paper: Paper) -> None:
        """Attach a paper to the project."""
        who = self.at(login, "papers").follows("上传材料")
        who.fills({"是什么材料": say(paper)}).hands_over({"文件": self.paper(paper)}).presses("上传")
        who.reads("材料已上传。")

    def brings_draft(self, stage: DraftStage) -> None:
        """The drafter brings a text; its clauses are read and no error is found."""
        who = self.at("drafter.metrology", "drafts").follows("上传文稿")
        who.chooses(say(stage)).hands_over({"Word 文件（docx）": self.draft_of(stage)}).presses("上传并检查")
        who.reads(f"· {say(stage)}", "格式检查未发现错误。")


def test_a_specification_travels_from_a_suggestion_to_in_force_and_is_found_by_its_words(
    house: House, sit_down: SitDown, tmp_path: Path
) -> None:
    case = Case(house, sit_down)
    a_citizen_suggests_it(case)
    the_secretary_applies_for_it(case)
    the_authority_approves_it(case)
    the_drafter_writes_it(case)
    the_public_is_consulted(case)
    the_clock_closes_the_consultation(case)
    the_drafter_answers_every_comment(case)
    it_goes_to_the_committee(case)
    the_members_vote(case)
    the_minutes_are_signed(case)
    the_package_is_handed_in(case)
    number_and_dates_are_prepared(case)
    it_is_published(case)
    it_comes_into_force(case)
    a_visitor_finds_the_clause(case)
    its_files_open(case, tmp_path)


def a_citizen_suggests_it(case: Case) -> None:
    who = case.by("citizen").goes_to("/").follows("提出立项建议")
    who.chooses("计量技术规范").presses("继续")
    node = who.field("体系框架节点").locator(f"option[value='{case.text.node}']").inner_text()
    who.fills(
        {
            "计量技术规范类别": "计量校准规范",
            "建议的名称": case.text.title_zh,
            "体系框架节点": node,
            "为什么需要它": case.text.necessity,
            "专业技术委员会": COMMITTEE,
            "姓名": "市民（演示）",
            "电话或电子邮箱": "citizen@example.org",
        }
    ).presses("提交建议")
    who.reads("已收到您的建议", case.text.title_zh).follows("查看进展")
    expect(who.main.get_by_role("heading", level=1)).to_have_text(case.text.title_zh)
    case.project_id = int(who.path.rsplit("/", 1)[1])


def the_secretary_applies_for_it(case: Case) -> None:
    case.wait(12)
    who = case.by("secretary.metrology").goes_to("/desk").follows(case.text.title_zh)
    who.reads("立项建议", "还差")
    who.follows("申报").follows("修改申报书")
    who.fills(
        {
            "英文名称": case.text.title_en,
            "ICS": case.text.ics,
            "CCS": case.text.ccs,
            "目的": case.text.purpose,
            "必要性": case.text.necessity,
            "范围": case.text.scope_summary,
            "主要技术内容": case.text.technical_content,
            "与法律法规和现行标准的关系": case.text.relation_to_laws,
            "起草单位": "\n".join(case.text.drafting_units),
            "主要起草人": "\n".join(f"{each.name}；{each.employer}" for each in drafters_of(case.text)),
            "联系人": "联系人（演示） 021-00000000",
            "拟定完成月数": "12",
        }
    ).presses("保存")
    who.reads("申报书已保存。", case.text.scope_summary)
    case.attaches("secretary.metrology", Paper.APPLICATION_FORM)
    case.does("secretary.metrology", Action.APPLY, Stage.APPLIED)


def drafters_of(text: DemoText) -> tuple[DemoDrafter, ...]:
    assert text.foreword is not None
    return text.foreword.drafters


def the_authority_approves_it(case: Case) -> None:
    case.wait(10)
    case.by("authority").goes_to("/desk").reads(case.text.title_zh)
    who = case.does("authority", Action.START_APPRAISAL, Stage.APPRAISAL)
    case.wait(15)
    who.opens(case.project_id, "application").follows("登记立项论证")
    experts = "\n".join(f"论证专家{name}（演示）；示范大学（演示）；教授" for name in "甲乙丙丁戊己庚")
    who.fills({"专家": experts, "论证意见": "技术路线可行，同意立项。"}).presses("登记")
    who.reads("立项论证已登记。", "论证专家庚（演示）")
    case.does("authority", Action.APPROVE_PROJECT, Stage.DRAFTING, {"计划编号": "YS-2026-0001"})
    who.reads("YS-2026-0001")


def the_drafter_writes_it(case: Case) -> None:
    case.wait(90)
    case.at("secretary.metrology").reads("开始征求意见", "还差")
    case.brings_draft(DraftStage.CONSULTATION)
    who = case.at("drafter.metrology", "note").follows("填写")
    headings = who.main.locator("textarea")
    for number in range(headings.count()):
        headings.nth(number).fill(case.text.explanatory_note[number].text)
    who.presses("保存").reads("已保存。", case.text.explanatory_note[0].text)
    for report in (Paper.TEST_REPORT, Paper.UNCERTAINTY_REPORT):
        case.attaches("drafter.metrology", report)


def the_public_is_consulted(case: Case) -> None:
    case.by("visitor").goes_to("/consultations").does_not_read(case.text.title_zh)
    stranger = case.at("member1.carbon", "drafts")
    assert stranger.status == 404
    case.does("secretary.metrology", Action.OPEN_CONSULTATION, Stage.CONSULTATION)
    who = case.by("visitor").goes_to("/").follows(case.text.title_zh)
    clause = who.main.locator(".clauses > section", has=who.page.get_by_role("heading", name=re.compile(r"^5\.3")))
    expect(clause).to_contain_text("时钟示值误差不超过±180 s")
    who.follows("对本条提意见 5.3", within=clause)
    expect(who.field("章条编号")).to_have_value("5.3")
    comment = case.text.comments[0]
    case.house.clock.wait_minutes(5)
    who.chooses(say(comment.type)).fills(
        {
            "意见内容及理由": comment.text,
            "建议修改为": comment.proposed_change,
            "姓名": "意见联系人（演示）",
            "单位": comment.organization,
        }
    ).presses("提交意见")
    who.reads("已收到您的意见", "意见编号：1", case.text.title_zh)


def the_clock_closes_the_consultation(case: Case) -> None:
    who = case.at("drafter.metrology").reads(say(Stage.CONSULTATION))
    case.wait(31)
    who.opens(case.project_id).reads_before_long(f"{say(Stage.RESOLUTION)} {STAGES[Stage.RESOLUTION].code}")
    who.opens(case.project_id, "history").reads("系统")
    case.by("visitor").goes_to("/consultations").follows(case.text.title_zh).reads("征求意见已结束，不再接收意见")


def the_drafter_answers_every_comment(case: Case) -> None:
    case.wait(14)
    comment = case.text.comments[0]
    who = case.by("drafter.metrology").goes_to("/desk").reads(case.text.title_zh)
    who.opens(case.project_id, "comments").reads(comment.text, "尚未处理")
    row = who.main.locator("#comment-1")
    row.locator("summary").click()
    who.chooses(say(Disposition.NOT_ACCEPTED), within=row).presses("保存", within=row)
    expect(row).to_contain_text("错误")
    who.chooses(say(Disposition.NOT_ACCEPTED), within=row).fills({"理由": comment.reason}, within=row)
    who.presses("保存", within=row)
    expect(row.locator(".outcome")).to_contain_text(comment.reason)


def it_goes_to_the_committee(case: Case) -> None:
    case.wait(10)
    case.at("secretary.metrology").reads("还差")
    case.brings_draft(DraftStage.REVIEW)
    who = case.does(
        "secretary.metrology",
        Action.SUBMIT_FOR_REVIEW,
        Stage.REVIEW,
        {"会议日期": case.in_days(35), "会议地点": "第一会议室"},
    )
    who.opens(case.project_id, "review").follows("登记送出").presses("登记送出")
    who.reads("已登记材料送出。")


def the_members_vote(case: Case) -> None:
    case.wait(35)
    who = case.at("secretary.metrology", "review").follows("开始表决")
    without_the_absent(who).presses("开始表决").reads("表决已开始。", "有表决权 7 人，已投 0 票")
    for place, login in enumerate(VOTERS):
        voter = case.at(login, "review").reads("等待您的表决").follows("投票")
        against = place == 0
        voter.chooses(say(Position.AGAINST if against else Position.FOR))
        if against:
            voter.presses("投票").reads("请更正一处后再提交")
            voter.fills({"理由或意见": OBJECTION})
        voter.presses("投票").reads("您的表决已记录。")
    who.opens(case.project_id, "review").follows("结束表决").presses("结束表决").reads("表决已结束。", "：达到。")


def without_the_absent(who: Somebody) -> Somebody:
    """Take the three who are absent off the list of a form."""
    boxes = who.main.get_by_label(ABSENT)
    expect(boxes).to_have_count(3)
    for number in range(3):
        boxes.nth(number).uncheck()
    return who


def the_minutes_are_signed(case: Case) -> None:
    who = case.at("secretary.metrology", "review").follows("登记纪要")
    without_the_absent(who).fills(
        {
            "审查情况和主要意见": "会议听取了起草组汇报，审阅了送审稿，逐条讨论并形成意见。",
            "审查结论": "同意通过审定，请起草组修改后报批。",
        }
    ).presses("登记")
    who.reads("纪要已登记，等待签字。")
    who.opens(case.project_id).reads("尚未签")
    for login in ("secretary.metrology", *VOTERS):
        signer = case.at(login, "review").follows("阅读并签署纪要")
        signer.reads("同意通过审定，请起草组修改后报批。").presses("签字").reads("您已签字。")
    case.does("secretary.metrology", Action.PASS_REVIEW, Stage.SUBMISSION)


def the_package_is_handed_in(case: Case) -> None:
    case.wait(12)
    who = case.at("drafter.metrology", "review").follows("答复").reads(OBJECTION)
    who.fills({"答复": "已补充低温试验数据，见试验报告。"}).presses("保存").reads("答复已保存。")
    who.opens(case.project_id, "drafts").follows("由系统生成下一阶段文稿").chooses(say(DraftStage.SUBMISSION))
    who.presses("生成并作为新版本保存").reads("文稿已生成并保存为新版本。", f"· {say(DraftStage.SUBMISSION)}")
    papers = case.at("secretary.metrology", "papers")
    for paper in (Paper.SUBMISSION_LETTER, Paper.SUBMISSION_LIST, Paper.REVIEW_COMMENT_TABLE):
        papers.reads_before_long(say(paper))
    case.at("secretary.metrology").reads_before_long(say(Action.SUBMIT_FOR_APPROVAL))
    case.does("secretary.metrology", Action.SUBMIT_FOR_APPROVAL, Stage.APPROVAL)


def number_and_dates_are_prepared(case: Case) -> None:
    case.wait(20)
    who = case.at("authority", "publication").follows("拟定编号和日期")
    who.fills({"发布日期": case.in_days(10), "实施日期": case.in_days(105), "公告号": "演示公告2026年第1号"})
    who.presses("保存").reads("编号和日期已拟定。", "（拟定，尚未发布）")
    who.opens(case.project_id, "drafts").follows("由系统生成下一阶段文稿").chooses(say(DraftStage.PUBLICATION))
    who.presses("生成并作为新版本保存").reads("文稿已生成并保存为新版本。", f"· {say(DraftStage.PUBLICATION)}")
    case.does("authority", Action.OPEN_PUBLIC_NOTICE, Stage.PUBLIC_NOTICE)
    case.by("visitor").goes_to("/").reads("批准前").follows(case.text.title_zh)


def it_is_published(case: Case) -> None:
    case.wait(10)
    case.does("authority", Action.PUBLISH, Stage.PUBLISHED)
    who = case.by("visitor").goes_to("/standards").reads_before_long(case.text.title_zh)
    who.main.get_by_role("link", name=re.compile(f"^JJF.*{case.text.title_zh}")).click()
    who.reads("已发布，尚未实施", "2026-11-16 发布", "2027-02-19 实施")


def it_comes_into_force(case: Case) -> None:
    case.wait(94)
    case.at("authority").reads(f"{say(Stage.PUBLISHED)} {STAGES[Stage.PUBLISHED].code}")
    case.wait(1)
    # The way to come names the stage as well; only the head of the page has its code behind it.
    case.at("authority").reads_before_long(f"{say(Stage.IN_FORCE)} {STAGES[Stage.IN_FORCE].code}")
    case.by("citizen").goes_to("/desk").reads(case.text.title_zh, say(Stage.IN_FORCE))


def a_visitor_finds_the_clause(case: Case) -> None:
    who = case.sit_down()
    who.goes_to("/search?q=").reads_before_long(case.text.title_zh)
    who.fills({"编号、名称或正文中的词句": PHRASE}).presses("搜索")
    hit = who.main.locator(".hits > li").first
    expect(hit).to_contain_text(case.text.title_zh)
    expect(hit.locator("mark").first).to_be_visible()
    hit.get_by_role("link", name=re.compile(CLAUSE)).click()
    who.reads(PHRASE)
    anchor = who.path.partition("#")[2]
    clause = who.page.locator(f"[id='{anchor}']")
    expect(clause).to_contain_text(PHRASE)
    expect(clause).to_be_in_viewport()
    expect(who.main.locator(".cover")).to_contain_text("实施")


def its_files_open(case: Case, folder: Path) -> None:
    who = case.by("visitor").goes_to("/standards")
    who.main.get_by_role("link", name=re.compile(case.text.title_zh)).first.click()
    text = who.downloads(who.main.get_by_role("link", name="下载 Word"), folder)
    assert PHRASE in words_of(text)
    pages = PdfReader(who.downloads(who.main.get_by_role("link", name="下载 PDF"), folder)).pages
    assert len(pages) > 5
    announcement = who.downloads(who.main.get_by_role("link", name="发布公告"), folder)
    assert case.text.title_zh in words_of(announcement)
    who = case.at("drafter.metrology", "papers")
    made = who.main.locator("table tr", has_text="系统生成").locator("a[href*='/files/papers/']")
    assert made.count() >= 4
    for number in range(made.count()):
        assert words_of(who.downloads(made.nth(number), folder))
    who.opens(case.project_id, "drafts")
    texts = who.main.get_by_role("link", name="Word")
    for number in range(texts.count()):
        assert PHRASE in words_of(who.downloads(texts.nth(number), folder))


def words_of(file: Path) -> str:
    """Everything that a Word file says in its paragraphs and tables."""
    document = docx.Document(str(file))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
