"""Preparing a publication: its number out of the series, and its dates.

A number is given under the lock of its series, so that two people who number at once get two numbers.
"""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid
from standards_wf.models.documents import Publication
from standards_wf.models.projects import Project
from standards_wf.services import access
from standards_wf.services.lifecycle import require_version
from standards_wf.services.numbering import (
    Count,
    count_of,
    give_up,
    held,
    holder_of,
    is_kept_by_revision,
    locked_count,
    next_number,
    number_if_read,
    serial_with_part,
    series_answer,
    take,
)
from standards_wf.services.problems import PublicationProblem
from standards_wf.services.record import Happening, append
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.numbers import DocumentNumber, NotANumber, read_number
from standards_wf.workflow.official_numbers import official_number
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.series import HeldState, SeriesAnswer, may_bear, with_padding
from standards_wf.workflow.vocabulary import Effect, Event, Stage

_PREPARING = frozenset({Stage.SUBMISSION, Stage.APPROVAL, Stage.PUBLIC_NOTICE})


def suggest_number(session: Session, project: Project, moment: Moment) -> str:
    """The number that the project would be given today: a revision keeps its serial, a new document takes the next one.

    Raises Invalid where its series can give none.
    """
    answer = series_answer(session, project)
    return str(next_number(session, project, answer, count_of(session, answer.series), moment.day.year))


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
    3. See that the number is of the series and of the year, that no other document uses it, and that it is not held.
    4. Write the publication, remember how far the series has come, and free the number that is given up.

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
    announcement_number = official_number(typed.text("announcement_number", cmd.announcement_number))
    given = typed.text("number", cmd.number or "")
    for name in ("approved_on", "published_on", "effective_on"):
        typed.day(name, getattr(cmd, name))
    typed.done()
    answer = series_answer(session, project)
    count, series = locked_count(session, answer.series)
    before = publication.number if publication is not None else None
    if given:
        number = _read(given, count, cmd.published_on)
    elif publication is not None:
        number = replace(read_number(publication.number), year=cmd.published_on.year)
    else:
        number = next_number(session, project, answer, count, cmd.published_on.year)
    number = with_padding(answer.series, number, count.padding)
    holding = _check(session, project, answer, number, cmd.published_on)
    if publication is not None and read_number(publication.number).undated_key != number.undated_key:
        give_up(session, project, publication, actor=actor, moment=moment)
    take(session, series, answer.series, number)
    if publication is None:
        publication = Publication(project_id=project.id)
        session.add(publication)
    publication.number, publication.number_key, publication.slug = str(number), number.key, number.slug
    publication.series, publication.serial = answer.series.code, serial_with_part(number)
    publication.keeps_serial = is_kept_by_revision(answer, number)
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
            "series_reason": answer.reason,
            **({"reserved_because": holding} if holding else {}),
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


def _read(given: str, count: Count, published_on: date) -> DocumentNumber:
    try:
        number = read_number(given)
    except NotANumber:
        example = f"{count.series.prefix} {max(count.last + 1, count.first)}—{published_on.year}"
        raise Invalid({"number": Refusal(PublicationProblem.NOT_A_NUMBER, given=given, example=example)}) from None
    return number if number.year else replace(number, year=published_on.year)


def _check(session: Session, project: Project, answer: SeriesAnswer, number: DocumentNumber, published_on: date) -> str:
    """See that a project may bear this number; answers with why it was reserved, if it was. Raises Invalid."""
    problem = None
    replaced = number_if_read(project.replaces)
    holding = held(session, number)
    if not may_bear(answer, number):
        told = {"given": str(number), "prefix": answer.series.prefix, "reason": answer.reason}
        problem = Refusal(PublicationProblem.OUTSIDE_THE_SERIES, **told)
    elif number.year != published_on.year:
        # As text: a year is no count, and takes no noun along.
        problem = Refusal(PublicationProblem.OTHER_YEAR, year=str(number.year), published_on=published_on)
    elif replaced is not None and number.key == replaced.key:
        problem = Refusal(PublicationProblem.SAME_AS_REPLACED, given=str(number))
    elif (holder := holder_of(session, project, answer, number)) is not None:
        problem = Refusal(PublicationProblem.TAKEN, given=str(number), holder=holder[0], title=holder[1])
    elif holding is not None and holding.state is HeldState.UNUSABLE:
        problem = Refusal(PublicationProblem.UNUSABLE, given=str(number), reason=holding.reason)
    elif holding is not None and holding.state is HeldState.RESERVED and holding.project_id not in {None, project.id}:
        problem = Refusal(PublicationProblem.RESERVED, given=str(number), reason=holding.reason)
    if problem is not None:
        raise Invalid({"number": problem})
    return holding.reason if holding else ""
