"""Putting right how a version of a text was read: paragraph by paragraph, by hand.

A version never changes. What was put right makes a new one of the same file, byte for byte, whose tree and clauses
are read with the corrections; the history tells whose reading it puts right.
"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.documents.apart import Reader
from standards_wf.documents.correcting import ReadAs
from standards_wf.documents.format_check import check
from standards_wf.documents.reading import draft_of
from standards_wf.models.readings import DraftCorrection
from standards_wf.services.access import draft_for, entrance_to
from standards_wf.services.drafts import AttachDraft, Corrected, PreparedDraft, require_keeper
from standards_wf.services.storage import FileStore
from standards_wf.workflow.facts import Actor

Wanted = Mapping[int, ReadAs | None]
"""What paragraphs are, by their place; none takes back what was put right there."""


def corrections_of(session: Session, draft_id: int) -> dict[int, ReadAs]:
    """What was put right in a version, by place; one query."""
    rows = session.execute(
        select(DraftCorrection.at, DraftCorrection.read_as).where(DraftCorrection.draft_id == draft_id)
    )
    return {at: ReadAs(read_as) for at, read_as in rows}


def put_right(
    session: Session,
    project_id: int,
    number: int,
    wanted: Wanted,
    *,
    actor: Actor,
    store: FileStore,
    reader: Reader,
    expected_version: int | None = None,
) -> AttachDraft | None:
    """Read a version again with what is wanted on top of what was put right before; long before anybody holds a lock.

    Gives the new version, ready to be attached; none where nothing would be taken otherwise. Raises NotFound,
    Forbidden, UploadRefused.
    """
    entrance = entrance_to(session, project_id, actor)
    draft = draft_for(session, project_id, number, actor)
    require_keeper(entrance, draft.draft_stage)
    before = corrections_of(session, draft.id)
    merged = {at: read_as for at, read_as in {**before, **wanted}.items() if read_as is not None}
    changes = sum(1 for at in {*before, *merged} if before.get(at) != merged.get(at))
    if not changes:
        return None
    docx = store.get(draft.docx_sha256)
    read = draft_of(reader.read(docx, draft.filename, merged).tree)
    prepared = PreparedDraft(
        docx=docx,
        pdf=store.get(draft.pdf_sha256) if draft.pdf_sha256 else None,
        filename=draft.filename,
        read=read,
        findings=check(read, entrance.project.kind),
        corrected=Corrected(number, merged, changes),
    )
    return AttachDraft(
        project_id=project_id, draft_stage=draft.draft_stage, draft=prepared, expected_version=expected_version
    )
