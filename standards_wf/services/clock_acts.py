"""The daily acts of the clock: closing consultations, bringing into force, superseding; and the daily seal.

The clock asks the procedure like everybody else and acts only where a row names the system. It never takes a case out
of a human decision. Each act is a unit of work of its own; done twice, or by two workers, it happens once.
"""

import logging

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, NotFound, TransitionRefused
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Publication, Replacement
from standards_wf.models.outbox import DailyRun
from standards_wf.models.projects import Project
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.seals import seal
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.vocabulary import Action, Role, Stage

ORDER = (Action.TAKE_EFFECT, Action.SUPERSEDE, Action.CLOSE_CONSULTATION)
"""What takes effect first may supersede something on the same day."""

ATTEMPTS = 3

log = logging.getLogger(__name__)


def act_for_the_day(sessions: sessionmaker[Session], *, moment: Moment) -> bool:
    """Do the acts that are due, and seal; days on which nobody worked are caught up with.

    Answers whether the day is done: every act happened or was refused by the procedure, and the seal was set.
    """
    with sessions() as session:
        if session.get(DailyRun, moment.day.isoformat()) is not None:
            return True
    whole = True
    for action in ORDER:
        with sessions() as session:
            waiting = session.scalars(_candidates(action, moment)).all()
        for project_id in waiting:
            whole = _act(sessions, project_id, action, moment) and whole
    if not whole:
        return False
    return _close_the_day(sessions, moment)


def _act(sessions: sessionmaker[Session], project_id: int, action: Action, moment: Moment) -> bool:
    """One act on one project; answers whether nothing is left to be done about it."""
    for _attempt in range(ATTEMPTS):
        try:
            with sessions() as session, unit_of_work(session):
                perform(
                    session,
                    PerformAction(project_id=project_id, action=action),
                    actor=SYSTEM_ACTOR,
                    moment=moment,
                )
        except EditConflict:
            continue
        except (TransitionRefused, NotFound) as refused:
            log.info("%s of project %d is not for today: %s", action, project_id, refused)
            return True
        except Exception:  # one case that cannot be handled must not hold up the others
            log.exception("%s of project %d has to wait", action, project_id)
            return False
        else:
            log.info("%s of project %d: done", action, project_id)
            return True
    return False


def _close_the_day(sessions: sessionmaker[Session], moment: Moment) -> bool:
    """Seal and mark the day as done, together; another worker may have been faster."""
    try:
        with sessions() as session, unit_of_work(session):
            session.add(DailyRun(day=moment.day.isoformat(), finished_at=moment.at))
            session.flush()
            seal(session, moment=moment)
    except EditConflict:
        with sessions() as session:
            return session.get(DailyRun, moment.day.isoformat()) is not None
    return True


def stages_for_the_clock(action: Action) -> frozenset[Stage]:
    """The stages at which some procedure lets the system do this."""
    return frozenset(
        row.source
        for table in PROCEDURES.values()
        for row in table.rows
        if row.action is action and Role.SYSTEM in row.roles
    )


def _candidates(action: Action, moment: Moment) -> Select[int]:
    """The projects for which it is worth asking; whether the act may happen is for the procedure to say."""
    asked = select(Project.id).where(Project.stage.in_(stages_for_the_clock(action))).order_by(Project.id)
    match action:
        case Action.TAKE_EFFECT:
            return asked.join(Publication, Publication.project_id == Project.id).where(
                Publication.effective_on <= moment.day
            )
        case Action.SUPERSEDE:
            replaced = select(Replacement.replaced_project_id).where(Replacement.replaced_project_id.is_not(None))
            return asked.where(Project.id.in_(replaced))
        case _:
            return asked.join(ConsultationRound, ConsultationRound.project_id == Project.id).where(
                ConsultationRound.closed_on.is_(None), ConsultationRound.closes_on <= moment.day
            )
