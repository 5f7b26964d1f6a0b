"""Holding numbers: a serial is reserved with a reason, marked as not to be used, or released; a series is set up.

Whoever publishes in a series holds its numbers; how the series counts is set by the administrator. Each act stands in
the record of administration.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid, NotFound
from standards_wf.models.base import is_identity
from standards_wf.models.documents import Publication
from standards_wf.models.numbering import HeldNumber, NumberSeries, PlanNumbering
from standards_wf.models.organizations import Organization
from standards_wf.models.projects import Project
from standards_wf.services.access import require_administrator
from standards_wf.services.number_problems import SeriesProblem
from standards_wf.services.numbering import (
    bare_serial,
    held,
    locked_count,
    number_if_read,
    same_document,
    series_answer,
)
from standards_wf.services.record import append_administration
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import Actor, ScopeKind
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.numbers import DocumentNumber, Family
from standards_wf.workflow.plan_numbers import default_pattern, problem_of_pattern
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.series import (
    HeldState,
    NoSuchSeries,
    Series,
    fixed_series,
    series_of_group,
    series_of_number,
)
from standards_wf.workflow.vocabulary import Kind, Role

MOST_FIGURES = 6


def series_of_association(session: Session, actor: Actor) -> tuple[Series, ...]:
    """The series of the associations whose secretariat the asker is."""
    ids = [grant.scope_id for grant in actor.grants if grant.role is Role.GROUP_SECRETARIAT]
    codes = session.scalars(
        select(Organization.group_code)
        .where(Organization.id.in_(ids), Organization.group_code.is_not(None))
        .order_by(Organization.group_code)
    )
    return _of_groups(codes.all())


def _of_groups(codes: Sequence[str | None]) -> tuple[Series, ...]:
    found = []
    for code in codes:
        try:
            found.append(series_of_group(code))
        except NoSuchSeries:
            continue
    return tuple(found)


def series_seen_by(session: Session, actor: Actor) -> tuple[Series, ...]:
    """The series that somebody may look into: those he publishes in; the administrator all of them."""
    if actor.is_administrator:
        codes = session.scalars(
            select(Organization.group_code)
            .where(Organization.group_code.is_not(None))
            .order_by(Organization.group_code)
        )
        return (*fixed_series(), *_of_groups(codes.all()))
    return (*(fixed_series() if _is_authority(actor) else ()), *series_of_association(session, actor))


def require_publisher(session: Session, actor: Actor) -> None:
    """Let those pass who publish in some series, and the administrator. Raises Forbidden."""
    if not series_seen_by(session, actor):
        roles = (Role.AUTHORITY, Role.GROUP_SECRETARIAT, Role.ADMINISTRATOR)
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=roles))


def series_named(session: Session, code: str, actor: Actor) -> Series:
    """A series by its code, or by that as an address has it, for whoever may look into it. Raises NotFound."""
    found = next((series for series in series_seen_by(session, actor) if code in {series.code, series.slug}), None)
    if found is None:
        raise NotFound("series", code)
    return found


def series_held_by(session: Session, actor: Actor) -> frozenset[str]:
    """The series whose numbers somebody may hold and release: those he publishes in, by their codes."""
    own = fixed_series() if _is_authority(actor) else ()
    return frozenset(series.code for series in (*own, *series_of_association(session, actor)))


def _is_authority(actor: Actor) -> bool:
    return any(grant.role is Role.AUTHORITY and grant.scope is ScopeKind.ORGANIZATION for grant in actor.grants)


def series_to_hold(session: Session, code: str, actor: Actor) -> Series:
    """A series for whoever may hold its numbers. Raises NotFound, Forbidden."""
    series = series_named(session, code, actor)
    if series.code not in series_held_by(session, actor):
        is_group = series.family is Family.GROUP_STANDARD
        role = Role.GROUP_SECRETARIAT if is_group else Role.AUTHORITY
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=(role,)))
    return series


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldNumber:
    """A number that is to be reserved, or never to be used."""

    series: str
    number: str
    """In any spelling; a year in it says nothing."""
    reason: str
    state: HeldState
    project_id: int | None = None
    """To which project it is promised, if to one."""


def hold_number(session: Session, cmd: HoldNumber, *, actor: Actor, moment: Moment) -> HeldNumber:
    """Reserve a number with a reason, or mark it as not to be used; a number that was given up may be held too.

    Raises NotFound, Forbidden, Invalid.
    """
    series = series_to_hold(session, cmd.series, actor)
    typed = Typed()
    reason = typed.text("reason", cmd.reason, maximum=LONG, required=True)
    text = typed.text("number", cmd.number, required=True)
    number = _number_of(typed, series, text)
    project = _project_of(session, typed, series, cmd.project_id)
    typed.done()
    if number is None:
        raise Invalid({"number": Refusal(FieldProblem.REQUIRED)})
    locked_count(session, series)
    _refuse_what_is_borne(session, series, number)
    row = held(session, number)
    if row is not None and row.state is not HeldState.FREE:
        raise Invalid({"number": Refusal(SeriesProblem.ALREADY_HELD, given=str(number.undated))})
    if row is None:
        row = HeldNumber(series=series.code, serial=int(number.serial))
        session.add(row)
    row.state, row.reason, row.project_id = cmd.state, reason, project.id if project else None
    row.by_id, row.since = actor.person_id, moment.at
    action = "number_reserved" if cmd.state is HeldState.RESERVED else "number_made_unusable"
    params = {"series": series.code, "serial": row.serial, "reason": reason, "project_id": row.project_id}
    append_administration(session, action, str(number.undated), params, actor=actor, moment=moment)
    return row


def _number_of(typed: Typed, series: Series, text: str) -> DocumentNumber | None:
    number = number_if_read(text)
    own = series_of_number(number) if number else None
    fits = own is not None and own.code == series.code
    if number is not None and fits and series.counts(number) and not number.part:
        return number
    if "number" not in typed.problems:
        example = f"{series.prefix} {max(series.first, 12)}"
        told = Refusal(SeriesProblem.NOT_OF_THIS_SERIES, given=text, series=series.code, example=example)
        typed.refuse("number", told)
    return None


def _project_of(session: Session, typed: Typed, series: Series, project_id: int | None) -> Project | None:
    if project_id is None:
        return None
    project = session.get(Project, project_id) if is_identity(project_id) else None
    if project is None:
        typed.refuse("project_id", Refusal(FieldProblem.NOT_A_CHOICE, given=project_id))
        return None
    try:
        other = series_answer(session, project).series.code
    except Invalid as none:
        typed.refuse("project_id", none.fields["number"])
        return None
    if other != series.code:
        told = Refusal(SeriesProblem.OTHER_SERIES_OF_PROJECT, other=other, series=series.code)
        typed.refuse("project_id", told)
    return project


def _refuse_what_is_borne(session: Session, series: Series, number: DocumentNumber) -> None:
    found = session.execute(
        select(Publication.number, Project.title_zh, Publication.published_at)
        .join(Project, Project.id == Publication.project_id)
        .where(same_document(series, bare_serial(number)))
        .order_by(Publication.published_at)
        .limit(1)
    ).first()
    if found is not None:
        code = SeriesProblem.PREPARED if found.published_at is None else SeriesProblem.BORNE
        raise Invalid({"number": Refusal(code, given=found.number, title=found.title_zh)})


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseNumber:
    """A number that is to be held no longer."""

    series: str
    serial: int


def release_number(session: Session, cmd: ReleaseNumber, *, actor: Actor, moment: Moment) -> None:
    """Release a number that was reserved or marked as not to be used: the next document takes it.

    A serial that the count has not reached yet simply stands in its row again. Raises NotFound, Forbidden, Invalid.
    """
    series = series_to_hold(session, cmd.series, actor)
    count, _ = locked_count(session, series)
    row = (
        session.scalar(select(HeldNumber).where(HeldNumber.series == series.code, HeldNumber.serial == cmd.serial))
        if is_identity(cmd.serial)
        else None
    )
    name = f"{series.prefix} {cmd.serial}"
    if row is None or row.state is HeldState.FREE:
        raise Invalid({"number": Refusal(SeriesProblem.NOT_HELD, given=name)})
    params = {"series": series.code, "serial": row.serial, "state": row.state, "reason": row.reason}
    if row.serial > count.last or row.serial < count.first:
        session.delete(row)
    else:
        row.state, row.reason, row.project_id = HeldState.FREE, "", None
        row.by_id, row.since = actor.person_id, moment.at
    append_administration(session, "number_released", name, params, actor=actor, moment=moment)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSeries:
    """How a series is to count."""

    series: str
    first_serial: int
    padding: int


def change_series(session: Session, cmd: ChangeSeries, *, actor: Actor, moment: Moment) -> NumberSeries:
    """Set the first serial of a series and to how many figures serials are filled up. Raises Forbidden, Invalid."""
    require_administrator(actor)
    series = series_named(session, cmd.series, actor)
    typed = Typed()
    if not series.first <= cmd.first_serial <= series.last:
        typed.refuse("first_serial", Refusal(FieldProblem.NOT_A_NUMBER, given=cmd.first_serial, maximum=series.last))
    if not 1 <= cmd.padding <= MOST_FIGURES:
        typed.refuse("padding", Refusal(FieldProblem.NOT_A_NUMBER, given=cmd.padding, maximum=MOST_FIGURES))
    elif cmd.padding > 1 and not series.may_pad:
        typed.refuse("padding", Refusal(SeriesProblem.NEVER_PADDED))
    typed.done()
    _, row = locked_count(session, series)
    before = {"first_serial": row.first_serial, "padding": row.padding}
    row.first_serial, row.padding = cmd.first_serial, cmd.padding
    params = {"before": before, "first_serial": row.first_serial, "padding": row.padding}
    append_administration(session, "series_changed", series.code, params, actor=actor, moment=moment)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePlanNumbering:
    """The pattern after which the plan numbers of a kind are to be proposed; empty for the default."""

    kind: Kind
    pattern: str


def change_plan_numbering(session: Session, cmd: ChangePlanNumbering, *, actor: Actor, moment: Moment) -> None:
    """Set the pattern of plan numbers. Raises Forbidden, Invalid."""
    require_administrator(actor)
    typed = Typed()
    pattern = typed.text("pattern", cmd.pattern)
    problem = problem_of_pattern(pattern) if pattern else None
    if problem is not None:
        typed.refuse("pattern", Refusal(problem))
    typed.done()
    row = session.get(PlanNumbering, cmd.kind, with_for_update=True)
    before = row.pattern if row else default_pattern(cmd.kind)
    if row is not None and not pattern:
        session.delete(row)
    elif row is not None:
        row.pattern = pattern
    elif pattern:
        session.add(PlanNumbering(kind=cmd.kind, pattern=pattern))
    params = {"before": before, "pattern": pattern or default_pattern(cmd.kind)}
    append_administration(session, "plan_numbering_changed", cmd.kind, params, actor=actor, moment=moment)
