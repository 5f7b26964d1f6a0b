"""The forms of submission and approval, and the two reports of metrology, out of what the case recorded."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.documents.context import (
    ApprovalForm,
    PackageLine,
    PublicNotice,
    SubmissionLetter,
    SubmissionList,
    TrialReport,
    UncertaintyReport,
)
from standards_wf.documents.missing import MissingValues
from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.documents import Notice, NoticeKind, Publication
from standards_wf.models.drafts import Attachment, DraftVersion, Origin
from standards_wf.models.plans import ProjectPlan
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.models.reviews import Review
from standards_wf.services.paper_contexts.cases import case_facts
from standards_wf.services.paper_contexts.entrance import title_of
from standards_wf.services.paper_contexts.names import paragraphs
from standards_wf.wording import labels
from standards_wf.workflow.packages import TO_BE_FILLED_IN, body_of, package_of
from standards_wf.workflow.vocabulary import Disposition, Paper, ReviewMode, ReviewOutcome


def trial_report(session: Session, project: Project, day: date) -> TrialReport:
    """The form of the report on trials; six queries."""
    return TrialReport(
        case_facts(session, project),
        day,
        scope=paragraphs(project.scope),
        technical_content=paragraphs(project.technical_content),
    )


def uncertainty_report(session: Session, project: Project, day: date) -> UncertaintyReport:
    """The form of the evaluation of uncertainty; six queries."""
    return UncertaintyReport(case_facts(session, project), day, scope=paragraphs(project.scope))


def _last_review(session: Session, project: Project) -> Review | None:
    return session.scalar(select(Review).where(Review.project_id == project.id).order_by(Review.number.desc()).limit(1))


def _package(project: Project, review: Review | None) -> tuple[Paper, ...]:
    mode = review.mode if review else ReviewMode.MEETING
    return package_of(project.kind, body_of(project.kind, project.category), mode)


def submission_letter(session: Session, project: Project, day: date) -> SubmissionLetter:
    """The letter that asks for approval; eight queries."""
    review = _last_review(session, project)
    plan = session.scalar(
        select(ProjectPlan)
        .join(PlanEntry, PlanEntry.plan_id == ProjectPlan.id)
        .where(PlanEntry.project_id == project.id)
    )
    passed = review is not None and review.outcome is ReviewOutcome.PASSED
    return SubmissionLetter(
        case_facts(session, project),
        day,
        reviewed_on=review.ended_on if review is not None and passed else None,
        plan_title=title_of(plan) if plan else "",
        enclosures=tuple(
            labels.paper(paper, project.kind).zh
            for paper in _package(project, review)
            if paper is not Paper.SUBMISSION_LETTER
        ),
    )


def submission_list(session: Session, project: Project, day: date) -> SubmissionList:
    """The package with the file that stands for each paper; nine queries."""
    body = body_of(project.kind, project.category)
    last = select(func.max(Attachment.id)).where(
        Attachment.project_id == project.id,
        (Attachment.origin == Origin.UPLOADED) | Attachment.paper.not_in(TO_BE_FILLED_IN),
    )
    rows = session.scalars(select(Attachment).where(Attachment.id.in_(last.group_by(Attachment.paper))))
    files = {row.paper: (row.filename, row.sha256) for row in rows}
    draft = session.scalar(
        select(DraftVersion).where(DraftVersion.project_id == project.id).order_by(DraftVersion.number.desc()).limit(1)
    )
    files.pop(body, None)
    if draft is not None:
        files[body] = (draft.filename, draft.docx_sha256)
    return SubmissionList(
        case_facts(session, project),
        day,
        lines=tuple(
            PackageLine(
                labels.paper(paper, project.kind).zh,
                filename=files.get(paper, ("", ""))[0],
                sha256=files.get(paper, ("", ""))[1],
            )
            for paper in _package(project, _last_review(session, project))
            if paper is not Paper.SUBMISSION_LIST
        ),
    )


def approval_form(session: Session, project: Project, day: date) -> ApprovalForm:
    """The facts of the project for those who approve; eleven queries."""
    rounds = session.scalars(
        select(ConsultationRound).where(ConsultationRound.project_id == project.id).order_by(ConsultationRound.number)
    )
    counted: dict[Disposition | None, int] = dict(
        session.execute(
            select(Comment.disposition, func.count())
            .where(Comment.project_id == project.id)
            .group_by(Comment.disposition)
        ).all()
    )
    review = _last_review(session, project)
    publication = session.get(Publication, project.id)
    each = "，".join(f"{labels.disposition(code).zh}{counted.get(code, 0)}条" for code in Disposition)
    return ApprovalForm(
        case_facts(session, project),
        day,
        consulted="；".join(
            f"{row.opens_on}至{row.closes_on}{'征求会员意见' if row.members_only else '公开征求意见'}" for row in rounds
        ),
        comments=f"收到意见{sum(counted.values())}条，{each}",
        reviewed=_review_words(project, review),
        number=publication.number if publication else "",
    )


def _review_words(project: Project, review: Review | None) -> str:
    if review is None or review.outcome is None:
        return ""
    mode, outcome = labels.review_mode(review.mode).zh, labels.review_outcome(review.outcome, project.kind).zh
    return f"{review.ended_on}，{mode}，{outcome}"


def public_notice(session: Session, project: Project, _day: date) -> PublicNotice:
    """The last notice before approval; seven queries. Raises MissingValues while there was none."""
    notice = session.scalar(
        select(Notice)
        .where(Notice.project_id == project.id, Notice.kind == NoticeKind.BEFORE_APPROVAL)
        .order_by(Notice.id.desc())
        .limit(1)
    )
    if notice is None:
        raise MissingValues(Paper.PUBLIC_NOTICE, ("opened_on", "ends_on"))
    return PublicNotice(
        case_facts(session, project), notice.opened_on, opened_on=notice.opened_on, ends_on=notice.ends_on
    )
