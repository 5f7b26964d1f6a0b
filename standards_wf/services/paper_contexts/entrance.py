"""The forms of the entrance and of the consultation, out of what the case recorded."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.documents.context import (
    ApplicationForm,
    AppraisalRecord,
    CommentForm,
    ConsultationNotice,
    PlanAnnouncement,
    PlannedProject,
    TaskStatement,
)
from standards_wf.documents.context import AppraisalExpert as ExpertLine
from standards_wf.documents.missing import MissingValues
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.organizations import Organization
from standards_wf.models.plans import ProjectPlan
from standards_wf.models.projects import Appraisal, AppraisalExpert, PlanEntry, Project
from standards_wf.services.paper_contexts.cases import case_facts
from standards_wf.services.paper_contexts.names import paragraphs
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.vocabulary import Paper


def application_form(session: Session, project: Project, day: date) -> ApplicationForm:
    """The application with what is recorded of the project; six queries."""
    return ApplicationForm(
        case_facts(session, project),
        day,
        purpose=paragraphs(project.purpose),
        necessity=paragraphs(project.necessity),
        scope=paragraphs(project.scope),
        technical_content=paragraphs(project.technical_content),
        relation_to_laws=paragraphs(project.relation_to_laws),
        months=project.proposed_months,
        adopts_foreign_text=project.adopts_foreign_text,
    )


def task_statement(session: Session, project: Project, day: date) -> TaskStatement:
    """What the drafting unit undertakes; seven queries."""
    entry = session.get(PlanEntry, project.id)
    return TaskStatement(
        case_facts(session, project),
        day,
        purpose=paragraphs(project.purpose),
        technical_content=paragraphs(project.technical_content),
        begins_on=entry.published_on if entry else None,
        completes_on=entry.completes_on if entry else None,
    )


def appraisal_record(session: Session, project: Project, day: date) -> AppraisalRecord:
    """The last appraisal with its experts; eight queries. Raises MissingValues while there is none."""
    appraisal = session.scalar(
        select(Appraisal).where(Appraisal.project_id == project.id).order_by(Appraisal.id.desc()).limit(1)
    )
    if appraisal is None:
        raise MissingValues(Paper.APPRAISAL_RECORD, ("held_on", "experts"))
    experts = session.scalars(
        select(AppraisalExpert).where(AppraisalExpert.appraisal_id == appraisal.id).order_by(AppraisalExpert.id)
    )
    return AppraisalRecord(
        case_facts(session, project),
        day,
        held_on=appraisal.held_on,
        place=appraisal.place,
        experts=tuple(ExpertLine(each.name, each.unit, each.title) for each in experts),
        points=paragraphs(appraisal.points),
        in_favour=appraisal.in_favour,
    )


def plan_announcement(session: Session, project: Project, _day: date) -> PlanAnnouncement:
    """The plan in which a case stands, with all that stands in it; nine queries. Raises MissingValues outside a plan."""
    found = session.execute(
        select(ProjectPlan, Organization.name)
        .join(PlanEntry, PlanEntry.plan_id == ProjectPlan.id)
        .join(Organization, Organization.id == ProjectPlan.publisher_id)
        .where(PlanEntry.project_id == project.id)
    ).first()
    if found is None:
        raise MissingValues(Paper.PLAN_ANNOUNCEMENT, ("projects", "plan_title", "publisher"))
    plan, publisher = found
    entries = session.scalars(select(PlanEntry).where(PlanEntry.plan_id == plan.id).order_by(PlanEntry.number))
    return PlanAnnouncement(
        case_facts(session, project),
        plan.published_on,
        publisher=publisher,
        announcement_number=plan.number,
        plan_title=title_of(plan),
        projects=tuple(
            PlannedProject(row.number, row.project_name, row.applicant, row.drafting_unit, row.completes_on)
            for row in entries
        ),
    )


def title_of(plan: ProjectPlan) -> str:
    """The title of a plan as announced, else one made of its year and kind."""
    return plan.title_zh or f"{plan.year}年度{KINDS[plan.kind].class_words}制修订项目计划"


def _last_round(session: Session, project: Project) -> ConsultationRound | None:
    return session.scalar(
        select(ConsultationRound)
        .where(ConsultationRound.project_id == project.id)
        .order_by(ConsultationRound.number.desc())
        .limit(1)
    )


def consultation_notice(session: Session, project: Project, _day: date) -> ConsultationNotice:
    """The notice of the last round; seven queries. Raises MissingValues while none has begun."""
    found = _last_round(session, project)
    if found is None:
        raise MissingValues(Paper.CONSULTATION_NOTICE, ("opens_on", "closes_on"))
    return ConsultationNotice(
        case_facts(session, project),
        found.opens_on,
        opens_on=found.opens_on,
        closes_on=found.closes_on,
        members_only=found.members_only,
    )


def comment_form(session: Session, project: Project, day: date) -> CommentForm:
    """The blank form for comments; seven queries."""
    found = _last_round(session, project)
    return CommentForm(
        case_facts(session, project), found.opens_on if found else day, closes_on=found.closes_on if found else None
    )
