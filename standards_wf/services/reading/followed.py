"""What somebody without an account sees of the own suggestion: before it is confirmed, and while its case goes on."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.confirmations import LinkPurpose, WaitingSuggestion
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Publication
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.organizations import Committee, Organization
from standards_wf.models.plans import ProjectCall
from standards_wf.models.projects import PlanEntry, Project, Suggestion
from standards_wf.notifications.rules import RULES
from standards_wf.services.confirmations import link_for, problem_of
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Action, Event, Kind, Role, Stage

_TOLD = tuple(code.value for code, roles in RULES.items() if Role.PROPOSER in roles)


@dataclass(frozen=True, slots=True, kw_only=True)
class ToBeConfirmed:
    """A suggestion that waits for its confirmation, or why it waits no longer."""

    problem: Refusal | None
    kind: Kind | None = None
    title_zh: str = ""
    title_en: str = ""
    text: str = ""
    name: str = ""
    address: str = ""
    expires_on: date | None = None


def to_be_confirmed(session: Session, secret: str, *, moment: Moment) -> ToBeConfirmed:
    """What a link asks to confirm; looking changes nothing. Raises NotFound."""
    link = link_for(session, LinkPurpose.CONFIRM_SUGGESTION, secret)
    problem = problem_of(link, moment)
    waiting = session.get(WaitingSuggestion, link.subject_id) if problem is None else None
    if waiting is None:
        return ToBeConfirmed(problem=problem)
    return ToBeConfirmed(
        problem=None,
        kind=waiting.kind,
        title_zh=waiting.title_zh,
        title_en=waiting.title_en,
        text=waiting.text,
        name=waiting.name,
        address=link.address,
        expires_on=link.expires_on,
    )


@dataclass(frozen=True, slots=True)
class Answer:
    """Something that was decided on a suggestion, with the answer in writing where there is one."""

    on_day: date
    code: Action | Event
    role: Role
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedCase:
    """A case as its proposer sees it: where it stands, what was decided, and where more can be read."""

    number: int
    kind: Kind
    stage: Stage
    stage_since: datetime
    title_zh: str
    title_en: str
    answers: tuple[Answer, ...]
    """The latest first."""
    plan_id: int | None
    plan_number: str
    consultation_id: int | None
    slug: str
    document_number: str

    @property
    def stage_code(self) -> str:
        """The code of its stage."""
        return STAGES[self.stage].code


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowedSuggestion:
    """The page behind a private link."""

    case: FollowedCase
    goes_on_as: FollowedCase | None
    """The case that this one was merged into."""
    received_at: datetime
    text: str
    name: str
    contact: str
    addressee: str
    call_id: int | None
    call_title: str


def followed_suggestion(session: Session, secret: str) -> FollowedSuggestion:
    """The page behind a private link; at most nine queries. Raises NotFound."""
    link = link_for(session, LinkPurpose.FOLLOW_SUGGESTION, secret)
    department, group = Organization.__table__.alias("department"), Organization.__table__.alias("of_group")
    row = session.execute(
        select(Suggestion, department.c.name, group.c.name, Committee.name, ProjectCall.id, ProjectCall.title_zh)
        .join(Project, Project.id == Suggestion.project_id)
        .outerjoin(department, department.c.id == Project.competent_department_id)
        .outerjoin(group, group.c.id == Project.group_id)
        .outerjoin(Committee, Committee.id == Project.committee_id)
        .outerjoin(ProjectCall, ProjectCall.id == Suggestion.call_id)
        .where(Suggestion.project_id == link.subject_id)
    ).one()
    suggestion, department_name, group_name, committee_name, call_id, call_title = row
    merged_into = suggestion.merged_into_id
    return FollowedSuggestion(
        case=_case(session, link.subject_id),
        goes_on_as=_case(session, merged_into) if merged_into is not None else None,
        received_at=suggestion.received_at,
        text=suggestion.text,
        name=suggestion.name,
        contact=suggestion.contact,
        addressee=department_name or group_name or committee_name or "",
        call_id=call_id,
        call_title=call_title or "",
    )


def _case(session: Session, project_id: int) -> FollowedCase:
    project, plan_id, plan_number, slug, number, published_at = session.execute(
        select(
            Project, PlanEntry.plan_id, PlanEntry.number, Publication.slug, Publication.number, Publication.published_at
        )
        .outerjoin(PlanEntry, PlanEntry.project_id == Project.id)
        .outerjoin(Publication, Publication.project_id == Project.id)
        .where(Project.id == project_id)
    ).one()
    is_public = published_at is not None
    return FollowedCase(
        number=project.id,
        kind=project.kind,
        stage=project.stage,
        stage_since=project.stage_since,
        title_zh=project.title_zh,
        title_en=project.title_en,
        answers=_answers(session, project_id),
        plan_id=plan_id,
        plan_number=plan_number or "",
        consultation_id=session.scalar(
            select(ConsultationRound.id).where(
                ConsultationRound.project_id == project_id,
                ConsultationRound.closed_on.is_(None),
                ConsultationRound.members_only.is_(False),
            )
        ),
        slug=slug if is_public else "",
        document_number=number if is_public else "",
    )


def _answers(session: Session, project_id: int) -> tuple[Answer, ...]:
    rows = session.execute(
        select(LifecycleEvent.on_day, LifecycleEvent.action, LifecycleEvent.actor_role, LifecycleEvent.note)
        .where(LifecycleEvent.project_id == project_id, LifecycleEvent.action.in_(_TOLD))
        .order_by(LifecycleEvent.seq.desc())
    )
    return tuple(
        Answer(day, Action(action) if action in set(Action) else Event(action), role, note)
        for day, action, role, note in rows
    )
