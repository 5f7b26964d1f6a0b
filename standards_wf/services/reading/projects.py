"""A project as its people see it: the head of every page, the overview, and the list of projects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, case, func, or_, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.documents import Publication
from standards_wf.models.framework import FrameworkNode
from standards_wf.models.joint import FastTrack
from standards_wf.models.organizations import Committee
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.services.access import Entrance, entrance_to, is_mere_proposer
from standards_wf.services.lifecycle import decisions_on
from standards_wf.services.reading import questions_of_projects as ask
from standards_wf.services.reading.deadlines import Deadline, Standing, deadline_history, deadlines_of
from standards_wf.services.reading.marks import fast_track_first
from standards_wf.services.reading.replacements import ReplacedShown, replaced_by_project
from standards_wf.services.reading.resting import Resting, resting_of
from standards_wf.services.reading.scopes import held_in, visible_to
from standards_wf.services.reading.succession import Editions, editions_of
from standards_wf.services.reading.way import Way, way_of
from standards_wf.services.rules import Basis, bases_for, rules_for
from standards_wf.services.two_persons import Waiting, waiting_on
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.machine import Decision
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import FastTrackReason, Kind, MetrologyCategory, Phase, Role, Stage

PER_PAGE = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What every page of a project shows above its tabs, and what the asker is to the project."""

    id: int
    kind: Kind
    category: MetrologyCategory | None
    stage: Stage
    title_zh: str
    title_en: str
    version: int
    is_demonstration: bool
    plan_number: str
    number: str
    slug: str
    published: bool
    drafts: int
    comments: int
    undisposed: int
    papers: int
    reviews: int
    objections: int
    events: int
    fast_track: FastTrackReason | None
    fast_track_granted: bool | None
    is_joint: bool
    corrected_on: date | None
    """The last day on which the stage was corrected by hand."""
    roles: frozenset[Role]
    is_administrator: bool

    @property
    def phase(self) -> Phase:
        """The phase of its stage."""
        return STAGES[self.stage].phase

    @property
    def stage_code(self) -> str:
        """The code of its stage."""
        return STAGES[self.stage].code

    @property
    def is_front_only(self) -> bool:
        """Whether the asker, who only made the suggestion, sees no more than where the case stands."""
        return is_mere_proposer(self.roles, self.stage) and not self.is_administrator

    def has(self, *roles: Role) -> bool:
        """Whether the asker has one of these roles here."""
        return bool(self.roles & set(roles))


def head_of(session: Session, project_id: int, actor: Actor) -> Head:
    """The head of a project's pages, for somebody who may see it; three queries. Raises NotFound."""
    return head_at(session, entrance_to(session, project_id, actor, to_the_front=True), actor)


def head_at(session: Session, entrance: Entrance, actor: Actor) -> Head:
    """The same, of a project whose door was passed."""
    project = entrance.project

    row = session.execute(ask.HEAD, {"project_id": project.id}).one()
    plan_number, number, slug, published_at, drafts, comments, undisposed, papers, reviews, objections, *others = row
    corrected, fast_track, granted = others
    return Head(
        id=project.id,
        kind=project.kind,
        category=project.category,
        stage=project.stage,
        title_zh=project.title_zh,
        title_en=project.title_en,
        version=project.version,
        is_demonstration=project.is_demonstration,
        plan_number=plan_number or "",
        number=number or "",
        slug=slug or "",
        published=published_at is not None,
        drafts=drafts,
        comments=comments,
        undisposed=undisposed,
        papers=papers,
        reviews=reviews,
        objections=objections,
        events=project.last_event_seq,
        corrected_on=corrected,
        fast_track=fast_track,
        fast_track_granted=granted,
        is_joint=project.is_joint,
        roles=entrance.roles,
        is_administrator=actor.is_administrator,
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A person of a project's foreword."""

    name: str
    unit: str
    login: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What the application says, with the names of the parties."""

    framework_node: str
    node_name: str
    ics: str
    ccs: str
    purpose: str
    necessity: str
    scope: str
    technical_content: str
    relation_to_laws: str
    contact: str
    proposed_months: int | None
    is_revision: bool
    replaces: str
    """The number of the document replaced; of several the first."""
    replacements: tuple[ReplacedShown, ...]
    main_changes: str
    adopts_foreign_text: bool
    is_mandatory: bool
    part_of: str
    proposer: str
    authority: str
    competent_department: str
    group: str
    committee_id: int | None
    committee: str
    units: tuple[str, ...]
    drafters: tuple[Named, ...]
    suggestion: str
    suggested_by: str
    suggested_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The first page of a project: where it stands, what may be done next, and what is due."""

    head: Head
    decisions: tuple[Decision, ...]
    deadlines: tuple[Deadline, ...]
    """What is due and not done."""
    past: tuple[Deadline, ...]
    """What was due: met, or not owed any more."""
    bases: Mapping[str, Basis]
    """What the rules rest on by which the deadlines are counted."""
    resting: Resting
    waiting: Waiting | None
    """An act that somebody prepared and another has to confirm."""
    particulars: Particulars
    editions: Editions
    """The documents before and after it."""
    way: Way
    entered: Mapping[Phase, date]
    """The day on which each phase was first entered."""
    reached: Phase
    """For a closed file, the phase in which it ended."""


def overview_of(session: Session, project_id: int, actor: Actor, moment: Moment) -> Overview:
    """Everything of the first page; a fixed number of queries for each stage. Raises NotFound.

    Whoever only made the suggestion is told where the case stands, and nothing of what others have still to do.
    """
    entrance = entrance_to(session, project_id, actor, to_the_front=True)
    project = entrance.project
    entered, reached = _phases(session, project)
    standing = Standing(project.id, project.kind, project.stage)
    rules = rules_for(session, project.kind)
    head = head_at(session, entrance, actor)
    history = deadline_history(session, standing, moment.day, {project.kind: rules})
    due = tuple(each for each in history if each.open)
    resting = resting_of(session, entrance, moment)
    decisions: tuple[Decision, ...] = ()
    way = Way(stage=project.stage)
    if not head.is_front_only:
        decisions = decisions_on(session, entrance, actor=actor, moment=moment, rules=rules)
        way = way_of(session, project, rules, moment.day, due=due, rests=resting.rest is not None)
    return Overview(
        head=head,
        decisions=decisions,
        deadlines=due,
        past=tuple(each for each in history if not each.open),
        bases=bases_for(session, project.kind),
        resting=resting,
        waiting=None if head.is_front_only else waiting_on(session, project, moment),
        way=way,
        particulars=particulars_of(session, project),
        editions=Editions() if head.is_front_only else editions_of(session, project),
        entered=entered,
        reached=reached,
    )


def _phases(session: Session, project: Project) -> tuple[dict[Phase, date], Phase]:
    rows = session.execute(ask.STAGES_ENTERED, {"project_id": project.id}).all()
    entered: dict[Phase, date] = {}
    latest, reached = 0, Phase.PROPOSAL
    for stage, day, seq in rows:
        phase = STAGES[stage].phase
        entered[phase] = min(day, entered.get(phase, day))
        if phase is not Phase.CLOSED and seq > latest:
            latest, reached = seq, phase
    return entered, reached


def particulars_of(session: Session, project: Project) -> Particulars:
    """The particulars of a project, with names instead of identities; four queries."""
    this = {"project_id": project.id}
    names = session.execute(ask.NAMES, this).one()
    suggestion, suggested_by, organization, suggested_at = names[6:]
    units = session.scalars(ask.UNITS, this)
    drafters = session.execute(ask.DRAFTERS, this)
    return Particulars(
        framework_node=project.framework_node or "",
        node_name=names[0] or "",
        ics=project.ics,
        ccs=project.ccs,
        purpose=project.purpose,
        necessity=project.necessity,
        scope=project.scope,
        technical_content=project.technical_content,
        relation_to_laws=project.relation_to_laws,
        contact=project.contact,
        proposed_months=project.proposed_months,
        is_revision=project.is_revision,
        replaces=project.replaces,
        replacements=replaced_by_project(session, project.id),
        main_changes=project.main_changes,
        adopts_foreign_text=project.adopts_foreign_text,
        is_mandatory=project.is_mandatory,
        part_of=project.part_of,
        proposer=names[1] or "",
        authority=names[2] or "",
        competent_department=names[3] or "",
        group=names[4] or "",
        committee_id=project.committee_id,
        committee=names[5] or "",
        units=tuple(units),
        drafters=tuple(Named(name, unit, login or "") for name, unit, login in drafters),
        suggestion=suggestion or "",
        suggested_by="，".join(filter(None, (suggested_by, organization))),
        suggested_at=suggested_at,
        created_at=project.created_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFilter:
    """Which projects somebody wants to see."""

    text: str = ""
    kind: Kind | None = None
    stage: Stage | None = None
    phase: Phase | None = None
    node: str = ""
    committee_id: int | None = None
    mine: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedProject:
    """A line of the list."""

    id: int
    kind: Kind
    stage: Stage
    title_zh: str
    title_en: str
    number: str
    plan_number: str
    framework_node: str
    committee: str
    stage_since: datetime
    deadline: Deadline | None
    fast_track: FastTrackReason | None
    fast_track_granted: bool | None
    is_joint: bool
    is_demonstration: bool

    @property
    def stage_code(self) -> str:
        """The code of its stage."""
        return STAGES[self.stage].code


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectList:
    """A page of the list, with what the filters offer."""

    rows: tuple[ListedProject, ...]
    total: int
    page: int
    pages: int
    filter: ProjectFilter
    nodes: tuple[tuple[str, str], ...]
    committees: tuple[tuple[int, str], ...]


def _queue(wanted: ProjectFilter) -> tuple[ColumnElement[int], ...]:
    """In a list of cases that wait to be decided, those that ask for the fast track come first."""
    stage = wanted.stage
    waits = wanted.phase is Phase.PROPOSAL or (stage is not None and STAGES[stage].phase is Phase.PROPOSAL)
    return (fast_track_first(),) if waits else ()


def list_projects(
    session: Session, wanted: ProjectFilter, page: int, *, actor: Actor, moment: Moment, per_page: int = PER_PAGE
) -> ProjectList:
    """The projects that this actor may see, those that changed last first; a fixed number of queries."""
    nodes = session.execute(
        select(FrameworkNode.code, FrameworkNode.name, FrameworkNode.parent_code).order_by(FrameworkNode.position)
    ).all()
    below = _with_all_below(wanted.node, {code: parent for code, _, parent in nodes})
    conditions = [visible_to(actor), *_conditions(wanted, actor, below)]
    base = (
        select(Project.id)
        .outerjoin(PlanEntry, PlanEntry.project_id == Project.id)
        .outerjoin(Publication, Publication.project_id == Project.id)
        .where(*conditions)
    )
    total = session.scalar(select(func.count()).select_from(base.subquery())) or 0
    pages = max(1, -(-total // per_page))
    page = min(max(1, page), pages)
    found = session.execute(
        select(
            Project.id,
            Project.kind,
            Project.stage,
            Project.title_zh,
            Project.title_en,
            case((Publication.published_at.is_not(None), Publication.number), else_=""),
            PlanEntry.number,
            Project.framework_node,
            Committee.name,
            Project.stage_since,
            Project.is_demonstration,
            FastTrack.reason,
            FastTrack.granted,
            Project.is_joint,
        )
        .outerjoin(FastTrack, FastTrack.project_id == Project.id)
        .outerjoin(PlanEntry, PlanEntry.project_id == Project.id)
        .outerjoin(Publication, Publication.project_id == Project.id)
        .outerjoin(Committee, Committee.id == Project.committee_id)
        .where(*conditions)
        .order_by(*_queue(wanted), Project.stage_since.desc(), Project.id.desc())
        .limit(per_page)
        .offset((page - 1) * per_page)
    ).all()
    deadlines = deadlines_of(session, [Standing(row[0], row[1], row[2]) for row in found], moment.day)
    committees = session.execute(select(Committee.id, Committee.name).order_by(Committee.name))
    return ProjectList(
        rows=tuple(
            ListedProject(
                id=row[0],
                kind=row[1],
                stage=row[2],
                title_zh=row[3],
                title_en=row[4],
                number=row[5] or "",
                plan_number=row[6] or "",
                framework_node=row[7] or "",
                committee=row[8] or "",
                stage_since=row[9],
                deadline=next(iter(deadlines[row[0]]), None),
                is_demonstration=row[10],
                fast_track=row[11],
                fast_track_granted=row[12],
                is_joint=row[13],
            )
            for row in found
        ),
        total=total,
        page=page,
        pages=pages,
        filter=wanted,
        nodes=tuple((code, name) for code, name, _ in nodes),
        committees=tuple((identity, name) for identity, name in committees),
    )


def _with_all_below(node: str, parents: Mapping[str, str | None]) -> frozenset[str]:
    """A node of the framework with everything below it."""
    found = {node}
    for code, parent in parents.items():  # the plan names a node before what stands below it
        if parent in found:
            found.add(code)
    return frozenset(found)


def _conditions(wanted: ProjectFilter, actor: Actor, nodes: frozenset[str]) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if wanted.kind:
        conditions.append(Project.kind == wanted.kind)
    if wanted.stage:
        conditions.append(Project.stage == wanted.stage)
    if wanted.phase:
        conditions.append(Project.stage.in_([row.stage for row in STAGES.values() if row.phase is wanted.phase]))
    if wanted.node:
        conditions.append(Project.framework_node.in_(nodes))
    if wanted.committee_id is not None:
        conditions.append(Project.committee_id == wanted.committee_id)
    if wanted.mine:
        conditions.append(held_in(actor, OWN))
    for word in wanted.text.replace("\x00", "").split()[:8]:
        pattern = f"%{_plain(word)}%"
        conditions.append(
            or_(
                Project.title_zh.ilike(pattern, escape="\\"),
                Project.title_en.ilike(pattern, escape="\\"),
                PlanEntry.number.ilike(pattern, escape="\\"),
                Publication.number.ilike(pattern, escape="\\"),
            )
        )
    return conditions


OWN = frozenset({Role.PROPOSER, Role.DRAFTER, Role.COMMITTEE_SECRETARY, Role.INVITED_EXPERT})
"""The roles in which somebody works on a text: "my projects" are those."""


def _plain(word: str) -> str:
    """A word in which the signs of a pattern mean themselves."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
