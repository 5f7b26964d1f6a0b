"""How the cases of the simulated years live: what people do, and how many days they take; the clock does its own part.

A life is a sequence of waits. Between two of them people act on the day that it has become; whatever the clock does,
they find done when they look again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum, auto

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.demo import questions
from standards_wf.demo.acts import Case
from standards_wf.models.consultations import Comment
from standards_wf.models.documents import PeriodicReview
from standards_wf.models.projects import Project
from standards_wf.services.consequences_for_documents import cycle_begins_on
from standards_wf.services.consultations import DisposeComment, dispose_comment
from standards_wf.services.rules import rules_for
from standards_wf.services.suspensions import ResumeProject, SuspendProject, resume, suspend
from standards_wf.workflow import deadlines
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Action, Conclusion, Disposition, Stage

Waits = Iterator[int]
"""After how many days each next thing is done."""

COMMENTS = 2
_LOOKS_AGAIN = 10


class End(StrEnum):
    """How a case ends before there is a document."""

    DECLINED = auto()
    WITHDRAWN = auto()
    REFUSED = auto()
    TERMINATED = auto()
    NOT_APPROVED = auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What befalls a case."""

    end: End | None = None
    drafting_days: int = 90
    suspended_days: int = 0
    extension_months: int = 0
    prolonged_days: int = 0
    returned: bool = False
    fails_review: bool = False
    files_late: bool = False
    conclusions: tuple[Conclusion, ...] = ()
    """What its periodic reviews find, one after the other; valid from then on."""
    is_kept: bool = False
    """Whether the abolition that is proposed is given up."""


class LivedCase(Case):
    """A case whose days pass with the calendar of everybody."""

    def wait(self, days: int) -> None:
        """Nothing: the life says when it goes on, and the calendar brings the day."""

    @property
    def stage(self) -> Stage:
        """Where the case stands."""
        return self._hands.ask(_stage_of, self.project_id)

    @property
    def decliner(self) -> str:
        """Whoever answers suggestions."""
        return self.parts.association or self.parts.department or self.parts.secretary

    def note(self, login: str, action: Action, **fields: object) -> None:
        """An act that owes its reason."""
        self.perform(login, action, note="模拟办理。", fields=ActFields(**fields))  # type: ignore[arg-type]

    def rest(self) -> None:
        """The keeper suspends the project."""
        self._hands.do(
            self.keeper, self.day, suspend, SuspendProject(project_id=self.project_id, note="等待试验条件。")
        )

    def go_on(self) -> None:
        """The keeper resumes it."""
        self._hands.do(self.keeper, self.day, resume, ResumeProject(project_id=self.project_id))

    def dispose_all(self) -> None:
        """Every comment gets its disposition."""
        for identity in self._hands.ask(_without_disposition, self.project_id):
            command = DisposeComment(comment_id=identity, disposition=Disposition.ACCEPTED, reason="采纳。")
            self._hands.do(self.parts.drafter, self.day, dispose_comment, command)

    def closing_day(self) -> date:
        """The last day of the round that runs."""
        return self._hands.ask(questions.closing_day, self.project_id)

    def days_to_publication(self) -> int:
        """How many days are left to the date of publication that was prepared."""
        return (self._hands.ask(questions.publication, self.project_id).published_on - self.day).days

    def days_to_effect(self) -> int:
        """How many days are left to the implementation date."""
        return (self._hands.ask(questions.publication, self.project_id).effective_on - self.day).days

    def days_to_review(self) -> int:
        """How many days are left until a periodic review is due to begin."""
        return (self._hands.ask(_review_begins, self.project_id) - self.day).days

    def successor_id(self) -> int | None:
        """The case that was opened to revise this document."""
        return self._hands.ask(_successor_of, self.project_id)


def _stage_of(session: Session, project_id: int) -> Stage:
    return session.scalars(select(Project.stage).where(Project.id == project_id)).one()


def _without_disposition(session: Session, project_id: int) -> tuple[int, ...]:
    waiting = select(Comment.id).where(Comment.project_id == project_id, Comment.disposition.is_(None))
    return tuple(session.scalars(waiting.order_by(Comment.number)))


def _review_begins(session: Session, project_id: int) -> date:
    begun = cycle_begins_on(session, project_id)
    if begun is None:
        raise ValueError(f"project {project_id} has no document")
    kind = session.scalars(select(Project.kind).where(Project.id == project_id)).one()
    return deadlines.review_begins(begun, rules_for(session, kind))


def _successor_of(session: Session, project_id: int) -> int | None:
    return session.scalar(
        select(PeriodicReview.successor_id)
        .where(PeriodicReview.project_id == project_id, PeriodicReview.successor_id.is_not(None))
        .order_by(PeriodicReview.number.desc())
        .limit(1)
    )


Revise = Callable[[LivedCase, int], None]
"""Told which case is opened to revise a document, so that it is lived too."""


def life(case: LivedCase, fate: Fate, revise: Revise) -> Waits:
    """A case from the suggestion on."""
    case.suggest()
    yield 12
    if fate.end is End.DECLINED:
        case.note(case.decliner, Action.DECLINE)
        return
    if fate.end is End.WITHDRAWN:
        case.note("citizen", Action.WITHDRAW)
        return
    yield from project(case, fate, revise)


def project(case: LivedCase, fate: Fate, revise: Revise) -> Waits:
    """A case from the application on; the case of a revision begins here."""
    case.apply()
    yield 10
    if fate.returned:
        case.note(case.keeper, Action.RETURN_APPLICATION)
        yield 5
        case.apply()
        yield 5
    case.appraise()
    yield 15
    case.record_appraisal(in_favour=fate.end is not End.REFUSED)
    yield 7
    if fate.end is End.REFUSED:
        case.note(case.keeper, Action.REFUSE_PROJECT)
        return
    case.approve_project()
    yield 20
    if fate.extension_months:
        case.note(case.keeper, Action.EXTEND_PROJECT, months=fate.extension_months)
    if fate.suspended_days:
        case.rest()
        yield fate.suspended_days
        case.go_on()
    yield fate.drafting_days
    if fate.end is End.TERMINATED:
        case.note(case.keeper, Action.TERMINATE)
        return
    yield from _text(case, fate)
    yield from _approval(case, fate)
    if case.stage is Stage.PUBLISHED:
        yield from _document(case, fate, revise)


def _text(case: LivedCase, fate: Fate) -> Waits:
    """Consultation and review; after a review that is not passed, once more."""
    case.open_consultation()
    case.receive_comments(COMMENTS)
    if fate.prolonged_days:
        yield 10
        later = case.closing_day() + timedelta(days=fate.prolonged_days)
        case.note(case.parts.secretary, Action.EXTEND_CONSULTATION, closes_on=later)
    while case.stage is Stage.CONSULTATION:
        yield 1
    yield 14
    case.dispose_all()
    yield 10
    case.submit_for_review()
    yield 35
    case.hold_review(against=9 if fate.fails_review else 1, passed=not fate.fails_review)
    if fate.fails_review:
        yield 30
        yield from _text(case, replace(fate, fails_review=False))


def _approval(case: LivedCase, fate: Fate) -> Waits:
    yield 12
    case.submit_package()
    yield 20
    if fate.end is End.NOT_APPROVED:
        case.note(case.keeper, Action.REFUSE_APPROVAL)
        return
    case.prepare_publication()
    if Stage.PUBLIC_NOTICE in {row.stage for row in STAGES.values() if case.text.kind in row.kinds}:
        case.open_public_notice()
    yield case.days_to_publication()
    case.publish()


def _document(case: LivedCase, fate: Fate, revise: Revise) -> Waits:
    """A document from its publication to its end."""
    yield 75 if fate.files_late else 30
    case.record_after_publication()
    yield max(0, case.days_to_effect())
    while case.stage is Stage.PUBLISHED:
        yield 1
    conclusions = iter(fate.conclusions)
    while not STAGES[case.stage].final:
        days = case.days_to_review()
        if days > 0:
            yield min(days, _LOOKS_AGAIN)
            continue
        yield from _periodic_review(case, next(conclusions, Conclusion.VALID), fate, revise)


def _periodic_review(case: LivedCase, conclusion: Conclusion, fate: Fate, revise: Revise) -> Waits:
    case.start_periodic_review()
    yield 20
    if STAGES[case.stage].final:  # the successor came into force meanwhile
        return
    if conclusion is Conclusion.REVISE and case.successor_id() is not None:
        conclusion = Conclusion.VALID  # a revision is under way already
    case.give_opinion(conclusion, "模拟复审。")
    yield 15
    if STAGES[case.stage].final:
        return
    match conclusion:
        case Conclusion.VALID:
            case.perform(case.keeper, Action.CONFIRM)
        case Conclusion.REVISE:
            case.perform(case.keeper, Action.ORDER_REVISION)
            successor = case.successor_id()
            if successor is not None:
                revise(case, successor)
        case Conclusion.ABOLISH:
            case.perform(case.keeper, Action.PROPOSE_ABOLITION)
            yield 31
            if fate.is_kept:
                case.note(case.keeper, Action.KEEP)
            else:
                case.perform(case.keeper, Action.ABOLISH)
