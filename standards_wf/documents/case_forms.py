"""What the forms of the procedure have in common: the facts of the case, and the day that the form bears."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from standards_wf.wording import labels
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory, Paper


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """A case as its forms print it; what is not known yet stays blank, to be filled in by hand."""

    title_zh: str
    title_en: str
    kind: Kind
    category: MetrologyCategory | None
    is_revision: bool
    replaces: str
    ics: str
    ccs: str
    plan_entry: str
    proposer: str
    """Who proposes it to the body that decides: the competent department, the association or the committee."""
    owner: str
    """归口单位: the committee, else who proposes it."""
    issuer: str
    units: tuple[str, ...]
    drafters: tuple[str, ...]
    contact: str

    @property
    def may_be_empty(self) -> frozenset[str]:
        """Everything but the name of the case."""
        return frozenset(
            {
                "title_en",
                "category",
                "replaces",
                "ics",
                "ccs",
                "plan_entry",
                "proposer",
                "owner",
                "issuer",
                "units",
                "drafters",
                "contact",
            }
        )

    @property
    def class_words(self) -> str:
        """What it is to become, in the words of its kind."""
        return KINDS[self.kind].class_words

    @property
    def category_words(self) -> str:
        """The category of a metrology specification; empty for the other kinds."""
        return labels.category(self.category).zh if self.category else ""

    @property
    def is_metrology(self) -> bool:
        """Whether the words of metrology are said."""
        return KINDS[self.kind].is_metrology

    @property
    def review_word(self) -> str:
        """审查, or 审定 as metrology says."""
        return "审定" if self.is_metrology else "审查"

    @property
    def itself(self) -> str:
        """What the document is called in a sentence: 标准, or 规范 in metrology."""
        return "规范" if self.is_metrology else "标准"

    @property
    def approver(self) -> str:
        """Who approves it: the issuer, as a letter addresses it."""
        return self.issuer

    @property
    def submitter(self) -> str:
        """Who submits it for approval: nobody writes to himself, so an association is written to by its committee."""
        return next((each for each in (self.proposer, self.owner, self.lead_unit) if each and each != self.issuer), "")

    @property
    def lead_unit(self) -> str:
        """The drafting unit in charge."""
        return self.units[0] if self.units else ""


@dataclass(frozen=True, slots=True)
class CaseForm:
    """A form of one case; what each of them asks beside the facts of the case stands in its own class."""

    paper: ClassVar[Paper]

    case: CaseFacts
    dated: date
    """The day that the form and its file bear."""

    @property
    def may_be_empty(self) -> frozenset[str]:
        """Nothing beside what the facts of the case may lack."""
        return frozenset()

    @property
    def kind(self) -> Kind:
        """The kind of document."""
        return self.case.kind

    @property
    def title_zh(self) -> str:
        """The name of the document."""
        return self.case.title_zh

    @property
    def name(self) -> str:
        """What the paper is called for this kind."""
        return labels.paper(self.paper, self.kind).zh

    @property
    def subject(self) -> str:
        """The line that file managers show for the file."""
        return self.name
