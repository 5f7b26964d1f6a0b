"""The first page of a project: where it stands, what may be done next and by whom, and what is due."""

from flask.typing import ResponseReturnValue

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.reading.projects import overview_of
from standards_wf.web.deadline_lines import lines_of
from standards_wf.web.projects.blueprint import bp
from standards_wf.web.projects.places import items_of
from standards_wf.web.projects.prepared import prepared_words
from standards_wf.web.projects.shown import show_tab
from standards_wf.web.projects.suspensions import item_of_rest


@bp.get("/<int:project_id>")
def overview(project_id: int) -> ResponseReturnValue:
    """Where a project stands."""
    page = overview_of(db.session(), project_id, current_actor(), current_moment())
    main, others = items_of(page.head, page.decisions, has_committee=page.particulars.committee_id is not None)
    rest = item_of_rest(page)
    return show_tab(
        "overview",
        page.head,
        "overview",
        page=page,
        main=[*rest, *main] if page.resting.rest else main,
        others=others if page.resting.rest else [*rest, *others],
        due=lines_of(page.deadlines, page.bases),
        past=lines_of(page.past, page.bases),
        waiting_words=prepared_words(page.waiting.act, page.head.kind) if page.waiting else "",
    )
