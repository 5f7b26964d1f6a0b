"""Holding an act to what its rehearsal said: everything that the act then did, read from the database afterwards."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid, NotFound, StandardsError, TransitionRefused
from standards_wf.models.documents import Publication
from standards_wf.models.drafts import Attachment
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.outbox import Notification, OutboxRow
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.services.lifecycle import PerformAction
from standards_wf.services.notifying import write_notifications
from standards_wf.services.papers import PAPER_OF, generate
from standards_wf.services.reading.deadlines import Standing, deadlines_of
from standards_wf.services.rehearsal import Rehearsal, rehearse
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Effect, Paper

Dues = set[tuple[Due, object]]


@dataclass(frozen=True)
class Foretold:
    """What was said before the act, and where things stood."""

    said: Rehearsal | StandardsError
    dues: Dues
    last_event: int


def foretell(session: Session, command: PerformAction, actor: Actor, moment: Moment) -> Foretold:
    """Ask what the act would do."""
    project = session.get_one(Project, command.project_id)
    dues, last = _dues(session, project, moment), session.scalar(select(func.max(LifecycleEvent.id))) or 0
    try:
        said: Rehearsal | StandardsError = rehearse(session, command, actor=actor, moment=moment)
    except (NotFound, Invalid) as refused:
        said = refused
    return Foretold(said, dues, last)


def hold_refusal_to(foretold: Foretold, refused: StandardsError) -> None:
    """The act was refused: for the same reasons, which all are said."""
    said = foretold.said
    if isinstance(refused, TransitionRefused):
        assert isinstance(said, Rehearsal)
        assert not said.allowed
        assert tuple(each.refusal for each in said.obstacles) == refused.refusals
        return
    assert type(said) is type(refused)
    assert _fields(said) == _fields(refused)


def _fields(error: object) -> dict[str, Refusal]:
    return error.fields if isinstance(error, Invalid) else {}


def hold_act_to(session: Session, foretold: Foretold, event: LifecycleEvent, moment: Moment) -> tuple[Paper, ...]:
    """The act was done: stage, numbers, messages, deadlines and other cases are those told; gives the papers to make."""
    said = foretold.said
    assert isinstance(said, Rehearsal), said
    assert said.allowed
    project = session.get_one(Project, event.project_id, populate_existing=True)
    assert said.to_stage is project.stage is event.to_stage
    number = session.scalar(
        select(Publication.number).where(Publication.project_id == project.id, Publication.published_at == moment.at)
    )
    assert said.number == (number or "")
    plan_number = session.scalar(select(PlanEntry.number).where(PlanEntry.project_id == project.id))
    assert said.plan_number in {"", plan_number}
    written = session.scalars(
        select(LifecycleEvent).where(LifecycleEvent.id > foretold.last_event).order_by(LifecycleEvent.id)
    ).all()
    assert [(each.project_id, each.happened, each.to_stage) for each in said.others] == [
        (each.project_id if each.from_stage else None, each.action, each.to_stage)
        for each in written
        if each.project_id != project.id
    ]
    effects = set(session.scalars(select(OutboxRow.effect).where(_of(OutboxRow, event))))
    assert {each.paper for each in said.files} == {PAPER_OF[effect] for effect in effects & set(PAPER_OF)}
    after = _dues(session, project, moment)
    assert {(each.due, each.on) for each in said.begins} == after - foretold.dues
    assert {(each.due, each.on) for each in said.ends} == foretold.dues - after
    session.rollback()
    told = {(one.person_id, channel) for one in said.recipients for channel in one.channels}
    assert told == (_notified(session, event, moment) if Effect.NOTIFY in effects else set())
    return tuple(each.paper for each in said.files)


def hold_paper_to(
    session: Session, store: FileStore, foretold: Foretold, event: LifecycleEvent, paper: Paper, moment: Moment
) -> None:
    """The paper that follows has the name that was told, or is not made because of what it was told to lack."""
    said = foretold.said
    assert isinstance(said, Rehearsal)
    (planned,) = (each for each in said.files if each.paper is paper)
    made = select(Attachment.filename).where(Attachment.project_id == event.project_id, Attachment.paper == paper)
    before = session.scalars(made).all()
    session.rollback()
    enter = generate(session, store, event.project_id, paper, moment)
    with unit_of_work(session):
        enter(session)
    names = session.scalars(made.order_by(Attachment.id)).all()[len(before) :]
    session.rollback()
    assert names == ([] if planned.lacks else [planned.filename])


def _notified(session: Session, event: LifecycleEvent, moment: Moment) -> set[tuple[int, str]]:
    """Whom the worker then writes to, and how."""
    with unit_of_work(session):
        write_notifications(session, event.project_id, event.seq, moment=moment)
    rows = session.execute(select(Notification.person_id, Notification.channel).where(_of(Notification, event)))
    return {(person_id, channel) for person_id, channel in rows}


def _of(model: type[OutboxRow] | type[Notification], event: LifecycleEvent) -> ColumnElement[bool]:
    return (model.project_id == event.project_id) & (model.event_seq == event.seq)


def _dues(session: Session, project: Project, moment: Moment) -> Dues:
    standing = Standing(project.id, project.kind, project.stage)
    return {(each.due, each.on) for each in deadlines_of(session, [standing], moment.day)[project.id]}
