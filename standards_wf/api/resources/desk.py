"""What waits on the caller, and the history of a project."""

from dataclasses import dataclass
from datetime import date, datetime

from standards_wf.api.answers import Listed
from standards_wf.api.endpoints import Call, endpoint
from standards_wf.api.resources.project_answers import ActionAnswer, action_answer, location_of
from standards_wf.api.values import Paging, checked_paging
from standards_wf.services.reading.desk import PER_PAGE as CASES_AT_ONCE
from standards_wf.services.reading.desk import CaseInHand, desk_of
from standards_wf.services.reading.events import RecordedEvent, events_of
from standards_wf.services.reading.tasks import TaskShown
from standards_wf.workflow.vocabulary import Kind, Role, Stage

TAG = "work"


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskAnswer:
    """Something that waits on the caller: a `task` beside the procedure, or acts of the procedure (`act`)."""

    task: str
    project_id: int
    title_zh: str
    kind: Kind
    stage: Stage | None
    count: int
    due_on: date | None
    days_left: int | None
    on_behalf_of: str
    """For whom the caller would do it, as a deputy."""
    actions: tuple[ActionAnswer, ...]
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EventAnswer:
    """One row of the history; its `hash` is the SHA-256 of its canonical content with the hash of the row before.

    Where a deputy acted, `on_behalf_of` is the person whose role it was; its identity is part of the content then.
    """

    seq: int
    at: datetime
    on_day: date
    actor_id: int | None
    actor: str
    on_behalf_of_id: int | None
    on_behalf_of: str
    role: Role
    action: str
    from_: Stage | None
    to: Stage
    note: str
    params: dict[str, object]
    previous_hash: str
    hash: str


@endpoint("GET", "/tasks", about="What waits on the caller, what is due soonest first.", tag=TAG)
def tasks(call: Call, query: Paging) -> Listed[TaskAnswer]:
    """A page of tasks and of cases in the caller's hands."""
    checked_paging(query.page, query.per_page)
    desk = desk_of(call.session, call.actor, call.moment)
    total = len(desk.tasks) + desk.total
    first = (query.page - 1) * query.per_page
    last = min(first + query.per_page, total)
    items = [_task(each) for each in desk.tasks[first:last]]
    cases = range(max(first - len(desk.tasks), 0), max(last - len(desk.tasks), 0))
    for page in sorted({place // CASES_AT_ONCE + 1 for place in cases}):
        found = desk if page == 1 else desk_of(call.session, call.actor, call.moment, page)
        start = (page - 1) * CASES_AT_ONCE
        items += [_case(each) for place, each in enumerate(found.cases, start=start) if place in cases]
    return Listed(items=tuple(items), total=total, page=query.page, per_page=query.per_page)


def _task(shown: TaskShown) -> TaskAnswer:
    return TaskAnswer(
        task=shown.task,
        project_id=shown.project_id,
        title_zh=shown.title_zh,
        kind=shown.kind,
        stage=None,
        count=shown.count,
        due_on=shown.due_on,
        days_left=shown.days_left,
        on_behalf_of=shown.on_behalf_of,
        actions=(),
        location=location_of(shown.project_id),
    )


def _case(case: CaseInHand) -> TaskAnswer:
    return TaskAnswer(
        task="act",
        project_id=case.id,
        title_zh=case.title_zh,
        kind=case.kind,
        stage=case.stage,
        count=len(case.decisions),
        due_on=case.deadline.on if case.deadline else None,
        days_left=case.deadline.days_left if case.deadline else None,
        on_behalf_of=case.on_behalf_of,
        actions=tuple(action_answer(each, case.kind) for each in case.decisions),
        location=location_of(case.id),
    )


@endpoint("GET", "/projects/{project_id}/history", about="What happened to a project, the first event first.", tag=TAG)
def history(call: Call, project_id: int, query: Paging) -> Listed[EventAnswer]:
    """A page of the history."""
    checked_paging(query.page, query.per_page)
    found = events_of(call.session, project_id, call.actor, page=query.page, per_page=query.per_page)
    items = tuple(_event(each) for each in found.rows)
    return Listed(items=items, total=found.total, page=query.page, per_page=query.per_page)


def _event(event: RecordedEvent) -> EventAnswer:
    return EventAnswer(
        seq=event.seq,
        at=event.at,
        on_day=event.on_day,
        actor_id=event.actor_id,
        actor=event.actor,
        on_behalf_of_id=event.on_behalf_of_id,
        on_behalf_of=event.on_behalf_of,
        role=event.role,
        action=event.action,
        from_=event.from_stage,
        to=event.to_stage,
        note=event.note,
        params=dict(event.params),
        previous_hash=event.previous_hash,
        hash=event.hash,
    )
