"""The front page."""

from flask import render_template
from flask.typing import ResponseReturnValue

from standards_wf.request import current_moment, db
from standards_wf.services.reading.public import front_page
from standards_wf.web.public.blueprint import bp


@bp.get("/")
def front() -> ResponseReturnValue:
    """What this is, what is open, and what came out lately."""
    return render_template("public/front.html", page=front_page(db.session(), current_moment()))
