"""The procedure explained to everybody: the picture, the table, the questions and the rules of this installation."""

from http import HTTPStatus

from flask import Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import db
from standards_wf.services.reading.procedure import procedure_page
from standards_wf.web.public.blueprint import bp
from standards_wf.wording import labels
from standards_wf.wording.language import Language, current, use
from standards_wf.wording.pictures import words_for
from standards_wf.workflow.diagram import svg
from standards_wf.workflow.procedures import PROCEDURES
from standards_wf.workflow.vocabulary import Kind

_FIRST = next(iter(PROCEDURES))


def _kind(code: str) -> Kind:
    """The kind of this code; an unknown one is no address at all."""
    if code not in set(Kind):
        abort(HTTPStatus.NOT_FOUND)
    return Kind(code)


@bp.get("/help/procedure")
def procedure() -> ResponseReturnValue:
    """The procedure of the first kind, with the way to the others."""
    return _page(_FIRST)


@bp.get("/help/procedure/<kind>")
def procedure_of(kind: str) -> ResponseReturnValue:
    """The procedure of one kind."""
    return _page(_kind(kind))


def _page(kind: Kind) -> str:
    tabs = [
        {
            "label": str(labels.kind(each)),
            "url": url_for(".procedure_of", kind=each.value),
            "current": each is kind,
        }
        for each in PROCEDURES
    ]
    return render_template(
        "public/procedure.html", page=procedure_page(db.session(), kind), tabs=tabs, language=current()
    )


@bp.get("/help/procedure/<kind>.<language>.svg")
def procedure_picture(kind: str, language: str) -> ResponseReturnValue:
    """The picture of a procedure, drawn from its table."""
    code = _kind(kind)
    if language not in set(Language):
        abort(HTTPStatus.NOT_FOUND)
    use(Language(language))
    return Response(svg(PROCEDURES[code], words_for(code)), mimetype="image/svg+xml")
