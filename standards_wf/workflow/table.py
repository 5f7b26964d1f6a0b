"""A procedure as rows: from one stage, one action leads to one place.

A table is checked when it is imported; one that is not sound does not load.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from standards_wf.workflow.guards.asking import GUARDS, Guard
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


class UnsoundTable(ValueError):
    """The rows contradict themselves; `problems` lists everything that is wrong."""

    def __init__(self, kind: Kind, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{kind}: " + "; ".join(self.problems))


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


def problems_of(kind: Kind, rows: tuple[Transition, ...]) -> Iterable[str]:
    """Everything that makes rows unsound as the procedure of a kind."""
    yield from _problems_of_rows(kind, rows)
    yield from _problems_of_paths(kind, rows)


def _problems_of_rows(kind: Kind, rows: tuple[Transition, ...]) -> Iterable[str]:
    seen: set[tuple[Stage, Action]] = set()
    for row in rows:
        name = f"{row.source}/{row.action}"
        if (row.source, row.action) in seen:
            yield f"{name}: the action stands twice"
        seen.add((row.source, row.action))
        if not row.roles:
            yield f"{name}: nobody may do it"
        for stage in (row.source, row.target):
            if kind not in STAGES[stage].kinds:
                yield f"{name}: {kind} has no stage {stage}"
        if STAGES[row.source].final:
            yield f"{name}: leads out of a final stage"
        yield from _problems_of_references(name, row)


def _problems_of_references(name: str, row: Transition) -> Iterable[str]:
    for guard in row.guards:
        if GUARDS.get(guard.__name__) is not guard:
            yield f"{name}: unknown guard {guard!r}"
    for effect in row.effects:
        if not isinstance(effect, Effect):
            yield f"{name}: unknown effect {effect!r}"


def _problems_of_paths(kind: Kind, rows: tuple[Transition, ...]) -> Iterable[str]:
    stages = {row.stage for row in STAGES.values() if kind in row.kinds}
    reached, frontier = {Stage.SUGGESTED}, [Stage.SUGGESTED]
    while frontier:
        here = frontier.pop()
        for row in rows:
            if row.source is here and row.target not in reached:
                reached.add(row.target)
                frontier.append(row.target)
    for stage in sorted(stages - reached):
        yield f"{stage}: cannot be reached from {Stage.SUGGESTED}"
    ways_out = {row.source for row in rows if row.target is not row.source}
    for stage in sorted(stages - ways_out):
        if not STAGES[stage].final:
            yield f"{stage}: no way out"
