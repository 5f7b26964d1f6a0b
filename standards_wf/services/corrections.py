"""What a stage needs to stand on, when the administrator puts a case there by hand.

A stage without its thing (a periodic review without its row, a document in force without its publication) would leave
the case where no act can carry it on. What can be made is made; what cannot is refused with what to do instead.
"""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.documents import NoticeKind, PeriodicReview, Publication
from standards_wf.models.drafts import DraftVersion
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Review
from standards_wf.services.consequences_for_documents import open_notice
from standards_wf.services.long_life_problems import CorrectionProblem
from standards_wf.services.succession import end_abolished, end_superseded, forget_ending, successor_of
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.stages import DOCUMENT_STAGES, ENDED, stages_of
from standards_wf.workflow.vocabulary import DraftStage, ReviewMode, Stage


def refuse_without_ground(session: Session, project: Project, stage: Stage, moment: Moment) -> None:
    """See that the case has what it needs to stand at a stage. Raises Invalid."""
    problem = _problem(session, project, stage, moment)
    if problem is not None:
        raise Invalid({"stage": problem})


def stages_with_ground(session: Session, project: Project, moment: Moment) -> tuple[Stage, ...]:
    """The other stages of the kind at which the case could stand, in their order."""
    return tuple(
        row.stage
        for row in stages_of(project.kind)
        if row.stage is not project.stage and _problem(session, project, row.stage, moment) is None
    )


def _problem(session: Session, project: Project, stage: Stage, moment: Moment) -> Refusal | None:
    publication = session.get(Publication, project.id)
    published = publication is not None and publication.published_at is not None
    problem = None
    if stage in DOCUMENT_STAGES and not published:
        problem = Refusal(CorrectionProblem.NEEDS_PUBLICATION, stage=stage)
    elif stage not in DOCUMENT_STAGES and publication is not None and published:
        problem = Refusal(CorrectionProblem.IS_PUBLISHED, number=publication.number, stage=stage)
    elif stage is Stage.CONSULTATION:
        problem = Refusal(CorrectionProblem.NEEDS_ROUND)
    elif stage is Stage.REVIEW and _review_draft(session, project) is None:
        problem = Refusal(CorrectionProblem.NEEDS_REVIEW_DRAFT)
    elif stage is Stage.SUPERSEDED:
        successor = successor_of(session, project.id)
        if successor is None or successor.since > moment.day:
            problem = Refusal(CorrectionProblem.NEEDS_SUCCESSOR)
    return problem


def _review_draft(session: Session, project: Project) -> int | None:
    return session.scalar(
        select(DraftVersion.id)
        .where(DraftVersion.project_id == project.id, DraftVersion.draft_stage == DraftStage.REVIEW)
        .order_by(DraftVersion.number.desc())
        .limit(1)
    )


def lay_the_ground(session: Session, project: Project, stage: Stage, moment: Moment, *, note: str) -> None:
    """Make what the case needs to stand at a stage; what ran before has been closed."""
    if project.stage in ENDED:
        forget_ending(session, project)
    match stage:
        case Stage.REVIEW:
            held = session.scalar(select(func.count()).where(Review.project_id == project.id)) or 0
            draft_id = _review_draft(session, project)
            if draft_id is not None:
                session.add(
                    Review(
                        project_id=project.id,
                        number=held + 1,
                        mode=ReviewMode.MEETING,
                        draft_id=draft_id,
                        began_seq=project.last_event_seq + 1,
                    )
                )
        case Stage.PUBLIC_NOTICE:
            open_notice(session, project, NoticeKind.BEFORE_APPROVAL, moment)
        case Stage.UNDER_REVIEW:
            held = session.scalar(select(func.count()).where(PeriodicReview.project_id == project.id)) or 0
            session.add(PeriodicReview(project_id=project.id, number=held + 1, opened_on=moment.day))
        case Stage.ABOLITION_NOTICE:
            open_notice(session, project, NoticeKind.BEFORE_ABOLITION, moment)
        case Stage.SUPERSEDED:
            end_superseded(session, project, moment)
        case Stage.ABOLISHED:
            end_abolished(session, project, moment, announcement_number="", reason=note, use_instead="")
        case _:
            pass
