"""Telling the search index what the database knows: published documents, open consultations, the framework.

The index is a cache. Whatever stands in it comes from here and from nowhere else, and only what everybody may read.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Publication
from standards_wf.models.drafts import DraftClause
from standards_wf.models.framework import FrameworkNode, NamedDeliverable
from standards_wf.models.projects import Project
from standards_wf.search.backend import Document, SearchBackend
from standards_wf.search.entries import Entry, SourceKind, keys_of
from standards_wf.workflow.numbers import NotANumber, read_number


def reindex_project(session: Session, backend: SearchBackend, project_id: int) -> None:
    """Bring the index up to date with one project."""
    reindex_projects(session, backend, (project_id,))


def reindex_projects(session: Session, backend: SearchBackend, project_ids: Iterable[int]) -> None:
    """Bring the index up to date with several projects in one go.

    The entries are read while the index is held for writing. So the session must not have read anything yet, and of
    two workers the one who writes last has also read last.
    """
    identities = tuple(dict.fromkeys(project_ids))
    backend.replace_documents(document for each in identities for document in _of_project(session, each))


def rebuild(session: Session, backend: SearchBackend) -> int:
    """Make the index anew from the database; says how many documents it holds."""
    return backend.rebuild(all_documents(session))


@dataclass(frozen=True, slots=True)
class Difference:
    """What the index lacks, and what it has that is not public."""

    missing: frozenset[str]
    superfluous: frozenset[str]


def compare(session: Session, backend: SearchBackend) -> Difference:
    """Compare the documents of the index with those of the database."""
    should = {key for key, _ in all_documents(session)}
    has = backend.document_keys()
    return Difference(frozenset(should - has), frozenset(has - should))


def all_documents(session: Session) -> Iterator[Document]:
    """Everything that belongs into the index."""
    nodes = _Nodes(session)
    for code in nodes.codes:
        yield node_key(code), nodes.entries(session, code)
    project_ids = session.scalars(
        select(Publication.project_id)
        .where(Publication.published_at.is_not(None))
        .union(select(ConsultationRound.project_id).where(ConsultationRound.closed_on.is_(None)))
    ).all()
    for project_id in sorted(project_ids):
        yield from ((key, entries) for key, entries in _of_project(session, project_id, nodes) if entries)


def document_key(project_id: int) -> str:
    """The key of a published document."""
    return f"document:{project_id}"


def consultation_key(round_id: int) -> str:
    """The key of a round of consultation."""
    return f"consultation:{round_id}"


def node_key(code: str) -> str:
    """The key of a node of the framework."""
    return f"node:{code}"


class _Nodes:
    """The framework, for the way from a node up to its root."""

    def __init__(self, session: Session) -> None:
        rows = session.execute(select(FrameworkNode.code, FrameworkNode.parent_code).order_by(FrameworkNode.position))
        self._parents = {code: parent for code, parent in rows}  # noqa: C416  # a row is not a pair for the type checker

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self._parents)

    def ancestors(self, code: str) -> tuple[str, ...]:
        """The nodes above this one, the nearest first."""
        found: list[str] = []
        parent = self._parents.get(code)
        while parent is not None and parent not in found:
            found.append(parent)
            parent = self._parents.get(parent)
        return tuple(found)

    def entries(self, session: Session, code: str) -> tuple[Entry, ...]:
        """The one entry of a node: its name, its words, its departments, and the documents that it names."""
        node = session.get_one(FrameworkNode, code)
        named = session.scalars(select(NamedDeliverable.name).where(NamedDeliverable.node_code == code))
        words = (
            node.summary,
            "、".join(node.key_topics),
            "、".join((*node.lead_departments, *node.cooperating_departments)),
            "、".join(named),
        )
        entry = Entry(
            entry_id=node_key(code),
            source=SourceKind.FRAMEWORK_NODE,
            title_zh=node.name,
            number=code,
            number_keys=(code,),
            node_code=code,
            node_ancestors=self.ancestors(code),
            text="\n".join(part for part in words if part),
        )
        return (entry,)


def _of_project(session: Session, project_id: int, nodes: _Nodes | None = None) -> Iterator[Document]:
    """The document of a project and its rounds of consultation; what is not public has no entries."""
    project = session.get_one(Project, project_id)
    nodes = nodes or _Nodes(session)
    yield document_key(project_id), tuple(_document(session, project, nodes))
    rounds = session.scalars(select(ConsultationRound).where(ConsultationRound.project_id == project_id))
    for each in rounds:
        is_open = each.closed_on is None and not each.members_only
        yield consultation_key(each.id), (_consultation(project, each, nodes),) if is_open else ()


def _document(session: Session, project: Project, nodes: _Nodes) -> Iterator[Entry]:
    publication = session.get(Publication, project.id)
    if publication is None or publication.published_at is None:
        return
    key = document_key(project.id)
    yield _document_entry(project, publication, nodes, entry_id=key, text=project.scope)
    clauses = session.scalars(
        select(DraftClause).where(DraftClause.draft_id == publication.draft_id).order_by(DraftClause.position)
    )
    for clause in clauses:
        yield _document_entry(
            project,
            publication,
            nodes,
            entry_id=f"{key}:{clause.position}",
            text=clause.text,
            clause=clause,
        )


def _document_entry(
    project: Project,
    publication: Publication,
    nodes: _Nodes,
    *,
    entry_id: str,
    text: str,
    clause: DraftClause | None = None,
) -> Entry:
    node = project.framework_node or ""
    return Entry(
        entry_id=entry_id,
        source=SourceKind.DOCUMENT,
        document_id=project.id,
        kind=project.kind,
        status=project.stage,
        number=publication.number,
        number_keys=_number_keys(publication.number),
        title_zh=project.title_zh,
        title_en=project.title_en,
        node_code=node,
        node_ancestors=nodes.ancestors(node),
        year=publication.published_on.year,
        clause_label=(clause.label or clause.title or clause.anchor) if clause else "",
        clause_title=clause.title if clause else "",
        anchor=clause.anchor if clause else "",
        text=text,
        position=clause.position if clause else 0,
    )


def _number_keys(number: str) -> tuple[str, ...]:
    try:
        return keys_of(read_number(number))
    except NotANumber:
        return ()


def _consultation(project: Project, held: ConsultationRound, nodes: _Nodes) -> Entry:
    node = project.framework_node or ""
    return Entry(
        entry_id=consultation_key(held.id),
        source=SourceKind.CONSULTATION,
        document_id=held.id,
        kind=project.kind,
        status=project.stage,
        title_zh=project.title_zh,
        title_en=project.title_en,
        node_code=node,
        node_ancestors=nodes.ancestors(node),
        year=held.opens_on.year,
        text="\n".join(part for part in (project.scope, project.technical_content, project.purpose) if part),
    )
