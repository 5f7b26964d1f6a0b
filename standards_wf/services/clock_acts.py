"""The daily run: what the clock does by itself, the reminders, and the seal at the end.

1. What fell due is done in the order of the days on which it fell due, also after days on which nobody worked. The
   clock asks the procedure like everybody else and acts only where a row names the system; it never takes a case out of
   a human decision. Each act is a unit of work of its own; done twice, or by two workers, it happens once.
2. Those in whose hands a deadline lies are reminded of it.
3. What visitors have not confirmed in time is forgotten, and the day is marked as done and sealed, together. Missed days are not invented: the run of the next day on which
   somebody works answers for them, and its seal says so.

An act is recorded on the day on which it is done, with the day on which it fell due and how late that is; what it
brings counts from the day on which it fell due.
"""

import json
import logging
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, NotFound, TransitionRefused
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.outbox import DailyRun, Reminder
from standards_wf.services.clock_due import ORDER, DueAct, acts_due
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.public_suggestions import forget_unconfirmed
from standards_wf.services.reminding import remind
from standards_wf.services.seals import seal
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.calendar import last_day
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.reminders import USUAL_STEPS, ReminderSteps
from standards_wf.workflow.vocabulary import Role

ATTEMPTS = 3

log = logging.getLogger(__name__)


def act_for_the_day(sessions: sessionmaker[Session], *, moment: Moment, steps: ReminderSteps = USUAL_STEPS) -> bool:
    """Do the acts that are due, remind, and seal; days on which nobody worked are caught up with.

    Answers whether the day is done: every act happened or was refused by the procedure, and the seal was set.
    """
    with sessions() as session:
        if session.get(DailyRun, moment.day.isoformat()) is not None:
            return True
        covers_from = first_day_to_answer_for(session, moment.day)
        due = acts_due(session, until=moment.day)
    whole = True
    for act in due:
        whole = _act(sessions, act, moment) and whole
    whole = remind(sessions, since=covers_from, moment=moment, steps=steps) and whole
    return whole and _close_the_day(sessions, covers_from, moment)


def first_day_to_answer_for(session: Session, today: date) -> date:
    """The day after the last run; in an installation where the clock never ran, today."""
    last = session.scalar(select(func.max(DailyRun.day)).where(DailyRun.day < today.isoformat()))
    return last_day(date.fromisoformat(last), 1) if last else today


def _act(sessions: sessionmaker[Session], act: DueAct, moment: Moment) -> bool:
    """One act on one project; answers whether nothing is left to be done about it."""
    command = PerformAction(project_id=act.project_id, action=act.action, due_on=act.due_on)
    for _attempt in range(ATTEMPTS):
        try:
            with sessions() as session, unit_of_work(session):
                perform(session, command, actor=SYSTEM_ACTOR, moment=moment)
        except EditConflict:
            continue
        except (TransitionRefused, NotFound) as refused:
            log.info("%s of project %d is not for today: %s", act.action, act.project_id, refused)
            return True
        except Exception:  # one case that cannot be handled must not hold up the others
            log.exception("%s of project %d has to wait", act.action, act.project_id)
            return False
        else:
            log.info("%s of project %d: done, due on %s", act.action, act.project_id, act.due_on)
            return True
    return False


def _close_the_day(sessions: sessionmaker[Session], covers_from: date, moment: Moment) -> bool:
    """Seal and mark the day as done, together; another worker may have been faster."""
    try:
        with sessions() as session, unit_of_work(session):
            forget_unconfirmed(session, moment=moment)
            session.add(_run(session, covers_from, moment))
            session.flush()
            seal(session, moment=moment, covers_from=covers_from)
    except EditConflict:
        with sessions() as session:
            return session.get(DailyRun, moment.day.isoformat()) is not None
    return True


def _run(session: Session, covers_from: date, moment: Moment) -> DailyRun:
    """What the clock did on this day, counted from the record, whichever worker did it and however often it began."""
    done = session.scalars(
        select(LifecycleEvent.params).where(
            LifecycleEvent.on_day == moment.day,
            LifecycleEvent.actor_role == Role.SYSTEM,
            LifecycleEvent.action.in_(ORDER),
        )
    ).all()
    reminders = session.scalar(select(func.count()).where(Reminder.written_on == moment.day)) or 0
    return DailyRun(
        day=moment.day.isoformat(),
        covers_from=covers_from.isoformat(),
        finished_at=moment.at,
        acts=len(done),
        late_acts=sum(1 for params in done if json.loads(params).get("late_days")),
        reminders=reminders,
    )
