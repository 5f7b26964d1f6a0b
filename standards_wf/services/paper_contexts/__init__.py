"""What each paper says of a case, gathered from the database: one function for each paper, frozen contexts out."""

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from standards_wf.documents.context import Context
from standards_wf.models.projects import Project
from standards_wf.services.paper_contexts.bodies import calibration_body, standard_body
from standards_wf.services.paper_contexts.forms import (
    comment_table,
    explanatory_note,
    publication_announcement,
    review_minutes,
)
from standards_wf.workflow.vocabulary import DraftStage, Paper

BODIES: dict[Paper, Callable[[Session, Project, DraftStage, date], Context]] = {
    Paper.STANDARD_BODY: standard_body,
    Paper.CALIBRATION_BODY: calibration_body,
    Paper.VERIFICATION_BODY: calibration_body,
    Paper.METROLOGY_BODY: calibration_body,
}
"""The papers that are the text itself. All of metrology share the form of JJF 1071 and call themselves as they are."""

FORMS: dict[Paper, Callable[[Session, Project, date], Context]] = {
    Paper.EXPLANATORY_NOTE: explanatory_note,
    Paper.COMMENT_TABLE: comment_table,
    Paper.REVIEW_MINUTES: review_minutes,
    Paper.PUBLICATION_ANNOUNCEMENT: publication_announcement,
}
"""The papers that go with a text."""
