"""How Chinese text becomes terms: words by dictionary for ranking, pairs of characters so that nothing is missed.

A dictionary cuts the same characters differently in different company, so words alone lose phrases. Pairs of
neighbouring characters (bigrams) do not: a text that holds the phrase holds every pair of it. Words rank, pairs find.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import rjieba
from whoosh.analysis.acore import Token
from whoosh.analysis.analyzers import Analyzer
from whoosh.lang import porter

from standards_wf.search.lexicon import FIELD_WORDS

HAN = "々〇\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = re.compile(rf"(?P<han>[{HAN}]+)|(?P<word>[a-z]*\d+(?:[.]\d+)+|[^\W_{HAN}]+)")
_ONLY_HAN = re.compile(rf"[{HAN}]+")
_FREQUENT = 50_000
_LONGEST_WORD = 64
PAIR = 2
_stem: Callable[[str], str] = porter.stem
_DASHES = frozenset("\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\x00")


class _Folding(dict[int, str]):
    """What each character is folded to, found out when it is first met."""

    def __init__(self) -> None:
        self.uneven: set[str] = set()
        """The characters met so far that become several, or none."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if character in _INVISIBLE:
            folded = ""
        elif character in _DASHES:
            folded = "-"
        elif character.isspace():
            folded = "\n" if character in "\n\r\x0b\x0c\x85\u2028\u2029" else " "
        else:
            folded = unicodedata.normalize("NFKC", character).lower()
        if len(folded) != 1:
            self.uneven.add(character)
        self[code] = folded
        return folded


_FOLDING = _Folding()


def fold(text: str) -> str:
    """One form for full and half width, dashes, capitals and small letters, and compatibility characters."""
    return text.translate(_FOLDING)


@lru_cache(maxsize=2_000)
def fold_with_origins(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters (and its end) the place it came from.

    What is found often is shown often, so the last texts are kept.
    """
    whole = fold(text)
    # Nearly every text folds one to one, and then each place is its own origin.
    if _FOLDING.uneven.isdisjoint(text):
        return whole, range(len(text) + 1)
    origins: list[int] = []
    for place, character in enumerate(text):
        origins.extend([place] * len(_FOLDING[ord(character)]))
    origins.append(len(text))
    return whole, tuple(origins)


class Piece(NamedTuple):
    """A run of Chinese characters or one word of letters and figures, in folded text."""

    text: str
    start: int
    is_han: bool


def pieces_of(folded: str) -> Iterator[Piece]:
    """Cut folded text into runs of Chinese characters and words of letters and figures."""
    for match in _PIECE.finditer(folded):
        yield Piece(match[0], match.start(), match.lastgroup == "han")


def is_han(text: str) -> bool:
    """Whether a text consists of Chinese characters alone."""
    return _ONLY_HAN.fullmatch(text) is not None


def term_of(word: str) -> str:
    """The term under which a word of letters is indexed: its stem, so that `piles` finds `pile`."""
    word = word[:_LONGEST_WORD]
    return str(_stem(word)) if word.isascii() and word.isalpha() else word


@lru_cache(maxsize=1)
def _segmenter() -> Any:  # noqa: ANN401  rjieba comes without types
    jieba = rjieba.Jieba()
    for word in FIELD_WORDS:
        jieba.add_word(word, _FREQUENT, "n")
    return jieba


def words_of(run: str) -> list[str]:
    """Cut a run of Chinese characters into words, by dictionary and field lexicon."""
    return list(_segmenter().cut(run))


def long_words(folded: str) -> list[tuple[int, str]]:
    """The words of three characters and more, each with its running number among all words of the text.

    Shorter ones are pairs of characters already, or words of letters, and are counted as such.
    """
    found: list[tuple[int, str]] = []
    position = 0
    for piece in pieces_of(folded):
        words = words_of(piece.text) if piece.is_han else [piece.text]
        if piece.is_han:
            found += [(position + place, word) for place, word in enumerate(words) if len(word) > PAIR]
        position += len(words)
    return found


def grams_of(run: str) -> list[str]:
    """The pairs of neighbours in a run of Chinese characters."""
    return [run[place : place + 2] for place in range(len(run) - 1)]


def gram_terms(folded: str) -> list[str]:
    """The terms for finding: pairs of characters, the last character of each run, and words of letters.

    Every character but the last begins a pair; with the last one added, a single character is found as a prefix.
    """
    terms: list[str] = []
    for piece in pieces_of(folded):
        if piece.is_han:
            terms.extend(grams_of(piece.text))
            terms.append(piece.text[-1])
        else:
            terms.append(term_of(piece.text))
    return terms


class ChineseAnalyzer(Analyzer):
    """Whoosh's way to our terms, long words or pairs of characters; positions run upwards in the order of the text."""

    def __init__(self, *, grams: bool) -> None:
        self.grams = grams

    def __call__(self, value: str, **_options: object) -> Iterator[Token]:
        """The terms of a text, one token being used again and again, as Whoosh expects."""
        folded = fold(value)
        token = Token(positions=True)
        for token.pos, token.text in enumerate(gram_terms(folded)) if self.grams else long_words(folded):
            token.boost = 1.0
            token.stopped = False
            yield token
