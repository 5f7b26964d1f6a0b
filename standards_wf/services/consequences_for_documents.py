"""What an act brings to a document: its publication, its filing, its periodic review, its end.

Each consequence writes its rows and answers with the parameters that the history keeps of the act.
"""

import re
from datetime import date

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.documents import Disclosure, Filing, Notice, NoticeKind, PeriodicReview, Publication
from standards_wf.models.drafts import DraftVersion
from standards_wf.models.projects import Project
from standards_wf.services.citations import gather_citations
from standards_wf.services.long_life_problems import ReviewListProblem
from standards_wf.services.review_decisions import decision_of
from standards_wf.services.revisions import open_revision
from standards_wf.services.rules import rules_for
from standards_wf.services.succession import end_abolished, end_superseded, fix_replacements
from standards_wf.workflow import deadlines
from standards_wf.workflow.fields import ActFields, FieldProblem
from standards_wf.workflow.numbers import NotANumber, read_number
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Conclusion, DraftStage

Params = dict[str, object]


def latest_draft(session: Session, project: Project, stage: DraftStage) -> DraftVersion:
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


def open_notice(session: Session, project: Project, kind: NoticeKind, moment: Moment) -> Params:
    """Begin a public notice of as many days as the rules give it."""
    rules = rules_for(session, project.kind)
    ends = (
        deadlines.public_notice_ends(moment.day, rules)
        if kind is NoticeKind.BEFORE_APPROVAL
        else deadlines.abolition_notice_ends(moment.day, rules)
    )
    notice = Notice(project_id=project.id, kind=kind, opened_on=moment.day, ends_on=ends.on if ends else moment.day)
    session.add(notice)
    return {"opened_on": notice.opened_on, "ends_on": notice.ends_on}


def close_notices(session: Session, project: Project, _fields: ActFields, moment: Moment) -> Params:
    """End the notice that runs."""
    session.execute(
        update(Notice).where(Notice.project_id == project.id, Notice.closed_on.is_(None)).values(closed_on=moment.day)
    )
    return {}


def publish(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
    """Fix number, dates and text, what is replaced, and which documents the text cites."""
    publication = session.get_one(Publication, project.id)
    publication.draft_id = latest_draft(session, project, DraftStage.PUBLICATION).id
    publication.published_at = moment.at
    replaced = fix_replacements(session, project)
    gather_citations(session, project.id)
    close_notices(session, project, fields, moment)
    return {
        "number": publication.number,
        "approved_on": publication.approved_on,
        "published_on": publication.published_on,
        "effective_on": publication.effective_on,
        "announcement_number": publication.announcement_number,
        "replaces": [each.number for each in replaced if not each.partial],
        "partly_replaces": [each.number for each in replaced if each.partial],
    }


def record_filing(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
    """Enter the filing, and whether it was late. Raises Invalid for a day on which it cannot have been done."""
    publication = session.get(Publication, project.id)
    if publication is None:  # put here by hand
        raise Invalid({"number": Refusal(RefusalCode.NUMBER_MISSING)})
    due = deadlines.filing(publication.published_on, rules_for(session, project.kind))
    due_on = due.on if due else None
    filed_on = fields.filed_on or publication.published_on
    _check_day_of("filed_on", filed_on, publication, moment)
    late = due is not None and due.has_passed(filed_on)
    session.add(Filing(project_id=project.id, number=fields.filing_number, filed_on=filed_on, due_on=due_on, late=late))
    return {"filing_number": fields.filing_number, "filed_on": filed_on, "due_on": due_on, "late": late}


def _check_day_of(field: str, day: date, publication: Publication, moment: Moment) -> None:
    """See that what is recorded as done can have been done on that day: after publication, and not later than today."""
    if day > moment.day:
        raise Invalid({field: Refusal(FieldProblem.IN_THE_FUTURE, given=day, today=moment.day)})
    if day < publication.published_on:
        told = Refusal(FieldProblem.BEFORE_PUBLICATION, given=day, published_on=publication.published_on)
        raise Invalid({field: told})


def record_disclosure(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
    """Enter the disclosure. Raises Invalid for a day on which it cannot have been done, and for what is no address."""
    if not re.match(r"https?://[^\s/]", fields.disclosure_address, re.IGNORECASE):
        raise Invalid({"disclosure_address": Refusal(FieldProblem.NOT_AN_ADDRESS)})
    publication = session.get(Publication, project.id)
    if publication is not None and fields.disclosed_on is not None:
        _check_day_of("disclosed_on", fields.disclosed_on, publication, moment)
    disclosure = Disclosure(project_id=project.id, address=fields.disclosure_address, disclosed_on=fields.disclosed_on)
    session.add(disclosure)
    return {"address": disclosure.address, "disclosed_on": disclosure.disclosed_on}


def start_periodic_review(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
    """Begin a periodic review; before its time only for one of the lawful reasons, which is kept and shown.

    Basis: 上海市标准化条例, article 23; the reasons of 地方标准管理办法 (Order 26), article 24, to be verified.
    """
    _check_early(session, project, fields, moment)
    held = session.scalar(select(func.count()).where(PeriodicReview.project_id == project.id))
    review = PeriodicReview(
        project_id=project.id,
        number=(held or 0) + 1,
        opened_on=moment.day,
        early_reason=fields.early_reason,
        early_grounds=fields.early_grounds if fields.early_reason else "",
    )
    session.add(review)
    params: Params = {"periodic_review": review.number}
    if review.early_reason:
        params |= {"early_reason": review.early_reason, "early_grounds": review.early_grounds}
    return params


def _check_early(session: Session, project: Project, fields: ActFields, moment: Moment) -> None:
    """See that a review before its time has its reason, and that a reason says what it rests on. Raises Invalid."""
    if fields.early_reason is not None:
        if not fields.early_grounds:
            raise Invalid({"early_grounds": Refusal(FieldProblem.REQUIRED)})
        return
    begun = cycle_begins_on(session, project.id)
    if begun is None:  # put here by hand
        return
    rules = rules_for(session, project.kind)
    opens_on, ends_on = deadlines.review_begins(begun, rules), deadlines.periodic_review(begun, rules).on
    if moment.day < opens_on:
        early = Refusal(ReviewListProblem.NOT_YET_DUE, cycle_ends=ends_on, opens_on=opens_on)
        raise Invalid({"early_reason": early})


def cycle_begins_on(session: Session, project_id: int) -> date | None:
    """The day from which the cycle of the periodic review runs: the last conclusion, or else the publication."""
    concluded = session.scalar(
        select(func.max(PeriodicReview.concluded_on)).where(
            PeriodicReview.project_id == project_id, PeriodicReview.conclusion.is_not(None)
        )
    )
    if concluded is not None:
        return concluded
    return session.scalar(
        select(Publication.published_on).where(
            Publication.project_id == project_id, Publication.published_at.is_not(None)
        )
    )


def conclude_periodic_review(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
    """End the periodic review that runs, with the paper that decides on it where one is named.

    Raises Invalid where the paper is older than the review.
    """
    running = session.scalar(
        select(PeriodicReview).where(PeriodicReview.project_id == project.id, PeriodicReview.concluded_on.is_(None))
    )
    if running is None:
        return {}
    running.concluded_on = moment.day
    params: Params = {"periodic_review": running.number, "conclusion": running.conclusion}
    decision = decision_of(session, project, fields.announcement, fields.decided_on, moment)
    if decision is not None:
        if decision.decided_on < running.opened_on:
            told = Refusal(FieldProblem.BEFORE_REVIEW, given=decision.decided_on, opened_on=running.opened_on)
            raise Invalid({"decided_on": told})
        running.decision_id = decision.id
        params |= {"announcement": decision.number, "decided_on": decision.decided_on}
    if running.conclusion is Conclusion.REVISE:
        params |= open_revision(session, project, running, moment)
    return params


def propose_abolition(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
    """Conclude the review and give the public notice before the abolition."""
    told = open_notice(session, project, NoticeKind.BEFORE_ABOLITION, moment)
    return told | conclude_periodic_review(session, project, fields, moment)


def abolish(session: Session, project: Project, fields: ActFields, moment: Moment) -> Params:
    """End the document; the grounds are those of the review that proposed it."""
    close_notices(session, project, fields, moment)
    grounds = session.scalar(
        select(PeriodicReview.grounds)
        .where(PeriodicReview.project_id == project.id, PeriodicReview.conclusion == Conclusion.ABOLISH)
        .order_by(PeriodicReview.number.desc())
        .limit(1)
    )
    return end_abolished(
        session,
        project,
        moment,
        announcement_number=fields.announcement,
        reason=grounds or "",
        use_instead=_right_form(fields.use_instead),
    )


def _right_form(number: str) -> str:
    """A number in its one right form; what is no number stays as it was typed."""
    try:
        return str(read_number(number))
    except NotANumber:
        return number


def supersede(session: Session, project: Project, _fields: ActFields, moment: Moment) -> Params:
    """End the document because its successor is in force."""
    return end_superseded(session, project, moment)
