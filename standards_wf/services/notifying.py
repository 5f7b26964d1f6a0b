"""Telling people what happened: finding who is concerned, writing the messages, and sending the mails."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from smtplib import SMTPException

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Unavailable
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.outbox import Notification
from standards_wf.models.people import Person
from standards_wf.models.projects import Project
from standards_wf.notifications.messages import Mail, Told, mail_of
from standards_wf.notifications.rules import told_of
from standards_wf.notifications.transport import Transport
from standards_wf.services.access import parties_of
from standards_wf.services.holders import held_roles
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.vocabulary import Action, Event, Role


class NotSent(Unavailable):
    """Some mails have not left; it is tried again later."""


IN_APP = "in_app"
MAIL = "mail"


@dataclass(frozen=True, slots=True)
class Unsent:
    """A mail that has not left, and the message of which it is the copy."""

    notification_id: int
    mail: Mail


def write_notifications(session: Session, project_id: int, seq: int, *, moment: Moment) -> None:
    """Write the messages about one event: one for each person and channel; those already written stay.

    `recipients_of` says who gets one; the mails among them are sent by `send_mails`.
    """
    event = _event(session, project_id, seq)
    already = set(
        session.execute(
            select(Notification.person_id, Notification.channel).where(
                Notification.project_id == project_id, Notification.event_seq == seq
            )
        )
    )
    for recipient in recipients_of(session, event, moment.day):
        for channel in recipient.channels:
            if (recipient.person_id, channel) not in already:
                session.add(
                    Notification(
                        project_id=project_id,
                        event_seq=seq,
                        person_id=recipient.person_id,
                        channel=channel,
                        message=event.action,
                        written_at=moment.at,
                        sent_at=moment.at if channel == IN_APP else None,
                    )
                )


def send_mails(
    session: Session, transport: Transport, project_id: int, seq: int, *, base_url: str, moment: Moment
) -> None:
    """Send the mails about one event that have not been sent. Raises NotSent."""
    deliver(session, transport, _unsent(session, project_id, seq, base_url), moment=moment)


def deliver(session: Session, transport: Transport, mails: Iterable[Unsent], *, moment: Moment) -> None:
    """Send mails, and note each as soon as it has left.

    A mail that left just before a crash is sent once more, under the same identity. One that does not leave does not
    hold up the others. Raises NotSent.
    """
    problems: list[str] = []
    for each in mails:
        try:
            transport.send(each.mail)
        except (OSError, SMTPException, ValueError) as error:  # ValueError: an address that is none
            problems.append(f"{each.mail.to_address}: {error}")
            continue
        with unit_of_work(session):
            session.get_one(Notification, each.notification_id).sent_at = moment.at
    if problems:
        raise NotSent("; ".join(problems))


def _unsent(session: Session, project_id: int, seq: int, base_url: str) -> Sequence[Unsent]:
    rows = session.execute(
        select(Notification.id, Person.id, Person.name, Person.email)
        .join(Person, Person.id == Notification.person_id)
        .where(Notification.project_id == project_id, Notification.event_seq == seq)
        .where(Notification.channel == MAIL, Notification.sent_at.is_(None), Person.email != "")
        .order_by(Notification.id)
    ).all()
    if not rows:
        session.rollback()
        return ()
    told = told_about(session, _event(session, project_id, seq), base_url)
    session.rollback()
    return tuple(
        Unsent(
            identity,
            mail_of(told, identity=f"{project_id}-{seq}-{person_id}", to_name=name, to_address=email),
        )
        for identity, person_id, name, email in rows
    )


def told_about(session: Session, event: LifecycleEvent, base_url: str) -> Told:
    """What a message about this event tells."""
    project = session.get_one(Project, event.project_id)
    actor = session.get(Person, event.actor_id) if event.actor_id else None
    principal = session.get(Person, event.on_behalf_of_id) if event.on_behalf_of_id else None
    return Told(
        project_id=project.id,
        kind=project.kind,
        title_zh=project.title_zh,
        title_en=project.title_en,
        happened=Action(event.action) if event.action in set(Action) else Event(event.action),
        on_day=event.on_day,
        by=actor.name if actor else "",
        on_behalf_of=principal.name if principal else "",
        role=event.actor_role,
        stage=event.to_stage,
        params=json.loads(event.params),
        note=event.note,
        address=f"{base_url}/projects/{project.id}",
    )


def _event(session: Session, project_id: int, seq: int) -> LifecycleEvent:
    return session.scalars(
        select(LifecycleEvent).where(LifecycleEvent.project_id == project_id, LifecycleEvent.seq == seq)
    ).one()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who is told of an event, and by which ways."""

    person_id: int
    name: str
    channels: tuple[str, ...]


def recipients_of(session: Session, event: LifecycleEvent, today: date) -> tuple[Recipient, ...]:
    """Everybody active who has one of the roles told, whoever did it apart."""
    roles = frozenset(told_of(event.action))
    if not roles:
        return ()
    parties = parties_of(session, session.get_one(Project, event.project_id))
    told = {
        person_id
        for person_id, held in held_roles(session, parties, roles, today).items()
        if Actor(person_id=person_id, grants=frozenset(held)).roles_in(parties) & roles
    }
    if Role.PROPOSER in roles and parties.proposer_id is not None:
        told.add(parties.proposer_id)
    told.discard(event.actor_id or 0)
    return tuple(
        Recipient(person.id, person.name, channels_to(person))
        for person in session.scalars(select(Person).where(Person.id.in_(told), Person.active).order_by(Person.id))
    )


def channels_to(person: Person) -> tuple[str, ...]:
    """The ways to somebody: the desk, and a mail for whoever has an address; people of the demonstration get none."""
    return (IN_APP, MAIL) if person.email and not person.is_demonstration else (IN_APP,)
