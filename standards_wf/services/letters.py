"""Letters to people without an account: written with what they are about, and sent by the worker after the commit.

A letter that does not leave is tried again, later each time, and given up in the end. One that left just before a crash
is sent once more, under the same identity and with the same link.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from smtplib import SMTPException

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.confirmations import Letter, LinkPurpose, MailedLink, WaitingSuggestion
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import Project, Suggestion
from standards_wf.notifications.links import ToConfirm, ToFollow, confirmation_mail, following_mail
from standards_wf.notifications.messages import Mail, mail_of
from standards_wf.notifications.rules import told_of
from standards_wf.notifications.transport import Transport
from standards_wf.services.confirmations import secret_to_send
from standards_wf.services.notifying import told_about
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Event, Role

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=1)
_LONGEST_ERROR = 2000

ADDRESSES: dict[LinkPurpose, str] = {
    LinkPurpose.CONFIRM_SUGGESTION: "/suggestions/confirm/{secret}",
    LinkPurpose.FOLLOW_SUGGESTION: "/suggestions/follow/{secret}",
}
"""Where the page of each link is."""


def write_letter(session: Session, link: MailedLink, *, moment: Moment) -> None:
    """Write the letter that brings a link."""
    session.add(Letter(link_id=link.id, written_at=moment.at, available_at=moment.at))


def write_letters_about(session: Session, project_id: int, seq: int, *, moment: Moment) -> None:
    """Write to whoever follows this case, or one that was merged into it, where the proposer is told of this event."""
    event = session.scalars(
        select(LifecycleEvent).where(LifecycleEvent.project_id == project_id, LifecycleEvent.seq == seq)
    ).one()
    if event.action == Event.SUGGESTION_FILED or Role.PROPOSER not in told_of(event.action):
        return
    merged = select(Suggestion.project_id).where(Suggestion.merged_into_id == project_id)
    links = session.scalars(
        select(MailedLink).where(
            MailedLink.purpose == LinkPurpose.FOLLOW_SUGGESTION,
            (MailedLink.subject_id == project_id) | MailedLink.subject_id.in_(merged),
        )
    ).all()
    written = set(
        session.scalars(select(Letter.link_id).where(Letter.project_id == project_id, Letter.event_seq == seq))
    )
    session.add_all(
        Letter(link_id=link.id, project_id=project_id, event_seq=seq, written_at=moment.at, available_at=moment.at)
        for link in links
        if link.id not in written
    )


@dataclass(frozen=True, slots=True)
class Post:
    """With what letters are sent: the way, the key of the links, and where the pages are."""

    transport: Transport
    key: str
    base_url: str


def send_next_letter(sessions: sessionmaker[Session], post: Post, *, now: Callable[[], Moment]) -> bool:
    """Send the oldest letter that is due; says whether there was one."""
    with sessions() as session:
        moment = now()
        if session.scalar(select(Letter.id).where(*_is_due(moment)).limit(1)) is None:
            session.rollback()  # whoever only looks takes no lock
            return False
        with unit_of_work(session):
            letter = session.scalar(
                select(Letter).where(*_is_due(moment)).order_by(Letter.id).limit(1).with_for_update(skip_locked=True)
            )
            if letter is None:
                return False
            letter.attempts += 1
            letter.available_at = moment.at + FIRST_PAUSE * 2 ** (letter.attempts - 1)
            identity, mail = letter.id, _mail(session, letter, post)
        try:
            if mail is not None:
                post.transport.send(mail)
        except (OSError, SMTPException, ValueError) as error:  # ValueError: an address that is none
            with unit_of_work(session):
                letter = session.get_one(Letter, identity)
                letter.last_error = f"{type(error).__name__}: {error}"[:_LONGEST_ERROR]
            return True
        with unit_of_work(session):
            session.get_one(Letter, identity).sent_at = now().at
    return True


def _is_due(moment: Moment) -> tuple[ColumnElement[bool], ...]:
    return (Letter.sent_at.is_(None), Letter.attempts < MOST_ATTEMPTS, Letter.available_at <= moment.at)


def _mail(session: Session, letter: Letter, post: Post) -> Mail | None:
    """The letter in words; none where what it was to confirm is settled already."""
    link = session.get_one(MailedLink, letter.link_id)
    address = post.base_url + ADDRESSES[link.purpose].format(secret=secret_to_send(link, post.key))
    to = {"identity": f"letter-{letter.id}", "to_name": link.name, "to_address": link.address}
    if letter.event_seq is not None:
        event = session.scalars(
            select(LifecycleEvent).where(
                LifecycleEvent.project_id == letter.project_id, LifecycleEvent.seq == letter.event_seq
            )
        ).one()
        return mail_of(replace(told_about(session, event, post.base_url), address=address), **to)
    if link.purpose is LinkPurpose.FOLLOW_SUGGESTION:
        project = session.get_one(Project, link.subject_id)
        return following_mail(ToFollow(title_zh=project.title_zh, number=project.id, address=address), **to)
    waiting = session.get(WaitingSuggestion, link.subject_id)
    if waiting is None or link.expires_on is None:
        return None
    told = ToConfirm(title_zh=waiting.title_zh, address=address, expires_on=link.expires_on)
    return confirmation_mail(told, **to)
