"""When somebody is reminded of a deadline, and in whose hands it lies.

Before the last day at fixed steps, on the day itself, and afterwards again and again until it is met. Of the steps
that fell due while nobody worked, only the newest counts. Nobody is reminded of what the clock does by itself.
"""

from dataclasses import dataclass

from standards_wf.workflow.carrying_on import CARRY_ON
from standards_wf.workflow.deadlines import MET_BY, Due
from standards_wf.workflow.kinds import KINDS, Addressee
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.vocabulary import Action, Kind, Role, Stage


@dataclass(frozen=True, slots=True)
class ReminderSteps:
    """So many days before the last day, and how often after it: chosen by the installation, no rule of the procedure."""

    before: tuple[int, ...] = (30, 7, 1)
    repeat_every: int = 7

    def newest(self, *, days_left: int, days_left_at_first: int) -> int | None:
        """The newest step that fell due from the first of these days to the last; `None` where none did.

        A step is the number of days that are left when it falls due, below zero after the last day.
        """
        due = [step for step in {*self.before, 0} if days_left <= step <= days_left_at_first]
        repeated = -(max(0, -days_left) // self.repeat_every * self.repeat_every)
        if repeated < 0 and repeated <= days_left_at_first:
            due.append(repeated)
        return min(due, default=None)


USUAL_STEPS = ReminderSteps()

_TEXT_IN_HAND = frozenset({Stage.DRAFTING, Stage.CONSULTATION, Stage.RESOLUTION, Stage.REVIEW})
"""While the text is still being written or mended, its drafters are asked for it too."""
_IN_CHARGE = {
    Addressee.DEPARTMENT: Role.COMPETENT_DEPARTMENT,
    Addressee.GROUP: Role.GROUP_SECRETARIAT,
    Addressee.COMMITTEE: Role.COMMITTEE_SECRETARY,
}
_WAYS_TO: dict[Due, tuple[Action, ...]] = {
    Due.CONSULTATION_CLOSES: (Action.EXTEND_CONSULTATION,),
    Due.PERIODIC_REVIEW: (Action.START_REVIEW,),
}
"""Acts that do not meet a deadline, but move it or lead to the act that does."""
_AT_THE_MEETING = (Role.COMMITTEE_SECRETARY, Role.COMMITTEE_CHAIR, Role.COMMITTEE_MEMBER, Role.INVITED_EXPERT)


def reminded_roles(kind: Kind, stage: Stage, due: Due, *, passed: bool) -> frozenset[Role]:
    """The roles in whose hands a deadline lies at this stage: those that may do the acts which end it.

    After the last day of a meeting only its secretary has something to do, the minutes. Whoever may vote is on the
    list of the ballot and is not found by role.
    """
    match due:
        case Due.IMPLEMENTATION:
            return frozenset()
        case Due.PAPERS_TO_SEND | Due.BALLOT_CLOSES:
            return frozenset({Role.COMMITTEE_SECRETARY})
        case Due.MEETING:
            return frozenset({Role.COMMITTEE_SECRETARY} if passed else _AT_THE_MEETING)
        case Due.REVIEW_OPINION:
            return frozenset({_IN_CHARGE[KINDS[kind].addressee]})
        case Due.COMPLETION:
            drafters = {Role.DRAFTER} if stage in _TEXT_IN_HAND else set()
            return _may_do(kind, stage, CARRY_ON.get(stage, frozenset())) | drafters
    ways = {act for act in MET_BY[due] if isinstance(act, Action)}
    return _may_do(kind, stage, ways | {*_WAYS_TO.get(due, ())})


def _may_do(kind: Kind, stage: Stage, actions: frozenset[Action] | set[Action]) -> frozenset[Role]:
    rows = PROCEDURES[kind].rows_from(stage)
    return frozenset(role for row in rows if row.action in actions for role in row.roles) - {Role.SYSTEM}
