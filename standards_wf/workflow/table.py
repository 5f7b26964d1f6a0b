"""A procedure as rows: from one stage, one action leads to one place.

A table is checked when it is imported; one that is not sound does not load.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from standards_wf.workflow.guards.asking import GUARDS, Guard
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Action, Effect, Kind, Role, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """One row: who may take a project from one stage to another, when, and what follows.

    `roles` are alternatives, `guards` must all hold. `basis` names the rule behind the row: a source of
    `docs/sources.md` (F01 …), a stage code that the act records, or "-" for practice.
    """

    action: Action
    source: Stage
    target: Stage
    roles: tuple[Role, ...]
    guards: tuple[Guard, ...] = ()
    needs_note: bool = False
    effects: tuple[Effect, ...] = ()
    basis: str = "-"


class TableFault(StrEnum):
    """What can be wrong with the rows of a table, whatever the guards answer."""

    ACTION_TWICE = "action_twice"
    NOBODY_MAY = "nobody_may"
    STAGE_OF_ANOTHER_KIND = "stage_of_another_kind"
    OUT_OF_A_FINAL_STAGE = "out_of_a_final_stage"
    UNKNOWN_GUARD = "unknown_guard"
    UNKNOWN_EFFECT = "unknown_effect"
    STAGE_NOT_REACHED = "stage_not_reached"
    NO_WAY_OUT = "no_way_out"


class UnsoundTable(ValueError):
    """The rows contradict themselves; `problems` lists everything that is wrong."""

    def __init__(self, kind: Kind, problems: Iterable[Refusal]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{kind}: " + "; ".join(map(repr, self.problems)))


class Table:
    """The rows of one kind, sound and ready to be asked."""

    def __init__(self, kind: Kind, rows: tuple[Transition, ...]) -> None:
        """Check and keep the rows. Raises UnsoundTable."""
        problems = tuple(problems_of(kind, rows))
        if problems:
            raise UnsoundTable(kind, problems)
        self.kind = kind
        self.rows = rows
        self._by_key = {(row.source, row.action): row for row in rows}

    def row(self, source: Stage, action: Action) -> Transition | None:
        """The row for an action at a stage, if there is one."""
        return self._by_key.get((source, action))

    def rows_from(self, source: Stage) -> tuple[Transition, ...]:
        """What can be done at a stage, in the order of the table."""
        return tuple(row for row in self.rows if row.source is source)


def problems_of(kind: Kind, rows: tuple[Transition, ...]) -> Iterable[Refusal]:
    """Everything that makes rows unsound as the procedure of a kind."""
    yield from _problems_of_rows(kind, rows)
    yield from _problems_of_paths(kind, rows)


def _problems_of_rows(kind: Kind, rows: tuple[Transition, ...]) -> Iterable[Refusal]:
    seen: set[tuple[Stage, Action]] = set()
    for row in rows:
        where = {"stage": row.source, "action": row.action}
        if (row.source, row.action) in seen:
            yield Refusal(TableFault.ACTION_TWICE, **where)
        seen.add((row.source, row.action))
        if not row.roles:
            yield Refusal(TableFault.NOBODY_MAY, **where)
        for stage in (row.source, row.target):
            if kind not in STAGES[stage].kinds:
                yield Refusal(TableFault.STAGE_OF_ANOTHER_KIND, **where, foreign=stage)
        if STAGES[row.source].final:
            yield Refusal(TableFault.OUT_OF_A_FINAL_STAGE, **where)
        yield from _problems_of_references(row)


def _problems_of_references(row: Transition) -> Iterable[Refusal]:
    for guard in row.guards:
        if GUARDS.get(guard.__name__) is not guard:
            yield Refusal(TableFault.UNKNOWN_GUARD, stage=row.source, action=row.action, guard=guard.__name__)
    for effect in row.effects:
        if not isinstance(effect, Effect):
            yield Refusal(TableFault.UNKNOWN_EFFECT, stage=row.source, action=row.action, effect=str(effect))


def _problems_of_paths(kind: Kind, rows: tuple[Transition, ...]) -> Iterable[Refusal]:
    stages = {row.stage for row in STAGES.values() if kind in row.kinds}
    for stage in sorted(stages - {Stage.SUGGESTED, *stages_ahead(Stage.SUGGESTED, rows)}):
        yield Refusal(TableFault.STAGE_NOT_REACHED, stage=stage)
    ways_out = {row.source for row in rows if row.target is not row.source}
    for stage in sorted(stages - ways_out):
        if not STAGES[stage].final:
            yield Refusal(TableFault.NO_WAY_OUT, stage=stage)


def stages_ahead(start: Stage, rows: Iterable[Transition]) -> frozenset[Stage]:
    """The stages to which the rows lead from a stage, in one act or in many."""
    rows = tuple(rows)
    reached: set[Stage] = set()
    frontier = [start]
    while frontier:
        here = frontier.pop()
        for row in rows:
            if row.source is here and row.target not in reached:
                reached.add(row.target)
                frontier.append(row.target)
    return frozenset(reached)
