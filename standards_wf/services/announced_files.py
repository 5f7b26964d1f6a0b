"""The documents of calls and plans: the announcement itself, forms to fill in; brought by whoever publishes them."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.inspect import FileKind, UploadLimits, inspect_upload
from standards_wf.errors import NotFound
from standards_wf.models.plans import AnnouncedFile, ProjectCall, ProjectPlan
from standards_wf.services.access import require_identity
from standards_wf.services.calls import call_for, require_publisher
from standards_wf.services.drafts import Upload
from standards_wf.services.record import append_administration
from standards_wf.services.storage import FileStore, keep
from standards_wf.workflow.facts import Actor

_ALLOWED = frozenset({FileKind.DOCX, FileKind.PDF})


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachToCall:
    """A document for a call."""

    call_id: int
    upload: Upload


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachToPlan:
    """A document for a plan."""

    plan_id: int
    upload: Upload


def attach_announced(
    session: Session,
    cmd: AttachToCall | AttachToPlan,
    *,
    store: FileStore,
    limits: UploadLimits,
    actor: Actor,
    moment: Moment,
) -> AnnouncedFile:
    """Keep a document with its call or plan, for good. Raises NotFound, Forbidden, Invalid."""
    found: ProjectCall | ProjectPlan
    if isinstance(cmd, AttachToCall):
        found, subject = call_for(session, cmd.call_id, actor), f"call/{cmd.call_id}"
    else:
        found, subject = plan_for(session, cmd.plan_id), f"plan/{cmd.plan_id}"
    require_publisher(actor, found.publisher_id)
    seen = inspect_upload(cmd.upload.data, cmd.upload.filename, allowed=_ALLOWED, limits=limits)
    attached = AnnouncedFile(
        call_id=found.id if isinstance(found, ProjectCall) else None,
        plan_id=found.id if isinstance(found, ProjectPlan) else None,
        sha256=keep(session, store, cmd.upload.data, seen.media_type, moment=moment),
        filename=seen.filename,
        attached_by_id=actor.person_id,
        attached_at=moment.at,
    )
    session.add(attached)
    session.flush()
    params = {"file": attached.id, "filename": seen.filename, "sha256": attached.sha256}
    append_administration(session, "announcement_attached", subject, params, actor=actor, moment=moment)
    return attached


def plan_for(session: Session, plan_id: int) -> ProjectPlan:
    """A plan; everybody may read it. Raises NotFound."""
    require_identity("plan", plan_id)
    plan = session.get(ProjectPlan, plan_id)
    if plan is None:
        raise NotFound("plan", plan_id)
    return plan


def announced_file_for(session: Session, file_id: int, actor: Actor) -> AnnouncedFile:
    """A document of a call or a plan, for whoever may read that. Raises NotFound."""
    require_identity("file", file_id)
    found = session.scalar(select(AnnouncedFile).where(AnnouncedFile.id == file_id))
    if found is None:
        raise NotFound("file", file_id)
    if found.call_id is not None:
        call_for(session, found.call_id, actor)
    return found
