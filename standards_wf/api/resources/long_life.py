"""Amendments of documents, what they cite, and the periodic reviews of a year."""

from dataclasses import dataclass
from datetime import date

from standards_wf.api.endpoints import Call, IfMatch, endpoint
from standards_wf.api.resources.long_life_answers import AmendmentAnswer, amendment_answer
from standards_wf.api.resources.project_answers import ProjectAnswer, location_of, project_answer
from standards_wf.services import amendments, citations
from standards_wf.services.amendments import ClauseChange, DiscardAmendment, PrepareAmendment, PublishAmendment
from standards_wf.services.citations import SettleCitation
from standards_wf.services.reading.amendments import amendments_of
from standards_wf.services.reading.review_lists import ListState, ReviewFilter, ReviewLine, review_list
from standards_wf.workflow.vocabulary import AmendmentKind, CitationOutcome, Conclusion, EarlyReason, Kind

TAG = "long life"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewQuery:
    """Whose periodic reviews: of a year (this year where none is given), narrowed down."""

    year: int | None = None
    kind: Kind | None = None
    state: ListState | None = None
    committee_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAnswer:
    """A document whose periodic review belongs to the year."""

    project_id: int
    number: str
    title_zh: str
    title_en: str
    kind: Kind
    competent_department: str
    committee: str
    cycle_ends_on: date
    opinion_due_on: date
    begins_on: date
    state: ListState
    overdue: bool
    started_on: date | None
    early_reason: EarlyReason | None
    early_grounds: str
    conclusion: Conclusion | None
    grounds: str
    implementation: str
    concluded_on: date | None
    decision: str
    successor_id: int | None
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsAnswer:
    """The list of a year, whole."""

    year: int
    items: tuple[ReviewAnswer, ...]
    total: int
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeBody:
    """What one clause said and is to say."""

    clause: str
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentBody:
    """An amendment sheet or a correction, clause by clause."""

    kind: AmendmentKind
    changes: tuple[ChangeBody, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendmentPublicationBody:
    """When it is published and from when on it counts."""

    published_on: date
    effective_on: date
    announcement_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationBody:
    """What was found about a document that is cited and has ended."""

    outcome: CitationOutcome
    note: str


@endpoint("GET", "/reviews", about="The periodic reviews of a year that concern the caller.", tag=TAG)
def reviews(call: Call, query: ReviewQuery) -> ReviewsAnswer:
    """The list of a year."""
    wanted = ReviewFilter(kind=query.kind, state=query.state, committee_id=query.committee_id)
    year = query.year if query.year is not None else call.moment.day.year
    found = review_list(call.session, year, actor=call.actor, moment=call.moment, wanted=wanted)
    return ReviewsAnswer(
        year=year, items=tuple(_line(each) for each in found.lines), total=len(found.lines), overdue=found.overdue
    )


def _line(line: ReviewLine) -> ReviewAnswer:
    return ReviewAnswer(
        project_id=line.project_id,
        number=line.number,
        title_zh=line.title_zh,
        title_en=line.title_en,
        kind=line.kind,
        competent_department=line.department,
        committee=line.committee,
        cycle_ends_on=line.cycle_ends_on,
        opinion_due_on=line.opinion_due_on,
        begins_on=line.begins_on,
        state=line.state,
        overdue=line.overdue,
        started_on=line.started_on,
        early_reason=line.early_reason,
        early_grounds=line.early_grounds,
        conclusion=line.conclusion,
        grounds=line.grounds,
        implementation=line.implementation,
        concluded_on=line.concluded_on,
        decision=line.decision,
        successor_id=line.successor_id,
        location=location_of(line.project_id),
    )


@endpoint(
    "POST",
    "/projects/{project_id}/amendments",
    about="Draw up an amendment sheet or a correction of a published document.",
    tag=TAG,
    status=201,
    if_match=IfMatch.WELCOME,
)
def prepare(call: Call, project_id: int, body: AmendmentBody) -> AmendmentAnswer:
    """Draw one up."""
    return _prepared(call, project_id, None, body)


@endpoint(
    "PUT",
    "/projects/{project_id}/amendments/{amendment_id}",
    about="Draw up again one that is not published.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def change(call: Call, project_id: int, amendment_id: int, body: AmendmentBody) -> AmendmentAnswer:
    """Draw one up again."""
    return _prepared(call, project_id, amendment_id, body)


def _prepared(call: Call, project_id: int, amendment_id: int | None, body: AmendmentBody) -> AmendmentAnswer:
    command = PrepareAmendment(
        project_id=project_id,
        amendment_id=amendment_id,
        expected_version=call.expected_version,
        kind=body.kind,
        reason=body.reason,
        changes=tuple(ClauseChange(clause=each.clause, was=each.was, now=each.now) for each in body.changes),
    )
    made = amendments.prepare_amendment(call.session, command, actor=call.actor, moment=call.moment)
    return _shown(call, project_id, made.id)


def _shown(call: Call, project_id: int, amendment_id: int) -> AmendmentAnswer:
    rows = amendments_of(call.session, project_id, published_only=False)
    return next(amendment_answer(each) for each in rows if each.id == amendment_id)


@endpoint(
    "DELETE",
    "/projects/{project_id}/amendments/{amendment_id}",
    about="Give up one that is not published.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def discard(call: Call, project_id: int, amendment_id: int) -> ProjectAnswer:
    """Give one up."""
    command = DiscardAmendment(project_id=project_id, amendment_id=amendment_id, expected_version=call.expected_version)
    amendments.discard_amendment(call.session, command, actor=call.actor, moment=call.moment)
    return project_answer(call, project_id)


@endpoint(
    "POST",
    "/projects/{project_id}/amendments/{amendment_id}/publication",
    about="Publish an amendment sheet or a correction; it gets the next number of its kind.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def publish(call: Call, project_id: int, amendment_id: int, body: AmendmentPublicationBody) -> AmendmentAnswer:
    """Publish one."""
    command = PublishAmendment(
        project_id=project_id,
        amendment_id=amendment_id,
        expected_version=call.expected_version,
        published_on=body.published_on,
        effective_on=body.effective_on,
        announcement_number=body.announcement_number,
    )
    amendments.publish_amendment(call.session, command, actor=call.actor, moment=call.moment)
    return _shown(call, project_id, amendment_id)


@endpoint(
    "PUT", "/citations/{citation_id}", about="Settle the task about a document that is cited and has ended.", tag=TAG
)
def settle(call: Call, citation_id: int, body: CitationBody) -> ProjectAnswer:
    """Settle a task."""
    command = SettleCitation(task_id=citation_id, outcome=body.outcome, note=body.note)
    task = citations.settle_citation(call.session, command, actor=call.actor, moment=call.moment)
    return project_answer(call, task.project_id)
