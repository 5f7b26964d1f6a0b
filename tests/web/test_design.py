import hashlib
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import html5lib
import jinja2
import pytest

from standards_wf.wording import labels
from standards_wf.wording.language import Language, t, use
from standards_wf.workflow.vocabulary import Phase, Stage

ROOT = Path(__file__).parents[2]
STYLES = (ROOT / "static/css/site.css").read_text("utf-8")
EXAMPLES = re.findall(r"```jinja\n(.*?)```", (ROOT / "docs/design.md").read_text("utf-8"), re.DOTALL)
ERROR_PAGES = sorted(path.name for path in (ROOT / "templates/errors").glob("*.html"))
AA = 4.5
AA_EDGES = 3.0


@pytest.fixture(params=Language)
def language(request: pytest.FixtureRequest) -> Iterator[Language]:
    use(request.param)
    yield request.param
    use(Language.ZH)


def frame(*, path: str = "/projects", name: str | None = None) -> jinja2.Environment:
    templates = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "templates"), undefined=jinja2.StrictUndefined, autoescape=True
    )
    templates.globals.update(
        t=t,
        asset_url="/static/{}".format,
        url_for=lambda endpoint, **_: f"/{endpoint}",
        csrf_token=lambda: "token",
        site=SimpleNamespace(demonstration=True),
        request=SimpleNamespace(path=path, script_root="/standards-system"),
        get_flashed_messages=lambda **_: [("done", "已保存 <1>")],
        language_switch_url="/language/en?next=/projects",
        current_user=SimpleNamespace(is_authenticated=name is not None, name=name),
        a_day=date(2026, 12, 30),
        an_instant=datetime(2026, 11, 22, 9, 30, tzinfo=UTC),
    )
    return templates


def assert_valid(page: str) -> None:
    html5lib.HTMLParser(strict=True).parse(page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for target in re.findall(r'\s(?:for|aria-describedby|aria-labelledby)="([^"]+)"', page):
        assert set(target.split()) <= set(ids)


@pytest.mark.parametrize("example", EXAMPLES)
def test_each_example_of_the_manual_renders_as_valid_html(example: str, language: Language) -> None:
    rendered = frame().from_string(example).render()
    page = (
        rendered
        if "<!doctype" in rendered
        else f"<!doctype html><html><head><title>x</title></head><body>{rendered}</body></html>"
    )
    assert_valid(page)
    if language is Language.EN:
        assert "（选填）" not in page


def test_the_manual_shows_every_macro_that_pages_may_call() -> None:
    manual = "\n".join(EXAMPLES)
    inner = {
        "account",
        "ahead",
        "branch",
        "editions_notices",
        "choices",
        "line",
        "mark",
        "name",
        "newer",
        "one",
        "optional",
        "other_name",
        "outcome",
        "percent",
        "state",
        "told",
        "pieces",
    }
    for component in (ROOT / "templates/components").glob("*.html"):
        for macro in set(re.findall(r"macro (\w+)\(", component.read_text("utf-8"))) - inner:
            assert re.search(rf"\b{macro}\(", manual), f"{component.name}: {macro}"


@pytest.mark.parametrize("name", ERROR_PAGES)
def test_each_error_page_has_one_heading_and_says_what_to_do_next(name: str, language: Language) -> None:
    page = frame(path="/nowhere").get_template(f"errors/{name}").render()
    assert_valid(page)
    assert page.count("<h1") == 1
    assert {Language.ZH: "您可以", Language.EN: "What you can do"}[language] in page


@pytest.mark.parametrize("name", ["500.html", "503.html"])
def test_the_pages_for_a_broken_system_ask_for_no_person_and_no_session(name: str) -> None:
    templates = frame()
    for unreliable in ("current_user", "get_flashed_messages", "request", "csrf_token", "site"):
        del templates.globals[unreliable]
    assert "<h1" in templates.get_template(f"errors/{name}").render()


@pytest.mark.parametrize("stage", Stage)
def test_every_stage_is_shown_by_a_shape_as_well_as_by_its_colour(stage: Stage) -> None:
    shapes = frame().get_template("components/status.html").make_module().shapes  # type: ignore[attr-defined]
    assert stage in shapes


def test_the_stage_bar_calls_the_phases_what_everything_else_calls_them(language: Language) -> None:
    bar = (
        frame().from_string('{% from "components/stages.html" import stage_bar %}{{ stage_bar("drafting") }}').render()
    )
    words = re.findall(r"<b>(.*?)</b>", bar)
    assert words == [str(labels.phase(phase)) for phase in Phase if phase is not Phase.CLOSED], language


def test_a_heading_of_a_table_may_be_a_term_in_both_languages(language: Language) -> None:
    source = """{% from "components/tables.html" import table %}{% call table("x", [term, (term, "amount")]) %}{% endcall %}"""
    rendered = frame().from_string(source).render(term=labels.phase(Phase.DRAFTING))
    assert rendered.count({Language.ZH: ">起草</th>", Language.EN: ">Drafting</th>"}[language]) == 2


def test_what_people_typed_is_shown_as_text_and_never_as_markup() -> None:
    typed = '"><script>alert(1)</script>'
    source = """{% import "components/forms.html" as form %}{% from "components/empty.html" import empty %}
    {{ form.field(typed, "name", typed, typed, hint=typed) }}{{ form.textarea(typed, "text", typed) }}{{ form.error_summary({"name": typed}) }}
    {{ empty(typed, typed) }}"""
    assert "<script" not in frame().from_string(source).render(typed=typed)


def test_a_field_with_an_error_is_described_by_its_sentence_and_keeps_what_was_typed() -> None:
    source = (
        """{% import "components/forms.html" as form %}{{ form.field("名称", "title", "充电", "太短", hint="全称") }}"""
    )
    rendered = frame().from_string(source).render()
    assert 'aria-describedby="field-title-hint field-title-error" aria-invalid="true"' in rendered
    assert 'value="充电"' in rendered


def test_the_title_of_a_form_that_came_back_begins_with_error(language: Language) -> None:
    page = frame().from_string(EXAMPLES[0]).render(errors={"title": "missing"})
    assert {Language.ZH: "<title>错误：", Language.EN: "<title>Error: "}[language] in page


def test_the_navigation_marks_where_the_reader_is_and_keeps_work_for_those_logged_in() -> None:
    stranger = frame(path="/consultations/3").from_string(EXAMPLES[0]).render()
    member = frame(path="/projects", name="演示").from_string(EXAMPLES[0]).render()
    assert '<a href="/standards-system/consultations" aria-current="true">' in stranger
    assert "/standards-system/desk" not in stranger
    assert '<a href="/standards-system/projects" aria-current="page">' in member
    assert "/standards-system/admin" not in member


def test_no_template_carries_what_the_content_security_policy_forbids() -> None:
    for path in (ROOT / "templates").rglob("*.html"):
        markup = path.read_text("utf-8")
        assert not re.search(r"\sstyle=|\son[a-z]+=|<style|javascript:|<script(?![^>]*\bsrc=)", markup), path
    assert "data:image" not in STYLES


def luminance(colour: str) -> float:
    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


COLOURS = dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", STYLES))


@pytest.mark.parametrize("ground", ["paper", "wash", "wash-deep", "pine-wash", "cinnabar-wash", "ochre-wash", "mark"])
@pytest.mark.parametrize("ink", ["ink", "ink-soft", "pine", "cinnabar", "ochre"])
def test_every_ink_can_be_read_on_every_ground(ink: str, ground: str) -> None:
    assert contrast(COLOURS[ink], COLOURS[ground]) >= AA


@pytest.mark.parametrize("ground", ["paper", "wash"])
@pytest.mark.parametrize("line", ["edge", "focus"])
def test_the_borders_of_fields_and_the_focus_can_be_seen(line: str, ground: str) -> None:
    assert contrast(COLOURS[line], COLOURS[ground]) >= AA_EDGES


def test_htmx_is_the_file_that_its_note_describes() -> None:
    note = (ROOT / "static/js/README.md").read_text("utf-8")
    assert hashlib.sha256((ROOT / "static/js/htmx.min.js").read_bytes()).hexdigest() in note
