"""Whom a case waits for: the body behind the role whose act ends a stay; never a person."""

from collections.abc import Mapping
from enum import StrEnum

from standards_wf.workflow.carrying_on import CARRY_ON
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.vocabulary import Kind, Role, Stage


class Body(StrEnum):
    """Whoever has to do something before a case goes on."""

    PROPOSER = "proposer"
    DEPARTMENT = "department"
    AUTHORITY = "authority"
    GROUP = "group"
    COMMITTEE = "committee"
    DRAFTERS = "drafters"
    PERIOD = "period"
    """Nobody: a period has to run, and then the clock acts."""
    ADMINISTRATION = "administration"


BODY_OF: Mapping[Role, Body] = {
    Role.PROPOSER: Body.PROPOSER,
    Role.PUBLIC: Body.PROPOSER,
    Role.COMPETENT_DEPARTMENT: Body.DEPARTMENT,
    Role.AUTHORITY: Body.AUTHORITY,
    Role.GROUP_SECRETARIAT: Body.GROUP,
    Role.COMMITTEE_SECRETARY: Body.COMMITTEE,
    Role.COMMITTEE_CHAIR: Body.COMMITTEE,
    Role.COMMITTEE_MEMBER: Body.COMMITTEE,
    Role.INVITED_EXPERT: Body.COMMITTEE,
    Role.DRAFTER: Body.DRAFTERS,
    Role.SYSTEM: Body.PERIOD,
    Role.ADMINISTRATOR: Body.ADMINISTRATION,
}
"""The body that each role acts for."""


def waits_for(kind: Kind, stage: Stage) -> Body | None:
    """Whom a case at this stage waits for: the clock where it acts by itself, else the first role that carries on."""
    rows = [row for row in PROCEDURES[kind].rows_from(stage) if row.action in CARRY_ON.get(stage, ())]
    roles = [role for row in rows for role in row.roles]
    if not roles:
        return None
    return Body.PERIOD if Role.SYSTEM in roles else BODY_OF[roles[0]]
