"""The opinion of a periodic review (复审意见): what the department or the committee concludes, and why."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.documents import PeriodicReview
from standards_wf.services import access
from standards_wf.services.lifecycle import require_version
from standards_wf.services.problems import PeriodicReviewProblem
from standards_wf.services.record import Happening, append
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import Conclusion, Effect, Event, Role, Stage

OPINION_GIVERS = (Role.COMPETENT_DEPARTMENT, Role.COMMITTEE_SECRETARY, Role.AUTHORITY, Role.GROUP_SECRETARIAT)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpinion:
    """A conclusion with its grounds."""

    project_id: int
    expected_version: int | None = None
    conclusion: Conclusion
    grounds: str
    implementation: str = ""
    """How the document is applied: what the opinion rests on (实施信息)."""


def record_opinion(session: Session, cmd: RecordOpinion, *, actor: Actor, moment: Moment) -> PeriodicReview:
    """Record the opinion of the periodic review that runs, or another one in its place; the history keeps both.

    Basis: 上海市标准化条例, article 23. Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = access.entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = entrance.require(*OPINION_GIVERS)
    require_version(project, cmd.expected_version)
    running = session.scalar(
        select(PeriodicReview).where(PeriodicReview.project_id == project.id, PeriodicReview.concluded_on.is_(None))
    )
    if running is None or project.stage is not Stage.UNDER_REVIEW:
        raise Invalid({"periodic_review": Refusal(PeriodicReviewProblem.NONE_RUNS, stage=project.stage)})
    typed = Typed()
    grounds = typed.text("grounds", cmd.grounds, maximum=LONG, required=True)
    implementation = typed.text("implementation", cmd.implementation, maximum=LONG)
    typed.done()
    before = running.conclusion
    running.conclusion, running.grounds, running.recorded_at = cmd.conclusion, grounds, moment.at
    running.implementation = implementation
    happening = Happening(
        action=Event.REVIEW_OPINION_RECORDED,
        role=role,
        to_stage=project.stage,
        params={
            "periodic_review": running.number,
            "before": before,
            "conclusion": cmd.conclusion,
            "grounds": grounds,
            **({"implementation": implementation} if implementation else {}),
        },
        effects=(Effect.NOTIFY,),
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return running
