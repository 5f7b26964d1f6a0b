"""What the API answers of the long life of a document: what it replaces, its end, its amendments, what it cites."""

from dataclasses import dataclass
from datetime import date

from standards_wf.services.reading.amendments import AmendmentShown
from standards_wf.services.reading.citations import CitationTaskShown
from standards_wf.services.reading.endings import EndingShown
from standards_wf.services.reading.replacements import Fate, ReplacedShown
from standards_wf.workflow.vocabulary import AmendmentKind, CitationOutcome, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedAnswer:
    """A document that is replaced, wholly or in part, and what becomes of it."""

    number: str
    partial: bool
    clauses: str
    title_zh: str
    slug: str
    """Empty where it is not kept here."""
    fate: Fate
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingAnswer:
    """How a document ended, with one sentence that says it."""

    how: Stage
    ended_on: date
    announcement_number: str
    reason: str
    use_instead: str
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAnswer:
    """What one clause said and says now."""

    clause: str
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentAnswer:
    """An amendment sheet or a correction; `number` is null until it is published."""

    id: int
    kind: AmendmentKind
    number: int | None
    reason: str
    published_on: date | None
    effective_on: date | None
    announcement_number: str
    changes: tuple[ChangeAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationAnswer:
    """A document that the text cites and that has ended: what is to be checked, or what was found."""

    id: int
    cited_number: str
    dated: bool
    ended_by: Stage
    ended_number: str
    sentence: str
    raised_on: date
    outcome: CitationOutcome | None
    note: str


def replaced_answer(shown: ReplacedShown) -> ReplacedAnswer:
    """A document that is replaced."""
    return ReplacedAnswer(
        number=shown.number,
        partial=shown.partial,
        clauses=shown.clauses,
        title_zh=shown.title_zh,
        slug=shown.slug,
        fate=shown.fate,
        told=shown.told,
    )


def ending_answer(shown: EndingShown | None) -> EndingAnswer | None:
    """The end of a document."""
    if shown is None:
        return None
    return EndingAnswer(
        how=shown.how,
        ended_on=shown.ended_on,
        announcement_number=shown.announcement_number,
        reason=shown.reason,
        use_instead=shown.use_instead,
        sentence=shown.sentence,
    )


def amendment_answer(shown: AmendmentShown) -> AmendmentAnswer:
    """An amendment sheet or a correction."""
    return AmendmentAnswer(
        id=shown.id,
        kind=shown.kind,
        number=shown.number,
        reason=shown.reason,
        published_on=shown.published_on,
        effective_on=shown.effective_on,
        announcement_number=shown.announcement_number,
        changes=tuple(ChangeAnswer(clause=each.clause, was=each.was, now=each.now) for each in shown.changes),
    )


def citation_answer(shown: CitationTaskShown) -> CitationAnswer:
    """A task about what is cited."""
    return CitationAnswer(
        id=shown.id,
        cited_number=shown.cited_number,
        dated=shown.dated,
        ended_by=shown.ended_by,
        ended_number=shown.ended_number,
        sentence=shown.sentence,
        raised_on=shown.raised_on,
        outcome=shown.outcome,
        note=shown.note,
    )
