"""The search engine in a folder: Whoosh keeps the terms, `ranking` puts the documents in order."""

import struct
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from pickle import UnpicklingError
from typing import Any

from whoosh.filedb.filestore import FileStorage
from whoosh.index import EmptyIndexError, FileIndex
from whoosh.index import IndexError as UnreadableIndex
from whoosh.reading import CorruptIndexError, IndexReader
from whoosh.writing import NO_MERGE

from standards_wf.errors import Unavailable
from standards_wf.search.backend import Document
from standards_wf.search.entries import Entry
from standards_wf.search.highlighting import marked, passage
from standards_wf.search.query import Query
from standards_wf.search.ranking import Ranking, rank
from standards_wf.search.results import Found, Highlight, Hit
from standards_wf.search.snapshot import Snapshot
from standards_wf.search.storage import SCHEMA, merge_the_small, write_document
from standards_wf.search.versions import IndexVersions

_CLAUSES_SHOWN = 3
_MEMORY_MB = 128
_ATTEMPTS = 4
# What Whoosh lets out when a file is shorter or other than it was written.
_DAMAGE = (CorruptIndexError, EOFError, OSError, UnpicklingError, UnreadableIndex, ValueError, struct.error)


class WhooshBackend:
    """A Whoosh index in the `search` folder of the instance; any number of readers, one writer at a time."""

    def __init__(self, root: Path, *, patience_seconds: float = 30.0) -> None:
        self._versions = IndexVersions(root, patience_seconds=patience_seconds)
        # Whoosh's readers move one place in a file between them, so one thread reads at a time.
        self._reading = threading.Lock()
        self._reader: IndexReader | None = None
        self._snapshot: Snapshot | None = None
        self._seen: tuple[Path, int, int] | None = None

    def replace_document(self, document_key: str, entries: Sequence[Entry]) -> None:
        """Put these entries in the place of whatever the index holds for the document."""
        self.replace_documents([(document_key, entries)])

    def replace_documents(self, documents: Iterable[Document]) -> None:
        """Replace several documents in one commit.

        Raises Unavailable when another process keeps writing.
        """
        with self._versions.writing():
            writer = _open(self._folder_to_write()).writer(limitmb=_MEMORY_MB)
            try:
                for document_key, entries in documents:
                    writer.delete_by_term("document", document_key)
                    if entries:
                        write_document(writer, document_key, entries)
            except BaseException:
                writer.cancel()
                raise
            writer.commit(mergetype=merge_the_small)

    def remove(self, document_key: str) -> None:
        """Take a document out of the index; it may not be there."""
        self.replace_documents([(document_key, ())])

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make a new index beside the live one, swap, and say how many documents it holds.

        Raises Unavailable when another process keeps writing.
        """
        with self._versions.writing():
            before = self._versions.current()
            self._versions.remove_leftovers(keep=frozenset({before} if before else ()))
            folder = self._versions.begin()
            writer = _create(folder).writer(limitmb=_MEMORY_MB)
            count = 0
            try:
                for document_key, entries in documents:
                    if entries:
                        write_document(writer, document_key, entries)
                        count += 1
            except BaseException:
                writer.cancel()
                raise
            writer.commit(mergetype=NO_MERGE)
            self._versions.make_current(folder)
            # Somebody may just be about to open the version before this one, so it goes at the next rebuild.
            self._versions.remove_leftovers(keep=frozenset({folder} | ({before} if before else set())))
            return count

    def document_keys(self) -> frozenset[str]:
        """The documents in the index, to compare with the database."""
        with self._read() as snapshot:
            return frozenset(document.key for document in snapshot.documents) if snapshot else frozenset()

    def search(self, query: Query) -> Found:
        """One page of what is found.

        Raises Unavailable when the index is damaged.
        """
        with self._read() as snapshot:
            if snapshot is None:
                return Found(page=query.page, per_page=query.per_page)
            ranking = rank(snapshot, query)
            start = (query.page - 1) * query.per_page
            return Found(
                hits=tuple(
                    _hit(snapshot, query, ranking, place) for place in ranking.documents[start : start + query.per_page]
                ),
                total=len(ranking.documents),
                page=query.page,
                per_page=query.per_page,
                facets=ranking.facets,
                is_loosened=ranking.is_loosened,
            )

    def _folder_to_write(self) -> Path:
        folder = self._versions.current()
        if folder is None:
            folder = self._versions.begin()
            _create(folder)
            self._versions.make_current(folder)
        return folder

    @contextmanager
    def _read(self) -> Iterator[Snapshot | None]:
        """The index as of the last commit, for one thread at a time.

        Raises Unavailable when the files are damaged; the index is a cache, and can be made anew.
        """
        with self._reading:
            try:
                yield self._latest()
            except _DAMAGE as damage:
                self._snapshot = None
                raise Unavailable(
                    "the search index cannot be read; `standards-wf index rebuild` makes a new one"
                ) from damage

    def _latest(self) -> Snapshot | None:
        """The index as of the last commit; a version removed while it was being opened is looked up again."""
        for _attempt in range(_ATTEMPTS):
            folder = self._versions.current()
            if folder is None:
                return None
            try:
                return self._refreshed(folder)
            except (FileNotFoundError, EmptyIndexError):
                continue
        raise Unavailable("the search index cannot be read just now")

    def _refreshed(self, folder: Path) -> Snapshot:
        index = _open(folder)
        seen = (folder, folder.stat().st_ino, int(index.latest_generation()))
        if self._snapshot is None or seen != self._seen:
            reader = index.reader()
            snapshot = Snapshot(reader, before=self._snapshot)
            if self._reader is not None:
                self._reader.close()
            self._reader, self._snapshot, self._seen = reader, snapshot, seen
        return self._snapshot


# Whoosh's own annotations stop halfway, so its index is called as what it is: untyped.
_Storage: Any = FileStorage
_Index: Any = FileIndex


def _create(folder: Path) -> Any:  # noqa: ANN401  Whoosh's index is untyped
    return _Storage(str(folder)).create_index(SCHEMA)


def _open(folder: Path) -> Any:  # noqa: ANN401  Whoosh's index is untyped
    return _Index(_Storage(str(folder)))


def _hit(snapshot: Snapshot, query: Query, ranking: Ranking, place: int) -> Hit:
    document = snapshot.documents[place]
    segment_place = snapshot.segment_of[place]
    segment = snapshot.segments[segment_place]
    best = sorted(ranking.entries.get(place, ()), key=lambda weighed: (-weighed[0], weighed[1]))[:_CLAUSES_SHOWN]
    shown = [entry for _weight, (_segment, entry) in best] or [document.start]
    highlights = []
    for entry in shown:
        clause = segment.shown(entry)
        if clause.text or clause.title:
            highlights.append(
                Highlight(
                    clause_label=clause.label,
                    title=clause.title,
                    anchor=clause.anchor,
                    fragments=passage(clause.text or clause.title, query.wanted),
                    title_fragments=marked(clause.title, query.wanted),
                )
            )
    return Hit(
        document_key=document.key,
        document_id=document.document_id,
        source=document.source,
        number=document.number,
        title_zh=document.title_zh,
        title_en=document.title_en,
        title_fragments=marked(document.title_zh, query.wanted),
        kind=document.kind,
        status=document.status,
        node_code=document.node_code,
        year=document.year,
        score=round(ranking.scores[place], 6),
        highlights=tuple(highlights),
    )
