"""Published documents for whoever asks by more than the index knows: ICS, CCS, drafting unit."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from standards_wf.clock import Moment
from standards_wf.models.documents import Publication
from standards_wf.models.projects import Project, ProjectUnit
from standards_wf.search.backend import SearchBackend
from standards_wf.search.entries import SourceKind
from standards_wf.search.query import MOST_PER_PAGE
from standards_wf.services.reading.documents import OUT
from standards_wf.services.searching import FoundDocument, Wanted, find
from standards_wf.workflow.vocabulary import Kind, Stage

MOST_NARROWED = 2_000
"""So many documents of an answer are compared with what the index does not know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What only the database knows: classification codes begin with these, one drafting unit is named so."""

    ics: str = ""
    ccs: str = ""
    organization: str = ""

    @property
    def is_set(self) -> bool:
        """Whether anything is asked."""
        return bool(self.ics or self.ccs or self.organization)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardCounts:
    """How many documents each value would leave."""

    kind: dict[Kind, int]
    status: dict[Stage, int]
    node: dict[str, int]
    year: dict[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardsFound:
    """One page of documents, with the exact number of all and the counts."""

    items: tuple[FoundDocument, ...]
    total: int
    counts: StandardCounts


def find_standards(
    session: Session, backend: SearchBackend, wanted: Wanted, narrowed: Narrowed, *, moment: Moment
) -> StandardsFound:
    """Published documents by everything that can be asked of them; past the last page there are none."""
    wanted = replace(wanted, sources=frozenset({SourceKind.DOCUMENT}))
    if narrowed.is_set:
        return _narrowed(session, backend, wanted, narrowed, moment)
    found = find(session, backend, wanted, moment=moment)
    counts = StandardCounts(
        kind=found.facets.kinds, status=found.facets.statuses, node=found.facets.nodes, year=found.facets.years
    )
    items = found.items if found.page == wanted.page else ()
    return StandardsFound(items=items, total=found.total, counts=counts)


def _narrowed(
    session: Session, backend: SearchBackend, wanted: Wanted, narrowed: Narrowed, moment: Moment
) -> StandardsFound:
    allowed = frozenset(
        session.scalars(select(Publication.project_id).join(Project).where(OUT, *_conditions(narrowed)))
    )
    kept: list[FoundDocument] = []
    page = 1
    while allowed:
        found = find(session, backend, replace(wanted, page=page, per_page=MOST_PER_PAGE), moment=moment)
        kept += [item for item in found.items if item.line is not None and item.line.project_id in allowed]
        if page >= found.pages or page * MOST_PER_PAGE >= MOST_NARROWED:
            break
        page += 1
    first = (wanted.page - 1) * wanted.per_page
    return StandardsFound(items=tuple(kept[first : first + wanted.per_page]), total=len(kept), counts=_counts(kept))


def _conditions(narrowed: Narrowed) -> Iterable[ColumnElement[bool]]:
    if narrowed.ics:
        yield Project.ics.startswith(narrowed.ics, autoescape=True)
    if narrowed.ccs:
        yield Project.ccs.startswith(narrowed.ccs, autoescape=True)
    if narrowed.organization:
        named = ProjectUnit.name.contains(narrowed.organization, autoescape=True)
        yield Project.id.in_(select(ProjectUnit.project_id).where(named))


def _counts(kept: Iterable[FoundDocument]) -> StandardCounts:
    lines = [item.line for item in kept if item.line is not None]
    return StandardCounts(
        kind=dict(Counter(line.kind for line in lines)),
        status=dict(Counter(line.stage for line in lines)),
        node=dict(Counter(line.node for line in lines if line.node)),
        year=dict(Counter(line.published_on.year for line in lines)),
    )
