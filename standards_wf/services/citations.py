"""Which documents a published text cites normatively, and the tasks that arise when one of them ends.

1. When a text is published its normative references are read, one row for each document that they name.
2. When a document is superseded or abolished, everybody whose published text cites it gets a task.
3. The committee looks, and settles the task with what it found; nothing is changed by the system itself.
"""

from dataclasses import dataclass
from unicodedata import normalize

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Invalid, NotFound
from standards_wf.models.citations import Citation, CitationTask
from standards_wf.models.documents import Publication
from standards_wf.models.drafts import DraftClause
from standards_wf.models.projects import Project
from standards_wf.services import access
from standards_wf.services.long_life_problems import CitationProblem
from standards_wf.services.record import Happening, append
from standards_wf.services.typed import LONG, Typed
from standards_wf.workflow.facts import SYSTEM_ACTOR, Actor
from standards_wf.workflow.numbers import DocumentNumber, NotANumber, find_numbers, read_number
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.stages import DOCUMENT_STAGES, ENDED
from standards_wf.workflow.vocabulary import CitationOutcome, Effect, Event, Role, Stage

_HEADINGS = ("规范性引用文件", "引用文件")
"""The chapter of the normative references, in standards (GB/T 1.1) and in specifications (JJF 1071)."""
SETTLERS = (Role.COMMITTEE_SECRETARY, Role.AUTHORITY, Role.GROUP_SECRETARIAT)


def numbers_cited(session: Session, draft_id: int) -> tuple[DocumentNumber, ...]:
    """The documents that the normative references of a text name, each once, in their order."""
    clauses = session.execute(
        select(DraftClause.level, DraftClause.title, DraftClause.text)
        .where(DraftClause.draft_id == draft_id)
        .order_by(DraftClause.position)
    )
    found: dict[str, DocumentNumber] = {}
    inside = False
    for level, title, text in clauses:
        if level <= 1:
            inside = "".join(title.split()).startswith(_HEADINGS)
        if inside:
            for each in find_numbers(normalize("NFKC", text)):
                found.setdefault(each.number.key, each.number)
    return tuple(found.values())


def gather_citations(session: Session, project_id: int) -> int:
    """Read once more which documents a published text cites; answers how many.

    What the text cites of itself, in the way that a new edition names the older one, is no citation.
    """
    session.execute(delete(Citation).where(Citation.project_id == project_id))
    publication = session.get(Publication, project_id)
    if publication is None or publication.published_at is None or publication.draft_id is None:
        return 0
    own = read_number(publication.number).undated_key
    cited = [each for each in numbers_cited(session, publication.draft_id) if each.undated_key != own]
    session.add_all(
        Citation(project_id=project_id, cited_number=str(each), cited_key=each.key, dated=each.year is not None)
        for each in cited
    )
    session.flush()
    return len(cited)


def gather_all(session: Session) -> tuple[int, int]:
    """Read the citations of every published text anew; answers how many texts and how many citations."""
    published = session.scalars(
        select(Publication.project_id).where(Publication.published_at.is_not(None)).order_by(Publication.project_id)
    ).all()
    return len(published), sum(gather_citations(session, each) for each in published)


def _citing(session: Session, ended: Project, number: DocumentNumber) -> dict[int, Citation]:
    """Every document that is out, has not ended, and cites this one: dated, or without a date."""
    rows = session.scalars(
        select(Citation)
        .join(Project, Project.id == Citation.project_id)
        .where(or_(Citation.cited_key == number.key, Citation.cited_key == number.undated_key))
        .where(Project.stage.in_(DOCUMENT_STAGES - ENDED), Project.id != ended.id)
        .order_by(Citation.project_id, Citation.dated)
    )
    # Where one text cites both forms, the dated one is the stricter and comes last.
    return {row.project_id: row for row in rows}


def raise_tasks(session: Session, ended: Project, how: Stage, moment: Moment) -> int:
    """Give everybody who cites a document that ends now the task to look at it; answers how many there are.

    The document that takes its place does not have to look; it was written knowing the older one.
    """
    publication = session.get(Publication, ended.id)
    if publication is None:
        return 0
    try:
        number = read_number(publication.number)
    except NotANumber:
        return 0
    raised = 0
    for project_id, citation in _citing(session, ended, number).items():
        task = session.scalar(
            select(CitationTask).where(CitationTask.project_id == project_id, CitationTask.ended_project_id == ended.id)
        )
        if task is not None:
            continue
        project = access.project_for(session, project_id, SYSTEM_ACTOR)
        session.add(
            CitationTask(
                project_id=project_id,
                ended_project_id=ended.id,
                cited_number=citation.cited_number,
                dated=citation.dated,
                ended_by=how,
                raised_on=moment.day,
            )
        )
        happening = Happening(
            action=Event.CITED_DOCUMENT_ENDED,
            role=Role.SYSTEM,
            to_stage=project.stage,
            params={"cited_number": citation.cited_number, "dated": citation.dated, "ended_by": how},
            effects=(Effect.NOTIFY,),
            must_be_seen=False,
        )
        append(session, project, happening, actor=SYSTEM_ACTOR, moment=moment)
        raised += 1
    session.flush()
    return raised


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleCitation:
    """What the committee found: nothing to change, an amendment sheet, or a revision; and why."""

    task_id: int
    outcome: CitationOutcome
    note: str


def settle_citation(session: Session, cmd: SettleCitation, *, actor: Actor, moment: Moment) -> CitationTask:
    """Settle the task about a document that is cited and has ended, once.

    Raises NotFound, Forbidden, Invalid.
    """
    access.require_identity("citation", cmd.task_id)
    project_id = session.scalar(select(CitationTask.project_id).where(CitationTask.id == cmd.task_id))
    if project_id is None:
        raise NotFound("citation", cmd.task_id)
    entrance = access.entrance_to(session, project_id, actor)
    role = entrance.require(*SETTLERS)
    task = session.get_one(CitationTask, cmd.task_id, populate_existing=True)
    typed = Typed()
    note = typed.text("note", cmd.note, maximum=LONG, required=True)
    typed.done()
    if task.outcome is not None:
        raise Invalid(
            {"outcome": Refusal(CitationProblem.ALREADY_SETTLED, given=task.cited_number, outcome=task.outcome)}
        )
    task.outcome, task.note = cmd.outcome, note
    task.settled_by_id, task.settled_at = actor.person_id, moment.at
    happening = Happening(
        action=Event.CITATION_SETTLED,
        role=role,
        to_stage=entrance.project.stage,
        note=note,
        params={"cited_number": task.cited_number, "citation_outcome": cmd.outcome},
        effects=(Effect.NOTIFY,),
        must_be_seen=False,
    )
    append(session, entrance.project, happening, actor=actor, moment=moment)
    session.flush()
    return task
