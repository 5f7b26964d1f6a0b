"""What the clock will do, and the day on which each of its acts falls due: the first on which the procedure allows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Publication, Replacement
from standards_wf.models.keeping_time import SuspensionRow
from standards_wf.models.projects import Project
from standards_wf.workflow.deadlines import first_day_to_close
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.vocabulary import Action, Role, Stage

ORDER = (Action.TAKE_EFFECT, Action.SUPERSEDE, Action.CLOSE_CONSULTATION)
"""The acts of one day: what takes effect first may supersede something on the same day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueAct:
    """An act of the clock on one project, with the day on which it falls due."""

    due_on: date
    action: Action
    project_id: int


def acts_due(session: Session, *, until: date) -> tuple[DueAct, ...]:
    """What falls due for the clock up to a day, by day, then in the order of a day, then by project; three queries.

    Whether an act may happen is for the procedure to say. A project that rests is left alone.
    """
    found = (DueAct(due_on=on, action=action, project_id=identity) for action, identity, on in _found(session, until))
    return tuple(sorted(found, key=lambda act: (act.due_on, ORDER.index(act.action), act.project_id)))


def _found(session: Session, until: date) -> Iterable[tuple[Action, int, date]]:
    for identity, on in session.execute(_comes_into_force(until)):
        yield Action.TAKE_EFFECT, identity, on
    for identity, on in session.execute(_is_replaced(until)):
        yield Action.SUPERSEDE, identity, on
    for identity, closes_on in session.execute(_closes(until)):
        yield Action.CLOSE_CONSULTATION, identity, first_day_to_close(closes_on)


def stages_for_the_clock(action: Action) -> frozenset[Stage]:
    """The stages at which some procedure lets the system do this."""
    return frozenset(
        row.source
        for table in PROCEDURES.values()
        for row in table.rows
        if row.action is action and Role.SYSTEM in row.roles
    )


def _comes_into_force(until: date) -> Select[int, date]:
    return (
        select(Project.id, Publication.effective_on)
        .join(Publication, Publication.project_id == Project.id)
        .where(Project.stage.in_(stages_for_the_clock(Action.TAKE_EFFECT)), _is_not_resting())
        .where(Publication.effective_on <= until)
    )


def _is_replaced(until: date) -> Select[int, date]:
    """The documents replaced as a whole, and the day on which the first of their successors comes into force."""
    since = func.min(Publication.effective_on)
    return (
        select(Project.id, since)
        .join(Replacement, Replacement.replaced_project_id == Project.id)
        .join(Publication, Publication.project_id == Replacement.project_id)
        .where(Project.stage.in_(stages_for_the_clock(Action.SUPERSEDE)), _is_not_resting())
        .where(Publication.published_at.is_not(None), Replacement.partial.is_(False))
        .group_by(Project.id)
        .having(since <= until)
    )


def _closes(until: date) -> Select[int, date]:
    return (
        select(Project.id, ConsultationRound.closes_on)
        .join(ConsultationRound, ConsultationRound.project_id == Project.id)
        .where(Project.stage.in_(stages_for_the_clock(Action.CLOSE_CONSULTATION)), _is_not_resting())
        .where(ConsultationRound.closed_on.is_(None), ConsultationRound.closes_on < until)
    )


def _is_not_resting() -> ColumnElement[bool]:
    rests = select(SuspensionRow.id).where(SuspensionRow.project_id == Project.id, SuspensionRow.until.is_(None))
    return ~rests.exists()
