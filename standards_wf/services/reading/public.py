"""The front page: what is open, what came out, what is about to be in force, and the framework at a glance."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.documents import Notice, NoticeKind, Publication
from standards_wf.models.projects import Project
from standards_wf.services.reading.cases import KNOWN, RUNNING
from standards_wf.services.reading.consultations import ConsultationLine, open_consultations
from standards_wf.services.reading.documents import OUT, VALID, DocumentLine, lines_of, lines_where
from standards_wf.services.reading.framework import Branch, framework_page
from standards_wf.workflow.vocabulary import Kind, Stage

SHOWN = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """A public notice that runs."""

    id: int
    title_zh: str
    title_en: str
    kind: Kind
    kind_of_notice: NoticeKind
    ends_on: date
    days_left: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FrontPage:
    """What a visitor sees first."""

    valid: int
    to_come: int
    open_now: int
    under_way: int
    consultations: tuple[ConsultationLine, ...]
    notices: tuple[NoticeLine, ...]
    published: tuple[DocumentLine, ...]
    coming: tuple[DocumentLine, ...]
    areas: tuple[Branch, ...]


def front_page(session: Session, moment: Moment) -> FrontPage:
    """The front page, with the same few queries however much there is."""
    today = moment.day
    open_now = open_consultations(session, today)
    stages = dict(
        session.execute(
            select(Project.stage, func.count())
            .join(Publication, Publication.project_id == Project.id)
            .where(OUT)
            .group_by(Project.stage)
        ).all()
    )
    return FrontPage(
        valid=sum(stages.get(stage, 0) for stage in VALID),
        to_come=stages.get(Stage.PUBLISHED, 0),
        open_now=len(open_now),
        under_way=session.scalar(select(func.count(Project.id)).where(KNOWN, Project.stage.in_(RUNNING))) or 0,
        consultations=open_now[:SHOWN],
        notices=running_notices(session, today),
        published=lines_of(session, lines_where().limit(SHOWN)),
        coming=lines_of(
            session,
            lines_where(
                Project.stage == Stage.PUBLISHED,
                Publication.effective_on >= today,
                order_by=(Publication.effective_on.asc(), Publication.project_id.asc()),
            ).limit(SHOWN),
        ),
        areas=framework_page(session).roots,
    )


def running_notices(session: Session, today: date) -> tuple[NoticeLine, ...]:
    """The public notices that take objections today; the one that ends first comes first."""
    rows = session.execute(
        select(Notice.id, Project.title_zh, Project.title_en, Project.kind, Notice.kind, Notice.ends_on)
        .join(Project, Project.id == Notice.project_id)
        .where(Notice.closed_on.is_(None), Notice.opened_on <= today, Notice.ends_on >= today)
        .order_by(Notice.ends_on, Notice.id)
    )
    return tuple(
        NoticeLine(
            id=identity,
            title_zh=title_zh,
            title_en=title_en,
            kind=kind,
            kind_of_notice=of_notice,
            ends_on=ends_on,
            days_left=(ends_on - today).days,
        )
        for identity, title_zh, title_en, kind, of_notice, ends_on in rows
    )
