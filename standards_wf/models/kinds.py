"""The kinds of document that an installation knows."""

from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import Base, code_of_table
from standards_wf.workflow.vocabulary import Kind


class DocumentKind(Base):
    """A kind of document; a new one is entered when an installation is brought up to date."""

    __tablename__ = "document_kind"

    code: Mapped[Kind] = mapped_column(code_of_table(Kind, "code"), primary_key=True)
