"""Suggestions that say the same are merged: one case goes on, the others are declined in its favour (并入)."""

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid, NotFound
from standards_wf.models.projects import Project, Suggestion
from standards_wf.services.access import entrance_to
from standards_wf.services.entrance_problems import MergeProblem
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Phase

_OVER = frozenset({Phase.PUBLISHED, Phase.CLOSED})


@dataclass(frozen=True, slots=True)
class ToMerge:
    """A suggestion to be merged, and the version of it that was seen."""

    project_id: int
    expected_version: int | None = None


def require_case_in_sight(session: Session, fields: ActFields, actor: Actor) -> None:
    """See that whoever merges may see the case that goes on. Raises Invalid."""
    if fields.merged_into is None:
        return
    try:
        entrance_to(session, fields.merged_into, actor)
    except NotFound:
        told = Refusal(MergeProblem.NO_SUCH_CASE, given=fields.merged_into)
        raise Invalid({"merged_into": told}) from None


def merge_declined(session: Session, project: Project, fields: ActFields, _moment: Moment) -> dict[str, object]:
    """Note into which case a declined suggestion was merged, if into any. Raises Invalid.

    What was merged into this one before goes on there as well.
    """
    if fields.merged_into is None:
        return {}
    target = session.get(Project, fields.merged_into)
    problem = MergeProblem.NO_SUCH_CASE if target is None else _problem(project, target)
    if problem is not None or target is None:
        raise Invalid({"merged_into": Refusal(problem or MergeProblem.NO_SUCH_CASE, given=fields.merged_into)})
    session.execute(
        update(Suggestion)
        .where((Suggestion.project_id == project.id) | (Suggestion.merged_into_id == project.id))
        .values(merged_into_id=target.id)
    )
    return {"merged_into": target.id, "merged_into_title": target.title_zh}


def _problem(project: Project, target: Project) -> MergeProblem | None:
    if target.id == project.id:
        return MergeProblem.INTO_ITSELF
    if STAGES[target.stage].phase in _OVER:
        return MergeProblem.CASE_IS_CLOSED
    of_one = (target.kind, target.authority_id, target.group_id) == (
        project.kind,
        project.authority_id,
        project.group_id,
    )
    return None if of_one else MergeProblem.OF_ANOTHER_KIND
