"""Telling people from programs without asking anybody else: a field that stays empty, and a moment to read the page."""

from dataclasses import dataclass
from hashlib import sha256

from flask import current_app, request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.orm import Session

from standards_wf.errors import Invalid
from standards_wf.request import current_actor, current_moment
from standards_wf.services.problems import PublicFormProblem
from standards_wf.services.submissions import enter_submission
from standards_wf.workflow.refusals import Refusal

SECONDS = 2
"""Nobody reads a form and fills it in within less."""
TRAP = "homepage"
SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Trap:
    """What a public form carries besides its fields."""

    name: str
    token: str


def trap() -> Trap:
    """The trap for a form that is shown; a form that comes back keeps the moment when it was first shown."""
    kept = request.form.get(SHOWN, "")
    return Trap(TRAP, kept if _shown_at(kept) is not None else _serializer().dumps(_now()))


def require_human(session: Session) -> None:
    """Let people pass, within the unit of work that takes their form. Raises Invalid.

    Whoever is logged in was let in already.
    """
    if current_actor().person_id is not None:
        return
    if request.form.get(TRAP, "").strip():
        raise Invalid({TRAP: Refusal(PublicFormProblem.LOOKS_AUTOMATIC)})
    shown_at = _shown_at(request.form.get(SHOWN, ""))
    if shown_at is None or not _now() - shown_at >= SECONDS:
        raise Invalid({"": Refusal(PublicFormProblem.TOO_QUICK)})
    enter_submission(session, request.remote_addr or "", moment=current_moment())


def _now() -> int:
    return int(current_moment().at.timestamp())


def _shown_at(token: str) -> int | None:
    try:
        return int(_serializer().loads(token))
    except (BadSignature, TypeError, ValueError):
        return None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="public-form", signer_kwargs={"digest_method": sha256})
