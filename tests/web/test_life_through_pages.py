"""One local standard from its application to the signed minutes, done by its people on the pages alone."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from itertools import count

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import FixedClock, Moment
from standards_wf.demo.bodies import body_of_text
from standards_wf.demo.texts import load_texts
from standards_wf.documents.render import render
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import DraftStage, Kind
from tests.support.client import Browser, Values
from tests.support.scene import MEMBERS, Scene

Browse = Callable[..., Browser]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EXPERTS = "\n".join(f"专家{number}；示例大学；教授" for number in range(1, 6))


@cache
def a_text(stage: DraftStage) -> bytes:
    text = next(text for text in load_texts() if text.kind is Kind.LOCAL_STANDARD and text.clauses)
    paper, body = body_of_text(text, stage, completed_on=date(2025, 6, 2))
    return render(paper, body)


class Life:
    """A project, and everybody who works on it, each at a browser."""

    def __init__(self, browse: Browse, project: int, clock: FixedClock) -> None:
        self.browse, self.project, self.clock = browse, project, clock

    def at(self, part: str = "") -> str:
        return f"/projects/{self.project}{part}"

    def does(self, login: str, part: str, *, status: int = 302, action: str = "", **values: object) -> None:
        self.fills_in(login, part, values, status=status, action=action)

    def fills_in(self, login: str, part: str, values: Values, *, status: int = 302, action: str = "") -> None:
        browser = self.browse(login)
        page = browser.get(self.at(part))
        browser.post(action or self.at(part), {**page.form(action), **values}, status=status)

    def acts(self, login: str, action: str, **values: object) -> None:
        self.fills_in(login, f"/actions/{action}", values)

    def brings(self, login: str, stage: DraftStage) -> None:
        file = (BytesIO(a_text(stage)), "文稿.docx")
        self.does(login, "/drafts/new", draft_stage=stage.value, file=file)

    def applies(self) -> None:
        self.fills_in(
            "department",
            "/application/edit",
            {
                "title_en": "Energy efficiency of charging piles",
                "purpose": "统一方法。",
                "necessity": "没有统一的方法。",
                "scope": "适用于充电桩。",
                "technical_content": "指标和方法。",
                "relation_to_laws": "符合法律法规。",
                "drafting_units": "示例市计量测试研究院\n示例充电设备有限公司",
                "drafters": "第一起草人；示例市计量测试研究院；drafter",
                "contact": "联系人",
                "proposed_months": "12",
            },
        )
        self.does("department", "/papers/new", paper="application_form", file=(BytesIO(PDF), "申报书.pdf"))
        self.acts("department", "apply")

    def is_planned(self) -> None:
        self.acts("clerk", "start_appraisal")
        self.does("clerk", "/appraisal", experts=EXPERTS, in_favour="yes")
        self.acts("clerk", "approve_project", plan_number="沪标-2025-001")

    def is_commented(self, login: str) -> None:
        """Somebody reads the draft for an hour, and sends a comment."""
        links = self.browse("secretary").get(self.at("/comments")).links
        consultation = next(link for link in links if link.startswith("/consultations/"))
        browser = self.browse(login)
        form = browser.get(consultation).form(f"{consultation}#comment")
        self.clock.advance(timedelta(hours=1))
        browser.post(consultation, {**form, "text": "第4章应补充。", "author": "委员", "type": "te"})

    def is_drafted(self) -> None:
        self.brings("drafter", DraftStage.CONSULTATION)
        note = self.browse("drafter").get(self.at("/note/edit")).form()
        self.fills_in(
            "drafter", "/note/edit", {name: "已说明。" for name in note if name.islower() and "_" not in name}
        )
        self.acts("secretary", "open_consultation")


@pytest.fixture
def life(
    browse: Browse, session: Session, scene: Scene, moment: Moment, clock: FixedClock, numbers: Iterator[int]
) -> Life:
    with unit_of_work(session):
        project = scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment, title=f"充电桩能效{next(numbers)}")
    return Life(browse, project.id, clock)


@pytest.fixture
def numbers() -> Iterator[int]:
    return count(1)


def test_a_standard_is_made_on_the_pages_from_the_application_to_the_signed_minutes(life: Life) -> None:
    life.applies()
    life.is_planned()
    life.is_drafted()
    assert "请上传送审稿" not in life.browse("drafter").get("/desk").text
    assert "征求意见，欢迎提出意见" in life.browse("member1").get("/desk").text
    life.is_commented("member1")
    assert "征求意见，欢迎提出意见" not in life.browse("member1").get("/desk").text
    life.clock.advance(timedelta(days=32))
    life.acts("secretary", "close_consultation")

    desk = life.browse("drafter").get("/desk")
    assert "有 1 条意见待处理" in desk.text
    assert "请上传送审稿" in desk.text
    own = life.at("/comments/1")
    life.does("drafter", "/comments/1", action=own, status=422, disposition="not_accepted", reason="")
    life.does("drafter", "/comments/1", action=own, disposition="accepted", reason="")
    life.brings("drafter", DraftStage.REVIEW)
    life.acts("secretary", "submit_for_review", review_mode="letter", meets_on="")

    last_day = (life.clock.now() + timedelta(days=31)).date().isoformat()
    life.does("secretary", "/review/papers")
    life.does("secretary", "/review/ballot", closes_on=last_day)
    listed = life.browse("secretary").get(life.at("/review"))
    assert "起草单位" in listed.text
    life.browse("department").get(life.at("/review/vote"), status=403)
    for login in (*MEMBERS[:6], "chair"):
        assert "请投票" in life.browse(login).get("/desk").text
        life.does(login, "/review/vote", position="for")
        assert "请投票" not in life.browse(login).get("/desk").text
    life.does("member7", "/review/vote", status=422, position="against", reason=" ")
    life.does("member7", "/review/vote", position="against", reason="第5章依据不足。")
    seen_by_a_voter = life.browse("member1").get(life.at("/review")).text.split("表决名单")[1].split("审查会议纪要")[0]
    assert seen_by_a_voter.count("同意") == 1, "while the ballot is open everybody sees the own vote alone"
    life.clock.advance(timedelta(days=32))
    life.does("secretary", "/review/close")
    life.does("secretary", "/review/minutes", text="逐章审查。", conclusion="同意通过。")
    assert "请签署审查纪要" in life.browse("secretary").get("/desk").text
    life.does("secretary", "/review/sign")
    review = life.browse("drafter").get(life.at("/review"))
    assert "有 1 条审查意见待答复" in life.browse("drafter").get("/desk").text
    answer = next(link for link in review.links if "/review/objections/" in link)
    life.browse("drafter").submit(answer, answer="已补充依据。")
    life.acts("secretary", "pass_review")
    page = life.browse("secretary").get(life.at())
    assert "报批" in page.text
    assert page.queries <= 45


def test_a_file_that_is_no_text_is_refused_with_its_reason(life: Life) -> None:
    life.applies()
    life.is_planned()
    life.does("drafter", "/drafts/new", status=422, draft_stage="consultation", file=(BytesIO(b"MZ\x90"), "稿.docx"))
    life.does("drafter", "/drafts/new", status=422, draft_stage="consultation")


def test_a_draft_is_read_downloaded_and_closed_to_strangers(life: Life) -> None:
    life.applies()
    life.is_planned()
    life.brings("drafter", DraftStage.WORKING)
    page = life.browse("drafter").get(life.at("/drafts/1"))
    assert "范围" in page.text
    address = next(link for link in page.links if link.endswith("/1.docx"))
    answer = life.browse("drafter").get(address).response
    assert answer.data == a_text(DraftStage.WORKING)
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"].startswith("private")
    life.browse("drafter").get(address, status=304, **{"If-None-Match": answer.headers["ETag"]})
    life.browse("stranger").get(address, status=404)
    life.browse().get(address, status=404)


def test_htmx_gets_the_row_of_a_comment_alone(life: Life) -> None:
    life.applies()
    life.is_planned()
    life.is_drafted()
    life.is_commented("citizen")
    address = life.at("/comments/1")
    drafter = life.browse("drafter")
    values = {**drafter.get(address).form(address), "disposition": "partly_accepted"}
    asked = {"HX-Request": "true"}
    row = drafter.post(address, {**values, "reason": ""}, status=422, **asked)
    assert row.html.lstrip().startswith("<li")
    assert "部分采纳" in drafter.post(address, {**values, "reason": "拟补充一部分。"}, status=200, **asked).html
