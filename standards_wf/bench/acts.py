"""What an act costs: through the service with all its questions, and by hand with the four statements it comes to."""

from dataclasses import dataclass, field
from functools import partial

from sqlalchemy import Engine, insert, select, update

from standards_wf.bench.generated import ThrowAway
from standards_wf.bench.measuring import WARM_UP, Deed, Pair, side_by_side
from standards_wf.clock import Moment
from standards_wf.models.base import Base
from standards_wf.models.database import WRITING
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.outbox import OutboxRow
from standards_wf.models.projects import Project
from standards_wf.services.access import actor_of
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.table import Transition
from standards_wf.workflow.vocabulary import Action, Kind, Stage

_PROJECT = Base.metadata.tables[Project.__tablename__]
_EVENT = Base.metadata.tables[LifecycleEvent.__tablename__]
_OUTBOX = Base.metadata.tables[OutboxRow.__tablename__]


@dataclass(frozen=True, slots=True)
class MeasuredAct:
    """An act to be measured, at the stage where cases stand ready for it."""

    action: Action
    stage: Stage
    fields: ActFields = field(default_factory=ActFields)


def measure_act(made: ThrowAway, act: MeasuredAct, *, pairs: int) -> Pair:
    """One act through the service against the same four statements by hand."""
    row = PROCEDURES[Kind.LOCAL_STANDARD].row(act.stage, act.action)
    if row is None:
        raise ValueError(f"nobody can {act.action} at {act.stage}")
    ready = iter(made.generate(act.stage, 2 * (pairs + WARM_UP)))
    sessions, engine, moment = made.workplace.sessions, made.workplace.engine, made.moment
    with sessions() as session:
        actor = actor_of(session, made.person_id, moment.day)
        version = session.scalars(select(Project.version).order_by(Project.id.desc()).limit(1)).one()

    def through_the_service() -> Deed:
        command = PerformAction(project_id=next(ready), action=act.action, expected_version=version, fields=act.fields)

        def deed() -> None:
            with sessions() as session, unit_of_work(session):
                perform(session, command, actor=actor, moment=moment)

        return deed

    def by_hand() -> Deed:
        return partial(_four_statements, engine, next(ready), row, actor, moment)

    return side_by_side(through_the_service, by_hand, pairs=pairs)


def _four_statements(engine: Engine, project_id: int, row: Transition, actor: Actor, moment: Moment) -> None:
    """Read the project, move it, write the history row and the rows of the outbox; no question is asked."""
    with engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
        project = connection.execute(select(_PROJECT).where(_PROJECT.c.id == project_id)).one()
        seq = project.last_event_seq + 1
        moved = connection.execute(
            update(_PROJECT)
            .where(_PROJECT.c.id == project_id, _PROJECT.c.row_version == project.row_version)
            .values(
                stage=row.target,
                stage_since=moment.at,
                version=seq,
                last_event_seq=seq,
                head_hash=project.head_hash,
                row_version=project.row_version + 1,
            )
        )
        if moved.rowcount != 1:
            raise RuntimeError("somebody else moved the project")
        connection.execute(
            insert(_EVENT).values(
                project_id=project_id,
                seq=seq,
                at=moment.at,
                on_day=moment.day,
                actor_id=actor.person_id,
                actor_role=row.roles[0],
                action=row.action,
                from_stage=project.stage,
                to_stage=row.target,
                note="",
                params="{}",
                previous_hash=project.head_hash,
                hash=project.head_hash,
            )
        )
        connection.execute(
            insert(_OUTBOX),
            [
                {
                    "project_id": project_id,
                    "event_seq": seq,
                    "effect": effect,
                    "created_at": moment.at,
                    "available_at": moment.at,
                    "attempts": 0,
                    "given_up": False,
                    "last_error": "",
                }
                for effect in row.effects
            ],
        )
