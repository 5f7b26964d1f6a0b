"""Preparing a publication: its number out of the series, and its dates.

A number is given under the lock of its series, so that two people who number at once get two numbers.
"""

import re
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid
from standards_wf.models.documents import NumberSeries, Publication
from standards_wf.models.organizations import Organization
from standards_wf.models.projects import Project
from standards_wf.services import access
from standards_wf.services.lifecycle import require_version
from standards_wf.services.problems import PublicationProblem
from standards_wf.services.record import Happening, append
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.numbers import (
    DocumentNumber,
    NoSuchSeries,
    NotANumber,
    number_in_series,
    read_number,
    series_prefix,
)
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Effect, Event, Stage

_PREPARING = frozenset({Stage.SUBMISSION, Stage.APPROVAL, Stage.PUBLIC_NOTICE})
# Longer figures are blocks given jointly, or sequences of a group's own; they do not move the series.
_RUNNING = re.compile("[0-9]{1,4}")


def series_of(session: Session, project: Project) -> str:
    """The prefix that a new number of this project takes. Raises Invalid where no series numbers it."""
    group = session.get(Organization, project.group_id) if project.group_id else None
    try:
        return series_prefix(project.kind, category=project.category, group_code=group.group_code if group else None)
    except NoSuchSeries:
        raise Invalid({"number": Refusal(PublicationProblem.NO_SERIES)}) from None


def suggest_number(session: Session, project: Project, moment: Moment) -> str:
    """The number that the project would be given today: a revision keeps its serial, a new document takes the next one.

    Raises Invalid where its series can give none.
    """
    prefix = series_of(session, project)
    series = session.get(NumberSeries, prefix, populate_existing=True)
    last = series.last_serial if series else _highest_in_use(session, prefix)
    return str(_next(session, project, prefix, last, moment.day.year))


def _replaced(project: Project) -> DocumentNumber | None:
    try:
        return read_number(project.replaces)
    except NotANumber:
        return None


def _belongs(project: Project, number: DocumentNumber, prefix: str) -> bool:
    """Whether this project may bear the number: of its series, or that of the document it replaces."""
    if number.prefix == prefix:
        return True
    replaced = _replaced(project)
    return (
        not KINDS[project.kind].issued_by_group
        and replaced is not None
        and number.family is KINDS[project.kind].series
        and number.undated_key == replaced.undated_key
    )


def _next(session: Session, project: Project, prefix: str, last: int, year: int) -> DocumentNumber:
    replaced = _replaced(project)
    if replaced is not None and replaced.year != year:
        revised = replace(replaced, year=year)
        if _belongs(project, revised, prefix) and _holder(session, project, revised) is None:
            return revised
    serial = last + 1
    while _in_use(session, project, prefix, serial):
        serial += 1
    try:
        number = number_in_series(prefix, serial, year)
    except NotANumber:
        number = None
    if number is None or number.prefix != prefix or number.family is not KINDS[project.kind].series:
        raise Invalid({"number": Refusal(PublicationProblem.SERIES_EXHAUSTED, prefix=prefix, last=last)})
    return number


def _serial_of(number: DocumentNumber) -> str:
    serial = number.serial.lstrip("0") or "0"
    return f"{serial}.{number.part}" if number.part else serial


def _highest_in_use(session: Session, prefix: str) -> int:
    serials = session.scalars(select(Publication.serial).where(Publication.series == prefix))
    running = (serial.partition(".")[0] for serial in serials)
    return max((int(serial) for serial in running if _RUNNING.fullmatch(serial)), default=0)


def _in_use(session: Session, project: Project, prefix: str, serial: int) -> bool:
    """Whether a running number is used by another document, or by one of its parts."""
    same = or_(Publication.serial == str(serial), Publication.serial.startswith(f"{serial}."))
    return (
        session.scalar(
            select(Publication.project_id)
            .where(Publication.series == prefix, same, Publication.project_id != project.id)
            .limit(1)
        )
        is not None
    )


def _holder(session: Session, project: Project, number: DocumentNumber) -> tuple[str, str] | None:
    """Number and title of the document that uses this number or its serial; a revision shares that of the older one."""
    same_serial = (Publication.series == number.prefix) & (Publication.serial == _serial_of(number))
    replaced = _replaced(project)
    asked = (
        select(Publication.number, Project.title_zh)
        .join(Project, Project.id == Publication.project_id)
        .where(Publication.project_id != project.id)
        .order_by(Publication.project_id)
        .limit(1)
    )
    if replaced is None:
        asked = asked.where(or_(Publication.number_key == number.key, same_serial))
    else:
        asked = asked.where(
            or_(Publication.number_key == number.key, same_serial & (Publication.number_key != replaced.key))
        )
    found = session.execute(asked).first()
    return (found[0], found[1]) if found else None


def _locked_series(session: Session, prefix: str) -> NumberSeries:
    """The row of a series, held until the unit of work ends; made when its first number is given."""
    asked = (
        select(NumberSeries)
        .where(NumberSeries.prefix == prefix)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    series = session.scalar(asked)
    if series is None:
        try:
            with session.begin_nested():
                session.add(NumberSeries(prefix=prefix, last_serial=_highest_in_use(session, prefix)))
        except IntegrityError:
            # Somebody else made the row a moment ago; it is there once he has committed.
            pass
        series = session.scalars(asked).one()
    return series


@dataclass(frozen=True, slots=True, kw_only=True)
class PreparePublication:
    """Number and dates with which a document is to be published."""

    project_id: int
    expected_version: int | None = None
    number: str | None = None
    """In any spelling, the year may be left out; `None` or empty to be given the next one."""
    approved_on: date
    published_on: date
    effective_on: date
    gap_reason: str = ""
    announcement_number: str = ""


def prepare_publication(session: Session, cmd: PreparePublication, *, actor: Actor, moment: Moment) -> Publication:
    """Give a document its number and dates before it is published, or change them.

    1. Pass the door, and see that nobody has acted since the asker looked and that nothing is published yet.
    2. Lock the series; take the number given, keep the one it has, or take the next one.
    3. See that the number is of the series and of the year, and that no other document uses it.
    4. Write the publication, and remember how far the series has come.

    Whether the dates are in order is asked when it is published. Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = access.entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = entrance.require(KINDS[project.kind].issuer)
    require_version(project, cmd.expected_version)
    publication = session.get(Publication, project.id, populate_existing=True)
    if publication is not None and publication.published_at is not None:
        published = Refusal(PublicationProblem.ALREADY_PUBLISHED, number=publication.number)
        raise Invalid({"publication": published})
    if project.stage not in _PREPARING:
        raise Forbidden(
            Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=Event.PUBLICATION_PREPARED, stage=project.stage)
        )
    typed = Typed()
    gap_reason = typed.text("gap_reason", cmd.gap_reason, maximum=LONG)
    announcement_number = typed.text("announcement_number", cmd.announcement_number)
    given = typed.text("number", cmd.number or "")
    for name in ("approved_on", "published_on", "effective_on"):
        typed.day(name, getattr(cmd, name))
    typed.done()
    prefix = series_of(session, project)
    series = _locked_series(session, prefix)
    if given:
        number = _read(given, prefix, series, cmd.published_on)
    elif publication is not None:
        number = replace(read_number(publication.number), year=cmd.published_on.year)
    else:
        number = _next(session, project, prefix, series.last_serial, cmd.published_on.year)
    _check(session, project, number, prefix, cmd.published_on)
    _remember(series, project, number)
    before = publication.number if publication is not None else None
    if publication is None:
        publication = Publication(project_id=project.id)
        session.add(publication)
    publication.number, publication.number_key, publication.slug = str(number), number.key, number.slug
    publication.series, publication.serial = number.prefix, _serial_of(number)
    publication.approved_on, publication.published_on = cmd.approved_on, cmd.published_on
    publication.effective_on, publication.gap_reason = cmd.effective_on, gap_reason
    publication.announcement_number = announcement_number
    happening = Happening(
        action=Event.PUBLICATION_PREPARED,
        role=role,
        to_stage=project.stage,
        params={
            "before": before,
            "number": publication.number,
            "approved_on": cmd.approved_on,
            "published_on": cmd.published_on,
            "effective_on": cmd.effective_on,
            "gap_reason": gap_reason,
            "announcement_number": announcement_number,
        },
        effects=(Effect.NOTIFY,),
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return publication


def _read(given: str, prefix: str, series: NumberSeries, published_on: date) -> DocumentNumber:
    try:
        number = read_number(given)
    except NotANumber:
        example = f"{prefix} {series.last_serial + 1}—{published_on.year}"
        raise Invalid({"number": Refusal(PublicationProblem.NOT_A_NUMBER, given=given, example=example)}) from None
    return number if number.year else replace(number, year=published_on.year)


def _check(session: Session, project: Project, number: DocumentNumber, prefix: str, published_on: date) -> None:
    problem = None
    replaced = _replaced(project)
    if not _belongs(project, number, prefix):
        problem = Refusal(PublicationProblem.OUTSIDE_THE_SERIES, given=str(number), prefix=prefix)
    elif number.year != published_on.year:
        # As text: a year is no count, and takes no noun along.
        problem = Refusal(PublicationProblem.OTHER_YEAR, year=str(number.year), published_on=published_on)
    elif replaced is not None and number.key == replaced.key:
        problem = Refusal(PublicationProblem.SAME_AS_REPLACED, given=str(number))
    elif (holder := _holder(session, project, number)) is not None:
        problem = Refusal(PublicationProblem.TAKEN, given=str(number), holder=holder[0], title=holder[1])
    if problem is not None:
        raise Invalid({"number": problem})


def _remember(series: NumberSeries, project: Project, number: DocumentNumber) -> None:
    """A running number that was given is not given again, even if its document takes another one."""
    if (
        number.prefix == series.prefix
        and number.family is KINDS[project.kind].series
        and _RUNNING.fullmatch(number.serial)
    ):
        series.last_serial = max(series.last_serial, int(number.serial))
