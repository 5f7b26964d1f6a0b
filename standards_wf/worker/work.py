"""One piece of work: claimed, handled, settled, with one line in the log."""

import logging
import time
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Unavailable
from standards_wf.services import outbox
from standards_wf.services.letters import Post, send_next_letter
from standards_wf.services.outbox import Claim, LeaseLost
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.worker.handlers import HANDLERS, Tools

log = logging.getLogger(__name__)


def work_once(tools: Tools, worker: str, *, now: Callable[[], Moment]) -> int:
    """Handle the oldest piece of work that is due; says how many rows it was, none when there was nothing to do.

    Letters to people without an account are sent when nothing else is due.

    Whatever goes wrong in a handler is noted in its rows and tried again later; the worker goes on.
    """
    with tools.sessions() as session:
        claims = outbox.claim(session, worker, moment=now())
    if not claims:
        post = Post(tools.transport, tools.link_key, tools.base_url)
        return int(send_next_letter(tools.sessions, post, now=now))
    _handle(tools, claims, now)
    return len(claims)


def _handle(tools: Tools, claims: list[Claim], now: Callable[[], Moment]) -> None:
    started = time.monotonic()
    try:
        finish = HANDLERS[claims[0].effect](tools, claims, now())
        with tools.sessions() as session:
            outbox.finish(session, claims, finish, moment=now())
    except LeaseLost:
        log.info("%s: somebody else has done it", _named(claims))
    except (EditConflict, Unavailable) as busy:
        _put_back(tools, claims, busy, now)
        log.warning("%s: not now, tried again later: %s", _named(claims), busy)
    except Exception as error:
        _put_back(tools, claims, error, now)
        log.exception("%s: failed, attempt %d", _named(claims), claims[0].attempt)
    else:
        log.info("%s: done in %.0f ms", _named(claims), 1000 * (time.monotonic() - started))


def _put_back(tools: Tools, claims: list[Claim], error: Exception, now: Callable[[], Moment]) -> None:
    """Note the failure; when even that fails, the lease runs out by itself."""
    try:
        with tools.sessions() as session, unit_of_work(session):
            outbox.fail(session, claims, error, moment=now())
    except (SQLAlchemyError, Unavailable, EditConflict):
        log.exception("%s: the failure could not be noted", _named(claims))


def _named(claims: list[Claim]) -> str:
    """What a line of the log says of the rows."""
    first = claims[0]
    if len(claims) == 1:
        of = f"event {first.event_seq}" if first.event_seq is not None else f"reminders of {first.reminded_on}"
        return f"outbox {first.id} {first.effect} of project {first.project_id} {of}"
    return f"outbox {first.id}…{claims[-1].id} {first.effect} of {len({each.project_id for each in claims})} projects"
