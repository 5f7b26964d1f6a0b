"""People and their roles."""

import secrets
import sys
from collections.abc import Iterable
from datetime import date

import click
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from standards_wf.cli import printing
from standards_wf.cli.instance import now, open_workplace, person_named, project_named
from standards_wf.cli.speaking import Shown, SpokenGroup, command, option
from standards_wf.errors import NotFound
from standards_wf.models.organizations import Committee, Organization
from standards_wf.models.people import Person, RoleGrant
from standards_wf.services.administration import EndGrant, GrantRole, end_grant, grant_role
from standards_wf.services.people import OPERATOR, CreatePerson, SetPassword, create_person, set_password
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.wording import labels
from standards_wf.wording.language import Term, t
from standards_wf.workflow.holding import SCOPES
from standards_wf.workflow.vocabulary import Role

users = SpokenGroup(
    "users",
    about=Term("人员、角色及其范围和任期。", "People, and their roles with scope and term."),
    members={
        "add": __name__,
        "list": f"{__name__}:list_people",
        "grant": __name__,
        "revoke": __name__,
        "reset-password": __name__,
    },
)
A_DAY = click.DateTime(formats=["%Y-%m-%d"])


def _password_options(function: Shown) -> Shown:
    made_up = option("--generate", "made_up", is_flag=True, about=Term("生成密码并显示一次", "make one up, shown once"))
    given = option(
        "--password-stdin",
        "from_stdin",
        is_flag=True,
        about=Term("从标准输入读取密码", "read the password from standard input"),
    )
    return made_up(given(function))


def _new_password(*, made_up: bool, from_stdin: bool) -> str:
    """A password, never from the command line itself, where others could read it."""
    if made_up:
        return secrets.token_urlsafe(12)
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    again = t("再输入一次", "Once more")
    return str(click.prompt(t("新密码", "New password"), hide_input=True, confirmation_prompt=again, err=True))


@command(
    "add",
    about=Term(
        "登记一位可以登录的人员。密码在终端输入、从标准输入读取，或由系统生成。",
        "Enter somebody who can log in. The password is typed at the terminal, read from standard input, or made up.",
    ),
    example="standards-wf users add zhang.san --name 张三 --organization 市计量院 --generate",
)
@click.argument("login", metavar="LOGIN")
@option("--name", required=True, about=Term("姓名", "the name"))
@option("--email", default="", about=Term("电子邮箱", "the e-mail address"))
@option("--title", default="", about=Term("职务或职称", "the title"))
@option("--organization", default="", about=Term("所属单位（名称或序号）", "the organisation (name or identity)"))
@_password_options
@printing.as_json
def add(
    login: str,
    name: str,
    email: str,
    title: str,
    organization: str,
    *,
    made_up: bool,
    from_stdin: bool,
    machine: bool,
) -> None:
    """Enter a person."""
    workplace = open_workplace()
    password = _new_password(made_up=made_up, from_stdin=from_stdin)
    with workplace.sessions() as session, unit_of_work(session):
        asked = CreatePerson(
            login=login,
            name=name,
            email=email,
            title=title,
            password=password,
            organization_id=_organization(session, organization) if organization else None,
        )
        person = create_person(session, asked, actor=OPERATOR, moment=now(workplace))
    shown = {"password": password} if made_up else {}
    if machine:
        printing.data({"id": person.id, "login": person.login, "name": person.name, **shown})
        return
    printing.say(t("已登记：{name}（{login}）。", "Entered: {name} ({login}).", name=person.name, login=person.login))
    _show_password(shown)


def _show_password(shown: dict[str, str]) -> None:
    for password in shown.values():
        printing.say(t("密码（只显示这一次）：{password}", "Password (shown only now): {password}", password=password))


@command(
    "list",
    about=Term("列出人员和他们现在的角色。", "List the people, with the roles that they hold or will hold."),
    example="standards-wf users list --role committee_secretary",
)
@option("--role", type=click.Choice([role.value for role in SCOPES]), about=Term("只列某一角色", "only this role"))
@printing.as_json
def list_people(role: str | None, *, machine: bool) -> None:
    """Print everybody."""
    workplace = open_workplace()
    today = now(workplace).day
    current = (RoleGrant.valid_to.is_(None)) | (RoleGrant.valid_to >= today)
    with workplace.sessions() as session:
        people = session.scalars(select(Person).order_by(Person.login)).all()
        grants = _grants(session, current)
    held = {person.id: [grant for grant in grants if grant["person_id"] == person.id] for person in people}
    if role:
        people = [person for person in people if any(grant["role"] is Role(role) for grant in held[person.id])]
    if machine:
        printing.data(
            [
                {
                    "id": person.id,
                    "login": person.login,
                    "name": person.name,
                    "active": person.active,
                    "roles": held[person.id],
                }
                for person in people
            ]
        )
        return
    printing.table(
        (
            t("登录名", "login"),
            t("姓名", "name"),
            t("在用", "active"),
            t("角色（授予序号）", "roles (number of grant)"),
        ),
        (
            (
                person.login,
                person.name,
                t("是", "yes") if person.active else t("否", "no"),
                t("；", "; ").join(_grant_in_words(grant) for grant in held[person.id]),
            )
            for person in people
        ),
    )


def _grants(session: Session, *conditions: ColumnElement[bool]) -> list[dict[str, object]]:
    rows = session.execute(
        select(RoleGrant, Organization.name, Committee.name)
        .outerjoin(Organization, Organization.id == RoleGrant.organization_id)
        .outerjoin(Committee, Committee.id == RoleGrant.committee_id)
        .where(*conditions)
        .order_by(RoleGrant.id)
    )
    return [
        {
            "grant": grant.id,
            "person_id": grant.person_id,
            "role": grant.role,
            "scope": grant.scope,
            "scope_id": grant.scope_id,
            "held_for": organization or committee or (f"#{grant.project_id}" if grant.project_id else ""),
            "valid_from": grant.valid_from,
            "valid_to": grant.valid_to,
        }
        for grant, organization, committee in rows
    ]


def _grant_in_words(grant: dict[str, object]) -> str:
    said = f"{labels.label(grant['role'])}"  # type: ignore[arg-type]  # a role
    said += f" · {grant['held_for']}" if grant["held_for"] else ""
    said += f" {t('至', 'until')} {grant['valid_to']}" if grant["valid_to"] else ""
    return f"{said} ({grant['grant']})"


@command(
    "grant",
    about=Term(
        "授予角色，范围为一个单位、一个技术委员会或一个项目，可带任期。",
        "Give a role for an organisation, a committee or a project, with a term.",
    ),
    example="standards-wf users grant zhang.san committee_member --committee 碳计量技术委员会 --to 2028-12-31",
)
@click.argument("login", metavar="LOGIN")
@click.argument("role", type=click.Choice([role.value for role in SCOPES]), metavar="ROLE")
@option("--organization", default="", about=Term("单位（名称或序号）", "the organisation (name or identity)"))
@option("--committee", default="", about=Term("技术委员会（名称或序号）", "the committee (name or identity)"))
@option("--project", default="", about=Term("项目", "the project"))
@option("--from", "first", type=A_DAY, about=Term("任期首日，缺省为今天", "the first day; today where none is given"))
@option("--to", "last", type=A_DAY, about=Term("任期末日", "the last day"))
@printing.as_json
def grant(
    login: str,
    role: str,
    organization: str,
    committee: str,
    project: str,
    first: date | None,
    last: date | None,
    *,
    machine: bool,
) -> None:
    """Give somebody a role."""
    workplace = open_workplace()
    with workplace.sessions() as session, unit_of_work(session):
        asked = GrantRole(
            person_id=person_named(session, login).id,
            role=Role(role),
            organization_id=_organization(session, organization) if organization else None,
            committee_id=_committee(session, committee) if committee else None,
            project_id=project_named(session, project) if project else None,
            valid_from=_day(first),
            valid_to=_day(last),
        )
        given = grant_role(session, asked, actor=OPERATOR, moment=now(workplace))
    if machine:
        printing.data({"grant": given.id, "role": given.role, "from": given.valid_from, "to": given.valid_to})
        return
    printing.say(
        t(
            "已授予 {login}：{role}（授予序号 {number}）。",
            "{login} now holds: {role} (grant {number}).",
            login=login,
            role=labels.role(given.role),
            number=given.id,
        )
    )


def _day(given: date | None) -> date | None:
    """The day alone; click reads a day as an instant."""
    return date(given.year, given.month, given.day) if given is not None else None


@command(
    "revoke",
    about=Term(
        "终止一次角色授予；序号见 standards-wf users list。",
        "End a grant of a role; its number is told by standards-wf users list.",
    ),
    example="standards-wf users revoke 17\nstandards-wf users revoke 17 --on 2026-12-31",
)
@click.argument("number", type=int, metavar="GRANT")
@option("--on", "last", type=A_DAY, about=Term("最后一天；缺省为立即", "the last day; at once where none is given"))
@printing.as_json
def revoke(number: int, last: date | None, *, machine: bool) -> None:
    """End a grant."""
    workplace = open_workplace()
    with workplace.sessions() as session, unit_of_work(session):
        asked = EndGrant(grant_id=number, last_day=_day(last))
        ended = end_grant(session, asked, actor=OPERATOR, moment=now(workplace))
    if machine:
        printing.data({"grant": ended.id, "role": ended.role, "to": ended.valid_to})
        return
    printing.say(
        t(
            "已终止：{role}，任期至 {day}。",
            "Ended: {role}, held until {day}.",
            role=labels.role(ended.role),
            day=ended.valid_to,
        )
    )


@command(
    "reset-password",
    about=Term("为一位人员设定新密码；他已打开的会话随即失效。", "Give somebody a new password; open sessions end."),
    example="standards-wf users reset-password zhang.san --generate",
)
@click.argument("login", metavar="LOGIN")
@_password_options
@printing.as_json
def reset_password(login: str, *, made_up: bool, from_stdin: bool, machine: bool) -> None:
    """Set a new password."""
    workplace = open_workplace()
    with workplace.sessions() as session:
        person_named(session, login)
    password = _new_password(made_up=made_up, from_stdin=from_stdin)
    with workplace.sessions() as session, unit_of_work(session):
        asked = SetPassword(person_id=person_named(session, login).id, password=password)
        person = set_password(session, asked, actor=OPERATOR, moment=now(workplace))
    shown = {"password": password} if made_up else {}
    if machine:
        printing.data({"login": person.login, **shown})
        return
    printing.say(t("{login} 的密码已更换。", "The password of {login} is changed.", login=person.login))
    _show_password(shown)


def _organization(session: Session, name: str) -> int:
    rows = session.execute(select(Organization.id, Organization.name, Organization.short_name))
    return _named(((row[0], (row[1], row[2])) for row in rows), "organization", name)


def _committee(session: Session, name: str) -> int:
    rows = session.execute(select(Committee.id, Committee.name))
    return _named(((row[0], (row[1],)) for row in rows), "committee", name)


def _named(things: Iterable[tuple[int, tuple[str, ...]]], what: str, name: str) -> int:
    """The identity of a thing, by one of its names or by the identity itself. Raises NotFound."""
    for identity, names in things:
        if name in (*names, str(identity)):
            return identity
    raise NotFound(what, name)
