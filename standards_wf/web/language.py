"""Choosing the language of the interface; the page stays the same."""

from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, request, session
from flask.typing import ResponseReturnValue

from standards_wf.web.frame import LANGUAGE
from standards_wf.wording.language import Language

bp = Blueprint("language", __name__)


@bp.get("/language/<language>")
def switch(language: str) -> ResponseReturnValue:
    """Speak this language from now on and go back to where one was."""
    if language not in set(Language):
        abort(404)
    session[LANGUAGE] = language
    session.permanent = True
    return redirect(own_address(request.args.get("next", "")))


def own_address(target: str, otherwise: str = "/") -> str:
    """An address of this site to go on to; whatever leads elsewhere becomes `otherwise`."""
    parts = urlsplit(target) if _is_plain(target) else None
    safe = parts is not None and not parts.scheme and not parts.netloc
    return request.script_root + (target if safe else otherwise)


def _is_plain(target: str) -> bool:
    """Whether it begins with one slash and holds nothing that browsers read as something else."""
    return (
        target.startswith("/")
        and not target.startswith(("//", "/\\"))
        and "\\" not in target
        and target.isprintable()
        and " " not in target
    )
