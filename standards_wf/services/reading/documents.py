"""Published documents: as lines of a list, and as a page with everything that the public may know of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import NotFound
from standards_wf.models.documents import (
    Disclosure,
    Filing,
    Notice,
    PeriodicReview,
    Publication,
    Replacement,
    ReviewDecision,
)
from standards_wf.models.drafts import Attachment, DraftTree, DraftVersion
from standards_wf.models.framework import FrameworkNode
from standards_wf.models.organizations import Committee, Organization
from standards_wf.models.projects import Project, ProjectDrafter, ProjectUnit
from standards_wf.services.access import publication_by_slug, publication_for
from standards_wf.services.reading.amendments import AmendmentShown, amendments_of
from standards_wf.services.reading.corrections import corrections_on
from standards_wf.services.reading.deadlines import Standing, deadlines_of
from standards_wf.services.reading.endings import EndingShown, ending_of
from standards_wf.services.reading.marks import PartnerShown, partners_of
from standards_wf.services.reading.texts import ClauseShown, clauses_of
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.numbers import NotANumber, from_slug, read_number
from standards_wf.workflow.vocabulary import Conclusion, EarlyReason, Kind, MetrologyCategory, Paper, Stage

VALID = frozenset({Stage.IN_FORCE, Stage.UNDER_REVIEW, Stage.ABOLITION_NOTICE})
"""The stages in which a document is in force, whatever is being considered."""
OUT: ColumnElement[bool] = Publication.published_at.is_not(None)
"""What came out; a number that is only prepared is nobody's business yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentLine:
    """A published document as a list shows it."""

    project_id: int
    slug: str
    number: str
    title_zh: str
    title_en: str
    kind: Kind
    stage: Stage
    node: str
    published_on: date
    effective_on: date


_LINE = select(
    Publication.project_id,
    Publication.slug,
    Publication.number,
    Project.title_zh,
    Project.title_en,
    Project.kind,
    Project.stage,
    func.coalesce(Project.framework_node, "").label("node"),
    Publication.published_on,
    Publication.effective_on,
).join(Project, Project.id == Publication.project_id)


def lines_where(
    *conditions: ColumnElement[bool], order_by: Sequence[ColumnElement[Any]] = ()
) -> "Select[tuple[object, ...]]":
    """The question for published documents as lines; the newest first unless said otherwise."""
    order = order_by or (Publication.published_on.desc(), Publication.project_id.desc())
    return _LINE.where(OUT, *conditions).order_by(*order)  # type: ignore[return-value]


def lines_of(session: Session, question: "Select[tuple[object, ...]]", **values: object) -> tuple[DocumentLine, ...]:
    """The documents that a question of `lines_where` finds, with values for what it leaves open."""
    rows = session.execute(question, values)
    return tuple(DocumentLine(**row._mapping) for row in rows)  # noqa: SLF001  # its public name


@dataclass(frozen=True, slots=True)
class Related:
    """A document that replaces another, or is replaced; its own page exists where it is kept here."""

    number: str
    title_zh: str = ""
    title_en: str = ""
    slug: str = ""
    partial: bool = False
    """Replaced in part; the older one stays in force."""
    clauses: str = ""


@dataclass(frozen=True, slots=True)
class Drafter:
    """Somebody who wrote the document."""

    name: str
    unit: str


@dataclass(frozen=True, slots=True)
class Concluded:
    """A periodic review that came to its end."""

    on: date
    conclusion: Conclusion
    grounds: str
    early_reason: EarlyReason | None = None
    early_grounds: str = ""
    decision: str = ""
    """The number of the paper that decided on it."""
    decision_file: int | None = None
    """The paper itself, where it is kept."""


@dataclass(frozen=True, slots=True)
class FilingShown:
    """The filing of a local standard."""

    number: str
    filed_on: date


@dataclass(frozen=True, slots=True)
class DisclosureShown:
    """Where a group standard is disclosed."""

    address: str
    disclosed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentPage:
    """Everything about one published document."""

    project_id: int
    slug: str
    number: str
    title_zh: str
    title_en: str
    kind: Kind
    category: MetrologyCategory | None
    stage: Stage
    is_demonstration: bool
    ics: str
    ccs: str
    scope: str
    approved_on: date
    published_on: date
    effective_on: date
    gap_reason: str
    announcement_number: str
    has_announcement: bool
    node_code: str
    node_name: str
    issuer: str
    department: str
    committee: str
    units: tuple[str, ...]
    partners: tuple[PartnerShown, ...]
    """The provinces that published a joint document together with Shanghai."""
    drafters: tuple[Drafter, ...]
    replaces: tuple[Related, ...]
    replaced_by: tuple[Related, ...]
    filing: FilingShown | None
    disclosure: DisclosureShown | None
    reviews: tuple[Concluded, ...]
    review_due: date | None
    abolition_notice_id: int | None
    ending: EndingShown | None
    """How and when it was superseded or abolished."""
    amendments: tuple[AmendmentShown, ...]
    """The amendment sheets and corrections that are published, the newest first."""
    corrected_on: tuple[date, ...]
    """The days on which its stage was corrected by hand."""
    draft_number: int | None
    has_pdf: bool
    clauses: tuple[ClauseShown, ...]
    tree: str
    """The tree of its text as it is stored; empty where none is."""

    @property
    def citation(self) -> str:
        """How the document is cited: its number and its title."""
        return f"{self.number}　{self.title_zh}"

    @property
    def successors(self) -> tuple[Related, ...]:
        """The documents that take its place as a whole."""
        return tuple(each for each in self.replaced_by if not each.partial)

    @property
    def replaced_in_part_by(self) -> tuple[Related, ...]:
        """The documents that take the place of some of its clauses; it stays in force."""
        return tuple(each for each in self.replaced_by if each.partial)

    @property
    def is_valid(self) -> bool:
        """Whether it is in force today."""
        return self.stage in VALID


def document_page(session: Session, slug: str, *, moment: Moment) -> DocumentPage:
    """A published document by its address, with the same few queries whatever its length. Raises NotFound."""
    publication = publication_by_slug(session, slug)
    project = session.get_one(Project, publication.project_id)
    names = _names(session, project)
    draft = session.execute(
        select(DraftVersion.number, DraftVersion.pdf_sha256, DraftTree.content)
        .outerjoin(DraftTree, DraftTree.draft_id == DraftVersion.id)
        .where(DraftVersion.id == publication.draft_id)
    ).one_or_none()
    filing = session.scalar(select(Filing).where(Filing.project_id == project.id).order_by(Filing.id.desc()).limit(1))
    disclosure = session.scalar(
        select(Disclosure).where(Disclosure.project_id == project.id).order_by(Disclosure.id.desc()).limit(1)
    )
    notice_id = session.scalar(
        select(Notice.id).where(Notice.project_id == project.id, Notice.closed_on.is_(None)).limit(1)
    )
    replaces, replaced_by = _replacements(session, project.id)
    return DocumentPage(
        project_id=project.id,
        corrected_on=corrections_on(session, project.id),
        slug=publication.slug,
        number=publication.number,
        title_zh=project.title_zh,
        title_en=project.title_en,
        kind=project.kind,
        category=project.category,
        stage=project.stage,
        is_demonstration=project.is_demonstration,
        ics=project.ics,
        ccs=project.ccs,
        scope=project.scope,
        approved_on=publication.approved_on,
        published_on=publication.published_on,
        effective_on=publication.effective_on,
        gap_reason=publication.gap_reason,
        announcement_number=publication.announcement_number,
        has_announcement=_announcement(session, project.id) is not None,
        node_code=project.framework_node or "",
        node_name=names["node"],
        issuer=names["issuer"],
        department=names["department"],
        committee=names["committee"],
        units=tuple(
            session.scalars(
                select(ProjectUnit.name).where(ProjectUnit.project_id == project.id).order_by(ProjectUnit.position)
            )
        ),
        drafters=tuple(
            Drafter(name, unit)
            for name, unit in session.execute(
                select(ProjectDrafter.name, ProjectDrafter.unit)
                .where(ProjectDrafter.project_id == project.id)
                .order_by(ProjectDrafter.position)
            )
        ),
        partners=partners_of(session, project.id) if project.is_joint else (),
        replaces=replaces,
        replaced_by=replaced_by,
        filing=FilingShown(filing.number, filing.filed_on) if filing else None,
        disclosure=DisclosureShown(disclosure.address, disclosure.disclosed_on) if disclosure else None,
        reviews=_concluded(session, project.id),
        review_due=_review_due(session, project, moment),
        abolition_notice_id=notice_id,
        ending=ending_of(session, project.id, "、".join(each.number for each in replaced_by if not each.partial)),
        amendments=amendments_of(session, project.id, published_only=True),
        draft_number=draft.number if draft else None,
        has_pdf=bool(draft and draft.pdf_sha256),
        clauses=clauses_of(session, publication.draft_id) if publication.draft_id else (),
        tree=draft.content or "" if draft else "",
    )


def slug_of_spelling(session: Session, spelled: str) -> str | None:
    """The address of the document that some spelling of a number means: with or without blanks, slashes, year.

    A number without year means the newest edition.
    """
    try:
        number = from_slug(spelled)
    except NotANumber:
        try:
            number = read_number(spelled)
        except NotANumber:
            return None
    matches = Publication.number_key == number.key
    if number.year is None:
        matches = Publication.number_key.startswith(f"{number.key}-", autoescape=True)
    return session.scalar(
        select(Publication.slug).where(OUT, matches).order_by(Publication.published_on.desc()).limit(1)
    )


def slug_of_project(session: Session, project_id: int) -> str:
    """The permanent address of the document that a project led to. Raises NotFound."""
    return publication_for(session, project_id).slug


@dataclass(frozen=True, slots=True)
class Announcement:
    """The paper with which a document was announced."""

    sha256: str
    filename: str


def announcement_of(session: Session, slug: str) -> Announcement:
    """The announcement of a published document, which everybody may read. Raises NotFound."""
    found = _announcement(session, publication_by_slug(session, slug).project_id)
    if found is None:
        raise NotFound("paper", slug)
    return found


def _announcement(session: Session, project_id: int) -> Announcement | None:
    row = session.execute(
        select(Attachment.sha256, Attachment.filename)
        .where(Attachment.project_id == project_id, Attachment.paper == Paper.PUBLICATION_ANNOUNCEMENT)
        .order_by(Attachment.id.desc())
        .limit(1)
    ).one_or_none()
    return Announcement(row.sha256, row.filename) if row else None


def _names(session: Session, project: Project) -> dict[str, str]:
    issuer = getattr(project, KINDS[project.kind].issuing_party)
    row = session.execute(
        select(
            select(FrameworkNode.name).where(FrameworkNode.code == project.framework_node).scalar_subquery(),
            select(Organization.name).where(Organization.id == issuer).scalar_subquery(),
            select(Organization.name).where(Organization.id == project.competent_department_id).scalar_subquery(),
            select(Committee.name).where(Committee.id == project.committee_id).scalar_subquery(),
        )
    ).one()
    return dict(zip(("node", "issuer", "department", "committee"), (name or "" for name in row), strict=True))


def _replacements(session: Session, project_id: int) -> tuple[tuple[Related, ...], tuple[Related, ...]]:
    older = session.execute(
        select(
            Replacement.replaced_number,
            Project.title_zh,
            Project.title_en,
            Publication.slug,
            Replacement.partial,
            Replacement.clauses,
        )
        .outerjoin(Publication, (Publication.project_id == Replacement.replaced_project_id) & OUT)
        .outerjoin(Project, Project.id == Publication.project_id)
        .where(Replacement.project_id == project_id)
        .order_by(Replacement.position, Replacement.id)
    )
    newer = session.execute(
        select(
            Publication.number,
            Project.title_zh,
            Project.title_en,
            Publication.slug,
            Replacement.partial,
            Replacement.clauses,
        )
        .join(Replacement, Replacement.project_id == Publication.project_id)
        .join(Project, Project.id == Publication.project_id)
        .where(Replacement.replaced_project_id == project_id, OUT)
        .order_by(Publication.published_on)
    )
    return (
        tuple(_related(row) for row in older),
        tuple(_related(row) for row in newer),
    )


def _related(row: Sequence[Any]) -> Related:
    number, title_zh, title_en, slug, partial, clauses = row
    return Related(number, title_zh or "", title_en or "", slug or "", partial, clauses)


def _concluded(session: Session, project_id: int) -> tuple[Concluded, ...]:
    rows = session.execute(
        select(
            PeriodicReview.concluded_on,
            PeriodicReview.conclusion,
            PeriodicReview.grounds,
            PeriodicReview.early_reason,
            PeriodicReview.early_grounds,
            func.coalesce(ReviewDecision.number, ""),
            case((ReviewDecision.sha256.is_not(None), ReviewDecision.id)),
        )
        .outerjoin(ReviewDecision, ReviewDecision.id == PeriodicReview.decision_id)
        .where(PeriodicReview.project_id == project_id, PeriodicReview.concluded_on.is_not(None))
        .order_by(PeriodicReview.number)
    )
    return tuple(
        Concluded(on, conclusion, grounds, *more) for on, conclusion, grounds, *more in rows if on and conclusion
    )


def _review_due(session: Session, project: Project, moment: Moment) -> date | None:
    standing = Standing(project.id, project.kind, project.stage)
    due = deadlines_of(session, [standing], moment.day)[project.id]
    return next((each.on for each in due if each.due is Due.PERIODIC_REVIEW), None)
