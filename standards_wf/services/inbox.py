"""The messages that somebody has been written, and that they were read."""

from dataclasses import dataclass

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import NotFound
from standards_wf.models.base import HIGHEST_IDENTITY
from standards_wf.models.outbox import Notification, Reminder
from standards_wf.services.access import require_identity
from standards_wf.services.notifying import IN_APP
from standards_wf.services.people import require_person
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.facts import Actor


@dataclass(frozen=True, slots=True)
class MessageRead:
    """What a message was about: an event of a project, or a deadline."""

    project_id: int
    event_seq: int | None
    due: Due | None


def read_message(session: Session, notification_id: int, *, actor: Actor, moment: Moment) -> MessageRead:
    """Mark one's own message as read. Raises NotFound, Forbidden."""
    person_id = require_person(actor)
    require_identity("message", notification_id)
    message = session.scalar(
        select(Notification).where(Notification.id == notification_id, Notification.person_id == person_id)
    )
    if message is None:
        raise NotFound("message", notification_id)
    message.read_at = message.read_at or moment.at
    reminder = session.get(Reminder, message.reminder_id) if message.reminder_id else None
    return MessageRead(message.project_id, message.event_seq, Due(reminder.due) if reminder else None)


def read_all_messages(session: Session, *, up_to: int, actor: Actor, moment: Moment) -> None:
    """Mark one's own messages as read, up to the last one that was on the page. Raises Forbidden."""
    person_id = require_person(actor)
    session.execute(
        update(Notification)
        .where(Notification.person_id == person_id, Notification.channel == IN_APP)
        .where(Notification.id <= min(up_to, HIGHEST_IDENTITY), Notification.read_at.is_(None))
        .values(read_at=moment.at)
    )
