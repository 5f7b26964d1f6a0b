"""The whole proof of a procedure: its table tried, its words told, its promises kept by somebody."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from standards_wf.services.papers import MADE_HERE, PAPER_OF
from standards_wf.wording.proving import EffectFault, tell
from standards_wf.worker.handlers import HANDLERS
from standards_wf.workflow.proof.verdict import Proof, prove
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.table import Transition
from standards_wf.workflow.vocabulary import Effect, Kind, Paper


@dataclass(frozen=True, slots=True)
class Verified:
    """What was tried and told of one kind, and everything that is wrong."""

    proof: Proof
    words: int
    faults: tuple[Refusal, ...]


def verify_procedure(kind: Kind, rows: Sequence[Transition]) -> Verified:
    """Prove the procedure of a kind."""
    proof = prove(kind, rows)
    told = tell(kind, rows, proof.refusals)
    return Verified(proof, told.words, (*proof.faults, *told.faults, *broken_promises(rows)))


def broken_promises(
    rows: Iterable[Transition],
    handled: Collection[Effect] = HANDLERS,
    papers: Mapping[Effect, Paper] = PAPER_OF,
    made: Collection[Paper] = MADE_HERE,
) -> Iterable[Refusal]:
    """The effects that no handler carries out, and those that ask for a paper without a template."""
    for row in rows:
        for effect in row.effects:
            if effect not in handled:
                yield Refusal(EffectFault.EFFECT_WITHOUT_HANDLER, stage=row.source, action=row.action, effect=effect)
            elif effect in papers and papers[effect] not in made:
                yield Refusal(EffectFault.EFFECT_WITHOUT_PAPER, stage=row.source, action=row.action, effect=effect)
