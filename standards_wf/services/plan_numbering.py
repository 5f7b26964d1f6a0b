"""Plan numbers: the next one that is proposed for a project, by the pattern of the installation."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.numbering import PlanNumbering
from standards_wf.models.organizations import Organization
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.workflow.plan_numbers import default_pattern, next_plan_number
from standards_wf.workflow.vocabulary import Kind


def pattern_of(session: Session, kind: Kind) -> str:
    """The pattern after which plan numbers of a kind are proposed."""
    own = session.get(PlanNumbering, kind)
    return own.pattern if own else default_pattern(kind)


def propose_plan_number(session: Session, project: Project, year: int) -> str:
    """The plan number that the project would be given in this year: the one after the last that follows the pattern."""
    group = session.get(Organization, project.group_id) if project.group_id else None
    entered = select(PlanEntry.number).join(Project, Project.id == PlanEntry.project_id)
    return next_plan_number(
        pattern_of(session, project.kind),
        year=year,
        group=(group.group_code or "") if group else "",
        taken=session.scalars(entered.where(PlanEntry.project_id != project.id)),
    )
