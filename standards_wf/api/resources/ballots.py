"""The ballots of the reviews: opened, voted in, counted, closed; and the answers to objections."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from sqlalchemy import select

from standards_wf.api.answers import Listed
from standards_wf.api.endpoints import Call, IfMatch, endpoint
from standards_wf.api.values import Paging, checked_paging
from standards_wf.models.reviews import Vote
from standards_wf.services.ballots import CastVote, CloseBallot, OpenBallot, Tally, cast_vote, close_ballot, open_ballot
from standards_wf.services.reading.reviews import BallotShown, VoterShown, ballot_of, ballots_of
from standards_wf.services.reading.tallies import tally_sentence
from standards_wf.services.reviews import AnswerObjection, answer_objection
from standards_wf.workflow.vocabulary import Position, Role

TAG = "ballots"


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotBody:
    """A ballot with its last day; without `voters` all chairs and members of the committee are listed."""

    closes_on: date
    voters: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteBody:
    """A vote; a vote against needs a reason."""

    position: Position
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectionAnswerBody:
    """The answer to what was objected."""

    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoterAnswer:
    """Somebody on the list; while the ballot is open, only the voter himself sees how he voted."""

    id: int
    person_id: int
    name: str
    organization: str
    role: Role
    from_drafting_unit: bool
    entitled: bool
    exclusion: str
    voted: bool
    position: Position | None
    reason: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TallyAnswer:
    """The count, with the sentence that explains it; how they voted is told when the ballot is closed."""

    entitled: int
    cast: int
    for_: int | None
    against: int | None
    abstain: int | None
    quorum: Fraction
    cast_needed: int
    quorum_met: bool
    approve: Fraction
    for_needed: int | None
    approved: bool | None
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotAnswer:
    """A ballot with its list and its count."""

    id: int
    project_id: int
    opened_on: date
    closes_on: date
    closed_at: datetime | None
    voters: tuple[VoterAnswer, ...]
    tally: TallyAnswer
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteAnswer:
    """A vote with what was answered to it; `voter_id` is its identity."""

    voter_id: int
    ballot_id: int
    position: Position
    reason: str
    cast_at: datetime
    answer: str
    answered_at: datetime | None


def _tally(tally: Tally, *, is_closed: bool) -> TallyAnswer:
    return TallyAnswer(
        entitled=tally.entitled,
        cast=tally.cast,
        for_=tally.votes_for if is_closed else None,
        against=tally.votes_against if is_closed else None,
        abstain=tally.abstentions if is_closed else None,
        quorum=tally.quorum,
        cast_needed=tally.cast_needed,
        quorum_met=tally.quorum_met,
        approve=tally.approve,
        for_needed=tally.for_needed if is_closed else None,
        approved=tally.approved if is_closed else None,
        sentence=tally_sentence(tally, is_closed=is_closed),
    )


def _voter(shown: VoterShown) -> VoterAnswer:
    return VoterAnswer(
        id=shown.id,
        person_id=shown.person_id,
        name=shown.name,
        organization=shown.organization,
        role=shown.role,
        from_drafting_unit=shown.from_drafting_unit,
        entitled=shown.entitled,
        exclusion=str(shown.exclusion) if shown.exclusion else "",
        voted=shown.voted,
        position=shown.position,
        reason=shown.reason,
        answer=shown.answer,
    )


def ballot_answer(shown: BallotShown, project_id: int) -> BallotAnswer:
    """A ballot as the caller may see it."""
    return BallotAnswer(
        id=shown.id,
        project_id=project_id,
        opened_on=shown.opened_on,
        closes_on=shown.closes_on,
        closed_at=shown.closed_at,
        voters=tuple(_voter(each) for each in shown.voters),
        tally=_tally(shown.tally, is_closed=shown.closed_at is not None),
        location=f"/api/v1/ballots/{shown.id}",
    )


def _vote(vote: Vote) -> VoteAnswer:
    return VoteAnswer(
        voter_id=vote.voter_id,
        ballot_id=vote.ballot_id,
        position=vote.position,
        reason=vote.reason,
        cast_at=vote.cast_at,
        answer=vote.answer,
        answered_at=vote.answered_at,
    )


@endpoint("GET", "/projects/{project_id}/ballots", about="The ballots of all reviews, the last one first.", tag=TAG)
def list_(call: Call, project_id: int, query: Paging) -> Listed[BallotAnswer]:
    """A page of ballots."""
    checked_paging(query.page, query.per_page)
    found = ballots_of(call.session, project_id, call.actor, call.moment)
    first = (query.page - 1) * query.per_page
    items = tuple(ballot_answer(each, project_id) for each in found[first : first + query.per_page])
    return Listed(items=items, total=len(found), page=query.page, per_page=query.per_page)


@endpoint(
    "POST",
    "/projects/{project_id}/ballots",
    about="Open the ballot of the review that runs.",
    tag=TAG,
    status=201,
    if_match=IfMatch.WELCOME,
)
def open_(call: Call, project_id: int, body: BallotBody) -> BallotAnswer:
    """Open a ballot."""
    command = OpenBallot(
        project_id=project_id,
        expected_version=call.expected_version,
        closes_on=body.closes_on,
        voters=body.voters,
    )
    return show(call, open_ballot(call.session, command, actor=call.actor, moment=call.moment).id)


@endpoint("GET", "/ballots/{ballot_id}", about="A ballot with its list and its count.", tag=TAG)
def show(call: Call, ballot_id: int) -> BallotAnswer:
    """A ballot."""
    return ballot_answer(*ballot_of(call.session, ballot_id, call.actor, call.moment))


@endpoint("POST", "/ballots/{ballot_id}/close", about="Close a ballot and count it.", tag=TAG, if_match=IfMatch.WELCOME)
def close(call: Call, ballot_id: int) -> BallotAnswer:
    """Close a ballot."""
    command = CloseBallot(ballot_id=ballot_id, expected_version=call.expected_version)
    close_ballot(call.session, command, actor=call.actor, moment=call.moment)
    return show(call, ballot_id)


@endpoint(
    "GET",
    "/ballots/{ballot_id}/votes",
    about="The votes cast; while the ballot is open, the caller's own alone.",
    tag=TAG,
)
def votes(call: Call, ballot_id: int, query: Paging) -> Listed[VoteAnswer]:
    """A page of votes."""
    checked_paging(query.page, query.per_page)
    shown, _ = ballot_of(call.session, ballot_id, call.actor, call.moment)
    visible = [voter.id for voter in shown.voters if voter.position is not None]
    first = (query.page - 1) * query.per_page
    rows = call.session.scalars(
        select(Vote).where(Vote.voter_id.in_(visible)).order_by(Vote.cast_at, Vote.voter_id)
    ).all()
    items = tuple(_vote(vote) for vote in rows[first : first + query.per_page])
    return Listed(items=items, total=len(rows), page=query.page, per_page=query.per_page)


def _cast(call: Call, ballot_id: int, body: VoteBody) -> VoteAnswer:
    command = CastVote(ballot_id=ballot_id, position=body.position, reason=body.reason)
    return _vote(cast_vote(call.session, command, actor=call.actor, moment=call.moment))


@endpoint("PUT", "/ballots/{ballot_id}/votes", about="Cast the caller's own vote, once.", tag=TAG)
def cast(call: Call, ballot_id: int, body: VoteBody) -> VoteAnswer:
    """Cast one's vote."""
    return _cast(call, ballot_id, body)


@endpoint("POST", "/ballots/{ballot_id}/votes", about="Cast the caller's own vote, once.", tag=TAG, status=201)
def cast_by_post(call: Call, ballot_id: int, body: VoteBody) -> VoteAnswer:
    """Cast one's vote."""
    return _cast(call, ballot_id, body)


@endpoint("PUT", "/votes/{voter_id}/answer", about="Answer an objection, or the remark of another vote.", tag=TAG)
def answer(call: Call, voter_id: int, body: ObjectionAnswerBody) -> VoteAnswer:
    """Answer what was objected."""
    command = AnswerObjection(vote_id=voter_id, answer=body.answer)
    return _vote(answer_objection(call.session, command, actor=call.actor, moment=call.moment))
