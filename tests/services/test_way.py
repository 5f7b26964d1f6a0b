"""How long past cases stayed at each stage, and the way of a case with what is fixed already."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.documents import Publication
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.keeping_time import SuspensionRow
from standards_wf.models.projects import Project
from standards_wf.services.access import actor_of
from standards_wf.services.reading.projects import overview_of
from standards_wf.services.reading.stays import UsualTime, days_at, stays_of, usual, usual_times
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Action, Event, Kind, Role, Stage
from tests.services.cases import make_case
from tests.services.situations import in_consultation, published
from tests.support.client import counted

LOCAL = Kind.LOCAL_STANDARD
FIRST = date(2024, 1, 1)


def past_case(
    session: Session,
    moment: Moment,
    days: Sequence[tuple[Stage, int]],
    *,
    kind: Kind = LOCAL,
    number: int = 1,
    demonstration: bool = False,
    by_hand: bool = False,
) -> int:
    """A published case that stayed at each of these stages for so many days, one after the other."""
    case = published(session, moment, f"DB31/T {number}—2024", kind=kind)
    with unit_of_work(session):
        project = session.get_one(Project, case.project_id)
        project.is_demonstration = demonstration
        day, before = FIRST, None
        for place, (stage, stay) in enumerate([*days, (Stage.IN_FORCE, 0)]):
            session.add(
                LifecycleEvent(
                    project_id=project.id,
                    seq=project.last_event_seq + 1 + place,
                    at=moment.at,
                    on_day=day,
                    actor_role=Role.SYSTEM,
                    action=Event.STAGE_CORRECTED if by_hand and place else Action.APPLY,
                    from_stage=before,
                    to_stage=stage,
                    previous_hash="0" * 64,
                    hash="0" * 64,
                )
            )
            day, before = day + timedelta(days=stay), stage
    return case.project_id


def test_the_stays_of_a_case_at_a_stage_are_added_up_without_the_days_of_rest() -> None:
    day = [FIRST + timedelta(days=count) for count in range(100)]
    moves = [
        ("x", Stage.DRAFTING, day[0]),
        ("x", Stage.CONSULTATION, day[10]),
        ("x", Stage.DRAFTING, day[40]),
        ("x", Stage.REVIEW, day[45]),
    ]
    stays = stays_of(moves)
    assert days_at(stays) == {Stage.DRAFTING: 15, Stage.CONSULTATION: 30}
    assert days_at(stays, [(day[5], day[8]), (day[38], day[42])]) == {Stage.DRAFTING: 10, Stage.CONSULTATION: 28}
    assert days_at(stays, [(day[44], None)]) == {Stage.DRAFTING: 14, Stage.CONSULTATION: 30}


def test_below_five_cases_nothing_is_usual() -> None:
    assert usual([10, 20, 30, 40]) == UsualTime(4)
    assert usual([10, 20, 30, 40, 1000]) == UsualTime(5, 30, 10, 1000)


def test_the_usual_time_comes_from_published_cases_of_the_kind(session: Session, moment: Moment) -> None:
    for number in range(1, 6):
        past_case(session, moment, [(Stage.DRAFTING, 10 * number), (Stage.REVIEW, 7)], number=number)
    past_case(session, moment, [(Stage.DRAFTING, 999)], number=10, kind=Kind.GROUP_STANDARD)
    past_case(session, moment, [(Stage.DRAFTING, 999)], number=11, by_hand=True)
    past_case(session, moment, [(Stage.DRAFTING, 999)], number=12, demonstration=True)
    mine = past_case(session, moment, [(Stage.DRAFTING, 999)], number=13)
    make_case(session, moment, stage=Stage.REVIEW)  # not published yet
    found = usual_times(session, LOCAL, of_demonstration=False, apart_from=mine)
    assert found[Stage.DRAFTING] == UsualTime(5, 30, 10, 50)
    assert found[Stage.REVIEW] == UsualTime(5, 7, 7, 7)
    assert usual_times(session, LOCAL, of_demonstration=True)[Stage.DRAFTING] == UsualTime(1)


def test_the_days_in_which_a_past_case_rested_are_not_counted(session: Session, moment: Moment) -> None:
    for number in range(1, 6):
        rested = past_case(session, moment, [(Stage.DRAFTING, 50)], number=number)
        with unit_of_work(session):
            from_on, until = FIRST + timedelta(days=10), FIRST + timedelta(days=30)
            session.add(SuspensionRow(project_id=rested, from_on=from_on, until=until, reason="等待"))
    assert usual_times(session, LOCAL, of_demonstration=False)[Stage.DRAFTING] == UsualTime(5, 30, 30, 30)


@pytest.mark.parametrize("past", [0, 8])
def test_the_page_asks_no_more_for_many_past_cases_than_for_few(session: Session, moment: Moment, past: int) -> None:
    case = in_consultation(session, moment, days=30)
    for number in range(1, past + 1):
        past_case(session, moment, [(Stage.DRAFTING, 10)], number=number)
    engine = session.get_bind()
    with counted(engine) as statements:  # type: ignore[arg-type]  # an engine of this test
        usual_times(session, LOCAL, of_demonstration=False)
    assert len(statements) == (3 if past else 1)
    actor = actor_of(session, case.secretary, moment.day)
    way = overview_of(session, case.project_id, actor, moment).way
    assert way.steps[0].stage is Stage.RESOLUTION
    assert way.steps[0].earliest == moment.day + timedelta(days=31)


def test_a_prepared_implementation_date_is_the_end_of_the_way(session: Session, moment: Moment) -> None:
    effective_on = moment.day + timedelta(days=200)
    case = published(session, moment, "DB31/T 9—2025", stage=Stage.PUBLISHED, effective_on=effective_on)
    way = overview_of(session, case.project_id, actor_of(session, case.authority, moment.day), moment).way
    assert [(step.stage, step.earliest) for step in way.steps] == [(Stage.IN_FORCE, effective_on)]
    with unit_of_work(session):
        session.get_one(Publication, case.project_id).effective_on = moment.day
    way = overview_of(session, case.project_id, actor_of(session, case.authority, moment.day), moment).way
    assert way.steps[0].earliest == moment.day
