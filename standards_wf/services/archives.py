"""A case in one file: its submission package, or all that there is of it, each with a manifest of SHA-256.

Whoever has the file can check it without this system: `SHA256SUMS` is what `sha256sum --check` reads. The same content
gives the same bytes.
"""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.inspect import clean_filename
from standards_wf.models.consultations import Comment
from standards_wf.models.documents import Publication
from standards_wf.models.drafts import Attachment, DraftVersion
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import Project
from standards_wf.services.access import Entrance, entrance_to
from standards_wf.services.papers import package_of_project
from standards_wf.services.record import plain
from standards_wf.services.storage import FileStore
from standards_wf.wording import labels
from standards_wf.workflow.facts import Actor

MEDIA_TYPE = "application/zip"
_EPOCH = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A zip that is ready to be given out."""

    filename: str
    content: bytes
    files: int
    """How many files it holds beside the manifest."""
    missing: tuple[str, ...] = ()
    """What the package still lacks, by the names of the papers."""


@dataclass(frozen=True, slots=True)
class _Item:
    path: str
    content: bytes
    about: Mapping[str, object]


def package_archive(session: Session, store: FileStore, project_id: int, *, actor: Actor, moment: Moment) -> Archive:
    """The submission package (报批材料) in its order and numbered, with what it still lacks; for whoever sees the case.

    Raises NotFound.
    """
    entrance = entrance_to(session, project_id, actor)
    project = entrance.project
    draft = session.scalar(
        select(DraftVersion).where(DraftVersion.project_id == project_id).order_by(DraftVersion.number.desc()).limit(1)
    )
    attached = {row.id: row for row in session.scalars(select(Attachment).where(Attachment.project_id == project_id))}
    items: list[_Item] = []
    missing: list[str] = []
    for place, line in enumerate(package_of_project(session, entrance, moment=moment), start=1):
        label = labels.paper(line.paper, project.kind).zh
        row = attached.get(line.attachment_id or 0)
        found = (draft.docx_sha256, draft.filename) if line.is_text and draft else None
        found = (row.sha256, row.filename) if row else found
        about = {"number": place, "paper": line.paper, "name": label, "state": line.state}
        if found is None or line.state != "there":
            missing.append(label)
        if found is not None:
            digest, filename = found
            items.append(_Item(f"{place:02} {label}.{_ending(filename)}", store.get(digest), about))
    facts = _facts(session, entrance)
    return Archive(
        filename=clean_filename(f"{project.title_zh[:80]} 报批材料.zip"),
        content=_zipped(items, {**facts, "missing": missing}),
        files=len(items),
        missing=tuple(missing),
    )


def case_archive(session: Session, store: FileStore, project_id: int, *, actor: Actor) -> Archive:
    """All that there is of a case: texts, papers, comments and the history with its chain of hashes. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor)
    project = entrance.project
    items: list[_Item] = []
    for draft in session.scalars(
        select(DraftVersion).where(DraftVersion.project_id == project_id).order_by(DraftVersion.number)
    ):
        about = {"draft": draft.number, "draft_stage": draft.draft_stage, "attached_at": draft.attached_at}
        for digest in (draft.docx_sha256, draft.pdf_sha256):
            if digest is not None:
                ending = _ending(draft.filename) if digest == draft.docx_sha256 else "pdf"
                items.append(_Item(f"texts/{draft.number:03}.{ending}", store.get(digest), about))
    for row in session.scalars(select(Attachment).where(Attachment.project_id == project_id).order_by(Attachment.id)):
        about = {
            "paper": row.paper,
            "filename": row.filename,
            "origin": row.origin,
            "attached_at": row.attached_at,
            "at_seq": row.at_seq,
        }
        items.append(_Item(f"papers/{row.id:06} {row.paper}.{_ending(row.filename)}", store.get(row.sha256), about))
    comments = session.scalars(select(Comment).where(Comment.project_id == project_id).order_by(Comment.number))
    events = session.scalars(
        select(LifecycleEvent).where(LifecycleEvent.project_id == project_id).order_by(LifecycleEvent.seq)
    )
    items.append(_Item("comments.json", _json([_comment(each) for each in comments]), {}))
    items.append(_Item("history.json", _json([_event(each) for each in events]), {"head_hash": project.head_hash}))
    return Archive(
        filename=clean_filename(f"{project.title_zh[:80]} 档案.zip"),
        content=_zipped(items, _facts(session, entrance)),
        files=len(items),
    )


def _facts(session: Session, entrance: Entrance) -> dict[str, object]:
    project: Project = entrance.project
    publication = session.get(Publication, project.id)
    return {
        "project": project.id,
        "title_zh": project.title_zh,
        "title_en": project.title_en,
        "kind": project.kind,
        "category": project.category,
        "stage": project.stage,
        "number": publication.number if publication else "",
        "at_seq": project.last_event_seq,
        "head_hash": project.head_hash,
    }


def _comment(row: Comment) -> dict[str, object]:
    """A comment with what became of it; how to reach its author stays here."""
    return {
        "number": row.number,
        "clause": row.clause,
        "element": row.element,
        "type": row.type,
        "text": row.text,
        "proposed_change": row.proposed_change,
        "author": row.author,
        "organization": row.organization,
        "received_at": row.received_at,
        "disposition": row.disposition,
        "reason": row.reason,
    }


def _event(row: LifecycleEvent) -> dict[str, object]:
    """A row of the history as its hash was made of it."""
    content: dict[str, object] = {
        "project_id": row.project_id,
        "seq": row.seq,
        "at": row.at,
        "on_day": row.on_day,
        "actor_id": row.actor_id,
        "actor_role": row.actor_role,
        "action": row.action,
        "from_stage": row.from_stage,
        "to_stage": row.to_stage,
        "note": row.note,
        "params": row.params,
        "previous_hash": row.previous_hash,
        "hash": row.hash,
    }
    if row.on_behalf_of_id is not None:
        content["on_behalf_of_id"] = row.on_behalf_of_id
    return content


def _ending(filename: str) -> str:
    return filename.rsplit(".", 1)[-1].lower() if "." in filename else "bin"


def _json(content: object) -> bytes:
    return (json.dumps(plain(content), ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _zipped(items: Sequence[_Item], facts: Mapping[str, object]) -> bytes:
    """The files with their manifest, once for programs and once for `sha256sum --check`."""
    listed = [
        {"path": each.path, "bytes": len(each.content), "sha256": sha256(each.content).hexdigest(), **each.about}
        for each in items
    ]
    manifest = _json({**facts, "files": listed})
    sums = "".join(f"{line['sha256']}  {line['path']}\n" for line in listed)
    sums += f"{sha256(manifest).hexdigest()}  manifest.json\n"
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for path, content in (
            *((each.path, each.content) for each in items),
            ("manifest.json", manifest),
            ("SHA256SUMS", sums.encode()),
        ):
            entry = zipfile.ZipInfo(path, date_time=_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return written.getvalue()
