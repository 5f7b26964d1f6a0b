"""The year's call (立项指南) and the project plan (项目计划): what the bodies that decide on projects publish about them."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from standards_wf.models.base import SHORT, Base, code_of_table
from standards_wf.workflow.vocabulary import Kind


class ProjectCall(Base):
    """A call for suggestions (立项指南): prepared, then published; everybody reads it from then on."""

    __tablename__ = "project_call"
    __table_args__ = (
        CheckConstraint("closes_on >= opens_on", name="closes_after_opening"),
        CheckConstraint("(published_at IS NULL) = (published_on IS NULL)", name="published_on_iff_published"),
        CheckConstraint("length(kinds) > 0", name="for_some_kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    publisher_id: Mapped[int] = mapped_column(ForeignKey("organization.id"), index=True)
    year: Mapped[int]
    number: Mapped[str] = mapped_column(SHORT, default="")
    """The number of the announcement (文号), where it has one."""
    kinds: Mapped[str] = mapped_column(SHORT)
    """The kinds of document that are called for: their codes, between blanks."""
    title_zh: Mapped[str] = mapped_column(SHORT)
    title_en: Mapped[str] = mapped_column(SHORT, default="")
    text: Mapped[str]
    opens_on: Mapped[date]
    closes_on: Mapped[date]
    published_on: Mapped[date | None]
    published_at: Mapped[datetime | None]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    row_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012  # read by SQLAlchemy at class creation


class CallTopic(Base):
    """A topic of a call, in the order of the text; tied to a node of the framework where there is one."""

    __tablename__ = "call_topic"
    __table_args__ = (UniqueConstraint("call_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int] = mapped_column(ForeignKey("project_call.id"))
    position: Mapped[int]
    framework_node: Mapped[str | None] = mapped_column(ForeignKey("framework_node.code"), index=True)
    text: Mapped[str] = mapped_column(String(500))


class ProjectPlan(Base):
    """A published plan of projects (项目计划) of one body and kind; its entries are `plan_entry`."""

    __tablename__ = "project_plan"
    __table_args__ = (
        Index(
            "uq_project_plan_number",
            "publisher_id",
            "number",
            unique=True,
            sqlite_where=text("number <> ''"),
            postgresql_where=text("number <> ''"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    publisher_id: Mapped[int] = mapped_column(ForeignKey("organization.id"))
    kind: Mapped[Kind] = mapped_column(code_of_table(Kind, "kind"))
    year: Mapped[int]
    number: Mapped[str] = mapped_column(SHORT, default="")
    """The number of the announcement (文号); empty until it is entered."""
    title_zh: Mapped[str] = mapped_column(SHORT, default="")
    """The title as announced; empty until it is entered, and then a title is made of publisher, year and kind."""
    title_en: Mapped[str] = mapped_column(SHORT, default="")
    text: Mapped[str] = mapped_column(default="")
    published_on: Mapped[date]
    is_demonstration: Mapped[bool] = mapped_column(default=False)
    row_version: Mapped[int] = mapped_column()

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012  # read by SQLAlchemy at class creation


class AnnouncedFile(Base):
    """A document that belongs to a call or a plan: the announcement itself, a form to fill in."""

    __tablename__ = "announced_file"
    __table_args__ = (CheckConstraint("(call_id IS NULL) <> (plan_id IS NULL)", name="of_a_call_or_a_plan"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    call_id: Mapped[int | None] = mapped_column(ForeignKey("project_call.id"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("project_plan.id"), index=True)
    sha256: Mapped[str] = mapped_column(ForeignKey("stored_file.sha256"))
    filename: Mapped[str] = mapped_column(SHORT)
    attached_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    attached_at: Mapped[datetime]
