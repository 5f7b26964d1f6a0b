"""Published documents: found by words, numbers and filters, and read clause by clause. Everybody may."""

from dataclasses import dataclass
from datetime import date

from standards_wf.api.answers import Listed
from standards_wf.api.endpoints import Call, endpoint
from standards_wf.api.resources.drafts import ClauseAnswer, clause_answer
from standards_wf.api.resources.files import DOCX, EXCHANGED, PDF
from standards_wf.api.resources.long_life_answers import (
    AmendmentAnswer,
    EndingAnswer,
    amendment_answer,
    ending_answer,
)
from standards_wf.api.resources.project_answers import NamedAnswer
from standards_wf.api.values import LARGEST, checked_paging
from standards_wf.errors import NotFound
from standards_wf.request import installation
from standards_wf.search.query import Sort
from standards_wf.services.reading.documents import (
    DocumentPage,
    Related,
    document_page,
    slug_of_project,
    slug_of_spelling,
)
from standards_wf.services.reading.standards import Narrowed, StandardCounts, find_standards
from standards_wf.services.searching import FoundDocument, Wanted
from standards_wf.workflow.vocabulary import Conclusion, EarlyReason, Kind, MetrologyCategory, Stage

TAG = "standards"


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardQuery:
    """What is looked for: words, "phrases", -unwanted words or a number in any spelling, and filters."""

    q: str = ""
    kind: tuple[Kind, ...] = ()
    status: tuple[Stage, ...] = ()
    node: str = ""
    ics: str = ""
    ccs: str = ""
    year: tuple[int, ...] = ()
    organization: str = ""
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    per_page: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class HighlightAnswer:
    """A clause in which something was found, with a passage of it."""

    clause: str
    title: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardLine:
    """A document that was found."""

    id: int
    number: str
    slug: str
    title_zh: str
    title_en: str
    kind: Kind
    status: Stage
    node: str
    published_on: date
    effective_on: date
    highlights: tuple[HighlightAnswer, ...]
    location: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundAnswer(Listed[StandardLine]):
    """One page of documents, the counts for narrowing down, and another query where the search knows a better one."""

    facets: StandardCounts
    suggestion: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelatedAnswer:
    """A document that replaces another or is replaced; `slug` is empty where it is not kept here."""

    number: str
    title_zh: str
    title_en: str
    slug: str
    partial: bool
    """Only some of its clauses are replaced; it stays in force."""
    clauses: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """The text as a file: fetch the address with this media type as Accept."""

    media_type: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludedAnswer:
    """A periodic review that came to its end."""

    on: date
    conclusion: Conclusion
    grounds: str
    early_reason: EarlyReason | None
    decision: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandardAnswer:
    """Everything that the public may know of a document."""

    id: int
    slug: str
    number: str
    title_zh: str
    title_en: str
    kind: Kind
    category: MetrologyCategory | None
    status: Stage
    in_force: bool
    node: str
    ics: str
    ccs: str
    scope: str
    approved_on: date
    published_on: date
    effective_on: date
    announcement_number: str
    issuer: str
    competent_department: str
    committee: str
    drafting_units: tuple[str, ...]
    drafters: tuple[NamedAnswer, ...]
    replaces: tuple[RelatedAnswer, ...]
    replaced_by: tuple[RelatedAnswer, ...]
    ending: EndingAnswer | None
    """How it ended; null while it is in force or will be."""
    amendments: tuple[AmendmentAnswer, ...]
    """Amendment sheets and corrections that are published, the newest first."""
    filing_number: str
    disclosure_address: str
    periodic_reviews: tuple[ConcludedAnswer, ...]
    review_due: date | None
    citation: str
    files: tuple[FileLink, ...]
    clauses: tuple[ClauseAnswer, ...]
    is_demonstration: bool
    href: str
    """The page for people."""


@endpoint("GET", "/standards", about="Find published documents.", tag=TAG, public=True)
def list_(call: Call, query: StandardQuery) -> FoundAnswer:
    """A page of documents."""
    checked_paging(query.page, query.per_page)
    wanted = Wanted(
        text=query.q,
        kinds=frozenset(query.kind),
        statuses=frozenset(query.status),
        node=query.node,
        years=frozenset(query.year),
        sort=query.sort,
        page=query.page,
        per_page=query.per_page,
    )
    narrowed = Narrowed(ics=query.ics, ccs=query.ccs, organization=query.organization)
    found = find_standards(call.session, installation().search, wanted, narrowed, moment=call.moment)
    return FoundAnswer(
        items=tuple(line for item in found.items for line in _line(item)),
        total=found.total,
        page=query.page,
        per_page=query.per_page,
        facets=found.counts,
        suggestion=None,
    )


def _line(item: FoundDocument) -> tuple[StandardLine, ...]:
    line = item.line
    if line is None:
        return ()
    highlights = tuple(
        HighlightAnswer(clause=each.clause_label, title=each.title, text=each.text, anchor=each.anchor)
        for each in item.highlights
    )
    return (
        StandardLine(
            id=line.project_id,
            number=line.number,
            slug=line.slug,
            title_zh=line.title_zh,
            title_en=line.title_en,
            kind=line.kind,
            status=line.stage,
            node=line.node,
            published_on=line.published_on,
            effective_on=line.effective_on,
            highlights=highlights,
            location=f"/api/v1/standards/{line.slug}",
        ),
    )


@endpoint(
    "GET",
    "/standards/{standard}",
    about="A published document, by its identity or its number in any spelling that an address can hold.",
    tag=TAG,
    public=True,
)
def show(call: Call, standard: str) -> StandardAnswer:
    """A document."""
    if standard.isascii() and standard.isdigit():
        if int(standard[: len(str(LARGEST)) + 1]) > LARGEST:
            raise NotFound("document", standard)
        slug = slug_of_project(call.session, int(standard))
    else:
        slug = slug_of_spelling(call.session, standard) or standard
    return _answer(document_page(call.session, slug, moment=call.moment))


def _related(found: tuple[Related, ...]) -> tuple[RelatedAnswer, ...]:
    return tuple(
        RelatedAnswer(
            number=each.number,
            title_zh=each.title_zh,
            title_en=each.title_en,
            slug=each.slug,
            partial=each.partial,
            clauses=each.clauses,
        )
        for each in found
    )


def _files(page: DocumentPage) -> tuple[FileLink, ...]:
    if page.draft_number is None:
        return ()
    href = f"/api/v1/projects/{page.project_id}/drafts/{page.draft_number}"
    forms = (DOCX, *((PDF,) if page.has_pdf else ()), *(EXCHANGED if page.tree else ()))
    return tuple(FileLink(media_type=form, href=href) for form in forms)


def _answer(page: DocumentPage) -> StandardAnswer:
    return StandardAnswer(
        id=page.project_id,
        slug=page.slug,
        number=page.number,
        title_zh=page.title_zh,
        title_en=page.title_en,
        kind=page.kind,
        category=page.category,
        status=page.stage,
        in_force=page.is_valid,
        node=page.node_code,
        ics=page.ics,
        ccs=page.ccs,
        scope=page.scope,
        approved_on=page.approved_on,
        published_on=page.published_on,
        effective_on=page.effective_on,
        announcement_number=page.announcement_number,
        issuer=page.issuer,
        competent_department=page.department,
        committee=page.committee,
        drafting_units=page.units,
        drafters=tuple(NamedAnswer(name=each.name, unit=each.unit) for each in page.drafters),
        replaces=_related(page.replaces),
        replaced_by=_related(page.replaced_by),
        ending=ending_answer(page.ending),
        amendments=tuple(amendment_answer(each) for each in page.amendments),
        filing_number=page.filing.number if page.filing else "",
        disclosure_address=page.disclosure.address if page.disclosure else "",
        periodic_reviews=tuple(
            ConcludedAnswer(
                on=each.on,
                conclusion=each.conclusion,
                grounds=each.grounds,
                early_reason=each.early_reason,
                decision=each.decision,
            )
            for each in page.reviews
        ),
        review_due=page.review_due,
        citation=page.citation,
        files=_files(page),
        clauses=tuple(clause_answer(each) for each in page.clauses),
        is_demonstration=page.is_demonstration,
        href=f"/standards/{page.slug}",
    )
