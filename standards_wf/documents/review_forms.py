"""The forms of a technical review: notice, ballot paper, conclusion of the ballot, table of what reviewers said."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from standards_wf.documents.case_forms import CaseForm
from standards_wf.documents.forms import Expert
from standards_wf.wording import labels
from standards_wf.workflow.vocabulary import DraftStage, Paper, Position, ReviewMode


@dataclass(frozen=True, slots=True)
class ReviewNotice(CaseForm):
    """The notice that calls the reviewers (审查会通知, or that of a letter ballot)."""

    paper: ClassVar[Paper] = Paper.REVIEW_NOTICE

    mode: ReviewMode
    meets_on: date | None
    place: str
    closes_on: date | None
    reviewers: tuple[Expert, ...]

    @property
    def may_be_empty(self) -> frozenset[str]:
        """A meeting has day and place, a letter ballot its last day; reviewers may be named later."""
        dates = {"closes_on"} if self.mode is ReviewMode.MEETING else {"meets_on", "place"}
        return frozenset({"reviewers", "place", *dates})

    @property
    def draft_words(self) -> str:
        """The draft that is reviewed."""
        return labels.draft_stage(DraftStage.REVIEW, self.kind).zh

    @property
    def mode_words(self) -> str:
        """How the review is held."""
        return labels.review_mode(self.mode).zh

    @property
    def by_letter(self) -> bool:
        """Whether reviewers vote by letter."""
        return self.mode is ReviewMode.LETTER

    @property
    def papers_enclosed(self) -> tuple[str, ...]:
        """What goes with the notice."""
        papers = (labels.paper(each, self.kind).zh for each in (Paper.EXPLANATORY_NOTE, Paper.COMMENT_TABLE))
        return (f"《{self.title_zh}》（{self.draft_words}）", *papers, *(["函审单"] if self.by_letter else []))


@dataclass(frozen=True, slots=True)
class BallotPaper(CaseForm):
    """The paper on which a reviewer votes (表决票、函审单): one tick of three, else void."""

    paper: ClassVar[Paper] = Paper.BALLOT_PAPER

    mode: ReviewMode
    closes_on: date | None

    @property
    def may_be_empty(self) -> frozenset[str]:
        """A ballot of a meeting needs no last day."""
        return frozenset({"closes_on"})

    @property
    def mode_words(self) -> str:
        """How the review is held."""
        return labels.review_mode(self.mode).zh

    @property
    def paper_words(self) -> str:
        """函审单 where reviewers vote by letter, 表决票 where they meet."""
        return "函审单" if self.mode is ReviewMode.LETTER else "表决票"

    @property
    def draft_words(self) -> str:
        """The draft that is voted on."""
        return labels.draft_stage(DraftStage.REVIEW, self.kind).zh


@dataclass(frozen=True, slots=True)
class CastBallot:
    """A line of the conclusion: who voted how."""

    name: str
    unit: str
    position: Position | None
    reason: str = ""

    @property
    def may_be_empty(self) -> frozenset[str]:
        """Somebody may not have answered, and most votes come without a remark."""
        return frozenset({"unit", "position", "reason"})

    @property
    def position_words(self) -> str:
        """The vote as the table prints it."""
        return labels.position(self.position).zh if self.position else "未表决"


@dataclass(frozen=True, slots=True)
class BallotConclusion(CaseForm):
    """What a ballot came to (函审结论表): the figures, the shares beside those that the rules ask for, and the votes."""

    paper: ClassVar[Paper] = Paper.BALLOT_CONCLUSION

    mode: ReviewMode
    opened_on: date
    closes_on: date
    entitled: int
    votes_for: int
    votes_against: int
    abstentions: int
    quorum_words: str
    approval_words: str
    quorum_met: bool
    approved: bool
    ballots: tuple[CastBallot, ...]
    conclusion: tuple[str, ...]

    @property
    def may_be_empty(self) -> frozenset[str]:
        """The reviewers' own words of conclusion may be recorded later."""
        return frozenset({"conclusion"})

    @property
    def name(self) -> str:
        """函审结论表, or what the votes cast at a meeting came to."""
        return labels.paper(self.paper, self.kind).zh if self.mode is ReviewMode.LETTER else "会议表决结论表"

    @property
    def returned(self) -> int:
        """How many ballots came back; an abstention is one."""
        return self.votes_for + self.votes_against + self.abstentions

    @property
    def returned_share(self) -> str:
        """Ballots that came back over persons entitled."""
        return _share(self.returned, self.entitled)

    @property
    def approval_share(self) -> str:
        """Votes in favour over ballots that came back."""
        return _share(self.votes_for, self.returned)

    @property
    def outcome_words(self) -> str:
        """Whether the draft passes, by the figures."""
        if not self.quorum_met:
            return f"收回的票数不足，重新{self.case.review_word}"
        return "通过" if self.approved else "不通过"


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.1%}" if whole else "—"


@dataclass(frozen=True, slots=True)
class ReviewComment:
    """What a reviewer said, and what the drafters answer."""

    comment: str
    submitted_by: str
    position: Position
    answer: str = ""

    @property
    def may_be_empty(self) -> frozenset[str]:
        """An answer may still be owed."""
        return frozenset({"answer"})

    @property
    def position_words(self) -> str:
        """The vote with which it was said."""
        return labels.position(self.position).zh


@dataclass(frozen=True, slots=True)
class ReviewCommentTable(CaseForm):
    """The table of what reviewers said and what became of it (审查意见汇总处理表)."""

    paper: ClassVar[Paper] = Paper.REVIEW_COMMENT_TABLE

    held_on: date
    mode: ReviewMode
    rows: tuple[ReviewComment, ...]

    @property
    def may_be_empty(self) -> frozenset[str]:
        """Reviewers may have nothing to add."""
        return frozenset({"rows"})

    @property
    def mode_words(self) -> str:
        """How the review was held."""
        return labels.review_mode(self.mode).zh

    @property
    def counts(self) -> str:
        """How many comments there were, and how many are answered."""
        answered = sum(bool(row.answer) for row in self.rows)
        return f"意见共{len(self.rows)}条，已答复处理{answered}条。"
