"""The public search: the index finds identities, the database supplies the rows and has the last word on visibility."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import BindParameter, ColumnElement, bindparam, extract, func, or_, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.errors import Unavailable
from standards_wf.models.consultations import ConsultationRound
from standards_wf.models.documents import Publication
from standards_wf.models.framework import FrameworkNode
from standards_wf.models.projects import Project
from standards_wf.search.backend import SearchBackend
from standards_wf.search.entries import SourceKind
from standards_wf.search.highlighting import marked
from standards_wf.search.query import Filters, Query, Sort, TermKind, parse_query
from standards_wf.search.results import NO_FACETS, Facets, Found, Fragment, Highlight, Hit
from standards_wf.services.reading.documents import OUT, DocumentLine, lines_of, lines_where
from standards_wf.workflow.vocabulary import Kind, Stage

PER_PAGE = 20

log = logging.getLogger(__name__)

# Built once: to build a statement costs more than to ask it.
_IDENTITIES: BindParameter[list[int]] = bindparam("identities", expanding=True)
_LINES = lines_where(Publication.project_id.in_(_IDENTITIES))
_OPEN_ROUNDS = select(ConsultationRound.id, ConsultationRound.closes_on).where(
    ConsultationRound.id.in_(_IDENTITIES),
    ConsultationRound.members_only.is_(False),
    ConsultationRound.closed_on.is_(None),
    ConsultationRound.closes_on >= bindparam("today"),
)
_NODES = (
    select(FrameworkNode.code, FrameworkNode.name)
    .where(FrameworkNode.code.in_(bindparam("codes", expanding=True)))
    .order_by(FrameworkNode.position)
)


class Source(StrEnum):
    """Where an answer comes from."""

    INDEX = "index"
    DATABASE = "database"
    """The index cannot answer; only titles and numbers were compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody looks for, as an address says it."""

    text: str = ""
    sources: frozenset[SourceKind] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    statuses: frozenset[Stage] = frozenset()
    node: str = ""
    years: frozenset[int] = frozenset()
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = PER_PAGE

    @property
    def query(self) -> Query:
        """The same for the index. Who asks for nothing in particular sees the documents."""
        sources = self.sources
        if not self.text.strip() and not sources:
            sources = frozenset({SourceKind.DOCUMENT})
        return parse_query(
            self.text,
            filters=Filters(
                sources=sources,
                kinds=self.kinds,
                statuses=self.statuses,
                nodes=frozenset({self.node}) if self.node else frozenset(),
                years=self.years,
            ),
            sort=self.sort if self.text.strip() or self.sort is not Sort.RELEVANCE else Sort.NEWEST,
            page=self.page,
            per_page=self.per_page,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDocument:
    """A document, a consultation or a node that was found, with what the database says of it now."""

    source: SourceKind
    number: str
    title_zh: str
    title_en: str
    title_fragments: tuple[Fragment, ...]
    highlights: tuple[Highlight, ...]
    kind: Kind | None = None
    stage: Stage | None = None
    node: str = ""
    line: DocumentLine | None = None
    """The published document."""
    consultation_id: int | None = None
    closes_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """One page of what was found, with the counts for narrowing down."""

    wanted: Wanted
    source: Source
    items: tuple[FoundDocument, ...]
    total: int
    page: int
    pages: int
    facets: Facets
    is_loosened: bool
    nodes: tuple[tuple[str, str], ...]
    """The nodes that have something to find, and the chosen one, by code and name, in the plan's order."""


def find(session: Session, backend: SearchBackend, wanted: Wanted, *, moment: Moment) -> Results:
    """Answer a search; whatever was typed, and whatever became of the index, there is an answer.

    When the index is missing or damaged, titles and numbers are compared in the database instead.
    """
    query = wanted.query
    found = _ask(backend, query)
    if found is None:
        if _something_is_out(session):
            return _from_database(session, wanted, query)
        found = Found(page=query.page, per_page=query.per_page)
    items = _supplied(session, found.hits, moment.day)
    return Results(
        wanted=wanted,
        source=Source.INDEX,
        items=items,
        total=found.total - (len(found.hits) - len(items)),
        page=found.page,
        pages=found.pages,
        facets=found.facets,
        is_loosened=found.is_loosened,
        nodes=_nodes(session, wanted, found.facets),
    )


def _ask(backend: SearchBackend, query: Query) -> Found | None:
    """What the index answers; `None` when it is damaged or missing. Past the last page it answers with the last."""
    try:
        found = backend.search(query)
        if not found.hits and found.total:
            found = backend.search(replace(query, page=found.pages))
        is_missing = found.total == 0 and not backend.document_keys()
    except Unavailable as unavailable:
        log.warning("search answers from the database: %s", str(unavailable))
        return None
    return None if is_missing else found


def _something_is_out(session: Session) -> bool:
    return session.scalar(select(Publication.project_id).where(OUT).limit(1)) is not None


def _nodes(session: Session, wanted: Wanted, facets: Facets) -> tuple[tuple[str, str], ...]:
    codes = [*facets.nodes, wanted.node]
    return tuple((code, name) for code, name in session.execute(_NODES, {"codes": codes}))


def _supplied(session: Session, hits: Sequence[Hit], today: date) -> tuple[FoundDocument, ...]:
    """The rows behind the hits, in their order; what is not public, or no longer there, is left out."""
    documents = _documents(session, [hit for hit in hits if hit.source is SourceKind.DOCUMENT])
    rounds = _rounds(session, [hit for hit in hits if hit.source is SourceKind.CONSULTATION], today)
    items: list[FoundDocument] = []
    for hit in hits:
        if hit.source is SourceKind.FRAMEWORK_NODE:
            items.append(_item(hit))
        elif hit.source is SourceKind.DOCUMENT and hit.document_id in documents:
            line = documents[hit.document_id]
            items.append(replace(_item(hit), line=line, stage=line.stage, number=line.number))
        elif hit.source is SourceKind.CONSULTATION and hit.document_id in rounds:
            items.append(replace(_item(hit), consultation_id=hit.document_id, closes_on=rounds[hit.document_id]))
    return tuple(items)


def _item(hit: Hit) -> FoundDocument:
    return FoundDocument(
        source=hit.source,
        number=hit.number,
        title_zh=hit.title_zh,
        title_en=hit.title_en,
        title_fragments=hit.title_fragments,
        highlights=hit.highlights,
        kind=hit.kind,
        stage=hit.status,
        node=hit.node_code,
    )


def _documents(session: Session, hits: Sequence[Hit]) -> Mapping[int | None, DocumentLine]:
    identities = [hit.document_id for hit in hits]
    if not identities:
        return {}
    lines = lines_of(session, _LINES, identities=identities)
    return {line.project_id: line for line in lines}


def _rounds(session: Session, hits: Sequence[Hit], today: date) -> Mapping[int | None, date]:
    identities = [hit.document_id for hit in hits]
    if not identities:
        return {}
    rows = session.execute(_OPEN_ROUNDS, {"identities": identities, "today": today})
    return {identity: closes_on for identity, closes_on in rows}  # noqa: C416  # a row is not a pair for the checker


def _from_database(session: Session, wanted: Wanted, query: Query) -> Results:
    """Documents by number and title alone, the newest first."""
    conditions = _conditions(session, wanted, query)
    total = (
        session.scalar(
            select(func.count(Publication.project_id))
            .join(Project, Project.id == Publication.project_id)
            .where(OUT, *conditions)
        )
        or 0
    )
    pages = -(-total // query.per_page)
    page = min(query.page, max(pages, 1))
    lines = lines_of(session, lines_where(*conditions).limit(query.per_page).offset((page - 1) * query.per_page))
    return Results(
        wanted=wanted,
        source=Source.DATABASE,
        items=tuple(
            FoundDocument(
                source=SourceKind.DOCUMENT,
                number=line.number,
                title_zh=line.title_zh,
                title_en=line.title_en,
                title_fragments=marked(line.title_zh, query.wanted),
                highlights=(),
                kind=line.kind,
                stage=line.stage,
                node=line.node,
                line=line,
            )
            for line in lines
        ),
        total=total,
        page=page,
        pages=pages,
        facets=NO_FACETS,
        is_loosened=False,
        nodes=_nodes(session, wanted, NO_FACETS),
    )


def _conditions(session: Session, wanted: Wanted, query: Query) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    for term in query.wanted:
        title = func.lower(Project.title_zh).contains(term.text, autoescape=True)
        if term.kind is TermKind.NUMBER:
            conditions.append(Publication.number_key.startswith(term.key, autoescape=True))
        else:
            english = func.lower(Project.title_en).contains(term.text, autoescape=True)
            conditions.append(or_(title, english))
    if wanted.kinds:
        conditions.append(Project.kind.in_(wanted.kinds))
    if wanted.statuses:
        conditions.append(Project.stage.in_(wanted.statuses))
    if wanted.node:
        conditions.append(Project.framework_node.in_(_with_descendants(session, wanted.node)))
    if wanted.years:
        conditions.append(extract("year", Publication.published_on).in_(wanted.years))
    if wanted.sources and SourceKind.DOCUMENT not in wanted.sources:
        conditions.append(Publication.project_id < 0)
    return conditions


def _with_descendants(session: Session, code: str) -> frozenset[str]:
    parents = session.execute(select(FrameworkNode.code, FrameworkNode.parent_code).order_by(FrameworkNode.position))
    found = {code}
    for child, parent in parents:
        if parent in found:
            found.add(child)
    return frozenset(found)
