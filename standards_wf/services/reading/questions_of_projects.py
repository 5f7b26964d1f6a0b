"""What the pages of one project ask of the database: each question built once, because building costs more than asking."""

from sqlalchemy import BindParameter, ColumnElement, ScalarSelect, bindparam, func, select
from sqlalchemy.orm import InstrumentedAttribute, aliased

from standards_wf.models.consultations import Comment
from standards_wf.models.documents import Notice, NoticeObjection, Publication
from standards_wf.models.drafts import Attachment, DraftVersion
from standards_wf.models.framework import FrameworkNode
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.joint import FastTrack
from standards_wf.models.organizations import Committee, Organization
from standards_wf.models.people import Person
from standards_wf.models.projects import PlanEntry, Project, ProjectDrafter, ProjectUnit, Suggestion
from standards_wf.models.reviews import Review
from standards_wf.workflow.vocabulary import Event

_PROJECT: BindParameter[int] = bindparam("project_id")
_authority, _department, _group = aliased(Organization), aliased(Organization), aliased(Organization)


def _count(column: InstrumentedAttribute[int], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).where(column == _PROJECT, *conditions).scalar_subquery()


HEAD = (
    select(
        select(PlanEntry.number).where(PlanEntry.project_id == _PROJECT).scalar_subquery(),
        Publication.number,
        Publication.slug,
        Publication.published_at,
        _count(DraftVersion.project_id),
        _count(Comment.project_id),
        _count(Comment.project_id, Comment.disposition.is_(None)),
        _count(Attachment.project_id),
        _count(Review.project_id),
        select(func.count(NoticeObjection.id))
        .join(Notice, Notice.id == NoticeObjection.notice_id)
        .where(Notice.project_id == _PROJECT)
        .scalar_subquery(),
        select(func.max(LifecycleEvent.on_day))
        .where(LifecycleEvent.project_id == _PROJECT, LifecycleEvent.action == Event.STAGE_CORRECTED)
        .scalar_subquery(),
        FastTrack.reason,
        FastTrack.granted,
    )
    .select_from(Project)
    .outerjoin(Publication, Publication.project_id == Project.id)
    .outerjoin(FastTrack, FastTrack.project_id == Project.id)
    .where(Project.id == _PROJECT)
)
"""Plan number, number, address, when published; how many drafts, comments, comments undisposed of, papers, reviews,
objections; the last day on which the stage was corrected by hand; and the fast track asked for, and granted."""

STAGES_ENTERED = (
    select(LifecycleEvent.to_stage, func.min(LifecycleEvent.on_day), func.max(LifecycleEvent.seq))
    .where(LifecycleEvent.project_id == _PROJECT)
    .group_by(LifecycleEvent.to_stage)
)

NAMES = (
    select(
        FrameworkNode.name,
        Person.name,
        _authority.name,
        _department.name,
        _group.name,
        Committee.name,
        Suggestion.text,
        Suggestion.name,
        Suggestion.organization,
        Suggestion.received_at,
    )
    .select_from(Project)
    .outerjoin(FrameworkNode, FrameworkNode.code == Project.framework_node)
    .outerjoin(Person, Person.id == Project.proposer_id)
    .outerjoin(_authority, _authority.id == Project.authority_id)
    .outerjoin(_department, _department.id == Project.competent_department_id)
    .outerjoin(_group, _group.id == Project.group_id)
    .outerjoin(Committee, Committee.id == Project.committee_id)
    .outerjoin(Suggestion, Suggestion.project_id == Project.id)
    .where(Project.id == _PROJECT)
)
"""Of the node, the proposer, the authority, the department, the association and the committee; and what was suggested,
by whom, of which organisation, and when."""

UNITS = select(ProjectUnit.name).where(ProjectUnit.project_id == _PROJECT).order_by(ProjectUnit.position)
DRAFTERS = (
    select(ProjectDrafter.name, ProjectDrafter.unit, Person.login)
    .outerjoin(Person, Person.id == ProjectDrafter.person_id)
    .where(ProjectDrafter.project_id == _PROJECT)
    .order_by(ProjectDrafter.position)
)
