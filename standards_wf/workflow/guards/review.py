"""Guards of the technical review: papers, reviewers, votes, minutes."""

from fractions import Fraction
from math import ceil

from standards_wf.workflow import deadlines
from standards_wf.workflow.facts import Actor, Aspect, ProjectFacts, ReviewFacts, known
from standards_wf.workflow.guards.asking import looks_at
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import ReviewMode


@looks_at(Aspect.REVIEW)
def papers_sent_in_time(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The papers went to the reviewers long enough before the meeting, or before the letter ballot closes."""
    review, needed = known(facts.review), facts.rules.papers_notice_days
    if review.papers_sent_on is None:
        return Refusal(RefusalCode.PAPERS_NOT_SENT, needed=needed)
    if review.held_on is None:
        return Refusal(RefusalCode.REVIEW_DATE_MISSING)
    if deadlines.papers_to_send(review.held_on, facts.rules).has_passed(review.papers_sent_on):
        return Refusal(
            RefusalCode.PAPERS_SENT_TOO_LATE,
            sent_on=review.papers_sent_on,
            held_on=review.held_on,
            days=deadlines.between(review.papers_sent_on, review.held_on),
            needed=needed,
        )
    return None


@looks_at(Aspect.REVIEW)
def ballot_closed(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The ballot of this review is closed."""
    review = known(facts.review)
    if not review.ballot_opened:
        return Refusal(RefusalCode.BALLOT_NOT_OPENED)
    return None if review.ballot_closed else Refusal(RefusalCode.BALLOT_STILL_OPEN)


@looks_at(Aspect.REVIEW)
def reviewers_are_enough(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Enough persons are entitled to vote, no drafter among them, and not too many from a drafting unit."""
    review, rules = known(facts.review), facts.rules
    if review.entitled < rules.review_min_voters:
        return Refusal(RefusalCode.TOO_FEW_VOTERS, entitled=review.entitled, needed=rules.review_min_voters)
    if review.drafters_entitled:
        return Refusal(RefusalCode.DRAFTERS_AMONG_VOTERS, drafters=review.drafters_entitled)
    share = Fraction(review.entitled_from_drafting_units, review.entitled) if review.entitled else Fraction(0)
    if share > rules.review_max_drafter_unit_share:
        return Refusal(
            RefusalCode.TOO_MANY_FROM_DRAFTING_UNITS,
            from_units=review.entitled_from_drafting_units,
            entitled=review.entitled,
            share=rules.review_max_drafter_unit_share,
        )
    return None


def _reaches_quorum(review: ReviewFacts, quorum: Fraction) -> bool:
    return review.entitled > 0 and Fraction(review.votes_cast, review.entitled) >= quorum


def _reaches_approval(review: ReviewFacts, approve: Fraction) -> bool:
    return review.votes_cast > 0 and Fraction(review.votes_for, review.votes_cast) >= approve


@looks_at(Aspect.REVIEW)
def quorum_met(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Votes cast, abstentions included, over persons entitled reach the quorum."""
    review, quorum = known(facts.review), facts.rules.quorum
    if _reaches_quorum(review, quorum):
        return None
    return Refusal(
        RefusalCode.QUORUM_MISSED,
        cast=review.votes_cast,
        entitled=review.entitled,
        needed=quorum,
        at_least=max(1, ceil(review.entitled * quorum)),
    )


@looks_at(Aspect.REVIEW)
def quorum_missed(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Votes cast over persons entitled stay below the quorum."""
    review, quorum = known(facts.review), facts.rules.quorum
    if not _reaches_quorum(review, quorum):
        return None
    return Refusal(RefusalCode.QUORUM_WAS_MET, cast=review.votes_cast, entitled=review.entitled, needed=quorum)


@looks_at(Aspect.REVIEW)
def approved_by_vote(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Votes in favour over votes cast, abstentions included, reach the share that the rules of this kind ask for."""
    review, approve = known(facts.review), facts.rules.approve
    if _reaches_approval(review, approve):
        return None
    return Refusal(
        RefusalCode.NOT_ENOUGH_IN_FAVOUR,
        votes_for=review.votes_for,
        votes_cast=review.votes_cast,
        needed=approve,
        at_least=max(1, ceil(review.votes_cast * approve)),
    )


@looks_at(Aspect.REVIEW)
def not_approved_by_vote(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The quorum is met and votes in favour stay below the share asked for."""
    review, rules = known(facts.review), facts.rules
    if not _reaches_quorum(review, rules.quorum):
        return quorum_met(facts, actor)
    if not _reaches_approval(review, rules.approve):
        return None
    return Refusal(
        RefusalCode.ENOUGH_IN_FAVOUR, votes_for=review.votes_for, votes_cast=review.votes_cast, needed=rules.approve
    )


@looks_at(Aspect.REVIEW)
def minutes_signed(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Minutes (会审) are signed by every attending expert, or the ballot's conclusion (函审) by the secretary.

    For a letter ballot every ballot paper is attached.
    """
    review = known(facts.review)
    if not review.minutes_recorded:
        return Refusal(RefusalCode.MINUTES_MISSING, mode=review.mode)
    if review.signatures_missing:
        return Refusal(RefusalCode.SIGNATURES_MISSING, names=review.signatures_missing)
    if review.mode is ReviewMode.LETTER and review.papers_of_votes_missing:
        return Refusal(RefusalCode.BALLOT_PAPERS_MISSING, missing=review.papers_of_votes_missing)
    return None


@looks_at(Aspect.REVIEW)
def review_failed_before(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """An earlier review of this project ended not approved."""
    return None if known(facts.review).failed_before else Refusal(RefusalCode.NO_EARLIER_FAILURE)


@looks_at(Aspect.REVIEW)
def objections_answered(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Where comments or votes against were recorded at the review, each has an answer."""
    review = known(facts.review)
    if review.objections_unanswered:
        return Refusal(RefusalCode.OBJECTIONS_UNANSWERED, open=review.objections_unanswered, recorded=review.objections)
    return None
