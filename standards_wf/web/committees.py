"""The technical committees: their members, their projects, their running ballots."""

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.reading.committees import committee_of, list_committees
from standards_wf.web.login import require_login

bp = Blueprint("committees", __name__, url_prefix="/committees")
bp.before_request(require_login)


@bp.get("")
def listed() -> ResponseReturnValue:
    """The committees that one may see."""
    rows = list_committees(db.session(), current_actor(), current_moment())
    return render_template("committees/list.html", rows=rows)


@bp.get("/<int:committee_id>")
def show(committee_id: int) -> ResponseReturnValue:
    """One committee."""
    page = committee_of(db.session(), committee_id, current_actor(), current_moment())
    return render_template("committees/committee.html", page=page)
