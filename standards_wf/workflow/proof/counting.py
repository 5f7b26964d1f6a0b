"""Acts between which a count decides: after a closed ballot exactly one of them is possible, whatever was counted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from standards_wf.workflow.facts import VISITOR, ProjectFacts, known
from standards_wf.workflow.guards.asking import Guard
from standards_wf.workflow.guards.review import approved_by_vote, not_approved_by_vote, quorum_met, quorum_missed
from standards_wf.workflow.proof.situations import Condition, facts_of
from standards_wf.workflow.table import Transition
from standards_wf.workflow.vocabulary import Action, Kind, Stage

COUNTING: frozenset[Guard] = frozenset({quorum_met, quorum_missed, approved_by_vote, not_approved_by_vote})
"""The guards that do nothing but count votes."""
MOST_VOTERS = 20
"""Every count up to so many voters is tried."""


@dataclass(frozen=True, slots=True)
class Count:
    """What a ballot can come to."""

    entitled: int
    votes_cast: int
    votes_for: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the counts showed at one stage: one count for each fault, the smallest."""

    stage: Stage
    counts: int
    nobody: Count | None = None
    """A count after which none of the acts is possible."""
    both: tuple[Count, tuple[Action, ...]] | None = None
    """A count after which acts are possible that exclude each other."""


def counts_up_to(voters: int) -> Iterator[Count]:
    """Every ballot of up to so many voters."""
    for entitled in range(voters + 1):
        for cast in range(entitled + 1):
            for votes_for in range(cast + 1):
                yield Count(entitled, cast, votes_for)


def count_votes(kind: Kind, rows: Sequence[Transition], *, most: int = MOST_VOTERS) -> tuple[Verdict, ...]:
    """Try every count at each stage where acts ask for one.

    Acts that ask the same of the count go together: whether a review fails once more or the project is cancelled is for
    people to decide. Acts that ask something else must not both be possible, and one of them must be.
    """
    stages = dict.fromkeys(row.source for row in rows if COUNTING & set(row.guards))
    return tuple(_verdict(kind, stage, [row for row in rows if row.source is stage], most) for stage in stages)


def _verdict(kind: Kind, stage: Stage, rows: Iterable[Transition], most: int) -> Verdict:
    actions: dict[frozenset[Guard], list[Action]] = {}
    for row in rows:
        if asked := COUNTING & set(row.guards):
            actions.setdefault(frozenset(asked), []).append(row.action)
    facts = facts_of(kind, stage, frozenset({Condition.PAPERS_SENT, Condition.VOTED_FOR, Condition.MINUTES_SIGNED}))
    verdict = Verdict(stage, 0)
    for count in counts_up_to(most):
        possible = [asked for asked in actions if _all_met(asked, facts, count)]
        verdict = replace(verdict, counts=verdict.counts + 1)
        if not possible and verdict.nobody is None:
            verdict = replace(verdict, nobody=count)
        if len(possible) > 1 and verdict.both is None:
            verdict = replace(verdict, both=(count, tuple(act for asked in possible for act in actions[asked])))
    return verdict


def _all_met(asked: Iterable[Guard], facts: ProjectFacts, count: Count) -> bool:
    review = replace(
        known(facts.review), entitled=count.entitled, votes_cast=count.votes_cast, votes_for=count.votes_for
    )
    counted = replace(facts, review=review)
    return all(guard(counted, VISITOR) is None for guard in asked)
