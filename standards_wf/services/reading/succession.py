"""Where a case stands between editions: what ordered it, what revises it, and what it cites that has ended."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.models.citations import CitationTask
from standards_wf.models.projects import Project
from standards_wf.services.reading.amendments import AmendmentShown, amendments_of
from standards_wf.services.reading.endings import EndingShown, ending_of
from standards_wf.services.reading.replacements import OrderedBy, ReplacingShown, ordered_by, replacing
from standards_wf.workflow.stages import DOCUMENT_STAGES


@dataclass(frozen=True, slots=True, kw_only=True)
class Editions:
    """What the first page of a project says of the documents before and after it."""

    ordered_by: OrderedBy | None = None
    """The document whose periodic review has ordered this case."""
    newer: tuple[ReplacingShown, ...] = ()
    """The documents that replace this one, and the cases on their way to that."""
    ending: EndingShown | None = None
    amendments: tuple[AmendmentShown, ...] = ()
    citations_to_check: int = 0
    """How many documents that its text cites have ended and were not looked at yet."""


def editions_of(session: Session, project: Project) -> Editions:
    """The documents around a project; as many queries for every case at the same side of its publication."""
    if project.stage not in DOCUMENT_STAGES:
        return Editions(ordered_by=ordered_by(session, project.id) if project.is_revision else None)
    newer = replacing(session, project.id, published_only=False)
    successors = "、".join(each.number for each in newer if each.number and not each.partial)
    return Editions(
        ordered_by=ordered_by(session, project.id),
        newer=newer,
        ending=ending_of(session, project.id, successors),
        amendments=amendments_of(session, project.id, published_only=True),
        citations_to_check=session.scalar(
            select(func.count()).where(CitationTask.project_id == project.id, CitationTask.outcome.is_(None))
        )
        or 0,
    )
