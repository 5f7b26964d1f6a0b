"""Setting an installation up, and serving it."""

import contextvars
import os
import secrets
from collections.abc import Callable
from dataclasses import asdict

from sqlalchemy.orm import Session

from standards_wf.cli import printing
from standards_wf.cli.demonstration import demonstration_accounts, show_accounts
from standards_wf.cli.instance import count_of_people, now, open_workplace, workplace_of
from standards_wf.cli.speaking import command, option
from standards_wf.clock import Moment
from standards_wf.errors import Unavailable
from standards_wf.installation import Workplace
from standards_wf.logbook import open_log
from standards_wf.models.migrating import current, upgrade
from standards_wf.server import serve as serve_web
from standards_wf.services.administration import GrantRole, grant_role
from standards_wf.services.indexing import compare, rebuild
from standards_wf.services.people import OPERATOR, CreatePerson, create_person
from standards_wf.services.reference_data import load_reference_data
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.settings import Settings, create_instance
from standards_wf.wording.language import Term, t
from standards_wf.workflow.vocabulary import Role


@command(
    "init",
    about=Term(
        "建立实例或升级到本版本：实例文件夹、密钥、数据库、规则、体系框架和分类，以及第一位系统管理员。\n"
        "可以随时重新运行；已有的内容保持不变。",
        "Create the instance or bring it to this version: folder, secret key, database, rules, framework and "
        "classifications, and the first administrator.\nIt may always be run again; what is there stays as it is.",
    ),
    example="standards-wf init\nstandards-wf init --without-administrator",
)
@option(
    "--administrator",
    "login",
    about=Term("第一位系统管理员的登录名", "the login of the first administrator"),
    default="admin",
    show_default=True,
)
@option(
    "--without-administrator",
    "without",
    is_flag=True,
    about=Term("不建立管理员，例如随后要载入演示数据时", "create none, as when the demonstration follows"),
)
@printing.as_json
def init(login: str, *, without: bool, machine: bool) -> None:
    """Create or bring up to date everything that an installation needs before its first act."""
    folder = create_instance(os.environ)
    settings = Settings.from_environment(os.environ)
    open_log(settings.log_folder)
    workplace = workplace_of(settings)
    before = current(workplace.engine)
    upgrade(workplace.engine)
    after = current(workplace.engine)
    at = now(workplace)
    with workplace.sessions() as session, unit_of_work(session):
        loaded = load_reference_data(session, at)
    password = None if without else _first_administrator(workplace, login, at)
    indexed = _fill_index(workplace)
    if machine:
        done = {"instance": str(folder), "schema_before": before, "schema": after, "loaded": asdict(loaded)}
        administrator = {"login": login, "password": password} if password else None
        printing.data({**done, "indexed": indexed, "administrator": administrator})
        return
    printing.say(t("实例文件夹：{folder}", "Instance folder: {folder}", folder=folder))
    if before == after:
        printing.say(t("数据库：已是最新（{step}）", "Database: up to date ({step})", step=after))
    else:
        printing.say(
            t(
                "数据库：由 {before} 升级到 {after}",
                "Database: brought from {before} to {after}",
                before=before or t("空库", "empty"),
                after=after,
            )
        )
    printing.say(
        t(
            "体系框架：{nodes} 个节点、{deliverables} 项成果；分类：{classifications} 条；规则：{rules} 条",
            "Framework: {nodes} nodes, {deliverables} deliverables; classifications: {classifications}; rules: {rules}",
            **asdict(loaded),
        )
    )
    if indexed:
        printing.say(t("检索索引：{n} 条", "Search index: {n} documents", n=indexed))
    if password:
        printing.say(t("系统管理员：{login}", "Administrator: {login}", login=login))
        printing.say(
            t("初始密码（只显示这一次）：{password}", "First password (shown only now): {password}", password=password)
        )


def _first_administrator(workplace: Workplace, login: str, at: Moment) -> str | None:
    """Enter an administrator where nobody can log in yet, and answer the password that was made up."""
    with workplace.sessions() as session, unit_of_work(session):
        if count_of_people(session):
            return None
        password = secrets.token_urlsafe(12)
        command = CreatePerson(login=login, name=t("系统管理员", "Administrator"), password=password)
        person = create_person(session, command, actor=OPERATOR, moment=at)
        grant = GrantRole(person_id=person.id, role=Role.ADMINISTRATOR)
        grant_role(session, grant, actor=OPERATOR, moment=at)
    return password


def _fill_index(workplace: Workplace) -> int:
    """Make the index where there is none or where it lacks something; says how many documents were indexed."""
    backend = workplace.installation.search
    with workplace.sessions() as session:
        try:
            difference = compare(session, backend)
            whole = not difference.missing and not difference.superfluous
        except Unavailable:
            whole = False
        return 0 if whole else rebuild(session, backend)


@command(
    "serve",
    about=Term(
        "提供网页服务，直到按 Ctrl-C；加上 --with-worker 时后台处理程序一并运行。",
        "Serve the pages until Ctrl-C; with --with-worker the worker runs beside them.",
    ),
    example="standards-wf serve --with-worker --port 8000",
)
@option("--host", about=Term("监听的地址", "the address to listen on"))
@option("--port", type=int, about=Term("端口", "the port"))
@option("--with-worker", "with_worker", is_flag=True, about=Term("同时运行后台处理程序", "run the worker too"))
def serve(host: str | None, port: int | None, *, with_worker: bool) -> None:
    """Serve the installation."""
    workplace = open_workplace()
    settings = workplace.installation.settings
    with workplace.sessions() as session:
        ready = _announcer(session, now(workplace))
    workplace.engine.dispose()
    spoken = contextvars.copy_context()
    serve_web(
        settings,
        host=host or settings.host,
        port=port or settings.port,
        with_worker=with_worker,
        ready=lambda address: spoken.run(ready, address),
    )


def _announcer(session: Session, at: Moment) -> Callable[[str], None]:
    """What is said as soon as a page can be fetched."""
    accounts = demonstration_accounts(session, at.day)

    def announce(address: str) -> None:
        if accounts:
            show_accounts(accounts)
        printing.say(t("系统已就绪：{address}", "Ready: {address}", address=address))
        printing.say(t("按 Ctrl-C 停止。", "Ctrl-C stops it."))

    return announce
