"""What the search costs: indexing, looking up, and the same looked up by a database that compares text.

The database answers less: it knows no words, no spelling of numbers, no rank, no counts for narrowing down; it only
says which clauses hold the characters.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from standards_wf.bench.corpus import QUERIES, documents
from standards_wf.bench.measuring import WARM_UP, Deed, percentile, seconds_of, side_by_side
from standards_wf.search.query import parse_query
from standards_wf.search.whoosh_backend import WhooshBackend

_CHARACTERS = tuple(query.strip("“”").split()[0] for query in QUERIES)
_LIKE = "SELECT DISTINCT document FROM clause WHERE text LIKE '%' || ? || '%' LIMIT 20"
_MATCH = "SELECT DISTINCT document FROM words WHERE words MATCH ? LIMIT 20"
_INTO_CLAUSES = "INSERT INTO clause VALUES (?, ?)"
_INTO_WORDS = "INSERT INTO words (document, text) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class SearchFigures:
    """What was measured, in seconds."""

    indexed_per_second: float
    one_replaced: float
    p50: float
    p95: float
    against_like: float
    """A query of ours over the same characters compared by LIKE."""
    against_fts: float
    """A query of ours over the same characters looked up in FTS5's index of three characters each."""


def measure_search(count: int, *, rounds: int) -> SearchFigures:
    """Index so many documents and look things up in them, so many rounds of every query."""
    with TemporaryDirectory(prefix="standards-wf-bench-") as folder:
        backend = WhooshBackend(Path(folder))
        seconds = seconds_of(lambda: backend.rebuild(documents(count)))
        one_replaced = median(seconds_of(lambda: backend.replace_documents(documents(1))) for _ in range(5))
        times = sorted(_ask(backend, place) for place in range(len(QUERIES) * (rounds + 1)))
        with sqlite3.connect(Path(folder) / "compared.sqlite3") as database:
            _fill(database, count)
            like = _against(backend, database, _LIKE, rounds)
            fts = _against(backend, database, _MATCH, rounds, as_phrase=True)
        database.close()
    return SearchFigures(
        indexed_per_second=count / seconds,
        one_replaced=one_replaced,
        p50=percentile(times, 50),
        p95=percentile(times, 95),
        against_like=like,
        against_fts=fts,
    )


def _ask(backend: WhooshBackend, place: int) -> float:
    return seconds_of(lambda: backend.search(parse_query(QUERIES[place % len(QUERIES)])))


def _fill(database: sqlite3.Connection, count: int) -> None:
    database.execute("CREATE TABLE clause (document TEXT, text TEXT)")
    database.execute("CREATE VIRTUAL TABLE words USING fts5(document UNINDEXED, text, tokenize = 'trigram')")
    rows = [(key, entry.number + entry.text) for key, entries in documents(count) for entry in entries]
    database.executemany(_INTO_CLAUSES, rows)
    database.executemany(_INTO_WORDS, rows)
    database.commit()


def _against(
    backend: WhooshBackend, database: sqlite3.Connection, statement: str, rounds: int, *, as_phrase: bool = False
) -> float:
    """Every query in turn, ours and the database's side by side."""
    pairs = len(QUERIES) * rounds

    def through(deed: Callable[[int], object]) -> Callable[[], Deed]:
        places = iter(range(pairs + WARM_UP))

        def prepared() -> Deed:
            place = next(places) % len(QUERIES)
            return lambda: deed(place)

        return prepared

    def compared(place: int) -> object:
        characters = f'"{_CHARACTERS[place]}"' if as_phrase else _CHARACTERS[place]
        return database.execute(statement, (characters,)).fetchall()

    ours = through(lambda place: backend.search(parse_query(QUERIES[place])))
    return side_by_side(ours, through(compared), pairs=pairs).ratio
