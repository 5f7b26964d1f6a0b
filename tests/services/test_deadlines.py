"""What was due in the life of a case, what was met and when; and the list over all cases that somebody may see."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.documents import Publication
from standards_wf.services.access import actor_of
from standards_wf.services.periodic_reviews import RecordOpinion, record_opinion
from standards_wf.services.reading.deadlines import Deadline, Standing, deadline_history, deadlines_of
from standards_wf.services.reading.overdue import DeadlineFilter, list_deadlines, public_dates
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.vocabulary import Action, Conclusion, Kind, Role, Stage
from tests.services.cases import Case, act, project_of
from tests.services.doing import ADMINISTRATOR, days_later, do, ready_to_publish
from tests.services.situations import in_consultation, published


def history_of(session: Session, case: Case, moment: Moment) -> dict[Due, list[Deadline]]:
    session.rollback()
    project = project_of(session, case)
    found: dict[Due, list[Deadline]] = {}
    standing = Standing(project.id, project.kind, project.stage)
    for each in deadline_history(session, standing, moment.day):
        found.setdefault(each.due, []).append(each)
    open_ones = deadlines_of(session, [standing], moment.day)[project.id]
    assert open_ones == tuple(each for each in deadline_history(session, standing, moment.day) if each.open)
    return found


def test_a_published_document_tells_what_was_met_what_is_due_and_what_was_late(
    session: Session, moment: Moment
) -> None:
    case = ready_to_publish(session, moment)
    do(session, case, Action.PUBLISH, case.authority, moment)
    due = history_of(session, case, moment)
    (full_text,) = due[Due.FULL_TEXT]
    out_on = session.get_one(Publication, case.project_id).published_on
    assert (full_text.met_on, full_text.on) == (moment.day, out_on + timedelta(days=20))
    (filing,) = due[Due.FILING]
    assert (filing.on, filing.open) == (out_on + timedelta(days=60), True)
    (in_force,) = due[Due.IMPLEMENTATION]
    assert in_force.open

    on_the_day = days_later(moment, in_force.days_left)
    do(session, case, Action.TAKE_EFFECT, SYSTEM_ACTOR, days_later(on_the_day, 3))
    late = days_later(moment, filing.days_left + 10)
    assert history_of(session, case, late)[Due.FILING][0].overdue
    do(session, case, Action.RECORD_FILING, case.authority, late, filing_number="备-1", filed_on=late.day)
    due = history_of(session, case, days_later(late, 10))
    assert (due[Due.FILING][0].met_on, due[Due.FILING][0].days_late) == (late.day, 10)
    assert (due[Due.IMPLEMENTATION][0].met_on, due[Due.IMPLEMENTATION][0].days_late) == (on_the_day.day, 0)


@pytest.mark.parametrize("conclusion", [Conclusion.VALID, Conclusion.REVISE])
def test_every_conclusion_of_a_periodic_review_begins_the_next_cycle(
    session: Session, moment: Moment, conclusion: Conclusion
) -> None:
    case = published(session, moment, "DB31/T 1—2025")
    (first,) = history_of(session, case, moment)[Due.PERIODIC_REVIEW]
    opinion_day, last = days_later(moment, first.days_left - 100), days_later(moment, first.days_left + 5)
    do(session, case, Action.START_REVIEW, case.authority, opinion_day)
    opinion = RecordOpinion(project_id=case.project_id, conclusion=conclusion, grounds="理由")
    act(session, record_opinion, opinion, person=case.department, moment=opinion_day)
    step = Action.CONFIRM if conclusion is Conclusion.VALID else Action.ORDER_REVISION
    do(session, case, step, case.authority, last)

    due = history_of(session, case, last)
    concluded, running = due[Due.PERIODIC_REVIEW]
    assert (concluded.met_on, concluded.days_late) == (last.day, 5)
    assert running.open
    assert running.counted.counted_from == last.day
    assert [each.met_on for each in due[Due.REVIEW_OPINION]] == [opinion_day.day, None]


def test_what_a_case_that_went_another_way_did_not_meet_has_lapsed(session: Session, moment: Moment) -> None:
    case = in_consultation(session, moment)
    late = days_later(moment, 33)
    (closing,) = history_of(session, case, late)[Due.CONSULTATION_CLOSES]
    assert (closing.overdue, closing.days_late) == (True, 2)
    assert not history_of(session, case, days_later(moment, 31))[Due.CONSULTATION_CLOSES][0].overdue
    do(session, case, Action.TERMINATE, case.authority, late)
    assert not any(each.open for rows in history_of(session, case, late).values() for each in rows)


def test_the_list_shows_each_what_he_may_see_the_earliest_first_and_in_whose_hands_it_lies(
    session: Session, moment: Moment
) -> None:
    first, second = published(session, moment, "DB31/T 1—2025"), in_consultation(session, moment)
    at = days_later(moment, 32)

    def listed(person: int, **wanted: object) -> list[tuple[int, Due]]:
        asked = DeadlineFilter(**wanted)  # type: ignore[arg-type]  # the fields of the filter
        found = list_deadlines(session, asked, actor=actor_of(session, person, at.day), moment=at)
        days = [row.deadline.on for row in found.rows]
        assert days == sorted(days)
        return [(row.project_id, row.deadline.due) for row in found.rows]

    assert listed(second.secretary) == [(second.project_id, Due.CONSULTATION_CLOSES)]
    assert {project for project, _ in listed(first.authority)} == {first.project_id}
    assert listed(first.authority, within=30) == [(first.project_id, Due.FILING)]
    assert listed(first.authority, overdue=True) == []
    assert listed(first.authority, kind=Kind.GROUP_STANDARD) == []
    assert listed(first.stranger) == []
    everything = list_deadlines(session, DeadlineFilter(), actor=ADMINISTRATOR, moment=at)
    filing = next(row for row in everything.rows if row.deadline.due is Due.FILING)
    assert (filing.roles, filing.number, filing.stage) == ((Role.AUTHORITY,), "DB31/T 1—2025", Stage.IN_FORCE)


def test_of_a_round_for_members_alone_the_public_is_told_no_date(session: Session, moment: Moment) -> None:
    public = in_consultation(session, moment)
    in_consultation(session, moment, kind=Kind.GROUP_STANDARD, members_only=True)
    published(session, moment, "DB31/T 1—2025")
    soon = published(
        session, moment, "DB31/T 2—2025", stage=Stage.PUBLISHED, effective_on=moment.day + timedelta(days=90)
    )
    told = [(row.project_id, row.deadline.due) for row in public_dates(session, moment)]
    assert told == [(public.project_id, Due.CONSULTATION_CLOSES), (soon.project_id, Due.IMPLEMENTATION)]
