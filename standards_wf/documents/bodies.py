"""What the two kinds of text say: a standard after GB/T 1.1—2020 and a specification after JJF 1071—2010.

A field that may be absent by design has a default; every other field must be filled, or the paper is not made.
What depends on the draft stage (a draft has no number yet, a published text has no completion date) is told by
`may_be_empty`. The other properties are words that the templates print and that follow from the fields.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from standards_wf.documents.elements import Block, Section
from standards_wf.documents.writing.contents import Entry, entries_of
from standards_wf.documents.writing.into_template import BODY_PLACE, INTRODUCTION_PLACE
from standards_wf.wording import labels
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.numbers import Family
from standards_wf.workflow.vocabulary import DraftStage, Kind, Paper

_NO_NUMBER_YET = "XXXX—XXXX"
_NO_DATE_YET = "XXXX-XX-XX"


@dataclass(frozen=True, slots=True)
class Replaced:
    """A document that the new one takes the place of."""

    number: str
    title: str = ""
    partial: bool = False
    """Whether only some of its clauses are replaced; it stays in force then."""
    clauses: str = ""

    @property
    def may_be_empty(self) -> frozenset[str]:
        """The title of a document that was never kept here may not be known, nor the clauses of a part."""
        return frozenset({"title", "clauses"})

    def __str__(self) -> str:
        named = f"{self.number}《{self.title}》" if self.title else self.number
        if not self.partial:
            return named
        return f"{named}的部分内容（{self.clauses}）" if self.clauses else f"{named}的部分内容"


@dataclass(frozen=True, slots=True)
class Foreword:
    """What the foreword (前言) tells beside its fixed sentences, in the prescribed order."""

    proposer: str
    owner: str
    drafting_units: tuple[str, ...]
    drafters: tuple[str, ...]
    organises_implementation: bool = False
    relations: tuple[str, ...] = ()
    main_changes: tuple[str, ...] = ()
    adoption: str = ""
    history: tuple[str, ...] = ()
    further: tuple[str, ...] = ()
    """Sentences that stand in no prescribed place."""

    @property
    def proposed_by(self) -> str:
        """The sentence of ⑥ that says who proposed the text."""
        if self.proposer != self.owner:
            return f"本文件由{self.proposer}{'提出并组织实施' if self.organises_implementation else '提出'}。"
        return f"本文件由{self.proposer}{'提出、归口并组织实施' if self.organises_implementation else '提出并归口'}。"

    @property
    def held_by(self) -> str:
        """The second sentence of ⑥, where the owner is another than the proposer."""
        return f"本文件由{self.owner}归口。" if self.proposer != self.owner else ""


@dataclass(frozen=True, slots=True)
class CoverFacts:
    """What the cover of a text says whatever its kind."""

    title_zh: str
    title_en: str
    draft_stage: DraftStage
    issuer: str
    class_line: str
    number_series: str
    clauses: tuple[Section, ...]
    """The text from its first chapter on; foreword and introduction stand apart."""
    number: str | None = None
    replaces: tuple[Replaced, ...] = ()
    introduction: tuple[Block, ...] = ()
    completed_on: date | None = None
    published_on: date | None = None
    implemented_on: date | None = None
    pictures: Mapping[str, bytes] = field(default_factory=dict, repr=False)
    """The pictures of the text by the hash of their bytes."""

    @property
    def published(self) -> bool:
        """Whether this is the text that is published, and no longer a draft."""
        return self.draft_stage is DraftStage.PUBLICATION

    def absent_by_design(self) -> frozenset[str]:
        """A draft has no number and no dates of its own yet; a published text is no longer dated as a draft."""
        if self.published:
            return frozenset({"completed_on", "replaces", "introduction"})
        return frozenset({"number", "published_on", "implemented_on", "replaces", "introduction"})

    @property
    def cover_number(self) -> str:
        """The number, or the form that it will have."""
        return self.number if self.published and self.number else f"{self.number_series} {_NO_NUMBER_YET}"

    @property
    def cover_publication(self) -> str:
        """The publication date, or the form that it will have."""
        return f"{self.published_on if self.published else _NO_DATE_YET} 发布"

    @property
    def cover_implementation(self) -> str:
        """The implementation date, or the form that it will have."""
        return f"{self.implemented_on if self.published else _NO_DATE_YET} 实施"

    @property
    def cover_replaces(self) -> str:
        """The line under the number: what is replaced."""
        return replaced_in_words(self.replaces)

    @property
    def completion(self) -> str:
        """The line that dates a draft."""
        return f"本稿完成日期：{self.completed_on}" if self.completed_on and not self.published else ""

    @property
    def asks_for_patents(self) -> bool:
        """The drafts that go out for comment and review ask for known patents on their cover."""
        return self.draft_stage in (DraftStage.CONSULTATION, DraftStage.REVIEW)

    @property
    def body_place(self) -> str:
        """Where the body is to stand: the paragraph that holds this is replaced by it."""
        return BODY_PLACE

    @property
    def introduction_place(self) -> str:
        """Where the paragraphs of the introduction are to stand."""
        return INTRODUCTION_PLACE

    @property
    def dated(self) -> date | None:
        """The day that the file itself bears."""
        return self.published_on if self.published else self.completed_on

    @property
    def subject(self) -> str:
        """The line that file managers show for the file."""
        return self.cover_number


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardBody(CoverFacts):
    """The text of a local or group standard, built as GB/T 1.1—2020 asks."""

    paper: ClassVar[Paper] = Paper.STANDARD_BODY

    kind: Kind
    ics: str
    ccs: str
    foreword: Foreword

    @property
    def may_be_empty(self) -> frozenset[str]:
        """As every text; a standard that replaces another tells its main changes and its history."""
        told = set() if self.replaces else {"foreword.main_changes"}
        if all(each.partial for each in self.replaces):
            told.add("foreword.history")
        return self.absent_by_design() | {"foreword.relations", "foreword.adoption", "foreword.further", *told}

    @property
    def code(self) -> str:
        """The large letters at the top right of the cover, such as DB31."""
        local = KINDS[self.kind].series is Family.LOCAL_STANDARD
        return self.number_series.removesuffix("/T") if local else self.number_series

    @property
    def draft_words(self) -> str:
        """The mark of the draft under the title."""
        return draft_words(self.draft_stage, self.kind)

    @property
    def contents(self) -> tuple[Entry, ...]:
        """The lines of the contents (目次)."""
        front = (Entry(1, "前言"), *((Entry(1, "引言"),) if self.introduction else ()))
        return (*front, *entries_of(self.clauses))


@dataclass(frozen=True, slots=True)
class Drafter:
    """A drafter as the metrology papers name one: with the employer in brackets."""

    name: str
    employer: str

    def __str__(self) -> str:
        return f"{self.name}（{self.employer}）"


@dataclass(frozen=True, slots=True, kw_only=True)
class CalibrationBody(CoverFacts):
    """The text of a metrology technical specification, built as JJF 1071—2010 asks."""

    paper: ClassVar[Paper] = Paper.CALIBRATION_BODY

    owner: str
    lead_units: tuple[str, ...]
    interpreter: str
    lead_drafters: tuple[Drafter, ...]
    basis: tuple[str, ...]
    participating_units: tuple[str, ...] = ()
    participating_drafters: tuple[Drafter, ...] = ()
    main_changes: tuple[str, ...] = ()
    approved_on: date | None = None
    itself: str = "本规范"
    """What the text calls itself: 本规范, and 本规程 where it is a verification regulation."""

    @property
    def may_be_empty(self) -> frozenset[str]:
        """As every text; a specification that replaces another tells its main changes."""
        told = () if self.replaces else ("main_changes",)
        return self.absent_by_design() | {"participating_units", "participating_drafters", "approved_on", *told}

    @property
    def draft_words(self) -> str:
        """The mark of the draft under the title; metrology says 报审稿 where standards say 送审稿."""
        return draft_words(self.draft_stage, Kind.METROLOGY_SPECIFICATION)

    @property
    def approval(self) -> str:
        """The sentence of the title page that says who approved the text and from when it applies."""
        if not (self.published and self.approved_on and self.implemented_on):
            return ""
        approved, applied = chinese_date(self.approved_on), chinese_date(self.implemented_on)
        return f"{self.itself}经{self.issuer}于{approved}批准，并自{applied}起施行。"

    @property
    def contents(self) -> tuple[Entry, ...]:
        """The lines of the contents (目录)."""
        return (Entry(1, "引言"), *entries_of(self.clauses))


def replaced_in_words(replaced: Iterable[Replaced]) -> str:
    """The line 代替 … of a cover, and 部分代替 … for what is replaced in part."""
    rows = tuple(replaced)
    said = []
    for word, numbers in (
        ("代替", [each.number for each in rows if not each.partial]),
        ("部分代替", [each.number for each in rows if each.partial]),
    ):
        if numbers:
            said.append(f"{word} {'，'.join(numbers)}")
    return "，".join(said)


def draft_words(stage: DraftStage, kind: Kind) -> str:
    """The mark that a draft of a stage carries (征求意见稿 …); a published text carries none."""
    return "" if stage is DraftStage.PUBLICATION else labels.draft_stage(stage, kind).zh


def chinese_date(day: date) -> str:
    """A date as the papers of an office write it: 2025年6月1日."""
    return f"{day.year}年{day.month}月{day.day}日"
