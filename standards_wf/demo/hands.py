"""Acting as people of the demonstration, one act after the other, each in its own transaction and on its own day."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.services.access import actor_of
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR, VISITOR, Actor

Answer = TypeVar("Answer")

VISITOR_LOGIN = ""
CLOCK_LOGIN = "system"


class Hands:
    """Whoever acts: looks up the person on that day, and does what the person does."""

    def __init__(self, sessions: sessionmaker[Session], timezone: ZoneInfo, people: dict[str, int]) -> None:
        self._sessions = sessions
        self._timezone = timezone
        self._people = people
        self._last: datetime | None = None
        self.acts = 0

    def do(self, login: str, day: date, service: Callable[..., Answer], command: object, **beside: object) -> Answer:
        """Do this as that person on that day, and commit."""
        moment = self.moment(day)
        with self._sessions() as session, unit_of_work(session):
            actor = self._actor(session, login, day)
            answer = service(session, command, actor=actor, moment=moment, **beside)
        self.acts += 1
        return answer

    def ask(self, question: Callable[[Session, int], Answer], identity: int) -> Answer:
        """Read something about a thing."""
        with self._sessions() as session:
            return question(session, identity)

    def moment(self, day: date) -> Moment:
        """A moment of this day in office hours, later than every moment before it on the same day."""
        at = datetime.combine(day, time(9), self._timezone).astimezone(UTC)
        if self._last is not None and self._last >= at and self._last.date() == at.date():
            at = self._last.replace(microsecond=self._last.microsecond + 1)
        self._last = at
        return Moment(at, day)

    def _actor(self, session: Session, login: str, day: date) -> Actor:
        if login == VISITOR_LOGIN:
            return VISITOR
        if login == CLOCK_LOGIN:
            return SYSTEM_ACTOR
        return actor_of(session, self._people[login], day)
