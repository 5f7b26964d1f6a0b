"""The periodic reviews of a year: who is on the list, how far each is, and what is done for many at once."""

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.inspect import UploadLimits
from standards_wf.errors import EditConflict, Forbidden, Invalid, NotFound, TransitionRefused
from standards_wf.models.documents import PeriodicReview, ReviewDecision
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import Project
from standards_wf.services.access import actor_of
from standards_wf.services.drafts import Upload
from standards_wf.services.periodic_reviews import RecordOpinion
from standards_wf.services.reading.review_lists import ListState, ReviewFilter, review_list
from standards_wf.services.review_batches import (
    ConcludeReviews,
    StartReviews,
    Ticked,
    conclude_reviews,
    decision_file,
    record_opinions,
    start_reviews,
)
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.vocabulary import Action, Conclusion, EarlyReason, Kind, Stage
from tests.services.cases import Case, project_of
from tests.services.doing import days_later, do
from tests.services.situations import published

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n%%EOF\n"


def of_one_authority(session: Session, first: Case, *others: Case) -> None:
    with unit_of_work(session):
        issuer = session.get_one(Project, first.project_id).authority_id
        for other in others:
            session.get_one(Project, other.project_id).authority_id = issuer


def three(session: Session, moment: Moment) -> list[Case]:
    """Three documents of one authority, published on the same day."""
    cases = [published(session, moment, f"DB31/T {serial}—2025") for serial in (5, 6, 7)]
    of_one_authority(session, *cases)
    return cases


def listed(session: Session, year: int, person: int, moment: Moment, **wanted: object) -> list[tuple[str, ListState]]:
    session.rollback()
    actor = actor_of(session, person, moment.day)
    found = review_list(session, year, actor=actor, moment=moment, wanted=ReviewFilter(**wanted))  # type: ignore[arg-type]
    return [(line.number, line.state) for line in found.lines]


def ticked(session: Session, *cases: Case) -> tuple[Ticked, ...]:
    return tuple(Ticked(case.project_id, project_of(session, case).version) for case in cases)


def opinions(*given: tuple[Case, Conclusion]) -> list[RecordOpinion]:
    return [
        RecordOpinion(project_id=case.project_id, conclusion=conclusion, grounds="理由", implementation="三十家采用")
        for case, conclusion in given
    ]


def test_an_opinion_that_is_overdue_is_on_the_list_of_today_though_its_cycle_ends_later(
    session: Session, moment: Moment
) -> None:
    case = published(session, moment, "DB31/T 5—2025")
    on_the_day, after = (days_later(moment, (date(2027, 12, day) - moment.day).days) for day in (2, 3))
    assert listed(session, 2027, case.authority, on_the_day) == []
    assert listed(session, 2027, case.authority, after) == [("DB31/T 5—2025", ListState.WAITING)]
    actor = actor_of(session, case.authority, after.day)
    (line,) = review_list(session, 2027, actor=actor, moment=after).lines
    assert (line.opinion_overdue, line.overdue) == (True, False)


def test_a_document_is_on_the_list_of_the_year_in_which_its_cycle_ends_and_of_nobody_elses(
    session: Session, moment: Moment
) -> None:
    local = published(session, moment, "DB31/T 5—2025")
    group = published(session, moment, "T/ABCD 1—2025", kind=Kind.GROUP_STANDARD)
    assert listed(session, 2028, local.authority, moment) == [("DB31/T 5—2025", ListState.WAITING)]
    assert listed(session, 2030, group.secretariat, moment) == [("T/ABCD 1—2025", ListState.WAITING)]
    for year in (2027, 2029):
        assert listed(session, year, local.authority, moment) == []
    assert listed(session, 2028, local.stranger, moment) == []
    assert listed(session, 2028, group.secretariat, moment) == []
    actor = actor_of(session, local.authority, moment.day)
    (line,) = review_list(session, 2028, actor=actor, moment=moment).lines
    assert (line.begins_on, line.opinion_due_on, line.cycle_ends_on) == (
        date(2027, 6, 2),
        date(2027, 12, 2),
        date(2028, 6, 2),
    )


def test_what_is_overdue_from_earlier_years_is_on_the_list_of_the_present_year(
    session: Session, moment: Moment
) -> None:
    case = published(session, moment, "DB31/T 5—2025")
    later = Moment(moment.at.replace(year=2030), date(2030, 1, 5))
    assert listed(session, 2030, case.authority, later) == [("DB31/T 5—2025", ListState.WAITING)]
    assert listed(session, 2031, case.authority, later) == []
    actor = actor_of(session, case.authority, later.day)
    found = review_list(session, 2030, actor=actor, moment=later)
    assert (found.overdue, found.lines[0].overdue, found.lines[0].opinion_overdue) == (1, True, True)


def test_a_review_that_is_concluded_stays_on_its_list_and_begins_the_next_cycle(
    session: Session, moment: Moment
) -> None:
    case = published(session, moment, "DB31/T 5—2025")
    then = days_later(moment, 800)
    do(session, case, Action.START_REVIEW, case.authority, then)
    record_opinions(
        session, opinions((case, Conclusion.VALID)), actor=actor_of(session, case.authority, then.day), moment=then
    )
    assert listed(session, 2028, case.authority, then, state=ListState.OPINION) == [
        ("DB31/T 5—2025", ListState.OPINION)
    ]
    do(session, case, Action.CONFIRM, case.authority, then)
    assert listed(session, 2028, case.authority, then) == [("DB31/T 5—2025", ListState.CONCLUDED)]
    assert listed(session, 2030, case.authority, then) == [("DB31/T 5—2025", ListState.WAITING)]


def test_a_list_is_begun_together_and_one_that_cannot_go_holds_up_nobody(session: Session, moment: Moment) -> None:
    first, second, third = three(session, moment)
    with unit_of_work(session):
        session.get_one(Project, second.project_id).stage = Stage.PUBLISHED
    then = days_later(moment, 740)
    actor = actor_of(session, first.authority, then.day)
    stale = Ticked(third.project_id, 99)
    command = StartReviews(ticked=(*ticked(session, first, second), stale, Ticked(10**6)))
    done = start_reviews(session, command, actor=actor, moment=then)
    assert [each.done for each in done] == [True, False, False, False]
    assert [type(each.refused) for each in done[1:]] == [TransitionRefused, EditConflict, NotFound]
    assert project_of(session, first).stage is Stage.UNDER_REVIEW
    assert session.scalars(select(PeriodicReview.project_id)).all() == [first.project_id]


def test_documents_before_their_time_share_one_reason(session: Session, moment: Moment) -> None:
    cases = three(session, moment)
    actor = actor_of(session, cases[0].authority, moment.day)
    early = StartReviews(ticked=ticked(session, *cases))
    assert not any(each.done for each in start_reviews(session, early, actor=actor, moment=moment))
    reason = StartReviews(
        ticked=ticked(session, *cases), early_reason=EarlyReason.KEY_TECHNOLOGY_CHANGED, early_grounds=" 电池换代 "
    )
    assert all(each.done for each in start_reviews(session, reason, actor=actor, moment=moment))
    assert set(session.scalars(select(PeriodicReview.early_grounds)).all()) == {"电池换代"}


def test_one_paper_carries_out_every_conclusion_of_a_list_each_by_its_own_act(
    session: Session, moment: Moment, store: FileStore
) -> None:
    cases = three(session, moment)
    then = days_later(moment, 740)
    actor = actor_of(session, cases[0].authority, then.day)
    start_reviews(session, StartReviews(ticked=ticked(session, *cases)), actor=actor, moment=then)
    given = opinions((cases[0], Conclusion.VALID), (cases[1], Conclusion.REVISE))
    assert all(each.done for each in record_opinions(session, given, actor=actor, moment=then))
    command = ConcludeReviews(
        ticked=ticked(session, *cases),
        announcement=" 2027年第3号 ",
        decided_on=then.day,
        file=Upload("复审公告.pdf", PDF),
    )
    done = conclude_reviews(session, command, store=store, limits=UploadLimits(), actor=actor, moment=then)
    assert [each.done for each in done] == [True, True, False]
    assert isinstance(done[2].refused, Invalid)
    assert [project_of(session, case).stage for case in cases] == [Stage.IN_FORCE, Stage.IN_FORCE, Stage.UNDER_REVIEW]
    decision = session.scalars(select(ReviewDecision)).one()
    assert (decision.number, decision.decided_on, decision.filename) == ("2027年第3号", then.day, "复审公告.pdf")
    assert store.get(decision_file(session, decision.id).sha256) == PDF
    acts = session.scalars(
        select(LifecycleEvent.action).where(LifecycleEvent.action.in_((Action.CONFIRM, Action.ORDER_REVISION)))
    ).all()
    assert sorted(acts) == [Action.CONFIRM, Action.ORDER_REVISION]
    assert session.scalar(select(PeriodicReview.successor_id).where(PeriodicReview.successor_id.is_not(None)))


def test_a_decision_is_not_carried_out_before_its_day(session: Session, moment: Moment, store: FileStore) -> None:
    (case, *_) = three(session, moment)
    then, tomorrow = days_later(moment, 740), days_later(moment, 741).day
    actor = actor_of(session, case.authority, then.day)
    start_reviews(session, StartReviews(ticked=ticked(session, case)), actor=actor, moment=then)
    record_opinions(session, opinions((case, Conclusion.VALID)), actor=actor, moment=then)
    command = ConcludeReviews(ticked=ticked(session, case), announcement="第1号", decided_on=tomorrow)
    with pytest.raises(Invalid) as told:
        conclude_reviews(session, command, store=store, limits=UploadLimits(), actor=actor, moment=then)
    assert told.value.fields["decided_on"].code is FieldProblem.IN_THE_FUTURE
    with pytest.raises(Invalid) as told:
        do(session, case, Action.CONFIRM, case.authority, then, announcement="第1号", decided_on=tomorrow)
    assert told.value.fields["decided_on"].code is FieldProblem.IN_THE_FUTURE
    assert session.scalars(select(ReviewDecision)).all() == []


def test_a_decision_needs_its_number_and_somebody_who_decides(
    session: Session, moment: Moment, store: FileStore
) -> None:
    (case, *_) = three(session, moment)
    line = ticked(session, case)
    for command, person, refused in (
        (ConcludeReviews(ticked=line, announcement=" ", decided_on=moment.day), case.authority, Invalid),
        (
            ConcludeReviews(ticked=line, announcement="第1号", decided_on=moment.day, file=Upload("公告.pdf", PDF)),
            case.secretary,
            Forbidden,
        ),
    ):
        actor = actor_of(session, person, moment.day)
        with pytest.raises(refused) as told:
            conclude_reviews(session, command, store=store, limits=UploadLimits(), actor=actor, moment=moment)
        if isinstance(told.value, Invalid):
            assert told.value.fields["announcement"].code is FieldProblem.REQUIRED
    assert session.scalars(select(ReviewDecision)).all() == []
    with pytest.raises(NotFound):
        decision_file(session, 1)
