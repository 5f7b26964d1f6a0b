from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, NotFound
from standards_wf.models.outbox import OutboxRow
from standards_wf.services import outbox
from standards_wf.services.outbox import LEASE, MOST_ATTEMPTS, Claim, LeaseLost
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Effect, Kind
from tests.support.effects import promise
from tests.support.scene import Scene

RENDERINGS = 12


@pytest.fixture
def project_id(session: Session, scene: Scene, moment: Moment) -> int:
    """A case with nothing left to be done."""
    with unit_of_work(session):
        project = scene.file_suggestion(session, Kind.LOCAL_STANDARD, moment=moment)
        session.execute(text("DELETE FROM outbox"))
    return project.id


@pytest.fixture
def promised(session: Session, scene: Scene, moment: Moment, project_id: int) -> int:
    """The same case with many papers to be made."""
    for _ in range(RENDERINGS):
        with unit_of_work(session):
            promise(session, scene, project_id, Effect.RENDER_COMMENT_TABLE, moment=moment)
    return project_id


def _later(moment: Moment, by: timedelta) -> Moment:
    return Moment(moment.at + by, moment.day)


def _row(session: Session, claim: Claim) -> OutboxRow:
    return session.get_one(OutboxRow, claim.id, populate_existing=True)


@pytest.mark.usefixtures("promised")
def test_the_oldest_row_comes_first_and_comes_once(session: Session, moment: Moment) -> None:
    first = outbox.claim(session, "a", moment=moment)
    second = outbox.claim(session, "b", moment=moment)

    assert [len(first), len(second)] == [1, 1]
    assert first[0].id < second[0].id


def test_indexing_is_claimed_for_many_at_once(session: Session, scene: Scene, moment: Moment, project_id: int) -> None:
    with unit_of_work(session):
        promise(session, scene, project_id, Effect.REINDEX, Effect.NOTIFY, moment=moment)
        promise(session, scene, project_id, Effect.REINDEX, moment=moment)

    batches = [outbox.claim(session, "a", moment=moment) for _ in range(3)]

    assert [[claim.effect for claim in batch] for batch in batches] == [
        [Effect.REINDEX, Effect.REINDEX],
        [Effect.NOTIFY],
        [],
    ]


@pytest.mark.usefixtures("promised")
def test_eight_workers_at_once_never_get_the_same_row(session_factory: sessionmaker[Session], moment: Moment) -> None:
    together = Barrier(8)

    def work(number: int) -> list[int]:
        together.wait()
        mine: list[int] = []
        with session_factory() as session:
            while claims := outbox.claim(session, f"worker {number}", moment=moment):
                mine += [claim.id for claim in claims]
                outbox.finish(session, claims, None, moment=moment)
        return mine

    with ThreadPoolExecutor(8) as pool:
        handled = [each for mine in pool.map(work, range(8)) for each in mine]

    assert len(handled) == RENDERINGS
    assert len(set(handled)) == RENDERINGS


@pytest.mark.usefixtures("promised")
def test_a_row_whose_worker_died_is_handled_by_another_and_the_dead_one_brings_nothing(
    session: Session, moment: Moment
) -> None:
    [dead] = outbox.claim(session, "dead", moment=moment)
    after = _later(moment, LEASE)
    [alive] = outbox.claim(session, "alive", moment=after)

    assert (alive.id, alive.attempt) == (dead.id, 2)
    assert (outbox.holds(session, dead), outbox.holds(session, alive)) == (False, True)
    with pytest.raises(LeaseLost):
        outbox.finish(session, [dead], lambda _: pytest.fail("the dead one wrote"), moment=after)
    outbox.finish(session, [alive], None, moment=after)
    with pytest.raises(LeaseLost):
        outbox.finish(session, [alive], None, moment=after)


@pytest.mark.usefixtures("promised")
def test_what_a_handler_brings_is_written_with_the_settling_or_not_at_all(session: Session, moment: Moment) -> None:
    def half(inner: Session) -> None:
        inner.execute(text("DELETE FROM login_attempt"))
        raise OSError("out of paper")

    [claim] = outbox.claim(session, "a", moment=moment)
    with pytest.raises(OSError, match="paper"):
        outbox.finish(session, [claim], half, moment=moment)

    assert _row(session, claim).settled_at is None


@pytest.mark.usefixtures("promised")
def test_what_fails_waits_longer_each_time_and_is_given_up_in_the_end(
    session: Session, scene: Scene, moment: Moment
) -> None:
    [first] = outbox.claim(session, "a", moment=moment)
    claim, now, pauses = first, moment, []
    while True:
        with unit_of_work(session):
            outbox.fail(session, [claim], OSError("out of \x00 paper"), moment=now)
        row = _row(session, claim)
        if row.given_up:
            break
        pauses.append(row.available_at - now.at)
        with unit_of_work(session):
            session.execute(text("UPDATE outbox SET settled_at = available_at WHERE id <> :id"), {"id": claim.id})
        assert outbox.claim(session, "a", moment=_later(now, pauses[-1] - timedelta(seconds=1))) == []
        now = _later(now, pauses[-1])
        [claim] = outbox.claim(session, "a", moment=now)

    assert len(pauses) == MOST_ATTEMPTS - 1
    assert pauses == sorted(set(pauses))
    assert (row.last_error, row.attempts) == ("OSError: out of  paper", MOST_ATTEMPTS)
    assert outbox.claim(session, "a", moment=_later(now, timedelta(days=365))) == []
    listed = outbox.given_up_rows(session, actor=scene.actor(session, "administrator", moment))
    assert [each.id for each in listed] == [first.id]
    with pytest.raises(Forbidden):
        outbox.given_up_rows(session, actor=scene.actor(session, "secretary", moment))


@pytest.mark.usefixtures("promised")
def test_a_row_that_ends_every_worker_is_given_up_too(session: Session, scene: Scene, moment: Moment) -> None:
    administrator = scene.actor(session, "administrator", moment)
    now = moment
    [claim] = outbox.claim(session, "a", moment=now)
    for _ in range(MOST_ATTEMPTS - 1):
        now = _later(now, LEASE)
        [claim] = outbox.claim(session, "a", moment=now)
    now = _later(now, LEASE)
    assert outbox.claim(session, "a", moment=now) == []
    assert outbox.claim(session, "a", moment=now)[0].id != claim.id
    assert outbox.state(session, moment=now).given_up == 1

    with unit_of_work(session):
        outbox.try_again(session, claim.id, actor=administrator, moment=now)
    with pytest.raises(NotFound), unit_of_work(session):
        outbox.try_again(session, claim.id, actor=administrator, moment=now)
    assert outbox.claim(session, "a", moment=now)[0].id == claim.id


@pytest.mark.usefixtures("promised")
def test_the_lag_is_the_age_of_the_oldest_row_that_is_due(session: Session, moment: Moment) -> None:
    now = _later(moment, timedelta(minutes=3))

    assert outbox.state(session, moment=now).lag(now) == timedelta(minutes=3)
    assert outbox.state(session, moment=now).waiting == RENDERINGS
    while claims := outbox.claim(session, "a", moment=now):
        outbox.finish(session, claims, None, moment=now)
    assert outbox.state(session, moment=now).lag(now) == timedelta(0)
