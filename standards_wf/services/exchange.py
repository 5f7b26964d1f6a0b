"""A version of a text in the forms in which it is handed on: its tree as JSON, and as NISO STS in XML."""

from enum import StrEnum

from sqlalchemy.orm import Session

from standards_wf.documents.sts import sts_of
from standards_wf.documents.tree_json import from_json_text
from standards_wf.errors import NotFound
from standards_wf.models.drafts import DraftVersion
from standards_wf.services.reading.texts import tree_of


class ExchangeForm(StrEnum):
    """A form that is made from the tree; its value ends the name of the file."""

    JSON = "json"
    XML = "xml"

    @property
    def media_type(self) -> str:
        """What it is sent as."""
        return f"application/{self.value}"


def exchanged(session: Session, draft: DraftVersion, form: ExchangeForm) -> bytes:
    """A version in one of these forms. Raises NotFound for a version that was kept before trees were."""
    tree = tree_of(session, draft.id)
    if not tree:
        raise NotFound("draft", draft.number)
    return tree.encode() if form is ExchangeForm.JSON else sts_of(from_json_text(tree))
