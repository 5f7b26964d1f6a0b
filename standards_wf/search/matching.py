"""Which documents hold a term, and how weightily: in their number, their title, a heading or a text."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from standards_wf.search.analysis import HAN, PAIR, gram_terms, is_han, pieces_of
from standards_wf.search.query import Term, TermKind
from standards_wf.search.snapshot import Segment, Snapshot
from standards_wf.search.storage import CITED, HEADING, NUMBERS, TEXT, TITLE, WORDS

# A title outweighs any heading, and a heading any text, however often the text says it.
TITLE_WEIGHT = 8.0
HEADING_WEIGHT = 3.0
NUMBER_WEIGHT = 1_000.0
SERIES_WEIGHT = 500.0
_SATURATION = 1.2
_IN_PASSING = 0.3


@dataclass(slots=True)
class Matches:
    """Where one term was found: documents by their title or number, entries by heading and text, each with a weight."""

    titles: dict[int, float] = field(default_factory=dict)
    entries: list[dict[int, float]] = field(default_factory=list)
    """For each segment the places of the entries."""
    best: dict[int, float] = field(default_factory=dict)
    """For each document that holds the term, the weight of its weightiest entry."""

    def rarity(self, documents: int) -> float:
        """How telling the term is: the fewer documents hold it, the more."""
        return math.log(1 + (documents - len(self.best) + 0.5) / (len(self.best) + 0.5))


@lru_cache(maxsize=256)
def needle_pattern(text: str) -> re.Pattern[str]:
    """These characters exactly; between Chinese and other characters blanks may stand or not."""
    loose = re.sub(rf"(?<=[{HAN}]) ?(?=[a-z0-9])|(?<=[a-z0-9]) ?(?=[{HAN}])", "\x00", text)
    pattern = re.escape(loose).replace("\x00", "[^\\S\\n]*").replace("\\ ", "[^\\S\\n]+")
    start = r"(?<![a-z0-9])" if re.match("[a-z0-9]", text) else ""
    stop = r"(?![a-z0-9])" if re.search("[a-z0-9]$", text) else ""
    return re.compile(start + pattern + stop)


def find(snapshot: Snapshot, term: Term) -> Matches:
    """Find a term in every segment."""
    matches = Matches()
    search = _find_number if term.kind is TermKind.NUMBER else _find_text
    for segment, owners in zip(snapshot.segments, snapshot.owners, strict=True):
        weights = search(segment, owners, snapshot, term, matches)
        matches.entries.append(weights)
        best = matches.best
        for place, weight in weights.items():
            owner = owners[place]
            if owner >= 0 and weight > best.get(owner, 0.0):
                best[owner] = weight
    for owner in matches.titles:
        matches.best.setdefault(owner, 0.0)
    return matches


def _find_number(
    segment: Segment, owners: list[int], snapshot: Snapshot, term: Term, matches: Matches
) -> dict[int, float]:
    for place in segment.postings(NUMBERS, term.key):
        owner = owners[place]
        if owner >= 0:
            exact = term.key in snapshot.documents[owner].number_keys[:2]
            matches.titles[owner] = NUMBER_WEIGHT if exact else SERIES_WEIGHT
    return segment.postings(CITED, term.key)


def _find_text(
    segment: Segment, owners: list[int], snapshot: Snapshot, term: Term, matches: Matches
) -> dict[int, float]:
    terms = list(dict.fromkeys(gram_terms(term.text)))
    pieces = list(pieces_of(term.text))
    # One pair of characters or one word of letters is itself a term; anything longer must be looked at.
    sure = len(pieces) == 1 and (len(term.text) <= PAIR if pieces[0].is_han else term.kind is TermKind.WORD)
    holds = _holder(term.text)
    for place in segment.holding(TITLE, terms):
        owner = owners[place]
        if owner >= 0 and (sure or holds(snapshot.documents[owner].titles)):
            matches.titles[owner] = TITLE_WEIGHT
    if sure and len(terms) <= PAIR and len(term.text) > 1:
        often = segment.postings(TEXT, terms[0])
        weights = {place: count / (count + _SATURATION) for place, count in often.items()}
    else:
        words = segment.postings(WORDS, term.text)
        weights = {place: count / (count + _SATURATION) for place, count in words.items()}
        for place in segment.holding(TEXT, terms) - words.keys():
            if owners[place] >= 0 and (sure or holds(segment.folded(place).text)):
                weights[place] = _IN_PASSING
    for place in segment.holding(HEADING, terms):
        if owners[place] >= 0 and (sure or holds(segment.folded(place).heading)):
            weights[place] = weights.get(place, 0.0) + HEADING_WEIGHT
    return weights


def _holder(text: str) -> Callable[[str], object]:
    """A question to put to folded text: whether it holds this."""
    if is_han(text):
        return lambda folded: text in folded
    return needle_pattern(text).search
