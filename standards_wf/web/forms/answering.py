"""How a page of one form is answered: shown when it is asked for, done when it is sent, shown again when refused."""

from collections.abc import Callable
from typing import TypeVar

from flask import flash, redirect, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from standards_wf.request import db
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.forms.page import FormPage
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import ACCEPTABLE_LATER, NO_TROUBLE, Trouble, trouble_of

Command = TypeVar("Command")


def answer(
    *,
    page: Callable[[Trouble], FormPage],
    show: Callable[[FormPage], ResponseReturnValue],
    read: Callable[[Reader], Command],
    do: Callable[[Session, Command], object],
    done: str,
    after: str,
) -> ResponseReturnValue:
    """Answer a request to a form's address.

    1. Somebody who asks for the page gets it, with what it proposes.
    2. What was sent is read; then the service acts on it in one unit of work.
    3. What was refused comes back on the page, with the reasons and everything that was typed.
    """
    if request.method != "POST":
        return show(page(NO_TROUBLE))
    try:
        reader = Reader(request.form, request.files)
        command = read(reader)
        reader.done()
        with unit_of_work(db.session()) as session:
            do(session, command)
    except ACCEPTABLE_LATER as refused:
        return show(page(trouble_of(refused, request.form)))
    flash(done, "done")
    return redirect(after)
