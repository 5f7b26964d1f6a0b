"""Reminding those in whose hands a deadline lies.

A reminder is no event: nothing has happened to the case, so its history and its version stay as they are. That it was
written is kept in a table of its own, once for each person, deadline, date and step.

1. In the daily run the deadlines of all cases on their way are asked for, in portions. A case that rests has none.
2. Where a step fell due since the run before, the case is locked and its deadlines are asked for once more, so that
   what was done in the meantime reminds nobody. Of several steps only the newest is written.
3. Everybody in whose hands it lies gets a message on the desk, which takes the place of an older one not yet read, and
   a mail, which the outbox sends.
4. Before a mail leaves, the deadline is asked for again: a mail about one that is met or moved is dropped.
5. What has been met or moved disappears from the desks with the next daily run.
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict
from standards_wf.models.keeping_time import SuspensionRow
from standards_wf.models.outbox import Notification, OutboxRow, Reminder
from standards_wf.models.people import Person
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Ballot, BallotVoter, Review, Vote
from standards_wf.models.rules import RuleRow
from standards_wf.notifications.reminders import Reminded, place_of, reminder_mail
from standards_wf.notifications.transport import Transport
from standards_wf.services.access import Entrance, entrance_to
from standards_wf.services.holders import holders_of
from standards_wf.services.notifying import IN_APP, MAIL, Unsent, channels_to, deliver
from standards_wf.services.reading.deadlines import Standing, deadlines_of
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.services.voters import MEMBERS
from standards_wf.workflow.deadlines import Deadline, Due
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.reminders import ReminderSteps, reminded_roles
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Effect

MESSAGE = "reminder"
AT_ONCE = 500
ATTEMPTS = 3
_ON_THEIR_WAY = [row.stage for row in STAGES.values() if not row.final]

log = logging.getLogger(__name__)

Standpoint = tuple[int, str, date]
"""A case, what is due in it, and when: whatever is reminded of is one of these."""


@dataclass(frozen=True, slots=True)
class _Run:
    """The days for which a run answers, and the steps of the installation."""

    since: date
    moment: Moment
    steps: ReminderSteps

    def step_of(self, deadline: Deadline) -> int | None:
        return self.steps.newest(
            days_left=deadline.days_left(self.moment.day), days_left_at_first=deadline.days_left(self.since)
        )


def remind(sessions: sessionmaker[Session], *, since: date, moment: Moment, steps: ReminderSteps) -> bool:
    """Write the reminders whose step fell due from a day until today; answers whether every case could be asked.

    Done twice, or by two workers, nobody is reminded twice.
    """
    run = _Run(since, moment, steps)
    whole, standing = True, set[Standpoint]()
    for portion in _portions(sessions):
        with sessions() as session:
            found = deadlines_of(session, portion, moment.day)
        for project_id, deadlines in found.items():
            standing |= {(project_id, each.due.value, each.on) for each in deadlines}
            if any(run.step_of(each.counted) is not None for each in deadlines):
                whole = _remind_of(sessions, project_id, run) and whole
    _clear_the_desks(sessions, standing, moment)
    return whole


def _portions(sessions: sessionmaker[Session]) -> Iterable[Sequence[Standing]]:
    """All cases on their way that do not rest, so many at once."""
    last = 0
    while True:
        with sessions() as session:
            rows = session.execute(
                select(Project.id, Project.kind, Project.stage)
                .where(Project.id > last, Project.stage.in_(_ON_THEIR_WAY), ~_rests())
                .order_by(Project.id)
                .limit(AT_ONCE)
            ).all()
        if not rows:
            return
        yield [Standing(identity, kind, stage) for identity, kind, stage in rows]
        last = rows[-1].id


def _rests() -> ColumnElement[bool]:
    return (
        select(SuspensionRow.id).where(SuspensionRow.project_id == Project.id, SuspensionRow.until.is_(None)).exists()
    )


def _remind_of(sessions: sessionmaker[Session], project_id: int, run: _Run) -> bool:
    """The reminders of one case; answers whether nothing is left to be done about it."""
    for _attempt in range(ATTEMPTS):
        try:
            with sessions() as session, unit_of_work(session):
                _write_reminders(session, project_id, run)
        except EditConflict:
            continue
        except Exception:  # one case that cannot be handled must not hold up the others
            log.exception("the reminders of project %d have to wait", project_id)
            return False
        else:
            return True
    return False


def _write_reminders(session: Session, project_id: int, run: _Run) -> None:
    """Lock the case, and write what is to be said of its deadlines as they stand now."""
    entrance = entrance_to(session, project_id, SYSTEM_ACTOR)
    mails = False
    for deadline in standing_deadlines(session, entrance.project, run.moment.day):
        step = run.step_of(deadline)
        if step is not None:
            for person in _in_whose_hands(session, entrance, deadline, run.moment.day):
                mails = _write_one(session, entrance.project, deadline, step, person, run.moment) or mails
    if mails:
        _promise_mails(session, project_id, run.moment)


def standing_deadlines(session: Session, project: Project, today: date) -> tuple[Deadline, ...]:
    """What is due in a case and not done; nothing while it rests or when it has ended."""
    if STAGES[project.stage].final or session.scalar(select(Project.id).where(Project.id == project.id, _rests())):
        return ()
    found = deadlines_of(session, [Standing(project.id, project.kind, project.stage)], today)
    return tuple(each.counted for each in found[project.id])


def _in_whose_hands(session: Session, entrance: Entrance, deadline: Deadline, today: date) -> Sequence[Person]:
    """Everybody active who can do something about it today; of a ballot, those who have not voted yet."""
    passed = deadline.has_passed(today)
    roles = reminded_roles(entrance.project.kind, entrance.project.stage, deadline.due, passed=passed)
    people = {holder.person_id for holder in holders_of(session, entrance.parties, roles, today)}
    if deadline.due is Due.BALLOT_CLOSES and not passed:
        may_vote = {holder.person_id for holder in holders_of(session, entrance.parties, MEMBERS, today)}
        people |= may_vote & _who_has_not_voted(session, entrance.project.id)
    return session.scalars(select(Person).where(Person.id.in_(people), Person.active).order_by(Person.id)).all()


def _who_has_not_voted(session: Session, project_id: int) -> set[int]:
    return set(
        session.scalars(
            select(BallotVoter.person_id)
            .join(Ballot, Ballot.id == BallotVoter.ballot_id)
            .join(Review, Review.id == Ballot.review_id)
            .outerjoin(Vote, Vote.voter_id == BallotVoter.id)
            .where(Review.project_id == project_id, Review.outcome.is_(None), Ballot.closed_at.is_(None))
            .where(BallotVoter.entitled, Vote.voter_id.is_(None))
        )
    )


def _write_one(
    session: Session, project: Project, deadline: Deadline, step: int, person: Person, moment: Moment
) -> bool:
    """Remind one person, unless that was done; answers whether a mail is to be sent."""
    same = (
        Reminder.project_id == project.id,
        Reminder.due == deadline.due.value,
        Reminder.person_id == person.id,
    )
    if session.scalar(select(Reminder.id).where(*same, Reminder.due_on == deadline.on, Reminder.step == step)):
        return False
    _take_away(session, select(Reminder.id).where(*same), moment)
    reminder = Reminder(
        project_id=project.id,
        due=deadline.due.value,
        due_on=deadline.on,
        step=step,
        person_id=person.id,
        written_on=moment.day,
    )
    session.add(reminder)
    session.flush()
    channels = channels_to(person)
    session.add_all(
        Notification(
            project_id=project.id,
            reminder_id=reminder.id,
            person_id=person.id,
            channel=channel,
            message=MESSAGE,
            written_at=moment.at,
            sent_at=moment.at if channel == IN_APP else None,
        )
        for channel in channels
    )
    return MAIL in channels


def _take_away(session: Session, reminders: Select[int], moment: Moment) -> None:
    """Messages on the desk that nobody needs to read any more."""
    session.execute(
        update(Notification)
        .where(Notification.reminder_id.in_(reminders), Notification.channel == IN_APP, Notification.read_at.is_(None))
        .values(read_at=moment.at)
    )


def _promise_mails(session: Session, project_id: int, moment: Moment) -> None:
    """One row of the outbox for the mails of a case and a day; a row that was settled already is opened again."""
    row = session.scalar(
        select(OutboxRow).where(OutboxRow.project_id == project_id, OutboxRow.reminded_on == moment.day)
    )
    if row is None:
        row = OutboxRow(project_id=project_id, reminded_on=moment.day, effect=Effect.NOTIFY, created_at=moment.at)
        session.add(row)
    row.available_at, row.attempts, row.given_up = moment.at, 0, False
    row.settled_at = row.leased_until = row.leased_by = None


def _clear_the_desks(sessions: sessionmaker[Session], standing: set[Standpoint], moment: Moment) -> None:
    """Take away the messages about what was met or moved since they were written."""
    with sessions() as session:
        unread = session.execute(
            select(Reminder.id, Reminder.project_id, Reminder.due, Reminder.due_on)
            .join(Notification, Notification.reminder_id == Reminder.id)
            .where(Notification.channel == IN_APP, Notification.read_at.is_(None))
        ).all()
    over = [identity for identity, *where in unread if tuple(where) not in standing]
    for start in range(0, len(over), AT_ONCE):
        with sessions() as session, unit_of_work(session):
            _take_away(session, select(Reminder.id).where(Reminder.id.in_(over[start : start + AT_ONCE])), moment)


def send_reminders(
    session: Session, transport: Transport, project_id: int, reminded_on: date, *, base_url: str, moment: Moment
) -> None:
    """Send the mails of the reminders of a case that were written on a day and have not been sent. Raises NotSent."""
    rows = session.execute(
        select(Notification.id, Reminder, Person)
        .join(Reminder, Reminder.id == Notification.reminder_id)
        .join(Person, Person.id == Notification.person_id)
        .where(Reminder.project_id == project_id, Reminder.written_on == reminded_on)
        .where(Notification.channel == MAIL, Notification.sent_at.is_(None))
        .order_by(Notification.id)
    ).all()
    told = _still_to_tell(session, project_id, base_url, moment.day) if rows else {}
    mails, dropped = [], []
    for identity, reminder, person in rows:
        reminded = told.get((reminder.due, reminder.due_on, person.id))
        if reminded is None or not person.email:
            dropped.append(identity)
        else:
            mail = reminder_mail(
                reminded, identity=f"reminder-{reminder.id}", to_name=person.name, to_address=person.email
            )
            mails.append(Unsent(identity, mail))
    session.rollback()
    if dropped:
        with unit_of_work(session):
            session.execute(delete(Notification).where(Notification.id.in_(dropped)))
    deliver(session, transport, mails, moment=moment)


def _still_to_tell(
    session: Session, project_id: int, base_url: str, today: date
) -> dict[tuple[str, date, int], Reminded]:
    """What is still due in a case, for each person in whose hands it still lies."""
    entrance = entrance_to(session, project_id, SYSTEM_ACTOR)
    project = entrance.project
    told: dict[tuple[str, date, int], Reminded] = {}
    for deadline in standing_deadlines(session, project, today):
        rule = session.scalar(select(RuleRow).where(RuleRow.kind == project.kind, RuleRow.name == deadline.rule))
        reminded = Reminded(
            kind=project.kind,
            title_zh=project.title_zh,
            title_en=project.title_en,
            deadline=deadline,
            basis=rule.basis if rule else "",
            basis_is_confirmed=rule.confirmed if rule else True,
            today=today,
            address=place_of(deadline.due, f"{base_url}/projects/{project.id}"),
        )
        for person in _in_whose_hands(session, entrance, deadline, today):
            told[deadline.due.value, deadline.on, person.id] = reminded
    return told
