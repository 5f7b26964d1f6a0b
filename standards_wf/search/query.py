"""What a person typed, read as terms to look for; whatever was typed, reading it succeeds and stays small."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from standards_wf.search.analysis import HAN, fold, is_han, pieces_of, words_of
from standards_wf.search.entries import SourceKind
from standards_wf.workflow.numbers import NotANumber, find_numbers, read_number
from standards_wf.workflow.vocabulary import Kind, Stage

LONGEST_QUERY = 300
MOST_TERMS = 16
MOST_PER_PAGE = 100


class TermKind(StrEnum):
    """How a term is compared with a text."""

    WORD = "word"
    PHRASE = "phrase"
    NUMBER = "number"


class Sort(StrEnum):
    """The order in which documents are shown."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Term:
    """One thing to look for, in folded spelling; a number also has its key."""

    kind: TermKind
    text: str
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the results are narrowed to; within one filter any of the values will do, and an empty one lets all pass.

    A node stands for itself and its descendants.
    """

    sources: frozenset[SourceKind] = frozenset()
    kinds: frozenset[Kind] = frozenset()
    statuses: frozenset[Stage] = frozenset()
    nodes: frozenset[str] = frozenset()
    years: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for: all of `wanted`, none of `unwanted`; `runs` are the typed stretches that rank higher whole."""

    text: str = ""
    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    runs: tuple[str, ...] = ()
    filters: Filters = field(default_factory=Filters)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = 20

    @property
    def is_browsing(self) -> bool:
        """Whether nothing was asked for, so that everything is shown."""
        return not self.text and not self.wanted and not self.unwanted


# Little words that stand in nearly every text; alone they are looked for, in company they are passed over.
_LITTLE_HAN = frozenset("的了和与及在中对是为等之其或按由以从到有不个年月日条第款项于将把被上下内外前后时")
_ENGLISH = "a an and are as at by for from in is not of on or the to with"
_LITTLE_WORDS = frozenset(_ENGLISH.split())
_QUOTED = re.compile(r"(-?)(?:\"([^\"]*)\"|“([^”]*)”|「([^」]*)」|『([^』]*)』|《([^》]*)》)")
_SERIES = re.compile(
    rf"(?<![a-z0-9])(?:db *\d{{2}}(?:\d{{2}})? */? *t|dg/tj *08|t/[a-z0-9]{{2,}}|jj[fg] *\( *[{HAN}]+ *\)|gb/[tz])"
    r"(?![a-z0-9])"
)
_MINUS = re.compile(r"(?:(?<=\s)|^)-(?=\S)")


def parse_query(
    typed: str,
    *,
    filters: Filters | None = None,
    sort: Sort = Sort.RELEVANCE,
    page: int = 1,
    per_page: int = 20,
) -> Query:
    """Read what a person typed: words, "phrases", -unwanted words and document numbers in any spelling.

    Nothing that can be typed is an error; what goes beyond the first terms is passed over.
    """
    folded = " ".join(fold(typed[: LONGEST_QUERY * 4]).split())[:LONGEST_QUERY]
    wanted: list[Term] = []
    unwanted: list[Term] = []
    runs: list[str] = []
    for part, quoted, negative in _parts_of(folded):
        terms = list(_phrase(part) if quoted else _bare(part))
        (unwanted if negative else wanted).extend(terms)
        if not negative and not quoted:
            runs.extend(piece.text for piece in pieces_of(part) if piece.is_han and len(piece.text) > 2)  # noqa: PLR2004
    return Query(
        text=folded.strip(),
        wanted=tuple(dict.fromkeys(_without_little_words(wanted)))[:MOST_TERMS],
        unwanted=tuple(dict.fromkeys(unwanted))[:MOST_TERMS],
        runs=tuple(dict.fromkeys(runs))[:MOST_TERMS],
        filters=filters or Filters(),
        sort=sort,
        page=max(1, min(page, 1_000_000)),
        per_page=max(1, min(per_page, MOST_PER_PAGE)),
    )


def _parts_of(folded: str) -> Iterator[tuple[str, bool, bool]]:
    """The query in parts: text, whether it was quoted, whether it is unwanted."""
    done = 0
    for quoted in _QUOTED.finditer(folded):
        yield from _by_minus(folded[done : quoted.start()])
        phrase = next(group for group in quoted.groups()[1:] if group is not None)
        yield phrase, True, bool(quoted[1])
        done = quoted.end()
    yield from _by_minus(folded[done:])


def _by_minus(text: str) -> Iterator[tuple[str, bool, bool]]:
    """Numbers first, because their dash is no minus; then words, those behind a minus being unwanted."""
    done = 0
    for found in find_numbers(text):
        start = found.start
        if text[done:start] == "-" or text[done:start].endswith(" -"):
            start -= 1
        yield from _words_by_minus(text[done:start])
        yield text[found.start : found.stop], False, start < found.start
        done = found.stop
    yield from _words_by_minus(text[done:])


def _words_by_minus(text: str) -> Iterator[tuple[str, bool, bool]]:
    kept: list[str] = []
    for word in text.split():
        if _MINUS.match(word) and word.strip("-"):
            yield word.lstrip("-"), False, True
        else:
            kept.append(word)
    if kept:
        yield " ".join(kept), False, False


def _phrase(text: str) -> Iterator[Term]:
    """A quoted part: a document number where it is one, and otherwise these characters exactly."""
    number = _number(text)
    if number:
        yield number
    elif any(True for _ in pieces_of(text)):
        yield Term(TermKind.PHRASE, " ".join(text.split()))


def _bare(text: str) -> Iterator[Term]:
    """An unquoted part: a document number, the prefix of a series, or words."""
    number = _number(text)
    if number:
        yield number
        return
    done = 0
    for series in _SERIES.finditer(text):
        yield from _words(text[done : series.start()])
        yield Term(TermKind.NUMBER, series[0], re.sub(r"(?<=\d)t$", "/t", series[0].replace(" ", "")).upper())
        done = series.end()
    yield from _words(text[done:])


def _number(text: str) -> Term | None:
    try:
        number = read_number(text)
    except NotANumber:
        return None
    return Term(TermKind.NUMBER, text.strip(), number.key)


def _words(text: str) -> Iterator[Term]:
    for piece in pieces_of(text):
        if piece.is_han:
            yield from (Term(TermKind.WORD, word) for word in _searchable(piece.text))
        else:
            yield Term(TermKind.WORD, piece.text)


def _searchable(run: str) -> list[str]:
    """The words of a run of characters; what the dictionary does not know stays joined to its neighbour.

    The words are stretches of the run, so a text that holds the whole run holds each of them.
    """
    words: list[str] = []
    loose = False
    for word in words_of(run):
        if len(word) > 1:
            words.append(words.pop() + word if loose else word)
            loose = False
        elif word in _LITTLE_HAN:
            if loose and len(words[-1]) == 1:
                words[-1] += word
            loose = False
            words.append("")
        elif words and words[-1]:
            words[-1] += word
            loose = loose and len(words[-1]) == 1
        else:
            words.append(word)
            loose = True
    return [word for word in words if word] or [run]


def _without_little_words(terms: list[Term]) -> list[Term]:
    telling = [
        term for term in terms if not (term.kind is TermKind.WORD and (term.text in _LITTLE_WORDS or _is_little(term)))
    ]
    return telling or terms


def _is_little(term: Term) -> bool:
    return len(term.text) == 1 and is_han(term.text) and term.text in _LITTLE_HAN
