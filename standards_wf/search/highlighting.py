"""The passage of a text that shows what was found, cut from the original and marked; never HTML."""

import re
from dataclasses import dataclass
from functools import lru_cache

from standards_wf.search.analysis import fold_with_origins, is_han, pieces_of, term_of
from standards_wf.search.matching import needle_pattern
from standards_wf.search.query import Term, TermKind
from standards_wf.search.results import Fragment
from standards_wf.workflow.numbers import find_numbers

_PASSAGE = 120
_LEAD = 24
_MOST_MATCHES = 500

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Needles:
    """What is to be marked: stems of words, keys of numbers, and characters exactly as they stand."""

    words: frozenset[str]
    keys: frozenset[str]
    patterns: tuple[re.Pattern[str], ...]


@lru_cache(maxsize=256)
def _needles(terms: tuple[Term, ...]) -> _Needles:
    loose = [term.text for term in terms if term.kind is TermKind.WORD and not is_han(term.text)]
    exact = [
        term.text
        for term in terms
        if term.kind is TermKind.PHRASE or (term.kind is TermKind.WORD and is_han(term.text))
    ]
    return _Needles(
        words=frozenset(term_of(text) for text in loose),
        keys=frozenset(term.key for term in terms if term.kind is TermKind.NUMBER),
        patterns=tuple(needle_pattern(text) for text in exact),
    )


def spans_of(text: str, terms: tuple[Term, ...]) -> list[Span]:
    """Where the terms stand in the original text; what touches is one span."""
    needles = _needles(terms)
    folded, origins = fold_with_origins(text)
    spans: list[Span] = []
    if needles.words:
        spans += [
            (piece.start, piece.start + len(piece.text))
            for piece in pieces_of(folded)
            if not piece.is_han and term_of(piece.text) in needles.words
        ]
    if needles.keys:
        spans += [
            (found.start, found.stop)
            for found in find_numbers(folded)
            if found.number.key in needles.keys or found.number.undated_key in needles.keys
        ]
    for pattern in needles.patterns:
        spans += [match.span() for match in pattern.finditer(folded)]
    # A character that folds into several (℃) is marked whole as soon as one of them is.
    original = sorted((origins[start], max(origins[stop], origins[stop - 1] + 1)) for start, stop in spans)
    return _joined(original[:_MOST_MATCHES])


def marked(text: str, terms: tuple[Term, ...]) -> tuple[Fragment, ...]:
    """The whole text in marked pieces."""
    return _pieces(text, spans_of(text, terms), 0, len(text))


def passage(text: str, terms: tuple[Term, ...]) -> tuple[Fragment, ...]:
    """The stretch of the text that shows most of the terms; its beginning where it shows none."""
    text = text.strip()
    spans = spans_of(text, terms)
    start = _best_start(text, spans)
    stop = min(len(text), start + _PASSAGE)
    for begin, end in spans:
        if begin < stop < end:
            stop = min(end, start + 2 * _PASSAGE)
    pieces = _pieces(text, spans, start, stop)
    before = (Fragment("…", is_match=False),) if start else ()
    after = (Fragment("…", is_match=False),) if stop < len(text) else ()
    return before + pieces + after


def _joined(spans: list[Span]) -> list[Span]:
    joined: list[Span] = []
    for start, stop in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(stop, joined[-1][1]))
        else:
            joined.append((start, stop))
    return joined


def _best_start(text: str, spans: list[Span]) -> int:
    """Begin a little before the match whose neighbourhood shows the most different words."""
    best, most = 0, 0
    for start, _stop in spans:
        near = {text[a:b] for a, b in spans if start <= a < start + _PASSAGE - _LEAD}
        shown = sum(len(word) for word in near)
        if shown > most:
            best, most = start, shown
    if best <= _LEAD:
        return 0
    # A sentence that begins just before the match is shown from its beginning.
    for place in range(best - 1, best - _LEAD, -1):
        if text[place] in "。；\n":
            return place + 1
    return best - _LEAD


def _pieces(text: str, spans: list[Span], start: int, stop: int) -> tuple[Fragment, ...]:
    pieces: list[Fragment] = []
    done = start
    for begin, end in spans:
        if end <= start or begin >= stop:
            continue
        begin, end = max(begin, start), min(end, stop)  # noqa: PLW2901  the part of the span inside the passage
        if begin > done:
            pieces.append(Fragment(text[done:begin], is_match=False))
        pieces.append(Fragment(text[begin:end], is_match=True))
        done = end
    if done < stop:
        pieces.append(Fragment(text[done:stop], is_match=False))
    return tuple(pieces)
