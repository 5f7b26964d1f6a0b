"""What belongs to an application and to the draft beside its text: appraisal, plan entry, explanatory note."""

from dataclasses import dataclass
from datetime import date, datetime

from standards_wf.api.endpoints import Call, IfMatch, endpoint
from standards_wf.api.resources.project_answers import ProjectAnswer, project_answer
from standards_wf.services.appraisals import NamedExpert, RecordAppraisal, record_appraisal
from standards_wf.services.explanatory_notes import WriteExplanatoryNote, write_explanatory_note
from standards_wf.services.reading.applications import application_of
from standards_wf.services.reading.notes import note_of
from standards_wf.wording import labels
from standards_wf.workflow.notes import NoteHeading

TAG = "application and note"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpertBody:
    """An expert who took part in the appraisal."""

    name: str
    unit: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalBody:
    """The appraisal of an application."""

    held_on: date
    in_favour: bool
    experts: tuple[ExpertBody, ...]
    place: str = ""
    points: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalAnswer:
    """An appraisal as it was recorded; one of an application that was returned is `superseded`."""

    held_on: date
    place: str
    points: str
    in_favour: bool
    superseded: bool
    experts: tuple[ExpertBody, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanAnswer:
    """The entry in the published plan."""

    number: str
    applicant: str
    drafting_unit: str
    published_on: date
    completes_on: date
    extensions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationAnswer:
    """What was decided on the application so far."""

    appraisal: AppraisalAnswer | None
    plan: PlanAnswer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadingAnswer:
    """A heading of the note with its text."""

    heading: NoteHeading
    label: str
    text: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteAnswer:
    """The explanatory note as it stands."""

    headings: tuple[HeadingAnswer, ...]
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteBody:
    """Texts for headings; a heading that is left out stays as it is."""

    texts: dict[NoteHeading, str]


@endpoint("GET", "/projects/{project_id}/appraisal", about="The appraisal and the entry in the plan.", tag=TAG)
def show_appraisal(call: Call, project_id: int) -> ApplicationAnswer:
    """The appraisal that counts, and the plan entry."""
    found = application_of(call.session, project_id, call.actor)
    appraisal, plan = found.appraisal, found.plan
    return ApplicationAnswer(
        appraisal=AppraisalAnswer(
            held_on=appraisal.held_on,
            place=appraisal.place,
            points=appraisal.points,
            in_favour=appraisal.in_favour,
            superseded=appraisal.superseded,
            experts=tuple(ExpertBody(name=each.name, unit=each.unit, title=each.title) for each in appraisal.experts),
        )
        if appraisal
        else None,
        plan=PlanAnswer(
            number=plan.number,
            applicant=plan.applicant,
            drafting_unit=plan.drafting_unit,
            published_on=plan.published_on,
            completes_on=plan.completes_on,
            extensions=plan.extensions,
        )
        if plan
        else None,
    )


@endpoint("PUT", "/projects/{project_id}/appraisal", about="Record the appraisal.", tag=TAG, if_match=IfMatch.WELCOME)
def record(call: Call, project_id: int, body: AppraisalBody) -> ProjectAnswer:
    """Record the appraisal of the application."""
    command = RecordAppraisal(
        project_id=project_id,
        expected_version=call.expected_version,
        held_on=body.held_on,
        in_favour=body.in_favour,
        experts=tuple(NamedExpert(each.name, each.unit, each.title) for each in body.experts),
        place=body.place,
        points=body.points,
    )
    record_appraisal(call.session, command, actor=call.actor, moment=call.moment)
    return project_answer(call, project_id)


@endpoint("GET", "/projects/{project_id}/explanatory_note", about="The explanatory note by headings.", tag=TAG)
def show_note(call: Call, project_id: int) -> NoteAnswer:
    """The note as it stands."""
    found = note_of(call.session, project_id, call.actor)
    return NoteAnswer(
        headings=tuple(
            HeadingAnswer(
                heading=row.heading,
                label=str(labels.heading(row.heading)),
                text=row.text,
                changed_at=row.changed_at,
            )
            for row in found.headings
        ),
        version=found.head.version,
    )


@endpoint(
    "PUT",
    "/projects/{project_id}/explanatory_note",
    about="Write headings of the explanatory note.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def write_note(call: Call, project_id: int, body: NoteBody) -> NoteAnswer:
    """Write headings."""
    command = WriteExplanatoryNote(project_id=project_id, texts=body.texts, expected_version=call.expected_version)
    write_explanatory_note(call.session, command, actor=call.actor, moment=call.moment)
    return show_note(call, project_id)
