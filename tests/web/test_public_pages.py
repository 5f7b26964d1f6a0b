"""What everybody may read: the pages themselves, what a stranger must not see, and what they ask of the database."""

from collections.abc import Callable
from datetime import date, timedelta
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from standards_wf.clock import FixedClock, Moment
from standards_wf.models.documents import Publication
from standards_wf.models.projects import Project
from standards_wf.request import EXTENSION
from standards_wf.services.reference_data import load_reference_data
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import DraftStage, Kind, Stage
from tests.support.client import Browser
from tests.support.scene import NODE, Scene
from tests.web.public_scene import PHRASE, PublicScene

Browse = Callable[..., Browser]


@pytest.fixture
def public(app: Flask, session: Session, scene: Scene, moment: Moment) -> PublicScene:
    store: FileStore = app.extensions[EXTENSION].store
    return PublicScene(session, scene, store, moment)


@pytest.fixture
def index(app: Flask, public: PublicScene) -> Callable[[], None]:
    return lambda: public.index(app.extensions[EXTENSION].search)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "address", ["/", "/search", "/standards", "/consultations", "/framework", "/dashboard", "/suggest"]
)
def test_every_page_stands_while_there_is_nothing_to_show(browse: Browse, address: str, language: str) -> None:
    assert browse().speak(language).get(address).title


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_stands_in_both_languages(
    browse: Browse, public: PublicScene, index: Callable[[], None], language: str
) -> None:
    slugs = [public.document(stage=stage) for stage in (Stage.IN_FORCE, Stage.PUBLISHED, Stage.UNDER_REVIEW)]
    slugs += [
        public.document(kind=kind, stage=stage)
        for kind, stage in zip(Kind, (Stage.ABOLISHED, Stage.SUPERSEDED, Stage.ABOLITION_NOTICE), strict=True)
    ]
    public.replace(slugs[0], slugs[4])
    is_open, is_over = public.consultation(), public.consultation(days=-3)
    running = public.notice(public.project(stage=Stage.PUBLIC_NOTICE))
    index()
    browser = browse().speak(language)
    for address in (
        "/",
        "/search?q=充电桩",
        "/standards",
        "/consultations",
        f"/consultations/{is_open}?clause=4.1",
        f"/consultations/{is_over}",
        f"/notices/{running}",
        "/framework",
        f"/framework/{NODE}",
        "/dashboard",
        *(f"/suggest?kind={kind}&node={NODE}" for kind in Kind),
        *(f"/standards/{slug}" for slug in slugs),
    ):
        assert browser.get(address).queries <= 22


def test_no_page_asks_more_of_the_database_when_there_is_more_to_show(
    browse: Browse, public: PublicScene, index: Callable[[], None]
) -> None:
    def put() -> None:
        public.document()
        public.document(Kind.METROLOGY_SPECIFICATION, Stage.PUBLISHED)
        public.consultation()
        public.consultation(days=-2)
        public.plan(public.project(stage=Stage.DRAFTING))
        index()

    put()
    pages = ("/", "/search?q=充电桩", "/standards", "/consultations", "/framework", f"/framework/{NODE}", "/dashboard")
    browse().get("/")  # The frame looks for demonstration data once a minute.
    few = [browse().get(address).queries for address in pages]
    for _ in range(4):
        put()
    many = [browse().get(address).queries for address in pages]
    assert many == few


def test_a_document_is_shown_whole_with_its_table_and_its_formula(browse: Browse, public: PublicScene) -> None:
    slug = public.document(number="DB31/T 1234—2024")
    page = browse().get(f"/standards/{slug}")

    assert "DB31/T 1234—2024" in page.title
    assert 'id="c4.1"' in page.html
    assert "<td>±1 %</td>" in page.html
    assert "E = W / W0" in page.text
    assert "附录A" in page.text
    assert "（资料性）" in page.text
    assert f"/framework/{NODE}" in page.links


@pytest.mark.parametrize(
    "spelled", ["DB31T1234-2024", "db31/t 1234—2024", "DB31/T 1234", "db31t1234", "ＤＢ３１／Ｔ 1234—2024"]
)
def test_every_spelling_of_a_number_leads_to_the_one_address(browse: Browse, public: PublicScene, spelled: str) -> None:
    slug = public.document(number="DB31/T 1234—2024")
    assert browse().get(f"/standards/{spelled}", status=301).location == f"/standards/{slug}"


def test_a_number_without_a_year_leads_to_the_newest_edition(browse: Browse, public: PublicScene) -> None:
    public.document(number="DB31/T 77—2019", stage=Stage.SUPERSEDED, published_on=date(2019, 3, 1))
    newer = public.document(number="DB31/T 77—2024", published_on=date(2024, 3, 1))
    assert browse().get("/standards/DB31T77", status=301).location == f"/standards/{newer}"


@pytest.mark.parametrize(
    "address", ["/standards/DB31-T-1-1999", "/standards/nonsense", "/standards/999", "/standards/a/b/c"]
)
def test_a_document_that_is_not_there_is_not_found(browse: Browse, address: str) -> None:
    browse().get(address, status=404)


def test_a_superseded_document_says_what_to_use_instead(browse: Browse, public: PublicScene) -> None:
    older = public.document(stage=Stage.SUPERSEDED, number="DB31/T 88—2019")
    newer = public.document(number="DB31/T 88—2024")
    public.replace(newer, older)
    assert "本文件已被代替" in browse().get(f"/standards/{older}").text
    assert f"/standards/{newer}" in browse().get(f"/standards/{older}").links
    assert f"/standards/{older}" in browse().get(f"/standards/{newer}").links


def test_a_number_that_is_only_prepared_is_nobodys_business(
    browse: Browse, public: PublicScene, session: Session
) -> None:
    slug = public.document()
    with unit_of_work(session):
        session.query(Publication).filter_by(slug=slug).one().published_at = None
    browse().get(f"/standards/{slug}", status=404)
    assert slug not in browse().get("/").html


def test_what_is_not_public_is_on_no_page(browse: Browse, public: PublicScene, index: Callable[[], None]) -> None:
    public.project(title="秘密建议", stage=Stage.APPLIED)
    public.draft(public.project(title="秘密起草", stage=Stage.DRAFTING), DraftStage.CONSULTATION)
    held = public.consultation(members_only=True, title="秘密征求意见")
    index()
    for address in (
        "/",
        "/search?q=秘密",
        "/consultations",
        f"/framework/{NODE}",
        "/dashboard",
        "/feeds/consultations.atom",
    ):
        assert "秘密建" not in browse().get(address).text
        assert "秘密起" not in browse().get(address).text
        assert "秘密征" not in browse().get(address).text
    browse().get(f"/consultations/{held}", status=404)
    browse("stranger").get(f"/consultations/{held}", status=404)
    assert "秘密征求意见" in browse("association").get(f"/consultations/{held}").text


def test_the_public_knows_a_project_once_its_plan_is_published(browse: Browse, public: PublicScene) -> None:
    project = public.project(title="已立项的项目", stage=Stage.DRAFTING)
    assert "已立项的项目" not in browse().get(f"/framework/{NODE}").text
    public.plan(project)
    assert "已立项的项目" in browse().get(f"/framework/{NODE}").text


def test_the_framework_shows_all_of_the_plan(browse: Browse, session: Session, moment: Moment) -> None:
    with unit_of_work(session):
        load_reference_data(session, moment)
    page = browse().get("/framework")

    for word in ("S2.3-B5", "M1.2.2", "P3.3", "G4", "国网上海市电力公司", "市气象局", "不少于 16 个计量技术规范"):
        assert word in page.text
    node = browse().get("/framework/S2.3-B5").text
    for word in ("市交通委", "民航华东地区管理局", "机场桥载电源使用", "远机位电源替代设施布局", "低（零）碳机场评价"):
        assert word in node
    assert "电动汽车充电设施" in browse().get("/framework/S2.3").text
    browse().get("/framework/S99", status=404)


def test_a_target_that_is_not_counted_here_is_never_shown_as_nothing(
    browse: Browse, session: Session, moment: Moment, public: PublicScene
) -> None:
    with unit_of_work(session):
        load_reference_data(session, moment)
    public.document(Kind.METROLOGY_SPECIFICATION, published_on=date(2024, 5, 1))
    public.document(Kind.METROLOGY_SPECIFICATION, published_on=date(2026, 5, 1))
    text = browse().get("/dashboard").text

    assert "1 / 16 个" in text
    assert "2 / 30 个" in text
    assert "0 / 20 种" not in text
    assert "完成情况不在本系统记录" in text


def test_a_named_deliverable_is_shown_with_its_case(
    browse: Browse, session: Session, moment: Moment, public: PublicScene
) -> None:
    with unit_of_work(session):
        load_reference_data(session, moment)
    slug = public.document(title="公共汽电车驾驶员节能操作规范")
    with unit_of_work(session):
        session.query(Project).filter_by(title_zh="公共汽电车驾驶员节能操作规范").one().framework_node = "S2.3-B2"
    page = browse().get("/framework/S2.3-B2")
    assert page.links.count(f"/standards/{slug}") == 2
    assert "尚无公开的项目" in browse().get("/framework/S2.3-B5").text


def test_the_feeds_are_well_formed_and_name_what_came_out(browse: Browse, public: PublicScene) -> None:
    slug, held = public.document(title="甲 < 乙 & 丙"), public.consultation()
    for address, link in (
        ("/feeds/publications.atom", f"/standards/{slug}"),
        ("/feeds/consultations.atom", f"/consultations/{held}"),
    ):
        answer = browse().client.get(address)
        assert answer.mimetype == "application/atom+xml"
        tree = ET.fromstring(answer.get_data())  # noqa: S314  our own
        assert [
            entry.findtext("{http://www.w3.org/2005/Atom}id", "").endswith(link)
            for entry in tree.iter("{http://www.w3.org/2005/Atom}entry")
        ] == [True]


def test_the_draft_of_a_consultation_and_a_published_text_are_for_everybody(
    browse: Browse, public: PublicScene
) -> None:
    slug, held = public.document(), public.consultation()
    for address in (f"/standards/{slug}", f"/consultations/{held}"):
        [word] = [link for link in browse().get(address).links if link.endswith(".docx")]
        answer = browse().client.get(word)
        assert answer.status_code == 200
        assert answer.headers["Content-Disposition"].startswith("attachment")


def test_the_phrase_of_a_clause_stands_on_the_page_of_its_document(browse: Browse, public: PublicScene) -> None:
    assert PHRASE in browse().get(f"/standards/{public.document()}").text


def test_the_days_left_follow_the_calendar(browse: Browse, public: PublicScene, clock: FixedClock) -> None:
    public.consultation(days=3)
    assert "还剩 3 天" in browse().get("/consultations").text
    clock.advance(timedelta(days=2))
    assert "还剩 1 天" in browse().get("/consultations").text
