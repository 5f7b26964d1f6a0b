"""The paper that decides on periodic reviews: one for one document, or one for a whole year's list."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.documents import ReviewDecision
from standards_wf.models.projects import Project
from standards_wf.services.long_life_problems import ReviewListProblem
from standards_wf.workflow.fields import FieldProblem
from standards_wf.workflow.refusals import Refusal


def decision_of(
    session: Session, project: Project, number: str, decided_on: date | None, moment: Moment
) -> ReviewDecision | None:
    """The decision with this number of the body that issues the document, entered if it is new; none without a number.

    Raises Invalid where a day is given without a number, lies in the future, or is another than the decision has.
    """
    if decided_on is not None:
        check_day(decided_on, moment)
    if not number:
        if decided_on is not None:
            raise Invalid({"announcement": Refusal(ReviewListProblem.NUMBER_NEEDED)})
        return None
    issuer_id = project.group_id or project.authority_id
    if issuer_id is None:
        return None
    found = decision_by_number(session, issuer_id, number)
    if found is None:
        found = ReviewDecision(issuer_id=issuer_id, number=number, decided_on=decided_on or moment.day)
        session.add(found)
        session.flush()
    elif decided_on is not None and decided_on != found.decided_on:
        other = Refusal(ReviewListProblem.OTHER_DAY, number=number, decided_on=found.decided_on)
        raise Invalid({"decided_on": other})
    return found


def check_day(decided_on: date, moment: Moment) -> None:
    """See that a decision is not carried out before it was made. Raises Invalid."""
    if decided_on > moment.day:
        raise Invalid({"decided_on": Refusal(FieldProblem.IN_THE_FUTURE, given=decided_on, today=moment.day)})


def decision_by_number(session: Session, issuer_id: int, number: str) -> ReviewDecision | None:
    """The decision of this body with this number, where it is entered."""
    return session.scalar(
        select(ReviewDecision).where(ReviewDecision.issuer_id == issuer_id, ReviewDecision.number == number)
    )
