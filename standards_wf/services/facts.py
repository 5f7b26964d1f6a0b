"""Gathering the facts on which the guards decide, aspect by aspect, each with a fixed number of queries."""

from collections.abc import Callable, Iterable

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.documents import NoticeKind
from standards_wf.models.projects import Project
from standards_wf.services import questions_of_facts as ask
from standards_wf.services.access import Entrance
from standards_wf.services.authorship import authors_of
from standards_wf.services.marks import marks_missing
from standards_wf.services.numbering import last_day_of_older_editions, number_if_read, other_series
from standards_wf.services.rules import rules_for
from standards_wf.workflow.deadlines import Suspension
from standards_wf.workflow.facts import (
    Application,
    AppraisalFacts,
    Aspect,
    AuthorshipFacts,
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
from standards_wf.workflow.rules import Rules
from standards_wf.workflow.vocabulary import DraftStage, Paper, ReviewMode, Stage

# What was measured or translated stays true when the review begins; what was written from live data grows old.
_NEVER_OUTDATED = frozenset({Paper.TEST_REPORT, Paper.UNCERTAINTY_REPORT, Paper.TRANSLATION, Paper.APPLICATION_FORM})


def facts_of(
    session: Session,
    entrance: Entrance,
    aspects: Iterable[Aspect],
    *,
    moment: Moment,
    fields: ActFields | None = None,
    rules: Rules | None = None,
) -> ProjectFacts:
    """The facts about a project at this moment, with the aspects asked for; the rules are read where nobody has yet."""
    project = entrance.project
    wanted = frozenset(aspects)
    gathered = {aspect.value: _GATHER[aspect](session, project) for aspect in wanted - {Aspect.AUTHORSHIP}}
    if Aspect.AUTHORSHIP in wanted:
        gathered[Aspect.AUTHORSHIP.value] = AuthorshipFacts(authors=authors_of(session, project.id, moment.day))
    return ProjectFacts(
        kind=project.kind,
        stage=project.stage,
        today=moment.day,
        rules=rules or rules_for(session, project.kind),
        parties=entrance.parties,
        suspensions=tuple(Suspension(*row) for row in session.execute(ask.SUSPENSIONS, {"project_id": project.id})),
        fields=fields or ActFields(),
        **gathered,  # type: ignore[arg-type]  # each aspect's function gives the type of its field
    )


def _application(session: Session, project: Project) -> Application:
    this = {"project_id": project.id}
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
        drafting_units=tuple(session.scalars(ask.UNITS, this)),
        contact=project.contact.strip(),
        proposed_months=project.proposed_months,
        is_revision=project.is_revision,
        replaces=project.replaces,
        signed_form_attached=session.scalar(ask.SIGNED_FORM, this) is not None,
    )


def _appraisal(session: Session, project: Project) -> AppraisalFacts:
    appraisal = session.execute(ask.APPRAISAL, {"project_id": project.id}).first()
    if appraisal is None:
        return AppraisalFacts()
    experts = session.execute(ask.EXPERTS, {"appraisal_id": appraisal.id})
    return AppraisalFacts(
        held_on=appraisal.held_on,
        in_favour=appraisal.in_favour,
        experts=tuple((name, unit) for name, unit in experts),
    )


def _plan(session: Session, project: Project) -> PlanFacts:
    entry = session.execute(ask.PLAN_ENTRY, {"project_id": project.id}).first()
    return PlanFacts(completes_on=entry.completes_on, extensions=entry.extensions) if entry else PlanFacts()


def _drafts(session: Session, project: Project) -> DraftsFacts:
    this = {"project_id": project.id}
    latest = {
        stage: DraftFacts(number, clauses, errors, has_docx=True, has_pdf=has_pdf)
        for number, stage, clauses, errors, has_pdf in session.execute(ask.VERSIONS, this)
    }
    return DraftsFacts(
        consultation=latest.get(DraftStage.CONSULTATION),
        review=latest.get(DraftStage.REVIEW),
        publication=latest.get(DraftStage.PUBLICATION),
        last_round_draft=session.scalar(ask.DRAFT_OF_LAST_ROUND, this),
        marks_missing=_marks_missing(session, project) if DraftStage.PUBLICATION in latest else (),
    )


def _marks_missing(session: Session, project: Project) -> tuple[str, ...]:
    this = {"project_id": project.id}
    publication = session.execute(ask.PUBLICATION, this).first()
    if publication is None:
        return ("number", "published_on", "effective_on")
    folded_text = session.scalars(ask.TEXT_TO_PUBLISH, this).one()
    return marks_missing(folded_text, publication.number, publication.published_on, publication.effective_on)


def _papers(session: Session, project: Project) -> PapersFacts:
    this = {"project_id": project.id}
    review = session.execute(ask.LATEST_REVIEW, this).first()
    attached = session.execute(ask.PAPERS, this).all()
    since = review.began_seq if review else 0
    current = {paper for paper, at_seq in attached if at_seq >= since or paper in _NEVER_OUTDATED}
    body = body_of(project.kind, project.category)
    latest_draft = session.scalar(ask.LATEST_DRAFT, this)
    if latest_draft is not None and latest_draft >= (review.draft_number if review else 0):
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
    written = session.execute(ask.NOTE, {"project_id": project.id}).all()
    if not written:
        return None
    filled = {heading for heading, text in written if text.strip()}
    needed = headings_of(project.kind, is_revision=project.is_revision)
    return tuple(heading for heading in needed if heading not in filled)


def _consultation(session: Session, project: Project) -> RoundFacts:
    latest = session.execute(ask.LATEST_ROUND, {"project_id": project.id}).first()
    return (
        RoundFacts(number=latest.number, opens_on=latest.opens_on, closes_on=latest.closes_on)
        if latest
        else RoundFacts()
    )


def _comments(session: Session, project: Project) -> CommentsFacts:
    received, undisposed, unreasoned = session.execute(ask.COMMENTS, {"project_id": project.id}).one()
    return CommentsFacts(received=received, without_disposition=undisposed, without_reason=unreasoned)


def _review(session: Session, project: Project) -> ReviewFacts:
    this = {"project_id": project.id}
    failed = session.scalar(ask.FAILED_REVIEWS, this) or 0
    review = session.execute(ask.LATEST_REVIEW, this).first()
    if review is None:
        return ReviewFacts(failed_before=failed)
    ballot = session.execute(ask.BALLOT, {"review_id": review.id}).first()
    minutes = session.scalar(ask.MINUTES, {"review_id": review.id})
    unsigned = session.scalars(ask.UNSIGNED, {"minutes_id": minutes}) if minutes is not None else ()
    entitled, drafters, from_units, cast, in_favour, objections, unanswered = _counts(
        session, ballot.id if ballot else None
    )
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
        signatures_missing=tuple(unsigned),
        failed_before=failed,
        objections=objections,
        objections_unanswered=unanswered,
    )


def _counts(session: Session, ballot_id: int | None) -> tuple[int, int, int, int, int, int, int]:
    if ballot_id is None:
        return (0, 0, 0, 0, 0, 0, 0)
    entitled, drafters, from_units = session.execute(ask.ENTITLED, {"ballot_id": ballot_id}).one()
    cast, in_favour, objections, unanswered = session.execute(ask.VOTES, {"ballot_id": ballot_id}).one()
    return entitled, drafters, from_units, cast, in_favour, objections, unanswered


def _publication(session: Session, project: Project) -> PublicationFacts:
    publication = session.execute(ask.PUBLICATION, {"project_id": project.id}).first()
    partners = (
        tuple(session.scalars(ask.PARTNERS_NOT_IN_FAVOUR, {"project_id": project.id})) if project.is_joint else ()
    )
    if publication is None:
        return PublicationFacts(replaced_number=project.replaces, partners_not_in_favour=partners)
    number = number_if_read(publication.number)
    serial = {
        "project_id": project.id,
        "replaces": project.replaces,
        "series": publication.series,
        "serial": publication.serial,
        "older_until": last_day_of_older_editions(project, number),
    }
    holders = session.scalars(ask.HOLDERS_OF_SERIAL, serial)
    return PublicationFacts(
        number=publication.number,
        holders_of_serial=tuple(holders),
        replaced_number=project.replaces,
        series_now=other_series(session, project, number),
        approved_on=publication.approved_on,
        published_on=publication.published_on,
        effective_on=publication.effective_on,
        gap_reason=publication.gap_reason,
        partners_not_in_favour=partners,
    )


def _notice(session: Session, project: Project) -> NoticeFacts:
    kind = NoticeKind.BEFORE_APPROVAL if project.stage is Stage.PUBLIC_NOTICE else NoticeKind.BEFORE_ABOLITION
    notice = session.execute(ask.RUNNING_NOTICE, {"project_id": project.id, "kind": kind}).first()
    if notice is None:
        return NoticeFacts()
    unanswered = session.scalar(ask.UNANSWERED_OBJECTIONS, {"notice_id": notice.id})
    return NoticeFacts(opened_on=notice.opened_on, objections_unanswered=unanswered or 0)


def _periodic_review(session: Session, project: Project) -> PeriodicReviewFacts:
    running = session.execute(ask.RUNNING_PERIODIC_REVIEW, {"project_id": project.id}).first()
    if running is None:
        return PeriodicReviewFacts()
    return PeriodicReviewFacts(conclusion=running.conclusion, grounds=running.grounds)


def _succession(session: Session, project: Project) -> SuccessionFacts:
    successor = session.execute(ask.SUCCESSOR, {"project_id": project.id}).first()
    if successor is None:
        return SuccessionFacts()
    return SuccessionFacts(successor_in_force=successor.number, successor_since=successor.effective_on)


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
