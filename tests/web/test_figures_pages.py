"""The pages of the figures, their tables to save, and the API that says the same."""

import csv
import io
from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.projects import Project
from standards_wf.request import EXTENSION
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind, Stage
from tests.support.client import Browser
from tests.support.scene import COMMITTEES, Scene
from tests.web.public_scene import PublicScene

Browse = Callable[..., Browser]
TABLES = ("stages", "waits", "deadlines", "kinds", "committees", "years")
PAGES = ("/figures", "/figures?kind=local_standard&year=2025", "/figures/white-paper/2025", "/figures/white-paper/2024")


@pytest.fixture
def public(app: Flask, session: Session, scene: Scene, moment: Moment) -> PublicScene:
    store: FileStore = app.extensions[EXTENSION].store
    return PublicScene(session, scene, store, moment)


def rows_of(browser: Browser, address: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(browser.get(address).html.removeprefix("\ufeff"))))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_the_pages_stand_with_and_without_cases(
    browse: Browse, public: PublicScene, address: str, language: str
) -> None:
    browser = browse().speak(language)
    empty = browser.get(address)
    public.document()
    public.plan(public.project(stage=Stage.DRAFTING))
    full = browser.get(address)
    assert full.queries <= empty.queries + 2 <= 30


@pytest.mark.parametrize("table", TABLES)
def test_each_table_can_be_saved(browse: Browse, public: PublicScene, table: str) -> None:
    public.document()
    head, *rows = rows_of(browse(), f"/figures/{table}.csv")
    assert all(len(row) == len(head) for row in rows)
    if table in {"kinds", "committees", "years"}:
        assert rows[0][1:4] == ["1", "0", "1"]
    browse().get("/figures/names.csv", status=404)


def test_the_committee_is_told_and_no_person(browse: Browse, public: PublicScene) -> None:
    public.document()
    page = browse().get("/figures")
    assert COMMITTEES["committee"] in page.text
    assert "委员会秘书" not in page.text
    assert "市民" not in page.text


def test_a_year_that_has_not_begun_has_no_page(browse: Browse, moment: Moment) -> None:
    browse().get(f"/figures/white-paper/{moment.day.year + 1}", status=404)
    browse().get(f"/figures/white-paper/{moment.day.year + 1}.csv", status=404)
    assert "这一年尚未结束" in browse().get(f"/figures/white-paper/{moment.day.year}").text
    latest = browse().get("/figures/white-paper", status=302)
    assert latest.location.endswith(f"/figures/white-paper/{moment.day.year - 1}")


def test_the_white_paper_says_what_is_not_kept_here(browse: Browse, public: PublicScene, moment: Moment) -> None:
    public.document()
    address = f"/figures/white-paper/{moment.day.year}"
    assert "投诉举报及其答复 — — — 本系统不记录" in browse().get(address).text
    rows = {row[1]: row for row in rows_of(browse(), f"{address}.csv")}
    assert rows["投诉举报及其答复"][-2:] == ["", "本系统不记录"]
    assert rows["收到的立项建议"][2:6] == ["1", "0", "0", "1"]


def test_cases_of_the_demonstration_are_said_to_be_such(
    browse: Browse, public: PublicScene, session: Session, moment: Moment
) -> None:
    public.document()
    with unit_of_work(session):
        session.query(Project).update({Project.is_demonstration: True}, synchronize_session=False)
    for address in ("/figures", f"/figures/white-paper/{moment.day.year}"):
        assert "以下全部是演示项目" in browse().get(address).text
    public.document()
    page = browse().get("/figures")
    assert "以下全部是演示项目" not in page.text
    assert "另有1件演示项目，不计入。" in page.text


def test_the_api_says_what_the_page_says(browse: Browse, public: PublicScene, moment: Moment) -> None:
    public.document(kind=Kind.GROUP_STANDARD, stage=Stage.UNDER_REVIEW)
    client = browse().client
    told = client.get("/api/v1/figures?kind=group_standard").get_json()
    assert (told["cases"], told["of_demonstration"], told["kinds"][0]["published"]) == (1, False, 1)
    assert [row["body"] for row in told["waits"] if row["now"]] == ["group"]
    assert client.get("/api/v1/figures?kind=recipe").status_code == 422
    year = client.get(f"/api/v1/figures/white-paper/{moment.day.year}").get_json()
    figures = {row["figure"]: row for row in year["figures"]}
    assert figures["complaints"]["value"] is None
    assert figures["suggestions"]["kinds"]["group_standard"] == 1
    assert client.get(f"/api/v1/figures/white-paper/{moment.day.year + 1}").status_code == 404
