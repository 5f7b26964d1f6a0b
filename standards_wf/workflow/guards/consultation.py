"""Guards of drafting and consultation: texts, notes, dates, comments."""

from standards_wf.workflow import deadlines
from standards_wf.workflow.facts import Actor, Aspect, DraftFacts, ProjectFacts, known
from standards_wf.workflow.guards.asking import looks_at
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import DraftStage, Paper


def _readable(draft: DraftFacts | None, stage: DraftStage) -> Refusal | None:
    if draft is None or not draft.has_docx:
        return Refusal(RefusalCode.DRAFT_MISSING, draft_stage=stage)
    if draft.clauses == 0:
        return Refusal(RefusalCode.DRAFT_WITHOUT_CLAUSES, draft_stage=stage, number=draft.number)
    if draft.errors:
        return Refusal(RefusalCode.DRAFT_HAS_ERRORS, draft_stage=stage, number=draft.number, errors=draft.errors)
    return None


@looks_at(Aspect.DRAFTS)
def consultation_draft_attached(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """A consultation draft of this round is attached, parses into clauses, and has no error of format."""
    drafts = known(facts.drafts)
    refusal = _readable(drafts.consultation, DraftStage.CONSULTATION)
    if refusal is None and not _newer(drafts.consultation, drafts.last_round_draft):
        return Refusal(RefusalCode.DRAFT_NOT_NEW, draft_stage=DraftStage.CONSULTATION, number=drafts.last_round_draft)
    return refusal


def _newer(draft: DraftFacts | None, other: int | None) -> bool:
    return draft is not None and (other is None or draft.number > other)


@looks_at(Aspect.DRAFTS)
def new_round_draft_attached(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """A consultation draft newer than that of the last round is attached."""
    return consultation_draft_attached(facts, actor)


@looks_at(Aspect.DRAFTS)
def review_draft_newer(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """A review draft (送审稿) newer than the last consultation draft is attached and has no error of format."""
    drafts = known(facts.drafts)
    refusal = _readable(drafts.review, DraftStage.REVIEW)
    consultation = drafts.consultation.number if drafts.consultation else None
    if refusal is None and not _newer(drafts.review, consultation):
        return Refusal(RefusalCode.DRAFT_NOT_NEW, draft_stage=DraftStage.REVIEW, number=consultation)
    return refusal


@looks_at(Aspect.PAPERS)
def explanatory_notes_attached(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The explanatory note (编制说明, for metrology 编写说明) has all its headings filled in."""
    empty = known(facts.papers).note_headings_empty
    if empty is None:
        return Refusal(RefusalCode.NOTE_MISSING)
    return Refusal(RefusalCode.NOTE_INCOMPLETE, headings=empty) if empty else None


@looks_at(Aspect.PAPERS)
def metrology_annexes_attached(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Test report and uncertainty evaluation are attached; adopted foreign text with its translation."""
    papers = known(facts.papers)
    needed = [Paper.TEST_REPORT, Paper.UNCERTAINTY_REPORT]
    if papers.adopts_foreign_text:
        needed.append(Paper.TRANSLATION)
    missing = tuple(paper for paper in needed if paper not in papers.current | papers.outdated)
    return Refusal(RefusalCode.ANNEXES_MISSING, papers=missing) if missing else None


@looks_at()
def consultation_long_enough(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Closing date minus opening date is at least the minimum of calendar days, the opening day not counted.

    Whatever the minimum is set to, a round lasts a day.
    """
    closes_on, earliest = facts.fields.closes_on, deadlines.earliest_closing(facts.today, facts.rules)
    if closes_on is None:
        return Refusal(RefusalCode.CLOSING_DATE_MISSING, earliest=earliest.on)
    if closes_on < earliest.on:
        return Refusal(
            RefusalCode.CONSULTATION_TOO_SHORT,
            closes_on=closes_on,
            days=deadlines.consultation_closes(facts.today, closes_on).figure,
            needed=earliest.figure,
            earliest=earliest.on,
        )
    return None


@looks_at()
def consultation_is_public(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The round is open to everyone; a group may consult its members alone only where no public interest is touched.

    Basis: 上海市标准化条例, article 13.
    """
    if not facts.fields.members_only:
        return None
    if KINDS[facts.kind].may_consult_members_alone and facts.fields.public_interest_untouched:
        return None
    return Refusal(RefusalCode.CONSULTATION_NOT_PUBLIC, kind=facts.kind)


@looks_at(Aspect.CONSULTATION)
def closing_date_passed(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Today is after the closing date."""
    closes_on = known(facts.consultation).closes_on
    if closes_on is not None and deadlines.consultation_closes(None, closes_on).has_passed(facts.today):
        return None
    return Refusal(RefusalCode.CONSULTATION_STILL_OPEN, closes_on=closes_on, today=facts.today)


@looks_at(Aspect.CONSULTATION)
def closing_date_moves_later(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """The new closing date is later than the present one."""
    present, new = known(facts.consultation).closes_on, facts.fields.closes_on
    if new is None:
        return Refusal(RefusalCode.CLOSING_DATE_MISSING, earliest=present and deadlines.earliest_prolongation(present))
    if present is not None and new <= present:
        return Refusal(RefusalCode.CLOSING_DATE_NOT_LATER, closes_on=new, present=present)
    return None


@looks_at(Aspect.COMMENTS)
def all_comments_disposed(facts: ProjectFacts, actor: Actor) -> Refusal | None:
    """Each comment of every round has a disposition; one not or partly accepted has a reason."""
    comments = known(facts.comments)
    if comments.without_disposition:
        return Refusal(
            RefusalCode.COMMENTS_WITHOUT_DISPOSITION, open=comments.without_disposition, received=comments.received
        )
    if comments.without_reason:
        return Refusal(RefusalCode.COMMENTS_WITHOUT_REASON, open=comments.without_reason, received=comments.received)
    return None
