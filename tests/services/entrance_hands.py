"""People of the scene at the entrance: they suggest, apply, approve, and are refused with sentences that can be said."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import Project, ProjectUnit
from standards_wf.services.appraisals import NamedExpert, RecordAppraisal, record_appraisal
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.saying import say
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.wording.language import Language, use
from standards_wf.workflow.fields import ActFields
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.vocabulary import (
    Action,
    Kind,
    Stage,
)
from tests.support.scene import Scene

Done = TypeVar("Done")
JIANGSU, ZHEJIANG = "江苏省市场监督管理局", "浙江省市场监督管理局"


class Desk:
    """People of the scene, doing things one after the other."""

    def __init__(self, session: Session, scene: Scene, moment: Moment) -> None:
        self.session, self.scene, self.moment = session, scene, moment

    def does(self, login: str, service: Callable[..., Done], command: object, *more: object) -> Done:
        with unit_of_work(self.session):
            actor = self.scene.actor(self.session, login, self.moment)
            return service(self.session, command, *more, actor=actor, moment=self.moment)

    def is_refused(
        self, login: str, service: Callable[..., object], command: object, *more: object
    ) -> dict[str, Refusal]:
        with pytest.raises(Invalid) as refused:
            self.does(login, service, command, *more)
        for language in Language:
            use(language)
            for refusal in refused.value.fields.values():
                assert "{" not in say(refusal)
        use(Language.ZH)
        return dict(refused.value.fields)

    def suggestion(self, kind: Kind = Kind.LOCAL_STANDARD, title: str = "充电桩能效") -> int:
        with unit_of_work(self.session):
            return self.scene.file_suggestion(self.session, kind, moment=self.moment, title=title).id

    def acts(self, login: str, project_id: int, action: Action, *, note: str = "", **fields: Any) -> LifecycleEvent:  # noqa: ANN401
        command = PerformAction(project_id=project_id, action=action, note=note, fields=ActFields(**fields))
        return self.does(login, perform, command)

    def project(self, project_id: int) -> Project:
        return self.session.get_one(Project, project_id, populate_existing=True)

    def put_at(self, project_id: int, stage: Stage) -> None:
        with unit_of_work(self.session):
            project = self.project(project_id)
            project.stage = stage

    def ready_to_approve(self, kind: Kind = Kind.LOCAL_STANDARD) -> int:
        """A case at its appraisal, with everything that approving it asks for."""
        project_id = self.suggestion(kind)
        keeper = "association" if kind is Kind.GROUP_STANDARD else "clerk"
        with unit_of_work(self.session):
            project = self.project(project_id)
            project.stage = Stage.APPRAISAL
            self.session.add(ProjectUnit(project_id=project_id, position=1, name="示例市计量测试研究院"))
        experts = tuple(NamedExpert(f"专家{number}", "示例大学") for number in range(7))
        held = RecordAppraisal(project_id=project_id, held_on=self.moment.day, in_favour=True, experts=experts)
        self.does(keeper, record_appraisal, held)
        return project_id

    def approves(self, project_id: int, number: str, *, login: str = "clerk", **fields: Any) -> LifecycleEvent:  # noqa: ANN401
        given: dict[str, Any] = {"plan_published_on": self.moment.day}
        given |= {"completes_on": self.moment.day + timedelta(days=300), **fields}
        return self.acts(login, project_id, Action.APPROVE_PROJECT, plan_number=number, **given)
