"""People who act on the same thing at the same moment, in threads or in processes of their own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Barrier
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, StandardsError
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.database import make_engine, session_factory
from standards_wf.models.projects import Project
from standards_wf.services.access import actor_of
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.vocabulary import Action

Answer = TypeVar("Answer")


def all_at_once(deeds: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """Do everything at the same moment, each in a thread of its own; whatever is raised is raised here."""
    start = Barrier(len(deeds))

    def deed_in_thread(deed: Callable[[], Answer]) -> Answer:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as threads:
        return list(threads.map(deed_in_thread, deeds))


def outcome(deed: Callable[[], Answer]) -> Answer | StandardsError:
    """What came of a deed: its answer, or the refusal."""
    try:
        return deed()
    except StandardsError as told:
        return told


@dataclass(slots=True)
class Deeds:
    """What one contender achieved."""

    versions: list[int] = field(default_factory=list)
    """The version that he had seen, for each act that succeeded."""
    conflicts: int = 0


def extend_the_round(
    sessions: sessionmaker[Session], project_id: int, secretary: int, moment: Moment, *, times: int
) -> Deeds:
    """Look at a page and move the end of the consultation by a day, so many times; who was late looks again."""
    deeds = Deeds()
    while len(deeds.versions) < times:
        with sessions() as session:
            page = select(Project.version, ConsultationRound.closes_on).join(ConsultationRound)
            version, closes_on = session.execute(page.where(Project.id == project_id)).one()
        command = PerformAction(
            project_id=project_id,
            action=Action.EXTEND_CONSULTATION,
            expected_version=version,
            note="更多时间",
            fields=ActFields(closes_on=closes_on + timedelta(days=1)),
        )
        try:
            with sessions() as session, unit_of_work(session):
                perform(session, command, actor=actor_of(session, secretary, moment.day), moment=moment)
        except EditConflict:
            deeds.conflicts += 1
        else:
            deeds.versions.append(version)
    return deeds


def extend_in_a_process(url: str, project_id: int, secretary: int, moment: Moment, times: int) -> Deeds:
    """The same from a process of its own, with a connection as the installation makes it."""
    engine = make_engine(url)
    try:
        return extend_the_round(session_factory(engine), project_id, secretary, moment, times=times)
    finally:
        engine.dispose()
