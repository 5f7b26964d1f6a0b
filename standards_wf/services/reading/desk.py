"""The desk: the cases in somebody's hands, what else is to be done, the messages, and the own projects.

Roles and stages are compared in the database first; the facts are gathered for the cases of one page alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, and_, case, false, func, or_, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Disclosure, Filing, Notice, PeriodicReview, Publication
from standards_wf.models.outbox import Notification, Reminder
from standards_wf.models.projects import PlanEntry, Project, ProjectUnit
from standards_wf.models.reviews import Review
from standards_wf.services.access import Entrance
from standards_wf.services.facts import facts_of
from standards_wf.services.notifying import IN_APP
from standards_wf.services.reading.deadlines import Deadline, Standing, deadlines_of
from standards_wf.services.reading.marks import fast_track_first, fast_track_of
from standards_wf.services.reading.principals import principals_of
from standards_wf.services.reading.projects import OWN
from standards_wf.services.reading.scopes import PERSONAL, held_in
from standards_wf.services.reading.tasks import TaskShown, tasks_of
from standards_wf.services.rules import rules_by_kind
from standards_wf.workflow.carrying_on import CARRY_ON
from standards_wf.workflow.deadlines import Due, latest_cycle_with_opinion_due
from standards_wf.workflow.facts import Actor, Parties
from standards_wf.workflow.machine import PROJECT_MACHINE, Decision
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Action, FastTrackReason, Kind, Phase, Role, Stage

PER_PAGE = 20
MESSAGES = 10
OWN_PROJECTS = 8

_ONLY_WHEN_DUE = frozenset({Action.RECORD_FILING, Action.RECORD_DISCLOSURE, Action.START_REVIEW})


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseInHand:
    """A case that waits for the reader: what may be done now, and what is still missing before it."""

    id: int
    kind: Kind
    stage: Stage
    title_zh: str
    waiting_since: datetime
    deadline: Deadline | None
    decisions: tuple[Decision, ...]
    """The acts that carry it on and are the reader's."""
    fast_track: FastTrackReason | None
    is_joint: bool
    is_demonstration: bool
    on_behalf_of: str
    """For whom the reader would act, as a deputy."""

    @property
    def stage_code(self) -> str:
        """The code of its stage."""
        return STAGES[self.stage].code


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A message in the inbox: of something that happened, or of a deadline."""

    id: int
    title_zh: str
    kind: Kind
    code: str
    due: Due | None
    due_on: date | None
    written_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnProject:
    """A project on which the reader works."""

    id: int
    title_zh: str
    kind: Kind
    stage: Stage

    @property
    def stage_code(self) -> str:
        """The code of its stage."""
        return STAGES[self.stage].code


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage:
    """Everything that waits on somebody."""

    tasks: tuple[TaskShown, ...]
    cases: tuple[CaseInHand, ...]
    total: int
    page: int
    pages: int
    messages: tuple[Message, ...]
    unread: int
    projects: tuple[OwnProject, ...]


def desk_of(session: Session, actor: Actor, moment: Moment, page: int = 1) -> DeskPage:
    """The desk of somebody who is logged in; the number of queries is bounded by the length of a page."""
    waiting = _waiting(session, actor, moment.day)
    total = session.scalar(select(func.count()).select_from(Project).where(waiting)) or 0
    pages = max(1, -(-total // PER_PAGE))
    page = min(max(1, page), pages)
    due = _due()
    projects = session.scalars(
        select(Project)
        .where(waiting)
        .order_by(fast_track_first(), case((due.is_(None), 1), else_=0), due, Project.stage_since, Project.id)
        .limit(PER_PAGE)
        .offset((page - 1) * PER_PAGE)
    ).all()
    unread = session.scalar(
        select(func.count()).where(
            Notification.person_id == actor.person_id, Notification.channel == IN_APP, Notification.read_at.is_(None)
        )
    )
    return DeskPage(
        tasks=tasks_of(session, actor, moment.day),
        cases=_cases(session, projects, actor, moment),
        total=total,
        page=page,
        pages=pages,
        messages=_messages(session, actor),
        unread=unread or 0,
        projects=_own_projects(session, actor),
    )


def _waiting(session: Session, actor: Actor, today: date) -> ColumnElement[bool]:
    """The projects at whose stage this actor has an act that carries them on."""
    conditions = [_when_due(session, actor, today)]
    for role in PERSONAL & _roles_of(actor):
        places = [
            and_(Project.kind == kind, Project.stage.in_(stages))
            for kind in Kind
            if (stages := _stages_for(kind, role))
        ]
        if places:
            conditions.append(and_(held_in(actor, (role,)), or_(*places)))
    return or_(*conditions)


def _roles_of(actor: Actor) -> frozenset[Role]:
    return frozenset(grant.role for grant in actor.grants) | {Role.PROPOSER}


def _stages_for(kind: Kind, role: Role) -> list[Stage]:
    """The stages of a kind at which the role has such an act; a consultation runs by itself until it closes."""
    return sorted(
        {
            row.source
            for row in PROCEDURES[kind].rows
            if role in row.roles
            and row.action in CARRY_ON.get(row.source, frozenset()) - _ONLY_WHEN_DUE
            and row.source is not Stage.CONSULTATION
        }
    )


def _when_due(session: Session, actor: Actor, today: date) -> ColumnElement[bool]:
    """What waits only from a certain day on: closing, filing, disclosure, the periodic review."""
    overdue_round = (
        select(ConsultationRound.id)
        .where(ConsultationRound.project_id == Project.id, ConsultationRound.closed_on.is_(None))
        .where(ConsultationRound.closes_on < today)
        .exists()
    )
    filed = select(Filing.id).where(Filing.project_id == Project.id).exists()
    disclosed = select(Disclosure.id).where(Disclosure.project_id == Project.id).exists()
    conditions = [
        and_(held_in(actor, (Role.COMMITTEE_SECRETARY,)), Project.stage == Stage.CONSULTATION, overdue_round),
        *(_may(actor, kind, Action.RECORD_FILING) & ~filed for kind in Kind),
        *(_may(actor, kind, Action.RECORD_DISCLOSURE) & ~disclosed for kind in Kind),
    ]
    for kind, rules in rules_by_kind(session).items():
        since = latest_cycle_with_opinion_due(today, rules)
        old = (
            select(Publication.project_id)
            .where(Publication.project_id == Project.id, Publication.published_on <= since)
            .exists()
        )
        confirmed = (
            select(PeriodicReview.id)
            .where(PeriodicReview.project_id == Project.id, PeriodicReview.concluded_on > since)
            .exists()
        )
        conditions.append(_may(actor, kind, Action.START_REVIEW) & old & ~confirmed)
    return or_(*conditions)


def _may(actor: Actor, kind: Kind, action: Action) -> ColumnElement[bool]:
    rows = [row for row in PROCEDURES[kind].rows if row.action is action]
    if not rows:
        return false()
    return or_(*(and_(Project.kind == kind, Project.stage == row.source, held_in(actor, row.roles)) for row in rows))


def _due() -> ColumnElement[date | None]:
    """The day by which the database can order the cases: that of what runs, else that of the plan."""
    of_round = select(func.max(ConsultationRound.closes_on)).where(
        ConsultationRound.project_id == Project.id, ConsultationRound.closed_on.is_(None)
    )
    of_notice = select(func.max(Notice.ends_on)).where(Notice.project_id == Project.id, Notice.closed_on.is_(None))
    of_review = select(func.max(Review.meets_on)).where(Review.project_id == Project.id, Review.outcome.is_(None))
    of_plan = select(PlanEntry.completes_on).where(PlanEntry.project_id == Project.id)
    of_document = select(Publication.published_on).where(Publication.project_id == Project.id)
    living = [row.stage for row in STAGES.values() if row.phase is Phase.PUBLISHED]
    return case(
        (Project.stage.in_(living), func.coalesce(of_notice.scalar_subquery(), of_document.scalar_subquery())),
        else_=func.coalesce(
            of_round.scalar_subquery(),
            of_notice.scalar_subquery(),
            of_review.scalar_subquery(),
            of_plan.scalar_subquery(),
        ),
    )


def _cases(session: Session, projects: Sequence[Project], actor: Actor, moment: Moment) -> tuple[CaseInHand, ...]:
    units: dict[int, set[int]] = {}
    for project_id, unit_id in session.execute(
        select(ProjectUnit.project_id, ProjectUnit.organization_id).where(
            ProjectUnit.project_id.in_([project.id for project in projects]), ProjectUnit.organization_id.is_not(None)
        )
    ):
        if unit_id is not None:
            units.setdefault(project_id, set()).add(unit_id)
    fast_track = fast_track_of(session, [project.id for project in projects])
    deadlines = deadlines_of(
        session, [Standing(project.id, project.kind, project.stage) for project in projects], moment.day
    )
    principals = principals_of(session, actor, [project.id for project in projects])
    decided = {
        project.id: _decisions(session, project, frozenset(units.get(project.id, ())), actor, moment)
        for project in projects
    }
    return tuple(
        CaseInHand(
            id=project.id,
            kind=project.kind,
            stage=project.stage,
            title_zh=project.title_zh,
            waiting_since=project.stage_since,
            deadline=next(iter(deadlines[project.id]), None),
            decisions=decided[project.id],
            fast_track=fast_track.get(project.id),
            is_joint=project.is_joint,
            is_demonstration=project.is_demonstration,
            on_behalf_of=principals.acted_for(
                project.id, (role for each in decided[project.id] if each.row for role in each.row.roles)
            ),
        )
        for project in projects
    )


def _decisions(
    session: Session, project: Project, units: frozenset[int], actor: Actor, moment: Moment
) -> tuple[Decision, ...]:
    parties = Parties(
        project_id=project.id,
        proposer_id=project.proposer_id,
        authority_id=project.authority_id,
        competent_department_id=project.competent_department_id,
        group_id=project.group_id,
        committee_id=project.committee_id,
        drafting_unit_ids=units,
    )
    roles = actor.roles_in(parties)
    actions = [
        row.action
        for row in PROCEDURES[project.kind].rows_from(project.stage)
        if row.action in CARRY_ON.get(project.stage, ()) and roles & set(row.roles)
    ]
    aspects = PROJECT_MACHINE.aspects(project.kind, project.stage, actions)
    facts = facts_of(session, Entrance(project, parties, roles), aspects, moment=moment)
    return tuple(PROJECT_MACHINE.decide(action, facts, actor) for action in actions)


def _messages(session: Session, actor: Actor) -> tuple[Message, ...]:
    rows = session.execute(
        select(
            Notification.id,
            Project.title_zh,
            Project.kind,
            Notification.message,
            Reminder.due,
            Reminder.due_on,
            Notification.written_at,
        )
        .join(Project, Project.id == Notification.project_id)
        .outerjoin(Reminder, Reminder.id == Notification.reminder_id)
        .where(Notification.person_id == actor.person_id, Notification.channel == IN_APP)
        .where(Notification.read_at.is_(None))
        .order_by(Notification.id.desc())
        .limit(MESSAGES)
    )
    return tuple(
        Message(
            id=identity,
            title_zh=title_zh,
            kind=kind,
            code=code,
            due=Due(due) if due else None,
            due_on=due_on,
            written_at=written_at,
        )
        for identity, title_zh, kind, code, due, due_on, written_at in rows
    )


def _own_projects(session: Session, actor: Actor) -> tuple[OwnProject, ...]:
    closed = [row.stage for row in STAGES.values() if row.phase is Phase.CLOSED]
    rows = session.execute(
        select(Project.id, Project.title_zh, Project.kind, Project.stage)
        .where(held_in(actor, OWN), Project.stage.not_in(closed))
        .order_by(Project.stage_since.desc(), Project.id.desc())
        .limit(OWN_PROJECTS)
    )
    return tuple(OwnProject(id=row[0], title_zh=row[1], kind=row[2], stage=row[3]) for row in rows)
