"""What follows the acts of the demonstration, done at once instead of by the worker: papers and notifications.

The index is made as a whole at the end, and no mail leaves the house.
"""

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.outbox import OutboxRow
from standards_wf.services.notifying import write_notifications
from standards_wf.services.papers import PAPER_OF, keep_paper, make_paper
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.vocabulary import Effect


class Followers:
    """Settles the outbox of one project after the other."""

    def __init__(self, sessions: sessionmaker[Session], store: FileStore) -> None:
        self._sessions = sessions
        self._store = store

    def follow(self, project_id: int, moment: Moment) -> None:
        """Do all that the project's outbox promises."""
        with self._sessions() as session:
            waiting = session.execute(
                select(OutboxRow.id, OutboxRow.effect, OutboxRow.event_seq)
                .where(OutboxRow.project_id == project_id, OutboxRow.settled_at.is_(None))
                .where(OutboxRow.event_seq.is_not(None))
                .order_by(OutboxRow.id)
            ).all()
            papers = dict.fromkeys(PAPER_OF[effect] for _, effect, _ in waiting if effect in PAPER_OF)
            made = [
                make_paper(session, project_id, paper, actor=SYSTEM_ACTOR, moment=moment, store=self._store)
                for paper in papers
            ]
        with self._sessions() as session, unit_of_work(session):
            for paper in made:
                keep_paper(session, paper, store=self._store, actor=SYSTEM_ACTOR, moment=moment)
            for row_id, effect, event_seq in waiting:
                if effect is Effect.NOTIFY and event_seq is not None:
                    write_notifications(session, project_id, event_seq, moment=moment)
                session.get_one(OutboxRow, row_id).settled_at = moment.at
