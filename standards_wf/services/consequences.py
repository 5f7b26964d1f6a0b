"""What an act of the procedure brings besides the new stage: a plan entry, a round, a review, a document.

Each consequence writes its rows and answers with the parameters that the history keeps of the act.
"""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import (
    Disclosure,
    Filing,
    Notice,
    NoticeKind,
    PeriodicReview,
    Publication,
    Replacement,
)
from standards_wf.models.drafts import DraftVersion
from standards_wf.models.organizations import Organization
from standards_wf.models.projects import Appraisal, PlanEntry, Project, ProjectUnit
from standards_wf.models.reviews import Ballot, Review
from standards_wf.services.rules import rules_for
from standards_wf.workflow.calendar import add_months, last_day
from standards_wf.workflow.fields import ActFields, FieldProblem
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.numbers import NotANumber, read_number
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Action, DraftStage, ReviewMode, ReviewOutcome

Params = dict[str, object]
Consequence = Callable[[Session, Project, ActFields, Moment], Params]


def _return_application(session: Session, project: Project, _fields: ActFields, _moment: Moment) -> Params:
    session.execute(update(Appraisal).where(Appraisal.project_id == project.id).values(superseded=True))
    return {}


def _approve_project(session: Session, project: Project, fields: ActFields, _moment: Moment) -> Params:
    holder = session.scalar(
        select(PlanEntry.project_name).where(PlanEntry.number == fields.plan_number, PlanEntry.project_id != project.id)
    )
    if holder is not None:
        raise Invalid({"plan_number": Refusal(FieldProblem.ALREADY_TAKEN, given=fields.plan_number, holder=holder)})
    applicant_id = project.group_id or project.competent_department_id or project.authority_id
    applicant = session.get(Organization, applicant_id) if applicant_id else None
    lead_unit = session.scalars(
        select(ProjectUnit.name).where(ProjectUnit.project_id == project.id).order_by(ProjectUnit.position).limit(1)
    ).one()
    # A case that was put back by hand is approved a second time, and has an entry already.
    entry = session.merge(
        PlanEntry(
            project_id=project.id,
            number=fields.plan_number,
            project_name=project.title_zh,
            applicant=applicant.name if applicant else lead_unit,
            drafting_unit=lead_unit,
            published_on=fields.plan_published_on,
            completes_on=fields.completes_on,
            extensions=0,
        )
    )
    return {"plan_number": entry.number, "published_on": entry.published_on, "completes_on": entry.completes_on}


def _extend_project(session: Session, project: Project, fields: ActFields, _moment: Moment) -> Params:
    entry = session.get_one(PlanEntry, project.id)
    before = entry.completes_on
    entry.completes_on = add_months(before, fields.months or 0)
    entry.extensions += 1
    return {"months": fields.months, "before": before, "completes_on": entry.completes_on}


def _latest_draft(session: Session, project: Project, stage: DraftStage) -> DraftVersion:
    """The latest text of a draft stage. Raises Invalid where a case put forward by hand has none."""
    draft = session.scalar(
        select(DraftVersion)
        .where(DraftVersion.project_id == project.id, DraftVersion.draft_stage == stage)
        .order_by(DraftVersion.number.desc())
        .limit(1)
    )
    if draft is None:
        raise Invalid({"draft": Refusal(RefusalCode.DRAFT_MISSING, draft_stage=stage)})
    return draft


def _open_round(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
    draft = _latest_draft(session, project, DraftStage.CONSULTATION)
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
    running.closed_on = moment.day
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
        draft_id=draft_id or _latest_draft(session, project, DraftStage.REVIEW).id,
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


def _opens_notice(kind: NoticeKind) -> Consequence:
    def consequence(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
        rules = rules_for(session, project.kind)
        days = rules.public_notice_days if kind is NoticeKind.BEFORE_APPROVAL else rules.abolition_notice_days
        notice = Notice(project_id=project.id, kind=kind, opened_on=moment.day, ends_on=last_day(moment.day, days or 0))
        session.add(notice)
        concluded = _conclude_periodic_review(session, project, fields, moment)
        return {"opened_on": notice.opened_on, "ends_on": notice.ends_on, **concluded}

    return consequence


def _close_notices(session: Session, project: Project, _fields: ActFields, moment: Moment) -> Params:
    session.execute(
        update(Notice).where(Notice.project_id == project.id, Notice.closed_on.is_(None)).values(closed_on=moment.day)
    )
    return {}


def _publish(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
    publication = session.get_one(Publication, project.id)
    publication.draft_id = _latest_draft(session, project, DraftStage.PUBLICATION).id
    publication.published_at = moment.at
    session.execute(delete(Replacement).where(Replacement.project_id == project.id))
    if project.replaces:
        session.add(
            Replacement(
                project_id=project.id,
                replaced_number=project.replaces,
                replaced_project_id=_document_replaced(session, project),
            )
        )
    _close_notices(session, project, fields, moment)
    return {
        "number": publication.number,
        "approved_on": publication.approved_on,
        "published_on": publication.published_on,
        "effective_on": publication.effective_on,
        "announcement_number": publication.announcement_number,
        "replaces": project.replaces,
    }


def _document_replaced(session: Session, project: Project) -> int | None:
    """The case of the document replaced, where it is here; nobody ends a document that another body has issued."""
    try:
        key = read_number(project.replaces).key
    except NotANumber:
        return None
    issued_by_the_same = (
        Project.group_id == project.group_id
        if KINDS[project.kind].issued_by_group
        else Project.group_id.is_(None) & (Project.authority_id == project.authority_id)
    )
    return session.scalar(
        select(Publication.project_id)
        .join(Project, Project.id == Publication.project_id)
        .where(Publication.number_key == key, Publication.published_at.is_not(None))
        .where(issued_by_the_same, Project.id != project.id)
    )


def _record_filing(session: Session, project: Project, fields: ActFields, _moment: Moment) -> Params:
    publication = session.get(Publication, project.id)
    if publication is None:  # put here by hand
        raise Invalid({"number": Refusal(RefusalCode.NUMBER_MISSING)})
    days = rules_for(session, project.kind).filing_days
    due_on = publication.published_on + timedelta(days=days) if days is not None else None
    filed_on = fields.filed_on or publication.published_on
    late = due_on is not None and filed_on > due_on
    session.add(Filing(project_id=project.id, number=fields.filing_number, filed_on=filed_on, due_on=due_on, late=late))
    return {"filing_number": fields.filing_number, "filed_on": filed_on, "due_on": due_on, "late": late}


def _record_disclosure(session: Session, project: Project, fields: ActFields, _moment: Moment) -> Params:
    disclosure = Disclosure(project_id=project.id, address=fields.disclosure_address, disclosed_on=fields.disclosed_on)
    session.add(disclosure)
    return {"address": disclosure.address, "disclosed_on": disclosure.disclosed_on}


def _start_periodic_review(session: Session, project: Project, _fields: ActFields, moment: Moment) -> Params:
    held = session.scalar(select(func.count()).where(PeriodicReview.project_id == project.id))
    review = PeriodicReview(project_id=project.id, number=(held or 0) + 1, opened_on=moment.day)
    session.add(review)
    return {"periodic_review": review.number}


def _conclude_periodic_review(session: Session, project: Project, _fields: ActFields, moment: Moment) -> Params:
    running = session.scalar(
        select(PeriodicReview).where(PeriodicReview.project_id == project.id, PeriodicReview.concluded_on.is_(None))
    )
    if running is None:
        return {}
    running.concluded_on = moment.day
    return {"periodic_review": running.number, "conclusion": running.conclusion}


def close_what_runs(session: Session, project: Project, moment: Moment) -> None:
    """End the round, the review, the notice and the periodic review that run; the case goes another way."""
    fields = ActFields()
    _close_round(session, project, fields, moment)
    _end_review(session, project, ReviewOutcome.WITHDRAWN, moment)
    _close_notices(session, project, fields, moment)
    _conclude_periodic_review(session, project, fields, moment)


def _close_all(session: Session, project: Project, _fields: ActFields, moment: Moment) -> Params:
    close_what_runs(session, project, moment)
    return {}


CONSEQUENCES: dict[Action, Consequence] = {
    Action.RETURN_APPLICATION: _return_application,
    Action.APPROVE_PROJECT: _approve_project,
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
    Action.OPEN_PUBLIC_NOTICE: _opens_notice(NoticeKind.BEFORE_APPROVAL),
    Action.RETURN_SUBMISSION: _close_notices,
    Action.REFUSE_APPROVAL: _close_notices,
    Action.PUBLISH: _publish,
    Action.RECORD_FILING: _record_filing,
    Action.RECORD_DISCLOSURE: _record_disclosure,
    Action.START_REVIEW: _start_periodic_review,
    Action.CONFIRM: _conclude_periodic_review,
    Action.ORDER_REVISION: _conclude_periodic_review,
    Action.PROPOSE_ABOLITION: _opens_notice(NoticeKind.BEFORE_ABOLITION),
    Action.ABOLISH: _close_notices,
    Action.KEEP: _close_notices,
    Action.SUPERSEDE: _close_all,
    Action.TERMINATE: _close_all,
}
