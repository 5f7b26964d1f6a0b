"""What the papers that go with a text say: note, table of comments, minutes, announcement."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from standards_wf.documents.bodies import draft_words
from standards_wf.documents.numbering import spelt
from standards_wf.wording import labels
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.notes import NoteHeading
from standards_wf.workflow.vocabulary import Disposition, DraftStage, Kind, Paper, ReviewMode, ReviewOutcome


@dataclass(frozen=True, slots=True)
class NoteSection:
    """What stands under one heading of an explanatory note."""

    heading: NoteHeading
    text: tuple[str, ...]

    @property
    def title(self) -> str:
        """The heading as it is printed."""
        return labels.heading(self.heading).zh


@dataclass(frozen=True, slots=True)
class ExplanatoryNote:
    """The note that accompanies a draft and explains it (编制说明; metrology: 编写说明)."""

    paper: ClassVar[Paper] = Paper.EXPLANATORY_NOTE

    kind: Kind
    title_zh: str
    draft_stage: DraftStage
    drafting_units: tuple[str, ...]
    completed_on: date
    sections: tuple[NoteSection, ...]
    plan_entry: str = ""

    @property
    def may_be_empty(self) -> frozenset[str]:
        """Only the number of the plan entry, which a case of urgency may lack."""
        return frozenset({"plan_entry"})

    @property
    def name(self) -> str:
        """What the paper is called for this kind."""
        return labels.paper(self.paper, self.kind).zh

    @property
    def draft_words(self) -> str:
        """The draft that the note accompanies."""
        return draft_words(self.draft_stage, self.kind)

    @property
    def numbered_sections(self) -> tuple[tuple[str, NoteSection], ...]:
        """The sections with their Chinese numerals."""
        return tuple((spelt(place, "chineseCounting"), each) for place, each in enumerate(self.sections, start=1))

    @property
    def dated(self) -> date:
        """The day that the file itself bears."""
        return self.completed_on

    @property
    def subject(self) -> str:
        """The line that file managers show for the file."""
        return self.name


@dataclass(frozen=True, slots=True)
class CommentRow:
    """One comment with what became of it."""

    clause: str
    comment: str
    submitted_by: str
    disposition: Disposition
    reason: str = ""

    @property
    def result(self) -> str:
        """The disposition as the table prints it."""
        return labels.disposition(self.disposition).zh

    @property
    def may_be_empty(self) -> frozenset[str]:
        """An accepted comment needs no reason; every other needs one."""
        return frozenset({"reason"}) if self.disposition is Disposition.ACCEPTED else frozenset()


@dataclass(frozen=True, slots=True)
class CommentTable:
    """The table of comments and dispositions (征求意见汇总处理表) with the four counts at its foot."""

    paper: ClassVar[Paper] = Paper.COMMENT_TABLE

    title_zh: str
    handler: str
    phone: str
    drafting_unit: str
    filled_on: date
    rows: tuple[CommentRow, ...]
    units_asked: int | None
    units_answered: int
    units_commenting: int
    units_silent: int | None
    draft_words: str = "征求意见稿"

    @property
    def may_be_empty(self) -> frozenset[str]:
        """A consultation may bring no comment, and address everybody and no one; a telephone is given if there is one."""
        return frozenset({"rows", "phone", "units_asked", "units_silent"})

    @property
    def counts(self) -> str:
        """How many comments there were and what became of them."""
        each = "，".join(
            f"{labels.disposition(code).zh}{sum(row.disposition is code for row in self.rows)}条"
            for code in Disposition
        )
        return f"意见共{len(self.rows)}条：{each}。"

    @property
    def dated(self) -> date:
        """The day that the file itself bears."""
        return self.filled_on

    @property
    def subject(self) -> str:
        """The line that file managers show for the file."""
        return labels.paper(self.paper).zh


@dataclass(frozen=True, slots=True)
class Expert:
    """Somebody who reviewed and signs: a line of the signature table."""

    name: str
    capacity: str
    professional_title: str = ""
    unit: str = ""

    @property
    def may_be_empty(self) -> frozenset[str]:
        """What is not known of somebody is filled in by hand when the minutes are signed."""
        return frozenset({"professional_title", "unit"})


@dataclass(frozen=True, slots=True)
class PointRaised:
    """A change that the review asked for, with the clause that it concerns (empty: the text as a whole)."""

    clause: str
    text: str

    @property
    def may_be_empty(self) -> frozenset[str]:
        """A point may concern the text as a whole."""
        return frozenset({"clause"})


@dataclass(frozen=True, slots=True)
class ReviewMinutes:
    """The minutes of a technical review (审查会议纪要; metrology: 审定意见书), ready to be signed."""

    paper: ClassVar[Paper] = Paper.REVIEW_MINUTES

    kind: Kind
    title_zh: str
    mode: ReviewMode
    held_on: date
    place: str
    organiser: str
    chair: str
    experts: tuple[Expert, ...]
    process: tuple[str, ...]
    points: tuple[PointRaised, ...]
    entitled: int
    present: int
    votes_for: int
    votes_against: int
    abstentions: int
    outcome: ReviewOutcome
    conclusion: tuple[str, ...]
    disagreements: tuple[str, ...] = ()
    recommendation: str = ""

    @property
    def may_be_empty(self) -> frozenset[str]:
        """A review may raise no point and see no disagreement; a letter ballot has no place."""
        letter = frozenset({"place"}) if self.mode is ReviewMode.LETTER else frozenset()
        return letter | {"points", "disagreements", "recommendation"}

    @property
    def name(self) -> str:
        """What the paper is called for this kind."""
        return labels.paper(self.paper, self.kind).zh

    @property
    def mode_words(self) -> str:
        """How the review was held."""
        return labels.review_mode(self.mode).zh

    @property
    def outcome_words(self) -> str:
        """How it ended."""
        return labels.review_outcome(self.outcome, self.kind).zh

    @property
    def dated(self) -> date:
        """The day that the file itself bears."""
        return self.held_on

    @property
    def subject(self) -> str:
        """The line that file managers show for the file."""
        return self.name


@dataclass(frozen=True, slots=True)
class Published:
    """One line of an announcement: a document that is published."""

    number: str
    title: str
    published_on: date
    implemented_on: date
    replaces: str = ""

    @property
    def may_be_empty(self) -> frozenset[str]:
        """Most documents replace none."""
        return frozenset({"replaces"})


@dataclass(frozen=True, slots=True)
class PublicationAnnouncement:
    """The announcement by which documents are published (发布公告)."""

    paper: ClassVar[Paper] = Paper.PUBLICATION_ANNOUNCEMENT

    kind: Kind
    issuer: str
    announcement_number: str
    documents: tuple[Published, ...]
    announced_on: date

    @property
    def may_be_empty(self) -> frozenset[str]:
        """Nothing."""
        return frozenset()

    @property
    def class_words(self) -> str:
        """What is published, in the words of its kind."""
        return KINDS[self.kind].class_words

    @property
    def dated(self) -> date:
        """The day that the file itself bears."""
        return self.announced_on

    @property
    def title_zh(self) -> str:
        """The headline of the announcement."""
        first = self.documents[0].title if self.documents else ""
        more = f"等{len(self.documents)}项" if len(self.documents) > 1 else ""
        return f"关于发布《{first}》{more}{self.class_words}的公告"

    @property
    def subject(self) -> str:
        """The line that file managers show for the file."""
        return self.announcement_number
