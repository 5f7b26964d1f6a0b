"""Template, README and context of each paper say the same."""

import dataclasses
import io
import re
import zipfile

import pytest

from standards_wf.documents.clauses import Clause, ClauseKind
from standards_wf.documents.context import CONTEXTS, Context
from standards_wf.documents.render import TEMPLATES, names_of, placeholders
from standards_wf.workflow.vocabulary import Paper
from tests.unit.documents.samples import CALIBRATION, LOCAL_STANDARD

PAPERS = [context.paper for context in CONTEXTS]
_BODIES = [Paper.STANDARD_BODY, Paper.CALIBRATION_BODY]


def readme(paper: Paper) -> str:
    return (TEMPLATES / paper / "README.md").read_text(encoding="utf-8")


def first_column(text: str) -> set[str]:
    """The names between backticks in the first column of a table; `a_1` … `a_3` stands for the row of them."""
    names: set[str] = set()
    for cell in re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE):
        found = re.findall(r"`([^`]+)`", cell)
        if "…" in cell:
            stem, first = found[0].rsplit("_", 1)
            found = [f"{stem}_{n}" for n in range(int(first), int(found[1].rsplit("_", 1)[1]) + 1)]
        names |= set(found)
    return names


@pytest.mark.parametrize("paper", PAPERS)
def test_the_readme_lists_exactly_the_placeholders_of_the_template(paper: Paper) -> None:
    listed = first_column(readme(paper).split("## The body")[0])

    assert listed == placeholders(paper)


@pytest.mark.parametrize("context", CONTEXTS)
def test_the_template_asks_for_nothing_that_its_context_cannot_say(context: type[Context]) -> None:
    assert placeholders(context.paper) <= set(names_of(context))


@pytest.mark.parametrize("paper", _BODIES)
def test_the_body_has_a_sample_for_every_role_that_the_readme_names(paper: Paper) -> None:
    with zipfile.ZipFile(io.BytesIO((TEMPLATES / paper / "template.docx").read_bytes())) as parts:
        body = re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode())
    sampled = set(re.findall(r"line\.role == '(\w+)'", body))

    assert sampled == first_column(readme(paper).split("## The body")[1])


def test_every_role_that_a_text_can_take_has_its_sample() -> None:
    deep = tuple(
        Clause(ClauseKind.CLAUSE, label, title, ("文字。",))
        for start in ("5", "C")
        for title in ("", "标题")
        for label in (start + ".1" * depth for depth in range(1, 6))
    )
    roles = {
        line.role
        for body in (LOCAL_STANDARD, CALIBRATION, dataclasses.replace(LOCAL_STANDARD, clauses=deep))
        for line in body.lines
    }

    assert roles <= first_column(readme(Paper.STANDARD_BODY).split("## The body")[1])
    assert {"untitled_5", "clause_5", "annex_clause_5", "formula", "symbol", "list_number", "end"} <= roles
