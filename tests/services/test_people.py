from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import Kind
from tests.support.scene import Scene


def test_a_case_of_each_kind_can_be_opened(session: Session, scene: Scene, moment: Moment) -> None:
    for kind in Kind:
        with unit_of_work(session):
            assert scene.file_suggestion(session, kind, moment=moment).last_event_seq == 1
