"""What every page stands in: the words, the person who reads, and the switch to the other language."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from flask import Flask, request, session, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape
from werkzeug.routing import BaseConverter, ValidationError

from standards_wf.request import current_moment, db, installation
from standards_wf.search.results import Fragment
from standards_wf.services.reading.site import has_demonstration_data
from standards_wf.services.saying import say
from standards_wf.wording import dates, labels
from standards_wf.wording.language import Language, current, t, use
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.procedures import has_act
from standards_wf.workflow.vocabulary import Action

LANGUAGE = "language"
_LOOKS_AGAIN_AFTER = timedelta(minutes=1)


@dataclass(slots=True)
class Site:
    """What the frame says about the whole installation."""

    _demonstration: bool = False
    _looked_at: datetime | None = None

    @property
    def demonstration(self) -> bool:
        """Whether something here is an example without effect; looked up once a minute."""
        at = current_moment().at
        if self._looked_at is None or not timedelta() <= at - self._looked_at < _LOOKS_AGAIN_AFTER:
            self._demonstration, self._looked_at = has_demonstration_data(db.session()), at
        return self._demonstration


class CodeConverter(BaseConverter):
    """A code of the vocabulary in an address; an unknown one is no address at all."""

    codes: type[StrEnum] = Action

    def to_python(self, value: str) -> StrEnum:
        """The code of this word."""
        try:
            return self.codes(value)
        except ValueError:
            raise ValidationError from None

    def to_url(self, value: str) -> str:
        """The word of this code."""
        return str(value)


def install(app: Flask) -> None:
    """Give the templates their words, and each request its language."""
    app.url_map.converters["action"] = CodeConverter
    app.jinja_env.globals.update(t=t, labels=labels, dates=dates, say=say, site=Site(), kinds=KINDS, has_act=has_act)
    app.jinja_env.filters.update(local=local, marked=marked)
    app.before_request_funcs.setdefault(None, []).insert(0, _speak)  # before anything that may refuse in words
    app.context_processor(_frame)


def local(instant: datetime) -> datetime:
    """An instant in the calendar of the reader."""
    zone: ZoneInfo = installation().settings.timezone
    return instant.astimezone(zone)


def marked(fragments: Iterable[Fragment]) -> Markup:
    """The pieces of a text, with those that were looked for between marks; what they say is escaped."""
    return Markup(  # noqa: S704  each piece is escaped
        "".join(
            f"<mark>{escape(fragment.text)}</mark>" if fragment.is_match else escape(fragment.text)
            for fragment in fragments
        )
    )


def _speak() -> None:
    chosen = session.get(LANGUAGE)
    use(Language(chosen) if chosen in set(Language) else Language.ZH)


def _frame() -> dict[str, Any]:
    return {
        "current_user": current_user,
        "csrf_token": generate_csrf,
        "language_switch_url": language_switch_url(),
    }


def language_switch_url() -> str:
    """The address that shows this page in the other language."""
    other = Language.EN if current() is Language.ZH else Language.ZH
    here = request.full_path.rstrip("?") if request.method in {"GET", "HEAD"} else request.path
    return url_for("language.switch", language=other.value, next=here)
