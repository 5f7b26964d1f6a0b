"""The procedure of a kind as it is explained to everybody: its stages and acts, its questions, and the rules in force here."""

from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.rules import RuleRow
from standards_wf.wording.bases import Basis, basis_of
from standards_wf.wording.language import Term
from standards_wf.wording.questions import QUESTIONS, Question
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.rules import RULE_BY_NAME, RULES
from standards_wf.workflow.stages import StageRow, stages_of
from standards_wf.workflow.table import Transition
from standards_wf.workflow.vocabulary import Action, Kind, Role, Stage


@dataclass(frozen=True, slots=True, kw_only=True)
class ActShown:
    """One row of the table."""

    action: Action
    target: Stage
    stays: bool
    roles: tuple[Role, ...]
    questions: tuple[tuple[str, Term], ...]
    """Each question by its name, with what it is called."""
    needs_note: bool
    basis: Basis


@dataclass(frozen=True, slots=True)
class StageShown:
    """A stage with what can be done there."""

    stage: StageRow
    acts: tuple[ActShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleExplained:
    """A number of the procedure as it counts here."""

    name: str
    unit: str
    value: int | Fraction
    is_default: bool
    basis: str
    confirmed: bool
    """Whether the basis is a text that was read; where it is not, the number is no law."""


@dataclass(frozen=True, slots=True)
class QuestionShown:
    """A question that an act must answer well, with the numbers that it asks for."""

    name: str
    question: Question
    rules: tuple[RuleExplained, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedurePage:
    """All that is to be known of the procedure of a kind."""

    kind: Kind
    stages: tuple[StageShown, ...]
    questions: tuple[QuestionShown, ...]
    other_rules: tuple[RuleExplained, ...]
    """Numbers that no act asks for: they set deadlines."""

    @property
    def acts(self) -> int:
        """How many rows the table has."""
        return sum(len(each.acts) for each in self.stages)


def procedure_page(session: Session, kind: Kind) -> ProcedurePage:
    """The procedure of a kind, with the rules of this installation: one query."""
    table = PROCEDURES[kind]
    asked = dict.fromkeys(guard.__name__ for row in table.rows for guard in row.guards)
    rules = _rules(session, kind)
    return ProcedurePage(
        kind=kind,
        stages=tuple(
            StageShown(stage, tuple(_act(row) for row in table.rows_from(stage.stage))) for stage in stages_of(kind)
        ),
        questions=tuple(
            QuestionShown(name, QUESTIONS[name], tuple(rule for rule in rules if RULE_BY_NAME[rule.name].guard == name))
            for name in QUESTIONS
            if name in asked
        ),
        other_rules=tuple(rule for rule in rules if RULE_BY_NAME[rule.name].guard not in asked),
    )


def _act(row: Transition) -> ActShown:
    return ActShown(
        action=row.action,
        target=row.target,
        stays=row.target is row.source,
        roles=row.roles,
        questions=tuple((guard.__name__, QUESTIONS[guard.__name__].label) for guard in row.guards),
        needs_note=row.needs_note,
        basis=basis_of(row.basis),
    )


def _rules(session: Session, kind: Kind) -> tuple[RuleExplained, ...]:
    """The rules of a kind in the order of the table; one that the installation does not keep yet counts as by default."""
    kept = {row.name: row for row in session.scalars(select(RuleRow).where(RuleRow.kind == kind))}
    found = []
    for rule in RULES:
        row, default = kept.get(rule.name), rule.defaults[kind]
        value = _number(row.value, share=rule.is_fraction) if row else default
        if value is None:
            continue
        basis, confirmed = (row.basis, row.confirmed) if row else rule.basis[kind]
        found.append(
            RuleExplained(
                name=rule.name,
                unit=rule.unit,
                value=value,
                is_default=value == default,
                basis=basis,
                confirmed=confirmed,
            )
        )
    return tuple(found)


def _number(text: str, *, share: bool) -> int | Fraction | None:
    if not text:
        return None
    return Fraction(text) if share else int(text)
