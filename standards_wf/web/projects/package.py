"""The submission package of a project in one file."""

from flask import Response
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db, installation
from standards_wf.services.archives import MEDIA_TYPE, package_archive
from standards_wf.web.downloads import content_disposition
from standards_wf.web.projects.blueprint import bp


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
