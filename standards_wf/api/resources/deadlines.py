"""What is due over all cases, as a list and as a calendar to subscribe to; suspending a project and resuming it."""

from dataclasses import dataclass
from datetime import UTC, datetime, time
from urllib.parse import urlsplit

from flask import url_for
from icalendar import Calendar, Event

from standards_wf.api.answers import FileAnswer, Listed
from standards_wf.api.endpoints import Call, IfMatch, endpoint
from standards_wf.api.resources.deadline_answers import DeadlineAnswer, deadline_answer
from standards_wf.api.resources.project_answers import ProjectAnswer, location_of, project_answer
from standards_wf.api.values import checked_paging
from standards_wf.services.calendar_addresses import actor_of_calendar
from standards_wf.services.people import require_person
from standards_wf.services.reading.overdue import DeadlineFilter, ListedDeadline, list_deadlines, public_dates
from standards_wf.services.suspensions import ResumeProject, SuspendProject, resume, suspend
from standards_wf.wording.deadlines import DUE_WORDS, counting, moved
from standards_wf.wording.language import t
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.vocabulary import Kind, Role, Stage

TAG = "work"
CALENDAR = "text/calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineQuery:
    """Which deadlines; `within` counts the days left, and what is overdue is always among them."""

    overdue: bool = False
    within: int | None = None
    kind: Kind | None = None
    committee: int | None = None
    due: Due | None = None
    page: int = 1
    per_page: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class DueAnswer:
    """A deadline with its project; `roles` are those in whose hands it lies."""

    project_id: int
    kind: Kind
    stage: Stage
    title_zh: str
    title_en: str
    number: str
    committee: str
    deadline: DeadlineAnswer
    roles: tuple[Role, ...]
    is_demonstration: bool
    location: str


@endpoint("GET", "/deadlines", about="What is due and overdue in the projects that the caller may see.", tag=TAG)
def deadlines(call: Call, query: DeadlineQuery) -> Listed[DueAnswer]:
    """A page of deadlines, the earliest day first."""
    checked_paging(query.page, query.per_page)
    require_person(call.actor)
    wanted = DeadlineFilter(
        overdue=query.overdue, within=query.within, kind=query.kind, committee_id=query.committee, due=query.due
    )
    found = list_deadlines(call.session, wanted, actor=call.actor, moment=call.moment).rows
    first = (query.page - 1) * query.per_page
    items = tuple(_due(each) for each in found[first : first + query.per_page])
    return Listed(items=items, total=len(found), page=query.page, per_page=query.per_page)


def _due(row: ListedDeadline) -> DueAnswer:
    return DueAnswer(
        project_id=row.project_id,
        kind=row.kind,
        stage=row.stage,
        title_zh=row.title_zh,
        title_en=row.title_en,
        number=row.number,
        committee=row.committee,
        deadline=deadline_answer(row.deadline),
        roles=row.roles,
        is_demonstration=row.is_demonstration,
        location=location_of(row.project_id),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarQuery:
    """Whose calendar; without a key that of the caller, and for visitors that of the public."""

    key: str = ""
    """The secret of a personal address, as `/deadlines` makes it."""


@endpoint(
    "GET",
    "/calendar.ics",
    about="Deadlines as a calendar (RFC 5545): for visitors the public days, else those of the projects one may see.",
    tag=TAG,
    public=True,
    media_types=(CALENDAR,),
)
def calendar(call: Call, query: CalendarQuery) -> FileAnswer:
    """A calendar to subscribe to; an event keeps its UID when its day moves."""
    actor = actor_of_calendar(call.session, query.key, moment=call.moment) if query.key else call.actor
    is_public = actor.person_id is None
    if is_public:
        rows = public_dates(call.session, call.moment)
    else:
        rows = list_deadlines(call.session, DeadlineFilter(), actor=actor, moment=call.moment).rows
    made = Calendar()
    made.add("prodid", "-//standards-wf//deadlines//ZH")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _name(actor))
    stamp = datetime.combine(call.moment.day, time(), UTC)
    for row in rows:
        made.add_component(_event(row, stamp, is_public=is_public))
    return FileAnswer(content=made.to_ical(), media_type=CALENDAR, filename="calendar.ics", public=is_public)


def _name(actor: Actor) -> str:
    if actor.person_id is None:
        return t("标准和计量技术规范的公开日期", "Standards and metrology specifications: public dates")
    return t("标准和计量技术规范的期限：{name}", "Deadlines of standards: {name}", name=actor.name)


def _event(row: ListedDeadline, stamp: datetime, *, is_public: bool) -> Event:
    address = _address(row, is_public=is_public)
    counted, title = row.deadline.counted, t(row.title_zh, row.title_en or row.title_zh)
    event = Event()
    event.add("uid", f"deadline-{row.project_id}-{row.deadline.due}@{urlsplit(address).hostname}")
    event.add("dtstamp", stamp)
    event.add("dtstart", counted.on)
    event.add("summary", f"{DUE_WORDS[row.deadline.due]}{t('：', ': ')}{title}")
    told = (row.number, counting(counted), moved(counted), address)
    event.add("description", "\n".join(filter(None, told)))
    event.add("url", address)
    event.add("categories", [str(row.deadline.due)])
    event.add("transp", "TRANSPARENT")
    return event


def _address(row: ListedDeadline, *, is_public: bool) -> str:
    if not is_public:
        return url_for("projects.overview", project_id=row.project_id, _external=True)
    if row.consultation_id is not None:
        return url_for("public.consultation", round_id=row.consultation_id, _external=True)
    if row.slug:
        return url_for("public.standard", number=row.slug, _external=True)
    return url_for("public.front", _external=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SuspensionBody:
    """Why the project rests."""

    note: str


@endpoint(
    "POST",
    "/projects/{project_id}/suspension",
    about="Suspend a project; while it rests every act of the procedure but ending it is refused.",
    tag="projects",
    if_match=IfMatch.NEEDED,
)
def begin_suspension(call: Call, project_id: int, body: SuspensionBody) -> ProjectAnswer:
    """Suspend a project."""
    command = SuspendProject(project_id=project_id, expected_version=call.expected_version, note=body.note)
    suspend(call.session, command, actor=call.actor, moment=call.moment)
    return project_answer(call, project_id)


@endpoint(
    "DELETE",
    "/projects/{project_id}/suspension",
    about="Resume a project that rests; its day of completion has moved by the days of rest.",
    tag="projects",
    if_match=IfMatch.NEEDED,
)
def end_suspension(call: Call, project_id: int) -> ProjectAnswer:
    """Resume a project."""
    command = ResumeProject(project_id=project_id, expected_version=call.expected_version)
    resume(call.session, command, actor=call.actor, moment=call.moment)
    return project_answer(call, project_id)
