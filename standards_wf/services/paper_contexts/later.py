"""The forms of a document's later life, out of its filing, disclosure, periodic reviews, amendments and ending."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.documents.context import (
    AbolitionAnnouncement,
    AmendmentSheet,
    ChangedClause,
    DisclosureForm,
    FilingForm,
    ReviewedDocument,
    ReviewOpinion,
    ReviewSummary,
)
from standards_wf.documents.missing import MissingValues
from standards_wf.models.amendments import AmendedClause, Amendment
from standards_wf.models.documents import Disclosure, Ending, Filing, Notice, NoticeKind, PeriodicReview, Publication
from standards_wf.models.projects import ExplanatoryNote, Project
from standards_wf.services.paper_contexts.cases import case_facts, issued_document
from standards_wf.services.paper_contexts.names import names_of, paragraphs
from standards_wf.services.rules import rules_for
from standards_wf.workflow import deadlines
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.notes import NoteHeading
from standards_wf.workflow.vocabulary import Paper, Stage


def filing_form(session: Session, project: Project, day: date) -> FilingForm:
    """What is filed of a local standard. Raises MissingValues while no publication is prepared."""
    issued = issued_document(session, project, Paper.FILING_FORM)
    filing = session.scalar(select(Filing).where(Filing.project_id == project.id).order_by(Filing.id.desc()).limit(1))
    due = deadlines.filing(issued.published_on, rules_for(session, project.kind))
    return FilingForm(
        case_facts(session, project),
        day,
        issued=issued,
        due_on=due.on if due else None,
        filing_number=filing.number if filing else "",
    )


def disclosure_form(session: Session, project: Project, day: date) -> DisclosureForm:
    """What an association discloses. Raises MissingValues while no publication is prepared."""
    issued = issued_document(session, project, Paper.DISCLOSURE_FORM)
    names = names_of(session, project)
    disclosure = session.scalar(
        select(Disclosure).where(Disclosure.project_id == project.id).order_by(Disclosure.id.desc()).limit(1)
    )
    patents = session.scalar(
        select(ExplanatoryNote.text).where(
            ExplanatoryNote.project_id == project.id, ExplanatoryNote.heading == NoteHeading.PATENTS
        )
    )
    return DisclosureForm(
        case_facts(session, project),
        day,
        issued=issued,
        group=names.group,
        group_code=names.group_code,
        scope=paragraphs(project.scope),
        technical_content=paragraphs(project.technical_content),
        patents=paragraphs(patents or ""),
        address=disclosure.address if disclosure else "",
    )


def _last_periodic_review(session: Session, project: Project) -> PeriodicReview | None:
    return session.scalar(
        select(PeriodicReview)
        .where(PeriodicReview.project_id == project.id)
        .order_by(PeriodicReview.number.desc())
        .limit(1)
    )


def review_opinion(session: Session, project: Project, day: date) -> ReviewOpinion:
    """The opinion of the last periodic review. Raises MissingValues while there was none."""
    issued = issued_document(session, project, Paper.REVIEW_OPINION)
    review = _last_periodic_review(session, project)
    if review is None:
        raise MissingValues(Paper.REVIEW_OPINION, ("opened_on",))
    return ReviewOpinion(
        case_facts(session, project),
        day,
        issued=issued,
        opened_on=review.opened_on,
        conclusion=review.conclusion,
        grounds=paragraphs(review.grounds),
        implementation=paragraphs(review.implementation),
    )


def review_summary(session: Session, project: Project, day: date) -> ReviewSummary:
    """The reviews of a year of everything of this kind by this issuer; of a review that runs, its conclusion is not told.

    The year is that of the document's own last review, else the current one. Raises MissingValues for a case without
    document, and where no review ran in that year.
    """
    issued_document(session, project, Paper.REVIEW_SUMMARY)
    own = _last_periodic_review(session, project)
    year = (own.concluded_on or own.opened_on).year if own else day.year
    issuer = getattr(Project, KINDS[project.kind].issuing_party)
    rows = session.execute(
        select(PeriodicReview, Publication, Project.title_zh)
        .join(Project, Project.id == PeriodicReview.project_id)
        .join(Publication, Publication.project_id == Project.id)
        .where(Project.kind == project.kind, issuer == getattr(project, KINDS[project.kind].issuing_party))
        .where(PeriodicReview.opened_on <= date(year, 12, 31))
        .where((PeriodicReview.concluded_on.is_(None)) | (PeriodicReview.concluded_on >= date(year, 1, 1)))
        .order_by(Publication.number, PeriodicReview.number)
    )
    lines = tuple(
        ReviewedDocument(
            publication.number,
            title,
            publication.published_on,
            review.conclusion if review.concluded_on else None,
            review.grounds if review.concluded_on else "",
            review.concluded_on,
        )
        for review, publication, title in rows
        if review.concluded_on is None or review.concluded_on.year == year
    )
    if not lines:
        raise MissingValues(Paper.REVIEW_SUMMARY, ("documents",))
    return ReviewSummary(case_facts(session, project), day, year=year, documents=lines)


def abolition_announcement(session: Session, project: Project, day: date) -> AbolitionAnnouncement:
    """The announcement of an abolition, or its draft while the notice runs. Raises MissingValues before that."""
    issued = issued_document(session, project, Paper.ABOLITION_ANNOUNCEMENT)
    ending = session.get(Ending, project.id)
    if ending is not None and ending.how is Stage.ABOLISHED:
        return AbolitionAnnouncement(
            case_facts(session, project),
            ending.ended_on,
            issued=issued,
            announcement_number=ending.announcement_number,
            abolished_on=ending.ended_on,
            reason=ending.reason,
            use_instead=ending.use_instead,
        )
    notice = session.scalar(
        select(Notice)
        .where(Notice.project_id == project.id, Notice.kind == NoticeKind.BEFORE_ABOLITION)
        .order_by(Notice.id.desc())
        .limit(1)
    )
    review = _last_periodic_review(session, project)
    if notice is None or ending is not None:
        raise MissingValues(Paper.ABOLITION_ANNOUNCEMENT, ("abolished_on",))
    return AbolitionAnnouncement(
        case_facts(session, project),
        day,
        issued=issued,
        announcement_number="",
        abolished_on=deadlines.first_day_after(notice.ends_on),
        reason=review.grounds if review else "",
        use_instead="",
    )


def amendment_sheet(session: Session, project: Project, day: date) -> AmendmentSheet:
    """The last amendment that was prepared or published. Raises MissingValues while there is none."""
    issued = issued_document(session, project, Paper.AMENDMENT_SHEET)
    amendment = session.scalar(
        select(Amendment).where(Amendment.project_id == project.id).order_by(Amendment.id.desc()).limit(1)
    )
    if amendment is None:
        raise MissingValues(Paper.AMENDMENT_SHEET, ("changes",))
    changes = session.scalars(
        select(AmendedClause).where(AmendedClause.amendment_id == amendment.id).order_by(AmendedClause.position)
    )
    return AmendmentSheet(
        case_facts(session, project),
        amendment.published_on or day,
        issued=issued,
        amendment_kind=amendment.kind,
        number=amendment.number,
        reason=amendment.reason,
        amended_on=amendment.published_on,
        effective_on=amendment.effective_on,
        changes=tuple(ChangedClause(each.clause, each.was, each.now) for each in changes),
    )
