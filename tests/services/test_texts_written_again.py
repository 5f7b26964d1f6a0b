"""Nothing of a text is lost between the file that was brought and the paper that is made from it."""

import dataclasses
from random import Random

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.clauses import ClauseKind
from standards_wf.documents.elements import Section, pictures_in
from standards_wf.documents.reading import read_tree
from standards_wf.documents.render import render
from standards_wf.services.papers import make_paper
from standards_wf.services.storage import FileStore
from standards_wf.workflow.facts import SYSTEM_ACTOR
from standards_wf.workflow.vocabulary import DraftStage, Kind, Paper, Stage
from tests.services.cases import make_case
from tests.services.texts import bring, fill_in, text_for
from tests.unit.documents.samples import GROUP_DRAFT
from tests.unit.documents.trees import CONTENTS, TextAtWill


def body_of(docx: bytes) -> tuple[Section, ...]:
    front = (ClauseKind.FOREWORD, ClauseKind.INTRODUCTION)
    return tuple(each for each in read_tree(docx).sections if each.kind not in front)


def test_pictures_tables_formulae_and_footnotes_of_an_upload_stand_in_the_text_that_is_made(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = make_case(session, moment, kind=Kind.LOCAL_STANDARD, stage=Stage.SUBMISSION)
    fill_in(session, case, text_for(Kind.LOCAL_STANDARD))
    sections = TextAtWill(Random(5), 60).sections()
    brought = render(GROUP_DRAFT.paper, dataclasses.replace(GROUP_DRAFT, clauses=sections, pictures=CONTENTS))
    bring(session, case, brought, kind=Kind.LOCAL_STANDARD, store=store, moment=moment)
    session.rollback()

    made = make_paper(
        session,
        case.project_id,
        Paper.STANDARD_BODY,
        actor=SYSTEM_ACTOR,
        moment=moment,
        draft_stage=DraftStage.SUBMISSION,
        store=store,
    )

    assert any(pictures_in(read_tree(made.docx)))
    assert body_of(made.docx) == sections
