"""Deciding whether an act may happen, and letting it happen: the one place that speaks to `transitions`.

The library answers a refused guard with a quiet `False` and accepts misspelt names. Therefore the tables are checked
when they are imported, every guard is asked here before anything moves, and the library moves what was decided.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from transitions import Machine, MachineError

from standards_wf.workflow.conflicts import DECIDING, conflict_of
from standards_wf.workflow.facts import Actor, Aspect, ProjectFacts
from standards_wf.workflow.fields import FIELDS
from standards_wf.workflow.guards.asking import aspects_of
from standards_wf.workflow.joint import partners_agree
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.refusals import MET_BY_THE_FORM, Refusal, RefusalCode
from standards_wf.workflow.stages import stages_of
from standards_wf.workflow.table import Table, Transition
from standards_wf.workflow.vocabulary import Action, Kind, Stage

POSSIBLE_WHILE_SUSPENDED = frozenset({Action.WITHDRAW, Action.TERMINATE})
"""What may be done to a project that rests: ending it. It is resumed outside the table, as it was suspended."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether an act may happen now, and every reason why not."""

    action: Action
    row: Transition | None
    refusals: tuple[Refusal, ...]

    @property
    def allowed(self) -> bool:
        """Nothing stands against it."""
        return not self.refusals

    @property
    def open(self) -> bool:
        """Nothing stands against it but what the form of the act itself asks for."""
        return not self.missing

    @property
    def missing(self) -> tuple[Refusal, ...]:
        """What stands against it beside what its own form asks for."""
        return tuple(refusal for refusal in self.refusals if not self._is_met_by_the_form(refusal))

    def _is_met_by_the_form(self, refusal: Refusal) -> bool:
        """Whether filling in the form removes the reason: all that it misses must be fields of this form."""
        if refusal.code not in MET_BY_THE_FORM:
            return False
        asked = {row.name for row in FIELDS.get(self.action, ())}
        missed = refusal.params.get("fields", ())
        return isinstance(missed, tuple) and asked.issuperset(missed)

    @property
    def is_for_this_actor(self) -> bool:
        """The actor has one of the roles that the row names."""
        return all(
            refusal.code not in {RefusalCode.ROLE_REQUIRED, RefusalCode.NOT_FROM_THIS_STAGE}
            for refusal in self.refusals
        )


def _against(row: Transition, facts: ProjectFacts, actor: Actor, *, note: str) -> Iterator[Refusal]:
    """Every reason against an act but the actor; while the project rests that alone, for all else can wait."""
    if facts.suspended and row.action not in POSSIBLE_WHILE_SUSPENDED:
        since, reason = facts.suspended.from_on, facts.suspended.reason
        yield Refusal(RefusalCode.PROJECT_SUSPENDED, since=since, reason=reason)
        return
    for guard in row.guards:
        refusal = guard(facts, actor)
        if refusal is not None:
            yield refusal
    beside_the_table = partners_agree(row.action, facts)
    if beside_the_table is not None:
        yield beside_the_table
    if row.needs_note and not note.strip():
        yield Refusal(RefusalCode.NOTE_REQUIRED, action=row.action)


class _Passenger:
    """What the library moves: a stage and nothing else."""

    __slots__ = ("stage",)

    def __init__(self, stage: Stage) -> None:
        self.stage: str = stage.value


class ProjectMachine:
    """One machine of the library for each procedure, built once, with no registered models and no callbacks."""

    def __init__(self, tables: Iterable[Table]) -> None:
        self._tables = {table.kind: table for table in tables}
        self._machines = {kind: self._build(table) for kind, table in self._tables.items()}

    @staticmethod
    def _build(table: Table) -> Machine:
        return Machine(
            model=None,
            states=[row.stage.value for row in stages_of(table.kind)],
            initial=Stage.SUGGESTED.value,
            transitions=[
                {"trigger": row.action.value, "source": row.source.value, "dest": row.target.value}
                for row in table.rows
            ],
            auto_transitions=False,
            model_attribute="stage",
        )

    def table(self, kind: Kind) -> Table:
        """The procedure of a kind."""
        return self._tables[kind]

    def aspects(self, kind: Kind, stage: Stage, actions: Iterable[Action]) -> frozenset[Aspect]:
        """The aspects of the facts that must be gathered to decide on these actions at this stage."""
        rows = [row for row in (self._tables[kind].row(stage, action) for action in actions) if row]
        aspects = {aspect for row in rows for guard in row.guards for aspect in aspects_of(guard)}
        if any(row.action in DECIDING for row in rows):
            aspects.add(Aspect.AUTHORSHIP)
        return frozenset(aspects)

    def decide(self, action: Action, facts: ProjectFacts, actor: Actor, *, note: str = "") -> Decision:
        """Ask everything that the procedure asks, and gather every reason against the act."""
        row = self._tables[facts.kind].row(facts.stage, action)
        if row is None:
            refusal = Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=action, stage=facts.stage)
            return Decision(action, None, (refusal,))
        refusals = [*_against(row, facts, actor, note=note)]
        capacity = actor.capacity_in(facts.parties, row.roles)
        conflict = conflict_of(action, facts, actor, capacity)
        if conflict is not None:
            refusals.insert(0, conflict)
        if capacity is None:
            refusals.insert(0, Refusal(RefusalCode.ROLE_REQUIRED, roles=row.roles))
        return Decision(action, row, tuple(refusals))

    def actions_from(self, kind: Kind, stage: Stage) -> tuple[Action, ...]:
        """The actions that the procedure knows at a stage, in the order of the table."""
        return tuple(row.action for row in self._tables[kind].rows_from(stage))

    def move(self, kind: Kind, stage: Stage, action: Action) -> Stage:
        """Where the act leads, through the library. Raises MachineError where the procedure has no such row."""
        event = self._machines[kind].events.get(action.value)
        if event is None:
            raise MachineError(f"{kind} has no action {action}")
        passenger = _Passenger(stage)
        event.trigger(passenger)
        return Stage(passenger.stage)


PROJECT_MACHINE = ProjectMachine(PROCEDURES.values())
