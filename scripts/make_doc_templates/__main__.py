"""Writes the Word templates of `doc_templates/` anew: `python -m scripts.make_doc_templates`.

The office may edit a template in Word afterwards; this program shows a reviewer what the binary holds, and makes a
fresh one when a template has been spoilt.
"""

import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from docx.document import Document

from scripts.make_doc_templates import bodies, entrance_papers, forms, later_papers, review_papers, submission_papers

TEMPLATES: dict[str, Callable[[], Document]] = {
    "standard_body": bodies.standard_body,
    "calibration_body": bodies.calibration_body,
    "explanatory_note": forms.explanatory_note,
    "comment_table": forms.comment_table,
    "review_minutes": forms.review_minutes,
    "publication_announcement": forms.publication_announcement,
    "application_form": entrance_papers.application_form,
    "task_statement": entrance_papers.task_statement,
    "appraisal_record": entrance_papers.appraisal_record,
    "plan_announcement": entrance_papers.plan_announcement,
    "consultation_notice": entrance_papers.consultation_notice,
    "comment_form": entrance_papers.comment_form,
    "review_notice": review_papers.review_notice,
    "ballot_paper": review_papers.ballot_paper,
    "ballot_conclusion": review_papers.ballot_conclusion,
    "review_comment_table": review_papers.review_comment_table,
    "test_report": submission_papers.test_report,
    "uncertainty_report": submission_papers.uncertainty_report,
    "submission_letter": submission_papers.submission_letter,
    "submission_list": submission_papers.submission_list,
    "approval_form": submission_papers.approval_form,
    "public_notice": submission_papers.public_notice,
    "filing_form": later_papers.filing_form,
    "disclosure_form": later_papers.disclosure_form,
    "review_opinion": later_papers.review_opinion,
    "review_summary": later_papers.review_summary,
    "abolition_announcement": later_papers.abolition_announcement,
    "amendment_sheet": later_papers.amendment_sheet,
}
_FOLDER = Path(__file__).resolve().parents[2] / "doc_templates"


def main() -> None:
    """Write every template; a template whose content did not change keeps its bytes."""
    for name, make in TEMPLATES.items():
        document = make()
        properties = document.core_properties
        properties.author = properties.comments = properties.title = properties.last_modified_by = ""
        properties.created = properties.modified = datetime(1980, 1, 1, tzinfo=UTC)
        relations = document.part.package.rels
        for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
            del relations[key]
        written = io.BytesIO()
        document.save(written)
        path = _FOLDER / name / "template.docx"
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(written) as parts, zipfile.ZipFile(path, "w") as template:
            for part in parts.namelist():
                entry = zipfile.ZipInfo(part, date_time=(1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                template.writestr(entry, parts.read(part))
        print(path.relative_to(_FOLDER.parent))


if __name__ == "__main__":
    main()
