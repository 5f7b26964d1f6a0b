"""The demonstration's accounts, as they are shown to whoever tries the system out."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.cli import printing
from standards_wf.demo.cast import PASSWORD
from standards_wf.models.organizations import Committee, Organization
from standards_wf.models.people import Person, RoleGrant
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.facts import ScopeKind
from standards_wf.workflow.vocabulary import Role


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody of the demonstration: login, name, and the part that is played."""

    login: str
    name: str
    part: str


def demonstration_accounts(session: Session, today: date) -> tuple[Account, ...]:
    """Everybody of the demonstration who can log in; of the members of a committee the first stands for all."""
    rows = session.execute(
        select(Person.id, Person.login, Person.name, RoleGrant.role, Organization.name, Committee.name)
        .outerjoin(
            RoleGrant,
            (RoleGrant.person_id == Person.id)
            & (RoleGrant.valid_from <= today)
            & (RoleGrant.valid_to.is_(None) | (RoleGrant.valid_to >= today))
            & (RoleGrant.scope != ScopeKind.PROJECT),
        )
        .outerjoin(Organization, Organization.id == RoleGrant.organization_id)
        .outerjoin(Committee, Committee.id == RoleGrant.committee_id)
        .where(Person.is_demonstration, Person.active)
        .order_by(Person.id, RoleGrant.id)
    )
    accounts: dict[int, Account] = {}
    members_of: set[str | None] = set()
    for person_id, login, name, role, organization, committee in rows:
        if role is Role.COMMITTEE_MEMBER:
            if committee in members_of:
                continue
            members_of.add(committee)
        accounts.setdefault(person_id, Account(login, name, _part(role, organization or committee)))
    return tuple(accounts.values())


def _part(role: Role | None, held_for: str | None) -> str:
    if role is None:
        return t("公众", "the public")
    said = str(labels.role(role))
    return f"{said} · {held_for}" if held_for else said


def show_accounts(accounts: tuple[Account, ...]) -> None:
    """The accounts as a table, with the password that opens all of them."""
    printing.say()
    printing.say(t("演示账户（全部为虚构人员）", "Demonstration accounts (nobody of them exists)"))
    printing.table(
        (t("登录名", "login"), t("姓名", "name"), t("角色", "role")),
        ((account.login, account.name, account.part) for account in accounts),
    )
    printing.say(t("共同的密码：{password}", "The password of all of them: {password}", password=PASSWORD))
    printing.say()
