"""What the administrator may change: the parameters of the procedure, each with its basis."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import Base, code_of_table
from standards_wf.workflow.vocabulary import Kind


class RuleRow(Base):
    """One parameter of a guard for one kind; the value is a whole number, a fraction such as `3/4`, or empty."""

    __tablename__ = "rule"
    __table_args__ = (UniqueConstraint("kind", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(code_of_table(Kind, "kind"), ForeignKey("document_kind.code"))
    name: Mapped[str] = mapped_column(String(60))
    value: Mapped[str] = mapped_column(String(20))
    basis: Mapped[str]
    confirmed: Mapped[bool]
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    row_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012  # read by SQLAlchemy at class creation
