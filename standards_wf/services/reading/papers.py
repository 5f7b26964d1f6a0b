"""The papers of a project: what is there, who brought or made it, and when."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.drafts import Attachment, Origin
from standards_wf.models.people import Person
from standards_wf.services.access import entrance_to
from standards_wf.services.papers import PackagePaper, package_of_project
from standards_wf.services.reading.projects import Head, head_at
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.vocabulary import Paper


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperShown:
    """A paper in one of its versions."""

    id: int
    paper: Paper
    filename: str
    generated: bool
    by: str
    at: datetime
    at_seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersPage:
    """The papers of a project, the newest first."""

    head: Head
    package: tuple[PackagePaper, ...]
    papers: tuple[PaperShown, ...]


def papers_of(session: Session, project_id: int, actor: Actor, moment: Moment) -> PapersPage:
    """The papers of a project, for its people; a fixed number of queries. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor)
    rows = session.execute(
        select(Attachment, Person.name)
        .outerjoin(Person, Person.id == Attachment.attached_by_id)
        .where(Attachment.project_id == project_id)
        .order_by(Attachment.id.desc())
    )
    return PapersPage(
        head=head_at(session, entrance, actor),
        package=package_of_project(session, entrance, moment=moment),
        papers=tuple(
            PaperShown(
                id=row.id,
                paper=row.paper,
                filename=row.filename,
                generated=row.origin is Origin.GENERATED,
                by=name or "",
                at=row.attached_at,
                at_seq=row.at_seq,
            )
            for row, name in rows
        ),
    )
