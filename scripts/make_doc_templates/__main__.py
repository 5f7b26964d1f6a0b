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

from scripts.make_doc_templates import bodies, forms

TEMPLATES: dict[str, Callable[[], Document]] = {
    "standard_body": bodies.standard_body,
    "calibration_body": bodies.calibration_body,
    "explanatory_note": forms.explanatory_note,
    "comment_table": forms.comment_table,
    "review_minutes": forms.review_minutes,
    "publication_announcement": forms.publication_announcement,
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
