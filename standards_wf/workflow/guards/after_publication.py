"""Guards of the long life: coming into force, filing, disclosure, periodic review, abolition, succession."""

from standards_wf.workflow import deadlines
from standards_wf.workflow.facts import Actor, Aspect, ProjectFacts, known
from standards_wf.workflow.guards.asking import looks_at
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Conclusion


@looks_at(Aspect.PUBLICATION)
def implementation_date_reached(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Today is on or after the implementation date."""
    effective_on = known(facts.publication).effective_on
    if effective_on is not None and facts.today >= effective_on:
        return None
    return Refusal(RefusalCode.NOT_YET_IN_FORCE, effective_on=effective_on, today=facts.today)


@looks_at()
def filing_recorded(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Filing number and date are given; late is allowed, but marked late."""
    given = {"filing_number": facts.fields.filing_number, "filed_on": facts.fields.filed_on}
    missing = tuple(name for name, value in given.items() if not value)
    return Refusal(RefusalCode.FILING_INCOMPLETE, fields=missing) if missing else None


@looks_at()
def disclosure_recorded(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The disclosure on the group-standards platform is given by address and date."""
    given = {"disclosure_address": facts.fields.disclosure_address, "disclosed_on": facts.fields.disclosed_on}
    missing = tuple(name for name, value in given.items() if not value)
    return Refusal(RefusalCode.DISCLOSURE_INCOMPLETE, fields=missing) if missing else None


@looks_at(Aspect.PERIODIC_REVIEW)
def review_opinion_recorded(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The opinion of the department or committee is recorded: conclusion and grounds."""
    opinion = known(facts.periodic_review)
    given = {"conclusion": opinion.conclusion, "grounds": opinion.grounds.strip()}
    missing = tuple(name for name, value in given.items() if not value)
    return Refusal(RefusalCode.REVIEW_OPINION_MISSING, fields=missing) if missing else None


def _conclusion(facts: ProjectFacts, needed: Conclusion) -> Refusal | None:
    recorded = known(facts.periodic_review).conclusion
    if recorded is needed:
        return None
    return Refusal(RefusalCode.CONCLUSION_IS_DIFFERENT, recorded=recorded, needed=needed)


@looks_at(Aspect.PERIODIC_REVIEW)
def conclusion_is_valid(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The recorded conclusion is "remains valid" (继续有效)."""
    return _conclusion(facts, Conclusion.VALID)


@looks_at(Aspect.PERIODIC_REVIEW)
def conclusion_is_revise(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The recorded conclusion is "revise" (修订)."""
    return _conclusion(facts, Conclusion.REVISE)


@looks_at(Aspect.PERIODIC_REVIEW)
def conclusion_is_abolish(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The recorded conclusion is "abolish" (废止)."""
    return _conclusion(facts, Conclusion.ABOLISH)


@looks_at(Aspect.NOTICE)
def abolition_notice_days_passed(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The abolition notice has run its days and each objection has an answer."""
    notice = known(facts.notice)
    if notice.opened_on is None:
        return Refusal(RefusalCode.NOTICE_NOT_OPENED)
    ends = deadlines.abolition_notice_ends(notice.opened_on, facts.rules)
    if not ends.has_passed(facts.today):
        return Refusal(RefusalCode.NOTICE_STILL_RUNS, opened_on=notice.opened_on, ends_on=ends.on, days=ends.figure)
    if notice.objections_unanswered:
        return Refusal(RefusalCode.OBJECTIONS_UNANSWERED, open=notice.objections_unanswered)
    return None


@looks_at(Aspect.SUCCESSION)
def successor_in_force(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """A document that replaces this one came into force."""
    return None if known(facts.succession).successor_in_force else Refusal(RefusalCode.NO_SUCCESSOR_IN_FORCE)
