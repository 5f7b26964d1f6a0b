"""The explanatory note of a project, heading by heading."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.projects import ExplanatoryNote
from standards_wf.services.access import entrance_to
from standards_wf.services.reading.projects import Head, head_at
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.notes import NoteHeading, headings_of


@dataclass(frozen=True, slots=True)
class HeadingShown:
    """One heading with its text; an empty one is still to be written."""

    heading: NoteHeading
    text: str
    changed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotePage:
    """The note as it stands."""

    head: Head
    headings: tuple[HeadingShown, ...]

    @property
    def written(self) -> int:
        """How many headings have a text."""
        return sum(bool(row.text.strip()) for row in self.headings)


def note_of(session: Session, project_id: int, actor: Actor) -> NotePage:
    """The note, for somebody who may see the project. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor)
    project = entrance.project
    rows = {
        row.heading: row
        for row in session.scalars(select(ExplanatoryNote).where(ExplanatoryNote.project_id == project_id))
    }
    headings = []
    for heading in headings_of(project.kind, is_revision=project.is_revision):
        row = rows.get(heading.value)
        headings.append(HeadingShown(heading, row.text if row else "", row.changed_at if row else None))
    return NotePage(head=head_at(session, entrance, actor), headings=tuple(headings))
