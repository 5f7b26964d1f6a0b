from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid, NotFound
from standards_wf.models.people import ApiToken
from standards_wf.services.people import OPERATOR, SetActive, set_active
from standards_wf.services.tokens import CreateToken, NewToken, actor_of_token, create_token, revoke_token
from standards_wf.services.unit_of_work import unit_of_work
from tests.support.scene import Scene


def _token(
    session: Session, scene: Scene, moment: Moment, *, by: str = "secretary", days: int | None = None
) -> NewToken:
    expires_at = moment.at + timedelta(days=days) if days is not None else None
    with unit_of_work(session):
        return create_token(
            session,
            CreateToken(person_id=scene.people["secretary"], name="统计程序", expires_at=expires_at),
            actor=scene.actor(session, by, moment),
            moment=moment,
        )


@pytest.mark.parametrize("by", ["secretary", "administrator"])
def test_a_token_speaks_for_its_person_with_the_roles_of_today(
    session: Session, scene: Scene, moment: Moment, by: str
) -> None:
    token = _token(session, scene, moment, by=by)

    assert actor_of_token(session, token.secret, moment=moment) == scene.actor(session, "secretary", moment)
    assert token.secret.startswith("swf_")
    assert token.secret not in session.get_one(ApiToken, token.id).token_hash


def test_nobody_makes_a_token_for_somebody_else(session: Session, scene: Scene, moment: Moment) -> None:
    with pytest.raises(Forbidden):
        _token(session, scene, moment, by="chair")


@pytest.mark.parametrize("secret", ["", "swf_", "swf_guess", "\x00", "\udce4", "x" * 10_000])
def test_a_guess_opens_nothing(session: Session, scene: Scene, moment: Moment, secret: str) -> None:
    _token(session, scene, moment)
    with pytest.raises(NotFound):
        actor_of_token(session, secret, moment=moment)


def test_a_revoked_token_is_silent_and_revoking_it_again_changes_nothing(
    session: Session, scene: Scene, moment: Moment
) -> None:
    token = _token(session, scene, moment)
    with pytest.raises(NotFound), unit_of_work(session):
        revoke_token(session, token.id, actor=scene.actor(session, "chair", moment), moment=moment)
    for _ in range(2):
        with unit_of_work(session):
            revoke_token(session, token.id, actor=scene.actor(session, "secretary", moment), moment=moment)

    with pytest.raises(NotFound):
        actor_of_token(session, token.secret, moment=moment)


def test_a_token_ends_on_its_day(session: Session, scene: Scene, moment: Moment) -> None:
    token = _token(session, scene, moment, days=2)

    assert actor_of_token(session, token.secret, moment=moment).person_id == scene.people["secretary"]
    with pytest.raises(NotFound):
        actor_of_token(session, token.secret, moment=Moment(moment.at + timedelta(days=2), moment.day))
    with pytest.raises(Invalid):
        _token(session, scene, moment, days=0)


def test_the_token_of_somebody_who_left_is_silent(session: Session, scene: Scene, moment: Moment) -> None:
    token = _token(session, scene, moment)
    with unit_of_work(session):
        set_active(session, SetActive(person_id=scene.people["secretary"], active=False), actor=OPERATOR, moment=moment)

    with pytest.raises(NotFound):
        actor_of_token(session, token.secret, moment=moment)
