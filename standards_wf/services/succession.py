"""What a document replaces, and how documents end: by a successor that comes into force, or by abolition.

1. The documents to be replaced are planned with the application, wholly or in part, and judged when they are typed.
2. Publication fixes them: the case of each is looked up, where the same body has issued it.
3. On the day on which the new document comes into force, those that it replaces wholly end in the same transaction.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.documents import Ending, Publication, Replacement
from standards_wf.models.projects import Project
from standards_wf.services.citations import raise_tasks
from standards_wf.services.long_life_problems import ReplacementProblem
from standards_wf.services.typed import Typed
from standards_wf.workflow.kinds import KINDS
from standards_wf.workflow.numbers import DocumentNumber, NotANumber, read_number
from standards_wf.workflow.refusals import Refusal
from standards_wf.workflow.stages import DOCUMENT_STAGES, ENDED
from standards_wf.workflow.vocabulary import Stage

_BETWEEN = re.compile(r"[\n;；、，]+")
LIVING = DOCUMENT_STAGES - ENDED


@dataclass(frozen=True, slots=True)
class PartlyReplaced:
    """A document of which only some clauses are to be replaced, as it was typed."""

    number: str
    clauses: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A document that a project is to replace, read and judged."""

    number: str
    partial: bool = False
    clauses: str = ""
    project_id: int | None = None


def numbers_in(text: str) -> tuple[str, ...]:
    """The numbers of a field that takes several of them: one on each line, or with marks between."""
    return tuple(part.strip() for part in _BETWEEN.split(text) if part.strip())


def read_replacements(
    session: Session,
    typed: Typed,
    project: Project,
    wholly: str | None,
    partly: Iterable[PartlyReplaced] | None,
) -> tuple[Planned, ...] | None:
    """The documents that a project is to replace, as somebody typed them; `None` where nobody did.

    What cannot be replaced is noted at its field: no number, an edition that is not named, the document itself, one
    that has ended. What is not kept here, or was issued by another body, may be named; nothing ends here by it.
    """
    if wholly is None and partly is None:
        return None
    before = planned_of(session, project.id)
    found: list[Planned] = []
    seen: set[str] = set()
    whole = numbers_in(typed.text("replaces", wholly, maximum=1000)) if wholly is not None else None
    if whole is None:
        found += [each for each in before if not each.partial]
    for text in whole or ():
        found += _judged(session, typed, project, "replaces", text, seen)
    if partly is None:
        found += [each for each in before if each.partial]
    for row in partly or ():
        number = typed.text("partly_replaces", row.number)
        clauses = typed.text("partly_replaces", row.clauses, maximum=500)
        for each in _judged(session, typed, project, "partly_replaces", number, seen):
            found.append(Planned(number=each.number, partial=True, clauses=clauses, project_id=each.project_id))
    return tuple(found)


def _judged(
    session: Session, typed: Typed, project: Project, field: str, text: str, seen: set[str]
) -> tuple[Planned, ...]:
    """One document that is to be replaced; none where it cannot be, which is noted."""
    try:
        number = read_number(text)
    except NotANumber as unread:
        typed.refuse(field, Refusal(unread.reason, text=text))
        return ()
    if number.year is None:
        edition = _only_edition(session, project, number)
        if edition is None:
            typed.refuse(field, Refusal(ReplacementProblem.EDITION_MISSING, given=str(number)))
            return ()
        number = edition
    problem = None
    case = _issued(session, project, number.key)
    own = session.get(Publication, project.id)
    if own is not None and own.number_key == number.key:
        problem = Refusal(ReplacementProblem.IS_ITSELF, given=str(number))
    elif number.key in seen:
        problem = Refusal(ReplacementProblem.NAMED_TWICE, given=str(number))
    elif case is not None and case.stage in ENDED:
        problem = Refusal(ReplacementProblem.HAS_ENDED, given=str(number), stage=case.stage)
    if problem is not None:
        typed.refuse(field, problem)
        return ()
    seen.add(number.key)
    return (Planned(number=str(number), project_id=case.id if case else None),)


def _same_issuer(project: Project) -> ColumnElement[bool]:
    """Nobody ends a document that another body has issued."""
    if KINDS[project.kind].issued_by_group:
        return Project.group_id == project.group_id
    return Project.group_id.is_(None) & (Project.authority_id == project.authority_id)


def _issued(session: Session, project: Project, key: str) -> Project | None:
    """The case of a published document with this number, where the body of the project has issued it."""
    return session.scalar(
        select(Project)
        .join(Publication, Publication.project_id == Project.id)
        .where(Publication.number_key == key, Publication.published_at.is_not(None))
        .where(_same_issuer(project), Project.id != project.id)
    )


def _only_edition(session: Session, project: Project, number: DocumentNumber) -> DocumentNumber | None:
    """The one edition of a document that is published and has not ended, where there is just one."""
    editions = session.scalars(
        select(Publication.number)
        .join(Project, Project.id == Publication.project_id)
        .where(Publication.number_key.startswith(f"{number.key}-", autoescape=True))
        .where(Publication.published_at.is_not(None), Project.stage.in_(LIVING))
        .where(_same_issuer(project), Project.id != project.id)
        .limit(2)
    ).all()
    return read_number(editions[0]) if len(editions) == 1 else None


def planned_of(session: Session, project_id: int) -> tuple[Planned, ...]:
    """What a project is to replace, or has replaced."""
    rows = session.scalars(
        select(Replacement).where(Replacement.project_id == project_id).order_by(Replacement.position, Replacement.id)
    )
    return tuple(
        Planned(
            number=row.replaced_number, partial=row.partial, clauses=row.clauses, project_id=row.replaced_project_id
        )
        for row in rows
    )


def plan(session: Session, project: Project, replacements: Iterable[Planned]) -> None:
    """Enter what a project is to replace in the place of what was planned before; the first one leads its numbering."""
    planned = tuple(replacements)
    session.execute(delete(Replacement).where(Replacement.project_id == project.id))
    session.add_all(
        Replacement(
            project_id=project.id,
            position=position,
            replaced_number=each.number,
            replaced_project_id=each.project_id,
            partial=each.partial,
            clauses=each.clauses,
        )
        for position, each in enumerate(planned, start=1)
    )
    project.replaces = next((each.number for each in planned if not each.partial), "")
    session.flush()


def fix_replacements(session: Session, project: Project) -> tuple[Planned, ...]:
    """Look up once more the cases of the documents replaced, because the new document is published now."""
    planned = tuple(
        Planned(
            number=each.number,
            partial=each.partial,
            clauses=each.clauses,
            project_id=case.id if (case := _issued(session, project, read_number(each.number).key)) else None,
        )
        for each in planned_of(session, project.id)
    )
    plan(session, project, planned)
    return planned


def ended_by(session: Session, project_id: int) -> tuple[int, ...]:
    """The cases of the documents that end when this one comes into force, in the order of their identities."""
    return tuple(
        session.scalars(
            select(Replacement.replaced_project_id)
            .join(Project, Project.id == Replacement.replaced_project_id)
            .where(Replacement.project_id == project_id, Replacement.partial.is_(False))
            .where(Project.stage.not_in(ENDED))
            .order_by(Replacement.replaced_project_id)
        )
    )


@dataclass(frozen=True, slots=True)
class Successor:
    """The document that has taken the place of another, and since when."""

    project_id: int
    number: str
    since: date
    announcement_number: str


def successor_of(session: Session, project_id: int) -> Successor | None:
    """The document that replaces this one wholly and is out, the first that comes into force."""
    row = session.execute(
        select(Publication.project_id, Publication.number, Publication.effective_on, Publication.announcement_number)
        .join(Replacement, Replacement.project_id == Publication.project_id)
        .where(Replacement.replaced_project_id == project_id, Replacement.partial.is_(False))
        .where(Publication.published_at.is_not(None))
        .order_by(Publication.effective_on, Publication.project_id)
        .limit(1)
    ).first()
    return Successor(*row) if row else None


def end_superseded(session: Session, project: Project, moment: Moment) -> dict[str, object]:
    """Write down that a document has ended because its successor is in force; answers with what the history keeps."""
    successor = successor_of(session, project.id)
    if successor is None:
        return {}
    ended_on = min(successor.since, moment.day)
    session.merge(
        Ending(
            project_id=project.id,
            how=Stage.SUPERSEDED,
            ended_on=ended_on,
            announcement_number=successor.announcement_number,
            reason="",
            use_instead=successor.number,
        )
    )
    raise_tasks(session, project, Stage.SUPERSEDED, moment)
    return {"successor": successor.number, "successor_id": successor.project_id, "ended_on": ended_on}


def end_abolished(
    session: Session, project: Project, moment: Moment, *, announcement_number: str, reason: str, use_instead: str
) -> dict[str, object]:
    """Write down that a document is abolished; answers with what the history keeps."""
    session.merge(
        Ending(
            project_id=project.id,
            how=Stage.ABOLISHED,
            ended_on=moment.day,
            announcement_number=announcement_number,
            reason=reason,
            use_instead=use_instead,
        )
    )
    raise_tasks(session, project, Stage.ABOLISHED, moment)
    return {"ended_on": moment.day, "announcement_number": announcement_number, "use_instead": use_instead}


def forget_ending(session: Session, project: Project) -> None:
    """A document that the administrator puts back among the living has not ended."""
    session.execute(delete(Ending).where(Ending.project_id == project.id))
