"""Guards of submission, approval and publication."""

from standards_wf.workflow import deadlines
from standards_wf.workflow.facts import Actor, Aspect, ProjectFacts, known
from standards_wf.workflow.guards.asking import looks_at
from standards_wf.workflow.packages import package_of
from standards_wf.workflow.refusals import Refusal, RefusalCode


@looks_at(Aspect.PAPERS)
def package_complete(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Each paper of the submission package is attached or generated, in the version reviewed or a later one."""
    papers = known(facts.papers)
    needed = package_of(facts.kind, papers.body, papers.review_mode)
    missing = tuple(paper for paper in needed if paper not in papers.current | papers.outdated)
    if missing:
        return Refusal(RefusalCode.PACKAGE_INCOMPLETE, papers=missing)
    outdated = tuple(paper for paper in needed if paper not in papers.current)
    return Refusal(RefusalCode.PACKAGE_OUTDATED, papers=outdated) if outdated else None


@looks_at(Aspect.NOTICE)
def notice_days_passed(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The public notice before approval has run its days."""
    notice, days = known(facts.notice), facts.rules.public_notice_days
    if days is None:
        return None
    if notice.opened_on is None:
        return Refusal(RefusalCode.NOTICE_NOT_OPENED)
    ends = deadlines.public_notice_ends(notice.opened_on, facts.rules)
    if ends is None or ends.has_passed(facts.today):
        return None
    return Refusal(RefusalCode.NOTICE_STILL_RUNS, opened_on=notice.opened_on, ends_on=ends.on, days=days)


@looks_at(Aspect.PUBLICATION)
def number_free(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The number to be given is free in its series, or is that of the replaced document with a new year."""
    publication = known(facts.publication)
    if not publication.number:
        return Refusal(RefusalCode.NUMBER_MISSING)
    if publication.series_now:
        return Refusal(RefusalCode.NUMBER_OUTSIDE_SERIES, number=publication.number, prefix=publication.series_now)
    if publication.holders_of_serial:
        return Refusal(RefusalCode.NUMBER_TAKEN, number=publication.number, holders=publication.holders_of_serial)
    if publication.number == publication.replaced_number:
        return Refusal(RefusalCode.NUMBER_SAME_AS_REPLACED, number=publication.number)
    return None


@looks_at(Aspect.PUBLICATION)
def publication_dates_in_order(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Approval date <= publication date <= implementation date, with the usual gap unless a reason is stated."""
    publication = known(facts.publication)
    approved, published, effective = publication.approved_on, publication.published_on, publication.effective_on
    if approved is None or published is None or effective is None:
        dates = {"approved_on": approved, "published_on": published, "effective_on": effective}
        missing = tuple(name for name, value in dates.items() if value is None)
        return Refusal(RefusalCode.PUBLICATION_DATES_MISSING, fields=missing)
    if not approved <= published <= effective:
        return Refusal(
            RefusalCode.PUBLICATION_DATES_OUT_OF_ORDER,
            approved_on=approved,
            published_on=published,
            effective_on=effective,
        )
    earliest = deadlines.earliest_implementation(published, facts.rules)
    if effective < earliest.on and not publication.gap_reason.strip():
        days = deadlines.implementation(published, effective).figure
        return Refusal(RefusalCode.IMPLEMENTATION_TOO_SOON, days=days, needed=earliest.figure, earliest=earliest.on)
    return None


@looks_at(Aspect.DRAFTS)
def full_text_attached(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The text to be published is attached as docx and PDF and bears the number and the dates.

    Basis: 上海市标准化条例, article 17 (free full text).
    """
    drafts = known(facts.drafts)
    text = drafts.publication
    missing = tuple(
        form for form, there in (("docx", text and text.has_docx), ("pdf", text and text.has_pdf)) if not there
    )
    if missing:
        return Refusal(RefusalCode.FULL_TEXT_MISSING, forms=missing)
    if drafts.marks_missing:
        return Refusal(RefusalCode.FULL_TEXT_WITHOUT_MARKS, marks=drafts.marks_missing)
    return None
