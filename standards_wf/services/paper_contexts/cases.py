"""The facts of a case as all its forms print them, and its latest review and published document."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.documents.context import CaseFacts, IssuedDocument
from standards_wf.documents.missing import MissingValues
from standards_wf.models.documents import Publication
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.models.reviews import Ballot, Minutes, Review
from standards_wf.services.paper_contexts.names import names_of
from standards_wf.services.reading.replacements import replaced_by_project
from standards_wf.workflow.vocabulary import Paper


def case_facts(session: Session, project: Project) -> CaseFacts:
    """What the forms of a case have in common; six queries."""
    names = names_of(session, project)
    entry = session.get(PlanEntry, project.id)
    proposer = names.proposer(project.kind) or names.committee
    return CaseFacts(
        title_zh=project.title_zh,
        title_en=project.title_en,
        kind=project.kind,
        category=project.category,
        is_revision=project.is_revision,
        replaces=replaced_in_a_cell(session, project),
        ics=project.ics,
        ccs=project.ccs,
        plan_entry=entry.number if entry else "",
        proposer=proposer,
        owner=names.committee or proposer,
        issuer=names.issuer(project.kind),
        units=names.units,
        drafters=tuple(drafter.name for drafter in names.drafters),
        contact=project.contact,
    )


def replaced_in_a_cell(session: Session, project: Project) -> str:
    """What a document replaces as a table has it, whose column says 代替文件 already."""
    rows = replaced_by_project(session, project.id)
    wholly, partly = [each.number for each in rows if not each.partial], [each.number for each in rows if each.partial]
    return "，".join([*wholly, *([f"部分代替 {'，'.join(partly)}"] if partly else [])])


def latest_review(session: Session, project: Project, paper: Paper) -> tuple[Review, Ballot | None, Minutes | None]:
    """The last review of a case with its ballot and minutes. Raises MissingValues while there is no review."""
    found = session.execute(
        select(Review, Ballot, Minutes)
        .outerjoin(Ballot, Ballot.review_id == Review.id)
        .outerjoin(Minutes, Minutes.review_id == Review.id)
        .where(Review.project_id == project.id)
        .order_by(Review.number.desc())
        .limit(1)
    ).first()
    if found is None:
        raise MissingValues(paper, ("mode",))
    review, ballot, minutes = found
    return review, ballot, minutes


def issued_document(session: Session, project: Project, paper: Paper) -> IssuedDocument:
    """Number and dates of the document. Raises MissingValues while no publication is prepared."""
    publication = session.get(Publication, project.id)
    if publication is None:
        raise MissingValues(paper, ("issued.number", "issued.published_on", "issued.implemented_on"))
    return IssuedDocument(
        number=publication.number,
        approved_on=publication.approved_on,
        published_on=publication.published_on,
        implemented_on=publication.effective_on,
        announcement_number=publication.announcement_number,
    )


def first_day(*days: date | None) -> date | None:
    """The first of these days that is known."""
    return next((day for day in days if day is not None), None)
