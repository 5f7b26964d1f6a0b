"""Who stands behind a case, by the names that its papers print, and how far its text has come."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.documents.context import Drafter
from standards_wf.models.organizations import Committee, Organization
from standards_wf.models.projects import Project, ProjectDrafter, ProjectUnit
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.vocabulary import DraftStage, Kind, Role, Stage

_ON_ITS_WAY_TO = {
    Stage.SUGGESTED: DraftStage.WORKING,
    Stage.APPLIED: DraftStage.WORKING,
    Stage.APPRAISAL: DraftStage.WORKING,
    Stage.DRAFTING: DraftStage.CONSULTATION,
    Stage.CONSULTATION: DraftStage.CONSULTATION,
    Stage.RESOLUTION: DraftStage.REVIEW,
    Stage.REVIEW: DraftStage.REVIEW,
    Stage.SUBMISSION: DraftStage.SUBMISSION,
    Stage.APPROVAL: DraftStage.SUBMISSION,
    Stage.PUBLIC_NOTICE: DraftStage.SUBMISSION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The bodies and people of a case; what is not known is empty."""

    authority: str
    department: str
    group: str
    group_code: str
    committee: str
    units: tuple[str, ...]
    drafters: tuple[Drafter, ...]

    def issuer(self, kind: Kind) -> str:
        """Who publishes: the association, the municipal authority, or a department."""
        return {
            Role.GROUP_SECRETARIAT: self.group,
            Role.AUTHORITY: self.authority,
            Role.COMPETENT_DEPARTMENT: self.department,
        }[KINDS[kind].issuer]

    def proposer(self, kind: Kind) -> str:
        """Who proposed a standard: the association, or the competent department."""
        return self.group if KINDS[kind].issued_by_group else self.department


def names_of(session: Session, project: Project) -> Names:
    """The names of a case; four queries."""
    organizations: dict[int | None, tuple[str, str | None]] = {
        identity: (name, code)
        for identity, name, code in session.execute(
            select(Organization.id, Organization.name, Organization.group_code).where(
                Organization.id.in_((project.authority_id, project.competent_department_id, project.group_id))
            )
        )
    }
    committee = session.scalar(select(Committee.name).where(Committee.id == project.committee_id))
    units = session.scalars(
        select(ProjectUnit.name).where(ProjectUnit.project_id == project.id).order_by(ProjectUnit.position)
    )
    drafters = session.execute(
        select(ProjectDrafter.name, ProjectDrafter.unit)
        .where(ProjectDrafter.project_id == project.id)
        .order_by(ProjectDrafter.position)
    )
    return Names(
        authority=organizations.get(project.authority_id, ("", ""))[0],
        department=organizations.get(project.competent_department_id, ("", ""))[0],
        group=organizations.get(project.group_id, ("", ""))[0],
        group_code=organizations.get(project.group_id, ("", ""))[1] or "",
        committee=committee or "",
        units=tuple(units),
        drafters=tuple(Drafter(name, unit) for name, unit in drafters),
    )


def draft_stage_of(project: Project) -> DraftStage:
    """The name that the text of a case bears at its stage; from publication on it is the published text."""
    return _ON_ITS_WAY_TO.get(project.stage, DraftStage.PUBLICATION)


def paragraphs(text: str) -> tuple[str, ...]:
    """A typed text as its paragraphs, without the empty ones."""
    return tuple(stripped for line in text.splitlines() if (stripped := line.strip()))


def without_marks(items: Iterable[str], marks: str = "；;。") -> tuple[str, ...]:
    """Items of an enumeration without what ends each of them."""
    return tuple(stripped for item in items if (stripped := item.strip().rstrip(marks)))
