"""The forms of a consultation: the notice, and the blank form on which comments are sent."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from standards_wf.documents.case_forms import CaseForm
from standards_wf.wording import labels
from standards_wf.workflow.vocabulary import DraftStage, Paper


@dataclass(frozen=True, slots=True)
class ConsultationNotice(CaseForm):
    """The notice that puts a draft to the public or to members (征求意见公告)."""

    paper: ClassVar[Paper] = Paper.CONSULTATION_NOTICE

    opens_on: date
    closes_on: date
    members_only: bool

    @property
    def draft_words(self) -> str:
        """The draft that is put to them."""
        return labels.draft_stage(DraftStage.CONSULTATION, self.kind).zh

    @property
    def note_words(self) -> str:
        """What the explanatory note is called for this kind."""
        return labels.paper(Paper.EXPLANATORY_NOTE, self.kind).zh


@dataclass(frozen=True, slots=True)
class CommentForm(CaseForm):
    """The blank form for comments (征求意见反馈表); its columns are those of the ISO/IEC template."""

    paper: ClassVar[Paper] = Paper.COMMENT_FORM

    closes_on: date | None

    @property
    def may_be_empty(self) -> frozenset[str]:
        """The form may be handed out before the days of the consultation are set."""
        return frozenset({"closes_on"})

    @property
    def blank_rows(self) -> range:
        """The rows left for comments: as many as one page holds."""
        return range(1, 8)
