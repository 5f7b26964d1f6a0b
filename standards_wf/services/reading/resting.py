"""Whether a project rests, since when and why, and whether the asker may let it rest or take it up."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.keeping_time import SuspensionRow
from standards_wf.models.people import Person
from standards_wf.services.access import Entrance
from standards_wf.services.suspensions import what_stands_against, who_suspends
from standards_wf.workflow.deadlines import Suspension
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Role

# Built once: to build a statement costs more than to ask it.
_RUNNING = (
    select(SuspensionRow.from_on, SuspensionRow.reason, Person.name)
    .outerjoin(Person, Person.id == SuspensionRow.suspended_by_id)
    .where(SuspensionRow.project_id == bindparam("project_id"), SuspensionRow.until.is_(None))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """The suspension that runs."""

    since: date
    reason: str
    by: str
    days: int
    """How many days it has lasted; today is not over and not counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """A project between work and rest, for one asker."""

    rest: Rest | None
    roles: tuple[Role, ...]
    """Who may suspend and resume it at its stage; nobody where it cannot rest."""
    may: bool
    against: Refusal | None
    """Why it cannot be suspended now, for somebody who may."""


def resting_of(session: Session, entrance: Entrance, moment: Moment) -> Resting:
    """Whether the project rests, and what the asker can do about it; one query, four more for whoever may suspend it."""
    project = entrance.project
    roles = who_suspends(project.kind, project.stage)
    may = bool(entrance.roles & set(roles))
    running = session.execute(_RUNNING, {"project_id": project.id}).first()
    rest = None
    if running is not None:
        since, reason, by = running
        rest = Rest(since=since, reason=reason, by=by or "", days=Suspension(since).days(moment.day))
    against = what_stands_against(session, project) if may and rest is None else None
    return Resting(rest=rest, roles=roles, may=may, against=against)
