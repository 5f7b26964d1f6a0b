"""The layout of the Whoosh index: its fields, and how an entry is written into them."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from whoosh import fields, formats
from whoosh.reading import SegmentReader
from whoosh.writing import IndexWriter

from standards_wf.search.analysis import ChineseAnalyzer, fold
from standards_wf.search.entries import Entry, SourceKind
from standards_wf.workflow.numbers import find_numbers
from standards_wf.workflow.vocabulary import Kind, Stage

TITLE, HEADING, TEXT, WORDS, NUMBERS, CITED = "title", "heading", "text", "words", "numbers", "cited"


class _Terms(fields.FieldType):
    """A field that knows which entries hold a term, and where it is told to, how often; never where in the text."""

    def __init__(self, *, grams: bool = True, counted: bool = False) -> None:
        self.format = formats.Frequency() if counted else formats.Existence()
        self.analyzer = ChineseAnalyzer(grams=grams)
        self.scorable = False
        self.stored = False
        self.unique = False


_MOST_SEGMENTS = 16
_LARGE_SHARE = 4

SCHEMA = fields.Schema(
    document=fields.ID(unique=True),
    # The facts of a document stand in the column of its first entry; they mark where its entries begin.
    facts=fields.COLUMN(),
    clause=fields.STORED(),
    title=_Terms(),
    heading=_Terms(),
    text=_Terms(counted=True),
    words=_Terms(grams=False, counted=True),
    numbers=_Terms(),
    cited=_Terms(),
)


def write_document(writer: IndexWriter, document_key: str, entries: Sequence[Entry]) -> None:
    """Add the entries of one document, one after another, the first carrying its facts."""
    for place, entry in enumerate(sorted(entries, key=lambda one: (bool(one.clause_label), one.position))):
        # The writer runs every analyzer on what it is given; lists are taken as finished terms.
        values: dict[str, Any] = {
            "document": document_key,
            "clause": (entry.clause_label, entry.clause_title, entry.anchor, entry.text),
            "heading": f"{entry.clause_label}\n{entry.clause_title}",
            "text": entry.text,
            "words": entry.text,
            "cited": _cited(entry),
        }
        if place == 0:
            values["facts"] = _facts(document_key, entry)
            values["title"] = titles_of(entry.title_zh, entry.title_en, entry.number)
            values["numbers"] = list(entry.number_keys)
        writer.add_document(**values)


def merge_the_small(writer: Any, segments: list[Any]) -> list[Any]:  # noqa: ANN401  Whoosh's writer is untyped
    """Keep single writes quick and searching too: when there are many segments, the smaller ones become one.

    Whoosh's own rule merges by numbers of entries that a document of many clauses never meets.
    """
    if len(segments) < _MOST_SEGMENTS:
        return segments
    entries = sum(segment.doc_count() for segment in segments)
    large = [segment for segment in segments if segment.doc_count() * _LARGE_SHARE > entries]
    for segment in segments:
        if segment not in large:
            reader = SegmentReader(writer.storage, writer.schema, segment)
            writer.add_reader(reader)
            reader.close()
    return large


def titles_of(title_zh: str, title_en: str, number: str) -> str:
    """What counts as the title: both languages and the number, each on a line of its own."""
    return f"{title_zh}\n{title_en}\n{number}"


def _cited(entry: Entry) -> list[str]:
    """The keys of the documents that a clause mentions, with and without the year."""
    keys: dict[str, None] = {}
    for found in find_numbers(fold(entry.text)):
        keys[found.number.key] = None
        keys[found.number.undated_key] = None
    return list(keys)


def _facts(document_key: str, entry: Entry) -> bytes:
    return json.dumps(
        {
            "key": document_key,
            "id": entry.document_id,
            "source": entry.source,
            "kind": entry.kind,
            "status": entry.status,
            "number": entry.number,
            "keys": entry.number_keys,
            "title_zh": entry.title_zh,
            "title_en": entry.title_en,
            "node": entry.node_code,
            "ancestors": entry.node_ancestors,
            "year": entry.year,
        },
        ensure_ascii=False,
    ).encode()


class DocumentFacts:
    """What the index knows about a document as a whole, and which entries of its segment are its own."""

    __slots__ = (
        "document_id", "key", "kind", "node_code", "nodes", "number", "number_keys", "source", "start", "status",
        "stop", "title_en", "title_zh", "titles", "year",
    )  # fmt: skip

    def __init__(self, told: Mapping[str, Any], start: int, stop: int) -> None:
        self.key: str = told["key"]
        self.document_id: int | None = told["id"]
        self.source = SourceKind(told["source"])
        self.kind = Kind(told["kind"]) if told["kind"] else None
        self.status = Stage(told["status"]) if told["status"] else None
        self.number: str = told["number"]
        self.number_keys: tuple[str, ...] = tuple(told["keys"])
        self.title_zh: str = told["title_zh"]
        self.title_en: str = told["title_en"]
        self.node_code: str = told["node"]
        self.nodes = frozenset({*told["ancestors"], told["node"]} - {""})
        self.year: int | None = told["year"]
        self.titles = fold(titles_of(self.title_zh, self.title_en, self.number))
        self.start = start
        self.stop = stop

    @classmethod
    def read(cls, facts: bytes, start: int, stop: int) -> "DocumentFacts":
        """Read what `write_document` wrote."""
        return cls(json.loads(facts), start, stop)
