"""What sets one kind of document apart from another, beside its table of rows.

Whoever adds a kind writes a row here; services and pages ask the row and know no kind by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from standards_wf.workflow.facts import PARTY_OF_ROLE
from standards_wf.workflow.numbers import Family
from standards_wf.workflow.vocabulary import Kind, MetrologyCategory, Paper, Role


class Addressee(StrEnum):
    """To whom a suggestion is sent: the body that decides whether to apply for a project."""

    DEPARTMENT = "competent_department_id"
    GROUP = "group_id"
    COMMITTEE = "committee_id"


class Drafting(StrEnum):
    """After which rules the text of a kind is built."""

    STANDARD = "standard"
    """GB/T 1.1: foreword, 规范性引用文件, 术语和定义."""
    METROLOGY = "metrology"
    """JJF 1071 and JJF 1002: title page, 扉页, 计量特性; and the words of metrology for review and note."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindRow:
    """One kind of document."""

    kind: Kind
    drafting: Drafting
    addressee: Addressee
    issuer: Role
    """Who numbers and publishes: the authority, or the secretariat of the association."""
    applicants: tuple[Role, ...]
    """Who applies for the project, once suggested."""
    series: Family
    """The family of the numbers that its own series gives."""
    prefix: str = ""
    """What stands before its serials, where the series of its kind depends on nothing else."""
    class_line: str
    """The class in large letters on the cover."""
    class_line_en: str
    class_words: str
    """What is published, as an announcement calls it."""
    has_category: bool = False
    needs_title_en: bool = False
    needs_signed_form: bool = False
    may_be_fast_tracked: bool = False
    """Whether the law lets it be taken before others in the queue (上海市标准化条例, article 10)."""
    may_consult_members_alone: bool = False
    """Where no public interest is touched (上海市标准化条例, article 13)."""
    proposer_organises_implementation: bool = False
    """Whether the foreword says 提出并组织实施."""
    counts_toward: str = ""
    """The measure of the framework's targets that its documents count for."""
    annexes: tuple[Paper, ...] = ()
    """What the submission package holds beside what all kinds hand in."""
    own_papers: frozenset[Paper] = frozenset()
    """The papers beside the text and the annexes that no other kind knows."""
    bodies: Mapping[MetrologyCategory, Paper]
    """The paper that is the text, where the category decides."""
    body: Paper
    """The paper that is the text in all other cases."""

    @property
    def issuing_party(self) -> str:
        """Which party of a project issues the document: the name of its identity in `Parties` and in the project."""
        return PARTY_OF_ROLE[self.issuer]

    @property
    def issued_by_group(self) -> bool:
        """Whether an association issues it, and not the authority."""
        return self.issuer is Role.GROUP_SECRETARIAT

    @property
    def is_metrology(self) -> bool:
        """Whether its text and its words are those of metrology."""
        return self.drafting is Drafting.METROLOGY


_ROWS = (
    KindRow(
        kind=Kind.LOCAL_STANDARD,
        drafting=Drafting.STANDARD,
        addressee=Addressee.DEPARTMENT,
        issuer=Role.AUTHORITY,
        applicants=(Role.COMPETENT_DEPARTMENT,),
        series=Family.LOCAL_STANDARD,
        class_line="上海市地方标准",
        class_line_en="Shanghai local standard",
        class_words="地方标准",
        needs_title_en=True,
        may_be_fast_tracked=True,
        proposer_organises_implementation=True,
        counts_toward="local_standards",
        own_papers=frozenset({Paper.FILING_FORM}),
        bodies={},
        body=Paper.STANDARD_BODY,
    ),
    KindRow(
        kind=Kind.GROUP_STANDARD,
        drafting=Drafting.STANDARD,
        addressee=Addressee.GROUP,
        issuer=Role.GROUP_SECRETARIAT,
        applicants=(Role.GROUP_SECRETARIAT,),
        series=Family.GROUP_STANDARD,
        class_line="团体标准",
        class_line_en="Group standard",
        class_words="团体标准",
        may_consult_members_alone=True,
        own_papers=frozenset({Paper.DISCLOSURE_FORM}),
        bodies={},
        body=Paper.STANDARD_BODY,
    ),
    KindRow(
        kind=Kind.METROLOGY_SPECIFICATION,
        drafting=Drafting.METROLOGY,
        addressee=Addressee.COMMITTEE,
        issuer=Role.AUTHORITY,
        applicants=(Role.PROPOSER, Role.COMMITTEE_SECRETARY),
        series=Family.LOCAL_METROLOGY,
        class_line="上海市地方计量技术规范",
        class_line_en="Shanghai metrology technical specification",
        class_words="地方计量技术规范",
        has_category=True,
        needs_signed_form=True,
        counts_toward="metrology_specs",
        annexes=(Paper.TEST_REPORT, Paper.UNCERTAINTY_REPORT),
        own_papers=frozenset({Paper.TASK_STATEMENT, Paper.PUBLIC_NOTICE}),
        bodies={
            MetrologyCategory.CALIBRATION_SPECIFICATION: Paper.CALIBRATION_BODY,
            MetrologyCategory.VERIFICATION_REGULATION: Paper.VERIFICATION_BODY,
        },
        body=Paper.METROLOGY_BODY,
    ),
)

KINDS: dict[Kind, KindRow] = {row.kind: row for row in _ROWS}
