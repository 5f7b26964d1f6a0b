"""The parameters in force, and how the administrator changes one."""

import re
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Invalid, NotFound
from standards_wf.models.kinds import DocumentKind
from standards_wf.models.rules import RuleRow
from standards_wf.services.access import require_administrator, require_identity
from standards_wf.services.record import append_administration
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.rules import RULE_BY_NAME, RULES, Rules, rules_from
from standards_wf.workflow.vocabulary import Kind

MAX_COUNT = 10_000
# A power of ten in a few signs would take the machine's memory, and a long fraction more than the column holds.
_WRITTEN = re.compile(r"[0-9]{1,6}(/[0-9]{1,6}|\.[0-9]{1,6})?")
_DEFAULTS = {kind: {row.name: row.defaults[kind] for row in RULES} for kind in Kind}
# Built once: to build a statement costs more than to ask it.
_OF_ALL = select(RuleRow.kind, RuleRow.name, RuleRow.value)
_OF_KIND = select(RuleRow.name, RuleRow.value).where(RuleRow.kind == bindparam("kind"))

_BASES = select(RuleRow.name, RuleRow.basis, RuleRow.confirmed).where(RuleRow.kind == bindparam("kind"))


def rules_for(session: Session, kind: Kind) -> Rules:
    """The parameters of one kind, as the table has them today; one that it does not have yet counts as by default."""
    rows = session.execute(_OF_KIND, {"kind": kind})
    return rules_from({**_DEFAULTS[kind], **{name: _value(name, text) for name, text in rows}})


@dataclass(frozen=True, slots=True)
class Basis:
    """What a parameter rests on, and whether a text was read that confirms it."""

    text: str
    confirmed: bool


def bases_for(session: Session, kind: Kind) -> dict[str, Basis]:
    """What each parameter of a kind rests on, as the table has it today."""
    found = {row.name: Basis(*row.basis[kind]) for row in RULES}
    for name, basis, confirmed in session.execute(_BASES, {"kind": kind}):
        found[name] = Basis(basis, confirmed)
    return found


def rules_by_kind(session: Session) -> dict[Kind, Rules]:
    """The parameters of every kind, for pages that show projects of several."""
    values: dict[Kind, dict[str, int | Fraction | None]] = {}
    for kind, name, text in session.execute(_OF_ALL):
        values.setdefault(kind, {})[name] = _value(name, text)
    return {kind: rules_from({**_DEFAULTS[kind], **of_kind}) for kind, of_kind in values.items()}


def _value(name: str, text: str) -> int | Fraction | None:
    if not text:
        return None
    return Fraction(text) if RULE_BY_NAME[name].is_fraction else int(text)


def as_text(value: int | Fraction | None) -> str:
    """A parameter as the table keeps it."""
    if isinstance(value, Fraction):
        return f"{value.numerator}/{value.denominator}"
    return "" if value is None else str(value)


def install_rules(session: Session, *, moment: Moment) -> None:
    """Enter every kind of document, and the default of every parameter, that the tables do not have yet."""
    known = set(session.scalars(select(DocumentKind.code)))
    session.add_all(DocumentKind(code=kind) for kind in Kind if kind not in known)
    session.flush()
    present = {(row.kind, row.name) for row in session.scalars(select(RuleRow))}
    session.add_all(
        RuleRow(
            kind=kind,
            name=row.name,
            value=as_text(row.defaults[kind]),
            basis=row.basis[kind][0],
            confirmed=row.basis[kind][1],
            changed_at=moment.at,
        )
        for row in RULES
        for kind in Kind
        if (kind, row.name) not in present
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRule:
    """A new value for one parameter, with its basis."""

    rule_id: int
    expected_version: int
    value: str
    basis: str
    confirmed: bool


def change_rule(session: Session, cmd: ChangeRule, *, actor: Actor, moment: Moment) -> RuleRow:
    """Change one parameter and record old and new value in the administration's chain.

    It counts for every act from now on. Raises Forbidden, NotFound, EditConflict, Invalid.
    """
    require_administrator(actor)
    require_identity("rule", cmd.rule_id)
    row = session.get(RuleRow, cmd.rule_id)
    if row is None:
        raise NotFound("rule", cmd.rule_id)
    if row.row_version != cmd.expected_version:
        raise EditConflict(row.row_version, cmd.expected_version)
    problems: dict[str, Refusal] = {}
    text = _checked(row, cmd.value.strip(), problems)
    typed = Typed()
    basis = typed.text("basis", cmd.basis, maximum=LONG, required=True)
    problems |= typed.problems
    if problems:
        raise Invalid(problems)
    params = {"kind": row.kind, "name": row.name, "old": row.value, "new": text, "basis": basis}
    append_administration(session, "rule_changed", f"{row.kind}/{row.name}", params, actor=actor, moment=moment)
    row.value, row.basis, row.confirmed = text, basis, cmd.confirmed
    row.changed_by_id, row.changed_at = actor.person_id, moment.at
    return row


def _checked(row: RuleRow, text: str, problems: dict[str, Refusal]) -> str:
    definition = RULE_BY_NAME[row.name]
    if not text and definition.defaults[row.kind] is None:
        return ""
    try:
        value = _value(row.name, text) if _WRITTEN.fullmatch(text) else None
    except (ValueError, ZeroDivisionError):
        value = None
    limit = 1 if definition.is_fraction else MAX_COUNT
    if value is None or not 0 <= value <= limit:
        problems["value"] = Refusal(FieldProblem.NOT_A_NUMBER, given=text, maximum=limit)
        return row.value
    return as_text(value)
