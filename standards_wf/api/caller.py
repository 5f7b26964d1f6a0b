"""Who calls: the person for whom the token speaks. A browser's session counts for nothing here."""

from typing import cast

from flask import g, request

from standards_wf.api.problems import RequestProblem
from standards_wf.errors import NotFound, StandardsError
from standards_wf.request import current_moment, db
from standards_wf.services.tokens import actor_of_token
from standards_wf.workflow.facts import VISITOR, Actor
from standards_wf.workflow.refusals import Refusal

SCHEME = "Bearer"


class NotAuthenticated(StandardsError):
    """No token, or one that does not count."""

    def __init__(self, reason: Refusal) -> None:
        super().__init__(reason.code)
        self.reason = reason


def caller() -> Actor:
    """The person for whom the token of this request speaks; a visitor without one.

    Raises NotAuthenticated for a token that does not count.
    """
    if "caller" not in g:
        g.caller = _caller()
    return cast(Actor, g.caller)


def _caller() -> Actor:
    header = request.headers.get("Authorization", "").strip()
    if not header:
        return VISITOR
    scheme, _, secret = header.partition(" ")
    if scheme.lower() == SCHEME.lower() and secret.strip():
        try:
            return actor_of_token(db.session(), secret.strip(), moment=current_moment())
        except NotFound:
            pass
    raise NotAuthenticated(Refusal(RequestProblem.TOKEN_NOT_VALID))


def require_token(actor: Actor) -> None:
    """Let whoever has shown a token pass. Raises NotAuthenticated."""
    if actor.person_id is None:
        raise NotAuthenticated(Refusal(RequestProblem.TOKEN_NEEDED))
