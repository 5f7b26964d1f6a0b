"""The search, as somebody uses it who types whatever comes to mind."""

import gc
from collections.abc import Callable
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Publication
from standards_wf.request import EXTENSION
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind, Stage
from tests.support.client import Browser
from tests.support.scene import NODE, Scene
from tests.web.public_scene import PHRASE, PublicScene

Browse = Callable[..., Browser]


@pytest.fixture
def public(app: Flask, session: Session, scene: Scene, moment: Moment) -> PublicScene:
    return PublicScene(session, scene, app.extensions[EXTENSION].store, moment)


@pytest.fixture
def index(app: Flask, public: PublicScene) -> Callable[[], None]:
    return lambda: public.index(app.extensions[EXTENSION].search)


def test_a_phrase_of_a_clause_leads_to_that_clause(
    browse: Browse, public: PublicScene, index: Callable[[], None]
) -> None:
    slug = public.document()
    index()
    page = browse().get(f'/search?q="{PHRASE}"')
    assert f"/standards/{slug}#c4.1" in page.links
    assert "<mark>" in page.html


@pytest.mark.parametrize("spelled", ["DB31T1234", "db31/t 1234", "DB31/T 1234—2024", "db31t1234-2024"])
def test_a_number_is_found_in_every_spelling(
    browse: Browse, public: PublicScene, index: Callable[[], None], spelled: str
) -> None:
    slug = public.document(number="DB31/T 1234—2024")
    public.document(number="DB31/T 555—2024")
    index()
    page = browse().get(f"/search?q={spelled}")
    assert f"/standards/{slug}" in page.links
    assert "DB31/T 555" not in page.text


def test_filters_narrow_down_and_their_counts_are_true(
    browse: Browse, public: PublicScene, index: Callable[[], None]
) -> None:
    for kind in (Kind.LOCAL_STANDARD, Kind.LOCAL_STANDARD, Kind.METROLOGY_SPECIFICATION):
        public.document(kind)
    public.document(Kind.GROUP_STANDARD, Stage.ABOLISHED)
    index()
    assert "找到 2 项" in browse().get("/search?q=充电桩&kind=local_standard").text
    assert "找到 3 项" in browse().get("/search?q=充电桩&kind=local_standard&kind=group_standard").text
    assert "找到 1 项" in browse().get("/search?q=充电桩&status=abolished").text
    assert "找到 4 项" in browse().get("/standards?node=M").text
    assert f'value="{NODE}"' in browse().get("/standards").html
    page = browse().get("/search?q=充电桩&kind=local_standard")
    assert "地方标准 2" in page.text
    assert "团体标准 1" in page.text


def test_the_database_has_the_last_word(
    browse: Browse, public: PublicScene, index: Callable[[], None], session: Session
) -> None:
    slug, other = public.document(title="充电桩甲"), public.document(title="充电桩乙")
    held = public.consultation()
    index()
    with unit_of_work(session):
        session.query(Publication).filter_by(slug=slug).one().published_at = None
        session.get_one(ConsultationRound, held).closed_on = public.moment.day
    page = browse().get("/search?q=充电桩")
    assert "充电桩甲" not in page.text
    assert f"/standards/{other}" in page.links
    assert f"/consultations/{held}" not in page.links


def test_without_an_index_titles_and_numbers_are_still_found(browse: Browse, public: PublicScene) -> None:
    slug = public.document(number="DB31/T 1234—2024", title="充电桩能效评价规范")
    public.document(Kind.METROLOGY_SPECIFICATION, title="别的事情")
    for query in ("充电桩", "DB31T1234", "on", "充电桩&kind=local_standard", "充电桩&year=2024", f"充电桩&node={NODE}"):
        page = browse().get(f"/search?q={query}")
        assert "全文索引暂时不可用" in page.text
        assert f"/standards/{slug}" in page.links
    assert "没有找到" in browse().get("/search?q=充电桩&year=1999").text


# Whoosh forgets to close the file in which it found the damage; the collector closes it and says so.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_damaged_index_is_told_and_not_an_error(
    app: Flask, browse: Browse, public: PublicScene, index: Callable[[], None]
) -> None:
    slug = public.document()
    index()
    for file in Path(app.extensions[EXTENSION].settings.search_folder).rglob("*"):
        if file.is_file() and file.name != "CURRENT":
            file.write_bytes(b"spoilt")
    page = browse().get("/search?q=充电桩")
    gc.collect()
    assert "全文索引暂时不可用" in page.text
    assert f"/standards/{slug}" in page.links


@pytest.mark.parametrize(
    "query",
    [
        "q=%00",
        "q=" + "长" * 2000,
        "q=%22",
        "q=-",
        "q=AND OR NOT",
        "q=%F0%9F%98%80",
        "q=%ff%fe",
        "q=x&page=0",
        "q=x&page=999999999999",
        "q=x&page=-1",
        "kind=nonsense&status=%00&year=20x5&year=²²²²&node=%00&sort=up",
        "q=%3Cscript%3Ealert(1)%3C/script%3E",
        "q=充电桩&page=99",
    ],
)
def test_whatever_is_typed_there_is_an_answer(
    browse: Browse, public: PublicScene, index: Callable[[], None], query: str
) -> None:
    public.document()
    index()
    for path in ("/search", "/standards"):
        page = browse().get(f"{path}?{query}")
        assert "<script>" not in page.html


def test_an_answer_of_nothing_says_what_to_try(browse: Browse, public: PublicScene, index: Callable[[], None]) -> None:
    public.document()
    index()
    page = browse().get("/search?q=qwertzuiop")
    assert "没有找到" in page.text
    assert "/suggest" in page.links
