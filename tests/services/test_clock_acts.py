import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Publication, Replacement
from standards_wf.models.drafts import DraftVersion, StoredFile
from standards_wf.models.history import LifecycleEvent, Seal
from standards_wf.models.projects import Project
from standards_wf.services import clock_acts
from standards_wf.services.audit import verify
from standards_wf.services.clock_acts import act_for_the_day
from standards_wf.services.clock_due import ORDER, stages_for_the_clock
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.reading.histories import history_of
from standards_wf.services.record import Happening, append
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.vocabulary import Action, DraftStage, Event, Kind, Role, Stage
from tests.services.situations import in_consultation
from tests.support.scene import Scene


def _after(moment: Moment, days: int) -> Moment:
    return Moment(moment.at + timedelta(days=days), moment.day + timedelta(days=days))


def _case(session: Session, scene: Scene, moment: Moment, stage: Stage, kind: Kind = Kind.LOCAL_STANDARD) -> Project:
    """A case that stands at this stage; its way there is tested elsewhere."""
    project = scene.file_suggestion(session, kind, moment=moment)
    arrived = Happening(action=Event.STAGE_CORRECTED, role=Role.ADMINISTRATOR, to_stage=stage, note="为测试")
    append(session, project, arrived, actor=scene.actor(session, "administrator", moment), moment=moment)
    project.stage = stage
    session.flush()
    return project


def _publication(session: Session, project: Project, serial: int, effective_on: date, moment: Moment) -> None:
    number = f"DB31/T {serial}—{effective_on.year}"
    session.add(
        Publication(
            project_id=project.id,
            number=number,
            number_key=number,
            slug=number,
            series="DB31/T",
            serial=str(serial),
            approved_on=moment.day,
            published_on=moment.day,
            effective_on=effective_on,
            published_at=moment.at,
        )
    )
    session.flush()


def _consultation(session: Session, project: Project, closes_on: date, moment: Moment) -> None:
    sha256 = "a" * 64
    if session.get(StoredFile, sha256) is None:
        session.add(StoredFile(sha256=sha256, size=1, media_type="text/plain", stored_at=moment.at))
        session.flush()
    draft = DraftVersion(
        project_id=project.id,
        number=1,
        draft_stage=DraftStage.CONSULTATION,
        docx_sha256=sha256,
        filename="draft.docx",
        clauses_read=1,
        errors_found=0,
        findings="[]",
        folded_text="",
        attached_at=moment.at,
        attached_seq=1,
    )
    session.add(draft)
    session.flush()
    session.add(
        ConsultationRound(project_id=project.id, number=1, draft_id=draft.id, opens_on=moment.day, closes_on=closes_on)
    )


def _stage(sessions: sessionmaker[Session], project_id: int) -> Stage:
    with sessions() as session:
        return session.get_one(Project, project_id).stage


def _acts(sessions: sessionmaker[Session], project_id: int) -> list[str]:
    with sessions() as session:
        return list(
            session.scalars(
                select(LifecycleEvent.action)
                .where(LifecycleEvent.project_id == project_id, LifecycleEvent.actor_role == Role.SYSTEM)
                .order_by(LifecycleEvent.seq)
            )
        )


@pytest.mark.parametrize("kind", Kind)
def test_a_document_comes_into_force_on_its_day_and_not_before(
    session_factory: sessionmaker[Session], scene: Scene, moment: Moment, kind: Kind
) -> None:
    with session_factory() as session, unit_of_work(session):
        project = _case(session, scene, moment, Stage.PUBLISHED, kind)
        _publication(session, project, 1, moment.day + timedelta(days=3), moment)

    stages = []
    for days in range(5):
        assert act_for_the_day(session_factory, moment=_after(moment, days))
        stages.append(_stage(session_factory, project.id))

    assert stages == [Stage.PUBLISHED] * 3 + [Stage.IN_FORCE] * 2
    assert _acts(session_factory, project.id) == ["take_effect"]


@pytest.mark.parametrize("kind", Kind)
def test_a_consultation_is_closed_when_its_last_day_is_over(
    session_factory: sessionmaker[Session], scene: Scene, moment: Moment, kind: Kind
) -> None:
    with session_factory() as session, unit_of_work(session):
        project = _case(session, scene, moment, Stage.CONSULTATION, kind)
        _consultation(session, project, moment.day + timedelta(days=30), moment)

    assert act_for_the_day(session_factory, moment=_after(moment, 30))
    assert _stage(session_factory, project.id) is Stage.CONSULTATION
    assert act_for_the_day(session_factory, moment=_after(moment, 31))
    assert _stage(session_factory, project.id) is Stage.RESOLUTION


def test_after_days_off_everything_that_was_due_happens_in_its_order(
    session_factory: sessionmaker[Session], scene: Scene, moment: Moment
) -> None:
    with session_factory() as session, unit_of_work(session):
        old = _case(session, scene, moment, Stage.IN_FORCE)
        new = _case(session, scene, moment, Stage.PUBLISHED)
        _publication(session, old, 1, moment.day, moment)
        _publication(session, new, 2, moment.day + timedelta(days=2), moment)
        session.add(Replacement(project_id=new.id, replaced_number="DB31/T 1—2025", replaced_project_id=old.id))

    assert act_for_the_day(session_factory, moment=moment)
    assert _stage(session_factory, old.id) is Stage.IN_FORCE
    assert act_for_the_day(session_factory, moment=_after(moment, 40))

    assert (_stage(session_factory, old.id), _stage(session_factory, new.id)) == (Stage.SUPERSEDED, Stage.IN_FORCE)


def test_two_workers_on_the_same_day_act_once_and_seal_once(
    session_factory: sessionmaker[Session], scene: Scene, moment: Moment
) -> None:
    with session_factory() as session, unit_of_work(session):
        projects = [_case(session, scene, moment, Stage.PUBLISHED).id for _ in range(4)]
        for serial, project_id in enumerate(projects, start=1):
            _publication(session, session.get_one(Project, project_id), serial, moment.day, moment)
    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda _: act_for_the_day(session_factory, moment=moment), range(4)))

    assert done == [True] * 4
    assert [_acts(session_factory, project_id) for project_id in projects] == [["take_effect"]] * 4
    with session_factory() as session:
        assert session.scalar(select(func.count()).select_from(Seal)) == 1
        assert verify(session).is_whole


def test_one_case_that_cannot_be_handled_holds_up_no_other_and_leaves_the_day_open(
    session_factory: sessionmaker[Session], scene: Scene, moment: Moment, caplog: pytest.LogCaptureFixture
) -> None:
    with session_factory() as session, unit_of_work(session):
        broken, sound = (_case(session, scene, moment, Stage.PUBLISHED) for _ in range(2))
        _publication(session, broken, 1, moment.day, moment)
        _publication(session, sound, 2, moment.day, moment)

    def stumble(session: Session, cmd: PerformAction, **given: object) -> LifecycleEvent:
        if cmd.project_id == broken.id:
            raise ValueError("a row that nobody expected")
        return perform(session, cmd, **given)  # type: ignore[arg-type]  # what perform is given is passed on

    with patch.object(clock_acts, "perform", stumble), caplog.at_level(logging.ERROR):
        assert not act_for_the_day(session_factory, moment=moment)
    assert (_stage(session_factory, broken.id), _stage(session_factory, sound.id)) == (
        Stage.PUBLISHED,
        Stage.IN_FORCE,
    )
    assert act_for_the_day(session_factory, moment=moment)
    assert _stage(session_factory, broken.id) is Stage.IN_FORCE


@pytest.mark.parametrize(
    ("late", "told"),
    [(0, "截止日期：2025年7月2日；轮次：1"), (39, "应于2025年7月3日办理，迟办39日；截止日期：2025年7月2日；轮次：1")],
)
def test_the_history_says_when_an_act_fell_due_where_it_was_done_late(
    session_factory: sessionmaker[Session], session: Session, moment: Moment, late: int, told: str
) -> None:
    case = in_consultation(session, moment, days=30)
    session.rollback()
    assert act_for_the_day(session_factory, moment=_after(moment, 31 + late))

    newest = history_of(session, case.project_id, Kind.LOCAL_STANDARD).rows[0]
    assert newest.text == f"结束征求意见（征求意见 → 意见处理）：{told}。"


def test_the_clock_does_what_the_procedure_lets_the_system_do_and_nothing_else() -> None:
    allowed = {row.action for table in PROCEDURES.values() for row in table.rows if Role.SYSTEM in row.roles}

    assert allowed == set(ORDER)
    assert stages_for_the_clock(Action.SUPERSEDE) >= {Stage.IN_FORCE, Stage.UNDER_REVIEW}
