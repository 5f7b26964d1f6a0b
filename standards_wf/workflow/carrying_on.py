"""The acts that carry a case on from each stage: a case waits for those who may do them, not for those who could end it."""

from collections.abc import Mapping

from standards_wf.workflow.vocabulary import Action, Stage

CARRY_ON: Mapping[Stage, frozenset[Action]] = {
    Stage.SUGGESTED: frozenset({Action.APPLY}),
    Stage.APPLIED: frozenset({Action.START_APPRAISAL}),
    Stage.APPRAISAL: frozenset({Action.APPROVE_PROJECT}),
    Stage.DRAFTING: frozenset({Action.OPEN_CONSULTATION}),
    Stage.CONSULTATION: frozenset({Action.CLOSE_CONSULTATION}),
    Stage.RESOLUTION: frozenset({Action.SUBMIT_FOR_REVIEW}),
    Stage.REVIEW: frozenset({Action.PASS_REVIEW, Action.REPEAT_REVIEW, Action.FAIL_REVIEW}),
    Stage.SUBMISSION: frozenset({Action.SUBMIT_FOR_APPROVAL}),
    Stage.APPROVAL: frozenset({Action.OPEN_PUBLIC_NOTICE, Action.PUBLISH}),
    Stage.PUBLIC_NOTICE: frozenset({Action.PUBLISH}),
    Stage.PUBLISHED: frozenset({Action.RECORD_FILING, Action.RECORD_DISCLOSURE}),
    Stage.IN_FORCE: frozenset({Action.RECORD_FILING, Action.RECORD_DISCLOSURE, Action.START_REVIEW}),
    Stage.UNDER_REVIEW: frozenset({Action.CONFIRM, Action.ORDER_REVISION, Action.PROPOSE_ABOLITION}),
    Stage.ABOLITION_NOTICE: frozenset({Action.ABOLISH, Action.KEEP}),
}
