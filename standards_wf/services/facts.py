"""Gathering the facts on which the guards decide, aspect by aspect, each with a fixed number of queries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from sqlalchemy import and_, case, func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.documents import (
    Notice,
    NoticeKind,
    NoticeObjection,
    PeriodicReview,
    Publication,
    Replacement,
)
from standards_wf.models.drafts import Attachment, DraftVersion
from standards_wf.models.projects import Appraisal, AppraisalExpert, ExplanatoryNote, PlanEntry, Project, ProjectUnit
from standards_wf.models.reviews import Attendance, Ballot, BallotVoter, Minutes, Review, Vote
from standards_wf.services.access import Entrance
from standards_wf.services.marks import marks_missing
from standards_wf.services.rules import rules_for
from standards_wf.workflow.facts import (
    Application,
    AppraisalFacts,
    Aspect,
    CommentsFacts,
    DraftFacts,
    DraftsFacts,
    NoticeFacts,
    PapersFacts,
    PeriodicReviewFacts,
    PlanFacts,
    ProjectFacts,
    PublicationFacts,
    ReviewFacts,
    RoundFacts,
    SuccessionFacts,
)
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.notes import headings_of
from standards_wf.workflow.packages import body_of
from standards_wf.workflow.vocabulary import (
    Disposition,
    DraftStage,
    Paper,
    Position,
    ReviewMode,
    ReviewOutcome,
    Stage,
)

# What was measured or translated stays true when the review begins; what was written from live data grows old.
_NEVER_OUTDATED = frozenset({Paper.TEST_REPORT, Paper.UNCERTAINTY_REPORT, Paper.TRANSLATION, Paper.APPLICATION_FORM})
_LIVING_STAGES = (Stage.IN_FORCE, Stage.UNDER_REVIEW, Stage.ABOLITION_NOTICE)


def facts_of(
    session: Session,
    entrance: Entrance,
    aspects: Iterable[Aspect],
    *,
    moment: Moment,
    fields: ActFields | None = None,
) -> ProjectFacts:
    """The facts about a project at this moment, with the aspects asked for."""
    project = entrance.project
    gathered = {aspect.value: _GATHER[aspect](session, project) for aspect in aspects}
    return ProjectFacts(
        kind=project.kind,
        stage=project.stage,
        today=moment.day,
        rules=rules_for(session, project.kind),
        parties=entrance.parties,
        fields=fields or ActFields(),
        **gathered,  # type: ignore[arg-type]  # each aspect's function gives the type of its field
    )


def _application(session: Session, project: Project) -> Application:
    units = session.scalars(
        select(ProjectUnit.name).where(ProjectUnit.project_id == project.id).order_by(ProjectUnit.position)
    )
    signed_form = session.scalar(
        select(Attachment.id)
        .where(Attachment.project_id == project.id, Attachment.paper == Paper.APPLICATION_FORM)
        .limit(1)
    )
    return Application(
        title_zh=project.title_zh.strip(),
        title_en=project.title_en.strip(),
        framework_node=project.framework_node or "",
        category=project.category,
        purpose=project.purpose.strip(),
        necessity=project.necessity.strip(),
        scope=project.scope.strip(),
        technical_content=project.technical_content.strip(),
        relation_to_laws=project.relation_to_laws.strip(),
        drafting_units=tuple(units),
        contact=project.contact.strip(),
        proposed_months=project.proposed_months,
        is_revision=project.is_revision,
        replaces=project.replaces,
        signed_form_attached=signed_form is not None,
    )


def _appraisal(session: Session, project: Project) -> AppraisalFacts:
    appraisal = session.scalar(
        select(Appraisal)
        .where(Appraisal.project_id == project.id, Appraisal.superseded.is_(False))
        .order_by(Appraisal.id.desc())
        .limit(1)
    )
    if appraisal is None:
        return AppraisalFacts()
    experts = session.execute(
        select(AppraisalExpert.name, AppraisalExpert.unit).where(AppraisalExpert.appraisal_id == appraisal.id)
    )
    return AppraisalFacts(
        held_on=appraisal.held_on,
        in_favour=appraisal.in_favour,
        experts=tuple((name, unit) for name, unit in experts),
    )


def _plan(session: Session, project: Project) -> PlanFacts:
    entry = session.get(PlanEntry, project.id)
    return PlanFacts(completes_on=entry.completes_on, extensions=entry.extensions) if entry else PlanFacts()


@dataclass(frozen=True, slots=True)
class _Version:
    """A draft version without its long columns."""

    id: int
    number: int
    stage: DraftStage
    clauses: int
    errors: int
    has_pdf: bool

    @property
    def facts(self) -> DraftFacts:
        return DraftFacts(self.number, self.clauses, self.errors, has_docx=True, has_pdf=self.has_pdf)


def _versions(session: Session, project: Project) -> dict[DraftStage, _Version]:
    """The latest version of each draft stage."""
    rows = session.execute(
        select(
            DraftVersion.id,
            DraftVersion.number,
            DraftVersion.draft_stage,
            DraftVersion.clauses_read,
            DraftVersion.errors_found,
            DraftVersion.pdf_sha256.is_not(None),
        )
        .where(DraftVersion.project_id == project.id)
        .order_by(DraftVersion.number)
    )
    return {row[2]: _Version(*row) for row in rows}


def _drafts(session: Session, project: Project) -> DraftsFacts:
    latest = {stage: version.facts for stage, version in _versions(session, project).items()}
    last_round_draft = session.scalar(
        select(DraftVersion.number)
        .join(ConsultationRound, ConsultationRound.draft_id == DraftVersion.id)
        .where(ConsultationRound.project_id == project.id)
        .order_by(ConsultationRound.number.desc())
        .limit(1)
    )
    return DraftsFacts(
        consultation=latest.get(DraftStage.CONSULTATION),
        review=latest.get(DraftStage.REVIEW),
        publication=latest.get(DraftStage.PUBLICATION),
        last_round_draft=last_round_draft,
        marks_missing=_marks_missing(session, project) if DraftStage.PUBLICATION in latest else (),
    )


def _marks_missing(session: Session, project: Project) -> tuple[str, ...]:
    publication = session.get(Publication, project.id)
    if publication is None:
        return ("number", "published_on", "effective_on")
    folded_text = session.scalars(
        select(DraftVersion.folded_text)
        .where(DraftVersion.project_id == project.id, DraftVersion.draft_stage == DraftStage.PUBLICATION)
        .order_by(DraftVersion.number.desc())
        .limit(1)
    ).one()
    return marks_missing(folded_text, publication.number, publication.published_on, publication.effective_on)


def _papers(session: Session, project: Project) -> PapersFacts:
    review = _latest_review(session, project)
    attached = session.execute(
        select(Attachment.paper, func.max(Attachment.at_seq))
        .where(Attachment.project_id == project.id)
        .group_by(Attachment.paper)
    ).all()
    since = review.began_seq if review else 0
    current = {paper for paper, at_seq in attached if at_seq >= since or paper in _NEVER_OUTDATED}
    body = body_of(project.kind, project.category)
    reviewed = session.scalar(select(DraftVersion.number).where(DraftVersion.id == review.draft_id)) if review else 0
    latest_draft = session.scalar(select(func.max(DraftVersion.number)).where(DraftVersion.project_id == project.id))
    if latest_draft is not None and latest_draft >= (reviewed or 0):
        current.add(body)
    return PapersFacts(
        current=frozenset(current),
        outdated=frozenset(paper for paper, _ in attached if paper not in current),
        note_headings_empty=_empty_note_headings(session, project),
        adopts_foreign_text=project.adopts_foreign_text,
        body=body,
        review_mode=review.mode if review else ReviewMode.MEETING,
    )


def _empty_note_headings(session: Session, project: Project) -> tuple[str, ...] | None:
    written = session.execute(
        select(ExplanatoryNote.heading, ExplanatoryNote.text).where(ExplanatoryNote.project_id == project.id)
    ).all()
    if not written:
        return None
    filled = {heading for heading, text in written if text.strip()}
    needed = headings_of(project.kind, is_revision=project.is_revision)
    return tuple(heading for heading in needed if heading not in filled)


def _consultation(session: Session, project: Project) -> RoundFacts:
    latest = session.scalar(
        select(ConsultationRound)
        .where(ConsultationRound.project_id == project.id)
        .order_by(ConsultationRound.number.desc())
        .limit(1)
    )
    if latest is None:
        return RoundFacts()
    return RoundFacts(number=latest.number, opens_on=latest.opens_on, closes_on=latest.closes_on)


def _comments(session: Session, project: Project) -> CommentsFacts:
    without_reason = and_(
        Comment.disposition.in_((Disposition.PARTLY_ACCEPTED, Disposition.NOT_ACCEPTED)),
        func.trim(Comment.reason) == "",
    )
    received, undisposed, unreasoned = session.execute(
        select(
            func.count(),
            func.count(case((Comment.disposition.is_(None), 1))),
            func.count(case((without_reason, 1))),
        ).where(Comment.project_id == project.id)
    ).one()
    return CommentsFacts(received=received, without_disposition=undisposed, without_reason=unreasoned)


def _latest_review(session: Session, project: Project) -> Review | None:
    return session.scalar(select(Review).where(Review.project_id == project.id).order_by(Review.number.desc()).limit(1))


def _review(session: Session, project: Project) -> ReviewFacts:
    failed = session.scalar(
        select(func.count()).where(Review.project_id == project.id, Review.outcome == ReviewOutcome.FAILED)
    )
    review = _latest_review(session, project)
    if review is None:
        return ReviewFacts(failed_before=failed or 0)
    ballot = session.scalar(select(Ballot).where(Ballot.review_id == review.id))
    minutes = session.scalar(select(Minutes.id).where(Minutes.review_id == review.id))
    unsigned = session.scalars(
        select(Attendance.name).where(Attendance.minutes_id == minutes, Attendance.signed_at.is_(None))
    )
    entitled, drafters, from_units, cast, in_favour, objections, unanswered = _counts(session, ballot)
    return ReviewFacts(
        mode=review.mode,
        papers_sent_on=review.papers_sent_on,
        held_on=review.meets_on if review.mode is ReviewMode.MEETING else (ballot.closes_on if ballot else None),
        ballot_opened=ballot is not None,
        ballot_closed=ballot is not None and ballot.closed_at is not None,
        entitled=entitled,
        drafters_entitled=drafters,
        entitled_from_drafting_units=from_units,
        votes_cast=cast,
        votes_for=in_favour,
        minutes_recorded=minutes is not None,
        signatures_missing=tuple(unsigned) if minutes is not None else (),
        failed_before=failed or 0,
        objections=objections,
        objections_unanswered=unanswered,
    )


def _counts(session: Session, ballot: Ballot | None) -> tuple[int, int, int, int, int, int, int]:
    if ballot is None:
        return (0, 0, 0, 0, 0, 0, 0)
    entitled, drafters, from_units = session.execute(
        select(
            func.count(),
            func.count(case((BallotVoter.is_drafter, 1))),
            func.count(case((BallotVoter.from_drafting_unit, 1))),
        ).where(BallotVoter.ballot_id == ballot.id, BallotVoter.entitled)
    ).one()
    objecting = (Vote.position == Position.AGAINST) | (func.trim(Vote.reason) != "")
    cast, in_favour, objections, unanswered = session.execute(
        select(
            func.count(),
            func.count(case((Vote.position == Position.FOR, 1))),
            func.count(case((objecting, 1))),
            func.count(case((and_(objecting, Vote.answer == ""), 1))),
        ).where(Vote.ballot_id == ballot.id)
    ).one()
    return entitled, drafters, from_units, cast, in_favour, objections, unanswered


def _publication(session: Session, project: Project) -> PublicationFacts:
    publication = session.get(Publication, project.id)
    if publication is None:
        return PublicationFacts(replaced_number=project.replaces)
    holders = session.scalars(
        select(Publication.number)
        .where(Publication.series == publication.series, Publication.serial == publication.serial)
        .where(Publication.project_id != project.id, Publication.number != project.replaces)
    )
    return PublicationFacts(
        number=publication.number,
        holders_of_serial=tuple(holders),
        replaced_number=project.replaces,
        approved_on=publication.approved_on,
        published_on=publication.published_on,
        effective_on=publication.effective_on,
        gap_reason=publication.gap_reason,
    )


def _notice(session: Session, project: Project) -> NoticeFacts:
    kind = NoticeKind.BEFORE_APPROVAL if project.stage is Stage.PUBLIC_NOTICE else NoticeKind.BEFORE_ABOLITION
    notice = session.scalar(
        select(Notice)
        .where(Notice.project_id == project.id, Notice.kind == kind, Notice.closed_on.is_(None))
        .order_by(Notice.id.desc())
        .limit(1)
    )
    if notice is None:
        return NoticeFacts()
    unanswered = session.scalar(
        select(func.count()).where(NoticeObjection.notice_id == notice.id, NoticeObjection.answer == "")
    )
    return NoticeFacts(opened_on=notice.opened_on, objections_unanswered=unanswered or 0)


def _periodic_review(session: Session, project: Project) -> PeriodicReviewFacts:
    running = session.scalar(
        select(PeriodicReview).where(PeriodicReview.project_id == project.id, PeriodicReview.concluded_on.is_(None))
    )
    if running is None:
        return PeriodicReviewFacts()
    return PeriodicReviewFacts(conclusion=running.conclusion, grounds=running.grounds)


def _succession(session: Session, project: Project) -> SuccessionFacts:
    successor = session.execute(
        select(Publication.number, Publication.effective_on)
        .join(Replacement, Replacement.project_id == Publication.project_id)
        .join(Project, Project.id == Publication.project_id)
        .where(Replacement.replaced_project_id == project.id, Project.stage.in_(_LIVING_STAGES))
        .limit(1)
    ).first()
    if successor is None:
        return SuccessionFacts()
    return SuccessionFacts(successor_in_force=successor[0], successor_since=successor[1])


_GATHER: dict[Aspect, Callable[[Session, Project], object]] = {
    Aspect.APPLICATION: _application,
    Aspect.APPRAISAL: _appraisal,
    Aspect.PLAN: _plan,
    Aspect.DRAFTS: _drafts,
    Aspect.PAPERS: _papers,
    Aspect.CONSULTATION: _consultation,
    Aspect.COMMENTS: _comments,
    Aspect.REVIEW: _review,
    Aspect.PUBLICATION: _publication,
    Aspect.NOTICE: _notice,
    Aspect.PERIODIC_REVIEW: _periodic_review,
    Aspect.SUCCESSION: _succession,
}
