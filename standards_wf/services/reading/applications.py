"""The application of a project as its page shows it, with the appraisal that counts."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.projects import Appraisal, AppraisalExpert, PlanEntry
from standards_wf.services.access import entrance_to
from standards_wf.services.reading.projects import Head, Particulars, head_at, particulars_of
from standards_wf.workflow.facts import Actor


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who took part in an appraisal."""

    name: str
    unit: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppraisalShown:
    """An appraisal as it was recorded."""

    held_on: date
    place: str
    points: str
    in_favour: bool
    superseded: bool
    experts: tuple[Expert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanShown:
    """The entry in the published plan."""

    number: str
    plan_id: int
    applicant: str
    drafting_unit: str
    published_on: date
    completes_on: date
    extensions: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplicationPage:
    """Everything that the application says, and what was decided on it."""

    head: Head
    particulars: Particulars
    appraisal: AppraisalShown | None
    plan: PlanShown | None


def application_of(session: Session, project_id: int, actor: Actor) -> ApplicationPage:
    """The application, for somebody who may see the project. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor, to_the_front=True)
    entry = session.get(PlanEntry, project_id)
    plan = None
    if entry is not None:
        plan = PlanShown(
            number=entry.number,
            plan_id=entry.plan_id,
            applicant=entry.applicant,
            drafting_unit=entry.drafting_unit,
            published_on=entry.published_on,
            completes_on=entry.completes_on,
            extensions=entry.extensions,
        )
    return ApplicationPage(
        head=head_at(session, entrance, actor),
        particulars=particulars_of(session, entrance.project),
        appraisal=_appraisal(session, project_id),
        plan=plan,
    )


def _appraisal(session: Session, project_id: int) -> AppraisalShown | None:
    last = session.scalar(
        select(Appraisal).where(Appraisal.project_id == project_id).order_by(Appraisal.id.desc()).limit(1)
    )
    if last is None:
        return None
    experts = session.execute(
        select(AppraisalExpert.name, AppraisalExpert.unit, AppraisalExpert.title)
        .where(AppraisalExpert.appraisal_id == last.id)
        .order_by(AppraisalExpert.id)
    )
    return AppraisalShown(
        held_on=last.held_on,
        place=last.place,
        points=last.points,
        in_favour=last.in_favour,
        superseded=last.superseded,
        experts=tuple(Expert(*row) for row in experts),
    )
