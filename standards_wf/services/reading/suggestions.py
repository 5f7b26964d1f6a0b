"""The suggestions that wait for an answer, for whoever decides whether to apply for a project."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from standards_wf.models.framework import FrameworkNode
from standards_wf.models.joint import FastTrack
from standards_wf.models.plans import ProjectCall
from standards_wf.models.projects import Project, Suggestion
from standards_wf.services.reading.choices import Choice
from standards_wf.services.reading.scopes import held_in
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Action, FastTrackReason, Kind, Phase, Stage

MOST_SHOWN = 200
_OPEN = [row.stage for row in STAGES.values() if row.phase not in {Phase.PUBLISHED, Phase.CLOSED}]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionFilter:
    """Which suggestions."""

    text: str = ""
    kind: Kind | None = None
    node: str = ""
    call_id: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionLine:
    """A suggestion that waits for an answer."""

    id: int
    version: int
    kind: Kind
    title_zh: str
    title_en: str
    node: str
    node_name: str
    text: str
    name: str
    organization: str
    received_at: datetime
    call_id: int | None
    call_title: str
    merged: int
    """How many others were merged into it."""
    fast_track: FastTrackReason | None
    is_demonstration: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionList:
    """The suggestions, those of the fast track first, then by node, so that what belongs together stands together."""

    rows: tuple[SuggestionLine, ...]
    total: int
    filter: SuggestionFilter
    calls: tuple[Choice, ...]
    nodes: tuple[Choice, ...]
    targets: tuple[Choice, ...]
    """The cases that one of them can be merged into."""


def suggestions_of(session: Session, wanted: SuggestionFilter, actor: Actor) -> SuggestionList:
    """The open suggestions that this actor may answer; five queries."""
    mine = _may_answer(actor)
    where = [Project.stage == Stage.SUGGESTED, mine, *_conditions(wanted)]
    merged = select(func.count()).where(_merged.merged_into_id == Project.id).correlate(Project).scalar_subquery()
    rows = session.execute(
        select(Project, Suggestion, FrameworkNode.name, ProjectCall.title_zh, FastTrack.reason, merged)
        .join(Suggestion, Suggestion.project_id == Project.id)
        .outerjoin(FrameworkNode, FrameworkNode.code == Project.framework_node)
        .outerjoin(ProjectCall, ProjectCall.id == Suggestion.call_id)
        .outerjoin(FastTrack, FastTrack.project_id == Project.id)
        .where(*where)
        .order_by(
            case((FastTrack.project_id.is_not(None), 0), else_=1),
            func.coalesce(FrameworkNode.position, -1),
            Suggestion.received_at,
            Project.id,
        )
        .limit(MOST_SHOWN)
    )
    counted = select(func.count()).select_from(Project).join(Suggestion, Suggestion.project_id == Project.id)
    return SuggestionList(
        rows=tuple(
            SuggestionLine(
                id=project.id,
                version=project.version,
                kind=project.kind,
                title_zh=project.title_zh,
                title_en=project.title_en,
                node=project.framework_node or "",
                node_name=node_name or "",
                text=suggestion.text,
                name=suggestion.name,
                organization=suggestion.organization,
                received_at=suggestion.received_at,
                call_id=suggestion.call_id,
                call_title=call_title or "",
                merged=count,
                fast_track=reason,
                is_demonstration=project.is_demonstration,
            )
            for project, suggestion, node_name, call_title, reason, count in rows
        ),
        total=session.scalar(counted.where(*where)) or 0,
        filter=wanted,
        calls=_calls(session, mine),
        nodes=_nodes(session, mine),
        targets=_targets(session, mine),
    )


_merged = Suggestion.__table__.alias("merged").c


def _may_answer(actor: Actor) -> ColumnElement[bool]:
    """The suggestions that this actor may decline, kind by kind, as the procedure has it."""
    return or_(
        *(
            (Project.kind == kind) & held_in(actor, row.roles)
            for kind, table in PROCEDURES.items()
            for row in table.rows_from(Stage.SUGGESTED)
            if row.action is Action.DECLINE
        )
    )


def _conditions(wanted: SuggestionFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.text:
        sought = f"%{wanted.text.replace('%', '').replace('_', '')}%"
        conditions.append(or_(Project.title_zh.ilike(sought), Suggestion.text.ilike(sought)))
    if wanted.kind is not None:
        conditions.append(Project.kind == wanted.kind)
    if wanted.node:
        conditions.append(Project.framework_node == wanted.node)
    if wanted.call_id is not None:
        conditions.append(Suggestion.call_id == wanted.call_id)
    return conditions


def _calls(session: Session, mine: ColumnElement[bool]) -> tuple[Choice, ...]:
    rows = session.execute(
        select(ProjectCall.id, ProjectCall.title_zh)
        .where(
            ProjectCall.id.in_(
                select(Suggestion.call_id)
                .join(Project, Project.id == Suggestion.project_id)
                .where(mine, Project.stage == Stage.SUGGESTED)
            )
        )
        .order_by(ProjectCall.opens_on.desc())
    )
    return tuple((identity, title) for identity, title in rows)


def _nodes(session: Session, mine: ColumnElement[bool]) -> tuple[Choice, ...]:
    rows = session.execute(
        select(FrameworkNode.code, FrameworkNode.name)
        .where(FrameworkNode.code.in_(select(Project.framework_node).where(mine, Project.stage == Stage.SUGGESTED)))
        .order_by(FrameworkNode.position)
    )
    return tuple((code, f"{code} {name}") for code, name in rows)


def _targets(session: Session, mine: ColumnElement[bool]) -> tuple[Choice, ...]:
    rows = session.execute(
        select(Project.id, Project.title_zh)
        .where(mine, Project.stage.in_(_OPEN))
        .order_by(case((Project.stage == Stage.SUGGESTED, 0), else_=1), Project.id.desc())
        .limit(MOST_SHOWN)
    )
    return tuple((identity, f"{identity} {title}") for identity, title in rows)
