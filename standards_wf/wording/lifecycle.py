"""The generated pages of the documentation, written from the tables; `make docs` puts them there."""

from collections.abc import Iterable

from standards_wf.wording import dates, labels
from standards_wf.wording.language import Language, Term, current, use
from standards_wf.wording.pictures import words_for
from standards_wf.wording.questions import QUESTIONS
from standards_wf.workflow.diagram import svg
from standards_wf.workflow.guards.asking import GUARDS
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.rules import RULES
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.table import Table, Transition
from standards_wf.workflow.vocabulary import Kind, Stage

_OPENING = """# The lifecycle

This page is generated from the tables in `standards_wf/workflow/`; change the tables, then run `make docs`. The tables
are held equal to the published procedure by `tests/workflow/test_procedure_equals_the_published_one.py`.

From one stage, one action leads to one place. Whoever has one of the roles of a row may act; every question of the row
must be answered well, and everything that is missing is told at once. The codes follow GB/T 16733 and the ISO harmonized
stage codes; a basis such as F01 is explained in [sources.md](sources.md), a basis such as 10.92 is the stage code that
the act records, and "-" is practice.
"""
_ABOUT_QUESTIONS = """What an act asks, in both languages, as `/help/procedure` explains it to everybody.
"""
_ABOUT_RULES = """The numbers that the questions use, as a new installation has them. What counts for a case is the table
`rule`, which the administrator edits. A default whose basis is not confirmed is never shown as law.
"""


def pages() -> dict[str, str]:
    """Each generated file of the documentation by its path below `docs/`, the same for every reader."""
    spoken = current()
    try:
        files = {_picture_path(kind, language): _picture(kind, language) for kind in Kind for language in Language}
        use(Language.EN)
        return {"lifecycle.md": "\n".join(_parts())} | files
    finally:
        use(spoken)


def _picture_path(kind: Kind, language: Language) -> str:
    return f"lifecycle/{kind}.{language}.svg"


def _picture(kind: Kind, language: Language) -> str:
    use(language)
    return svg(PROCEDURES[kind], words_for(kind))


def _parts() -> Iterable[str]:
    yield _OPENING
    yield "## Stages\n"
    yield from _table(("Code", "Phase", "Stage", "Name", "Kinds"), map(_stage_cells, Stage))
    for kind, table in PROCEDURES.items():
        yield f"## {_both(labels.kind(kind))}\n"
        zh, en = (_picture_path(kind, language) for language in Language)
        yield f"![The lifecycle of this kind, drawn: the table below says the same in words]({en})\n"
        yield f"[中文图]({zh})\n"
        yield from _table(("From", "Action", "To", "Who", "Questions", "Reason owed", "Basis"), _act_cells(table))
    yield "## Questions\n"
    yield _ABOUT_QUESTIONS
    yield from _table(("Question", "Answered well when", "Basis", "Confirmed"), map(_question_cells, sorted(GUARDS)))
    yield "## Rules\n"
    yield _ABOUT_RULES
    yield from _table(("Rule", "Question", *(labels.kind(kind).en for kind in Kind), "Confirmed for"), _rule_cells())


def _both(term: Term) -> str:
    return f"{term.zh} {term.en}"


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterable[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for cells in rows:
        yield "| " + " | ".join(cells) + " |"
    yield ""


def _stage_cells(stage: Stage) -> tuple[str, ...]:
    row = STAGES[stage]
    kinds = "all" if row.kinds == frozenset(Kind) else ", ".join(labels.kind(kind).en for kind in row.kinds)
    end = " (final)" if row.final else ""
    return row.code, _both(labels.phase(row.phase)), f"`{stage}`{end}", _both(labels.stage(stage)), kinds


def _act_cells(table: Table) -> Iterable[tuple[str, ...]]:
    def cells(row: Transition) -> tuple[str, ...]:
        return (
            _both(labels.stage(row.source, table.kind)),
            f"`{row.action}` {_both(labels.action(row.action, table.kind))}",
            _both(labels.stage(row.target, table.kind)),
            "<br/>".join(_both(labels.role(role)) for role in row.roles),
            "<br/>".join(f"`{guard.__name__}`" for guard in row.guards),
            "yes" if row.needs_note else "",
            row.basis,
        )

    return map(cells, table.rows)


def _question_cells(name: str) -> tuple[str, ...]:
    asked = QUESTIONS[name]
    confirmed = {True: "yes", False: "to be verified", None: ""}[asked.basis.confirmed]
    called = f"`{name}`<br/>{asked.label.zh}<br/>{asked.label.en}"
    return (
        called,
        f"{asked.rule.zh}<br/>{asked.rule.en}",
        f"{asked.basis.words.zh}<br/>{asked.basis.words.en}",
        confirmed,
    )


def _rule_cells() -> Iterable[tuple[str, ...]]:
    for row in RULES:
        confirmed = [labels.kind(kind).en for kind in Kind if row.basis[kind][1]]
        values = (dates.rule_value(row.defaults[kind], row.unit) for kind in Kind)
        yield f"`{row.name}` {labels.rule(row.name).en}", f"`{row.guard}`", *values, ", ".join(confirmed) or "none"
