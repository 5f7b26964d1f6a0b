"""The forms of the entrance: application, task statement, appraisal record, announcement of the plan."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from standards_wf.documents.case_forms import CaseForm
from standards_wf.workflow.vocabulary import Paper


@dataclass(frozen=True, slots=True)
class ApplicationForm(CaseForm):
    """The application for a project (立项申报书), filled with what is recorded; the rest is written and signed by hand."""

    paper: ClassVar[Paper] = Paper.APPLICATION_FORM

    purpose: tuple[str, ...]
    necessity: tuple[str, ...]
    scope: tuple[str, ...]
    technical_content: tuple[str, ...]
    relation_to_laws: tuple[str, ...]
    months: int | None
    adopts_foreign_text: bool

    @property
    def may_be_empty(self) -> frozenset[str]:
        """All that an application may still be thinking about."""
        return frozenset({"purpose", "necessity", "scope", "technical_content", "relation_to_laws", "months"})


@dataclass(frozen=True, slots=True)
class TaskStatement(CaseForm):
    """What the drafting unit of a metrology specification undertakes (计划任务书)."""

    paper: ClassVar[Paper] = Paper.TASK_STATEMENT

    purpose: tuple[str, ...]
    technical_content: tuple[str, ...]
    begins_on: date | None
    completes_on: date | None

    @property
    def may_be_empty(self) -> frozenset[str]:
        """What is undertaken is filled in by hand where it is not recorded."""
        return frozenset({"purpose", "technical_content", "begins_on", "completes_on"})


@dataclass(frozen=True, slots=True)
class AppraisalExpert:
    """Somebody who appraised an application, and signs."""

    name: str
    unit: str
    professional_title: str = ""

    @property
    def may_be_empty(self) -> frozenset[str]:
        """A title is filled in by hand."""
        return frozenset({"professional_title"})


@dataclass(frozen=True, slots=True)
class AppraisalRecord(CaseForm):
    """What the appraisal of an application came to (立项论证意见), ready to be signed."""

    paper: ClassVar[Paper] = Paper.APPRAISAL_RECORD

    held_on: date
    place: str
    experts: tuple[AppraisalExpert, ...]
    points: tuple[str, ...]
    in_favour: bool

    @property
    def may_be_empty(self) -> frozenset[str]:
        """An appraisal may need no room and raise no point."""
        return frozenset({"place", "points"})


@dataclass(frozen=True, slots=True)
class PlannedProject:
    """A line of the plan: one project."""

    number: str
    title: str
    applicant: str
    drafting_unit: str
    completes_on: date


@dataclass(frozen=True, slots=True)
class PlanAnnouncement(CaseForm):
    """The announcement of the plan in which a case stands (立项计划公告), with all its entries."""

    paper: ClassVar[Paper] = Paper.PLAN_ANNOUNCEMENT

    publisher: str
    announcement_number: str
    plan_title: str
    projects: tuple[PlannedProject, ...]

    @property
    def may_be_empty(self) -> frozenset[str]:
        """A plan may be announced before its number is entered."""
        return frozenset({"announcement_number"})
