"""The ballot of a review: opened with its list of voters, voted in, counted, closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Forbidden, Invalid
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Ballot, BallotVoter, Review, Vote
from standards_wf.services import access
from standards_wf.services.authorship import drafters_of
from standards_wf.services.lifecycle import require_version
from standards_wf.services.problems import Exclusion, ReviewProblem
from standards_wf.services.record import Happening, append, sha256
from standards_wf.services.reviews import ballot_of, names_of, running_review
from standards_wf.services.rules import rules_for
from standards_wf.services.typed import LONG, Typed
from standards_wf.services.voters import MEMBERS, ListedVoter, Reviewer, reviewers_of, voters_among
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Effect, Event, Position, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBallot:
    """A ballot with its last day and its list."""

    project_id: int
    expected_version: int | None = None
    closes_on: date
    voters: tuple[int, ...] | None = None
    """Who is on the list, by identity; `None` for all chairs and members of the committee today."""


def open_ballot(session: Session, cmd: OpenBallot, *, actor: Actor, moment: Moment) -> Ballot:
    """Open the one ballot of the review that runs.

    The system itself finds out who drafted the text and who comes from a drafting unit; `voters.voters_among` says who
    of the list may vote. Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = access.entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = entrance.require(Role.COMMITTEE_SECRETARY)
    require_version(project, cmd.expected_version)
    review = running_review(session, project)
    opened_before = ballot_of(session, review)
    if opened_before is not None:
        raise Invalid({"ballot": Refusal(ReviewProblem.BALLOT_EXISTS, opened_on=opened_before.opened_on)})
    typed = Typed()
    typed.day("closes_on", cmd.closes_on)
    if cmd.closes_on < moment.day:
        typed.refuse("closes_on", Refusal(ReviewProblem.DAY_HAS_PASSED, given=cmd.closes_on, today=moment.day))
    asked = _asked(session, project, cmd.voters, typed, moment)
    listed = voters_among(
        asked,
        drafters=drafters_of(session, project.id, moment.day),
        parties=entrance.parties,
        max_share=rules_for(session, project.kind).review_max_drafter_unit_share,
    )
    if "voters" not in typed.problems and not any(voter.entitled for voter in listed):
        typed.refuse("voters", Refusal(ReviewProblem.NO_VOTERS))
    typed.done()
    ballot = Ballot(review_id=review.id, opened_on=moment.day, opened_at=moment.at, closes_on=cmd.closes_on)
    session.add(ballot)
    session.flush()
    session.add_all(_rows(ballot, listed))
    happening = Happening(
        action=Event.BALLOT_OPENED,
        role=role,
        to_stage=project.stage,
        params={
            "review": review.number,
            "closes_on": ballot.closes_on,
            "entitled": [voter.reviewer.name for voter in listed if voter.entitled],
            "excluded": [(voter.reviewer.name, voter.exclusion) for voter in listed if voter.exclusion],
        },
        effects=(Effect.NOTIFY,),
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return ballot


def _asked(
    session: Session, project: Project, wanted: tuple[int, ...] | None, typed: Typed, moment: Moment
) -> tuple[Reviewer, ...]:
    reviewers = reviewers_of(session, project, moment.day)
    if wanted is None:
        return tuple(reviewer for reviewer in reviewers.values() if reviewer.role in MEMBERS)
    listable = {
        person_id: reviewer
        for person_id, reviewer in reviewers.items()
        if reviewer.role in {*MEMBERS, Role.INVITED_EXPERT}
    }
    strangers = set(wanted) - listable.keys()
    if strangers:
        typed.refuse("voters", Refusal(ReviewProblem.NOT_OF_THE_COMMITTEE, names=names_of(session, strangers)))
    return tuple(reviewer for person_id, reviewer in listable.items() if person_id in wanted)


def _rows(ballot: Ballot, listed: Iterable[ListedVoter]) -> Iterable[BallotVoter]:
    return (
        BallotVoter(
            ballot_id=ballot.id,
            person_id=voter.reviewer.person_id,
            name=voter.reviewer.name,
            organization=voter.reviewer.organization,
            function=voter.reviewer.role,
            from_drafting_unit=voter.from_drafting_unit,
            is_drafter=voter.is_drafter,
            entitled=voter.entitled,
            exclusion=voter.exclusion or "",
        )
        for voter in listed
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class CastVote:
    """A vote, as the voter casts it."""

    ballot_id: int
    position: Position
    reason: str = ""
    """Needed for a vote against; with another vote it is a remark."""


def cast_vote(session: Session, cmd: CastVote, *, actor: Actor, moment: Moment) -> Vote:
    """Cast one's own vote, once, while the ballot is open; its last day is included.

    The history keeps what was voted, and leaves the reason to the ballot. Raises NotFound, Forbidden, Invalid.
    """
    ballot, review, entrance = access.ballot_for(session, cmd.ballot_id, actor)
    project = entrance.project
    voter = session.scalar(
        select(BallotVoter).where(BallotVoter.ballot_id == ballot.id, BallotVoter.person_id == actor.person_id)
    )
    if voter is None:
        raise Forbidden(Refusal(ReviewProblem.NOT_ON_THE_LIST))
    if not voter.entitled:
        raise Forbidden(Refusal(ReviewProblem.NO_VOTE, exclusion=voter.exclusion))
    if voter.person_id in drafters_of(session, project.id, moment.day):  # since the list was drawn up
        raise Forbidden(Refusal(ReviewProblem.NO_VOTE, exclusion=Exclusion.DRAFTER.value))
    role = entrance.require_own(*MEMBERS)
    cast_before = session.get(Vote, voter.id)
    if cast_before is not None:
        raise Invalid({"position": Refusal(ReviewProblem.ALREADY_VOTED, position=cast_before.position)})
    if ballot.closed_at is not None:
        raise Invalid({"ballot": Refusal(ReviewProblem.BALLOT_IS_CLOSED)})
    if moment.day > ballot.closes_on:
        raise Invalid({"ballot": Refusal(ReviewProblem.VOTING_IS_OVER, closes_on=ballot.closes_on)})
    typed = Typed()
    reason = typed.text("reason", cmd.reason, maximum=LONG)
    if cmd.position is Position.AGAINST and not reason:
        typed.refuse("reason", Refusal(ReviewProblem.REASON_FOR_AGAINST))
    typed.done()
    vote = Vote(voter_id=voter.id, ballot_id=ballot.id, position=cmd.position, reason=reason, cast_at=moment.at)
    session.add(vote)
    happening = Happening(
        action=Event.VOTE_CAST,
        role=role,
        to_stage=project.stage,
        params={"review": review.number, "position": cmd.position, "reason_sha256": sha256(reason)},
        must_be_seen=False,
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return vote


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseBallot:
    """The end of a ballot."""

    ballot_id: int
    expected_version: int | None = None


def close_ballot(session: Session, cmd: CloseBallot, *, actor: Actor, moment: Moment) -> Ballot:
    """Close a ballot when everybody entitled has voted, or when its last day has passed.

    Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    ballot, review, entrance = access.ballot_for(session, cmd.ballot_id, actor)
    project = entrance.project
    role = entrance.require(Role.COMMITTEE_SECRETARY)
    require_version(project, cmd.expected_version)
    if ballot.closed_at is not None:
        raise Invalid({"ballot": Refusal(ReviewProblem.BALLOT_IS_CLOSED)})
    tally = tally_of(session, ballot)
    if tally.cast < tally.entitled and moment.day <= ballot.closes_on:
        still_runs = Refusal(
            ReviewProblem.BALLOT_STILL_RUNS, cast=tally.cast, entitled=tally.entitled, closes_on=ballot.closes_on
        )
        raise Invalid({"ballot": still_runs})
    ballot.closed_at = moment.at
    happening = Happening(
        action=Event.BALLOT_CLOSED,
        role=role,
        to_stage=project.stage,
        params={
            "review": review.number,
            "entitled": tally.entitled,
            "cast": tally.cast,
            "for": tally.votes_for,
            "against": tally.votes_against,
            "abstain": tally.abstentions,
        },
        effects=(Effect.NOTIFY,),
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return ballot


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """A ballot counted, beside the shares that the rules of its kind ask for."""

    entitled: int
    votes_for: int
    votes_against: int
    abstentions: int
    quorum: Fraction
    approve: Fraction

    @property
    def cast(self) -> int:
        """Votes cast; an abstention is one."""
        return self.votes_for + self.votes_against + self.abstentions

    @property
    def cast_share(self) -> Fraction:
        """Votes cast over persons entitled."""
        return Fraction(self.cast, self.entitled) if self.entitled else Fraction(0)

    @property
    def for_share(self) -> Fraction:
        """Votes in favour over votes cast."""
        return Fraction(self.votes_for, self.cast) if self.cast else Fraction(0)

    @property
    def cast_needed(self) -> int:
        """How many votes make the quorum."""
        return ceil(self.entitled * self.quorum)

    @property
    def for_needed(self) -> int:
        """How many of the votes cast must be in favour."""
        return ceil(self.cast * self.approve)

    @property
    def quorum_met(self) -> bool:
        """Whether enough of those entitled have voted."""
        return self.entitled > 0 and self.cast_share >= self.quorum

    @property
    def approved(self) -> bool:
        """Whether enough of the votes cast are in favour; without the quorum it decides nothing."""
        return self.cast > 0 and self.for_share >= self.approve


def tally_of(session: Session, ballot: Ballot) -> Tally:
    """Count a ballot, with the rules in force for its kind."""
    entitled = session.scalar(select(func.count()).where(BallotVoter.ballot_id == ballot.id, BallotVoter.entitled))
    counted = session.execute(
        select(Vote.position, func.count()).where(Vote.ballot_id == ballot.id).group_by(Vote.position)
    )
    votes: dict[Position, int] = dict(counted.all())
    kind = session.scalars(
        select(Project.kind).join(Review, Review.project_id == Project.id).where(Review.id == ballot.review_id)
    ).one()
    rules = rules_for(session, kind)
    return Tally(
        entitled=entitled or 0,
        votes_for=votes.get(Position.FOR, 0),
        votes_against=votes.get(Position.AGAINST, 0),
        abstentions=votes.get(Position.ABSTAIN, 0),
        quorum=rules.quorum,
        approve=rules.approve,
    )
