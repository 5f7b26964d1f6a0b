from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.errors import Invalid, NotFound
from standards_wf.models.people import Person
from standards_wf.services.logins import Credentials, LoginLimit, check_password
from standards_wf.services.people import (
    OPERATOR,
    SetActive,
    SetPassword,
    person_of_session,
    set_active,
    set_password,
)
from standards_wf.services.people_problems import PeopleProblem
from standards_wf.services.unit_of_work import unit_of_work
from tests.support.scene import PASSWORD, Scene

WRONG = "wrong password"
LIMIT = LoginLimit(attempts=3, pause=timedelta(minutes=15))


def _try(session: Session, moment: Moment, login: str, password: str = WRONG, address: str = "192.0.2.1") -> Person:
    return check_password(
        session, Credentials(login=login, password=password, address=address), moment=moment, limit=LIMIT
    )


def _problem(session: Session, moment: Moment, login: str, **given: str) -> PeopleProblem:
    with pytest.raises(Invalid) as refused:
        _try(session, moment, login, **given)
    return PeopleProblem(refused.value.fields["login"].code)


def _later(moment: Moment, minutes: int) -> Moment:
    return Moment(moment.at + timedelta(minutes=minutes), moment.day)


@pytest.mark.parametrize("login", ["secretary", " Secretary ", "ｓｅｃｒｅｔａｒｙ"])
def test_login_and_password_open_the_door(session: Session, scene: Scene, moment: Moment, login: str) -> None:
    assert _try(session, moment, login, PASSWORD).id == scene.people["secretary"]


def test_a_wrong_password_and_an_unknown_login_sound_the_same(session: Session, moment: Moment) -> None:
    answers = {
        _problem(session, moment, "secretary"),
        _problem(session, moment, "nobody"),
        _problem(session, moment, "nul\x00byte"),
        _problem(session, moment, "x" * 10_000),
    }

    assert answers == {PeopleProblem.LOGIN_FAILED}


def test_somebody_who_left_cannot_log_in(session: Session, scene: Scene, moment: Moment) -> None:
    with unit_of_work(session):
        set_active(session, SetActive(person_id=scene.people["secretary"], active=False), actor=OPERATOR, moment=moment)

    assert _problem(session, moment, "secretary", password=PASSWORD) is PeopleProblem.LOGIN_FAILED


def test_after_several_failures_even_the_right_password_has_to_wait(
    session_factory: sessionmaker[Session], moment: Moment
) -> None:
    for _ in range(LIMIT.attempts):
        with session_factory() as session:
            _problem(session, moment, "secretary")
    with session_factory() as session:
        with pytest.raises(Invalid) as refused:
            _try(session, _later(moment, 5), "secretary", PASSWORD, address="198.51.100.7")
        assert refused.value.fields["login"].code is PeopleProblem.LOGIN_PAUSED
        assert refused.value.fields["login"].params["minutes"] == 10
        assert _try(session, _later(moment, 15), "secretary", PASSWORD).login == "secretary"


def test_a_right_password_forgets_the_failures_before_it(session: Session, moment: Moment) -> None:
    for _ in range(3):
        for _ in range(LIMIT.attempts - 1):
            _problem(session, moment, "secretary")
        _try(session, moment, "secretary", PASSWORD)


def test_an_address_that_tries_many_logins_has_to_wait(session: Session, moment: Moment) -> None:
    for number in range(LIMIT.attempts * 4):
        assert _problem(session, moment, f"guess{number}") is PeopleProblem.LOGIN_FAILED

    assert _problem(session, moment, "secretary", password=PASSWORD) is PeopleProblem.LOGIN_PAUSED
    assert _try(session, moment, "secretary", PASSWORD, address="198.51.100.7").login == "secretary"


def test_one_household_counts_as_one_address(session: Session, moment: Moment) -> None:
    for number in range(LIMIT.attempts * 4):
        _problem(session, moment, f"guess{number}", address=f"2001:db8:1:2::{number:x}")

    assert _problem(session, moment, "x", address="2001:db8:1:2:ffff::1") is PeopleProblem.LOGIN_PAUSED


def test_many_tries_at_once_count_as_many(session_factory: sessionmaker[Session], moment: Moment) -> None:
    def one_try(_number: int) -> PeopleProblem:
        with session_factory() as session:
            return _problem(session, moment, "secretary")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(one_try, range(8)))

    assert answers.count(PeopleProblem.LOGIN_FAILED) == LIMIT.attempts


def test_a_new_password_ends_the_sessions_and_a_quick_hash_is_made_a_real_one(
    session: Session, scene: Scene, moment: Moment
) -> None:
    weak = session.get_one(Person, scene.people["secretary"]).password_hash
    person = _try(session, moment, "secretary", PASSWORD)
    assert person.password_hash != weak
    epoch = person.session_epoch
    assert person_of_session(session, person.id, epoch) is person

    with unit_of_work(session):
        command = SetPassword(person_id=person.id, password="quite another sentence")
        set_password(session, command, actor=OPERATOR, moment=moment)

    with pytest.raises(NotFound):
        person_of_session(session, person.id, epoch)
    assert _problem(session, moment, "secretary", password=PASSWORD) is PeopleProblem.LOGIN_FAILED
    assert _try(session, moment, "secretary", "quite another sentence").id == person.id
