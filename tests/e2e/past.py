"""Cases that stand where a journey begins: played by the demonstration's people, through the services, on days gone by."""

from datetime import timedelta

from sqlalchemy import select

from standards_wf.demo.acts import Case, Parts
from standards_wf.demo.cases import GREENING, Way, in_force
from standards_wf.demo.cast import COMMITTEES, Cast
from standards_wf.demo.following import Followers
from standards_wf.demo.hands import Hands
from standards_wf.demo.texts import load_texts
from standards_wf.installation import Workplace
from standards_wf.models.organizations import Committee
from standards_wf.models.people import Person
from standards_wf.models.projects import Project
from standards_wf.services.indexing import reindex_projects
from tests.e2e.simulated_clock import ZONE, SimulatedClock

DOCUMENT = "garden_carbon_sink_terms"
"""The text of the document that is in force before anybody comes to the house."""


def play(workplace: Workplace, clock: SimulatedClock, slug: str, parts: Parts, way: Way, *, began_days_ago: int) -> int:
    """Let people bring a case somewhere on the days before today; answers its number."""
    text = next(text for text in load_texts() if text.slug == slug)
    cast, store = _cast(workplace), workplace.installation.store
    case = Case(
        text,
        parts,
        first_day=clock.today - timedelta(days=began_days_ago),
        hands=Hands(workplace.sessions, ZONE, cast.people),
        cast=cast,
        store=store,
        followers=Followers(workplace.sessions, store),
        numbers={},
    )
    way(case)
    assert case.day <= clock.today, "a case cannot have come from the future"
    with workplace.sessions() as session:
        reindex_projects(session, workplace.installation.search, [case.project_id])
    return case.project_id


def play_the_document(workplace: Workplace, clock: SimulatedClock) -> None:
    """Bring a document into force; no worker may run yet, for its clock would act on what is long overdue."""
    play(workplace, clock, DOCUMENT, GREENING, in_force, began_days_ago=1000)


def find_the_document(workplace: Workplace) -> int:
    """The number of that document's case."""
    title = next(text.title_zh for text in load_texts() if text.slug == DOCUMENT)
    with workplace.sessions() as session:
        return session.scalars(select(Project.id).where(Project.title_zh == title)).one()


def _cast(workplace: Workplace) -> Cast:
    with workplace.sessions() as session:
        people = dict(session.execute(select(Person.login, Person.id)).all())
        committees = dict(session.execute(select(Committee.name, Committee.id)).all())
    return Cast(people=people, committees={part.short: committees[part.name] for part in COMMITTEES})
