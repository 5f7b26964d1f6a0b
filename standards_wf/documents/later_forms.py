"""The forms of a document's later life: filing, disclosure, periodic review, amendment, abolition."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from standards_wf.documents.case_forms import CaseForm
from standards_wf.wording import labels
from standards_wf.workflow.vocabulary import AmendmentKind, Conclusion, Paper


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    """A published document as the forms of its later life print it."""

    number: str
    approved_on: date
    published_on: date
    implemented_on: date
    announcement_number: str = ""

    @property
    def may_be_empty(self) -> frozenset[str]:
        """An old document may be known without the number of its announcement."""
        return frozenset({"announcement_number"})


@dataclass(frozen=True, slots=True)
class FilingForm(CaseForm):
    """What is filed of a local standard (地方标准备案表)."""

    paper: ClassVar[Paper] = Paper.FILING_FORM

    issued: IssuedDocument
    due_on: date | None
    filing_number: str

    @property
    def may_be_empty(self) -> frozenset[str]:
        """The number of the filing is given by whoever receives it."""
        return frozenset({"filing_number", "due_on"})


@dataclass(frozen=True, slots=True)
class DisclosureForm(CaseForm):
    """What an association discloses of its standard (团体标准自我声明公开信息表)."""

    paper: ClassVar[Paper] = Paper.DISCLOSURE_FORM

    issued: IssuedDocument
    group: str
    group_code: str
    scope: tuple[str, ...]
    technical_content: tuple[str, ...]
    patents: tuple[str, ...]
    address: str

    @property
    def may_be_empty(self) -> frozenset[str]:
        """What the association adds by hand."""
        return frozenset({"scope", "technical_content", "patents", "address"})


@dataclass(frozen=True, slots=True)
class ReviewOpinion(CaseForm):
    """The conclusion proposed at a periodic review (复审意见表)."""

    paper: ClassVar[Paper] = Paper.REVIEW_OPINION

    issued: IssuedDocument
    opened_on: date
    conclusion: Conclusion | None
    grounds: tuple[str, ...]
    implementation: tuple[str, ...]

    @property
    def may_be_empty(self) -> frozenset[str]:
        """The form may be handed out before there is an opinion."""
        return frozenset({"conclusion", "grounds", "implementation"})

    @property
    def conclusion_words(self) -> str:
        """The conclusion with its box ticked among the three."""
        return "　　".join(
            f"{'☑' if code is self.conclusion else '□'}{labels.conclusion(code).zh}" for code in Conclusion
        )


@dataclass(frozen=True, slots=True)
class ReviewedDocument:
    """A line of the year's table: a document that was reviewed."""

    number: str
    title: str
    published_on: date
    conclusion: Conclusion | None
    grounds: str = ""
    concluded_on: date | None = None

    @property
    def may_be_empty(self) -> frozenset[str]:
        """A review may still run."""
        return frozenset({"conclusion", "grounds", "concluded_on"})

    @property
    def conclusion_words(self) -> str:
        """The conclusion, or that there is none yet."""
        return labels.conclusion(self.conclusion).zh if self.conclusion else "复审中"


@dataclass(frozen=True, slots=True)
class ReviewSummary(CaseForm):
    """The conclusions of the periodic reviews of a year (复审结论汇总表), for one issuer and kind."""

    paper: ClassVar[Paper] = Paper.REVIEW_SUMMARY

    year: int
    documents: tuple[ReviewedDocument, ...]

    @property
    def counts(self) -> str:
        """How many were reviewed, and with what conclusion."""
        each = "，".join(
            f"{labels.conclusion(code).zh}{sum(line.conclusion is code for line in self.documents)}项"
            for code in Conclusion
        )
        return f"共{len(self.documents)}项：{each}。"


@dataclass(frozen=True, slots=True)
class AbolitionAnnouncement(CaseForm):
    """The announcement that a document is abolished (废止公告)."""

    paper: ClassVar[Paper] = Paper.ABOLITION_ANNOUNCEMENT

    issued: IssuedDocument
    announcement_number: str
    abolished_on: date
    reason: str
    use_instead: str

    @property
    def may_be_empty(self) -> frozenset[str]:
        """Not every document has a successor; the number may be entered by hand."""
        return frozenset({"announcement_number", "reason", "use_instead"})


@dataclass(frozen=True, slots=True)
class ChangedClause:
    """What is changed in one place of a text."""

    clause: str
    was: str = ""
    now: str = ""

    @property
    def may_be_empty(self) -> frozenset[str]:
        """A clause may be new or may go."""
        return frozenset({"was", "now"})


@dataclass(frozen=True, slots=True)
class AmendmentSheet(CaseForm):
    """An amendment sheet (标准修改单): clause by clause what it said and what it says now."""

    paper: ClassVar[Paper] = Paper.AMENDMENT_SHEET

    issued: IssuedDocument
    amendment_kind: AmendmentKind
    number: int | None
    reason: str
    amended_on: date | None
    effective_on: date | None
    changes: tuple[ChangedClause, ...]

    @property
    def may_be_empty(self) -> frozenset[str]:
        """Number and days are given when it is published."""
        return frozenset({"number", "reason", "amended_on", "effective_on"})

    @property
    def headline(self) -> str:
        """The number of the document with that of the sheet."""
        words = labels.amendment_kind(self.amendment_kind).zh
        return f"{self.issued.number}《{self.title_zh}》第{self.number or '　'}号{words}"
