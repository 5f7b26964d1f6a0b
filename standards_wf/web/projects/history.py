"""The history of a project."""

from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, db
from standards_wf.services.reading.histories import history_of
from standards_wf.services.reading.projects import head_of
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.lists import asked_number
from standards_wf.web.projects.shown import in_the_readers_calendar, show_tab


@bp.get("/<int:project_id>/history")
def history(project_id: int) -> ResponseReturnValue:
    """What happened, newest first."""
    head = head_of(db.session(), project_id, current_actor())
    page = history_of(db.session(), project_id, head.kind, asked_number("page") or 1)
    return show_tab("history", head, "history", page=page, rows=in_the_readers_calendar(page.rows))
