"""The technical review: its day and papers, its minutes and signatures."""

from dataclasses import dataclass
from datetime import date, datetime

from standards_wf.api.endpoints import Call, IfMatch, endpoint
from standards_wf.api.resources.ballots import BallotAnswer, ballot_answer
from standards_wf.services.reading.reviews import MinutesShown, attendable_of, listable_of, review_of
from standards_wf.services.reviews import (
    RecordMinutes,
    SendPapers,
    SetReviewDate,
    SignMinutes,
    record_minutes,
    send_papers,
    set_review_date,
    sign_minutes,
)
from standards_wf.workflow.vocabulary import ReviewMode, ReviewOutcome, Role

TAG = "review"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewDateBody:
    """Day and place of the meeting."""

    meets_on: date
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesBody:
    """The minutes; `attending` are those who attended a meeting, by identity. A letter ballot has no meeting."""

    text: str
    conclusion: str
    attending: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignatureBody:
    """The signature under a text: when the text that the caller read was recorded."""

    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerAnswer:
    """Somebody who must sign, and when he did."""

    person_id: int
    name: str
    organization: str
    role: Role
    signed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutesAnswer:
    """The minutes with their signatures."""

    held_on: date
    place: str
    text: str
    conclusion: str
    recorded_at: datetime
    signers: tuple[SignerAnswer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerAnswer:
    """Somebody who takes part in reviewing the project."""

    person_id: int
    name: str
    organization: str
    role: Role
    may_vote: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAnswer:
    """The review that runs or ran last; `version` is the project's."""

    number: int | None
    mode: ReviewMode | None
    draft: int | None
    meets_on: date | None
    place: str
    papers_sent_on: date | None
    outcome: ReviewOutcome | None
    ended_on: date | None
    ballot: BallotAnswer | None
    minutes: MinutesAnswer | None
    reviewers: tuple[ReviewerAnswer, ...]
    version: int


def _minutes(shown: MinutesShown) -> MinutesAnswer:
    return MinutesAnswer(
        held_on=shown.held_on,
        place=shown.place,
        text=shown.text,
        conclusion=shown.conclusion,
        recorded_at=shown.recorded_at,
        signers=tuple(
            SignerAnswer(
                person_id=each.person_id,
                name=each.name,
                organization=each.organization,
                role=each.role,
                signed_at=each.signed_at,
            )
            for each in shown.signers
        ),
    )


def _reviewers(call: Call, project_id: int) -> tuple[ReviewerAnswer, ...]:
    listable = listable_of(call.session, project_id, call.actor, call.moment)
    entitled = {voter.reviewer.person_id for voter in listable if voter.entitled}
    return tuple(
        ReviewerAnswer(
            person_id=each.person_id,
            name=each.name,
            organization=each.organization,
            role=each.role,
            may_vote=each.person_id in entitled,
        )
        for each in attendable_of(call.session, project_id, call.actor, call.moment)
    )


@endpoint("GET", "/projects/{project_id}/review", about="The review that runs or ran last.", tag=TAG)
def show(call: Call, project_id: int) -> ReviewAnswer:
    """The review with ballot and minutes, and who takes part."""
    page = review_of(call.session, project_id, call.actor, call.moment)
    review = page.review
    return ReviewAnswer(
        number=review.number if review else None,
        mode=review.mode if review else None,
        draft=review.draft if review else None,
        meets_on=review.meets_on if review else None,
        place=review.place if review else "",
        papers_sent_on=review.papers_sent_on if review else None,
        outcome=review.outcome if review else None,
        ended_on=review.ended_on if review else None,
        ballot=ballot_answer(review.ballot, project_id) if review and review.ballot else None,
        minutes=_minutes(review.minutes) if review and review.minutes else None,
        reviewers=_reviewers(call, project_id),
        version=page.head.version,
    )


@endpoint(
    "PUT",
    "/projects/{project_id}/review",
    about="Set or move the meeting of the review.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def set_date(call: Call, project_id: int, body: ReviewDateBody) -> ReviewAnswer:
    """Set the day."""
    command = SetReviewDate(
        project_id=project_id, expected_version=call.expected_version, meets_on=body.meets_on, place=body.place
    )
    set_review_date(call.session, command, actor=call.actor, moment=call.moment)
    return show(call, project_id)


@endpoint(
    "POST",
    "/projects/{project_id}/review/papers_sent",
    about="Record that the papers went to the reviewers today.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def papers_sent(call: Call, project_id: int) -> ReviewAnswer:
    """The papers are sent."""
    command = SendPapers(project_id=project_id, expected_version=call.expected_version)
    send_papers(call.session, command, actor=call.actor, moment=call.moment)
    return show(call, project_id)


@endpoint(
    "PUT",
    "/projects/{project_id}/minutes",
    about="Record the minutes of the meeting, or the conclusion of the letter ballot.",
    tag=TAG,
    if_match=IfMatch.WELCOME,
)
def record(call: Call, project_id: int, body: MinutesBody) -> ReviewAnswer:
    """Record the minutes; recorded again, every signature is dropped."""
    command = RecordMinutes(
        project_id=project_id,
        expected_version=call.expected_version,
        text=body.text,
        conclusion=body.conclusion,
        attending=body.attending,
    )
    record_minutes(call.session, command, actor=call.actor, moment=call.moment)
    return show(call, project_id)


@endpoint("POST", "/projects/{project_id}/minutes/signature", about="Sign the minutes, oneself and once.", tag=TAG)
def sign(call: Call, project_id: int, body: SignatureBody) -> ReviewAnswer:
    """Sign."""
    command = SignMinutes(project_id=project_id, recorded_at=body.recorded_at)
    sign_minutes(call.session, command, actor=call.actor, moment=call.moment)
    return show(call, project_id)
