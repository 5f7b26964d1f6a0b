"""Whose text it is: everybody who drafted it or proposed it, asked of the database in one question."""

from datetime import date

from sqlalchemy import ColumnElement, Select, and_, bindparam, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from standards_wf.models.drafts import DraftVersion
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.people import RoleGrant
from standards_wf.models.projects import Project, ProjectDrafter, ProjectUnit
from standards_wf.workflow.facts import ScopeKind
from standards_wf.workflow.vocabulary import Authorship, Role

_THIS = bindparam("project_id", type_=Project.__table__.c.id.type)


def _part(
    part: Authorship, person: InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
) -> Select[int | None, str]:
    return select(person, literal(part.value))


def _brought_by(person: InstrumentedAttribute[int | None]) -> Select[int | None, str]:
    """Who brought a version as a drafter, and for whom; a secretary or an authority that hands one in drafted nothing."""
    return (
        _part(Authorship.BROUGHT_DRAFT, person)
        .join(
            DraftVersion,
            and_(DraftVersion.project_id == LifecycleEvent.project_id, DraftVersion.attached_seq == LifecycleEvent.seq),
        )
        .where(LifecycleEvent.project_id == _THIS, LifecycleEvent.actor_role == Role.DRAFTER, person.is_not(None))
    )


def _in_role() -> ColumnElement[bool]:
    """The role of a drafter for the project, even if its term has ended; for a drafting unit, while it lasts."""
    today = bindparam("today", type_=RoleGrant.__table__.c.valid_from.type)
    units = select(ProjectUnit.organization_id).where(
        ProjectUnit.project_id == _THIS, ProjectUnit.organization_id.is_not(None)
    )
    return and_(
        RoleGrant.role == Role.DRAFTER,
        RoleGrant.valid_from <= today,
        or_(
            and_(RoleGrant.scope == ScopeKind.PROJECT, RoleGrant.project_id == _THIS),
            and_(
                RoleGrant.scope == ScopeKind.ORGANIZATION,
                RoleGrant.organization_id.in_(units),
                or_(RoleGrant.valid_to.is_(None), RoleGrant.valid_to >= today),
            ),
        ),
    )


_AUTHORS = union_all(
    _part(Authorship.NAMED_DRAFTER, ProjectDrafter.person_id).where(
        ProjectDrafter.project_id == _THIS, ProjectDrafter.person_id.is_not(None)
    ),
    _part(Authorship.DRAFTERS_ROLE, RoleGrant.person_id).where(_in_role()),
    _brought_by(LifecycleEvent.actor_id),
    _brought_by(LifecycleEvent.on_behalf_of_id),
    _part(Authorship.PROPOSED_IT, Project.proposer_id).where(Project.id == _THIS, Project.proposer_id.is_not(None)),
)
"""Built once: to build a statement costs more than to ask it."""


def authors_of(session: Session, project_id: int, today: date) -> frozenset[tuple[int, Authorship]]:
    """Everybody who has a part in a project's text, and which; one query."""
    rows = session.execute(_AUTHORS, {"project_id": project_id, "today": today})
    return frozenset((row[0], Authorship(row[1])) for row in rows if row[0] is not None)


def drafters_of(session: Session, project_id: int, today: date) -> frozenset[int]:
    """Who drafted this text, and therefore has no vote on it: whoever only proposed it may vote."""
    authors = authors_of(session, project_id, today)
    return frozenset(person_id for person_id, part in authors if part is not Authorship.PROPOSED_IT)
