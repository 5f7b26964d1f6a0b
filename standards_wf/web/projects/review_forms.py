"""What the pages of a review have in common: what they show, their forms, and the count in words."""

from flask import url_for

from standards_wf.request import current_actor, current_moment, db
from standards_wf.services.reading.reviews import ReviewPage, review_of
from standards_wf.services.reading.tallies import tally_sentence
from standards_wf.web.forms.page import Field, FormPage, Group
from standards_wf.web.forms.trouble import Trouble
from standards_wf.web.projects.shown import since, way_to
from standards_wf.wording.language import t


def review_page(project_id: int) -> ReviewPage:
    """The review of a project as its reader may see it. Raises NotFound."""
    return review_of(db.session(), project_id, current_actor(), current_moment())


def count_in_words(page: ReviewPage) -> str:
    """The count of the page's ballot as a sentence; nothing while there is no ballot."""
    ballot = page.review.ballot if page.review else None
    return tally_sentence(ballot.tally, is_closed=ballot.closed_at is not None) if ballot else ""


def review_form(
    page: ReviewPage, trouble: Trouble, *, title: str, submit: str, fields: tuple[Field, ...], **more: object
) -> FormPage:
    """A form about the review, under its project."""
    project_id = page.head.id
    return FormPage(
        title=title,
        under=page.head.title_zh,
        crumbs=way_to(page.head, "review", t("审查", "Review")),
        groups=(Group(fields=fields),),
        version=page.head.version,
        submit=submit,
        cancel_url=url_for("projects.review", project_id=project_id),
        trouble=trouble,
        since=since(page.head, trouble),
        **more,  # type: ignore[arg-type]  # further fields of the page, by name
    )


def way_back(project_id: int) -> str:
    """Where somebody goes on after a form of the review."""
    return url_for("projects.review", project_id=project_id)
