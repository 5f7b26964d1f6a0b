"""The loop of the worker: a sign of life, the acts of a new day, the outbox, a short rest; until told to stop."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from sqlalchemy.exc import SQLAlchemyError

from standards_wf.clock import Moment, moment
from standards_wf.errors import StandardsError
from standards_wf.logbook import open_log
from standards_wf.models.database import make_engine, session_factory
from standards_wf.notifications.transport import transport_for
from standards_wf.search.whoosh_backend import WhooshBackend
from standards_wf.services.clock_acts import act_for_the_day
from standards_wf.services.heartbeat import beat
from standards_wf.services.storage import FileStore
from standards_wf.settings import Settings
from standards_wf.worker.handlers import Generate, Tools
from standards_wf.worker.work import work_once
from standards_wf.workflow.reminders import USUAL_STEPS, ReminderSteps

REST_SECONDS = 0.5
BEAT_EVERY = timedelta(seconds=5)
AGAIN_AFTER = timedelta(minutes=10)
"""A day whose acts were not all done is tried again after this while."""

log = logging.getLogger(__name__)


def run(settings: Settings, generate: Generate, stop: threading.Event | None = None) -> None:
    """Work until `stop` is set, or until SIGTERM or SIGINT; what is being handled is finished first."""
    stop = stop or _stopped_by_signals()
    with _worker_of(settings, generate) as worker:
        worker.work_until(stop)


def run_once(settings: Settings, generate: Generate) -> bool:
    """Do the day's acts and the work that is due now, then end; answers whether the day is done."""
    with _worker_of(settings, generate) as worker:
        return worker.work_off()


@contextmanager
def _worker_of(settings: Settings, generate: Generate) -> Iterator["Worker"]:
    open_log(settings.log_folder)
    engine = make_engine(settings.database_url)
    tools = Tools(
        sessions=session_factory(engine),
        search=WhooshBackend(settings.search_folder),
        store=FileStore(settings.storage_folder),
        transport=transport_for(settings.mail_url, sender_host=urlsplit(settings.base_url).hostname or "localhost"),
        generate=generate,
        base_url=settings.base_url,
        link_key=settings.secret_key,
    )
    log.info("the worker begins")
    try:
        yield Worker(
            tools,
            settings.instance,
            now=lambda: moment(settings.timezone),
            steps=ReminderSteps(settings.reminder_days, settings.reminder_repeat_days),
        )
    finally:
        engine.dispose()
        log.info("the worker ends")


def _stopped_by_signals() -> threading.Event:
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask_to_stop)
    return stop


@dataclass(slots=True)
class Worker:
    """One worker at work."""

    tools: Tools
    instance: Path
    now: Callable[[], Moment]
    steps: ReminderSteps = USUAL_STEPS
    name: str = field(default_factory=lambda: f"{socket.gethostname()}/{os.getpid()}")
    _day_done: date | None = None
    _day_again_at: datetime | None = None
    _beaten_at: datetime | None = None

    def work_until(self, stop: threading.Event) -> None:
        """Work, and rest for a moment whenever nothing is due."""
        while not stop.is_set():
            if not self._one_round():
                stop.wait(REST_SECONDS)

    def work_off(self) -> bool:
        """The acts of the day, and all work that is due; answers whether the day is done."""
        self._leave_sign()
        whole = act_for_the_day(self.tools.sessions, moment=self.now(), steps=self.steps)
        while work_once(self.tools, self.name, now=self.now):
            self._leave_sign()
        return whole

    def _one_round(self) -> bool:
        """A sign of life, the day's acts, one piece of work; says whether there was something to do."""
        self._leave_sign()
        try:
            self._act_for_a_new_day()
            return bool(work_once(self.tools, self.name, now=self.now))
        except (SQLAlchemyError, StandardsError) as error:
            log.warning("the database does not answer; tried again in a moment: %s", error)
            return False

    def _leave_sign(self) -> None:
        at = self.now().at
        if self._beaten_at is None or abs(at - self._beaten_at) >= BEAT_EVERY:
            with suppress(OSError):  # a full disk must not stop the work; its absence is what the sign is for
                beat(self.instance, at)
            self._beaten_at = at

    def _act_for_a_new_day(self) -> None:
        today = self.now()
        if today.day == self._day_done or (self._day_again_at is not None and today.at < self._day_again_at):
            return
        if act_for_the_day(self.tools.sessions, moment=today, steps=self.steps):
            self._day_done, self._day_again_at = today.day, None
        else:
            self._day_again_at = today.at + AGAIN_AFTER
