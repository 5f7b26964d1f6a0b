"""What the application asks of a search engine, and the twins that stand in for one in tests."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from standards_wf.search.entries import Entry
from standards_wf.search.query import Query
from standards_wf.search.results import Found

Document = tuple[str, Sequence[Entry]]
"""A document's key and its entries, the document's own entry first."""


class SearchBackend(Protocol):
    """An index of documents. Only the worker writes; every write may safely be made twice."""

    def replace_document(self, document_key: str, entries: Sequence[Entry]) -> None:
        """Put these entries in the place of whatever the index holds for the document."""

    def replace_documents(self, documents: Iterable[Document]) -> None:
        """Replace several documents in one commit."""

    def remove(self, document_key: str) -> None:
        """Take a document out of the index; it may not be there."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Make a new index beside the live one, swap, and say how many documents it holds."""

    def document_keys(self) -> frozenset[str]:
        """The documents in the index, to compare with the database."""

    def search(self, query: Query) -> Found:
        """One page of what is found."""


class NullBackend:
    """An index that keeps nothing and finds nothing."""

    def replace_document(self, document_key: str, entries: Sequence[Entry]) -> None:
        """Forget it."""

    def replace_documents(self, documents: Iterable[Document]) -> None:
        """Forget them."""

    def remove(self, document_key: str) -> None:
        """It was not there."""

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Count them and forget them."""
        return sum(1 for _ in documents)

    def document_keys(self) -> frozenset[str]:
        """None."""
        return frozenset()

    def search(self, query: Query) -> Found:
        """Find nothing."""
        return Found(page=query.page, per_page=query.per_page)


class RecordingBackend(NullBackend):
    """An index that remembers what it was told, for tests of those who tell it."""

    def __init__(self) -> None:
        self.documents: dict[str, tuple[Entry, ...]] = {}
        self.removed: list[str] = []
        self.queries: list[Query] = []
        self.answer: Found | None = None

    def replace_document(self, document_key: str, entries: Sequence[Entry]) -> None:
        """Remember the entries."""
        self.documents[document_key] = tuple(entries)

    def replace_documents(self, documents: Iterable[Document]) -> None:
        """Remember the entries of each."""
        for document_key, entries in documents:
            self.replace_document(document_key, entries)

    def remove(self, document_key: str) -> None:
        """Forget the entries, and remember that they were to go."""
        self.documents.pop(document_key, None)
        self.removed.append(document_key)

    def rebuild(self, documents: Iterable[Document]) -> int:
        """Remember these documents alone."""
        self.documents = {document_key: tuple(entries) for document_key, entries in documents}
        return len(self.documents)

    def document_keys(self) -> frozenset[str]:
        """The documents remembered."""
        return frozenset(self.documents)

    def search(self, query: Query) -> Found:
        """Give the prepared answer."""
        self.queries.append(query)
        return self.answer or super().search(query)
