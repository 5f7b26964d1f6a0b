"""The framework of the plan as pages show it: the tree with its counts, a node with all that belongs to it, targets."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.errors import NotFound
from standards_wf.models.documents import Publication
from standards_wf.models.framework import FrameworkNode, FrameworkTarget, NamedDeliverable
from standards_wf.models.organizations import Organization, OrganizationKind
from standards_wf.models.projects import Project
from standards_wf.services.plan import Plan, Safeguard, plan
from standards_wf.services.reading.cases import (
    KNOWN,
    RUNNING,
    DeliverableShown,
    KnownProject,
    known_projects,
    with_cases,
)
from standards_wf.services.reading.documents import OUT, DocumentLine, lines_of, lines_where
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.vocabulary import Kind, Stage

STANDARDS_ROOT = "S"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many documents came out at a node and below, by kind, and how many projects are known to be under way."""

    documents: Mapping[Kind, int] = field(default_factory=dict)
    valid: int = 0
    projects: int = 0

    @property
    def total(self) -> int:
        """Documents and projects together."""
        return sum(self.documents.values()) + self.projects


@dataclass(frozen=True, slots=True)
class Branch:
    """A node in the tree."""

    code: str
    name: str
    kind: str
    level: str
    box: str
    parent: str | None
    counts: Counts
    deliverables: int
    children: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class TargetShown:
    """A target with what was reached; `achieved` is None where this system does not record what is counted."""

    id: str
    year: int
    measure: str
    name_zh: str
    minimum: int | None
    unit: str
    comparator: str
    node: str
    quote: str
    achieved: int | None


@dataclass(frozen=True, slots=True)
class FrameworkPage:
    """The whole framework."""

    plan: Plan
    roots: tuple[Branch, ...]
    root: Branch | None
    targets: tuple[TargetShown, ...]
    nodes: int
    deliverables: int
    safeguards: tuple[Safeguard, ...]


class _Tree:
    """The nodes in the plan's order, with the way up."""

    def __init__(self, nodes: Iterable[FrameworkNode]) -> None:
        self.nodes = {node.code: node for node in nodes}
        self.children: dict[str | None, list[str]] = defaultdict(list)
        for node in self.nodes.values():
            self.children[node.parent_code].append(node.code)

    def with_ancestors(self, code: str | None) -> tuple[str, ...]:
        """A node and those above it, the nearest first."""
        way: list[str] = []
        while code is not None and code in self.nodes and code not in way:
            way.append(code)
            code = self.nodes[code].parent_code
        return tuple(way)

    def with_descendants(self, code: str) -> frozenset[str]:
        """A node and all below it."""
        found = {code}
        for child in self.children[code]:
            found |= self.with_descendants(child)
        return frozenset(found)


def _tree(session: Session) -> _Tree:
    return _Tree(session.scalars(select(FrameworkNode).order_by(FrameworkNode.position)))


def _counts(session: Session, tree: _Tree) -> Mapping[str, Counts]:
    """What there is at each node and below: two queries."""
    documents: dict[str, Counter[Kind]] = defaultdict(Counter)
    valid: Counter[str] = Counter()
    projects: Counter[str] = Counter()
    published = session.execute(
        select(Project.framework_node, Project.kind, Project.stage, func.count())
        .join(Publication, Publication.project_id == Project.id)
        .where(OUT)
        .group_by(Project.framework_node, Project.kind, Project.stage)
    )
    for node, kind, stage, number in published:
        for code in tree.with_ancestors(node):
            documents[code][kind] += number
            valid[code] += 0 if stage in {Stage.SUPERSEDED, Stage.ABOLISHED} else number
    under_way = session.execute(
        select(Project.framework_node, func.count())
        .where(KNOWN, Project.stage.in_(RUNNING))
        .group_by(Project.framework_node)
    )
    for node, number in under_way:
        for code in tree.with_ancestors(node):
            projects[code] += number
    return {code: Counts(dict(documents[code]), valid[code], projects[code]) for code in tree.nodes}


def _branch(tree: _Tree, code: str, counts: Mapping[str, Counts], named: Mapping[str, int]) -> Branch:
    node = tree.nodes[code]
    return Branch(
        code=code,
        name=node.name,
        kind=node.kind,
        level=node.level,
        box=node.box,
        parent=node.parent_code,
        counts=counts[code],
        deliverables=named.get(code, 0),
        children=tuple(_branch(tree, child, counts, named) for child in tree.children[code]),
    )


def framework_page(session: Session) -> FrameworkPage:
    """The whole framework with its counts and targets; the same few queries whatever there is."""
    tree = _tree(session)
    counts = _counts(session, tree)
    named = dict(
        session.execute(select(NamedDeliverable.node_code, func.count()).group_by(NamedDeliverable.node_code)).all()
    )
    tops = [_branch(tree, code, counts, named) for code in tree.children[None]]
    root = tops[0] if len(tops) == 1 else None
    return FrameworkPage(
        plan=plan(),
        roots=root.children if root else tuple(tops),
        root=root,
        targets=targets(session, tree),
        nodes=len(tree.nodes),
        deliverables=sum(named.values()),
        safeguards=plan().safeguards,
    )


def targets(session: Session, tree: _Tree | None = None) -> tuple[TargetShown, ...]:
    """All targets with what was reached, those of the nearest year first and those with a figure before the others."""
    tree = tree or _tree(session)
    published = session.execute(
        select(Project.kind, Project.framework_node, Publication.published_on)
        .join(Publication, Publication.project_id == Project.id)
        .where(OUT)
    ).all()
    standards = tree.with_descendants(STANDARDS_ROOT) if STANDARDS_ROOT in tree.nodes else frozenset()
    counted = {
        row.counts_toward: [
            on for kind, node, on in published if kind is row.kind and (row.is_metrology or node in standards)
        ]
        for row in KINDS.values()
        if row.counts_toward
    }
    rows = session.scalars(select(FrameworkTarget).order_by(FrameworkTarget.year, FrameworkTarget.id)).all()
    return tuple(
        TargetShown(
            id=row.id,
            year=row.year,
            measure=row.measure,
            name_zh=row.name_zh,
            minimum=row.minimum,
            unit=row.unit,
            comparator=row.comparator,
            node=row.node_code,
            quote=row.quote,
            achieved=_by_the_end(counted[row.measure], row.year) if row.measure in counted else None,
        )
        for row in sorted(rows, key=lambda row: (row.year, row.measure not in counted, row.minimum is None))
    )


def _by_the_end(days: list[date], year: int) -> int:
    return sum(1 for day in days if day.year <= year)


@dataclass(frozen=True, slots=True)
class NodeLink:
    """Another node, by code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NodePage:
    """A node of the framework."""

    code: str
    name: str
    kind: str
    level: str
    source: str
    box: str
    summary: str
    ancestors: tuple[NodeLink, ...]
    leads: tuple[str, ...]
    cooperating: tuple[str, ...]
    open_ended: bool
    inherited_from: NodeLink | None
    key_topics: tuple[NodeLink, ...]
    """Topics with their node; a topic without a node of its own has no code."""
    children: tuple[Branch, ...]
    counts: Counts
    deliverables: tuple[DeliverableShown, ...]
    projects: tuple[KnownProject, ...]
    documents: tuple[DocumentLine, ...]
    targets: tuple[TargetShown, ...]
    before: NodeLink | None
    after: NodeLink | None


def node_page(session: Session, code: str) -> NodePage:
    """A node with all that belongs to it and to the nodes below; the same few queries for each. Raises NotFound."""
    tree = _tree(session)
    if code not in tree.nodes:
        raise NotFound("node", code)
    node = tree.nodes[code]
    counts = _counts(session, tree)
    here = tree.with_descendants(code)
    documents = lines_of(session, lines_where(Project.framework_node.in_(here)))
    projects = known_projects(session, here)
    deliverables = session.scalars(
        select(NamedDeliverable).where(NamedDeliverable.node_code.in_(here)).order_by(NamedDeliverable.id)
    ).all()
    named = Counter(each.node_code for each in deliverables)
    topics = {tree.nodes[child].name: child for child in tree.children[code]}
    codes = list(tree.nodes)
    place = codes.index(code)
    return NodePage(
        code=code,
        name=node.name,
        kind=node.kind,
        level=node.level,
        source=node.source,
        box=node.box,
        summary=node.summary,
        ancestors=tuple(NodeLink(above, tree.nodes[above].name) for above in reversed(tree.with_ancestors(code)[1:])),
        leads=tuple(node.lead_departments),
        cooperating=tuple(node.cooperating_departments),
        open_ended=node.departments_open_ended,
        inherited_from=_link(tree, node.departments_inherited_from),
        key_topics=tuple(NodeLink(topics.get(topic, ""), topic) for topic in node.key_topics),
        children=tuple(_branch(tree, child, counts, named) for child in tree.children[code]),
        counts=counts[code],
        deliverables=with_cases(deliverables, documents, projects),
        projects=tuple(each for each in projects if each.stage in RUNNING),
        documents=documents,
        targets=tuple(each for each in targets(session, tree) if each.node in here),
        before=_link(tree, codes[place - 1]) if place else None,
        after=_link(tree, codes[place + 1]) if place + 1 < len(codes) else None,
    )


def _link(tree: _Tree, code: str | None) -> NodeLink | None:
    return NodeLink(code, tree.nodes[code].name) if code in tree.nodes else None


def lead_department_of(session: Session, code: str) -> int | None:
    """The department that leads a node and may apply for a local standard there; the authority itself does not."""
    node = session.get(FrameworkNode, code) if code else None
    if node is None or not node.lead_departments:
        return None
    found = dict(
        session.execute(
            select(Organization.short_name, Organization.id).where(
                Organization.short_name.in_(node.lead_departments), Organization.kind == OrganizationKind.DEPARTMENT
            )
        ).all()
    )
    return next((found[short] for short in node.lead_departments if short in found), None)
