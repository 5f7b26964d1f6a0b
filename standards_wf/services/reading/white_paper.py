"""The figures of a year under the seven headings of the white paper (上海市标准化条例, article 37).

What the register knows is counted; what it does not keep is said to be unknown, and never shown as nought.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.models.projects import Project
from standards_wf.services.reading.stays import UsualTime
from standards_wf.services.reading.year_counts import ByKind, YearCounts
from standards_wf.wording.white_paper import Heading, Known
from standards_wf.workflow.vocabulary import Action, Event, Kind, MetrologyCategory, Stage

_VALID = (Stage.IN_FORCE, Stage.UNDER_REVIEW, Stage.ABOLITION_NOTICE)


@dataclass(frozen=True, slots=True)
class KnownFigure:
    """One figure, with what it is of each kind where it has kinds; `None` where the register does not keep it."""

    what: Known
    value: int | None
    kinds: ByKind | None = None


@dataclass(frozen=True, slots=True)
class Chapter:
    """What is known under one heading."""

    heading: Heading
    figures: tuple[KnownFigure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhitePaper:
    """All figures of a year."""

    year: int
    of_demonstration: bool
    left_out: int
    """How many cases of the other sort there are."""
    chapters: tuple[Chapter, ...]
    nodes: tuple[tuple[str, str, ByKind], ...]
    """The documents of the year by node of the framework: code, name, number of each kind."""
    categories: Mapping[MetrologyCategory, int]
    times: Mapping[Kind, UsualTime]
    """Days from the plan to the document, for what came out in the year."""
    years: tuple[int, ...]
    """The years of which there is anything to tell, the latest first."""


def white_paper(session: Session, year: int, *, of_demonstration: bool | None = None) -> WhitePaper:
    """The figures of a year, of real cases or, where there are no others, of those of the demonstration.

    The number of queries is fixed.
    """
    cases: Counter[bool] = Counter()
    for sort, number in session.execute(
        select(Project.is_demonstration, func.count()).group_by(Project.is_demonstration)
    ):
        cases[sort] = number
    if of_demonstration is None:
        of_demonstration = bool(cases) and not cases[False]
    counts = YearCounts(session, year, of_demonstration=of_demonstration)
    return WhitePaper(
        year=year,
        of_demonstration=of_demonstration,
        left_out=cases[not of_demonstration],
        chapters=tuple(Chapter(heading, _FIGURES[heading](counts)) for heading in Heading),
        nodes=counts.nodes(),
        categories=counts.categories(),
        times=counts.times(),
        years=counts.years(),
    )


def _of_kinds(what: Known, kinds: ByKind) -> KnownFigure:
    return KnownFigure(what, sum(kinds.values()), kinds)


def _not_kept(what: Known) -> KnownFigure:
    return KnownFigure(what, None)


def _overall(counts: YearCounts) -> tuple[KnownFigure, ...]:
    happened = counts.happened
    return (
        _of_kinds(Known.IN_FORCE_AT_END, counts.standing(*_VALID)),
        _of_kinds(Known.PUBLISHED, happened(Action.PUBLISH)),
        _of_kinds(Known.CAME_INTO_FORCE, happened(Action.TAKE_EFFECT)),
        _of_kinds(Known.SUPERSEDED, happened(Action.SUPERSEDE)),
        _of_kinds(Known.ABOLISHED, happened(Action.ABOLISH)),
        KnownFigure(Known.CALLS, counts.calls()),
        _of_kinds(Known.SUGGESTIONS, happened(Event.SUGGESTION_FILED)),
        _of_kinds(Known.PLANS, counts.plans()),
        _of_kinds(Known.PLANNED, counts.planned()),
        _of_kinds(Known.PROJECTS_REFUSED, happened(Action.REFUSE_PROJECT, Action.DECLINE)),
        _of_kinds(
            Known.PROJECTS_ENDED, happened(Action.TERMINATE, Action.REFUSE_APPROVAL, Action.CANCEL_AFTER_FAILURE)
        ),
        _of_kinds(Known.CONSULTATIONS, happened(Action.OPEN_CONSULTATION, Action.REOPEN_CONSULTATION)),
        _of_kinds(Known.COMMENTS, happened(Event.COMMENT_RECEIVED)),
    )


def _local_standards(counts: YearCounts) -> tuple[KnownFigure, ...]:
    happened = counts.happened
    return (
        KnownFigure(Known.FILED, counts.filed(late=False)),
        KnownFigure(Known.FILED_LATE, counts.filed(late=True)),
        _of_kinds(Known.REVIEWS_STARTED, happened(Action.START_REVIEW)),
        _of_kinds(Known.FOUND_VALID, happened(Action.CONFIRM)),
        _of_kinds(Known.TO_BE_REVISED, happened(Action.ORDER_REVISION)),
        _of_kinds(Known.TO_BE_ABOLISHED, happened(Action.PROPOSE_ABOLITION)),
        _of_kinds(Known.AMENDMENTS, counts.amendments()),
        _not_kept(Known.IMPLEMENTATION_EVALUATED),
    )


def _groups_and_enterprises(counts: YearCounts) -> tuple[KnownFigure, ...]:
    return (
        KnownFigure(Known.DISCLOSED, sum(counts.happened(Action.RECORD_DISCLOSURE).values())),
        KnownFigure(Known.ASSOCIATIONS, counts.associations()),
        _not_kept(Known.ENTERPRISE_STANDARDS),
    )


def _committees(counts: YearCounts) -> tuple[KnownFigure, ...]:
    happened = counts.happened
    return (
        KnownFigure(Known.COMMITTEES, counts.committees()),
        KnownFigure(Known.COMMITTEE_PEOPLE, counts.people_of_committees()),
        _of_kinds(Known.REVIEWS_PASSED, happened(Action.PASS_REVIEW)),
        _of_kinds(Known.REVIEWS_NOT_PASSED, happened(Action.FAIL_REVIEW, Action.CANCEL_AFTER_FAILURE)),
        _of_kinds(Known.REVIEWS_REPEATED, happened(Action.REPEAT_REVIEW)),
        _not_kept(Known.COMMITTEES_ASSESSED),
    )


def _region(counts: YearCounts) -> tuple[KnownFigure, ...]:
    return (
        KnownFigure(Known.JOINT_PROJECTS, counts.joint_begun()),
        KnownFigure(Known.PARTNERS_AGREED, counts.partners_agreed()),
        KnownFigure(Known.JOINT_PUBLISHED, counts.joint_published()),
    )


def _international(counts: YearCounts) -> tuple[KnownFigure, ...]:
    return (
        KnownFigure(Known.ADOPTED_FOREIGN, counts.adopted()),
        _not_kept(Known.NATIONAL_WORK),
        _not_kept(Known.INTERNATIONAL_WORK),
    )


def _other(counts: YearCounts) -> tuple[KnownFigure, ...]:
    happened = counts.happened
    return (
        _of_kinds(Known.NOTICES, happened(Action.OPEN_PUBLIC_NOTICE, Action.PROPOSE_ABOLITION)),
        _of_kinds(Known.OBJECTIONS, happened(Event.OBJECTION_RECEIVED)),
        _not_kept(Known.COMPLAINTS),
        _not_kept(Known.SHANGHAI_MARK),
    )


_FIGURES = {
    Heading.OVERALL: _overall,
    Heading.LOCAL_STANDARDS: _local_standards,
    Heading.GROUPS_AND_ENTERPRISES: _groups_and_enterprises,
    Heading.COMMITTEES: _committees,
    Heading.REGION: _region,
    Heading.INTERNATIONAL: _international,
    Heading.OTHER: _other,
}
