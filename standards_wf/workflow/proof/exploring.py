"""Trying every act in every situation that a project can get into, by everybody who can hold one of its roles.

1. A project begins as a suggestion. What can happen beside the acts happens, in every order.
2. In each situation every row of the stage is asked, for each of its roles, with the form filled in well; the guards of
   the procedure answer, not a description of them.
3. What no act ahead asks for is forgotten, so that the situations stay few; nothing that a guard could see is lost.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from standards_wf.workflow.facts import Actor, Aspect
from standards_wf.workflow.guards.asking import GUARDS, Guard, aspects_of
from standards_wf.workflow.holding import holder_of
from standards_wf.workflow.proof.happenings import BRINGS, HAPPENINGS, Change, Happening
from standards_wf.workflow.proof.situations import (
    ASPECT_OF,
    Condition,
    Conditions,
    Situation,
    facts_of,
    filled_in,
    parties_of,
    within,
)
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.table import Transition
from standards_wf.workflow.vocabulary import Kind, Role, Stage

_UNCHANGED = Change()


@dataclass(slots=True)
class Explored:
    """What was found in the small world of one kind."""

    kind: Kind
    rows: tuple[Transition, ...]
    holders: Mapping[Role, Actor | None]
    ways: dict[Situation, set[Situation]] = field(default_factory=dict)
    """Every situation, with those that follow from it."""
    done: set[tuple[int, Role]] = field(default_factory=set)
    """The rows, by their place in the table, that somebody with this role can do in some situation."""
    met: set[tuple[int, str]] = field(default_factory=set)
    """The guards of each row that are met in some situation."""
    refusals: set[Refusal] = field(default_factory=set)
    """Every reason that a guard gave."""
    asked: int = 0
    """How often somebody asked to act."""


@dataclass(frozen=True, slots=True)
class _Answer:
    allowed: bool
    met: tuple[str, ...]
    refusals: tuple[Refusal, ...]


def explore(kind: Kind, rows: Sequence[Transition], happenings: Sequence[Happening] = HAPPENINGS) -> Explored:
    """Go through everything that can become of a project of the kind under these rows."""
    roles = {role for row in rows for role in row.roles}
    found = Explored(
        kind=kind, rows=tuple(rows), holders={role: holder_of(role, parties_of(kind)) for role in sorted(roles)}
    )
    world = _World(found, happenings)
    start = Situation(Stage.SUGGESTED)
    found.ways[start] = set()
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        for there in world.after(here):
            found.ways[here].add(there)
            if there not in found.ways:
                found.ways[there] = set()
                waiting.append(there)
    return found


def matters(rows: Sequence[Transition], happenings: Sequence[Happening]) -> Mapping[Stage, Conditions]:
    """For each stage the conditions at which some act still looks, there or further on, before they are brought anew."""
    known: dict[Stage, Conditions] = dict.fromkeys(Stage, frozenset())
    while True:
        wider = {stage: _matters_at(stage, rows, happenings, known) for stage in Stage}
        if wider == known:
            return known
        known = wider


def _matters_at(
    stage: Stage, rows: Sequence[Transition], happenings: Sequence[Happening], known: Mapping[Stage, Conditions]
) -> Conditions:
    matter = set(known[stage])
    for row in rows:
        if row.source is stage:
            looks = {aspect for guard in row.guards for aspect in _looks(guard)}
            change = BRINGS.get(row.action, _UNCHANGED)
            matter |= {each for each in Condition if ASPECT_OF[each] in looks}
            matter |= known[row.target] - change.adds - change.removes
    for each in happenings:
        if stage in each.stages and (each.change.adds | each.change.removes) & matter:
            matter |= each.needs | each.needs_one_of | each.never_with
    return frozenset(matter)


class _World:
    """The rows and the happenings of one kind, ready to be asked often."""

    def __init__(self, found: Explored, happenings: Sequence[Happening]) -> None:
        self._found = found
        self._rows_at = {
            stage: [(place, row) for place, row in enumerate(found.rows) if row.source is stage] for stage in Stage
        }
        self._matters = matters(found.rows, happenings)
        self._happenings = {stage: [each for each in happenings if stage in each.stages] for stage in Stage}
        self._answers: dict[tuple[int, Role, Conditions], _Answer] = {}

    def after(self, here: Situation) -> set[Situation]:
        """Every situation that can follow at once."""
        following = {
            self._seen(here.stage, each.change.after(here.conditions))
            for each in self._happenings[here.stage]
            if each.can_happen(here.stage, here.conditions)
        }
        for place, row in self._rows_at[here.stage]:
            if self._somebody_can(place, row, here.conditions):
                change = BRINGS.get(row.action, _UNCHANGED)
                following.add(self._seen(row.target, change.after(here.conditions)))
        return following - {here}

    def _seen(self, stage: Stage, conditions: Conditions) -> Situation:
        return Situation(stage, conditions & self._matters[stage])

    def _somebody_can(self, place: int, row: Transition, conditions: Conditions) -> bool:
        can = False
        for role in row.roles:
            holder = self._found.holders[role]
            if holder is None:
                continue
            answer = self._answer(place, row, role, holder, conditions)
            if answer.allowed:
                self._found.done.add((place, role))
                can = True
        return can

    def _answer(self, place: int, row: Transition, role: Role, holder: Actor, conditions: Conditions) -> _Answer:
        """What the guards say; situations that differ in nothing that they see have one answer."""
        self._found.asked += 1
        seen = within(conditions, [aspect for guard in row.guards for aspect in _looks(guard)])
        answer = self._answers.get((place, role, seen))
        if answer is None:
            answer = self._ask(row, holder, seen)
            self._answers[place, role, seen] = answer
            self._found.met |= {(place, name) for name in answer.met}
            self._found.refusals |= set(answer.refusals)
        return answer

    def _ask(self, row: Transition, holder: Actor, conditions: Conditions) -> _Answer:
        kind = self._found.kind
        facts = replace(facts_of(kind, row.source, conditions), fields=filled_in(kind, row.action))
        said = [(guard.__name__, guard(facts, holder)) for guard in row.guards if _is_known(guard)]
        return _Answer(
            allowed=all(refusal is None for _, refusal in said),
            met=tuple(name for name, refusal in said if refusal is None),
            refusals=tuple(refusal for _, refusal in said if refusal is not None),
        )


def _is_known(guard: Guard) -> bool:
    """Whether the guard is in the register; one that is not is a fault of the table and told as such."""
    return GUARDS.get(guard.__name__) is guard


def _looks(guard: Guard) -> frozenset[Aspect]:
    return aspects_of(guard) if _is_known(guard) else frozenset()
