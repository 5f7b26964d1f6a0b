"""The project plan (项目计划): into which plan an approved project is entered."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.base import is_identity
from standards_wf.models.joint import FastTrack
from standards_wf.models.organizations import Organization
from standards_wf.models.plans import ProjectPlan
from standards_wf.models.projects import PlanEntry, Project, ProjectUnit
from standards_wf.services.entrance_problems import PlanProblem, ProjectMarkProblem
from standards_wf.workflow.fields import ActFields, FieldProblem
from standards_wf.workflow.plan_numbers import plan_number
from standards_wf.workflow.refusals import Refusal


def publisher_of(project: Project) -> int | None:
    """Who publishes the plan of this project: its association, else its authority."""
    return project.group_id or project.authority_id


def enter_into_plan(session: Session, project: Project, fields: ActFields, moment: Moment) -> dict[str, object]:
    """Enter an approved project into a plan; answers with what the history keeps of it. Raises Invalid."""
    number = plan_number(fields.plan_number)
    holder = session.scalar(
        select(PlanEntry.project_name).where(PlanEntry.number == number, PlanEntry.project_id != project.id)
    )
    if holder is not None:
        raise Invalid({"plan_number": Refusal(FieldProblem.ALREADY_TAKEN, given=number, holder=holder)})
    plan = plan_to_enter(session, project, fields)
    applicant_id = project.group_id or project.competent_department_id or project.authority_id
    applicant = session.get(Organization, applicant_id) if applicant_id else None
    lead_unit = session.scalars(
        select(ProjectUnit.name).where(ProjectUnit.project_id == project.id).order_by(ProjectUnit.position).limit(1)
    ).one()
    # A case that was put back by hand is approved a second time, and has an entry already.
    entry = session.merge(
        PlanEntry(
            project_id=project.id,
            number=number,
            project_name=project.title_zh,
            applicant=applicant.name if applicant else lead_unit,
            drafting_unit=lead_unit,
            published_on=fields.plan_published_on,
            completes_on=fields.completes_on,
            extensions=0,
            plan_id=plan.id,
            announcement="" if fields.announcement == plan.number else fields.announcement,
        )
    )
    decided = _decide_on_fast_track(session, project, fields, moment)
    announced = {"announcement": fields.announcement} if fields.announcement else {}
    return {
        **decided,
        "plan_number": entry.number,
        "published_on": entry.published_on,
        "completes_on": entry.completes_on,
        "plan": plan.id,
        **announced,
    }


def _decide_on_fast_track(session: Session, project: Project, fields: ActFields, moment: Moment) -> dict[str, object]:
    """Whoever approves the project decides whether it is a case of the fast track. Raises Invalid."""
    asked = session.get(FastTrack, project.id)
    if asked is None:
        if fields.fast_track_granted:
            raise Invalid({"fast_track_granted": Refusal(ProjectMarkProblem.FAST_TRACK_NOT_ASKED)})
        return {}
    asked.granted, asked.decided_on = fields.fast_track_granted, moment.day
    return {"fast_track": asked.reason, "fast_track_granted": asked.granted}


def plan_to_enter(session: Session, project: Project, fields: ActFields) -> ProjectPlan:
    """The plan that a project which is approved goes into.

    1. The plan that is named: what is published later than the plan itself supplements it (增补).
    2. Else the plan with the announcement that is given, or a new one under it.
    3. Else the plan of the same kind that the same body published on that day, or a new one.

    Raises Invalid.
    """
    publisher_id = session.scalars(
        select(Organization.id).where(Organization.id == publisher_of(project)).with_for_update()
    ).one()  # two who approve at the same moment must not begin the same plan twice
    of_publisher = select(ProjectPlan).where(ProjectPlan.publisher_id == publisher_id)
    if fields.plan_id is not None:
        return _named(session, project, fields, publisher_id)
    same_day = ProjectPlan.published_on == fields.plan_published_on
    if fields.announcement:
        found = session.scalar(of_publisher.where(ProjectPlan.number == fields.announcement))
        if found is not None and (found.kind is not project.kind or found.published_on != fields.plan_published_on):
            told = Refusal(PlanProblem.OF_ANOTHER_DAY, number=found.number, published_on=found.published_on)
            raise Invalid({"announcement": told})
        found = found or session.scalar(
            of_publisher.where(ProjectPlan.kind == project.kind, same_day, ProjectPlan.number == "").limit(1)
        )
    else:
        found = session.scalar(
            of_publisher.where(ProjectPlan.kind == project.kind, same_day).order_by(ProjectPlan.id).limit(1)
        )
    if found is None:
        return _begin(session, project, fields, publisher_id)
    found.number = found.number or fields.announcement
    return found


def _named(session: Session, project: Project, fields: ActFields, publisher_id: int) -> ProjectPlan:
    plan_id, published_on = fields.plan_id or 0, fields.plan_published_on
    found = session.get(ProjectPlan, plan_id) if is_identity(plan_id) else None
    if found is None or found.publisher_id != publisher_id or found.kind is not project.kind:
        raise Invalid({"plan_id": Refusal(FieldProblem.NOT_A_CHOICE, given=plan_id)})
    if published_on is not None and published_on < found.published_on:
        told = Refusal(PlanProblem.BEFORE_THE_PLAN, published_on=found.published_on)
        raise Invalid({"plan_published_on": told})
    return found


def _begin(session: Session, project: Project, fields: ActFields, publisher_id: int) -> ProjectPlan:
    published_on = fields.plan_published_on
    if published_on is None:
        raise Invalid({"plan_published_on": Refusal(FieldProblem.REQUIRED)})
    plan = ProjectPlan(
        publisher_id=publisher_id,
        kind=project.kind,
        year=published_on.year,
        number=fields.announcement,
        published_on=published_on,
        is_demonstration=project.is_demonstration,
    )
    session.add(plan)
    session.flush()
    return plan
