"""The technical review: its date and papers, its minutes with their signatures, the answers to objections.

The ballot of the review is in `ballots`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import EditConflict, Forbidden, Invalid, NotFound
from standards_wf.models.base import is_identity
from standards_wf.models.people import Person
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Attendance, Ballot, BallotVoter, Minutes, Review, Vote
from standards_wf.services import access
from standards_wf.services.lifecycle import require_version
from standards_wf.services.problems import ReviewProblem
from standards_wf.services.record import Happening, append, sha256
from standards_wf.services.resting import require_not_suspended
from standards_wf.services.typed import LONG, Typed
from standards_wf.services.voters import REVIEWERS, Reviewer, reviewers_of
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Effect, Event, Position, ReviewMode, Role, Stage

# An answer can be given until the authority has the package; what was returned can be answered again.
_ANSWERING = frozenset({Stage.REVIEW, Stage.SUBMISSION, Stage.DRAFTING, Stage.RESOLUTION})


def running_review(session: Session, project: Project) -> Review:
    """The review that runs. Raises Invalid where there is none, TransitionRefused while the project rests."""
    require_not_suspended(session, project)
    review = session.scalar(select(Review).where(Review.project_id == project.id, Review.outcome.is_(None)))
    if review is None:
        raise Invalid({"review": Refusal(ReviewProblem.NO_REVIEW_RUNS, stage=project.stage)})
    return review


def ballot_of(session: Session, review: Review) -> Ballot | None:
    """The one ballot of a review, if it was opened."""
    return session.scalar(select(Ballot).where(Ballot.review_id == review.id))


def _refuse_when_closed(session: Session, review: Review) -> None:
    ballot = ballot_of(session, review)
    if ballot is not None and ballot.closed_at is not None:
        raise Invalid({"ballot": Refusal(ReviewProblem.BALLOT_IS_CLOSED)})


@dataclass(frozen=True, slots=True, kw_only=True)
class SetReviewDate:
    """Day and place of the meeting that reviews a text."""

    project_id: int
    expected_version: int | None = None
    meets_on: date
    place: str = ""


def set_review_date(session: Session, cmd: SetReviewDate, *, actor: Actor, moment: Moment) -> Review:
    """Set or move the meeting of the review, as long as its ballot is not closed.

    Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = access.entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = entrance.require(Role.COMMITTEE_SECRETARY)
    require_version(project, cmd.expected_version)
    review = running_review(session, project)
    _refuse_when_closed(session, review)
    typed = Typed()
    place = typed.text("place", cmd.place)
    typed.day("meets_on", cmd.meets_on)
    if review.mode is not ReviewMode.MEETING:
        typed.refuse("meets_on", Refusal(ReviewProblem.LETTER_HAS_NO_MEETING))
    elif cmd.meets_on < moment.day:
        typed.refuse("meets_on", Refusal(ReviewProblem.DAY_HAS_PASSED, given=cmd.meets_on, today=moment.day))
    typed.done()
    before = review.meets_on
    review.meets_on, review.place = cmd.meets_on, place
    happening = Happening(
        action=Event.REVIEW_DATE_SET,
        role=role,
        to_stage=project.stage,
        params={"review": review.number, "before": before, "meets_on": cmd.meets_on, "place": place},
        effects=(Effect.NOTIFY,),
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return review


@dataclass(frozen=True, slots=True, kw_only=True)
class SendPapers:
    """The papers of the review go to the reviewers."""

    project_id: int
    expected_version: int | None = None


def send_papers(session: Session, cmd: SendPapers, *, actor: Actor, moment: Moment) -> Review:
    """Record that draft, explanatory note and comment table went to the reviewers today.

    Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = access.entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = entrance.require(Role.COMMITTEE_SECRETARY)
    require_version(project, cmd.expected_version)
    review = running_review(session, project)
    _refuse_when_closed(session, review)
    if review.papers_sent_on is not None:
        raise Invalid({"review": Refusal(ReviewProblem.PAPERS_ALREADY_SENT, sent_on=review.papers_sent_on)})
    review.papers_sent_on = moment.day
    happening = Happening(
        action=Event.PAPERS_SENT,
        role=role,
        to_stage=project.stage,
        params={"review": review.number, "sent_on": moment.day},
        effects=(Effect.NOTIFY,),
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return review


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordMinutes:
    """What the review discussed and concluded, and who attended."""

    project_id: int
    expected_version: int | None = None
    text: str
    conclusion: str
    attending: tuple[int, ...] = ()
    """Who attended the meeting, by identity; a letter ballot has no meeting, and its secretary signs alone."""


def record_minutes(session: Session, cmd: RecordMinutes, *, actor: Actor, moment: Moment) -> Minutes:
    """Record the minutes of a meeting, or the conclusion of a letter ballot, while the review runs.

    They say how the vote went, so the ballot is closed before. Recorded again, the new text takes the place of the
    old one and every signature is dropped. Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = access.entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = entrance.require(Role.COMMITTEE_SECRETARY)
    require_version(project, cmd.expected_version)
    review = running_review(session, project)
    ballot = ballot_of(session, review)
    if ballot is None:
        raise Invalid({"ballot": Refusal(ReviewProblem.NO_BALLOT)})
    if ballot.closed_at is None:
        raise Invalid({"ballot": Refusal(RefusalCode.BALLOT_STILL_OPEN)})
    typed = Typed()
    text = typed.text("text", cmd.text, maximum=LONG, required=True)
    conclusion = typed.text("conclusion", cmd.conclusion, maximum=LONG, required=True)
    signers = _signers(session, project, review, cmd, typed, actor=actor, moment=moment)
    typed.done()
    minutes = session.scalar(select(Minutes).where(Minutes.review_id == review.id))
    again = minutes is not None
    if minutes is None:
        minutes = Minutes(review_id=review.id)
        session.add(minutes)
    else:
        session.execute(delete(Attendance).where(Attendance.minutes_id == minutes.id))
    minutes.held_on = review.meets_on or ballot.closes_on
    minutes.place, minutes.text, minutes.conclusion = review.place, text, conclusion
    minutes.recorded_by_id, minutes.recorded_at = actor.person_id, moment.at
    session.flush()
    session.add_all(
        Attendance(
            minutes_id=minutes.id,
            person_id=signer.person_id,
            name=signer.name,
            organization=signer.organization,
            function=signer.role,
        )
        for signer in signers
    )
    happening = Happening(
        action=Event.MINUTES_RECORDED,
        role=role,
        to_stage=project.stage,
        params={
            "review": review.number,
            "text_sha256": _hash_of(minutes),
            "attending": [signer.name for signer in signers],
            "again": again,
        },
        effects=(Effect.NOTIFY,),
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return minutes


def _hash_of(minutes: Minutes) -> str:
    """The history says which text was recorded and which one was signed."""
    return sha256(f"{minutes.text}\n{minutes.conclusion}")


def _signers(
    session: Session,
    project: Project,
    review: Review,
    cmd: RecordMinutes,
    typed: Typed,
    *,
    actor: Actor,
    moment: Moment,
) -> tuple[Reviewer, ...]:
    """Who must sign: the attending experts, or for a letter ballot the secretary."""
    reviewers = reviewers_of(session, project, moment.day)
    if review.mode is ReviewMode.LETTER:
        return tuple(reviewer for person_id, reviewer in reviewers.items() if person_id == actor.person_id)
    if review.meets_on is None:
        typed.refuse("meets_on", Refusal(ReviewProblem.MEETING_DATE_MISSING))
    elif review.meets_on > moment.day:
        typed.refuse("meets_on", Refusal(ReviewProblem.MEETING_NOT_YET_HELD, meets_on=review.meets_on))
    if not cmd.attending:
        typed.refuse("attending", Refusal(ReviewProblem.NOBODY_ATTENDS))
    strangers = set(cmd.attending) - reviewers.keys()
    if strangers:
        names = names_of(session, strangers)
        typed.refuse("attending", Refusal(ReviewProblem.NOT_REVIEWERS, names=names))
    return tuple(reviewer for person_id, reviewer in reviewers.items() if person_id in cmd.attending)


def names_of(session: Session, people: set[int]) -> tuple[str, ...]:
    """People by name; whoever does not exist, by the number that was given."""
    known = dict(
        session.execute(select(Person.id, Person.name).where(Person.id.in_(filter(is_identity, people)))).all()
    )
    return tuple(known.get(person, f"#{person}") for person in sorted(people))


@dataclass(frozen=True, slots=True, kw_only=True)
class SignMinutes:
    """Somebody who attended signs the minutes."""

    project_id: int
    recorded_at: datetime | None = None
    """When the text that the signer read was recorded; `None` where nobody read it on a page before."""


def sign_minutes(session: Session, cmd: SignMinutes, *, actor: Actor, moment: Moment) -> Attendance:
    """Sign the minutes, oneself and once; a text that was replaced since it was read is not signed.

    Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = access.entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = entrance.require_own(*REVIEWERS)
    review = running_review(session, project)
    minutes = session.scalar(select(Minutes).where(Minutes.review_id == review.id))
    if minutes is None:
        raise Invalid({"minutes": Refusal(ReviewProblem.NO_MINUTES)})
    if cmd.recorded_at is not None and cmd.recorded_at != minutes.recorded_at:
        raise EditConflict(project.version)
    attendance = session.scalar(
        select(Attendance).where(Attendance.minutes_id == minutes.id, Attendance.person_id == actor.person_id)
    )
    if attendance is None:
        raise Forbidden(Refusal(ReviewProblem.DOES_NOT_SIGN))
    if attendance.signed_at is not None:
        raise Invalid({"minutes": Refusal(ReviewProblem.ALREADY_SIGNED)})
    attendance.signed_at = moment.at
    happening = Happening(
        action=Event.MINUTES_SIGNED,
        role=role,
        to_stage=project.stage,
        params={"review": review.number, "text_sha256": _hash_of(minutes)},
        must_be_seen=False,
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return attendance


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerObjection:
    """The answer to a vote against, or to the remark of another vote."""

    vote_id: int
    answer: str


def answer_objection(session: Session, cmd: AnswerObjection, *, actor: Actor, moment: Moment) -> Vote:
    """Answer what was objected at the review, or put another answer in place of the first.

    It can be done until the package has gone to the authority. Raises NotFound, Forbidden, Invalid.
    """
    access.require_identity("vote", cmd.vote_id)
    ballot_id = session.scalar(select(Vote.ballot_id).where(Vote.voter_id == cmd.vote_id))
    if ballot_id is None:
        raise NotFound("vote", cmd.vote_id)
    _, review, entrance = access.ballot_for(session, ballot_id, actor)
    project = entrance.project
    role = entrance.require(Role.DRAFTER, Role.COMMITTEE_SECRETARY)
    if project.stage not in _ANSWERING:
        raise Forbidden(Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=Event.OBJECTION_ANSWERED, stage=project.stage))
    vote = session.get_one(Vote, cmd.vote_id, populate_existing=True)
    if vote.position is not Position.AGAINST and not vote.reason:
        raise Invalid({"answer": Refusal(ReviewProblem.NOTHING_TO_ANSWER)})
    typed = Typed()
    answer = typed.text("answer", cmd.answer, maximum=LONG, required=True)
    typed.done()
    vote.answer, vote.answered_at = answer, moment.at
    voter = session.scalars(select(BallotVoter.name).where(BallotVoter.id == vote.voter_id)).one()
    happening = Happening(
        action=Event.OBJECTION_ANSWERED,
        role=role,
        to_stage=project.stage,
        params={"review": review.number, "voter": voter, "answer": answer},
        effects=(Effect.NOTIFY,),
        must_be_seen=False,
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return vote
