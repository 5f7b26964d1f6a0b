"""Files on their way out: each through its door, with its right name and type."""

from hashlib import sha256
from urllib.parse import quote

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from standards_wf.models.drafts import StoredFile
from standards_wf.request import current_actor, db, installation
from standards_wf.services.access import attachment_for, draft_for, is_public_draft, require_picture
from standards_wf.services.exchange import ExchangeForm, exchanged
from standards_wf.web.login import require_login

bp = Blueprint("downloads", __name__)


@bp.get("/files/drafts/<int:project_id>/<int:number>.<form>")
def draft(project_id: int, number: int, form: str) -> ResponseReturnValue:
    """A version of a text as Word, PDF, NISO STS or JSON; everybody's when it was put to consultation or published."""
    session = db.session()
    found = draft_for(session, project_id, number, current_actor())
    public = is_public_draft(session, found)
    name = f"{found.filename.rsplit('.', 1)[0]}.{form}"
    if form in tuple(ExchangeForm):
        made = exchanged(session, found, ExchangeForm(form))
        return _answer(made, ExchangeForm(form).media_type, sha256(made).hexdigest(), name, public=public)
    stored = {"docx": found.docx_sha256, "pdf": found.pdf_sha256}.get(form)
    if stored is None:
        abort(404)
    return file_answer(stored, name, public=public)


@bp.get("/files/drafts/<int:project_id>/<int:number>/pictures/<name>")
def picture(project_id: int, number: int, name: str) -> ResponseReturnValue:
    """A picture that stands in a version of a text, for whoever may read the text."""
    session = db.session()
    found = draft_for(session, project_id, number, current_actor())
    require_picture(session, found, name)
    return file_answer(name, "", public=is_public_draft(session, found))


@bp.get("/files/papers/<int:attachment_id>")
def paper(attachment_id: int) -> ResponseReturnValue:
    """A paper of a project, for its people."""
    asked = require_login()
    if asked is not None:
        return asked
    found = attachment_for(db.session(), attachment_id, current_actor())
    return file_answer(found.sha256, found.filename, public=False)


def file_answer(digest: str, filename: str, *, public: bool) -> Response:
    """A stored file as something to save, or to show where it has no name; what a browser has already is not sent again. Raises NotFound."""
    stored = db.session().get(StoredFile, digest)
    media_type = stored.media_type if stored else "application/octet-stream"
    return _answer(installation().store.get(digest), media_type, digest, filename, public=public)


def _answer(content: bytes, media_type: str, digest: str, filename: str, *, public: bool) -> Response:
    answer = Response(
        content,
        mimetype=media_type,
        headers={
            "Content-Disposition": content_disposition(filename) if filename else "inline",
            "Cache-Control": "public, no-cache" if public else "private, no-cache",
        },
    )
    answer.set_etag(digest)
    answer.make_conditional(request)
    return answer


def content_disposition(filename: str) -> str:
    """The header that names a file to save, in ASCII for old programs and in full for all others (RFC 6266)."""
    ascii_name = "".join(sign if sign.isascii() and sign not in '"\\' else "_" for sign in filename)
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(filename, safe='')}"
