"""Files on their way out: each through its door, with its right name and type."""

from urllib.parse import quote

from flask import Blueprint, Response, abort, request
from flask.typing import ResponseReturnValue

from standards_wf.models.drafts import StoredFile
from standards_wf.request import current_actor, db, installation
from standards_wf.services.access import attachment_for, draft_for, is_public_draft
from standards_wf.web.login import require_login

bp = Blueprint("downloads", __name__)


@bp.get("/files/drafts/<int:project_id>/<int:number>.<form>")
def draft(project_id: int, number: int, form: str) -> ResponseReturnValue:
    """A version of a text as Word or PDF; everybody's when it was put to consultation or published."""
    session = db.session()
    found = draft_for(session, project_id, number, current_actor())
    sha256 = {"docx": found.docx_sha256, "pdf": found.pdf_sha256}.get(form)
    if sha256 is None:
        abort(404)
    name = f"{found.filename.rsplit('.', 1)[0]}.{form}"
    return file_answer(sha256, name, public=is_public_draft(session, found))


@bp.get("/files/papers/<int:attachment_id>")
def paper(attachment_id: int) -> ResponseReturnValue:
    """A paper of a project, for its people."""
    asked = require_login()
    if asked is not None:
        return asked
    found = attachment_for(db.session(), attachment_id, current_actor())
    return file_answer(found.sha256, found.filename, public=False)


def file_answer(sha256: str, filename: str, *, public: bool) -> Response:
    """A stored file as something to save; what a browser has already is not sent again. Raises NotFound."""
    stored = db.session().get(StoredFile, sha256)
    answer = Response(
        installation().store.get(sha256),
        mimetype=stored.media_type if stored else "application/octet-stream",
        headers={
            "Content-Disposition": content_disposition(filename),
            "Cache-Control": "public, no-cache" if public else "private, no-cache",
        },
    )
    answer.set_etag(sha256)
    answer.make_conditional(request)
    return answer


def content_disposition(filename: str) -> str:
    """The header that names a file to save, in ASCII for old programs and in full for all others (RFC 6266)."""
    ascii_name = "".join(sign if sign.isascii() and sign not in '"\\' else "_" for sign in filename)
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{quote(filename, safe='')}"
