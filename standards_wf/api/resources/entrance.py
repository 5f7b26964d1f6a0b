"""The entrance: calls and plans, open suggestions and their merging, fast track and partners of a project."""

from typing import TypeVar

from standards_wf.api.answers import Listed
from standards_wf.api.endpoints import Call, IfMatch, endpoint
from standards_wf.api.resources.entrance_answers import (
    CallAnswer,
    CallLineAnswer,
    DecisionBody,
    DocumentAnswer,
    EntryBody,
    MarksAnswer,
    MarksBody,
    MergeBody,
    PartnerAnswer,
    PlanAnswer,
    PlanChangeAnswer,
    PlanEntryAnswer,
    PlanLineAnswer,
    SuggestionAnswer,
    SuggestionQuery,
    TopicAnswer,
)
from standards_wf.api.resources.project_answers import ProjectAnswer, project_answer
from standards_wf.api.values import Paging, checked_paging
from standards_wf.services.gathering import MergeSuggestions, merge_suggestions
from standards_wf.services.merging import ToMerge
from standards_wf.services.plan_entries import AdjustPlanEntry, adjust_plan_entry
from standards_wf.services.project_marks import (
    MarkProject,
    RecordPartnerDecision,
    mark_project,
    record_partner_decision,
)
from standards_wf.services.reading.calls import CallLine, call_list, call_page
from standards_wf.services.reading.marks import marks_of
from standards_wf.services.reading.plans import EntryShown, PlanLine, plan_list, plan_page
from standards_wf.services.reading.projects import head_of
from standards_wf.services.reading.suggestions import SuggestionFilter, suggestions_of
from standards_wf.workflow.vocabulary import Province

TAG = "entrance"
Item = TypeVar("Item")


@endpoint("GET", "/calls", about="The calls for suggestions, those that are open first.", tag=TAG, public=True)
def calls(call: Call, query: Paging) -> Listed[CallLineAnswer]:
    """The calls that the caller may read."""
    checked_paging(query.page, query.per_page)
    found = call_list(call.session, call.actor, call.moment.day)
    return _page([_call_line(line) for line in (*found.open, *found.others, *found.prepared)], query)


@endpoint("GET", "/calls/{call_id}", about="A call for suggestions with its topics.", tag=TAG, public=True)
def show_call(call: Call, call_id: int) -> CallAnswer:
    """A call."""
    page = call_page(call.session, call_id, call.actor, call.moment.day)
    return CallAnswer(
        call=_call_line(page.line),
        text=page.text,
        topics=tuple(TopicAnswer(text=topic.text, node=topic.node) for topic in page.topics),
        documents=tuple(DocumentAnswer(filename=one.filename, location=f"/announced/{one.id}") for one in page.files),
        suggestions=page.suggestions,
    )


@endpoint("GET", "/plans", about="The published plans of projects, the latest first.", tag=TAG, public=True)
def plans(call: Call, query: Paging) -> Listed[PlanLineAnswer]:
    """The plans."""
    checked_paging(query.page, query.per_page)
    return _page([_plan_line(line) for line in plan_list(call.session, call.actor)], query)


@endpoint("GET", "/plans/{plan_id}", about="A plan with its entries and what became of each.", tag=TAG, public=True)
def show_plan(call: Call, plan_id: int) -> PlanAnswer:
    """A plan."""
    page = plan_page(call.session, plan_id, call.actor)
    return PlanAnswer(
        plan=_plan_line(page.line),
        text=page.text,
        entries=tuple(_entry(one) for one in page.entries),
        documents=tuple(DocumentAnswer(filename=one.filename, location=f"/announced/{one.id}") for one in page.files),
    )


@endpoint("GET", "/suggestions", about="The open suggestions that the caller may answer.", tag=TAG)
def suggestions(call: Call, query: SuggestionQuery) -> Listed[SuggestionAnswer]:
    """The suggestions, those of the fast track first, then by node."""
    wanted = SuggestionFilter(text=query.q, kind=query.kind, node=query.node, call_id=query.call)
    found = suggestions_of(call.session, wanted, call.actor)
    items = tuple(
        SuggestionAnswer(
            id=row.id,
            version=row.version,
            kind=row.kind,
            title_zh=row.title_zh,
            title_en=row.title_en,
            node=row.node,
            text=row.text,
            name=row.name,
            organization=row.organization,
            received_at=row.received_at,
            call_id=row.call_id,
            merged=row.merged,
            fast_track=row.fast_track,
            is_demonstration=row.is_demonstration,
        )
        for row in found.rows
    )
    return Listed(items=items, total=found.total, page=1, per_page=len(items))


@endpoint("POST", "/suggestions/mergers", about="Merge suggestions into one case, all of them or none.", tag=TAG)
def merge(call: Call, body: MergeBody) -> ProjectAnswer:
    """Merge; answers with the case that goes on."""
    command = MergeSuggestions(
        merged_into=body.merged_into,
        suggestions=tuple(ToMerge(one.id, one.version) for one in body.suggestions),
        note=body.note,
    )
    merge_suggestions(call.session, command, actor=call.actor, moment=call.moment)
    return project_answer(call, body.merged_into)


@endpoint("GET", "/projects/{project_id}/marks", about="Fast track and partners of a project.", tag=TAG)
def marks(call: Call, project_id: int) -> MarksAnswer:
    """The marks."""
    head = head_of(call.session, project_id, call.actor)
    shown = marks_of(call.session, project_id)
    fast = shown.fast_track
    return MarksAnswer(
        fast_track=fast.reason if fast else None,
        justification=fast.justification if fast else "",
        granted=fast.granted if fast else None,
        decided_on=fast.decided_on if fast else None,
        partners=tuple(
            PartnerAnswer(
                province=one.province,
                authority=one.authority,
                decision=one.decision,
                decided_on=one.decided_on,
                document_number=one.document_number,
            )
            for one in shown.partners
        ),
        version=head.version,
    )


@endpoint(
    "PUT",
    "/projects/{project_id}/marks",
    about="Ask for the fast track, and name the partners of a joint project.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def set_marks(call: Call, project_id: int, body: MarksBody) -> MarksAnswer:
    """Set the marks."""
    command = MarkProject(
        project_id=project_id,
        expected_version=call.expected_version,
        fast_track=body.fast_track,
        justification=body.justification,
        partners={one.province: one.authority for one in body.partners},
    )
    mark_project(call.session, command, actor=call.actor, moment=call.moment)
    return marks(call, project_id)


@endpoint(
    "PUT",
    "/projects/{project_id}/partners/{province}",
    about="Record what a partner of a joint project has decided.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def decide(call: Call, project_id: int, province: Province, body: DecisionBody) -> MarksAnswer:
    """Record the decision of a partner."""
    command = RecordPartnerDecision(
        project_id=project_id,
        expected_version=call.expected_version,
        province=province,
        decision=body.decision,
        decided_on=body.decided_on,
        document_number=body.document_number,
    )
    record_partner_decision(call.session, command, actor=call.actor, moment=call.moment)
    return marks(call, project_id)


@endpoint(
    "PATCH",
    "/projects/{project_id}/plan_entry",
    about="Adjust the entry of a project in its plan, by an announcement and with a reason.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def adjust(call: Call, project_id: int, body: EntryBody) -> ProjectAnswer:
    """Adjust an entry."""
    command = AdjustPlanEntry(
        project_id=project_id,
        expected_version=call.expected_version,
        project_name=body.project_name,
        applicant_id=body.applicant_id,
        drafting_unit=body.drafting_unit,
        completes_on=body.completes_on,
        announcement=body.announcement,
        note=body.note,
    )
    adjust_plan_entry(call.session, command, actor=call.actor, moment=call.moment)
    return project_answer(call, project_id)


def _page(items: list[Item], query: Paging) -> Listed[Item]:
    first = (query.page - 1) * query.per_page
    return Listed(
        items=tuple(items[first : first + query.per_page]), total=len(items), page=query.page, per_page=query.per_page
    )


def _call_line(line: CallLine) -> CallLineAnswer:
    return CallLineAnswer(
        id=line.id,
        year=line.year,
        number=line.number,
        kinds=line.kinds,
        title_zh=line.title_zh,
        title_en=line.title_en,
        publisher=line.publisher,
        opens_on=line.opens_on,
        closes_on=line.closes_on,
        published_on=line.published_on,
        open=line.is_open,
        is_demonstration=line.is_demonstration,
    )


def _plan_line(line: PlanLine) -> PlanLineAnswer:
    return PlanLineAnswer(
        id=line.id,
        kind=line.kind,
        year=line.year,
        number=line.number,
        title=line.title,
        publisher=line.publisher,
        published_on=line.published_on,
        entries=line.entries,
        is_demonstration=line.is_demonstration,
    )


def _entry(one: EntryShown) -> PlanEntryAnswer:
    return PlanEntryAnswer(
        project_id=one.project_id,
        number=one.number,
        project_name=one.project_name,
        applicant=one.applicant,
        drafting_unit=one.drafting_unit,
        published_on=one.published_on,
        completes_on=one.completes_on,
        supplement=one.is_supplement,
        announcement=one.announcement,
        stage=one.stage,
        fast_track=one.fast_track,
        is_joint=one.is_joint,
        document=one.document_number,
        changes=tuple(
            PlanChangeAnswer(
                on_day=change.on_day,
                action=change.code,
                cancels=change.cancels,
                announcement=change.announcement,
                reason=change.reason,
                changes=dict(change.changes),
            )
            for change in one.changes
        ),
    )
