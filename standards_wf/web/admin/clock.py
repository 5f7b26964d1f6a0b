"""What the clock did in its last daily run, and what it will do by itself."""

from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.reading.clock import clock_page
from standards_wf.web.admin.blueprint import bp
from standards_wf.web.admin.shown import show_admin

DAYS_AHEAD = 30


@bp.get("/clock")
def clock() -> ResponseReturnValue:
    """The last daily run, and what falls due for the clock."""
    today = current_moment().day
    page = clock_page(db.session(), ahead=DAYS_AHEAD, actor=current_actor(), today=today)
    return show_admin("clock", "clock", page=page, today=today, ahead=DAYS_AHEAD)
