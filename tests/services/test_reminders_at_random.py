"""Whatever happens to the dates and however long nobody works: each step once at most, and none after the act."""

from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.outbox import Reminder
from standards_wf.models.people import Person
from standards_wf.notifications.transport import RecordingTransport
from standards_wf.services.project_plans import enter_into_plan
from standards_wf.services.storage import FileStore
from standards_wf.services.suspensions import ResumeProject, SuspendProject, resume, suspend
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.worker.loop import Worker
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.vocabulary import Action, Stage
from tests.services.cases import act, make_case, project_of
from tests.services.doing import do
from tests.services.situations import in_consultation, published, round_of
from tests.support.effects import light_tools

ROUNDS = 30
LONGEST_GAP = 20
COMPLETES_IN, FILED_WITHIN = 80, 60
STEPS = (30, 7, 1, 0, *range(-7, -1000, -7))

Key = tuple[Due, date, int]
"""What is due, when, and the step."""


class Walk:
    """A planned project, a consultation and a document to be filed, on days and with changes drawn by lot."""

    def __init__(self, session: Session, first: Moment, chance: Random) -> None:
        self.session, self.first, self.now, self.chance = session, first, first, chance
        self.filed, self.rested = False, 0
        self.resting_since: date | None = None
        self.planned = make_case(session, first, stage=Stage.DRAFTING)
        with unit_of_work(session):
            completes_on = first.day + timedelta(days=COMPLETES_IN)
            entry = ActFields(plan_number="P", plan_published_on=date(2025, 1, 1), completes_on=completes_on)
            enter_into_plan(session, project_of(session, self.planned), entry, first)
        self.consulting = in_consultation(session, first, days=30 + chance.randrange(20))
        self.document = published(session, first, "DB31/T 1—2025")
        with unit_of_work(session):
            for person in (self.planned.secretary, self.consulting.secretary, self.document.authority):
                session.get_one(Person, person).email = f"p{person}@example.org"

    def pass_days(self, days: int) -> None:
        """Nobody works for so long, then somebody does."""
        self.now = Moment(self.now.at + timedelta(days=days), self.now.day + timedelta(days=days))

    def owed(self) -> dict[Due, date]:
        """What is due now, worked out by hand."""
        self.session.rollback()
        running = round_of(self.session, self.consulting)
        owed = {} if running.closes_on < self.now.day else {Due.CONSULTATION_CLOSES: running.closes_on}
        if self.resting_since is None:
            owed[Due.COMPLETION] = self.first.day + timedelta(days=COMPLETES_IN + self.rested)
        if not self.filed:
            owed[Due.FILING] = self.first.day + timedelta(days=FILED_WITHIN)
        self.session.rollback()
        return owed

    def something_happens(self) -> None:
        """A date is moved, the project rests or goes on, the document is filed; or nothing."""
        match self.chance.randrange(8):
            case 0 if Due.CONSULTATION_CLOSES in self.owed():
                closes_on = round_of(self.session, self.consulting).closes_on + timedelta(
                    days=self.chance.randint(1, 30)
                )
                person = self.consulting.secretary
                do(self.session, self.consulting, Action.EXTEND_CONSULTATION, person, self.now, closes_on=closes_on)
            case 1 | 2 if self.resting_since is not None:
                going_on = ResumeProject(project_id=self.planned.project_id)
                act(self.session, resume, going_on, person=self.planned.authority, moment=self.now)
                self.rested += (self.now.day - self.resting_since).days
                self.resting_since = None
            case 1 if self.resting_since is None:
                resting = SuspendProject(project_id=self.planned.project_id, note="等待上位法修订")
                act(self.session, suspend, resting, person=self.planned.authority, moment=self.now)
                self.resting_since = self.now.day
            case 3 if not self.filed and self.chance.random() < 0.3:
                person, today = self.document.authority, self.now.day
                do(
                    self.session,
                    self.document,
                    Action.RECORD_FILING,
                    person,
                    self.now,
                    filing_number="1",
                    filed_on=today,
                )
                self.filed = True
            case _:
                pass


def _newest_step(on: date, after: date, today: date) -> int | None:
    """The newest step whose day lies after one day and not after another, found by looking at every step."""
    due = [step for step in STEPS if after < on - timedelta(days=step) <= today]
    return min(due, default=None)


@pytest.mark.parametrize("seed", range(4))
def test_each_person_gets_each_step_once_at_most_by_the_date_that_holds_and_nothing_after_the_act(
    seed: int,
    session: Session,
    session_factory: sessionmaker[Session],
    store: FileStore,
    moment: Moment,
    tmp_path: Path,
) -> None:
    walk = Walk(session, moment, Random(seed))
    transport = RecordingTransport()
    tools = light_tools(session_factory, store, transport=transport)
    worker = Worker(tools, tmp_path, now=lambda: walk.now)
    expected: list[tuple[date, Key]] = []
    before = walk.now.day - timedelta(days=1)
    for _ in range(ROUNDS):
        owed, today = walk.owed(), walk.now.day
        assert worker.work_off()
        seen = {key for _, key in expected}
        for due, on in owed.items():
            step = _newest_step(on, before, today)
            if step is not None and (due, on, step) not in seen:
                expected.append((today, (due, on, step)))
        before = today
        walk.something_happens()
        walk.pass_days(walk.chance.randint(1, LONGEST_GAP) if walk.chance.random() < 0.3 else 1)

    session.rollback()
    for due, people in (
        (Due.COMPLETION, (walk.planned.secretary, walk.planned.drafter)),
        (Due.CONSULTATION_CLOSES, (walk.consulting.secretary,)),
        (Due.FILING, (walk.document.authority,)),
    ):
        for person in people:
            rows = session.scalars(select(Reminder).where(Reminder.person_id == person).order_by(Reminder.id))
            sent = [(row.written_on, (Due(row.due), row.due_on, row.step)) for row in rows]
            assert sent == [each for each in expected if each[1][0] is due]
    with_address = select(Reminder.id).join(Person, Person.id == Reminder.person_id).where(Person.email != "")
    left = sorted(mail.identity for mail in transport.sent if mail.identity.startswith("reminder-"))
    assert left == sorted(f"reminder-{identity}" for identity in session.scalars(with_address))
