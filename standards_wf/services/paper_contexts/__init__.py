"""What each paper says of a case, gathered from the database: one function for each paper, frozen contexts out."""

from collections.abc import Callable
from datetime import date

from sqlalchemy.orm import Session

from standards_wf.documents.context import Context
from standards_wf.models.projects import Project
from standards_wf.services.paper_contexts.bodies import calibration_body, standard_body
from standards_wf.services.paper_contexts.entrance import (
    application_form,
    appraisal_record,
    comment_form,
    consultation_notice,
    plan_announcement,
    task_statement,
)
from standards_wf.services.paper_contexts.forms import (
    comment_table,
    explanatory_note,
    publication_announcement,
    review_minutes,
)
from standards_wf.services.paper_contexts.later import (
    abolition_announcement,
    amendment_sheet,
    disclosure_form,
    filing_form,
    review_opinion,
    review_summary,
)
from standards_wf.services.paper_contexts.reviewing import (
    ballot_conclusion,
    ballot_paper,
    review_comment_table,
    review_notice,
)
from standards_wf.services.paper_contexts.submitting import (
    approval_form,
    public_notice,
    submission_letter,
    submission_list,
    trial_report,
    uncertainty_report,
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
    Paper.APPLICATION_FORM: application_form,
    Paper.TASK_STATEMENT: task_statement,
    Paper.APPRAISAL_RECORD: appraisal_record,
    Paper.PLAN_ANNOUNCEMENT: plan_announcement,
    Paper.EXPLANATORY_NOTE: explanatory_note,
    Paper.TEST_REPORT: trial_report,
    Paper.UNCERTAINTY_REPORT: uncertainty_report,
    Paper.CONSULTATION_NOTICE: consultation_notice,
    Paper.COMMENT_FORM: comment_form,
    Paper.COMMENT_TABLE: comment_table,
    Paper.REVIEW_NOTICE: review_notice,
    Paper.BALLOT_PAPER: ballot_paper,
    Paper.BALLOT_CONCLUSION: ballot_conclusion,
    Paper.REVIEW_MINUTES: review_minutes,
    Paper.REVIEW_COMMENT_TABLE: review_comment_table,
    Paper.SUBMISSION_LETTER: submission_letter,
    Paper.SUBMISSION_LIST: submission_list,
    Paper.APPROVAL_FORM: approval_form,
    Paper.PUBLIC_NOTICE: public_notice,
    Paper.PUBLICATION_ANNOUNCEMENT: publication_announcement,
    Paper.FILING_FORM: filing_form,
    Paper.DISCLOSURE_FORM: disclosure_form,
    Paper.REVIEW_OPINION: review_opinion,
    Paper.REVIEW_SUMMARY: review_summary,
    Paper.ABOLITION_ANNOUNCEMENT: abolition_announcement,
    Paper.AMENDMENT_SHEET: amendment_sheet,
}
"""The papers that go with a text, in the order in which a case meets them."""
