"""One document takes the place of another: which ones it may end, and when the older one is at its end."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.documents import Replacement
from standards_wf.models.projects import Project
from standards_wf.services.consequences import CONSEQUENCES
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.vocabulary import Action, Kind, Stage
from tests.services.cases import Case, act, project_of
from tests.services.situations import published


def publish_again(session: Session, case: Case, moment: Moment) -> int | None:
    """What publishing enters as the case of the document replaced."""
    with unit_of_work(session):
        project = session.get_one(Project, case.project_id)
        CONSEQUENCES[Action.PUBLISH](session, project, ActFields(), moment)
    return session.scalars(
        select(Replacement.replaced_project_id).where(Replacement.project_id == case.project_id)
    ).one()


def issued_by_the_same(session: Session, older: Case, newer: Case) -> None:
    with unit_of_work(session):
        first, second = session.get_one(Project, older.project_id), session.get_one(Project, newer.project_id)
        second.authority_id, second.group_id = first.authority_id, first.group_id


@pytest.mark.parametrize("kind", Kind)
def test_an_association_does_not_end_a_document_of_somebody_else(session: Session, moment: Moment, kind: Kind) -> None:
    numbers = {
        Kind.LOCAL_STANDARD: "DB31/T 12—2020",
        Kind.GROUP_STANDARD: "T/QQZZ 1—2020",
        Kind.METROLOGY_SPECIFICATION: "JJF(沪) 7—2020",
    }
    older = published(session, moment, numbers[kind], kind=kind)
    newer = published(session, moment, "T/QQYY 1—2025", kind=Kind.GROUP_STANDARD, replaces=numbers[kind])
    assert publish_again(session, newer, moment) is None
    act_of_the_clock = PerformAction(project_id=older.project_id, action=Action.SUPERSEDE)
    with pytest.raises(Exception, match="no_successor_in_force"):
        act(session, perform, act_of_the_clock, person=SYSTEM_ACTOR, moment=moment)


def test_the_body_that_issued_a_document_replaces_it_and_publishing_twice_enters_it_once(
    session: Session, moment: Moment
) -> None:
    older = published(session, moment, "DB31/T 12—2020")
    newer = published(session, moment, "DB31/T 12—2025", replaces="DB31/T 12—2020")
    issued_by_the_same(session, older, newer)
    for _ in range(2):
        assert publish_again(session, newer, moment) == older.project_id


def test_a_document_ends_even_if_its_successor_was_replaced_before_the_clock_came_to_it(
    session: Session, moment: Moment
) -> None:
    older = published(session, moment, "DB31/T 12—2020")
    newer = published(session, moment, "DB31/T 12—2025", replaces="DB31/T 12—2020", stage=Stage.SUPERSEDED)
    issued_by_the_same(session, older, newer)
    publish_again(session, newer, moment)
    act(
        session,
        perform,
        PerformAction(project_id=older.project_id, action=Action.SUPERSEDE),
        person=SYSTEM_ACTOR,
        moment=moment,
    )
    assert project_of(session, older).stage is Stage.SUPERSEDED
