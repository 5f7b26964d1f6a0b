"""The texts that the demonstration plays: for each named deliverable of the plan its particulars, for many the whole text.

Each file of `texts/` holds one document; `others.yaml` holds the deliverables that are only applied for. Everything
there is of our own wording, and every organisation and person is marked as a demonstration.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, TypeAlias

import yaml

from standards_wf.workflow.notes import NoteHeading
from standards_wf.workflow.vocabulary import CommentType, Disposition, Kind, MetrologyCategory

_FORMULA = re.compile(r"(?P<text>.+?) ……（(?P<number>[A-Z.\d]+)）")


class ClauseKind(StrEnum):
    """What a piece of the text is in the structure of the document."""

    CHAPTER = "chapter"
    CLAUSE = "clause"
    TERMS = "terms"
    TERM = "term"
    ANNEX = "annex"
    ANNEX_CLAUSE = "annex_clause"
    BIBLIOGRAPHY = "bibliography"


class AnnexNature(StrEnum):
    """Whether an annex binds (规范性) or informs (资料性)."""

    NORMATIVE = "normative"
    INFORMATIVE = "informative"


class Extent(StrEnum):
    """How much of a document is written: enough to be in force, enough to be consulted on, or what an application says."""

    WHOLE = "whole"
    DRAFT = "draft"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True)
class DemoTable:
    """A table with its caption (`表1 …`); the first row is its head, every row is as wide as the head."""

    caption: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def text(self) -> str:
        """The table as lines, cells parted by tabs, for a reader of plain text."""
        return "\n".join((self.caption, *("\t".join(row) for row in self.rows)))


@dataclass(frozen=True, slots=True)
class DemoFormula:
    """A formula on its own line with the number in brackets at its end."""

    formula: str
    number: str

    @property
    def text(self) -> str:
        """The formula as a line, for a reader of plain text."""
        return f"{self.formula} ……（{self.number}）"


DemoBlock: TypeAlias = str | DemoTable | DemoFormula


@dataclass(frozen=True, slots=True)
class DemoClause:
    """A chapter, clause, term or annex with its blocks in reading order.

    A block is a paragraph, a table or a formula. A list item begins with its marker (`a) `, `——`), a note with `注：`.
    `label` is empty for the bibliography alone, `title` for a clause without a heading.
    """

    label: str
    title: str
    kind: ClauseKind
    blocks: tuple[DemoBlock, ...]
    english: str = ""
    nature: AnnexNature | None = None

    @property
    def level(self) -> int:
        """How deep the clause lies: 1 for a chapter or an annex, 2 for 4.1 or A.1, and so on."""
        return 1 + self.label.count(".")

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The clause as plain paragraphs, tables and formulas written as lines."""
        return tuple(block if isinstance(block, str) else block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class DemoDrafter:
    """A drafter; the metrology papers name the employer too."""

    name: str
    employer: str


@dataclass(frozen=True, slots=True)
class DemoForeword:
    """The facts that the foreword (or the title page of a metrology specification) states.

    `proposer` is a department by the short name that the plan gives it, or the association of a group standard.
    `history` lists the editions of a revision; a first edition has none to list.
    """

    proposer: str
    committee: str
    drafters: tuple[DemoDrafter, ...]
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DemoNoteSection:
    """What the explanatory note says under one of its headings."""

    heading: NoteHeading
    text: str


@dataclass(frozen=True, slots=True)
class DemoComment:
    """A comment on the draft, and what became of it."""

    clause: str
    type: CommentType
    text: str
    proposed_change: str
    organization: str
    disposition: Disposition
    reason: str


@dataclass(frozen=True, slots=True)
class DemoBudget:
    """The figures of a worked uncertainty example, so that they can be checked against one another.

    `components` are the standard uncertainties that are combined, each already multiplied by its sensitivity.
    """

    unit: str
    readings: tuple[float, ...]
    standard_deviation: float
    components: tuple[float, ...]
    combined: float
    coverage_factor: float
    expanded: float


@dataclass(frozen=True, slots=True)
class DemoText:
    """One document of the demonstration: what its application says, and its text as far as it is written.

    From `Extent.DRAFT` on there are a foreword, clauses, an explanatory note and some comments; a whole text has all of
    these in the measure of a real document, and a calibration specification its worked uncertainty example. `basis`
    names the rules that a metrology specification is drafted on, which its introduction opens with.

    `deliverable` is the name as the plan writes it; together with `node` it tells the named deliverables apart. It is
    empty for an earlier edition, which no node of the plan names and which `replaces` of its successor points to.
    """

    slug: str
    deliverable: str
    node: str
    extent: Extent
    kind: Kind
    category: MetrologyCategory | None
    title_zh: str
    title_en: str
    ics: str
    ccs: str
    purpose: str
    necessity: str
    scope_summary: str
    technical_content: str
    relation_to_laws: str
    drafting_units: tuple[str, ...]
    replaces: str | None
    edition: int | None
    foreword: DemoForeword | None
    basis: tuple[str, ...]
    introduction: tuple[str, ...]
    main_changes: tuple[str, ...]
    clauses: tuple[DemoClause, ...]
    explanatory_note: tuple[DemoNoteSection, ...]
    comments: tuple[DemoComment, ...]
    budget: DemoBudget | None


@cache
def load_texts() -> tuple[DemoText, ...]:
    """All texts of the demonstration, ordered by slug.

    Raises KeyError or ValueError when a file lacks a field or holds a code that the vocabulary does not know.
    """
    texts: list[DemoText] = []
    for file in files(__package__).joinpath("texts").iterdir():
        if file.name.endswith(".yaml"):
            # The base loader leaves every scalar the string that was typed: a label 5.10 must not become 5.1.
            content = yaml.load(file.read_text(encoding="utf-8"), Loader=yaml.CBaseLoader)  # noqa: S506
            texts.extend(_text(entry) for entry in (content if isinstance(content, list) else [content]))
    return tuple(sorted(texts, key=lambda text: text.slug))


def _text(entry: Mapping[str, Any]) -> DemoText:
    return DemoText(
        slug=entry["slug"],
        deliverable=entry["deliverable"],
        node=entry["node"],
        extent=Extent(entry["extent"]),
        kind=Kind(entry["kind"]),
        category=MetrologyCategory(entry["category"]) if "category" in entry else None,
        title_zh=entry["title_zh"],
        title_en=entry["title_en"],
        ics=entry["ics"],
        ccs=entry["ccs"],
        purpose=entry["purpose"],
        necessity=entry["necessity"],
        scope_summary=entry["scope_summary"],
        technical_content=entry["technical_content"],
        relation_to_laws=entry["relation_to_laws"],
        drafting_units=tuple(entry["drafting_units"]),
        replaces=entry.get("replaces"),
        edition=int(entry["edition"]) if "edition" in entry else None,
        foreword=_foreword(entry["foreword"]) if "foreword" in entry else None,
        basis=tuple(entry.get("basis", ())),
        introduction=tuple(entry.get("introduction", ())),
        main_changes=tuple(entry.get("main_changes", ())),
        clauses=_clauses(entry.get("clauses", ())),
        explanatory_note=tuple(
            DemoNoteSection(NoteHeading(heading), text) for heading, text in entry.get("explanatory_note", {}).items()
        ),
        comments=tuple(_comment(comment) for comment in entry.get("comments", ())),
        budget=_budget(entry["budget"]) if "budget" in entry else None,
    )


def _foreword(entry: Mapping[str, Any]) -> DemoForeword:
    drafters = tuple(_drafter(drafter) for drafter in entry["drafters"])
    return DemoForeword(entry["proposer"], entry["committee"], drafters, tuple(entry["history"]))


def _drafter(entry: str) -> DemoDrafter:
    """A drafter as written: a name, with the employer in brackets where the paper asks for it."""
    name, _, employer = entry.partition("（")
    return DemoDrafter(name, employer.removesuffix("）"))


def _clauses(entries: Sequence[Mapping[str, Any]]) -> tuple[DemoClause, ...]:
    return tuple(
        DemoClause(
            label=entry["label"],
            title=entry.get("title", ""),
            kind=ClauseKind(entry["kind"]) if "kind" in entry else _kind_of(entry["label"]),
            blocks=tuple(_block(block) for block in entry.get("text", ())),
            english=entry.get("english", ""),
            nature=AnnexNature(entry["nature"]) if "nature" in entry else None,
        )
        for entry in entries
    )


def _kind_of(label: str) -> ClauseKind:
    """What a label says by its form; terms and the bibliography say it themselves."""
    if label.startswith("附录"):
        return ClauseKind.ANNEX
    if label[:1].isalpha():
        return ClauseKind.ANNEX_CLAUSE
    return ClauseKind.CLAUSE if "." in label else ClauseKind.CHAPTER


def _block(entry: str | Mapping[str, Any]) -> DemoBlock:
    if isinstance(entry, str):
        formula = _FORMULA.fullmatch(entry)
        return DemoFormula(formula["text"], formula["number"]) if formula else entry
    return DemoTable(entry["caption"], tuple(tuple(row) for row in entry["rows"]))


def _comment(entry: Mapping[str, str]) -> DemoComment:
    return DemoComment(
        clause=entry["clause"],
        type=CommentType(entry["type"]),
        text=entry["text"],
        proposed_change=entry["proposed_change"],
        organization=entry["organization"],
        disposition=Disposition(entry["disposition"]),
        reason=entry["reason"],
    )


def _budget(entry: Mapping[str, Any]) -> DemoBudget:
    return DemoBudget(
        unit=entry["unit"],
        readings=tuple(float(reading) for reading in entry["readings"]),
        standard_deviation=float(entry["standard_deviation"]),
        components=tuple(float(component) for component in entry["components"]),
        combined=float(entry["combined"]),
        coverage_factor=float(entry["coverage_factor"]),
        expanded=float(entry["expanded"]),
    )
