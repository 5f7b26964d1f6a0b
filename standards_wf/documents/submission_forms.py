"""The forms of submission and approval: letter, list, approval form, notice, and the two reports of metrology."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from standards_wf.documents.case_forms import CaseForm
from standards_wf.workflow.vocabulary import Paper


@dataclass(frozen=True, slots=True)
class TrialReport(CaseForm):
    """The form of the report on trials of a metrology specification (试验报告)."""

    paper: ClassVar[Paper] = Paper.TEST_REPORT

    scope: tuple[str, ...]
    technical_content: tuple[str, ...]

    @property
    def may_be_empty(self) -> frozenset[str]:
        """The form is filled in by whoever made the trials."""
        return frozenset({"scope", "technical_content"})


@dataclass(frozen=True, slots=True)
class UncertaintyReport(CaseForm):
    """The form of the evaluation of uncertainty (不确定度评定报告): sources, type, combination, expanded uncertainty."""

    paper: ClassVar[Paper] = Paper.UNCERTAINTY_REPORT

    scope: tuple[str, ...]

    @property
    def may_be_empty(self) -> frozenset[str]:
        """The form is filled in by whoever evaluates."""
        return frozenset({"scope"})

    @property
    def blank_rows(self) -> range:
        """The rows left for sources of uncertainty."""
        return range(1, 8)


@dataclass(frozen=True, slots=True)
class PackageLine:
    """A paper of the submission package, with what proves that it is the one meant."""

    name: str
    filename: str = ""
    pages: int | None = None
    copies: int = 1
    sha256: str = ""

    @property
    def may_be_empty(self) -> frozenset[str]:
        """A paper that is still missing has no file; how many pages a file has may not be known."""
        return frozenset({"filename", "pages", "sha256"})

    @property
    def hash_words(self) -> str:
        """The hash in four groups, so that a narrow column can break it."""
        return " ".join(self.sha256[at : at + 16] for at in range(0, len(self.sha256), 16)) or "（缺）"


@dataclass(frozen=True, slots=True)
class SubmissionLetter(CaseForm):
    """The letter that asks for approval (报批函): what is submitted, by whom, on which plan entry."""

    paper: ClassVar[Paper] = Paper.SUBMISSION_LETTER

    reviewed_on: date | None
    plan_title: str
    enclosures: tuple[str, ...]

    @property
    def may_be_empty(self) -> frozenset[str]:
        """A case of urgency may stand in no plan, and its review may end today."""
        return frozenset({"reviewed_on", "plan_title"})


@dataclass(frozen=True, slots=True)
class SubmissionList(CaseForm):
    """The list of the submission package (报批文件清单): each document with pages, copies and SHA-256."""

    paper: ClassVar[Paper] = Paper.SUBMISSION_LIST

    lines: tuple[PackageLine, ...]

    @property
    def missing_words(self) -> str:
        """What the package still lacks; empty where it is complete."""
        return "、".join(line.name for line in self.lines if not line.sha256)


@dataclass(frozen=True, slots=True)
class ApprovalForm(CaseForm):
    """The form with the facts of a project and the blocks for those who approve (审批表)."""

    paper: ClassVar[Paper] = Paper.APPROVAL_FORM

    consulted: str
    comments: str
    reviewed: str
    number: str

    @property
    def may_be_empty(self) -> frozenset[str]:
        """The number is prepared by whoever publishes; the form may be made before."""
        return frozenset({"consulted", "comments", "reviewed", "number"})


@dataclass(frozen=True, slots=True)
class PublicNotice(CaseForm):
    """The notice before a metrology specification is approved (批准前公示)."""

    paper: ClassVar[Paper] = Paper.PUBLIC_NOTICE

    opened_on: date
    ends_on: date

    @property
    def days(self) -> int:
        """How many days it runs, the first not counted."""
        return (self.ends_on - self.opened_on).days
