"""The pictures of the procedure show what the table says, and the documentation is drawn from it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from standards_wf.wording import labels
from standards_wf.wording.language import Language, use
from standards_wf.wording.lifecycle import pages
from standards_wf.wording.pictures import words_for
from standards_wf.workflow.diagram import Way, mermaid, rows_as_data, svg, way_of
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.stages import stages_of
from standards_wf.workflow.vocabulary import Kind, Role
from tests.workflow.cases import published_rows

DOCS = Path(__file__).resolve().parents[2] / "docs"
SVG = "{http://www.w3.org/2000/svg}"

each_kind = pytest.mark.parametrize("kind", Kind)
each_language = pytest.mark.parametrize("language", Language)


@pytest.fixture(autouse=True)
def _chinese_afterwards() -> Iterator[None]:
    yield
    use(Language.ZH)


def _picture(kind: Kind, language: Language) -> ET.Element:
    use(language)
    return ET.fromstring(svg(PROCEDURES[kind], words_for(kind)))  # noqa: S314  our own picture


@each_kind
def test_the_plain_rows_are_the_published_rows(kind: Kind) -> None:
    told = json.loads(json.dumps(rows_as_data(PROCEDURES[kind])))
    assert told == [
        {
            "from": row.source,
            "action": row.action,
            "to": row.target,
            "roles": list(row.roles),
            "guards": list(row.guards),
            "note_required": row.needs_note,
            "basis": row.basis,
        }
        for row in published_rows(kind)
    ]


@each_kind
def test_the_flowchart_has_every_stage_and_every_row(kind: Kind) -> None:
    drawn = mermaid(PROCEDURES[kind], words_for(kind))
    edges = re.findall(r'^  (\w+) (-->|-\.->)\|"([^"]+)"\| (\w+)$', drawn, re.MULTILINE)
    assert [(source, target) for source, _, _, target in edges] == [
        (row.source, row.target) for row in published_rows(kind)
    ]
    assert re.findall(r"^    (\w+)\[", drawn, re.MULTILINE) == [row.stage for row in stages_of(kind)]
    assert drawn.count("subgraph") == drawn.count("\n  end\n") == 6


@each_kind
@each_language
def test_the_picture_names_every_stage_and_every_act(kind: Kind, language: Language) -> None:
    picture = _picture(kind, language)
    told = "".join("".join(text.itertext()).replace(" ", "") for text in picture.iter(f"{SVG}text"))
    for row in PROCEDURES[kind].rows:
        assert str(labels.action(row.action, kind)).replace(" ", "") in told
    for stage in stages_of(kind):
        assert str(labels.stage(stage.stage, kind)).replace(" ", "") in told


@each_kind
@each_language
def test_the_picture_keeps_inside_its_frame_and_its_cards_apart(kind: Kind, language: Language) -> None:
    picture = _picture(kind, language)
    width, height = float(picture.get("width", 0)), float(picture.get("height", 0))
    for text in picture.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x", -1)) <= width
        assert 0 <= float(text.get("y", -1)) <= height
        assert float(text.get("font-size", 0)) >= 12
    places = [
        tuple(float(card.get(name, 0)) for name in ("x", "y", "width", "height"))
        for card in picture.iter(f"{SVG}rect")
        if card.get("rx")
    ]
    assert len(places) == len(stages_of(kind))
    for place, (x, y, wide, high) in enumerate(places):
        assert x + wide <= width
        assert y + high <= height
        for other_x, other_y, _, _ in places[place + 1 :]:
            assert other_x >= x + wide or (other_x == x and other_y >= y + high)


def test_the_picture_needs_no_exception_from_the_content_security_policy() -> None:
    for kind in Kind:
        drawn = svg(PROCEDURES[kind], words_for(kind))
        assert not re.search(r"<style|<script|style=|href|\son\w+=", drawn)


def test_each_act_goes_its_way() -> None:
    rows = {(row.source.value, row.action.value): row for row in PROCEDURES[Kind.LOCAL_STANDARD].rows}
    assert way_of(rows["suggested", "apply"]) is Way.ONWARD
    assert way_of(rows["drafting", "extend_project"]) is Way.STAYING
    assert way_of(rows["review", "withdraw_from_review"]) is Way.BACK
    assert way_of(rows["abolition_notice", "abolish"]) is Way.CLOSING


def test_the_generated_documentation_is_current() -> None:
    for path, content in pages().items():
        assert (DOCS / path).read_text(encoding="utf-8") == content, f"run `make docs`: {path} is not current"


def test_the_page_tells_every_role_that_may_act() -> None:
    told = pages()["lifecycle.md"]
    acting = {role for table in PROCEDURES.values() for row in table.rows for role in row.roles}
    assert acting < set(Role)
    for role in acting:
        assert labels.role(role).en in told


def test_every_basis_is_explained_or_is_a_stage_code() -> None:
    sources = (DOCS / "sources.md").read_text(encoding="utf-8")
    for table in PROCEDURES.values():
        for row in table.rows:
            if row.basis == "-" or re.fullmatch(r"\d\d\.\d\d", row.basis):
                continue
            name = re.match(r"F\d\d|fact \d|\d\.\d", row.basis)
            assert name, row.basis
            assert f"| {name[0]} |" in sources, row.basis
