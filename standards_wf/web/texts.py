"""A version of a text on a page: made from its stored tree, with its pictures from their guarded address."""

from flask import url_for

from standards_wf.documents.html import Surroundings, WebText, web_text


def shown_text(tree: str, project_id: int, number: int, *, comments: str = "") -> WebText | None:
    """The text as it is shown; none for a version that was kept before trees were, which is shown by its clauses."""
    if not tree:
        return None
    a_picture = url_for("downloads.picture", project_id=project_id, number=number, name="x")
    return web_text(tree, Surroundings(pictures=a_picture.removesuffix("/x"), comments=comments))
