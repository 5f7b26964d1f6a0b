"""Suggestions of people without an account: they wait until the address is confirmed, and are followed by a private link.

1. What a visitor sends is checked and kept apart; no official is shown it. A letter brings the link to confirm it.
2. With the confirmation the case begins, as if it were suggested at that moment, and what was kept apart is gone.
   A second letter brings the link to follow the case.
3. What is not confirmed in time is forgotten, by the clock.
"""

from dataclasses import dataclass, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.confirmations import Letter, LinkPurpose, MailedLink, WaitingSuggestion
from standards_wf.models.projects import Project
from standards_wf.services.confirmations import make_link, secret_of, typed_address, use_link
from standards_wf.services.letters import write_letter
from standards_wf.services.suggestions import FileSuggestion, checked_suggestion, file_suggestion
from standards_wf.services.typed import Typed
from standards_wf.workflow.facts import VISITOR

_BETWEEN = "；"


@dataclass(frozen=True, slots=True, kw_only=True)
class SendSuggestion:
    """A suggestion of somebody without an account, and where to write to; its contact is the telephone, if given."""

    suggestion: FileSuggestion
    email: str


def send_suggestion(session: Session, cmd: SendSuggestion, *, key: str, days: int, moment: Moment) -> WaitingSuggestion:
    """Keep a suggestion until its address is confirmed, for so many days. Raises Invalid."""
    typed = Typed()
    email = typed_address(typed, "email", cmd.email)
    telephone = typed.text("contact", cmd.suggestion.contact)
    typed.done()
    given = checked_suggestion(session, _with_contact(cmd.suggestion, telephone, email), moment=moment)
    waiting = WaitingSuggestion(
        kind=given.kind,
        category=given.category,
        title_zh=given.title_zh,
        title_en=given.title_en,
        framework_node=given.framework_node,
        text=given.text,
        name=given.name,
        organization=given.organization,
        email=email,
        telephone=telephone,
        competent_department_id=given.competent_department_id,
        group_id=given.group_id,
        committee_id=given.committee_id,
        call_id=given.call_id,
        sent_on=moment.day,
    )
    session.add(waiting)
    session.flush()
    link = make_link(
        session,
        LinkPurpose.CONFIRM_SUGGESTION,
        waiting.id,
        name=waiting.name,
        address=email,
        key=key,
        moment=moment,
        days=days,
    )
    write_letter(session, link, moment=moment)
    return waiting


def _with_contact(given: FileSuggestion, telephone: str, email: str) -> FileSuggestion:
    return replace(given, contact=_BETWEEN.join(filter(None, (telephone, email))))


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The case that a confirmation has begun, and the secret of the link that follows it."""

    project: Project
    secret: str


def confirm_suggestion(session: Session, secret: str, *, key: str, moment: Moment) -> Confirmed:
    """Begin the case of a suggestion whose address is confirmed by this. Raises NotFound, Invalid."""
    used = use_link(session, LinkPurpose.CONFIRM_SUGGESTION, secret, moment=moment)
    waiting = session.get_one(WaitingSuggestion, used.subject_id)
    given = FileSuggestion(
        kind=waiting.kind,
        category=waiting.category,
        title_zh=waiting.title_zh,
        title_en=waiting.title_en,
        framework_node=waiting.framework_node,
        text=waiting.text,
        name=waiting.name,
        organization=waiting.organization,
        contact=waiting.telephone,
        competent_department_id=waiting.competent_department_id,
        group_id=waiting.group_id,
        committee_id=waiting.committee_id,
        call_id=waiting.call_id,
        sent_on=waiting.sent_on,
    )
    project = file_suggestion(
        session, _with_contact(given, waiting.telephone, waiting.email), actor=VISITOR, moment=moment
    )
    link = make_link(
        session,
        LinkPurpose.FOLLOW_SUGGESTION,
        project.id,
        name=waiting.name,
        address=waiting.email,
        key=key,
        moment=moment,
    )
    write_letter(session, link, moment=moment)
    session.delete(waiting)
    session.flush()
    return Confirmed(project, secret_of(link, key))


def forget_unconfirmed(session: Session, *, moment: Moment) -> int:
    """Forget what was not confirmed in time, its links and letters included; answers how many suggestions it was."""
    over = select(MailedLink.id).where(
        MailedLink.purpose == LinkPurpose.CONFIRM_SUGGESTION,
        MailedLink.used_at.is_(None),
        MailedLink.expires_on < moment.day,
    )
    forgotten = session.scalars(select(MailedLink.subject_id).where(MailedLink.id.in_(over))).all()
    links = session.scalars(over).all()
    session.execute(delete(Letter).where(Letter.link_id.in_(links)))
    session.execute(delete(MailedLink).where(MailedLink.id.in_(links)))
    session.execute(delete(WaitingSuggestion).where(WaitingSuggestion.id.in_(forgotten)))
    return len(forgotten)
