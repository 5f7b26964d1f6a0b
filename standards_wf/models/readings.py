"""What was put right by hand in the reading of a text."""

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import SHORT, Base


class DraftCorrection(Base):
    """What a paragraph of a version is, by its place in the file; who said so is told by the version."""

    __tablename__ = "draft_correction"

    draft_id: Mapped[int] = mapped_column(ForeignKey("draft_version.id"), primary_key=True)
    at: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    read_as: Mapped[str] = mapped_column(SHORT)
