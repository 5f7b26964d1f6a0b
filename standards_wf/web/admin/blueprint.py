"""The blueprint of the administrator's pages; nobody else comes in."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor
from standards_wf.services.access import require_administrator
from standards_wf.web.login import require_login

bp = Blueprint("admin", __name__, url_prefix="/admin")


@bp.before_request
def only_administrators() -> ResponseReturnValue | None:
    """Let the administrator pass. Raises Forbidden."""
    asked = require_login()
    if asked is None:
        require_administrator(current_actor())
    return asked
