"""What the lists of a form offer: nodes of the framework, committees, organisations."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.framework import FrameworkNode
from standards_wf.models.organizations import Committee, Organization, OrganizationKind

Choice = tuple[object, str]


def node_choices(session: Session) -> tuple[Choice, ...]:
    """The nodes of the framework, in the order of the plan."""
    rows = session.execute(select(FrameworkNode.code, FrameworkNode.name).order_by(FrameworkNode.position))
    return tuple((code, f"{code} {name}") for code, name in rows)


def committee_choices(session: Session) -> tuple[Choice, ...]:
    """The committees, by name."""
    return tuple(
        (row[0], row[1]) for row in session.execute(select(Committee.id, Committee.name).order_by(Committee.name))
    )


def organization_choices(session: Session, *kinds: OrganizationKind) -> tuple[Choice, ...]:
    """The organisations, by name; of these kinds only, if any are given."""
    asked = select(Organization.id, Organization.name).order_by(Organization.name)
    if kinds:
        asked = asked.where(Organization.kind.in_(kinds))
    return tuple((row[0], row[1]) for row in session.execute(asked))
