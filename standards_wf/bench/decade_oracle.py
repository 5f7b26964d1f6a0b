"""The rules written down a second time, to judge the simulated years: from the history alone, with figures of its own.

Nothing here asks the module that computes deadlines; what that module says is one of the things that are judged.
"""

import json
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select

from standards_wf.installation import Workplace
from standards_wf.models.documents import Publication
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import Project
from standards_wf.services.audit import verify
from standards_wf.services.reading.deadlines import Standing, deadline_histories
from standards_wf.workflow.deadlines import Due

CONSULTATION_DAYS, FILING_DAYS, FULL_TEXT_DAYS, OPINION_MONTHS = 30, 60, 20, 6
CYCLE_MONTHS = {"local_standard": 36, "group_standard": 60, "metrology_specification": 60}
NOTICE_DAYS = {"open_public_notice": 7, "propose_abolition": 30}
FINAL = ("rejected", "terminated", "superseded", "abolished")
AT_REST = (*FINAL, "in_force", "published")
LONGEST_WAIT = 400
"""No case stands still for longer while it is being made: more than that is stuck."""

JUDGED = (
    Due.COMPLETION,
    Due.CONSULTATION_CLOSES,
    Due.FILING,
    Due.FULL_TEXT,
    Due.IMPLEMENTATION,
    Due.REVIEW_OPINION,
    Due.PERIODIC_REVIEW,
)


@dataclass(slots=True)
class Judgement:
    """What the simulated years came to: counts, and everything that is not as the rules say."""

    counts: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)

    def expect(self, what: str, *, holds: bool, about: object) -> None:
        """Count something that was judged, and keep it where it does not hold."""
        self.counts[what] += 1
        if not holds:
            self.faults.append(f"{what}: {about}")


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a history."""

    action: str
    on: date
    role: str
    to_stage: str
    params: dict[str, object]

    def day(self, name: str) -> date:
        """A day that the row names."""
        return date.fromisoformat(str(self.params[name]))


@dataclass(frozen=True, slots=True)
class History:
    """One case as its rows tell it."""

    project_id: int
    kind: str
    steps: tuple[Step, ...]

    def all(self, *actions: str) -> list[Step]:
        """The rows of these actions."""
        return [step for step in self.steps if step.action in actions]

    def first(self, action: str) -> Step | None:
        """The first row of an action."""
        return next(iter(self.all(action)), None)

    @property
    def stage(self) -> str:
        """Where the rows lead."""
        return self.steps[-1].to_stage


def months_later(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a month that is too short."""
    first = day.replace(day=1)
    for _ in range(abs(months)):
        first = (first + timedelta(days=32) if months > 0 else first - timedelta(days=1)).replace(day=1)
    return first.replace(day=min(day.day, monthrange(first.year, first.month)[1]))


def judge(
    workplace: Workplace, last_day: date, *, is_off: Callable[[date], bool], cycle_months: int | None = None
) -> Judgement:
    """Judge everything that happened."""
    judgement = Judgement()
    histories = _histories(workplace)
    clock = _Clock(is_off, last_day)
    for history in histories.values():
        _judge_consultations(history, clock, judgement)
        _judge_effect(history, clock, judgement)
        _judge_filing(history, judgement)
        _judge_reviews(history, cycle_months, last_day, judgement)
        _judge_notices(history, judgement)
        _judge_standstill(history, last_day, judgement)
    _judge_succession(histories, judgement)
    _judge_deadlines(workplace, histories, cycle_months, last_day, judgement)
    _judge_record(workplace, histories, judgement)
    _judge_numbers(workplace, judgement)
    return judgement


def _histories(workplace: Workplace) -> dict[int, History]:
    rows: dict[int, list[Step]] = {}
    with workplace.sessions() as session:
        kinds = {identity: kind.value for identity, kind in session.execute(select(Project.id, Project.kind))}
        asked = select(
            LifecycleEvent.project_id,
            LifecycleEvent.action,
            LifecycleEvent.on_day,
            LifecycleEvent.actor_role,
            LifecycleEvent.to_stage,
            LifecycleEvent.params,
        ).order_by(LifecycleEvent.project_id, LifecycleEvent.seq)
        for identity, action, on, role, stage, params in session.execute(asked):
            rows.setdefault(identity, []).append(Step(action, on, role.value, stage.value, json.loads(params)))
    return {identity: History(identity, kinds[identity], tuple(steps)) for identity, steps in rows.items()}


@dataclass(frozen=True, slots=True)
class _Clock:
    """When the worker was there."""

    is_off: Callable[[date], bool]
    last_day: date

    def acts_on(self, due_on: date) -> date | None:
        """The first day from then on on which the worker was there; `None` where the calendar ended before."""
        day = due_on
        while self.is_off(day):
            day += timedelta(days=1)
        return day if day <= self.last_day else None

    def judge(self, step: Step, due_on: date, what: str, history: History, judgement: Judgement) -> None:
        """An act of the clock is done on the first day on which it can be, and says when it fell due and how late it is."""
        expected = self.acts_on(due_on)
        told = (step.params.get("due_on"), step.params.get("late_days"))
        late = (step.on - due_on).days
        judgement.expect(
            what,
            holds=step.on == expected and step.role == "system" and told == (due_on.isoformat(), late),
            about=(history.project_id, step.on, expected, told),
        )
        if late:
            judgement.counts[f"{what}, caught up late"] += 1


def _judge_consultations(history: History, clock: _Clock, judgement: Judgement) -> None:
    closes_on: date | None = None
    for step in history.steps:
        match step.action:
            case "open_consultation" | "reopen_consultation":
                closes_on = step.day("closes_on")
                judgement.expect(
                    "consultation long enough",
                    holds=(closes_on - step.on).days >= CONSULTATION_DAYS,
                    about=history.project_id,
                )
            case "extend_consultation":
                later = step.day("closes_on")
                judgement.expect(
                    "consultation prolonged",
                    holds=closes_on is not None and later > closes_on,
                    about=history.project_id,
                )
                closes_on = later
            case "close_consultation" if closes_on is not None:
                clock.judge(step, closes_on + timedelta(days=1), "consultation closed", history, judgement)
                closes_on = None
    if closes_on is not None:
        expected = clock.acts_on(closes_on + timedelta(days=1))
        judgement.expect("consultation runs", holds=expected is None, about=(history.project_id, expected))


def _judge_effect(history: History, clock: _Clock, judgement: Judgement) -> None:
    published, took_effect = history.first("publish"), history.first("take_effect")
    if published is None:
        return
    effective_on = published.day("effective_on")
    if took_effect is not None:
        clock.judge(took_effect, effective_on, "came into force", history, judgement)
    else:
        expected = clock.acts_on(effective_on)
        judgement.expect("not yet in force", holds=expected is None, about=(history.project_id, expected))


def _judge_filing(history: History, judgement: Judgement) -> None:
    published = history.first("publish")
    for step in history.all("record_filing"):
        if published is None:
            continue
        due_on = published.day("published_on") + timedelta(days=FILING_DAYS)
        filed_on = step.day("filed_on")
        holds = step.params["due_on"] == due_on.isoformat() and step.params["late"] is (filed_on > due_on)
        judgement.expect("filed", holds=holds, about=history.project_id)


def _cycle(history: History, cycle_months: int | None) -> int:
    return cycle_months or CYCLE_MONTHS[history.kind]


def _judge_reviews(history: History, cycle_months: int | None, last_day: date, judgement: Judgement) -> None:
    published = history.first("publish")
    if published is None:
        return
    begins_on, months = published.day("published_on"), _cycle(history, cycle_months)
    for step in history.all("start_review", "confirm", "order_revision", "propose_abolition"):
        ends_on = months_later(begins_on, months)
        if step.action == "start_review":
            judgement.expect(
                "review started in time", holds=step.on <= ends_on, about=(history.project_id, step.on, ends_on)
            )
        else:
            judgement.expect("review concluded in time", holds=step.on <= ends_on, about=(history.project_id, step.on))
            begins_on = step.on
    if history.stage == "in_force":
        ends_on = months_later(begins_on, months)
        judgement.expect("cycle runs", holds=ends_on >= last_day, about=(history.project_id, ends_on))


def _judge_notices(history: History, judgement: Judgement) -> None:
    opened: Step | None = None
    for step in history.steps:
        if step.action in NOTICE_DAYS:
            opened = step
        elif opened is not None and step.action in {"publish", "abolish"}:
            days = NOTICE_DAYS[opened.action]
            judgement.expect("notice ran", holds=(step.on - opened.on).days > days, about=history.project_id)
            opened = None


def _judge_standstill(history: History, last_day: date, judgement: Judgement) -> None:
    waited = (last_day - history.steps[-1].on).days
    judgement.expect(
        "not stuck",
        holds=history.stage in AT_REST or waited <= LONGEST_WAIT,
        about=(history.project_id, history.stage, waited),
    )
    judgement.counts[f"stage {history.stage}"] += 1


def _judge_succession(histories: dict[int, History], judgement: Judgement) -> None:
    """On the day on which a revision comes into force the older document ends, and not before."""
    for history in histories.values():
        opened = history.first("revision_opened")
        if opened is None:
            continue
        older = histories[int(str(opened.params["revision_of_id"]))]
        ended, in_force = older.first("supersede"), history.first("take_effect")
        days = (ended.on if ended else None, in_force.on if in_force else None)
        same = days[0] == days[1] or older.stage == "abolished"
        judgement.expect(
            "superseded with its successor", holds=same, about=(older.project_id, history.project_id, days)
        )


def _judge_deadlines(
    workplace: Workplace,
    histories: dict[int, History],
    cycle_months: int | None,
    last_day: date,
    judgement: Judgement,
) -> None:
    """What the system says was due, and when it was met, against the same from the rows."""
    with workplace.sessions() as session:
        standing = [
            Standing(row.id, row.kind, row.stage)
            for row in session.execute(select(Project.id, Project.kind, Project.stage))
        ]
        told = deadline_histories(session, standing, last_day)
    for project in standing:
        history = histories[project.project_id]
        said = [each for each in told[project.project_id] if not each.lapsed]
        for due in JUDGED:
            expected = sorted(_expected(due, history, cycle_months, last_day), key=str)
            found = sorted(((each.on, each.met_on) for each in said if each.due is due), key=str)
            if expected or found:
                judgement.expect(f"deadline {due.value}", holds=found == expected, about=(project, found, expected))
                judgement.counts[f"deadline {due.value}, missed"] += sum(
                    1 for on, met_on in expected if (met_on or last_day) > on
                )


Expected = Iterable[tuple[date, date | None]]


def _expected(due: Due, history: History, cycle_months: int | None, last_day: date) -> Expected:
    """Each last day, with the day on which it was met."""
    if due is Due.COMPLETION:
        return _expected_completion(history, last_day)
    if due is Due.CONSULTATION_CLOSES:
        return _expected_consultations(history)
    published = history.first("publish")
    if published is None:
        return ()
    if due in {Due.REVIEW_OPINION, Due.PERIODIC_REVIEW}:
        return _expected_reviews(due, history, published, cycle_months)
    return _expected_of_the_document(due, history, published)


def _expected_of_the_document(due: Due, history: History, published: Step) -> Expected:
    is_local, out_on = history.kind == "local_standard", published.day("published_on")
    filed, took_effect = history.first("record_filing"), history.first("take_effect")
    if due is Due.IMPLEMENTATION:
        effective_on = published.day("effective_on")
        # What the clock brings into force is so from its own day on, whenever the worker came to it.
        by_clock = took_effect is not None and took_effect.role == "system"
        yield effective_on, effective_on if by_clock else took_effect.on if took_effect else None
    elif due is Due.FULL_TEXT and is_local:
        yield out_on + timedelta(days=FULL_TEXT_DAYS), published.on
    elif due is Due.FILING and is_local and (filed is not None or history.stage not in FINAL):
        yield out_on + timedelta(days=FILING_DAYS), filed.day("filed_on") if filed else None


def _expected_completion(history: History, last_day: date) -> Expected:
    planned, published = history.first("approve_project"), history.first("publish")
    if planned is None or (published is None and history.stage in FINAL):
        return
    completes_on = planned.day("completes_on")
    for step in history.all("extend_project"):
        completes_on = months_later(completes_on, int(str(step.params["months"])))
    rested, since = 0, None
    for step in history.all("project_suspended", "project_resumed"):
        if step.action == "project_suspended":
            since = step.on
        elif since is not None:
            rested, since = rested + (step.on - since).days, None
    if since is not None:
        rested += (last_day - since).days
    yield completes_on + timedelta(days=rested), published.on if published else None


def _expected_consultations(history: History) -> Expected:
    closes_on: date | None = None
    for step in history.steps:
        if step.action in {"open_consultation", "reopen_consultation", "extend_consultation"}:
            closes_on = step.day("closes_on")
        elif closes_on is not None and step.action in {"close_consultation", "terminate"}:
            yield closes_on, _closed_as_of(step, closes_on)
            closes_on = None
    if closes_on is not None:
        yield closes_on, None


def _closed_as_of(step: Step, closes_on: date) -> date:
    """A round that the clock closes is closed as of its last day, whenever the worker came to it."""
    return closes_on if step.role == "system" else step.on


def _expected_reviews(due: Due, history: History, published: Step, cycle_months: int | None) -> Expected:
    begins_on, months = published.day("published_on"), _cycle(history, cycle_months)
    opinion_on: date | None = None
    for step in history.all("review_opinion_recorded", "confirm", "order_revision", "propose_abolition"):
        if step.action == "review_opinion_recorded":
            opinion_on = opinion_on or step.on
            continue
        yield _review_day(due, begins_on, months), opinion_on if due is Due.REVIEW_OPINION else step.on
        begins_on, opinion_on = step.on, None
    if history.stage not in {*FINAL, "abolition_notice"}:
        yield _review_day(due, begins_on, months), opinion_on if due is Due.REVIEW_OPINION else None


def _review_day(due: Due, begins_on: date, months: int) -> date:
    ends_on = months_later(begins_on, months)
    return months_later(ends_on, -OPINION_MONTHS) if due is Due.REVIEW_OPINION else ends_on


def _judge_record(workplace: Workplace, histories: dict[int, History], judgement: Judgement) -> None:
    """The chains are whole, and each history leads to where its case stands."""
    with workplace.sessions() as session:
        report = verify(session)
        stages = {identity: stage.value for identity, stage in session.execute(select(Project.id, Project.stage))}
    judgement.expect("record is whole", holds=report.is_whole, about=report.first)
    judgement.counts["events"] = report.events
    for identity, stage in stages.items():
        judgement.expect("history replays", holds=histories[identity].stage == stage, about=(identity, stage))


def _judge_numbers(workplace: Workplace, judgement: Judgement) -> None:
    """In each series the numbers follow one another without a gap; a revision keeps the number of what it replaces."""
    serials: dict[str, list[int]] = {}
    with workplace.sessions() as session:
        for series, serial in session.execute(select(Publication.series, Publication.serial)):
            serials.setdefault(series, []).append(int(serial.partition(".")[0]))
    for series, given in serials.items():
        judgement.expect("numbers without gaps", holds=_follow(given), about=(series, sorted(set(given))))


def _follow(given: Sequence[int]) -> bool:
    return sorted(set(given)) == list(range(min(given), max(given) + 1))
