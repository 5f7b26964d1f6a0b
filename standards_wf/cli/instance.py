"""The installation that a command works on, and in whose name it acts."""

import logging
import os

import click
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.cli.refusing import NotByHand
from standards_wf.cli.speaking import option
from standards_wf.clock import Moment, moment
from standards_wf.errors import NotFound
from standards_wf.installation import Workplace
from standards_wf.logbook import open_log
from standards_wf.models.documents import Publication
from standards_wf.models.migrating import current, newest
from standards_wf.models.people import Person
from standards_wf.models.projects import PlanEntry, Project
from standards_wf.services.access import actor_of
from standards_wf.services.people import OPERATOR, folded_login
from standards_wf.settings import InvalidSettings, Settings
from standards_wf.wording.language import Term, t
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.numbers import NotANumber, read_number
from standards_wf.workflow.plan_numbers import plan_number

CLOCK = "system"

in_the_name_of = option("--as", "login", metavar="USER", about=Term("以谁的名义（登录名）", "in whose name (a login)"))


def open_workplace() -> Workplace:
    """The installation of this environment, with its database at the schema of this version.

    Raises InvalidSettings.
    """
    settings = Settings.from_environment(os.environ)
    open_log(settings.log_folder)
    workplace = workplace_of(settings)
    if current(workplace.engine) != newest():
        raise InvalidSettings(
            (
                t(
                    "数据库尚未建立，或版本较旧：请先运行 standards-wf init。",
                    "The database is not there yet, or is that of an older version: run standards-wf init first.",
                ),
            )
        )
    return workplace


def workplace_of(settings: Settings) -> Workplace:
    """The parts of an installation, for as long as the command runs."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    workplace = Workplace.of(settings)
    click.get_current_context().call_on_close(workplace.engine.dispose)
    return workplace


def now(workplace: Workplace) -> Moment:
    """The present moment in the calendar of the installation."""
    return moment(workplace.installation.settings.timezone)


def actor_named(session: Session, login: str | None, at: Moment) -> Actor:
    """The person in whose name something is done; nobody named is the operator, who has no say in any case.

    Raises NotFound, and NotByHand for the clock, which acts by itself.
    """
    if login is None:
        return OPERATOR
    if login == CLOCK:
        raise NotByHand
    return actor_of(session, person_named(session, login).id, at.day)


def person_named(session: Session, login: str) -> Person:
    """Somebody by login. Raises NotFound."""
    person = session.scalar(select(Person).where(Person.login == folded_login(login)))
    if person is None:
        raise NotFound("person", login)
    return person


def project_named(session: Session, name: str) -> int:
    """A project by its identity, its plan number, or the number of its document in any spelling. Raises NotFound."""
    name = name.strip()
    found: int | None = None
    if name.isascii() and name.isdigit() and len(name) < len(str(2**62)):
        found = session.scalar(select(Project.id).where(Project.id == int(name)))
    if found is None:
        found = session.scalar(select(PlanEntry.project_id).where(PlanEntry.number == plan_number(name)))
    if found is None:
        try:
            key = read_number(name).key
        except NotANumber:
            raise NotFound("project", name) from None
        found = session.scalar(select(Publication.project_id).where(Publication.number_key == key))
    if found is None:
        raise NotFound("project", name)
    return found


def count_of_people(session: Session) -> int:
    """How many people can or could log in."""
    return session.scalar(select(func.count()).select_from(Person)) or 0
