"""The project: one case from the suggestion to the document, and what its application and plan entry say."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, exists, false, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from standards_wf.models.base import SHA256, SHORT, Base, code, code_of_table
from standards_wf.models.joint import JointPartner
from standards_wf.models.organizations import Committee, Organization
from standards_wf.models.people import Person
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory, Stage


class Project(Base):
    """One case. Its stage is assigned by the lifecycle alone, together with a history row and the outbox rows."""

    __tablename__ = "project"
    __table_args__ = (
        CheckConstraint("(kind = 'metrology_specification') = (category IS NOT NULL)", name="category_iff_metrology"),
        CheckConstraint("(kind = 'group_standard') = (group_id IS NOT NULL)", name="group_iff_group_standard"),
        CheckConstraint("kind <> 'local_standard' OR competent_department_id IS NOT NULL", name="local_has_department"),
        CheckConstraint("kind = 'group_standard' OR authority_id IS NOT NULL", name="has_authority"),
        CheckConstraint("version <= last_event_seq", name="version_is_an_event"),
        Index("ix_project_stage_kind", "stage", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[Kind] = mapped_column(code_of_table(Kind, "kind"), ForeignKey("document_kind.code"))
    category: Mapped[MetrologyCategory | None] = mapped_column(code(MetrologyCategory, "category"))
    stage: Mapped[Stage] = mapped_column(code(Stage, "stage"))
    stage_since: Mapped[datetime]
    created_at: Mapped[datetime]

    title_zh: Mapped[str] = mapped_column(String(500))
    title_en: Mapped[str] = mapped_column(String(500), default="")
    framework_node: Mapped[str | None] = mapped_column(ForeignKey("framework_node.code"), index=True)
    ics: Mapped[str] = mapped_column(SHORT, default="")
    ccs: Mapped[str] = mapped_column(SHORT, default="")
    purpose: Mapped[str] = mapped_column(default="")
    necessity: Mapped[str] = mapped_column(default="")
    scope: Mapped[str] = mapped_column(default="")
    technical_content: Mapped[str] = mapped_column(default="")
    relation_to_laws: Mapped[str] = mapped_column(default="")
    contact: Mapped[str] = mapped_column(default="")
    proposed_months: Mapped[int | None]
    is_revision: Mapped[bool] = mapped_column(default=False)
    replaces: Mapped[str] = mapped_column(SHORT, default="")
    """The number of the document that this one replaces, in its right form; of several the first, whose serial a
    revision keeps. All of them stand in `replacement`."""
    main_changes: Mapped[str] = mapped_column(default="")
    adopts_foreign_text: Mapped[bool] = mapped_column(default=False)
    is_mandatory: Mapped[bool] = mapped_column(default=False, server_default=false())
    """Whether a local standard is mandatory (强制性), as those of pollutant emission may be: its number has no T."""
    part_of: Mapped[str] = mapped_column(SHORT, default="", server_default=text("''"))
    """The number of the document of which this one is a new part; it shares the serial."""

    proposer_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    authority_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    competent_department_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    group_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"), index=True)
    committee_id: Mapped[int | None] = mapped_column(ForeignKey("committee.id"), index=True)

    version: Mapped[int]
    """The sequence number of the last event that somebody must have seen before acting; comments and votes leave it."""
    last_event_seq: Mapped[int]
    head_hash: Mapped[str] = mapped_column(SHA256)
    row_version: Mapped[int] = mapped_column()
    is_demonstration: Mapped[bool] = mapped_column(default=False)

    proposer: Mapped[Person | None] = relationship(lazy="raise", foreign_keys=[proposer_id])
    authority: Mapped[Organization | None] = relationship(lazy="raise", foreign_keys=[authority_id])
    competent_department: Mapped[Organization | None] = relationship(
        lazy="raise", foreign_keys=[competent_department_id]
    )
    group: Mapped[Organization | None] = relationship(lazy="raise", foreign_keys=[group_id])
    committee: Mapped[Committee | None] = relationship(lazy="raise")

    is_joint: Mapped[bool] = column_property(exists().where(JointPartner.project_id == id))  # noqa: A003  # the column
    """Whether partners of the Yangtze delta make the document together with Shanghai."""

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012  # read by SQLAlchemy at class creation


class Suggestion(Base):
    """The suggestion with which a case began (立项建议): anybody may file one."""

    __tablename__ = "suggestion"

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    name: Mapped[str] = mapped_column(SHORT)
    organization: Mapped[str] = mapped_column(SHORT, default="")
    contact: Mapped[str] = mapped_column(SHORT)
    text: Mapped[str]
    received_at: Mapped[datetime]
    call_id: Mapped[int | None] = mapped_column(ForeignKey("project_call.id"), index=True)
    """The call that it answers, where it names one."""
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("project.id"), index=True)
    """The case that goes on in its stead, where it was merged (并入)."""


class ProjectUnit(Base):
    """A drafting unit, in the order in which the foreword names them; the first one leads."""

    __tablename__ = "project_unit"
    __table_args__ = (UniqueConstraint("project_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    position: Mapped[int]
    organization_id: Mapped[int | None] = mapped_column(ForeignKey("organization.id"))
    name: Mapped[str] = mapped_column(SHORT)


class ProjectDrafter(Base):
    """Somebody whom the foreword names as a drafter (主要起草人)."""

    __tablename__ = "project_drafter"
    __table_args__ = (UniqueConstraint("project_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    position: Mapped[int]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    name: Mapped[str] = mapped_column(SHORT)
    unit: Mapped[str] = mapped_column(SHORT, default="")


class Appraisal(Base):
    """An appraisal of the application (立项论证); the last one counts."""

    __tablename__ = "appraisal"

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), index=True)
    held_on: Mapped[date]
    place: Mapped[str] = mapped_column(SHORT, default="")
    points: Mapped[str] = mapped_column(default="")
    in_favour: Mapped[bool]
    recorded_at: Mapped[datetime]
    superseded: Mapped[bool] = mapped_column(default=False)
    """An appraisal belongs to the application it judged; one that was returned needs a new one."""


class AppraisalExpert(Base):
    """An expert who took part in an appraisal."""

    __tablename__ = "appraisal_expert"
    __table_args__ = (UniqueConstraint("appraisal_id", "name", "unit"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    appraisal_id: Mapped[int] = mapped_column(ForeignKey("appraisal.id"))
    name: Mapped[str] = mapped_column(SHORT)
    unit: Mapped[str] = mapped_column(SHORT)
    title: Mapped[str] = mapped_column(SHORT, default="")


class PlanEntry(Base):
    """The entry of a project in the published plan (项目计划)."""

    __tablename__ = "plan_entry"
    __table_args__ = (CheckConstraint("completes_on > published_on", name="completes_after_publication"),)

    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"), primary_key=True)
    number: Mapped[str] = mapped_column(SHORT, unique=True)
    project_name: Mapped[str] = mapped_column(String(500))
    applicant: Mapped[str] = mapped_column(SHORT)
    drafting_unit: Mapped[str] = mapped_column(SHORT)
    published_on: Mapped[date]
    completes_on: Mapped[date]
    extensions: Mapped[int] = mapped_column(default=0)
    plan_id: Mapped[int] = mapped_column(ForeignKey("project_plan.id"), index=True)
    announcement: Mapped[str] = mapped_column(SHORT, default="")
    """The announcement by which it was added to the plan (增补); empty where it stood in the plan from the start."""


class ExplanatoryNote(Base):
    """The explanatory note (编制说明) as it stands: one text for each of its headings."""

    __tablename__ = "explanatory_note"
    __table_args__ = (UniqueConstraint("project_id", "heading"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    project_id: Mapped[int] = mapped_column(ForeignKey("project.id"))
    heading: Mapped[str] = mapped_column(SHORT)
    text: Mapped[str]
    changed_at: Mapped[datetime]
