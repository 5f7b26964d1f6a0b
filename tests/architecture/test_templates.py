"""Templates: each compiles, is used, says everything in both languages, and links only to what there is."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import cast

import pytest
from flask import Flask
from jinja2 import Environment, meta, nodes
from jinja2.lexer import TOKEN_DATA
from werkzeug.routing import Rule

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = ROOT / "templates"
NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html"))
HAN = re.compile(r"[㐀-鿿]")
IN_THE_OTHER_LANGUAGE = {
    "English 中文",
    "en zh-CN",
    "zh-CN en",
    "Standards Lifecycle System 上海市标准全生命周期管理系统",
}
"""What leads over to the other language and so is written in it, and the codes of both."""
MARKS = {"required", "checked", "selected", "open", "page", "narrow"}
"""Words of the markup that a macro writes alone."""
SHOWN_BY = {"render_template": "{}", "show_tab": "projects/{}.html", "show_admin": "admin/{}.html"}
"""Which functions show a template, and how they call it."""
SAID_ALIKE = {"PDF", "Word", "JSON", "SHA", "ICS", "CCS"}
"""What is written in the same letters in both languages."""
WORDS_OF_THE_TEXTS = {"public/text.html": {"附录"}, "public/node.html": {"等"}}
"""What belongs to a Chinese text that is shown as it is, whatever language the page speaks."""
NOT_LINKED = {
    "api.openapi": "linked by its plain address at the foot of each page",
    "health.healthz": "asked by machines",
    "health.readyz": "asked by machines",
    "health.metrics": "asked by machines",
    "public.suggested": "follows a suggestion",
    "public.to_confirm": "linked in a mail",
    "public.thanks": "follows a comment",
    "admin.index": "leads on to the people",
}


@dataclass(frozen=True)
class Said:
    """A sentence in both languages, where it stands, and the names of the values that it is given."""

    place: str
    chinese: str
    english: str
    given: set[str] | None


@cache
def python_sources() -> tuple[ast.Module, ...]:
    return tuple(ast.parse(path.read_text("utf-8")) for path in sorted((ROOT / "standards_wf").rglob("*.py")))


def calls_in_python() -> Iterator[tuple[str, ast.Call]]:
    for tree in python_sources():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                yield getattr(node.func, "id", getattr(node.func, "attr", "")), node


def parsed(app: Flask, name: str) -> nodes.Template:
    return cast(Environment, app.jinja_env).parse((TEMPLATES / name).read_text("utf-8"))


def shown_by_views() -> set[str]:
    return {
        SHOWN_BY[function].format(call.args[0].value)
        for function, call in calls_in_python()
        if function in SHOWN_BY and call.args and isinstance(call.args[0], ast.Constant)
    }


def shown_for_errors() -> set[str]:
    tree = ast.parse((ROOT / "standards_wf" / "web" / "errors.py").read_text("utf-8"))
    numbers = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, int)}
    return {f"errors/{number}.html" for number in numbers if number >= 400}


def test_every_template_compiles(app: Flask) -> None:
    assert len(NAMES) > 60
    for name in NAMES:
        app.jinja_env.get_template(name)


def test_every_template_is_shown_extended_included_or_imported_and_nothing_else_is_asked_for(app: Flask) -> None:
    referred = {each for name in NAMES for each in meta.find_referenced_templates(parsed(app, name))}
    assert None not in referred, "the name of a template is written where it is used"
    assert referred | shown_by_views() | shown_for_errors() == {*NAMES, "public/feed.xml"}


def test_nothing_is_imported_into_a_template_and_then_not_used(app: Flask) -> None:
    unused = []
    for name in NAMES:
        tree = parsed(app, name)
        used = {node.name for node in tree.find_all(nodes.Name) if node.ctx == "load"}
        imported = {
            alias if isinstance(alias, str) else alias[1]
            for node in tree.find_all(nodes.FromImport)
            for alias in node.names
        } | {node.target for node in tree.find_all(nodes.Import)}
        unused += [f"{name}: {each}" for each in sorted(imported - used)]
    assert unused == []


def test_no_template_names_a_static_file_without_the_hash_of_its_content(app: Flask) -> None:
    for name in NAMES:
        assert "/static/" not in (TEMPLATES / name).read_text("utf-8"), name
        for call in parsed(app, name).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "asset_url":
                asked = call.args[0]
                assert isinstance(asked, nodes.Const)
                assert (ROOT / "static" / asked.value).is_file(), (name, asked.value)


def said_in_templates(app: Flask) -> Iterator[Said]:
    for name in NAMES:
        for call in parsed(app, name).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "t":
                chinese, english = call.args[:2]
                if isinstance(chinese, nodes.Const) and isinstance(english, nodes.Const):
                    given = None if call.dyn_kwargs else {each.key for each in call.kwargs}
                    yield Said(f"{name}:{call.lineno}", chinese.value, english.value, given)


def said_in_python() -> Iterator[Said]:
    for function, call in calls_in_python():
        if function in {"t", "Term"} and len(call.args) >= 2:
            words = [
                each.value for each in call.args[:2] if isinstance(each, ast.Constant) and isinstance(each.value, str)
            ]
            if len(words) == 2:
                names = {each.arg for each in call.keywords if each.arg}
                given = names if function == "t" and len(names) == len(call.keywords) else None
                yield Said(f"line {call.lineno}", words[0], words[1], given)


def test_what_is_said_in_chinese_is_chinese_and_what_is_said_in_english_has_no_chinese_in_it(app: Flask) -> None:
    said = [*said_in_templates(app), *said_in_python()]
    assert len(said) > 1000
    wrong = [
        each
        for each in said
        if f"{each.chinese} {each.english}" not in IN_THE_OTHER_LANGUAGE
        and (HAN.search(_own_words(each.english)) or not _is_chinese(each.chinese))
    ]
    assert wrong == []


def _own_words(english: str) -> str:
    """A sentence without the Chinese words that it quotes: titles, numbers and the names of styles in Word."""
    return re.sub(r"“[^”]*”|\(沪\)|（沪）|标准文件_章标题", "", english)


def _is_chinese(words: str) -> bool:
    return bool(HAN.search(words)) or not set(re.findall(r"[A-Za-z]{3,}", re.sub(r"{\w+}", "", words))) - SAID_ALIKE


def test_a_sentence_is_given_every_word_that_it_leaves_open(app: Flask) -> None:
    gap = re.compile(r"{(\w+)[^}]*}")
    said = [each for each in (*said_in_templates(app), *said_in_python()) if each.given is not None]
    assert [each for each in said if each.given != {*gap.findall(each.chinese), *gap.findall(each.english)}] == []


@pytest.mark.parametrize("name", NAMES)
def test_no_words_stand_in_a_template_that_are_said_in_one_language_only(app: Flask, name: str) -> None:
    source = (TEMPLATES / name).read_text("utf-8")
    data = "".join(value if kind == TOKEN_DATA else "\0" for _, kind, value in app.jinja_env.lex(source))
    read_aloud = " ".join(re.findall(r'(?:aria-label|title|placeholder|alt)="([^"\0]*)', data))
    between_tags = re.sub(r'\s[\w-]+="[^"<>]*"?|<[^<>]*>|&\w+;', " ", data)
    words = set(re.findall(r"[A-Za-z]{2,}|[㐀-鿿]+", f"{between_tags} {read_aloud}"))
    assert words - SAID_ALIKE - MARKS == WORDS_OF_THE_TEXTS.get(name, set())


def links(app: Flask) -> Iterator[tuple[str, str, set[str] | None]]:
    """Every url_for with the names that it is given; none where they come from elsewhere."""
    for name in NAMES:
        for call in parsed(app, name).find_all(nodes.Call):
            if (
                isinstance(call.node, nodes.Name)
                and call.node.name == "url_for"
                and isinstance(call.args[0], nodes.Const)
            ):
                given = None if call.dyn_kwargs else {each.key for each in call.kwargs}
                yield f"{name}:{call.lineno}", call.args[0].value, given
    for function, python in calls_in_python():
        if function == "url_for" and python.args and isinstance(python.args[0], ast.Constant):
            names = [each.arg for each in python.keywords]
            yield (
                f"line {python.lineno}",
                str(python.args[0].value),
                None if None in names else {name for name in names if name},
            )


def test_no_link_leads_nowhere(app: Flask) -> None:
    rules: dict[str, list[Rule]] = {}
    for rule in app.url_map.iter_rules():
        rules.setdefault(rule.endpoint, []).append(rule)
    wrong = []
    for place, endpoint, given in links(app):
        wanted = [rule.arguments for name, of_it in rules.items() if name.endswith(endpoint) for rule in of_it]
        if not wanted or (given is not None and not any(names <= given for names in wanted)):
            wrong.append((place, endpoint, given))
    assert wrong == []


def test_nobody_has_to_type_an_address_to_reach_a_page(app: Flask) -> None:
    linked = {endpoint for _, endpoint, _ in links(app)}
    base = (TEMPLATES / "layouts" / "base.html").read_text("utf-8")
    unreached = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or set())
        and not rule.endpoint.startswith("api.")
        and rule.endpoint not in linked | set(NOT_LINKED)
        and f".{rule.endpoint.rpartition('.')[2]}" not in linked
        and not (rule.arguments == set() and re.search(rf"[\"}}]{rule.rule}[\"?]", base))
    }
    assert unreached == set()
