"""For whom a deputy would do what waits on the desk: told project by project, and asked of nobody else."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.people import Person
from standards_wf.models.projects import Project, ProjectUnit
from standards_wf.workflow.facts import Actor, Parties
from standards_wf.workflow.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Principals:
    """Who a deputy stands in for, in each of some projects."""

    actor: Actor
    parties: Mapping[int, Parties]
    names: Mapping[int, str]

    def acted_for(self, project_id: int, roles: Iterable[Role]) -> str:
        """By name, for whom the actor would do in a project what one of these roles does; empty for nobody else."""
        parties = self.parties.get(project_id)
        capacity = self.actor.capacity_in(parties, tuple(roles)) if parties is not None else None
        return self.names.get(capacity.on_behalf_of or 0, "") if capacity is not None else ""


def principals_of(session: Session, actor: Actor, project_ids: Sequence[int]) -> Principals:
    """For whom this actor would act in these projects; three queries for a deputy, none for anybody else."""
    if not actor.is_deputy or not project_ids:
        return Principals(actor, {}, {})
    units: dict[int, set[int]] = {}
    for project_id, unit_id in session.execute(
        select(ProjectUnit.project_id, ProjectUnit.organization_id).where(
            ProjectUnit.project_id.in_(project_ids), ProjectUnit.organization_id.is_not(None)
        )
    ):
        if unit_id is not None:
            units.setdefault(project_id, set()).add(unit_id)
    columns = (
        Project.id,
        Project.authority_id,
        Project.competent_department_id,
        Project.group_id,
        Project.committee_id,
        Project.proposer_id,
    )
    parties = {
        row.id: Parties(
            project_id=row.id,
            proposer_id=row.proposer_id,
            authority_id=row.authority_id,
            competent_department_id=row.competent_department_id,
            group_id=row.group_id,
            committee_id=row.committee_id,
            drafting_unit_ids=frozenset(units.get(row.id, ())),
        )
        for row in session.execute(select(*columns).where(Project.id.in_(project_ids)))
    }
    stood_in_for = {grant.on_behalf_of for grant in actor.grants} - {None}
    names = dict(session.execute(select(Person.id, Person.name).where(Person.id.in_(stood_in_for))).all())
    return Principals(actor, parties, names)
