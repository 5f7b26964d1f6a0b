"""What sets a project apart at its entrance: the request for the fast track, and the partners of a joint project."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.joint import FastTrack, JointPartner
from standards_wf.models.projects import Project
from standards_wf.services.access import Entrance, entrance_to
from standards_wf.services.entrance_problems import ProjectMarkProblem
from standards_wf.services.lifecycle import require_version
from standards_wf.services.projects import editors_at
from standards_wf.services.record import Happening, append
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Effect, Event, FastTrackReason, PartnerDecision, Phase, Province, Role

_DECIDERS = (Role.AUTHORITY, Role.GROUP_SECRETARIAT)
_APPLICANTS = frozenset({Role.COMPETENT_DEPARTMENT, Role.GROUP_SECRETARIAT, Role.COMMITTEE_SECRETARY, Role.AUTHORITY})
_OVER = frozenset({Phase.PUBLISHED, Phase.CLOSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkProject:
    """The marks of a project as whoever applies for it sets them."""

    project_id: int
    expected_version: int | None = None
    fast_track: FastTrackReason | None = None
    justification: str = ""
    partners: Mapping[Province, str] = field(default_factory=dict)
    """The authority of each province that takes part."""


def markers_at(entrance: Entrance) -> tuple[Role, ...]:
    """Who may set the marks now: whoever applies, while the case is not decided; later whoever decides on it."""
    phase = STAGES[entrance.project.stage].phase
    if phase in _OVER:
        return ()
    if phase is not Phase.PROPOSAL:
        return _DECIDERS
    return tuple(role for role in editors_at(entrance.project.stage) if role in _APPLICANTS)


def mark_project(session: Session, cmd: MarkProject, *, actor: Actor, moment: Moment) -> LifecycleEvent | None:
    """Ask for the fast track, and name the partners of a joint project; answers `None` when nothing changed.

    The fast track is asked for until the project is decided, with one of the two lawful reasons and in writing; it
    changes the place in the queue and nothing else. Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    markers = markers_at(entrance)
    if not markers:
        raise Forbidden(Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=Event.PARTICULARS_CHANGED, stage=project.stage))
    role = entrance.require(*markers)
    require_version(project, cmd.expected_version)
    typed = Typed()
    justification = typed.text("justification", cmd.justification, maximum=LONG, required=cmd.fast_track is not None)
    if cmd.fast_track is not None and not KINDS[project.kind].may_be_fast_tracked:
        typed.refuse("fast_track", Refusal(ProjectMarkProblem.NO_FAST_TRACK))
    partners = {province: typed.text("partners", name, required=True) for province, name in cmd.partners.items()}
    if partners and KINDS[project.kind].issued_by_group:
        typed.refuse("partners", Refusal(ProjectMarkProblem.NO_PARTNERS))
    typed.done()
    changes: dict[str, object] = {}
    if STAGES[project.stage].phase is Phase.PROPOSAL:
        changes |= _set_fast_track(session, project, cmd.fast_track, justification)
    changes |= _set_partners(session, project, partners)
    if not changes:
        return None
    happening = Happening(action=Event.PARTICULARS_CHANGED, role=role, to_stage=project.stage, params=changes)
    event = append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    session.expire(project, ["is_joint"])
    return event


def _set_fast_track(
    session: Session, project: Project, reason: FastTrackReason | None, justification: str
) -> dict[str, object]:
    asked = session.get(FastTrack, project.id)
    was = (asked.reason, asked.justification) if asked else (None, "")
    now = (reason, justification) if reason else (None, "")
    if was == now:
        return {}
    if asked is not None:
        session.delete(asked)
        session.flush()
    if reason is not None:
        session.add(FastTrack(project_id=project.id, reason=reason, justification=justification))
    return {
        name: [before, after]
        for name, before, after in zip(("fast_track", "justification"), was, now, strict=True)
        if before != after
    }


def _set_partners(session: Session, project: Project, wanted: Mapping[Province, str]) -> dict[str, object]:
    """Keep the decision of a partner that stays."""
    present = {
        partner.province: partner
        for partner in session.scalars(select(JointPartner).where(JointPartner.project_id == project.id))
    }
    before = [present[province].authority for province in Province if province in present]
    after = [wanted[province] for province in Province if province in wanted]
    if before == after:
        return {}
    for province, partner in present.items():
        if province in wanted:
            partner.authority = wanted[province]
    gone = [partner.id for province, partner in present.items() if province not in wanted]
    session.execute(delete(JointPartner).where(JointPartner.id.in_(gone)))
    session.add_all(
        JointPartner(project_id=project.id, province=province, authority=wanted[province])
        for province in Province
        if province in wanted and province not in present
    )
    return {"partners": [before, after]}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPartnerDecision:
    """What a partner has decided, with the day and the number of its paper."""

    project_id: int
    expected_version: int | None = None
    province: Province
    decision: PartnerDecision
    decided_on: date | None = None
    document_number: str = ""


def record_partner_decision(
    session: Session, cmd: RecordPartnerDecision, *, actor: Actor, moment: Moment
) -> LifecycleEvent:
    """Record the decision of a partner; until the document is published, another may take its place.

    Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = entrance.require(*_DECIDERS)
    require_version(project, cmd.expected_version)
    if STAGES[project.stage].phase in _OVER:
        raise Forbidden(Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=Event.PARTNER_DECIDED, stage=project.stage))
    partner = session.scalar(
        select(JointPartner).where(JointPartner.project_id == project.id, JointPartner.province == cmd.province)
    )
    if partner is None:
        raise Invalid({"province": Refusal(ProjectMarkProblem.NOT_A_PARTNER)})
    is_decided = cmd.decision is not PartnerDecision.PENDING
    typed = Typed()
    number = typed.text("document_number", cmd.document_number, required=is_decided)
    if is_decided and cmd.decided_on is None:
        typed.refuse("decided_on", Refusal(FieldProblem.REQUIRED))
    elif cmd.decided_on is not None and typed.day("decided_on", cmd.decided_on) > moment.day:
        typed.refuse("decided_on", Refusal(FieldProblem.IN_THE_FUTURE, given=cmd.decided_on, today=moment.day))
    typed.done()
    partner.decision = cmd.decision
    partner.decided_on = cmd.decided_on if is_decided else None
    partner.document_number = number if is_decided else ""
    partner.recorded_at = moment.at
    happening = Happening(
        action=Event.PARTNER_DECIDED,
        role=role,
        to_stage=project.stage,
        params={
            "province": cmd.province,
            "authority": partner.authority,
            "decision": partner.decision,
            "decided_on": partner.decided_on,
            "document_number": partner.document_number,
        },
        effects=(Effect.NOTIFY,),
    )
    event = append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return event
