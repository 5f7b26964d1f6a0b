"""What every installation starts from: the framework of the plan, its departments, the classifications, the rules."""

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.framework import Classification, FrameworkNode, FrameworkTarget, NamedDeliverable
from standards_wf.models.organizations import Organization, OrganizationKind
from standards_wf.models.rules import RuleRow
from standards_wf.services.administration import CreateOrganization, create_organization
from standards_wf.services.people import OPERATOR
from standards_wf.services.plan import Class, PlannedDepartment, PlannedNode, PlannedTarget, classes, plan
from standards_wf.services.rules import install_rules

AUTHORITY = "市市场监管局"
"""The municipal authority for standards and metrology, by the short name that the plan uses."""

_KINDS = {
    "municipal_department": OrganizationKind.DEPARTMENT,
    "district_government": OrganizationKind.DEPARTMENT,
    "central_agency_in_shanghai": OrganizationKind.DEPARTMENT,
    "enterprise": OrganizationKind.ENTERPRISE,
    "institute": OrganizationKind.INSTITUTE,
}


@dataclass(frozen=True, slots=True)
class ReferenceData:
    """How much of each sort the database holds after loading."""

    nodes: int
    deliverables: int
    targets: int
    classifications: int
    organizations: int
    rules: int


def load_reference_data(session: Session, moment: Moment) -> ReferenceData:
    """Enter whatever of the plan, the classifications and the rules is not there yet; again, it changes nothing.

    Nodes and targets follow the plan's file when it is corrected. Organisations and rules belong to the administrator
    once they are entered, and stay as they are.
    """
    content = plan()
    _load_nodes(session, content.nodes)
    _load_targets(session, content.targets)
    _load_deliverables(session, content.nodes)
    _load_classes(session, classes())
    _load_departments(session, content.departments, moment)
    install_rules(session, moment=moment)
    session.flush()
    return ReferenceData(
        nodes=_count(session, FrameworkNode),
        deliverables=_count(session, NamedDeliverable),
        targets=_count(session, FrameworkTarget),
        classifications=_count(session, Classification),
        organizations=_count(session, Organization),
        rules=_count(session, RuleRow),
    )


def _count(session: Session, model: type) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def _load_nodes(session: Session, nodes: tuple[PlannedNode, ...]) -> None:
    known = {row.code: row for row in session.scalars(select(FrameworkNode))}
    # No two nodes may share a place even for a moment, so those that move leave the row of places first.
    for position, node in enumerate(nodes):
        if node.code in known and known[node.code].position != position:
            known[node.code].position = -1 - position
    session.flush()
    for position, node in enumerate(nodes):
        row = known.get(node.code)
        if row is None:
            row = FrameworkNode(code=node.code)
            session.add(row)
        row.position = position
        row.name, row.kind, row.level, row.parent_code = node.name, node.kind, node.level, node.parent
        row.source, row.box, row.summary = node.source, node.box, node.summary
        row.lead_departments = list(node.lead_departments)
        row.cooperating_departments = list(node.cooperating_departments)
        row.departments_open_ended = node.departments_open_ended
        row.departments_inherited_from = node.departments_inherited_from
        row.key_topics = list(node.key_topics)
    session.flush()


def _load_targets(session: Session, targets: tuple[PlannedTarget, ...]) -> None:
    for target in targets:
        session.merge(
            FrameworkTarget(
                id=target.id,
                year=target.year,
                measure=target.measure,
                name_zh=target.name_zh,
                minimum=target.minimum,
                unit=target.unit,
                comparator=target.comparator,
                node_code=target.node,
                quote=target.quote,
            )
        )


def _load_deliverables(session: Session, nodes: tuple[PlannedNode, ...]) -> None:
    known = {(code, name) for code, name in session.execute(select(NamedDeliverable.node_code, NamedDeliverable.name))}
    session.add_all(
        NamedDeliverable(
            node_code=node.code,
            name=deliverable.name,
            doc_kind=deliverable.doc_kind,
            level=deliverable.level,
            action=deliverable.action,
            quote=deliverable.quote,
        )
        for node in nodes
        for deliverable in node.deliverables
        if (node.code, deliverable.name) not in known
    )


def _load_classes(session: Session, entries: tuple[Class, ...]) -> None:
    known = {(row.scheme, row.code) for row in session.scalars(select(Classification))}
    session.add_all(
        Classification(scheme=each.scheme, code=each.code, zh=each.zh, en=each.en)
        for each in entries
        if (each.scheme, each.code) not in known
    )


def _load_departments(session: Session, departments: tuple[PlannedDepartment, ...], moment: Moment) -> None:
    known = set(session.scalars(select(Organization.name)))
    known |= set(session.scalars(select(Organization.short_name)))
    for department in departments:
        name = department.name
        if name in known or department.short in known:
            continue
        command = CreateOrganization(
            name=name,
            short_name=department.short,
            kind=OrganizationKind.AUTHORITY if department.short == AUTHORITY else _KINDS[department.type],
        )
        create_organization(session, command, actor=OPERATOR, moment=moment)
        known |= {name, department.short}
