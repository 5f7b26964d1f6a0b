"""Papers of a project on their way out: one as PDF, the submission package in one file."""

from flask import Response
from flask.typing import ResponseReturnValue

from standards_wf.documents.inspect import FileKind
from standards_wf.errors import NotFound
from standards_wf.request import current_actor, current_moment, db, installation
from standards_wf.services.access import attachment_for
from standards_wf.services.archives import MEDIA_TYPE, package_archive
from standards_wf.web.downloads import content_disposition
from standards_wf.web.projects.blueprint import bp


@bp.get("/<int:project_id>/papers/<int:attachment_id>.pdf")
def paper_as_pdf(project_id: int, attachment_id: int) -> ResponseReturnValue:
    """A Word paper as PDF, for the people of the project. Raises NotFound, and Unavailable without LibreOffice."""
    found = attachment_for(db.session(), attachment_id, current_actor())
    if found.project_id != project_id or not found.filename.lower().endswith(".docx"):
        raise NotFound("paper", attachment_id)
    return Response(
        installation().office.to_pdf(installation().store.get(found.sha256)),
        mimetype=FileKind.PDF.media_type,
        headers={
            "Content-Disposition": content_disposition(f"{found.filename[:-5]}.pdf"),
            "Cache-Control": "private, no-store",
        },
    )


@bp.get("/<int:project_id>/papers/package.zip")
def package(project_id: int) -> ResponseReturnValue:
    """The package as one zip with its manifest, for the people of the project."""
    made = package_archive(
        db.session(), installation().store, project_id, actor=current_actor(), moment=current_moment()
    )
    return Response(
        made.content,
        mimetype=MEDIA_TYPE,
        headers={"Content-Disposition": content_disposition(made.filename), "Cache-Control": "private, no-store"},
    )
