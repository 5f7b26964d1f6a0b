"""The suggestions that wait for an answer, and how several of them become one case."""

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.gathering import MergeSuggestions, merge_suggestions
from standards_wf.services.merging import ToMerge
from standards_wf.services.reading.suggestions import SuggestionFilter, suggestions_of
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.web.entrance.blueprint import bp
from standards_wf.web.forms.reading import Reader
from standards_wf.web.forms.trouble import ACCEPTABLE_LATER, NO_TROUBLE, Trouble, trouble_of
from standards_wf.web.projects.lists import asked_code, asked_number
from standards_wf.wording import labels
from standards_wf.wording.language import t
from standards_wf.workflow.vocabulary import Kind

_LONGEST = 200


@bp.get("/suggestions")
def suggestions() -> ResponseReturnValue:
    """The suggestions that one may answer."""
    return _show(NO_TROUBLE)


@bp.post("/suggestions")
def merge() -> ResponseReturnValue:
    """Merge the suggestions that were ticked into one case."""
    try:
        reader = Reader(request.form)
        command = MergeSuggestions(
            merged_into=reader.number("merged_into", required=True) or 0,
            suggestions=tuple(
                ToMerge(identity, reader.number(f"seen-{identity}")) for identity in reader.numbers("suggestions")
            ),
            note=reader.text("note"),
        )
        reader.done()
        with unit_of_work(db.session()) as session:
            events = merge_suggestions(session, command, actor=current_actor(), moment=current_moment())
    except ACCEPTABLE_LATER as refused:
        return _show(trouble_of(refused, request.form))
    flash(
        t(
            "已并入项目{into}的建议：{n}项；提出人将收到书面答复。",
            "Merged into case {into}: {n}. Those who made the suggestions are told.",
            n=len(events),
            into=command.merged_into,
        ),
        "done",
    )
    return redirect(url_for(".suggestions"))


def _show(trouble: Trouble) -> ResponseReturnValue:
    wanted = SuggestionFilter(
        text=request.args.get("q", "")[:_LONGEST].replace("\x00", "").strip(),
        kind=asked_code("kind", Kind),
        node=request.args.get("node", "")[:40].replace("\x00", ""),
        call_id=asked_number("call"),
    )
    page = suggestions_of(db.session(), wanted, current_actor())
    body = render_template(
        "entrance/suggestions.html",
        page=page,
        trouble=trouble,
        errors=trouble.errors,
        filtered=any((wanted.text, wanted.kind, wanted.node, wanted.call_id)),
        kind_choices=[(kind.value, labels.kind(kind)) for kind in Kind],
    )
    return body, trouble.status
