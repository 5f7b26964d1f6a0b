"""How a document ended, as pages and programs are told."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.documents import Ending, Publication
from standards_wf.wording.endings import sentence_of_ending
from standards_wf.workflow.vocabulary import Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingShown:
    """The end of a document, in particulars and in one sentence."""

    how: Stage
    ended_on: date
    announcement_number: str
    reason: str
    use_instead: str
    """The document to be used from now on, in whatever way it was named."""
    use_instead_slug: str
    """Its address, where it is kept here."""
    sentence: str


def ending_of(session: Session, project_id: int, successors: str = "") -> EndingShown | None:
    """The end of a document, `None` while it lives; one query. `successors` are the numbers that take its place."""
    row = session.execute(
        select(Ending, Publication.slug)
        .outerjoin(Publication, (Publication.number == Ending.use_instead) & Publication.published_at.is_not(None))
        .where(Ending.project_id == project_id)
    ).first()
    if row is None:
        return None
    ending: Ending = row[0]
    return EndingShown(
        how=ending.how,
        ended_on=ending.ended_on,
        announcement_number=ending.announcement_number,
        reason=ending.reason,
        use_instead=ending.use_instead,
        use_instead_slug=row[1] or "",
        sentence=sentence_of_ending(
            ending.how,
            ending.ended_on,
            successors=successors or ending.use_instead,
            announcement_number=ending.announcement_number,
            use_instead=ending.use_instead,
        ),
    )
