"""The contexts of all papers in one place: from which frozen facts each paper is made."""

from standards_wf.documents.bodies import CalibrationBody, CoverFacts, Drafter, Foreword, Replaced, StandardBody
from standards_wf.documents.forms import (
    CommentRow,
    CommentTable,
    Expert,
    ExplanatoryNote,
    NoteSection,
    PointRaised,
    PublicationAnnouncement,
    Published,
    ReviewMinutes,
)

Context = StandardBody | CalibrationBody | ExplanatoryNote | CommentTable | ReviewMinutes | PublicationAnnouncement

CONTEXTS: tuple[type[Context], ...] = (
    StandardBody,
    CalibrationBody,
    ExplanatoryNote,
    CommentTable,
    ReviewMinutes,
    PublicationAnnouncement,
)

__all__ = [
    "CONTEXTS",
    "CalibrationBody",
    "CommentRow",
    "CommentTable",
    "Context",
    "CoverFacts",
    "Drafter",
    "Expert",
    "ExplanatoryNote",
    "Foreword",
    "NoteSection",
    "PointRaised",
    "PublicationAnnouncement",
    "Published",
    "Replaced",
    "ReviewMinutes",
    "StandardBody",
]
