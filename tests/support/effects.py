"""Cases with something for the worker to do, and the twins of what it works with."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from standards_wf.clock import Moment
from standards_wf.models.documents import Publication
from standards_wf.models.drafts import Attachment, DraftClause, DraftVersion, Origin, StoredFile
from standards_wf.models.projects import Project
from standards_wf.notifications.transport import RecordingTransport, Transport
from standards_wf.search.backend import RecordingBackend, SearchBackend
from standards_wf.services.access import entrance_to
from standards_wf.services.outbox import Finish
from standards_wf.services.record import Happening, append
from standards_wf.services.storage import FileStore, keep
from standards_wf.worker.handlers import Generate, Tools
from standards_wf.workflow.numbers import read_number
from standards_wf.workflow.vocabulary import DraftStage, Effect, Event, Paper, Role
from tests.support.scene import Scene


def promise(
    session: Session,
    scene: Scene,
    project_id: int,
    *effects: Effect,
    moment: Moment,
    event: Event = Event.DRAFT_ATTACHED,
) -> int:
    """Record an event of a case that promises these effects; gives its sequence number."""
    actor = scene.actor(session, "citizen", moment)
    project = entrance_to(session, project_id, actor).project
    happening = Happening(action=event, role=Role.PROPOSER, to_stage=project.stage, effects=effects)
    return append(session, project, happening, actor=actor, moment=moment).seq


def generate_lightly(_session: Session, store: FileStore, project_id: int, paper: Paper, moment: Moment) -> Finish:
    """Make a paper as the real generator does, with a few bytes in the place of a document."""

    def enter(session: Session) -> None:
        _enter(session, store, project_id, paper, moment)

    return enter


def _enter(session: Session, store: FileStore, project_id: int, paper: Paper, moment: Moment) -> None:
    session.get_one(Project, project_id, with_for_update=True)
    seq = session.scalars(select(Project.last_event_seq).where(Project.id == project_id)).one()
    made = session.scalar(select(func.count()).where(Attachment.project_id == project_id, Attachment.paper == paper))
    sha256 = keep(session, store, f"{project_id} {paper} {made}".encode(), "text/plain", moment=moment)
    session.add(
        Attachment(
            project_id=project_id,
            paper=paper,
            sha256=sha256,
            filename=f"{paper}.docx",
            origin=Origin.GENERATED,
            attached_at=moment.at,
            at_seq=seq,
            on_day=moment.day,
        )
    )


def light_tools(
    sessions: sessionmaker[Session],
    store: FileStore,
    *,
    search: SearchBackend | None = None,
    transport: Transport | None = None,
    generate: Generate = generate_lightly,
) -> Tools:
    """The tools of a worker, each replaced by its twin unless another is given."""
    return Tools(
        sessions=sessions,
        search=search or RecordingBackend(),
        store=store,
        transport=transport or RecordingTransport(),
        generate=generate,
        base_url="https://standards.example.org",
        link_key="a key of this test alone",
    )


def publish_lightly(session: Session, project_id: int, serial: int, *, moment: Moment) -> None:
    """Enter a published text of a foreword and one clause, without the long way to it."""
    sha256 = f"{project_id:064x}"
    session.add(StoredFile(sha256=sha256, size=1, media_type="text/plain", stored_at=moment.at))
    session.flush()
    draft = DraftVersion(
        project_id=project_id,
        number=1,
        draft_stage=DraftStage.PUBLICATION,
        docx_sha256=sha256,
        filename="text.docx",
        clauses_read=2,
        errors_found=0,
        findings="[]",
        folded_text="",
        attached_at=moment.at,
        attached_seq=1,
    )
    session.add(draft)
    session.flush()
    number = read_number(f"DB31/T {serial}—{moment.day.year}")
    for position, (label, title) in enumerate((("", "前言"), ("1", "范围")), start=1):
        session.add(
            DraftClause(
                draft_id=draft.id,
                position=position,
                kind="clause",
                level=1,
                label=label,
                title=title,
                anchor=f"clause-{position}",
                text=f"{title}的正文",
            )
        )
    session.add(
        Publication(
            project_id=project_id,
            number=str(number),
            number_key=number.key,
            slug=number.slug,
            series="DB31/T",
            serial=str(serial),
            approved_on=moment.day,
            published_on=moment.day,
            effective_on=moment.day,
            draft_id=draft.id,
            published_at=moment.at,
        )
    )
    session.flush()
