"""The versions of a text: read into clauses that can be shown and written again, checked, kept for ever."""

import json
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.apart import ReaderHere
from standards_wf.documents.bearing import bears
from standards_wf.documents.blocks import blocks_as_json, blocks_from_json
from standards_wf.documents.clauses import Formula, Table
from standards_wf.documents.inspect import UploadRefused
from standards_wf.documents.reading import read_clauses
from standards_wf.errors import EditConflict, Forbidden
from standards_wf.models.drafts import DraftClause, DraftVersion
from standards_wf.models.history import LifecycleEvent
from standards_wf.services.drafts import AttachDraft, Upload, attach_draft, prepare_draft
from standards_wf.services.storage import FileStore
from standards_wf.workflow.refusals import RefusalCode
from standards_wf.workflow.vocabulary import DraftStage, Event, Kind, Stage
from tests.services.cases import Case, act, make_case, project_of
from tests.services.texts import LIMITS, bring, docx_of, text_for

KIND = Kind.LOCAL_STANDARD


def drafting(session: Session, moment: Moment, stage: Stage = Stage.DRAFTING) -> Case:
    return make_case(session, moment, stage=stage)


def clauses_of(session: Session, draft: DraftVersion) -> list[DraftClause]:
    asked = select(DraftClause).where(DraftClause.draft_id == draft.id).order_by(DraftClause.position)
    return list(session.scalars(asked))


def test_a_text_is_kept_clause_by_clause_with_its_tables_and_formulae(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case, docx = drafting(session, moment), docx_of(text_for(KIND))

    draft = bring(session, case, docx, kind=KIND, store=store, moment=moment)

    read = read_clauses(docx).clauses
    kept = clauses_of(session, draft)
    assert draft.clauses_read == len(kept) == len(read)
    assert [blocks_from_json(clause.blocks) for clause in kept] == [clause.blocks for clause in read]
    sorts = {type(block) for clause in kept for block in blocks_from_json(clause.blocks)}
    assert sorts == {str, Table, Formula}
    assert store.get(draft.docx_sha256) == docx
    assert (draft.errors_found, json.loads(draft.findings)) == (0, [])


def test_versions_are_numbered_and_recorded(session: Session, store: FileStore, moment: Moment) -> None:
    case, docx = drafting(session, moment), docx_of(text_for(KIND))

    numbers = [bring(session, case, docx, kind=KIND, store=store, moment=moment).number for _ in range(2)]

    assert numbers == [1, 2]
    events = session.scalars(
        select(LifecycleEvent.action).where(
            LifecycleEvent.project_id == case.project_id, LifecycleEvent.action == Event.DRAFT_ATTACHED
        )
    ).all()
    assert len(events) == 2
    assert project_of(session, case).version == project_of(session, case).last_event_seq


def test_what_the_format_check_finds_is_kept(session: Session, store: FileStore, moment: Moment) -> None:
    case = drafting(session, moment)
    specification = docx_of(text_for(Kind.METROLOGY_SPECIFICATION))

    draft = bring(session, case, specification, kind=KIND, store=store, moment=moment)

    assert draft.errors_found == len(json.loads(draft.findings)) > 0
    assert {finding["rule"] for finding in json.loads(draft.findings)} >= {"GB-C01"}


def test_only_the_text_to_be_published_is_kept_folded(session: Session, store: FileStore, moment: Moment) -> None:
    case, text = make_case(session, moment, stage=Stage.SUBMISSION), text_for(KIND)
    docx = docx_of(text)

    submitted = bring(session, case, docx, kind=KIND, store=store, moment=moment, stage=DraftStage.SUBMISSION)
    to_publish = bring(
        session, case, docx, kind=KIND, store=store, moment=moment, stage=DraftStage.PUBLICATION, person=case.authority
    )

    assert submitted.folded_text == ""
    assert bears(to_publish.folded_text, text.title_zh)


def test_a_file_that_is_no_text_is_refused_before_anything_reads_it() -> None:
    with pytest.raises(UploadRefused):
        prepare_draft(Upload("文本.docx", b"MZ\x90\x00"), None, kind=KIND, reader=ReaderHere(LIMITS), limits=LIMITS)
    with pytest.raises(UploadRefused):
        prepare_draft(
            Upload("文本.docx", docx_of(text_for(KIND))),
            Upload("文本.pdf", b"PK\x03\x04"),
            kind=KIND,
            reader=ReaderHere(LIMITS),
            limits=LIMITS,
        )


def test_nobody_but_the_keepers_of_a_text_attaches_one_and_only_while_it_is_drafted(
    session: Session, store: FileStore, moment: Moment
) -> None:
    docx = docx_of(text_for(KIND))
    case = drafting(session, moment)
    with pytest.raises(Forbidden) as told:
        bring(session, case, docx, kind=KIND, store=store, moment=moment, person=case.department)
    assert told.value.reason.code is RefusalCode.ROLE_REQUIRED
    applied = drafting(session, moment, Stage.APPLIED)
    with pytest.raises(Forbidden) as told:
        bring(session, applied, docx, kind=KIND, store=store, moment=moment)
    assert told.value.reason.code is RefusalCode.NOT_FROM_THIS_STAGE


def test_a_version_on_top_of_what_somebody_has_not_seen_is_refused(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case, docx = drafting(session, moment), docx_of(text_for(KIND))
    seen = project_of(session, case).version
    bring(session, case, docx, kind=KIND, store=store, moment=moment)
    draft = prepare_draft(Upload("文本.docx", docx), None, kind=KIND, reader=ReaderHere(LIMITS), limits=LIMITS)
    command = AttachDraft(
        project_id=case.project_id, draft_stage=DraftStage.CONSULTATION, draft=draft, expected_version=seen
    )

    with pytest.raises(EditConflict):
        act(session, partial(attach_draft, store=store), command, person=case.drafter, moment=moment)


def test_blocks_are_the_same_after_they_were_stored() -> None:
    blocks = ("a) 第一；", Table((("甲", "乙"), ("", "1")), "表1　某", "单位为毫米"), Formula("E = m c^2", "A.1"))

    assert blocks_from_json(blocks_as_json(blocks)) == blocks
    assert blocks_from_json("[]") == ()
    with pytest.raises(ValueError, match="not the blocks"):
        blocks_from_json('[{"picture": 1}]')
