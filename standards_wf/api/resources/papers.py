"""The papers of a case: made, brought, listed, downloaded."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from standards_wf.api.answers import FileAnswer
from standards_wf.api.endpoints import Call, IfMatch, endpoint
from standards_wf.api.resources.files import FORMS, docx_or_pdf, file_or_generate, upload_limits
from standards_wf.documents.inspect import FileKind
from standards_wf.errors import NotFound
from standards_wf.models.drafts import Origin, StoredFile
from standards_wf.request import installation
from standards_wf.services.access import attachment_for, entrance_to
from standards_wf.services.archives import MEDIA_TYPE, package_archive
from standards_wf.services.drafts import Upload
from standards_wf.services.papers import (
    AttachPaper,
    MadePaper,
    PaperState,
    attach_paper,
    keep_paper,
    make_paper,
)
from standards_wf.services.reading.papers import papers_of
from standards_wf.wording import labels
from standards_wf.workflow.vocabulary import Paper

TAG = "papers"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperBody:
    """A paper: a file (docx or pdf), or `generate` to have it made from what is recorded."""

    file: Upload | None = None
    generate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperLine:
    """A version of a paper."""

    id: int
    paper: Paper
    label: str
    filename: str
    origin: Origin
    by: str
    at: datetime
    at_seq: int
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackageLine:
    """A paper of the submission package, and how it stands."""

    paper: Paper
    label: str
    state: PaperState
    is_text: bool
    made_here: bool
    attachment_id: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersAnswer:
    """All papers, the newest first, and the submission package; `version` is the project's."""

    items: tuple[PaperLine, ...]
    package: tuple[PackageLine, ...]
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachedAnswer:
    """A paper that was just brought or made; `version` is the project's."""

    id: int
    paper: Paper
    filename: str
    origin: Origin
    version: int
    location: str


def _location(attachment_id: int) -> str:
    return f"/api/v1/papers/{attachment_id}"


@endpoint("GET", "/projects/{project_id}/papers", about="The papers of a project and its submission package.", tag=TAG)
def list_(call: Call, project_id: int) -> PapersAnswer:
    """What is there, and what the package still lacks."""
    found = papers_of(call.session, project_id, call.actor, call.moment)
    kind = found.head.kind
    return PapersAnswer(
        items=tuple(
            PaperLine(
                id=row.id,
                paper=row.paper,
                label=str(labels.paper(row.paper, kind)),
                filename=row.filename,
                origin=Origin.GENERATED if row.generated else Origin.UPLOADED,
                by=row.by,
                at=row.at,
                at_seq=row.at_seq,
                location=_location(row.id),
            )
            for row in found.papers
        ),
        package=tuple(
            PackageLine(
                paper=row.paper,
                label=str(labels.paper(row.paper, kind)),
                state=row.state,
                is_text=row.is_text,
                made_here=row.made_here,
                attachment_id=row.attachment_id,
            )
            for row in found.package
        ),
        version=found.head.version,
    )


def _make(call: Call, project_id: int, paper: Paper, body: PaperBody) -> MadePaper | None:
    if file_or_generate(body.file, generate=body.generate) is not None:
        return None
    store = installation().store
    return make_paper(call.session, project_id, paper, actor=call.actor, moment=call.moment, store=store)


@endpoint(
    "POST",
    "/projects/{project_id}/papers/{paper}",
    about="Bring a paper as a file, or have it made from what is recorded.",
    tag=TAG,
    status=201,
    if_match=IfMatch.WELCOME,
    before=_make,
)
def attach(call: Call, project_id: int, paper: Paper, body: PaperBody, prepared: MadePaper | None) -> AttachedAnswer:
    """Keep a paper."""
    store = installation().store
    if prepared is not None:
        kept = keep_paper(call.session, prepared, store=store, actor=call.actor, moment=call.moment)
    elif body.file is not None:
        command = AttachPaper(
            project_id=project_id, paper=paper, upload=body.file, expected_version=call.expected_version
        )
        kept = attach_paper(
            call.session, command, store=store, limits=upload_limits(), actor=call.actor, moment=call.moment
        )
    else:
        raise NotFound("paper", paper)
    return AttachedAnswer(
        id=kept.id,
        paper=kept.paper,
        filename=kept.filename,
        origin=kept.origin,
        version=entrance_to(call.session, project_id, call.actor).project.version,
        location=_location(kept.id),
    )


@endpoint(
    "GET",
    "/projects/{project_id}/documents/{document}",
    about="A paper made from what is recorded now, as docx or pdf by Accept; nothing is kept.",
    tag=TAG,
    media_types=FORMS,
)
def generate(call: Call, project_id: int, document: Paper) -> FileAnswer:
    """Make a paper and give it out."""
    store = installation().store
    made = make_paper(call.session, project_id, document, actor=call.actor, moment=call.moment, store=store)
    return docx_or_pdf(made.docx, made.filename)


@endpoint(
    "GET",
    "/projects/{project_id}/package",
    about="The submission package as one zip: its papers numbered, with a manifest of SHA-256.",
    tag=TAG,
    media_types=(MEDIA_TYPE,),
)
def package(call: Call, project_id: int) -> FileAnswer:
    """The package in one file."""
    made = package_archive(call.session, installation().store, project_id, actor=call.actor, moment=call.moment)
    return FileAnswer(content=made.content, media_type=MEDIA_TYPE, filename=made.filename)


@endpoint(
    "GET",
    "/papers/{attachment_id}",
    about="A paper as it was brought or made; a docx also as pdf, by Accept.",
    tag=TAG,
    media_types=FORMS,
)
def download(call: Call, attachment_id: int) -> FileAnswer:
    """The file of a paper."""
    found = attachment_for(call.session, attachment_id, call.actor)
    content = installation().store.get(found.sha256)
    media_type = call.session.scalars(select(StoredFile.media_type).where(StoredFile.sha256 == found.sha256)).one()
    if media_type == FileKind.DOCX.media_type:
        return docx_or_pdf(content, found.filename)
    return FileAnswer(content=content, media_type=media_type, filename=found.filename)
