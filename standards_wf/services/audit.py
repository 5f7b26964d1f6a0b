"""Proving the record: every chain, every seal, and the triggers that keep them.

1. The triggers that forbid changing and deleting are there.
2. Each chain is walked from its first row: hash, link to the row before, no gap, stage after stage.
3. Where a chain ends is compared with its project, and with what the seals remember of it.
4. The seals are a chain themselves; the administration's record names each of them.

Rows are streamed, so that a long history needs no more memory than a short one.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain as concatenated
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.append_only import triggers_present, triggers_wanted
from standards_wf.models.history import AdministrationEvent, LifecycleEvent, Seal, SealedHead
from standards_wf.models.projects import Project
from standards_wf.services.audit_findings import AuditProblem, Break, Place
from standards_wf.services.record import GENESIS, hash_of_administration, hash_of_event
from standards_wf.services.seals import ADMINISTRATION, SEALED, hash_of_seal, named_by
from standards_wf.workflow.vocabulary import Action, Stage

AT_ONCE = 1000
_BEYOND_ALL = 2**62
"""A number that no chain and no seal bears: asking for it reads a stream to its end."""


@dataclass(slots=True)
class AuditReport:
    """What was walked, and every row that is not as it was written, in the order in which they were found."""

    projects: int = 0
    events: int = 0
    administration_events: int = 0
    seals: int = 0
    breaks: list[Break] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was altered, removed or inserted."""
        return not self.breaks

    @property
    def first(self) -> Break | None:
        """The first broken row."""
        return self.breaks[0] if self.breaks else None


def verify(session: Session) -> AuditReport:
    """Walk everything that is recorded and name whatever is not as it was written; it changes nothing.

    The session starts anew here, in order to see one moment of the database while others go on writing.
    """
    session.rollback()
    if session.get_bind().dialect.name == "postgresql":
        session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
    report = AuditReport()
    heads = _SealedHeads(session)
    named_seals = _walk_administration(session, heads, report)
    _walk_projects(session, heads, report)
    report.breaks += heads.of_chains_that_are_gone()
    _walk_seals(session, named_seals, report)
    connection = session.connection()
    missing = triggers_wanted(connection) - triggers_present(connection)
    report.breaks += [Break(Place.TRIGGER, AuditProblem.TRIGGER_MISSING, name=name) for name in sorted(missing)]
    return report


class _SealedHeads:
    """What the seals remember, read beside the chains: both come in the order of chain and sequence number."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(
            select(SealedHead.chain, SealedHead.seq, SealedHead.hash, SealedHead.seal_seq)
            .order_by(SealedHead.chain, SealedHead.seq, SealedHead.seal_seq)
            .execution_options(yield_per=AT_ONCE)
        )
        self._chains = groupby(rows, key=lambda row: row.chain)
        self._next: tuple[int, list[tuple[int, str, int]]] | None = None
        self._gone: list[tuple[int, list[tuple[int, str, int]]]] = []

    def of(self, chain: int) -> list[tuple[int, str, int]]:
        """The heads of one chain as sequence number, hash and seal; chains are asked for in rising order."""
        while True:
            if self._next is None:
                following = next(self._chains, None)
                if following is None:
                    return []
                self._next = (following[0], [(row.seq, row.hash, row.seal_seq) for row in following[1]])
            if self._next[0] > chain:
                return []
            found, self._next = self._next, None
            if found[0] == chain:
                return found[1]
            self._gone.append(found)

    def of_chains_that_are_gone(self) -> Iterator[Break]:
        """Chains that were under seal and are no longer there at all."""
        self.of(_BEYOND_ALL)
        rest = [self._next] if self._next else []
        for chain, heads in (*self._gone, *rest):
            seq, _, seal_seq = heads[-1]
            place = Place.ADMINISTRATION if chain == ADMINISTRATION else Place.PROJECT
            yield Break(place, AuditProblem.CHAIN_GONE, chain=chain, seq=seq, seal=seal_seq)


def _beyond_the_end(place: Place, chain: int, last_seq: int, heads: Iterable[tuple[int, str, int]]) -> Iterator[Break]:
    """What a seal remembers and the chain no longer has: rows were removed at its end."""
    lost = [head for head in heads if head[0] > last_seq]
    if lost:
        seq, _, seal_seq = lost[-1]
        yield Break(place, AuditProblem.TAIL_REMOVED, chain=chain, seq=last_seq + 1, last=seq, seal=seal_seq)


def _walk_administration(session: Session, heads: _SealedHeads, report: AuditReport) -> dict[int, str]:
    """Walk the administration's chain; answers the hash of each seal that it names."""
    sealed = heads.of(ADMINISTRATION)
    at_seal = {seq: (value, seal_seq) for seq, value, seal_seq in sealed}
    named: dict[int, str] = {}
    expected, previous = 1, GENESIS
    rows = session.scalars(
        select(AdministrationEvent)
        .order_by(AdministrationEvent.seq)
        .execution_options(yield_per=AT_ONCE, populate_existing=True)
    )
    for event in rows:
        report.administration_events += 1
        problem = _link_problem(event.seq, expected, event.previous_hash, previous) or (
            AuditProblem.ALTERED if event.hash != hash_of_administration(event) else None
        )
        report.breaks += _broken(Place.ADMINISTRATION, ADMINISTRATION, event.seq, expected, problem)
        report.breaks += _other_than_sealed(Place.ADMINISTRATION, ADMINISTRATION, event.seq, event.hash, at_seal)
        if event.action == SEALED and event.subject.isdigit():
            named[int(event.subject)] = event.params
        expected, previous = event.seq + 1, event.hash
    report.breaks += _beyond_the_end(Place.ADMINISTRATION, ADMINISTRATION, expected - 1, sealed)
    return named


def _link_problem(seq: int, expected: int, previous_hash: str, previous: str) -> AuditProblem | None:
    if seq != expected:
        return AuditProblem.GAP if seq > expected else AuditProblem.INSERTED
    return AuditProblem.LINK_BROKEN if previous_hash != previous else None


def _broken(place: Place, chain: int, seq: int, expected: int, problem: AuditProblem | None) -> Iterator[Break]:
    if problem is not None:
        first = expected if problem is AuditProblem.GAP else seq
        yield Break(place, problem, chain=chain, seq=first, last=seq - 1)


def _other_than_sealed(
    place: Place, chain: int, seq: int, value: str, at_seal: dict[int, tuple[str, int]]
) -> Iterator[Break]:
    if seq in at_seal and at_seal[seq][0] != value:
        yield Break(place, AuditProblem.OTHER_THAN_SEALED, chain=chain, seq=seq, seal=at_seal[seq][1])


def _walk_projects(session: Session, heads: _SealedHeads, report: AuditReport) -> None:
    """Walk the histories of all projects, and the projects beside them."""
    events = session.scalars(
        select(LifecycleEvent)
        .order_by(LifecycleEvent.project_id, LifecycleEvent.seq, LifecycleEvent.id)
        .execution_options(yield_per=AT_ONCE, populate_existing=True)
    )
    histories = groupby(events, key=lambda event: event.project_id)
    projects = session.execute(
        select(Project.id, Project.last_event_seq, Project.head_hash, Project.version, Project.stage)
        .order_by(Project.id)
        .execution_options(yield_per=AT_ONCE)
    )
    following = next(histories, None)
    for row in projects:
        project = _ProjectRow(*row)
        while following is not None and following[0] < project.id:
            report.breaks.append(Break(Place.PROJECT, AuditProblem.PROJECT_GONE, chain=following[0], seq=1))
            following = next(histories, None)
        history: Iterable[LifecycleEvent] = ()
        if following is not None and following[0] == project.id:
            history = following[1]
        report.projects += 1
        report.breaks += _walk_history(project, history, heads.of(project.id), report)
        if following is not None and following[0] == project.id:
            following = next(histories, None)
    for rest in concatenated([following] if following else [], histories):
        report.breaks.append(Break(Place.PROJECT, AuditProblem.PROJECT_GONE, chain=rest[0], seq=1))


@dataclass(frozen=True, slots=True)
class _ProjectRow:
    """Where a project says that its history ends."""

    id: int
    last_event_seq: int
    head_hash: str
    version: int
    stage: Stage


def _walk_history(
    project: _ProjectRow,
    history: Iterable[LifecycleEvent],
    sealed: list[tuple[int, str, int]],
    report: AuditReport,
) -> Iterator[Break]:
    """Walk one history and compare its end with the project and with the seals."""
    at_seal = {seq: (value, seal_seq) for seq, value, seal_seq in sealed}
    expected, previous, last_act = 1, GENESIS, 0
    stage: Stage | None = None
    for event in history:
        report.events += 1
        problem = _link_problem(event.seq, expected, event.previous_hash, previous)
        if problem is None and event.hash != hash_of_event(event):
            problem = AuditProblem.ALTERED
        if problem is None and event.from_stage != stage:
            problem = AuditProblem.STAGE_JUMPS
        yield from _broken(Place.PROJECT, project.id, event.seq, expected, problem)
        yield from _other_than_sealed(Place.PROJECT, project.id, event.seq, event.hash, at_seal)
        if event.action in set(Action) or event.to_stage is not event.from_stage:
            last_act = event.seq
        expected, previous, stage = event.seq + 1, event.hash, event.to_stage
    last_seq = expected - 1
    yield from _beyond_the_end(Place.PROJECT, project.id, last_seq, sealed)
    if last_seq < project.last_event_seq:
        yield Break(
            Place.PROJECT,
            AuditProblem.TAIL_MISSING,
            chain=project.id,
            seq=last_seq + 1,
            last=project.last_event_seq,
        )
    elif last_seq > project.last_event_seq:
        yield Break(
            Place.PROJECT, AuditProblem.TAIL_ADDED, chain=project.id, seq=project.last_event_seq + 1, last=last_seq
        )
    elif project.head_hash != previous:
        yield Break(Place.PROJECT, AuditProblem.HEAD_OTHER, chain=project.id, seq=last_seq)
    elif project.stage is not stage:
        yield Break(Place.PROJECT, AuditProblem.STAGE_OTHER, chain=project.id, seq=last_seq)
    elif not last_act <= project.version <= last_seq:
        yield Break(Place.PROJECT, AuditProblem.VERSION_OTHER, chain=project.id, seq=last_seq)


def _walk_seals(session: Session, named: dict[int, str], report: AuditReport) -> None:
    """Walk the chain of the seals: hash, link, number, and what each adds to the one before."""
    seals = session.scalars(
        select(Seal).order_by(Seal.seq).execution_options(yield_per=AT_ONCE, populate_existing=True)
    )
    rows = session.execute(
        select(SealedHead.seal_seq, SealedHead.chain, SealedHead.seq, SealedHead.hash)
        .order_by(SealedHead.seal_seq, SealedHead.chain)
        .execution_options(yield_per=AT_ONCE)
    )
    heads_of = _HeadsBySeal((int(row[0]), int(row[1]), int(row[2]), str(row[3])) for row in rows)
    expected, previous = 1, GENESIS
    furthest: dict[int, int] = {}
    for each in seals:
        report.seals += 1
        heads = heads_of.of(each.seq)
        problem = _link_problem(each.seq, expected, each.previous_hash, previous)
        if problem is None and each.hash != hash_of_seal(
            each.seq, each.at, each.chains, each.events, each.previous_hash, heads
        ):
            problem = AuditProblem.ALTERED
        shrunk = any(seq <= furthest.get(chain, 0) for chain, seq, _ in heads)
        furthest |= {chain: seq for chain, seq, _ in heads}
        if problem is None and (shrunk or each.chains != len(furthest) or each.events != sum(furthest.values())):
            problem = AuditProblem.COUNTS_OTHER
        if problem is None and not _is_named(each, named.get(each.seq, "")):
            problem = AuditProblem.SEAL_NOT_NAMED
        report.breaks += _broken(Place.SEAL, 0, each.seq, expected, problem)
        expected, previous = each.seq + 1, each.hash
    heads_of.of(_BEYOND_ALL)
    lost = [seq for seq in named if seq >= expected]
    if lost:
        report.breaks.append(Break(Place.SEAL, AuditProblem.SEAL_REMOVED, seq=min(lost), last=max(lost)))


def _is_named(seal: Seal, params: str) -> bool:
    """Whether the administration's record says of a seal what it must, whatever else it says."""
    try:
        told = json.loads(params)
    except ValueError:
        return False
    return isinstance(told, dict) and named_by(seal).items() <= told.items()


class _HeadsBySeal:
    """The heads under each seal, read beside the seals."""

    def __init__(self, rows: Iterator[tuple[int, int, int, str]]) -> None:
        self._seals = groupby(rows, key=lambda row: row[0])
        self._next: tuple[int, list[tuple[int, int, str]]] | None = None

    def of(self, seal_seq: int) -> list[tuple[int, int, str]]:
        """The heads under one seal; seals are asked for in rising order."""
        while True:
            if self._next is None:
                following = next(self._seals, None)
                if following is None:
                    return []
                self._next = (following[0], [row[1:] for row in following[1]])
            if self._next[0] > seal_seq:
                return []
            found, self._next = self._next, None
            if found[0] == seal_seq:
                return found[1]
