from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid, NotFound, StandardsError
from standards_wf.models.history import AdministrationEvent
from standards_wf.models.people import Person
from standards_wf.services import people
from standards_wf.services.access import actor_of
from standards_wf.services.audit import verify
from standards_wf.services.people import (
    OPERATOR,
    ChangePerson,
    CreatePerson,
    SetActive,
    SetPassword,
    change_person,
    create_person,
    set_active,
    set_password,
)
from standards_wf.services.people_problems import SENTENCES, PeopleProblem
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.fields import FieldProblem
from tests.support.scene import PASSWORD, Scene

NEW = CreatePerson(login="New.Person", name=" 新来的人 ", password="a long enough sentence", email="new@example.org")


def _refused(session: Session, command: CreatePerson, moment: Moment) -> dict[str, object]:
    with pytest.raises(Invalid) as refused, unit_of_work(session):
        create_person(session, command, actor=OPERATOR, moment=moment)
    return {name: refusal.code for name, refusal in refused.value.fields.items()}


def _recorded(session: Session) -> list[str]:
    return list(session.scalars(select(AdministrationEvent.action).order_by(AdministrationEvent.seq)))


def test_somebody_new_is_entered_without_any_role(session: Session, scene: Scene, moment: Moment) -> None:
    with unit_of_work(session):
        person = create_person(session, NEW, actor=scene.actor(session, "administrator", moment), moment=moment)

    assert (person.login, person.name) == ("new.person", "新来的人")
    assert actor_of(session, person.id, moment.day).grants == frozenset()
    assert NEW.password not in person.password_hash
    assert _recorded(session)[-1] == "person_created"
    assert verify(session).is_whole


@pytest.mark.parametrize("login", ["secretary", "clerk", "citizen", "stranger"])
def test_only_the_administrator_enters_people(session: Session, scene: Scene, moment: Moment, login: str) -> None:
    with pytest.raises(Forbidden), unit_of_work(session):
        create_person(session, NEW, actor=scene.actor(session, login, moment), moment=moment)


@pytest.mark.parametrize(
    ("command", "field", "problem"),
    [
        (replace(NEW, login="secretary"), "login", FieldProblem.ALREADY_TAKEN),
        (replace(NEW, login="SECRETARY"), "login", FieldProblem.ALREADY_TAKEN),
        (replace(NEW, login="张三"), "login", PeopleProblem.LOGIN_SPELLING),
        (replace(NEW, login="x"), "login", PeopleProblem.LOGIN_SPELLING),
        (replace(NEW, login="a\x00b"), "login", FieldProblem.NOT_TEXT),
        (replace(NEW, login=""), "login", FieldProblem.REQUIRED),
        (replace(NEW, name=" "), "name", FieldProblem.REQUIRED),
        (replace(NEW, name="x" * 201), "name", FieldProblem.TOO_LONG),
        (replace(NEW, email="nobody"), "email", PeopleProblem.EMAIL_SPELLING),
        (replace(NEW, email="a@b.c\r\nBcc: x@y.z"), "email", PeopleProblem.EMAIL_SPELLING),
        (replace(NEW, organization_id=999), "organization_id", PeopleProblem.NOT_KNOWN),
        (replace(NEW, password="123456789"), "password", PeopleProblem.PASSWORD_TOO_SHORT),
        (replace(NEW, password="x" * 201), "password", PeopleProblem.PASSWORD_TOO_LONG),
        (
            replace(NEW, login="long.login.name", password="Long.Login.Name"),
            "password",
            PeopleProblem.PASSWORD_IS_LOGIN,
        ),
    ],
)
def test_what_cannot_be_is_told_by_field(
    session: Session, moment: Moment, command: CreatePerson, field: str, problem: object
) -> None:
    assert _refused(session, command, moment) == {field: problem}


def test_everything_that_is_wrong_is_told_at_once(session: Session, moment: Moment) -> None:
    command = replace(NEW, login="", name="", password="", email="x")

    assert set(_refused(session, command, moment)) == {"login", "name", "password", "email"}


def test_a_change_is_recorded_with_old_and_new(session: Session, scene: Scene, moment: Moment) -> None:
    with unit_of_work(session):
        command = ChangePerson(person_id=scene.people["secretary"], name="新名字", organization_id=0)
        person = change_person(session, command, actor=OPERATOR, moment=moment)
    assert (person.name, person.organization_id) == ("新名字", None)
    last = session.scalars(select(AdministrationEvent).order_by(AdministrationEvent.seq.desc()).limit(1)).one()
    assert '"name":["委员会秘书","新名字"]' in last.params


def test_a_change_of_nothing_is_not_recorded(session: Session, scene: Scene, moment: Moment) -> None:
    before = _recorded(session)
    with unit_of_work(session):
        command = ChangePerson(person_id=scene.people["secretary"], name="委员会秘书")
        change_person(session, command, actor=OPERATOR, moment=moment)

    assert _recorded(session) == before


def test_who_left_is_no_actor_any_more_and_can_come_back(session: Session, scene: Scene, moment: Moment) -> None:
    identity = scene.people["secretary"]
    with unit_of_work(session):
        set_active(session, SetActive(person_id=identity, active=False), actor=OPERATOR, moment=moment)
    with pytest.raises(NotFound):
        actor_of(session, identity, moment.day)
    with unit_of_work(session):
        set_active(session, SetActive(person_id=identity, active=True), actor=OPERATOR, moment=moment)

    assert actor_of(session, identity, moment.day).grants
    assert session.get_one(Person, identity).session_epoch == 2


def test_the_last_administrator_stays(session: Session, scene: Scene, moment: Moment) -> None:
    command = SetActive(person_id=scene.people["administrator"], active=False)
    with pytest.raises(Invalid, match="last_administrator"), unit_of_work(session):
        set_active(session, command, actor=OPERATOR, moment=moment)


@pytest.mark.parametrize(
    ("login", "present", "expected"),
    [
        ("secretary", PASSWORD, None),
        ("secretary", "not the present one", Invalid),
        ("administrator", "", None),
        ("chair", PASSWORD, Forbidden),
    ],
)
def test_a_password_is_changed_by_its_owner_or_the_administrator(
    session: Session,
    scene: Scene,
    moment: Moment,
    login: str,
    present: str,
    expected: type[StandardsError] | None,
) -> None:
    person_id = scene.people["secretary"]
    command = SetPassword(person_id=person_id, password="quite another sentence", present_password=present)
    actor = scene.actor(session, login, moment)
    if expected is not None:
        with pytest.raises(expected), unit_of_work(session):
            set_password(session, command, actor=actor, moment=moment)
        return
    with unit_of_work(session):
        person = set_password(session, command, actor=actor, moment=moment)
    assert people.matches(person.password_hash, "quite another sentence")
    assert _recorded(session)[-1] == "password_set"


def test_a_password_is_the_same_however_its_characters_are_composed() -> None:
    kept = people.hash_of("caf\u00e9 au lait")

    assert people.matches(kept, "cafe\u0301 au lait")
    assert not people.matches(kept, "cafe au lait")


def test_every_problem_has_words() -> None:
    assert set(SENTENCES[PeopleProblem]) == set(PeopleProblem)
