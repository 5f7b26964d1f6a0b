"""What an act would do, found by doing it: the act itself is performed, what it wrote is read, and all is rolled back.

Nothing is foretold by rules of its own, so a rehearsal cannot differ from the act. It takes the write lock for as long
as the act would and keeps nothing: no row, no number, no version.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import event as hooks
from sqlalchemy import select
from sqlalchemy.orm import Session, UOWTransaction

from standards_wf.clock import Moment
from standards_wf.errors import TransitionRefused
from standards_wf.models.documents import Publication
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.outbox import OutboxRow
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.services.access import Entrance, entrance_to
from standards_wf.services.holders import Holder, holders_of
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.notifying import Recipient, recipients_of
from standards_wf.services.papers import PAPER_OF, PlannedPaper, planned_paper
from standards_wf.services.reading.deadlines import Deadline, Standing, deadlines_of
from standards_wf.services.remedies import Asked, Place, remedy_of
from standards_wf.services.unit_of_work import rehearsal
from standards_wf.workflow.facts import Actor, Parties
from standards_wf.workflow.machine import PROJECT_MACHINE
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Action, Effect, Event, Kind, Role, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """One reason against the act: where it is mended, by which roles, who holds them here, and whether time mends it."""

    refusal: Refusal
    place: Place
    roles: tuple[Role, ...]
    holders: tuple[Holder, ...]
    from_day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherCase:
    """Another case that the act changes, such as the document that it replaces."""

    project_id: int | None
    """Nothing for a case that the act opens: it gets its identity when the act is done."""
    kind: Kind
    title_zh: str
    title_en: str
    happened: Action | Event
    from_stage: Stage | None
    to_stage: Stage
    recipients: tuple[Recipient, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What an act would do if it were done now; of one that is refused, everything that stands against it."""

    project_id: int
    kind: Kind
    action: Action
    version: int
    """The version of the project, which a rehearsal leaves as it is."""
    on_day: date
    allowed: bool
    from_stage: Stage
    to_stage: Stage | None
    """Where it leads, or would lead; `None` where the procedure has no such act at this stage."""
    is_prepared: bool = False
    """The act takes two persons and this would be the first: it is kept, and done when another confirms it."""
    number: str = ""
    """The number that the document is given by this act."""
    plan_number: str = ""
    """The number that the project is given in the plan by this act."""
    files: tuple[PlannedPaper, ...] = ()
    recipients: tuple[Recipient, ...] = ()
    begins: tuple[Deadline, ...] = ()
    ends: tuple[Deadline, ...] = ()
    others: tuple[OtherCase, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()


def rehearse(session: Session, cmd: PerformAction, *, actor: Actor, moment: Moment) -> Rehearsal:
    """Say what an act would do, by doing it in a transaction that is rolled back.

    1. See where the project stands: its numbers and what is due.
    2. Perform the act, and gather every event that it writes, in whatever case.
    3. Read what the events promise: papers, messages; and what is due now.

    What the act itself raises for values that cannot be accepted or a version that is not the last is raised here too:
    NotFound, EditConflict, Invalid. A refusal of the procedure is answered, with every obstacle.
    """
    with rehearsal(session):
        entrance = entrance_to(session, cmd.project_id, actor)
        project = entrance.project
        before = _Seen.of(session, project, moment)
        try:
            with _events_written(session) as written:
                perform(session, cmd, actor=actor, moment=moment)
        except TransitionRefused as refused:
            return _refused(session, cmd, entrance, refused.refusals, actor, moment)
        after = _Seen.of(session, project, moment)
        promised = [(each, _promises(session, each)) for each in written]
        own = [(each, effects) for each, effects in promised if each.project_id == project.id]
        return Rehearsal(
            project_id=project.id,
            kind=project.kind,
            action=cmd.action,
            version=before.version,
            on_day=moment.day,
            allowed=True,
            from_stage=before.stage,
            to_stage=after.stage,
            is_prepared=all(each.action != cmd.action for each, _ in own),
            number=after.number if after.number != before.number else "",
            plan_number=after.plan_number if after.plan_number != before.plan_number else "",
            files=_files(session, project, own, moment),
            recipients=tuple(one for each, effects in own for one in _told(session, each, effects, moment)),
            begins=tuple(each for each in after.deadlines if _is_new(each, before.deadlines)),
            ends=tuple(each for each in before.deadlines if _is_new(each, after.deadlines)),
            others=tuple(
                _other(session, each, effects, moment) for each, effects in promised if each.project_id != project.id
            ),
        )


@dataclass(frozen=True, slots=True)
class _Seen:
    """Where a project stands, as far as an act can change it."""

    stage: Stage
    version: int
    number: str
    plan_number: str
    deadlines: tuple[Deadline, ...]

    @classmethod
    def of(cls, session: Session, project: Project, moment: Moment) -> "_Seen":
        number = session.scalar(
            select(Publication.number).where(
                Publication.project_id == project.id, Publication.published_at.is_not(None)
            )
        )
        plan_number = session.scalar(select(PlanEntry.number).where(PlanEntry.project_id == project.id))
        standing = Standing(project.id, project.kind, project.stage)
        due = deadlines_of(session, [standing], moment.day)[project.id]
        return cls(project.stage, project.version, number or "", plan_number or "", due)


def _is_new(deadline: Deadline, others: Sequence[Deadline]) -> bool:
    return all((deadline.due, deadline.on) != (other.due, other.on) for other in others)


@contextmanager
def _events_written(session: Session) -> Iterator[list[LifecycleEvent]]:
    """The events that are written meanwhile, in the order of their writing."""
    written: list[LifecycleEvent] = []

    def note(flushed: Session, _context: UOWTransaction) -> None:
        written.extend(each for each in flushed.new if isinstance(each, LifecycleEvent))

    hooks.listen(session, "after_flush", note)
    try:
        yield written
        session.flush()
    finally:
        hooks.remove(session, "after_flush", note)


def _promises(session: Session, event: LifecycleEvent) -> frozenset[Effect]:
    """What follows an event, as the outbox holds it."""
    rows = select(OutboxRow.effect).where(OutboxRow.project_id == event.project_id, OutboxRow.event_seq == event.seq)
    return frozenset(session.scalars(rows))


_Promised = Sequence[tuple[LifecycleEvent, frozenset[Effect]]]


def _files(session: Session, project: Project, promised: _Promised, moment: Moment) -> tuple[PlannedPaper, ...]:
    papers = [PAPER_OF[effect] for _, effects in promised for effect in PAPER_OF if effect in effects]
    return tuple(planned_paper(session, project, paper, moment=moment) for paper in papers)


def _told(session: Session, event: LifecycleEvent, effects: frozenset[Effect], moment: Moment) -> tuple[Recipient, ...]:
    return recipients_of(session, event, moment.day) if Effect.NOTIFY in effects else ()


def _other(session: Session, event: LifecycleEvent, effects: frozenset[Effect], moment: Moment) -> OtherCase:
    project = session.get_one(Project, event.project_id)
    return OtherCase(
        project_id=project.id if event.from_stage is not None else None,
        kind=project.kind,
        title_zh=project.title_zh,
        title_en=project.title_en,
        happened=Action(event.action) if event.action in set(Action) else Event(event.action),
        from_stage=event.from_stage,
        to_stage=event.to_stage,
        recipients=_told(session, event, effects, moment),
    )


def _refused(
    session: Session,
    cmd: PerformAction,
    entrance: Entrance,
    refusals: Sequence[Refusal],
    actor: Actor,
    moment: Moment,
) -> Rehearsal:
    project = entrance.project
    row = PROJECT_MACHINE.table(project.kind).row(project.stage, cmd.action)
    return Rehearsal(
        project_id=project.id,
        kind=project.kind,
        action=cmd.action,
        version=project.version,
        on_day=moment.day,
        allowed=False,
        from_stage=project.stage,
        to_stage=row.target if row else None,
        obstacles=obstacles_of(
            session, entrance, [Asked(project.kind, project.stage, row, each) for each in refusals], actor, moment
        ),
    )


_CONFLICTS = frozenset({RefusalCode.OWN_DRAFT, RefusalCode.PRINCIPALS_DRAFT})
"""Reasons that lie in the person who asks: only somebody else can do it."""


def obstacles_of(
    session: Session, entrance: Entrance, asked: Sequence[Asked], actor: Actor, moment: Moment
) -> tuple[Obstacle, ...]:
    """Each reason with where it is mended and by whom; the people are looked up once for all of them."""
    remedies = [(each.refusal, remedy_of(each)) for each in asked]
    concerned = _party_to(entrance.parties)
    wanted = {role for _, remedy in remedies for role in remedy.roles if concerned(role)}
    holders = holders_of(session, entrance.parties, wanted, moment.day) if wanted else ()
    return tuple(
        Obstacle(
            refusal=refusal,
            place=remedy.place,
            roles=(roles := tuple(role for role in remedy.roles if concerned(role))),
            holders=tuple(
                one
                for role in roles
                for one in holders
                if one.role is role and not (refusal.code in _CONFLICTS and one.person_id == actor.person_id)
            ),
            from_day=remedy.from_day,
        )
        for refusal, remedy in remedies
    )


def _party_to(parties: Parties) -> Callable[[Role], bool]:
    """Whether a role can be held in this case at all: a case of no association has no secretariat."""
    absent = {
        role
        for role, party in (
            (Role.AUTHORITY, parties.authority_id),
            (Role.COMPETENT_DEPARTMENT, parties.competent_department_id),
            (Role.GROUP_SECRETARIAT, parties.group_id),
            (Role.PROPOSER, parties.proposer_id),
        )
        if party is None
    }
    return lambda role: role not in absent
