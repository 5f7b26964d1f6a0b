"""What a search answers: documents with marked passages, exact totals, and counts for narrowing down."""

from dataclasses import dataclass

from standards_wf.search.entries import SourceKind
from standards_wf.workflow.vocabulary import Kind, Stage


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of original text, and whether it is what was looked for; it is plain text, not HTML."""

    text: str
    is_match: bool


@dataclass(frozen=True, slots=True)
class Highlight:
    """A clause in which something was found, with a passage of it; `title_fragments` is its title in marked pieces."""

    clause_label: str
    title: str
    anchor: str
    fragments: tuple[Fragment, ...]
    title_fragments: tuple[Fragment, ...] = ()

    @property
    def text(self) -> str:
        """The passage without marks."""
        return "".join(fragment.text for fragment in self.fragments)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One document found; `title_fragments` is its Chinese title in marked pieces."""

    document_key: str
    document_id: int | None
    source: SourceKind
    number: str
    title_zh: str
    title_en: str
    title_fragments: tuple[Fragment, ...]
    kind: Kind | None
    status: Stage | None
    node_code: str
    year: int | None
    score: float
    highlights: tuple[Highlight, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How many documents each value would leave, the other filters standing; a node counts its descendants."""

    sources: dict[SourceKind, int]
    kinds: dict[Kind, int]
    statuses: dict[Stage, int]
    nodes: dict[str, int]
    years: dict[int, int]


NO_FACETS = Facets(sources={}, kinds={}, statuses={}, nodes={}, years={})


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One page of documents, the exact number of all of them, and the counts.

    `is_loosened` says that no document holds everything asked for, and these hold some of it.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    per_page: int = 20
    facets: Facets = NO_FACETS
    is_loosened: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are; none where nothing was found."""
        return -(-self.total // self.per_page)
