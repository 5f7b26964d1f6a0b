"""The technical review of a project as its page shows it: ballot with voters and tally, minutes with signatures."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.drafts import DraftVersion
from standards_wf.models.reviews import Attendance, Ballot, BallotVoter, Minutes, Review, Vote
from standards_wf.services.access import ballot_for, entrance_to
from standards_wf.services.authorship import drafters_of
from standards_wf.services.ballots import Tally, tally_of
from standards_wf.services.problems import EXCLUSIONS, Exclusion
from standards_wf.services.reading.projects import Head, head_at
from standards_wf.services.rules import rules_for
from standards_wf.services.voters import ListedVoter, Reviewer, reviewers_of, voters_among
from standards_wf.wording.language import Term
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.rules import Rules
from standards_wf.workflow.vocabulary import Position, ReviewMode, ReviewOutcome, Role


@dataclass(frozen=True, slots=True, kw_only=True)
class VoterShown:
    """Somebody on the list of a ballot, with his vote as far as it may be shown."""

    id: int
    person_id: int
    name: str
    organization: str
    role: Role
    from_drafting_unit: bool
    entitled: bool
    exclusion: Term | None
    voted: bool
    position: Position | None
    reason: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotShown:
    """The ballot of a review."""

    id: int
    opened_on: date
    closes_on: date
    closed_at: datetime | None
    days_left: int
    voters: tuple[VoterShown, ...]
    tally: Tally

    @property
    def may_be_closed(self) -> bool:
        """Whether everybody has voted or the last day has passed."""
        return self.closed_at is None and (self.tally.cast >= self.tally.entitled or self.days_left < 0)


@dataclass(frozen=True, slots=True)
class SignerShown:
    """Somebody who attended, and when he signed."""

    person_id: int
    name: str
    organization: str
    role: Role
    signed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesShown:
    """The minutes with their signatures."""

    held_on: date
    place: str
    text: str
    conclusion: str
    recorded_at: datetime
    signers: tuple[SignerShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewShown:
    """A review in all its parts."""

    number: int
    mode: ReviewMode
    draft: int
    meets_on: date | None
    place: str
    papers_sent_on: date | None
    outcome: ReviewOutcome | None
    ended_on: date | None
    ballot: BallotShown | None
    minutes: MinutesShown | None


@dataclass(frozen=True, slots=True)
class EarlierReview:
    """A review that is over, in a line."""

    number: int
    mode: ReviewMode
    outcome: ReviewOutcome | None
    ended_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPage:
    """The review that runs or ran last, the earlier ones, and what the reader has to do with it."""

    head: Head
    rules: Rules
    review: ReviewShown | None
    earlier: tuple[EarlierReview, ...]
    own_voter: VoterShown | None
    has_drafted: bool
    """Whether the reader, who is on the list, has a part in the text by now and must not vote on it."""
    must_sign: bool

    @property
    def may_vote(self) -> bool:
        """Whether the reader's vote is awaited."""
        ballot = self.review.ballot if self.review else None
        voter = self.own_voter
        awaited = voter is not None and voter.entitled and not voter.voted and not self.has_drafted
        return awaited and ballot is not None and not ballot.closed_at and ballot.days_left >= 0


def review_of(session: Session, project_id: int, actor: Actor, moment: Moment) -> ReviewPage:
    """The review of a project, for its people and its committee; a fixed number of queries. Raises NotFound.

    While a ballot is open, only the voter himself sees how he voted.
    """
    entrance = entrance_to(session, project_id, actor)
    reviews = session.execute(
        select(Review, DraftVersion.number)
        .join(DraftVersion, DraftVersion.id == Review.draft_id)
        .where(Review.project_id == project_id)
        .order_by(Review.number.desc())
    ).all()
    shown = _review(session, *reviews[0], actor=actor, moment=moment) if reviews else None
    voters = shown.ballot.voters if shown and shown.ballot else ()
    signers = shown.minutes.signers if shown and shown.minutes else ()
    own_voter = next((voter for voter in voters if voter.person_id == actor.person_id), None)
    return ReviewPage(
        head=head_at(session, entrance, actor),
        rules=rules_for(session, entrance.project.kind),
        review=shown,
        earlier=tuple(EarlierReview(row.number, row.mode, row.outcome, row.ended_on) for row, _ in reviews[1:]),
        own_voter=own_voter,
        has_drafted=own_voter is not None and actor.person_id in drafters_of(session, project_id, moment.day),
        must_sign=any(signer.person_id == actor.person_id and signer.signed_at is None for signer in signers)
        and shown is not None
        and shown.outcome is None,
    )


def _review(session: Session, review: Review, draft: int, *, actor: Actor, moment: Moment) -> ReviewShown:
    ballot = session.scalar(select(Ballot).where(Ballot.review_id == review.id))
    minutes = session.scalar(select(Minutes).where(Minutes.review_id == review.id))
    return ReviewShown(
        number=review.number,
        mode=review.mode,
        draft=draft,
        meets_on=review.meets_on,
        place=review.place,
        papers_sent_on=review.papers_sent_on,
        outcome=review.outcome,
        ended_on=review.ended_on,
        ballot=_ballot(session, ballot, actor, moment) if ballot else None,
        minutes=_minutes(session, minutes) if minutes else None,
    )


def _ballot(session: Session, ballot: Ballot, actor: Actor, moment: Moment) -> BallotShown:
    rows = session.execute(
        select(BallotVoter, Vote)
        .outerjoin(Vote, Vote.voter_id == BallotVoter.id)
        .where(BallotVoter.ballot_id == ballot.id)
        .order_by(BallotVoter.entitled.desc(), BallotVoter.name)
    )
    return BallotShown(
        id=ballot.id,
        opened_on=ballot.opened_on,
        closes_on=ballot.closes_on,
        closed_at=ballot.closed_at,
        days_left=(ballot.closes_on - moment.day).days,
        voters=tuple(
            _voter(voter, vote, open_to_all=ballot.closed_at is not None, actor=actor) for voter, vote in rows
        ),
        tally=tally_of(session, ballot),
    )


def _voter(voter: BallotVoter, vote: Vote | None, *, open_to_all: bool, actor: Actor) -> VoterShown:
    shown = vote if vote is not None and (open_to_all or voter.person_id == actor.person_id) else None
    return VoterShown(
        id=voter.id,
        person_id=voter.person_id,
        name=voter.name,
        organization=voter.organization,
        role=Role(voter.function),
        from_drafting_unit=voter.from_drafting_unit,
        entitled=voter.entitled,
        exclusion=EXCLUSIONS[Exclusion(voter.exclusion)] if voter.exclusion else None,
        voted=vote is not None,
        position=shown.position if shown else None,
        reason=shown.reason if shown else "",
        answer=shown.answer if shown else "",
    )


def _minutes(session: Session, minutes: Minutes) -> MinutesShown:
    signers = session.scalars(select(Attendance).where(Attendance.minutes_id == minutes.id).order_by(Attendance.name))
    return MinutesShown(
        held_on=minutes.held_on,
        place=minutes.place,
        text=minutes.text,
        conclusion=minutes.conclusion,
        recorded_at=minutes.recorded_at,
        signers=tuple(
            SignerShown(row.person_id, row.name, row.organization, Role(row.function), row.signed_at) for row in signers
        ),
    )


def listable_of(session: Session, project_id: int, actor: Actor, moment: Moment) -> tuple[ListedVoter, ...]:
    """Who can be put on the list of a ballot today, and who of them would have no vote. Raises NotFound."""
    entrance = entrance_to(session, project_id, actor)
    project = entrance.project
    reviewers = reviewers_of(session, project, moment.day).values()
    return voters_among(
        [reviewer for reviewer in reviewers if reviewer.role is not Role.COMMITTEE_SECRETARY],
        drafters=drafters_of(session, project.id, moment.day),
        parties=entrance.parties,
        max_share=rules_for(session, project.kind).review_max_drafter_unit_share,
    )


def attendable_of(session: Session, project_id: int, actor: Actor, moment: Moment) -> tuple[Reviewer, ...]:
    """Who can have attended the review. Raises NotFound."""
    project = entrance_to(session, project_id, actor).project
    return tuple(reviewers_of(session, project, moment.day).values())


def ballots_of(session: Session, project_id: int, actor: Actor, moment: Moment) -> tuple[BallotShown, ...]:
    """The ballots of all reviews of a project, the last one first. Raises NotFound."""
    entrance_to(session, project_id, actor)
    ballots = session.scalars(
        select(Ballot)
        .join(Review, Review.id == Ballot.review_id)
        .where(Review.project_id == project_id)
        .order_by(Review.number.desc())
    ).all()
    return tuple(_ballot(session, ballot, actor, moment) for ballot in ballots)


def ballot_of(session: Session, ballot_id: int, actor: Actor, moment: Moment) -> tuple[BallotShown, int]:
    """A ballot, and the project that it belongs to. Raises NotFound."""
    ballot, review, _ = ballot_for(session, ballot_id, actor)
    return _ballot(session, ballot, actor, moment), review.project_id
