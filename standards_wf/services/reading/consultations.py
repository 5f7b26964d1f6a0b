"""Consultations and public notices, as everybody may read and answer them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, ScalarSelect, and_, func, not_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from standards_wf.clock import Moment
from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.documents import NoticeKind, NoticeObjection, Publication
from standards_wf.models.drafts import DraftTree, DraftVersion
from standards_wf.models.framework import FrameworkNode
from standards_wf.models.organizations import Committee, Organization
from standards_wf.models.projects import ExplanatoryNote, Project, ProjectUnit
from standards_wf.services.access import consultation_for, notice_for
from standards_wf.services.notices import is_running
from standards_wf.services.reading.texts import ClauseShown, clauses_of
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.notes import NoteHeading, headings_of
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory, Stage

CLOSED_SHOWN = 100
"""How many of the consultations that are over the list shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationLine:
    """A round of public consultation as a list shows it."""

    id: int
    number: int
    title_zh: str
    title_en: str
    kind: Kind
    stage: Stage
    node: str
    opens_on: date
    closes_on: date
    comments: int
    is_open: bool
    days_left: int


@dataclass(frozen=True, slots=True)
class ConsultationList:
    """The rounds that take comments, the one that closes first on top, and those that are over, the latest first."""

    open: tuple[ConsultationLine, ...]
    closed: tuple[ConsultationLine, ...]


def _running(today: date) -> ColumnElement[bool]:
    return and_(
        ConsultationRound.closed_on.is_(None),
        ConsultationRound.opens_on <= today,
        ConsultationRound.closes_on >= today,
    )


def _lines(
    session: Session, today: date, *conditions: ColumnElement[bool], order_by: ColumnElement[date], limit: int | None
) -> tuple[ConsultationLine, ...]:
    rows = session.execute(
        select(
            ConsultationRound.id,
            ConsultationRound.number,
            Project.title_zh,
            Project.title_en,
            Project.kind,
            Project.stage,
            Project.framework_node,
            ConsultationRound.opens_on,
            ConsultationRound.closes_on,
            ConsultationRound.closed_on,
            select(func.count(Comment.id))
            .where(Comment.round_id == ConsultationRound.id)
            .correlate(ConsultationRound)
            .scalar_subquery(),
        )
        .join(Project, Project.id == ConsultationRound.project_id)
        .where(ConsultationRound.members_only.is_(False), *conditions)
        .order_by(order_by, ConsultationRound.id)
        .limit(limit)
    )
    return tuple(
        ConsultationLine(
            id=identity,
            number=number,
            title_zh=title_zh,
            title_en=title_en,
            kind=kind,
            stage=stage,
            node=node or "",
            opens_on=opens_on,
            closes_on=closes_on,
            comments=comments,
            is_open=closed_on is None and opens_on <= today <= closes_on,
            days_left=(closes_on - today).days,
        )
        for identity, number, title_zh, title_en, kind, stage, node, opens_on, closes_on, closed_on, comments in rows
    )


def open_consultations(session: Session, today: date, limit: int | None = None) -> tuple[ConsultationLine, ...]:
    """The public rounds that take comments today; the one that closes first comes first."""
    return _lines(session, today, _running(today), order_by=ConsultationRound.closes_on.asc(), limit=limit)


def consultation_list(session: Session, today: date) -> ConsultationList:
    """All public rounds: two queries, however many there are."""
    return ConsultationList(
        open=open_consultations(session, today),
        closed=_lines(
            session,
            today,
            not_(_running(today)),
            order_by=ConsultationRound.closes_on.desc(),
            limit=CLOSED_SHOWN,
        ),
    )


@dataclass(frozen=True, slots=True)
class NoteText:
    """A heading of the explanatory note with its text."""

    heading: NoteHeading
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsultationPage:
    """A round of consultation with its draft."""

    id: int
    project_id: int
    number: int
    title_zh: str
    title_en: str
    kind: Kind
    category: MetrologyCategory | None
    stage: Stage
    is_demonstration: bool
    purpose: str
    scope: str
    node_code: str
    node_name: str
    body: str
    """Whoever asks: the authority or the association."""
    department: str
    committee: str
    units: tuple[str, ...]
    opens_on: date
    closes_on: date
    is_open: bool
    is_to_come: bool
    members_only: bool
    days_left: int
    comments: int
    draft_number: int
    has_pdf: bool
    clauses: tuple[ClauseShown, ...]
    tree: str
    note: tuple[NoteText, ...]
    later_round: int | None
    """A newer public round on the same project."""
    document_slug: str
    """The document that came of it, once it is published."""


def consultation_page(session: Session, round_id: int, actor: Actor, moment: Moment) -> ConsultationPage:
    """A round of consultation with the whole draft, clause by clause. Raises NotFound."""
    held = consultation_for(session, round_id, actor)
    project = session.get_one(Project, held.project_id)
    draft_number, pdf, tree = session.execute(
        select(DraftVersion.number, DraftVersion.pdf_sha256, DraftTree.content)
        .outerjoin(DraftTree, DraftTree.draft_id == DraftVersion.id)
        .where(DraftVersion.id == held.draft_id)
    ).one()
    body_id = getattr(project, KINDS[project.kind].issuing_party)
    node, body, department, committee, comments, later, slug = session.execute(
        select(
            select(FrameworkNode.name).where(FrameworkNode.code == project.framework_node).scalar_subquery(),
            select(Organization.name).where(Organization.id == body_id).scalar_subquery(),
            select(Organization.name).where(Organization.id == project.competent_department_id).scalar_subquery(),
            select(Committee.name).where(Committee.id == project.committee_id).scalar_subquery(),
            select(func.count(Comment.id)).where(Comment.round_id == held.id).scalar_subquery(),
            select(func.max(ConsultationRound.id))
            .where(
                ConsultationRound.project_id == project.id,
                ConsultationRound.number > held.number,
                ConsultationRound.members_only.is_(False),
            )
            .scalar_subquery(),
            select(Publication.slug)
            .where(Publication.project_id == project.id, Publication.published_at.is_not(None))
            .scalar_subquery(),
        )
    ).one()
    return ConsultationPage(
        id=held.id,
        project_id=project.id,
        number=held.number,
        title_zh=project.title_zh,
        title_en=project.title_en,
        kind=project.kind,
        category=project.category,
        stage=project.stage,
        is_demonstration=project.is_demonstration,
        purpose=project.purpose,
        scope=project.scope,
        node_code=project.framework_node or "",
        node_name=node or "",
        body=body or "",
        department=department or "",
        committee=committee or "",
        units=tuple(
            session.scalars(
                select(ProjectUnit.name).where(ProjectUnit.project_id == project.id).order_by(ProjectUnit.position)
            )
        ),
        opens_on=held.opens_on,
        closes_on=held.closes_on,
        is_open=held.closed_on is None and held.opens_on <= moment.day <= held.closes_on,
        is_to_come=moment.day < held.opens_on,
        members_only=held.members_only,
        days_left=(held.closes_on - moment.day).days,
        comments=comments,
        draft_number=draft_number,
        has_pdf=pdf is not None,
        clauses=clauses_of(session, held.draft_id),
        tree=tree or "",
        note=_note(session, project),
        later_round=later,
        document_slug=slug or "",
    )


def _note(session: Session, project: Project) -> tuple[NoteText, ...]:
    texts = dict(
        session.execute(
            select(ExplanatoryNote.heading, ExplanatoryNote.text).where(ExplanatoryNote.project_id == project.id)
        ).all()
    )
    headings = headings_of(project.kind, is_revision=project.is_revision)
    return tuple(NoteText(heading, texts[heading]) for heading in headings if texts.get(heading, "").strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedComment:
    """What somebody is told whose comment has arrived."""

    round_id: int
    title_zh: str
    title_en: str
    closes_on: date
    number: int


def received_comment(session: Session, round_id: int, number: int, actor: Actor) -> ReceivedComment:
    """The receipt of a comment; it says nothing of what the comment says. Raises NotFound."""
    held = consultation_for(session, round_id, actor)
    title_zh, title_en = session.execute(
        select(Project.title_zh, Project.title_en).where(Project.id == held.project_id)
    ).one()
    return ReceivedComment(
        round_id=held.id, title_zh=title_zh, title_en=title_en, closes_on=held.closes_on, number=number
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    """A public notice, before approval or before abolition."""

    id: int
    kind_of_notice: NoticeKind
    title_zh: str
    title_en: str
    kind: Kind
    stage: Stage
    is_demonstration: bool
    node_code: str
    scope: str
    body: str
    units: tuple[str, ...]
    number: str
    slug: str
    """The document's address; empty before it is published."""
    consultation_id: int | None
    """The last public round of consultation, whose draft everybody may read."""
    opened_on: date
    ends_on: date
    closed_on: date | None
    is_running: bool
    days_left: int
    objections: int


def notice_page(session: Session, notice_id: int, moment: Moment) -> NoticePage:
    """A public notice; everybody may read it. Raises NotFound."""
    held, project = notice_for(session, notice_id)
    body_id = getattr(project, KINDS[project.kind].issuing_party)
    number, slug, body, consultation, objections = session.execute(
        select(
            _of_publication(Publication.number, project),
            _of_publication(Publication.slug, project),
            select(Organization.name).where(Organization.id == body_id).scalar_subquery(),
            select(func.max(ConsultationRound.id))
            .where(ConsultationRound.project_id == project.id, ConsultationRound.members_only.is_(False))
            .scalar_subquery(),
            select(func.count(NoticeObjection.id)).where(NoticeObjection.notice_id == held.id).scalar_subquery(),
        )
    ).one()
    return NoticePage(
        id=held.id,
        kind_of_notice=held.kind,
        title_zh=project.title_zh,
        title_en=project.title_en,
        kind=project.kind,
        stage=project.stage,
        is_demonstration=project.is_demonstration,
        node_code=project.framework_node or "",
        scope=project.scope,
        body=body or "",
        units=tuple(
            session.scalars(
                select(ProjectUnit.name).where(ProjectUnit.project_id == project.id).order_by(ProjectUnit.position)
            )
        ),
        number=number or "",
        slug=slug or "",
        consultation_id=consultation,
        opened_on=held.opened_on,
        ends_on=held.ends_on,
        closed_on=held.closed_on,
        is_running=is_running(held, moment),
        days_left=(held.ends_on - moment.day).days,
        objections=objections,
    )


def _of_publication(column: InstrumentedAttribute[str], project: Project) -> ScalarSelect[str]:
    return (
        select(column)
        .where(Publication.project_id == project.id, Publication.published_at.is_not(None))
        .scalar_subquery()
    )
