"""Putting right how a text was read: a new version of the same file, and the history tells whose reading it mends."""

from collections.abc import Mapping
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.apart import ReaderApart, ReaderHere
from standards_wf.documents.correcting import ReadAs
from standards_wf.documents.tree_json import from_json_text
from standards_wf.errors import EditConflict, Forbidden, NotFound
from standards_wf.models.drafts import DraftClause, DraftTree, DraftVersion
from standards_wf.models.history import LifecycleEvent
from standards_wf.services.access import actor_of
from standards_wf.services.drafts import AttachDraft, attach_draft
from standards_wf.services.readings import corrections_of, put_right
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import DraftStage, Event, Kind, Stage
from tests.services.cases import Case, act, make_case, project_of
from tests.services.texts import bring
from tests.unit.documents.test_correcting import docx

KIND = Kind.LOCAL_STANDARD
HEADING = {7: ReadAs.HEADING_2}


def drafted(session: Session, store: FileStore, moment: Moment) -> tuple[Case, DraftVersion]:
    case = make_case(session, moment, stage=Stage.DRAFTING)
    return case, bring(session, case, docx(), kind=KIND, store=store, moment=moment, stage=DraftStage.WORKING)


def prepared(
    session: Session,
    case: Case,
    wanted: Mapping[int, ReadAs | None],
    store: FileStore,
    moment: Moment,
    *,
    number: int = 1,
    person: int = 0,
    expected: int | None = None,
) -> AttachDraft | None:
    actor = actor_of(session, person or case.drafter, moment.day)
    made = put_right(
        session,
        case.project_id,
        number,
        wanted,
        actor=actor,
        store=store,
        reader=ReaderHere(),
        expected_version=expected,
    )
    session.rollback()
    return made


def attach(session: Session, case: Case, command: AttachDraft | None, store: FileStore, moment: Moment) -> DraftVersion:
    return act(session, partial(attach_draft, store=store), command, person=case.drafter, moment=moment)


def titles(session: Session, draft: DraftVersion) -> list[str]:
    asked = select(DraftClause.title).where(DraftClause.draft_id == draft.id).order_by(DraftClause.position)
    return list(session.scalars(asked))


def test_a_new_version_of_the_same_file_reads_as_it_was_put_right(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case, first = drafted(session, store, moment)
    before = titles(session, first)

    second = attach(session, case, prepared(session, case, HEADING, store, moment), store, moment)

    assert (second.number, second.docx_sha256, second.draft_stage) == (2, first.docx_sha256, first.draft_stage)
    assert store.get(second.docx_sha256) == docx()
    assert "环境 温度应为20℃。" in titles(session, second)
    assert titles(session, first) == before
    tree = from_json_text(session.get_one(DraftTree, second.id).content)
    assert [each.title for each in tree.all()] == titles(session, second)
    event = session.scalars(
        select(LifecycleEvent)
        .where(LifecycleEvent.project_id == case.project_id)
        .order_by(LifecycleEvent.seq.desc())
        .limit(1)
    ).one()
    assert event.action == Event.DRAFT_ATTACHED
    assert '"reading_of":1' in event.params.replace(" ", "")


def test_what_was_put_right_stays_when_more_is_and_can_be_taken_back(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case, first = drafted(session, store, moment)
    attach(session, case, prepared(session, case, HEADING, store, moment), store, moment)
    more = prepared(session, case, {4: ReadAs.GOES_ON}, store, moment, number=2)
    third = attach(session, case, more, store, moment)
    assert corrections_of(session, third.id) == {7: ReadAs.HEADING_2, 4: ReadAs.GOES_ON}

    back = prepared(session, case, {7: None, 4: None}, store, moment, number=3)
    fourth = attach(session, case, back, store, moment)

    assert corrections_of(session, fourth.id) == {}
    assert titles(session, fourth) == titles(session, first)


def test_where_nothing_changes_there_is_no_new_version(session: Session, store: FileStore, moment: Moment) -> None:
    case, _ = drafted(session, store, moment)
    assert prepared(session, case, {7: None}, store, moment) is None


def test_somebody_who_was_overtaken_is_told(session: Session, store: FileStore, moment: Moment) -> None:
    case, _ = drafted(session, store, moment)
    seen = project_of(session, case).version
    late = prepared(session, case, {4: ReadAs.TERM}, store, moment, expected=seen)
    attach(session, case, prepared(session, case, HEADING, store, moment, expected=seen), store, moment)
    with pytest.raises(EditConflict):
        attach(session, case, late, store, moment)


def test_only_those_who_keep_the_text_put_it_right(session: Session, store: FileStore, moment: Moment) -> None:
    case, _ = drafted(session, store, moment)
    with pytest.raises(NotFound):
        prepared(session, case, HEADING, store, moment, person=case.stranger)
    with pytest.raises(Forbidden) as refused:
        prepared(session, case, HEADING, store, moment, person=case.chair)
    assert refused.value.reason.code is RefusalCode.ROLE_REQUIRED


def test_the_reading_of_a_text_is_not_touched_when_its_time_is_over(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case, _ = drafted(session, store, moment)
    with unit_of_work(session):
        project_of(session, case).stage = Stage.APPROVAL
    with pytest.raises(Forbidden) as refused:
        prepared(session, case, HEADING, store, moment)
    assert refused.value.reason.code is RefusalCode.NOT_FROM_THIS_STAGE


def test_the_process_that_reads_apart_is_told_what_was_put_right() -> None:
    tree = ReaderApart().read(docx(), "文本.docx", HEADING).tree
    assert "4.7" in [each.label for each in tree.all()]
