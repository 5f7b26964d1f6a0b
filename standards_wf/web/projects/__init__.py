"""The pages of a project: each file gives the blueprint the views of one part."""

from standards_wf.web.projects import (
    acts,
    application,
    ballots,
    comments,
    drafts,
    history,
    life,
    lists,
    note,
    overview,
    papers,
    publication,
    rehearsals,
    review,
    suspensions,
)
from standards_wf.web.projects.blueprint import bp

__all__ = [
    "acts",
    "application",
    "ballots",
    "bp",
    "comments",
    "drafts",
    "history",
    "life",
    "lists",
    "note",
    "overview",
    "papers",
    "publication",
    "rehearsals",
    "review",
    "suspensions",
]
