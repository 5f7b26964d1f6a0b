"""A deputy acts in the roles of somebody else for some days, and both names are recorded."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid, NotFound, TransitionRefused
from standards_wf.models.deputies import Deputyship
from standards_wf.models.history import AdministrationEvent, LifecycleEvent
from standards_wf.models.people import Person, RoleGrant
from standards_wf.services.access import actor_of, parties_of
from standards_wf.services.administration import EndGrant, GrantRole, end_grant, grant_role
from standards_wf.services.audit import verify
from standards_wf.services.ballots import CastVote, cast_vote
from standards_wf.services.deputies import LONGEST, NameDeputy, name_deputy, revoke_deputy
from standards_wf.services.deputy_problems import DeputyProblem
from standards_wf.services.holders import held_roles
from standards_wf.services.people import OPERATOR, SetActive, set_active
from standards_wf.services.reading.deputies import deputies_of
from standards_wf.services.reading.events import events_of
from standards_wf.services.reading.histories import history_of
from standards_wf.services.record import hash_of_event
from standards_wf.services.saying import say
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import Action, Kind, Position, Role, Stage
from tests.services.cases import Case, act, make_case, project_of
from tests.services.doing import days_later, do
from tests.services.situations import name_drafter, opened_ballot
from tests.support.scene import Scene


def _login(session: Session, person_id: int) -> str:
    return session.get_one(Person, person_id).login


def _lend(
    session: Session, principal: int, deputy: int, moment: Moment, *, days: int = 5, grant_id: int | None = None
) -> Deputyship:
    """Somebody names a deputy for the days from today on."""
    command = NameDeputy(
        principal_id=principal,
        login=_login(session, deputy),
        valid_from=moment.day,
        valid_to=moment.day + timedelta(days=days - 1),
        grant_id=grant_id,
    )
    return act(session, name_deputy, command, person=principal, moment=moment)


def _roles(session: Session, case: Case, person: int, moment: Moment) -> frozenset[Role]:
    return actor_of(session, person, moment.day).roles_in(parties_of(session, project_of(session, case)))


@pytest.fixture
def case(session: Session, moment: Moment) -> Case:
    return make_case(session, moment, stage=Stage.APPROVAL)


def test_a_deputy_acts_in_the_role_of_the_principal_and_both_are_recorded(
    session: Session, case: Case, moment: Moment
) -> None:
    with pytest.raises(NotFound):
        do(session, case, Action.REFUSE_APPROVAL, case.stranger, moment)
    _lend(session, case.authority, case.stranger, moment)
    event = do(session, case, Action.RETURN_SUBMISSION, case.stranger, moment)

    assert (event.actor_id, event.on_behalf_of_id, event.actor_role) == (case.stranger, case.authority, Role.AUTHORITY)
    deputy, principal = (session.get_one(Person, person).name for person in (case.stranger, case.authority))
    assert f"{deputy}（代理{principal}" in history_of(session, case.project_id, Kind.LOCAL_STANDARD).rows[0].actor
    told = events_of(session, case.project_id, actor_of(session, case.authority, moment.day), page=1, per_page=9)
    assert (told.rows[-1].actor, told.rows[-1].on_behalf_of) == (deputy, principal)
    assert verify(session).is_whole


def test_for_whom_a_deputy_acted_is_under_the_hash(session: Session, case: Case, moment: Moment) -> None:
    _lend(session, case.authority, case.stranger, moment)
    event = do(session, case, Action.RETURN_SUBMISSION, case.stranger, moment)
    session.expunge(event)
    assert hash_of_event(event) == event.hash
    for other in (None, case.department):
        event.on_behalf_of_id = other
        assert hash_of_event(event) != event.hash


def test_a_role_that_a_deputy_grants_names_both(session: Session, case: Case, moment: Moment) -> None:
    _lend(session, case.secretary, case.stranger, moment)
    for grantor, principal in ((case.stranger, case.secretary), (case.secretary, None)):
        command = GrantRole(person_id=grantor, role=Role.INVITED_EXPERT, project_id=case.project_id)
        act(session, grant_role, command, person=grantor, moment=moment)
        latest = select(AdministrationEvent).order_by(AdministrationEvent.seq.desc()).limit(1)
        recorded = session.scalars(latest).one()
        assert recorded.actor_id == grantor
        assert json.loads(recorded.params).get("on_behalf_of") == principal


def test_who_acts_for_himself_bears_no_second_name(session: Session, case: Case, moment: Moment) -> None:
    _lend(session, case.authority, case.stranger, moment)
    assert do(session, case, Action.RETURN_SUBMISSION, case.authority, moment).on_behalf_of_id is None


def test_an_own_role_comes_before_one_that_is_lent(session: Session, case: Case, moment: Moment) -> None:
    authority = project_of(session, case).authority_id
    command = GrantRole(person_id=case.stranger, role=Role.AUTHORITY, organization_id=authority)
    act(session, grant_role, command, person=OPERATOR, moment=moment)
    _lend(session, case.authority, case.stranger, moment)
    assert do(session, case, Action.RETURN_SUBMISSION, case.stranger, moment).on_behalf_of_id is None


@pytest.mark.parametrize(("days", "acts"), [(-1, False), (0, True), (4, True), (5, False)])
def test_a_deputyship_counts_from_its_first_day_to_its_last(
    session: Session, case: Case, moment: Moment, days: int, *, acts: bool
) -> None:
    _lend(session, case.authority, case.stranger, moment, days=5)
    assert (Role.AUTHORITY in _roles(session, case, case.stranger, days_later(moment, days))) is acts


def test_a_revoked_deputy_acts_no_more(session: Session, case: Case, moment: Moment) -> None:
    named = _lend(session, case.authority, case.stranger, moment)
    with unit_of_work(session):
        revoke_deputy(session, named.id, actor=actor_of(session, case.authority, moment.day), moment=moment)
    assert Role.AUTHORITY not in _roles(session, case, case.stranger, moment)
    with pytest.raises(Invalid), unit_of_work(session):
        revoke_deputy(session, named.id, actor=actor_of(session, case.authority, moment.day), moment=moment)
    recorded = session.scalars(select(AdministrationEvent.action).order_by(AdministrationEvent.seq)).all()
    assert recorded[-2:] == ["deputy_named", "deputy_revoked"]


def test_nobody_gains_from_a_principal_who_was_locked_out(session: Session, case: Case, moment: Moment) -> None:
    _lend(session, case.authority, case.stranger, moment)
    act(session, set_active, SetActive(person_id=case.authority, active=False), person=OPERATOR, moment=moment)
    assert _roles(session, case, case.stranger, moment) == {Role.PUBLIC}


def test_nobody_gains_from_a_role_that_has_ended(session: Session, case: Case, moment: Moment) -> None:
    _lend(session, case.authority, case.stranger, moment)
    grant = session.scalars(select(RoleGrant).where(RoleGrant.person_id == case.authority)).one()
    act(session, end_grant, EndGrant(grant_id=grant.id, last_day=moment.day), person=OPERATOR, moment=moment)
    assert Role.AUTHORITY in _roles(session, case, case.stranger, moment)
    assert Role.AUTHORITY not in _roles(session, case, case.stranger, days_later(moment, 1))


def test_a_deputy_lends_nothing_on(session: Session, case: Case, moment: Moment) -> None:
    _lend(session, case.authority, case.department, moment)
    _lend(session, case.department, case.stranger, moment)
    assert _roles(session, case, case.department, moment) >= {Role.AUTHORITY, Role.COMPETENT_DEPARTMENT}
    assert _roles(session, case, case.stranger, moment) == {Role.COMPETENT_DEPARTMENT, Role.PUBLIC}


def test_of_two_roles_one_alone_can_be_lent(session: Session, case: Case, moment: Moment) -> None:
    authority = project_of(session, case).authority_id
    second = GrantRole(person_id=case.department, role=Role.AUTHORITY, organization_id=authority)
    granted = act(session, grant_role, second, person=OPERATOR, moment=moment)
    _lend(session, case.department, case.stranger, moment, grant_id=granted.id)
    assert _roles(session, case, case.stranger, moment) == {Role.AUTHORITY, Role.PUBLIC}


def test_the_role_of_the_administrator_is_not_lent(session: Session, scene: Scene, moment: Moment) -> None:
    administrator, citizen = scene.people["administrator"], scene.people["citizen"]
    with pytest.raises(Invalid) as refused:
        _lend(session, administrator, citizen, moment)
    assert refused.value.fields["grant_id"].code is DeputyProblem.NOTHING_TO_LEND
    grant = GrantRole(person_id=administrator, role=Role.AUTHORITY, organization_id=scene.organizations["authority"])
    act(session, grant_role, grant, person=OPERATOR, moment=moment)
    _lend(session, administrator, citizen, moment)
    deputy = actor_of(session, citizen, moment.day)
    assert {grant.role for grant in deputy.grants} == {Role.AUTHORITY}
    assert not deputy.is_administrator


def test_a_vote_is_personal(session: Session, moment: Moment) -> None:
    case, ballot = opened_ballot(session, moment)
    member = case.members[0]
    _lend(session, member, case.stranger, moment)
    assert Role.COMMITTEE_MEMBER in _roles(session, case, case.stranger, moment)
    with pytest.raises(Forbidden):
        act(session, cast_vote, CastVote(ballot_id=ballot, position=Position.FOR), person=case.stranger, moment=moment)
    act(session, cast_vote, CastVote(ballot_id=ballot, position=Position.FOR), person=member, moment=moment)


def test_a_listed_voter_whose_term_is_over_does_not_vote_with_a_lent_seat(session: Session, moment: Moment) -> None:
    case, ballot = opened_ballot(session, moment)
    former, member = case.members[:2]
    grant = session.scalars(select(RoleGrant).where(RoleGrant.person_id == former)).one()
    act(session, end_grant, EndGrant(grant_id=grant.id), person=OPERATOR, moment=moment)
    _lend(session, member, former, moment)
    with pytest.raises(Forbidden) as refused:
        act(session, cast_vote, CastVote(ballot_id=ballot, position=Position.FOR), person=former, moment=moment)
    assert refused.value.reason.code is RefusalCode.ROLE_REQUIRED


def test_neither_the_deputy_nor_the_principal_decides_on_an_own_draft(
    session: Session, case: Case, moment: Moment
) -> None:
    _lend(session, case.authority, case.stranger, moment)
    name_drafter(session, case, case.authority)
    with pytest.raises(TransitionRefused) as refused:
        do(session, case, Action.REFUSE_APPROVAL, case.stranger, moment)
    assert [each.code for each in refused.value.refusals] == [RefusalCode.PRINCIPALS_DRAFT]


def test_messages_to_the_principal_reach_the_deputy_too(session: Session, case: Case, moment: Moment) -> None:
    parties = parties_of(session, project_of(session, case))
    roles = frozenset({Role.AUTHORITY})
    assert case.stranger not in held_roles(session, parties, roles, moment.day)
    _lend(session, case.authority, case.stranger, moment, days=1)
    assert case.stranger in held_roles(session, parties, roles, moment.day)
    assert case.stranger not in held_roles(session, parties, roles, days_later(moment, 1).day)


@pytest.mark.parametrize(
    ("first", "last", "field", "code"),
    [
        (-1, 3, "valid_from", DeputyProblem.BEGINS_IN_THE_PAST),
        (2, 1, "valid_to", DeputyProblem.ENDS_BEFORE_IT_BEGINS),
        (0, LONGEST, "valid_to", DeputyProblem.TOO_LONG_A_PERIOD),
    ],
)
def test_the_days_of_a_deputyship_must_make_sense(
    session: Session, case: Case, moment: Moment, first: int, last: int, field: str, code: DeputyProblem
) -> None:
    command = NameDeputy(
        principal_id=case.authority,
        login=_login(session, case.stranger),
        valid_from=moment.day + timedelta(days=first),
        valid_to=moment.day + timedelta(days=last),
    )
    with pytest.raises(Invalid) as refused:
        act(session, name_deputy, command, person=case.authority, moment=moment)
    assert [(name, told.code) for name, told in refused.value.fields.items()] == [(field, code)]
    assert say(refused.value.fields[field]).endswith("。")
    longest = replace(command, valid_from=moment.day, valid_to=moment.day + timedelta(days=LONGEST - 1))
    act(session, name_deputy, longest, person=case.authority, moment=moment)


def test_only_oneself_or_an_administrator_names_a_deputy(
    session: Session, scene: Scene, case: Case, moment: Moment
) -> None:
    command = NameDeputy(
        principal_id=case.authority,
        login=_login(session, case.stranger),
        valid_from=moment.day,
        valid_to=moment.day,
    )
    for other in (case.stranger, case.department):
        with pytest.raises(Forbidden):
            act(session, name_deputy, command, person=other, moment=moment)
    named = act(session, name_deputy, command, person=scene.people["administrator"], moment=moment)
    assert (named.principal_id, named.named_by_id) == (case.authority, scene.people["administrator"])


def test_nobody_revokes_what_is_between_others(session: Session, case: Case, moment: Moment) -> None:
    named = _lend(session, case.authority, case.stranger, moment)
    for actor in (actor_of(session, case.department, moment.day), Actor()):
        with pytest.raises(NotFound), unit_of_work(session):
            revoke_deputy(session, named.id, actor=actor, moment=moment)
    with unit_of_work(session):
        revoke_deputy(session, named.id, actor=actor_of(session, case.stranger, moment.day), moment=moment)


@pytest.mark.parametrize(
    ("login", "code"),
    [("nobody.here", DeputyProblem.NO_SUCH_PERSON), ("", None), (None, DeputyProblem.OF_ONESELF)],
)
def test_a_deputy_is_somebody_else_who_can_log_in(
    session: Session, case: Case, moment: Moment, login: str | None, code: DeputyProblem | None
) -> None:
    given = _login(session, case.authority) if login is None else login
    command = NameDeputy(principal_id=case.authority, login=given, valid_from=moment.day, valid_to=moment.day)
    with pytest.raises(Invalid) as refused:
        act(session, name_deputy, command, person=case.authority, moment=moment)
    assert code in {None, refused.value.fields["login"].code}


def test_the_same_deputy_is_not_named_twice_for_the_same_days(session: Session, case: Case, moment: Moment) -> None:
    _lend(session, case.authority, case.stranger, moment, days=3)
    with pytest.raises(Invalid) as refused:
        _lend(session, case.authority, case.stranger, days_later(moment, 2))
    assert refused.value.fields["login"].code is DeputyProblem.NAMED_ALREADY
    _lend(session, case.authority, case.stranger, days_later(moment, 3))


def test_the_account_shows_both_sides_of_a_deputyship(session: Session, case: Case, moment: Moment) -> None:
    _lend(session, case.authority, case.stranger, moment, days=2)
    (given,) = deputies_of(session, case.authority, moment.day).for_me
    (held,) = deputies_of(session, case.stranger, moment.day).by_me
    assert given == held
    assert (given.role, given.begun, given.over) == (None, True, False)
    assert deputies_of(session, case.authority, days_later(moment, 2).day).for_me[0].over
    assert (
        session.scalar(select(LifecycleEvent.on_behalf_of_id).where(LifecycleEvent.on_behalf_of_id.is_not(None)))
        is None
    )
