"""Which forms an act makes due: they are made when those concerned are told of it, and again whenever somebody asks.

What the rows of the procedure promise as effects of their own (explanatory note, comment table, minutes, announcement)
is not repeated here.
"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Review
from standards_wf.workflow.packages import belongs_to
from standards_wf.workflow.vocabulary import Action, Event, Paper, ReviewMode

DUE_WITH: Mapping[str, tuple[Paper, ...]] = {
    Event.SUGGESTION_FILED: (Paper.APPLICATION_FORM,),
    Action.APPROVE_PROJECT: (
        Paper.APPRAISAL_RECORD,
        Paper.PLAN_ANNOUNCEMENT,
        Paper.TASK_STATEMENT,
        Paper.TEST_REPORT,
        Paper.UNCERTAINTY_REPORT,
    ),
    Action.REFUSE_PROJECT: (Paper.APPRAISAL_RECORD,),
    Action.OPEN_CONSULTATION: (Paper.CONSULTATION_NOTICE, Paper.COMMENT_FORM),
    Action.EXTEND_CONSULTATION: (Paper.CONSULTATION_NOTICE, Paper.COMMENT_FORM),
    Action.REOPEN_CONSULTATION: (Paper.CONSULTATION_NOTICE, Paper.COMMENT_FORM),
    Event.REVIEW_DATE_SET: (Paper.REVIEW_NOTICE,),
    Event.BALLOT_OPENED: (Paper.BALLOT_PAPER,),
    Action.PASS_REVIEW: (Paper.REVIEW_COMMENT_TABLE, Paper.SUBMISSION_LETTER, Paper.SUBMISSION_LIST),
    Action.SUBMIT_FOR_APPROVAL: (Paper.SUBMISSION_LIST, Paper.APPROVAL_FORM),
    Action.OPEN_PUBLIC_NOTICE: (Paper.PUBLIC_NOTICE,),
    Action.PUBLISH: (Paper.FILING_FORM, Paper.DISCLOSURE_FORM),
    Action.START_REVIEW: (Paper.REVIEW_OPINION,),
    Event.REVIEW_OPINION_RECORDED: (Paper.REVIEW_OPINION,),
    Action.CONFIRM: (Paper.REVIEW_SUMMARY,),
    Action.ORDER_REVISION: (Paper.REVIEW_SUMMARY,),
    Action.ABOLISH: (Paper.ABOLITION_ANNOUNCEMENT, Paper.REVIEW_SUMMARY),
    Event.AMENDMENT_PUBLISHED: (Paper.AMENDMENT_SHEET,),
}
"""The forms by the act that makes them due; those that a kind does not know are left out for it."""

_OF_A_LETTER_BALLOT: Mapping[str, tuple[Paper, ...]] = {
    Event.BALLOT_OPENED: (Paper.REVIEW_NOTICE,),
    Event.BALLOT_CLOSED: (Paper.BALLOT_CONCLUSION,),
}


def papers_due(session: Session, project_id: int, event_seq: int) -> tuple[Paper, ...]:
    """The forms that an event of a case makes due, in the order in which they are to be made; two queries at most."""
    found = session.execute(
        select(LifecycleEvent.action, Project.kind)
        .join(Project, Project.id == LifecycleEvent.project_id)
        .where(LifecycleEvent.project_id == project_id, LifecycleEvent.seq == event_seq)
    ).first()
    if found is None:
        return ()
    action, kind = found
    papers = DUE_WITH.get(action, ())
    if action in _OF_A_LETTER_BALLOT and _is_by_letter(session, project_id):
        papers = (*_OF_A_LETTER_BALLOT[action], *papers)
    return tuple(paper for paper in papers if belongs_to(paper, kind))


def _is_by_letter(session: Session, project_id: int) -> bool:
    mode = session.scalar(
        select(Review.mode).where(Review.project_id == project_id).order_by(Review.number.desc()).limit(1)
    )
    return mode is ReviewMode.LETTER
