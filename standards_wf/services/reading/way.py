"""The way to publication as a case has it before it: what is left, by when at the earliest, and how long it usually takes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import BindParameter, bindparam, select
from sqlalchemy.orm import Session

from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Notice, Publication
from standards_wf.models.projects import Project
from standards_wf.models.reviews import Ballot, Review
from standards_wf.services.reading.deadlines import Deadline
from standards_wf.services.reading.stays import UNKNOWN, UsualTime, usual_times
from standards_wf.workflow.deadlines import Due
from standards_wf.workflow.machine import PROJECT_MACHINE
from standards_wf.workflow.rules import Rules
from standards_wf.workflow.vocabulary import Action, ReviewMode, Role, Stage
from standards_wf.workflow.way import Known, earliest_steps, shortest_way

_THIS: BindParameter[int] = bindparam("project_id")
_ROUND = select(ConsultationRound.closes_on).where(
    ConsultationRound.project_id == _THIS, ConsultationRound.closed_on.is_(None)
)
_REVIEW = (
    select(Review.mode, Review.meets_on, Review.papers_sent_on, Ballot.closes_on)
    .outerjoin(Ballot, Ballot.review_id == Review.id)
    .where(Review.project_id == _THIS, Review.outcome.is_(None))
)
_NOTICE = select(Notice.opened_on).where(Notice.project_id == _THIS, Notice.closed_on.is_(None))
_EFFECTIVE = select(Publication.effective_on).where(Publication.project_id == _THIS)
_PREPARED = frozenset({Stage.SUBMISSION, Stage.APPROVAL, Stage.PUBLIC_NOTICE, Stage.PUBLISHED})


@dataclass(frozen=True, slots=True, kw_only=True)
class WayStep:
    """One stage of the way that is left: how the case comes to it, by whom, and from when at the earliest."""

    stage: Stage
    action: Action
    roles: tuple[Role, ...]
    earliest: date
    rule: str
    """The rule that makes the case wait until then; empty where nothing but the acts themselves is waited for."""
    usual: UsualTime
    """How long cases of the kind usually stayed at this stage."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """What lies between a case and its publication; no steps where the document is in force or the case is closed."""

    stage: Stage
    usual: UsualTime = UNKNOWN
    """How long cases of the kind usually stayed at the stage where the case is now."""
    steps: tuple[WayStep, ...] = ()
    rests: bool = False
    """The project rests; the days are those of a project that is resumed today."""
    completes_on: date | None = None
    """The day on which the plan wants it published, moved by the days of rest."""

    @property
    def published(self) -> date | None:
        """The earliest day of publication."""
        return next((step.earliest for step in self.steps if step.stage is Stage.PUBLISHED), None)

    @property
    def is_too_late(self) -> bool:
        """Whether the plan cannot be kept any more, whatever anybody does."""
        return self.completes_on is not None and self.published is not None and self.published > self.completes_on


def way_of(
    session: Session, project: Project, rules: Rules, today: date, *, due: Sequence[Deadline] = (), rests: bool = False
) -> Way:
    """The way that a case has before it; up to five queries, none where there is no way."""
    rows = shortest_way(PROJECT_MACHINE.table(project.kind), project.stage)
    if not rows:
        return Way(stage=project.stage)
    steps = earliest_steps(rows, _known(session, project), rules, today)
    usual = usual_times(session, project.kind, of_demonstration=project.is_demonstration, apart_from=project.id)
    return Way(
        stage=project.stage,
        usual=usual.get(project.stage, UNKNOWN),
        steps=tuple(
            WayStep(
                stage=step.row.target,
                action=step.row.action,
                roles=step.row.roles,
                earliest=step.earliest,
                rule=step.rule,
                usual=usual.get(step.row.target, UNKNOWN),
            )
            for step in steps
        ),
        rests=rests,
        completes_on=next((each.on for each in due if each.due is Due.COMPLETION), None),
    )


def _known(session: Session, project: Project) -> Known:
    """What is fixed already of that which runs at the stage."""
    this = {"project_id": project.id}
    effective_on = session.scalar(_EFFECTIVE, this) if project.stage in _PREPARED else None
    match project.stage:
        case Stage.CONSULTATION:
            return Known(closes_on=session.scalar(_ROUND, this))
        case Stage.REVIEW:
            review = session.execute(_REVIEW, this).first()
            if review is None:
                return Known()
            mode, meets_on, papers_sent_on, closes_on = review
            held_on = meets_on if mode is ReviewMode.MEETING else closes_on
            return Known(held_on=held_on, papers_sent_on=papers_sent_on)
        case Stage.PUBLIC_NOTICE:
            return Known(notice_opened_on=session.scalar(_NOTICE, this), effective_on=effective_on)
        case _:
            return Known(effective_on=effective_on)
