"""Numbers out of their series: which comes next, which are held, which are free again.

A number is given, held and given up under the lock of its series' row, so that two people who number at once get two
numbers, and no serial falls out of sight: it is borne, reserved, unusable, free, or a gap that somebody typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.documents import Publication
from standards_wf.models.numbering import HeldNumber, NumberSeries
from standards_wf.models.organizations import Organization
from standards_wf.models.projects import Project
from standards_wf.services.number_problems import SeriesProblem
from standards_wf.services.problems import PublicationProblem
from standards_wf.services.typed import Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.numbers import DocumentNumber, NotANumber, read_number
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.series import (
    HeldState,
    NoSuchSeries,
    Series,
    SeriesAnswer,
    SeriesFacts,
    SeriesReason,
    may_bear,
    number_in_series,
    series_for,
    series_of_number,
    with_padding,
)
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Phase, Stage


def series_facts(session: Session, project: Project) -> SeriesFacts:
    """What the series of a project depends on."""
    group = session.get(Organization, project.group_id) if project.group_id else None
    return SeriesFacts(
        kind=project.kind,
        category=project.category,
        group_code=group.group_code if group else None,
        mandatory=project.is_mandatory,
        joint=project.is_joint,
        revision_of=number_if_read(project.replaces),
        part_of=number_if_read(project.part_of),
    )


def series_answer(session: Session, project: Project) -> SeriesAnswer:
    """The series that a new number of this project comes from, and why. Raises Invalid where no series numbers it."""
    try:
        return series_for(series_facts(session, project))
    except NoSuchSeries as none:
        raise Invalid({"number": Refusal(none.reason)}) from None


def part_of_what(session: Session, typed: Typed, project: Project, text: str) -> str:
    """The number, in its right form, of the document of which a project makes a new part; a foreign one is noted."""
    given = typed.text("part_of", text)
    if not given or "part_of" in typed.problems:
        return given
    try:
        number = read_number(given)
    except NotANumber as unread:
        typed.refuse("part_of", Refusal(unread.reason, text=given[:80]))
        return given
    facts = replace(series_facts(session, project), revision_of=None, part_of=number)
    try:
        is_ours = series_for(facts).reason is SeriesReason.PART
    except NoSuchSeries as none:
        typed.refuse("part_of", Refusal(none.reason))
        return given
    if not is_ours:
        typed.refuse("part_of", Refusal(SeriesProblem.NOT_OF_THIS_ISSUER, given=str(number)))
    return str(number)


def other_series(session: Session, project: Project, number: DocumentNumber | None) -> str:
    """The prefix that a project numbers with now, where the number prepared for it is no longer one of it."""
    try:
        answer = series_answer(session, project)
    except Invalid:
        return "—"
    return "" if number is not None and may_bear(answer, number) else answer.series.prefix


def number_if_read(text: str) -> DocumentNumber | None:
    """A document number, where the text is one."""
    try:
        return read_number(text)
    except NotANumber:
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How a series counts, and how far it has come."""

    series: Series
    last: int
    first: int
    padding: int


def count_of(session: Session, series: Series) -> Count:
    """How far a series has come, as it stands; nobody is kept from counting on."""
    row = session.get(NumberSeries, series.code, populate_existing=True)
    if row is None:
        return Count(series=series, last=_highest_in_use(session, series), first=series.first, padding=1)
    return _count(series, row)


def locked_count(session: Session, series: Series) -> tuple[Count, NumberSeries]:
    """The same with the row of the series, held until the unit of work ends; it is made with its first number."""
    asked = (
        select(NumberSeries)
        .where(NumberSeries.code == series.code)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    row = session.scalar(asked)
    if row is None:
        try:
            with session.begin_nested():
                last = _highest_in_use(session, series)
                session.add(NumberSeries(code=series.code, last_serial=last, first_serial=series.first, padding=1))
        except IntegrityError:
            # Somebody else made the row a moment ago; it is there once he has committed.
            pass
        row = session.scalars(asked).one()
    return _count(series, row), row


def _count(series: Series, row: NumberSeries) -> Count:
    return Count(series=series, last=row.last_serial, first=max(series.first, row.first_serial), padding=row.padding)


def next_number(session: Session, project: Project, answer: SeriesAnswer, count: Count, year: int) -> DocumentNumber:
    """The number that a project would be given now.

    1. A revision keeps its number with the new year; a new part takes the next part of its document.
    2. What is promised to the project comes first, then the lowest serial that was given up.
    3. Else the serial after the last one, past all that are borne or held.

    Raises Invalid where the series has come to its end.
    """
    kept = _kept_number(session, project, answer, year)
    if kept is not None:
        return kept
    serial = _promised_or_free(session, project, count) or _after_the_last(session, project, count)
    try:
        number = number_in_series(count.series, serial, year, padding=count.padding)
    except NotANumber:
        number = None
    if number is None or not count.series.counts(number):
        told = Refusal(PublicationProblem.SERIES_EXHAUSTED, prefix=count.series.prefix, last=count.last)
        raise Invalid({"number": told})
    return number


def _kept_number(session: Session, project: Project, answer: SeriesAnswer, year: int) -> DocumentNumber | None:
    if answer.keeps is None:
        return None
    if answer.reason is SeriesReason.PART:
        number = replace(answer.keeps, part=str(_next_part(session, answer, answer.keeps)), year=year)
    else:
        number = replace(answer.keeps, year=year)
        replaced = number_if_read(project.replaces)
        if replaced is not None and replaced.year == year:
            return None
    return number if holder_of(session, project, answer, number) is None else None


def _next_part(session: Session, answer: SeriesAnswer, of: DocumentNumber) -> int:
    serials = session.scalars(
        select(Publication.serial).where(
            Publication.series == answer.series.code, Publication.serial.startswith(f"{bare_serial(of)}.")
        )
    )
    parts = [int(serial.split(".")[1]) for serial in serials]
    return max([*parts, int((of.part or "0").split(".")[0])]) + 1


def _promised_or_free(session: Session, project: Project, count: Count) -> int | None:
    mine = and_(HeldNumber.state == HeldState.RESERVED, HeldNumber.project_id == project.id)
    held = session.execute(
        select(HeldNumber.state, HeldNumber.serial)
        .where(HeldNumber.series == count.series.code, or_(mine, HeldNumber.state == HeldState.FREE))
        .order_by(HeldNumber.serial)
    ).all()
    promised = [serial for state, serial in held if state is HeldState.RESERVED]
    return next(iter([*promised, *(serial for state, serial in held if state is HeldState.FREE)]), None)


def _after_the_last(session: Session, project: Project, count: Count) -> int:
    code = count.series.code
    held = set(session.scalars(select(HeldNumber.serial).where(HeldNumber.series == code)))
    serial = max(count.last + 1, count.first)
    while serial in held or _in_use(session, project, count.series, serial):
        serial += 1
    return serial


def bare_serial(number: DocumentNumber) -> str:
    """The serial of a number without the noughts before it."""
    return number.serial.lstrip("0") or "0"


def serial_with_part(number: DocumentNumber) -> str:
    """The serial as publications keep it, with the part if there is one."""
    return f"{bare_serial(number)}.{number.part}" if number.part else bare_serial(number)


def _highest_in_use(session: Session, series: Series) -> int:
    numbers = session.scalars(select(Publication.number).where(Publication.series == series.code))
    counted = (number for text in numbers if (number := number_if_read(text)) and series.counts(number))
    return max((int(number.serial) for number in counted), default=0)


def same_document(series: Series, serial: str) -> ColumnElement[bool]:
    """The documents with this serial, and those that are parts of one."""
    return and_(
        Publication.series == series.code,
        or_(Publication.serial == serial, Publication.serial.startswith(f"{serial}.")),
    )


def _in_use(session: Session, project: Project, series: Series, serial: int) -> bool:
    """Whether a running number is used by another document, or by one of its parts."""
    asked = select(Publication.project_id).where(
        same_document(series, str(serial)), Publication.project_id != project.id
    )
    return session.scalar(asked.limit(1)) is not None


def is_kept_by_revision(answer: SeriesAnswer, number: DocumentNumber) -> bool:
    """Whether a number is the one that this revision keeps from the document it replaces."""
    return (
        answer.reason is SeriesReason.REVISION
        and answer.keeps is not None
        and answer.keeps.undated_key == number.undated_key
    )


def last_day_of_older_editions(project: Project, number: DocumentNumber | None) -> date:
    """Until when documents with the same serial are the older editions of this one; none is where it is new."""
    replaced = number_if_read(project.replaces)
    if replaced is None or number is None or replaced.undated_key != number.undated_key:
        return date.min
    return date(replaced.year, 12, 31) if replaced.year else date.max


def holder_of(
    session: Session, project: Project, answer: SeriesAnswer, number: DocumentNumber
) -> tuple[str, str] | None:
    """Number and title of the document that uses this number or its serial; the older editions of a revision do not."""
    series = series_of_number(number) or answer.series
    is_new_and_whole = number.part is None and not is_kept_by_revision(answer, number)
    serial = serial_with_part(number)
    same = (
        same_document(series, serial)
        if is_new_and_whole
        else and_(Publication.series == series.code, Publication.serial == serial)
    )
    replaced = number_if_read(project.replaces)
    older = last_day_of_older_editions(project, number)
    contends = and_(
        Publication.number_key != (replaced.key if replaced else ""),
        or_(Publication.published_at.is_(None), Publication.published_on > older),
    )
    found = session.execute(
        select(Publication.number, Project.title_zh)
        .join(Project, Project.id == Publication.project_id)
        .where(Publication.project_id != project.id)
        .where(or_(Publication.number_key == number.key, and_(same, contends)))
        .order_by(Publication.project_id)
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else None


def held(session: Session, number: DocumentNumber) -> HeldNumber | None:
    """The row that holds the serial of a number, where it is reserved, unusable or free."""
    series = series_of_number(number)
    if series is None or not series.counts(number):
        return None
    return session.scalar(
        select(HeldNumber).where(HeldNumber.series == series.code, HeldNumber.serial == int(number.serial))
    )


def as_printed(session: Session, series: Series, number: DocumentNumber) -> DocumentNumber:
    """A number with its serial filled up as its series prints it."""
    return with_padding(series, number, count_of(session, series).padding)


def take(session: Session, row: NumberSeries, series: Series, number: DocumentNumber) -> None:
    """A serial that is given is not given again: the count moves past it, and nothing holds it any more."""
    if not series.counts(number):
        return
    row.last_serial = max(row.last_serial, int(number.serial))
    holding = held(session, number)
    if holding is not None:
        session.delete(holding)


def give_up(
    session: Session, project: Project, publication: Publication, *, actor: Actor, moment: Moment
) -> DocumentNumber | None:
    """Make the serial of a prepared number free again; answers with it, or `None` where it was not of the count.

    What a revision keeps and what a part shares belongs to the older document.
    """
    number = number_if_read(publication.number)
    series = series_of_number(number) if number else None
    shared = publication.keeps_serial or project.part_of
    if number is None or series is None or shared or not series.counts(number):
        return None
    locked_count(session, series)
    if _in_use(session, project, series, int(number.serial)):
        return None
    session.add(
        HeldNumber(
            series=series.code,
            serial=int(number.serial),
            state=HeldState.FREE,
            reason="",
            project_id=project.id,
            by_id=actor.person_id,
            since=moment.at,
        )
    )
    session.flush()
    return number.undated


def close_unpublished(
    session: Session, project: Project, target: Stage, *, actor: Actor, moment: Moment
) -> Mapping[str, object]:
    """Give up the number of a case that ends without a document; answers with what the history keeps of it."""
    if STAGES[target].phase is not Phase.CLOSED:
        return {}
    publication = session.get(Publication, project.id, populate_existing=True)
    if publication is None or publication.published_at is not None:
        return {}
    number = publication.number
    freed = give_up(session, project, publication, actor=actor, moment=moment)
    session.delete(publication)
    session.flush()
    return {"number_given_up": number, "free_again": str(freed) if freed else ""}
