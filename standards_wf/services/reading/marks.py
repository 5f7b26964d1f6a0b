"""What sets a project apart, as its pages and the public page show it: the fast track, and the partners of a joint one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import Session

from standards_wf.models.joint import FastTrack, JointPartner
from standards_wf.models.projects import Project
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import FastTrackReason, PartnerDecision, Phase, Province

_PROPOSAL = [row.stage for row in STAGES.values() if row.phase is Phase.PROPOSAL]


@dataclass(frozen=True, slots=True)
class FastTrackShown:
    """A request for the fast track, and what was decided on it."""

    reason: FastTrackReason
    justification: str
    granted: bool | None
    decided_on: date | None


@dataclass(frozen=True, slots=True)
class PartnerShown:
    """A partner of a joint project, and its decision."""

    province: Province
    authority: str
    decision: PartnerDecision
    decided_on: date | None
    document_number: str


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a project."""

    fast_track: FastTrackShown | None
    partners: tuple[PartnerShown, ...]


def marks_of(session: Session, project_id: int) -> Marks:
    """The marks of a project whose door was passed; two queries."""
    asked = session.get(FastTrack, project_id)
    return Marks(
        fast_track=FastTrackShown(asked.reason, asked.justification, asked.granted, asked.decided_on)
        if asked
        else None,
        partners=partners_of(session, project_id),
    )


def partners_of(session: Session, project_id: int) -> tuple[PartnerShown, ...]:
    """The partners of a joint project, in the order of their provinces; nobody where it is not joint."""
    rows = session.scalars(select(JointPartner).where(JointPartner.project_id == project_id))
    by_province = {row.province: row for row in rows}
    return tuple(
        PartnerShown(province, row.authority, row.decision, row.decided_on, row.document_number)
        for province in Province
        if (row := by_province.get(province)) is not None
    )


def fast_track_first() -> ColumnElement[int]:
    """Orders the cases that wait for a decision on the project: those that ask for the fast track come first."""
    asked = select(FastTrack.project_id).where(FastTrack.project_id == Project.id).correlate(Project).exists()
    return case((Project.stage.in_(_PROPOSAL) & asked, 0), else_=1)


def fast_track_of(session: Session, project_ids: Sequence[int]) -> Mapping[int, FastTrackReason]:
    """The reason of each of these projects that asks for the fast track or was granted it; one query."""
    rows = session.execute(
        select(FastTrack.project_id, FastTrack.reason).where(
            FastTrack.project_id.in_(project_ids), FastTrack.granted.is_not(False)
        )
    )
    return {project_id: reason for project_id, reason in rows}  # noqa: C416  # typed so
