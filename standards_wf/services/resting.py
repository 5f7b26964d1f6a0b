"""Whether a project rests (中止), and what ends its rest beside its resumption."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import TransitionRefused
from standards_wf.models.keeping_time import SuspensionRow
from standards_wf.models.projects import Project
from standards_wf.workflow.refusals import Refusal, RefusalCode


def running_suspension(session: Session, project_id: int) -> SuspensionRow | None:
    """The suspension that runs, if the project rests."""
    return session.scalar(
        select(SuspensionRow).where(SuspensionRow.project_id == project_id, SuspensionRow.until.is_(None))
    )


def end_suspension(session: Session, project: Project, moment: Moment) -> SuspensionRow | None:
    """End the suspension that runs: the project is resumed, ended, or put elsewhere by hand."""
    running = running_suspension(session, project.id)
    if running is not None:
        running.until = moment.day
    return running


def require_not_suspended(session: Session, project: Project) -> None:
    """See that the project does not rest, for what happens beside the acts of the procedure. Raises TransitionRefused."""
    running = running_suspension(session, project.id)
    if running is not None:
        reason = Refusal(RefusalCode.PROJECT_SUSPENDED, since=running.from_on, reason=running.reason)
        raise TransitionRefused((reason,))
