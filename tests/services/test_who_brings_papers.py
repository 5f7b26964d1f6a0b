"""Who brings which paper, and until when."""

from functools import partial

import pytest
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.inspect import UploadLimits
from standards_wf.errors import Forbidden
from standards_wf.models.drafts import Attachment
from standards_wf.services.drafts import Upload
from standards_wf.services.papers import AttachPaper, attach_paper
from standards_wf.services.storage import FileStore
from standards_wf.workflow.vocabulary import Paper, Stage
from tests.services.cases import Case, act, make_case

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def brought(
    session: Session, case: Case, person: int, store: FileStore, moment: Moment, paper: Paper = Paper.TEST_REPORT
) -> Attachment:
    service = partial(attach_paper, store=store, limits=UploadLimits())
    command = AttachPaper(project_id=case.project_id, paper=paper, upload=Upload("paper.pdf", PDF))
    return act(session, service, command, person=person, moment=moment)


def test_what_somebody_vouches_for_is_brought_by_nobody_else(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = make_case(session, moment, stage=Stage.APPROVAL)
    for paper in (Paper.REVIEW_MINUTES, Paper.BALLOT_CONCLUSION, Paper.PUBLICATION_ANNOUNCEMENT):
        for person in (case.drafter, case.department):
            with pytest.raises(Forbidden):
                brought(session, case, person, store, moment, paper)
        assert brought(session, case, case.authority, store, moment, paper).id
    assert brought(session, case, case.secretary, store, moment, Paper.REVIEW_MINUTES).id
    with pytest.raises(Forbidden):
        brought(session, case, case.secretary, store, moment, Paper.PUBLICATION_ANNOUNCEMENT)


def test_papers_of_a_published_document_are_added_by_whoever_published_it(
    session: Session, store: FileStore, moment: Moment
) -> None:
    case = make_case(session, moment, stage=Stage.IN_FORCE)
    for person in (case.drafter, case.secretary, case.department):
        with pytest.raises(Forbidden):
            brought(session, case, person, store, moment)
    assert brought(session, case, case.authority, store, moment).id
