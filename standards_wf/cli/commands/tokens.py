"""API tokens."""

from datetime import UTC, datetime

import click
from sqlalchemy import select

from standards_wf.cli import printing
from standards_wf.cli.instance import now, open_workplace, person_named
from standards_wf.cli.speaking import SpokenGroup, command, option
from standards_wf.models.people import ApiToken, Person
from standards_wf.services.people import OPERATOR
from standards_wf.services.tokens import CreateToken, create_token, revoke_token
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.wording.language import Term, t

tokens = SpokenGroup(
    "tokens",
    about=Term("供程序使用数据接口的令牌。", "Tokens with which programs use the API."),
    members={"create": __name__, "list": f"{__name__}:list_tokens", "revoke": __name__},
)


@command(
    "create",
    about=Term(
        "为一位人员建立令牌；令牌只显示这一次，系统只保存其散列值。",
        "Make a token that speaks for a person. It is shown only now; the system keeps its hash alone.",
    ),
    example="standards-wf tokens create zhang.san --name nightly-export --expires 2026-12-31",
)
@click.argument("login", metavar="LOGIN")
@option("--name", required=True, about=Term("用途", "what it is for"))
@option(
    "--expires",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    about=Term("到这一天零时（UTC）失效", "it ends when this day begins (UTC)"),
)
@printing.as_json
def create(login: str, name: str, expires: datetime | None, *, machine: bool) -> None:
    """Make a token."""
    workplace = open_workplace()
    with workplace.sessions() as session, unit_of_work(session):
        asked = CreateToken(
            person_id=person_named(session, login).id,
            name=name,
            expires_at=expires.replace(tzinfo=UTC) if expires else None,
        )
        made = create_token(session, asked, actor=OPERATOR, moment=now(workplace))
    if machine:
        printing.data({"id": made.id, "token": made.secret})
        return
    printing.tell(t("令牌 {n}，只显示这一次：", "Token {n}, shown only now:", n=made.id))
    printing.say(made.secret)


@command(
    "list",
    about=Term("列出令牌，不显示其内容。", "List the tokens, without what they open."),
    example="standards-wf tokens list",
)
@printing.as_json
def list_tokens(*, machine: bool) -> None:
    """Print all tokens."""
    workplace = open_workplace()
    with workplace.sessions() as session:
        rows = session.execute(
            select(
                ApiToken.id, Person.login, ApiToken.name, ApiToken.created_at, ApiToken.expires_at, ApiToken.revoked_at
            )
            .join(Person, Person.id == ApiToken.person_id)
            .order_by(ApiToken.id)
        ).all()
    names = ("id", "login", "name", "created_at", "expires_at", "revoked_at")
    if machine:
        printing.data([dict(zip(names, row, strict=True)) for row in rows])
        return
    head = (t("序号", "number"), t("人员", "person"), t("用途", "for"), t("到期", "ends"), t("已吊销", "revoked"))
    printing.table(head, ((n, login, name, ends or "", gone or "") for n, login, name, _, ends, gone in rows))


@command(
    "revoke",
    about=Term(
        "吊销一个令牌；序号见 standards-wf tokens list。", "End a token; standards-wf tokens list tells its number."
    ),
    example="standards-wf tokens revoke 3",
)
@click.argument("number", type=int, metavar="TOKEN")
@printing.as_json
def revoke(number: int, *, machine: bool) -> None:
    """End a token."""
    workplace = open_workplace()
    with workplace.sessions() as session, unit_of_work(session):
        revoke_token(session, number, actor=OPERATOR, moment=now(workplace))
    if machine:
        printing.data({"id": number, "revoked": True})
    else:
        printing.say(t("令牌 {n} 已吊销。", "Token {n} is revoked.", n=number))
