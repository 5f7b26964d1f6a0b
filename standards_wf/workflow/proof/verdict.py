"""What is wrong with a procedure, found by trying it; and how much was tried."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from standards_wf.workflow.guards.asking import GUARDS
from standards_wf.workflow.proof.counting import Verdict, count_votes
from standards_wf.workflow.proof.exploring import Explored, explore
from standards_wf.workflow.proof.situations import Situation
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.stages import STAGES, stages_of
from standards_wf.workflow.table import Transition, problems_of
from standards_wf.workflow.vocabulary import Kind, Stage


class Fault(StrEnum):
    """What trying a procedure can show to be wrong with it."""

    NEVER_POSSIBLE = "never_possible"
    GUARD_NEVER_MET = "guard_never_met"
    ROLE_HELD_BY_NOBODY = "role_held_by_nobody"
    ROLE_NEVER_CAN = "role_never_can"
    STUCK = "stuck"
    NEVER_ENTERED = "never_entered"
    NO_ACT_FOR_A_COUNT = "no_act_for_a_count"
    ACTS_FOR_ONE_COUNT = "acts_for_one_count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What trying the procedure of one kind showed; it is sound when there are no faults."""

    kind: Kind
    stages: int
    rows: int
    situations: int
    ways: int
    asked: int
    counts: int
    refusals: tuple[Refusal, ...]
    """Every reason that the guards gave, each once."""
    faults: tuple[Refusal, ...]


def prove(kind: Kind, rows: Sequence[Transition]) -> Proof:
    """Try everything that can become of a project of the kind under these rows, and say what is wrong with them."""
    found = explore(kind, rows)
    verdicts = count_votes(kind, rows)
    faults = (
        *problems_of(kind, tuple(rows)),
        *_faults_of_rows(found),
        *_faults_of_ways(found),
        *_faults_of_counts(verdicts),
    )
    return Proof(
        kind=kind,
        stages=len(stages_of(kind)),
        rows=len(rows),
        situations=len(found.ways),
        ways=sum(len(following) for following in found.ways.values()),
        asked=found.asked,
        counts=sum(verdict.counts for verdict in verdicts),
        refusals=tuple(sorted(found.refusals, key=repr)),
        faults=faults,
    )


def _faults_of_rows(found: Explored) -> Iterable[Refusal]:
    entered = {situation.stage for situation in found.ways}
    for place, row in enumerate(found.rows):
        if row.source not in entered or not row.roles:
            continue  # told as a fault of its own
        where = {"stage": row.source, "action": row.action}
        for role in row.roles:
            if found.holders[role] is None:
                yield Refusal(Fault.ROLE_HELD_BY_NOBODY, **where, role=role)
        able = [role for role in row.roles if (place, role) in found.done]
        if not able:
            yield _why_never(found, place, row)
            continue
        for role in row.roles:
            if role not in able and found.holders[role] is not None:
                yield Refusal(Fault.ROLE_NEVER_CAN, **where, role=role)


def _why_never(found: Explored, place: int, row: Transition) -> Refusal:
    """The guards that nothing meets, or, where each is met by itself, all that are never met together."""
    asked = [guard.__name__ for guard in row.guards if guard.__name__ in GUARDS]
    unmet = tuple(name for name in asked if (place, name) not in found.met)
    code = Fault.GUARD_NEVER_MET if unmet else Fault.NEVER_POSSIBLE
    return Refusal(code, stage=row.source, action=row.action, guards=unmet or tuple(asked))


def _faults_of_ways(found: Explored) -> Iterable[Refusal]:
    entered = {situation.stage for situation in found.ways}
    for stage in stages_of(found.kind):
        if stage.stage not in entered:
            yield Refusal(Fault.NEVER_ENTERED, stage=stage.stage)
    stuck: dict[Stage, list[Situation]] = {}
    for situation in found.ways.keys() - _that_can_end(found):
        stuck.setdefault(situation.stage, []).append(situation)
    for at in sorted(stuck, key=list(STAGES).index):
        fewest = min(stuck[at], key=lambda each: (len(each.conditions), sorted(each.conditions)))
        yield Refusal(
            Fault.STUCK, stage=at, situations=len(stuck[at]), conditions=tuple(sorted(map(str, fewest.conditions)))
        )


def _that_can_end(found: Explored) -> set[Situation]:
    """Every situation from which a final stage can be reached."""
    before: dict[Situation, list[Situation]] = {}
    for here, following in found.ways.items():
        for there in following:
            before.setdefault(there, []).append(here)
    ending = {situation for situation in found.ways if STAGES[situation.stage].final}
    frontier = list(ending)
    while frontier:
        for here in before.get(frontier.pop(), ()):
            if here not in ending:
                ending.add(here)
                frontier.append(here)
    return ending


def _faults_of_counts(verdicts: Iterable[Verdict]) -> Iterable[Refusal]:
    for verdict in verdicts:
        if (count := verdict.nobody) is not None:
            yield Refusal(
                Fault.NO_ACT_FOR_A_COUNT,
                stage=verdict.stage,
                entitled=count.entitled,
                cast=count.votes_cast,
                votes_for=count.votes_for,
            )
        if verdict.both is not None:
            count, actions = verdict.both
            yield Refusal(
                Fault.ACTS_FOR_ONE_COUNT,
                stage=verdict.stage,
                actions=actions,
                entitled=count.entitled,
                cast=count.votes_cast,
                votes_for=count.votes_for,
            )
