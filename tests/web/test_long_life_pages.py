"""The pages of the long life: the reviews of a year, amendments, what is cited and has ended, and what became of it."""

import csv
import io
from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.citations import CitationTask
from standards_wf.models.documents import Ending, PeriodicReview, Publication, Replacement
from standards_wf.models.projects import Project
from standards_wf.request import EXTENSION
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Stage
from tests.support.client import Browser, Page
from tests.support.scene import Scene
from tests.web.public_scene import PublicScene
from tests.web.test_life_through_pages import PDF

Browse = Callable[..., Browser]


@pytest.fixture
def public(app: Flask, session: Session, scene: Scene, moment: Moment) -> PublicScene:
    return PublicScene(session, scene, app.extensions[EXTENSION].store, moment)


@pytest.fixture
def due(public: PublicScene, session: Session) -> dict[str, int]:
    """Two documents whose cycle ends in 2025, by number."""
    for number in ("DB31/T 71—2022", "DB31/T 72—2022"):
        public.document(number=number, published_on=date(2022, 9, 1))
    session.rollback()
    rows = session.execute(select(Publication.number, Publication.project_id))
    return {number: project_id for number, project_id in rows}  # noqa: C416  # typed so


def boxes(page: Page) -> list[str]:
    values = page.form().get("ticked", [])
    return [str(value) for value in values] if isinstance(values, list) else []


# The reviews of a year.


def test_a_years_list_is_begun_given_opinions_and_decided_in_three_forms(
    browse: Browse, due: dict[str, int], session: Session
) -> None:
    clerk = browse("clerk")
    assert "开始复审（2）" in clerk.get("/reviews?year=2025").text
    page = clerk.get("/reviews/start?year=2025")
    assert len(boxes(page)) == 2
    clerk.post("/reviews/start?year=2025", page.form())
    first, second = due.values()
    page = clerk.get("/reviews/opinions?year=2025")
    typed = {
        **page.form(),
        f"conclusion-{first}": "valid",
        f"grounds-{first}": "仍然适用。",
        f"implementation-{first}": "三十家采用。",
        f"conclusion-{second}": "revise",
        f"grounds-{second}": " ",
    }
    page = clerk.post("/reviews/opinions?year=2025", typed, status=422)
    assert page.title.startswith("错误：")
    assert "已办理 1 份" in page.text
    assert f"#field-grounds-{second}" in page.links
    assert page.form()[f"conclusion-{second}"] == "revise"
    clerk.post("/reviews/opinions?year=2025", {**page.form(), f"grounds-{second}": "技术已变化。"})
    page = clerk.get("/reviews/decision?year=2025")
    assert "技术已变化。" in page.text
    values = {**page.form(), "announcement": " ", "decided_on": "2025-06-02", "note": "一并公布"}
    again = clerk.post("/reviews/decision?year=2025", values, status=422)
    assert "#field-announcement" in again.links
    assert str(again.form()["note"]).strip() == "一并公布"
    paper = {"file": (BytesIO(PDF), "公告.pdf")}
    clerk.post("/reviews/decision?year=2025", {**values, "announcement": "2025年第7号", **paper})
    session.rollback()
    reviews = {row.project_id: row for row in session.scalars(select(PeriodicReview))}
    assert (reviews[first].implementation, reviews[first].decision_id) == ("三十家采用。", reviews[second].decision_id)
    listed = clerk.get("/reviews?year=2025")
    assert "2025年第7号" in listed.text
    assert f"/projects/{reviews[second].successor_id}" in listed.links
    decision = browse().get(f"/review-decisions/{reviews[first].decision_id}")
    assert decision.response.data == PDF


def test_who_ticks_nothing_or_comes_too_early_is_told_and_keeps_what_was_typed(
    browse: Browse, due: dict[str, int], public: PublicScene
) -> None:
    clerk = browse("clerk")
    page = clerk.get("/reviews/start?year=2025")
    assert len(boxes(page)) == len(due)
    told = clerk.post("/reviews/start?year=2025", {**page.form(), "ticked": []}, status=422)
    assert "#field-ticked" in told.links
    public.document(number="DB31/T 73—2025", published_on=date(2025, 5, 1))
    page = clerk.get("/reviews/start?year=2028")
    assert boxes(page) == []
    ticked = page.html.partition('name="ticked" value="')[2].partition('"')[0]
    told = clerk.post(
        "/reviews/start?year=2028", {**page.form(), "ticked": [ticked], "early_grounds": "甲"}, status=422
    )
    assert "DB31/T 73—2025：复审周期到" in told.text
    assert (boxes(told), told.form()["early_grounds"]) == ([ticked], "甲")
    values = {**told.form(), "early_reason": "law_changed", "early_grounds": "条例修订"}
    clerk.post("/reviews/start?year=2028", values)
    assert "条例修订" in clerk.get("/reviews?year=2028").text


def test_the_list_is_narrowed_exported_and_shows_everybody_his_own(browse: Browse, due: dict[str, int]) -> None:
    clerk = browse("clerk")
    assert "DB31/T 71—2022" in clerk.get("/reviews?year=2025&kind=local_standard&state=waiting").text
    for narrowed in ("kind=group_standard", "state=concluded", "committee=999999"):
        assert "没有要复审的文件" in clerk.get(f"/reviews?year=2025&{narrowed}").text
    stranger = browse("stranger").get("/reviews?year=2025")
    assert "没有要复审的文件" in stranger.text
    answer = clerk.client.get("/reviews/list.csv?year=2025")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [row["编号"] for row in rows] == list(due)
    assert {row["复审周期届满"] for row in rows} == {"2025-09-01"}
    english = browse("clerk").speak("en").get("/reviews?year=2025")
    assert "Not started" in english.text


# Amendments.


def typed(was: str, now: str) -> dict[str, Any]:
    """One change as somebody types it."""
    return {"clause-0": "4.2", "was-0": was, "now-0": now}


def test_an_amendment_is_drawn_up_changed_published_and_read_by_everybody(
    browse: Browse, public: PublicScene, session: Session
) -> None:
    slug = public.document(number="DB31/T 74—2024")
    session.rollback()
    project = session.scalars(select(Publication.project_id)).one()
    secretary, clerk = browse("secretary"), browse("clerk")
    new = f"/projects/{project}/life/amendments/new"
    told = secretary.submit(new, status=422, reason="改一处", **typed("甲", "甲"))
    assert str(told.form()["was-0"]).strip() == "甲"
    secretary.submit(new, reason="改一处", **typed("三十米", "五十米"))
    life = clerk.get(f"/projects/{project}/life")
    assert "五十米" in life.text
    assert "五十米" not in browse().get(f"/standards/{slug}").text
    edit = next(link for link in life.links if link.endswith(tuple("123456789")) and "/amendments/" in link)
    more: dict[str, Any] = {"clause-1": "附录B", "was-1": "", "now-1": "新的表"}
    secretary.submit(edit, **more)
    publish = f"{edit}/publish"
    secretary.get(publish, status=403)
    told = clerk.submit(publish, status=422, published_on="2025-06-02", effective_on="2025-06-01")
    assert "#field-effective_on" in told.links
    clerk.submit(publish, published_on="2025-06-02", effective_on="2025-07-01", announcement_number="第9号")
    shown = browse().get(f"/standards/{slug}").text
    assert "第1号修改单" in shown
    assert "五十米" in shown
    assert "新的表" in shown
    clerk.get(edit, status=404)


def test_what_is_drawn_up_can_be_given_up(browse: Browse, public: PublicScene, session: Session) -> None:
    public.document(number="DB31/T 74—2024")
    session.rollback()
    project = session.scalars(select(Publication.project_id)).one()
    secretary = browse("secretary")
    secretary.submit(f"/projects/{project}/life/amendments/new", **typed("三十米", "五十米"))
    life = secretary.get(f"/projects/{project}/life")
    discard = next(
        part.partition('"')[0] for part in life.html.split('action="') if part.partition('"')[0].endswith("/discard")
    )
    secretary.post(discard, life.form(discard))
    assert "五十米" not in secretary.get(f"/projects/{project}/life").text


# What is cited and has ended.


def test_the_task_waits_on_the_desk_and_is_settled_with_what_was_found(
    browse: Browse, public: PublicScene, session: Session, moment: Moment
) -> None:
    public.document(number="DB31/T 75—2024")
    public.document(number="DB31/T 76—2020", stage=Stage.ABOLISHED)
    session.rollback()
    citing, ended = session.scalars(select(Publication.project_id).order_by(Publication.project_id))
    with unit_of_work(session):
        committee = public.scene.committees["committee"]
        session.get_one(Project, citing).committee_id = committee
        session.add(
            CitationTask(
                project_id=citing,
                ended_project_id=ended,
                cited_number="DB31/T 76—2020",
                dated=True,
                ended_by=Stage.ABOLISHED,
                raised_on=moment.day,
            )
        )
    secretary = browse("secretary")
    assert "引用的文件已失效，请核对 1 处" in secretary.get("/desk").text
    assert "请核对" in secretary.get(f"/projects/{citing}").text
    life = secretary.get(f"/projects/{citing}/life")
    assert "注日期引用DB31/T 76—2020" in life.text
    address = next(link for link in life.links if "/life/citations/" in link)
    told = secretary.submit(address, status=422, outcome="no_change", note=" ")
    assert "#field-note" in told.links
    secretary.submit(address, outcome="no_change", note="条款仍然适用")
    assert "条款仍然适用" in secretary.get(f"/projects/{citing}/life").text
    assert "引用的文件已失效" not in secretary.get("/desk").text
    browse("drafter").get(address, status=404)


# What became of a document.


def test_the_permanent_page_says_in_one_sentence_what_became_of_a_document(
    browse: Browse, public: PublicScene, session: Session
) -> None:
    older = public.document(stage=Stage.SUPERSEDED, number="DB31/T 88—2019")
    newer = public.document(number="DB31/T 88—2024")
    gone = public.document(stage=Stage.ABOLISHED, number="DB31/T 89—2019")
    public.replace(newer, older)
    with unit_of_work(session):
        of = {row.slug: row.project_id for row in session.query(Publication)}
        session.add_all(
            (
                Ending(
                    project_id=of[older],
                    how=Stage.SUPERSEDED,
                    ended_on=date(2024, 9, 1),
                    announcement_number="2024年第6号",
                    use_instead="DB31/T 88—2024",
                ),
                Ending(
                    project_id=of[gone],
                    how=Stage.ABOLISHED,
                    ended_on=date(2024, 10, 1),
                    reason="国家标准已经发布",
                    use_instead="GB/T 1—2024",
                ),
            )
        )
    assert "自2024年9月1日起失效，由DB31/T 88—2024代替（2024年第6号）。" in browse().get(f"/standards/{older}").text
    page = browse().get(f"/standards/{gone}")
    assert "自2024年10月1日起废止，改用GB/T 1—2024。" in page.text
    assert "国家标准已经发布" in page.text
    assert (
        "Abolished on 1 October 2024; use GB/T 1—2024 instead." in browse().speak("en").get(f"/standards/{gone}").text
    )


def test_a_partial_replacement_is_told_on_both_pages_and_ends_nothing(
    browse: Browse, public: PublicScene, session: Session
) -> None:
    older = public.document(number="DB31/T 90—2019")
    newer = public.document(number="DB31/T 91—2024")
    public.replace(newer, older)
    with unit_of_work(session):
        row = session.query(Replacement).one()
        row.partial, row.clauses = True, "第5章"
    assert "部分内容已由其他文件代替，其余继续有效" in browse().get(f"/standards/{older}").text
    for slug in (older, newer):
        assert "第5章" in browse().get(f"/standards/{slug}").text
    assert "已有新版" not in browse().get(f"/standards/{older}").text


def test_what_is_to_be_replaced_is_typed_line_by_line_and_told_what_becomes_of_it(
    browse: Browse, public: PublicScene
) -> None:
    public.document(number="DB31/T 92—2019")
    case = public.project(stage=Stage.APPLIED)
    department = browse("department")
    address = f"/projects/{case}/application/edit"
    told = department.submit(address, status=422, replaces="DB31/T 92—2019\nDB31/T 93", is_revision="1")
    assert "#field-replaces" in told.links
    assert "DB31/T 93" in str(told.form()["replaces"])
    department.submit(
        address, replaces="DB31/T 92—2019\nDB31/T 93—2018", partly_replaces="GB/T 94—2017；第6章", is_revision="1"
    )
    shown = department.get(f"/projects/{case}/application").text
    assert "新文件实施之日起失效" in shown
    assert "本系统没有登记这份文件" in shown
    assert "部分代替 ：第6章" in shown.replace("部分代替：", "部分代替 ：")
    again = department.get(address).form()
    assert str(again["partly_replaces"]).strip() == "GB/T 94—2017；第6章"
