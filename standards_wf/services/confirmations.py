"""Links that are mailed to people without an account, to confirm something or to follow it.

1. A link is made for one address. Its secret comes from the key of the installation and a salt of the row, so that a
   later letter can carry it again; the database keeps the hash of the secret alone, and finds the link by it.
2. The letter leaves after the commit (`letters.py`).
3. Looking at a link changes nothing: the programs that read mails for viruses open every link they see. What is to be
   confirmed is confirmed by a form, once, and until the last day of the link.
"""

import base64
import hashlib
import hmac
import secrets
from datetime import timedelta
from email.errors import HeaderParseError
from email.headerregistry import Address

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid, NotFound
from standards_wf.models.confirmations import LinkPurpose, MailedLink
from standards_wf.services.entrance_problems import LinkProblem
from standards_wf.services.typed import Typed
from standards_wf.workflow.refusals import Refusal

MOST_WAITING = 5
"""So many things may wait for the confirmation of one address: enough for a person, too few to fill a mailbox."""
_SALT_BYTES = 24
_LONGEST_SECRET = 100


def typed_address(typed: Typed, name: str, value: str) -> str:
    """A mail address to which a letter can be sent; another is noted as a problem."""
    address = typed.text(name, value, required=True)
    if name not in typed.problems and not _is_address(address):
        typed.refuse(name, Refusal(LinkProblem.ADDRESS_SPELLING, given=address))
    return address


def _is_address(text: str) -> bool:
    user, _, domain = text.rpartition("@")
    if not text.isascii() or not user or "." not in domain.strip("."):
        return False
    try:
        return Address(addr_spec=text).addr_spec == text
    except (ValueError, HeaderParseError, IndexError):
        return False


def make_link(
    session: Session,
    purpose: LinkPurpose,
    subject_id: int,
    *,
    name: str,
    address: str,
    key: str,
    moment: Moment,
    days: int | None = None,
) -> MailedLink:
    """Make a link for one address, that works for so many days, or for good. Raises Invalid.

    Whoever lets too much wait unconfirmed has to confirm first: nobody's mailbox is filled from here.
    """
    if days is not None:
        _require_few_waiting(session, purpose, address, moment)
    link = MailedLink(
        purpose=purpose,
        subject_id=subject_id,
        name=name,
        address=address,
        salt=secrets.token_hex(_SALT_BYTES),
        made_at=moment.at,
        expires_on=moment.day + timedelta(days=days) if days is not None else None,
    )
    link.secret_hash = _hash(secret_of(link, key))
    session.add(link)
    session.flush()
    return link


def _require_few_waiting(session: Session, purpose: LinkPurpose, address: str, moment: Moment) -> None:
    waiting = session.scalar(
        select(func.count()).where(
            MailedLink.purpose == purpose,
            func.lower(MailedLink.address) == address.lower(),
            MailedLink.used_at.is_(None),
            MailedLink.expires_on >= moment.day,
        )
    )
    if (waiting or 0) >= MOST_WAITING:
        raise Invalid({"email": Refusal(LinkProblem.TOO_MANY_WAIT, maximum=MOST_WAITING)})


def secret_of(link: MailedLink, key: str) -> str:
    """The secret of a link, as its address shows it; 256 bits that only the key of the installation gives."""
    digest = hmac.new(key.encode(), f"{link.purpose}/{link.salt}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def secret_to_send(link: MailedLink, key: str) -> str:
    """The secret for a letter. Under another key than when the link was made it is another one, which counts from now."""
    secret = secret_of(link, key)
    link.secret_hash = _hash(secret)
    return secret


def link_for(session: Session, purpose: LinkPurpose, secret: str) -> MailedLink:
    """The link with this secret; whether it still works is asked by whoever uses it. Raises NotFound."""
    found = None
    if len(secret) <= _LONGEST_SECRET:
        found = session.scalar(
            select(MailedLink).where(MailedLink.secret_hash == _hash(secret), MailedLink.purpose == purpose)
        )
    if found is None:
        raise NotFound("link")
    return found


def problem_of(link: MailedLink, moment: Moment) -> Refusal | None:
    """Why a link cannot be used now; nothing where it can."""
    if link.used_at is not None:
        return Refusal(LinkProblem.IS_USED)
    if link.expires_on is not None and link.expires_on < moment.day:
        return Refusal(LinkProblem.IS_OVER, expires_on=link.expires_on)
    return None


def use_link(session: Session, purpose: LinkPurpose, secret: str, *, moment: Moment) -> MailedLink:
    """Use a link; of two clicks at the same moment one finds it used. Raises NotFound, Invalid."""
    found = link_for(session, purpose, secret)
    link = session.get_one(MailedLink, found.id, with_for_update=True, populate_existing=True)
    problem = problem_of(link, moment)
    if problem is not None:
        raise Invalid({"link": problem})
    link.used_at = moment.at
    session.flush()
    return link


def _hash(secret: str) -> str:
    """What is kept; a secret of 256 random bits needs no slow hash."""
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
