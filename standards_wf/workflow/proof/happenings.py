"""What moves the small world of the proof: what people bring beside the acts, what time brings, and what an act brings.

Whether an act is possible is not said here; the guards say it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from standards_wf.workflow.proof.situations import Condition, Conditions
from standards_wf.workflow.stages import DOCUMENT_STAGES, STAGES
from standards_wf.workflow.vocabulary import Action, Event, Phase, Stage

_C = Condition
_NOTHING: Conditions = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What comes to be the case, and what no longer is."""

    adds: Conditions = _NOTHING
    removes: Conditions = _NOTHING

    def after(self, conditions: Conditions) -> Conditions:
        """What is the case afterwards."""
        return (conditions - self.removes) | self.adds


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """Something that changes a project without an act of the procedure."""

    event: Event | None
    """What the history records of it; `None` where time alone does it."""
    stages: frozenset[Stage]
    change: Change
    needs: Conditions = _NOTHING
    needs_one_of: Conditions = _NOTHING
    never_with: Conditions = _NOTHING

    def can_happen(self, stage: Stage, conditions: Conditions) -> bool:
        """Whether it can happen to a project that stands so."""
        return (
            stage in self.stages
            and self.needs <= conditions
            and (not self.needs_one_of or bool(self.needs_one_of & conditions))
            and not self.never_with & conditions
        )


def _in(*phases: Phase) -> frozenset[Stage]:
    return frozenset(row.stage for row in STAGES.values() if row.phase in phases)


_ANY = frozenset(Stage)
_APPLYING = frozenset({Stage.SUGGESTED, Stage.APPLIED})
_DRAFTED = _in(Phase.DRAFTING, Phase.CONSULTATION) | {Stage.REVIEW, Stage.SUBMISSION}
_MADE = _in(Phase.DRAFTING, Phase.CONSULTATION, Phase.APPROVAL)
_PREPARED = frozenset({Stage.SUBMISSION, Stage.APPROVAL, Stage.PUBLIC_NOTICE})
_CONSULTED = frozenset({Stage.CONSULTATION, Stage.RESOLUTION, Stage.DRAFTING})
_ANSWERED = frozenset({Stage.REVIEW, Stage.SUBMISSION, Stage.DRAFTING, Stage.RESOLUTION})
_REVIEWED, _AGED = frozenset({Stage.REVIEW}), frozenset({Stage.UNDER_REVIEW})
_VOTED = frozenset({_C.VOTED_FOR, _C.VOTED_AGAINST, _C.TOO_FEW_VOTED})
_OPINIONS = frozenset({_C.OPINION_VALID, _C.OPINION_REVISE, _C.OPINION_ABOLISH})


def _adds(event: Event | None, stages: frozenset[Stage], *adds: Condition, **needs: Conditions) -> Happening:
    return Happening(event=event, stages=stages, change=Change(adds=frozenset(adds)), **needs)


def _ends(event: Event, stages: frozenset[Stage], condition: Condition) -> Happening:
    ended = frozenset({condition})
    return Happening(event=event, stages=stages, change=Change(removes=ended), needs=ended)


def _instead(
    event: Event, stages: frozenset[Stage], one: Condition, others: Conditions, needs: Conditions = _NOTHING
) -> Happening:
    return Happening(
        event=event, stages=stages, change=Change(adds=frozenset({one}), removes=others - {one}), needs=needs
    )


_APPRAISALS = frozenset({_C.APPRAISED_IN_FAVOUR, _C.APPRAISED_AGAINST})
_RUNNING_ROUND, _RUNNING_NOTICE = frozenset({_C.ROUND_RUNS}), frozenset({_C.NOTICE_RUNS})
_RUNNING_BALLOT = frozenset({_C.BALLOT_RUNS})

HAPPENINGS: tuple[Happening, ...] = (
    _adds(Event.PARTICULARS_CHANGED, _APPLYING, _C.APPLICATION_COMPLETE),
    _adds(Event.PAPER_ATTACHED, _APPLYING, _C.FORM_SIGNED),
    *(
        _instead(Event.APPRAISAL_RECORDED, frozenset({Stage.APPRAISAL}), one, _APPRAISALS)
        for one in sorted(_APPRAISALS)
    ),
    # A draft for consultation that comes after the review draft makes that one old.
    _instead(Event.DRAFT_ATTACHED, _DRAFTED, _C.CONSULTATION_DRAFT, frozenset({_C.REVIEW_DRAFT})),
    _adds(Event.DRAFT_ATTACHED, _DRAFTED, _C.REVIEW_DRAFT),
    _adds(Event.DRAFT_ATTACHED, _PREPARED, _C.FULL_TEXT, needs=frozenset({_C.PUBLICATION_PREPARED})),
    _adds(Event.EXPLANATORY_NOTE_WRITTEN, _MADE, _C.NOTE_WRITTEN),
    _adds(Event.PAPER_ATTACHED, _MADE, _C.REPORTS_ATTACHED),
    _adds(Event.PAPER_ATTACHED, _MADE, _C.PACKAGE_ATTACHED),
    _adds(Event.COMMENT_RECEIVED, frozenset({Stage.CONSULTATION}), _C.COMMENTS_OPEN, needs=_RUNNING_ROUND),
    _ends(Event.COMMENT_DISPOSED, _CONSULTED, _C.COMMENTS_OPEN),
    _adds(None, _ANY, _C.ROUND_IS_OVER, needs=_RUNNING_ROUND),
    _adds(Event.PAPERS_SENT, _REVIEWED, _C.PAPERS_SENT),
    _adds(Event.BALLOT_OPENED, _REVIEWED, _C.BALLOT_RUNS, never_with=_VOTED),
    _adds(Event.VOTE_CAST, _REVIEWED, _C.OBJECTIONS_OPEN, needs=_RUNNING_BALLOT),
    *(_instead(Event.BALLOT_CLOSED, _REVIEWED, one, _RUNNING_BALLOT, _RUNNING_BALLOT) for one in sorted(_VOTED)),
    _adds(Event.MINUTES_SIGNED, _REVIEWED, _C.MINUTES_SIGNED, needs_one_of=_VOTED),
    _ends(Event.OBJECTION_ANSWERED, _ANSWERED, _C.OBJECTIONS_OPEN),
    _adds(Event.PUBLICATION_PREPARED, _PREPARED, _C.PUBLICATION_PREPARED),
    _adds(None, DOCUMENT_STAGES, _C.DAY_OF_EFFECT, needs=frozenset({_C.PUBLICATION_PREPARED})),
    _adds(None, _ANY, _C.NOTICE_IS_OVER, needs=_RUNNING_NOTICE),
    _adds(
        Event.OBJECTION_RECEIVED,
        _ANY,
        _C.NOTICE_OBJECTION_OPEN,
        needs=_RUNNING_NOTICE,
        never_with=frozenset({_C.NOTICE_IS_OVER}),
    ),
    _ends(Event.OBJECTION_ANSWERED, _ANY, _C.NOTICE_OBJECTION_OPEN),
    *(_instead(Event.REVIEW_OPINION_RECORDED, _AGED, one, _OPINIONS) for one in sorted(_OPINIONS)),
    _adds(None, DOCUMENT_STAGES, _C.SUCCESSOR),
)
"""Everything that can happen beside the acts. The services say at which stages; time and other cases do the rest."""

_ROUND = frozenset({_C.ROUND_RUNS, _C.ROUND_IS_OVER})
_NOTICE = frozenset({_C.NOTICE_RUNS, _C.NOTICE_IS_OVER, _C.NOTICE_OBJECTION_OPEN})
_OPENS_ROUND = Change(
    adds=_RUNNING_ROUND, removes=frozenset({_C.CONSULTATION_DRAFT, _C.REVIEW_DRAFT, _C.ROUND_IS_OVER})
)
_OPENS_REVIEW = Change(
    removes=_VOTED | {_C.PAPERS_SENT, _C.BALLOT_RUNS, _C.MINUTES_SIGNED, _C.PACKAGE_ATTACHED, _C.OBJECTIONS_OPEN}
)
_CLOSES_BALLOT = Change(removes=_RUNNING_BALLOT)
_CLOSES_NOTICE = Change(removes=_NOTICE)
_CONCLUDES = Change(removes=_OPINIONS)

BRINGS: Mapping[Action, Change] = {
    Action.RETURN_APPLICATION: Change(removes=_APPRAISALS),
    Action.APPROVE_PROJECT: Change(adds=frozenset({_C.PLANNED})),
    Action.EXTEND_PROJECT: Change(adds=frozenset({_C.EXTENDED})),
    Action.OPEN_CONSULTATION: _OPENS_ROUND,
    Action.REOPEN_CONSULTATION: _OPENS_ROUND,
    Action.EXTEND_CONSULTATION: Change(removes=frozenset({_C.ROUND_IS_OVER})),
    Action.CLOSE_CONSULTATION: Change(removes=_ROUND),
    Action.SUBMIT_FOR_REVIEW: _OPENS_REVIEW,
    Action.REPEAT_REVIEW: _OPENS_REVIEW,
    Action.RETURN_TO_REVIEW: _OPENS_REVIEW,
    Action.FAIL_REVIEW: Change(adds=frozenset({_C.FAILED_BEFORE})),
    Action.WITHDRAW_FROM_REVIEW: _CLOSES_BALLOT,
    Action.OPEN_PUBLIC_NOTICE: Change(adds=_RUNNING_NOTICE),
    Action.RETURN_SUBMISSION: _CLOSES_NOTICE,
    Action.REFUSE_APPROVAL: _CLOSES_NOTICE,
    Action.PUBLISH: _CLOSES_NOTICE,
    Action.START_REVIEW: _CONCLUDES,
    Action.CONFIRM: _CONCLUDES,
    Action.ORDER_REVISION: _CONCLUDES,
    Action.PROPOSE_ABOLITION: Change(adds=_RUNNING_NOTICE, removes=_OPINIONS),
    Action.ABOLISH: _CLOSES_NOTICE,
    Action.KEEP: _CLOSES_NOTICE,
}
"""What an act brings besides the new stage; the others bring nothing that a guard asks for."""
