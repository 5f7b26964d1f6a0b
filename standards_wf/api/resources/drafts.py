"""The versions of a text: listed, brought, downloaded."""

from dataclasses import dataclass
from datetime import datetime

from standards_wf.api.answers import FileAnswer, Listed
from standards_wf.api.endpoints import Call, IfMatch, endpoint
from standards_wf.api.resources.files import TEXT_FORMS, file_or_generate, text_in_wanted_form, upload_limits
from standards_wf.api.values import Paging, checked_paging
from standards_wf.documents.apart import Reader, ReaderHere
from standards_wf.models.projects import Project
from standards_wf.request import installation
from standards_wf.services.access import draft_for, is_public_draft, project_for
from standards_wf.services.drafts import AttachDraft, PreparedDraft, Upload, attach_draft, prepare_draft
from standards_wf.services.papers import MadePaper, make_paper, publication_text
from standards_wf.services.reading.drafts import FindingShown, VersionShown, draft_of, drafts_of
from standards_wf.services.reading.texts import ClauseShown
from standards_wf.workflow.packages import body_of
from standards_wf.workflow.vocabulary import DraftStage

TAG = "drafts"


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBody:
    """A new version of the text, as docx; a text to be published brings its PDF too.

    Instead of a file, the text may be made from the clauses of the last draft in the form of this draft stage
    (`generate`); the text to be published gets the prepared number and dates.
    """

    draft_stage: DraftStage
    file: Upload | None = None
    pdf: Upload | None = None
    generate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingAnswer:
    """A finding of the format check."""

    rule: str
    severity: str
    clause: str
    message: str
    suggestion: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftLine:
    """A version of the text."""

    number: int
    draft_stage: DraftStage
    filename: str
    has_pdf: bool
    clauses_read: int
    errors: int
    findings: tuple[FindingAnswer, ...]
    attached_by: str
    attached_at: datetime
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseAnswer:
    """A clause as it was read."""

    kind: str
    level: int
    label: str
    title: str
    anchor: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftAnswer:
    """A version with its clauses; `version` is the project's."""

    draft: DraftLine
    clauses: tuple[ClauseAnswer, ...]
    version: int
    location: str


def clause_answer(clause: ClauseShown) -> ClauseAnswer:
    """A clause as plain text, its tables row by row."""
    paragraphs = [
        "\n".join("\t".join(row) for row in piece.table.rows) if piece.table else piece.text for piece in clause.pieces
    ]
    return ClauseAnswer(
        kind=clause.kind,
        level=clause.level,
        label=clause.label,
        title=clause.title,
        anchor=clause.anchor,
        text="\n".join(paragraphs),
    )


def _finding(found: FindingShown) -> FindingAnswer:
    return FindingAnswer(
        rule=found.rule,
        severity=found.severity,
        clause=found.clause,
        message=str(found.message),
        suggestion=str(found.suggestion),
    )


def _line(project_id: int, shown: VersionShown) -> DraftLine:
    return DraftLine(
        number=shown.number,
        draft_stage=shown.draft_stage,
        filename=shown.filename,
        has_pdf=shown.has_pdf,
        clauses_read=shown.clauses,
        errors=shown.errors,
        findings=tuple(_finding(each) for each in shown.findings),
        attached_by=shown.attached_by,
        attached_at=shown.attached_at,
        location=f"/api/v1/projects/{project_id}/drafts/{shown.number}",
    )


@endpoint("GET", "/projects/{project_id}/drafts", about="The versions of the text, the newest first.", tag=TAG)
def list_(call: Call, project_id: int, query: Paging) -> Listed[DraftLine]:
    """A page of versions."""
    checked_paging(query.page, query.per_page)
    versions = drafts_of(call.session, project_id, call.actor).versions
    first = (query.page - 1) * query.per_page
    items = tuple(_line(project_id, each) for each in versions[first : first + query.per_page])
    return Listed(items=items, total=len(versions), page=query.page, per_page=query.per_page)


def _prepare(call: Call, project_id: int, body: DraftBody) -> PreparedDraft:
    project = project_for(call.session, project_id, call.actor)
    file, pdf = file_or_generate(body.file, generate=body.generate), body.pdf
    reader: Reader = installation().reader
    if file is None:
        made = _made(call, project, body.draft_stage)
        file, reader = Upload(made.filename, made.docx), ReaderHere()
        pdf = Upload(f"{made.filename.rsplit('.', 1)[0]}.pdf", made.pdf) if made.pdf else None
    return prepare_draft(file, pdf, kind=project.kind, reader=reader, limits=upload_limits())


def _made(call: Call, project: Project, stage: DraftStage) -> MadePaper:
    """The text made from the clauses of the last draft, in the form of this draft stage."""
    session, store = call.session, installation().store
    if stage is DraftStage.PUBLICATION:
        office = installation().office
        return publication_text(session, project.id, actor=call.actor, moment=call.moment, store=store, office=office)
    body = body_of(project.kind, project.category)
    return make_paper(session, project.id, body, actor=call.actor, moment=call.moment, draft_stage=stage, store=store)


@endpoint(
    "POST",
    "/projects/{project_id}/drafts",
    about="Bring a version of the text; it is read into clauses and checked.",
    tag=TAG,
    status=201,
    if_match=IfMatch.WELCOME,
    before=_prepare,
)
def attach(call: Call, project_id: int, body: DraftBody, prepared: PreparedDraft) -> DraftAnswer:
    """Attach a version."""
    command = AttachDraft(
        project_id=project_id,
        draft_stage=body.draft_stage,
        draft=prepared,
        expected_version=call.expected_version,
    )
    store = installation().store
    attached = attach_draft(call.session, command, store=store, actor=call.actor, moment=call.moment)
    page = draft_of(call.session, project_id, attached.number, call.actor)
    line = _line(project_id, page.version)
    return DraftAnswer(
        draft=line,
        clauses=tuple(clause_answer(each) for each in page.clauses),
        version=page.head.version,
        location=line.location,
    )


@endpoint(
    "GET",
    "/projects/{project_id}/drafts/{number}",
    about="A version of the text as docx, pdf, NISO STS (application/xml) or the tree that was read (application/json), "
    "by Accept; what was put to consultation or published is everybody's.",
    tag=TAG,
    public=True,
    media_types=TEXT_FORMS,
)
def download(call: Call, project_id: int, number: int) -> FileAnswer:
    """The file of a version."""
    draft = draft_for(call.session, project_id, number, call.actor)
    return text_in_wanted_form(call.session, draft, public=is_public_draft(call.session, draft))


@endpoint("GET", "/projects/{project_id}/drafts/{number}/clauses", about="The clauses of a version.", tag=TAG)
def clauses(call: Call, project_id: int, number: int) -> DraftAnswer:
    """A version with its clauses, for the project's people."""
    page = draft_of(call.session, project_id, number, call.actor)
    line = _line(project_id, page.version)
    return DraftAnswer(
        draft=line,
        clauses=tuple(clause_answer(each) for each in page.clauses),
        version=page.head.version,
        location=line.location,
    )
