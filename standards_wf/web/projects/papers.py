"""The papers of a project."""

from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, db
from standards_wf.services.reading.papers import papers_of
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.shown import show_tab


@bp.get("/<int:project_id>/papers")
def papers(project_id: int) -> ResponseReturnValue:
    """The papers, the newest first."""
    page = papers_of(db.session(), project_id, current_actor())
    return show_tab("papers", page.head, "papers", page=page)
