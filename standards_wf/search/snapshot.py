"""The index as it stood at one commit: postings and texts of its segments, decoded once and kept at hand.

Whoosh decodes postings in Python, one by one, and so is slow each time it is asked; a segment never changes,
so what was decoded once stays true. A document that is replaced is only struck from the list of the living.
"""

from collections import OrderedDict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, NamedTuple, cast

from whoosh.reading import IndexReader, TermNotFound

from standards_wf.search.analysis import fold, is_han
from standards_wf.search.storage import DocumentFacts

# For each segment, some 50 MB of postings and 20 MB of text.
_MOST_POSTINGS = 500_000
_MOST_CHARACTERS = 10_000_000
_MOST_SHOWN = 2_000


class Clause(NamedTuple):
    """The stored text of one entry, as it was written."""

    label: str
    title: str
    anchor: str
    text: str


class FoldedClause(NamedTuple):
    """The heading and text of one entry in folded spelling, to compare with."""

    heading: str
    text: str


class Segment:
    """One segment of the index; it outlives the commit it was first seen in."""

    def __init__(self, reader: IndexReader) -> None:
        self.reader = reader
        self.size: int = reader.doc_count_all()
        self._postings: OrderedDict[tuple[str, str], dict[int, float]] = OrderedDict()
        self._kept_postings = 0
        self._clauses: OrderedDict[int, FoldedClause] = OrderedDict()
        self._kept_characters = 0
        self._shown = lru_cache(maxsize=_MOST_SHOWN)(self.clause)
        self.documents = self._read_documents()

    def _read_documents(self) -> tuple[DocumentFacts, ...]:
        column = self.reader.column_reader("facts", translate=False)
        starts = [(place, facts) for place in range(self.size) if (facts := column[place])]
        stops = [place for place, _ in starts[1:]] + [self.size]
        return tuple(
            DocumentFacts.read(bytes(facts), start, stop) for (start, facts), stop in zip(starts, stops, strict=True)
        )

    def postings(self, field: str, term: str) -> dict[int, float]:
        """The entries that hold a term, each with how often; some may be of documents replaced since."""
        kept = self._postings.get((field, term))
        if kept is not None:
            self._postings.move_to_end((field, term))
            return kept
        decoded: dict[int, float] = {}
        try:
            matcher = self.reader.postings(field, term)
        except TermNotFound:
            matcher = None
        while matcher is not None and matcher.is_active():
            decoded[matcher.id()] = matcher.weight()
            matcher.next()
        self._postings[field, term] = decoded
        self._kept_postings += len(decoded) + 1
        while self._kept_postings > _MOST_POSTINGS:
            _, dropped = self._postings.popitem(last=False)
            self._kept_postings -= len(dropped) + 1
        return decoded

    def starting_with(self, field: str, prefix: str) -> set[int]:
        """The entries that hold any term with this beginning."""
        found: set[int] = set()
        for term in list(self.reader.expand_prefix(field, prefix)):
            found.update(self.postings(field, term.decode()))
        return found

    def clause(self, place: int) -> Clause:
        """The stored text of an entry."""
        return Clause(*self.reader.stored_fields(place)["clause"])

    def shown(self, place: int) -> Clause:
        """The same for a page of results: what is found often is shown often, and unpacked once."""
        return self._shown(place)

    def folded(self, place: int) -> FoldedClause:
        """The text of an entry in folded spelling."""
        kept = self._clauses.get(place)
        if kept is None:
            clause = self.clause(place)
            kept = FoldedClause(fold(f"{clause.label}\n{clause.title}"), fold(clause.text))
            self._clauses[place] = kept
            self._kept_characters += len(kept.heading) + len(kept.text)
            while self._kept_characters > _MOST_CHARACTERS:
                _, dropped = self._clauses.popitem(last=False)
                self._kept_characters -= len(dropped.heading) + len(dropped.text)
        return kept

    def holding(self, field: str, terms: Iterable[str]) -> set[int]:
        """The entries that hold every one of these terms."""
        terms = list(terms)
        # The last character of a run is indexed alone; as part of a longer text its pair says more.
        telling = [term for term in terms if len(term) > 1 or not is_han(term)]
        if not telling:
            return self.starting_with(field, terms[0]) if terms else set()
        sets = sorted((self.postings(field, term) for term in telling), key=len)
        found = set(sets[0])
        for other in sets[1:]:
            if not found:
                break
            found.intersection_update(other)
        return found


class Snapshot:
    """All segments of one commit, with the documents that are alive in it."""

    def __init__(self, reader: IndexReader, before: "Snapshot | None" = None) -> None:
        known = before.segments_by_id if before else {}
        self.segments_by_id: dict[str, Segment] = {}
        self.documents: list[DocumentFacts] = []
        self.segment_of: list[int] = []
        self.segments: list[Segment] = []
        # For each segment and entry the place of its document in `documents`, or -1 when it was replaced.
        self.owners: list[list[int]] = []
        for leaf, _offset in reader.leaf_readers():
            whoosh_segment = leaf.segment()
            if whoosh_segment is None:
                continue
            identity = str(cast("Any", whoosh_segment).segment_id())
            segment = known.get(identity) or Segment(leaf)
            segment.reader = leaf
            self._add(identity, segment)

    def _add(self, identity: str, segment: Segment) -> None:
        owners: list[int] = []
        for document in segment.documents:
            alive = not segment.reader.is_deleted(document.start)
            owners += [len(self.documents) if alive else -1] * (document.stop - document.start)
            if alive:
                self.documents.append(document)
                self.segment_of.append(len(self.segments))
        self.segments.append(segment)
        self.segments_by_id[identity] = segment
        self.owners.append(owners)
