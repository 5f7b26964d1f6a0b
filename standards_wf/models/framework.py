"""The framework of the plan: its nodes, the deliverables that it names, its targets, and the classifications."""

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import SHORT, Base


class FrameworkNode(Base):
    """A node of the framework of standards and metrology, with the plan's own words."""

    __tablename__ = "framework_node"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    position: Mapped[int] = mapped_column(unique=True)
    """Where the plan has it: reading order."""
    name: Mapped[str] = mapped_column(SHORT)
    kind: Mapped[str] = mapped_column(SHORT)
    level: Mapped[str] = mapped_column(SHORT)
    parent_code: Mapped[str | None] = mapped_column(ForeignKey("framework_node.code"), index=True)
    source: Mapped[str] = mapped_column(SHORT, default="")
    box: Mapped[str] = mapped_column(SHORT, default="")
    summary: Mapped[str] = mapped_column(default="")
    lead_departments: Mapped[list[str]] = mapped_column(JSON)
    cooperating_departments: Mapped[list[str]] = mapped_column(JSON)
    departments_open_ended: Mapped[bool]
    departments_inherited_from: Mapped[str | None] = mapped_column(String(40))
    key_topics: Mapped[list[str]] = mapped_column(JSON)


class NamedDeliverable(Base):
    """A document that the plan names."""

    __tablename__ = "named_deliverable"
    __table_args__ = (Index("ix_named_deliverable_node", "node_code"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    node_code: Mapped[str] = mapped_column(ForeignKey("framework_node.code"))
    name: Mapped[str] = mapped_column(SHORT)
    doc_kind: Mapped[str] = mapped_column(SHORT)
    level: Mapped[str] = mapped_column(SHORT)
    action: Mapped[str] = mapped_column(SHORT)
    quote: Mapped[str]


class FrameworkTarget(Base):
    """A target of the plan, with the figure it names, if it names one."""

    __tablename__ = "framework_target"

    id: Mapped[str] = mapped_column(String(80), primary_key=True)
    year: Mapped[int]
    measure: Mapped[str] = mapped_column(SHORT)
    name_zh: Mapped[str] = mapped_column(SHORT)
    minimum: Mapped[int | None]
    unit: Mapped[str] = mapped_column(SHORT, default="")
    comparator: Mapped[str] = mapped_column(SHORT)
    node_code: Mapped[str] = mapped_column(ForeignKey("framework_node.code"))
    quote: Mapped[str]


class Classification(Base):
    """A code of the classifications that a cover carries: ICS fields and CCS classes."""

    __tablename__ = "classification"

    scheme: Mapped[str] = mapped_column(String(10), primary_key=True)
    code: Mapped[str] = mapped_column(String(20), primary_key=True)
    zh: Mapped[str] = mapped_column(SHORT)
    en: Mapped[str] = mapped_column(SHORT, default="")
