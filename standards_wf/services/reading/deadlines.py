"""What is due in a project, and what was: when it was met and by how much too late; for many projects with few queries.

The days come from `workflow.deadlines`. Here the dates are fetched from which they are counted, and the days on which
the acts were done.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from standards_wf.services.reading.deadline_rows import Rows, rows_of
from standards_wf.services.rules import rules_by_kind
from standards_wf.workflow import deadlines as count
from standards_wf.workflow.deadlines import Deadline as Counted
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.rules import Rules
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Kind, Phase, ReviewMode, Stage

_PLANNED = frozenset({Phase.DRAFTING, Phase.CONSULTATION, Phase.APPROVAL})
_LIVING = frozenset({Stage.PUBLISHED, Stage.IN_FORCE, Stage.UNDER_REVIEW, Stage.ABOLITION_NOTICE})
_REVIEWED_AGAIN = _LIVING - {Stage.ABOLITION_NOTICE}


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as it stands today."""

    counted: Counted
    today: date
    lapsed: bool = False
    """Nobody owes it any more, although it was not met: the case went another way."""

    @property
    def due(self) -> Due:
        """What it is for."""
        return self.counted.due

    @property
    def on(self) -> date:
        """The last day."""
        return self.counted.on

    @property
    def met_on(self) -> date | None:
        """The day on which it was done."""
        return self.counted.met_on

    @property
    def open(self) -> bool:
        """Whether it is still to be met."""
        return self.counted.met_on is None and not self.lapsed

    @property
    def days_left(self) -> int:
        """How many days are left; below zero when the last day is over."""
        return self.counted.days_left(self.today)

    @property
    def overdue(self) -> bool:
        """Whether it is not done although the last day for it is over."""
        return not self.lapsed and self.counted.is_overdue(self.today)

    @property
    def days_late(self) -> int:
        """By how many days it was done too late, or is late today."""
        return 0 if self.lapsed else self.counted.days_late(self.today)


@dataclass(frozen=True, slots=True)
class Standing:
    """The little that must be known of a project to tell what is due."""

    project_id: int
    kind: Kind
    stage: Stage


def deadlines_of(
    session: Session, projects: Iterable[Standing], today: date, rules: Mapping[Kind, Rules] | None = None
) -> Mapping[int, tuple[Deadline, ...]]:
    """What is due in each of these projects and not done, the nearest day first; the rules are read where needed."""
    standing = {project.project_id: project for project in projects}
    if not standing:
        return {}
    rules = rules or rules_by_kind(session)
    rows = rows_of(session, **_asked_for(standing))
    return {
        identity: tuple(
            sorted(
                (each for each in _all(rows, project, rules[project.kind], today) if each.open),
                key=_order,
            )
        )
        for identity, project in standing.items()
    }


def deadline_history(
    session: Session, project: Standing, today: date, rules: Mapping[Kind, Rules] | None = None
) -> tuple[Deadline, ...]:
    """Every deadline of a project's life so far, met, missed or still to come, in the order of their days."""
    rules = rules or rules_by_kind(session)
    itself = [project.project_id]
    rows = rows_of(session, planned=itself, consulted=itself, reviewed=itself, noticed=itself, published=itself)
    return tuple(sorted(_all(rows, project, rules[project.kind], today), key=_order))


def deadline_histories(
    session: Session, projects: Iterable[Standing], today: date, rules: Mapping[Kind, Rules] | None = None
) -> Mapping[int, tuple[Deadline, ...]]:
    """Every deadline of many lives so far, for figures: the same few queries, which ask for all projects there are."""
    rules = rules or rules_by_kind(session)
    rows = rows_of(session, planned=None, consulted=None, reviewed=None, noticed=None, published=None)
    return {project.project_id: tuple(_all(rows, project, rules[project.kind], today)) for project in projects}


def _order(deadline: Deadline) -> tuple[date, Due]:
    return deadline.on, deadline.due


def _asked_for(standing: Mapping[int, Standing]) -> dict[str, Sequence[int]]:
    """Which projects have at their stage what can be due; of the others nothing is asked."""

    def at(*stages: Stage) -> list[int]:
        return [each.project_id for each in standing.values() if each.stage in stages]

    return {
        "planned": [each.project_id for each in standing.values() if STAGES[each.stage].phase in _PLANNED],
        "consulted": at(Stage.CONSULTATION),
        "reviewed": at(Stage.REVIEW),
        "noticed": at(Stage.PUBLIC_NOTICE, Stage.ABOLITION_NOTICE),
        "published": at(*_LIVING),
    }


def _all(rows: Rows, project: Standing, rules: Rules, today: date) -> Iterable[Deadline]:
    for counted, owed in (
        *_of_the_plan(rows, project, today),
        *_of_consultations(rows, project),
        *_of_reviews(rows, project, rules),
        *_of_notices(rows, project),
        *_of_the_document(rows, project, rules),
        *_of_cycles(rows, project, rules),
    ):
        yield Deadline(counted, today, lapsed=not owed and counted.met_on is None)


# Each deadline with whether it is still owed at this stage.
_Owed = tuple[Counted, bool]


def _of_the_plan(rows: Rows, project: Standing, today: date) -> Iterable[_Owed]:
    entry = rows.plans.get(project.project_id)
    if entry is None:
        return
    completes_on, is_revision = entry
    published = rows.publications.get(project.project_id)
    done_on = published.done_on if published else None
    rests = rows.suspensions.get(project.project_id, ())
    due = count.completion(completes_on, rests, today=done_on or today, is_revision=is_revision)
    yield due.met(done_on), STAGES[project.stage].phase in _PLANNED


def _of_consultations(rows: Rows, project: Standing) -> Iterable[_Owed]:
    for each in rows.rounds.get(project.project_id, ()):
        yield count.consultation_closes(each.opens_on, each.closes_on).met(each.closed_on), True


def _of_reviews(rows: Rows, project: Standing, rules: Rules) -> Iterable[_Owed]:
    for each in rows.reviews.get(project.project_id, ()):
        held_on = each.meets_on if each.mode is ReviewMode.MEETING else each.closes_on
        if held_on is not None:
            yield count.papers_to_send(held_on, rules).met(each.papers_sent_on), each.runs
        if each.mode is ReviewMode.MEETING and each.meets_on is not None:
            yield count.meeting(each.meets_on).met(each.minutes_on), each.runs
        if each.closes_on is not None:
            yield count.ballot_closes(each.closes_on).met(each.closed_on), each.runs


def _of_notices(rows: Rows, project: Standing) -> Iterable[_Owed]:
    for each in rows.notices.get(project.project_id, ()):
        yield (
            count.notice_ends(each.opened_on, each.ends_on, before_approval=each.before_approval).met(each.closed_on),
            True,
        )


def _of_the_document(rows: Rows, project: Standing, rules: Rules) -> Iterable[_Owed]:
    document = rows.publications.get(project.project_id)
    if document is None:
        return
    # A document is in force from its day on, however late the clock noted it.
    in_force_on = document.effective_on if document.in_force_noted_on else None
    yield (
        count.implementation(document.published_on, document.effective_on).met(in_force_on),
        project.stage is Stage.PUBLISHED,
    )
    full_text = count.full_text(document.published_on, rules)
    if full_text is not None:
        yield full_text.met(document.done_on), True
    filing = count.filing(document.published_on, rules)
    if filing is not None:
        yield filing.met(document.filed_on), project.stage in _LIVING


def _of_cycles(rows: Rows, project: Standing, rules: Rules) -> Iterable[_Owed]:
    document = rows.publications.get(project.project_id)
    if document is None:
        return
    begins_on, owed = document.published_on, project.stage in _REVIEWED_AGAIN
    for review in rows.periodic_reviews.get(project.project_id, ()):
        opinion = count.review_opinion(begins_on, rules)
        if review.concluded_on is None:
            yield opinion.met(review.opinion_on), owed
            yield count.periodic_review(begins_on, rules), owed
            return
        yield opinion.met(review.opinion_on), owed
        yield count.periodic_review(begins_on, rules).met(review.concluded_on), owed
        begins_on = review.concluded_on
    if owed:
        yield count.review_opinion(begins_on, rules), True
        yield count.periodic_review(begins_on, rules), True
