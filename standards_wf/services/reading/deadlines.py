"""What is due in a project, by which rule, and how much time is left; for many projects with the same few queries."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlalchemy import BindParameter, bindparam, func, select
from sqlalchemy.orm import Session

from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Filing, Notice, PeriodicReview, Publication
from standards_wf.models.projects import PlanEntry
from standards_wf.models.reviews import Ballot, Review
from standards_wf.services.rules import rules_by_kind
from standards_wf.wording.language import Term
from standards_wf.workflow.calendar import add_months
from standards_wf.workflow.rules import Rules
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import Conclusion, Kind, Phase, ReviewMode, Stage


class Due(StrEnum):
    """What a deadline is for."""

    COMPLETION = "completion"
    CONSULTATION_CLOSES = "consultation_closes"
    PAPERS_TO_SEND = "papers_to_send"
    MEETING = "meeting"
    BALLOT_CLOSES = "ballot_closes"
    NOTICE_ENDS = "notice_ends"
    IMPLEMENTATION = "implementation"
    FILING = "filing"
    PERIODIC_REVIEW = "periodic_review"


DUE_WORDS: dict[Due, Term] = {
    Due.COMPLETION: Term("项目计划规定的完成日期", "Completion date of the plan"),
    Due.CONSULTATION_CLOSES: Term("征求意见截止", "The consultation closes"),
    Due.PAPERS_TO_SEND: Term("最迟送出审查材料", "Last day to send the papers"),
    Due.MEETING: Term("审查会议", "Meeting of the review"),
    Due.BALLOT_CLOSES: Term("表决截止", "The ballot closes"),
    Due.NOTICE_ENDS: Term("公示期满", "The public notice ends"),
    Due.IMPLEMENTATION: Term("实施日期", "Implementation date"),
    Due.FILING: Term("备案期限", "Filing is due"),
    Due.PERIODIC_REVIEW: Term("复审周期届满", "The cycle of the periodic review ends"),
}
_PLANNED = frozenset({Phase.DRAFTING, Phase.CONSULTATION, Phase.APPROVAL})
_LIVING = frozenset({Stage.PUBLISHED, Stage.IN_FORCE, Stage.UNDER_REVIEW, Stage.ABOLITION_NOTICE})


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day on which something is due."""

    due: Due
    on: date
    days_left: int

    @property
    def overdue(self) -> bool:
        """Whether the day has passed."""
        return self.days_left < 0


@dataclass(frozen=True, slots=True)
class Standing:
    """The little that must be known of a project to tell what is due."""

    project_id: int
    kind: Kind
    stage: Stage


# Built once: to build a statement costs more than to ask it.
_IDENTITIES: BindParameter[list[int]] = bindparam("identities", expanding=True)
_PLANS = select(PlanEntry.project_id, PlanEntry.completes_on).where(PlanEntry.project_id.in_(_IDENTITIES))
_ROUNDS = select(ConsultationRound.project_id, ConsultationRound.closes_on).where(
    ConsultationRound.project_id.in_(_IDENTITIES), ConsultationRound.closed_on.is_(None)
)
_NOTICES = select(Notice.project_id, Notice.ends_on).where(
    Notice.project_id.in_(_IDENTITIES), Notice.closed_on.is_(None)
)
_REVIEWS = (
    select(Review.project_id, Review.mode, Review.meets_on, Review.papers_sent_on, Ballot.closes_on)
    .outerjoin(Ballot, (Ballot.review_id == Review.id) & Ballot.closed_at.is_(None))
    .where(Review.project_id.in_(_IDENTITIES), Review.outcome.is_(None))
)
_DOCUMENTS = select(
    Publication.project_id,
    Publication.published_on,
    Publication.effective_on,
    select(func.max(PeriodicReview.concluded_on))
    .where(PeriodicReview.project_id == Publication.project_id, PeriodicReview.conclusion == Conclusion.VALID)
    .scalar_subquery(),
    select(Filing.id).where(Filing.project_id == Publication.project_id).exists(),
).where(Publication.project_id.in_(_IDENTITIES))


def deadlines_of(
    session: Session, projects: Iterable[Standing], today: date, rules: Mapping[Kind, Rules] | None = None
) -> Mapping[int, tuple[Deadline, ...]]:
    """What is due in each of these projects, the nearest day first; the rules are read where nobody has yet."""
    standing = {project.project_id: project for project in projects}
    if not standing:
        return {}
    rules = rules or rules_by_kind(session)
    dues: dict[int, list[tuple[Due, date]]] = {identity: [] for identity in standing}
    _add_while_made(session, standing, rules, dues)
    _add_after_publication(session, standing, rules, dues)
    return {
        identity: tuple(sorted((Deadline(due, on, (on - today).days) for due, on in found), key=lambda each: each.on))
        for identity, found in dues.items()
    }


def _with_stage(standing: Mapping[int, Standing], *stages: Stage) -> Sequence[int]:
    return [each.project_id for each in standing.values() if each.stage in stages]


def _add_while_made(
    session: Session,
    standing: Mapping[int, Standing],
    rules: Mapping[Kind, Rules],
    dues: dict[int, list[tuple[Due, date]]],
) -> None:
    planned = [each.project_id for each in standing.values() if STAGES[each.stage].phase in _PLANNED]
    if planned:
        for identity, on in session.execute(_PLANS, {"identities": planned}):
            dues[identity].append((Due.COMPLETION, on))
    if consulting := _with_stage(standing, Stage.CONSULTATION):
        for identity, on in session.execute(_ROUNDS, {"identities": consulting}):
            dues[identity].append((Due.CONSULTATION_CLOSES, on))
    if noticed := _with_stage(standing, Stage.PUBLIC_NOTICE, Stage.ABOLITION_NOTICE):
        for identity, on in session.execute(_NOTICES, {"identities": noticed}):
            dues[identity].append((Due.NOTICE_ENDS, on))
    _add_of_reviews(session, standing, rules, dues)


def _add_of_reviews(
    session: Session,
    standing: Mapping[int, Standing],
    rules: Mapping[Kind, Rules],
    dues: dict[int, list[tuple[Due, date]]],
) -> None:
    if reviewing := _with_stage(standing, Stage.REVIEW):
        for identity, mode, meets_on, papers_sent_on, closes_on in session.execute(_REVIEWS, {"identities": reviewing}):
            if mode is ReviewMode.MEETING and meets_on is not None:
                dues[identity].append((Due.MEETING, meets_on))
                if papers_sent_on is None:
                    notice = timedelta(days=rules[standing[identity].kind].papers_notice_days)
                    dues[identity].append((Due.PAPERS_TO_SEND, meets_on - notice))
            if closes_on is not None:
                dues[identity].append((Due.BALLOT_CLOSES, closes_on))


def _add_after_publication(
    session: Session,
    standing: Mapping[int, Standing],
    rules: Mapping[Kind, Rules],
    dues: dict[int, list[tuple[Due, date]]],
) -> None:
    living = _with_stage(standing, *_LIVING)
    if not living:
        return
    documents = session.execute(_DOCUMENTS, {"identities": living})
    for identity, published_on, effective_on, confirmed_on, is_filed in documents:
        of_kind = rules[standing[identity].kind]
        if standing[identity].stage is Stage.PUBLISHED:
            dues[identity].append((Due.IMPLEMENTATION, effective_on))
        if of_kind.filing_days is not None and not is_filed:
            dues[identity].append((Due.FILING, published_on + timedelta(days=of_kind.filing_days)))
        if standing[identity].stage is not Stage.ABOLITION_NOTICE:
            cycle_ends = add_months(confirmed_on or published_on, of_kind.review_cycle_months)
            dues[identity].append((Due.PERIODIC_REVIEW, cycle_ends))
