"""The form that starts a text: what was typed becomes a Word file with its chapters, and nothing typed is lost."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from docx import Document
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.people import Person
from standards_wf.models.projects import Project, ProjectDrafter, ProjectUnit
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind, Stage
from tests.services.cases import Case, make_case
from tests.support.client import Browser

Browse = Callable[..., Browser]
TYPED: dict[str, Any] = {
    "scope": "本文件规定了充电桩的要求。\n本文件适用于公共充电桩。",
    "references": "GB/T 1.1 标准化工作导则",
    "terms": "充电桩 charging pile：供电的装置。",
    "headings": "4 要求\n4.1 外观\n4.2 性能\n附录A（资料性） 记录表",
}


@pytest.fixture
def case(session: Session, moment: Moment, request: pytest.FixtureRequest) -> Case:
    """A case in drafting, without a text, that has all that a cover and a foreword say."""
    kind = getattr(request, "param", Kind.LOCAL_STANDARD)
    case = make_case(session, moment, stage=Stage.DRAFTING, kind=kind)
    with unit_of_work(session):
        project = session.get_one(Project, case.project_id)
        project.title_en, project.ics, project.ccs = "Charging piles", "29.240", "K 80"
        unit = session.query(ProjectUnit).filter_by(project_id=case.project_id, position=1).one()
        session.query(ProjectDrafter).filter_by(project_id=case.project_id).update({"unit": unit.name})
    return case


@pytest.fixture
def sit(browse: Browse, session: Session) -> Callable[[int], Browser]:
    """Somebody of the case at a browser."""
    return lambda person: browse(session.get_one(Person, person).login)


def address(case: Case) -> str:
    return f"/projects/{case.project_id}/drafts/start"


@pytest.mark.parametrize("case", Kind, indirect=True)
def test_what_was_typed_is_a_word_file_to_go_on_with(sit: Callable[[int], Browser], case: Case) -> None:
    drafter = sit(case.drafter)
    assert address(case) in drafter.get(f"/projects/{case.project_id}/drafts").links
    drafter.submit(address(case), **TYPED)
    page = drafter.get(f"/projects/{case.project_id}/drafts/1")
    for said in ("要求", "外观", "充电桩 charging pile", "记录表", "本文件适用于公共充电桩。"):
        assert said in page.text
    assert {"#clause-4", "#clause-4-1", "#clause-4-2", "#annex-a"} <= set(page.links)
    file = drafter.client.get(f"/files/drafts/{case.project_id}/1.docx").data
    assert "GB/T 1.1 标准化工作导则" in [each.text for each in Document(BytesIO(file)).paragraphs]
    assert address(case) not in drafter.get(f"/projects/{case.project_id}/drafts").links


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_was_typed_stays_when_it_is_refused(sit: Callable[[int], Browser], case: Case, language: str) -> None:
    drafter = sit(case.drafter).speak(language)
    page = drafter.submit(address(case), status=422, **{**TYPED, "scope": " "})
    assert page.form()["headings"] == TYPED["headings"]
    assert page.title.startswith(("错误", "Error"))
    drafter.submit(address(case), status=422, **{**TYPED, "terms": "长" * 20_001})


def test_what_the_case_lacks_for_its_cover_is_named(
    session: Session, sit: Callable[[int], Browser], case: Case
) -> None:
    with unit_of_work(session):
        session.get_one(Project, case.project_id).title_en = ""
    page = sit(case.drafter).submit(address(case), status=422, **TYPED)
    assert "英文" in page.text
    assert page.form()["scope"] == TYPED["scope"]


def test_only_those_who_keep_the_text_start_it(sit: Callable[[int], Browser], browse: Browse, case: Case) -> None:
    sit(case.stranger).get(address(case), status=404)
    sit(case.chair).get(address(case), status=403)
    browse().get(address(case), status=302)
