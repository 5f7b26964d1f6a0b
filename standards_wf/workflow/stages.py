"""The stages of a life: their phase, the ISO/GB stage code they stand at, and the kinds that pass through them.

The codes follow GB/T 16733 and the ISO harmonized stage codes.
"""

from dataclasses import dataclass

from standards_wf.workflow.vocabulary import Kind, Phase, Stage

ALL_KINDS = frozenset(Kind)


@dataclass(frozen=True, slots=True)
class StageRow:
    """One stage of the procedure; out of a final stage no action leads."""

    stage: Stage
    phase: Phase
    code: str
    kinds: frozenset[Kind] = ALL_KINDS
    final: bool = False


_ROWS = (
    StageRow(Stage.SUGGESTED, Phase.PROPOSAL, "00.20"),
    StageRow(Stage.APPLIED, Phase.PROPOSAL, "10.00"),
    StageRow(Stage.APPRAISAL, Phase.PROPOSAL, "10.20"),
    StageRow(Stage.DRAFTING, Phase.DRAFTING, "20.20"),
    StageRow(Stage.CONSULTATION, Phase.CONSULTATION, "30.20"),
    StageRow(Stage.RESOLUTION, Phase.CONSULTATION, "30.60"),
    StageRow(Stage.REVIEW, Phase.APPROVAL, "40.20"),
    StageRow(Stage.SUBMISSION, Phase.APPROVAL, "50.00"),
    StageRow(Stage.APPROVAL, Phase.APPROVAL, "50.20"),
    StageRow(Stage.PUBLIC_NOTICE, Phase.APPROVAL, "50.60", kinds=frozenset({Kind.METROLOGY_SPECIFICATION})),
    StageRow(Stage.PUBLISHED, Phase.PUBLISHED, "60.60"),
    StageRow(Stage.IN_FORCE, Phase.PUBLISHED, "60.60"),
    StageRow(Stage.UNDER_REVIEW, Phase.PUBLISHED, "90.20"),
    StageRow(Stage.ABOLITION_NOTICE, Phase.PUBLISHED, "95.20"),
    StageRow(Stage.REJECTED, Phase.CLOSED, "10.98", final=True),
    StageRow(Stage.TERMINATED, Phase.CLOSED, "98", final=True),
    StageRow(Stage.SUPERSEDED, Phase.CLOSED, "95.99", final=True),
    StageRow(Stage.ABOLISHED, Phase.CLOSED, "95.99", final=True),
)

STAGES: dict[Stage, StageRow] = {row.stage: row for row in _ROWS}

# A document exists from its publication on, whatever became of it later.
DOCUMENT_STAGES = frozenset(
    {
        Stage.PUBLISHED,
        Stage.IN_FORCE,
        Stage.UNDER_REVIEW,
        Stage.ABOLITION_NOTICE,
        Stage.SUPERSEDED,
        Stage.ABOLISHED,
    }
)


RUNNING = frozenset(row.stage for row in _ROWS if row.phase not in {Phase.PUBLISHED, Phase.CLOSED})
"""The stages of a case that is under way to its document."""
ENDED = frozenset({Stage.SUPERSEDED, Stage.ABOLISHED})
"""The stages of a document that is no longer in force and never will be again."""


def stages_of(kind: Kind) -> tuple[StageRow, ...]:
    """The stages that a kind passes through, in the order of the procedure."""
    return tuple(row for row in _ROWS if kind in row.kinds)
