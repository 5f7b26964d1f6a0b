"""A case of the scene in drafting, with its entry in the plan: where deadlines run and a project can rest."""

from datetime import timedelta

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.projects import Project, ProjectUnit
from standards_wf.services.lifecycle import CorrectStage, correct_stage
from standards_wf.services.project_plans import enter_into_plan
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.vocabulary import Kind, Stage
from tests.support.scene import Scene


def planned_project(
    session: Session,
    scene: Scene,
    moment: Moment,
    *,
    kind: Kind = Kind.LOCAL_STANDARD,
    title: str = "绿色学校评价规范",
    days: int = 100,
) -> int:
    """A project in drafting that is to be complete in so many days; a day before today is overdue."""
    with unit_of_work(session):
        project = scene.file_suggestion(session, kind, moment=moment, title=title)
        session.add(ProjectUnit(project_id=project.id, position=1, name="示例研究院"))
        session.flush()
        fields = ActFields(
            plan_number=f"P-{project.id}",
            plan_published_on=moment.day - timedelta(days=400),
            completes_on=moment.day + timedelta(days=days),
        )
        enter_into_plan(session, project, fields, moment)
        keeper = scene.actor(session, "administrator", moment)
        command = CorrectStage(project_id=project.id, stage=Stage.DRAFTING, note="按计划进入起草")
        correct_stage(session, command, actor=keeper, moment=moment)
        return session.get_one(Project, project.id).id
