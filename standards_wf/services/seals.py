"""Sealing the record: the heads of all chains at one moment, hashed together with the seal before.

A chain can be cut at its end, or a whole case removed, without any hash of the chain itself being wrong. The seals
remember where every chain ended. Only chains that moved since the last seal are entered again. Nobody who acts on a
project waits for a seal. The administration's record names every seal, so that a removed last seal is missed; of the
seal that ends a daily run it says which days the run answers for.
"""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.history import AdministrationEvent, Seal, SealedHead
from standards_wf.models.projects import Project
from standards_wf.services.record import GENESIS, append_administration, canonical, sha256
from standards_wf.workflow.facts import SYSTEM_ACTOR, Actor

ADMINISTRATION = 0
"""The chain of the administration's record; the others bear the identity of their project."""
SEALED = "sealed"

Head = tuple[int, int, str]
"""A chain, the sequence number of its last row, and the hash of that row."""


def seal(session: Session, *, moment: Moment, actor: Actor = SYSTEM_ACTOR, covers_from: date | None = None) -> Seal:
    """Set a seal over everything that is recorded now; at the end of a daily run, with the first day it answers for.

    Raises EditConflict at the commit when somebody else sets one at the same time.
    """
    last = session.scalar(select(Seal).order_by(Seal.seq.desc()).limit(1))
    sealed = _sealed_so_far(session)
    moved = sorted(head for head in _heads(session) if head[1] > sealed.get(head[0], 0))
    made = Seal(
        seq=(last.seq if last else 0) + 1,
        at=moment.at,
        chains=(last.chains if last else 0) + sum(1 for chain, _, _ in moved if chain not in sealed),
        events=(last.events if last else 0) + sum(seq - sealed.get(chain, 0) for chain, seq, _ in moved),
        previous_hash=last.hash if last else GENESIS,
    )
    made.hash = hash_of_seal(made.seq, made.at, made.chains, made.events, made.previous_hash, moved)
    session.add(made)
    session.flush()
    session.add_all(SealedHead(seal_seq=made.seq, chain=chain, seq=seq, hash=value) for chain, seq, value in moved)
    days = {"covers_from": covers_from, "covers_to": moment.day} if covers_from else {}
    append_administration(session, SEALED, str(made.seq), {**named_by(made), **days}, actor=actor, moment=moment)
    return made


def named_by(seal: Seal) -> dict[str, object]:
    """What the administration's record must say of a seal."""
    return {"hash": seal.hash, "chains": seal.chains, "events": seal.events}


def hash_of_seal(seq: int, at: datetime, chains: int, events: int, previous_hash: str, heads: Iterable[Head]) -> str:
    """What the hash of a seal must be; the heads stand in the order of their chains."""
    return sha256(
        canonical(
            {
                "seq": seq,
                "at": at,
                "chains": chains,
                "events": events,
                "previous_hash": previous_hash,
                "heads": [list(head) for head in heads],
            }
        )
    )


def _sealed_so_far(session: Session) -> dict[int, int]:
    """How far each chain is under seal."""
    rows = session.execute(select(SealedHead.chain, func.max(SealedHead.seq)).group_by(SealedHead.chain))
    return {chain: seq for chain, seq in rows}  # noqa: C416  # a row is not a pair for the type checker


def _heads(session: Session) -> Iterable[Head]:
    """Where every chain ends now."""
    last = session.execute(
        select(AdministrationEvent.seq, AdministrationEvent.hash).order_by(AdministrationEvent.seq.desc()).limit(1)
    ).first()
    if last is not None:
        yield ADMINISTRATION, last.seq, last.hash
    projects = select(Project.id, Project.last_event_seq, Project.head_hash).where(Project.last_event_seq > 0)
    yield from session.execute(projects.execution_options(yield_per=1000))
