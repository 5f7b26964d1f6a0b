"""What is done for each effect: a table from the effect to its handler.

A handler may run twice. It does what lies outside the database first, and answers with what it brings to the database,
which is written in the unit of work that settles its rows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.notifications.transport import Transport
from standards_wf.search.backend import SearchBackend
from standards_wf.services.due_papers import papers_due
from standards_wf.services.indexing import reindex_projects
from standards_wf.services.letters import write_letters_about
from standards_wf.services.notifying import send_mails, write_notifications
from standards_wf.services.outbox import Claim, Finish
from standards_wf.services.papers import PAPER_OF
from standards_wf.services.reminding import send_reminders
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Effect, Paper

Generate = Callable[[Session, FileStore, int, Paper, Moment], Finish]
"""Makes a paper of a project from what the database holds, and answers with what enters it."""


@dataclass(frozen=True, slots=True)
class Tools:
    """What handlers work with."""

    sessions: sessionmaker[Session]
    search: SearchBackend
    store: FileStore
    transport: Transport
    generate: Generate
    base_url: str
    link_key: str
    """The key from which the secrets of mailed links are made."""


Handler = Callable[[Tools, Sequence[Claim], Moment], Finish | None]


def reindex(tools: Tools, claims: Sequence[Claim], _moment: Moment) -> Finish | None:
    """Bring the search index up to date with these projects."""
    with tools.sessions() as session:
        reindex_projects(session, tools.search, [claim.project_id for claim in claims])
    return None


def notify(tools: Tools, claims: Sequence[Claim], moment: Moment) -> Finish | None:
    """Write the messages about each event, send the mails, then make the forms that the event makes due.

    Reminders are written already.
    """
    with tools.sessions() as session:
        for claim in claims:
            if claim.event_seq is not None:
                _tell(tools, session, claim.project_id, claim.event_seq, moment)
            elif claim.reminded_on is not None:
                send_reminders(
                    session,
                    tools.transport,
                    claim.project_id,
                    claim.reminded_on,
                    base_url=tools.base_url,
                    moment=moment,
                )
        made = [
            tools.generate(session, tools.store, claim.project_id, paper, moment)
            for claim in claims
            if claim.event_seq is not None
            for paper in papers_due(session, claim.project_id, claim.event_seq)
        ]
    return _entering(made)


def _tell(tools: Tools, session: Session, project_id: int, seq: int, moment: Moment) -> None:
    with unit_of_work(session):
        write_notifications(session, project_id, seq, moment=moment)
        write_letters_about(session, project_id, seq, moment=moment)
    send_mails(session, tools.transport, project_id, seq, base_url=tools.base_url, moment=moment)


def render(tools: Tools, claims: Sequence[Claim], moment: Moment) -> Finish | None:
    """Make the paper without holding any lock, and enter it together with the settling, so that it is entered once."""
    with tools.sessions() as session:
        made = [
            tools.generate(session, tools.store, claim.project_id, PAPER_OF[claim.effect], moment) for claim in claims
        ]
    return _entering(made)


def _entering(made: Sequence[Finish]) -> Finish:
    def finish(session: Session) -> None:
        for enter in made:
            enter(session)

    return finish


HANDLERS: dict[Effect, Handler] = {
    Effect.REINDEX: reindex,
    Effect.NOTIFY: notify,
    **dict.fromkeys(PAPER_OF, render),
}
