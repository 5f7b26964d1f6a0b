"""How many public forms may come from one address: enough for an office, too few for a machine."""

import math
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.people import LoginAttempt
from standards_wf.services.logins import LONGEST_KEY, network_of
from standards_wf.services.problems import PublicFormProblem
from standards_wf.workflow.refusals import Refusal


@dataclass(frozen=True, slots=True)
class SubmissionLimit:
    """So many forms within this time; then the next one has to wait."""

    forms: int = 20
    within: timedelta = timedelta(minutes=10)


def enter_submission(session: Session, address: str, *, moment: Moment, limit: SubmissionLimit | None = None) -> None:
    """Count a form sent from this address, in the unit of work that takes the form. Raises Invalid when it has to wait.

    The count stands beside the failed logins, which are removed after a while; it needs no longer memory than they do.
    """
    limit = limit or SubmissionLimit()
    key = f"form:{network_of(address)}"[:LONGEST_KEY]
    sent, first = session.execute(
        select(func.count(LoginAttempt.id), func.min(LoginAttempt.at)).where(
            LoginAttempt.key == key, LoginAttempt.at > moment.at - limit.within
        )
    ).one()
    if sent >= limit.forms:
        wait = (first + limit.within - moment.at).total_seconds()
        minutes = max(1, math.ceil(wait / 60))
        raise Invalid({"": Refusal(PublicFormProblem.TOO_MANY, maximum=limit.forms, minutes=minutes)})
    session.add(LoginAttempt(key=key, at=moment.at))
