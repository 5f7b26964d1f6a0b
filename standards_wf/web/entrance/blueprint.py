"""The blueprint of the entrance at work; only people who are logged in come in."""

from flask import Blueprint

from standards_wf.web.login import require_login

bp = Blueprint("entrance", __name__)
bp.before_request(require_login)
