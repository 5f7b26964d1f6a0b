"""Projects as far as the public knows them, and what became of the documents that the plan names."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.framework import NamedDeliverable
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.services.reading.documents import DocumentLine
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Kind, Phase, Stage

RUNNING = frozenset(stage for stage, row in STAGES.items() if row.phase not in {Phase.PUBLISHED, Phase.CLOSED})
"""The stages of a project under way."""
KNOWN: ColumnElement[bool] = or_(
    select(PlanEntry.project_id).where(PlanEntry.project_id == Project.id).correlate(Project).exists(),
    select(ConsultationRound.id)
    .where(ConsultationRound.project_id == Project.id, ConsultationRound.members_only.is_(False))
    .correlate(Project)
    .exists(),
)
"""The projects of which the public knows: those in a published plan, and those that were put to consultation."""


@dataclass(frozen=True, slots=True)
class KnownProject:
    """A project as the public knows it: its title, its kind and how far it has come."""

    id: int
    title_zh: str
    title_en: str
    kind: Kind
    stage: Stage
    node: str
    is_demonstration: bool
    consultation_id: int | None
    """Its latest public round of consultation."""
    plan_number: str
    completes_on: date | None

    @property
    def phase(self) -> Phase:
        """How far it has come."""
        return STAGES[self.stage].phase


@dataclass(frozen=True, slots=True)
class Case:
    """What became of a named deliverable: the document, or the project that is to lead to it."""

    title_zh: str
    kind: Kind
    stage: Stage
    number: str
    slug: str
    consultation_id: int | None


@dataclass(frozen=True, slots=True)
class DeliverableShown:
    """A document that the plan names, with its case where there is one that the public knows."""

    name: str
    doc_kind: str
    level: str
    action: str
    quote: str
    node: str
    case: Case | None


def known_projects(session: Session, codes: frozenset[str]) -> tuple[KnownProject, ...]:
    """The projects at these nodes of which the public knows."""
    latest = (
        select(func.max(ConsultationRound.id))
        .where(ConsultationRound.project_id == Project.id, ConsultationRound.members_only.is_(False))
        .correlate(Project)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            Project.id,
            Project.title_zh,
            Project.title_en,
            Project.kind,
            Project.stage,
            Project.framework_node,
            Project.is_demonstration,
            latest,
            PlanEntry.number,
            PlanEntry.completes_on,
        )
        .outerjoin(PlanEntry, PlanEntry.project_id == Project.id)
        .where(KNOWN, Project.framework_node.in_(codes))
        .order_by(Project.id)
    )
    return tuple(
        KnownProject(
            identity,
            title_zh,
            title_en,
            kind,
            stage,
            node or "",
            demonstration,
            consultation,
            number or "",
            completes_on,
        )
        for identity, title_zh, title_en, kind, stage, node, demonstration, consultation, number, completes_on in rows
    )


def with_cases(
    deliverables: Iterable[NamedDeliverable], documents: Iterable[DocumentLine], projects: Iterable[KnownProject]
) -> tuple[DeliverableShown, ...]:
    """Each deliverable with the case at its node whose title is most like its name."""
    candidates: dict[str, list[tuple[str, Case]]] = defaultdict(list)
    published = set()
    for line in documents:
        published.add(line.project_id)
        case = Case(line.title_zh, line.kind, line.stage, line.number, line.slug, None)
        candidates[line.node].append((line.title_zh, case))
    for project in projects:
        if project.id not in published:
            case = Case(project.title_zh, project.kind, project.stage, "", "", project.consultation_id)
            candidates[project.node].append((project.title_zh, case))
    return tuple(
        DeliverableShown(
            name=each.name,
            doc_kind=each.doc_kind,
            level=each.level,
            action=each.action,
            quote=each.quote,
            node=each.node_code,
            case=_most_like(each.name, candidates[each.node_code]),
        )
        for each in deliverables
    )


_LIKE_ENOUGH = 0.6


def _most_like(name: str, candidates: Iterable[tuple[str, Case]]) -> Case | None:
    """The case whose title holds most of the name's pairs of characters; of editions, the newest, which comes first."""
    best: tuple[float, Case | None] = (_LIKE_ENOUGH - 0.001, None)
    for title, case in candidates:
        likeness = _likeness(name, title)
        if likeness > best[0]:
            best = (likeness, case)
    return best[1]


def _likeness(name: str, title: str) -> float:
    pairs, found = _pairs(name), _pairs(title)
    return len(pairs & found) / len(pairs) if pairs else 0.0


def _pairs(text: str) -> set[str]:
    plain = re.sub(r"\W", "", text)
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
