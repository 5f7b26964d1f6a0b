"""The procedure explains itself to everybody: the same rows, questions and numbers that the system goes by."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.rules import RuleRow
from standards_wf.request import EXTENSION
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.wording import labels
from standards_wf.wording.language import Language, use
from standards_wf.wording.questions import QUESTIONS
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.vocabulary import Kind, Stage
from tests.support.client import Browser
from tests.support.scene import Scene
from tests.web.public_scene import PublicScene

Browse = Callable[..., Browser]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("kind", PROCEDURES)
def test_the_page_has_every_row_and_explains_every_question(browse: Browse, kind: Kind, language: Language) -> None:
    page = browse().speak(language).get(f"/help/procedure/{kind}")
    assert page.queries <= 6
    use(language)
    asked = {guard.__name__ for row in PROCEDURES[kind].rows for guard in row.guards}
    try:
        for row in PROCEDURES[kind].rows:
            assert str(labels.action(row.action, kind)) in page.text
            assert all(str(labels.role(role)) in page.text for role in row.roles)
        for name in asked:
            assert str(QUESTIONS[name].rule) in page.text
    finally:
        use(Language.ZH)
    assert {link.removeprefix("#question-") for link in page.links if link.startswith("#question-")} == asked
    identities = {element.get("id") for element in page.tree.iter()}
    assert {link[1:] for link in page.links if link.startswith("#")} <= identities


def test_a_number_is_shown_as_it_counts_here_and_with_what_it_rests_on(browse: Browse, session: Session) -> None:
    page = browse().get("/help/procedure/local_standard").text
    assert "征求意见最短期限： 30日 本安装的缺省值，依据待核实" in page
    assert "复审周期： 36个月 依据已核实 依据：《上海市标准化条例》第二十三条" in page
    with unit_of_work(session):
        session.execute(
            update(RuleRow)
            .where(RuleRow.kind == Kind.LOCAL_STANDARD, RuleRow.name == "consultation_min_days")
            .values(value="45", basis="示例依据", confirmed=True)
        )
    page = browse().get("/help/procedure/local_standard").text
    assert "征求意见最短期限： 45日 依据已核实 依据：示例依据" in page
    assert session.scalars(select(RuleRow.value).where(RuleRow.name == "consultation_min_days")).all().count("30") == 2


def test_what_a_kind_does_not_have_is_not_shown(browse: Browse) -> None:
    assert "登记备案" not in browse().get("/help/procedure/group_standard").text
    assert "批准前公示期" not in browse().get("/help/procedure/group_standard").text
    assert "批准前公示期" in browse().get("/help/procedure/metrology_specification").text


def test_the_picture_is_drawn_in_the_language_of_its_address(browse: Browse) -> None:
    browser = browse()
    page = browser.speak("en").get("/help/procedure")
    assert 'src="/help/procedure/local_standard.en.svg"' in page.html
    picture = browser.get("/help/procedure/group_standard.en.svg")
    assert picture.response.mimetype == "image/svg+xml"
    assert "The lifecycle of a group standard" in picture.html
    assert "团体标准的生命周期" in browser.get("/help/procedure/group_standard.zh.svg").html


@pytest.mark.parametrize(
    "address", ["/help/procedure/recipe", "/help/procedure/recipe.zh.svg", "/help/procedure/x.fr.svg"]
)
def test_what_is_no_kind_and_no_language_has_no_page(browse: Browse, address: str) -> None:
    browse().get(address, status=404)


def test_a_project_leads_to_the_procedure_of_its_stage(browse: Browse, public_project: int) -> None:
    page = browse("secretary").get(f"/projects/{public_project}")
    assert "/help/procedure/local_standard#stage-drafting" in page.links
    assert "/help/procedure" in page.links


@pytest.fixture
def public_project(app: Flask, session: Session, scene: Scene, moment: Moment) -> int:
    store: FileStore = app.extensions[EXTENSION].store
    return PublicScene(session, scene, store, moment).project(stage=Stage.DRAFTING)
