"""Gathering suggestions: several of them are merged into one case with one decision."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.history import LifecycleEvent
from standards_wf.services.entrance_problems import MergeProblem
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.merging import ToMerge
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Action


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeSuggestions:
    """Suggestions that go on as another case, and the answer in writing to whoever made them."""

    merged_into: int
    suggestions: tuple[ToMerge, ...]
    note: str


def merge_suggestions(
    session: Session, cmd: MergeSuggestions, *, actor: Actor, moment: Moment
) -> tuple[LifecycleEvent, ...]:
    """Decline suggestions in favour of one case, all or none; each proposer is told where it goes on.

    Raises NotFound, EditConflict, TransitionRefused, Invalid.
    """
    if not cmd.suggestions:
        raise Invalid({"suggestions": Refusal(MergeProblem.NONE_CHOSEN)})
    return tuple(
        perform(
            session,
            PerformAction(
                project_id=each.project_id,
                action=Action.DECLINE,
                expected_version=each.expected_version,
                note=cmd.note,
                fields=ActFields(merged_into=cmd.merged_into),
            ),
            actor=actor,
            moment=moment,
        )
        for each in sorted(cmd.suggestions, key=lambda one: one.project_id)
    )
