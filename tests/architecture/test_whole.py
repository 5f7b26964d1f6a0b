"""The parts fit together: what one part names, another has."""

import ast
import dataclasses
import re
from pathlib import Path

import pytest

from standards_wf.documents.context import CONTEXTS
from standards_wf.documents.render import TEMPLATES
from standards_wf.notifications.rules import RULES as TOLD
from standards_wf.services.paper_contexts import BODIES, FORMS
from standards_wf.services.papers import MADE_HERE, PAPER_OF
from standards_wf.services.reading.tasks import Task
from standards_wf.services.remedies import REMEDIES
from standards_wf.web import errors as web_errors
from standards_wf.web.admin.record import ADMINISTRATION_WORDS
from standards_wf.web.desk import _TASKS
from standards_wf.worker.handlers import HANDLERS
from standards_wf.workflow.fields import FIELDS
from standards_wf.workflow.packages import body_of, package_of
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import Action, Effect, Event, Kind, MetrologyCategory, Paper, ReviewMode, Role

ROOT = Path(__file__).resolve().parents[2]
SERVICES = [ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "standards_wf" / "services").rglob("*.py"))]
ROWS = [(kind, row) for kind, table in PROCEDURES.items() for row in table.rows]


def constants_in_services() -> set[object]:
    return {node.value for tree in SERVICES for node in ast.walk(tree) if isinstance(node, ast.Constant)}


def test_every_effect_has_a_handler_and_every_handler_an_act_that_promises_it() -> None:
    assert set(HANDLERS) == set(Effect)
    assert {effect for _, row in ROWS for effect in row.effects} == set(Effect)


def test_every_paper_that_follows_an_act_is_one_that_is_made_here() -> None:
    assert {effect for effect in Effect if effect.startswith("render_")} == set(PAPER_OF)
    assert set(PAPER_OF.values()) <= MADE_HERE


def test_every_paper_that_is_made_here_has_a_context_and_a_template_and_no_template_is_without_its_paper() -> None:
    own = {context.paper for context in CONTEXTS}
    made = {
        paper: next(context.paper for context in CONTEXTS if context.__name__ == _answer_of(make))
        if paper in FORMS
        else (Paper.STANDARD_BODY if paper is Paper.STANDARD_BODY else Paper.CALIBRATION_BODY)
        for book in (BODIES, FORMS)
        for paper, make in book.items()
    }
    assert set(made) == MADE_HERE
    assert set(made.values()) == own
    assert {folder.name for folder in TEMPLATES.iterdir() if folder.is_dir()} == {paper.value for paper in own}
    for paper in own:
        assert (TEMPLATES / paper / "template.docx").is_file()
        assert (TEMPLATES / paper / "README.md").is_file()


def _answer_of(make: object) -> str:
    return str(getattr(make, "__annotations__", {})["return"].__name__)


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("mode", ReviewMode)
def test_the_text_of_every_kind_is_in_its_package_and_is_made_here(kind: Kind, mode: ReviewMode) -> None:
    for category in (None, *MetrologyCategory):
        body = body_of(kind, category)
        assert body in BODIES
        assert body in package_of(kind, body, mode)


def test_it_is_decided_for_everything_that_happens_who_hears_of_it() -> None:
    assert set(TOLD) == {*Action, *Event}
    promised = {row.action for _, row in ROWS if Effect.NOTIFY in row.effects}
    assert [action for action in promised if not TOLD[action]] == []


def test_every_act_is_done_by_somebody_and_whoever_does_none_is_known() -> None:
    assert {row.action for _, row in ROWS} == set(Action)
    assert set(FIELDS) <= set(Action)
    moves_no_case = set(Role) - {role for _, row in ROWS for role in row.roles}
    votes_writes_or_keeps = {
        Role.COMMITTEE_CHAIR,
        Role.COMMITTEE_MEMBER,
        Role.INVITED_EXPERT,
        Role.DRAFTER,
        Role.ADMINISTRATOR,
    }
    assert moves_no_case == {Role.PUBLIC, *votes_writes_or_keeps}


def test_every_task_of_the_desk_has_its_words_and_its_place() -> None:
    assert {*_TASKS, Task.COMMENT, Task.CONFIRM} == set(Task)


def test_it_is_decided_for_every_reason_where_it_is_mended() -> None:
    assert set(REMEDIES) == set(RefusalCode)


def test_every_act_of_administration_has_its_words_and_no_words_are_without_an_act() -> None:
    recorded = {
        call.args[1].value
        for tree in SERVICES
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        and getattr(call.func, "id", "") == "append_administration"
        and isinstance(call.args[1], ast.Constant)
    }
    assert len(recorded) > 5
    assert recorded <= set(ADMINISTRATION_WORDS) <= constants_in_services()


def test_every_word_for_no_has_a_status_and_a_page() -> None:
    words = {word for word in vars(web_errors).values() if isinstance(word, type) and word in web_errors.STATUS}
    assert words == set(web_errors.STATUS)
    pages = {int(path.stem) for path in (ROOT / "templates" / "errors").glob("*.html")}
    assert set(web_errors.STATUS.values()) <= pages == web_errors._PAGES


def test_what_travels_to_a_page_is_frozen() -> None:
    loose = []
    for path in sorted((ROOT / "standards_wf" / "services" / "reading").glob("*.py")):
        source = path.read_text("utf-8")
        loose += [f"{path.name}: {line}" for line in re.findall(r"@dataclass(?!\(.*frozen=True).*", source)]
    assert loose == []
    assert all(dataclasses.is_dataclass(context) for context in CONTEXTS)
