"""The appraisal of an application (立项论证)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import (
    Appraisal,
    AppraisalExpert,
)
from standards_wf.services.access import entrance_to
from standards_wf.services.lifecycle import require_version
from standards_wf.services.record import Happening, append
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import (
    Event,
    Role,
    Stage,
)


@dataclass(frozen=True, slots=True)
class NamedExpert:
    """An expert of an appraisal as typed."""

    name: str
    unit: str
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAppraisal:
    """The appraisal of an application (立项论证)."""

    project_id: int
    expected_version: int | None = None
    held_on: date
    in_favour: bool
    experts: tuple[NamedExpert, ...]
    place: str = ""
    points: str = ""


def record_appraisal(session: Session, cmd: RecordAppraisal, *, actor: Actor, moment: Moment) -> LifecycleEvent:
    """Record the appraisal; a later one of the same application takes its place.

    Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = entrance.require(Role.AUTHORITY, Role.GROUP_SECRETARIAT)
    if project.stage is not Stage.APPRAISAL:
        raise Forbidden(Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=Event.APPRAISAL_RECORDED, stage=project.stage))
    require_version(project, cmd.expected_version)
    typed = Typed()
    experts = {
        (typed.text("experts", expert.name, required=True), typed.text("experts", expert.unit, required=True)): (
            typed.text("experts", expert.title)
        )
        for expert in cmd.experts
        if expert.name.strip() or expert.unit.strip()
    }
    if not experts:
        typed.refuse("experts", Refusal(FieldProblem.REQUIRED))
    place, points = typed.text("place", cmd.place), typed.text("points", cmd.points, maximum=LONG)
    typed.day("held_on", cmd.held_on)
    if cmd.held_on > moment.day:
        typed.refuse("held_on", Refusal(FieldProblem.IN_THE_FUTURE, given=cmd.held_on, today=moment.day))
    typed.done()
    appraisal = Appraisal(
        project_id=project.id,
        held_on=cmd.held_on,
        place=place,
        points=points,
        in_favour=cmd.in_favour,
        recorded_at=moment.at,
    )
    session.add(appraisal)
    session.flush()
    session.add_all(
        AppraisalExpert(appraisal_id=appraisal.id, name=name, unit=unit, title=title)
        for (name, unit), title in experts.items()
    )
    happening = Happening(
        action=Event.APPRAISAL_RECORDED,
        role=role,
        to_stage=project.stage,
        params={"held_on": cmd.held_on, "in_favour": cmd.in_favour, "experts": len(experts)},
    )
    event = append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return event
