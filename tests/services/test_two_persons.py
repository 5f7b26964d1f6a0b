"""What takes two persons is prepared by one and done when another confirms it, whatever door it comes through."""

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, Invalid, NotFound, TransitionRefused
from standards_wf.models.documents import Publication
from standards_wf.models.history import AdministrationEvent, LifecycleEvent
from standards_wf.models.people import Person, RoleGrant
from standards_wf.models.prepared_acts import Outcome, PreparedAct
from standards_wf.services.administration import EndGrant, GrantRole, end_grant, grant_role
from standards_wf.services.audit import verify
from standards_wf.services.deputies import NameDeputy, name_deputy
from standards_wf.services.lifecycle import CorrectStage, PerformAction, correct_stage, perform
from standards_wf.services.people import OPERATOR
from standards_wf.services.prepared_acts import (
    ConfirmPreparedAct,
    WithdrawPreparedAct,
    confirm_prepared_act,
    withdraw_prepared_act,
)
from standards_wf.services.reading.histories import history_of
from standards_wf.services.two_person_problems import TwoPersonProblem
from standards_wf.services.two_persons import (
    DAYS,
    MAX_DAYS,
    TAKE_TWO,
    ChangeTwoPersonRule,
    State,
    change_two_person_rule,
    state_of,
    two_person_rules,
)
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import Action, Event, Kind, Role, Stage
from tests.services.cases import Case, act, make_case, project_of
from tests.services.doing import days_later, do, everything, ready_to_publish
from tests.services.situations import name_drafter, version_of
from tests.support.scene import Scene

EVERYTHING = frozenset(each.value for each in TAKE_TWO)


@pytest.fixture
def two_are_needed(session: Session, moment: Moment) -> None:
    command = ChangeTwoPersonRule(acts=EVERYTHING, days=DAYS)
    act(session, change_two_person_rule, command, person=OPERATOR, moment=moment)


@pytest.fixture
def case(session: Session, moment: Moment, two_are_needed: None) -> Case:  # noqa: ARG001  # it switches the rule on
    return ready_to_publish(session, moment)


@pytest.fixture
def second(session: Session, case: Case, moment: Moment) -> int:
    """Somebody else who may publish."""
    return _also_authority(session, case, case.stranger, moment)


def _also_authority(session: Session, case: Case, person: int, moment: Moment) -> int:
    authority = project_of(session, case).authority_id
    command = GrantRole(person_id=person, role=Role.AUTHORITY, organization_id=authority)
    act(session, grant_role, command, person=OPERATOR, moment=moment)
    return person


def _confirm(session: Session, case: Case, person: int, moment: Moment, number: int = 1) -> LifecycleEvent:
    command = ConfirmPreparedAct(project_id=case.project_id, number=number)
    return act(session, confirm_prepared_act, command, person=person, moment=moment)


def _prepared(session: Session, case: Case, number: int = 1) -> PreparedAct:
    asked = select(PreparedAct).where(PreparedAct.project_id == case.project_id, PreparedAct.number == number)
    return session.scalars(asked.execution_options(populate_existing=True)).one()


def test_without_a_choice_one_person_is_enough(session: Session, moment: Moment) -> None:
    case = ready_to_publish(session, moment)
    assert not any(rule.is_on for rule in two_person_rules(session))
    assert do(session, case, Action.PUBLISH, case.authority, moment).action == Action.PUBLISH


def test_the_first_person_prepares_and_the_second_publishes(
    session: Session, case: Case, second: int, moment: Moment
) -> None:
    event = do(session, case, Action.PUBLISH, case.authority, moment, note="按时发布")
    assert (event.action, event.to_stage) == (Event.ACT_PREPARED, Stage.APPROVAL)
    assert "事项：批准发布；" in history_of(session, case.project_id, Kind.LOCAL_STANDARD).rows[0].text
    assert session.get_one(Publication, case.project_id).published_at is None
    assert _prepared(session, case).confirm_by == moment.day + timedelta(days=DAYS)

    done = _confirm(session, case, second, moment)
    assert (done.action, done.to_stage, done.note) == (Action.PUBLISH, Stage.PUBLISHED, "按时发布")
    assert done.actor_id == second
    first = session.get_one(Person, case.authority).name
    assert json.loads(done.params)["prepared_by"] == first
    assert session.get_one(Publication, case.project_id).published_at == moment.at
    assert _prepared(session, case).outcome is Outcome.CONFIRMED
    assert f"准备人：{first}" in history_of(session, case.project_id, Kind.LOCAL_STANDARD).rows[0].text
    assert verify(session).is_whole


@pytest.mark.usefixtures("two_are_needed")
def test_what_could_not_be_done_is_not_prepared(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, stage=Stage.APPROVAL)
    before = everything(session)
    with pytest.raises(TransitionRefused) as refused:
        do(session, case, Action.PUBLISH, case.authority, moment)
    assert RefusalCode.NUMBER_MISSING in {each.code for each in refused.value.refusals}
    assert everything(session) == before


def test_the_same_person_does_not_confirm(session: Session, case: Case, second: int, moment: Moment) -> None:
    do(session, case, Action.PUBLISH, case.authority, moment)
    before = everything(session)
    with pytest.raises(Forbidden) as refused:
        _confirm(session, case, case.authority, moment)
    assert refused.value.reason.code is TwoPersonProblem.SAME_PERSON
    assert everything(session) == before
    _confirm(session, case, second, moment)


def test_who_may_not_do_it_does_not_confirm_it(session: Session, case: Case, moment: Moment) -> None:
    do(session, case, Action.PUBLISH, case.authority, moment)
    with pytest.raises(TransitionRefused) as refused:
        _confirm(session, case, case.department, moment)
    assert [each.code for each in refused.value.refusals] == [RefusalCode.ROLE_REQUIRED]
    with pytest.raises(NotFound):
        _confirm(session, case, case.stranger, moment)


@pytest.mark.parametrize("direction", ["deputy of the first", "principal of the first"])
def test_neither_deputy_nor_principal_of_the_first_confirms(
    session: Session, case: Case, second: int, moment: Moment, direction: str
) -> None:
    one, other = (case.authority, second) if direction == "deputy of the first" else (second, case.authority)
    _lend(session, one, other, moment)
    do(session, case, Action.PUBLISH, case.authority, moment)
    with pytest.raises(Forbidden) as refused:
        _confirm(session, case, second, moment)
    assert refused.value.reason.code is TwoPersonProblem.STANDS_IN


def _lend(session: Session, principal: int, deputy: int, moment: Moment) -> None:
    login = session.get_one(Person, deputy).login
    command = NameDeputy(principal_id=principal, login=login, valid_from=moment.day, valid_to=moment.day)
    act(session, name_deputy, command, person=principal, moment=moment)


def test_who_acts_for_the_first_does_not_confirm_what_the_first_prepared(
    session: Session, case: Case, moment: Moment
) -> None:
    do(session, case, Action.PUBLISH, case.authority, moment)
    _lend(session, case.authority, case.department, moment)
    with pytest.raises(Forbidden) as refused:
        _confirm(session, case, case.department, moment)
    assert refused.value.reason.code is TwoPersonProblem.SAME_PERSON


def test_a_confirmer_who_drafted_is_in_conflict(session: Session, case: Case, second: int, moment: Moment) -> None:
    do(session, case, Action.PUBLISH, case.authority, moment)
    name_drafter(session, case, second)
    with pytest.raises(TransitionRefused) as refused:
        _confirm(session, case, second, moment)
    assert [each.code for each in refused.value.refusals] == [RefusalCode.OWN_DRAFT]


def test_it_falls_when_the_project_goes_on(session: Session, case: Case, second: int, moment: Moment) -> None:
    do(session, case, Action.PUBLISH, case.authority, moment)
    do(session, case, Action.RETURN_SUBMISSION, second, moment)
    with pytest.raises(TransitionRefused) as refused:
        _confirm(session, case, second, moment)
    assert [each.code for each in refused.value.refusals] == [TwoPersonProblem.FALLEN]
    assert state_of(_prepared(session, case), project_of(session, case), moment) is State.FALLEN


@pytest.mark.parametrize(("days", "state"), [(DAYS, State.OPEN), (DAYS + 1, State.EXPIRED)])
def test_it_can_be_confirmed_until_its_last_day(
    session: Session, case: Case, second: int, moment: Moment, days: int, state: State
) -> None:
    do(session, case, Action.PUBLISH, case.authority, moment)
    later = days_later(moment, days)
    assert state_of(_prepared(session, case), project_of(session, case), later) is state
    if state is State.EXPIRED:
        with pytest.raises(TransitionRefused) as refused:
            _confirm(session, case, second, later)
        assert [each.code for each in refused.value.refusals] == [TwoPersonProblem.EXPIRED]
        do(session, case, Action.PUBLISH, second, later)
        _confirm(session, case, case.authority, later, number=2)
    assert session.get_one(Publication, case.project_id, populate_existing=True).published_at in {None, later.at}


def test_it_is_not_prepared_twice(session: Session, case: Case, second: int, moment: Moment) -> None:
    do(session, case, Action.PUBLISH, case.authority, moment)
    for person in (case.authority, second):
        with pytest.raises(TransitionRefused) as refused:
            do(session, case, Action.PUBLISH, person, moment)
        assert [each.code for each in refused.value.refusals] == [TwoPersonProblem.PREPARED_ALREADY]


@pytest.mark.parametrize("who", ["the first", "the second"])
def test_what_was_withdrawn_is_not_confirmed(
    session: Session, case: Case, second: int, moment: Moment, who: str
) -> None:
    do(session, case, Action.PUBLISH, case.authority, moment)
    command = WithdrawPreparedAct(project_id=case.project_id, number=1, note="日期有误")
    with pytest.raises(Forbidden):
        act(session, withdraw_prepared_act, command, person=case.department, moment=moment)
    person = case.authority if who == "the first" else second
    event = act(session, withdraw_prepared_act, command, person=person, moment=moment)
    assert (event.action, event.note) == (Event.PREPARED_ACT_WITHDRAWN, "日期有误")
    with pytest.raises(TransitionRefused) as refused:
        _confirm(session, case, second, moment)
    assert [each.code for each in refused.value.refusals] == [TwoPersonProblem.WITHDRAWN_ALREADY]


def test_what_is_confirmed_is_done_once(session: Session, case: Case, second: int, moment: Moment) -> None:
    do(session, case, Action.PUBLISH, case.authority, moment)
    _confirm(session, case, second, moment)
    with pytest.raises(TransitionRefused) as refused:
        _confirm(session, case, second, moment)
    assert [each.code for each in refused.value.refusals] == [TwoPersonProblem.CONFIRMED_ALREADY]


def test_nobody_confirms_what_is_not_there_or_is_another_act(
    session: Session, case: Case, second: int, moment: Moment
) -> None:
    do(session, case, Action.PUBLISH, case.authority, moment)
    with pytest.raises(NotFound):
        _confirm(session, case, second, moment, number=2)
    command = PerformAction(project_id=case.project_id, action=Action.REFUSE_APPROVAL, confirms=1)
    with pytest.raises(TransitionRefused) as refused:
        act(session, perform, command, person=second, moment=moment)
    assert [each.code for each in refused.value.refusals] == [TwoPersonProblem.ANOTHER_ACT]


def test_a_stale_page_does_not_confirm(session: Session, case: Case, second: int, moment: Moment) -> None:
    seen = version_of(session, case)
    do(session, case, Action.PUBLISH, case.authority, moment)
    command = ConfirmPreparedAct(project_id=case.project_id, number=1, expected_version=seen)
    with pytest.raises(EditConflict):
        act(session, confirm_prepared_act, command, person=second, moment=moment)


def test_guards_are_asked_again_when_the_second_confirms(
    session: Session, case: Case, second: int, moment: Moment
) -> None:
    do(session, case, Action.PUBLISH, case.authority, moment)
    grant = session.scalars(select(RoleGrant).where(RoleGrant.person_id == second, RoleGrant.role == Role.AUTHORITY))
    act(session, end_grant, EndGrant(grant_id=grant.one().id), person=OPERATOR, moment=moment)
    with pytest.raises(NotFound):
        _confirm(session, case, second, moment)


def test_a_correction_of_the_stage_takes_two_administrators(
    session: Session, scene: Scene, case: Case, moment: Moment
) -> None:
    first, second = scene.people["administrator"], scene.people["citizen"]
    grant = GrantRole(person_id=second, role=Role.ADMINISTRATOR)
    act(session, grant_role, grant, person=OPERATOR, moment=moment)
    command = CorrectStage(project_id=case.project_id, stage=Stage.DRAFTING, note="登记有误")
    assert act(session, correct_stage, command, person=first, moment=moment).action == Event.ACT_PREPARED
    assert project_of(session, case).stage is Stage.APPROVAL
    with pytest.raises(Forbidden):
        _confirm(session, case, first, moment)
    event = _confirm(session, case, second, moment)
    assert (event.action, event.to_stage, event.note) == (Event.STAGE_CORRECTED, Stage.DRAFTING, "登记有误")
    told = [row.text for row in history_of(session, case.project_id, Kind.LOCAL_STANDARD).rows]
    assert "事项：人工更正阶段；" in told[1]
    assert "更正为：起草" in told[1]


def test_who_has_no_name_counts_for_nobody(session: Session, case: Case, moment: Moment) -> None:
    command = CorrectStage(project_id=case.project_id, stage=Stage.DRAFTING, note="登记有误")
    with pytest.raises(Forbidden) as refused:
        act(session, correct_stage, command, person=OPERATOR, moment=moment)
    assert refused.value.reason.code is TwoPersonProblem.NAMELESS


def test_other_acts_need_one_person_still(session: Session, case: Case, moment: Moment) -> None:
    assert do(session, case, Action.RETURN_SUBMISSION, case.authority, moment).action == Action.RETURN_SUBMISSION


def test_switching_the_rule_is_recorded_once(session: Session, moment: Moment) -> None:
    command = ChangeTwoPersonRule(acts=frozenset({Action.PUBLISH.value}), days=DAYS)
    for _ in range(2):
        act(session, change_two_person_rule, command, person=OPERATOR, moment=moment)
    assert [(rule.act, rule.is_on) for rule in two_person_rules(session)] == [
        (Action.PUBLISH, True),
        (Action.ABOLISH, False),
        (Event.STAGE_CORRECTED, False),
    ]
    recorded = session.scalars(
        select(AdministrationEvent).where(AdministrationEvent.action == "two_person_rule_changed")
    ).all()
    assert [(row.subject, json.loads(row.params)["is_on"]) for row in recorded] == [("publish", [False, True])]


@pytest.mark.parametrize("days", [0, MAX_DAYS + 1])
def test_the_days_of_the_rule_are_bounded(session: Session, moment: Moment, days: int) -> None:
    for given, passes in ((days, False), (min(max(days, 1), MAX_DAYS), True)):
        command = ChangeTwoPersonRule(acts=EVERYTHING, days=given)
        if passes:
            act(session, change_two_person_rule, command, person=OPERATOR, moment=moment)
        else:
            with pytest.raises(Invalid):
                act(session, change_two_person_rule, command, person=OPERATOR, moment=moment)


def test_only_an_administrator_switches_the_rule(session: Session, case: Case, moment: Moment) -> None:
    command = ChangeTwoPersonRule(acts=frozenset(), days=DAYS)
    with pytest.raises(Forbidden):
        act(session, change_two_person_rule, command, person=case.authority, moment=moment)
