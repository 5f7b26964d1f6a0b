"""The tasks about documents that a text cites and that have ended, as pages and programs show them."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.models.citations import CitationTask
from standards_wf.models.documents import Ending, Publication
from standards_wf.models.people import Person
from standards_wf.wording.citations import sentence_of_task
from standards_wf.workflow.vocabulary import CitationOutcome, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class CitationTaskShown:
    """A document that is cited has ended: what is to be checked, or what was found."""

    id: int
    cited_number: str
    dated: bool
    ended_by: Stage
    ended_number: str
    ended_slug: str
    ended_on: date
    use_instead: str
    raised_on: date
    sentence: str
    outcome: CitationOutcome | None
    note: str
    settled_by: str
    settled_at: datetime | None

    @property
    def is_open(self) -> bool:
        """Whether nobody has settled it yet."""
        return self.outcome is None


_ENDED_ON = func.coalesce(Ending.ended_on, CitationTask.raised_on)


def citation_tasks_of(session: Session, project_id: int) -> tuple[CitationTaskShown, ...]:
    """The tasks of a document, those still open first; one query."""
    rows = session.execute(
        select(CitationTask, Publication.number, Publication.slug, _ENDED_ON, Ending.use_instead, Person.name)
        .outerjoin(Publication, Publication.project_id == CitationTask.ended_project_id)
        .outerjoin(Ending, Ending.project_id == CitationTask.ended_project_id)
        .outerjoin(Person, Person.id == CitationTask.settled_by_id)
        .where(CitationTask.project_id == project_id)
        .order_by(CitationTask.settled_at.is_not(None), CitationTask.id.desc())
    )
    return tuple(
        CitationTaskShown(
            id=task.id,
            cited_number=task.cited_number,
            dated=task.dated,
            ended_by=task.ended_by,
            ended_number=number or task.cited_number,
            ended_slug=slug or "",
            ended_on=ended_on,
            use_instead=use_instead or "",
            raised_on=task.raised_on,
            sentence=sentence_of_task(task.cited_number, task.ended_by, dated=task.dated),
            outcome=task.outcome,
            note=task.note,
            settled_by=settled_by or "",
            settled_at=task.settled_at,
        )
        for task, number, slug, ended_on, use_instead, settled_by in rows
    )
