"""Amendment sheets (修改单) and corrections (更正): prepared clause by clause, then published, and never changed again.

Each document counts its own, amendment sheets and corrections apart; the number is given at publication, so that there
is none without its text.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid, NotFound
from standards_wf.models.amendments import AmendedClause, Amendment
from standards_wf.models.projects import Project
from standards_wf.services import access
from standards_wf.services.lifecycle import require_version
from standards_wf.services.long_life_problems import AmendmentProblem
from standards_wf.services.record import Happening, append, canonical, sha256
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.stages import DOCUMENT_STAGES, ENDED
from standards_wf.workflow.vocabulary import AmendmentKind, Effect, Event, Role

PREPARERS = (Role.COMMITTEE_SECRETARY, Role.COMPETENT_DEPARTMENT, Role.AUTHORITY, Role.GROUP_SECRETARIAT)
PUBLISHERS = (Role.AUTHORITY, Role.GROUP_SECRETARIAT)
AMENDED = DOCUMENT_STAGES - ENDED
MOST_CHANGES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseChange:
    """What one clause said and says now; a new clause said nothing, a clause that is dropped says nothing more."""

    clause: str
    was: str = ""
    now: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrepareAmendment:
    """An amendment sheet or a correction as it is drawn up; with an identity it takes the place of that one."""

    project_id: int
    amendment_id: int | None = None
    expected_version: int | None = None
    kind: AmendmentKind
    reason: str = ""
    changes: tuple[ClauseChange, ...]


def prepare_amendment(session: Session, cmd: PrepareAmendment, *, actor: Actor, moment: Moment) -> Amendment:
    """Draw up an amendment sheet or a correction, or draw up again one that is not published yet.

    Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    project, role = _enter(session, cmd.project_id, cmd.expected_version, PREPARERS, actor)
    typed = Typed()
    reason = typed.text("reason", cmd.reason, maximum=LONG)
    changes = tuple(_typed_changes(typed, cmd.changes))
    typed.done()
    if not changes or len(changes) > MOST_CHANGES:
        raise Invalid({"changes": Refusal(AmendmentProblem.NOTHING_CHANGES)})
    if cmd.amendment_id is None:
        amendment = Amendment(project_id=project.id, kind=cmd.kind, prepared_at=moment.at)
        session.add(amendment)
    else:
        amendment = _unpublished(session, project, cmd.amendment_id)
        session.execute(delete(AmendedClause).where(AmendedClause.amendment_id == amendment.id))
    amendment.kind, amendment.reason = cmd.kind, reason
    amendment.prepared_by_id, amendment.prepared_at = actor.person_id, moment.at
    session.flush()
    session.add_all(
        AmendedClause(amendment_id=amendment.id, position=position, clause=each.clause, was=each.was, now=each.now)
        for position, each in enumerate(changes, start=1)
    )
    happening = Happening(
        action=Event.AMENDMENT_PREPARED,
        role=role,
        to_stage=project.stage,
        params={"amendment_kind": cmd.kind, "amendment_id": amendment.id, "changes": len(changes), "reason": reason},
        effects=(Effect.NOTIFY,),
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return amendment


def _typed_changes(typed: Typed, changes: Iterable[ClauseChange]) -> Iterable[ClauseChange]:
    for each in changes:
        clause = typed.text("changes", each.clause)
        was = typed.text("changes", each.was, maximum=LONG)
        now = typed.text("changes", each.now, maximum=LONG)
        if not (clause or was or now):
            continue
        if not clause or was == now:
            typed.refuse("changes", Refusal(AmendmentProblem.NOTHING_CHANGES))
        yield ClauseChange(clause=clause, was=was, now=now)


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardAmendment:
    """What was drawn up and not published is given up."""

    project_id: int
    amendment_id: int
    expected_version: int | None = None


def discard_amendment(session: Session, cmd: DiscardAmendment, *, actor: Actor, moment: Moment) -> None:
    """Give up an amendment sheet or a correction that is not published; the history keeps that it was there.

    Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    project, role = _enter(session, cmd.project_id, cmd.expected_version, PREPARERS, actor)
    amendment = _unpublished(session, project, cmd.amendment_id)
    kind = amendment.kind
    session.execute(delete(AmendedClause).where(AmendedClause.amendment_id == amendment.id))
    session.delete(amendment)
    happening = Happening(
        action=Event.AMENDMENT_DISCARDED,
        role=role,
        to_stage=project.stage,
        params={"amendment_kind": kind, "amendment_id": cmd.amendment_id},
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishAmendment:
    """The day on which it is published, the day from which it counts, and the announcement."""

    project_id: int
    amendment_id: int
    expected_version: int | None = None
    published_on: date
    effective_on: date
    announcement_number: str = ""


def publish_amendment(session: Session, cmd: PublishAmendment, *, actor: Actor, moment: Moment) -> Amendment:
    """Publish an amendment sheet or a correction under the next number of its kind for this document.

    The history keeps the hash of what it says. Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    project, role = _enter(session, cmd.project_id, cmd.expected_version, PUBLISHERS, actor)
    amendment = _unpublished(session, project, cmd.amendment_id)
    typed = Typed()
    published_on = typed.day("published_on", cmd.published_on)
    effective_on = typed.day("effective_on", cmd.effective_on)
    announcement = typed.text("announcement_number", cmd.announcement_number)
    if effective_on < published_on:
        out_of_order = Refusal(AmendmentProblem.OUT_OF_ORDER, published_on=published_on, effective_on=effective_on)
        typed.refuse("effective_on", out_of_order)
    typed.done()
    last = session.scalar(
        select(func.max(Amendment.number)).where(Amendment.project_id == project.id, Amendment.kind == amendment.kind)
    )
    amendment.number = (last or 0) + 1
    amendment.published_on, amendment.effective_on = published_on, effective_on
    amendment.announcement_number = announcement
    happening = Happening(
        action=Event.AMENDMENT_PUBLISHED,
        role=role,
        to_stage=project.stage,
        params={
            "amendment_kind": amendment.kind,
            "amendment": amendment.number,
            "amendment_id": amendment.id,
            "published_on": published_on,
            "effective_on": effective_on,
            "announcement_number": announcement,
            "text": _hash_of(session, amendment),
        },
        effects=(Effect.NOTIFY, Effect.REINDEX),
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return amendment


def _hash_of(session: Session, amendment: Amendment) -> str:
    """The hash of everything that an amendment says."""
    rows = session.execute(
        select(AmendedClause.clause, AmendedClause.was, AmendedClause.now)
        .where(AmendedClause.amendment_id == amendment.id)
        .order_by(AmendedClause.position)
    )
    return sha256(canonical({"reason": amendment.reason, "changes": [list(row) for row in rows]}))


def _enter(
    session: Session, project_id: int, expected_version: int | None, roles: tuple[Role, ...], actor: Actor
) -> tuple[Project, Role]:
    entrance = access.entrance_to(session, project_id, actor)
    project, role = entrance.project, entrance.require(*roles)
    require_version(project, expected_version)
    if project.stage not in AMENDED:
        raise Invalid({"amendment": Refusal(AmendmentProblem.NO_DOCUMENT, stage=project.stage)})
    return project, role


def _unpublished(session: Session, project: Project, amendment_id: int) -> Amendment:
    access.require_identity("amendment", amendment_id)
    amendment = session.scalar(
        select(Amendment)
        .where(Amendment.id == amendment_id, Amendment.project_id == project.id)
        .execution_options(populate_existing=True)
    )
    if amendment is None:
        raise NotFound("amendment", amendment_id)
    if amendment.number is not None:
        raise Invalid({"amendment": Refusal(AmendmentProblem.ALREADY_PUBLISHED, number=amendment.number)})
    return amendment
