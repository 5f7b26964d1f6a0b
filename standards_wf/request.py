"""What a request knows: its installation, its session, who asks and when."""

from typing import cast

from flask import current_app, g
from flask_login import current_user
from flask_sqlalchemy import SQLAlchemy

from standards_wf.clock import Moment, moment
from standards_wf.errors import NotFound
from standards_wf.installation import Installation
from standards_wf.services.access import actor_of
from standards_wf.services.reading.lives import KeptLives
from standards_wf.workflow.facts import VISITOR, Actor

db = SQLAlchemy(session_options={"expire_on_commit": False})

EXTENSION = "standards_wf"
_LIVES = "standards_wf.lives"


def installation() -> Installation:
    """The installation that this request is made to."""
    return cast(Installation, current_app.extensions[EXTENSION])


def kept_lives() -> KeptLives:
    """The lives of all cases as this process read them last, for the figures."""
    return cast(KeptLives, current_app.extensions.setdefault(_LIVES, KeptLives()))


def current_moment() -> Moment:
    """When this request is made; the same answer throughout."""
    if "moment" not in g:
        g.moment = moment(installation().settings.timezone)
    return cast(Moment, g.moment)


def current_actor() -> Actor:
    """Who makes this request, with the roles held today; a visitor where nobody is logged in."""
    if "actor" not in g:
        g.actor = _actor()
    return cast(Actor, g.actor)


def _actor() -> Actor:
    if not current_user.is_authenticated:
        return VISITOR
    try:
        return actor_of(db.session, current_user.person_id, current_moment().day)  # type: ignore[arg-type]
    except NotFound:
        return VISITOR
