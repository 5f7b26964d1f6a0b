"""Files given out in the form that the caller can read."""

from flask import request
from sqlalchemy.orm import Session

from standards_wf.api.answers import FileAnswer
from standards_wf.api.errors import NotOffered
from standards_wf.api.problems import RequestProblem
from standards_wf.documents.inspect import FileKind, UploadLimits
from standards_wf.errors import Invalid
from standards_wf.models.drafts import DraftVersion
from standards_wf.request import installation
from standards_wf.services.drafts import Upload
from standards_wf.services.exchange import ExchangeForm, exchanged
from standards_wf.workflow.refusals import Refusal

DOCX, PDF = FileKind.DOCX.media_type, FileKind.PDF.media_type
FORMS = (DOCX, PDF)
EXCHANGED = tuple(each.media_type for each in ExchangeForm)
TEXT_FORMS = (*FORMS, *EXCHANGED)
"""The forms of a text: as it was brought, and as what was read of it."""


def wanted_form(*offered: str) -> str:
    """The form that the caller would rather have; the first where anything will do. Raises NotOffered."""
    wanted = request.accept_mimetypes.best_match(offered) if request.accept_mimetypes else offered[0]
    if wanted is None:
        raise NotOffered(Refusal(RequestProblem.NOT_OFFERED, offered=offered))
    return wanted


def docx_or_pdf(docx: bytes, filename: str, *, pdf: bytes | None = None, public: bool = False) -> FileAnswer:
    """A text as Word, or as PDF where the caller asks for that. Raises NotOffered, Unavailable without LibreOffice."""
    stem = filename.rsplit(".", 1)[0]
    if wanted_form(*FORMS) == DOCX:
        return FileAnswer(content=docx, media_type=DOCX, filename=f"{stem}.docx", public=public)
    content = pdf if pdf is not None else installation().office.to_pdf(docx)
    return FileAnswer(content=content, media_type=PDF, filename=f"{stem}.pdf", public=public)


def text_in_wanted_form(session: Session, draft: DraftVersion, *, public: bool) -> FileAnswer:
    """A version of a text as Word, PDF, NISO STS or JSON, by Accept.

    Raises NotOffered, NotFound where nothing was read of it, Unavailable without LibreOffice.
    """
    wanted = wanted_form(*TEXT_FORMS)
    if wanted in EXCHANGED:
        form = next(each for each in ExchangeForm if each.media_type == wanted)
        name = f"{draft.filename.rsplit('.', 1)[0]}.{form}"
        content = exchanged(session, draft, form)
        return FileAnswer(content=content, media_type=wanted, filename=name, public=public)
    store = installation().store
    pdf = store.get(draft.pdf_sha256) if draft.pdf_sha256 else None
    return docx_or_pdf(store.get(draft.docx_sha256), draft.filename, pdf=pdf, public=public)


def upload_limits() -> UploadLimits:
    """How large a file may be here."""
    return UploadLimits(file_bytes=installation().settings.max_upload_mb * 1024 * 1024)


def file_or_generate(file: Upload | None, *, generate: bool) -> Upload | None:
    """The file that was sent, or none where the paper is to be made. Raises Invalid unless it is one of the two."""
    if (file is not None) is generate:
        raise Invalid({"file": Refusal(RequestProblem.GENERATE_OR_FILE)})
    return file
