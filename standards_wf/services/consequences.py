"""What an act of the procedure brings besides the new stage: a plan entry, a round, a review, a document.

Each consequence writes its rows and answers with the parameters that the history keeps of the act.
"""

from collections.abc import Callable

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import NoticeKind
from standards_wf.models.projects import Appraisal, PlanEntry, Project
from standards_wf.models.reviews import Ballot, Review
from standards_wf.services import consequences_for_documents as of_documents
from standards_wf.services.consequences_for_documents import close_notices, conclude_periodic_review, latest_draft
from standards_wf.services.merging import merge_declined
from standards_wf.services.project_plans import enter_into_plan
from standards_wf.services.resting import end_suspension
from standards_wf.workflow import deadlines
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.vocabulary import Action, DraftStage, ReviewMode, ReviewOutcome

Params = dict[str, object]
Consequence = Callable[[Session, Project, ActFields, Moment], Params]


def _return_application(session: Session, project: Project, _fields: ActFields, _moment: Moment) -> Params:
    session.execute(update(Appraisal).where(Appraisal.project_id == project.id).values(superseded=True))
    return {}


def _extend_project(session: Session, project: Project, fields: ActFields, _moment: Moment) -> Params:
    entry = session.get_one(PlanEntry, project.id)
    before = entry.completes_on
    entry.completes_on = deadlines.extended(before, fields.months or 0)
    entry.extensions += 1
    return {"months": fields.months, "before": before, "completes_on": entry.completes_on}


def _open_round(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
    draft = latest_draft(session, project, DraftStage.CONSULTATION)
    rounds = session.scalar(select(func.count()).where(ConsultationRound.project_id == project.id))
    opened = ConsultationRound(
        project_id=project.id,
        number=(rounds or 0) + 1,
        draft_id=draft.id,
        opens_on=moment.day,
        closes_on=fields.closes_on,
        members_only=fields.members_only,
        public_interest_untouched=fields.public_interest_untouched,
    )
    session.add(opened)
    return {
        "round": opened.number,
        "draft": draft.number,
        "closes_on": opened.closes_on,
        "members_only": opened.members_only,
    }


def _running_round(session: Session, project: Project) -> ConsultationRound | None:
    return session.scalar(
        select(ConsultationRound).where(
            ConsultationRound.project_id == project.id, ConsultationRound.closed_on.is_(None)
        )
    )


def _extend_round(session: Session, project: Project, fields: ActFields, _moment: Moment) -> Params:
    running = _running_round(session, project)
    if running is None or fields.closes_on is None:
        return {}
    before, running.closes_on = running.closes_on, fields.closes_on
    return {"round": running.number, "before": before, "closes_on": running.closes_on}


def _close_round(session: Session, project: Project, _fields: ActFields, moment: Moment) -> Params:
    running = _running_round(session, project)
    if running is None:
        return {}
    # It ended with its last day, whenever that is recorded; one that is broken off ends today.
    running.closed_on = min(moment.day, running.closes_on)
    return {"round": running.number, "closes_on": running.closes_on}


def _running_review(session: Session, project: Project) -> Review | None:
    return session.scalar(select(Review).where(Review.project_id == project.id, Review.outcome.is_(None)))


def _end_review(session: Session, project: Project, outcome: ReviewOutcome, moment: Moment) -> Params:
    running = _running_review(session, project)
    if running is None:
        return {}
    running.outcome, running.ended_on = outcome, moment.day
    ballot = session.scalar(select(Ballot).where(Ballot.review_id == running.id, Ballot.closed_at.is_(None)))
    if ballot is not None:
        ballot.closed_at = moment.at
    session.flush()
    return {"review": running.number, "outcome": outcome}


def _open_review(
    session: Session, project: Project, *, mode: ReviewMode, fields: ActFields, draft_id: int | None = None
) -> Params:
    reviews = session.scalar(select(func.count()).where(Review.project_id == project.id))
    opened = Review(
        project_id=project.id,
        number=(reviews or 0) + 1,
        mode=mode,
        draft_id=draft_id or latest_draft(session, project, DraftStage.REVIEW).id,
        began_seq=project.last_event_seq + 1,
        meets_on=fields.meets_on,
        place=fields.place,
    )
    session.add(opened)
    return {"review": opened.number, "mode": mode, "meets_on": fields.meets_on, "place": fields.place}


def _submit_for_review(session: Session, project: Project, fields: ActFields, _moment: Moment) -> Params:
    return _open_review(session, project, mode=fields.review_mode or ReviewMode.MEETING, fields=fields)


def _last_review(session: Session, project: Project) -> Review | None:
    return session.scalar(select(Review).where(Review.project_id == project.id).order_by(Review.number.desc()).limit(1))


def _repeat_review(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
    last = _last_review(session, project)
    _end_review(session, project, ReviewOutcome.REPEATED, moment)
    mode = fields.review_mode or (last.mode if last else ReviewMode.MEETING)
    return _open_review(session, project, mode=mode, fields=fields, draft_id=last.draft_id if last else None)


def _return_to_review(session: Session, project: Project, fields: ActFields, _moment: Moment) -> Params:
    last = _last_review(session, project)
    mode = last.mode if last else ReviewMode.MEETING
    return _open_review(session, project, mode=mode, fields=fields)


def _ends_review(outcome: ReviewOutcome) -> Consequence:
    def consequence(session: Session, project: Project, _fields: ActFields, moment: Moment) -> Params:
        return _end_review(session, project, outcome, moment)

    return consequence


def close_what_runs(session: Session, project: Project, moment: Moment) -> None:
    """End the round, the review, the notice, the periodic review and the rest that run; the case goes another way."""
    fields = ActFields()
    end_suspension(session, project, moment)
    _close_round(session, project, fields, moment)
    _end_review(session, project, ReviewOutcome.WITHDRAWN, moment)
    close_notices(session, project, fields, moment)
    conclude_periodic_review(session, project, fields, moment)


def _open_public_notice(session: Session, project: Project, _fields: ActFields, moment: Moment) -> Params:
    return of_documents.open_notice(session, project, NoticeKind.BEFORE_APPROVAL, moment)


def _supersede(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
    close_what_runs(session, project, moment)
    return of_documents.supersede(session, project, fields, moment)


def _close_all(session: Session, project: Project, _fields: ActFields, moment: Moment) -> Params:
    close_what_runs(session, project, moment)
    return {}


def _terminate(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
    """End what runs; for a project in the plan this takes its entry out of it (撤销), under the announcement given."""
    _close_all(session, project, fields, moment)
    return {"announcement": fields.announcement} if fields.announcement else {}


CONSEQUENCES: dict[Action, Consequence] = {
    Action.DECLINE: merge_declined,
    Action.RETURN_APPLICATION: _return_application,
    Action.APPROVE_PROJECT: enter_into_plan,
    Action.EXTEND_PROJECT: _extend_project,
    Action.OPEN_CONSULTATION: _open_round,
    Action.REOPEN_CONSULTATION: _open_round,
    Action.EXTEND_CONSULTATION: _extend_round,
    Action.CLOSE_CONSULTATION: _close_round,
    Action.SUBMIT_FOR_REVIEW: _submit_for_review,
    Action.PASS_REVIEW: _ends_review(ReviewOutcome.PASSED),
    Action.FAIL_REVIEW: _ends_review(ReviewOutcome.FAILED),
    Action.WITHDRAW_FROM_REVIEW: _ends_review(ReviewOutcome.WITHDRAWN),
    Action.CANCEL_AFTER_FAILURE: _ends_review(ReviewOutcome.FAILED),
    Action.REPEAT_REVIEW: _repeat_review,
    Action.RETURN_TO_REVIEW: _return_to_review,
    Action.OPEN_PUBLIC_NOTICE: _open_public_notice,
    Action.RETURN_SUBMISSION: close_notices,
    Action.REFUSE_APPROVAL: close_notices,
    Action.PUBLISH: of_documents.publish,
    Action.RECORD_FILING: of_documents.record_filing,
    Action.RECORD_DISCLOSURE: of_documents.record_disclosure,
    Action.START_REVIEW: of_documents.start_periodic_review,
    Action.CONFIRM: conclude_periodic_review,
    Action.ORDER_REVISION: conclude_periodic_review,
    Action.PROPOSE_ABOLITION: of_documents.propose_abolition,
    Action.ABOLISH: of_documents.abolish,
    Action.KEEP: close_notices,
    Action.SUPERSEDE: _supersede,
    Action.TERMINATE: _terminate,
}
