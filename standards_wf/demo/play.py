"""Playing the demonstration: every named deliverable of the plan as a case, through the services, on its own days.

1. The people are engaged and the texts are read.
2. Each case is played from its suggestion as far as it goes, one act after the other, each on a day that the rules
   allow, so that every history is genuine.
3. A document in force takes the place of the one that it replaces.
4. Documents in force live on, and people who play in no case speak up.
5. Messages of long ago are read, the record is sealed and the search index is made.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from standards_wf.clock import moment
from standards_wf.demo.acts import Case
from standards_wf.demo.cases import CASES, Role
from standards_wf.demo.cast import FIRST_DAY, Cast, engage
from standards_wf.demo.following import Followers
from standards_wf.demo.hands import Hands
from standards_wf.demo.long_life import live_on
from standards_wf.demo.passers_by import speak_up
from standards_wf.demo.programme import announce
from standards_wf.demo.relations import citing, telling_of, title_of
from standards_wf.demo.texts import DemoText, load_texts
from standards_wf.errors import Invalid
from standards_wf.installation import Workplace
from standards_wf.models.documents import Publication
from standards_wf.models.outbox import Notification
from standards_wf.models.people import Person
from standards_wf.models.projects import Project
from standards_wf.services.indexing import rebuild
from standards_wf.services.seals import seal
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.refusals import Refusal

UNREAD_DAYS = 21

Progress = Callable[[int, int, str], None]
"""Told how many of how many cases are played, and the title of the one just played."""


def is_empty(session: Session) -> bool:
    """Whether nobody works with this installation yet, so that the demonstration may be loaded."""
    people, projects = select(func.count()).select_from(Person), select(func.count()).select_from(Project)
    return not session.scalar(people) and not session.scalar(projects)


def engage_people(workplace: Workplace) -> Cast:
    """Enter the people of the demonstration and nothing else.

    Raises Invalid when the installation is in use already.
    """
    units = frozenset(unit for text in load_texts() for unit in text.drafting_units)
    timezone = workplace.installation.settings.timezone
    with workplace.sessions() as session, unit_of_work(session):
        if not is_empty(session):
            raise Invalid({"instance": Refusal(FieldProblem.ALREADY_TAKEN, given="", holder="")})
        return engage(session, units, moment=moment(timezone))


def play(workplace: Workplace, progress: Progress) -> int:
    """Load the demonstration into an empty installation; answers how many acts were played.

    Raises Invalid when the installation is in use already.
    """
    settings, store = workplace.installation.settings, workplace.installation.store
    cast = engage_people(workplace)
    today = moment(settings.timezone).day
    hands = Hands(workplace.sessions, settings.timezone, cast.people)
    followers = Followers(workplace.sessions, store)
    texts = {text.slug: text for text in load_texts()}
    numbers: dict[str, str] = {}
    cases: dict[str, Case] = {}
    announce(hands, cast, today)
    for played, role in enumerate(CASES, start=1):
        text = _text_of(role, texts[role.slug], numbers)
        case = cases[role.slug] = Case(
            text,
            role.parts,
            first_day=_first_day(role, today),
            hands=hands,
            cast=cast,
            store=store,
            followers=followers,
            numbers=numbers,
            partly=role.partly,
        )
        role.way(case)
        followers.follow(case.project_id, hands.moment(case.day))
        _remember_number(workplace, case, numbers)
        if text.replaces:
            _follow_the_older(workplace, case, hands, followers, numbers[text.replaces])
        progress(played, len(CASES), text.title_zh)
    live_on(cases, hands, store, today)
    speak_up(cases, hands, cast, today, key=settings.secret_key, days=settings.confirmation_days)
    with workplace.sessions() as session, unit_of_work(session):
        _read_old_messages(session, today)
        seal(session, moment=moment(settings.timezone))
    with workplace.sessions() as session:
        rebuild(session, workplace.installation.search)
    return hands.acts


def _read_old_messages(session: Session, today: date) -> None:
    """People have read what reached them some weeks ago; what is younger waits for them."""
    since = datetime.combine(today - timedelta(days=UNREAD_DAYS), time(), UTC)
    session.execute(
        update(Notification)
        .where(Notification.written_at < since)
        .values(read_at=Notification.written_at)
        .execution_options(synchronize_session=False)
    )


def _text_of(role: Role, text: DemoText, numbers: dict[str, str]) -> DemoText:
    """The text as it is written in this case: with the older document that it cites, or of which it replaces a part."""
    if role.cites:
        text = citing(text, numbers[role.cites], title_of(role.cites))
    return telling_of(text, role.partly) if role.partly else text


def _first_day(role: Role, today: date) -> date:
    return max(FIRST_DAY, today - timedelta(days=role.days_ago))


def _remember_number(workplace: Workplace, case: Case, numbers: dict[str, str]) -> None:
    with workplace.sessions() as session:
        publication = session.get(Publication, case.project_id)
        if publication is not None:
            numbers[case.text.slug] = publication.number


def _follow_the_older(workplace: Workplace, case: Case, hands: Hands, followers: Followers, number: str) -> None:
    """The older document has ended with the new one coming into force; what follows that is done as well."""
    with workplace.sessions() as session:
        old = session.scalars(select(Publication.project_id).where(Publication.number == number)).one()
    followers.follow(old, hands.moment(case.day))
