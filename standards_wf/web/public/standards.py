"""The permanent page of a published document."""

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from standards_wf.errors import NotFound
from standards_wf.request import current_moment, db
from standards_wf.services.reading.documents import (
    announcement_of,
    document_page,
    slug_of_project,
    slug_of_spelling,
)
from standards_wf.services.review_batches import decision_file
from standards_wf.web.downloads import file_answer
from standards_wf.web.public.blueprint import bp
from standards_wf.web.texts import shown_text

_MOVED = 301


@bp.get("/standards/<path:number>")
def standard(number: str) -> ResponseReturnValue:
    """A document with its text; any spelling of its number leads to its one address."""
    try:
        page = document_page(db.session(), number, moment=current_moment())
    except NotFound:
        return _elsewhere(number)
    text = shown_text(page.tree, page.project_id, page.draft_number) if page.draft_number else None
    return render_template("public/standard.html", page=page, text=text)


def _elsewhere(number: str) -> ResponseReturnValue:
    """The right address for another spelling, or for the identity of the project. Raises NotFound."""
    slug = slug_of_spelling(db.session(), number)
    if slug is None and number.isascii() and number.isdecimal() and len(number) < len("1000000000"):
        slug = slug_of_project(db.session(), int(number))
    if slug is None:
        raise NotFound("document", number)
    return redirect(url_for(".standard", number=slug), _MOVED)


@bp.get("/review-decisions/<int:decision_id>")
def review_decision(decision_id: int) -> Response:
    """The paper by which periodic reviews were decided, as a file."""
    paper = decision_file(db.session(), decision_id)
    return file_answer(paper.sha256, paper.filename, public=True)


@bp.get("/standards/<number>/announcement")
def announcement(number: str) -> Response:
    """The announcement of a document, as a file."""
    paper = announcement_of(db.session(), number)
    return file_answer(paper.sha256, paper.filename, public=True)
