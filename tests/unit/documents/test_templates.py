"""Template, README and context of each paper say the same."""

import re

import docx
import pytest

from standards_wf.documents.context import CONTEXTS, Context
from standards_wf.documents.render import TEMPLATES, names_of, placeholders
from standards_wf.documents.writing.styles import NEEDED
from standards_wf.workflow.vocabulary import Paper

PAPERS = [context.paper for context in CONTEXTS]
_BODIES = [Paper.STANDARD_BODY, Paper.CALIBRATION_BODY]


def readme(paper: Paper) -> str:
    return (TEMPLATES / paper / "README.md").read_text(encoding="utf-8")


def first_column(text: str) -> set[str]:
    """The names between backticks in the first column of a table."""
    cells = re.findall(r"^\| (`[^|]+) \|", text, re.MULTILINE)
    return {name for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


@pytest.mark.parametrize("paper", PAPERS)
def test_the_readme_lists_exactly_the_placeholders_of_the_template(paper: Paper) -> None:
    listed = first_column(readme(paper).split("## The body")[0])

    assert listed == placeholders(paper)


@pytest.mark.parametrize("context", CONTEXTS)
def test_the_template_asks_for_nothing_that_its_context_cannot_say(context: type[Context]) -> None:
    assert placeholders(context.paper) <= set(names_of(context))


@pytest.mark.parametrize("paper", _BODIES)
def test_the_template_of_a_text_holds_every_style_in_which_the_body_is_written(paper: Paper) -> None:
    template = docx.Document(str(TEMPLATES / paper / "template.docx"))

    assert set(NEEDED) <= {style.name for style in template.styles}
    assert {"footnote text", "footnote reference"} <= {style.name for style in template.styles}


@pytest.mark.parametrize("paper", _BODIES)
def test_the_readme_names_every_style_in_which_the_body_is_written(paper: Paper) -> None:
    assert set(NEEDED) <= first_column(readme(paper).split("## The body")[1])
