"""Cases with a deadline, and days that pass, for tests of the reminders."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.outbox import Reminder
from standards_wf.services.clock_acts import act_for_the_day
from standards_wf.services.project_plans import enter_into_plan
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.vocabulary import Action, Stage
from tests.services.cases import Case, make_case, project_of
from tests.services.doing import do

COMPLETES_IN = 50

Pass = Callable[[int], None]
"""The daily run so many days after the first day."""


def after(moment: Moment, days: int) -> Moment:
    """So many days later."""
    return Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))


def daily_run(sessions: sessionmaker[Session], first: Moment) -> Pass:
    """The daily run, on days counted from the first; it must leave nothing undone."""

    def run_on(days: int) -> None:
        assert act_for_the_day(sessions, moment=after(first, days))

    return run_on


def planned(session: Session, moment: Moment) -> Case:
    """A project in drafting that its plan lets be completed in fifty days."""
    case = make_case(session, moment, stage=Stage.DRAFTING)
    with unit_of_work(session):
        fields = ActFields(
            plan_number=f"P-{case.project_id}",
            plan_published_on=moment.day - timedelta(days=300),
            completes_on=moment.day + timedelta(days=COMPLETES_IN),
        )
        enter_into_plan(session, project_of(session, case), fields, moment)
    return case


def record_filing(session: Session, case: Case, moment: Moment) -> None:
    """The authority files the document."""
    person, filed_on = case.authority, moment.day
    do(session, case, Action.RECORD_FILING, person, moment, filing_number="12345-2025", filed_on=filed_on)


def reminded(session: Session, case: Case) -> set[int]:
    """Everybody who was reminded of something in a case."""
    session.rollback()
    return set(session.scalars(select(Reminder.person_id).where(Reminder.project_id == case.project_id)))
