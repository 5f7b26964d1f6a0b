"""The ballot: who may vote, how often, when it closes, and how it is counted."""

import hashlib
import json
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, Invalid, NotFound
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.people import RoleGrant
from standards_wf.models.reviews import Ballot, BallotVoter, Vote
from standards_wf.services.access import actor_of
from standards_wf.services.ballots import (
    CastVote,
    CloseBallot,
    OpenBallot,
    Tally,
    cast_vote,
    close_ballot,
    open_ballot,
    tally_of,
)
from standards_wf.services.problems import Exclusion, ReviewProblem
from standards_wf.services.reading.reviews import review_of
from standards_wf.services.record import Happening, append
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import Actor, Parties, ProjectFacts, ReviewFacts, ScopeKind
from standards_wf.workflow.guards.review import approved_by_vote, quorum_met
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.rules import default_rules
from standards_wf.workflow.vocabulary import DraftStage, Event, Kind, Position, Role, Stage
from tests.services.cases import Case, act, make_case, project_of
from tests.services.situations import attach_text, name_drafter


def later(moment: Moment, days: int) -> Moment:
    return Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))


def opened(
    session: Session, case: Case, moment: Moment, *, days: int = 10, voters: tuple[int, ...] | None = None
) -> Ballot:
    command = OpenBallot(project_id=case.project_id, closes_on=moment.day + timedelta(days=days), voters=voters)
    return act(session, open_ballot, command, person=case.secretary, moment=moment)


def listed(session: Session, ballot: Ballot) -> dict[int, BallotVoter]:
    rows = session.scalars(select(BallotVoter).where(BallotVoter.ballot_id == ballot.id))
    return {row.person_id: row for row in rows}


def grant(session: Session, case: Case, person: int, role: Role, moment: Moment) -> None:
    with unit_of_work(session):
        session.add(
            RoleGrant(
                person_id=person,
                role=role,
                scope=ScopeKind.PROJECT,
                project_id=case.project_id,
                valid_from=date(2020, 1, 1),
                valid_to=date(2024, 12, 31) if role is Role.DRAFTER else None,
                granted_at=moment.at,
            )
        )


@pytest.mark.parametrize("how", ["named", "in the role", "brought a version"])
def test_whoever_becomes_a_drafter_while_the_ballot_runs_votes_no_more(
    session: Session, moment: Moment, how: str
) -> None:
    case = make_case(session, moment)
    ballot = opened(session, case, moment)
    member, other = case.members[:2]
    if how == "named":
        name_drafter(session, case, member)
    elif how == "in the role":
        grant(session, case, member, Role.DRAFTER, moment)
    else:
        with unit_of_work(session):
            project = project_of(session, case)
            brought = Happening(action=Event.DRAFT_ATTACHED, role=Role.DRAFTER, to_stage=project.stage)
            event = append(session, project, brought, actor=Actor(person_id=member), moment=moment)
            attach_text(session, case.project_id, moment, DraftStage.WORKING, at_seq=event.seq)
    assert listed(session, ballot)[member].entitled

    with pytest.raises(Forbidden) as refused:
        act(session, cast_vote, CastVote(ballot_id=ballot.id, position=Position.FOR), person=member, moment=moment)
    assert refused.value.reason == Refusal(ReviewProblem.NO_VOTE, exclusion=Exclusion.DRAFTER.value)
    page = review_of(session, case.project_id, actor_of(session, member, moment.day), moment)
    assert (page.may_vote, page.own_voter is not None) == (False, True)
    assert review_of(session, case.project_id, actor_of(session, other, moment.day), moment).may_vote
    act(session, cast_vote, CastVote(ballot_id=ballot.id, position=Position.FOR), person=other, moment=moment)


def test_a_secretary_who_hands_a_version_in_has_not_drafted_it(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    with unit_of_work(session):
        project = project_of(session, case)
        brought = Happening(action=Event.DRAFT_ATTACHED, role=Role.COMMITTEE_SECRETARY, to_stage=project.stage)
        event = append(session, project, brought, actor=Actor(person_id=case.chair), moment=moment)
        attach_text(session, case.project_id, moment, DraftStage.WORKING, at_seq=event.seq)
    assert listed(session, opened(session, case, moment))[case.chair].entitled


def test_chair_and_members_of_the_committee_are_the_list_unless_another_one_is_given(
    session: Session, moment: Moment
) -> None:
    case = make_case(session, moment)
    ballot = opened(session, case, moment)
    assert set(listed(session, ballot)) == {case.chair, *case.members}
    assert all(voter.entitled for voter in listed(session, ballot).values())


def test_a_given_list_is_taken_and_an_invited_expert_on_it_has_no_vote(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    voters = listed(session, opened(session, case, moment, voters=(*case.members[:3], case.invited)))
    assert {person for person, voter in voters.items() if voter.entitled} == set(case.members[:3])
    assert voters[case.invited].exclusion == Exclusion.INVITED_EXPERT


def test_somebody_from_outside_cannot_be_put_on_the_list(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    with pytest.raises(Invalid) as told:
        opened(session, case, moment, voters=(case.chair, case.stranger, 987654))
    refusal = told.value.fields["voters"]
    assert refusal.code is ReviewProblem.NOT_OF_THE_COMMITTEE
    assert set(refusal.params["names"]) == {"#987654", f"stranger {_number(session, case)}"}  # type: ignore[call-overload]


def _number(session: Session, case: Case) -> str:
    return project_of(session, case).title_zh.strip("第个项目")


def test_a_member_who_drafted_the_text_is_listed_without_a_vote_even_when_that_term_has_ended(
    session: Session, moment: Moment
) -> None:
    case = make_case(session, moment)
    grant(session, case, case.members[2], Role.DRAFTER, moment)
    voters = listed(session, opened(session, case, moment))
    assert (voters[case.members[2]].exclusion, voters[case.members[2]].is_drafter) == (Exclusion.DRAFTER, True)
    assert not any(voter.is_drafter for voter in voters.values() if voter.entitled)


def test_a_person_named_as_drafter_who_is_also_a_member_has_no_vote(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    grant(session, case, case.drafter, Role.COMMITTEE_MEMBER, moment)
    voters = listed(session, opened(session, case, moment))
    assert not voters[case.drafter].entitled


@pytest.mark.parametrize(
    ("kind", "from_unit", "places"),
    [
        (Kind.LOCAL_STANDARD, 2, 2),
        # 8 members and a chair: beside 5 others 1 of 6 may vote, because 2 of 7 are more than a quarter.
        (Kind.LOCAL_STANDARD, 4, 1),
        (Kind.LOCAL_STANDARD, 3, 2),
        (Kind.GROUP_STANDARD, 3, 0),
    ],
)
def test_no_more_from_the_drafting_unit_vote_than_the_share_allows(
    session: Session, moment: Moment, kind: Kind, from_unit: int, places: int
) -> None:
    case = make_case(session, moment, kind=kind, from_drafting_unit=from_unit)
    voters = listed(session, opened(session, case, moment))
    unit = case.members[:from_unit]
    assert all(voters[person].from_drafting_unit for person in unit)
    assert [voters[person].entitled for person in unit] == [True] * places + [False] * (from_unit - places)
    assert {voters[person].exclusion for person in unit[places:]} <= {Exclusion.DRAFTING_UNIT_SHARE}


def test_a_review_has_one_ballot(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    opened(session, case, moment)
    with pytest.raises(Invalid) as told:
        opened(session, case, moment)
    assert told.value.fields["ballot"].code is ReviewProblem.BALLOT_EXISTS


def test_a_ballot_needs_a_review_a_day_to_come_and_somebody_entitled(session: Session, moment: Moment) -> None:
    drafting = make_case(session, moment, stage=Stage.DRAFTING)
    with pytest.raises(Invalid) as told:
        opened(session, drafting, moment)
    assert told.value.fields["review"].code is ReviewProblem.NO_REVIEW_RUNS
    case = make_case(session, moment)
    with pytest.raises(Invalid) as told:
        opened(session, case, moment, days=-1, voters=(case.invited,))
    assert {name: refusal.code for name, refusal in told.value.fields.items()} == {
        "closes_on": ReviewProblem.DAY_HAS_PASSED,
        "voters": ReviewProblem.NO_VOTERS,
    }
    assert opened(session, case, moment, days=0).closes_on == moment.day


def test_only_the_secretary_opens_the_ballot_and_a_stranger_sees_no_project(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    command = OpenBallot(project_id=case.project_id, closes_on=moment.day)
    for person in (case.chair, case.department, case.drafter, case.invited, case.authority):
        with pytest.raises(Forbidden):
            act(session, open_ballot, command, person=person, moment=moment)
    with pytest.raises(NotFound):
        act(session, open_ballot, command, person=case.stranger, moment=moment)


def test_a_ballot_opened_from_a_stale_page_is_refused(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    seen = project_of(session, case).version
    command = OpenBallot(project_id=case.project_id, closes_on=moment.day, expected_version=seen - 1)
    with pytest.raises(EditConflict):
        act(session, open_ballot, command, person=case.secretary, moment=moment)
    act(session, open_ballot, replace(command, expected_version=seen), person=case.secretary, moment=moment)


def test_a_vote_is_cast_once_and_does_not_make_pages_stale(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    ballot = opened(session, case, moment)
    version = project_of(session, case).version
    command = CastVote(ballot_id=ballot.id, position=Position.FOR)
    act(session, cast_vote, command, person=case.chair, moment=moment)
    assert project_of(session, case).version == version
    with pytest.raises(Invalid) as told:
        act(session, cast_vote, replace(command, position=Position.ABSTAIN), person=case.chair, moment=moment)
    assert told.value.fields["position"].code is ReviewProblem.ALREADY_VOTED
    assert session.scalars(select(Vote.position)).all() == [Position.FOR]


def test_a_vote_against_needs_its_reason_which_the_history_does_not_tell(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    ballot = opened(session, case, moment)
    for reason, code in (("  ", ReviewProblem.REASON_FOR_AGAINST), ("no\x00", "not_text"), ("x" * 20_001, "too_long")):
        command = CastVote(ballot_id=ballot.id, position=Position.AGAINST, reason=reason)
        with pytest.raises(Invalid) as told:
            act(session, cast_vote, command, person=case.members[0], moment=moment)
        assert told.value.fields["reason"].code == code
    command = CastVote(ballot_id=ballot.id, position=Position.AGAINST, reason=" 限值过宽 ")
    assert act(session, cast_vote, command, person=case.members[0], moment=moment).reason == "限值过宽"
    event = session.scalars(select(LifecycleEvent).where(LifecycleEvent.action == "vote_cast")).one()
    told_of_it = json.loads(event.params)
    assert told_of_it.keys() == {"position", "review", "reason_sha256"}
    assert told_of_it["reason_sha256"] == hashlib.sha256("限值过宽".encode()).hexdigest()


def test_who_has_no_vote_is_told_why(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    grant(session, case, case.members[0], Role.DRAFTER, moment)
    ballot = opened(session, case, moment)
    command = CastVote(ballot_id=ballot.id, position=Position.FOR)
    with pytest.raises(Forbidden) as told:
        act(session, cast_vote, command, person=case.members[0], moment=moment)
    assert told.value.reason.params["exclusion"] == Exclusion.DRAFTER
    for person in (case.invited, case.secretary, case.department):
        with pytest.raises(Forbidden) as told:
            act(session, cast_vote, command, person=person, moment=moment)
        assert told.value.reason.code is ReviewProblem.NOT_ON_THE_LIST
    for nobody in (case.stranger, Actor()):
        with pytest.raises(NotFound):
            act(session, cast_vote, command, person=nobody, moment=moment)


def test_the_last_day_still_takes_votes_and_the_day_after_does_not(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    ballot = opened(session, case, moment, days=10)
    command = CastVote(ballot_id=ballot.id, position=Position.FOR)
    act(session, cast_vote, command, person=case.chair, moment=later(moment, 10))
    with pytest.raises(Invalid) as told:
        act(session, cast_vote, command, person=case.members[0], moment=later(moment, 11))
    assert told.value.fields["ballot"].code is ReviewProblem.VOTING_IS_OVER


def test_a_ballot_closes_when_all_have_voted_or_after_its_last_day(session: Session, moment: Moment) -> None:
    case = make_case(session, moment, members=1)
    ballot = opened(session, case, moment)
    vote, close = CastVote(ballot_id=ballot.id, position=Position.FOR), CloseBallot(ballot_id=ballot.id)
    act(session, cast_vote, vote, person=case.chair, moment=moment)
    with pytest.raises(Invalid) as told:
        act(session, close_ballot, close, person=case.secretary, moment=later(moment, 10))
    assert dict(told.value.fields["ballot"].params) == {"cast": 1, "entitled": 2, "closes_on": ballot.closes_on}
    act(session, cast_vote, replace(vote, position=Position.ABSTAIN), person=case.members[0], moment=moment)
    act(session, close_ballot, close, person=case.secretary, moment=later(moment, 1))
    with pytest.raises(Invalid) as told:
        act(session, close_ballot, close, person=case.secretary, moment=later(moment, 1))
    assert told.value.fields["ballot"].code is ReviewProblem.BALLOT_IS_CLOSED

    other = opened(session, second := make_case(session, moment), moment)
    closed = act(
        session, close_ballot, CloseBallot(ballot_id=other.id), person=second.secretary, moment=later(moment, 11)
    )
    assert closed.closed_at == later(moment, 11).at


def test_a_closed_ballot_takes_no_vote_before_its_last_day_either(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    ballot = opened(session, case, moment, voters=(case.chair, case.invited))
    vote = CastVote(ballot_id=ballot.id, position=Position.FOR)
    act(session, cast_vote, vote, person=case.chair, moment=moment)
    act(session, close_ballot, CloseBallot(ballot_id=ballot.id), person=case.secretary, moment=moment)
    with pytest.raises(Invalid) as told:
        act(session, cast_vote, vote, person=case.chair, moment=moment)
    assert told.value.fields["position"].code is ReviewProblem.ALREADY_VOTED


def test_a_ballot_is_counted_with_abstentions_as_votes_cast(session: Session, moment: Moment) -> None:
    case = make_case(session, moment)
    ballot = opened(session, case, moment)
    positions = [Position.FOR] * 4 + [Position.ABSTAIN, Position.AGAINST]
    for person, position in zip(case.members, positions, strict=False):
        vote = CastVote(ballot_id=ballot.id, position=position, reason="…")
        act(session, cast_vote, vote, person=person, moment=moment)
    tally = tally_of(session, ballot)
    assert (tally.entitled, tally.cast, tally.votes_for, tally.votes_against, tally.abstentions) == (9, 6, 4, 1, 1)
    assert (tally.cast_share, tally.for_share) == (Fraction(2, 3), Fraction(2, 3))
    assert (tally.quorum_met, tally.cast_needed) == (True, 6)
    assert (tally.approved, tally.for_needed) == (False, 5)


def test_the_tally_says_what_the_guards_of_the_procedure_say() -> None:
    rules = default_rules(Kind.LOCAL_STANDARD)
    for entitled in range(9):
        for cast in range(entitled + 1):
            for votes_for in range(cast + 1):
                tally = Tally(
                    entitled=entitled,
                    votes_for=votes_for,
                    votes_against=cast - votes_for,
                    abstentions=0,
                    quorum=rules.quorum,
                    approve=rules.approve,
                )
                facts = ProjectFacts(
                    kind=Kind.LOCAL_STANDARD,
                    stage=Stage.REVIEW,
                    today=date(2025, 6, 2),
                    rules=rules,
                    parties=Parties(project_id=1),
                    review=ReviewFacts(entitled=entitled, votes_cast=cast, votes_for=votes_for),
                )
                assert tally.quorum_met is (quorum_met(facts, Actor()) is None)
                assert tally.approved is (approved_by_vote(facts, Actor()) is None)
