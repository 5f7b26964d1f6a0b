"""From what was found to one page: which documents count, in which order, and what would narrow them down.

1. A document counts when it holds every wanted term somewhere, in whatever clause, and no unwanted one.
2. Where no document does, those that hold any of the wanted terms count.
3. Filters narrow what counts; the counts for a filter leave that filter itself aside.
4. A document weighs what its title weighs, and its best clause, and a little for what its other clauses add.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

from standards_wf.search.matching import Matches, find
from standards_wf.search.query import Filters, Query, Sort, Term, TermKind
from standards_wf.search.results import Facets
from standards_wf.search.snapshot import Snapshot
from standards_wf.search.storage import DocumentFacts
from standards_wf.workflow.vocabulary import Stage

Place = tuple[int, int]
"""An entry: its segment and its place there."""

_OTHER_CLAUSES = 0.2
_STANDING = {
    stage: place
    for place, stage in enumerate(
        (Stage.IN_FORCE, Stage.PUBLISHED, Stage.UNDER_REVIEW, Stage.ABOLITION_NOTICE, Stage.SUPERSEDED, Stage.ABOLISHED)
    )
}


@dataclass(frozen=True, slots=True)
class Ranking:
    """All documents that count, best first, with the weight of their entries."""

    documents: list[int]
    scores: dict[int, float]
    entries: dict[int, list[tuple[float, Place]]]
    facets: Facets
    is_loosened: bool


def rank(snapshot: Snapshot, query: Query) -> Ranking:
    """Find and order the documents that a query asks for."""
    found = [find(snapshot, term) for term in query.wanted]
    counting, is_loosened = _counting(snapshot, query, found)
    counting -= {owner for term in query.unwanted for owner in find(snapshot, term).best}
    facets = _facets(snapshot, query.filters, counting)
    passing = {place for place in counting if _passes(snapshot.documents[place], query.filters)}
    bonus = [find(snapshot, Term(TermKind.PHRASE, run)) for run in query.runs] if passing else []
    scores, entries = _weigh(snapshot, [*found, *bonus], passing)
    documents = sorted(passing, key=_order(snapshot, query, scores))
    return Ranking(documents, scores, entries, facets, is_loosened)


def _counting(snapshot: Snapshot, query: Query, found: list[Matches]) -> tuple[set[int], bool]:
    if not found:
        everything = query.is_browsing or bool(query.unwanted)
        return (set(range(len(snapshot.documents))) if everything else set()), False
    counting = set(found[0].best)
    for matches in found[1:]:
        counting &= matches.best.keys()
    if counting or len(found) == 1:
        return counting, False
    some = {owner for matches in found for owner in matches.best}
    return some, bool(some)


def _weigh(
    snapshot: Snapshot, found: list[Matches], passing: set[int]
) -> tuple[dict[int, float], dict[int, list[tuple[float, Place]]]]:
    scores = dict.fromkeys(passing, 0.0)
    places: list[dict[int, float]] = [{} for _ in snapshot.segments]
    for matches in found:
        rarity = matches.rarity(len(snapshot.documents))
        for owner in passing & matches.best.keys():
            scores[owner] += rarity * (matches.titles.get(owner, 0.0) + _OTHER_CLAUSES * matches.best[owner])
        for weights, sums in zip(matches.entries, places, strict=True):
            for place, weight in weights.items():
                sums[place] = sums.get(place, 0.0) + rarity * weight
    entries: dict[int, list[tuple[float, Place]]] = {}
    for segment, (sums, owners) in enumerate(zip(places, snapshot.owners, strict=True)):
        for place, weight in sums.items():
            if owners[place] in passing:
                entries.setdefault(owners[place], []).append((weight, (segment, place)))
    for owner, weighed in entries.items():
        scores[owner] += max(weighed)[0]
    return scores, entries


def _order(snapshot: Snapshot, query: Query, scores: dict[int, float]) -> Callable[[int], tuple[object, ...]]:
    sort = Sort.NEWEST if query.sort is Sort.RELEVANCE and not query.wanted else query.sort

    def key(place: int) -> tuple[object, ...]:
        document = snapshot.documents[place]
        standing = _STANDING.get(document.status, len(_STANDING)) if document.status else len(_STANDING)
        newest = -(document.year or 0)
        if sort is Sort.NUMBER:
            return (not document.number, _natural(document.number), standing, document.key)
        if sort is Sort.NEWEST:
            return (newest, standing, -round(scores[place], 6), document.key)
        return (-round(scores[place], 6), standing, newest, document.key)

    return key


def _natural(number: str) -> tuple[tuple[int, int | str], ...]:
    """Figures compare as figures, so that 9 comes before 10."""
    pieces: list[tuple[int, int | str]] = []
    figures = ""
    for character in number + " ":
        if character in "0123456789":
            figures += character
            continue
        if figures:
            pieces.append((0, int(figures)))
            figures = ""
        pieces.append((1, character))
    return tuple(pieces)


def _passes(document: DocumentFacts, filters: Filters, *, but: str = "") -> bool:
    return (
        (but == "sources" or not filters.sources or document.source in filters.sources)
        and (but == "kinds" or not filters.kinds or document.kind in filters.kinds)
        and (but == "statuses" or not filters.statuses or document.status in filters.statuses)
        and (but == "nodes" or not filters.nodes or bool(document.nodes & filters.nodes))
        and (but == "years" or not filters.years or document.year in filters.years)
    )


def _facets(snapshot: Snapshot, filters: Filters, counting: Collection[int]) -> Facets:
    documents = [snapshot.documents[place] for place in counting]

    def others(name: str) -> Iterable[DocumentFacts]:
        if replace(filters, **{name: frozenset()}) == Filters():
            return documents
        return (document for document in documents if _passes(document, filters, but=name))

    return Facets(
        sources=dict(Counter(document.source for document in others("sources"))),
        kinds=dict(Counter(document.kind for document in others("kinds") if document.kind)),
        statuses=dict(Counter(document.status for document in others("statuses") if document.status)),
        nodes=dict(Counter(node for document in others("nodes") for node in document.nodes)),
        years=dict(Counter(document.year for document in others("years") if document.year)),
    )
