"""The first text of a case, made from what a drafter types: a Word file in the form of its kind, to go on with."""

from dataclasses import fields, replace

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.apart import ReaderHere
from standards_wf.documents.context import CalibrationBody, StandardBody
from standards_wf.documents.inspect import UploadLimits, clean_filename
from standards_wf.documents.render import render
from standards_wf.documents.starting import SPECIFICATION, STANDARD, Start, started
from standards_wf.errors import Invalid
from standards_wf.models.projects import Project
from standards_wf.services.access import entrance_to
from standards_wf.services.drafts import AttachDraft, Upload, prepare_draft, require_keeper
from standards_wf.services.paper_contexts import BODIES
from standards_wf.wording import labels
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import FieldProblem, is_text
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.packages import body_of
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import DraftStage

LONGEST = 20_000
"""So many signs one field of the form takes."""


def start_draft(
    session: Session,
    project_id: int,
    start: Start,
    *,
    actor: Actor,
    moment: Moment,
    expected_version: int | None = None,
) -> AttachDraft:
    """Make the working draft of a case from what was typed, ready to be attached.

    Raises NotFound, Forbidden, Invalid, and MissingValues where the case lacks what the cover or the foreword say.
    """
    entrance = entrance_to(session, project_id, actor)
    require_keeper(entrance, DraftStage.WORKING)
    _require_words(start)
    project = entrance.project
    docx = _made(session, project, start, moment)
    name = f"{project.title_zh[:80]}（{labels.draft_stage(DraftStage.WORKING, project.kind).zh}）.docx"
    file = Upload(clean_filename(name), docx)
    prepared = prepare_draft(file, None, kind=project.kind, reader=ReaderHere(), limits=UploadLimits())
    return AttachDraft(
        project_id=project_id, draft_stage=DraftStage.WORKING, draft=prepared, expected_version=expected_version
    )


def _require_words(start: Start) -> None:
    problems = {}
    for each in fields(start):
        typed = getattr(start, each.name)
        if len(typed) > LONGEST:
            problems[each.name] = Refusal(FieldProblem.TOO_LONG, maximum=LONGEST)
        elif not is_text(typed):
            problems[each.name] = Refusal(FieldProblem.NOT_TEXT)
    if not start.scope.strip():
        problems["scope"] = Refusal(FieldProblem.REQUIRED)
    if problems:
        raise Invalid(problems)


def _made(session: Session, project: Project, start: Start, moment: Moment) -> bytes:
    body = body_of(project.kind, project.category)
    context = BODIES[body](session, project, DraftStage.WORKING, moment.day)
    wording = SPECIFICATION if KINDS[project.kind].is_metrology else STANDARD
    if isinstance(context, StandardBody | CalibrationBody):
        context = replace(context, clauses=started(start, wording))
    return render(context.paper, context)
