"""What a document replaces and what replaces it, as pages show it: with what will become of the older one."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.documents import PeriodicReview, Publication, Replacement
from standards_wf.models.projects import Project
from standards_wf.wording.language import Term
from standards_wf.workflow.stages import ENDED
from standards_wf.workflow.vocabulary import Stage


class Fate(StrEnum):
    """What becomes of a document that is to be replaced."""

    ENDS = "ends"
    ENDED = "ended"
    STAYS = "stays"
    OF_ANOTHER_BODY = "of_another_body"
    NOT_KEPT = "not_kept"


FATES: dict[Fate, Term] = {
    Fate.ENDS: Term("新文件实施之日起失效", "Ends on the day on which the new document comes into force"),
    Fate.ENDED: Term("已经失效", "Has ended"),
    Fate.STAYS: Term("只代替部分内容，原文件继续有效", "Replaced in part; it stays in force"),
    Fate.OF_ANOTHER_BODY: Term(
        "由其他机构发布，本系统只作记载，不使其失效",
        "Issued by another body: it is named here, and nothing ends by it",
    ),
    Fate.NOT_KEPT: Term(
        "本系统没有登记这份文件，只作记载；请核对编号",
        "Not kept in this system: it is named here, and nothing ends by it. Check the number",
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacedShown:
    """A document that is replaced; its page exists where it is kept here."""

    number: str
    partial: bool
    clauses: str
    title_zh: str
    title_en: str
    slug: str
    project_id: int | None
    fate: Fate

    @property
    def told(self) -> str:
        """What becomes of it, in words."""
        return str(FATES[self.fate])


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplacingShown:
    """A document, or a case on its way to one, that takes the place of another."""

    project_id: int
    number: str
    """Empty until it is published."""
    partial: bool
    clauses: str
    title_zh: str
    title_en: str
    slug: str
    stage: Stage


# A number is kept in its one right form, so that equal numbers mean the same document.
_OLDER = (
    select(Replacement, Publication.slug, Project.id, Project.stage, Project.title_zh, Project.title_en)
    .outerjoin(
        Publication,
        (Publication.number == Replacement.replaced_number) & Publication.published_at.is_not(None),
    )
    .outerjoin(Project, Project.id == Publication.project_id)
    .order_by(Replacement.position, Replacement.id)
)


def replaced_by_project(session: Session, project_id: int) -> tuple[ReplacedShown, ...]:
    """What a project replaces or is to replace; one query."""
    return tuple(
        ReplacedShown(
            number=row.replaced_number,
            partial=row.partial,
            clauses=row.clauses,
            title_zh=title_zh or "",
            title_en=title_en or "",
            slug=slug or "",
            project_id=identity,
            fate=_fate(row, identity, stage),
        )
        for row, slug, identity, stage, title_zh, title_en in session.execute(
            _OLDER.where(Replacement.project_id == project_id)
        )
    )


def _fate(row: Replacement, identity: int | None, stage: Stage | None) -> Fate:
    if identity is None:
        return Fate.NOT_KEPT
    if row.replaced_project_id != identity:
        return Fate.OF_ANOTHER_BODY
    if stage in ENDED:
        return Fate.ENDED
    return Fate.STAYS if row.partial else Fate.ENDS


def replacing(session: Session, project_id: int, *, published_only: bool) -> tuple[ReplacingShown, ...]:
    """The documents that replace this one, with the cases that are to do so unless only what is out is asked for."""
    asked = (
        select(Replacement, Project, Publication.number, Publication.slug, Publication.published_at)
        .join(Project, Project.id == Replacement.project_id)
        .outerjoin(Publication, Publication.project_id == Project.id)
        .where(Replacement.replaced_project_id == project_id)
        .order_by(Publication.published_on, Project.id)
    )
    if published_only:
        asked = asked.where(Publication.published_at.is_not(None))
    else:
        asked = asked.where(Project.stage.not_in((Stage.TERMINATED, Stage.REJECTED)))
    return tuple(
        ReplacingShown(
            project_id=project.id,
            number=number if published_at is not None else "",
            partial=row.partial,
            clauses=row.clauses,
            title_zh=project.title_zh,
            title_en=project.title_en,
            slug=slug if published_at is not None else "",
            stage=project.stage,
        )
        for row, project, number, slug, published_at in session.execute(asked)
    )


@dataclass(frozen=True, slots=True)
class OrderedBy:
    """The document whose periodic review has ordered a case."""

    project_id: int
    number: str
    title_zh: str


def ordered_by(session: Session, project_id: int) -> OrderedBy | None:
    """The document whose periodic review ordered this case to revise it; none where nobody did."""
    row = session.execute(
        select(Project.id, Publication.number, Project.title_zh)
        .join(PeriodicReview, PeriodicReview.project_id == Project.id)
        .join(Publication, Publication.project_id == Project.id)
        .where(PeriodicReview.successor_id == project_id)
        .limit(1)
    ).first()
    return OrderedBy(*row) if row else None
