"""The forms of a technical review, out of its ballot and minutes."""

from datetime import date
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.documents.context import (
    BallotConclusion,
    BallotPaper,
    CastBallot,
    Expert,
    ReviewComment,
    ReviewCommentTable,
    ReviewNotice,
)
from standards_wf.documents.missing import MissingValues
from standards_wf.models.people import Person
from standards_wf.models.projects import Project, ProjectDrafter
from standards_wf.models.reviews import Ballot, BallotVoter, Vote
from standards_wf.services.ballots import tally_of
from standards_wf.services.paper_contexts.cases import case_facts, first_day, latest_review
from standards_wf.services.paper_contexts.names import paragraphs
from standards_wf.services.voters import reviewers_of
from standards_wf.wording import labels
from standards_wf.workflow.vocabulary import Paper


def review_notice(session: Session, project: Project, day: date) -> ReviewNotice:
    """The notice of the last review, to everybody who reviews and does not draft. Raises MissingValues without one."""
    review, ballot, _ = latest_review(session, project, Paper.REVIEW_NOTICE)
    drafting = set(session.scalars(select(ProjectDrafter.person_id).where(ProjectDrafter.project_id == project.id)))
    invited = [each for each in reviewers_of(session, project, day).values() if each.person_id not in drafting]
    titles: dict[int, str] = dict(
        session.execute(
            select(Person.id, Person.title).where(Person.id.in_([each.person_id for each in invited]))
        ).all()
    )
    return ReviewNotice(
        case_facts(session, project),
        day,
        mode=review.mode,
        meets_on=review.meets_on,
        place=review.place,
        closes_on=ballot.closes_on if ballot else None,
        reviewers=tuple(
            Expert(
                each.name,
                labels.role(each.role).zh.removeprefix("技术委员会"),
                titles.get(each.person_id, ""),
                each.organization,
            )
            for each in invited
        ),
    )


def ballot_paper(session: Session, project: Project, day: date) -> BallotPaper:
    """The blank paper of the last review. Raises MissingValues while there is none."""
    review, ballot, _ = latest_review(session, project, Paper.BALLOT_PAPER)
    return BallotPaper(
        case_facts(session, project),
        ballot.opened_on if ballot else day,
        mode=review.mode,
        closes_on=ballot.closes_on if ballot else None,
    )


def ballot_conclusion(session: Session, project: Project, day: date) -> BallotConclusion:
    """What the last ballot came to, with the votes one by one. Raises MissingValues while there is none."""
    review, ballot, minutes = latest_review(session, project, Paper.BALLOT_CONCLUSION)
    if ballot is None:
        raise MissingValues(Paper.BALLOT_CONCLUSION, ("opened_on", "closes_on", "ballots"))
    tally = tally_of(session, ballot)
    return BallotConclusion(
        case_facts(session, project),
        day,
        mode=review.mode,
        opened_on=ballot.opened_on,
        closes_on=ballot.closes_on,
        entitled=tally.entitled,
        votes_for=tally.votes_for,
        votes_against=tally.votes_against,
        abstentions=tally.abstentions,
        quorum_words=_fraction(tally.quorum),
        approval_words=_fraction(tally.approve),
        quorum_met=tally.quorum_met,
        approved=tally.approved,
        ballots=tuple(
            CastBallot(voter.name, voter.organization, vote.position if vote else None, vote.reason if vote else "")
            for voter, vote in _votes(session, ballot)
        ),
        conclusion=paragraphs(minutes.conclusion) if minutes else (),
    )


def _fraction(share: Fraction) -> str:
    return f"{share.numerator}/{share.denominator}"


def _votes(session: Session, ballot: Ballot) -> list[tuple[BallotVoter, Vote | None]]:
    rows = session.execute(
        select(BallotVoter, Vote)
        .outerjoin(Vote, Vote.voter_id == BallotVoter.id)
        .where(BallotVoter.ballot_id == ballot.id, BallotVoter.entitled)
        .order_by(BallotVoter.id)
    )
    return [(voter, vote) for voter, vote in rows]


def review_comment_table(session: Session, project: Project, day: date) -> ReviewCommentTable:
    """What reviewers said with their votes, and the answers. Raises MissingValues while there is no review."""
    review, ballot, minutes = latest_review(session, project, Paper.REVIEW_COMMENT_TABLE)
    said = _votes(session, ballot) if ballot else []
    held_on = first_day(
        minutes.held_on if minutes else None, review.meets_on, ballot.opened_on if ballot else None, review.ended_on
    )
    if held_on is None:
        raise MissingValues(Paper.REVIEW_COMMENT_TABLE, ("held_on",))
    return ReviewCommentTable(
        case_facts(session, project),
        day,
        held_on=held_on,
        mode=review.mode,
        rows=tuple(
            ReviewComment(vote.reason, voter.name, vote.position, vote.answer)
            for voter, vote in said
            if vote is not None and vote.reason
        ),
    )
