"""The pages of a text: on the screen, with its pictures and forms, and how it was read, put right by hand."""

import json
from base64 import b64decode
from collections.abc import Callable
from io import BytesIO

import pytest
from docx import Document
from lxml import etree
from sqlalchemy import delete
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.elements import pictures_in
from standards_wf.documents.reading import read_tree
from standards_wf.models.drafts import DraftTree
from standards_wf.models.people import Person
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import DraftStage, Kind, Stage
from tests.services.cases import Case, make_case
from tests.services.texts import bring
from tests.support.client import Browser
from tests.unit.documents.test_correcting import docx

Browse = Callable[..., Browser]
PNG = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")


def illustrated() -> bytes:
    made = Document(BytesIO(docx()))
    made.add_picture(BytesIO(PNG))
    made.add_paragraph("图1 接线")
    kept = BytesIO()
    made.save(kept)
    return kept.getvalue()


@pytest.fixture
def case(session: Session, moment: Moment, store: FileStore) -> Case:
    """A case in drafting with one version of its text."""
    case = make_case(session, moment, stage=Stage.DRAFTING)
    bring(session, case, illustrated(), kind=Kind.LOCAL_STANDARD, store=store, moment=moment, stage=DraftStage.WORKING)
    return case


@pytest.fixture
def sit(browse: Browse, session: Session) -> Callable[[int], Browser]:
    """Somebody of the case at a browser."""
    return lambda person: browse(session.get_one(Person, person).login)


def drafts(case: Case, *, number: int = 1, rest: str = "") -> str:
    return f"/projects/{case.project_id}/drafts/{number}{rest}"


def files(case: Case, rest: str) -> str:
    return f"/files/drafts/{case.project_id}/1{rest}"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_version_is_read_on_the_screen_with_its_picture(
    sit: Callable[[int], Browser], case: Case, language: str
) -> None:
    drafter = sit(case.drafter).speak(language)
    page = drafter.get(drafts(case))
    (picture,) = pictures_in(read_tree(illustrated()))
    assert f"/{case.project_id}/1/pictures/{picture.sha256}" in page.html
    shown = drafter.client.get(files(case, f"/pictures/{picture.sha256}"))
    assert (shown.status_code, shown.mimetype, shown.data) == (200, "image/png", PNG)
    assert shown.headers["Content-Disposition"] == "inline"
    assert "#clause-4" in page.links


def test_a_text_is_handed_on_as_sts_and_as_json(sit: Callable[[int], Browser], case: Case) -> None:
    client = sit(case.drafter).client
    xml, tree = client.get(files(case, ".xml")), client.get(files(case, ".json"))
    assert (xml.mimetype, tree.mimetype) == ("application/xml", "application/json")
    assert etree.fromstring(xml.data).tag == "standard"
    assert json.loads(tree.data)["type"] == "tree"
    assert client.get(files(case, ".rtf")).status_code == 404


def test_pictures_and_forms_are_only_for_those_who_may_read_the_text(
    sit: Callable[[int], Browser], browse: Browse, case: Case
) -> None:
    (picture,) = pictures_in(read_tree(illustrated()))
    for client in (sit(case.stranger).client, browse().client):
        for rest in (f"/pictures/{picture.sha256}", ".xml", ".json"):
            assert client.get(files(case, rest)).status_code == 404
    assert sit(case.drafter).client.get(files(case, f"/pictures/{'0' * 64}")).status_code == 404


def test_a_version_without_a_tree_is_shown_by_its_clauses(
    session: Session, sit: Callable[[int], Browser], case: Case
) -> None:
    with unit_of_work(session):
        session.execute(delete(DraftTree))
    drafter = sit(case.drafter)
    page = drafter.get(drafts(case))
    assert "本文件规定了要求。" in page.text
    assert "#clause-4" in page.links
    assert drafter.client.get(files(case, ".xml")).status_code == 404
    drafter.get(drafts(case, rest="/reading"), status=404)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_not_recognised_stands_above_and_at_its_place(
    sit: Callable[[int], Browser], case: Case, language: str
) -> None:
    page = sit(case.drafter).speak(language).get(drafts(case, rest="/reading"))
    assert "4.7 环境" in page.text
    assert any(link.endswith("#p-7") for link in page.links)
    assert "as-7" in page.form(drafts(case, rest="/reading?page=1"))


def test_a_heading_is_put_right_and_the_new_version_has_it(sit: Callable[[int], Browser], case: Case) -> None:
    drafter, address = sit(case.drafter), drafts(case, rest="/reading")
    values = drafter.get(address).form(f"{address}?page=1")
    answer = drafter.post(f"{address}?page=1", {**values, "as-7": "run_in"})
    assert answer.location.startswith(drafts(case, number=2, rest="/reading"))
    page = drafter.get(answer.location)
    assert "保存为第 2 版" in page.text
    assert page.form(drafts(case, number=2, rest="/reading?page=1"))["as-7"] == "run_in"
    assert "#clause-4-7" in drafter.get(drafts(case, number=2)).links
    assert "更正识别结果的版本" in drafter.get(f"/projects/{case.project_id}/history").text


def test_a_choice_that_there_is_not_is_refused_and_the_others_stay(sit: Callable[[int], Browser], case: Case) -> None:
    drafter, address = sit(case.drafter), drafts(case, rest="/reading")
    values = {**drafter.get(address).form(f"{address}?page=1"), "as-7": "run_in", "as-8": "poem"}
    page = drafter.post(f"{address}?page=1", values, status=422)
    assert page.form(f"{address}?page=1")["as-7"] == "run_in"


def test_whoever_was_overtaken_is_told_and_keeps_what_was_chosen(sit: Callable[[int], Browser], case: Case) -> None:
    drafter, address = sit(case.drafter), drafts(case, rest="/reading")
    values = {**drafter.get(address).form(f"{address}?page=1"), "as-7": "run_in"}
    drafter.post(f"{address}?page=1", values)
    page = drafter.post(f"{address}?page=1", {**values, "as-8": "note"}, status=409)
    assert page.form(f"{address}?page=1")["as-8"] == "note"


def test_the_reading_is_for_the_people_of_the_case_and_only_keepers_change_it(
    sit: Callable[[int], Browser], case: Case
) -> None:
    address = drafts(case, rest="/reading")
    sit(case.stranger).get(address, status=404)
    assert "<select" not in sit(case.chair).get(address).html


def test_the_pages_of_a_text_ask_the_same_few_questions_whatever_its_length(
    session: Session, sit: Callable[[int], Browser], case: Case, store: FileStore, moment: Moment
) -> None:
    longer = Document(BytesIO(docx()))
    for number in range(300):
        longer.add_paragraph(f"第{number}段。")
    kept = BytesIO()
    longer.save(kept)
    bring(
        session,
        case,
        kept.getvalue(),
        kind=Kind.LOCAL_STANDARD,
        store=store,
        moment=moment,
        stage=DraftStage.WORKING,
    )
    drafter = sit(case.drafter)
    drafter.get(drafts(case))
    for rest in ("", "/reading"):
        short, long = drafter.get(drafts(case, rest=rest)), drafter.get(drafts(case, number=2, rest=rest))
        assert long.queries == short.queries <= 20
    assert "page=4" in " ".join(drafter.get(drafts(case, number=2, rest="/reading")).links)
