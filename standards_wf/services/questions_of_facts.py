"""What is asked of the database for the facts of a project: each question built once.

To build a statement costs more than to ask it. A page asks a dozen of them for every act that it shows, and an act asks
them while it holds the lock.
"""

from sqlalchemy import BindParameter, and_, bindparam, case, func, or_, select

from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.documents import Notice, NoticeObjection, PeriodicReview, Publication, Replacement
from standards_wf.models.drafts import Attachment, DraftVersion, Origin
from standards_wf.models.joint import JointPartner
from standards_wf.models.keeping_time import SuspensionRow
from standards_wf.models.projects import Appraisal, AppraisalExpert, ExplanatoryNote, PlanEntry, Project, ProjectUnit
from standards_wf.models.reviews import Attendance, Ballot, BallotVoter, Minutes, Review, Vote
from standards_wf.workflow.packages import TO_BE_FILLED_IN
from standards_wf.workflow.vocabulary import (
    Disposition,
    DraftStage,
    Paper,
    PartnerDecision,
    Position,
    ReviewOutcome,
    Stage,
)

_PROJECT: BindParameter[int] = bindparam("project_id")
# A successor came into force even if it has been replaced or abolished itself since.
_HAS_COME_INTO_FORCE = (
    Stage.IN_FORCE,
    Stage.UNDER_REVIEW,
    Stage.ABOLITION_NOTICE,
    Stage.SUPERSEDED,
    Stage.ABOLISHED,
)

UNITS = select(ProjectUnit.name).where(ProjectUnit.project_id == _PROJECT).order_by(ProjectUnit.position)
SIGNED_FORM = (
    select(Attachment.id)
    .where(Attachment.project_id == _PROJECT, Attachment.paper == Paper.APPLICATION_FORM)
    .where(Attachment.origin == Origin.UPLOADED)
    .limit(1)
)

APPRAISAL = (
    select(Appraisal.id, Appraisal.held_on, Appraisal.in_favour)
    .where(Appraisal.project_id == _PROJECT, Appraisal.superseded.is_(False))
    .order_by(Appraisal.id.desc())
    .limit(1)
)
EXPERTS = select(AppraisalExpert.name, AppraisalExpert.unit).where(
    AppraisalExpert.appraisal_id == bindparam("appraisal_id")
)
PLAN_ENTRY = select(PlanEntry.completes_on, PlanEntry.extensions).where(PlanEntry.project_id == _PROJECT)

SUSPENSIONS = (
    select(SuspensionRow.from_on, SuspensionRow.until, SuspensionRow.reason)
    .where(SuspensionRow.project_id == _PROJECT)
    .order_by(SuspensionRow.from_on, SuspensionRow.id)
)

VERSIONS = (
    select(
        DraftVersion.number,
        DraftVersion.draft_stage,
        DraftVersion.clauses_read,
        DraftVersion.errors_found,
        DraftVersion.pdf_sha256.is_not(None),
    )
    .where(DraftVersion.project_id == _PROJECT)
    .order_by(DraftVersion.number)
)
"""Every version of the text, the latest of each draft stage last."""
LATEST_DRAFT = select(func.max(DraftVersion.number)).where(DraftVersion.project_id == _PROJECT)
DRAFT_OF_LAST_ROUND = (
    select(DraftVersion.number)
    .join(ConsultationRound, ConsultationRound.draft_id == DraftVersion.id)
    .where(ConsultationRound.project_id == _PROJECT)
    .order_by(ConsultationRound.number.desc())
    .limit(1)
)
TEXT_TO_PUBLISH = (
    select(DraftVersion.folded_text)
    .where(DraftVersion.project_id == _PROJECT, DraftVersion.draft_stage == DraftStage.PUBLICATION)
    .order_by(DraftVersion.number.desc())
    .limit(1)
)

PAPERS = (
    select(Attachment.paper, func.max(Attachment.at_seq))
    .where(Attachment.project_id == _PROJECT)
    .where(or_(Attachment.origin == Origin.UPLOADED, Attachment.paper.not_in(TO_BE_FILLED_IN)))
    .group_by(Attachment.paper)
)
NOTE = select(ExplanatoryNote.heading, ExplanatoryNote.text).where(ExplanatoryNote.project_id == _PROJECT)

LATEST_ROUND = (
    select(ConsultationRound.number, ConsultationRound.opens_on, ConsultationRound.closes_on)
    .where(ConsultationRound.project_id == _PROJECT)
    .order_by(ConsultationRound.number.desc())
    .limit(1)
)
_WITHOUT_REASON = and_(
    Comment.disposition.in_((Disposition.PARTLY_ACCEPTED, Disposition.NOT_ACCEPTED)),
    func.trim(Comment.reason) == "",
)
COMMENTS = select(
    func.count(),
    func.count(case((Comment.disposition.is_(None), 1))),
    func.count(case((_WITHOUT_REASON, 1))),
).where(Comment.project_id == _PROJECT)

LATEST_REVIEW = (
    select(
        Review.id,
        Review.mode,
        Review.began_seq,
        Review.meets_on,
        Review.papers_sent_on,
        DraftVersion.number.label("draft_number"),
    )
    .join(DraftVersion, DraftVersion.id == Review.draft_id)
    .where(Review.project_id == _PROJECT)
    .order_by(Review.number.desc())
    .limit(1)
)
FAILED_REVIEWS = select(func.count()).where(Review.project_id == _PROJECT, Review.outcome == ReviewOutcome.FAILED)
BALLOT = select(Ballot.id, Ballot.closes_on, Ballot.closed_at).where(Ballot.review_id == bindparam("review_id"))
MINUTES = select(Minutes.id).where(Minutes.review_id == bindparam("review_id"))
UNSIGNED = select(Attendance.name).where(
    Attendance.minutes_id == bindparam("minutes_id"), Attendance.signed_at.is_(None)
)
ENTITLED = select(
    func.count(),
    func.count(case((BallotVoter.is_drafter, 1))),
    func.count(case((BallotVoter.from_drafting_unit, 1))),
).where(BallotVoter.ballot_id == bindparam("ballot_id"), BallotVoter.entitled)
_OBJECTING = (Vote.position == Position.AGAINST) | (func.trim(Vote.reason) != "")
VOTES = select(
    func.count(),
    func.count(case((Vote.position == Position.FOR, 1))),
    func.count(case((_OBJECTING, 1))),
    func.count(case((and_(_OBJECTING, Vote.answer == ""), 1))),
).where(Vote.ballot_id == bindparam("ballot_id"))

PUBLICATION = select(
    Publication.number,
    Publication.series,
    Publication.serial,
    Publication.approved_on,
    Publication.published_on,
    Publication.effective_on,
    Publication.gap_reason,
).where(Publication.project_id == _PROJECT)
HOLDERS_OF_SERIAL = (
    select(Publication.number)
    .where(Publication.series == bindparam("series"), Publication.serial == bindparam("serial"))
    .where(Publication.project_id != _PROJECT, Publication.number != bindparam("replaces"))
    # The older editions of the document that a revision replaces keep their serial with it.
    .where(or_(Publication.published_at.is_(None), Publication.published_on > bindparam("older_until")))
)

PARTNERS_NOT_IN_FAVOUR = (
    select(JointPartner.authority)
    .where(JointPartner.project_id == _PROJECT, JointPartner.decision != PartnerDecision.IN_FAVOUR)
    .order_by(JointPartner.id)
)

RUNNING_NOTICE = (
    select(Notice.id, Notice.opened_on)
    .where(Notice.project_id == _PROJECT, Notice.kind == bindparam("kind"), Notice.closed_on.is_(None))
    .order_by(Notice.id.desc())
    .limit(1)
)
UNANSWERED_OBJECTIONS = select(func.count()).where(
    NoticeObjection.notice_id == bindparam("notice_id"), NoticeObjection.answer == ""
)
RUNNING_PERIODIC_REVIEW = select(PeriodicReview.conclusion, PeriodicReview.grounds).where(
    PeriodicReview.project_id == _PROJECT, PeriodicReview.concluded_on.is_(None)
)
SUCCESSOR = (
    select(Publication.number, Publication.effective_on)
    .join(Replacement, Replacement.project_id == Publication.project_id)
    .join(Project, Project.id == Publication.project_id)
    .where(Replacement.replaced_project_id == _PROJECT, Replacement.partial.is_(False))
    .where(Project.stage.in_(_HAS_COME_INTO_FORCE))
    .limit(1)
)
