"""What the entrance takes and answers: calls, plans, suggestions, marks, entries of plans."""

from dataclasses import dataclass, field
from datetime import date, datetime

from standards_wf.workflow.vocabulary import FastTrackReason, Kind, PartnerDecision, Province, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class CallLineAnswer:
    """A call for suggestions in a list."""

    id: int
    year: int
    number: str
    kinds: tuple[Kind, ...]
    title_zh: str
    title_en: str
    publisher: str
    opens_on: date
    closes_on: date
    published_on: date | None
    open: bool
    is_demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicAnswer:
    """A topic of a call."""

    text: str
    node: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentAnswer:
    """A document of a call or a plan, below the address of the installation."""

    filename: str
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallAnswer:
    """A call for suggestions."""

    call: CallLineAnswer
    text: str
    topics: tuple[TopicAnswer, ...]
    documents: tuple[DocumentAnswer, ...]
    suggestions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLineAnswer:
    """A published plan in a list."""

    id: int
    kind: Kind
    year: int
    number: str
    title: str
    publisher: str
    published_on: date
    entries: int
    is_demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanChangeAnswer:
    """What was changed about an entry: for each field what it was and what it is now."""

    on_day: date
    action: str
    cancels: bool
    announcement: str
    reason: str
    changes: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanEntryAnswer:
    """An entry of a plan, and where its project stands today."""

    project_id: int
    number: str
    project_name: str
    applicant: str
    drafting_unit: str
    published_on: date
    completes_on: date
    supplement: bool
    announcement: str
    stage: Stage
    fast_track: bool
    is_joint: bool
    document: str
    changes: tuple[PlanChangeAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnswer:
    """A published plan with its entries."""

    plan: PlanLineAnswer
    text: str
    entries: tuple[PlanEntryAnswer, ...]
    documents: tuple[DocumentAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionQuery:
    """Which suggestions."""

    q: str = ""
    kind: Kind | None = None
    node: str = ""
    call: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionAnswer:
    """A suggestion that waits for an answer; `version` is that of its project."""

    id: int
    version: int
    kind: Kind
    title_zh: str
    title_en: str
    node: str
    text: str
    name: str
    organization: str
    received_at: datetime
    call_id: int | None
    merged: int
    fast_track: FastTrackReason | None
    is_demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OneToMerge:
    """A suggestion to be merged, and the version of its project that was seen."""

    id: int
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeBody:
    """Suggestions that go on as another case, and the answer in writing."""

    merged_into: int
    suggestions: tuple[OneToMerge, ...]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerBody:
    """A partner of a joint project: its province, and the full name of its authority."""

    province: Province
    authority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksBody:
    """The fast track asked for, with its justification, and the partners of a joint project; what is left out ends."""

    fast_track: FastTrackReason | None = None
    justification: str = ""
    partners: tuple[PartnerBody, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerAnswer:
    """A partner and its decision."""

    province: Province
    authority: str
    decision: PartnerDecision
    decided_on: date | None
    document_number: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MarksAnswer:
    """The marks of a project; `granted` is empty while nobody has decided."""

    fast_track: FastTrackReason | None
    justification: str
    granted: bool | None
    decided_on: date | None
    partners: tuple[PartnerAnswer, ...]
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionBody:
    """What a partner has decided."""

    decision: PartnerDecision
    decided_on: date | None = None
    document_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryBody:
    """An entry of the plan as it is to be from now on; what is left out stays."""

    announcement: str
    note: str
    project_name: str | None = None
    applicant_id: int | None = None
    drafting_unit: str | None = None
    completes_on: date | None = None
