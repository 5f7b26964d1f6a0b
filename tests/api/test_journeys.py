"""A local and a group standard travel through the API alone, from the suggestion to the document that everybody finds."""

from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from flask import Flask

from standards_wf.demo.bodies import PublishedWith, body_of_text
from standards_wf.demo.texts import DemoText
from standards_wf.documents.inspect import FileKind
from standards_wf.documents.pdf import Office
from standards_wf.documents.render import render
from standards_wf.installation import Installation
from standards_wf.request import EXTENSION, installation
from standards_wf.services.clock_acts import act_for_the_day
from standards_wf.services.indexing import rebuild
from standards_wf.workflow.vocabulary import DraftStage, Kind
from tests.api.callers import Api
from tests.services.texts import text_for
from tests.support.scene import MEMBERS, NODE, ORGANIZATIONS

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
APPLICANT = {Kind.LOCAL_STANDARD: "department", Kind.GROUP_STANDARD: "association"}
KEEPER = {Kind.LOCAL_STANDARD: "clerk", Kind.GROUP_STANDARD: "association"}
LETTERS = ("submission_letter", "submission_list", "review_comment_table")


@cache
def docx(kind: Kind, stage: DraftStage, published_with: PublishedWith | None = None) -> bytes:
    text = text_for(kind)
    return render(*body_of_text(text, stage, completed_on=date(2025, 5, 30), published_with=published_with))


class Journey:
    """One case on its way."""

    def __init__(self, api: Api, kind: Kind) -> None:
        self.api, self.kind = api, kind
        self.text: DemoText = text_for(kind)
        self.applicant, self.keeper = APPLICANT[kind], KEEPER[kind]
        self.id = 0

    @property
    def at(self) -> str:
        return f"/projects/{self.id}"

    @property
    def stage(self) -> str:
        return str(self.api.get("secretary", self.at)["stage"])

    def wait(self, days: int) -> None:
        self.api.clock.advance(timedelta(days=days))

    def day(self, days: int = 0) -> str:
        return (self.api.now.day + timedelta(days=days)).isoformat()

    def the_clock_strikes(self) -> None:
        assert act_for_the_day(self.api.sessions, moment=self.api.now)

    def act(self, login: str, action: str, **fields: object) -> None:
        self.api.act(login, self.id, action, **fields)

    def brings(self, login: str, stage: DraftStage, published_with: PublishedWith | None = None) -> dict[str, Any]:
        files = {"file": ("文稿.docx", docx(self.kind, stage, published_with))}
        if published_with:
            files["pdf"] = ("文稿.pdf", PDF)
        form = {"draft_stage": stage.value}
        brought: dict[str, Any] = self.api.do(login, "POST", f"{self.at}/drafts", files=files, form=form)
        return brought

    def is_suggested(self) -> None:
        scene = self.api.scene
        body = {
            "kind": self.kind.value,
            "title_zh": self.text.title_zh,
            "purpose": self.text.purpose,
            "node": NODE,
            "committee_id": scene.committees["committee"],
        }
        if self.kind is Kind.LOCAL_STANDARD:
            body["competent_department_id"] = scene.organizations["department"]
        else:
            body["group_id"] = scene.organizations["association"]
        made = self.api.ask("citizen", "POST", "/projects", json=body)
        assert made.status_code == 201
        self.id = made.get_json()["id"]
        assert made.headers["Location"] == f"/api/v1{self.at}"

    def is_applied_for(self) -> None:
        particulars = {
            "title_en": self.text.title_en,
            "ics": self.text.ics,
            "ccs": self.text.ccs,
            "necessity": self.text.necessity,
            "scope": self.text.scope_summary,
            "technical_content": self.text.technical_content,
            "relation_to_laws": self.text.relation_to_laws,
            "contact": "联系人",
            "proposed_months": 12,
            "drafting_units": [ORGANIZATIONS["institute"][0]],
            "drafters": [{"name": "第一起草人", "unit": ORGANIZATIONS["institute"][0], "login": "drafter"}],
        }
        self.api.do(self.applicant, "PATCH", self.at, particulars)
        self.act(self.applicant, "apply")

    def is_planned(self) -> None:
        self.act(self.keeper, "start_appraisal")
        experts = [{"name": f"专家{number}", "unit": "示例大学"} for number in range(7)]
        appraisal = {"held_on": self.day(), "in_favour": True, "experts": experts}
        self.api.do(self.keeper, "PUT", f"{self.at}/appraisal", appraisal)
        plan = {"plan_published_on": self.day(), "completes_on": self.day(300)}
        self.act(self.keeper, "approve_project", plan_number=f"计划-{self.id}", **plan)

    def goes_to_the_public(self) -> None:
        draft = self.brings("drafter", DraftStage.CONSULTATION)
        assert draft["draft"]["errors"] == 0
        assert draft["clauses"]
        headings = self.api.get("drafter", f"{self.at}/explanatory_note")["headings"]
        texts = {heading["heading"]: "已说明。" for heading in headings}
        self.api.do("drafter", "PUT", f"{self.at}/explanatory_note", {"texts": texts})
        self.act("secretary", "open_consultation", closes_on=self.day(31))
        comment = {"text": "建议补充术语。", "type": "te", "clause": "3"}
        self.api.do("stranger", "POST", f"{self.at}/comments", comment)
        self.wait(32)
        self.the_clock_strikes()
        assert self.stage == "resolution"
        for waiting in self.api.get("drafter", f"{self.at}/comments?disposition=open")["items"]:
            disposition = {"disposition": "not_accepted", "reason": "已有规定。"}
            self.api.do("drafter", "PATCH", f"/comments/{waiting['id']}", disposition)

    def is_reviewed(self) -> None:
        self.brings("drafter", DraftStage.REVIEW)
        for paper in ("explanatory_note", "comment_table"):
            self.api.do("secretary", "POST", f"{self.at}/papers/{paper}", {"generate": True})
        self.act("secretary", "submit_for_review", review_mode="meeting", meets_on=self.day(35), place="会议室")
        self.api.do("secretary", "POST", f"{self.at}/review/papers_sent")
        self.wait(35)
        ballot = self.api.do("secretary", "POST", f"{self.at}/ballots", {"closes_on": self.day()})
        self.everybody_votes(ballot)
        counted = self.api.do("secretary", "POST", f"/ballots/{ballot['id']}/close")
        assert counted["tally"]["approved"]
        assert counted["tally"]["against"] == 1
        attending = [self.api.scene.people[login] for login in MEMBERS[:3]]
        minutes = {"text": "逐条讨论。", "conclusion": "同意通过。", "attending": attending}
        self.api.do("secretary", "PUT", f"{self.at}/minutes", minutes)
        for login in MEMBERS[:3]:
            self.api.do(login, "POST", f"{self.at}/minutes/signature")
        self.act("secretary", "pass_review")

    def everybody_votes(self, ballot: dict[str, Any]) -> None:
        logins = {identity: login for login, identity in self.api.scene.people.items()}
        entitled = [logins[voter["person_id"]] for voter in ballot["voters"] if voter["entitled"]]
        for place, login in enumerate(entitled):
            vote = {"position": "for"} if place else {"position": "against", "reason": "请补充数据。"}
            self.api.do(login, "PUT", f"/ballots/{ballot['id']}/votes", vote)

    def is_submitted(self) -> None:
        review = self.api.get("drafter", f"{self.at}/review")
        for voter in review["ballot"]["voters"]:
            if voter["position"] == "against":
                self.api.do("drafter", "PUT", f"/votes/{voter['id']}/answer", {"answer": "已补充。"})
        self.brings("drafter", DraftStage.SUBMISSION)
        for paper in ("explanatory_note", "comment_table", "review_minutes"):
            self.api.do("secretary", "POST", f"{self.at}/papers/{paper}", {"generate": True})
        for paper in LETTERS:
            self.api.do("secretary", "POST", f"{self.at}/papers/{paper}", files={"file": (f"{paper}.pdf", PDF)})
        package = self.api.get("secretary", f"{self.at}/papers")["package"]
        assert [each["paper"] for each in package if each["state"] != "there"] == []
        self.act(self.applicant, "submit_for_approval")

    def is_published(self) -> str:
        dates = {"approved_on": self.day(), "published_on": self.day(2), "effective_on": self.day(40)}
        prepared = self.api.do(self.keeper, "PUT", f"{self.at}/publication", dates)
        with_ = PublishedWith(
            prepared["number"],
            date.fromisoformat(prepared["published_on"]),
            date.fromisoformat(prepared["effective_on"]),
        )
        self.brings(self.keeper, DraftStage.PUBLICATION, with_)
        self.wait(2)
        self.act(self.keeper, "publish")
        return str(prepared["number"])


@pytest.fixture
def reviewed(api: Api) -> Journey:
    journey = Journey(api, Kind.GROUP_STANDARD)
    journey.is_suggested()
    journey.is_applied_for()
    journey.is_planned()
    journey.goes_to_the_public()
    return journey


def test_a_paper_comes_in_the_form_that_is_asked_for(api: Api, app: Flask, reviewed: Journey) -> None:
    here: Installation = app.extensions[EXTENSION]
    app.extensions[EXTENSION] = replace(here, office=Office("no-such-office"))
    path = f"{reviewed.at}/documents/comment_table"
    anything = api.ask("drafter", "GET", path)
    assert anything.mimetype == FileKind.DOCX.media_type
    assert Document(BytesIO(anything.data)).tables
    assert "filename*=UTF-8''" in anything.headers["Content-Disposition"]
    unchanged = api.ask("drafter", "GET", path, headers={"If-None-Match": anything.headers["ETag"]})
    assert unchanged.status_code == 304
    absent = api.ask("drafter", "GET", path, headers={"Accept": "application/pdf"})
    assert absent.status_code == 503
    assert "LibreOffice" in absent.get_json()["detail"]
    assert api.ask("drafter", "GET", path, headers={"Accept": "image/png"}).status_code == 406


def test_the_draft_of_a_consultation_is_everybodys_and_the_others_are_not(api: Api, reviewed: Journey) -> None:
    reviewed.brings("drafter", DraftStage.REVIEW)
    assert api.ask(None, "GET", f"{reviewed.at}/drafts/1").status_code == 200
    for form in ("application/xml", "application/json"):
        told = api.ask(None, "GET", f"{reviewed.at}/drafts/1", headers={"Accept": form})
        assert (told.status_code, told.mimetype) == (200, form)
        assert api.ask(None, "GET", f"{reviewed.at}/drafts/2", headers={"Accept": form}).status_code == 404
    assert api.ask(None, "GET", f"{reviewed.at}/drafts/2").status_code == 404
    assert api.ask("drafter", "GET", f"{reviewed.at}/drafts/2").status_code == 200
    assert api.get("drafter", f"{reviewed.at}/drafts/2/clauses")["clauses"]
    assert [each["number"] for each in api.get("drafter", f"{reviewed.at}/drafts")["items"]] == [2, 1]


def test_what_waits_on_somebody_is_told_until_it_is_done(api: Api, reviewed: Journey) -> None:
    waiting = api.get("secretary", "/tasks")
    case = next(each for each in waiting["items"] if each["project_id"] == reviewed.id and each["task"] == "act")
    assert [each["action"] for each in case["actions"]] == ["submit_for_review"]
    assert case["actions"][0]["refusals"]
    assert api.get("stranger", "/tasks")["items"] == []


@pytest.mark.parametrize("kind", [Kind.LOCAL_STANDARD, Kind.GROUP_STANDARD])
def test_a_case_travels_through_the_api_alone_from_the_suggestion_to_the_document_in_force(
    api: Api, app: Flask, kind: Kind
) -> None:
    journey = Journey(api, kind)
    journey.is_suggested()
    journey.is_applied_for()
    journey.is_planned()
    journey.goes_to_the_public()
    journey.is_reviewed()
    journey.is_submitted()
    number = journey.is_published()
    journey.wait(38)
    journey.the_clock_strikes()
    assert journey.stage == "in_force"

    with app.app_context(), api.sessions() as session:
        rebuild(session, installation().search)
    clause = next(clause for clause in journey.text.clauses if clause.paragraphs and len(clause.paragraphs[0]) > 12)
    found = api.get(None, f'/standards?q="{clause.paragraphs[0][2:12]}"')
    assert [item["number"] for item in found["items"]] == [number]
    assert clause.label in [highlight["clause"] for highlight in found["items"][0]["highlights"]]
    document = api.get(None, f"/standards/{found['items'][0]['slug']}")
    assert document["status"] == "in_force"
    assert document["in_force"]
    assert document["citation"].startswith(number)
    for file in document["files"]:
        answer = api.ask(None, "GET", file["href"].removeprefix("/api/v1"), headers={"Accept": file["media_type"]})
        assert answer.status_code == 200
        assert answer.mimetype == file["media_type"]
    history = api.get("secretary", f"/projects/{journey.id}/history?per_page=100")
    assert [event["seq"] for event in history["items"]] == list(range(1, history["total"] + 1))
    links = zip(history["items"], history["items"][1:], strict=False)
    assert all(later["previous_hash"] == earlier["hash"] for earlier, later in links)
