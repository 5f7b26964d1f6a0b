"""The papers of a case: made from what is recorded, kept by content, brought by people, listed as a package."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.documents.context import CalibrationBody, Context, StandardBody
from standards_wf.documents.inspect import FileKind, UploadLimits, clean_filename, inspect_upload
from standards_wf.documents.missing import MissingValues, missing_values
from standards_wf.documents.paging import number_contents
from standards_wf.documents.pdf import Office
from standards_wf.documents.render import render
from standards_wf.errors import Forbidden, Invalid, Unavailable
from standards_wf.models.documents import Publication
from standards_wf.models.drafts import Attachment, Origin
from standards_wf.models.history import LifecycleEvent
from standards_wf.models.projects import Project
from standards_wf.services.access import Entrance, entrance_to
from standards_wf.services.drafts import Upload
from standards_wf.services.facts import facts_of
from standards_wf.services.lifecycle import require_version
from standards_wf.services.paper_contexts import BODIES, FORMS
from standards_wf.services.paper_contexts.names import draft_stage_of
from standards_wf.services.paper_contexts.texts import with_pictures
from standards_wf.services.problems import PaperProblem
from standards_wf.services.record import Happening, append
from standards_wf.services.storage import FileStore, keep
from standards_wf.wording import labels
from standards_wf.workflow.facts import SYSTEM_ACTOR, Actor, Aspect, known
from standards_wf.workflow.packages import belongs_to, body_of, package_of
from standards_wf.workflow.refusals import Refusal, RefusalCode
from standards_wf.workflow.stages import STAGES
from standards_wf.workflow.vocabulary import DraftStage, Effect, Event, Paper, Phase, Role, Stage

log = logging.getLogger(__name__)

MADE_HERE = frozenset({*BODIES, *FORMS})
"""The papers that the system can make; the others are written elsewhere and brought."""

PAPER_OF: dict[Effect, Paper] = {
    Effect.RENDER_EXPLANATORY_NOTE: Paper.EXPLANATORY_NOTE,
    Effect.RENDER_COMMENT_TABLE: Paper.COMMENT_TABLE,
    Effect.RENDER_REVIEW_MINUTES: Paper.REVIEW_MINUTES,
    Effect.RENDER_PUBLICATION_ANNOUNCEMENT: Paper.PUBLICATION_ANNOUNCEMENT,
}
"""Which paper follows an act by itself."""

_KEEPERS = (
    Role.DRAFTER,
    Role.COMMITTEE_SECRETARY,
    Role.COMPETENT_DEPARTMENT,
    Role.GROUP_SECRETARIAT,
    Role.AUTHORITY,
)
_DECIDERS = (Role.GROUP_SECRETARIAT, Role.AUTHORITY)
# What somebody vouches for is brought by that body alone; everybody reads the announcement beside the document.
_BROUGHT_BY: dict[Paper, tuple[Role, ...]] = {
    Paper.REVIEW_MINUTES: (Role.COMMITTEE_SECRETARY, *_DECIDERS),
    Paper.BALLOT_CONCLUSION: (Role.COMMITTEE_SECRETARY, *_DECIDERS),
    Paper.PUBLICATION_ANNOUNCEMENT: _DECIDERS,
}
_APPLYING = frozenset({Stage.SUGGESTED, Stage.APPLIED})
_UPLOADED = frozenset({FileKind.DOCX, FileKind.PDF})


@dataclass(frozen=True, slots=True, kw_only=True)
class MadePaper:
    """A paper that was made, and not kept yet; `at_seq` is the version of the data that it was made from."""

    project_id: int
    paper: Paper
    docx: bytes
    filename: str
    at_seq: int
    pdf: bytes | None = None
    """The same as PDF, where one was asked for and LibreOffice is there."""


def make_paper(
    session: Session,
    project_id: int,
    paper: Paper,
    *,
    actor: Actor,
    moment: Moment,
    draft_stage: DraftStage | None = None,
    store: FileStore | None = None,
) -> MadePaper:
    """Make a paper from what is recorded now, for whoever may see the case; nothing is written.

    A text with pictures needs the file store in which they lie. A text is made in the draft
    stage asked for, else in that of the case. Raises NotFound, Invalid for a paper that is not made here, and
    MissingValues for one that lacks something.
    """
    project = entrance_to(session, project_id, actor).project
    at_seq = _version_of_data(session, project)
    stage = draft_stage or draft_stage_of(project)
    context = _context_of(session, project, paper, moment, stage)
    if store is not None and isinstance(context, StandardBody | CalibrationBody):
        context = with_pictures(session, store, project, stage, context)
    docx = render(context.paper, context)
    filename = _filename_of(project, paper, stage)
    return MadePaper(project_id=project.id, paper=paper, docx=docx, filename=filename, at_seq=at_seq)


def _context_of(session: Session, project: Project, paper: Paper, moment: Moment, stage: DraftStage) -> Context:
    """What a paper says. Raises Invalid for one that is not made of this case, and MissingValues."""
    if paper in FORMS:
        if not belongs_to(paper, project.kind):
            raise Invalid({"paper": Refusal(PaperProblem.OF_ANOTHER_KIND, paper=paper, kind=project.kind)})
        return FORMS[paper](session, project, moment.day)
    _require_own_body(project, paper)
    return BODIES[paper](session, project, stage, moment.day)


def _filename_of(project: Project, paper: Paper, stage: DraftStage) -> str:
    name = (
        f"{project.title_zh} {labels.paper(paper, project.kind).zh}"
        if paper in FORMS
        else f"{project.title_zh}（{labels.draft_stage(stage, project.kind).zh}）"
    )
    return clean_filename(f"{name[:90]}.docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPaper:
    """A paper that follows an act: the name of its file, and what it would lack, which keeps it from being made."""

    paper: Paper
    filename: str
    lacks: tuple[str, ...] = ()


def planned_paper(session: Session, project: Project, paper: Paper, *, moment: Moment) -> PlannedPaper:
    """What `generate` would make of a case as it stands in this transaction; nothing is made."""
    stage = draft_stage_of(project)
    try:
        lacks = missing_values(_context_of(session, project, paper, moment, stage))
    except MissingValues as lacking:
        lacks = lacking.missing
    return PlannedPaper(paper=paper, filename=_filename_of(project, paper, stage), lacks=lacks)


def _require_own_body(project: Project, paper: Paper) -> None:
    if paper not in BODIES:
        raise Invalid({"paper": Refusal(PaperProblem.NOT_MADE_HERE, paper=paper)})
    body = body_of(project.kind, project.category)
    if paper is not body:
        raise Invalid({"paper": Refusal(PaperProblem.NOT_OF_THIS_KIND, paper=paper, body=body)})


def _version_of_data(session: Session, project: Project) -> int:
    """The last event that could change what a paper says; that a paper was made changes nothing."""
    seq = session.scalar(
        select(func.max(LifecycleEvent.seq)).where(
            LifecycleEvent.project_id == project.id, LifecycleEvent.action != Event.PAPER_GENERATED
        )
    )
    return seq or 0


def keep_paper(session: Session, made: MadePaper, *, store: FileStore, actor: Actor, moment: Moment) -> Attachment:
    """Enter a paper that was made; the same content of the same version of the data is entered once.

    What somebody asked for is recorded in the history, what the worker made of itself is not. Raises NotFound,
    Forbidden.
    """
    entrance = entrance_to(session, made.project_id, actor)
    project = entrance.project
    role = Role.SYSTEM if actor.is_system else entrance.require(*_KEEPERS)
    sha256 = keep(session, store, made.docx, FileKind.DOCX.media_type, moment=moment)
    entered = session.scalar(
        select(Attachment)
        .where(Attachment.project_id == project.id, Attachment.paper == made.paper)
        .where(Attachment.sha256 == sha256, Attachment.at_seq == made.at_seq)
        .limit(1)
    )
    if entered is not None:
        return entered
    attachment = Attachment(
        project_id=project.id,
        paper=made.paper,
        sha256=sha256,
        filename=made.filename,
        origin=Origin.GENERATED,
        attached_by_id=actor.person_id,
        attached_at=moment.at,
        at_seq=made.at_seq,
        on_day=moment.day,
    )
    session.add(attachment)
    if not actor.is_system:
        happening = Happening(
            action=Event.PAPER_GENERATED,
            role=role,
            to_stage=project.stage,
            params={"paper": made.paper, "sha256": sha256, "at_seq": made.at_seq},
            must_be_seen=False,
        )
        append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return attachment


def generate(
    session: Session, store: FileStore, project_id: int, paper: Paper, moment: Moment
) -> Callable[[Session], None]:
    """Make a paper that follows an act, for the worker; the answer enters it, in the unit of work that settles the row.

    One that still lacks something is left to people: trying again would not fill it, and the package shows it as
    missing.
    """
    try:
        made = make_paper(session, project_id, paper, actor=SYSTEM_ACTOR, moment=moment, store=store)
    except MissingValues as lacking:
        log.warning("project %d: not made yet: %s", project_id, lacking)
        return lambda _session: None
    store.put(made.docx)

    def enter(session: Session) -> None:
        keep_paper(session, made, store=store, actor=SYSTEM_ACTOR, moment=moment)

    return enter


def who_brings(paper: Paper, stage: Stage) -> tuple[Role, ...]:
    """Who may bring a paper at a stage.

    Whoever proposed a document may bring the signed application form, until the application is appraised. Once the
    document is published, papers are added by whoever published it.
    """
    if STAGES[stage].phase is Phase.PUBLISHED:
        return _DECIDERS
    if paper is Paper.APPLICATION_FORM and stage in _APPLYING:
        return (*_KEEPERS, Role.PROPOSER)
    return _BROUGHT_BY.get(paper, _KEEPERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachPaper:
    """A paper that somebody brings: a report, a signed form, a letter."""

    project_id: int
    paper: Paper
    upload: Upload
    expected_version: int | None = None


def attach_paper(
    session: Session, cmd: AttachPaper, *, store: FileStore, limits: UploadLimits, actor: Actor, moment: Moment
) -> Attachment:
    """Attach a paper as Word or PDF file; a later one of its name takes the place of the earlier, which stays.

    `who_brings` says who may do it. Raises NotFound, Forbidden, EditConflict, Invalid.
    """
    entrance = entrance_to(session, cmd.project_id, actor)
    project = entrance.project
    role = entrance.require(*who_brings(cmd.paper, project.stage))
    if STAGES[project.stage].phase is Phase.CLOSED:
        raise Forbidden(Refusal(RefusalCode.NOT_FROM_THIS_STAGE, action=Event.PAPER_ATTACHED, stage=project.stage))
    require_version(project, cmd.expected_version)
    if cmd.paper in BODIES:
        raise Invalid({"paper": Refusal(PaperProblem.IS_THE_TEXT, paper=cmd.paper)})
    inspected = inspect_upload(cmd.upload.data, cmd.upload.filename, allowed=_UPLOADED, limits=limits)
    attachment = Attachment(
        project_id=project.id,
        paper=cmd.paper,
        sha256=keep(session, store, cmd.upload.data, inspected.media_type, moment=moment),
        filename=inspected.filename,
        origin=Origin.UPLOADED,
        attached_by_id=actor.person_id,
        attached_at=moment.at,
        at_seq=project.last_event_seq + 1,
        on_day=moment.day,
    )
    session.add(attachment)
    happening = Happening(
        action=Event.PAPER_ATTACHED,
        role=role,
        to_stage=project.stage,
        params={"paper": cmd.paper, "filename": attachment.filename, "sha256": attachment.sha256},
        effects=(Effect.NOTIFY,),
    )
    append(session, project, happening, actor=actor, moment=moment)
    session.flush()
    return attachment


class PaperState(StrEnum):
    """How a paper of the package stands."""

    THERE = "there"
    OUTDATED = "outdated"
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackagePaper:
    """One line of the submission package, with the version of the paper that counts."""

    paper: Paper
    state: PaperState
    is_text: bool
    """Whether it is the text itself, which stands among the drafts."""
    made_here: bool
    attachment_id: int | None = None
    filename: str = ""
    origin: Origin | None = None
    attached_at: datetime | None = None


def package_of_project(session: Session, entrance: Entrance, *, moment: Moment) -> tuple[PackagePaper, ...]:
    """The submission package of a case (报批材料) as its guard sees it; a fixed number of queries."""
    project = entrance.project
    papers = known(facts_of(session, entrance, (Aspect.PAPERS,), moment=moment).papers)
    last = select(func.max(Attachment.id)).where(Attachment.project_id == project.id).group_by(Attachment.paper)
    latest = {row.paper: row for row in session.scalars(select(Attachment).where(Attachment.id.in_(last)))}

    def listed(paper: Paper) -> PackagePaper:
        row = latest.get(paper) if paper is not papers.body else None
        outdated = PaperState.OUTDATED if paper in papers.outdated else PaperState.MISSING
        return PackagePaper(
            paper=paper,
            state=PaperState.THERE if paper in papers.current else outdated,
            is_text=paper is papers.body,
            made_here=paper in FORMS,
            attachment_id=row.id if row else None,
            filename=row.filename if row else "",
            origin=row.origin if row else None,
            attached_at=row.attached_at if row else None,
        )

    return tuple(listed(paper) for paper in package_of(project.kind, papers.body, papers.review_mode))


def publication_text(
    session: Session,
    project_id: int,
    *,
    actor: Actor,
    moment: Moment,
    store: FileStore | None = None,
    office: Office | None = None,
) -> MadePaper:
    """The text as it is to be published, with the prepared number and dates; ready to be attached as a draft.

    Where LibreOffice is there, the contents get their page numbers and a PDF goes with it; it takes seconds, so nobody
    should hold a lock meanwhile. Raises NotFound, Invalid while nothing is prepared, MissingValues.
    """
    project = entrance_to(session, project_id, actor).project
    if session.get(Publication, project.id) is None:
        raise Invalid({"publication": Refusal(PaperProblem.NOT_PREPARED)})
    made = make_paper(
        session,
        project_id,
        body_of(project.kind, project.category),
        actor=actor,
        moment=moment,
        store=store,
        draft_stage=DraftStage.PUBLICATION,
    )
    if office is None:
        return made
    try:
        docx = number_contents(made.docx, office)
        pdf = office.to_pdf(docx)
    except Unavailable as absent:
        log.warning("project %d: the text goes without PDF: %s", project_id, absent)
        return made
    return MadePaper(
        project_id=made.project_id,
        paper=made.paper,
        docx=docx,
        filename=made.filename,
        at_seq=made.at_seq,
        pdf=pdf,
    )
