"""The same people everywhere: who appears in the tests, what they are, and the cases that they open.

Nobody here is a real person; everybody is named after the part they play.
"""

from dataclasses import dataclass
from unittest.mock import patch

from argon2 import PasswordHasher
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.framework import FrameworkNode
from standards_wf.models.organizations import Committee, Organization, OrganizationKind
from standards_wf.models.people import Person
from standards_wf.models.projects import Project
from standards_wf.services import people as services_people
from standards_wf.services.access import actor_of
from standards_wf.services.administration import (
    CreateCommittee,
    CreateOrganization,
    GrantRole,
    create_committee,
    create_organization,
    grant_role,
)
from standards_wf.services.people import OPERATOR, CreatePerson, create_person
from standards_wf.services.rules import install_rules
from standards_wf.services.suggestions import FileSuggestion, file_suggestion
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.kinds import KINDS, Addressee
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory, Role

PASSWORD = "correct horse battery staple"
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Twenty people with real hashes would take seconds; at the first login each gets a real one."""
NODE = "M2.1"

# short name: (name, kind, code of the association)
ORGANIZATIONS = {
    "authority": ("示例市市场监督管理局", OrganizationKind.AUTHORITY, ""),
    "department": ("示例市生态环境局", OrganizationKind.DEPARTMENT, ""),
    "association": ("示例市节能环保协会", OrganizationKind.ASSOCIATION, "SLXH"),
    "institute": ("示例市计量测试研究院", OrganizationKind.INSTITUTE, ""),
    "company": ("示例充电设备有限公司", OrganizationKind.ENTERPRISE, ""),
    "university": ("示例大学", OrganizationKind.OTHER, ""),
}
COMMITTEES = {"committee": "示例市碳计量技术委员会", "other_committee": "示例市无关技术委员会"}
MEMBERS = tuple(f"member{number}" for number in range(1, 10))

# login: (name, short name of the organisation)
PEOPLE = {
    "administrator": ("系统管理员", "authority"),
    "clerk": ("主管机关经办人", "authority"),
    "department": ("行业主管部门经办人", "department"),
    "association": ("团体秘书处经办人", "association"),
    "secretary": ("委员会秘书", "institute"),
    "chair": ("委员会主任委员", "university"),
    **{
        login: (f"委员{number}", "institute" if number > 7 else "university")
        for number, login in enumerate(MEMBERS, start=1)
    },
    "drafter": ("第一起草人", "institute"),
    "co-drafter": ("第二起草人", "company"),
    "expert": ("特邀专家", "company"),
    "citizen": ("市民", None),
    "stranger": ("无关人员", "company"),
}

_GRANTS: tuple[tuple[str, Role, str], ...] = (
    ("administrator", Role.ADMINISTRATOR, ""),
    ("clerk", Role.AUTHORITY, "authority"),
    ("department", Role.COMPETENT_DEPARTMENT, "department"),
    ("association", Role.GROUP_SECRETARIAT, "association"),
    ("secretary", Role.COMMITTEE_SECRETARY, "committee"),
    ("chair", Role.COMMITTEE_CHAIR, "committee"),
    *((member, Role.COMMITTEE_MEMBER, "committee") for member in MEMBERS),
    ("drafter", Role.DRAFTER, "institute"),
    ("stranger", Role.COMMITTEE_SECRETARY, "other_committee"),
)


@dataclass(frozen=True, slots=True)
class Scene:
    """Where to find everybody: identities of organisations and committees by short name, of people by login."""

    organizations: dict[str, int]
    committees: dict[str, int]
    people: dict[str, int]

    def actor(self, session: Session, login: str, moment: Moment) -> Actor:
        """Somebody of the scene as an actor, with the roles of this day."""
        return actor_of(session, self.people[login], moment.day)

    def file_suggestion(
        self,
        session: Session,
        kind: Kind,
        *,
        moment: Moment,
        title: str = "电动汽车充电桩能效评价",
        by: str = "citizen",
    ) -> Project:
        """A case of this kind, as a citizen opens it, with the committee of the scene in charge."""
        row = KINDS[kind]
        command = FileSuggestion(
            kind=kind,
            category=MetrologyCategory.CALIBRATION_SPECIFICATION if row.has_category else None,
            title_zh=title,
            framework_node=NODE,
            text="目前缺少统一的方法，建议立项。",
            name=PEOPLE[by][0],
            contact="citizen@example.org",
            competent_department_id=self.organizations["department"] if row.addressee is Addressee.DEPARTMENT else None,
            group_id=self.organizations["association"] if row.issued_by_group else None,
            committee_id=self.committees["committee"],
        )
        return file_suggestion(session, command, actor=self.actor(session, by, moment), moment=moment)


def set_the_scene(session: Session, moment: Moment) -> None:
    """Enter rules, a few nodes of the framework, and everybody with their roles, through the services."""
    install_rules(session, moment=moment)
    _enter_framework(session)
    organizations = {
        short: create_organization(
            session, CreateOrganization(name=name, kind=kind, group_code=code), actor=OPERATOR, moment=moment
        ).id
        for short, (name, kind, code) in ORGANIZATIONS.items()
    }
    committees = {
        short: create_committee(session, CreateCommittee(name=name), actor=OPERATOR, moment=moment).id
        for short, name in COMMITTEES.items()
    }
    people = {}
    with patch.object(services_people, "_hasher", QUICK_HASHER):
        for login, (name, organization) in PEOPLE.items():
            command = CreatePerson(
                login=login,
                name=name,
                password=PASSWORD,
                email=f"{login}@example.org",
                organization_id=organizations[organization] if organization else None,
            )
            people[login] = create_person(session, command, actor=OPERATOR, moment=moment).id
    for login, role, scope in _GRANTS:
        grant = GrantRole(
            person_id=people[login],
            role=role,
            organization_id=organizations.get(scope),
            committee_id=committees.get(scope),
        )
        grant_role(session, grant, actor=OPERATOR, moment=moment)


def find_the_scene(session: Session) -> Scene:
    """Everybody's identity, in a database where the scene was set."""
    organizations = dict(session.execute(select(Organization.name, Organization.id)).all())
    committees = dict(session.execute(select(Committee.name, Committee.id)).all())
    return Scene(
        organizations={short: organizations[name] for short, (name, _, _) in ORGANIZATIONS.items()},
        committees={short: committees[name] for short, name in COMMITTEES.items()},
        people=dict(session.execute(select(Person.login, Person.id)).all()),
    )


def _enter_framework(session: Session) -> None:
    nodes = (
        ("ROOT", "标准计量体系", None),
        ("M", "计量体系", "ROOT"),
        ("M2", "计量技术规范", "M"),
        (NODE, "校准规范", "M2"),
    )
    for position, (code, name, parent) in enumerate(nodes):
        session.add(
            FrameworkNode(
                code=code,
                position=position,
                name=name,
                kind="topic",
                level="section",
                parent_code=parent,
                lead_departments=["示例市市场监督管理局"],
                cooperating_departments=[],
                departments_open_ended=False,
                key_topics=["充电设施"],
            )
        )
        session.flush()
