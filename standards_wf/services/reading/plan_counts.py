"""The nodes of the framework with what came out at each and below, counted by kind and by status."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.models.documents import Publication
from standards_wf.models.framework import FrameworkNode
from standards_wf.models.projects import Project
from standards_wf.services.reading.documents import OUT
from standards_wf.workflow.vocabulary import Kind, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class CountedNode:
    """A node in the plan's words, with its documents and those of the nodes below."""

    code: str
    name: str
    kind: str
    level: str
    parent: str | None
    summary: str
    lead_departments: tuple[str, ...]
    cooperating_departments: tuple[str, ...]
    key_topics: tuple[str, ...]
    by_kind: Mapping[Kind, int]
    by_status: Mapping[Stage, int]


def counted_nodes(session: Session) -> tuple[CountedNode, ...]:
    """All nodes in the plan's order; two queries."""
    nodes = session.scalars(select(FrameworkNode).order_by(FrameworkNode.position)).all()
    parents = {node.code: node.parent_code for node in nodes}
    kinds: dict[str, Counter[Kind]] = defaultdict(Counter)
    statuses: dict[str, Counter[Stage]] = defaultdict(Counter)
    published = session.execute(
        select(Project.framework_node, Project.kind, Project.stage, func.count())
        .join(Publication, Publication.project_id == Project.id)
        .where(OUT)
        .group_by(Project.framework_node, Project.kind, Project.stage)
    )
    for code, kind, stage, number in published:
        here: str | None = code
        while here is not None:
            kinds[here][kind] += number
            statuses[here][stage] += number
            here = parents.get(here)
    return tuple(
        CountedNode(
            code=node.code,
            name=node.name,
            kind=node.kind,
            level=node.level,
            parent=node.parent_code,
            summary=node.summary,
            lead_departments=tuple(node.lead_departments),
            cooperating_departments=tuple(node.cooperating_departments),
            key_topics=tuple(node.key_topics),
            by_kind=dict(kinds[node.code]),
            by_status=dict(statuses[node.code]),
        )
        for node in nodes
    )
