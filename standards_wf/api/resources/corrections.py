"""Corrections of a stage by hand: the administrator's act, and the list of all that there were."""

from dataclasses import dataclass
from datetime import date, datetime

from standards_wf.api.answers import Listed
from standards_wf.api.endpoints import Call, IfMatch, endpoint
from standards_wf.api.resources.prepared_answers import PreparedActAnswer, prepared_answer
from standards_wf.api.resources.project_answers import ProjectAnswer, location_of, project_answer
from standards_wf.api.values import Paging, checked_paging
from standards_wf.services.lifecycle import CorrectStage, correct_stage
from standards_wf.services.reading.corrections import list_corrections
from standards_wf.services.two_persons import prepared_by
from standards_wf.workflow.vocabulary import Kind, Stage

TAG = "corrections"


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionBody:
    """Where the project belongs, and why."""

    stage: Stage
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionAnswer:
    """One correction; `seq` is its place in the history of the project."""

    project_id: int
    title_zh: str
    kind: Kind
    seq: int
    at: datetime
    on_day: date
    by: str
    prepared_by: str
    from_: Stage | None
    to: Stage
    note: str
    location: str


@endpoint(
    "POST",
    "/projects/{project_id}/stage-corrections",
    about="Put a project at another stage by hand, with a written reason: for administrators. No condition of the "
    "procedure is checked, and what runs is closed.",
    tag=TAG,
    if_match=IfMatch.NEEDED,
    accepted=PreparedActAnswer,
)
def correct(call: Call, project_id: int, body: CorrectionBody) -> ProjectAnswer | PreparedActAnswer:
    """The project at its new stage."""
    command = CorrectStage(
        project_id=project_id, expected_version=call.expected_version, stage=body.stage, note=body.note
    )
    event = correct_stage(call.session, command, actor=call.actor, moment=call.moment)
    number = prepared_by(event)
    return project_answer(call, project_id) if number is None else prepared_answer(call, project_id, number)


@endpoint(
    "GET",
    "/stage-corrections",
    about="Every correction of a stage by hand in the projects that the caller may see, the latest first.",
    tag=TAG,
)
def list_(call: Call, query: Paging) -> Listed[CorrectionAnswer]:
    """A page of corrections."""
    checked_paging(query.page, query.per_page)
    found = list_corrections(call.session, call.actor, query.page, per_page=query.per_page)
    items = tuple(
        CorrectionAnswer(
            project_id=row.project_id,
            title_zh=row.title_zh,
            kind=row.kind,
            seq=row.seq,
            at=row.at,
            on_day=row.on_day,
            by=row.by,
            prepared_by=row.prepared_by,
            from_=row.from_stage,
            to=row.to_stage,
            note=row.note,
            location=location_of(row.project_id),
        )
        for row in found.rows
    )
    return Listed(
        items=items if found.page == query.page else (), total=found.total, page=query.page, per_page=query.per_page
    )
