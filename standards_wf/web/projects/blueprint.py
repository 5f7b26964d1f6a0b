"""The blueprint of the pages of projects; only people who are logged in come in."""

from flask import Blueprint

from standards_wf.web.login import require_login

bp = Blueprint("projects", __name__, url_prefix="/projects")
bp.before_request(require_login)
