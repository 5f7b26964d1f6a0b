"""What the people of the demonstration must look up before they act."""

from collections.abc import Callable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.consultations import Comment, ConsultationRound
from standards_wf.models.documents import Publication
from standards_wf.models.numbering import NumberSeries
from standards_wf.models.people import Person
from standards_wf.models.plans import ProjectPlan
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Ballot, BallotVoter, Review, Vote
from standards_wf.services.numbering import series_answer
from standards_wf.services.project_plans import publisher_of
from standards_wf.workflow.series import number_in_series

FIRST_SERIAL = 9001
"""Numbers of the demonstration begin where no real document of the city will soon be."""


def organization_of(session: Session, person_id: int) -> int | None:
    """Where somebody works."""
    return session.get_one(Person, person_id).organization_id


def plan_on(day: date) -> Callable[[Session, int], int | None]:
    """The latest plan that the publisher of a project had published by then."""

    def plan(session: Session, project_id: int) -> int | None:
        project = session.get_one(Project, project_id)
        return session.scalar(
            select(ProjectPlan.id)
            .where(ProjectPlan.publisher_id == publisher_of(project), ProjectPlan.kind == project.kind)
            .where(ProjectPlan.published_on <= day)
            .order_by(ProjectPlan.published_on.desc())
            .limit(1)
        )

    return plan


def latest_round(session: Session, project_id: int) -> int:
    """The consultation round that runs or ran last."""
    rounds = select(ConsultationRound.id).where(ConsultationRound.project_id == project_id)
    return session.scalars(rounds.order_by(ConsultationRound.number.desc()).limit(1)).one()


def closing_day(session: Session, project_id: int) -> date:
    """The last day of that round."""
    return session.get_one(ConsultationRound, latest_round(session, project_id)).closes_on


def comments(session: Session, project_id: int) -> tuple[int, ...]:
    """The comments of a project in their order."""
    return tuple(session.scalars(select(Comment.id).where(Comment.project_id == project_id).order_by(Comment.number)))


def ballot(session: Session, project_id: int) -> int:
    """The ballot of the last review."""
    ballots = select(Ballot.id).join(Review, Review.id == Ballot.review_id).where(Review.project_id == project_id)
    return session.scalars(ballots.order_by(Review.number.desc()).limit(1)).one()


def entitled(session: Session, ballot_id: int) -> tuple[int, ...]:
    """The people who may vote in a ballot."""
    voters = select(BallotVoter.person_id).where(BallotVoter.ballot_id == ballot_id, BallotVoter.entitled)
    return tuple(session.scalars(voters.order_by(BallotVoter.id)))


def unanswered(session: Session, project_id: int) -> tuple[int, ...]:
    """The votes of the last ballot that said something and have no answer yet."""
    votes = select(Vote.voter_id).where(Vote.ballot_id == ballot(session, project_id), Vote.reason != "")
    return tuple(session.scalars(votes.where(Vote.answer == "").order_by(Vote.voter_id)))


def publication(session: Session, project_id: int) -> Publication:
    """Number and dates of a document."""
    return session.get_one(Publication, project_id)


def first_number(year: int) -> Callable[[Session, int], str | None]:
    """Asks for the number with which the series of a project begins; none where it has begun, or continues another."""

    def question(session: Session, project_id: int) -> str | None:
        project = session.get_one(Project, project_id)
        series = series_answer(session, project).series
        if project.replaces or session.get(NumberSeries, series.code) is not None:
            return None
        return str(number_in_series(series, FIRST_SERIAL, year))

    return question
