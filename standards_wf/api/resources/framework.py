"""The framework of the plan, and the bodies that take part: what everybody may read."""

from dataclasses import dataclass

from sqlalchemy import func, select

from standards_wf.api.answers import Listed
from standards_wf.api.endpoints import Call, endpoint
from standards_wf.api.values import Paging, checked_paging
from standards_wf.models.organizations import Committee, Organization, OrganizationKind
from standards_wf.services.reading.framework import targets
from standards_wf.services.reading.plan_counts import CountedNode, counted_nodes
from standards_wf.workflow.vocabulary import Kind, Stage

TAG = "framework"


@dataclass(frozen=True, slots=True, kw_only=True)
class CountsAnswer:
    """How many published documents there are at a node and below."""

    kind: dict[Kind, int]
    status: dict[Stage, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeAnswer:
    """A node of the framework, in the plan's words."""

    code: str
    name: str
    kind: str
    level: str
    parent: str | None
    summary: str
    lead_departments: tuple[str, ...]
    cooperating_departments: tuple[str, ...]
    key_topics: tuple[str, ...]
    counts: CountsAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetAnswer:
    """A target of the plan; `achieved` is null where this system does not record what is counted."""

    id: str
    year: int
    measure: str
    name_zh: str
    minimum: int | None
    unit: str
    comparator: str
    node: str
    achieved: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameworkAnswer:
    """The whole framework."""

    nodes: tuple[NodeAnswer, ...]
    targets: tuple[TargetAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationQuery:
    """Which organisations."""

    kind: OrganizationKind | None = None
    page: int = 1
    per_page: int = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganizationAnswer:
    """A body that takes part."""

    id: int
    name: str
    short_name: str
    kind: OrganizationKind
    group_code: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeAnswer:
    """A technical committee."""

    id: int
    name: str
    field: str


@endpoint("GET", "/framework", about="The nodes and targets of the plan, with what came out.", tag=TAG, public=True)
def framework(call: Call) -> FrameworkAnswer:
    """The framework with its counts."""
    return FrameworkAnswer(
        nodes=tuple(_node(each) for each in counted_nodes(call.session)),
        targets=tuple(
            TargetAnswer(
                id=each.id,
                year=each.year,
                measure=each.measure,
                name_zh=each.name_zh,
                minimum=each.minimum,
                unit=each.unit,
                comparator=each.comparator,
                node=each.node,
                achieved=each.achieved,
            )
            for each in targets(call.session)
        ),
    )


def _node(node: CountedNode) -> NodeAnswer:
    return NodeAnswer(
        code=node.code,
        name=node.name,
        kind=node.kind,
        level=node.level,
        parent=node.parent,
        summary=node.summary,
        lead_departments=node.lead_departments,
        cooperating_departments=node.cooperating_departments,
        key_topics=node.key_topics,
        counts=CountsAnswer(kind=dict(node.by_kind), status=dict(node.by_status)),
    )


@endpoint("GET", "/organizations", about="The bodies that take part, by name.", tag=TAG, public=True)
def organizations(call: Call, query: OrganizationQuery) -> Listed[OrganizationAnswer]:
    """A page of organisations."""
    checked_paging(query.page, query.per_page)
    asked = select(Organization).order_by(Organization.name)
    counted = select(func.count()).select_from(Organization)
    if query.kind is not None:
        asked, counted = asked.where(Organization.kind == query.kind), counted.where(Organization.kind == query.kind)
    rows = call.session.scalars(asked.limit(query.per_page).offset((query.page - 1) * query.per_page))
    items = tuple(
        OrganizationAnswer(
            id=row.id, name=row.name, short_name=row.short_name, kind=row.kind, group_code=row.group_code
        )
        for row in rows
    )
    return Listed(items=items, total=call.session.scalar(counted) or 0, page=query.page, per_page=query.per_page)


@endpoint("GET", "/committees", about="The technical committees, by name.", tag=TAG, public=True)
def committees(call: Call, query: Paging) -> Listed[CommitteeAnswer]:
    """A page of committees."""
    checked_paging(query.page, query.per_page)
    asked = select(Committee).order_by(Committee.name)
    total = call.session.scalar(select(func.count()).select_from(Committee)) or 0
    rows = call.session.scalars(asked.limit(query.per_page).offset((query.page - 1) * query.per_page))
    items = tuple(CommitteeAnswer(id=row.id, name=row.name, field=row.field) for row in rows)
    return Listed(items=items, total=total, page=query.page, per_page=query.per_page)
