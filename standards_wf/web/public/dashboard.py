"""The public figures."""

from flask import render_template
from flask.typing import ResponseReturnValue

from standards_wf.request import current_moment, db
from standards_wf.services.reading import dashboard as reading
from standards_wf.web.public.blueprint import bp


@bp.get("/dashboard")
def dashboard() -> ResponseReturnValue:
    """Documents, projects, coverage and targets in figures."""
    return render_template("public/dashboard.html", page=reading.dashboard(db.session()), on=current_moment().day)
