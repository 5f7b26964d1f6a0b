"""Conflicts: nobody decides on their own draft, whatever roles they hold.

A decision is an act by which somebody judges a text or the document that became of it. Handing a case on or back,
moving a date and recording what others did are none: whoever drafted may do them in a role that allows it. Whose
draft it is stays true after a role has ended.
"""

from standards_wf.workflow.facts import Actor, AuthorshipFacts, Capacity, ProjectFacts, known
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Action, Authorship

ON_THE_APPLICATION = frozenset({Action.APPROVE_PROJECT, Action.REFUSE_PROJECT})
"""Decisions on whether there is to be a text at all: whoever proposed it has a part in these as well."""
DECIDING = ON_THE_APPLICATION | {
    Action.PASS_REVIEW,
    Action.FAIL_REVIEW,
    Action.CANCEL_AFTER_FAILURE,
    Action.REFUSE_APPROVAL,
    Action.PUBLISH,
    Action.CONFIRM,
    Action.ORDER_REVISION,
    Action.PROPOSE_ABOLITION,
    Action.ABOLISH,
    Action.KEEP,
}


def conflict_of(action: Action, facts: ProjectFacts, actor: Actor, capacity: Capacity | None) -> Refusal | None:
    """Why this actor must leave the decision to somebody else, if it is one and the draft is their own.

    Of a deputy and the person acted for, neither may have a part in the text. Who has no role to decide in has no
    conflict either, and the clock has no drafts.
    """
    if action not in DECIDING or capacity is None or actor.is_system:
        return None
    authorship = known(facts.authorship)
    own = _parts(action, authorship, actor.person_id)
    if own:
        return Refusal(RefusalCode.OWN_DRAFT, how=own)
    theirs = _parts(action, authorship, capacity.on_behalf_of)
    return Refusal(RefusalCode.PRINCIPALS_DRAFT, how=theirs) if theirs else None


def conflict_of_correction(authorship: AuthorshipFacts, actor: Actor) -> Refusal | None:
    """Why this administrator must leave it to another one to put a project at a stage by hand: it would decide."""
    own = tuple(part for part in authorship.of(actor.person_id) if part is not Authorship.PROPOSED_IT)
    return Refusal(RefusalCode.OWN_DRAFT, how=own) if own else None


def _parts(action: Action, authorship: AuthorshipFacts, person_id: int | None) -> tuple[Authorship, ...]:
    parts = authorship.of(person_id)
    if action in ON_THE_APPLICATION:
        return parts
    return tuple(part for part in parts if part is not Authorship.PROPOSED_IT)
