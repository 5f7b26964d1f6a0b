"""A year's list of periodic reviews done in one go: begun together, given opinions, decided by one paper.

Each document has its own act, its own history row and its own unit of work. One that cannot go is told with its
reasons, and the others go.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.inspect import FileKind, UploadLimits, inspect_upload
from standards_wf.errors import Forbidden, Invalid, NotFound, StandardsError
from standards_wf.models.base import is_identity
from standards_wf.models.documents import PeriodicReview, Publication, ReviewDecision
from standards_wf.models.projects import Project
from standards_wf.services.drafts import Upload
from standards_wf.services.lifecycle import PerformAction, perform
from standards_wf.services.long_life_problems import ReviewListProblem
from standards_wf.services.periodic_reviews import RecordOpinion, record_opinion
from standards_wf.services.review_decisions import check_day, decision_by_number
from standards_wf.services.storage import FileStore, keep
from standards_wf.services.unit_of_work import unit_of_work
from standards_wf.workflow.facts import Actor
from standards_wf.workflow.fields import ActFields, FieldProblem
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.vocabulary import Action, Conclusion, EarlyReason, Role

ACT_OF: dict[Conclusion, Action] = {
    Conclusion.VALID: Action.CONFIRM,
    Conclusion.REVISE: Action.ORDER_REVISION,
    Conclusion.ABOLISH: Action.PROPOSE_ABOLITION,
}
"""The act that carries out each conclusion."""
DECIDERS = frozenset({Role.AUTHORITY, Role.GROUP_SECRETARIAT})


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDone:
    """What became of one line: done, or left as it was with every reason."""

    project_id: int
    refused: StandardsError | None = None

    @property
    def done(self) -> bool:
        """Whether it was done."""
        return self.refused is None


@dataclass(frozen=True, slots=True)
class Ticked:
    """A line of the list that somebody ticked, with the version of the project that was shown."""

    project_id: int
    expected_version: int | None = None


def _each_by_itself(
    session: Session, ticked: Iterable[Ticked], act: Callable[[Session, Ticked], object]
) -> tuple[LineDone, ...]:
    """Do the same with each of these documents, every one in a unit of work of its own."""
    done: list[LineDone] = []
    for line in {each.project_id: each for each in ticked}.values():
        try:
            with unit_of_work(session):
                act(session, line)
        except StandardsError as refused:
            done.append(LineDone(project_id=line.project_id, refused=refused))
        else:
            done.append(LineDone(project_id=line.project_id))
    return tuple(done)


@dataclass(frozen=True, slots=True, kw_only=True)
class StartReviews:
    """Documents whose periodic review is to begin; those before their time share one reason."""

    ticked: tuple[Ticked, ...]
    early_reason: EarlyReason | None = None
    early_grounds: str = ""
    note: str = ""


def start_reviews(session: Session, cmd: StartReviews, *, actor: Actor, moment: Moment) -> tuple[LineDone, ...]:
    """Begin the periodic reviews of a list."""
    fields = ActFields(early_reason=cmd.early_reason, early_grounds=cmd.early_grounds.strip())

    def start(session: Session, line: Ticked) -> None:
        _perform(session, line, Action.START_REVIEW, cmd.note, fields, actor=actor, moment=moment)

    return _each_by_itself(session, cmd.ticked, start)


def _perform(
    session: Session, line: Ticked, action: Action, note: str, fields: ActFields, *, actor: Actor, moment: Moment
) -> None:
    command = PerformAction(
        project_id=line.project_id,
        action=action,
        expected_version=line.expected_version,
        note=note,
        fields=fields,
    )
    perform(session, command, actor=actor, moment=moment)


def record_opinions(
    session: Session, opinions: Iterable[RecordOpinion], *, actor: Actor, moment: Moment
) -> tuple[LineDone, ...]:
    """Record the opinions of a list, one for each document."""
    by_project = {each.project_id: each for each in opinions}

    def record(session: Session, line: Ticked) -> None:
        record_opinion(session, by_project[line.project_id], actor=actor, moment=moment)

    return _each_by_itself(session, (Ticked(project_id) for project_id in by_project), record)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeReviews:
    """Documents whose recorded conclusions one paper carries out."""

    ticked: tuple[Ticked, ...]
    announcement: str
    decided_on: date
    note: str = ""
    file: Upload | None = None


def conclude_reviews(
    session: Session,
    cmd: ConcludeReviews,
    *,
    store: FileStore,
    limits: UploadLimits,
    actor: Actor,
    moment: Moment,
) -> tuple[LineDone, ...]:
    """Carry out the conclusions of a list by one decision: confirm, order a revision, or propose the abolition.

    1. The paper is opened and entered, for each body that has issued one of the documents.
    2. Each document has the act of its own conclusion; without an opinion it is left as it is.

    Raises Invalid where the decision has no number, its day lies in the future or its file cannot be taken; nothing is
    done then.
    """
    number = cmd.announcement.strip()
    if not number:
        raise Invalid({"announcement": Refusal(FieldProblem.REQUIRED)})
    check_day(cmd.decided_on, moment)
    if cmd.file is not None:
        _enter_file(session, replace(cmd, announcement=number), store=store, limits=limits, actor=actor, moment=moment)
    fields = ActFields(announcement=number, decided_on=cmd.decided_on)

    def conclude(session: Session, line: Ticked) -> None:
        action = ACT_OF[_conclusion_of(session, line.project_id)]
        _perform(session, line, action, cmd.note, fields, actor=actor, moment=moment)

    return _each_by_itself(session, cmd.ticked, conclude)


def _conclusion_of(session: Session, project_id: int) -> Conclusion:
    """What the opinion concludes. Raises Invalid where there is none."""
    conclusion = session.scalar(
        select(PeriodicReview.conclusion).where(
            PeriodicReview.project_id == project_id, PeriodicReview.concluded_on.is_(None)
        )
    )
    if conclusion is None:
        raise Invalid({"conclusion": Refusal(ReviewListProblem.NO_OPINION)})
    return conclusion


def _enter_file(
    session: Session, cmd: ConcludeReviews, *, store: FileStore, limits: UploadLimits, actor: Actor, moment: Moment
) -> None:
    """Enter the paper of a decision for every issuer for whom the actor decides."""
    if cmd.file is None:
        return
    seen = inspect_upload(
        cmd.file.data, cmd.file.filename, allowed=frozenset({FileKind.DOCX, FileKind.PDF}), limits=limits
    )
    with unit_of_work(session):
        issuers = _issuers(session, [line.project_id for line in cmd.ticked], actor)
        sha256 = keep(session, store, cmd.file.data, seen.media_type, moment=moment)
        for issuer_id in issuers:
            decision = decision_by_number(session, issuer_id, cmd.announcement)
            if decision is None:
                decision = ReviewDecision(issuer_id=issuer_id, number=cmd.announcement, decided_on=cmd.decided_on)
                session.add(decision)
            elif decision.sha256 not in (None, sha256):
                other = Refusal(ReviewListProblem.OTHER_FILE, number=cmd.announcement, filename=decision.filename)
                raise Invalid({"file": other})
            decision.sha256, decision.filename = sha256, seen.filename


def _issuers(session: Session, project_ids: Iterable[int], actor: Actor) -> tuple[int, ...]:
    """The bodies that issued these documents and for whom the actor decides. Raises Forbidden where there is none."""
    identities = [each for each in project_ids if is_identity(each)]
    issued = session.execute(select(Project.group_id, Project.authority_id).where(Project.id.in_(identities)))
    mine = {grant.scope_id for grant in actor.grants if grant.role in DECIDERS}
    issuers = {group or authority for group, authority in issued}
    found = sorted(issuer for issuer in issuers if issuer is not None and issuer in mine)
    if not found:
        raise Forbidden(Refusal(RefusalCode.ROLE_REQUIRED, roles=tuple(sorted(DECIDERS))))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class DecisionFile:
    """The paper of a decision."""

    sha256: str
    filename: str


def decision_file(session: Session, decision_id: int) -> DecisionFile:
    """The paper by which periodic reviews were decided; everybody may read it once one of them was. Raises NotFound."""
    if not is_identity(decision_id):
        raise NotFound("paper", decision_id)
    row = session.execute(
        select(ReviewDecision.sha256, ReviewDecision.filename)
        .join(PeriodicReview, PeriodicReview.decision_id == ReviewDecision.id)
        .join(Publication, Publication.project_id == PeriodicReview.project_id)
        .where(ReviewDecision.id == decision_id, ReviewDecision.sha256.is_not(None))
        .limit(1)
    ).first()
    if row is None or row.sha256 is None:
        raise NotFound("paper", decision_id)
    return DecisionFile(row.sha256, row.filename)
