"""The people of the demonstration: nobody of them is real; everybody is named after the part they play."""

from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.organizations import Organization, OrganizationKind
from standards_wf.services.administration import (
    CreateCommittee,
    CreateOrganization,
    GrantRole,
    create_committee,
    create_organization,
    grant_role,
)
from standards_wf.services.people import OPERATOR, CreatePerson, create_person, hash_of
from standards_wf.workflow.vocabulary import Role

PASSWORD = "yanshi-2026-demo"  # noqa: S105  # everybody may know it: it opens demonstration data only
FIRST_DAY = date(2018, 1, 2)
MEMBERS = 9
_ORDINALS = "甲乙丙丁戊己庚辛壬"


@dataclass(frozen=True, slots=True)
class CommitteePart:
    """A committee of the demonstration: its short name is the ending of its people's logins."""

    short: str
    name: str
    field: str


COMMITTEES = (
    CommitteePart("carbon", "碳达峰碳中和标准化技术委员会（演示）", "碳排放核算、碳汇、节能降碳管理"),
    CommitteePart("building", "绿色建筑与城区标准化技术委员会（演示）", "建筑用能、绿色生态城区"),
    CommitteePart("metrology", "碳计量与电能计量专业技术委员会（演示）", "电能计量、温室气体计量"),
    CommitteePart("logistics", "绿色供应链与物流标准工作委员会（演示）", "绿色物流、绿色供应链"),
)

# For each login the name and the short name of the department in the plan.
DEPARTMENTS = {
    "dept.environment": ("生态环境主管部门经办人（演示）", "市生态环境局"),
    "dept.housing": ("住房城乡建设主管部门经办人（演示）", "市住房城乡建设管理委"),
    "dept.transport": ("交通主管部门经办人（演示）", "市交通委"),
    "dept.offices": ("机关事务主管部门经办人（演示）", "市机管局"),
    "dept.greening": ("绿化市容主管部门经办人（演示）", "市绿化市容局"),
    "dept.industry": ("经济信息化主管部门经办人（演示）", "市经济信息化委"),
}
# For each login the name, the association and its code.
ASSOCIATIONS = {
    "assoc.logistics": ("绿色物流促进会秘书处（演示）", "示范绿色物流促进会（演示）", "YSWL"),
    "assoc.industry": ("制造业绿色发展协会秘书处（演示）", "示范制造业绿色发展协会（演示）", "YSZZ"),
}
# For each login the name and the institute.
DRAFTERS = {
    "drafter.metrology": ("计量起草人（演示）", "示范计量技术研究院（演示）"),
    "drafter.building": ("建筑起草人（演示）", "示范建筑科学研究院（演示）"),
    "drafter.carbon": ("碳管理起草人（演示）", "示范环境科学研究院（演示）"),
    "drafter.logistics": ("物流起草人（演示）", "示范物流研究院（演示）"),
}
_UNIVERSITY = "示范大学（演示）"


@dataclass(slots=True)
class Cast:
    """Where to find everybody, by login and by name."""

    people: dict[str, int] = field(default_factory=dict)
    committees: dict[str, int] = field(default_factory=dict)
    organizations: dict[str, int] = field(default_factory=dict)
    password_hash: str = ""

    def members(self, committee: str) -> tuple[str, ...]:
        """The logins of a committee's members."""
        return tuple(f"member{number}.{committee}" for number in range(1, MEMBERS + 1))


def engage(session: Session, units: frozenset[str], *, moment: Moment) -> Cast:
    """Enter everybody with their roles: the authority, departments, associations, committees, drafters, citizens.

    `units` are the drafting units of all texts; each becomes an organisation.
    """
    cast = Cast(password_hash=hash_of(PASSWORD))
    for name, short, identity in session.execute(select(Organization.name, Organization.short_name, Organization.id)):
        cast.organizations[name] = cast.organizations[short or name] = identity
    names = {institute for _, institute in DRAFTERS.values()} | {_UNIVERSITY} | units
    for _, name, code in ASSOCIATIONS.values():
        _organization(session, cast, name, OrganizationKind.ASSOCIATION, moment, code)
    for name in sorted(names - set(cast.organizations)):
        _organization(session, cast, name, OrganizationKind.INSTITUTE, moment)
    for part in COMMITTEES:
        command = CreateCommittee(
            name=part.name, field=part.field, term_from=FIRST_DAY, term_to=None, is_demonstration=True
        )
        cast.committees[part.short] = create_committee(session, command, actor=OPERATOR, moment=moment).id
    _engage_officials(session, cast, moment)
    for part in COMMITTEES:
        _engage_committee(session, cast, part, moment)
    for login, (name, institute) in DRAFTERS.items():
        _person(session, cast, login, name, moment, organization=institute, title="高级工程师")
        _grant(session, cast, login, Role.DRAFTER, moment, organization=institute)
    _person(session, cast, "citizen", "市民（演示）", moment)
    return cast


def _engage_officials(session: Session, cast: Cast, moment: Moment) -> None:
    _person(session, cast, "admin", "系统管理员（演示）", moment, organization="市市场监管局")
    _grant(session, cast, "admin", Role.ADMINISTRATOR, moment)
    _person(session, cast, "authority", "标准计量主管机关经办人（演示）", moment, organization="市市场监管局")
    _grant(session, cast, "authority", Role.AUTHORITY, moment, organization="市市场监管局")
    for login, (name, department) in DEPARTMENTS.items():
        _person(session, cast, login, name, moment, organization=department)
        _grant(session, cast, login, Role.COMPETENT_DEPARTMENT, moment, organization=department)
    for login, (name, association, _) in ASSOCIATIONS.items():
        _person(session, cast, login, name, moment, organization=association)
        _grant(session, cast, login, Role.GROUP_SECRETARIAT, moment, organization=association)


def _engage_committee(session: Session, cast: Cast, part: CommitteePart, moment: Moment) -> None:
    field = part.name.removesuffix("（演示）").removesuffix("委员会")[:6]
    parts = [
        (f"secretary.{part.short}", f"{field}委秘书（演示）", Role.COMMITTEE_SECRETARY, "秘书长"),
        (f"chair.{part.short}", f"{field}委主任（演示）", Role.COMMITTEE_CHAIR, "教授"),
    ]
    parts += [
        (login, f"{field}委委员{_ORDINALS[number]}（演示）", Role.COMMITTEE_MEMBER, "高级工程师")
        for number, login in enumerate(cast.members(part.short))
    ]
    for login, name, role, title in parts:
        _person(session, cast, login, name, moment, organization=_UNIVERSITY, title=title)
        _grant(session, cast, login, role, moment, committee=part.short)


def _organization(
    session: Session, cast: Cast, name: str, kind: OrganizationKind, moment: Moment, group_code: str = ""
) -> None:
    command = CreateOrganization(name=name, kind=kind, group_code=group_code, is_demonstration=True)
    cast.organizations[name] = create_organization(session, command, actor=OPERATOR, moment=moment).id


def _person(
    session: Session,
    cast: Cast,
    login: str,
    name: str,
    moment: Moment,
    *,
    organization: str | None = None,
    title: str = "",
) -> None:
    command = CreatePerson(
        login=login,
        name=name,
        password=PASSWORD,
        password_hash=cast.password_hash,
        title=title,
        organization_id=cast.organizations[organization] if organization else None,
        is_demonstration=True,
    )
    cast.people[login] = create_person(session, command, actor=OPERATOR, moment=moment).id


def _grant(
    session: Session,
    cast: Cast,
    login: str,
    role: Role,
    moment: Moment,
    *,
    organization: str | None = None,
    committee: str | None = None,
) -> None:
    command = GrantRole(
        person_id=cast.people[login],
        role=role,
        organization_id=cast.organizations[organization] if organization else None,
        committee_id=cast.committees[committee] if committee else None,
        valid_from=FIRST_DAY,
    )
    grant_role(session, command, actor=OPERATOR, moment=moment)
