"""Many people at once, on real databases: no act lost, none done twice, nobody told that the database is locked."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from multiprocessing import get_context

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Invalid, TransitionRefused
from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.history import LifecycleEvent, Seal
from standards_wf.models.outbox import OutboxRow
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Vote
from standards_wf.services.audit import verify
from standards_wf.services.ballots import CastVote, OpenBallot, cast_vote, open_ballot
from standards_wf.services.consultations import SendComment, send_comment
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.people import OPERATOR
from standards_wf.services.problems import ReviewProblem
from standards_wf.services.publications import PreparePublication, prepare_publication
from standards_wf.services.reading.numbers import series_shown
from standards_wf.services.seals import seal
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import SYSTEM_ACTOR, VISITOR
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import Action, Event, Kind, Position, Stage
from tests.services.cases import Case, act, make_case, project_of
from tests.services.contenders import Deeds, all_at_once, extend_in_a_process, extend_the_round, outcome
from tests.services.doing import days_later, do, params_of, prepare_with_text, ready_to_publish
from tests.services.situations import in_consultation, round_of, version_of

MANY = 8
Sessions = sessionmaker[Session]


def assert_whole(session: Session, case: Case, acts: int, *, effects: int) -> None:
    """Each act stands in the history once, without a gap, with its effects promised; every chain holds."""
    session.rollback()
    events = session.scalars(
        select(LifecycleEvent.seq).where(LifecycleEvent.project_id == case.project_id).order_by(LifecycleEvent.seq)
    ).all()
    assert events == list(range(1, acts + 2))
    assert project_of(session, case).last_event_seq == acts + 1
    promised = session.scalar(select(func.count()).where(OutboxRow.project_id == case.project_id))
    assert promised == acts * effects
    report = verify(session)
    assert report.is_whole, report


def assert_extended_by_each(session: Session, case: Case, moment: Moment, deeds: list[Deeds]) -> None:
    """No act was lost and none built on a page that was out of date."""
    versions = [version for one in deeds for version in one.versions]
    assert sorted(versions) == list(range(1, len(versions) + 1))
    assert round_of(session, case).closes_on == moment.day + timedelta(days=30 + len(versions))
    assert_whole(session, case, len(versions), effects=2)


def test_of_eight_who_saw_the_same_page_one_acts_and_seven_are_told(
    session: Session, session_factory: Sessions, moment: Moment
) -> None:
    case = in_consultation(session, moment)
    seen = version_of(session, case)

    def extend(days: int) -> int:
        command = PerformAction(
            project_id=case.project_id,
            action=Action.EXTEND_CONSULTATION,
            expected_version=seen,
            note="更多时间",
            fields=ActFields(closes_on=moment.day + timedelta(days=days)),
        )
        with session_factory() as own:
            act(own, perform, command, person=case.secretary, moment=moment)
        return days

    answers = all_at_once([partial(outcome, partial(extend, 40 + place)) for place in range(MANY)])
    (winner,) = [answer for answer in answers if isinstance(answer, int)]
    told = [(answer.version, answer.expected) for answer in answers if isinstance(answer, EditConflict)]
    assert told == [(seen + 1, seen)] * (MANY - 1)
    assert round_of(session, case).closes_on == moment.day + timedelta(days=winner)
    assert_whole(session, case, 1, effects=2)


def test_eight_clocks_close_a_consultation_once(session: Session, session_factory: Sessions, moment: Moment) -> None:
    case = in_consultation(session, moment, days=30)
    later = Moment(moment.at + timedelta(days=31), moment.day + timedelta(days=31))

    def close() -> Stage:
        command = PerformAction(project_id=case.project_id, action=Action.CLOSE_CONSULTATION)
        with session_factory() as own:
            return act(own, perform, command, person=SYSTEM_ACTOR, moment=later).to_stage

    answers = all_at_once([partial(outcome, close)] * MANY)
    assert [answer for answer in answers if isinstance(answer, Stage)] == [Stage.RESOLUTION]
    told = [refusal.code for no in answers if isinstance(no, TransitionRefused) for refusal in no.refusals]
    assert told == [RefusalCode.NOT_FROM_THIS_STAGE] * (MANY - 1)
    assert_whole(session, case, 1, effects=2)
    assert project_of(session, case).stage is Stage.RESOLUTION


def test_eight_people_on_one_project_act_once_for_each_version(
    session: Session, session_factory: Sessions, moment: Moment
) -> None:
    case = in_consultation(session, moment)
    extend = partial(extend_the_round, session_factory, case.project_id, case.secretary, moment, times=6)
    assert_extended_by_each(session, case, moment, all_at_once([extend] * MANY))


def test_eight_people_on_many_projects_lose_no_act(session: Session, session_factory: Sessions, moment: Moment) -> None:
    cases = [in_consultation(session, moment) for _ in range(MANY)]

    def extend_all(first: int) -> None:
        for case in cases[first:] + cases[:first]:
            extend_the_round(session_factory, case.project_id, case.secretary, moment, times=1)

    all_at_once([partial(extend_all, first) for first in range(MANY)])
    for case in cases:
        assert round_of(session, case).closes_on == moment.day + timedelta(days=30 + MANY)
        assert_whole(session, case, MANY, effects=2)


def test_eight_processes_on_one_project_act_once_for_each_version(
    session: Session, engine: Engine, moment: Moment
) -> None:
    case = in_consultation(session, moment)
    url = engine.url.render_as_string(hide_password=False)
    extend = partial(extend_in_a_process, url, case.project_id, case.secretary, moment)
    with ProcessPoolExecutor(MANY, mp_context=get_context("spawn")) as processes:
        deeds = list(processes.map(extend, [3] * MANY))
    assert_extended_by_each(session, case, moment, deeds)


def test_eight_publishers_are_given_eight_numbers_without_a_gap(
    session: Session, session_factory: Sessions, moment: Moment
) -> None:
    kinds = (Kind.LOCAL_STANDARD, Kind.METROLOGY_SPECIFICATION)
    cases = {kind: [make_case(session, moment, kind=kind, stage=Stage.APPROVAL) for _ in range(MANY)] for kind in kinds}

    def prepare(case: Case) -> str:
        command = PreparePublication(
            project_id=case.project_id,
            expected_version=1,
            approved_on=moment.day,
            published_on=moment.day,
            effective_on=date(2025, 12, 1),
        )
        with session_factory() as own:
            return act(own, prepare_publication, command, person=case.authority, moment=moment).number

    numbers = all_at_once([partial(prepare, case) for pair in zip(*cases.values(), strict=True) for case in pair])
    of_local = {f"DB31/T {serial}—2025" for serial in range(1, MANY + 1)}
    assert set(numbers[0::2]) == of_local
    assert len(set(numbers[1::2])) == MANY
    serials = [int(number.partition("—")[0].rpartition(" ")[2]) for number in numbers[1::2]]
    assert sorted(serials) == list(range(1, MANY + 1))
    assert verify(session).is_whole


def test_eight_publishers_at_once_publish_eight_numbers_in_a_row_and_a_revision_keeps_its_own(
    session: Session, session_factory: Sessions, moment: Moment
) -> None:
    old = ready_to_publish(session, moment)
    later = days_later(moment, 8)
    do(session, old, Action.PUBLISH, old.authority, later)
    next_year = days_later(moment, 365)
    cases = [make_case(session, next_year, stage=Stage.APPROVAL) for _ in range(MANY - 1)]
    cases.append(make_case(session, next_year, stage=Stage.APPROVAL, replaces="DB31/T 1—2025"))

    def publish(case: Case) -> str:
        with session_factory() as own:
            prepare_with_text(own, case, next_year)
        with session_factory() as own:
            event = do(own, case, Action.PUBLISH, case.authority, days_later(next_year, 8))
            return str(params_of(event)["number"])

    numbers = all_at_once([partial(publish, case) for case in cases])
    assert numbers[-1] == "DB31/T 1—2026"
    assert set(numbers[:-1]) == {f"DB31/T {serial}—2026" for serial in range(2, MANY + 1)}
    session.rollback()
    assert series_shown(session, "DB31/T", OPERATOR).gaps == ()
    assert verify(session).is_whole


def test_eight_voters_at_once_and_one_of_them_twice_cast_eight_votes(
    session: Session, session_factory: Sessions, moment: Moment
) -> None:
    case = make_case(session, moment, members=MANY)
    opening = OpenBallot(project_id=case.project_id, closes_on=moment.day + timedelta(days=3))
    ballot_id = act(session, open_ballot, opening, person=case.secretary, moment=moment).id

    def vote(person: int) -> Position:
        cast = CastVote(ballot_id=ballot_id, position=Position.FOR)
        with session_factory() as own:
            return act(own, cast_vote, cast, person=person, moment=moment).position

    answers = all_at_once([partial(outcome, partial(vote, person)) for person in (*case.members, case.members[0])])
    assert answers[1:-1] == [Position.FOR] * (MANY - 1)
    assert answers.count(Position.FOR) == MANY
    (told,) = [answer for answer in (answers[0], answers[-1]) if isinstance(answer, Invalid)]
    assert told.fields["position"].code is ReviewProblem.ALREADY_VOTED
    session.rollback()
    assert session.scalar(select(func.count()).where(Vote.ballot_id == ballot_id)) == MANY
    said = session.scalar(select(func.count()).where(LifecycleEvent.action == Event.VOTE_CAST))
    assert said == MANY
    assert verify(session).is_whole


def test_eight_citizens_commenting_at_once_are_numbered_in_a_row(
    session: Session, session_factory: Sessions, moment: Moment
) -> None:
    case = in_consultation(session, moment)
    round_id = round_of(session, case).id

    def comment(place: int) -> int:
        command = SendComment(round_id=round_id, text=f"第{place}条意见", author=f"市民{place}")
        with session_factory() as own:
            return act(own, send_comment, command, person=VISITOR, moment=moment).number

    numbers = all_at_once([partial(comment, place) for place in range(MANY)])
    assert sorted(numbers) == list(range(1, MANY + 1))
    session.rollback()
    kept = session.scalars(select(Comment.text).where(Comment.project_id == case.project_id))
    assert set(kept) == {f"第{place}条意见" for place in range(MANY)}
    assert_whole(session, case, MANY, effects=1)


def test_seals_set_while_people_act_hold_and_stop_nobody(
    session: Session, session_factory: Sessions, moment: Moment
) -> None:
    cases = [in_consultation(session, moment) for _ in range(MANY)]

    def extend(case: Case) -> None:
        extend_the_round(session_factory, case.project_id, case.secretary, moment, times=4)

    def set_seals() -> None:
        for _ in range(5):
            with session_factory() as own, unit_of_work(own):
                seal(own, moment=moment)

    deeds: list[Callable[[], None]] = [*(partial(extend, case) for case in cases), set_seals]
    all_at_once(deeds)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(Seal)) == 5
    for case in cases:
        assert_whole(session, case, 4, effects=2)


def test_an_act_committed_while_a_seal_is_being_set_is_under_the_next_one(
    session: Session, session_factory: Sessions, moment: Moment, backend: str
) -> None:
    case = in_consultation(session, moment)
    extend = partial(extend_the_round, session_factory, case.project_id, case.secretary, moment, times=1)
    with ThreadPoolExecutor(1) as thread:
        with unit_of_work(session):
            first = seal(session, moment=moment)
            acting = thread.submit(extend)
            if backend == "postgresql":
                # SQLite has one writer at a time; on PostgreSQL nobody who acts waits for a seal.
                acting.result(timeout=30)
        acting.result(timeout=30)
    with unit_of_work(session):
        second = seal(session, moment=moment)
    # What the second seal adds: the act, and the row of the administration that names the first seal.
    assert second.events == first.events + 2
    assert_whole(session, case, 1, effects=2)


def test_two_seals_at_once_are_one_seal_and_one_conflict_or_two_in_a_row(
    session: Session, session_factory: Sessions, moment: Moment
) -> None:
    def set_a_seal() -> int:
        with session_factory() as own, unit_of_work(own):
            return seal(own, moment=moment).seq

    in_consultation(session, moment)
    answers = all_at_once([partial(outcome, set_a_seal)] * 2)
    set_now = sorted(answer for answer in answers if isinstance(answer, int))
    assert len(set_now) + sum(isinstance(answer, EditConflict) for answer in answers) == len(answers)
    session.rollback()
    seals = session.scalars(select(Seal.seq).order_by(Seal.seq)).all()
    assert seals == set_now == list(range(1, len(set_now) + 1))
    assert seals
    assert verify(session).is_whole


def test_readers_see_whole_acts_while_others_write(session: Session, session_factory: Sessions, moment: Moment) -> None:
    case = in_consultation(session, moment)

    def read() -> list[tuple[int, int, date]]:
        """What a page shows in one look: how far the case is, how long its history is, when the round ends."""
        looks = []
        for _ in range(60):
            with session_factory() as own:
                page = (
                    select(Project.last_event_seq, func.count(LifecycleEvent.id), ConsultationRound.closes_on)
                    .join(LifecycleEvent, LifecycleEvent.project_id == Project.id)
                    .join(ConsultationRound, ConsultationRound.project_id == Project.id)
                    .where(Project.id == case.project_id)
                    .group_by(Project.last_event_seq, ConsultationRound.closes_on)
                )
                seq, events, closes_on = own.execute(page).one()
                looks.append((seq, events, closes_on))
        return looks

    extend = partial(extend_the_round, session_factory, case.project_id, case.secretary, moment, times=5)
    with ThreadPoolExecutor(MANY // 2) as threads:
        readers = [threads.submit(read) for _ in range(MANY // 2)]
        deeds = all_at_once([extend] * (MANY // 2))
    for seq, events, closes_on in (look for reader in readers for look in reader.result()):
        assert seq == events
        assert closes_on == moment.day + timedelta(days=30 + events - 1)
    assert_extended_by_each(session, case, moment, deeds)
