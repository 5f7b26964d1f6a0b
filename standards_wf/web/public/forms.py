"""Forms that anybody may send: shown, taken or given back with everything that was typed."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from flask import request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from standards_wf.request import db
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import ACCEPTABLE_LATER, Trouble, trouble_of
from standards_wf.web.public.humans import require_human

Command = TypeVar("Command")
Taken = TypeVar("Taken")
_OF_THE_WHOLE = frozenset({"round", "notice"})


def take(
    *,
    read: Callable[[Reader], Command],
    do: Callable[[Session, Command], Taken],
    taken: Callable[[Taken], ResponseReturnValue],
    again: Callable[[Trouble], ResponseReturnValue],
) -> ResponseReturnValue:
    """Take a form from a person in one unit of work, or show it again with the reasons."""
    try:
        reader = Reader(request.form)
        command = read(reader)
        reader.done()
        with unit_of_work(db.session()) as session:
            result = do(session, command)
            require_human(session)
    except ACCEPTABLE_LATER as refused:
        return again(_of_the_whole(trouble_of(refused, request.form)))
    return taken(result)


def _of_the_whole(trouble: Trouble) -> Trouble:
    """What is wrong with the round or the notice belongs to no field of the form."""
    return replace(trouble, errors={"" if name in _OF_THE_WHOLE else name: why for name, why in trouble.errors.items()})
