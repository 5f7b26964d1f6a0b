"""Cases put at a stage by hand, with their own people: for acts whose way there is tested elsewhere."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from itertools import count
from typing import TypeVar

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid
from standards_wf.models.documents import Replacement
from standards_wf.models.drafts import DraftVersion, StoredFile
from standards_wf.models.organizations import Committee, Organization, OrganizationKind
from standards_wf.models.people import Person, RoleGrant
from standards_wf.models.projects import Project, ProjectDrafter, ProjectUnit
from standards_wf.models.reviews import Review
from standards_wf.services.access import actor_of
from standards_wf.services.record import GENESIS, Happening, append, sha256
from standards_wf.services.rules import install_rules
from standards_wf.services.saying import say
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR, Actor, ScopeKind
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import (
    DraftStage,
    Event,
    Kind,
    MetrologyCategory,
    ReviewMode,
    Role,
    Stage,
)

Done = TypeVar("Done")
_running = count(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A project with the people around it, by identity."""

    project_id: int
    group_code: str
    authority: int
    department: int
    secretariat: int
    secretary: int
    chair: int
    members: tuple[int, ...]
    """In the order of their names."""
    drafter: int
    invited: int
    stranger: int


def make_case(
    session: Session,
    moment: Moment,
    *,
    kind: Kind = Kind.LOCAL_STANDARD,
    category: MetrologyCategory | None = None,
    stage: Stage = Stage.REVIEW,
    mode: ReviewMode = ReviewMode.MEETING,
    members: int = 8,
    from_drafting_unit: int = 0,
    replaces: str = "",
    group_code: str | None = None,
) -> Case:
    """A committee of a chair and members, the first members by name being of the drafting unit; a review if it is due."""
    with unit_of_work(session):
        install_rules(session, moment=moment)
        return _Builder(session, moment, next(_running)).case(
            kind, category, stage, mode, members, from_drafting_unit, replaces, group_code
        )


def act(
    session: Session, service: Callable[..., Done], command: object, *, person: int | Actor, moment: Moment
) -> Done:
    """Let somebody do something, in a unit of work of its own; whatever is refused can also be said."""
    try:
        with unit_of_work(session):
            actor = person if isinstance(person, Actor) else actor_of(session, person, moment.day)
            return service(session, command, actor=actor, moment=moment)
    except Invalid as told:
        _say(*told.fields.values())
        raise
    except Forbidden as told:
        _say(told.reason)
        raise


def _say(*refusals: Refusal) -> None:
    """A sentence that lacks a number or a word fails here."""
    for refusal in refusals:
        say(refusal)


def project_of(session: Session, case: Case) -> Project:
    """The project as it stands in the database."""
    return session.get_one(Project, case.project_id, populate_existing=True)


class _Builder:
    def __init__(self, session: Session, moment: Moment, number: int) -> None:
        self.session, self.moment, self.number = session, moment, number
        self.hired = count(1)

    def case(
        self,
        kind: Kind,
        category: MetrologyCategory | None,
        stage: Stage,
        mode: ReviewMode,
        members: int,
        from_drafting_unit: int,
        replaces: str,
        group_code: str | None,
    ) -> Case:
        code = group_code or f"QQ{_letters(self.number)}"
        authority = self.organization("authority", OrganizationKind.AUTHORITY)
        department = self.organization("department", OrganizationKind.DEPARTMENT)
        group = self.organization("association", OrganizationKind.ASSOCIATION, code) if not group_code else None
        unit = self.organization("institute", OrganizationKind.INSTITUTE)
        committee = Committee(name=f"committee {self.number}")
        self.session.add(committee)
        self.session.flush()
        group = group or self.session.query(Organization).filter_by(group_code=code).one()
        project = self.project(kind, category, stage, replaces, authority, department, group, committee)
        self.session.add(ProjectUnit(project_id=project.id, position=1, organization_id=unit.id, name=unit.name))
        drafter = self.person("drafter", unit)
        self.session.add(ProjectDrafter(project_id=project.id, position=1, person_id=drafter, name="drafter"))
        self.grant(drafter, Role.DRAFTER, project_id=project.id)
        case = Case(
            project_id=project.id,
            group_code=code,
            authority=self.holder("clerk", Role.AUTHORITY, organization_id=authority.id),
            department=self.holder("official", Role.COMPETENT_DEPARTMENT, organization_id=department.id),
            secretariat=self.holder("secretariat", Role.GROUP_SECRETARIAT, organization_id=group.id),
            secretary=self.holder("secretary", Role.COMMITTEE_SECRETARY, committee_id=committee.id),
            chair=self.holder("chair", Role.COMMITTEE_CHAIR, committee_id=committee.id),
            members=tuple(
                self.holder(
                    f"member {place:02}",
                    Role.COMMITTEE_MEMBER,
                    unit=unit if place <= from_drafting_unit else None,
                    committee_id=committee.id,
                )
                for place in range(1, members + 1)
            ),
            drafter=drafter,
            invited=self.holder("invited expert", Role.INVITED_EXPERT, project_id=project.id),
            stranger=self.person("stranger"),
        )
        begun = Happening(action=Event.SUGGESTION_FILED, role=Role.SYSTEM, to_stage=stage)
        append(self.session, project, begun, actor=SYSTEM_ACTOR, moment=self.moment)
        if stage is Stage.REVIEW:
            self.review(project, mode)
        self.session.flush()
        return case

    def organization(self, name: str, kind: OrganizationKind, code: str | None = None) -> Organization:
        made = Organization(name=f"{name} {self.number}", kind=kind, group_code=code)
        self.session.add(made)
        self.session.flush()
        return made

    def person(self, name: str, unit: Organization | None = None) -> int:
        made = Person(
            login=f"p{self.number}-{next(self.hired)}",
            name=f"{name} {self.number}",
            organization_id=unit.id if unit else None,
            password_hash="-",
            created_at=self.moment.at,
        )
        self.session.add(made)
        self.session.flush()
        return made.id

    def grant(self, person_id: int, role: Role, **scope: int) -> None:
        (name,) = scope
        self.session.add(
            RoleGrant(
                person_id=person_id,
                role=role,
                scope=ScopeKind(name.removesuffix("_id")),
                valid_from=date(2020, 1, 1),
                granted_at=self.moment.at,
                **scope,
            )
        )

    def holder(self, name: str, role: Role, *, unit: Organization | None = None, **scope: int) -> int:
        person_id = self.person(name, unit)
        self.grant(person_id, role, **scope)
        return person_id

    def project(
        self,
        kind: Kind,
        category: MetrologyCategory | None,
        stage: Stage,
        replaces: str,
        authority: Organization,
        department: Organization,
        group: Organization,
        committee: Committee,
    ) -> Project:
        is_group = kind is Kind.GROUP_STANDARD
        is_metrology = kind is Kind.METROLOGY_SPECIFICATION
        made = Project(
            kind=kind,
            category=(category or MetrologyCategory.CALIBRATION_SPECIFICATION) if is_metrology else None,
            stage=stage,
            stage_since=self.moment.at,
            created_at=self.moment.at,
            title_zh=f"第{self.number}个项目",
            is_revision=bool(replaces),
            replaces=replaces,
            authority_id=None if is_group else authority.id,
            competent_department_id=None if is_group else department.id,
            group_id=group.id if is_group else None,
            committee_id=committee.id,
            version=0,
            last_event_seq=0,
            head_hash=GENESIS,
        )
        self.session.add(made)
        self.session.flush()
        if replaces:
            self.session.add(Replacement(project_id=made.id, replaced_number=replaces))
        return made

    def review(self, project: Project, mode: ReviewMode) -> None:
        content = sha256(f"draft {self.number} {project.id}")
        self.session.add(StoredFile(sha256=content, size=1, media_type="text/plain", stored_at=self.moment.at))
        self.session.flush()
        draft = DraftVersion(
            project_id=project.id,
            number=1,
            draft_stage=DraftStage.REVIEW,
            docx_sha256=content,
            filename="draft.docx",
            clauses_read=1,
            errors_found=0,
            findings="[]",
            attached_at=self.moment.at,
            attached_seq=1,
        )
        self.session.add(draft)
        self.session.flush()
        self.session.add(Review(project_id=project.id, number=1, mode=mode, draft_id=draft.id, began_seq=1))


def _letters(number: int) -> str:
    return "".join(chr(ord("A") + int(digit)) for digit in str(number))
