"""A document of a kind that was only entered as data is suggested, made, published and found like every other."""

from collections.abc import Callable
from datetime import timedelta
from itertools import count

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import FixedClock
from standards_wf.models.projects import Project
from standards_wf.services.rules import rules_for
from standards_wf.workflow.vocabulary import Kind
from tests.support.another_kind import CODE, GUIDANCE, NAME, REVIEW_AFTER
from tests.support.client import Browser
from tests.support.scene import Scene
from tests.web.test_life_through_pages import Life
from tests.web.test_life_through_pages import (
    test_a_standard_is_made_on_the_pages_from_the_application_to_the_signed_minutes as made_on_the_pages,
)

Browse = Callable[..., Browser]
numbers = count(1)


def test_it_is_suggested_on_the_page_and_travels_to_the_submission(
    browse: Browse, session: Session, scene: Scene, clock: FixedClock
) -> None:
    citizen = browse("citizen")
    assert NAME in citizen.get("/suggest").text
    form = citizen.get(f"/suggest?kind={CODE}").form("/suggest")
    clock.advance(timedelta(minutes=5))
    given = {
        "title_zh": "水网碳排放指南",
        "text": "需要指导。",
        "name": "市民",
        "contact": "citizen@example.org",
        "competent_department_id": str(scene.organizations["department"]),
    }
    citizen.post("/suggest", {**form, **given})
    project = session.scalars(select(Project).where(Project.kind == GUIDANCE)).one()
    life = Life(browse, project.id, clock)
    life.fills_in(
        "department",
        "/application/edit",
        {"committee_id": str(scene.committees["committee"]), "framework_node": "M2.1"},
    )

    made_on_the_pages(life)

    assert rules_for(session, GUIDANCE).review_cycle_months == REVIEW_AFTER
    for address in ("/", "/projects", "/search", "/dashboard", "/framework", "/help/procedure", "/figures", "/plans"):
        assert browse("clerk").get(address).text
    assert NAME in browse("clerk").get("/projects").text
    assert NAME in browse("administrator").get("/admin/rules").text


def test_every_kind_is_still_what_it_was() -> None:
    assert [kind.value for kind in Kind] == ["local_standard", "group_standard", "metrology_specification", CODE]
