"""Texts of the demonstration as drafts of a case: attached through the service, as a drafter brings them."""

from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.demo.bodies import body_of_text
from standards_wf.demo.texts import DemoText, Extent, load_texts
from standards_wf.documents.apart import ReaderHere
from standards_wf.documents.inspect import UploadLimits
from standards_wf.documents.render import render
from standards_wf.models.drafts import DraftVersion
from standards_wf.models.projects import Project, ProjectDrafter, ProjectUnit
from standards_wf.services.drafts import AttachDraft, Upload, attach_draft, prepare_draft
from standards_wf.services.storage import FileStore
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.vocabulary import DraftStage, Kind
from tests.services.cases import Case, act

LIMITS = UploadLimits()
_KINDS = {
    Kind.LOCAL_STANDARD: "airport_bridge_power",
    Kind.GROUP_STANDARD: "cold_chain_ghg",
    Kind.METROLOGY_SPECIFICATION: "power_analyzer_calibration",
}


def text_for(kind: Kind) -> DemoText:
    """A whole text of this kind."""
    (text,) = (each for each in load_texts() if each.slug == _KINDS[kind] and each.extent is Extent.WHOLE)
    return text


def docx_of(text: DemoText, stage: DraftStage = DraftStage.CONSULTATION) -> bytes:
    """The text as a Word file."""
    return render(*body_of_text(text, stage, completed_on=date(2025, 5, 30)))


def bring(
    session: Session,
    case: Case,
    docx: bytes,
    *,
    kind: Kind,
    store: FileStore,
    moment: Moment,
    stage: DraftStage = DraftStage.CONSULTATION,
    person: int | None = None,
) -> DraftVersion:
    """Attach a version, as the drafter unless somebody else is named."""
    draft = prepare_draft(Upload("文本.docx", docx), None, kind=kind, reader=ReaderHere(LIMITS), limits=LIMITS)
    command = AttachDraft(project_id=case.project_id, draft_stage=stage, draft=draft)
    return act(session, partial(attach_draft, store=store), command, person=person or case.drafter, moment=moment)


def fill_in(session: Session, case: Case, text: DemoText) -> None:
    """Give a case the particulars of a text."""
    with unit_of_work(session):
        project = session.get_one(Project, case.project_id)
        project.title_zh, project.title_en = text.title_zh, text.title_en
        project.ics, project.ccs = text.ics, text.ccs
        project.contact = "联系人 021-12345678"
        unit = session.query(ProjectUnit).filter_by(project_id=case.project_id, position=1).one()
        session.query(ProjectDrafter).filter_by(project_id=case.project_id).update({"unit": unit.name})
