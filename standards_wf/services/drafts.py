"""The versions of a text: brought as docx, opened defensively, read into clauses, checked, kept for ever."""

import json
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.apart import Reader
from standards_wf.documents.bearing import folded_text
from standards_wf.documents.blocks import blocks_as_json
from standards_wf.documents.correcting import Corrections
from standards_wf.documents.elements import pictures_in
from standards_wf.documents.format_check import Finding, Severity, check
from standards_wf.documents.html import SHOWN_PICTURES
from standards_wf.documents.inspect import FileKind, UploadLimits, inspect_upload
from standards_wf.documents.package import Package
from standards_wf.documents.reading import ReadDraft, draft_of
from standards_wf.documents.tree_json import as_json_text
from standards_wf.errors import Forbidden
from standards_wf.models.drafts import DraftClause, DraftPicture, DraftTree, DraftVersion
from standards_wf.models.readings import DraftCorrection
from standards_wf.services.access import Entrance, entrance_to
from standards_wf.services.lifecycle import require_version
from standards_wf.services.record import Happening, append, plain
from standards_wf.services.storage import FileStore, keep
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import DraftStage, Effect, Event, Kind, Role, Stage

_DRAFTING = frozenset({Stage.DRAFTING, Stage.CONSULTATION, Stage.RESOLUTION, Stage.REVIEW, Stage.SUBMISSION})
_PUBLISHING = frozenset({Stage.SUBMISSION, Stage.APPROVAL, Stage.PUBLIC_NOTICE})
DRAFT_KEEPERS = (Role.DRAFTER, Role.COMMITTEE_SECRETARY)
TEXT_KEEPERS = (Role.AUTHORITY, Role.GROUP_SECRETARIAT, Role.COMMITTEE_SECRETARY, Role.DRAFTER)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it arrived."""

    filename: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Corrected:
    """How a version comes from an earlier one: the same file, read again with what was put right by hand."""

    number: int
    """The version whose reading was put right."""
    corrections: Corrections
    changes: int
    """How many paragraphs are taken otherwise than in that version."""


@dataclass(frozen=True, slots=True)
class PreparedDraft:
    """A text that was opened, read and checked, ready to be attached."""

    docx: bytes
    pdf: bytes | None
    filename: str
    read: ReadDraft
    findings: tuple[Finding, ...]
    corrected: Corrected | None = None

    @property
    def errors(self) -> int:
        """How many findings stand in the way of the next stage."""
        return sum(1 for finding in self.findings if finding.severity is Severity.ERROR)


def prepare_draft(
    docx: Upload, pdf: Upload | None, *, kind: Kind, reader: Reader, limits: UploadLimits
) -> PreparedDraft:
    """Open a text defensively, read it and check it; long before anybody holds a lock.

    Raises UploadRefused, Unreadable.
    """
    opened = reader.read(docx.data, docx.filename)
    if pdf is not None:
        inspect_upload(pdf.data, pdf.filename, allowed=frozenset({FileKind.PDF}), limits=limits)
    read = draft_of(opened.tree)
    return PreparedDraft(
        docx=docx.data,
        pdf=pdf.data if pdf else None,
        filename=opened.filename,
        read=read,
        findings=check(read, kind),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachDraft:
    """A new version of the text of a project."""

    project_id: int
    draft_stage: DraftStage
    draft: PreparedDraft
    expected_version: int | None = None


def require_keeper(entrance: Entrance, draft_stage: DraftStage) -> Role:
    """The role in which somebody keeps texts of this draft stage now. Raises Forbidden."""
    publishing = draft_stage is DraftStage.PUBLICATION
    role = entrance.require(*(TEXT_KEEPERS if publishing else DRAFT_KEEPERS))
    stage = entrance.project.stage
    if stage not in (_PUBLISHING if publishing else _DRAFTING):
        raise Forbidden(Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=Event.DRAFT_ATTACHED, stage=stage))
    return role


def attach_draft(session: Session, cmd: AttachDraft, *, store: FileStore, actor: Actor, moment: Moment) -> DraftVersion:
    """Attach a version of the text, numbered after the last one; a version never changes.

    Raises NotFound, Forbidden, EditConflict.
    """
    entrance = entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = require_keeper(entrance, cmd.draft_stage)
    require_version(project, cmd.expected_version)
    last = session.scalar(select(func.max(DraftVersion.number)).where(DraftVersion.project_id == project.id))
    draft = cmd.draft
    version = DraftVersion(
        project_id=project.id,
        number=(last or 0) + 1,
        draft_stage=cmd.draft_stage,
        docx_sha256=keep(session, store, draft.docx, FileKind.DOCX.media_type, moment=moment),
        pdf_sha256=keep(session, store, draft.pdf, FileKind.PDF.media_type, moment=moment) if draft.pdf else None,
        filename=draft.filename,
        clauses_read=len(draft.read.clauses),
        errors_found=draft.errors,
        findings=_findings_as_json(draft.findings),
        folded_text=folded_text(draft.docx) if cmd.draft_stage is DraftStage.PUBLICATION else "",
        attached_by_id=actor.person_id,
        attached_at=moment.at,
        attached_seq=project.last_event_seq + 1,
    )
    session.add(version)
    session.flush()
    _keep_clauses(session, version.id, draft.read)
    _keep_tree(session, store, version.id, draft, moment)
    corrected = draft.corrected
    if corrected is not None:
        rows = corrected.corrections.items()
        session.add_all(DraftCorrection(draft_id=version.id, at=at, read_as=read_as.value) for at, read_as in rows)
    happening = Happening(
        action=Event.DRAFT_ATTACHED,
        role=role,
        to_stage=project.stage,
        params={
            "number": version.number,
            "draft_stage": cmd.draft_stage,
            "docx": version.docx_sha256,
            "pdf": version.pdf_sha256,
            "clauses": version.clauses_read,
            "errors": version.errors_found,
            **({"reading_of": corrected.number, "changes": corrected.changes} if corrected else {}),
        },
        effects=(Effect.NOTIFY,),
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return version


def _keep_clauses(session: Session, draft_id: int, read: ReadDraft) -> None:
    session.add_all(
        DraftClause(
            draft_id=draft_id,
            position=clause.position,
            kind=clause.kind.value,
            level=clause.level,
            label=clause.label,
            title=clause.title,
            anchor=clause.anchor,
            text=clause.text,
            blocks=blocks_as_json(clause.blocks),
            annex_kind=clause.annex.value if clause.annex else "",
        )
        for clause in read.clauses
    )


def _keep_tree(session: Session, store: FileStore, draft_id: int, draft: PreparedDraft, moment: Moment) -> None:
    """Keep the tree, and the pictures in it that a browser can show."""
    tree = draft.read.tree
    session.add(DraftTree(draft_id=draft_id, content=as_json_text(tree)))
    package = Package(draft.docx)
    for picture in {each.sha256: each for each in pictures_in(tree)}.values():
        content = package.bytes_of(picture.part) if picture.media_type in SHOWN_PICTURES else None
        if content is not None:
            sha256 = keep(session, store, content, picture.media_type, moment=moment)
            session.add(DraftPicture(draft_id=draft_id, sha256=sha256))


def _findings_as_json(findings: tuple[Finding, ...]) -> str:
    rows = [
        {
            "rule": finding.rule,
            "severity": finding.severity,
            "clause": finding.clause,
            "message": [finding.message.zh, finding.message.en],
            "suggestion": [finding.suggestion.zh, finding.suggestion.en],
        }
        for finding in findings
    ]
    return json.dumps(plain(rows), ensure_ascii=False)
