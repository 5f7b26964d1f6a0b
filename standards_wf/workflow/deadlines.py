"""When something is due: the one place where a deadline is computed, from plain dates and the rules of the kind.

Pages, mails, guards, the API, calendars and exports show the answers of this module. How the days are counted travels
with each answer. In every period the day it starts on is not counted, the last day is; days are calendar days, because
no rule was found that counts working days, and none that moves a last day which falls on a holiday.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from standards_wf.workflow.calendar import add_months, last_day
from standards_wf.workflow.rules import Rules
from standards_wf.workflow.vocabulary import Action, Event


class Due(StrEnum):
    """What a deadline is for."""

    COMPLETION = "completion"
    CONSULTATION_CLOSES = "consultation_closes"
    PAPERS_TO_SEND = "papers_to_send"
    MEETING = "meeting"
    BALLOT_CLOSES = "ballot_closes"
    NOTICE_ENDS = "notice_ends"
    IMPLEMENTATION = "implementation"
    FULL_TEXT = "full_text"
    FILING = "filing"
    REVIEW_OPINION = "review_opinion"
    PERIODIC_REVIEW = "periodic_review"


class Unit(StrEnum):
    """In what a period is counted."""

    DAYS = "days"
    MONTHS = "months"


MET_BY: Mapping[Due, tuple[Action | Event, ...]] = {
    Due.COMPLETION: (Action.PUBLISH,),
    Due.CONSULTATION_CLOSES: (Action.CLOSE_CONSULTATION,),
    Due.PAPERS_TO_SEND: (Event.PAPERS_SENT,),
    Due.MEETING: (Event.MINUTES_RECORDED,),
    Due.BALLOT_CLOSES: (Event.BALLOT_CLOSED,),
    Due.NOTICE_ENDS: (Action.PUBLISH, Action.ABOLISH, Action.KEEP),
    Due.IMPLEMENTATION: (Action.TAKE_EFFECT,),
    Due.FULL_TEXT: (Action.PUBLISH,),
    Due.FILING: (Action.RECORD_FILING,),
    Due.REVIEW_OPINION: (Event.REVIEW_OPINION_RECORDED,),
    Due.PERIODIC_REVIEW: (Action.CONFIRM, Action.ORDER_REVISION, Action.PROPOSE_ABOLITION),
}
"""What has to happen for a deadline to be met; any one of the acts named."""

ENDS_OF_PERIODS = frozenset({Due.CONSULTATION_CLOSES, Due.BALLOT_CLOSES, Due.NOTICE_ENDS})
"""What runs through its last day: what ends it is done on the day after, and is in time then."""

USUAL_BALLOT_DAYS = 14
"""How long a ballot is proposed to run; whoever opens it decides."""
REVIEW_BEGINS_MONTHS = 12
"""From how long before its cycle ends a periodic review is on time: a year's list can be begun on its first day."""
USUAL_PROLONGATION_DAYS = 15
"""By how much a consultation is proposed to be prolonged; whoever prolongs it decides."""


@dataclass(frozen=True, slots=True)
class Suspension:
    """A time in which a project rested (中止): its first day counts, the day on which it was resumed does not."""

    from_on: date
    until: date | None = None
    """The day on which it was resumed; `None` while it rests."""
    reason: str = ""

    def days(self, today: date) -> int:
        """How many days it rested, up to today."""
        end = today if self.until is None else min(self.until, today)
        return max(0, between(self.from_on, end))


def days_suspended(suspensions: Iterable[Suspension], today: date) -> int:
    """How many days a project rested in all, up to today."""
    return sum(each.days(today) for each in suspensions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The last day for something, and how that day was found."""

    due: Due
    on: date
    """The last day on which it is in time."""
    rule: str = ""
    """The parameter (of `RULES`) whose figure was counted, or that limits what was agreed; empty where there is none."""
    counted_from: date | None = None
    figure: int | None = None
    """How many days or months were counted; `None` where somebody fixed the day itself."""
    unit: Unit = Unit.DAYS
    backwards: bool = False
    """Counted back from a later day, as "30 days before the meeting" is."""
    first_day_counted: bool = False
    suspended_days: int = 0
    """By how many days the last day moved because the project rested."""
    met_on: date | None = None
    """The day on which it was done; `None` while it is not."""

    @property
    def planned_on(self) -> date:
        """The last day as it was before the project rested."""
        return self.on - timedelta(days=self.suspended_days)

    def met(self, on: date | None) -> "Deadline":
        """The same deadline, done on that day."""
        return replace(self, met_on=on)

    def days_left(self, today: date) -> int:
        """How many days are left; below zero when the last day has passed."""
        return between(today, self.on)

    def has_passed(self, today: date) -> bool:
        """Whether the last day is over, done or not."""
        return today > self.on

    @property
    def in_time_until(self) -> date:
        """The last day on which the act that meets it is in time."""
        return last_day(self.on, 1) if self.due in ENDS_OF_PERIODS else self.on

    def is_overdue(self, today: date) -> bool:
        """Whether it is not done although the last day for it is over."""
        return self.met_on is None and today > self.in_time_until

    def days_late(self, today: date) -> int:
        """By how many days it was done too late, or is late today; zero where it is in time."""
        return max(0, between(self.in_time_until, self.met_on or today))


def first_day_after(last: date) -> date:
    """The first day on which a period that ends on this day is over."""
    return last_day(last, 1)


def between(start: date, end: date) -> int:
    """How many days lie between two, the first not counted and the last counted; below zero the other way round."""
    return (end - start).days


# The project and its plan.


def latest_completion(plan_published_on: date, rules: Rules, *, is_revision: bool) -> Deadline:
    """The latest day of completion that a plan may name."""
    rule = _plan_rule(is_revision=is_revision)
    months: int = getattr(rules, rule)
    on = add_months(plan_published_on, months)
    return Deadline(
        due=Due.COMPLETION, on=on, rule=rule, counted_from=plan_published_on, figure=months, unit=Unit.MONTHS
    )


def _plan_rule(*, is_revision: bool) -> str:
    return "plan_months_revision" if is_revision else "plan_months_new"


def completion(
    completes_on: date, suspensions: Iterable[Suspension] = (), *, today: date, is_revision: bool = False
) -> Deadline:
    """The day of completion that the plan names, moved by the days on which the project rested."""
    moved = days_suspended(suspensions, today)
    return Deadline(
        due=Due.COMPLETION,
        on=last_day(completes_on, moved),
        rule=_plan_rule(is_revision=is_revision),
        suspended_days=moved,
    )


def extended(completes_on: date, months: int) -> date:
    """The day of completion after an extension by so many months."""
    return add_months(completes_on, months)


def extension_asked_before(completes: Deadline, rules: Rules) -> date:
    """The day before which an extension must be asked for."""
    return last_day(completes.on, -rules.extension_ask_before_days)


# The consultation.


def earliest_closing(opens_on: date, rules: Rules) -> Deadline:
    """The earliest day on which a consultation may close; whatever the minimum is set to, a round lasts a day."""
    return consultation_closes(opens_on, last_day(opens_on, max(1, rules.consultation_min_days)))


def consultation_closes(opens_on: date | None, closes_on: date) -> Deadline:
    """The day on which a consultation closes; comments are still taken on it."""
    return _agreed(Due.CONSULTATION_CLOSES, "consultation_min_days", opens_on, closes_on)


def first_day_to_close(closes_on: date) -> date:
    """The day from which a round can be closed: its own last day belongs to those who comment."""
    return last_day(closes_on, 1)


def earliest_prolongation(closes_on: date) -> date:
    """The earliest day to which a consultation can be prolonged."""
    return last_day(closes_on, 1)


def usual_prolongation(closes_on: date) -> date:
    """The day to which a consultation is proposed to be prolonged."""
    return last_day(closes_on, USUAL_PROLONGATION_DAYS)


# The review.


def papers_to_send(held_on: date, rules: Rules) -> Deadline:
    """The last day to send the papers for a meeting, or for a letter ballot that closes on this day."""
    days = rules.papers_notice_days
    return Deadline(
        due=Due.PAPERS_TO_SEND,
        on=last_day(held_on, -days),
        rule="papers_notice_days",
        counted_from=held_on,
        figure=days,
        backwards=True,
    )


def earliest_meeting(papers_sent_on: date, rules: Rules) -> date:
    """The earliest day of a meeting, or end of a letter ballot, for papers sent on this day."""
    return last_day(papers_sent_on, rules.papers_notice_days)


def usual_meeting(today: date, rules: Rules) -> date:
    """The day that is proposed for a meeting: it leaves a day to send the papers."""
    return last_day(earliest_meeting(today, rules), 1)


def meeting(meets_on: date) -> Deadline:
    """The day of the review's meeting."""
    return Deadline(due=Due.MEETING, on=meets_on)


def ballot_closes(closes_on: date) -> Deadline:
    """The last day on which votes are taken."""
    return Deadline(due=Due.BALLOT_CLOSES, on=closes_on)


def usual_ballot_end(opens_on: date) -> date:
    """The last day that is proposed for a ballot."""
    return last_day(opens_on, USUAL_BALLOT_DAYS)


# Notices and publication.


def last_day_to_confirm(prepared_on: date, days: int) -> date:
    """Until when a second person can confirm what a first one prepared: calendar days from the following day on."""
    return last_day(prepared_on, days)


def public_notice_ends(opened_on: date, rules: Rules) -> Deadline | None:
    """The last day of the notice before approval; `None` where the kind has no such notice."""
    return _counted(Due.NOTICE_ENDS, "public_notice_days", opened_on, rules.public_notice_days)


def abolition_notice_ends(opened_on: date, rules: Rules) -> Deadline:
    """The last day of the notice before abolition."""
    days = rules.abolition_notice_days
    return _agreed(Due.NOTICE_ENDS, "abolition_notice_days", opened_on, last_day(opened_on, days))


def notice_ends(opened_on: date, ends_on: date, *, before_approval: bool) -> Deadline:
    """The last day of a notice, as it was announced when it was opened."""
    rule = "public_notice_days" if before_approval else "abolition_notice_days"
    return _agreed(Due.NOTICE_ENDS, rule, opened_on, ends_on)


def earliest_implementation(published_on: date, rules: Rules) -> Deadline:
    """The earliest implementation date that needs no reason of its own."""
    return implementation(published_on, last_day(published_on, rules.publication_gap_days))


def implementation(published_on: date, effective_on: date) -> Deadline:
    """The day from which the document is in force."""
    return _agreed(Due.IMPLEMENTATION, "publication_gap_days", published_on, effective_on)


def full_text(published_on: date, rules: Rules) -> Deadline | None:
    """The last day to make the full text public; `None` where the kind has no such rule."""
    return _counted(Due.FULL_TEXT, "full_text_days", published_on, rules.full_text_days)


def filing(published_on: date, rules: Rules) -> Deadline | None:
    """The last day to file the document; `None` where the kind is not filed."""
    return _counted(Due.FILING, "filing_days", published_on, rules.filing_days)


# The long life.


def periodic_review(cycle_begins_on: date, rules: Rules) -> Deadline:
    """The day on which the cycle of the periodic review ends; it begins at publication and after every conclusion."""
    months = rules.review_cycle_months
    return Deadline(
        due=Due.PERIODIC_REVIEW,
        on=add_months(cycle_begins_on, months),
        rule="review_cycle_months",
        counted_from=cycle_begins_on,
        figure=months,
        unit=Unit.MONTHS,
    )


def review_opinion(cycle_begins_on: date, rules: Rules) -> Deadline:
    """The last day for the opinion of the periodic review, so many months before the cycle ends."""
    ends_on, months = periodic_review(cycle_begins_on, rules).on, rules.review_opinion_months_before
    return Deadline(
        due=Due.REVIEW_OPINION,
        on=add_months(ends_on, -months),
        rule="review_opinion_months_before",
        counted_from=ends_on,
        figure=months,
        unit=Unit.MONTHS,
        backwards=True,
    )


def review_begins(cycle_begins_on: date, rules: Rules) -> date:
    """The day from which a periodic review is on time; before it, it is early and owes its reason."""
    return add_months(periodic_review(cycle_begins_on, rules).on, -REVIEW_BEGINS_MONTHS)


def latest_cycle_with_opinion_due(today: date, rules: Rules) -> date:
    """The latest beginning of a cycle whose opinion is due today or was due before: to ask a database for them."""
    begins_on = add_months(today, rules.review_opinion_months_before - rules.review_cycle_months)
    while review_opinion(last_day(begins_on, 1), rules).on <= today:
        begins_on = last_day(begins_on, 1)
    while review_opinion(begins_on, rules).on > today:
        begins_on = last_day(begins_on, -1)
    return begins_on


def _counted(due: Due, rule: str, counted_from: date, days: int | None) -> Deadline | None:
    if days is None:
        return None
    return _agreed(due, rule, counted_from, last_day(counted_from, days))


def _agreed(due: Due, rule: str, counted_from: date | None, on: date) -> Deadline:
    """A last day that was named, with how many days it is away from where it began."""
    figure = between(counted_from, on) if counted_from is not None else None
    return Deadline(due=due, on=on, rule=rule, counted_from=counted_from, figure=figure)
